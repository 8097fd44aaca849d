//! Where a paragraph goes on, and where a new one begins.
//!
//! Extractions differ: in some every physical line is followed by a blank one, in some only
//! paragraphs are, in some none is; lines are cut at a fixed width, or a line is a paragraph, or both
//! within one text. So a [`Layout`] is first measured from the text as a whole, and then two
//! neighbouring pieces are judged by it.

use std::collections::BTreeMap;

use super::heading::{self, Style};
use super::lines::Piece;
use super::noise::is_date_or_number;
use super::responsibility;
use crate::text::{self, ends_sentence};

/// Columns of a line as it was set: an extraction makes half-width marks of full-width ones, and
/// adds blanks.
fn columns(line: &str) -> usize {
    let half = line.matches([',', ';', ':', '(', ')']).count();
    let blanks = line.chars().filter(|c| text::is_blank(*c)).count();
    text::columns(line) + half - blanks
}

/// How a text as a whole is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// Columns at which lines are cut, if they are.
    width: Option<usize>,
    /// Blank lines that mean nothing, since they follow every line.
    idle_gap: u32,
    /// Whether blank lines part paragraphs at all.
    gaps_part: bool,
}

/// Narrowest and widest line that can be a text cut at a fixed width, in columns.
const CUT_WIDTHS: std::ops::RangeInclusive<usize> = 30..=110;
/// Lines cut at one width differ by at most this many columns: a paragraph's first line by its
/// indent of two characters, any line by a character or two that may not begin the next.
const RAGGED: usize = 7;
/// A piece this wide that ends in mid-sentence was cut by a page, whatever else holds.
const LONG: usize = 64;

impl Layout {
    /// Measures a text.
    pub(super) fn measure(pieces: &[Piece<'_>]) -> Self {
        let lines: Vec<&Piece<'_>> = pieces.iter().filter(|p| !p.text.contains('\t')).collect();
        let mut open_widths: BTreeMap<usize, usize> = BTreeMap::new();
        for p in &lines {
            let w = columns(p.text);
            if !ends_sentence(p.text) && CUT_WIDTHS.contains(&w) {
                *open_widths.entry(w).or_default() += 1;
            }
        }
        // The window of RAGGED columns that holds most of the lines that end in mid-sentence.
        let window = |w: usize| open_widths.range(w.saturating_sub(RAGGED)..=w).map(|(_, n)| n).sum::<usize>();
        let best = open_widths.keys().map(|&w| (window(w), w)).max();
        let width = best.filter(|&(n, _)| n >= 4 && n * 5 >= lines.len()).map(|(_, w)| w);
        let followed = pieces.iter().skip(1).filter(|p| p.gap > 0).count();
        let idle = width.is_some() && followed * 10 >= pieces.len().saturating_sub(1) * 9;
        Layout { width, idle_gap: u32::from(idle), gaps_part: followed * 10 >= pieces.len() }
    }

    /// Whether a piece fills its line.
    fn is_full(&self, piece: &Piece<'_>) -> bool {
        self.width.is_some_and(|w| columns(piece.text) + RAGGED >= w)
    }

    /// Whether a piece is longer than lines cut at a fixed width are: a paragraph on one line.
    fn is_long(&self, piece: &Piece<'_>) -> bool {
        columns(piece.text) > self.width.map_or(LONG, |w| w + RAGGED)
    }

    /// Whether `next` goes on with the paragraph `so_far`, of which `piece` is the last.
    pub(super) fn goes_on(&self, so_far: &str, piece: &Piece<'_>, next: &Piece<'_>) -> bool {
        if next.starts_block || begins_block(next.text) || stands_alone(piece.text) {
            return false;
        }
        let parted = next.gap > self.idle_gap;
        if opened_bracket(so_far) || breaks_figure(piece.text, next.text) {
            return true;
        }
        if responsibility::ends_with_note(so_far) {
            return false;
        }
        if ends_sentence(piece.text) {
            let closed_by_colon = piece.text.ends_with(['：', ':']);
            let full = self.is_full(piece) && !self.is_long(piece);
            return !parted && full && !closed_by_colon && !opens_with_a_year(next.text);
        }
        let open = piece.text.ends_with(['，', ',', '、', '（', '(', '“', '《', '—']);
        let numbered = heading::marker(piece.text);
        if numbered.is_some_and(|m| matches!(heading::shape(piece.text, m), heading::Shape::Alone)) {
            // A heading may fill its line and go on, an item that looks like one also on the next page.
            let item = piece.text.contains(['，', ',']) && next.after_noise;
            return (!parted && !next.after_noise || item) && self.is_full(piece) && !self.is_long(piece);
        }
        // Running text that ends in mid-sentence was cut, by a page or by a line.
        if next.after_noise || open || piece.text.contains(['。', '，', ',']) {
            return true;
        }
        if parted {
            return self.is_full(piece) || self.is_long(piece);
        }
        if is_short_line(piece.text) && is_short_line(next.text) && !self.is_full(piece) {
            return false;
        }
        self.is_full(piece) || self.is_long(piece) || (self.gaps_part && self.idle_gap == 0)
    }
}

/// Whether a line is cut within a number: a clause that ends in a digit, and digits with words behind them.
fn breaks_figure(line: &str, next: &str) -> bool {
    let ends = line.ends_with(|c: char| c.is_ascii_digit()) && line.contains(['，', ',', '；', ';', '。']);
    let words = next.trim_start_matches(|c: char| c.is_ascii_digit());
    let begins = words.len() < next.len() && words.trim_start().starts_with(|c: char| text::is_han(c) || c == '%');
    let dated = words.starts_with('年') || words.starts_with('、');
    ends && begins && !dated && next.len() - words.len() <= 4
}

/// Whether the paragraph's last bracket is still open, and not since long ago (a slip of the text).
fn opened_bracket(so_far: &str) -> bool {
    const LONGEST: usize = 400;
    let mut depth = 0usize;
    for c in so_far.chars().rev().take(LONGEST) {
        match c {
            '）' | ')' | '》' => depth += 1,
            '（' | '(' | '《' if depth == 0 => return true,
            '（' | '(' | '《' => depth -= 1,
            _ => {}
        }
    }
    false
}

/// A line such as a title's, an issuer's or a date's.
fn is_short_line(text: &str) -> bool {
    columns(text) <= LONG / 2 && !text.contains(['，', '。', ','])
}

/// Whether a text begins as only a block does.
fn begins_block(text: &str) -> bool {
    let numbered = heading::marker(text).is_some();
    let dashed = text.starts_with("——") || text.starts_with("——");
    let bold = heading::bold_heads(text).first().is_some_and(|b| b.start == 0);
    numbered || dashed || bold || is_date_or_number(text)
}

/// Whether a text opens as paragraphs of goals do: 到2027年，…. At the end of a full line no width
/// tells whether the sentence ended its paragraph; these words do.
fn opens_with_a_year(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('到') else { return false };
    let rest = rest.trim_start_matches(text::is_blank);
    let year = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    year == 4 && rest[year..].trim_start_matches(text::is_blank).starts_with('年')
}

/// Whether a line is whole in itself: a title, a date, a number, a box's heading.
fn stands_alone(text: &str) -> bool {
    let short = columns(text) <= 2 * LONG;
    let boxed = heading::marker(text).is_some_and(|m| m.style == Style::Box && !text.contains('。'));
    is_date_or_number(text)
        || boxed
        || (short && !text.contains(['。', '；']) && heading::ends_like_title(text) && !opens_clause(text))
}

/// Whether a line that ends like a title is the beginning of a sentence (现将《…方案》 …).
fn opens_clause(text: &str) -> bool {
    text.contains(['，', ','])
        || ["现将", "現將", "根据", "根據", "按照", "为", "為", "依据"].iter().any(|w| text.starts_with(w))
}

#[cfg(test)]
mod tests {
    use super::super::lines::{lines, pieces};
    use super::*;

    fn paragraphs(raw: &str) -> Vec<String> {
        let lines = lines(raw);
        let pieces = pieces(&lines, &[], |_| Vec::new());
        let layout = Layout::measure(&pieces);
        let mut out: Vec<String> = Vec::new();
        for (i, p) in pieces.iter().enumerate() {
            if i > 0 && layout.goes_on(&out[out.len() - 1], &pieces[i - 1], p) {
                let last: &mut String = out.last_mut().expect("the first piece began a paragraph");
                last.push_str(p.text);
            } else {
                out.push(p.text.to_owned());
            }
        }
        out
    }

    #[test]
    fn a_line_is_a_paragraph() {
        let text = "武汉市人民政府\n2025年11月25日\n为加快推动融合，制定本方案。\n一、目标\n到2027年，达到10家。\n";
        assert_eq!(paragraphs(text).len(), 5);
    }

    #[test]
    fn a_page_cuts_a_paragraph() {
        let long = "全市生物医药产业规模突破，建设一批特色产业园区和平台，培育一批龙头企业和专精特新企业，形成2个以";
        let text = format!("一、目标\n\n{long}\n\n上500亿级集群。\n\n下一段的第一句话在这里结束。\n\n二、任务\n");
        assert_eq!(paragraphs(&text).len(), 4);
    }
}
