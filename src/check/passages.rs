//! A digest as the rules read it: its paragraphs, list items and table rows, each with its own words and
//! citations.
//!
//! The words are the file's own bytes with Markdown's marks and code blanked, so that a place in them is a
//! place in the file.

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

/// A byte that readers do not see: Markdown's marks, citations, addresses.
pub(super) const MARK: char = '\u{1}';
/// A byte of `[[id]]`, where pages show the entity's name.
pub(super) const NAME: char = '\u{2}';
/// A byte of code.
pub(super) const CODE: char = '\u{3}';

/// A piece of a digest that stands for itself.
#[derive(Debug)]
pub(super) struct Passage<'a> {
    pub(super) file: &'a str,
    pub(super) lang: Lang,
    pub(super) form: Form,
    /// Whether a list that belongs to it follows.
    pub(super) leads: bool,
    /// Id of the heading that it stands under.
    pub(super) heading: &'a str,
    /// Bytes of the file.
    pub(super) span: Range<usize>,
    /// Its words: as many bytes as the span has.
    pub(super) words: String,
    /// The same, with [`MARK`], [`NAME`] and [`CODE`] instead of blanks where Markdown's marks, names of
    /// entities and code stand.
    pub(super) set: String,
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
        let (set, references) = set(text.get(span.clone()).unwrap_or_default());
        let words = set.replace([MARK, NAME, CODE], " ");
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
        out.push(Passage { file, lang, form, leads: false, heading, span, words, set, notes, references });
    };
    match &block.kind {
        BlockKind::Heading { id, .. } => {
            *heading = id;
            push(Form::Heading, block.span.clone(), heading, out);
        }
        BlockKind::Paragraph(_) => push(form, block.span.clone(), heading, out),
        BlockKind::List { items, .. } => {
            for item in items {
                for (n, block) in item.iter().enumerate() {
                    collect(digest, text, block, Form::Item, heading, out);
                    let list = item.get(n + 1).is_some_and(|b| matches!(b.kind, BlockKind::List { .. }));
                    if let (true, BlockKind::Paragraph(_), Some(passage)) = (list, &block.kind, out.last_mut()) {
                        passage.leads = true;
                    }
                }
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

/// Words with Markdown's marks, names and code filled in, byte for byte, and what references name.
fn set(raw: &str) -> (String, Vec<String>) {
    let mut out = raw.as_bytes().to_vec();
    let mut references = Vec::new();
    let mut fill = |range: Range<usize>, with: char| {
        for byte in &mut out[range] {
            if *byte != b'\n' {
                *byte = with as u8;
            }
        }
    };
    let mut i = 0;
    while i < raw.len() {
        let rest = &raw[i..];
        let until = |close: &str| rest.find(close).map(|n| i + n + close.len());
        let escapes = || rest[1..].starts_with(|c: char| c.is_ascii_punctuation());
        if rest.starts_with('\\') && escapes() {
            fill(i..i + 1, MARK);
            i += 2;
        } else if rest.starts_with("[^")
            && let Some(end) = until("]")
        {
            fill(i..end, MARK);
            i = end;
        } else if rest.starts_with("[[")
            && let Some(end) = until("]]")
        {
            let inside = &raw[i + 2..end - 2];
            let bar = inside.find('|').map_or(inside.len(), |b| b + 1);
            let target = inside[..bar].trim_end_matches(['|', '\\']);
            if bar == inside.len() {
                references.push(target.to_owned());
                fill(i..end, NAME);
                i = end;
            } else {
                fill(i..i + 2 + bar, MARK);
                fill(end - 2..end, MARK);
                // The words after the bar are the passage's own.
                i += 2 + bar;
            }
        } else if rest.starts_with("](")
            && let Some(end) = until(")")
        {
            fill(i..end, MARK);
            i = end;
        } else if rest.starts_with("{#")
            && let Some(end) = until("}")
        {
            fill(i..end, MARK);
            i = end;
        } else if rest.starts_with("<http")
            && let Some(end) = until(">")
        {
            fill(i..end, CODE);
            i = end;
        } else if rest.starts_with('`') {
            let fence = rest.len() - rest.trim_start_matches('`').len();
            let close = rest[fence..].find(&rest[..fence]).map(|n| i + 2 * fence + n);
            match close {
                Some(end) => fill(i..end, CODE),
                None => fill(i..i + fence, MARK),
            }
            i = close.unwrap_or(i + fence);
        } else {
            let c = rest.chars().next().map_or(1, char::len_utf8);
            if rest.starts_with(['*', '[', ']', '#']) {
                fill(i..i + c, MARK);
            } else if rest.starts_with("~~") {
                fill(i..i + 2, MARK);
                i += 1;
            }
            i += c;
        }
    }
    // Only whole characters were filled in, each byte by an ASCII character.
    (String::from_utf8_lossy(&out).into_owned(), references)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_blanked_in_place() {
        let raw = "By 2027 **800**[^scale] [[wuhan|the city]] [[mah]] [x](http://a) `1` ~~y~~ \\*z <http://b>";
        let (out, references) = set(raw);
        assert_eq!(out.len(), raw.len());
        assert_eq!(out.find("800"), raw.find("800"));
        assert_eq!(references, ["mah"]);
        let kinds = out.replace(MARK, "").replace(NAME, "N").replace(CODE, "C");
        assert_eq!(kinds, "By 2027 800 the city NNNNNNN x CCC y *z CCCCCCCCCC");
    }
}
