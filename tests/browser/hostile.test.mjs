// What a site's content holds does not run, and does not break out of what it is written into: attacks in every
// field of every file (hostile.mjs), looked at by a browser and by parsers that are not ours.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { Readable } from "node:stream";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import Cite from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-ris";
import FeedParser from "feedparser";
import ICAL from "ical.js";
import MarkdownIt from "markdown-it";
import Papa from "papaparse";
import { binary, browser, build, host } from "./harness.mjs";
import { attacks, unseen, write } from "./hostile.mjs";

let folder;
let out;
let files;
let all;
let site;
let chromium;

before(async () => {
  folder = mkdtempSync(join(tmpdir(), "duizhao-hostile-"));
  all = write(join(folder, "site"));
  out = join(folder, "public");
  const run = spawnSync(binary, ["build", "--root", join(folder, "site"), "--out", out, "--base-url", "https://example.org/d/"], { encoding: "utf8" });
  assert.equal(run.status, 0, run.stderr);
  files = readdirSync(out, { recursive: true }).map((f) => f.replaceAll("\\", "/")).sort();
  site = await host(out, "/");
  chromium = await browser();
});

after(async () => {
  await chromium?.close();
  site?.stop();
  if (folder) rmSync(folder, { recursive: true });
});

const read = (path) => readFileSync(join(out, path), "utf8");
const ending = (end) => files.filter((f) => f.endsWith(end));

/** Opens a context in which nothing may run, ask or leave; `use` gets a page and what was seen. */
async function watched(use, settings = {}) {
  const context = await chromium.newContext(settings);
  const seen = [];
  await context.exposeFunction("attacked", () => seen.push("an attack ran"));
  const page = await context.newPage();
  page.on("dialog", (dialog) => {
    seen.push(`a dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  page.on("console", (message) => message.type() === "error" && seen.push(message.text()));
  page.on("pageerror", (error) => seen.push(String(error)));
  page.on("popup", () => seen.push("a window opened"));
  context.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (hostname !== "127.0.0.1" && request.url() !== "data:,") seen.push(`a request to ${protocol}//${hostname}`);
  });
  try {
    await use(page, seen);
  } finally {
    await context.close();
  }
}

/** What a page has that no page of ours has; in the page. */
const strange = () => {
  const out = [];
  const url = /^(https?:\/\/|mailto:|[^:]*([/?#]|$))/;
  const never = "iframe,object,embed,base,style,img,video,audio,source,template,textarea,frame,applet,math,foreignObject,animate,set,portal,plaintext,xmp,marquee,meta[http-equiv=refresh]";
  for (const element of document.querySelectorAll(never)) out.push(element.outerHTML.slice(0, 200));
  for (const script of document.scripts) {
    if (script.type === "application/ld+json") JSON.parse(script.text);
    else if (!/\/assets\/(site|search)\.js$/.test(script.src) || script.text) out.push(script.outerHTML.slice(0, 200));
  }
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const address = /^(href|src|action|formaction|xlink:href|cite|data|poster)$/.test(name);
      if (/^on|^style$|^srcdoc$|^autofocus$|[^a-zA-Z0-9:-]/.test(name) || (address && !url.test(value))) out.push(`${name}=${value.slice(0, 200)}`);
    }
  }
  const policy = document.querySelector("head > meta[http-equiv=content-security-policy]");
  if (!policy || policy.previousElementSibling?.getAttribute("charset") !== "utf-8") out.push("no policy at the head of the page");
  else if (!policy.content.startsWith("default-src 'none'") || /unsafe|\*|https?:/.test(policy.content)) out.push(policy.content);
  return out;
};

test("there are enough attacks, all different, and each is somewhere on the site", () => {
  assert.ok(attacks.length >= 200);
  assert.equal(new Set(attacks).size, attacks.length);
  const seeds = ending(".txt").filter((f) => f.startsWith("seeds/")).map(read).join("");
  for (const attack of attacks) assert.ok(seeds.includes(attack), JSON.stringify(attack));
});

test("a browser runs none of it on any page", { timeout: 600_000 }, async () => {
  const pages = ending(".html");
  assert.ok(pages.length > 400);
  const rest = [...pages];
  const worker = () => watched(async (page, seen) => {
    for (let path = rest.pop(); path; path = rest.pop()) {
      await page.goto(site.address + path);
      assert.deepEqual([...(await page.evaluate(strange)), ...seen], [], path);
    }
  });
  await Promise.all([worker(), worker(), worker()]);
});

test("nor when it is read: notes, filters, the copied address, the language switch", async () => {
  for (const lang of ["zh", "en"]) {
    await watched(async (page, seen) => {
      for (const i of [0, 7, all.length - 1]) {
        await page.goto(`${site.address}${lang}/policies/po-${i}/`);
        for (const cite of await page.locator(".body .cite a").all()) {
          await cite.focus();
          assert.deepEqual(await page.locator("#card").evaluate((card) => [...card.querySelectorAll("script,img,style,svg,iframe")].length), 0);
        }
        await page.locator("a[data-switch]").click();
        await page.goto(`${site.address}${lang}/policies/po-${i}/source/#L7`);
        await page.locator(".b .anchor").first().focus();
        assert.deepEqual([...(await page.evaluate(strange)).filter((s) => !/^style=/.test(s)), ...seen], []);
      }
      await page.goto(`${site.address}${lang}/targets/?place=${encodeURIComponent('"><img src=x onerror=attacked()>')}&topic=${encodeURIComponent("'];attacked()//")}`);
      await page.locator("form[data-filter] select[name=group]").selectOption("place");
      assert.deepEqual([...(await page.evaluate(strange)), ...seen], []);
    }, { permissions: ["clipboard-read", "clipboard-write"] });
  }
});

test("nor what search finds", async () => {
  for (const lang of ["zh", "en"]) {
    await watched(async (page, seen) => {
      for (const query of ["attacked", "规模突破", "script", "onerror", "attacked()\"><img src=x onerror=attacked()>", "__proto__", "constructor"]) {
        await page.goto(`${site.address}${lang}/search/?q=${encodeURIComponent(query)}&kind=${encodeURIComponent("x],[a")}&place=<b>`);
        await page.locator(".results[aria-busy=false]").waitFor();
        if (["attacked", "规模突破"].includes(query)) assert.ok(await page.locator(".results li").count(), query);
        const odd = await page.locator(".results").evaluate((list) => [...list.querySelectorAll("*")].map((e) => e.localName).filter((n) => !["li", "p", "a", "mark"].includes(n)));
        assert.deepEqual([...odd, ...(await page.evaluate(strange)), ...seen], [], query);
      }
    });
  }
});

test("the words are there as they were written, but for what nobody sees", async () => {
  await watched(async (page) => {
    for (const [i, group] of all.entries()) {
      await page.goto(`${site.address}en/topics/to-${i}/`);
      const shown = await page.locator("h1").evaluate((h) => h.firstChild.textContent.replace(/\s+/g, " ").trim());
      assert.equal(shown, `${group.join(" ")} 题T ${i}`.replace(/\s+/g, " ").trim());
    }
  });
  const hidden = new RegExp(unseen.source.replace("\\u00ad", "").replace("\\u200b-\\u200f", "\\u200c-\\u200f").replace("\\u2060-", "\\u2061-").replace("\\ufeff", ""), "u");
  for (const file of files.filter((f) => /\.(html|xml|csv|ics|md|ris|bib)$/.test(f))) {
    const text = read(file);
    assert.ok(!hidden.test(text), `${file}: ${JSON.stringify(hidden.exec(text)?.[0])}`);
  }
});

test("the policy alone stops what would get past the escaping", async () => {
  const path = "en/policies/po-0/";
  const page = read(`${path}index.html`);
  const attack = `<script>attacked()</script><img src=x onerror=attacked()><a id=a href="javascript:attacked()">x</a><script src="data:text/javascript,attacked()"></script><p id=b style="color:rgb(1,2,3)">x</p><form id=f action="https://evil.example/"><button>x</button></form>`;
  const tried = async (html) => {
    writeFileSync(join(out, "attack.html"), html.replace("<main", `${attack}<main`).replaceAll("../../../", ""));
    let found;
    await watched(async (tab, seen) => {
      await tab.goto(`${site.address}attack.html`);
      const styled = await tab.locator("#b").evaluate((p) => getComputedStyle(p).color === "rgb(1, 2, 3)");
      await tab.locator("#a").click();
      await tab.evaluate(() => document.getElementById("f").requestSubmit());
      await tab.waitForTimeout(200);
      found = { ran: seen.includes("an attack ran"), styled, left: seen.some((s) => s.startsWith("a request to https://evil.example")) };
    });
    return found;
  };
  try {
    assert.deepEqual(await tried(page), { ran: false, styled: false, left: false });
    // And it is the policy that does: without it all three happen.
    const without = await tried(page.replace(/<meta http-equiv="content-security-policy"[^>]*>/, ""));
    assert.deepEqual(without, { ran: true, styled: true, left: true });
  } finally {
    rmSync(join(out, "attack.html"));
  }
});

test("no page has an inline script, style or handler, of the real site either", () => {
  const real = build("--disk");
  for (const [root, list] of [[out, files], [real, readdirSync(real, { recursive: true })]]) {
    for (const file of list.filter((f) => f.endsWith(".html"))) {
      const html = readFileSync(join(root, file), "utf8");
      const tags = html.replace(/<script type="application\/ld\+json">[^<]*<\/script>/g, "").match(/<[a-zA-Z][^>]*>/g);
      for (const tag of tags) {
        const names = tag.replace(/"[^"]*"/g, '""');
        assert.ok(!/\s(on[a-z]+|style|srcdoc)\s*=/i.test(names) && !/^<style|^<base/i.test(names), `${file}: ${tag}`);
        assert.ok(!/^<script/i.test(names) || /^<script src="" defer>$/.test(names), `${file}: ${tag}`);
      }
      assert.ok(html.includes('<meta http-equiv="content-security-policy" content="default-src \'none\''), file);
    }
  }
});

test("pages opened from a disk work under the policy", async () => {
  const real = build("--disk");
  const context = await chromium.newContext();
  const page = await context.newPage();
  const faults = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  for (const path of ["index.html", "en/index.html", "zh/targets/index.html", "404.html"]) {
    await page.goto(`file://${join(real, path)}`);
    assert.deepEqual(faults, [], path);
    if (path !== "404.html") assert.ok(await page.evaluate(() => [...document.styleSheets].length) > 0, path);
  }
  await page.goto(`file://${join(real, "zh/targets/index.html")}`);
  await page.locator("form[data-filter] select[name=group]").selectOption("place");
  assert.ok(await page.locator(".group.other").count());
  await context.close();
});

test("feeds are XML, and their words are words", async () => {
  const feeds = ending("feed.xml");
  assert.ok(feeds.length > 20);
  await watched(async (page) => {
    await page.goto(`${site.address}en/`);
    for (const file of [...feeds, "sitemap.xml"]) {
      const { error, titles } = await page.evaluate(async (url) => {
        const xml = new DOMParser().parseFromString(await (await fetch(url)).text(), "application/xml");
        const text = (e) => e.textContent.replace(/\s+/g, " ").trim();
        return { error: xml.querySelector("parsererror")?.textContent ?? "", titles: [...xml.querySelectorAll("entry > title")].map(text) };
      }, site.address + file);
      assert.equal(error, "", file);
      const i = /^en\/places\/pl-(\d+)\/feed/.exec(file)?.[1];
      if (i) assert.ok(titles.includes(`${all[i].join(" ")} short ${i}`.replace(/\s+/g, " ").trim()), `${file}: ${titles}`);
    }
  }, { bypassCSP: true });
  for (const [i] of all.entries()) {
    const items = await new Promise((done, failed) => {
      const found = [];
      const parser = new FeedParser();
      parser.on("error", failed);
      parser.on("data", (item) => found.push(item));
      parser.on("end", () => done(found));
      Readable.from([read(`en/places/pl-${i}/feed.xml`)]).pipe(parser);
    });
    assert.equal(items.length, 2);
    for (const item of items) assert.ok(item.link.startsWith("https://example.org/d/en/policies/po-"), item.link);
  }
});

test("tables: no cell is a formula, and no cell is lost", () => {
  const tables = ending(".csv");
  assert.ok(tables.length > 20);
  for (const file of tables) {
    const { data, errors, meta } = Papa.parse(read(file).slice(1), { header: true, skipEmptyLines: true });
    assert.deepEqual(errors, [], file);
    for (const row of data) {
      for (const cell of Object.values(row)) {
        const bare = cell.replace(unseen, "").replace(/^\s+/, "");
        assert.ok(!/^[=+@＝＋＠]/.test(bare) && !/^[\t\r\n]/.test(cell) && !(/^[-－−]/.test(bare) && !/^-?[0-9.]+$/.test(bare)), `${file}: ${JSON.stringify(cell)}`);
      }
      assert.equal(Object.keys(row).length, meta.fields.length, file);
    }
  }
  const { data } = Papa.parse(read("data/targets.csv").slice(1), { header: true, skipEmptyLines: true });
  assert.deepEqual(data.map((r) => r.id), all.map((_, i) => `po-${i}/scale`).sort());
  for (const row of data) {
    const i = Number(row.policy.slice(3));
    assert.equal(row.measure_en.replace(/^'/, ""), `${all[i].join(" ")} scale`.replace(/^'/, ""));
  }
});

test("calendars, citations, JSON: nothing is added and nothing lost", () => {
  for (const file of ending(".ics")) {
    const calendar = new ICAL.Component(ICAL.parse(read(file)));
    const events = calendar.getAllSubcomponents("vevent");
    const known = ["uid", "dtstamp", "dtstart", "dtend", "summary", "description", "url", "categories", "transp"];
    for (const event of events) {
      assert.deepEqual(event.getAllProperties().map((p) => p.name), known, file);
      assert.ok(event.getFirstPropertyValue("url").startsWith("https://example.org/d/"));
    }
    if (file.startsWith("data/targets")) assert.equal(events.length, all.length, file);
  }
  const { Cite: Citation } = Cite;
  for (const [i] of all.entries()) {
    for (const lang of ["zh", "en"]) {
      const at = `${lang}/policies/po-${i}/`;
      const items = JSON.parse(read(`${at}cite.json`));
      const ids = items.map((item) => item.id);
      assert.equal(items.length, 3);
      assert.deepEqual(new Citation(read(`${at}cite.ris`), { forceType: "@ris/file" }).data.map((item) => item.id), ids, `${at}cite.ris`);
      const bib = new Citation(read(`${at}cite.bib`), { forceType: "@bibtex/text" }).data;
      assert.deepEqual(bib.map((item) => item.id), ids, `${at}cite.bib`);
      for (const line of read(`${at}cite.ris`).split(/\r\n|[\n\r\u2028\u2029\u0085]/).filter(Boolean)) assert.match(line, /^[A-Z][A-Z0-9] {2}- /, at);
    }
  }
  for (const file of ending(".json")) JSON.parse(read(file));
});

test("the Markdown of a digest has no HTML, no image and no address that runs", () => {
  const markdown = new MarkdownIt({ html: true, linkify: false });
  const pages = ending("index.md");
  assert.equal(pages.length, all.length * 2);
  for (const file of [...pages, "llms.txt"]) {
    const walk = (tokens) => tokens.forEach((token) => {
      assert.ok(!/^html|image/.test(token.type), `${file}: ${token.content}`);
      const href = token.attrGet?.("href");
      if (href) assert.match(href, /^(https?:|mailto:|[^:]*$)/, file);
      if (token.type === "fence") assert.match(token.info, /^[\w+#-]*$/, file);
      walk(token.children ?? []);
    });
    walk(markdown.parse(read(file), {}));
  }
});
