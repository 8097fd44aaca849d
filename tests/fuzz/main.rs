//! Texts mutated at random against what must hold of every text.
//!
//! Each target begins with its corpus (`tests/fuzz/corpus/<target>/` and what the repository has of its kind) and what
//! once failed (`tests/fuzz/regressions/<target>/`), then tries 300 mutations of them, the same in every run, or new ones for
//! `FUZZ_SECONDS` (`FUZZ_SEED` for another order of them). What fails is made smaller and printed, to be put into `regressions`.

mod engine;
mod targets;

use engine::Target;

fn run(target: Target) {
    let tried = engine::run(&target);
    println!("{}: {} mutations tried, {} texts of the corpus", target.name, tried.mutations, tried.corpus);
    assert!(tried.corpus > 0, "{} has no corpus", target.name);
}

#[test]
fn source_reflow() {
    run(targets::reflow());
}

#[test]
fn quote_search() {
    run(targets::quotes());
}

#[test]
fn quantities() {
    run(targets::quantities());
}

#[test]
fn markdown() {
    run(targets::markdown());
}

#[test]
fn records() {
    run(targets::records());
}

#[test]
fn import() {
    run(targets::import());
}

/// The engine itself finds a fault that is there, and makes it small.
#[test]
fn a_planted_fault_is_found() {
    fn planted(bytes: &[u8]) -> Result<(), String> {
        let text = String::from_utf8_lossy(bytes);
        if text.contains("亿元") && text.contains("**") { Err("planted".to_owned()) } else { Ok(()) }
    }
    let target =
        Target { name: "planted", corpus: vec!["到2027年达到8000亿元".into(), "a **b**".into()], check: planted };
    let fault = engine::search(&target, 20_000, 1).expect("some mutation joins the two");
    assert!(fault.input.len() <= 12, "{:?}", String::from_utf8_lossy(&fault.input));
}
