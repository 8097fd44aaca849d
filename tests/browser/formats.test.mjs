// Everything that is published for machines, read by parsers that are not ours.

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { Readable } from "node:stream";
import { join } from "node:path";
import { before, test } from "node:test";
import Ajv from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import Cite from "@citation-js/core";
import "@citation-js/plugin-bibtex";
import "@citation-js/plugin-ris";
import FeedParser from "feedparser";
import ICAL from "ical.js";
import jsonld from "jsonld";
import Papa from "papaparse";
import { HtmlValidate } from "html-validate";
import { build } from "./harness.mjs";

const BASE = "https://example.org/digests/";
let out;
let files;

before(() => {
  out = build("--base-url", BASE);
  files = readdirSync(out, { recursive: true }).map((f) => f.replaceAll("\\", "/")).sort();
});

const read = (path) => readFileSync(join(out, path), "utf8");
const json = (path) => JSON.parse(read(path));
const ending = (end) => files.filter((f) => f.endsWith(end));
/** Whether an absolute address of the site is a file of it. */
const stands = (url) => {
  assert.ok(url.startsWith(BASE), url);
  const path = decodeURIComponent(url.slice(BASE.length).split("#")[0]);
  return files.includes(path === "" || path.endsWith("/") ? `${path}index.html` : path);
};

test("every JSON file is as its published schema says", () => {
  const ajv = new Ajv({ strict: true, allErrors: true, strictTypes: false, strictTuples: false });
  addFormats(ajv);
  const schemas = new Map(ending(".json").filter((f) => f.startsWith("data/schema/")).map((f) => [f, ajv.compile(json(f))]));
  assert.ok(schemas.size >= 9);
  const used = new Set();
  for (const file of ending(".json")) {
    const value = file.startsWith("data/schema/") ? {} : json(file);
    let name = value.$schema && new URL(value.$schema, `${BASE}${file}`).href.slice(BASE.length);
    if (file.endsWith("/annotations.json") && !file.startsWith("data/schema/")) name = "data/schema/annotations.json";
    if (file === "manifest.json") name = "data/schema/manifest.json";
    if (!name) continue;
    const check = schemas.get(name);
    assert.ok(check, `${file}: ${name}`);
    assert.ok(check(value), `${file}: ${JSON.stringify(check.errors?.slice(0, 3))}`);
    used.add(name);
  }
  assert.deepEqual([...schemas.keys()].filter((s) => !used.has(s) && !s.endsWith("coverage.json")), []);
});

test("tables are CSV that a spreadsheet takes for words and numbers", () => {
  const tables = ending(".csv");
  assert.ok(tables.length > 10);
  for (const file of tables) {
    const text = read(file);
    assert.ok(text.startsWith("\ufeff"), `${file} has a byte order mark`);
    assert.ok(!/(?<!\r)\n/.test(text.replace(/"(?:[^"]|"")*"/g, "")), `${file} ends its lines as RFC 4180 asks`);
    const { data, errors, meta } = Papa.parse(text.slice(1), { header: true, skipEmptyLines: true });
    assert.deepEqual(errors, [], file);
    for (const row of data) {
      for (const cell of Object.values(row)) {
        assert.ok(!/^[=+@\t\r]/.test(cell) && !(/^-/.test(cell) && Number.isNaN(Number(cell))), `${file}: ${cell}`);
      }
      if (meta.fields.includes("quote")) assert.ok(row.quote && /^L\d/.test(row.anchor) && row.policy_status, file);
    }
  }
  const { targets } = json("data/targets.json");
  const { data } = Papa.parse(read("data/targets.csv").slice(1), { header: true, skipEmptyLines: true });
  assert.deepEqual(data.map((r) => [r.id, r.quote, r.due]), targets.map((t) => [t.id, t.quote, t.due === null ? "" : String(t.due)]));
});

test("calendars are read, folded by octets, with an event for each due target", () => {
  const calendars = ending(".ics");
  assert.ok(calendars.length > 5);
  const { targets } = json("data/targets.json");
  for (const file of calendars) {
    const bytes = readFileSync(join(out, file));
    for (const line of bytes.toString("latin1").split("\r\n")) assert.ok(line.length <= 75, `${file}: ${line.length} octets`);
    assert.ok(!bytes.includes(Buffer.from("\ufffd")), file);
    const calendar = new ICAL.Component(ICAL.parse(bytes.toString("utf8")));
    const uids = calendar.getAllSubcomponents("vevent").map((e) => new ICAL.Event(e).uid);
    assert.equal(new Set(uids).size, uids.length, file);
  }
  const events = (file) => new ICAL.Component(ICAL.parse(read(file))).getAllSubcomponents("vevent").map((e) => new ICAL.Event(e));
  const due = targets.filter((t) => t.due !== null && t.same_as === null);
  const all = events("data/targets.ics");
  assert.deepEqual(all.map((e) => e.uid).sort(), due.map((t) => `${t.id.replace("/", ".")}@duizhao`).sort());
  for (const event of all) {
    const target = due.find((t) => event.uid === `${t.id.replace("/", ".")}@duizhao`);
    assert.ok(event.startDate.isDate);
    assert.equal(event.startDate.toString(), `${target.due}-12-31`);
    assert.equal(event.endDate.toString(), `${target.due + 1}-01-01`);
    assert.ok(event.description.includes(target.quote), target.id);
    assert.ok(stands(String(event.component.getFirstPropertyValue("url"))));
  }
  // The same day and the same words when built again, and elsewhere.
  assert.deepEqual(events("data/targets.en.ics").map((e) => e.uid), events("data/targets.zh.ics").map((e) => e.uid));
});

test("feeds are Atom, and their links stand", async () => {
  const feeds = ending("feed.xml");
  assert.ok(feeds.includes("en/feed.xml") && feeds.includes("zh/feed.xml") && feeds.length > 4);
  const { policies } = json("data/policies.json");
  for (const file of feeds) {
    const items = await new Promise((done, failed) => {
      const found = [];
      const parser = new FeedParser({ feedurl: `${BASE}${file}` });
      parser.on("error", failed);
      parser.on("data", (item) => found.push(item));
      parser.on("end", () => done({ found, meta: parser.meta }));
      Readable.from([read(file)]).pipe(parser);
    });
    const { found, meta } = items;
    assert.equal(meta["#type"], "atom");
    assert.equal(meta["#version"], "1.0");
    assert.ok(found.length > 0 && found.length <= 50, file);
    assert.equal(new Set(found.map((i) => i.guid)).size, found.length);
    for (const item of found) {
      assert.ok(item.title && item.date instanceof Date && /^urn:uuid:/.test(item.guid) && item.description, file);
      assert.ok(stands(item.link), item.link);
    }
    assert.ok(meta.date >= found[0].date);
    assert.equal(meta.xmlurl ?? meta.xmlUrl, `${BASE}${file}`);
  }
  const changes = policies.flatMap((p) => p.changes);
  for (const change of changes) assert.ok(read("en/feed.xml").includes(change.en.slice(0, 20).replaceAll("&", "&amp;")), change.en);
});

test("annotations and page data are JSON-LD", async () => {
  // Stand-ins for contexts that are fetched elsewhere: every term of ours must become an address.
  const contexts = {
    "http://www.w3.org/ns/anno.jsonld": {
      "@context": {
        "@vocab": "http://www.w3.org/ns/oa#", id: "@id", type: "@type",
        source: { "@type": "@id" }, body: { "@type": "@id" }, target: { "@type": "@id" }, first: { "@type": "@id" }, items: { "@container": "@list" },
      },
    },
    "https://schema.org": { "@context": { "@vocab": "https://schema.org/" } },
  };
  const documentLoader = async (url) => ({ contextUrl: null, documentUrl: url, document: contexts[url] ?? assert.fail(url) });
  let quotes = 0;
  for (const file of ending("annotations.json").filter((f) => !f.includes("schema"))) {
    const value = json(file);
    const triples = await jsonld.toRDF(value, { documentLoader, base: `${BASE}${file}` });
    assert.ok(triples.length > value.total * 5, file);
    for (const item of value.first.items) {
      const [quote, fragment] = item.target.selector;
      assert.ok(stands(item.target.source.id));
      const page = read(`${item.target.source.id.slice(BASE.length)}index.html`);
      assert.ok(page.includes(`id="${fragment.value}"`), item.id);
      assert.ok(quote.exact.length > 0);
      for (const body of item.body ?? []) assert.ok(stands(body.id), body.id);
      quotes += 1;
    }
  }
  assert.ok(quotes > 100);
  const types = new Map();
  for (const file of ending("/index.html").filter((f) => !f.includes("/targets/") || f.endsWith("/targets/index.html"))) {
    for (const match of read(file).matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)) {
      const value = JSON.parse(match[1]);
      const [node] = await jsonld.expand(value, { documentLoader, base: `${BASE}${file}` });
      types.set(value["@type"], (types.get(value["@type"]) ?? 0) + 1);
      assert.ok(node["@type"][0].startsWith("https://schema.org/"));
      if (value["@type"] === "Article") {
        assert.equal(value.isBasedOn["@type"], "Legislation");
        assert.ok(stands(value.isBasedOn.url) && value.citation.length > 5);
        for (const citation of value.citation) assert.ok(stands(citation.url));
      }
      assert.notEqual(value["@type"], "ClaimReview");
    }
  }
  for (const type of ["Article", "Legislation", "DefinedTermSet", "City", "AdministrativeArea", "Dataset"]) assert.ok(types.get(type), type);
});

test("citations are read as CSL-JSON, BibTeX and RIS, and say the same", () => {
  const { Cite: Citation } = Cite;
  const { policies } = json("data/policies.json");
  for (const { id, title, targets } of policies) {
    for (const lang of ["zh", "en"]) {
      const folder = `${lang}/policies/${id}/`;
      const items = json(`${folder}cite.json`);
      assert.equal(items.length, 2 + targets);
      const whole = new Citation(items).data;
      const bib = new Citation(read(`${folder}cite.bib`), { forceType: "@bibtex/text" }).data;
      const ris = new Citation(read(`${folder}cite.ris`), { forceType: "@ris/file" }).data;
      assert.deepEqual(bib.map((i) => i.id), whole.map((i) => i.id));
      assert.equal(ris.length, whole.length);
      for (const [n, item] of whole.entries()) {
        const name = (i) => i.author?.[0]?.literal ?? i.author?.[0]?.family;
        assert.equal(bib[n].title.replace(/<[^>]+>/g, ""), item.title);
        assert.equal(ris[n].title, item.title);
        assert.equal(name(bib[n]), item.author[0].literal);
        assert.equal(bib[n].author.length, 1);
        for (const read of [bib[n], ris[n]]) {
          if (item.issued) assert.equal(read.issued["date-parts"][0][0], item.issued["date-parts"][0][0], item.id);
          assert.equal(read.URL, item.URL);
        }
        if (item.URL && !item.id.endsWith("-source")) assert.ok(stands(item.URL));
      }
      const source = whole.find((i) => i.id === `${id}-source`);
      assert.equal(source.title, title.zh);
      const page = read(`${folder}index.html`);
      for (const style of ["GB/T 7714", "APA", "Chicago"]) assert.ok(page.includes(`<dt>${style}</dt>`));
    }
  }
});

test("pages of every kind are valid HTML", async () => {
  const validate = new HtmlValidate({
    extends: ["html-validate:standard"],
    rules: {
      // How it is written is ours to choose; what it means is not.
      "no-trailing-whitespace": "off",
      "void-style": "off",
      "attr-quotes": "off",
      "no-inline-style": "error",
      "long-title": "off",
      "require-sri": "off",
      "no-raw-characters": "off",
      "attribute-boolean-style": "off",
      "attribute-empty-style": "off",
      "doctype-style": "off",
      "tel-non-breaking": "off",
      "no-redundant-role": "off",
      "prefer-native-element": "off",
      // Ids are made of anchors and hashes.
      "valid-id": ["error", { relaxed: true }],
    },
  });
  const kinds = new Map();
  for (const file of ending(".html")) {
    const kind = file.replace(/^(zh|en)\//, "$1 ").split("/").map((part, n, all) => (n > 0 && n < all.length - 1 && !["source", "parallel", "targets", "vs", "page"].includes(part) ? "*" : part)).join("/");
    const list = kinds.get(kind) ?? kinds.set(kind, []).get(kind);
    if (list.length < 6) list.push(file);
  }
  const faults = [];
  for (const file of [...kinds.values()].flat()) {
    const report = await validate.validateString(read(file), file);
    for (const { messages } of report.results) {
      for (const m of messages.slice(0, 3)) faults.push(`${file}:${m.line}:${m.column} ${m.ruleId}: ${m.message}`);
    }
  }
  assert.deepEqual(faults.slice(0, 40), []);
});

test("llms.txt, the sitemap and the cards lead to files that stand", () => {
  for (const [, url] of read("llms.txt").matchAll(/\]\(([^)]+)\)/g)) assert.ok(stands(url), url);
  const places = [...read("sitemap.xml").matchAll(/<loc>([^<]+)<\/loc>/g)].map((m) => m[1]);
  for (const url of places) assert.ok(stands(url), url);
  const pages = files.filter((f) => /^(zh|en)\/.*index\.html$/.test(f)).map((f) => f.replace(/index\.html$/, ""));
  assert.deepEqual(pages.filter((p) => !places.includes(BASE + p) && !/^(zh|en)\/search\/$/.test(p)), []);
  for (const lang of ["zh", "en"]) {
    const html = read(`${lang}/index.html`);
    const card = /property="og:image" content="([^"]+)"/.exec(html)[1];
    assert.ok(stands(card) && card.includes(`card.${lang}.png`));
    assert.ok(html.includes(`<link rel="alternate" type="application/atom+xml"`));
  }
});
