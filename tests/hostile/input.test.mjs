// Input can't break a build: whatever lies in a site's folder, there is a right result or a clear error, soon, and
// in little memory. `LARGE=1` tries the largest: 100 MB, a million lines, one line of 50 MB, 100,000 files.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { asNobody, folder, hashes, isRoot, join, measured, number, run, sha256, site, within } from "./lib.mjs";

const large = number("LARGE", 0) > 0;
const POLICY = "content/policies/demo-port-2024";
const SEED = "seeds/demo-port-2024.txt";
const MEMORY = 2e9;
const SECONDS = 120;

/** Problems by code, from the report for machines. */
const codes = (result) => {
  const found = {};
  for (const { code, severity } of JSON.parse(result.stdout).problems) if (severity === "error") found[code] = (found[code] ?? 0) + 1;
  return found;
};
const check = (root, options) => measured(["check", "--root", root, "--format", "json"], options);

/** Puts a text in the place of the seed, with its hash in the record. */
function seed(root, text) {
  writeFileSync(join(root, SEED), text);
  const record = join(root, POLICY, "policy.toml");
  writeFileSync(record, readFileSync(record, "utf8").replace(/sha256 = ".*"/, `sha256 = "${sha256(text)}"`));
}

/** Runs a check within its bounds and says what it took. */
function bounded(name, root) {
  const result = check(root);
  console.log(`${name}: exit ${result.status}, ${(result.rss / 1e6).toFixed(0)} MB, ${result.cpu.toFixed(1)} s of processor time`);
  assert.ok([0, 1].includes(result.status), `${name}: ${result.status} ${result.stderr.slice(0, 500)}`);
  assert.ok(result.rss < MEMORY, `${name}: ${result.rss} bytes`);
  assert.ok(result.cpu < SECONDS, `${name}: ${result.cpu} s`);
  return codes(result);
}

const paragraph = "加强组织领导，完善工作机制，支持企业发展，到2026年服务能力明显提升。\n\n";
const scale = large ? 1 : 0.2;

test("large source texts", { timeout: 1_800_000 }, () => {
  const root = site();
  const original = readFileSync(join(root, SEED), "utf8");
  const fill = (piece, bytes) => piece.repeat(Math.ceil(bytes / Buffer.byteLength(piece)));
  // The largest that is read is dealt with as any other.
  const cases = [
    ["15 MB of paragraphs", original + fill(paragraph, 15e6 * scale)],
    ["a million lines", original + "\n" + "甲\n".repeat(1e6 * scale)],
    ["a line of 15 MB", original + "\n" + fill(paragraph.trim(), 15e6 * scale) + "\n"],
    ["a line of 15 MB without a mark", original + "\n" + "甲".repeat(5e6 * scale) + "\n"],
    ["a line of 15 MB of digits", original + "\n" + "1".repeat(15e6 * scale) + "\n"],
    ["a table of 15 MB", original + "\n指标\t2022年\t2027年\n" + fill("规模\t5000\t8000\n", 15e6 * scale)],
  ];
  for (const [name, text] of cases) {
    seed(root, text);
    const found = bounded(`${name} (${(Buffer.byteLength(text) / 1e6).toFixed(1)} MB)`, root);
    for (const code of ["too-large", "not-utf8", "quote-not-found"]) assert.equal(found[code], undefined, `${name}: ${JSON.stringify(found)}`);
  }
  // What is larger is refused by its size.
  for (const [name, text] of [["100 MB", fill(paragraph, 100e6)], ["a line of 50 MB", fill("到2027年，", 50e6)]]) {
    seed(root, text);
    assert.ok(bounded(name, root)["too-large"], name);
  }
});

test("large files of the curator's", { timeout: 1_800_000 }, () => {
  const fill = (piece, bytes) => piece.repeat(Math.ceil(bytes / Buffer.byteLength(piece)));
  const size = large ? 15e6 : 1e6;
  for (const [file, text] of [
    [`${POLICY}/digest.en.md`, `## Goals {#goals}\n\n${fill("By 2027 there are many words here. ", size)}\n`],
    [`${POLICY}/digest.en.md`, fill("Words in a paragraph of their own.\n\n", size)],
    [`${POLICY}/targets.toml`, fill("[[target]]\nid = \"a\"\n", size / 4)],
    [`${POLICY}/targets.toml`, `x = "${"a".repeat(size)}"\n`],
    [`${POLICY}/policy.toml`, `title = [${"1,".repeat(size / 2)}]\n`],
    ["content/glossary.toml", Array.from({ length: size / 100 }, (_, i) => `[t${i}]\nzh = "词${i}"\nen = "term ${i}"\n`).join("")],
    ["site.toml", fill("# nothing\n", size)],
  ]) {
    const root = site();
    writeFileSync(join(root, file), text);
    bounded(`${file} of ${(text.length / 1e6).toFixed(1)} MB: ${JSON.stringify(text.slice(0, 24))}`, root);
  }
  const root = site();
  writeFileSync(join(root, POLICY, "digest.en.md"), fill("words ", 100e6));
  assert.ok(bounded("a digest of 100 MB", root)["too-large"]);
});

test("deep nesting", { timeout: 600_000 }, () => {
  const depth = 10_000;
  const digests = [">".repeat(depth) + " x", "> ".repeat(depth) + "x", "- ".repeat(depth) + "x", "1. ".repeat(depth) + "x", "*a **b ".repeat(depth) + "c** d*".repeat(depth),
    "[".repeat(depth) + "x" + "](y)".repeat(depth), "`".repeat(depth), "~~a ".repeat(depth), Array.from({ length: depth }, (_, i) => `${" ".repeat(i)}- x`).join("\n"), "![".repeat(depth) + "](x)".repeat(depth)];
  for (const text of digests) {
    const root = site();
    writeFileSync(join(root, POLICY, "digest.en.md"), `## Goals {#goals}\n\n${text}\n`);
    bounded(`${JSON.stringify(text.slice(0, 10))} ${depth} deep`, root);
  }
  for (const text of [`x = ${"[".repeat(depth)}${"]".repeat(depth)}`, `x = ${"{ a = ".repeat(depth)}1${" }".repeat(depth)}`, `${"a.".repeat(depth)}b = 1`, `[${"a.".repeat(depth)}b]`, `x = ${"[".repeat(depth)}`]) {
    for (const file of ["targets.toml", "policy.toml"]) {
      const root = site();
      writeFileSync(join(root, POLICY, file), `${text}\n`);
      const found = bounded(`${file} ${JSON.stringify(text.slice(0, 10))} ${depth} deep`, root);
      assert.ok(Object.keys(found).length, "it is an error");
    }
  }
  for (const page of ["<div>", "<table><tr><td>", "<ul><li>", "<b>", "<p>"]) {
    const root = site();
    const file = join(folder(), "a.html");
    writeFileSync(file, `<html><body>${page.repeat(depth)}到2027年，规模突破8000亿元。`);
    const result = measured(["import", file, "--id", "a", "--root", root]);
    assert.ok([0, 1, 2].includes(result.status), result.stderr);
    assert.ok(result.cpu < SECONDS && result.rss < MEMORY);
  }
});

test("byte order marks and line ends of another system change nothing", () => {
  const plain = site();
  const other = site();
  for (const name of readdirSync(other, { recursive: true }).filter((n) => /\.(md|toml)$/.test(n))) {
    const path = join(other, name);
    writeFileSync(path, `\ufeff${readFileSync(path, "utf8").replaceAll("\n", "\r\n")}`);
  }
  const built = (root) => {
    const result = run(["build", "--root", root]);
    assert.equal(result.status, 0, result.stderr);
    return hashes(join(root, "public"));
  };
  assert.deepEqual(built(other), built(plain));
  // The source text too: its own hash and raw form are others, what pages show is not.
  seed(other, `\ufeff${readFileSync(join(other, SEED), "utf8").replaceAll("\n", "\r\n")}`);
  const [a, b] = [built(other), built(plain)];
  const differ = Object.keys(b).filter((name) => a[name] !== b[name]);
  for (const name of ["manifest.json", SEED]) assert.ok(differ.includes(name), name);
  const words = (root, name) => readFileSync(join(root, "public", name), "utf8").replace(/[0-9a-f]{64}/g, "HASH");
  for (const name of differ.filter((n) => n.endsWith(".html") || n.startsWith("data/") || n.startsWith("search/"))) {
    assert.equal(words(other, name), words(plain, name), name);
  }
});

test("bytes that are no UTF-8, in every file, and encodings mixed", () => {
  const names = ["site.toml", `${POLICY}/policy.toml`, `${POLICY}/targets.toml`, `${POLICY}/digest.zh.md`, SEED, "content/agencies.toml", "content/places/linjiang.toml", "content/places/linjiang.zh.md"];
  for (const name of names) {
    for (const bytes of [Buffer.from([0xff, 0xfe, 0x41, 0x00]), Buffer.from([0xb5, 0xbd, 0x32, 0x30]), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from([0xf4, 0x90, 0x80, 0x80]), Buffer.from([0xc0, 0xaf])]) {
      const root = site();
      const text = readFileSync(join(root, name));
      writeFileSync(join(root, name), Buffer.concat([text, bytes]));
      if (name === SEED) seed(root, Buffer.concat([text, bytes]));
      const result = check(root);
      assert.equal(result.status, 1, `${name}: ${result.stderr}`);
      const problem = JSON.parse(result.stdout).problems.find((p) => p.code === "not-utf8");
      assert.equal(problem?.file, name);
      assert.match(problem.message, /line \d+/);
    }
  }
});

test("links that loop or lead out, pipes, and files that cannot be read", () => {
  const link = (to, at) => {
    const root = site();
    rmSync(join(root, at), { recursive: true, force: true });
    symlinkSync(to, join(root, at));
    return check(root);
  };
  for (const [to, at] of [["/etc/passwd", SEED], ["../../../../etc", "content/places/etc"], [".", "content/places/loop"], ["loop", "content/topics/loop"], ["/", "themes"], ["nowhere", `${POLICY}/digest.en.md`], ["/dev/zero", "content/glossary.toml"], ["/etc/passwd", "site.toml"]]) {
    const result = link(to, at);
    assert.equal(result.status, 1, `${at}: ${result.stderr}`);
    assert.ok(codes(result)["symbolic-link"], `${at}: ${result.stdout}`);
    assert.ok(!result.stdout.includes("root:"), "nothing of what is outside is read");
  }
  const root = site();
  assert.equal(spawnSync("mkfifo", [join(root, "content/places/pipe.toml")]).status, 0);
  const piped = check(root, { timeout: 30_000 });
  assert.deepEqual(codes(piped), { "unreadable-file": 1 });
  const secret = site();
  spawnSync("chmod", ["-R", "a+rX", join(secret, "..")]);
  chmodSync(join(secret, SEED), 0o000);
  const result = within(asNobody, ["check", "--root", secret, "--format", "json"]);
  assert.ok(codes(result)["unreadable-file"], result.stdout);
  chmodSync(join(secret, SEED), 0o644);
  chmodSync(join(secret, "content/places"), 0o000);
  assert.ok(codes(within(asNobody, ["check", "--root", secret, "--format", "json"]))["unreadable-file"]);
  chmodSync(join(secret, "content/places"), 0o755);
  assert.ok(isRoot || asNobody.length === 0);
});

test("names that only look different", () => {
  const root = site();
  const put = (name) => {
    mkdirSync(join(root, name, ".."), { recursive: true });
    writeFileSync(join(root, name), "<svg xmlns='http://www.w3.org/2000/svg'/>");
  };
  // A theme's files keep their names in addresses.
  put("themes/gazette/Mark.svg");
  assert.equal(run(["build", "--root", root]).status, 0);
  put("themes/gazette/mark.svg");
  const result = run(["build", "--root", root]);
  assert.equal(result.status, 1);
  assert.match(result.stderr, /address-collision/);
  rmSync(join(root, "themes/gazette/Mark.svg"));
  put("themes/gazette/caf\u00e9.svg");
  put("themes/gazette/cafe\u0301.svg");
  assert.match(run(["build", "--root", root]).stderr, /address-collision/);
  // Content's own names are ids.
  for (const name of ["content/places/Linjiang.toml", "content/places/lín.toml", "content/places/a b.toml", "content/places/<b>.toml", "content/places/{{x}}.toml", "content/policies/x..y/policy.toml", "content/policies/A/policy.toml", "content/guide/01-\u202e.zh.md", "content/places/CON .toml"]) {
    const odd = site();
    mkdirSync(join(odd, name, ".."), { recursive: true });
    writeFileSync(join(odd, name), "name = { zh = \"甲\", en = \"A\" }\n");
    const found = check(odd);
    assert.equal(found.status, 1, name);
    assert.ok(codes(found)["bad-id"] ?? codes(found)["unknown-file"], `${name}: ${found.stdout}`);
  }
  const raw = site();
  writeFileSync(Buffer.concat([Buffer.from(join(raw, "content/places/")), Buffer.from([0xb5, 0xbd]), Buffer.from(".toml")]), "x");
  assert.ok(codes(check(raw))["bad-file-name"]);
});

test("many files in a folder", { timeout: 1_200_000 }, () => {
  const count = large ? 100_000 : 10_000;
  const root = site();
  for (let i = 0; i < count; i += 1) writeFileSync(join(root, `content/places/p${i}.toml`), `name = { zh = "地${i}", en = "Place ${i}" }\nkind = "city"\n`);
  const found = bounded(`${count} places`, root);
  assert.deepEqual(found, {});
  const odd = site();
  for (let i = 0; i < count; i += 1) writeFileSync(join(odd, `content/f${i}`), "");
  assert.deepEqual(bounded(`${count} files that nothing reads`, odd), { "unknown-file": count });
});
