// What a reader does: follow a citation, change the language, read on a phone, without script, from a disk.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { browser, build, host, policyIds, preview } from "./harness.mjs";

let chromium;
let site;
let ids;

before(async () => {
  chromium = await browser();
  site = await preview();
  ids = await policyIds(site.address);
  assert.equal(ids.length, 5);
});

after(async () => {
  await chromium?.close();
  site?.stop();
});

async function open(options, use) {
  const context = await chromium.newContext(options);
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!["127.0.0.1", ""].includes(url.hostname)) faults.push(`a request to ${url.hostname}`);
  });
  try {
    await use(page);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

/** The words that the address's fragment marks, and whether they are seen and stand out, once they do. */
async function marked(page) {
  let found = null;
  for (let tries = 0; tries < 40; tries += 1) {
    found = await markedNow(page);
    if (found?.seen && found.standsOut) break;
    await page.waitForTimeout(50);
  }
  return found;
}

function markedNow(page) {
  return page.evaluate(() => {
    const target = document.getElementById(location.hash.slice(1));
    if (!target) return null;
    const overlap = [...target.classList].find((c) => /^t\d+$/.test(c));
    const pieces = overlap
      ? [...target.closest(".b").querySelectorAll(`.${overlap.replace("t", "m")}`)]
      : [target];
    const box = (pieces[0] ?? target).getBoundingClientRect();
    const quiet = getComputedStyle(target.closest(".b")).backgroundColor;
    return {
      words: pieces.map((p) => p.textContent).join(""),
      seen: box.bottom > 0 && box.top < innerHeight,
      standsOut: pieces.length > 0 && pieces.every((p) => getComputedStyle(p).backgroundColor !== quiet),
    };
  });
}

const squeeze = (text) => text.replace(/\s|\|/g, "");

for (const javaScriptEnabled of [true, false]) {
  test(`a citation leads to its marked words (script ${javaScriptEnabled ? "on" : "off"})`, async () => {
    await open({ javaScriptEnabled }, async (page) => {
      for (const lang of ["zh", "en"]) {
        for (const id of ids) {
          await page.goto(`${site.address}${lang}/policies/${id}/`);
          const first = page.locator("sup.cite a").first();
          const number = await first.textContent();
          const quote = await page.locator(`#note-${number} blockquote`).textContent();
          await first.click();
          await page.waitForURL(/\/source\/#q-/);
          const found = await marked(page);
          assert.ok(found?.seen && found.standsOut, `${lang} ${id}: ${JSON.stringify(found)}`);
          assert.equal(squeeze(found.words), squeeze(quote));
        }
      }
    });
  });
}

test("every citation's words are marked, overlapping ones too", async () => {
  await open({}, async (page) => {
    for (const id of ids) {
      await page.goto(`${site.address}en/policies/${id}/`);
      const notes = await page.locator("ol.notes li").evaluateAll((items) =>
        items.map((li) => ({
          quote: li.querySelector("blockquote")?.textContent ?? "",
          hash: [...li.querySelectorAll("a")].map((a) => a.hash).find((h) => h.startsWith("#q-")),
        })));
      assert.ok(notes.length > 10);
      await page.goto(`${site.address}en/policies/${id}/source/`);
      for (const { quote, hash } of notes) {
        await page.evaluate((h) => { location.hash = h; }, hash);
        const found = await marked(page);
        assert.ok(found?.standsOut, `${id} ${hash}`);
        assert.equal(squeeze(found.words), squeeze(quote), `${id} ${hash}`);
      }
    }
  });
});

test("the language switch keeps the heading", async () => {
  await open({ viewport: { width: 1280, height: 800 } }, async (page) => {
    for (const id of ids) {
      await page.goto(`${site.address}en/policies/${id}/#distinctive`);
      await page.locator("a[data-switch]").click();
      await page.waitForURL(`${site.address}zh/policies/${id}/#distinctive`);
      assert.equal(await page.locator("html").getAttribute("lang"), "zh-Hans");
      const box = await page.locator("#distinctive").boundingBox();
      assert.ok(box.y >= 0 && box.y < 800, `${id}: ${box.y}`);
    }
    // Read down to a heading without ever following a link to it.
    await page.goto(`${site.address}zh/policies/${ids[0]}/`);
    await page.locator("h2#who").evaluate((h) => h.scrollIntoView());
    await page.locator("a[data-switch]").focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${site.address}en/policies/${ids[0]}/#who`);
    // On the source page the block's address is kept.
    await page.goto(`${site.address}zh/policies/${ids[0]}/source/#L21`);
    await page.locator("a[data-switch]").click();
    await page.waitForURL(`${site.address}en/policies/${ids[0]}/source/#L21`);
  });
});

/** Paths of the pages that can be reached by links from `start`, read with `read`. */
async function crawl(start, read) {
  const seen = new Set([start]);
  const todo = [start];
  while (todo.length > 0) {
    const path = todo.pop();
    const html = await read(path);
    for (const [, href] of html.matchAll(/<a\s[^>]*href="([^"]+)"/g)) {
      const url = new URL(href.replaceAll("&amp;", "&"), `http://site/${path}`);
      if (url.host !== "site" || !/(\/|\.html)$/.test(url.pathname)) continue;
      const next = url.pathname.slice(1).replace(/(^|\/)$/, "$1index.html");
      if (!seen.has(next)) {
        seen.add(next);
        todo.push(next);
      }
    }
  }
  return [...seen].sort();
}

/** Pages of a built folder, but the one for wrong addresses. */
const pages = (folder) => readdirSync(folder, { recursive: true })
  .map((f) => f.replaceAll("\\", "/")).filter((f) => f.endsWith(".html") && f !== "404.html").sort();

test("all pages can be reached by clicks, and work under a path", async () => {
  const folder = build();
  const under = await host(folder, "/some/where/");
  try {
    const seen = await crawl("index.html", async (path) => {
      const answer = await fetch(under.address + path.replace(/index\.html$/, ""));
      assert.equal(answer.status, 200, path);
      return answer.text();
    });
    assert.deepEqual(seen, pages(folder));
    await open({}, async (page) => {
      await page.goto(`${under.address}en/policies/${ids[0]}/source/`);
      assert.ok(await page.locator(".cited-by").count() > 0);
    });
  } finally {
    under.stop();
  }
});

test("all pages can be reached from a disk", async () => {
  const folder = build("--disk");
  assert.deepEqual(await crawl("index.html", async (path) => readFileSync(join(folder, path), "utf8")), pages(folder));
  await open({}, async (page) => {
    await page.goto(`${pathToFileURL(folder).href}/en/policies/${ids[0]}/index.html`);
    await page.locator("sup.cite a").first().click();
    await page.waitForURL(/source\/index\.html#q-/);
    assert.ok((await marked(page))?.standsOut);
  });
});

test("terms of the parallel view light up in both languages", async () => {
  await open({ viewport: { width: 1280, height: 900 } }, async (page) => {
    for (const id of ids) {
      await page.goto(`${site.address}en/policies/${id}/parallel/`);
      assert.ok(await page.locator(".pair").count() > 10);
      assert.equal(await page.locator(".pair .body[lang=zh-Hans]").count(), await page.locator(".pair .body[lang=en]").count());
      const paired = await page.evaluate(() => [...document.querySelectorAll(".pair")].map((row) => {
        const terms = (tag) => new Set([...row.querySelectorAll(`[lang=${tag}] .term`)].map((t) => t.dataset.term));
        return [...terms("en")].find((t) => terms("zh-Hans").has(t));
      }).find(Boolean));
      if (!paired) continue;
      await page.locator(`.pair:has([lang=en] [data-term="${paired}"]):has([lang=zh-Hans] [data-term="${paired}"]) [lang=en] [data-term="${paired}"]`).first().hover();
      assert.ok(await page.locator("[lang=zh-Hans] .term.lit").count() > 0, id);
    }
  });
});

test("no page is wider than a phone", async () => {
  for (const width of [320, 390]) {
    await open({ viewport: { width, height: 800 } }, async (page) => {
      for (const lang of ["zh", "en"]) {
        const data = async (name) => (await fetch(`${site.address}data/${name}.json`)).json();
        const { targets } = await data("targets");
        const { topics } = await data("topics");
        const { agencies } = await data("agencies");
        const { indicators } = await data("indicators");
        const paths = ["", "policies/", "places/", "places/wuhan/", "targets/", "topics/", "agencies/", "compare/", "glossary/", "search/",
          ...ids.flatMap((id) => [`policies/${id}/`, `policies/${id}/source/`, `policies/${id}/parallel/`]),
          ...targets.filter((_, i) => i % 20 === 0).map((t) => `policies/${t.id.replace("/", "/targets/")}/`),
          ...topics.filter((_, i) => i % 6 === 0).map((t) => `topics/${t.id}/`),
          ...agencies.filter((_, i) => i % 12 === 0).map((a) => `agencies/${a.id}/`),
          ...indicators.map((i) => `indicators/${i.id}/`)];
        for (const path of paths) {
          await page.goto(`${site.address}${lang}/${path}`);
          const wide = await page.evaluate(() => document.documentElement.scrollWidth);
          assert.ok(wide <= width, `${lang}/${path} is ${wide} wide at ${width}`);
        }
      }
    });
  }
});

test("a wrong address gets the bilingual page, another host gets nothing", async () => {
  const missing = await fetch(`${site.address}en/no/such/page/`);
  assert.equal(missing.status, 404);
  const text = await missing.text();
  assert.ok(text.includes("没有这一页") && text.includes("Page not found"));
  const { request } = await import("node:http");
  const status = await new Promise((done) => {
    request(`${site.address}en/`, { headers: { host: "example.org" } }, (answer) => done(answer.statusCode)).end();
  });
  assert.equal(status, 403);
});
