//! What must hold of every text, room by room.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

use duizhao::content::fields::Lang;
use duizhao::content::{self, markdown};
use duizhao::diagnostic::{Problem, human, line_column};
use duizhao::import;
use duizhao::pipeline::load_tree;
use duizhao::quantity::{chinese, english};
use duizhao::read::Tree;
use duizhao::site::DateSource;
use duizhao::source::normal::normalise;
use duizhao::source::quote::{NotFound, Wanted};
use duizhao::source::{Hints, SourceText};

use unicode_normalization::UnicodeNormalization as _;

use crate::engine::Target;

fn holds(what: bool, said: impl FnOnce() -> String) -> Result<(), String> {
    if what { Ok(()) } else { Err(said()) }
}

/// All files below a folder of the repository whose names end so, in order.
fn repository(folder: &str, end: &str) -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let walk = walkdir::WalkDir::new(root).sort_by_file_name();
    let paths = walk.into_iter().map(|e| e.expect("the repository can be read").into_path());
    paths
        .filter(|p| p.is_file() && p.to_string_lossy().ends_with(end))
        .map(|p| fs::read(p).expect("it was listed a moment ago"))
        .collect()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The form in which a reflowed text and its raw text are the same.
fn bare(text: &str) -> String {
    // Decomposed, so that what is composed in the one and not in the other counts the same.
    text.nfd().filter(|c| !duizhao::text::is_blank(*c) && !matches!(c, '*' | '-' | '|')).collect()
}

pub(crate) fn reflow() -> Target {
    Target {
        name: "reflow",
        corpus: [repository("seeds", ".txt"), repository("tests/sources", ".txt")].concat(),
        check: reflowed,
    }
}

fn reflowed(bytes: &[u8]) -> Result<(), String> {
    let raw = words(bytes);
    let source = SourceText::new(&raw, &Hints::default());
    let count = |t: &str| bare(t).chars().count();
    let (before, after) = (count(&raw), source.blocks.iter().map(|b| count(&b.text)).sum::<usize>());
    holds(before == after, || format!("{before} characters before, {after} after"))?;
    let anchors: BTreeSet<_> = source.blocks.iter().map(|b| b.anchor).collect();
    holds(anchors.len() == source.blocks.len(), || "two blocks have one address".into())?;
    for (i, block) in source.blocks.iter().enumerate() {
        holds(source.block_at(block.anchor) == Some(i), || format!("{} leads elsewhere", block.anchor))?;
        holds(block.head.is_none_or(|h| block.text.is_char_boundary(h.end)), || {
            "a head ends within a character".into()
        })?;
        holds(block.lines.iter().all(|l| *l >= 1 && *l as usize <= raw.split('\n').count()), || "no such line".into())?;
    }
    Ok(())
}

pub(crate) fn quotes() -> Target {
    Target { name: "quotes", corpus: repository("seeds", ".txt"), check: quoted }
}

fn quoted(bytes: &[u8]) -> Result<(), String> {
    let raw = words(bytes);
    let source = SourceText::new(&raw, &Hints::default());
    // Pieces of the text itself, of its raw form, and the whole: by the input's own bytes, so that it can be tried again.
    let mut pick = bytes.iter().fold(7usize, |h, b| h.wrapping_mul(31).wrapping_add(usize::from(*b)));
    for block in source.blocks.iter().take(40) {
        let chars: Vec<char> = block.text.chars().collect();
        pick = pick.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
        let from = (pick >> 33) % chars.len().max(1);
        let length = 1 + (pick >> 41) % 40;
        let text: String = chars.iter().skip(from).take(length).collect();
        let wanted = Wanted { text: &text, anchor: Some(block.anchor), ..Wanted::default() };
        match source.find(&wanted) {
            Ok(found) => {
                let there = source.blocks[found.block].text.get(found.range.clone());
                let same = there.map(normalise) == Some(normalise(&text));
                holds(same, || format!("{text:?} is found as {there:?}"))?;
            }
            Err(NotFound::Absent { .. }) => {
                // Blanks and marks at the ends of a piece cut out of a block may fold otherwise.
                let edge = text.contains([' ', '|', '*', '-', '—', '\u{1}'])
                    || text.chars().any(|c| normalise(&c.to_string()) != c.to_string());
                holds(edge, || format!("{text:?} of {} is not found", block.anchor))?;
            }
            Err(_) => {}
        }
    }
    let all: String = raw.chars().take(600).collect();
    let _ = source.find(&Wanted { text: &all, prefix: Some("甲"), suffix: Some(&raw), ..Wanted::default() });
    Ok(())
}

pub(crate) fn quantities() -> Target {
    let tables = repository("tests/quantities", ".tsv");
    Target {
        name: "quantities",
        corpus: [tables, repository("seeds", ".txt"), repository("content", ".md")].concat(),
        check: figures,
    }
}

fn figures(bytes: &[u8]) -> Result<(), String> {
    let text = words(bytes);
    for readings in [chinese::read(&text), english::read(&text)] {
        let mut last = 0;
        for reading in readings {
            let there = text.get(reading.span.clone());
            holds(there.is_some_and(|t| !t.is_empty()), || format!("{:?} is no place of the text", reading.span))?;
            holds(reading.span.start >= last, || format!("{:?} comes before {last}", reading.span))?;
            last = reading.span.start;
            if let Some(each) = &reading.each {
                holds(text.get(each.span.clone()).is_some(), || format!("{:?} is no place of the text", each.span))?;
            }
        }
    }
    let _ = (chinese::numbers(&text), english::numbers(&text));
    Ok(())
}

pub(crate) fn markdown() -> Target {
    Target {
        name: "markdown",
        corpus: [repository("content", ".md"), repository("tests/sites", ".md")].concat(),
        check: prose,
    }
}

fn prose(bytes: &[u8]) -> Result<(), String> {
    let text = words(bytes);
    let (digest, problems) = markdown::parse("d.md", &text, Lang::Zh);
    for note in &digest.footnotes {
        holds(text.get(note.quote_span.clone()) == Some(note.quote.text.as_str()), || {
            "a quote is not where it says".into()
        })?;
    }
    for citation in &digest.citations {
        holds(text.get(citation.span.clone()).is_some(), || "a citation stands within a character".into())?;
    }
    let mut bad = None;
    digest.each_inline(&mut |inline| {
        if let markdown::Inline::Link { to, .. } = inline {
            let scheme = to
                .split(['/', '?', '#'])
                .next()
                .unwrap_or_default()
                .split_once(':')
                .map(|(s, _)| s.to_ascii_lowercase());
            if scheme.is_some_and(|s| !["http", "https", "mailto"].contains(&s.as_str())) {
                bad = Some(to.clone());
            }
        }
    });
    holds(bad.is_none(), || format!("{bad:?} is linked to"))?;
    sound(&problems, &text)
}

/// The places of problems are places of the text, and they can be printed.
fn sound(problems: &[Problem], text: &str) -> Result<(), String> {
    for problem in problems {
        if let Some(place) = &problem.place {
            holds(text.get(place.span.clone()).is_some(), || format!("{} stands at {:?}", problem.code, place.span))?;
            let _ = line_column(text, place.span.end);
        }
    }
    Ok(())
}

/// The small site's files, with an input in the place of one of them.
fn with(path: &str, bytes: &[u8]) -> Tree {
    static FILES: OnceLock<Vec<(String, Vec<u8>)>> = OnceLock::new();
    let files = FILES.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/small");
        let walk = walkdir::WalkDir::new(&root).sort_by_file_name();
        let paths = walk.into_iter().map(|e| e.expect("the repository can be read").into_path());
        paths
            .filter(|p| p.is_file())
            .map(|p| {
                let name = p.strip_prefix(&root).expect("it is below the folder").to_string_lossy().into_owned();
                (name, fs::read(&p).expect("it was listed a moment ago"))
            })
            .collect()
    });
    Tree::from_files(files.iter().filter(|(name, _)| name != path).cloned().chain([(path.to_owned(), bytes.to_vec())]))
}

pub(crate) fn records() -> Target {
    Target {
        name: "records",
        corpus: [repository("tests/sites", ".toml"), repository("content/policies", ".toml")].concat(),
        check: records_read,
    }
}

/// The whole line from files to a linked and checked site, with one file that may be anything.
fn records_read(bytes: &[u8]) -> Result<(), String> {
    let folder = "content/policies/demo-port-2024";
    let places = ["policy.toml", "targets.toml"].map(|f| format!("{folder}/{f}"));
    let others = [
        "site.toml",
        "content/places/linjiang.toml",
        "content/agencies.toml",
        "content/glossary.toml",
        "content/indicators.toml",
    ];
    let all: Vec<&str> = places.iter().map(String::as_str).chain(others).collect();
    let text = words(bytes);
    // Into the file that it looks most like, so that it comes far.
    let path = if text.contains("[[target]]") || text.contains("[[fact]]") {
        all[1]
    } else if text.contains("[source]") {
        all[0]
    } else {
        all[2 + bytes.len() % 5]
    };
    let loaded = load_tree(with(path, bytes), Vec::new(), true, DateSource::default());
    let problems: Vec<Problem> = loaded.problems.iter().cloned().collect();
    let texts = loaded.tree.texts();
    for problem in &problems {
        if let Some(place) = &problem.place
            && let Some(text) = texts.get(place.file.as_str())
        {
            holds(text.get(place.span.clone()).is_some(), || format!("{} stands at {:?}", problem.code, place.span))?;
        }
    }
    let _ = human(&problems, &texts, false);
    Ok(())
}

pub(crate) fn import() -> Target {
    let pages = [
        &b"<html><body><h1>\xe6\x96\xb9\xe6\xa1\x88</h1><table><tr><td rowspan=3>1<td>2</table><p>x"[..],
        b"\xff\xfe1\x00",
        b"\xb7\xbd\xb0\xb8",
    ];
    let pages = pages.iter().map(|p| p.to_vec()).collect();
    Target {
        name: "import",
        corpus: [repository("seeds", ".txt"), repository("tests/import", ".txt"), pages].concat(),
        check: imported,
    }
}

fn imported(bytes: &[u8]) -> Result<(), String> {
    let site =
        Tree::from_files([("site.toml".to_owned(), "title = { zh = \"站\", en = \"Site\" }\n".as_bytes().to_vec())]);
    let content = content::parse(&site, true).0.ok_or("the settings are whole")?;
    let name = ["a.txt", "a.html", "a.md"][bytes.len() % 3];
    let Ok(text) = import::read(bytes, name) else { return Ok(()) };
    let import = import::propose(&text, "a", &content);
    for (path, bytes) in import.files.iter().filter(|(p, _)| p.ends_with(".toml")) {
        let file = words(bytes);
        if let Err(error) = toml::from_str::<toml::Table>(&file) {
            return Err(format!("{path} is no TOML: {error}"));
        }
    }
    Ok(())
}
