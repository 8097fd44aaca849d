//! Source texts of other shapes than the five real ones: their blocks, as a reader marked them before
//! the program was run on them (`tests/sources/*.expected`), and their responsibility notes (`*.notes`).

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use duizhao::source::{Block, Hints, Kind, SourceText};

fn describe(block: &Block) -> String {
    let kind = match (&block.kind, block.head) {
        (Kind::Title, _) => "title".to_owned(),
        (Kind::Heading(level), _) => format!("h{level}"),
        (Kind::Paragraph, None) => "p".to_owned(),
        (Kind::Paragraph, Some(head)) => format!("p+h{}", head.level),
        (Kind::Caption, _) => "caption".to_owned(),
        (Kind::Row(_), _) => "row".to_owned(),
        (Kind::Noise, _) => "noise".to_owned(),
    };
    let text = match block.head {
        Some(head) if block.kind == Kind::Paragraph => {
            format!("⟦{}⟧{}", &block.text[..head.end], &block.text[head.end..])
        }
        _ => block.text.clone(),
    };
    format!("{}\t{kind}\t{text}", block.anchor)
}

fn notes(source: &SourceText) -> String {
    let mut out = String::new();
    for block in &source.blocks {
        for note in &block.notes {
            let _ = write!(out, "{}", block.anchor);
            let roles = [("lead", &note.leads), ("responsible", &note.responsible), ("support", &note.supporters)];
            for (role, names) in roles.into_iter().filter(|(_, names)| !names.is_empty()) {
                let _ = write!(out, "\t{role}={}", names.join("、"));
            }
            out.push('\n');
        }
    }
    out
}

fn texts() -> Vec<PathBuf> {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sources");
    let mut paths: Vec<PathBuf> = fs::read_dir(dir)
        .expect("the folder is part of the repository")
        .map(|e| e.expect("its entries can be read").path())
        .filter(|p| p.extension().is_some_and(|e| e == "txt"))
        .collect();
    paths.sort();
    paths
}

#[test]
fn blocks_are_those_a_reader_marked() {
    let mut differences = String::new();
    for path in texts() {
        let read =
            |extension: &str| fs::read_to_string(path.with_extension(extension)).expect("stands beside the text");
        let source = SourceText::new(&read("txt"), &Hints::default());
        let found: Vec<String> = source.blocks.iter().map(describe).collect();
        let expected = read("expected");
        let expected: Vec<&str> = expected.lines().collect();
        for line in &expected {
            if !found.iter().any(|f| f == line) {
                let _ = writeln!(differences, "{}: expected {line}", path.display());
            }
        }
        for line in &found {
            if !expected.contains(&line.as_str()) {
                let _ = writeln!(differences, "{}: found    {line}", path.display());
            }
        }
        if found.len() == expected.len() && notes(&source) != read("notes") {
            let _ = writeln!(differences, "{}: notes\n{}", path.display(), notes(&source));
        }
    }
    assert!(differences.is_empty(), "{differences}");
}

#[test]
fn no_character_of_a_text_is_lost() {
    for path in texts() {
        let raw = fs::read_to_string(&path).expect("was listed a moment ago");
        let source = SourceText::new(&raw, &Hints::default());
        let count = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '|' | '-')).count();
        let blocks: usize = source.blocks.iter().map(|b| count(&b.text)).sum();
        assert_eq!(blocks, count(&raw), "{}", path.display());
    }
}
