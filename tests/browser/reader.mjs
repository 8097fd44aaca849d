// A reader: a browser on the real site, who reports every fault that a page shows and every request that
// leaves the site; and the kinds of page that there are, each by an example.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { browser, build, host } from "./harness.mjs";

/** The real site on a static host, built once for a test file, and a browser. */
export async function library(...options) {
  const chromium = await browser();
  const folder = build(...options);
  const site = await host(folder, "/");
  const open = (settings, use) => visit(chromium, settings, use);
  const close = async () => {
    await chromium.close();
    site.stop();
    rmSync(dirname(folder), { recursive: true });
  };
  return { address: site.address, folder, open, close, data: (name) => JSON.parse(readFileSync(join(folder, `data/${name}.json`), "utf8")) };
}

/** Opens a page, uses it, and holds that it had no fault. */
export async function visit(chromium, settings, use) {
  const context = await chromium.newContext(settings);
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol !== "data:" && !["127.0.0.1", ""].includes(url.hostname)) faults.push(`a request to ${url.hostname}`);
  });
  try {
    await use(page, context);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
  }
}

/** The longest page of a folder, by its name below `en/`. */
function longest(folder, below) {
  const size = (name) => readFileSync(join(folder, "en", below, name, "index.html")).length;
  return readdirSync(join(folder, "en", below), { withFileTypes: true })
    .filter((e) => e.isDirectory() && existsSync(join(folder, "en", below, e.name, "index.html")))
    .map((e) => e.name)
    .sort((a, b) => size(b) - size(a))[0];
}

/** Each kind of page, by its path below the language; of each kind the longest, which has everything. */
export function kinds({ folder }) {
  const policy = longest(folder, "policies");
  const place = readdirSync(join(folder, "en/places")).find((name) => existsSync(join(folder, "en/places", name, "vs")));
  const guide = existsSync(join(folder, "en/guide")) ? { guide: "guide/" } : {};
  return {
    home: "",
    policies: "policies/",
    policy: `policies/${policy}/`,
    source: `policies/${policy}/source/`,
    parallel: `policies/${policy}/parallel/`,
    target: `policies/${policy}/targets/${longest(folder, `policies/${policy}/targets`)}/`,
    places: "places/",
    place: `places/${longest(folder, "places")}/`,
    versus: `places/${place}/vs/${longest(folder, `places/${place}/vs`)}/`,
    topics: "topics/",
    topic: `topics/${longest(folder, "topics")}/`,
    agencies: "agencies/",
    agency: `agencies/${longest(folder, "agencies")}/`,
    indicator: `indicators/${longest(folder, "indicators")}/`,
    targets: "targets/",
    compare: "compare/",
    glossary: "glossary/",
    search: "search/",
    verification: "verification/",
    ...guide,
  };
}

/** Clicks the first link to an address that the page shows, and waits for it. */
export async function follow(page, address) {
  const links = await page.locator("a").all();
  for (const link of links) {
    if (await link.evaluate((a) => a.href) === address && await link.isVisible()) {
      await link.click();
      await page.waitForURL(address);
      return;
    }
  }
  assert.fail(`${page.url()} shows no link to ${address}`);
}

/** The words of a part of a page; where lines and marks break them is the layout's affair. */
export async function words(part) {
  return (await part.innerText()).replace(/\s+/g, " ");
}
