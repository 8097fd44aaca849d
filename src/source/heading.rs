//! Numbering, boxes and labelled heads, as Chinese official documents write them.
//!
//! The order of numbering (一、 above （一） above 1. above （1） above ①) is GB/T 9704's. Chapters
//! (第一章) and sections (第一节) stand above all of these where a document has them.

use crate::text::{ends_sentence, is_blank, is_han_numeral};

/// A kind of numbering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Style {
    /// 第一章, 第一编, 第一部分
    Chapter,
    /// 第一节
    Section,
    /// 第一条
    Article,
    /// 一、
    Han,
    /// （一）
    HanParen,
    /// 1. or 1、
    Digit,
    /// （1）
    DigitParen,
    /// ①
    Circled,
    /// 专栏 1
    Box,
    /// 附件
    Annex,
}

/// Numbering at the beginning of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) style: Style,
    /// Bytes of the marker and the white space after it.
    pub(super) len: usize,
}

/// Longest heading that stands alone, in characters.
const LONGEST_HEADING: usize = 45;
/// Longest labelled head of a numbered paragraph, in characters without the marker.
const LONGEST_NUMBERED_HEAD: usize = 30;
/// Longest labelled head without number.
const LONGEST_PLAIN_HEAD: usize = 16;
/// Longest bold head.
const LONGEST_BOLD_HEAD: usize = 40;

/// The numbering that a text begins with.
pub(super) fn marker(text: &str) -> Option<Marker> {
    let (style, end) = raw_marker(text)?;
    let blank: usize = text[end..].chars().take_while(|c| is_blank(*c)).map(char::len_utf8).sum();
    Some(Marker { style, len: end + blank })
}

fn raw_marker(text: &str) -> Option<(Style, usize)> {
    let first = text.chars().next()?;
    match first {
        '第' => {
            let rest = &text[first.len_utf8()..];
            let n = prefix(rest, |c| is_han_numeral(c) || c.is_ascii_digit() || c == ' ');
            let unit = rest[n..].chars().next()?;
            let style = match unit {
                '章' | '编' => Style::Chapter,
                '部' if rest[n..].starts_with("部分") => Style::Chapter,
                '节' | '節' => Style::Section,
                '条' | '條' => Style::Article,
                _ => return None,
            };
            let unit_len = if unit == '部' { "部分".len() } else { unit.len_utf8() };
            let end = first.len_utf8() + n + unit_len;
            // 第一条 in a sentence («第一条线路») is no numbering: a marker is followed by a blank,
            // punctuation, or stands alone.
            let next = text[end..].chars().next();
            let plain = next.is_none_or(|c| is_blank(c) || matches!(c, '：' | ':' | '、' | '（' | '【'));
            (n > 0 && plain).then_some((style, end))
        }
        '专' | '專' => {
            let rest = text.strip_prefix("专栏").or_else(|| text.strip_prefix("專欄"))?;
            let n = prefix(rest, |c| is_blank(c) || c.is_ascii_digit() || is_han_numeral(c));
            let numbered = rest[..n].chars().any(|c| !is_blank(c));
            let colon = prefix(&rest[n..], |c| matches!(c, '：' | ':'));
            (numbered || colon > 0).then_some((Style::Box, text.len() - rest.len() + n + colon))
        }
        '附' => {
            let rest = text.strip_prefix("附件")?;
            let n = prefix(rest, |c| c.is_ascii_digit() || is_blank(c));
            let next = rest[n..].chars().next();
            next.is_none_or(|c| matches!(c, '：' | ':'))
                .then(|| (Style::Annex, text.len() - rest.len() + n + next.map_or(0, char::len_utf8)))
        }
        '（' | '(' => {
            let rest = &text[first.len_utf8()..];
            let n = prefix(rest, |c| is_han_numeral(c) || c.is_ascii_digit() || c == ' ');
            let inner = rest[..n].trim();
            let close = rest[n..].chars().next().filter(|c| matches!(c, '）' | ')'))?;
            let end = first.len_utf8() + n + close.len_utf8();
            let chars = inner.chars().count();
            if (1..=4).contains(&chars) && inner.chars().all(is_han_numeral) {
                Some((Style::HanParen, end))
            } else if (1..=2).contains(&chars) && inner.chars().all(|c| c.is_ascii_digit()) {
                Some((Style::DigitParen, end))
            } else {
                None
            }
        }
        '①'..='⑳' => Some((Style::Circled, first.len_utf8())),
        c if is_han_numeral(c) => {
            let n = prefix(text, is_han_numeral);
            if n <= "二十一".len() && is_bare_heading(&text[n..]) {
                return Some((Style::Han, n));
            }
            let mark = text[n..].chars().next().filter(|c| matches!(c, '、' | '.' | '．'))?;
            (n <= "二十一".len()).then_some((Style::Han, n + mark.len_utf8()))
        }
        c if c.is_ascii_digit() || ('０'..='９').contains(&c) => {
            let n = prefix(text, |c| c.is_ascii_digit() || ('０'..='９').contains(&c));
            let mut after = text[n..].chars();
            let mark = after.next().filter(|c| matches!(c, '.' | '．' | '、' | '）' | ')'))?;
            let figure = after.next().is_some_and(|c| c.is_ascii_digit());
            let style = if matches!(mark, '）' | ')') { Style::DigitParen } else { Style::Digit };
            (text[..n].chars().count() <= 2 && !figure).then_some((style, n + mark.len_utf8()))
        }
        _ => None,
    }
}

/// 一 主要目标: what follows the numeral is a blank and a short line without a stop.
fn is_bare_heading(rest: &str) -> bool {
    const LONGEST: usize = 16;
    let words = rest.trim_start_matches(is_blank);
    let chars = words.chars().count();
    words.len() < rest.len()
        && (3..=LONGEST).contains(&chars)
        && words.chars().all(|c| crate::text::is_han(c) || matches!(c, '、' | '“' | '”'))
}

fn prefix(text: &str, keep: impl Fn(char) -> bool) -> usize {
    text.find(|c| !keep(c)).unwrap_or(text.len())
}

/// What a numbered text is: a heading that stands alone, a head with text after it, or a plain item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// All of the text is a heading.
    Alone,
    /// The text begins with a head that ends at this byte.
    RunIn(usize),
    /// An item of running text.
    Item,
}

/// The shape of a text that begins with `marker`.
pub(super) fn shape(text: &str, marker: Marker) -> Shape {
    let body = &text[marker.len..];
    let chars = body.chars().count();
    match first_sentence(body) {
        Some(end) if is_head(&body[..end], LONGEST_NUMBERED_HEAD) => {
            if body[end..].trim().is_empty() {
                Shape::Alone
            } else {
                Shape::RunIn(marker.len + end)
            }
        }
        None if chars <= LONGEST_HEADING
            && !ends_sentence(body)
            && !body.ends_with(['，', ',', '、'])
            && !lists_amounts(body) =>
        {
            Shape::Alone
        }
        _ => Shape::Item,
    }
}

/// Whether words are an item without its full stop, with amounts in clauses: 新建学校5所，新增学位3000个.
fn lists_amounts(words: &str) -> bool {
    const COUNTED: &str = "家个項项所座条件名张台辆套户场%％";
    let amounts = words.split(['，', ',', '；', ';']).filter(|clause| {
        let mut chars = clause.chars().filter(|c| !is_blank(*c));
        let mut digit = false;
        let scaled = |c: char| matches!(c, '万' | '亿' | '多' | '余');
        chars.any(|c| {
            let counted = digit && COUNTED.contains(c);
            digit = c.is_ascii_digit() || (digit && scaled(c));
            counted
        })
    });
    amounts.count() >= 2
}

/// Whether the words, closed by 。 or the like, can be a head: short, without commas and figures.
fn is_head(sentence: &str, longest: usize) -> bool {
    let words = sentence.trim_end_matches(['。', '：', ':']);
    let chars = words.chars().count();
    (2..=longest).contains(&chars)
        && !words
            .contains(|c: char| matches!(c, '，' | ',' | '；' | ';' | '：' | ':' | '%' | '％') || c.is_ascii_digit())
}

/// Where the first sentence ends, its 。 included.
fn first_sentence(text: &str) -> Option<usize> {
    text.find('。').map(|i| i + '。'.len_utf8())
}

/// The head that a paragraph without number begins with, if its first sentence can be one and text
/// follows. `colon` also takes a head that ends in a colon, and `figures` one that has a colon or
/// figure within: both only beside bold siblings that show the custom.
pub(super) fn plain_head(text: &str, beside_bold: bool, colon: bool) -> Option<usize> {
    let body = text.trim_start_matches(['—', '–', '―']);
    let dashes = text.len() - body.len();
    let by_sentence = first_sentence(body).filter(|&end| {
        let words = &body[..end];
        let plain = if beside_bold { words.replacen(['：', ':'], "", 1) } else { words.to_owned() };
        is_head(&plain, if beside_bold { LONGEST_NUMBERED_HEAD } else { LONGEST_PLAIN_HEAD })
    });
    let by_colon = body
        .find(['：', ':'])
        .filter(|_| colon)
        .map(|i| i + body[i..].chars().next().map_or(0, char::len_utf8))
        .filter(|&end| is_head(&body[..end], LONGEST_PLAIN_HEAD));
    let end = by_colon.or(by_sentence)?;
    let long_enough = body[..end].chars().count() >= 4;
    (long_enough && !body[end..].trim().is_empty()).then_some(dashes + end)
}

/// A bold head in raw text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bold {
    /// Where the block begins: the opening `**` or the dashes before it.
    pub(super) start: usize,
    /// Where the head ends: after the closing `**` and the punctuation that follows it.
    pub(super) end: usize,
}

/// Bold heads in a piece of raw text: `**…。**` or `**…**。` at its beginning or after the end of a
/// sentence. Bold words elsewhere are emphasis.
pub(super) fn bold_heads(text: &str) -> Vec<Bold> {
    let marks: Vec<usize> = text.match_indices("**").map(|(i, _)| i).collect();
    let mut out = Vec::new();
    for pair in marks.chunks_exact(2) {
        let (open, close) = (pair[0], pair[1]);
        let words = &text[open + 2..close];
        let after = &text[close + 2..];
        let closed = words.ends_with(['。', '：', ':']);
        let punctuation = if closed { 0 } else { prefix(after, |c| matches!(c, '。' | '：' | ':')) };
        let chars = words.chars().count();
        if !(closed || punctuation > 0) || !(2..=LONGEST_BOLD_HEAD).contains(&chars) {
            continue;
        }
        let before = text[..open].trim_end_matches(|c| is_blank(c) || matches!(c, '—' | '–' | '―'));
        if before.is_empty() || before.ends_with(['。', '！', '？', '；']) {
            let dashes = text[before.len()..open].trim_start_matches(is_blank);
            out.push(Bold { start: open - dashes.len(), end: close + 2 + punctuation });
        }
    }
    out
}

/// Words that the titles of official documents end with.
const DOCUMENT_TYPES: [&str; 27] = [
    "方案", "计划", "规划", "意见", "办法", "措施", "通知", "决定", "规定", "细则", "条例", "纲要", "要点", "通告",
    "公告", "计劃", "計劃", "規劃", "意見", "辦法", "條例", "指引", "蓝图", "藍圖", "綱要", "纲领", "綱領",
];

/// Whether a line ends as a document's title does: 方案, 规划 (2023-2026年), 意见 (鄂政办发〔2024〕48号).
pub(super) fn ends_like_title(text: &str) -> bool {
    let mut rest = text.trim_end_matches(is_blank);
    while let Some(open) = rest.strip_suffix(['）', ')']).and_then(|r| r.rfind(['（', '('])) {
        rest = rest[..open].trim_end_matches(is_blank);
    }
    let rest = rest.trim_end_matches(['》', '》']);
    DOCUMENT_TYPES.iter().any(|t| rest.ends_with(t))
}

/// Whether a line names a public body and nothing else.
pub(super) fn is_issuer(text: &str) -> bool {
    const ENDS: [&str; 13] = [
        "政府",
        "办公室",
        "办公厅",
        "委员会",
        "局",
        "厅",
        "管委会",
        "领导小组",
        "文件",
        "部",
        "辦公室",
        "委員會",
        "廳",
    ];
    let text = text.trim_matches(is_blank);
    ENDS.iter().any(|e| text.ends_with(e)) && text.chars().count() <= 40
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers() {
        let style = |t: &str| marker(t).map(|m| (m.style, m.len));
        assert_eq!(style("一、总体目标"), Some((Style::Han, "一、".len())));
        assert_eq!(style("(十二)推动"), Some((Style::HanParen, "(十二)".len())));
        assert_eq!(style("（一） 加快"), Some((Style::HanParen, "（一） ".len())));
        assert_eq!(style("1. 构建"), Some((Style::Digit, 3)));
        assert_eq!(style("3、培育"), Some((Style::Digit, "3、".len())));
        assert_eq!(style("（2）支持"), Some((Style::DigitParen, "（2）".len())));
        assert_eq!(style("②支持"), Some((Style::Circled, 3)));
        assert_eq!(style("专栏 1 :2022-2026 年指标").map(|s| s.0), Some(Style::Box));
        assert_eq!(style("第三条 本办法").map(|s| s.0), Some(Style::Article));
        assert_eq!(style("第一节　目标").map(|s| s.0), Some(Style::Section));
        for none in ["3.5亿元", "2024年", "第一条线路", "一批国家级", "(责任单位:市科技局)", "十大楚药", "100.5"]
        {
            assert_eq!(style(none), None, "{none}");
        }
    }

    #[test]
    fn shapes() {
        let of = |t: &str| shape(t, marker(t).expect("begins with numbering"));
        assert_eq!(of("一、加快创新药产业发展,打造生物医药新增长引擎"), Shape::Alone);
        assert_eq!(of("（一）指导思想。"), Shape::Alone);
        assert_eq!(of("1.产业规模壮大。2022年"), Shape::RunIn("1.产业规模壮大。".len()));
        assert_eq!(of("1.对新认定的企业给予最高100万元奖励。"), Shape::Item);
        assert_eq!(of("第一条 为加快产业发展，制定本办法。"), Shape::Item);
    }

    #[test]
    fn bold() {
        let text = "集聚地。**浏阳经开区：**建成，**重点**支持。——**坚持。**充分**创新圈**。规划";
        let heads: Vec<_> = bold_heads(text).iter().map(|b| &text[b.start..b.end]).collect();
        assert_eq!(heads, ["**浏阳经开区：**", "——**坚持。**"]);
        assert_eq!(bold_heads("**创新圈**。规划").len(), 1);
    }

    #[test]
    fn plain_heads() {
        assert_eq!(plain_head("集聚区。支持湘江新区", false, false), Some("集聚区。".len()));
        assert_eq!(plain_head("到2026年，全市达到5家。支持", false, false), None);
        assert_eq!(plain_head("湘江新区：构建以", true, true), Some("湘江新区：".len()));
        assert_eq!(plain_head("三圈：攻关研发圈。布局", true, false), Some("三圈：攻关研发圈。".len()));
    }

    #[test]
    fn titles() {
        assert!(ends_like_title("行动方案(2025—2027年)") && ends_like_title("关于印发《规划》的通知"));
        assert!(ends_like_title("的实施意见 (鄂政办发〔2024〕48号)") && !ends_like_title("武汉市人民政府"));
        assert!(is_issuer("长沙市发展和改革委员会") && !is_issuer("打造国际医疗创新高地实施方案"));
    }
}
