// A browser (Debian's Chromium) and the real site, served as a reader gets it.

import { spawn, spawnSync } from "node:child_process";
import { createServer } from "node:http";
import { existsSync, mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve, extname } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

export const repository = resolve(fileURLToPath(import.meta.url), "../../..");
/** The site that is tested: the real one, unless another is named. */
export const root = process.env.SITE ?? repository;
/** The program that is tested. */
export const binary = process.env.DUIZHAO ?? join(repository, "target/debug/duizhao");

/** Starts Chromium. */
export async function browser() {
  const executablePath = process.env.CHROMIUM ?? ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find(existsSync);
  if (!executablePath) throw new Error("there is no Chromium: tests/run installs it");
  const sandbox = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({
    executablePath,
    args: [...sandbox, "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

/** Starts the preview of a site, on a free port unless told otherwise; gives its address and a function that stops it. */
export async function preview({ folder = root, port = 0, options = [] } = {}) {
  const server = spawn(binary, ["serve", "--root", folder, "--port", String(port), ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const address = await new Promise((found, failed) => {
    let text = "";
    server.stdout.on("data", (data) => {
      text += data;
      const match = /http:\/\/[^/]+\//.exec(text);
      if (match) found(match[0]);
    });
    server.on("exit", (code) => failed(new Error(`the preview server ended with ${code}`)));
  });
  const ended = new Promise((over) => server.on("exit", over));
  return { address, stop: () => (server.kill("SIGINT"), ended) };
}

/** Builds the real site into a new folder. */
export function build(...options) {
  const out = join(mkdtempSync(join(tmpdir(), "duizhao-")), "public");
  const run = spawnSync(binary, ["build", "--root", root, "--out", out, ...options], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr);
  return out;
}

const types = { ".html": "text/html; charset=utf-8", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".json": "application/json", ".txt": "text/plain; charset=utf-8" };

/** Serves a folder under a path, as any static host does; `seen` is told of each file that is sent. */
export async function host(folder, prefix, seen = () => {}) {
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    let file = path.startsWith(prefix) ? join(folder, path.slice(prefix.length)) : "";
    if (file && existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!file || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    seen(file.slice(folder.length + 1), statSync(file).size);
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    response.end(readFileSync(file));
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return { address: `http://127.0.0.1:${server.address().port}${prefix}`, stop: () => server.close() };
}

/** Ids of the site's policies, from its data. */
export async function policyIds(address) {
  const answer = await fetch(`${address}data/policies.json`);
  return (await answer.json()).policies.map((p) => p.id);
}
