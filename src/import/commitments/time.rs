//! Words of time in a block: by when, in which year, until now, and years that only compare.
//!
//! Takes a block's words in comparison form and what is known of the document's own time; gives marks in
//! order.

use std::ops::Range;

use super::super::plain::{each, ends};
use super::spans::{since, years_ahead, years_named};

/// What is known of the time of a document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Calendar {
    /// Year of issue.
    pub issued: Option<i16>,
    /// Month of issue.
    pub month: Option<i8>,
    /// First and last year that it is for.
    pub period: Option<(i16, i16)>,
    /// The one year that it names as one to come, if it names only one.
    pub only: Option<i16>,
    /// Whether its years are of the Republic: 113年 is 2024.
    pub republic: bool,
}

impl Calendar {
    /// The one year that an annual plan is for.
    fn annual(&self) -> Option<i16> {
        self.period.filter(|(first, last)| first == last).map(|(year, _)| year).or(self.only)
    }

    /// The first year that lies ahead of the document, as far as it is known.
    pub(super) fn begins(&self) -> Option<i16> {
        match (self.issued, self.period) {
            (Some(issued), Some((first, _))) => Some(issued.min(first)),
            (Some(issued), None) => Some(issued),
            (None, Some((first, _))) => Some(first),
            (None, None) => None,
        }
    }
}

/// What words of time say of what follows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum When {
    /// 到2027年, 2027年底前, 三年内: something is to be by then.
    Until,
    /// 2025年: in that year, which may lie ahead or behind.
    At,
    /// 截至, 目前, 去年, 近年来: behind.
    Past,
    /// 较2020年, 2000年底前建成的: a year that only compares or describes.
    Reference,
}

/// Words of time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct Mark {
    /// Bytes of the words.
    pub(in crate::import) range: Range<usize>,
    pub(in crate::import) when: When,
    /// Whether it holds beyond its part of the sentence: 到2027年 does, 2027年底前 does not.
    pub(in crate::import) wide: bool,
    /// Whether it holds in its clause only: a year on the way to a later one that the sentence is about.
    pub(in crate::import) passing: bool,
    /// The (last) year that they name or imply.
    pub(in crate::import) year: Option<i16>,
}

/// The marks of a text, in order.
pub(in crate::import) fn marks(text: &str, calendar: &Calendar) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut title = 0usize;
    while let Some(c) = text[at..].chars().next() {
        match c {
            '《' => title += 1,
            '》' => title = title.saturating_sub(1),
            _ if title == 0 => {
                let found = year(text, at, calendar.republic)
                    .or_else(|| plan(text, at, calendar))
                    .or_else(|| word(text, at, calendar));
                if let Some(mut mark) = found {
                    if let Some(n) = years_named(&text[mark.range.clone()])
                        && let Some(from) = out.last().filter(|l: &&Mark| since(&text[l.range.end..mark.range.start]))
                    {
                        // 2024-25年度起的五年内
                        mark.year = from.year.map(|y| y + n - 1);
                    }
                    at = mark.range.end.max(at + 1);
                    out.push(mark);
                    continue;
                }
            }
            _ => {}
        }
        at += c.len_utf8();
    }
    // 到2022年底达A,2023年达B,2024年达C: each year of the row holds as the first does.
    for i in 1..out.len() {
        let (first, next) = (&out[i - 1], &out[i]);
        let row = first.wide
            && first.when != When::Past
            && next.when == When::At
            && first.year.is_some()
            && next.year > first.year;
        if row
            && !text[first.range.end..next.range.start].contains(['。', ';'])
            && !text[..next.range.start].ends_with("其中")
        {
            out[i].wide = true;
        }
    }
    for i in 1..out.len() {
        let lead = out[..i].iter().rfind(|m| m.wide && m.when == When::Until).cloned();
        if let Some(lead) = lead
            && !out[i].wide
            && out[i].year < lead.year
            && !text[lead.range.end..out[i].range.start].contains('。')
        {
            out[i].passing = true;
        }
    }
    out
}

/// A year in digits with 年: 2027年, 2025-2027年, 2024-25年度.
fn year(text: &str, at: usize, republic: bool) -> Option<Mark> {
    let digits = |at: usize| year_digits(text, at).or_else(|| year_of_republic(text, at).filter(|_| republic));
    let (first, mut end) = digits(at).or_else(|| year_han(text, at))?;
    let mut last = first;
    let rest = &text[end..];
    let (with_year, body) = rest.strip_prefix('年').map_or((false, rest), |body| (true, body));
    if let Some(second) = body.strip_prefix(['-', '至', '到', '、']) {
        let from = text.len() - second.len();
        let listed = body.starts_with('、');
        let two = || {
            let digits = second.get(..2).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
            let short = second[2..].starts_with("年度") && !with_year;
            short.then(|| digits.parse::<i16>().ok().map(|n| (first / 100 * 100 + n, from + 2))).flatten()
        };
        if let Some((year, to)) = digits(from).or_else(two)
            && text[to..].starts_with('年')
            && year > first
            && !listed
        {
            last = year;
            end = to;
        }
    }
    let rest = text[end..].strip_prefix('年')?;
    let rest = rest.strip_prefix('度').unwrap_or(rest);
    let mut tail = rest;
    // 2025年6月底前, 2025年9月30日前
    if let Some(month) = number_then(tail, "月") {
        tail = &tail[month..];
        tail = tail.strip_prefix('份').unwrap_or(tail);
        if let Some(day) = number_then(tail, "日") {
            tail = &tail[day..];
        }
    }
    let mut ahead = false;
    for suffix in ["底", "末", "初", "年底", "中"] {
        if let Some(after) = tail.strip_prefix(suffix) {
            tail = after;
            break;
        }
    }
    for suffix in ["或之前", "以前", "之前", "前", "内", "止"] {
        if let Some(after) = tail.strip_prefix(suffix) {
            ahead = true;
            tail = after;
            break;
        }
    }
    let range = at..text.len() - tail.len();
    let before = &text[..at];
    let when = if before.ends_with("截至") || before.ends_with("截止") || ends(before, "截至到 截止到 截止至")
    {
        When::Past
    } else if refers(before, tail, ahead) {
        When::Reference
    } else if tail.starts_with("以来") {
        When::Past
    } else if tail.starts_with('起') || tail.starts_with("开始") {
        When::Reference
    } else if ahead || last > first || ends(before, "到 至 展望 力争 争取 确保") {
        When::Until
    } else {
        When::At
    };
    let leads = ends(before, "到 至 展望 力争 争取 确保");
    let opens = before.is_empty() || before.ends_with(['。', ':', ';', '\u{1}', '.']) || before.ends_with("一是");
    let wide = leads || last > first || (opens && !ahead) || when == When::Past;
    Some(Mark { range, when, wide, passing: false, year: Some(last) })
}

/// Whether a year only compares with what is, or describes a thing: 较2020年, 是2020年的1.5倍, 2000年底前建成的.
fn refers(before: &str, tail: &str, ahead: bool) -> bool {
    const COMPARES: &str = "较 比 相较 相较于 相比 相对 相对于 对比 以 从 由 自 对照 同";
    const MADE: &str = "建成 建设 建造 竣工 开工 出让 出生 登记 注册 批准 认定 印发 发布 入库 投产 形成";
    if ["相比", "基准", "水平", "基础上", "的基础上"].iter().any(|w| tail.starts_with(w)) {
        return true;
    }
    if ends(before, COMPARES) || (before.ends_with('与') && tail.chars().take(6).any(|c| c == '相')) {
        return true;
    }
    if tail.starts_with("为基") || tail.starts_with("基期") {
        return true;
    }
    // 达到2023年的3倍
    if let Some(rest) = tail.strip_prefix('的')
        && rest.starts_with(|c: char| c.is_ascii_digit() || crate::text::is_han_numeral(c))
        && rest.chars().take(8).any(|c| c == '倍' || c == '%')
    {
        return true;
    }
    let made = each(MADE).any(|m| tail.starts_with(m) && tail[m.len()..].starts_with('的'));
    // 2000年底前建成的 describes; 2027年底前建成 commits.
    made && (ahead || !ends(before, "到 至"))
}

/// 2027 at `at`, not within a longer number.
fn year_digits(text: &str, at: usize) -> Option<(i16, usize)> {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let alone = (at == 0 || !digit(at - 1)) && !digit(at + 4);
    let digits = text.get(at..at + 4).filter(|d| alone && d.bytes().all(|b| b.is_ascii_digit()))?;
    let year: i16 = digits.parse().ok()?;
    (1949..=2099).contains(&year).then_some((year, at + 4))
}

/// 113 at `at`: years of the Republic, of which 1912 is the first.
fn year_of_republic(text: &str, at: usize) -> Option<(i16, usize)> {
    let bytes = text.as_bytes();
    let alone = (at == 0 || !bytes[at - 1].is_ascii_digit()) && !bytes.get(at + 3).is_some_and(u8::is_ascii_digit);
    let year: i16 = text.get(at..at + 3).filter(|_| alone)?.parse().ok()?;
    (90..=150).contains(&year).then_some((year + 1911, at + 3))
}

/// 二〇二五
fn year_han(text: &str, at: usize) -> Option<(i16, usize)> {
    const DIGITS: &str = "〇一二三四五六七八九";
    let mut year = 0i16;
    let mut end = at;
    for c in text[at..].chars().take(4) {
        let c = if c == '零' { '〇' } else { c };
        let digit = DIGITS.chars().position(|d| d == c)?;
        year = year.checked_mul(10)?.checked_add(i16::try_from(digit).ok()?)?;
        end += c.len_utf8();
    }
    ((1949..=2099).contains(&year) && text[end..].starts_with('年')).then_some((year, end))
}

/// The length of one or two digits with a word behind them.
fn number_then(text: &str, word: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    ((1..=2).contains(&digits) && text[digits..].starts_with(word)).then_some(digits + word.len())
}

/// “十四五”期间, “十四五”末: a five-year plan's years.
fn plan(text: &str, at: usize, calendar: &Calendar) -> Option<Mark> {
    let rest = text[at..].strip_prefix('十')?;
    let (n, rest) = "一二三四五六七八".chars().zip(1i16..).find_map(|(c, n)| Some((n, rest.strip_prefix(c)?)))?;
    let rest = rest.strip_prefix('五')?;
    let rest = rest.strip_prefix('"').unwrap_or(rest);
    let last = 2010 + 5 * (n - 1);
    const TIMES: &str = "时期 期间 期末 末 以来 收官 规划期 中后期";
    let word = each(TIMES).find(|w| rest.starts_with(*w))?;
    let end = text.len() - rest.len() + word.len();
    let before = text[..at].trim_end_matches('"');
    let behind = calendar.begins().is_some_and(|begins| last < begins) || word == "以来";
    let when = match () {
        () if ends(before, "较 比 与 是 从 由") => When::Reference,
        () if behind => When::Past,
        () => When::Until,
    };
    Some(Mark { range: at..end, when, wide: true, passing: false, year: Some(last) })
}

/// Words of time without a year in digits.
fn word(text: &str, at: usize, calendar: &Calendar) -> Option<Mark> {
    const PAST: &str = "截至目前 目前 现时 现今 现阶段 去年 上年末 上年底 上年 近年来 近年 近几年 近两年 \
        近三年 近五年 近3年 近5年 近2年 过去五年 过去三年 过去一年 过去几年 一年来 五年来 三年来 \
        多年来 今年以来 今年上半年 今年一季度 今年前三季度 一季度 上半年 前三季度 现有 共有 \
        原有 现状 历史上 长期以来 迄今 已累计 以来";
    const THIS_YEAR: &str = "今年底 今年 本年度 本年 年内 全年 年底前";
    let rest = &text[at..];
    let before = &text[..at];
    if let Some(word) = each(PAST).find(|w| rest.starts_with(*w)) {
        // 项目前期 and 共有产权 hold other words.
        let within = (word == "目前" && before.ends_with(['项', '题', '节', '栏', '科', '数', '曲', '剧']))
            || (word == "共有" && rest.starts_with("共有产权"));
        if within {
            return None;
        }
        let compares = ends(before, "较 比 由 从 高于 低于 优于 在");
        let uses =
            matches!(word, "现有" | "原有") && ends(before, "利用 依托 盘活 整合 改造 优化 提升 对 用好 将 在 巩固");
        let when = if compares || uses { When::Reference } else { When::Past };
        return Some(Mark { range: at..at + word.len(), when, wide: true, passing: false, year: None });
    }
    // 2年内 is a span, 年内 this year.
    let counted = before.ends_with(|c: char| c.is_ascii_digit() || crate::text::is_han_numeral(c));
    if let Some(word) = each(THIS_YEAR).find(|w| rest.starts_with(*w) && !counted) {
        let year = calendar.annual().or(calendar.issued.filter(|_| word != "全年"))?;
        return Some(Mark {
            range: at..at + word.len(),
            when: When::Until,
            wide: true,
            passing: false,
            year: Some(year),
        });
    }
    for word in ["规划期末", "规划期内", "计划期末", "规划末期", "期末"] {
        if rest.starts_with(word) && (word.len() > "期末".len() || before.ends_with("规划")) {
            let (_, last) = calendar.period?;
            return Some(Mark {
                range: at..at + word.len(),
                when: When::Until,
                wide: true,
                passing: false,
                year: Some(last),
            });
        }
    }
    years_ahead(text, at, calendar)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, When, Option<i16>)> {
        let calendar = Calendar { issued: Some(2023), period: Some((2023, 2025)), ..Calendar::default() };
        marks(text, &calendar).into_iter().map(|m| (&text[m.range], m.when, m.year)).collect()
    }

    #[test]
    fn years() {
        use When::{At, Past, Reference, Until};
        for (text, words, when, year) in [
            ("到2027年,达到", "2027年", Until, 2027),
            ("2025年底前建成5座", "2025年底前", Until, 2025),
            ("2025年6月底前完成", "2025年6月底前", Until, 2025),
            ("2024年,新增", "2024年", At, 2024),
            ("截至2022年底,建成", "2022年底", Past, 2022),
            ("较2020年增加", "2020年", Reference, 2020),
            ("与2020年相比", "2020年", Reference, 2020),
            ("达到2023年的3倍", "2023年", Reference, 2023),
            ("2000年底前建成的小区", "2000年底前", Reference, 2000),
            ("2021-2025年,每年", "2021-2025年", Until, 2025),
            ("2021年至2025年,每年", "2021年至2025年", Until, 2025),
            ("2024-25年度起", "2024-25年度", Reference, 2025),
            ("在2032年或之前", "2032年或之前", Until, 2032),
            ("二〇二五年建成", "二〇二五年", At, 2025),
            ("展望2035年", "2035年", Until, 2035),
        ] {
            assert_eq!(found(text), [(words, when, Some(year))], "{text}");
        }
        assert!(found("《规划(2021-2025年)》").is_empty() && found("12025年").is_empty());
    }

    #[test]
    fn other_words() {
        use When::{Past, Reference, Until};
        assert_eq!(found("\"十三五\"时期,全市"), [("十三五\"时期", Past, Some(2020))]);
        assert_eq!(found("\"十四五\"期间,建成"), [("十四五\"期间", Until, Some(2025))]);
        assert_eq!(found("三年内新建"), [("三年内", Until, Some(2025))]);
        assert_eq!(found("力争用三年时间"), [("三年时间", Until, Some(2025))]);
        assert_eq!(found("两年内全部完成"), [("两年内", Until, Some(2024))]);
        assert_eq!(found("目前全市有"), [("目前", Past, None)]);
        assert_eq!(found("由目前1%提高"), [("目前", Reference, None)]);
        assert_eq!(found("2024-25年度起的五年内").last().and_then(|m| m.2), Some(2029));
        assert!(found("毕业2年内高校毕业生").is_empty() && found("3年以内").is_empty());
    }
}
