//! Rules of reading files and Markdown.

use super::small::{PORT, RIVER, Small, of};
use super::{Case, case};

const AGENCIES: &str = "content/agencies.toml";

/// A page of the guide in both languages, with more at its end.
fn guide<'a>(site: &'a mut Small, more: &str) -> &'a mut Small {
    site.write("content/guide/start.zh.md", format!("# 开始 {{#start}}\n\n{more}"))
        .write("content/guide/start.en.md", format!("# Start {{#start}}\n\n{}", more.replace('甲', "a")))
}

pub(crate) const CASES: &[Case] = &[
    // Reading.
    case(
        "not-utf8",
        |s| _ = s.write(AGENCIES, b"[a]\nname = { zh = \"\xC1\xD9\" }\n".as_slice()),
        &[
            |s| _ = s.append(AGENCIES, "# 𠮷 ☃ 👩‍💻\n"),
            |s| {
                let text = s.read(AGENCIES).replace('\n', "\r\n");
                s.write(AGENCIES, text);
            },
        ],
    ),
    case(
        "too-large",
        |s| _ = guide(s, &"\n".repeat(17_000_000)),
        &[|s| _ = guide(s, &"\n".repeat(1_000_000)), |s| _ = s.write("notes.txt", "\n".repeat(17_000_000))],
    ),
    case(
        "too-deep",
        |s| _ = guide(s, &format!("{} 甲\n", ">".repeat(70))),
        &[
            |s| _ = guide(s, &format!("{} 甲\n", ">".repeat(30))),
            |s| _ = guide(s, &(0..20).map(|i| format!("{}- 甲\n", "  ".repeat(i))).collect::<String>()),
        ],
    ),
    case(
        "hidden-character",
        |s| {
            _ = s.replace(AGENCIES, "临江市人民政府", "临江市\u{202E}人民政府").replace(
                "content/glossary.toml",
                "铁路与水路",
                "铁路\\u2067与水路",
            )
        },
        &[
            // In a comment, and at the head of a file.
            |s| _ = s.append(AGENCIES, "# 👩\u{200D}💻 \u{202E}\n"),
            |s| {
                let text = s.read(AGENCIES);
                s.write(AGENCIES, format!("\u{FEFF}{text}"));
            },
        ],
    ),
    case(
        "toml",
        |s| _ = s.replace(AGENCIES, "source = \"ours\"", "source = ours"),
        &[
            |s| _ = s.replace(AGENCIES, "source = \"ours\"", "source = 'ours' # ours"),
            |s| _ = s.replace(AGENCIES, "source = \"ours\"", "\"source\" = \"\"\"\nours\"\"\""),
        ],
    ),
    case(
        "unknown-key",
        |s| _ = s.river("targets", "commitment = \"expected\"", "comitment = \"expected\""),
        &[
            |s| _ = s.river("targets", "commitment = \"expected\"", "\"commitment\" = \"expected\""),
            |s| _ = s.append("site.toml", "uncited = \"error\"\n"),
        ],
    ),
    case(
        "missing-key",
        |s| {
            _ = s.river(
                "targets",
                "measure  = { zh = \"百亿级产业集群\", en = \"Industrial clusters in the RMB 10-billion class\" }\n",
                "",
            )
        },
        &[
            |s| {
                _ = s.replace(
                    "content/indicators.toml",
                    "note = { zh = \"两份计划口径相同。\", en = \"Both plans count the same.\" }\n",
                    "",
                )
            },
            |s| _ = s.river("record", "url    = \"\"\n", ""),
        ],
    ),
    case(
        "bad-value",
        |s| _ = s.river("targets", "due      = 2023", "due      = \"2023\""),
        &[
            |s| _ = s.river("targets", "value    = \"120\"", "value    = \"120.0\""),
            |s| _ = s.river("targets", "due      = 2023", "due      = 2_023"),
        ],
    ),
    case(
        "unknown-file",
        |s| _ = s.write("content/policies/demo-river-2023/digest.en.markdown", ""),
        &[
            |s| {
                _ = s
                    .write("content/guide/start.zh.md", "# 开始 {#start}\n")
                    .write("content/guide/start.en.md", "# Start {#start}\n")
            },
            |s| _ = s.write("notes.txt", "What stands beside content/ is nobody’s.\n"),
        ],
    ),
    case(
        "missing-file",
        |s| _ = s.remove(&of(RIVER, "seed")),
        &[
            // A policy may have no targets; a site no terms.
            |s| {
                s.remove("content/glossary.toml");
            },
            |s| {
                s.remove("content/places/linjiang.zh.md").remove("content/places/linjiang.en.md");
            },
        ],
    ),
    case(
        "source-file",
        |s| _ = s.river("record", "seeds/demo-river-2023.txt", "seeds/demo-port-2024.txt"),
        &[
            |s| _ = s.river("record", "\"seeds/demo-river-2023.txt\"", "'seeds/demo-river-2023.txt'"),
            |s| _ = s.write("seeds/another.txt", "另一份文件。"),
        ],
    ),
    case(
        "source-changed",
        |s| {
            let path = of(RIVER, "seed");
            s.append(&path, "\n");
        },
        &[
            |s| {
                let record = s.read(&of(RIVER, "record"));
                let at = record.find("sha256 = \"").expect("it is there") + "sha256 = \"".len();
                let upper = record[at..at + 64].to_uppercase();
                s.write(&of(RIVER, "record"), format!("{}{upper}{}", &record[..at], &record[at + 64..]));
            },
            |s| _ = s.source("四、附则"),
        ],
    ),
    case(
        "hint-unused",
        |s| _ = s.river("record", "url    = \"\"", "url    = \"\"\nnoise  = [\"内河航运简报\"]"),
        &[
            |s| {
                _ = s.source("内河航运简报").river(
                    "record",
                    "url    = \"\"",
                    "url    = \"\"\nnoise  = [\"内河航运简报\"]",
                )
            },
            |s| _ = s.source("保障").river("record", "url    = \"\"", "url    = \"\"\nheadings = { L17 = 2 }"),
        ],
    ),
    case(
        "no-theme",
        |s| _ = s.append("site.toml", "").replace("site.toml", "title =", "theme = \"gazete\"\ntitle ="),
        &[
            |s| _ = s.replace("site.toml", "title =", "theme = \"gazette\"\ntitle ="),
            |s| _ = s.write("themes/gazette/extra.css", "p { color: black }\n"),
        ],
    ),
    case(
        "template",
        |s| _ = s.write("templates/404.html", "<p>{{ site.titel }}</p>\n{% if %}"),
        &[
            |s| _ = s.write("templates/notes.html", "<p>{# nothing #}</p>\n"),
            |s| {
                _ = s.write(
                    "templates/404.html",
                    "<!doctype html><html lang=\"en\"><title>404</title><p>{{ \"{{ }}\" }}</p></html>\n",
                )
            },
        ],
    ),
    // Markdown.
    case(
        "heading-without-id",
        |s| _ = s.river("en", "## Goals {#goals}", "## Goals"),
        &[
            |s| _ = s.river("en", "## Goals {#goals}", "## Goals  {#goals}"),
            |s| _ = s.passages("\\# 不是标题。[^wharf]", "\\# No heading.[^wharf]"),
        ],
    ),
    case(
        "raw-html",
        |s| _ = s.river("en", "Port cargo", "<b>Port</b> cargo"),
        &[
            |s| _ = s.passages("长度\\<宽度，`<b>`。[^wharf]", "Length \\< width, `<b>`, a<b.[^wharf]"),
            |s| _ = s.passages("见<https://example.org/>。[^wharf]", "See <https://example.org/>.[^wharf]"),
        ],
    ),
    case(
        "image",
        |s| _ = s.river("en", "Port cargo", "![chart](chart.png) Port cargo"),
        &[
            |s| {
                _ = s.passages(
                    "快！[码头](https://example.org/)[^wharf]",
                    "Quick\\![Wharves](https://example.org/)[^wharf]",
                )
            },
            |s| _ = s.passages("`![x](y.png)`与码头。[^wharf]", "`![x](y.png)` and wharves.[^wharf]"),
        ],
    ),
    case(
        "unsafe-link",
        |s| _ = s.river("en", "Port cargo", "[Port cargo](javascript:alert(1))"),
        &[
            |s| {
                _ = s.passages(
                    "见[码头](https://example.org/javascript:1)。[^wharf]",
                    "See [wharves](HTTPS://example.org/).[^wharf]",
                )
            },
            |s| {
                _ = s.passages(
                    "写信给[港口](mailto:port@example.org)。[^wharf]",
                    "Write to [the port](mailto:port@example.org).[^wharf]",
                )
            },
        ],
    ),
    case(
        "unreviewed",
        |s| _ = s.port("targets", "id         = \"cargo\"", "id         = \"cargo\"\nreviewed   = false"),
        &[
            |s| _ = s.port("targets", "id         = \"cargo\"", "id         = \"cargo\"\nreviewed   = true"),
            |s| _ = s.append(&of(PORT, "targets"), "\n# reviewed = false\n"),
        ],
    ),
    case(
        "unused-footnote",
        |s| _ = s.append(&of(RIVER, "en"), "\n[^old]: 实现航运上市企业零的突破\n"),
        &[
            |s| _ = s.passages("建设码头，再建码头。[^wharf][^wharf]", "Build wharves, and more wharves.[^wharf]"),
            |s| _ = s.passages("```\n[^old]: 码头\n```", "```\n[^old]: wharves\n```"),
        ],
    ),
    case(
        "unknown-citation",
        |s| _ = s.river("en", "[^waterway]", "[^waterways]"),
        &[
            |s| {
                _ = s.passages(
                    "航道120公里以上。[^demo-river-2023/waterway]",
                    "At least 120 kilometres of waterway.[^demo-river-2023/waterway]",
                )
            },
            |s| _ = s.passages("脚注写作`[^x]`。[^wharf]", "Footnotes are written `[^x]`.[^wharf]"),
        ],
    ),
    case(
        "duplicate-id",
        |s| _ = s.river("en", "{#tasks}", "{#goals}").river("zh", "{#tasks}", "{#goals}"),
        &[
            // The same id in another policy, and of another kind.
            |s| {
                _ = s
                    .river("targets", "id       = \"works\"", "id       = \"berths\"")
                    .river("targets", "target = \"works\"", "target = \"berths\"")
                    .river("zh", "[^works]", "[^berths]")
                    .river("en", "[^works]", "[^berths]")
            },
            |s| {
                _ = s
                    .replace("content/glossary.toml", "[deep-water-wharf]", "[ports]")
                    .port("zh", "[[ports|", "[[topic:ports|")
                    .port("en", "[[ports|", "[[topic:ports|")
            },
        ],
    ),
    case(
        "bad-id",
        |s| _ = s.river("en", "{#tasks}", "{#Tasks}").river("zh", "{#tasks}", "{#Tasks}"),
        &[
            |s| _ = s.river("en", "{#tasks}", "{#tasks-2}").river("zh", "{#tasks}", "{#tasks-2}"),
            |s| _ = s.replace(AGENCIES, "[linjiang-gov]", "[\"linjiang-gov\"]"),
        ],
    ),
];
