// What a page weighs: style and script, HTML against its own text, nothing that moves while it loads, nothing
// fetched from elsewhere.

import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { kinds, library } from "./reader.mjs";

let site;

before(async () => {
  site = await library();
});

after(() => site?.close());

function files(folder, suffix) {
  return readdirSync(folder, { recursive: true }).map((name) => join(folder, name)).filter((f) => f.endsWith(suffix) && statSync(f).isFile());
}

test("style and script are at most 30 kB together, search apart", () => {
  const assets = join(site.folder, "assets");
  const own = ["style.css", "site.js"].map((name) => statSync(join(assets, name)).size);
  assert.ok(own[0] + own[1] <= 30_000, String(own));
});

test("every page is at most 100 kB gzipped, and at most four times its own text", async () => {
  await site.open({}, async (page) => {
    for (const file of files(site.folder, ".html")) {
      const bytes = readFileSync(file);
      const name = relative(site.folder, file);
      assert.ok(gzipSync(bytes).length <= 100_000, name);
      const text = await page.evaluate((html) => {
        const parsed = new DOMParser().parseFromString(html, "text/html");
        parsed.querySelectorAll("script, style").forEach((e) => e.remove());
        return new TextEncoder().encode(parsed.documentElement.textContent.replace(/\s+/g, " ")).length;
      }, bytes.toString());
      // Head, navigation and foot are some 3 kB, however short the page.
      assert.ok(bytes.length <= 4 * text || bytes.length <= 6_000, `${name}: ${bytes.length} of ${text}`);
    }
  });
});

test("nothing moves while a page loads or is pointed at", async () => {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1280, height: 800 }]) {
    await site.open({ viewport }, async (page) => {
      await page.addInitScript(() => {
        window.shift = 0;
        new PerformanceObserver((list) => list.getEntries().forEach((e) => { window.shift += e.value; })).observe({ type: "layout-shift", buffered: true });
      });
      for (const lang of ["zh", "en"]) {
        for (const [kind, path] of Object.entries(kinds(site))) {
          await page.goto(`${site.address}${lang}/${path}`, { waitUntil: "load" });
          await page.mouse.move(viewport.width / 2, 400);
          await page.mouse.move(viewport.width / 3, 500, { steps: 5 });
          assert.equal(await page.evaluate(() => window.shift), 0, `${lang} ${kind}`);
        }
      }
    });
  }
});

test("a page asks for its own style, script and icon, and nothing else", async () => {
  await site.open({}, async (page) => {
    const asked = new Set();
    page.on("request", (request) => asked.add(request.url()));
    for (const [kind, path] of Object.entries(kinds(site))) {
      if (kind === "search") continue;
      asked.clear();
      await page.goto(`${site.address}en/${path}`, { waitUntil: "networkidle" });
      for (const url of asked) assert.match(url, /\/(en\/.*|assets\/(style\.css|site\.js|icon\.svg))$/, kind);
    }
  });
});
