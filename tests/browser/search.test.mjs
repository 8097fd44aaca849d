// Search as a reader uses it: on a static host under a path, in both languages.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { browser, build, host } from "./harness.mjs";

let chromium;
let out;
let site;
let sent = [];

before(async () => {
  chromium = await browser();
  out = build();
  site = await host(out, "/some/where/", (file, size) => sent.push({ file, size }));
});

after(async () => {
  await chromium?.close();
  site?.stop();
});

const data = (name) => JSON.parse(readFileSync(join(out, `data/${name}.json`), "utf8"));

async function open(lang, use) {
  const context = await chromium.newContext();
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    if (new URL(request.url()).hostname !== "127.0.0.1") faults.push(request.url());
  });
  try {
    await page.goto(`${site.address}${lang}/search/`);
    await use(page);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

/** The addresses that a query finds, all of them, below the language's folder. */
function ask(page, query, kind = "") {
  return page.evaluate(async ({ query, kind }) => {
    const form = document.querySelector("form[data-index]");
    const list = document.querySelector(".results");
    const more = document.querySelector("button.more");
    form.q.value = query;
    form.kind.value = kind;
    form.requestSubmit();
    const status = document.querySelector("[role=status]");
    const settled = async () => {
      for (let i = 0; i < 1000 && list.ariaBusy !== "false"; i += 1) await new Promise((r) => setTimeout(r, 4));
      if (list.ariaBusy !== "false") throw new Error(`${query}: ${status.textContent}`);
    };
    await settled();
    while (!more.hidden) {
      more.click();
      await settled();
    }
    const here = document.documentElement.lang === "en" ? "en" : "zh";
    return [...list.querySelectorAll("a")].map((a) => decodeURIComponent(a.href.split(`/where/${here}/`)[1]));
  }, { query, kind });
}

/** Whether a page is among the addresses. */
const has = (found, page) => found.some((address) => address.split("#")[0] === page.split("#")[0]);

const named = () => [
  ...data("topics").topics.map((t) => ({ kind: "topic", page: `topics/${t.id}/`, names: t.name, aliases: t.aliases })),
  ...data("places").places.map((p) => ({ kind: "place", page: `places/${p.id}/`, names: p.name, aliases: p.aliases })),
  ...data("agencies").agencies.map((a) => ({ kind: "agency", page: `agencies/${a.id}/`, names: a.name, aliases: a.aliases })),
  ...data("indicators").indicators.map((i) => ({ kind: "indicator", page: `indicators/${i.id}/`, names: i.name, aliases: { zh: [], en: [] } })),
];

for (const lang of ["zh", "en"]) {
  test(`every name, alias and term finds its page (${lang})`, async () => {
    await open(lang, async (page) => {
      const missing = [];
      for (const { kind, page: wanted, names, aliases } of named()) {
        // In both scripts, whatever the page's language.
        for (const name of [names.zh, names.en, ...aliases.zh, ...aliases.en]) {
          if (!has(await ask(page, name, kind), wanted)) missing.push(`${name}: ${wanted}`);
        }
      }
      for (const term of data("glossary").terms) {
        for (const name of [term.zh, term.en]) {
          const found = await ask(page, name, "term");
          if (!found.some((address) => address.endsWith(`#term-${term.id}`))) missing.push(`${name}: term ${term.id}`);
        }
      }
      assert.deepEqual(missing, []);
    });
  });
}

/** Members of the lists of a source text, which are noun phrases: `创新药、医疗器械、…`. */
function phrases(text) {
  const flat = text.replace(/\s/g, "");
  return [...flat.matchAll(/(?<=[、])[\u4e00-\u9fff]{2,8}(?=[、])/g)].map((m) => m[0]);
}

test("two hundred phrases of the source texts find every text that has them, in both languages", async () => {
  const sources = data("policies").policies.map((p) => ({
    page: `policies/${p.id}/source/`,
    flat: readFileSync(join(out, p.source.file), "utf8").replace(/\s|\*\*/g, ""),
  }));
  const all = [...new Set(sources.flatMap((s) => phrases(s.flat)))].sort();
  // Every so many-th: the same ones on each run.
  const drawn = all.filter((_, i) => i % Math.max(1, Math.floor(all.length / 200)) === 0).slice(0, 200);
  assert.ok(drawn.length === 200, `${drawn.length} phrases`);
  for (const lang of ["zh", "en"]) {
    await open(lang, async (page) => {
      const missing = [];
      for (const phrase of drawn) {
        const found = await ask(page, phrase, "source");
        for (const { page: wanted, flat } of sources) {
          // A line of a running header may cut a phrase in the raw text, so only that way round is certain.
          if (flat.includes(phrase) && !has(found, wanted)) missing.push(`${phrase}: ${wanted}`);
          if (has(found, wanted) && !flat.includes(phrase)) missing.push(`${phrase} is not in ${wanted}`);
        }
      }
      assert.deepEqual(missing, []);
    });
  }
});

test("any two characters that stand together are found, whatever a segmenter would think", async () => {
  const policy = data("policies").policies[0];
  await open("zh", async (page) => {
    const search = page.url();
    await page.goto(`${site.address}zh/policies/${policy.id}/source/`);
    const runs = (await page.locator(".words").allInnerTexts()).flatMap((text) => text.match(/[\u4e00-\u9fff]{3,}/g) ?? []);
    const pairs = [...new Set(runs.map((r) => r.slice(1, 3)))].sort().filter((_, i) => i % 9 === 0).slice(0, 60);
    assert.equal(pairs.length, 60);
    await page.goto(search);
    for (const pair of pairs) assert.ok(has(await ask(page, pair, "source"), `policies/${policy.id}/source/`), pair);
  });
});

test("a term in one language finds pages in the other", async () => {
  const term = data("glossary").terms.find((t) => t.uses.some((u) => u.anchors.length > 0) && t.en && /^[\u4e00-\u9fff]+$/.test(t.zh));
  await open("en", async (page) => {
    const found = await ask(page, term.zh);
    assert.ok(found.some((a) => a.startsWith("glossary/")), term.zh);
  });
  await open("zh", async (page) => {
    const found = await ask(page, term.en, "source");
    assert.ok(has(found, `policies/${term.uses.find((u) => u.anchors.length > 0).policy}/source/`), `${term.en}: ${found}`);
  });
});

test("filters narrow, results show the passage, and the address keeps the query", async () => {
  const target = data("targets").targets.find((t) => t.topics.length > 0);
  await open("en", async (page) => {
    const words = target.measure.en;
    await page.locator("#q").fill(words);
    await page.locator("#q").press("Enter");
    await page.locator(".results li").first().waitFor();
    assert.ok(await page.locator(".results mark").count() > 0);
    await page.locator("select[name=place]").selectOption(target.place);
    await page.locator("select[name=kind]").selectOption("target");
    await page.locator("select[name=topic]").selectOption(target.topics[0]);
    await page.waitForURL(/kind=target/);
    const link = page.locator(`.results a[href$="/${target.id.split("/")[0]}/targets/${target.id.split("/")[1]}/"]`).first();
    await link.waitFor();
    const address = page.url();
    await link.click();
    await page.waitForURL(/\/targets\//);
    await page.goto(address);
    await page.locator(".results li").first().waitFor();
    assert.equal(await page.locator("#q").inputValue(), words);
    assert.equal(await page.locator("select[name=kind]").inputValue(), "target");
    const other = data("policies").policies.find((p) => p.place !== target.place);
    if (other) {
      await page.locator("select[name=place]").selectOption(other.place);
      await page.waitForTimeout(300);
      const hrefs = await page.locator(".results a.title").evaluateAll((all) => all.map((a) => a.href));
      assert.ok(hrefs.every((h) => !h.includes(`/policies/${target.policy}/`)), hrefs.join());
    }
  });
});

test("words where the scripts meet are found as one", async () => {
  await open("zh", async (page) => {
    const search = page.url();
    const mixed = new Set();
    for (const { id } of data("policies").policies) {
      await page.goto(`${site.address}zh/policies/${id}/source/`);
      for (const text of await page.locator(".words").allInnerTexts()) {
        for (const phrase of text.match(/[\u4e00-\u9fff][A-Za-z0-9]+[\u4e00-\u9fff]{2}/g) ?? []) mixed.add(phrase);
      }
    }
    await page.goto(search);
    const drawn = [...mixed].sort().filter((_, i) => i % 3 === 0);
    assert.ok(drawn.length > 20, `${drawn.length}`);
    for (const phrase of drawn) assert.ok((await ask(page, phrase, "source")).length > 0, phrase);
    // The parts stand together in some passage; the whole does not.
    assert.deepEqual(await ask(page, "第7391主题", "source"), []);
  });
});

test("a passage's link leads to its block, and nonsense finds nothing", async () => {
  await open("zh", async (page) => {
    await page.locator("#q").fill("目标");
    await page.locator("select[name=kind]").selectOption("source");
    await page.locator("#q").press("Enter");
    await page.locator(".results .at").first().click();
    await page.waitForURL(/\/source\/#L\d/);
    assert.ok(await page.evaluate(() => document.getElementById(location.hash.slice(1)) !== null));
  });
  await open("en", async (page) => {
    assert.deepEqual(await ask(page, "xylophone zeppelin"), []);
    assert.equal(await page.locator("[role=status]").textContent(), "Nothing found.");
    await page.locator("#q").fill("药");
    await page.locator("#q").press("Enter");
    await page.getByText("two Chinese characters or more", { exact: false }).last().waitFor();
  });
});

test("the first query fetches little", async () => {
  sent = [];
  await open("zh", async (page) => {
    await ask(page, "脑机接口");
    const index = sent.filter((s) => s.file.startsWith("search/"));
    const bytes = index.reduce((sum, s) => sum + s.size, 0);
    console.log(`first query: ${index.length} files, ${bytes} bytes before compression`);
    assert.ok(bytes < 600_000, `${bytes}`);
  });
});

test("without an index, and from a disk, the page says so", async () => {
  const without = await host(build("--no-search"), "/x/");
  try {
    const context = await chromium.newContext();
    const page = await context.newPage();
    await page.goto(`${without.address}en/search/`);
    assert.ok(await page.getByText("published without its search index").isVisible());
    assert.equal(await page.locator("form").count(), 0);
    assert.equal((await fetch(`${without.address}search/en/meta.json`)).status, 404);
    await page.goto(`${without.address}zh/`);
    assert.equal(await page.locator("form.search").count(), 0);
    await page.goto(`${pathToFileURL(build("--disk")).href}/zh/search/index.html`);
    assert.ok(await page.getByText("从磁盘打开的页面不能搜索").isVisible());
    await context.close();
  } finally {
    without.stop();
  }
});
