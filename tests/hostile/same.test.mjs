// The same tree gives the same bytes: in other folders, zones, languages, orders of files and of threads, on other
// machines' ages of files, built anew or over an older site.

import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { test } from "node:test";
import { folder, hashes, join, random, repository, run, site } from "./lib.mjs";

/** Copies a site file by file in a random order, with random times. */
function shuffled(root, seed) {
  const next = random(seed);
  const to = join(folder(), `${"长目录名/".repeat(seed)}站 ${seed}`);
  const names = readdirSync(root, { recursive: true }).filter((n) => statSync(join(root, n)).isFile());
  for (const name of names.map((n) => [next(), n]).sort((a, b) => a[0] - b[0]).map(([, n]) => n)) {
    mkdirSync(dirname(join(to, name)), { recursive: true });
    writeFileSync(join(to, name), readFileSync(join(root, name)));
    const time = Math.floor(next() * 1.9e9);
    utimesSync(join(to, name), time, time);
  }
  return to;
}

function built(root, options = {}, ...args) {
  const out = join(folder(), "public");
  const result = run(["build", "--root", root, "--out", out, "--base-url", "https://example.org/x/", ...args], options);
  assert.equal(result.status, 0, result.stderr);
  return hashes(out);
}

const surroundings = [
  { TZ: "Pacific/Kiritimati", LC_ALL: "C", RAYON_NUM_THREADS: "1" },
  { TZ: "America/Los_Angeles", LANG: "zh_CN.GB18030", LC_ALL: "zh_CN.GB18030", RAYON_NUM_THREADS: "2" },
  { TZ: "Asia/Shanghai", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8", RAYON_NUM_THREADS: "7", NO_COLOR: "1" },
  { TZ: ":nonsense", LANG: "", HOME: "/nonexistent", USER: "", RAYON_NUM_THREADS: "64", TERM: "dumb" },
];

test("of the small site, whatever is around it", () => {
  const root = site();
  const expected = built(root);
  assert.ok(Object.keys(expected).length > 100);
  for (const [n, env] of surroundings.entries()) {
    assert.deepEqual(built(shuffled(root, n + 1), { env, cwd: n % 2 ? "/" : undefined }), expected, JSON.stringify(env));
  }
  // A date that is given, by either way.
  const dated = built(root, {}, "--today", "2030-01-01");
  assert.notDeepEqual(dated, expected);
  assert.deepEqual(built(root, { env: { SOURCE_DATE_EPOCH: "1893456000" } }), dated);
  // Over an older site, and over one with another date.
  const out = join(folder(), "public");
  for (const today of [["--today", "2030-01-01"], ["--today", "2031-01-01"], []]) {
    assert.equal(run(["build", "--root", root, "--out", out, "--base-url", "https://example.org/x/", ...today]).status, 0);
  }
  assert.deepEqual(hashes(out), expected);
});

test("of the real site", { timeout: 600_000 }, () => {
  const root = site(folder(), "");
  const expected = built(root, { env: surroundings[0] });
  const other = shuffled(root, 9);
  rmSync(root, { recursive: true });
  assert.deepEqual(built(other, { env: surroundings[3] }), expected);
});

test("nothing that is published is made from the clock, chance or the machine's name", () => {
  // The preview, the date that a review is signed with, and whether a file has rested long enough not to be read again.
  const allowed = /^src\/(preview|commands\/(serve|review)|read\/stamp\.rs)/;
  for (const name of readdirSync(join(repository, "src"), { recursive: true })) {
    const path = `src/${name}`;
    if (!name.endsWith(".rs") || allowed.test(path)) continue;
    const text = readFileSync(join(repository, path), "utf8").split("#[cfg(test)]")[0].replace(/^\s*\/\/.*$/gm, "");
    for (const banned of ["SystemTime::now", "Zoned::now", "Timestamp::now", "RandomState", "thread_rng", "gethostname", "HashMap::new", "HashSet::new"]) {
      assert.ok(!text.includes(banned), `${path} has ${banned}`);
    }
  }
});
