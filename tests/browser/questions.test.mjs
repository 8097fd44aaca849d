// The ten questions that analysts ask, each answered within two clicks from the home page, in both languages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { browser, preview } from "./harness.mjs";

const questions = JSON.parse(readFileSync(new URL("questions.json", import.meta.url), "utf8"));
let chromium;
let site;

before(async () => {
  chromium = await browser();
  site = await preview();
});

after(async () => {
  await chromium?.close();
  site?.stop();
});

assert.equal(questions.length, 10);

for (const { question, clicks, finds, downloads } of questions) {
  for (const lang of ["zh", "en"]) {
    test(question[lang], async () => {
      assert.ok(clicks.length <= 2);
      const context = await chromium.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true });
      try {
        const page = await context.newPage();
        await page.goto(`${site.address}${lang}/`);
        for (const [n, { in: part, to }] of clicks.entries()) {
          // However a link is written: by the address that it leads to.
          const links = page.locator(`${part} a[href]`);
          const at = await links.evaluateAll((all, to) => all.findIndex((a) => !a.hash && a.pathname.endsWith(to)), to);
          assert.notEqual(at, -1, `${page.url()} has no link to ${to}`);
          const link = links.nth(at);
          if (downloads && n === clicks.length - 1) {
            const answer = await fetch(new URL(await link.getAttribute("href"), page.url()));
            assert.equal(answer.status, 200);
            assert.ok((await answer.text()).split("\n").length > 10);
            return;
          }
          const before = page.url();
          await link.click();
          await page.waitForURL((url) => url.href !== before);
        }
        // Words broken by marks and spaces of the layout are words all the same.
        const text = (await page.locator("main").innerText()).replace(/\s+/g, " ");
        const found = finds[lang].filter((words) => !text.includes(words));
        assert.deepEqual(found, [], page.url());
      } finally {
        await context.close();
      }
    });
  }
}
