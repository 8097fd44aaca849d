// The parallel view: one grid on wide pages, alternating blocks on a phone, terms that light up in both languages.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { kinds, library } from "./reader.mjs";

let site;
let parallel;

before(async () => {
  site = await library("--no-search");
  ({ parallel } = kinds(site));
});

after(() => site?.close());

const pairs = (page) => page.locator(".pair:not(.titles)").evaluateAll((all) => all.map((pair) => [...pair.children].map((cell) => {
  const box = cell.getBoundingClientRect();
  return { lang: cell.lang, top: box.top, bottom: box.bottom, left: box.left, right: box.right, empty: cell.textContent.trim() === "" };
})));

test("wide: each pair begins on one line, and both columns scroll as one", async () => {
  await site.open({ viewport: { width: 1280, height: 800 } }, async (page) => {
    for (const [lang, first] of [["zh", "zh-Hans"], ["en", "en"]]) {
      await page.goto(`${site.address}${lang}/${parallel}`);
      const before = await pairs(page);
      assert.ok(before.length > 20);
      for (const [a, b] of before) {
        assert.equal(a.lang, first);
        assert.ok(Math.abs(a.top - b.top) < 1 && a.right <= b.left);
      }
      await page.mouse.wheel(0, 1500);
      await page.waitForFunction(() => scrollY > 1000);
      for (const [a, b] of await pairs(page)) assert.ok(Math.abs(a.top - b.top) < 1);
    }
  });
});

test("on a phone the blocks alternate", async () => {
  await site.open({ viewport: { width: 390, height: 844 } }, async (page) => {
    await page.goto(`${site.address}en/${parallel}`);
    let last = -Infinity;
    for (const pair of await pairs(page)) {
      for (const cell of pair.filter((c) => !c.empty)) {
        assert.ok(cell.top >= last - 1, `${cell.lang} at ${cell.top} stands below ${last}`);
        assert.ok(cell.left >= 0 && cell.right <= 390);
        last = cell.bottom;
      }
    }
  });
});

test("a term lights up in both languages, pointed at or focused, and goes dark again", async () => {
  await site.open({ viewport: { width: 1280, height: 800 } }, async (page) => {
    await page.goto(`${site.address}en/${parallel}`);
    // A term that both sides of its pair have.
    const index = await page.locator(".pair").evaluateAll((all) => all.findIndex((pair) => {
      const of = (lang) => [...pair.querySelectorAll(`[lang=${lang}] .term`)].map((t) => t.dataset.term);
      return of("en").some((term) => of("zh-Hans").includes(term));
    }));
    const pair = page.locator(".pair").nth(index);
    const term = await pair.evaluate((p) => {
      const zh = [...p.querySelectorAll("[lang=zh-Hans] .term")].map((t) => t.dataset.term);
      return [...p.querySelectorAll("[lang=en] .term")].map((t) => t.dataset.term).find((t) => zh.includes(t));
    });
    const lit = () => pair.locator(".lit").evaluateAll((all) => all.map((t) => [t.dataset.term, t.closest("[lang]").lang, getComputedStyle(t).backgroundColor]));
    const english = pair.locator(`[lang=en] [data-term="${term}"]`).first();
    const chinese = pair.locator(`[lang=zh-Hans] [data-term="${term}"]`).first();
    for (const [one, act] of [[english, "hover"], [chinese, "hover"], [english, "focus"], [chinese, "focus"]]) {
      await one[act]();
      const found = await lit();
      assert.ok(found.every(([t, , colour]) => t === term && colour !== "rgba(0, 0, 0, 0)"));
      assert.deepEqual(new Set(found.map(([, lang]) => lang)), new Set(["en", "zh-Hans"]), act);
      await page.mouse.move(0, 0);
      await one.blur();
      assert.deepEqual(await lit(), []);
    }
  });
});

test("the language switch keeps the section", async () => {
  await site.open({ viewport: { width: 1280, height: 800 } }, async (page) => {
    await page.goto(`${site.address}en/${parallel}`);
    const ids = await page.locator(".pair[id]").evaluateAll((all) => all.map((p) => p.id));
    await page.locator(`[id="${ids[3]}"]`).evaluate((p) => p.scrollIntoView());
    await page.locator("a[data-switch]").click();
    await page.waitForURL(`${site.address}zh/${parallel}#${ids[3]}`);
  });
});
