// The program run from outside: on copies of the small site, within limits, killed, on disks that are full.

import { createHash } from "node:crypto";
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const repository = resolve(fileURLToPath(import.meta.url), "../../..");
export const binary = process.env.DUIZHAO ?? join(repository, "target/debug/duizhao");
/** A number from the environment. */
export const number = (name, otherwise) => (process.env[name] ? Number(process.env[name]) : otherwise);

/** A folder that is gone when the test file ends. */
export function folder() {
  const made = mkdtempSync(join(tmpdir(), "duizhao-"));
  folders.push(made);
  return made;
}

const folders = [];
process.on("exit", () => folders.forEach((made) => rmSync(made, { recursive: true, force: true })));

/** A copy of the small site, or of the real one. */
export function site(where = folder(), which = "tests/sites/small") {
  const root = join(where, "site");
  if (which) cpSync(join(repository, which), root, { recursive: true });
  else for (const name of ["site.toml", "content", "seeds", "templates", "themes"]) cpSync(join(repository, name), join(root, name), { recursive: true });
  return root;
}

/** Runs the program to its end. */
export function run(args, options = {}) {
  return within([], args, options);
}

/** Runs the program by way of another, which sets limits. */
export function within(wrapper, args, options = {}) {
  const [command, ...rest] = [...wrapper, binary, ...args];
  const env = { ...process.env, SOURCE_DATE_EPOCH: undefined, ...options.env };
  const result = spawnSync(command, rest, { encoding: "utf8", maxBuffer: 1 << 28, ...options, env });
  if (result.error) throw result.error;
  if (/panicked at|stack overflow/.test(result.stderr)) throw new Error(result.stderr.slice(0, 2000));
  return result;
}

const MEASURE = `
import json, resource, subprocess, sys, time
start = time.time()
code = subprocess.run(sys.argv[2:], stdin=subprocess.DEVNULL).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
json.dump({"rss": used.ru_maxrss * 1024, "cpu": used.ru_utime + used.ru_stime}, open(sys.argv[1], "w"))
sys.exit(code if code >= 0 else 128 - code)
`;

/** Runs the program to its end, with the memory and the processor time that it took. */
export function measured(args, options = {}) {
  const to = join(folder(), "used");
  // The processor time is bounded for all that it starts.
  const result = within(["prlimit", "--cpu=200", "python3", "-c", MEASURE, to], args, { timeout: 900_000, ...options });
  return { ...result, ...JSON.parse(readFileSync(to, "utf8")) };
}

/** Starts the program; gives the process and a promise of its end. */
export function start(args) {
  const child = spawn(binary, args, { stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (data) => { stderr += data; });
  const end = new Promise((done) => child.on("close", (code, signal) => done({ code, signal, stderr })));
  return { child, end };
}

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** The files of a folder with their hashes, links by where they lead. */
export function hashes(out) {
  const found = {};
  for (const name of readdirSync(out, { recursive: true }).sort()) {
    const stat = lstatSync(join(out, name));
    if (stat.isFile()) found[name] = sha256(readFileSync(join(out, name)));
  }
  return found;
}

/** Holds a published folder against its manifest, by other means than the program's own; gives the manifest's hash. */
export function whole(out, ...others) {
  const text = readFileSync(join(out, "manifest.json"));
  const { files } = JSON.parse(text);
  const found = hashes(out);
  for (const [name, { sha256: wanted }] of Object.entries(files)) {
    if (found[name] !== wanted) throw new Error(`${name} is ${found[name] ? "not what the manifest says" : "missing"}`);
    delete found[name];
  }
  delete found["manifest.json"];
  for (const name of others) {
    if (!(name in found)) throw new Error(`${name}, which duizhao did not write, is lost`);
    delete found[name];
  }
  if (Object.keys(found).length) throw new Error(`beside what the manifest lists: ${Object.keys(found)}`);
  return sha256(text);
}

/** What stands beside an output, lock aside. */
export const beside = (out) => readdirSync(join(out, "..")).filter((n) => n.startsWith(".") && !n.endsWith(".lock"));

/** Random numbers from a seed. */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A small disk of its own at a folder, where that is allowed; `null` elsewhere. */
export function disk(at, size) {
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", at]);
  if (mounted.status !== 0) return null;
  let there = true;
  const release = () => {
    if (there) spawnSync("umount", [at]);
    there = false;
  };
  process.on("exit", release);
  return { release, change: (options) => spawnSync("mount", ["-o", `remount,${options}`, at]).status === 0 };
}

/** Whether this is root, which file modes do not hold back. */
export const isRoot = process.getuid?.() === 0;
/** A wrapper that runs a program as nobody, if this is root. */
export const asNobody = isRoot ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] : [];

export { existsSync, join };
