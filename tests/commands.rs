//! What the commands print and how they end: formats for machines, exit codes, explanations, reviews,
//! severities.

mod common;

use common::{Run, TestSite, repository};
use duizhao::check;
use serde_json::Value;

const RECORD: &str = "content/policies/demo-port-2024/policy.toml";
const ZH: &str = "content/policies/demo-port-2024/digest.zh.md";
const TARGETS: &str = "content/policies/demo-port-2024/targets.toml";

/// Where a problem stands: its code, file, line, column, last line and the column after the last.
type At = (String, String, [u64; 4]);

/// The small site with three slips, beside wide characters and in a table, and where they stand, counted here.
fn slips() -> (TestSite, Vec<At>) {
    let site = TestSite::small();
    site.replace(ZH, "力争突破8000万吨", "力争突破8500万吨").replace(ZH, "自印发之日起", "自印发 之日起").replace(
        TARGETS,
        "commitment = \"strive\"",
        "commitment = \"firm\"",
    );
    let at = |code: &str, file: &str, before: &str, words: &str| -> At {
        let text = site.read(file);
        let whole = format!("{before}{words}");
        let (n, line) = text.lines().enumerate().find(|(_, l)| l.contains(&whole)).expect("the words stand in it");
        let lead = line.split(&whole).next().expect("they stand in that line").chars().count() + before.chars().count();
        let (line, column) = (n as u64 + 1, lead as u64 + 1);
        (code.to_owned(), file.to_owned(), [line, column, line, column + words.chars().count() as u64])
    };
    let expected = vec![
        at("digest-figure", ZH, "突破", "8500万吨"),
        at("space-between-han", ZH, "印发", " "),
        at("target-commitment", TARGETS, "commitment = ", "\"firm\""),
    ];
    (site, expected)
}

fn checked(site: &TestSite, format: &str) -> Run {
    site.run(&["check", "--format", format])
}

fn parsed(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {}", run.stdout))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is no string")).to_owned()
}

fn list(value: &Value) -> &Vec<Value> {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

/// The places of all problems of a JSON report.
fn places(report: &Value) -> Vec<At> {
    let place = |p: &Value| ["line", "column", "end_line", "end_column"].map(|key| p[key].as_u64().unwrap_or(0));
    list(&report["problems"]).iter().map(|p| (text(&p["code"]), text(&p["file"]), place(p))).collect()
}

#[test]
fn json_says_where() {
    let (site, expected) = slips();
    let run = checked(&site, "json");
    assert_eq!(run.code, 1);
    let report = parsed(&run);
    let found = places(&report);
    for place in expected {
        assert!(found.contains(&place), "{place:?} in {found:#?}");
    }
    for p in list(&report["problems"]) {
        assert!(["error", "warning", "note"].contains(&text(&p["severity"]).as_str()));
        assert!(p["message"].is_string() && p["label"].is_string() && !list(&p["help"]).is_empty(), "{p}");
    }
    let summary = run.stderr.lines().last().expect("a summary is printed");
    assert!(summary.ends_with("0 notes") && summary.contains("error") && summary.contains("warning"), "{summary}");
}

#[test]
fn sarif_is_valid_and_says_the_same() {
    let schema = std::fs::read_to_string(repository().join("tests/schema/sarif-2.1.0.json")).expect("it stands there");
    // As published, its patterns of languages are no sound regular expressions: a bracket is closed twice.
    let schema: Value = serde_json::from_str(&schema.replace("]?$\"", "?$\"")).expect("the schema is JSON");
    let schema = jsonschema::options().should_validate_formats(true).build(&schema).expect("the schema is sound");
    let (site, _) = slips();
    // A name that a URI cannot hold as it is, and a problem with a second place.
    site.write("content/临江 1.txt", "").replace(TARGETS, "\"berths\"\nmeasure", "\"cargo\"\nmeasure");
    let linked = slips().0;
    for site in [&site, &linked, &TestSite::small()] {
        let run = checked(site, "sarif");
        let log = parsed(&run);
        let wrong: Vec<String> = schema.iter_errors(&log).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        // What the schema leaves open and readers of SARIF need.
        assert_eq!((log["version"].as_str(), list(&log["runs"]).len()), (Some("2.1.0"), 1));
        let report = &log["runs"][0];
        let driver = &report["tool"]["driver"];
        assert_eq!(driver["name"], "duizhao");
        assert_eq!(report["columnKind"], "unicodeCodePoints");
        let found: Vec<At> = list(&report["results"])
            .iter()
            .map(|result| {
                let rule = result["ruleIndex"].as_u64().expect("a result has a rule") as usize;
                assert_eq!(driver["rules"][rule]["id"], result["ruleId"]);
                assert!(!text(&result["message"]["text"]).is_empty());
                assert!(["error", "warning", "note"].contains(&text(&result["level"]).as_str()));
                let place = &result["locations"][0]["physicalLocation"];
                let uri = text(&place["artifactLocation"]["uri"]);
                assert!(uri.is_ascii() && !uri.contains(' ') && !uri.starts_with('/'), "{uri}");
                let region = ["startLine", "startColumn", "endLine", "endColumn"];
                let region = region.map(|key| place["region"][key].as_u64().unwrap_or(0));
                (text(&result["ruleId"]), uri, region)
            })
            .collect();
        let uri = |file: &str| file.replace("临江 1", "%E4%B8%B4%E6%B1%9F%201");
        let json = places(&parsed(&checked(site, "json")));
        let json: Vec<At> = json.into_iter().map(|(code, file, place)| (code, uri(&file), place)).collect();
        assert_eq!(found, json);
    }
}

#[test]
fn github_marks_the_same_lines() {
    let (site, _) = slips();
    let run = checked(&site, "github");
    assert_eq!(run.code, 1);
    let found: Vec<At> = run
        .stdout
        .lines()
        .map(|line| {
            let (command, rest) = line.strip_prefix("::").and_then(|l| l.split_once(' ')).expect("a command");
            assert!(["error", "warning", "notice"].contains(&command), "{line}");
            let (properties, message) = rest.split_once("::").expect("a message");
            assert!(!message.is_empty());
            let of = |key: &str| {
                let value = properties.split(',').find_map(|p| p.strip_prefix(key)?.strip_prefix('='));
                value.map(str::to_owned)
            };
            let number = |key: &str| of(key).and_then(|n| n.parse().ok());
            let line = number("line").unwrap_or(0);
            let place =
                [line, number("col").unwrap_or(0), number("endLine").unwrap_or(line), number("endColumn").unwrap_or(0)];
            (of("title").expect("a code"), of("file").expect("a file"), place)
        })
        .collect();
    // A command has no end of a column on another line.
    let expected: Vec<At> = places(&parsed(&checked(&site, "json")))
        .into_iter()
        .map(|(code, file, p)| (code, file, [p[0], p[1], p[2], if p[0] == p[2] { p[3] } else { 0 }]))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn a_clean_site_has_no_problem_in_any_format() {
    let site = TestSite::small();
    let run = checked(&site, "json");
    assert_eq!((run.code, places(&parsed(&run))), (0, Vec::new()));
    let run = checked(&site, "sarif");
    assert_eq!((run.code, list(&parsed(&run)["runs"][0]["results"]).len()), (0, 0));
    let run = checked(&site, "github");
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    let run = site.run(&["check"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("no error"), "{}", run.stdout);
}

#[test]
fn what_fails_a_check() {
    let codes = |site: &TestSite| {
        let formats = ["human", "json", "sarif", "github"];
        let of = |more: &[&str]| {
            let codes = formats.map(|f| site.run(&[&["check", "--format", f], more].concat()).code);
            assert!(codes.iter().all(|c| *c == codes[0]), "{codes:?}");
            codes[0]
        };
        (of(&[]), of(&["--deny", "warnings"]))
    };
    let clean = TestSite::small();
    assert_eq!(codes(&clean), (0, 0));
    let notes = TestSite::small();
    notes.replace("site.toml", "review-missing = \"off\"", "review-missing = \"note\"");
    assert_eq!(codes(&notes), (0, 0));
    let warnings = TestSite::small();
    warnings.replace(ZH, "自印发之日起", "自印发 之日起");
    assert_eq!(codes(&warnings), (0, 1));
    // Warnings are no obstacle to publication, errors are.
    assert_eq!(warnings.build().code, 0);
    let (errors, _) = slips();
    assert_eq!(codes(&errors), (1, 1));
    assert_eq!(errors.build().code, 1);
    assert_eq!(clean.run(&["check", "--deny", "notes"]).code, 2);
    assert_eq!(clean.run(&["check", "--format", "xml"]).code, 2);
}

#[test]
fn every_code_is_explained() {
    let site = TestSite::empty();
    let run = site.run(&["explain"]);
    assert_eq!(run.code, 0);
    for rule in check::rules() {
        assert!(run.stdout.lines().any(|l| l.starts_with(&format!("{} ", rule.code))), "{}", rule.code);
        let run = site.run(&["explain", rule.code]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{}", rule.code);
        let (wrong, right) =
            run.stdout.split_once("\nWrong:\n\n").and_then(|(_, r)| r.split_once("\nRight:\n\n")).expect("both");
        for (shown, example) in [(wrong, rule.wrong), (right, rule.right)] {
            assert!(!example.trim().is_empty(), "{}", rule.code);
            assert_eq!(shown.trim_end().replace("\n    ", "\n").trim_start(), example, "{}", rule.code);
        }
        assert_ne!(rule.wrong, rule.right, "{}", rule.code);
        assert!(run.stdout.contains(rule.asks) && run.stdout.contains(rule.why), "{}", rule.code);
        assert_eq!(run.stdout.contains("site.toml may change it"), rule.adjustable, "{}", rule.code);
    }
    let run = site.run(&["explain", "quote-not-fund"]);
    assert_eq!((run.code, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("did you mean `quote-not-found`?"), "{}", run.stderr);
    let run = site.run(&["explain", "nothing-like-it-at-all"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("lists all codes"), "{}", run.stderr);
}

#[test]
fn a_review_is_signed_goes_stale_and_is_signed_again() {
    let site = TestSite::small();
    site.replace("site.toml", "review-missing = \"off\"", "review-missing = \"note\"");
    let told = |code: &str| {
        let report = parsed(&checked(&site, "json"));
        let here = |p: &&Value| p["code"] == code && text(&p["file"]).contains("demo-port-2024");
        list(&report["problems"]).iter().filter(here).cloned().collect::<Vec<Value>>()
    };
    assert_eq!(told("review-missing").len(), 2);
    let before = site.read(RECORD);
    let sign = |date: &str| site.run(&["review", "demo-port-2024", "--lang", "zh", "--today", date]);
    let run = sign("2024-07-01");
    assert_eq!(run.code, 0, "{}", run.stderr);
    let record = site.read(RECORD);
    assert!(record.starts_with(before.trim_end()), "all else stands as it stood:\n{record}");
    let review = &record[record.find("[review.zh]").expect("it is written")..];
    for (key, path) in [
        ("digest", ZH),
        ("other", &ZH.replace(".zh.", ".en.")),
        ("targets", TARGETS),
        ("source", "seeds/demo-port-2024.txt"),
    ] {
        let hash = blake3::hash(site.read(path).as_bytes()).to_hex();
        assert!(review.contains(&format!("{key} = \"{hash}\"")), "{key} of\n{review}");
    }
    assert!(review.contains("date = 2024-07-01"), "{review}");
    assert_eq!((told("review-missing").len(), told("review-stale").len()), (1, 0));

    // Each of the four that was signed.
    for (file, from, to) in [
        (ZH, "自印发之日起实施", "从印发之日起实施"),
        ("content/policies/demo-port-2024/digest.en.md", "will be built", "are to be built"),
        (TARGETS, "Says again what", "Repeats what"),
    ] {
        site.replace(file, from, to);
        let stale = told("review-stale");
        assert_eq!(stale.len(), 1, "{file}");
        assert_eq!((text(&stale[0]["file"]).as_str(), text(&stale[0]["severity"]).as_str()), (RECORD, "warning"));
        let run = sign("2024-07-02");
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(told("review-stale").len(), 0, "{file}");
    }
    assert_eq!(site.read(RECORD).matches("[review.zh]").count(), 1);

    // What has errors is not signed, nor what is not there.
    assert_eq!(site.run(&["review", "demo-prot-2024", "--lang", "zh"]).code, 2);
    let before = site.read(RECORD);
    site.replace(TARGETS, "8000万吨'", "9000万吨'");
    assert_eq!(sign("2024-07-03").code, 1);
    assert_eq!(site.read(RECORD), before);
}

#[test]
fn a_site_sets_the_severity_of_rules_that_let_it() {
    let with = |setting: &str| {
        let site = TestSite::small();
        site.replace(ZH, "自印发之日起", "自印发 之日起").replace("site.toml", "review-missing = \"off\"", setting);
        let run = checked(&site, "json");
        let report = parsed(&run);
        let found = list(&report["problems"]).iter().find(|p| p["code"] == "space-between-han");
        (run.code, found.map(|p| text(&p["severity"])))
    };
    for severity in ["error", "warning", "note"] {
        let code = i32::from(severity == "error");
        assert_eq!(with(&format!("space-between-han = \"{severity}\"")), (code, Some(severity.to_owned())));
    }
    assert_eq!(with("space-between-han = \"off\""), (0, None));
    assert_eq!(with(""), (0, Some("warning".to_owned())));
    // An error that a site makes a warning no longer stops publication.
    let (site, _) = slips();
    site.replace(
        "site.toml",
        "review-missing = \"off\"",
        "digest-figure = \"warning\"\nfigures-differ = \"warning\"\ntarget-commitment = \"off\"",
    );
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("warning[digest-figure]") && !run.stderr.contains("target-commitment"),
        "{}",
        run.stderr
    );
}

#[test]
fn other_rules_keep_their_severity() {
    for rule in check::rules() {
        let site = TestSite::small();
        site.replace("site.toml", "review-missing = \"off\"", &format!("{} = \"warning\"", rule.code));
        let run = checked(&site, "json");
        let report = parsed(&run);
        let refused = list(&report["problems"]).iter().find(|p| p["code"] == "unknown-key" && p["file"] == "site.toml");
        assert_eq!(refused.is_none(), rule.adjustable, "{}: {report:#}", rule.code);
        assert_eq!(run.code, i32::from(!rule.adjustable), "{}", rule.code);
    }
    // Setting it changes nothing, besides.
    let site = TestSite::small();
    site.replace("site.toml", "review-missing", "quote-not-found").replace(TARGETS, "8000万吨'", "9000万吨'");
    let run = site.run(&["check"]);
    assert_eq!(run.code, 1);
    assert!(
        run.stderr.contains("error[quote-not-found]") && run.stderr.contains("error[unknown-key]"),
        "{}",
        run.stderr
    );
    let site = TestSite::small();
    site.replace("site.toml", "review-missing", "review-mising");
    assert!(site.run(&["check"]).stderr.contains("did you mean `review-missing`?"));
    site.replace("site.toml", "\"off\"", "\"silent\"");
    assert_eq!(site.run(&["check"]).code, 1);
}
