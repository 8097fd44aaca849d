// The source page: its outline, what cites each block, coverage along the text, noise, copied links, the raw file.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { library } from "./reader.mjs";

let site;
let policies;

before(async () => {
  site = await library("--no-search");
  policies = readdirSync(join(site.folder, "en/policies"), { withFileTypes: true }).filter((e) => e.isDirectory()).map((e) => e.name);
});

after(() => site?.close());

const wide = { viewport: { width: 1280, height: 800 } };

test("the outline stands beside the text, stays, and leads to its headings", async () => {
  await site.open(wide, async (page) => {
    for (const id of policies) {
      await page.goto(`${site.address}en/policies/${id}/source/`);
      const [outline, text] = [await page.locator(".outline").boundingBox(), await page.locator(".text").boundingBox()];
      assert.ok(outline.x >= text.x + text.width, `${id}: beside`);
      const links = page.locator(".outline a");
      const one = links.nth(Math.floor((await links.count()) / 2));
      await one.click();
      const anchor = await one.getAttribute("href");
      const heading = await page.locator(`[id="${anchor.slice(1)}"]`).boundingBox();
      assert.ok(heading.y > 0 && heading.y < 800, `${id}: ${heading.y}`);
      const stays = await page.locator(".outline summary").boundingBox();
      assert.ok(stays.y >= 0 && stays.y < 800, `${id}: the outline stays in sight`);
    }
  });
});

test("coverage along the text is that of the data", async () => {
  const coverage = site.data("coverage").policies;
  await site.open(wide, async (page) => {
    for (const id of policies) {
      for (const lang of ["zh", "en"]) {
        await page.goto(`${site.address}${lang}/policies/${id}/source/`);
        const { total, cited } = coverage[id].blocks;
        assert.equal(await page.locator(".b.cited").count(), cited, id);
        assert.equal(await page.locator(".b.open").count(), total - cited, id);
        assert.equal(await page.locator(".uncited").count(), total - cited, `${id}: in words too`);
        const strip = await page.locator("div.b.cited").first().evaluate((b) => getComputedStyle(b, "::after").borderLeftStyle);
        assert.equal(strip, "solid");
      }
    }
  });
});

test("noise is folded, unless something cites it, and can be unfolded", async () => {
  await site.open(wide, async (page) => {
    let folded = 0;
    for (const id of policies) {
      await page.goto(`${site.address}zh/policies/${id}/source/`);
      for (const noise of await page.locator("aside.noise").all()) {
        const cited = await noise.locator(".cited-by").count();
        const words = noise.locator(".words");
        assert.equal(await words.isVisible(), cited > 0, id);
        if (cited) continue;
        folded += 1;
        if (folded > 3) continue;
        await noise.locator("summary").first().click();
        assert.ok(await words.isVisible());
      }
    }
    assert.ok(folded > 0);
  });
});

test("a block's link can be copied with the mouse and with the keyboard, and opens the block", async () => {
  await site.open({ ...wide, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    const address = `${site.address}en/policies/${policies[0]}/source/`;
    await page.goto(address);
    const blocks = page.locator("div.b.paragraph");
    const read = () => page.evaluate(() => navigator.clipboard.readText());
    const height = () => page.evaluate(() => document.documentElement.scrollHeight);
    const before = await height();
    await blocks.nth(4).hover();
    const button = page.locator("button.copy");
    assert.equal(await button.textContent(), "Copy link");
    assert.equal(await height(), before, "nothing moves");
    await button.click();
    await page.locator("button.copy [role=status]").waitFor();
    assert.equal(await button.textContent(), "Copied");
    const id = await blocks.nth(4).getAttribute("id");
    assert.equal(await read(), `${address}#${id}`);
    // With the keyboard: the block's anchor, then the button after it.
    await blocks.nth(9).locator(".anchor").focus();
    await page.keyboard.press("Tab");
    assert.ok(await button.evaluate((b) => b === document.activeElement));
    await page.keyboard.press("Enter");
    await page.locator("button.copy [role=status]").waitFor();
    const copied = await read();
    assert.equal(copied, `${address}#${await blocks.nth(9).getAttribute("id")}`);
    await page.goto("about:blank");
    await page.goto(copied);
    const box = await page.locator(".b:target").boundingBox();
    assert.ok(box.y >= 0 && box.y < 800, "the copied address shows the block");
  });
});

test("the raw file is what was received", async () => {
  await site.open({}, async (page) => {
    for (const id of policies) {
      await page.goto(`${site.address}zh/policies/${id}/source/`);
      const href = await page.locator('a[href$=".txt"]').first().evaluate((a) => a.href);
      const bytes = Buffer.from(await (await fetch(href)).arrayBuffer());
      const path = new URL(href).pathname.slice(1);
      const { createHash } = await import("node:crypto");
      const sum = createHash("sha256").update(bytes).digest("hex");
      assert.equal(await page.locator(".hash code").textContent(), sum, path);
      assert.deepEqual(bytes, readFileSync(join(site.folder, path)));
    }
  });
});

test("a block says who cites it, and the ways there lead back", async () => {
  await site.open(wide, async (page) => {
    await page.goto(`${site.address}en/policies/${policies[0]}/source/`);
    const block = page.locator("div.b.cited").first();
    const id = await block.getAttribute("id");
    await block.locator(".cited-by summary").click();
    await block.locator(".cited-by a").first().click();
    await page.waitForURL((url) => !url.pathname.endsWith("/source/"));
    const back = await page.locator(`a[href*="source/"]`).evaluateAll((all) => all.map((a) => a.textContent));
    assert.ok(back.some((words) => words.includes(id)), `${id} is among ${back.length} links back`);
  });
});
