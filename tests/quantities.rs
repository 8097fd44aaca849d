//! Figures as a reader read them before the program did: `tests/quantities/*.tsv`.
//!
//! A line is a phrase and its readings, parted by tabs; a reading is `bound value unit basis commitment`
//! with `per:` and `each:` where there is one, and `_` for no unit.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use duizhao::quantity::chinese;
use duizhao::quantity::reading::Reading;
use serde_json::json;

fn word(value: &impl serde::Serialize) -> String {
    json!(value).as_str().unwrap_or_default().to_owned()
}

fn value(reading: &Reading) -> String {
    let number = |n: duizhao::quantity::Number| n.to_string().replace(',', "");
    if reading.low == reading.high {
        number(reading.low)
    } else {
        format!("{}..{}", number(reading.low), number(reading.high))
    }
}

fn describe(reading: &Reading) -> String {
    let unit = if reading.unit.is_empty() { "_" } else { &reading.unit };
    let mut out = format!(
        "{} {} {unit} {} {}",
        word(&reading.bound),
        value(reading),
        word(&reading.basis),
        word(&reading.commitment)
    );
    if let Some(per) = &reading.per {
        let _ = write!(out, " per:{per}");
    }
    if let Some(each) = &reading.each {
        let _ = write!(out, " each:{}/{}/{}", word(&each.bound), value(each), each.unit);
    }
    out
}

#[test]
fn chinese_figures_are_read_as_a_reader_reads_them() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/quantities");
    let mut differences = String::new();
    let (mut phrases, mut wrong) = (0, 0);
    let mut names: Vec<_> = fs::read_dir(&folder)
        .expect("the folder is part of the repository")
        .map(|e| e.expect("its entries can be read").path())
        .filter(|p| p.extension().is_some_and(|e| e == "tsv"))
        .collect();
    names.sort();
    for path in names {
        let text = fs::read_to_string(&path).expect("it was listed a moment ago");
        for line in text.lines().filter(|l| !l.is_empty() && !l.starts_with('#')) {
            let mut fields = line.split('\t');
            let phrase = fields.next().unwrap_or_default();
            let expected: Vec<String> = fields.map(str::to_owned).filter(|f| !f.is_empty()).collect();
            let found: Vec<String> = chinese::read(phrase).iter().map(describe).collect();
            phrases += 1;
            if found != expected {
                wrong += 1;
                let _ = writeln!(differences, "{phrase}\n  expected {expected:?}\n  found    {found:?}");
            }
        }
    }
    assert!(wrong == 0, "{wrong} of {phrases} phrases\n{differences}");
}
