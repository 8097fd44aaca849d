// What a reader does: follow a citation, change the language, read on a phone, without script, from a disk.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
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

/** Every page that can be reached by links from `start` within `within`. */
async function crawl(page, start, within) {
  const seen = new Set([start]);
  const todo = [start];
  while (todo.length > 0) {
    const url = todo.pop();
    const answer = await page.goto(url);
    // Of files there is no answer; a missing one fails to load.
    assert.ok(!answer || answer.status() < 400, `${url}: ${answer?.status()}`);
    const links = await page.locator("a[href]").evaluateAll((all) => all.map((a) => a.href.split("#")[0]));
    for (const link of links.filter((l) => l.startsWith(within) && /(\/|\.html)$/.test(l))) {
      if (!seen.has(link)) {
        seen.add(link);
        todo.push(link);
      }
    }
  }
  return seen;
}

test("all pages work under a path", async () => {
  const under = await host(build(), "/some/where/");
  try {
    await open({}, async (page) => {
      const seen = await crawl(page, under.address, under.address);
      // Chooser, and for each language home, three lists, five policies with sources, four places.
      assert.equal(seen.size, 1 + 2 * (4 + 10 + 4));
      await page.goto(`${under.address}en/policies/${ids[0]}/source/`);
      assert.ok(await page.locator(".cited-by").count() > 0);
    });
  } finally {
    under.stop();
  }
});

test("all pages work from a disk", async () => {
  const folder = pathToFileURL(build("--disk")).href + "/";
  await open({}, async (page) => {
    const seen = await crawl(page, `${folder}index.html`, folder);
    assert.equal(seen.size, 1 + 2 * (4 + 10 + 4));
    await page.goto(`${folder}en/policies/${ids[0]}/index.html`);
    await page.locator("sup.cite a").first().click();
    await page.waitForURL(/source\/index\.html#q-/);
    assert.ok((await marked(page))?.standsOut);
  });
});

test("no page is wider than a phone", async () => {
  for (const width of [320, 390]) {
    await open({ viewport: { width, height: 800 } }, async (page) => {
      for (const lang of ["zh", "en"]) {
        const paths = ["", "policies/", "places/", "places/wuhan/", "targets/", ...ids.flatMap((id) => [`policies/${id}/`, `policies/${id}/source/`])];
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
