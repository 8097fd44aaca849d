//! Passages of policies as a reader judged their figures before the program did: `tests/import/*/*.txt`
//! beside `.expected`.
//!
//! An expected line is, parted by tabs: `target`, `fact`, `none` or `either` (a reader may see it either
//! way); words of the text in which the figure stands; and of a target `bound value unit`, then `key=value`
//! where basis, commitment, due, each or baseline is not the plain one.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use duizhao::import::commitments::{Judged, Proposal, judge};
use duizhao::import::record::about;
use duizhao::quantity::Number;
use duizhao::quantity::reading::Reading;
use duizhao::source::normal::normalise;
use duizhao::source::{Hints, SourceText};
use serde_json::json;

/// What a reader found.
struct Expected {
    kind: String,
    words: String,
    figure: String,
    more: BTreeMap<String, String>,
}

fn expected(path: &Path) -> Vec<Expected> {
    let text = fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    text.lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(|line| {
            let mut fields = line.split('\t').map(str::trim);
            let kind = fields.next().unwrap_or_default().to_owned();
            assert!(["target", "fact", "none", "either"].contains(&kind.as_str()), "{line}");
            let words = fields.next().unwrap_or_default().to_owned();
            let figure = fields.next().unwrap_or_default().to_owned();
            let more = fields
                .flat_map(str::split_whitespace)
                .filter_map(|p| p.split_once('='))
                .map(|(k, v)| (k.to_owned(), v.to_owned()))
                .collect();
            Expected { kind, words, figure, more }
        })
        .collect()
}

fn number(n: Number) -> String {
    n.to_string().replace(',', "")
}

fn word(value: &impl serde::Serialize) -> String {
    json!(value).as_str().unwrap_or_default().to_owned()
}

fn figure(r: &Reading) -> String {
    let value = if r.low == r.high { number(r.low) } else { format!("{}..{}", number(r.low), number(r.high)) };
    let unit = if r.unit.is_empty() { "_" } else { &r.unit };
    format!("{} {value} {unit}", word(&r.bound))
}

fn more(p: &Proposal) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    out.insert("basis".to_owned(), word(&p.reading.basis));
    out.insert("commitment".to_owned(), word(&p.reading.commitment));
    out.insert("due".to_owned(), p.year.map_or("none".to_owned(), |y| y.to_string()));
    if let Some(each) = &p.reading.each {
        out.insert("each".to_owned(), format!("{}/{}/{}", word(&each.bound), number(each.low), each.unit));
    }
    if let Some(from) = &p.baseline {
        out.insert("baseline".to_owned(), number(from.reading.low));
    }
    out
}

/// What comparing one text gave.
#[derive(Default)]
struct Score {
    wanted: usize,
    found: usize,
    right: usize,
    false_ones: usize,
    more: usize,
    report: String,
}

impl Score {
    fn add(&mut self, other: &Score) {
        self.wanted += other.wanted;
        self.found += other.found;
        self.right += other.right;
        self.false_ones += other.false_ones;
        self.more += other.more;
        self.report.push_str(&other.report);
    }
}

/// The comparison form without blanks, which broken lines leave in numbers.
fn compact(words: &str) -> String {
    normalise(words).replace(' ', "")
}

/// Bytes of the comparison form of a block that a figure covers.
fn covered(source: &SourceText, p: &Proposal) -> (usize, usize, usize) {
    let text = &source.blocks[p.figure.block].text;
    let start = compact(&text[..p.figure.range.start]).len();
    let end = compact(&text[..p.figure.range.end]).len();
    (p.figure.block, start, end)
}

fn compare(name: &str, source: &SourceText, judged: &Judged, expected: &[Expected]) -> Score {
    let forms: Vec<String> = source.blocks.iter().map(|b| compact(&b.text)).collect();
    let mut score = Score::default();
    let mut report = String::new();
    let mut taken = vec![false; judged.targets.len()];
    let spans: Vec<_> = judged.targets.iter().map(|p| covered(source, p)).collect();
    for e in expected {
        let words = compact(&e.words);
        let mut places = Vec::new();
        for (block, form) in forms.iter().enumerate() {
            places.extend(form.match_indices(&words).map(|(i, w)| (block, i, i + w.len())));
        }
        // A figure of a row is the last one that the words hold; elsewhere the words hold one.
        let inside =
            |n: &usize| places.iter().any(|(b, s, t)| spans[*n].0 == *b && *s <= spans[*n].1 && spans[*n].2 <= *t);
        let all: Vec<usize> = (0..spans.len()).filter(|n| !taken[*n]).filter(inside).collect();
        let best = all
            .iter()
            .copied()
            .find(|&n| figure(&judged.targets[n].reading) == e.figure)
            .or_else(|| all.last().copied());
        if places.is_empty() {
            let _ = writeln!(report, "  ABSENT   {} (not in the text as reflowed)", e.words);
        }
        match (e.kind.as_str(), best) {
            ("target", Some(n)) => {
                taken[n] = true;
                score.wanted += 1;
                score.found += 1;
                let p = &judged.targets[n];
                if figure(&p.reading) == e.figure {
                    score.right += 1;
                } else {
                    let _ = writeln!(report, "  WRONG    {}: {} instead of {}", e.words, figure(&p.reading), e.figure);
                }
                let found = more(p);
                let plain = [("basis", "level"), ("commitment", "firm"), ("due", "none")];
                let mut wanted: BTreeMap<String, String> =
                    plain.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
                wanted.extend(e.more.clone());
                if wanted == found {
                    score.more += 1;
                } else {
                    let differs: Vec<String> = wanted
                        .keys()
                        .chain(found.keys())
                        .collect::<std::collections::BTreeSet<_>>()
                        .into_iter()
                        .filter(|k| wanted.get(*k) != found.get(*k))
                        .map(|k| {
                            format!(
                                "{k} {} instead of {}",
                                found.get(k).map_or("-", |v| v),
                                wanted.get(k).map_or("-", |v| v)
                            )
                        })
                        .collect();
                    let _ = writeln!(report, "  more     {}: {}", e.words, differs.join(", "));
                }
            }
            ("target", None) => {
                score.wanted += 1;
                let why = reason(source, judged, &forms, &words);
                let _ = writeln!(report, "  MISSED   {} ({}){why}", e.words, e.figure);
            }
            ("either", Some(n)) => taken[n] = true,
            ("none" | "fact", Some(n)) => {
                taken[n] = true;
                score.false_ones += 1;
                let _ = writeln!(report, "  FALSE    {} ({})", e.words, e.kind);
            }
            _ => {}
        }
    }
    for (n, p) in judged.targets.iter().enumerate().filter(|(n, _)| !taken[*n]) {
        score.false_ones += 1;
        let text = &source.blocks[p.figure.block].text;
        let _ =
            writeln!(report, "  FALSE    {} in {} [{n}]", &text[p.figure.range.clone()], &text[p.quote.range.clone()]);
    }
    let _ = writeln!(
        score.report,
        "{name}: {} of {} found, {} right, {} false, {} whole",
        score.found, score.wanted, score.right, score.false_ones, score.more
    );
    score.report.push_str(&report);
    score
}

/// Where a missed figure went.
fn reason(source: &SourceText, judged: &Judged, forms: &[String], words: &str) -> String {
    for (block, form) in forms.iter().enumerate() {
        for (start, w) in form.match_indices(words) {
            let inside = |f: &duizhao::import::commitments::Words| {
                f.block == block && {
                    let text = &source.blocks[block].text;
                    let at = compact(&text[..f.range.start]).len();
                    at >= start && at < start + w.len()
                }
            };
            if let Some(l) = judged.left_out.iter().find(|l| inside(&l.figure)) {
                return format!(": left out, {}", l.reason);
            }
            if judged.facts.iter().any(|f| inside(&f.figure)) {
                return ": taken for a fact".to_owned();
            }
        }
    }
    ": not read as a figure".to_owned()
}

fn run(folder: &str) -> Score {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/import").join(folder);
    let mut texts: Vec<PathBuf> = fs::read_dir(&folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|e| e.expect("its entries can be read").path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    texts.sort();
    let mut total = Score::default();
    for path in texts {
        let raw = fs::read_to_string(&path).expect("it was listed a moment ago");
        let source = SourceText::new(&raw, &Hints::default());
        let about = about(&source);
        let judged = judge(&source, &about.calendar(), about.period.as_ref().map(|p| &p.1));
        let name = path.file_stem().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        total.add(&compare(&name, &source, &judged, &expected(&path.with_extension("expected"))));
    }
    total
}

fn report(folder: &str) -> Score {
    let score = run(folder);
    println!(
        "{}\n{folder}: {} of {} found, {} right, {} false, {} whole",
        score.report, score.found, score.wanted, score.right, score.false_ones, score.more
    );
    score
}

/// At least 95 of 100 commitments are found, 95 of 100 of those are right, one proposal in 20 is false at most.
fn holds(folder: &str) {
    let score = report(folder);
    assert!(score.found * 100 >= score.wanted * 95, "{folder}: {} of {} found", score.found, score.wanted);
    assert!(score.right * 100 >= score.found * 95, "{folder}: {} of {} right", score.right, score.found);
    let proposed = score.found + score.false_ones;
    assert!(score.false_ones * 20 <= proposed, "{folder}: {} of {proposed} false", score.false_ones);
}

#[test]
fn passages() {
    holds("passages");
}

#[test]
fn blind() {
    holds("blind");
}

#[test]
fn blind_again() {
    holds("blind-2");
}

#[test]
fn blind_a_third_time() {
    holds("blind-3");
}

#[test]
fn blind_a_fourth_time() {
    holds("blind-4");
}
