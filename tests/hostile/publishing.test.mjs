// A build is all or nothing: killed, out of disk, out of files, kept from writing, met by another.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { asNobody, beside, binary, disk, existsSync, folder, isRoot, join, number, random, run, sha256, site, start, whole, within } from "./lib.mjs";

const DIGEST = "content/policies/demo-port-2024/digest.en.md";
const OTHERS = ["CNAME", ".git/HEAD", "deep/er/note.txt"];

/** A site with two states, each with the hash of its manifest, and files of others in its output. */
function twoStates(root, out) {
  const text = readFileSync(join(root, DIGEST), "utf8");
  const texts = [text, text.replace("Deep-water wharves will be built", "Wharves for deep water will be built")];
  assert.notEqual(...texts);
  const state = (n) => writeFileSync(join(root, DIGEST), texts[n]);
  const manifests = [0, 1].map((n) => {
    state(n);
    const done = run(["build", "--root", root, "--out", out]);
    assert.equal(done.status, 0, done.stderr);
    return whole(out);
  });
  assert.notEqual(...manifests);
  for (const name of OTHERS) {
    mkdirSync(join(out, name, ".."), { recursive: true });
    writeFileSync(join(out, name), name);
  }
  symlinkSync("nowhere", join(out, "link"));
  return { state, manifests };
}

const build = (root, out) => run(["build", "--root", root, "--out", out]);

test("killed at random instants, what was published is whole, and the next build needs no help", { timeout: 1_200_000 }, async () => {
  const kills = number("KILLS", 40);
  const where = folder();
  const root = site(where);
  const out = join(where, "public");
  const { state, manifests } = twoStates(root, out);
  const before = process.hrtime.bigint();
  assert.equal(build(root, out).status, 0);
  const span = Number(process.hrtime.bigint() - before) / 1e6;
  const next = random(number("KILL_SEED", 1));
  const seen = { whole: 0, old: 0, new: 0, left: 0 };
  for (let n = 0; n < kills; n += 1) {
    const present = manifests.indexOf(whole(out, ...OTHERS));
    state(1 - present);
    const { child, end } = start(["build", "--root", root, "--out", out]);
    // Half of them where the folder is being written and swapped, which is the end of a build.
    const at = span * (n % 2 ? next() * 1.1 : 0.6 + next() * 0.5);
    const timer = setTimeout(() => child.kill("SIGKILL"), at);
    const { signal } = await end;
    clearTimeout(timer);
    seen[signal ? "left" : "whole"] += beside(out).length || !signal ? 1 : 0;
    const found = manifests.indexOf(whole(out, ...OTHERS));
    assert.ok(found >= 0, "one of the two states is published");
    assert.equal(readFileSync(join(out, "CNAME"), "utf8"), "CNAME");
    seen[found === present ? "old" : "new"] += 1;
    const done = build(root, out);
    assert.equal(done.status, 0, done.stderr);
    assert.equal(whole(out, ...OTHERS), manifests[1 - present]);
    assert.deepEqual(beside(out), [], "nothing is left lying about");
  }
  console.log(`${kills} kills within ${span.toFixed(0)} ms: ${seen.old} before the swap, ${seen.new} after it, ${seen.left} left something to clear`);
  assert.ok(kills < 20 || (seen.old && seen.left), `the kills come while something is being done: ${JSON.stringify(seen)}`);
});

test("out of disk, on another file system, on one that is read-only", { skip: !isRoot && "only root can make a small disk" }, () => {
  const where = folder();
  const at = join(where, "disk");
  mkdirSync(at);
  const small = disk(at, "64m");
  assert.ok(small, "root can make a small disk; without it nothing is shown here");
  try {
    const root = site(where);
    const out = join(at, "public");
    const { state, manifests } = twoStates(root, out);
    const size = Number(spawnSync("du", ["-sk", at], { encoding: "utf8" }).stdout.split("\t")[0]);
    // Room for half of another site; with another date every page is another.
    assert.ok(small.change(`size=${Math.round(size * 1.5)}k`));
    const full = run(["build", "--root", root, "--out", out, "--today", "2024-07-01"]);
    assert.equal(full.status, 2, full.stderr);
    assert.match(full.stderr, /No space left/);
    assert.ok(full.stderr.split("\n").length < 20, "one problem, not one for each page");
    assert.equal(whole(out, ...OTHERS), manifests[1]);
    assert.deepEqual(beside(out), [], "what was staged does not fill the disk");
    assert.ok(small.change("size=64m,ro"));
    state(0);
    const fixed = build(root, out);
    assert.equal(fixed.status, 2, fixed.stderr);
    assert.match(fixed.stderr, /Read-only file system/);
    assert.equal(whole(out, ...OTHERS), manifests[1]);
    assert.ok(small.change("rw"));
    assert.equal(build(root, out).status, 0);
    assert.equal(whole(out, ...OTHERS), manifests[0]);
    // The disk itself cannot be put in the place of.
    const mount = build(root, at);
    assert.equal(mount.status, 2);
    assert.match(mount.stderr, /is a mount point/);
    assert.equal(whole(out, ...OTHERS), manifests[0]);
    // A folder of the same file system mounted there only shows when it is swapped.
    const bound = join(where, "bound");
    mkdirSync(bound);
    const kept = join(where, "kept");
    mkdirSync(kept);
    assert.equal(build(root, join(kept, "x")).status, 0);
    if (spawnSync("mount", ["--bind", join(kept, "x"), bound]).status === 0) {
      try {
        state(1);
        const result = build(root, bound);
        assert.equal(result.status, 2, result.stderr);
        assert.equal(whole(bound), manifests[0]);
        assert.deepEqual(beside(bound).filter((n) => n.startsWith(".bound")), []);
      } finally {
        spawnSync("umount", [bound]);
      }
    }
  } finally {
    small.release();
  }
});

test("out of file handles, and files cut short, publish nothing or everything", () => {
  const where = folder();
  const root = site(where);
  const out = join(where, "public");
  const { state, manifests } = twoStates(root, out);
  const codes = new Set();
  for (const handles of [3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 20, 24, 32]) {
    const present = manifests.indexOf(whole(out, ...OTHERS));
    state(1 - present);
    const result = within(["prlimit", `--nofile=${handles}`], ["build", "--root", root, "--out", out]);
    const found = manifests.indexOf(whole(out, ...OTHERS));
    assert.equal(found, result.status === 0 ? 1 - present : present, `${handles}: ${result.status} ${result.stderr}`);
    codes.add(result.status === 0 ? "done" : "refused");
  }
  assert.deepEqual([...codes].sort(), ["done", "refused"]);
  for (const size of [0, 1, 4096, 16384]) {
    const present = manifests.indexOf(whole(out, ...OTHERS));
    // A signal that ends the program, and, where it is ignored, an error.
    for (const wrapper of [["prlimit", `--fsize=${size}`], ["bash", "-c", "trap '' XFSZ; exec prlimit --fsize=$0 \"$@\"", String(size)]]) {
      const result = within(wrapper, ["build", "--root", root, "--out", out, "--today", "2024-07-02"]);
      assert.notEqual(result.status, 0);
      assert.equal(whole(out, ...OTHERS), manifests[present]);
    }
  }
  state(0);
  assert.equal(build(root, out).status, 0);
  assert.equal(whole(out, ...OTHERS), manifests[0]);
  assert.deepEqual(beside(out), []);
});

test("an output that may not be written is left alone", () => {
  const where = folder();
  chmodSync(where, 0o755);
  const root = site(where);
  const out = join(where, "public");
  const { manifests } = twoStates(root, out);
  // The folder that it stands in may not be written by whom the program runs as.
  chmodSync(where, 0o555);
  const outside = spawnSync(asNobody[0] ?? "true", [...asNobody.slice(1), ...(isRoot ? ["test", "-x", binary] : [])]).status !== 0;
  assert.ok(!outside, "whoever the tests run the program as must be able to run it");
  const result = within(asNobody, ["build", "--root", root, "--out", out, "--today", "2024-07-01"]);
  assert.equal(result.status, 2, result.stderr);
  assert.match(result.stderr, /Permission denied/);
  chmodSync(where, 0o755);
  assert.equal(whole(out, ...OTHERS), manifests[1]);
});

test("two builds at once: one publishes, the others say why not", async () => {
  const where = folder();
  const root = site(where);
  const out = join(where, "public");
  const { manifests } = twoStates(root, out);
  for (let round = 0; round < 3; round += 1) {
    const all = await Promise.all(Array.from({ length: 6 }, () => start(["build", "--root", root, "--out", out]).end));
    assert.ok(all.some((r) => r.code === 0));
    for (const { code, stderr } of all) {
      assert.ok(code === 0 || (code === 2 && /another build is writing/.test(stderr)), `${code} ${stderr}`);
    }
    assert.equal(whole(out, ...OTHERS), manifests[1]);
  }
  assert.deepEqual(beside(out), []);
});

test("a file that changes in mid-build gives one state or the other, or an error", async () => {
  const where = folder();
  const root = site(where);
  const out = join(where, "public");
  const { state, manifests } = twoStates(root, out);
  let [done, refused] = [0, 0];
  for (let round = 0; round < 12; round += 1) {
    const before = whole(out, ...OTHERS);
    const { end } = start(["build", "--root", root, "--out", out]);
    let busy = true;
    end.then(() => { busy = false; });
    let n = 0;
    while (busy) {
      state(n % 2);
      n += 1;
      await new Promise((next) => setTimeout(next, 1));
    }
    const { code, stderr } = await end;
    const after = whole(out, ...OTHERS);
    if (code === 0) {
      assert.ok(manifests.includes(after));
      done += 1;
    } else {
      assert.equal(code, 1, stderr);
      assert.equal(after, before);
      refused += 1;
    }
  }
  console.log(`changed in mid-build: ${done} published, ${refused} refused`);
  assert.ok(done > 0);
});

test("what others wrote is not overwritten, and not lost when a page comes to its place", () => {
  const where = folder();
  const root = site(where);
  const out = join(where, "public");
  const { manifests } = twoStates(root, out);
  mkdirSync(join(out, "en/places/newtown"), { recursive: true });
  writeFileSync(join(out, "en/places/newtown/index.html"), "mine");
  writeFileSync(join(root, "content/places/newtown.toml"), 'name = { zh = "新城", en = "Newtown" }\nkind = "city"\n');
  const result = build(root, out);
  assert.equal(result.status, 2, result.stderr);
  assert.match(result.stderr, /was not written by duizhao/);
  assert.equal(readFileSync(join(out, "en/places/newtown/index.html"), "utf8"), "mine");
  rmSync(join(root, "content/places/newtown.toml"));
  assert.equal(build(root, out).status, 0);
  assert.equal(whole(out, ...OTHERS, "en/places/newtown/index.html"), manifests[1]);
});

test("verify tells of files that are missing, changed, cut short, strange and linked", () => {
  const where = folder();
  const root = site(where);
  const out = join(where, "public");
  assert.equal(build(root, out).status, 0);
  const verify = (...options) => run(["verify", out, ...options]);
  assert.equal(verify("--exact").status, 0);
  const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
  assert.deepEqual(Object.keys(manifest.sources), ["demo-port-2024", "demo-river-2023"]);
  for (const [policy, hash] of Object.entries(manifest.sources)) {
    assert.equal(sha256(readFileSync(join(root, `seeds/${policy}.txt`))), hash);
  }
  assert.match(manifest.generator.version, /^\d+\.\d+\.\d+/);
  const page = join(out, "en/index.html");
  const text = readFileSync(page);
  const broken = (change, said) => {
    change();
    const result = verify();
    assert.equal(result.status, 1, result.stderr);
    assert.match(result.stderr, said);
    rmSync(page, { force: true });
    writeFileSync(page, text);
    assert.equal(verify("--exact").status, 0);
  };
  broken(() => rmSync(page), /en\/index\.html: No such file/);
  broken(() => writeFileSync(page, text.subarray(1)), /en\/index\.html: has \d+ bytes/);
  broken(() => writeFileSync(page, Buffer.from(text).fill("x", 5, 6)), /en\/index\.html: its content/);
  broken(() => {
    rmSync(page);
    writeFileSync(join(where, "elsewhere"), text);
    symlinkSync(join(where, "elsewhere"), page);
  }, /en\/index\.html: /);
  writeFileSync(join(out, "evil.html"), "x");
  mkdirSync(join(out, "evil"));
  writeFileSync(join(out, "evil/x.js"), "x");
  assert.equal(verify().status, 0);
  assert.match(verify().stderr, /note: evil\/: not in the manifest\nnote: evil\.html: not in the manifest/);
  assert.equal(verify("--exact").status, 1);
  writeFileSync(join(out, "manifest.json"), JSON.stringify({ files: { "../site/site.toml": { sha256: "", size: 1 } } }));
  assert.equal(verify().status, 1, "a manifest leads nowhere out of the folder");
  assert.ok(existsSync(join(root, "site.toml")));
});
