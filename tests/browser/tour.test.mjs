// The guide's tour, followed by clicking: each section leads to the page that answers its question, what it says
// of a target is there, and its citations lead to the words.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { repository } from "./harness.mjs";
import { follow, library } from "./reader.mjs";

let site;
before(async () => {
  site = await library();
});
after(() => site?.close());

/** The sections of the tour: id, and the targets that its citations name. */
function sections(lang) {
  const text = readFileSync(join(repository, `content/guide/10-tour.${lang}.md`), "utf8");
  return text.split(/^## /m).slice(1).map((section) => ({
    id: /\{#(.+?)\}/.exec(section)[1],
    targets: [...section.matchAll(/\[\^(.+?)\]/g)].map((m) => m[1]),
  }));
}

for (const lang of ["zh", "en"]) {
  const all = sections(lang);
  assert.equal(all.length, 10);
  for (const { id, targets } of all) {
    test(`${lang}: ${id}`, async () => {
      await site.open({ viewport: { width: 1280, height: 900 } }, async (page) => {
        // By clicks from home: to the guide, to the tour.
        await page.goto(`${site.address}${lang}/`);
        await follow(page, `${site.address}${lang}/guide/`);
        await follow(page, `${site.address}${lang}/guide/tour/`);
        const links = await page.evaluate((heading) => {
          const out = { pages: [], citations: [] };
          let node = document.getElementById(heading)?.nextElementSibling;
          for (; node && !/^H[12]$/.test(node.tagName); node = node.nextElementSibling) {
            for (const a of node.querySelectorAll("a")) (a.closest("sup.cite") ? out.citations : out.pages).push(a.href);
          }
          return out;
        }, id);
        assert.ok(links.pages.length > 0, "it leads somewhere");
        assert.equal(links.citations.length, targets.length);
        const shown = new Set();
        for (const address of new Set(links.pages)) {
          await page.goto(`${site.address}${lang}/guide/tour/`);
          await follow(page, address);
          for (const href of await page.locator("main a").evaluateAll((as) => as.map((a) => a.href))) shown.add(href.split("#")[0]);
        }
        const address = (target) => `${site.address}${lang}/policies/${target.replace("/", "/targets/")}/`;
        assert.deepEqual(targets.filter((target) => !shown.has(address(target))), [], "the pages show each target");
        for (const [n, target] of targets.entries()) {
          await page.goto(`${site.address}${lang}/guide/tour/`);
          await follow(page, links.citations[n]);
          const marked = await page.evaluate(() => {
            const mark = document.getElementById(decodeURIComponent(location.hash.slice(1)));
            const overlap = [...mark?.classList ?? []].find((c) => /^t\d+$/.test(c));
            const pieces = overlap ? [...mark.closest(".b").querySelectorAll(`.${overlap.replace("t", "m")}`)] : [mark];
            return pieces.map((p) => p?.textContent).join("");
          });
          const { quote } = site.data("targets").targets.find((t) => t.id === target);
          const squeeze = (text) => text.replace(/\s|\|/g, "");
          assert.equal(squeeze(marked), squeeze(quote), target);
        }
      });
    });
  }
}
