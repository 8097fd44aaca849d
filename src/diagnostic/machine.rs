//! Problems for machines: JSON, SARIF 2.1.0 (OASIS), GitHub's workflow commands, GitLab's Code Quality report.
//!
//! Lines and columns count from 1, columns in Unicode code points.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::{Place, Problem, Severity, Walk, advance};
use crate::check::Rule;

/// Where something stands, in lines and columns.
struct Region {
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// The files that problems stand in, and how far each has been walked through.
struct Places<'a> {
    files: &'a BTreeMap<&'a str, &'a str>,
    walk: RefCell<Walk>,
    second: RefCell<Walk>,
}

impl<'a> Places<'a> {
    fn new(files: &'a BTreeMap<&'a str, &'a str>) -> Self {
        Places { files, walk: RefCell::default(), second: RefCell::default() }
    }

    fn region(&self, place: &Place) -> Option<Region> {
        self.walked(place, &self.walk)
    }

    /// The region of a second place, which may stand in another file.
    fn related(&self, place: &Place) -> Option<Region> {
        self.walked(place, &self.second)
    }

    fn walked(&self, place: &Place, walk: &RefCell<Walk>) -> Option<Region> {
        let text = self.files.get(place.file.as_str())?;
        let (line, column) = walk.borrow_mut().to(&place.file, text, place.span.start);
        let (from, to) = (text.floor_char_boundary(place.span.start), text.floor_char_boundary(place.span.end));
        let (end_line, end_column) = advance((line, column), text.get(from..to).unwrap_or_default());
        Some(Region { line, column, end_line, end_column })
    }
}

fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

/// An object with `problems`: an array in which each has `code`, `severity`, `message`, `label`, `help`
/// (an array), and `file`, `line`, `column`, `end_line`, `end_column`, `related`, null where not known.
pub fn json(problems: &[Problem], files: &BTreeMap<&str, &str>) -> String {
    let places = Places::new(files);
    let all: Vec<Value> = problems
        .iter()
        .map(|p| {
            let place = p.place.as_deref();
            let at = place.and_then(|place| places.region(place));
            let related = p.related.as_deref().map(|(place, words)| {
                let at = places.related(place);
                json!({
                    "file": place.file, "message": words,
                    "line": at.as_ref().map(|r| r.line), "column": at.as_ref().map(|r| r.column),
                })
            });
            json!({
                "code": p.code,
                "severity": severity(p.severity),
                "message": p.message,
                "label": p.label,
                "help": p.help,
                "file": place.map(|p| &p.file),
                "line": at.as_ref().map(|r| r.line),
                "column": at.as_ref().map(|r| r.column),
                "end_line": at.as_ref().map(|r| r.end_line),
                "end_column": at.as_ref().map(|r| r.end_column),
                "related": related,
            })
        })
        .collect();
    format!("{:#}\n", json!({ "schema": 1, "problems": all }))
}

/// SARIF 2.1.0, with every rule that a problem breaks.
pub fn sarif(problems: &[Problem], files: &BTreeMap<&str, &str>, rules: &[&Rule]) -> String {
    let places = Places::new(files);
    let broken: Vec<&&Rule> = rules.iter().filter(|r| problems.iter().any(|p| p.code == r.code)).collect();
    let location = |place: &Place| {
        let mut physical = json!({ "artifactLocation": { "uri": uri(&place.file) } });
        if let Some(at) = places.region(place) {
            physical["region"] = json!({
                "startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column,
            });
        }
        json!({ "physicalLocation": physical })
    };
    let results: Vec<Value> = problems
        .iter()
        .map(|p| {
            let mut text = p.message.clone();
            for line in std::iter::once(&p.label).chain(&p.help).filter(|l| !l.is_empty()) {
                let _ = write!(text, "\n{line}");
            }
            let mut result = json!({
                "ruleId": p.code,
                "level": severity(p.severity),
                "message": { "text": text },
                "locations": p.place.iter().map(|place| location(place)).collect::<Vec<_>>(),
            });
            if let Some(index) = broken.iter().position(|r| r.code == p.code) {
                result["ruleIndex"] = json!(index);
            }
            if let Some((place, words)) = p.related.as_deref() {
                let mut related = location(place);
                related["message"] = json!({ "text": words });
                result["relatedLocations"] = json!([related]);
            }
            result
        })
        .collect();
    let rules: Vec<Value> = broken
        .iter()
        .map(|r| {
            json!({
                "id": r.code,
                "shortDescription": { "text": r.asks },
                "fullDescription": { "text": r.why },
                "help": { "text": r.page() },
                "defaultConfiguration": { "level": severity(r.severity) },
            })
        })
        .collect();
    let driver = json!({ "name": "duizhao", "version": env!("CARGO_PKG_VERSION"), "rules": rules });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    format!("{log:#}\n")
}

/// A relative path as a URI reference.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

/// GitHub's workflow commands, which mark the lines of a change: `::error file=…,line=…::…`.
pub fn github(problems: &[Problem], files: &BTreeMap<&str, &str>) -> String {
    let places = Places::new(files);
    let mut out = String::new();
    for p in problems {
        let command = match p.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let _ = write!(out, "::{command} title={}", property(p.code));
        if let Some(place) = &p.place {
            let _ = write!(out, ",file={}", property(&place.file));
            if let Some(at) = places.region(place) {
                let _ = write!(out, ",line={},col={}", at.line, at.column);
                if at.end_line == at.line {
                    let _ = write!(out, ",endColumn={}", at.end_column);
                } else {
                    let _ = write!(out, ",endLine={}", at.end_line);
                }
            }
        }
        let mut text = p.message.clone();
        for line in std::iter::once(&p.label).chain(&p.help).filter(|l| !l.is_empty()) {
            let _ = write!(text, "\n{line}");
        }
        let _ = writeln!(out, "::{}", data(&text));
    }
    out
}

/// GitLab's Code Quality report, which marks the lines of a merge request.
///
/// A fingerprint tells a problem from run to run: it has no line in it, so that it outlives edits above.
pub fn gitlab(problems: &[Problem], files: &BTreeMap<&str, &str>) -> String {
    let places = Places::new(files);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let all: Vec<Value> = problems
        .iter()
        .map(|p| {
            let place = p.place.as_deref();
            let at = place.and_then(|place| places.region(place));
            let path = place.map_or("site.toml", |place| place.file.as_str());
            let text: Vec<&str> = [&p.message, &p.label].into_iter().chain(&p.help).map(String::as_str).collect();
            let text: Vec<&str> = text.into_iter().filter(|l| !l.is_empty()).collect();
            let identity = format!("{}\0{path}\0{}\0{}", p.code, p.message, p.label);
            let count = seen.entry(identity.clone()).or_default();
            *count += 1;
            let fingerprint = blake3::hash(format!("{identity}\0{count}").as_bytes()).to_hex();
            json!({
                "description": text.join("\n"),
                "check_name": p.code,
                "fingerprint": fingerprint.as_str(),
                "severity": match p.severity {
                    Severity::Error => "critical",
                    Severity::Warning => "minor",
                    Severity::Note => "info",
                },
                "location": { "path": path, "lines": { "begin": at.map_or(1, |r| r.line) } },
            })
        })
        .collect();
    format!("{:#}\n", Value::Array(all))
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn workflow_commands_are_escaped() {
        let text = "甲乙\n丙丁\n";
        let problem = Problem::error("quote-not-found", "50% of\nit").at("a,b.toml", 7..10).help("mend it");
        let files = BTreeMap::from([("a,b.toml", text)]);
        assert_eq!(
            github(&[problem], &files),
            "::error title=quote-not-found,file=a%2Cb.toml,line=2,col=1,endColumn=2::50%25 of%0Ait%0Amend it\n"
        );
    }

    #[test]
    fn fingerprints_tell_problems_apart_and_outlive_edits_above() {
        let report = |text: &str, at: usize| -> Vec<Value> {
            let problem = || Problem::warning("doubled-word", "twice").at("a.md", at..at + 3).help("once");
            let files = BTreeMap::from([("a.md", text)]);
            serde_json::from_str(&gitlab(&[problem(), problem()], &files)).expect("it is JSON")
        };
        let (before, after) = (report("的的\n", 0), report("甲\n的的\n", 4));
        assert_eq!(before[0]["fingerprint"], after[0]["fingerprint"]);
        assert_ne!(before[0]["fingerprint"], before[1]["fingerprint"]);
        assert_eq!(after[0]["location"], json!({ "path": "a.md", "lines": { "begin": 2 } }));
        assert_eq!((&after[0]["severity"], &after[0]["description"]), (&json!("minor"), &json!("twice\nonce")));
    }
}
