//! Every rule broken once in the small site, as its curator sees it; and what comes close without
//! breaking it, which leaves the site without error and warning.

#[path = "../common/mod.rs"]
mod common;
mod small;

mod digests;
mod disk;
mod house;
mod languages;
mod linking;
mod prose;
mod reading;
mod sources;
mod targets;
mod values;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use duizhao::check;
use duizhao::diagnostic::{Problem, Severity};
use rayon::prelude::*;
use small::Small;

/// A change of the small site.
type Change = fn(&mut Small);

/// A rule, what breaks it, and what nearly does.
struct Case {
    code: &'static str,
    spoil: Change,
    near: &'static [Change],
}

const fn case(code: &'static str, spoil: Change, near: &'static [Change]) -> Case {
    Case { code, spoil, near }
}

fn cases() -> Vec<&'static Case> {
    let against_sources = [targets::CASES, values::CASES, digests::CASES, sources::CASES];
    let others = [languages::CASES, house::CASES, prose::CASES, reading::CASES, linking::CASES];
    against_sources.into_iter().chain(others).flatten().collect()
}

/// Rules that no site can break, and what would.
const BEYOND: [(&str, &str); 5] = [
    (
        "address-collision",
        "addresses of two kinds of pages that meet, a fault of the program: ids are unique within a kind",
    ),
    ("cannot-publish", "an output folder that cannot be written to its end"),
    ("data", "a fault of the program"),
    ("source-copy", "of `check --sources`: tests/copies.rs"),
    ("source-outdated", "of `check --sources`: tests/copies.rs"),
];

fn is_grave(problem: &Problem) -> bool {
    problem.severity != Severity::Note
}

#[test]
fn the_small_site_is_free_of_errors_and_warnings() {
    let checked = Small::new().check();
    assert!(checked.linked);
    assert!(!checked.problems.iter().any(is_grave), "{}", checked.print(&checked.problems));
}

#[test]
fn a_broken_rule_is_reported_with_its_place_and_a_way_to_mend_it() {
    for case in cases() {
        let mut site = Small::new();
        (case.spoil)(&mut site);
        let checked = site.check();
        let found = checked.of(case.code);
        assert!(!found.is_empty(), "{} is not reported, but:\n{}", case.code, checked.print(&checked.problems));
        let rule = check::rules().into_iter().find(|r| r.code == case.code).expect("every code is a rule's");
        assert!(found.iter().all(|p| p.severity == rule.severity), "{}: {found:#?}", case.code);
        assert!(found.iter().all(|p| !p.help.is_empty()), "{} says no way to mend it", case.code);
        insta::assert_snapshot!(case.code.replace('-', "_"), checked.print(&found));
    }
}

#[test]
fn what_comes_close_is_not_reported() {
    let mut wrong = String::new();
    for case in cases() {
        for (n, near) in case.near.iter().enumerate() {
            let mut site = Small::new();
            near(&mut site);
            let checked = site.check();
            let found: Vec<Problem> =
                checked.problems.iter().filter(|p| p.code == case.code || is_grave(p)).cloned().collect();
            if !found.is_empty() || !checked.linked {
                let _ = writeln!(wrong, "near miss {} of {}:\n{}", n + 1, case.code, checked.print(&found));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_rule_has_a_case_and_near_misses() {
    let all: BTreeSet<&str> = check::rules().iter().map(|r| r.code).collect();
    let here: Vec<(&str, usize)> = cases().iter().map(|c| (c.code, c.near.len())).chain(disk::codes()).collect();
    let beyond = BEYOND.iter().map(|(code, _)| *code);
    let covered: BTreeSet<&str> = here.iter().map(|(code, _)| *code).chain(beyond).collect();
    assert_eq!(covered.len(), here.len() + BEYOND.len(), "no rule has two cases");
    let missing: Vec<&&str> = all.difference(&covered).collect();
    assert!(missing.is_empty(), "no case breaks {missing:?}");
    let unknown: Vec<&&str> = covered.difference(&all).collect();
    assert!(unknown.is_empty(), "no rule has the code {unknown:?}");
    let few: Vec<&str> = here.iter().filter(|(_, near)| *near < 2).map(|(code, _)| *code).collect();
    assert!(few.is_empty(), "fewer than two near misses: {few:?}");
}

/// No file has a line whose loss is more than reported: nothing panics, and what is left is judged.
#[test]
fn no_line_taken_out_makes_it_panic() {
    let paths: Vec<String> = Small::new().paths().filter(|p| !p.starts_with("seeds/")).map(str::to_owned).collect();
    paths.par_iter().for_each(|path| {
        let text = Small::new().read(path);
        for n in 0..text.lines().count() {
            let mut site = Small::new();
            let left: Vec<&str> = text.lines().enumerate().filter(|(i, _)| *i != n).map(|(_, l)| l).collect();
            site.write(path, left.join("\n"));
            let checked = site.check();
            let errors = checked.problems.iter().any(|p| p.severity == Severity::Error);
            assert!(checked.linked || errors, "line {} of {path} is missed by nobody", n + 1);
        }
    });
}
