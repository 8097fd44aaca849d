// The timeline: a chart whose rows lead to their targets, and a filter that is kept in the address.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { build } from "./harness.mjs";
import { library } from "./reader.mjs";

let site;
let targets;

before(async () => {
  site = await library("--no-search");
  ({ targets } = site.data("targets"));
});

after(() => site?.close());

const seen = (page, what) => page.locator(what).evaluateAll((rows) => rows.filter((r) => r.offsetParent !== null).map((r) => new URL(r.querySelector("a").href).pathname.split("/policies/")[1].replace("/targets/", "/").replace(/\/(index\.html)?$/, "")));
const ids = (list) => list.map((t) => t.id).sort();
const drawn = (list) => ids(list.filter((t) => t.same_as === null));
const choose = (page, name, value) => page.locator(`form[data-filter] select[name=${name}]`).selectOption(value);

async function shows(page, wanted) {
  assert.deepEqual((await seen(page, "tr[data-k]")).sort(), ids(wanted), "the table");
  assert.deepEqual((await seen(page, ".rows li")).sort(), drawn(wanted), "the chart");
  assert.equal(await page.locator("form[data-filter] b").textContent(), String(wanted.length));
  for (const part of [".group", "section.year"]) {
    const empty = await page.locator(part).evaluateAll((all) => all.filter((p) => p.offsetParent !== null && ![...p.querySelectorAll("li, tr[data-k]")].some((r) => r.offsetParent !== null)).length);
    assert.equal(empty, 0, `no ${part} is shown empty`);
  }
}

test("each choice filters chart and table, and stands in the address", async () => {
  await site.open({ viewport: { width: 1280, height: 800 } }, async (page) => {
    await page.goto(`${site.address}en/targets/`);
    await shows(page, targets);
    const place = targets.find((t) => t.commitment === "strive").place;
    await choose(page, "place", place);
    await shows(page, targets.filter((t) => t.place === place));
    await choose(page, "wording", "strive");
    await shows(page, targets.filter((t) => t.place === place && t.commitment === "strive"));
    const query = new URL(page.url()).search;
    assert.equal(query, `?place=${place}&wording=strive`);
    // The address gives the same again, and so does it after another page.
    await page.reload();
    await shows(page, targets.filter((t) => t.place === place && t.commitment === "strive"));
    await page.locator("tr[data-k]:not([hidden]) a").first().click();
    await page.waitForURL(/\/targets\/[^/]+\/$/);
    await page.goBack();
    await shows(page, targets.filter((t) => t.place === place && t.commitment === "strive"));
    // The other language keeps it.
    await page.locator("a[data-switch]").click();
    await page.waitForURL((url) => url.pathname === "/zh/targets/" && url.search === query);
    await shows(page, targets.filter((t) => t.place === place && t.commitment === "strive"));
    await page.locator("form[data-filter] button").click();
    await page.waitForURL((url) => url.search === "");
    await shows(page, targets);
    const topic = targets.flatMap((t) => t.topics)[0];
    const year = targets.find((t) => t.due && t.topics.includes(topic)).due;
    await choose(page, "topic", topic);
    await choose(page, "year", String(year));
    await shows(page, targets.filter((t) => t.due === year && t.topics.includes(topic)));
    await choose(page, "topic", "");
    await choose(page, "year", "none");
    await shows(page, targets.filter((t) => t.due === null));
  });
});

test("an address that nothing matches shows nothing and says so", async () => {
  await site.open({}, async (page) => {
    await page.goto(`${site.address}en/targets/?place=nowhere`);
    await shows(page, []);
    await page.locator("form[data-filter] button").click();
    await page.waitForURL((url) => url.search === "");
    await shows(page, targets);
  });
});

test("rows are grouped by topic, by place, by year, and nothing is lost", async () => {
  await site.open({}, async (page) => {
    await page.goto(`${site.address}en/targets/`);
    const heads = () => page.locator(".group h3").evaluateAll((all) => all.filter((h) => h.offsetParent !== null).map((h) => h.textContent));
    const byTopic = await heads();
    assert.equal(byTopic.length, new Set(targets.filter((t) => t.same_as === null).map((t) => t.topics[0])).size);
    for (const [by, of] of [["place", (t) => t.place], ["year", (t) => t.due]]) {
      await choose(page, "group", by);
      assert.equal((await heads()).length, new Set(targets.filter((t) => t.same_as === null).map(of)).size, by);
      await shows(page, targets);
    }
    await choose(page, "group", "");
    assert.deepEqual(await heads(), byTopic);
    await shows(page, targets);
  });
});

test("every row is a link with a name, drawn as its bound, and the key explains each sign", async () => {
  await site.open({ viewport: { width: 1280, height: 800 } }, async (page) => {
    await page.goto(`${site.address}en/targets/`);
    const rows = await page.locator(".rows li").evaluateAll((all) => all.map((li) => ({
      id: new URL(li.querySelector("a").href).pathname.split("/policies/")[1].replace("/targets/", "/").slice(0, -1),
      words: li.querySelector("a").textContent,
      title: li.querySelector("svg > title").textContent,
      uses: [...li.querySelectorAll("use")].map((u) => u.getAttribute("href")),
      dashed: getComputedStyle(li.querySelector("svg > line") ?? li).strokeDasharray,
      line: [...li.querySelectorAll("svg > line")].map((l) => [...["x1", "x2", "y1", "y2"]].map((n) => parseFloat(l.getAttribute(n)))),
      height: li.offsetHeight,
    })));
    for (const row of rows) {
      const target = targets.find((t) => t.id === row.id);
      assert.ok(row.words.includes(target.measure.en), row.id);
      assert.ok(row.words.includes(target.display.en), `${row.id}: ${row.words}`);
      assert.ok(target.due === null || row.title.includes(String(target.due)), row.id);
      assert.ok(row.uses.includes(`#c-${target.bound}`) || target.bound === "range", `${row.id}: ${row.uses}`);
      assert.equal(row.line.length > 0, target.due !== null, row.id);
      if (row.line.length) assert.equal(row.dashed !== "none", target.commitment !== "firm", row.id);
      const level = row.line.length === 0 || row.line[0][2] === row.line[0][3];
      const starts = target.baseline !== null || target.bound === "multiple";
      assert.equal(level, !starts || Number(target.baseline?.value) === target.low, `${row.id} is level without a baseline`);
      assert.ok(row.height >= 24, `${row.id}: room for a finger`);
    }
    // What is drawn is defined, and each sign has words.
    const missing = await page.locator("use").evaluateAll((all) => all.map((u) => u.getAttribute("href")).filter((h) => !document.querySelector(h)));
    assert.deepEqual(missing, []);
    const signs = await page.locator(".signs li").evaluateAll((all) => all.map((li) => li.textContent.trim().length));
    assert.ok(signs.length > 5 && signs.every((length) => length > 3));
    // The build's date: a line in every row, and its name above.
    assert.match(await page.locator(".axis > svg").textContent(), /\d+ \w+ 20\d\d/);
    await page.locator(".rows a").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/policies\/[^/]+\/targets\/[^/]+\/$/);
  });
});

test("the chart's letters follow the reader's", async () => {
  await site.open({ viewport: { width: 1280, height: 800 }, bypassCSP: true }, async (page) => {
    await page.goto(`${site.address}en/targets/`);
    const sizes = () => page.evaluate(() => [".axis text", ".rows a"].map((s) => parseFloat(getComputedStyle(document.querySelector(s)).fontSize)).concat(document.querySelector(".key use").getBoundingClientRect().height));
    const before = await sizes();
    await page.addStyleTag({ content: "html { font-size: 200% }" });
    const after = await sizes();
    before.forEach((size, i) => assert.ok(Math.abs(after[i] - 2 * size) < 1, `${size} becomes ${after[i]}`));
  });
});

test("without script everything is there, and no filter that does nothing", async () => {
  await site.open({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${site.address}zh/targets/`);
    assert.equal((await seen(page, "tr[data-k]")).length, targets.length);
    assert.equal((await seen(page, ".rows li")).length, drawn(targets).length);
    assert.ok(!(await page.locator("form[data-filter]").isVisible()));
  });
});

test("from a disk the filter works too", async () => {
  const folder = pathToFileURL(build("--disk")).href;
  await site.open({}, async (page) => {
    await page.goto(`${folder}/en/targets/index.html`);
    await choose(page, "wording", "strive");
    await shows(page, targets.filter((t) => t.commitment === "strive"));
    await page.locator("a[data-switch]").click();
    await page.waitForURL(/\/zh\/targets\/index\.html\?wording=strive$/);
    await shows(page, targets.filter((t) => t.commitment === "strive"));
  });
});
