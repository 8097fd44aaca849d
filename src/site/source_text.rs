//! A policy's source text, read by its record: the file, its hash, and what the record knows of its extraction.

use sha2::{Digest as _, Sha256};
use toml::Spanned;

use crate::content::PolicyContent;
use crate::content::fields::Noise;
use crate::diagnostic::Problem;
use crate::read::Tree;
use crate::source::{Hints, NoiseHint, SourceText};

/// Reads and reflows a policy's source text.
pub(super) fn read(policy: &PolicyContent, tree: &Tree) -> (Option<SourceText>, Vec<Problem>) {
    let record = &policy.record.source;
    let file = policy.record_file();
    let mut problems = Vec::new();
    let path = record.file.get_ref().as_str();
    let expected = format!("seeds/{}.txt", policy.id);
    if path != expected {
        problems.push(
            Problem::error("source-file", format!("the source text of `{}` is `{expected}`", policy.id))
                .at(&file, record.file.span())
                .help(format!("write file = \"{expected}\"")),
        );
    }
    let Some(bytes) = tree.bytes(path) else {
        problems.push(
            Problem::error("missing-file", format!("there is no `{path}`"))
                .at(&file, record.file.span())
                .help("put the source text there, byte for byte as received"),
        );
        return (None, problems);
    };
    let hash = hex(&Sha256::digest(bytes));
    if hash != record.sha256.get_ref().to_ascii_lowercase() {
        problems.push(
            Problem::error("source-changed", format!("`{path}` is not the text that the record names"))
                .at(&file, record.sha256.span())
                .label("another hash")
                .help(format!("its bytes have the SHA-256 {hash}"))
                .help("if the new text is meant, check what cites it before changing the record"),
        );
    }
    let text = match tree.text(path) {
        Some(Ok(text)) => text,
        Some(Err(problem)) => {
            problems.push(problem);
            return (None, problems);
        }
        None => return (None, problems),
    };
    let mut hints = Hints::default();
    for noise in &record.noise {
        hints.noise.push(match noise.get_ref() {
            Noise::Words(words) => NoiseHint::Words(words.clone()),
            Noise::Span { from, to } => NoiseHint::Span { from: from.clone(), to: to.clone() },
        });
    }
    for (anchor, level) in &record.headings {
        match anchor.parse() {
            Ok(parsed) if *level.get_ref() <= 6 => {
                hints.headings.insert(parsed, *level.get_ref());
            }
            Ok(_) => problems.push(
                Problem::error("bad-value", "a heading's level is 1 to 6, or 0 for none")
                    .at(&file, level.span())
                    .help("write the level that the outline is to show"),
            ),
            Err(error) => problems.push(
                Problem::error("bad-anchor", format!("`{anchor}` is not an anchor"))
                    .at(&file, level.span())
                    .help(error.to_string()),
            ),
        }
    }
    let source = SourceText::new(text, &hints);
    for hint in &source.unused_hints {
        let span = record
            .noise
            .iter()
            .find(|n| matches!(n.get_ref(), Noise::Words(w) | Noise::Span { from: w, .. } if w == hint))
            .map(Spanned::span)
            .or_else(|| record.headings.get(hint).map(Spanned::span))
            .unwrap_or(0..0);
        problems.push(
            Problem::error("hint-unused", format!("`{hint}` matches nothing in `{path}`"))
                .at(&file, span)
                .help("take it out, or write it as the text has it"),
        );
    }
    (Some(source), problems)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]).collect()
}
