//! Blocks in the making: pieces of lines joined to paragraphs, table rows read, notes attached.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::flat;
use super::heading::{self, Marker};
use super::layout::Layout;
use super::lines::Piece;
use super::responsibility;
use super::table;
use super::{Anchor, Kind, Row};
use crate::text::is_blank;

/// A block in the making.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) pieces: Vec<Piece<'a>>,
    pub(super) text: String,
    pub(super) kind: Kind,
    pub(super) marker: Option<Marker>,
    /// End of a labelled head, and whether it is bold in the raw text.
    pub(super) head: Option<(usize, bool)>,
    pub(super) level: Option<u8>,
}

impl Draft<'_> {
    /// The address of the block to be.
    pub(super) fn anchor(&self) -> Anchor {
        let first = self.pieces.first();
        Anchor { line: first.map_or(1, |p| p.line), offset: first.map_or(0, |p| p.offset) }
    }
}

/// Where a line break was lost within a line: before a bold head, and after a responsibility note.
pub(super) fn lost_breaks(text: &str) -> Vec<usize> {
    let heads = heading::bold_heads(text).into_iter().map(|b| b.start);
    let notes = responsibility::notes(text).into_iter().map(|n| {
        let rest = &text[n.span.end..];
        n.span.end + (rest.len() - rest.trim_start_matches(is_blank).len())
    });
    let mut breaks: Vec<usize> = heads.chain(notes).filter(|&b| b > 0 && b < text.len()).collect();
    breaks.sort_unstable();
    breaks.dedup();
    breaks
}

/// The words of raw text: `**` and blanks dropped, but one space kept between two ASCII characters.
pub(super) fn clean(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    append(&mut out, raw);
    out
}

/// Where the words that a raw text begins with end in its words, which are composed (NFC) and whose blanks
/// depend on the whole of it.
pub(super) fn end_in(words: &str, beginning: &str) -> usize {
    let count = clean(beginning).nfc().filter(|c| *c != ' ').count();
    let last = words.char_indices().filter(|(_, c)| *c != ' ').take(count).last();
    last.map_or(0, |(at, c)| at + c.len_utf8())
}

/// Appends raw text to words; a line break stands between the two.
pub(super) fn append(out: &mut String, raw: &str) {
    let mut blank = !out.is_empty();
    let spaced = is_spaced_out(raw);
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix("**") {
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if is_blank(c) {
            blank |= !spaced || rest.starts_with(is_blank);
            continue;
        }
        if blank && c.is_ascii_graphic() && out.ends_with(|p: char| p.is_ascii_graphic()) {
            out.push(' ');
        }
        blank = false;
        out.push(c);
    }
}

/// Whether an extraction set a blank behind nearly every character: 2 0 2 7 年.
fn is_spaced_out(raw: &str) -> bool {
    const FEWEST: usize = 8;
    let mut words = 0usize;
    let mut single = 0usize;
    for word in raw.split(is_blank).filter(|w| !w.is_empty()) {
        words += 1;
        single += usize::from(word.chars().count() == 1);
    }
    words >= FEWEST && single * 10 >= words * 9
}

/// Joins pieces to paragraphs, as the layout of the text as a whole says.
pub(super) fn paragraphs(pieces: Vec<Piece<'_>>) -> Vec<Draft<'_>> {
    let layout = Layout::measure(&pieces);
    let mut flattened = flat::tables(&pieces).into_iter().peekable();
    let mut drafts: Vec<Draft<'_>> = Vec::new();
    let mut rows: Vec<Raw<'_>> = Vec::new();
    let mut tables = 0;
    let mut pieces = pieces.into_iter().enumerate();
    while let Some((i, piece)) = pieces.next() {
        if let Some(cells) = table::cells(piece.text) {
            match rows.last_mut().filter(|_| table::is_rule(&cells)) {
                Some(header) => header.0.push(piece),
                None => {
                    let cells = cells.into_iter().map(clean).collect();
                    rows.push((vec![piece], cells));
                }
            }
            continue;
        }
        if !rows.is_empty() {
            drafts.extend(table_rows(std::mem::take(&mut rows), tables));
            tables += 1;
        }
        if let Some(flat) = flattened.next_if(|t| t.first().is_some_and(|r| r.pieces.start == i)) {
            let mut next = Some(piece);
            let whole = flat.into_iter().map(|row| {
                let own = row.pieces.filter_map(|_| next.take().or_else(|| pieces.next().map(|(_, p)| p))).collect();
                (own, row.cells)
            });
            drafts.extend(table_rows(whole.collect(), tables));
            tables += 1;
            continue;
        }
        match drafts.last_mut() {
            Some(last)
                if last.kind == Kind::Paragraph
                    && last.pieces.last().is_some_and(|p| layout.goes_on(&last.text, p, &piece)) =>
            {
                append(&mut last.text, piece.text);
                last.pieces.push(piece);
            }
            _ => drafts.push(Draft {
                text: clean(piece.text),
                kind: Kind::Paragraph,
                marker: None,
                head: None,
                level: None,
                pieces: vec![piece],
            }),
        }
    }
    if !rows.is_empty() {
        drafts.extend(table_rows(rows, tables));
    }
    for d in &mut drafts {
        // Quotes are compared in NFC; a text that is not is brought there once.
        if !unicode_normalization::is_nfc(&d.text) {
            d.text = d.text.nfc().collect();
        }
    }
    drafts
}

/// A row in the making: its pieces and its cells.
type Raw<'a> = (Vec<Piece<'a>>, Vec<String>);

fn table_rows(rows: Vec<Raw<'_>>, table: usize) -> Vec<Draft<'_>> {
    let (pieces, all): (Vec<Vec<Piece<'_>>>, Vec<Vec<String>>) = rows.into_iter().unzip();
    let captions =
        all.iter().take_while(|c| table::is_caption(&c.iter().map(String::as_str).collect::<Vec<_>>())).count();
    let is_figure = |c: &String| {
        !c.is_empty() && c.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '—' | '%' | '+' | '≥' | '≤'))
    };
    let header = all.get(captions).is_some_and(|cells| !cells.iter().any(is_figure));
    let body = captions + usize::from(header);
    let firsts: Vec<&str> = all.iter().skip(body).map(|c| c[0].as_str()).collect();
    let groups = table::groups(&firsts);
    let mut sizes = vec![0usize; groups.len()];
    groups.iter().for_each(|g| sizes[*g] += 1);
    pieces
        .into_iter()
        .enumerate()
        .map(|(i, pieces)| {
            let (text, cells) = join_cells(&all[i]);
            let kind = if i < captions {
                Kind::Caption
            } else {
                let at = i.checked_sub(body);
                let group = at.map_or(0, |at| groups[at]);
                Kind::Row(Row {
                    table,
                    header: header && i == captions,
                    cells,
                    group_from: at.map_or(0, |at| at - group),
                    group_rows: at.map_or(1, |at| sizes[at].max(1)),
                })
            };
            Draft { text, kind, marker: None, head: None, level: None, pieces }
        })
        .collect()
}

/// Cells joined by ` | `, empty ones at the end dropped from the text but not from the ranges.
fn join_cells(cells: &[String]) -> (String, Vec<Range<usize>>) {
    let filled = cells.iter().rposition(|c| !c.is_empty()).map_or(0, |i| i + 1);
    let mut text = String::new();
    let mut ranges = Vec::new();
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 && i < filled {
            text.push_str(" | ");
        }
        let start = text.len();
        text.push_str(cell);
        ranges.push(start..text.len());
    }
    (text, ranges)
}

/// A responsibility note belongs to the paragraph before it, on whatever line it stands.
pub(super) fn attach_notes(drafts: Vec<Draft<'_>>) -> Vec<Draft<'_>> {
    let mut out: Vec<Draft<'_>> = Vec::new();
    for draft in drafts {
        match out.last_mut() {
            Some(last)
                if draft.kind == Kind::Paragraph
                    && last.kind == Kind::Paragraph
                    && responsibility::is_note(&draft.text) =>
            {
                for piece in draft.pieces {
                    append(&mut last.text, piece.text);
                    last.pieces.push(piece);
                }
            }
            _ => out.push(draft),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_kept_only_between_ascii() {
        assert_eq!(clean("到 2027 年, 发展 CRO CDMO 平台。 加快"), "到2027年,发展CRO CDMO平台。加快");
        assert_eq!(clean("——**坚持。**充分"), "——坚持。充分");
        assert_eq!(clean("到 2 0 2 7 年 ， 达 到 1 0 0 家"), "到2027年，达到100家");
    }

    #[test]
    fn cells() {
        let cells: Vec<String> = ["", "2", "占比", "", ""].iter().map(|s| (*s).to_owned()).collect();
        let (text, ranges) = join_cells(&cells);
        assert_eq!(text, " | 2 | 占比");
        assert_eq!(ranges.len(), 5);
        assert_eq!(&text[ranges[2].clone()], "占比");
    }
}
