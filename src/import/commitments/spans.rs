//! Spans of years that begin with the document or with a year it names: 三年内, 2024年起的五年内.

use super::super::plain::{each, ends};
use super::time::{Calendar, Mark, When};

/// How many years words such as 五年内 name.
pub(super) fn years_named(words: &str) -> Option<i16> {
    let n = "一二三四五六七八九".chars().zip(1i16..).find(|(c, _)| words.starts_with(*c)).map(|(_, n)| n);
    let n = n.or_else(|| words.get(..1)?.parse().ok())?;
    (words.starts_with(|c: char| !c.is_ascii_digit()) || words[1..].starts_with('年')).then_some(n)
}

/// Whether words of time name a span (三年内, 五年) and no year.
pub(super) fn is_span(words: &str) -> bool {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    (years_named(words).is_some() && !words.contains(['〇', '零']))
        || (digits == 2 && words[2..].starts_with('年'))
        || words.starts_with("十年")
}

/// Whether what stands between a year and a span of years says that the span begins there.
pub(super) fn since(between: &str) -> bool {
    matches!(between, "起的" | "起" | "开始的" | "起计" | "起计的" | "开始")
}

/// 三年内, 未来五年, 用三年时间, 三年累计
pub(super) fn years_ahead(text: &str, at: usize, calendar: &Calendar) -> Option<Mark> {
    const NUMBERS: &[(&str, i16)] = &[
        ("一年", 1),
        ("两年", 2),
        ("二年", 2),
        ("三年", 3),
        ("四年", 4),
        ("五年", 5),
        ("十年", 10),
        ("1年", 1),
        ("2年", 2),
        ("3年", 3),
        ("4年", 4),
        ("5年", 5),
        ("10年", 10),
        ("8年", 8),
    ];
    const LEADS: &str = "未来 今后 力争 争取 再用 用 利用 通过 经过";
    const TAILS: &str = "内 累计 左右 时间 共 努力 合计";
    let rest = &text[at..];
    let before = &text[..at];
    if before.ends_with(|c: char| c.is_ascii_digit() || crate::text::is_han_numeral(c) || c == '近' || c == '-') {
        return None;
    }
    let (words, n) = NUMBERS.iter().find(|(w, _)| rest.starts_with(w))?;
    let after = &rest[words.len()..];
    let begun = since(
        before
            .rfind("年度")
            .or_else(|| before.rfind('年'))
            .map_or("", |i| before[i..].trim_start_matches("年度").trim_start_matches('年')),
    );
    let fresh =
        begun || before.is_empty() || before.ends_with([',', '。', ';', ':', '(']) || ends(before, "在 于 其中");
    let led = ends(before, LEADS);
    let tail = each(TAILS).find(|t| after.starts_with(*t));
    // 毕业2年内, 3年以内 and 五年来 are other spans.
    if !(led || (fresh && tail.is_some())) || after.starts_with("来") || after.starts_with("期") {
        return None;
    }
    let year = match (calendar.period, calendar.issued) {
        (Some((first, last)), _) => Some(if first + n > last { last } else { first + n - 1 }),
        (None, Some(issued)) => Some(issued + n),
        (None, None) => None,
    };
    let end = at + words.len() + tail.map_or(0, |t| t.len());
    Some(Mark { range: at..end, when: When::Until, wide: true, passing: false, year })
}
