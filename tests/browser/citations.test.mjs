// A citation shows its note without leaving the line: pointed at, focused, tapped; and leaves no trace.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { kinds, library } from "./reader.mjs";

let site;
let policy;

before(async () => {
  site = await library("--no-search");
  ({ policy } = kinds(site));
});

after(() => site?.close());

const squeeze = (text) => text.replace(/\s/g, "");

/** What a note says, and where it leads, without its way back. */
const note = (page, number) => page.locator(`#note-${number}`).evaluate((li) => {
  const copy = li.cloneNode(true);
  copy.querySelector("a[href^='#cite-']")?.remove();
  return { text: copy.textContent, links: [...copy.querySelectorAll("a")].map((a) => a.href) };
});

const shown = (page) => page.locator("#card:popover-open").evaluateAll((cards) =>
  cards.map((card) => {
    const box = card.getBoundingClientRect();
    const copy = card.cloneNode(true);
    copy.querySelector("a[href^='#cite-']")?.remove();
    return {
      text: copy.textContent,
      links: [...copy.querySelectorAll("a")].map((a) => a.href),
      seen: box.left >= 0 && box.right <= document.documentElement.clientWidth && box.top >= 0 && box.bottom <= innerHeight,
    };
  })[0]);

async function agrees(page, number, where) {
  await page.locator("#card:popover-open").waitFor();
  const [card, told] = [await shown(page), await note(page, number)];
  assert.equal(squeeze(card.text), squeeze(told.text), where);
  assert.deepEqual(card.links, told.links, where);
  assert.ok(card.seen, `${where}: the card is seen whole`);
  assert.ok(card.links.length > 0, where);
}

const cite = (page, n) => page.locator(".body .cite a").nth(n);

for (const lang of ["zh", "en"]) {
  test(`pointing at a citation shows the words, the translation and the place (${lang})`, async () => {
    await site.open({ viewport: { width: 1280, height: 800 } }, async (page) => {
      await page.goto(`${site.address}${lang}/${policy}`);
      for (const n of [0, 7, 30]) {
        const link = cite(page, n);
        await link.scrollIntoViewIfNeeded();
        const before = await page.evaluate(() => [document.documentElement.scrollHeight, scrollY]);
        const line = await link.boundingBox();
        await link.hover();
        await agrees(page, await link.textContent(), `${lang} ${n}`);
        // Nothing moves.
        assert.deepEqual(await link.boundingBox(), line);
        assert.deepEqual(await page.evaluate(() => [document.documentElement.scrollHeight, scrollY]), before);
        // The pointer may go to the card, and the card stays.
        const box = await page.locator("#card").boundingBox();
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 4 });
        await page.waitForTimeout(500);
        assert.ok(await shown(page), "the card stays under the pointer");
        await page.mouse.move(1, 1);
        await page.locator("#card").waitFor({ state: "detached" });
      }
      if (lang === "en") {
        await cite(page, 0).hover();
        assert.match((await shown(page)).text, /Our translation/);
        assert.match((await shown(page)).text, /\p{Script=Han}/u);
      }
    });
  });
}

test("with the keyboard: focus shows, Tab goes into the card, Escape closes it and keeps the place", async () => {
  await site.open({ viewport: { width: 1280, height: 800 } }, async (page) => {
    await page.goto(`${site.address}en/${policy}`);
    const link = cite(page, 3);
    await link.focus();
    await agrees(page, await link.textContent(), "focus");
    assert.equal(await link.getAttribute("aria-describedby"), "card");
    await page.keyboard.press("Escape");
    assert.equal(await shown(page), undefined);
    assert.ok(await link.evaluate((a) => a === document.activeElement));
    assert.equal(await link.getAttribute("aria-describedby"), null);
    // Away and back, then into the card.
    await link.blur();
    await link.focus();
    await page.locator("#card:popover-open").waitFor();
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.closest("#card") !== null), "Tab goes into the card");
    await page.keyboard.press("Escape");
    assert.equal(await shown(page), undefined);
    assert.ok(await link.evaluate((a) => a === document.activeElement), "the focus is back on the citation");
    // On to the next: the card of the first is gone.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    assert.equal(await link.getAttribute("aria-describedby"), null);
  });
});

test("on a phone the first tap shows, the second leads to the words, a tap elsewhere closes", async () => {
  await site.open({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, async (page) => {
    await page.goto(`${site.address}zh/${policy}`);
    const link = cite(page, 5);
    await link.tap();
    await agrees(page, await link.textContent(), "tap");
    assert.ok(!page.url().includes("/source/"));
    await page.locator("h1").tap();
    assert.equal(await shown(page), undefined);
    await link.tap();
    await page.locator("#card:popover-open").waitFor();
    await link.tap();
    await page.waitForURL(/\/source\/#q-/);
  });
});

test("without script the notes say the same", async () => {
  await site.open({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${site.address}en/${policy}`);
    const numbers = new Set(await page.locator(".body .cite a").allTextContents());
    const notes = await page.locator("ol.notes > li").evaluateAll((all) => all.map((li) => [li.id, li.textContent.length]));
    for (const number of numbers) assert.ok(notes.some(([id, length]) => id === `note-${number}` && length > 20), number);
  });
});
