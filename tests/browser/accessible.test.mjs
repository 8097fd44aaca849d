// WCAG 2.2 AA: axe on every kind of page, in both languages and themes; narrow, enlarged, spaced, in forced
// colours, with the keyboard alone; the language of every word.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { kinds, library } from "./reader.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];

let site;
let pages;

before(async () => {
  site = await library();
  pages = Object.entries(kinds(site));
});

after(() => site?.close());

/** What axe finds, in words. */
async function faults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate((values) => window.axe.run({ runOnly: { type: "tag", values }, resultTypes: ["violations"] }), tags);
  return violations.map((v) => `${v.id}: ${v.nodes.slice(0, 3).map((n) => n.target.join(" ")).join("; ")} (${v.nodes.length})`);
}

for (const colorScheme of ["light", "dark"]) {
  for (const lang of ["zh", "en"]) {
    test(`axe finds nothing on any kind of page (${lang}, ${colorScheme})`, async () => {
      await site.open({ viewport: { width: 1280, height: 800 }, colorScheme }, async (page) => {
        for (const [kind, path] of pages) {
          await page.goto(`${site.address}${lang}/${path}`);
          assert.deepEqual(await faults(page), [], `${lang} ${kind}`);
        }
      });
    });
  }
}

test("axe finds nothing on a phone, on the chooser, the missing page, and with a note beside its citation", async () => {
  await site.open({ viewport: { width: 390, height: 844 } }, async (page) => {
    const policy = Object.fromEntries(pages).policy;
    const sources = site.data("policies").policies.map(({ id }) => `en/policies/${id}/source/`);
    for (const path of ["", "404.html", "zh/", "en/targets/", "en/verification/", "en/compare/", "zh/places/", `zh/${Object.fromEntries(pages).parallel}`, ...sources]) {
      await page.goto(site.address + path);
      assert.deepEqual(await faults(page), [], path);
    }
    await page.goto(`${site.address}en/${policy}`);
    await page.locator(".body .cite a").first().focus();
    await page.locator("#card:popover-open").waitFor();
    assert.deepEqual(await faults(page), [], "with a card");
  });
});

/** Elements that stick out of the page or hide a part of their words. */
const cut = (page) => page.evaluate(() => {
  const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth;
  const out = [];
  for (const e of document.querySelectorAll("main *")) {
    if (!e.checkVisibility() || e.closest("svg, select, .visually-hidden, .table, pre, .sentence")) continue;
    const style = getComputedStyle(e);
    if (style.overflowX === "hidden" && e.scrollWidth > e.clientWidth + 1) out.push(`${e.tagName}.${e.className} hides a part`);
    const box = e.getBoundingClientRect();
    if (box.width > 0 && box.right > document.documentElement.clientWidth + 1) out.push(`${e.tagName}.${e.className} ends at ${box.right}`);
  }
  return [...(wide ? [`the page is ${document.documentElement.scrollWidth} wide`] : []), ...out.slice(0, 5)];
});

test("at 320 pixels, and enlarged to 200%, nothing is cut off and nothing scrolls sideways", async () => {
  // 1280 pixels at 200% and at 400% are 640 and 320.
  for (const width of [320, 640]) {
    await site.open({ viewport: { width, height: 512 } }, async (page) => {
      for (const lang of ["zh", "en"]) {
        for (const [kind, path] of pages) {
          await page.goto(`${site.address}${lang}/${path}`);
          assert.deepEqual(await cut(page), [], `${lang} ${kind} at ${width}`);
        }
      }
    });
  }
});

test("with letters twice as large or spaced as WCAG 1.4.12 asks, nothing is cut off", async () => {
  const styles = {
    "200% letters": "html { font-size: 200% }",
    "spaced": "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }",
  };
  // A reader's own styles are not bound by the page's policy.
  await site.open({ viewport: { width: 1280, height: 800 }, bypassCSP: true }, async (page) => {
    for (const [name, content] of Object.entries(styles)) {
      for (const [kind, path] of pages) {
        await page.goto(`${site.address}en/${path}`);
        await page.addStyleTag({ content });
        assert.deepEqual(await cut(page), [], `${kind}, ${name}`);
      }
    }
  });
});

test("in forced colours the chart, the marks and the strip are still there", async () => {
  await site.open({ viewport: { width: 1280, height: 800 }, forcedColors: "active" }, async (page) => {
    await page.goto(`${site.address}en/targets/`);
    const colours = await page.evaluate(() => {
      const of = (e, property) => getComputedStyle(e)[property];
      const ground = of(document.body, "backgroundColor");
      return { ground, line: of(document.querySelector(".rows svg > line"), "stroke"), text: of(document.querySelector(".axis text"), "fill"), mark: of(document.querySelector(".mark"), "stroke") };
    });
    for (const part of ["line", "text", "mark"]) assert.notEqual(colours[part], colours.ground, part);
    await page.goto(`${site.address}zh/${Object.fromEntries(pages).policy}`);
    const link = page.locator("sup.cite a").first();
    await link.click();
    await page.waitForURL(/#q-/);
    const words = await page.evaluate(() => {
      const target = document.getElementById(location.hash.slice(1));
      const of = getComputedStyle(target);
      return { decoration: of.textDecorationLine, ground: of.backgroundColor, body: getComputedStyle(document.body).backgroundColor };
    });
    assert.ok(words.decoration === "underline" && words.ground !== words.body, JSON.stringify(words));
  });
});

test("with the keyboard: the skip link first, everything in the order of reading, each focus seen", async () => {
  await site.open({ viewport: { width: 1280, height: 800 } }, async (page) => {
    for (const [kind, path] of pages.filter(([kind]) => ["home", "target", "place", "compare", "search"].includes(kind))) {
      await page.goto(`${site.address}en/${path}`);
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement.classList.contains("skip")), kind);
      await page.keyboard.press("Enter");
      assert.ok(new URL(page.url()).hash === "#main");
      await page.evaluate(() => { window.last = document.body; });
      for (let i = 0; i < 40; i += 1) {
        await page.keyboard.press("Tab");
        const at = await page.evaluate(() => {
          const e = document.activeElement;
          if (e === document.body) return null;
          const box = e.getBoundingClientRect();
          const style = getComputedStyle(e);
          // A card that is gone has no order.
          const follows = !window.last.isConnected || Boolean(window.last.compareDocumentPosition(e) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY));
          window.last = e;
          return {
            follows,
            seen: box.bottom > 0 && box.top < innerHeight && style.outlineStyle !== "none" && style.outlineWidth !== "0px",
            covered: !e.closest("nav.site") && box.bottom <= document.querySelector("nav.site").getBoundingClientRect().bottom,
            words: e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.[0]?.textContent,
          };
        });
        if (!at) break;
        assert.ok(at.follows, `${kind}: ${at.words}`);
        assert.ok(at.seen && !at.covered && at.words, `${kind}: ${JSON.stringify(at)}`);
      }
    }
  });
});

test("every word has its language: no Han under `en`, no English sentence under `zh`", async () => {
  await site.open({}, async (page) => {
    for (const lang of ["zh", "en"]) {
      for (const [kind, path] of pages) {
        await page.goto(`${site.address}${lang}/${path}`);
        const wrong = await page.evaluate(() => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const out = [];
          while (walker.nextNode()) {
            const { parentElement: e, data } = walker.currentNode;
            if (e.closest("script, style, code, svg title")) continue;
            const own = e.closest("[lang]").lang;
            if (own === "en" && /\p{Script=Han}/u.test(data)) out.push(data.trim());
            // Four English words in a row are no name within Chinese.
            if (own.startsWith("zh") && /(?:\b[a-z]+\b[ ,]+){4}/.test(data)) out.push(data.trim());
          }
          return out.slice(0, 3);
        });
        assert.deepEqual(wrong, [], `${lang} ${kind}`);
      }
    }
  });
});

test("nothing moves for those who want less motion", async () => {
  await site.open({ reducedMotion: "reduce" }, async (page) => {
    await page.goto(`${site.address}en/${Object.fromEntries(pages).policy}`);
    const moving = await page.evaluate(() => [...document.querySelectorAll("*")].filter((e) => {
      const style = getComputedStyle(e);
      return style.animationName !== "none" || (style.transitionDuration !== "0s" && style.transitionDuration !== "");
    }).length);
    assert.equal(moving, 0);
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior), "auto");
  });
});
