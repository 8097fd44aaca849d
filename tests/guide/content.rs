//! What the guide shows of a site's files: digests parse, TOML is what the program reads, and examples of
//! targets agree with the real sources.

use std::collections::BTreeSet;

use duizhao::content::markdown;
use serde_json::Value;

use crate::common::TestSite;
use crate::{pages, pairs};

/// The file that a block of TOML is of: its first line is a comment that names it.
fn file_of(block: &str) -> &str {
    block.lines().next().and_then(|l| l.strip_prefix("# ")).filter(|f| f.ends_with(".toml")).unwrap_or_default()
}

fn table(block: &str, page: &str) -> toml::Table {
    block.parse().unwrap_or_else(|e| panic!("{page}: {e}\n{block}"))
}

#[test]
fn digests_parse() {
    let mut count = 0;
    for page in pages() {
        for block in page.code_in("markdown") {
            let (digest, problems) = markdown::parse(&page.name, &block, page.lang);
            assert!(problems.is_empty(), "{}: {problems:?}\n{block}", page.name);
            let cited: BTreeSet<&str> = digest.citations.iter().map(|c| c.label.as_str()).collect();
            for note in &digest.footnotes {
                assert!(cited.contains(note.label.as_str()), "{}: nothing cites {}", page.name, note.label);
            }
            count += 1;
        }
    }
    assert!(count >= 8, "{count}");
}

#[test]
fn both_languages_show_the_same_files() {
    for (zh, en) in pairs() {
        let tables = |page: &crate::Page| -> Vec<toml::Table> {
            page.code_in("toml").iter().map(|b| table(b, &page.name)).collect()
        };
        assert_eq!(tables(&zh), tables(&en), "{}", en.stem());
        let files = |page: &crate::Page| -> Vec<String> {
            page.code_in("toml").iter().map(|b| file_of(b).to_owned()).collect()
        };
        assert_eq!(files(&zh), files(&en), "{}", en.stem());
    }
}

/// Each file of the guide takes the place of a site's own; what is wrong with it as such is no problem of
/// what it refers to, nor that it shows only a part.
#[test]
fn files_are_what_the_program_reads() {
    const OF_THE_FILE: [&str; 6] = ["toml", "unknown-key", "bad-value", "unknown-unit", "bad-id", "unknown-file"];
    let mut count = 0;
    for page in pages() {
        for block in page.code_in("toml") {
            let file = file_of(&block);
            if !(file == "site.toml" || file.starts_with("content/")) {
                continue;
            }
            let site = TestSite::small();
            // A site's own title, for a part of site.toml that has none.
            let title = if file == "site.toml" && !block.contains("title") {
                "title = { zh = \"甲\", en = \"A\" }\n"
            } else {
                ""
            };
            site.write(file, &format!("{title}{block}"));
            let run = site.run(&["check", "--format", "json"]);
            let found: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
            for problem in found["problems"].as_array().expect("it is a list") {
                let own = problem["file"] == file && OF_THE_FILE.iter().any(|c| problem["code"] == *c);
                assert!(!own, "{}: {file}: {problem:#}", page.name);
            }
            count += 1;
        }
    }
    assert!(count >= 40, "{count}");
}

/// The examples of targets, put beside a policy's own: each is true of the real source.
#[test]
fn examples_of_targets_agree_with_the_sources() {
    let site = TestSite::real();
    let mut count = 0;
    for (_, page) in pairs() {
        for block in page.code_in("toml") {
            let file = file_of(&block);
            if !file.ends_with("/targets.toml") {
                continue;
            }
            let own = site.read(file);
            let mut added = String::new();
            for line in block.lines() {
                // Under an id of its own where the policy has the example already.
                let id = line.strip_prefix("id ").and_then(|rest| rest.split('"').nth(1));
                let taken = |id: &str| own.lines().any(|l| l.starts_with("id ") && l.contains(&format!("\"{id}\"")));
                match id.filter(|id| taken(id)) {
                    Some(id) => added.push_str(&line.replace(&format!("\"{id}\""), &format!("\"guide-{id}\""))),
                    None => added.push_str(line),
                }
                added.push('\n');
                count += usize::from(line.starts_with("quote "));
            }
            site.write(file, &format!("{own}\n{added}"));
        }
    }
    assert!(count >= 17, "{count}");
    let run = site.run(&["check", "--format", "json"]);
    let found: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    let wrong: Vec<&Value> = found["problems"]
        .as_array()
        .expect("it is a list")
        .iter()
        // A waiver that the policy has already is idle the second time; that is the example's doing.
        .filter(|p| p["severity"] != "note" && p["code"] != "waiver-idle")
        .filter(|p| p["file"].as_str().is_some_and(|f| f.ends_with("/targets.toml")))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(run.code, 0, "the site is linked, so that its targets are checked: {}", run.stdout);
}

#[test]
fn the_tour_asks_the_ten_questions() {
    let path = crate::common::repository().join("tests/questions/questions.toml");
    let questions = std::fs::read_to_string(path).expect("the questions are part of the repository");
    let questions = table(&questions, "questions.toml");
    let ids: Vec<&str> =
        questions["question"].as_array().into_iter().flatten().filter_map(|q| q["id"].as_str()).collect();
    for page in pages().iter().filter(|p| p.stem() == "10-tour") {
        let headings: Vec<&str> = page.text.lines().filter(|l| l.starts_with("## ")).collect();
        assert_eq!(headings.len(), ids.len());
        for (heading, id) in headings.iter().zip(&ids) {
            assert!(heading.ends_with(&format!("{{#{id}}}")), "{}: {heading} for {id}", page.name);
        }
    }
}
