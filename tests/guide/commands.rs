//! Commands: those of a page run, those that it names exist.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use regex::Regex;

use crate::common::{repository, run};
use crate::{NOT_YET, inline_code, pages, pairs};

/// What the binary knows: the help of every command.
struct Known(BTreeMap<String, String>);

impl Known {
    fn new() -> Self {
        let names = Regex::new(r"(?m)^  ([a-z]+)  ").expect("it is a regular expression");
        let help = run(repository(), &["--help"], &[]).stdout;
        let commands = help.split("Commands:").nth(1).and_then(|h| h.split("Options:").next()).unwrap_or_default();
        let names: Vec<String> = names.captures_iter(commands).map(|c| c[1].to_owned()).collect();
        assert!(names.len() > 8, "{help}");
        let of = |name: String| {
            let help = run(repository(), &[&name, "--help"], &[]).stdout;
            (name, help)
        };
        Known(names.into_iter().filter(|n| n != "help").map(of).collect())
    }

    /// What is wrong with a command line that begins with `duizhao`; nothing if all is well.
    fn objection(&self, line: &str) -> Option<String> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let name = match words.get(1) {
            None => return None,
            Some(word) if word.starts_with('-') => {
                return (!["--version", "--help"].contains(word)).then(|| format!("there is no option {word}"));
            }
            Some(name) => *name,
        };
        let Some(help) = self.0.get(name) else {
            return (!NOT_YET.contains(&name)).then(|| format!("there is no command {name}"));
        };
        let mut rest = words[2..].iter();
        while let Some(word) = rest.next() {
            if !word.starts_with("--") || ["--help"].contains(word) {
                continue;
            }
            if !has_option(help, word) {
                return Some(format!("{name} has no option {word}"));
            }
            let value = rest.clone().next().filter(|v| v.bytes().all(|b| b.is_ascii_lowercase()));
            if let (true, Some(value)) = (["--format", "--deny", "--lang"].contains(word), value)
                && !Regex::new(&format!(r"\b{value}\b")).expect("letters are a regular expression").is_match(help)
            {
                return Some(format!("{name} {word} knows no {value}"));
            }
        }
        None
    }
}

fn has_option(help: &str, option: &str) -> bool {
    Regex::new(&format!(r"(?m)^\s+(-\w, |    )?{}\b", regex::escape(option))).expect("it is one").is_match(help)
}

#[test]
fn what_has_come_is_no_longer_awaited() {
    let known = Known::new();
    for name in NOT_YET {
        assert!(!known.0.contains_key(*name), "`{name}` is here: take it out of NOT_YET, and see its pages run");
    }
}

#[test]
fn every_command_and_option_that_is_named_exists() {
    let known = Known::new();
    let everywhere: String = known.0.values().map(String::as_str).collect();
    let mut named = BTreeSet::new();
    for page in pages() {
        let shown = page.code().into_iter().filter(|c| ["sh", "console"].contains(&c.language.as_str()));
        let lines = shown.flat_map(|c| c.text.lines().map(str::to_owned).collect::<Vec<_>>());
        for line in lines.chain(inline_code(&page.text)) {
            let line = line.trim_start_matches("$ ");
            let line = line.split(" || ").next().unwrap_or_default().split(" > ").next().unwrap_or_default();
            if line.starts_with("duizhao") {
                assert_eq!(known.objection(line), None, "{}: {line}", page.name);
                named.extend(line.split_whitespace().nth(1).map(str::to_owned));
            } else if line.starts_with("--") && !line.contains("git") {
                let option = line.split_whitespace().next().unwrap_or_default();
                assert!(has_option(&everywhere, option), "{}: no command has {line}", page.name);
            }
        }
    }
    // And the other way round: the guide tells of every command.
    let untold: Vec<&String> = known.0.keys().filter(|c| !named.contains(*c)).collect();
    assert!(untold.is_empty(), "the guide says nothing of {untold:?}");
}

#[test]
fn both_languages_show_the_same_commands() {
    for (zh, en) in pairs() {
        for language in ["sh", "console", "text"] {
            assert_eq!(zh.code_in(language), en.code_in(language), "{}: {language}", en.stem());
        }
    }
}

#[test]
fn the_commands_of_each_page_run() {
    let mut ran = Vec::new();
    for (_, en) in pairs() {
        let blocks = en.code_in("sh");
        let awaits = |block: &String| NOT_YET.iter().any(|c| block.contains(&format!("duizhao {c} ")));
        if blocks.is_empty() || blocks.iter().any(awaits) {
            continue;
        }
        let printed = script(&blocks.concat(), &en.name);
        for line in en.code_in("text").iter().flat_map(|t| t.lines()).filter(|l| !l.trim().is_empty()) {
            assert!(printed.contains(line), "{}: nothing prints {line:?} in\n{printed}", en.name);
        }
        ran.push(en.stem().to_owned());
    }
    assert!(ran.len() >= 5, "{ran:?}");
}

/// Runs commands in an empty folder with the built binary first on the path; gives what they print.
fn script(commands: &str, name: &str) -> String {
    let dir = tempfile::tempdir().expect("a temporary folder can be made");
    let folder = dir.path().join("empty");
    std::fs::create_dir(&folder).expect("it can be made");
    let file = dir.path().join("page.sh");
    std::fs::write(&file, commands).expect("it can be written");
    let binary = Path::new(env!("CARGO_BIN_EXE_duizhao")).parent().expect("it lies in a folder");
    let path = std::env::var("PATH").unwrap_or_default();
    let output = Command::new("bash")
        .args(["-e".as_ref(), file.as_os_str()])
        .current_dir(&folder)
        .env("PATH", format!("{}:{path}", binary.display()))
        .env("HOME", dir.path())
        .env_remove("SOURCE_DATE_EPOCH")
        .output()
        .expect("bash is there");
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8(printed).expect("commands print UTF-8");
    assert!(output.status.success(), "{name} ends with {}:\n{printed}", output.status);
    printed
}
