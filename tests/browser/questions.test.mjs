// The ten questions that are kept with the library, and more that readers ask of such a site, each answered within
// two clicks from the home page, in both languages: the clicks are made, and the answer is read off the page.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import Papa from "papaparse";
import { repository } from "./harness.mjs";
import { follow, library, words } from "./reader.mjs";

/** By the id of a question: the pages that are clicked, below the language's folder, and what the last one says. */
const answers = JSON.parse(readFileSync(new URL("questions.json", import.meta.url), "utf8"));
const kept = [...readFileSync(join(repository, "tests/questions/questions.toml"), "utf8")
  .matchAll(/^id\s*= "(.+)"\nquestion = \{ zh = "(.+?)", en = "(.+?)" \}$/gm)]
  .map(([, id, zh, en]) => ({ id, zh, en }));

let site;
before(async () => {
  site = await library();
});
after(() => site?.close());

const more = Object.entries(answers).filter(([, a]) => a.question).map(([id, { question }]) => ({ id, ...question }));

test("there are ten, and each has its way", () => {
  assert.equal(kept.length, 10);
  assert.deepEqual([...kept, ...more].map((q) => q.id), Object.keys(answers));
  for (const { clicks } of Object.values(answers)) assert.ok(clicks.length <= 2);
});

for (const question of [...kept, ...more]) {
  for (const lang of ["zh", "en"]) {
    test(question[lang], async () => {
      const answer = answers[question.id];
      await site.open({ viewport: { width: 1280, height: 900 } }, async (page) => {
        await page.goto(`${site.address}${lang}/`);
        for (const path of answer.clicks) await follow(page, `${site.address}${lang}/${path}`);
        const text = await words(page.locator("main"));
        assert.deepEqual(answer[lang].filter((said) => !text.includes(said)), [], page.url());
      });
    });
  }
}

test("the table to download tells which targets due in 2026 are only striven for", async () => {
  await site.open({}, async (page) => {
    await page.goto(`${site.address}en/`);
    await follow(page, `${site.address}en/targets/`);
    const table = page.locator("main a[href$='data/targets.csv']");
    const text = await (await fetch(new URL(await table.getAttribute("href"), page.url()))).text();
    const { data } = Papa.parse(text.replace("\ufeff", ""), { header: true, skipEmptyLines: true });
    const striven = data.filter((t) => t.due === "2026" && t.commitment === "strive");
    const of = (policy) => striven.filter((t) => t.policy === policy).length;
    // As many as the kept answer counts.
    assert.deepEqual([of("hangzhou-medicine-port-2024"), of("changsha-health-2023"), striven.length], [17, 7, 24]);
  });
});
