//! One slip at a time in the real digests and targets: is each reported, at its line?
//!
//! Sites of slips are found by plain patterns, not by the program's own reading: figures, units, bounds,
//! hedges, years, characters of quotes, terms, ids and links, in both languages. They are drawn with a fixed
//! seed, each kind as often as any other and uniformly within a kind; `MUTATIONS=2000 cargo test --test mutations -- --nocapture` draws more.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Mutex;

use duizhao::diagnostic::{Problem, Severity, line_column};
use duizhao::pipeline;
use duizhao::publish::{self, memory::Memory};
use duizhao::read::Tree;
use duizhao::render::{Options, Renderer};
use duizhao::site::DateSource;
use rayon::prelude::*;
use regex::Regex;

/// A slip: in a file, in place of these bytes, other words.
#[derive(Clone, Debug)]
struct Slip {
    kind: &'static str,
    file: String,
    at: Range<usize>,
    with: String,
}

/// Numbers drawn from a seed (SplitMix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is sound")
}

/// Prose of a digest: its definitions of footnotes, link targets and code cut out, bytes kept.
fn prose(text: &str) -> String {
    let mut out = String::new();
    let mut code = false;
    for line in text.split_inclusive('\n') {
        let fence = line.starts_with("```");
        let definition = regex(r"^\[\^[^\]]+\]:").is_match(line) || line.starts_with("    ");
        if definition || fence || code || line.starts_with('#') {
            out.push_str(&blank(line));
        } else {
            let mut kept = line.to_owned();
            for found in regex(r"\[\^[^\]]+\]|\[\[[^\]|]+\|?|\{[^}]*\}|\]\([^)]*\)").find_iter(line) {
                kept.replace_range(found.range(), &blank(found.as_str()));
            }
            out.push_str(&kept);
        }
        code ^= fence;
    }
    out
}

fn blank(text: &str) -> String {
    text.chars().map(|c| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) }).collect()
}

/// All sites of slips in a tree.
fn sites(tree: &Tree) -> Vec<Slip> {
    let mut out = Vec::new();
    let paths: Vec<String> = tree.below("content/policies/").map(|(p, _)| p.to_owned()).collect();
    for path in &paths {
        let text = tree.text(path).expect("it is listed").expect("it is UTF-8");
        let mut add = |kind: &'static str, at: Range<usize>, with: &str| {
            if text[at.clone()] != *with {
                out.push(Slip { kind, file: path.clone(), at, with: with.to_owned() });
            }
        };
        if path.ends_with("digest.zh.md") {
            chinese(&prose(text), &mut add);
            digest(text, &mut add);
        } else if path.ends_with("digest.en.md") {
            english(&prose(text), &mut add);
            digest(text, &mut add);
        } else if path.ends_with("targets.toml") {
            targets(text, &mut add);
        }
    }
    out.extend(terms(tree));
    out
}

/// A number near another, never the same.
fn other_number(digits: &str) -> String {
    let mut out: Vec<char> = digits.chars().collect();
    if let Some(last) = out.iter().rposition(|c| c.is_ascii_digit() && *c != '0').or(Some(0)) {
        let digit = out[last].to_digit(10).unwrap_or(0);
        out[last] = char::from_digit((digit + 3) % 10, 10).unwrap_or('7');
        if out[last] == '0' {
            out[last] = '4';
        }
    }
    out.into_iter().collect()
}

fn chinese(text: &str, add: &mut dyn FnMut(&'static str, Range<usize>, &str)) {
    const UNIT: &str =
        r"(?:万亿元|亿元|万元|%|‰|家|个|项|件|名|人|所|种|场|座|块|期|万人|万名|万平方米|平方公里|亿|万)";
    // A figure: not of a name in quotation marks, not joined to letters.
    for found in regex(&format!(r"(?:^|[^0-9A-Za-z.“第-])(\d+(?:\.\d+)?)({UNIT})")).captures_iter(text) {
        let (number, unit) = (found.get(1).expect("is there"), found.get(2).expect("is there"));
        add("figure", number.range(), &other_number(number.as_str()));
        let with = match unit.as_str() {
            "亿元" => "万元",
            "万元" => "亿元",
            "%" => "‰",
            "‰" => "%",
            "万人" | "万名" => "人",
            "万平方米" => "平方米",
            "亿" => "万",
            "万" => "亿",
            _ => continue,
        };
        add("unit", unit.range(), with);
    }
    for found in regex(r"(\d|家|个|项|件|名|人|元|%|种)(以上)").captures_iter(text) {
        add("bound", found.get(2).expect("is there").range(), "");
    }
    for found in regex(r"(超过|突破|不少于|不低于)\d").captures_iter(text) {
        add("bound", found.get(1).expect("is there").range(), "达到");
    }
    for found in regex(r"(力争|争取)[^。；，]{0,24}\d").captures_iter(text) {
        add("commitment", found.get(1).expect("is there").range(), "将");
    }
    for found in regex(r"(20\d\d)年").captures_iter(text) {
        let year = found.get(1).expect("is there");
        add("year", year.range(), &other_year(year.as_str()));
    }
}

fn other_year(year: &str) -> String {
    let year: u16 = year.parse().expect("four digits");
    (year + 11).to_string()
}

fn english(text: &str, add: &mut dyn FnMut(&'static str, Range<usize>, &str)) {
    const NOUN: &str =
        r"(?: (?:million|billion|trillion|new|more|national|provincial|city|leading|major|key|of|square)\b|%| [a-z]+)";
    for found in regex(&format!(r"(?:^|[^0-9A-Za-z.,“-])(\d[\d,]*(?:\.\d+)?)({NOUN})")).captures_iter(text) {
        let number = found.get(1).expect("is there");
        let after = found.get(2).expect("is there").as_str().trim();
        let year = regex(r"^(?:19|20)\d\d$").is_match(number.as_str());
        let date = ["January", "February", "March", "April", "May", "June", "July"].contains(&after);
        let time = ["years", "year", "months"].contains(&after);
        if !year && !date && !time {
            add("figure", number.range(), &other_number(number.as_str()));
        }
        if let Some(with) =
            [("million", "billion"), ("billion", "million"), ("%", "‰")].iter().find(|(w, _)| *w == after)
        {
            let unit = found.get(2).expect("is there");
            let start = unit.end() - after.len();
            add("unit", start..unit.end(), with.1);
        }
    }
    for found in regex(r"\b(two|three|four|five|six|seven|eight|nine) ([a-z]+)").captures_iter(text) {
        let noun = found.get(2).expect("is there").as_str();
        if !["years", "year", "months"].contains(&noun) {
            let word = found.get(1).expect("is there");
            add("figure", word.range(), if word.as_str() == "nine" { "seven" } else { "nine" });
        }
    }
    for found in
        regex(r"\b(at least|more than|no fewer than) (?:RMB )?(?:\d|one|two|three|four|five|six|seven|eight|nine)")
            .captures_iter(text)
    {
        let bound = found.get(1).expect("is there");
        add("bound", bound.range(), if bound.as_str() == "at least" { "more than" } else { "at least" });
    }
    for found in regex(r"\b(strives? (?:to|for)|striving (?:to|for))\b[^.;]{0,60}\d").captures_iter(text) {
        add("commitment", found.get(1).expect("is there").range(), "will have");
    }
    for found in regex(r"\b(20\d\d)\b").captures_iter(text) {
        let year = found.get(1).expect("is there");
        add("year", year.range(), &other_year(year.as_str()));
    }
}

/// Quotes, ids and links of a digest.
fn digest(text: &str, add: &mut dyn FnMut(&'static str, Range<usize>, &str)) {
    for found in regex(r"(?m)^\[\^[^\]]+\]: (.+?)(?: \{[^}]*\})?$").captures_iter(text) {
        quote(found.get(1).expect("is there"), add);
    }
    for found in regex(r"\[\^([a-z0-9/-]+)\][^:]").captures_iter(text) {
        let label = found.get(1).expect("is there");
        add("id", label.range(), &format!("{}x", label.as_str()));
    }
    for found in regex(r"\[\[([a-z0-9:-]+)").captures_iter(text) {
        let id = found.get(1).expect("is there");
        add("link", id.range(), &format!("{}x", id.as_str()));
    }
    for found in regex(r"\{#([a-z0-9-]+)\}").captures_iter(text) {
        let id = found.get(1).expect("is there");
        add("id", id.range(), &format!("{}x", id.as_str()));
    }
}

/// One Han character of a quote, every seventh, by one that stands in no source.
fn quote(found: regex::Match<'_>, add: &mut dyn FnMut(&'static str, Range<usize>, &str)) {
    let han: Vec<(usize, char)> =
        found.as_str().char_indices().filter(|(_, c)| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect();
    for (i, c) in han.iter().step_by(7) {
        let at = found.start() + i;
        add("quote", at..at + c.len_utf8(), "龘");
    }
}

fn targets(text: &str, add: &mut dyn FnMut(&'static str, Range<usize>, &str)) {
    for found in regex(r#"(?m)^(?:value|low|high) +=? *"?= *"([\d.]+)""#).captures_iter(text) {
        let number = found.get(1).expect("is there");
        add("figure", number.range(), &other_number(number.as_str()));
    }
    for found in regex(r#"(?m)^(?:value|low|high)\s*= "([\d.]+)""#).captures_iter(text) {
        let number = found.get(1).expect("is there");
        add("figure", number.range(), &other_number(number.as_str()));
    }
    for found in regex(r#"(?:baseline|each)\s*= \{[^}]*value = "([\d.]+)""#).captures_iter(text) {
        let number = found.get(1).expect("is there");
        add("figure", number.range(), &other_number(number.as_str()));
    }
    for found in regex(r#"(?m)^unit\s*= (?:"([^"]+)"|\{ zh = "([^"]+)")"#).captures_iter(text) {
        let unit = found.get(1).or_else(|| found.get(2)).expect("one of both is there");
        let with = match unit.as_str() {
            "亿元" => "万元",
            "%" => "‰",
            "家" => "个",
            "个" => "家",
            _ => "张",
        };
        add("unit", unit.range(), with);
    }
    for found in regex(r#"(?m)^bound\s*= "([a-z-]+)""#).captures_iter(text) {
        let bound = found.get(1).expect("is there");
        let with = match bound.as_str() {
            "at-least" => "more-than",
            "range" => continue,
            _ => "at-least",
        };
        add("bound", bound.range(), with);
    }
    for found in regex(r#"(?m)^commitment\s*= "([a-z]+)""#).captures_iter(text) {
        let word = found.get(1).expect("is there");
        add("commitment", word.range(), if word.as_str() == "firm" { "strive" } else { "firm" });
    }
    for found in regex(r"(?m)^due\s*= (20\d\d)").captures_iter(text) {
        let year = found.get(1).expect("is there");
        add("year", year.range(), &other_year(year.as_str()));
    }
    for found in regex(r"(?m)^(?:quote|due_from)\s*= '([^']+)'").captures_iter(text) {
        quote(found.get(1).expect("is there"), add);
    }
    for found in regex(r#"(?m)^quote_en\s*= ["']([^\n]+)["']$"#).captures_iter(text) {
        let words = found.get(1).expect("is there");
        let start = words.start();
        english(words.as_str(), &mut |kind, at, with| add(kind, start + at.start..start + at.end, with));
    }
    for found in regex(r#"(?m)^topics\s*= \["([a-z-]+)""#).captures_iter(text) {
        let id = found.get(1).expect("is there");
        add("id", id.range(), &format!("{}x", id.as_str()));
    }
    for found in regex(r#"(?m)^(?:indicator|same_as|place)\s*= "([a-z0-9-]+)""#).captures_iter(text) {
        let id = found.get(1).expect("is there");
        add("id", id.range(), &format!("{}x", id.as_str()));
    }
}

/// Terms: where a line of a Chinese digest has one, its English on the same line of the other digest.
fn terms(tree: &Tree) -> Vec<Slip> {
    #[derive(serde::Deserialize)]
    struct Term {
        zh: String,
        en: String,
        #[serde(default)]
        variants: Vec<String>,
    }
    let text = tree.text("content/glossary.toml").expect("it exists").expect("it is UTF-8");
    let glossary: BTreeMap<String, Term> = toml::from_str(text).expect("it parses");
    let mut out = Vec::new();
    let policies: BTreeSet<String> = tree
        .below("content/policies/")
        .filter_map(|(p, _)| p.strip_suffix("digest.zh.md").map(str::to_owned))
        .collect();
    for folder in policies {
        let file = format!("{folder}digest.en.md");
        let read = |path: &str| prose(tree.text(path).expect("it exists").expect("it is UTF-8"));
        let (zh, en) = (read(&format!("{folder}digest.zh.md")), read(&file));
        // Prose lines correspond one to one, since blocks do and none is wrapped.
        let filled = |text: &str| -> Vec<Range<usize>> {
            let mut at = 0;
            let mut out = Vec::new();
            for line in text.split_inclusive('\n') {
                if line.chars().any(|c| c.is_alphanumeric()) {
                    out.push(at..at + line.len());
                }
                at += line.len();
            }
            out
        };
        let (left, right) = (filled(&zh), filled(&en));
        if left.len() != right.len() {
            continue;
        }
        for (l, r) in left.into_iter().zip(right) {
            let (zh, line) = (&zh[l], en[r.clone()].to_lowercase());
            for term in glossary.values() {
                // A term within a longer one is the longer one's.
                let longer =
                    glossary.values().any(|t| t.zh != term.zh && t.zh.contains(&term.zh) && zh.contains(&t.zh));
                if !zh.contains(&term.zh) || longer || line.len() != r.len() {
                    continue;
                }
                let all: Vec<usize> = std::iter::once(&term.en)
                    .chain(&term.variants)
                    .flat_map(|w| line.match_indices(&w.to_lowercase()).map(|(i, _)| i).collect::<Vec<_>>())
                    .collect();
                let used = std::iter::once(&term.en).chain(&term.variants).find(|w| line.contains(&w.to_lowercase()));
                // Said twice, a slip in one of them is not wrong.
                if let Some(used) = used
                    && all.len() == 1
                {
                    let at = r.start + all[0];
                    out.push(Slip {
                        kind: "term",
                        file: file.clone(),
                        at: at..at + used.len(),
                        with: "that thing".into(),
                    });
                }
            }
        }
    }
    out
}

/// What a check of a tree reports.
fn problems(tree: Tree) -> (Vec<Problem>, Tree) {
    let mut loaded = pipeline::load_tree(tree, Vec::new(), false, DateSource::default());
    let mut found: Vec<Problem> = std::mem::take(&mut loaded.problems).into_iter().collect();
    if let Some(site) = &loaded.site {
        let made = Renderer::new(site, &loaded.tree, &loaded.verification, &Options::default())
            .and_then(|renderer| publish::make(site, &renderer, &Memory::default()));
        found.extend(made.err().unwrap_or_default());
    }
    (found, loaded.tree)
}

fn spoilt(tree: &Tree, slip: &Slip) -> Tree {
    let files = ["content/", "seeds/", "templates/", "themes/", "site.toml"]
        .iter()
        .flat_map(|top| tree.below(top))
        .map(|(path, bytes)| (path.to_owned(), bytes.to_vec()));
    let mut files: BTreeMap<String, Vec<u8>> = files.collect();
    let file = files.get_mut(&slip.file).expect("the slip is in a file of the tree");
    file.splice(slip.at.clone(), slip.with.bytes());
    Tree::from_files(files)
}

/// Whether a slip is reported at its line: as the marked place, or as the second place shown with it.
fn reported(tree: &Tree, slip: &Slip) -> bool {
    let (found, spoilt) = problems(spoilt(tree, slip));
    let text = spoilt.text(&slip.file).expect("it exists").expect("it is UTF-8");
    let line = line_column(text, slip.at.start).0;
    let on_line = |file: &str, span: &Range<usize>| {
        let (first, last) = (line_column(text, span.start).0, line_column(text, span.end).0);
        file == slip.file && (first..=last).contains(&line)
    };
    found.iter().filter(|p| p.severity != Severity::Note).any(|p| {
        p.place.as_ref().is_some_and(|place| on_line(&place.file, &place.span))
            || p.related.as_ref().is_some_and(|r| on_line(&r.0.file, &r.0.span))
    })
}

fn real() -> Tree {
    let (tree, problems) = Tree::read(common::repository());
    assert!(problems.is_empty());
    tree
}

#[test]
fn at_least_98_of_100_slips_are_reported_at_their_line() {
    let tree = real();
    let all = sites(&tree);
    let count = std::env::var("MUTATIONS").ok().and_then(|n| n.parse().ok()).unwrap_or(200);
    let mut draw = Draw(2026);
    // Each kind as often as any other: quotes alone have half of all sites.
    let mut of_kind: BTreeMap<&str, Vec<&Slip>> = BTreeMap::new();
    for slip in &all {
        of_kind.entry(slip.kind).or_default().push(slip);
    }
    let of_kind: Vec<Vec<&Slip>> = of_kind.into_values().collect();
    let drawn: Vec<&Slip> = (0..count)
        .map(|_| {
            let kind = &of_kind[draw.below(of_kind.len())];
            kind[draw.below(kind.len())]
        })
        .collect();
    let missed: Mutex<Vec<&Slip>> = Mutex::new(Vec::new());
    drawn.par_iter().for_each(|slip| {
        if !reported(&tree, slip) {
            missed.lock().expect("no thread panics while it holds the lock").push(slip);
        }
    });
    let mut missed = missed.into_inner().expect("no thread panics while it holds the lock");
    missed.sort_by_key(|s| (s.kind, s.file.clone(), s.at.start));
    let mut kinds: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for slip in &all {
        kinds.entry(slip.kind).or_default().0 += 1;
    }
    for slip in &drawn {
        kinds.entry(slip.kind).or_default().1 += 1;
    }
    let mut report = String::new();
    for slip in &missed {
        kinds.entry(slip.kind).or_default().2 += 1;
        let text = tree.text(&slip.file).expect("it exists").expect("it is UTF-8");
        let (line, column) = line_column(text, slip.at.start);
        let before: String =
            text[..slip.at.start].chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
        let after: String = text[slip.at.end..].chars().take(30).collect();
        let (file, was) = (&slip.file, &text[slip.at.clone()]);
        let _ =
            writeln!(report, "  {} {file}:{line}:{column} {before:?} {was:?} -> {:?} {after:?}", slip.kind, slip.with);
    }
    for (kind, (sites, drawn, missed)) in kinds {
        println!("mutations: {kind:<10} {sites:>5} sites, {drawn:>4} drawn, {missed:>3} missed");
    }
    println!("mutations: {} of {count} reported\n{report}", count - missed.len());
    assert!(missed.len() * 100 <= count * 2, "{} of {count} missed\n{report}", missed.len());
}

/// The slip that was published elsewhere: five 百亿级 clusters as «100 billion each».
#[test]
fn clusters_of_ten_billion_are_not_a_hundred_billion_each() {
    let tree = real();
    let file = "content/policies/hubei-biomedicine-2024/digest.en.md";
    let text = tree.text(file).expect("it exists").expect("it is UTF-8");
    let slip = |from: &str, with: &str| {
        let at = text.find(from).unwrap_or_else(|| panic!("{file} does not say {from:?}"));
        Slip { kind: "figure", file: file.to_owned(), at: at..at + from.len(), with: with.to_owned() }
    };
    assert!(reported(&tree, &slip("RMB 10-billion class", "RMB 100-billion class")));
}

#[test]
fn the_real_site_has_no_problem_to_begin_with() {
    let (found, _) = problems(real());
    let grave: Vec<&Problem> = found.iter().filter(|p| p.severity != Severity::Note).collect();
    assert!(grave.is_empty(), "{grave:#?}");
}
