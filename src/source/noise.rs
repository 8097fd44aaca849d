//! What the extraction added: running headers, page numbers, print blocks.
//!
//! Rules find what any reader would know for noise; a record names the rest. The result is a sorted
//! list of ranges of bytes of the raw text.

use std::collections::BTreeMap;
use std::ops::Range;

use super::heading;
use super::lines::Line;
use super::{Hints, NoiseHint};
use crate::text::{ends_sentence, is_blank, is_han_numeral};

/// Lines repeated at least this often are a running header or footer.
const REPEATED: usize = 3;
/// A running header is at most this many characters long.
const HEADER_CHARS: usize = 40;

/// Noise by rule and by record, and the record's hints that matched nothing.
pub(super) fn find(raw: &str, lines: &[Line<'_>], hints: &Hints) -> (Vec<Range<usize>>, Vec<String>) {
    let mut found = Vec::new();
    let mut unused = Vec::new();
    found.extend(lines.iter().filter(|l| is_page_number(l.text)).map(|l| extent(l)));
    found.extend(running_headers(lines));
    found.extend(print_blocks(lines));
    for hint in &hints.noise {
        let (ranges, name) = match hint {
            NoiseHint::Words(words) => (by_words(raw, lines, words), words),
            NoiseHint::Span { from, to } => (by_ends(raw, from, to), from),
        };
        if ranges.is_empty() {
            unused.push(name.clone());
        }
        found.extend(ranges);
    }
    (merge(raw, found), unused)
}

fn extent(line: &Line<'_>) -> Range<usize> {
    line.start..line.start + line.text.len()
}

/// `— 3 —`, `- 3 -`, `·3·`, `第3页`, `第 3 页 共 12 页`, `3/12`, `Page 3`.
fn is_page_number(line: &str) -> bool {
    let compact: String = line.chars().filter(|c| !is_blank(*c)).collect();
    if !compact.chars().any(|c| c.is_ascii_digit()) || compact.chars().count() > 14 {
        return false;
    }
    let dashed = |c: char| matches!(c, '-' | '–' | '—' | '―' | '·' | '•' | '~' | '－' | '─');
    let bare = compact.trim_matches(dashed);
    if bare.len() < compact.len()
        && compact.starts_with(dashed)
        && compact.ends_with(dashed)
        && bare.chars().all(|c| c.is_ascii_digit())
    {
        return true;
    }
    let rest: String = compact.chars().filter(|c| !c.is_ascii_digit()).collect();
    matches!(rest.as_str(), "第页" | "第页共页" | "第页，共页" | "第页,共页" | "第页/共页" | "/" | "Page" | "Pageof")
}

/// Short lines that come back [`REPEATED`] times and neither end a sentence nor number anything.
fn running_headers(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut seen: BTreeMap<&str, Vec<&Line<'_>>> = BTreeMap::new();
    for line in lines {
        let text = line.text.trim_matches(is_blank);
        let chars = text.chars().count();
        let plausible = (4..=HEADER_CHARS).contains(&chars)
            && !ends_sentence(text)
            && !text.contains('\t')
            && !text.starts_with(['（', '(', '【', '*', '|', '-'])
            && heading::marker(text).is_none()
            && !text.ends_with(['，', ',', '、']);
        if plausible {
            seen.entry(text).or_default().push(line);
        }
    }
    seen.into_values().filter(|l| l.len() >= REPEATED).flatten().map(extent).collect()
}

/// The block at a document's foot that says to whom it was copied, and who printed it when:
/// from a line that begins with 抄送 to the line with 印发 and a date.
fn print_blocks(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    const LONGEST: usize = 25;
    let mut out = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        let compact: String = line.text.chars().filter(|c| !is_blank(*c)).collect();
        if !(compact.starts_with("抄送:") || compact.starts_with("抄送：")) {
            continue;
        }
        let last = lines[i..].iter().take(LONGEST).position(|l| {
            let text: String = l.text.chars().filter(|c| !is_blank(*c)).collect();
            text.contains("日印发")
        });
        if let Some(last) = last {
            out.push(line.start..extent(&lines[i + last]).end);
        }
    }
    out
}

fn by_words(raw: &str, lines: &[Line<'_>], words: &str) -> Vec<Range<usize>> {
    let words = words.trim();
    if words.is_empty() {
        return Vec::new();
    }
    let whole: Vec<_> = lines.iter().filter(|l| l.text.trim_matches(is_blank) == words).map(extent).collect();
    if !whole.is_empty() {
        return whole;
    }
    raw.match_indices(words).map(|(at, m)| at..at + m.len()).collect()
}

fn by_ends(raw: &str, from: &str, to: &str) -> Vec<Range<usize>> {
    if from.is_empty() || to.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(start) = raw[at..].find(from).map(|i| at + i) {
        let after = start + from.len();
        let Some(end) = raw[after..].find(to).map(|i| after + i + to.len()) else { break };
        out.push(start..end);
        at = end;
    }
    out
}

/// Sorts, trims blanks, and joins ranges that overlap or have only blanks between them.
fn merge(raw: &str, mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    for r in &mut ranges {
        let text = &raw[r.clone()];
        let end = r.start + text.trim_end_matches(is_blank).len();
        r.start += text.len() - text.trim_start_matches(is_blank).len();
        r.end = end.max(r.start);
    }
    ranges.retain(|r| !r.is_empty());
    ranges.sort_by_key(|r| (r.start, r.end));
    let mut out: Vec<Range<usize>> = Vec::new();
    for r in ranges {
        match out.last_mut() {
            Some(last) if r.start <= last.end || raw[last.end..r.start].chars().all(is_blank) => {
                last.end = last.end.max(r.end);
            }
            _ => out.push(r),
        }
    }
    out
}

/// Whether a short line is a date or a document number, which neither goes on nor is gone on with.
pub(super) fn is_date_or_number(text: &str) -> bool {
    let compact: String = text.chars().filter(|c| !is_blank(*c)).collect();
    let digits = |c: char| c.is_ascii_digit() || is_han_numeral(c);
    let date = compact.ends_with('日')
        && compact.contains('年')
        && compact.contains('月')
        && compact.chars().all(|c| digits(c) || matches!(c, '年' | '月' | '日' | '元'));
    let bracketed = [('〔', '〕'), ('[', ']'), ('［', '］'), ('【', '】')]
        .iter()
        .any(|&(open, close)| compact.contains(open) && compact.contains(close));
    date || (bracketed && compact.ends_with('号') && compact.chars().count() <= 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers() {
        for yes in ["— 3 —", "- 12 -", "－７－".replace('７', "7").as_str(), "第 3 页 共 12 页", "3 / 12"] {
            assert!(is_page_number(yes), "{yes}");
        }
        for no in ["2024年", "3", "第三条", "- 支持3家", "1/3以上", "", "2-3"] {
            assert!(!is_page_number(no), "{no}");
        }
    }

    #[test]
    fn dates_and_numbers() {
        assert!(is_date_or_number("2024 年 12 月 31 日") && is_date_or_number("二〇二四年六月十七日"));
        assert!(is_date_or_number("鄂政办发〔2024〕48号"));
        assert!(!is_date_or_number("到2027年"));
    }
}
