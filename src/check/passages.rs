//! A digest as the rules read it: its paragraphs, list items and table rows, each with its own words and
//! citations.
//!
//! The words are the file's own bytes with Markdown's marks blanked, so that a place in them is a place
//! in the file.

use std::ops::Range;

use crate::content::fields::Lang;
use crate::content::markdown::{Block, BlockKind};
use crate::site::LinkedDigest;

/// What a passage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Heading,
    Paragraph,
    Item,
    HeaderRow,
    Row,
    Code,
}

/// A piece of a digest that stands for itself.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    pub(super) file: &'a str,
    pub(super) lang: Lang,
    pub(super) form: Form,
    /// Id of the heading that it stands under.
    pub(super) heading: &'a str,
    /// Bytes of the file.
    pub(super) span: Range<usize>,
    /// Its words: as many bytes as the span has.
    pub(super) words: String,
    /// Indexes of the digest's notes that it cites, in order, each once.
    pub(super) notes: Vec<usize>,
    /// What its `[[…]]` without words of their own name, as written: pages show the entity's name.
    pub(super) references: Vec<String>,
}

impl Passage<'_> {
    /// The bytes of the file for bytes of the words.
    pub(super) fn at(&self, range: Range<usize>) -> Range<usize> {
        self.span.start + range.start..self.span.start + range.end
    }
}

/// The passages of a digest, in order; `text` is its file.
pub(super) fn passages<'a>(digest: &'a LinkedDigest, text: &str) -> Vec<Passage<'a>> {
    let mut out = Vec::new();
    let mut heading = "";
    let text = without_definitions(digest, text);
    for block in &digest.digest.blocks {
        collect(digest, &text, block, Form::Paragraph, &mut heading, &mut out);
    }
    out
}

/// A digest's file with the definitions of its citations blanked, byte for byte.
fn without_definitions(digest: &LinkedDigest, text: &str) -> String {
    let mut out = text.as_bytes().to_vec();
    for note in &digest.digest.footnotes {
        let from = note.label_span.start.saturating_sub("[^".len());
        for byte in out.get_mut(from..note.translation_span.end).unwrap_or_default() {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

fn collect<'a>(
    digest: &'a LinkedDigest,
    text: &str,
    block: &'a Block,
    form: Form,
    heading: &mut &'a str,
    out: &mut Vec<Passage<'a>>,
) {
    let push = |form: Form, span: Range<usize>, heading: &'a str, out: &mut Vec<Passage<'a>>| {
        let (words, references) = words(text.get(span.clone()).unwrap_or_default());
        // Citations stand in the order of the text.
        let citations = &digest.digest.citations;
        let first = citations.partition_point(|c| c.span.start < span.start);
        let last = citations.partition_point(|c| c.span.start < span.end);
        let mut notes: Vec<usize> = Vec::new();
        for note in digest.note_of.get(first..last).unwrap_or_default() {
            if !notes.contains(note) {
                notes.push(*note);
            }
        }
        let (file, lang) = (digest.digest.file.as_str(), digest.digest.lang);
        out.push(Passage { file, lang, form, heading, span, words, notes, references });
    };
    match &block.kind {
        BlockKind::Heading { id, .. } => {
            *heading = id;
            push(Form::Heading, block.span.clone(), heading, out);
        }
        BlockKind::Paragraph(_) => push(form, block.span.clone(), heading, out),
        BlockKind::List { items, .. } => {
            for block in items.iter().flatten() {
                collect(digest, text, block, Form::Item, heading, out);
            }
        }
        BlockKind::Quotation(blocks) => {
            for block in blocks {
                collect(digest, text, block, form, heading, out);
            }
        }
        BlockKind::Table { .. } => {
            for (n, span) in lines(text, &block.span).into_iter().enumerate() {
                match n {
                    0 => push(Form::HeaderRow, span, heading, out),
                    1 => {}
                    _ => push(Form::Row, span, heading, out),
                }
            }
        }
        BlockKind::Code { .. } => push(Form::Code, block.span.clone(), heading, out),
        BlockKind::Rule => {}
    }
}

/// The filled lines of a range.
fn lines(text: &str, span: &Range<usize>) -> Vec<Range<usize>> {
    let mut at = span.start;
    let mut out = Vec::new();
    for line in text.get(span.clone()).unwrap_or_default().split_inclusive('\n') {
        if !line.trim().is_empty() {
            out.push(at..at + line.trim_end().len());
        }
        at += line.len();
    }
    out
}

/// Words with Markdown's marks blanked, byte for byte, and what references name.
fn words(raw: &str) -> (String, Vec<String>) {
    let mut out = raw.as_bytes().to_vec();
    let mut references = Vec::new();
    let mut blank = |range: Range<usize>| {
        for byte in &mut out[range] {
            if *byte != b'\n' {
                *byte = b' ';
            }
        }
    };
    let mut i = 0;
    while i < raw.len() {
        let rest = &raw[i..];
        let until = |close: &str| rest.find(close).map(|n| i + n + close.len());
        if rest.starts_with("[^")
            && let Some(end) = until("]")
        {
            blank(i..end);
            i = end;
        } else if rest.starts_with("[[")
            && let Some(end) = until("]]")
        {
            let inside = &raw[i + 2..end - 2];
            let bar = inside.find('|').map_or(inside.len(), |b| b + 1);
            let target = inside[..bar].trim_end_matches(['|', '\\']);
            if bar == inside.len() {
                references.push(target.to_owned());
            }
            blank(i..i + 2 + bar);
            blank(end - 2..end);
            // The words after the bar are the passage's own.
            i += 2 + bar;
        } else if rest.starts_with("](")
            && let Some(end) = until(")")
        {
            blank(i..end);
            i = end;
        } else if rest.starts_with("{#")
            && let Some(end) = until("}")
        {
            blank(i..end);
            i = end;
        } else if rest.starts_with('`')
            && let Some(end) = rest[1..].find('`').map(|n| i + 1 + n + 1)
        {
            // Code is no prose.
            blank(i..end);
            i = end;
        } else {
            let c = rest.chars().next().map_or(1, char::len_utf8);
            if rest.starts_with(['*', '[', ']', '`', '#']) {
                blank(i..i + c);
            }
            i += c;
        }
    }
    // Only whole characters were blanked, each byte by a space.
    (String::from_utf8_lossy(&out).into_owned(), references)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_blanked_in_place() {
        let raw = "By 2027 **800**[^scale] [[wuhan|the city]] [[mah]] [x](http://a)";
        let (out, references) = words(raw);
        assert_eq!(out.len(), raw.len());
        assert_eq!(out.split_whitespace().collect::<Vec<_>>(), ["By", "2027", "800", "the", "city", "x"]);
        assert_eq!(out.find("800"), raw.find("800"));
        assert_eq!(references, ["mah"]);
    }
}
