// What a curator sees who writes with a page open beside the editor: each test saves files and waits for the page.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { browser, preview, repository } from "./harness.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const digest = "content/policies/demo-port-2024/digest.en.md";
const policy = "en/policies/demo-port-2024/";
const small = join(repository, "tests/sites/small");
/** A slow machine may take long; nothing waits longer than it must. */
const timeout = 120_000;

let chromium;

before(async () => {
  chromium = await browser();
});

after(() => chromium?.close());

/** A site of its own, its preview, and a page; all pages have a strict policy, as published ones do. */
async function writing(use, change = () => {}) {
  const folder = mkdtempSync(join(tmpdir(), "duizhao-live-"));
  cpSync(small, folder, { recursive: true });
  const site = {
    path: (name) => join(folder, name),
    read: (name) => readFileSync(join(folder, name), "utf8"),
    write(name, text) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    },
    replace(name, from, to) {
      const text = site.read(name);
      assert.ok(text.includes(from), `${name} has no «${from}»`);
      site.write(name, text.replace(from, to));
    },
  };
  const base = readFileSync(join(repository, "templates/base.html"), "utf8");
  const strict = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'">`;
  site.write("templates/base.html", base.replace('<meta charset="utf-8">', `<meta charset="utf-8">\n${strict}`));
  change(site);
  let server = await preview({ folder });
  const context = await chromium.newContext({ viewport: { width: 700, height: 400 } });
  context.setDefaultTimeout(timeout);
  const faults = [];
  context.on("console", (message) => {
    if (/Content.Security.Policy|Refused to|Uncaught/i.test(message.text())) faults.push(message.text());
  });
  context.on("weberror", (error) => faults.push(String(error.error())));
  site.address = server.address;
  site.open = async (path) => {
    const page = await context.newPage();
    await page.goto(server.address + path, { waitUntil: "load" });
    // A page follows once it has been told how things stand.
    await page.waitForFunction(() => performance.getEntriesByName("duizhao-told").length > 0);
    return page;
  };
  site.restart = async () => {
    const port = new URL(server.address).port;
    await server.stop();
    return async () => {
      server = await preview({ folder, port });
      assert.equal(server.address, site.address);
    };
  };
  try {
    await use(site);
    assert.deepEqual(faults, []);
  } finally {
    await context.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Marks a page as it is loaded now; a reload takes the mark away. */
const remember = (page) => page.evaluate(() => { window.loadedOnce = true; });
const isSame = (page) => page.evaluate(() => window.loadedOnce === true);
const shows = (page, words) => page.waitForFunction((wanted) => document.querySelector("main")?.textContent.includes(wanted), words);
const overlay = (page) => page.locator("#duizhao-overlay");

test("a save is seen on the page that shows it, and a page that does not is left alone", async () => {
  await writing(async (site) => {
    const page = await site.open(policy);
    const other = await site.open("en/glossary/");
    await Promise.all([page, other].map(remember));
    for (const words of ["will be furthered", "will be helped"]) {
      const start = performance.now();
      site.replace(digest, /will be \w+\.\[\^rail\]/.exec(site.read(digest))[0], `${words}.[^rail]`);
      await shows(page, words);
      console.log(`seen ${Math.round(performance.now() - start)} ms after the save`);
    }
    assert.equal(await isSame(page), false);
    // The other page was told of all this, and then of a change that all pages show.
    site.write("themes/gazette/style.css", "body { outline: 3px solid rgb(1, 2, 3) }");
    await other.waitForFunction(() => getComputedStyle(document.body).outlineColor === "rgb(1, 2, 3)");
    assert.ok(await isSame(other), "the untouched page was loaded again");
    // A title shows at once wherever it is named.
    const list = await site.open("en/policies/");
    site.replace("content/policies/demo-port-2024/policy.toml", 'en = "Port plan"', 'en = "Harbour plan"');
    await shows(list, "Harbour plan");
  });
});

test("the reader's place is kept, whatever grows above it", async () => {
  await writing(async (site) => {
    const page = await site.open(policy);
    const top = () => page.evaluate(() => Math.round(document.getElementById("tasks").getBoundingClientRect().top));
    await page.evaluate(() => scrollTo(0, scrollY + document.getElementById("tasks").getBoundingClientRect().top + 40));
    const stood = await top();
    assert.ok(stood < 0 && stood > -100, String(stood));
    await remember(page);
    site.replace(digest, "three to five logistics parks.", `three to five logistics parks. ${"There is much more to say of this. ".repeat(40)}`);
    await shows(page, "much more to say");
    await page.waitForFunction((wanted) => Math.abs(document.getElementById("tasks").getBoundingClientRect().top - wanted) < 3, stood);
    assert.equal(await isSame(page), false);
  });
});

test("styles are exchanged without a reload", async () => {
  await writing(async (site) => {
    const page = await site.open(policy);
    await remember(page);
    const style = readFileSync(join(repository, "themes/gazette/style.css"), "utf8");
    for (const colour of ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]) {
      site.write("themes/gazette/style.css", `${style}\nbody { outline: 3px solid ${colour} }`);
      await page.waitForFunction((wanted) => getComputedStyle(document.body).outlineColor === wanted, colour);
      await page.waitForFunction(() => document.querySelectorAll('link[href*="assets/style.css"]').length === 1);
    }
    assert.ok(await isSame(page), "the page was loaded again");
    // A script cannot be exchanged.
    site.write("themes/gazette/site.js", "document.documentElement.dataset.fresh = 'yes';");
    await page.waitForFunction(() => document.documentElement.dataset.fresh === "yes");
  });
});

test("a broken quote is shown over the last good page until it is mended, and takes nothing from the reader", async () => {
  await writing(async (site) => {
    const page = await site.open(policy);
    await remember(page);
    assert.equal(await overlay(page).isVisible(), false);
    await page.locator("nav.site a").first().focus();
    const focused = () => page.evaluate(() => document.activeElement.textContent);
    const before = await focused();

    site.replace(digest, "加快建设深水码头", "加快建设<img src=x onerror=window.hacked=1>码头");
    await overlay(page).waitFor({ state: "visible" });
    const text = await overlay(page).textContent();
    assert.match(text, /error\[quote-not-found\]/);
    assert.ok(text.includes(`${digest}:`) && text.includes("<img src=x onerror=window.hacked=1>"), text);
    assert.equal(await overlay(page).locator("img").count(), 0);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    const colours = await overlay(page).locator("span").evaluateAll((all) => new Set(all.map((e) => getComputedStyle(e).color)).size);
    assert.ok(colours >= 2, "colours as on a terminal");
    assert.equal(await focused(), before);
    assert.ok(await isSame(page), "the last good page is still there");
    assert.ok(await page.locator("#duizhao-problems[role=alert]").count());

    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run({ resultTypes: ["violations"] }));
    assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join("; ")}`), []);

    // Closed with the keyboard; another problem is shown again.
    await page.locator("#duizhao-close").focus();
    await page.keyboard.press("Enter");
    await overlay(page).waitFor({ state: "hidden" });
    site.replace(digest, "[^wharf]: ", "[^wharf]: 全");
    await overlay(page).waitFor({ state: "visible" });
    await page.locator("#duizhao-errors pre").first().focus();
    await page.keyboard.press("Escape");
    await overlay(page).waitFor({ state: "hidden" });

    // A page that is opened meanwhile shows it too, and both are clear once it is mended.
    const other = await site.open("zh/policies/demo-port-2024/");
    assert.ok(await overlay(other).isVisible());
    site.replace(digest, /\[\^wharf\]: .*/.exec(site.read(digest))[0], "[^wharf]: 加快建设深水码头");
    await overlay(other).waitFor({ state: "hidden" });
    await page.waitForFunction(() => document.getElementById("duizhao-errors").textContent === "");
    assert.ok(await isSame(page), "nothing on the page has changed");
  });
});

test("a hundred quick saves end in the last state", async () => {
  await writing(async (site) => {
    const page = await site.open(policy);
    const text = site.read(digest);
    for (let n = 1; n <= 100; n += 1) {
      const saved = text.replace("will be promoted", `will be furthered ${"ever ".repeat(n % 7)}so`);
      if (n % 4 === 0) {
        // As editors do that write elsewhere first.
        site.write(`${digest}.new~`, saved);
        renameSync(site.path(`${digest}.new~`), site.path(digest));
      } else {
        site.write(digest, n % 5 === 0 ? text.replace("加快建设", "放慢建设") : saved);
      }
      // Not all at once: some fall into a load, some into a reload.
      if (n % 10 === 0) await page.evaluate(() => new Promise(requestAnimationFrame)).catch(() => {});
    }
    site.write(digest, text.replace("will be promoted", "will be furthered at last"));
    await shows(page, "furthered at last");
    await overlay(page).waitFor({ state: "hidden" });
    // It stays so: what came before has been overtaken.
    await page.waitForFunction(() => document.readyState === "complete" && performance.getEntriesByName("duizhao-told").length > 0);
    await remember(page);
    site.write("themes/gazette/style.css", "body { outline: 3px solid rgb(1, 2, 3) }");
    await page.waitForFunction(() => getComputedStyle(document.body).outlineColor === "rgb(1, 2, 3)");
    assert.ok(await isSame(page));
  });
});

test("a site with errors at the start shows them on a plain page, and goes on by itself", async () => {
  const broken = (site) => site.replace(digest, "加快建设深水码头", "加快建设浅水码头");
  await writing(async (site) => {
    const page = await site.open(policy);
    assert.ok(await overlay(page).isVisible());
    assert.match(await overlay(page).textContent(), /quote-not-found/);
    site.replace(digest, "加快建设浅水码头", "加快建设深水码头");
    await shows(page, "Deep-water wharves");
    assert.equal(await overlay(page).isVisible(), false);
  }, broken);
});

test("drafts and proposals have a mark, and a page names its files", async () => {
  const change = (site) => {
    site.write("content/topics/locks.toml", 'name = { zh = "船闸", en = "Locks" }\ndraft = true\n');
    site.replace("content/policies/demo-port-2024/targets.toml", 'id         = "cargo"\n', 'id         = "cargo"\nreviewed   = false\n');
  };
  await writing(async (site) => {
    const topics = await site.open("en/topics/");
    const link = topics.locator("main a", { hasText: "Locks" }).first();
    await link.locator(".duizhao-mark").waitFor();
    assert.equal(await link.locator(".duizhao-mark").textContent(), "a draft");
    assert.equal(await topics.locator("main a", { hasText: "Ports" }).first().locator(".duizhao-mark").count(), 0);
    const page = await site.open(policy);
    const bar = page.locator("#duizhao-bar");
    assert.ok((await bar.textContent()).includes(digest));
    assert.equal(await bar.locator('[data-mark="proposal"]').count(), 1);
    await page.locator('main .duizhao-mark[data-mark="proposal"]').first().waitFor();
    // Read: the mark goes, without a word to the page's own bytes beside its table of targets.
    site.replace("content/policies/demo-port-2024/targets.toml", "reviewed   = false\n", "");
    await page.waitForFunction(() => document.querySelectorAll('main .duizhao-mark[data-mark="proposal"]').length === 0);
  }, change);
});

test("a page says when the preview has stopped, and follows again when it is back", async () => {
  await writing(async (site) => {
    const page = await site.open(policy);
    const begin = await site.restart();
    await page.waitForFunction(() => document.getElementById("duizhao-status").textContent !== "");
    site.replace(digest, "will be promoted", "will be furthered");
    await begin();
    await shows(page, "will be furthered");
    await page.waitForFunction(() => document.getElementById("duizhao-status").textContent === "");
  });
});

test("a page of another site cannot read the preview", async () => {
  await writing(async (site) => {
    // The same address under another name is another origin to a browser.
    const context = await chromium.newContext();
    const page = await context.newPage();
    // A file that brings no policy of its own, so that nothing but the preview refuses.
    await page.goto(`${site.address.replace("127.0.0.1", "localhost")}seeds/demo-port-2024.txt`);
    const tried = await page.evaluate(async (address) => {
      const stream = await new Promise((done) => {
        const events = new EventSource(`${address}.duizhao/events?page=en/index.html`);
        events.onmessage = events.onopen = () => done("open");
        events.onerror = () => done("refused");
        setTimeout(() => done("nothing"), 60_000);
      });
      const text = await fetch(`${address}en/`).then((answer) => answer.text(), () => "refused");
      const script = await new Promise((done) => {
        const e = document.createElement("script");
        e.onload = () => done("loaded");
        e.onerror = () => done("refused");
        e.src = `${address}assets/site.js`;
        document.head.append(e);
      });
      return { stream, text, script };
    }, site.address);
    assert.deepEqual(tried, { stream: "refused", text: "refused", script: "refused" });
    await context.close();
  });
});
