//! The real site: five policies, whole.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;

use common::{TestSite, repository};
use duizhao::source::{Hints, Kind, SourceText};
use serde_json::Value;

const POLICIES: [&str; 5] = [
    "changsha-health-2023",
    "hangzhou-medicine-port-2024",
    "hubei-biomedicine-2024",
    "wuhan-medical-hub-2024",
    "wuhan-rd-centre-2025",
];

fn seed(policy: &str) -> String {
    fs::read_to_string(repository().join(format!("seeds/{policy}.txt"))).expect("the seeds are part of the repository")
}

/// Each block's anchor, kind, head and beginning: what a reader compared with the text.
#[test]
fn outlines_of_the_five_texts() {
    for policy in POLICIES {
        let source = SourceText::new(&seed(policy), &Hints::default());
        let mut out = String::new();
        for block in &source.blocks {
            let kind = match (&block.kind, block.head) {
                (Kind::Title, _) => "title".to_owned(),
                (Kind::Heading(level), _) => format!("h{level}"),
                (Kind::Paragraph, Some(head)) => format!("p+h{}", head.level),
                (Kind::Paragraph, None) => "p".to_owned(),
                (Kind::Caption, _) => "caption".to_owned(),
                (Kind::Row(_), _) => "row".to_owned(),
                (Kind::Noise, _) => "noise".to_owned(),
            };
            let chars = block.text.chars().count();
            let start: String = block.text.chars().take(24).collect();
            let end: String = block.text.chars().skip(chars.saturating_sub(10).max(24)).collect();
            let _ = write!(out, "{:<9} {kind:<6} {}", block.anchor.to_string(), start.replace('\n', "⏎"));
            let _ = if end.is_empty() { writeln!(out) } else { writeln!(out, "…{}", end.replace('\n', "⏎")) };
            for note in &block.notes {
                let roles = [("lead", &note.leads), ("responsible", &note.responsible), ("support", &note.supporters)];
                for (role, names) in roles.into_iter().filter(|(_, n)| !n.is_empty()) {
                    let _ = writeln!(out, "{:<16} {role}: {}", "", names.join("、"));
                }
            }
        }
        insta::assert_snapshot!(format!("outline_{policy}"), out);
    }
}

#[test]
fn no_word_of_the_five_texts_is_lost() {
    for policy in POLICIES {
        let raw = seed(policy);
        let source = SourceText::new(&raw, &Hints::default());
        let count = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '|' | '-')).count();
        assert_eq!(source.blocks.iter().map(|b| count(&b.text)).sum::<usize>(), count(&raw), "{policy}");
    }
}

#[test]
fn it_is_published_whole_and_the_same_everywhere() {
    let here = TestSite::real();
    let run = here.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let files = common::files(&here.out());
    let of = |lang: &str| -> Vec<&str> { files.keys().filter_map(|f| f.strip_prefix(lang)).collect() };
    assert_eq!(of("zh/"), of("en/"), "both languages have the same pages");
    for policy in POLICIES {
        assert_eq!(files[&format!("seeds/{policy}.txt")], seed(policy).into_bytes());
        for page in ["", "source/"] {
            assert!(files.contains_key(&format!("zh/policies/{policy}/{page}index.html")));
        }
    }
    // Elsewhere, on one thread, in another time zone and locale.
    let there = TestSite::real();
    let environment = [("RAYON_NUM_THREADS", "1"), ("TZ", "Pacific/Auckland"), ("LANG", "zh_CN.UTF-8")];
    let run = common::run(&there.root(), &["build"], &environment);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(files, common::files(&there.out()));
}

#[test]
fn one_wrong_character_stops_publication() {
    let site = TestSite::real();
    assert_eq!(site.build().code, 0);
    let before = common::files(&site.out());
    let path = "content/policies/wuhan-medical-hub-2024/targets.toml";
    let text = site.read(path);
    let quote = text.find("quote").and_then(|i| text[i..].find("8000").map(|j| i + j)).expect("the target is quoted");
    site.write(path, &format!("{}9000{}", &text[..quote], &text[quote + 4..]));
    let line = text[..quote].matches('\n').count() + 1;
    let run = site.build();
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains(&format!("targets.toml:{line}:")), "{}", run.stderr);
    assert_eq!(before, common::files(&site.out()));
}

/// The data is held against the source texts by other means than the program's own.
#[test]
fn every_quote_of_the_data_stands_in_its_source() {
    let site = TestSite::real();
    assert_eq!(site.build().code, 0);
    let squeeze = |text: &str| -> String {
        text.chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| match c {
                '—' | '–' | '～' | '~' => '-',
                '“' | '”' => '"',
                '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).expect("is ASCII"),
                c => c,
            })
            .collect::<String>()
            .replace("**", "")
            .replace("--", "-")
    };
    let noise = "湖北省经济和信息化厅规范性文件";
    let sources: BTreeMap<&str, String> =
        POLICIES.iter().map(|p| (*p, squeeze(&seed(p).replace(noise, "").replace('\t', "|")))).collect();
    let data: Value = serde_json::from_str(&site.read("public/data/targets.json")).expect("it is JSON");
    let targets = data["targets"].as_array().expect("targets are a list");
    assert!(targets.len() >= 70, "{}", targets.len());
    for target in targets {
        let policy = target["policy"].as_str().expect("a target has a policy");
        let quote = squeeze(&target["quote"].as_str().expect("a target has a quote").replace(" | ", "|"));
        assert!(sources[policy].contains(&quote), "{}: {quote}", target["id"]);
        for key in ["low", "high", "due", "each", "scope", "baseline", "same_as", "indicator", "display", "source"] {
            assert!(target.get(key).is_some(), "{key} of {}", target["id"]);
        }
        for lang in ["zh", "en"] {
            let url = target["source"]["url"][lang].as_str().expect("a target has an address");
            let (page, id) = url.split_once('#').expect("it names the words");
            let html = site.read(&format!("public/{page}index.html"));
            assert!(html.contains(&format!("id=\"{id}\"")), "{url}");
        }
    }
    let csv = fs::read(site.out().join("data/targets.csv")).expect("it is published");
    assert!(csv.starts_with("\u{FEFF}".as_bytes()));
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(&csv[3..]).into_records().collect::<Result<_, _>>().expect("it is CSV");
    assert_eq!(rows.len(), targets.len());
}

#[test]
fn the_manifest_lists_every_file_with_its_hash() {
    use sha2::{Digest as _, Sha256};
    let site = TestSite::real();
    assert_eq!(site.build().code, 0);
    let mut files = common::files(&site.out());
    let manifest: Value =
        serde_json::from_slice(&files.remove("manifest.json").expect("it is published")).expect("it is JSON");
    let listed = manifest["files"].as_object().expect("files are an object");
    assert!(listed.keys().eq(files.keys()));
    for (path, bytes) in &files {
        let hash: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
        assert_eq!(listed[path]["sha256"], hash, "{path}");
    }
}
