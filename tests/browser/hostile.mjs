// A site in which every field of every file holds attacks, and what is expected to be left of them.
//
// The attacks (tests/hostile/attacks.jsonl) are shared out among as many policies, places, topics, agencies,
// indicators and terms as there are formulas, so that a formula begins a field of each; the site's own title
// and the interface's words hold them all by turns. What a build refuses (tests/hostile.rs shows that it does)
// is left out here: characters that nobody sees, raw HTML in Markdown, addresses that are none.

import { createHash } from "node:crypto";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const repository = join(here, "../..");

/** All attacks, in the order of the file. */
export const attacks = readFileSync(join(here, "../hostile/attacks.jsonl"), "utf8")
  .split("\n").filter((l) => l && !l.startsWith("#")).map((l) => JSON.parse(l));

/** Characters that a build refuses in what a curator writes. */
export const unseen = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu;

const isFormula = (text) => /^\s*[=+\-@＝＋－−＠]/.test(text) || /^[\t\r\n]/.test(text);
const seen = (text) => text.replace(unseen, "");
const line = (text) => text.replace(/\s+/g, " ").trim();
/** A TOML basic string. */
const toml = (text) => JSON.stringify(text).replaceAll("\u007f", "\\u007F");
/** Words that Markdown reads as they are. */
const words = (text) => line(text).replace(/[!-/:-@[-`{-~]/g, "\\$&");
/** A quote as a definition's first line takes it: raw, but for a final brace and a first list mark. */
const sha256 = (text) => createHash("sha256").update(text).digest("hex");

/** The groups: each begins with a formula, the others are shared out. */
export function groups() {
  const usable = attacks.map(seen).filter((a) => a.trim());
  const formulas = usable.filter(isFormula);
  const others = usable.filter((a) => !isFormula(a));
  return formulas.map((first, i) => [first, ...others.filter((_, n) => n % formulas.length === i)]);
}

/** Writes the site; gives for each group its words. */
export function write(root) {
  const put = (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const all = groups();
  const whole = all.flat().join(" ");
  // What the attacks say is not what the text says, and that is not what is tested here.
  const off = ["review-missing", "digest-figure", "translation-figure", "figures-differ", "target-unit", "target-per",
    "outcome-value", "straight-quotes", "uncited", "half-width-punctuation", "doubled-word", "unused-entity", "indicator-alone"];
  put("site.toml", `title = { zh = ${toml(`站${whole}`)}, en = ${toml(`Site ${whole}`)} }
description = { zh = ${toml(whole)}, en = ${toml(whole)} }
theme = "hostile"
report = "https://example.org/new?title={page}%23{anchor}&x='/**/"

${all.map((g, i) => `[kinds.k${i}]\nname = { zh = ${toml(g.join("种"))}, en = ${toml(g.join(" kind "))} }`).join("\n")}

[checks]
${off.map((code) => `${code} = "off"`).join("\n")}
`);
  cpSync(join(repository, "themes/gazette"), join(root, "themes/hostile"), { recursive: true });
  for (const lang of ["zh", "en"]) {
    const strings = readFileSync(join(repository, `themes/gazette/strings.${lang}.toml`), "utf8");
    let n = 0;
    put(`themes/hostile/strings.${lang}.toml`, strings.replace(/^([a-z0-9_]+)(\s*=\s*)"(.*)"$/gm, (_, key, equals, text) => {
      // What a word is used for besides being shown: a list of two, a locale.
      if (/^(og_locale|copy)/.test(key)) return `${key}${equals}"${text}"`;
      n += 1;
      return `${key}${equals}${toml(JSON.parse(`"${text}"`) + all[n % all.length].join(" "))}`;
    }));
  }
  const entity = (g, i, kind) => ({
    zh: toml(`${g.join("")}${kind}${i}`),
    en: toml(`${g.join(" ")} ${kind} ${i}`),
    names: `name = { zh = ${toml(`${g.join("")}${kind}${i}`)}, en = ${toml(`${g.join(" ")} ${kind} ${i}`)} }`,
    aliases: `aliases = { zh = [${toml(`别名${g.join("")}${kind}${i}`)}], en = [${toml(`alias ${g.join(" ")} ${kind} ${i}`)}] }`,
  });
  const note = (g) => `note = { zh = ${toml(g.join("注"))}, en = ${toml(g.join(" note "))} }`;
  const prose = (g, lang) => `## ${words(`${g.join(" ")}`)} {#h}\n\n${words(`x${g.join(" ")}`)}\n\n- ${words(`x${g.join(lang)}`)}\n`;
  let [agencies, indicators, terms] = ["", "", ""];
  all.forEach((g, i) => {
    const place = entity(g, i, "地P");
    put(`content/places/pl-${i}.toml`, `${place.names}\nkind = "city"\n${place.aliases}\n`);
    const topic = entity(g, i, "题T");
    put(`content/topics/to-${i}.toml`, `${topic.names}\n${topic.aliases}\n`);
    for (const lang of ["zh", "en"]) {
      put(`content/places/pl-${i}.${lang}.md`, prose(g, lang));
      put(`content/topics/to-${i}.${lang}.md`, prose(g, lang));
      put(`content/guide/${String(i).padStart(2, "0")}-g${i}.${lang}.md`, `## ${words(`x${g[1] ?? ""}`)} {#h}\n\n${words(`x${g.join(" ")}`)}\n`);
    }
    const agency = entity(g, i, "局A");
    agencies += `[ag-${i}]\n${agency.names}\n${agency.aliases}\nplace = "pl-${i}"\nsource = ${toml(g.join(" "))}\n\n`;
    indicators += `[in-${i}]\n${entity(g, i, "标I").names}\nunit = "亿元"\n${note(g)}\n\n`;
    const term = entity(g, i, "词G");
    terms += `[te-${i}]\nzh = ${term.zh}\nen = ${term.en}\nvariants = [${toml(`v ${g.join(" ")} ${i}`)}]\navoid = [${toml(`avoid ${g.join(" ")} ${i}`)}]\n${note(g)}\nsource = ${toml(g.join(" "))}\n\n`;

    const id = `po-${i}`;
    const folder = `content/policies/${id}`;
    // The source has all, hidden characters and lines of their own too; a paragraph of it is quoted.
    const raw = attacks.filter((_, n) => n % all.length === i);
    const quoted = line(`引文甲${g.join("乙")}丙。`);
    const seed = `方案${i}\n\n一、目标\n\n到2027年，规模突破8000亿元，${line(g.join(" "))}。\n\n${quoted}\n\n${raw.join("。\n\n段落")}\n\n${raw.map((a) => `段落${line(a)}完`).join("\n\n")}\n\n（牵头单位：${line(g.join(""))}局A${i}）\n`;
    put(`seeds/${id}.txt`, seed);
    put(`${folder}/policy.toml`, `title = { zh = ${toml(`${g.join("")}方案${i}`)}, en = ${toml(`${g.join(" ")} plan ${i}`)}, short = { zh = ${toml(`${g.join("")}短${i}`)}, en = ${toml(`${g.join(" ")} short ${i}`)} } }
issuer = "ag-${i}"
place = "pl-${i}"
kind = "k${i}"
number = ${toml(g.join(" "))}
issued = 2024-05-01
topics = ["to-${i}"]
mentions = [{ zh = ${toml(g.join(""))}, en = ${toml(g.join(" "))}, number = ${toml(g.join(" "))} }]

[source]
file = "seeds/${id}.txt"
sha256 = "${sha256(seed)}"
url = "https://example.org/?q='-alert(1)-'&x={{7*7}}#javascript:attacked()"
archived = "https://example.org/archived?=cmd|'/C'!A0"
retrieved = 2024-05-02

[[change]]
date = 2024-06-01
zh = ${toml(g.join(""))}
en = ${toml(g.join(" "))}
`);
    put(`${folder}/targets.toml`, `[[target]]
id = "scale"
indicator = "in-${i}"
measure = { zh = ${toml(`${g.join("")}规模`)}, en = ${toml(`${g.join(" ")} scale`)} }
bound = "more-than"
value = "8000"
unit = "亿元"
due = 2027
scope = { zh = ${toml(g.join(""))}, en = ${toml(g.join(" "))} }
per = { zh = ${toml(g.join(""))}, en = ${toml(g.join(" "))} }
${note(g)}
topics = ["to-${i}"]
quote = '到2027年，规模突破8000亿元'
quote_en = ${toml(`${g.join(" ")} by 2027 the scale is to pass RMB 800 billion`)}

[[fact]]
id = "known"
measure = { zh = ${toml(`${g.join("")}事实`)}, en = ${toml(`${g.join(" ")} fact`)} }
bound = "reach"
value = "8000"
unit = { zh = ${toml(`${g.join("")}个`)}, en = ${toml(`${g.join(" ")} things`)} }
quote = '到2027年，规模突破8000亿元'
quote_en = ${toml(g.join(" "))}

[[derived]]
id = "sum"
measure = { zh = ${toml(`${g.join("")}合计`)}, en = ${toml(`${g.join(" ")} sum`)} }
value = "16000"
unit = "亿元"
arithmetic = "scale + scale"

[[outcome]]
target = "scale"
value = "9000"
as_of = 2028-01-01
source = { title = { zh = ${toml(g.join(""))}, en = ${toml(g.join(" "))} }, url = "https://example.org/?q='{{7*7}}", retrieved = 2028-02-01 }
quote = ${toml(`规模9000亿元${g.join("")}`)}

[[waiver]]
quote = '到2027年，规模突破8000亿元'
figure = "8000亿元"
reason = { zh = ${toml(g.join(""))}, en = ${toml(g.join(" "))} }
`);
    const fence = "`".repeat(8);
    const span = (text) => `${fence} ${line(text)} ${fence}`;
    const address = g.filter((a) => !/[\s<>"\\&]/.test(a)).map((a) => a.replace(/[()[\]]/g, "")).join("&");
    for (const lang of ["zh", "en"]) {
      put(`${folder}/digest.${lang}.md`, `## ${words(`x${g.join(" ")}`)} {#goals}

${words(`x${g.join(" ")}`)}[^scale][^known][^sum] [[to-${i}|${words(g.join(" ").replaceAll("|", "")).replace(/\\\[|\\\]/g, "")}]] **${words(`x${g.join(" ")}x`)}**\\
${words(g.join(" "))} [${words(`w${g.join(" ")}`).replace(/\\[[\]]/g, "")}](<https://example.org/?${address}>)[^q]

- ${words(`x${g.join(" ")}`)}
- ${span(g.join(" "))}

> ${words(`x${g.join(" ")}`)}

| ${words(`x${g.join(" ").replaceAll("|", "")}`)} | b |
|---|---:|
| ${words(`x${g.join(" ").replaceAll("|", "")}`)} | ${span(g.join(" ").replaceAll("|", ""))} |

${fence}text ${line(g.join(" ")).replaceAll("`", "")}
${g.join("\n")}
${fence}

${fence}${line(g[1] ?? "x").replaceAll("`", "").split(" ")[0]}
${g.join("\n")}
${fence}

[^q]: ${quoted} {anchor=L7}
${lang === "en" ? `    ${line(`x ${g.join(" ")}`)}\n` : ""}`);
    }
  });
  put("content/agencies.toml", agencies);
  put("content/indicators.toml", indicators);
  put("content/glossary.toml", terms);
  return all;
}
