//! A source block's text as HTML, with its quoted spans marked so that a link to one shows its words.
//!
//! A span that overlaps no other is one element with the span's id, and `:target` marks it. Spans that
//! overlap cannot nest: there the id is on an empty element where the words begin, and each piece of
//! text carries the numbers of the spans it belongs to; the style sheet's `:has(.tN:target) .mN` marks
//! them. No script is needed.

use std::fmt::Write as _;

use super::kept;
use crate::site::Span;
use crate::source::{Block, Kind};

/// Numbers that the style sheet knows; overlapping spans beyond them mark their block as a whole.
const OVERLAPS: usize = 12;

/// The text of `range` of a block, its spans marked, its head set off.
pub(super) fn text(block: &Block, range: std::ops::Range<usize>, spans: &[Span]) -> String {
    let head = block.head.map_or(0, |h| h.end);
    let overlapping: Vec<bool> = (0..spans.len()).map(|i| needs_number(block, spans, i)).collect();
    let mut cuts: Vec<usize> = vec![range.start, range.end];
    cuts.extend((range.start < head && head < range.end).then_some(head));
    for span in spans {
        cuts.extend([span.range.start, span.range.end].iter().filter(|c| range.contains(c)));
    }
    cuts.extend(note_cuts(block, &range));
    cuts.sort_unstable();
    cuts.dedup();
    let mut out = String::with_capacity(range.len() * 2);
    for pair in cuts.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let mut classes = String::new();
        let mut id = "";
        for (i, span) in spans.iter().enumerate() {
            let covers = span.range.start <= from && to <= span.range.end;
            if overlapping[i] {
                let number = overlap_number(&overlapping, i);
                if span.range.start == from {
                    let _ = write!(out, "<span id=\"{}\" class=\"t{number}\"></span>", span.id);
                }
                if covers {
                    let _ = write!(classes, " m{number}");
                }
            } else if covers {
                classes.push_str(" q");
                id = &span.id;
            }
        }
        let cited = !classes.is_empty();
        if to <= head {
            classes.push_str(" head");
        }
        if block.notes.iter().any(|n| n.span.start <= from && to <= n.span.end) {
            classes.push_str(" duty");
        }
        let words = &block.text[from..to];
        if classes.is_empty() {
            kept::write(&mut out, words);
            continue;
        }
        let tag = if to <= head { "b" } else { "span" };
        let mark = if cited { "c" } else { "" };
        let _ = write!(out, "<{tag}");
        if !id.is_empty() {
            let _ = write!(out, " id=\"{id}\"");
        }
        let all = format!("{mark}{classes}");
        let _ = write!(out, " class=\"{}\">", all.trim());
        kept::write(&mut out, words);
        let _ = write!(out, "</{tag}>");
    }
    out
}

/// A block's text with one span marked, its responsibility notes left out.
pub(super) fn excerpt(block: &Block, span: &Span) -> String {
    let mut out = String::new();
    let end = block.notes.iter().map(|n| n.span.start).filter(|s| *s >= span.range.end).min();
    kept::write(&mut out, &block.text[..span.range.start]);
    out.push_str("<mark>");
    kept::write(&mut out, &block.text[span.range.clone()]);
    out.push_str("</mark>");
    kept::write(&mut out, &block.text[span.range.end..end.unwrap_or(block.text.len())]);
    out
}

/// Whether one element cannot hold a span: it overlaps another, or a head, a note or a cell ends in it.
fn needs_number(block: &Block, spans: &[Span], at: usize) -> bool {
    let a = &spans[at].range;
    let overlaps = spans.iter().enumerate().any(|(j, b)| at != j && a.start < b.range.end && b.range.start < a.end);
    let head = block.head.map(|h| h.end);
    let cuts = block.notes.iter().flat_map(|n| [n.span.start, n.span.end]).chain(head);
    let cut = cuts.into_iter().any(|c| a.start < c && c < a.end);
    let cells = match &block.kind {
        Kind::Row(row) => !row.cells.iter().any(|c| c.start <= a.start && a.end <= c.end),
        _ => false,
    };
    overlaps || cut || cells
}

/// Which of the block's overlapping spans this is, from 1; 0 beyond what the style sheet knows.
fn overlap_number(overlapping: &[bool], at: usize) -> usize {
    let number = overlapping[..=at].iter().filter(|o| **o).count();
    if number <= OVERLAPS { number } else { 0 }
}

fn note_cuts(block: &Block, range: &std::ops::Range<usize>) -> Vec<usize> {
    let ends = block.notes.iter().flat_map(|n| [n.span.start, n.span.end]);
    ends.filter(|c| range.start < *c && *c < range.end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Hints, SourceText};

    fn span(id: &str, range: std::ops::Range<usize>) -> Span {
        Span { id: id.into(), block: 0, range, uses: Vec::new() }
    }

    #[test]
    fn spans_apart_and_overlapping() {
        let source = SourceText::new("abcdefghij", &Hints::default());
        let block = &source.blocks[0];
        let apart = text(block, 0..10, &[span("q-1", 2..4)]);
        assert_eq!(apart, "ab<span id=\"q-1\" class=\"c q\">cd</span>efghij");
        let over = text(block, 0..10, &[span("q-1", 0..6), span("q-2", 4..8)]);
        assert_eq!(
            over,
            "<span id=\"q-1\" class=\"t1\"></span><span class=\"c m1\">abcd</span>\
             <span id=\"q-2\" class=\"t2\"></span><span class=\"c m1 m2\">ef</span><span class=\"c m2\">gh</span>ij"
        );
    }
}
