//! From a raw text to blocks: lines, layout, drafts, outline, and the noise set between.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::draft::{self, Draft, clean};
use super::lines::{self, Line};
use super::noise;
use super::outline;
use super::responsibility;
use super::{Anchor, Block, Head, Hints, Kind};
use crate::text::is_blank;

/// Blocks in reading order, and the record's hints that matched nothing.
pub(super) fn reflow(raw: &str, hints: &Hints) -> (Vec<Block>, Vec<String>) {
    let lines = lines::lines(raw);
    let (noise, mut unused) = noise::find(raw, &lines, hints);
    let mut pieces = lines::pieces(&lines, &noise, draft::lost_breaks);
    for piece in &mut pieces {
        // A level that the record gives, 0 included, is of a block that begins there.
        piece.starts_block |= hints.headings.contains_key(&Anchor { line: piece.line, offset: piece.offset });
    }
    let mut drafts = outline::titles(draft::attach_notes(draft::paragraphs(pieces)));
    unused.extend(outline::apply_hints(&mut drafts, hints));
    outline::label_heads(&mut drafts);
    outline::set_levels(&mut drafts);
    (finish(drafts, raw, &lines, &noise), unused)
}

/// Turns drafts into blocks and sets the noise between them.
fn finish(drafts: Vec<Draft<'_>>, raw: &str, lines: &[Line<'_>], noise: &[Range<usize>]) -> Vec<Block> {
    let mut out = Vec::with_capacity(drafts.len() + noise.len());
    let mut noise = noise.iter().peekable();
    for d in drafts {
        let start = d.pieces.first().map_or(0, |p| p.start);
        while let Some(range) = noise.next_if(|n| n.start < start) {
            out.push(noise_block(range, raw, lines));
        }
        let mut numbers: Vec<u32> = d.pieces.iter().map(|p| p.line).collect();
        numbers.dedup();
        let head = match (d.head, d.level) {
            (Some((end, _)), Some(level)) if d.kind == Kind::Paragraph && level > 0 => Some(Head { level, end }),
            _ => None,
        };
        out.push(Block {
            anchor: d.anchor(),
            notes: if d.kind == Kind::Paragraph { responsibility::notes(&d.text) } else { Vec::new() },
            kind: d.kind,
            text: d.text,
            head,
            lines: numbers,
        });
    }
    out.extend(noise.map(|range| noise_block(range, raw, lines)));
    out
}

fn noise_block(range: &Range<usize>, raw: &str, lines: &[Line<'_>]) -> Block {
    let first = lines.partition_point(|l| l.start <= range.start).saturating_sub(1);
    let last = lines.partition_point(|l| l.start < range.end).saturating_sub(1);
    let before = &raw[lines[first].start..range.start];
    let offset = if before.chars().all(is_blank) { 0 } else { before.chars().count() };
    // A print block's lines are lines of their own, but for one that goes on in the next.
    let mut text = String::new();
    for line in raw[range.clone()].lines().map(clean).filter(|l| !l.is_empty()) {
        if text.ends_with(['。', '：', ':', '！']) {
            text.push('\n');
        }
        text.push_str(&line);
    }
    Block {
        anchor: Anchor { line: lines[first].number, offset: u32::try_from(offset).unwrap_or(u32::MAX) },
        kind: Kind::Noise,
        text: text.nfc().collect(),
        head: None,
        notes: Vec::new(),
        lines: (lines[first].number..=lines[last].number).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_says_what_rules_cannot_know() {
        let raw = "总体思路\n坚持创新。\n第一段的话在这里没有结束，\n而第二段从这里开始。\n";
        let anchors = |hints: &Hints| -> Vec<(String, Kind)> {
            reflow(raw, hints).0.into_iter().map(|b| (b.anchor.to_string(), b.kind)).collect()
        };
        assert_eq!(anchors(&Hints::default()).len(), 3);
        let at = |line| Anchor { line, offset: 0 };
        let hints = Hints { headings: [(at(1), 2), (at(4), 0)].into(), ..Hints::default() };
        let found = anchors(&hints);
        assert_eq!(found[0], ("L1".to_owned(), Kind::Heading(2)));
        assert_eq!(found[3], ("L4".to_owned(), Kind::Paragraph));
        let unknown = Hints { headings: [(at(9), 2)].into(), ..Hints::default() };
        assert_eq!(reflow(raw, &unknown).1, ["L9"]);
    }
}
