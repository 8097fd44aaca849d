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
    found.extend(bare_page_numbers(lines));
    found.extend(lines.iter().flat_map(page_numbers_within));
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

/// A line that is a number and nothing else, where a page cut running text: text that goes on behind it without
/// a unit or a stop. In a column of cells the neighbours are short.
fn bare_page_numbers(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    const TEXT: usize = 10;
    let filled: Vec<&Line<'_>> = lines.iter().filter(|l| !l.text.chars().all(is_blank)).collect();
    let long = |l: &Line<'_>| l.text.trim_matches(is_blank).chars().filter(|c| crate::text::is_han(*c)).count() >= TEXT;
    filled
        .windows(3)
        .filter(|w| {
            let number = w[1].text.trim_matches(is_blank);
            let page = (1..=3).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
            let (before, after) = (w[0].text.trim_end_matches(is_blank), w[2].text.trim_matches(is_blank));
            page && long(w[0])
                && long(w[2])
                && !before.ends_with(|c: char| c.is_ascii_digit() || c == '.')
                && after.chars().next().is_some_and(|c| {
                    crate::text::is_han(c) && !is_han_numeral(c) && !COUNTERS.contains(&c)
                        || matches!(c, '（' | '(' | '“')
                })
        })
        .map(|w| extent(w[1]))
        .collect()
}

/// Characters that a number's unit begins with: a number in front of them is no page number.
const COUNTERS: [char; 46] = [
    '个', '家', '项', '件', '名', '人', '座', '所', '条', '张', '种', '套', '台', '辆', '艘', '架', '户', '亩', '吨',
    '元', '米', '处', '次', '场', '批', '只', '款', '部', '支', '年', '月', '日', '天', '倍', '位', '公', '平', '立',
    '千', '百', '万', '亿', '余', '多', '标', '株',
];

/// `— 3 —` and `第 3 页 共 12 页` in the midst of a line, blanks about them.
fn page_numbers_within(line: &Line<'_>) -> Vec<Range<usize>> {
    const DASHES: [char; 6] = ['—', '–', '-', '－', '─', '―'];
    let text = line.text;
    let mut out = Vec::new();
    let blanks = |s: &str| s.len() - s.trim_start_matches(is_blank).len();
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c| DASHES.contains(&c) || c == '第').map(|i| at + i) {
        let first = text[start..].chars().next().unwrap_or('-');
        let rest = text[start..].trim_start_matches(first);
        let begin = text.len() - rest.len();
        let gap = blanks(rest);
        let number = digits(&rest[gap..]);
        let after = &rest[gap + number..];
        let close = blanks(after);
        let tail = &after[close..];
        at = begin.max(start + first.len_utf8());
        if !(1..=3).contains(&number) {
            continue;
        }
        let apart = text[..start].ends_with(is_blank) || start == 0;
        let end = if first == '第' {
            let Some(rest) = tail.strip_prefix('页').filter(|_| apart) else { continue };
            let total = rest.trim_start_matches(|c| is_blank(c) || matches!(c, ',' | '，' | '/'));
            let total = total.strip_prefix('共').and_then(|t| {
                let t = t.trim_start_matches(is_blank);
                t[digits(t)..].trim_start_matches(is_blank).strip_prefix('页')
            });
            text.len() - total.unwrap_or(rest).len()
        } else {
            let dashed = tail.trim_start_matches(first);
            if gap == 0 || close == 0 || dashed.len() == tail.len() {
                continue;
            }
            text.len() - dashed.len()
        };
        let neighbour = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
        let before = text[..start].trim_end_matches(is_blank).chars().next_back();
        let next = text[end..].trim_start_matches(is_blank);
        let figure = next.starts_with(|c: char| c.is_ascii_digit());
        // Between two numbers dashes mean a range, unless blanks stand about the whole.
        let clear =
            neighbour(before) && (neighbour(next.chars().next()) || figure && text[end..].starts_with(is_blank));
        if clear {
            out.push(line.start + start..line.start + end);
            at = end;
        }
    }
    out
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
    fn page_numbers_in_the_midst_of_text() {
        let within = |text: &str| {
            let lines = super::super::lines::lines(text);
            lines.iter().flat_map(page_numbers_within).map(|r| text[r].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(within("产业规模力争突破 — 3 — 8000亿元"), ["— 3 —"]);
        assert_eq!(within("新增企业 - 12 - 300家，"), ["- 12 -"]);
        assert_eq!(within("覆盖率 第 7 页 共 32 页 达到90%"), ["第 7 页 共 32 页"]);
        for none in ["5 - 10 个", "A - 3 - B", "2025-12-31", "培育3—5家", "第 3 条", "——3个"] {
            assert!(within(none).is_empty(), "{none}");
        }
        let bare = |text: &str| {
            let lines = super::super::lines::lines(text);
            bare_page_numbers(&lines).into_iter().map(|r| text[r].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(bare("可再生能源电力装机增加三百万千瓦以\n12\n上其中光伏发电达到四百万千瓦左右\n"), ["12"]);
        assert!(bare("到二〇二五年全市累计建成加氢站数量达到\n12\n座，其中主城区占有一半以上的数量\n").is_empty());
    }

    #[test]
    fn dates_and_numbers() {
        assert!(is_date_or_number("2024 年 12 月 31 日") && is_date_or_number("二〇二四年六月十七日"));
        assert!(is_date_or_number("鄂政办发〔2024〕48号"));
        assert!(!is_date_or_number("到2027年"));
    }
}
