//! What a text says of itself: title, issuer, number, date, period, kind of document.
//!
//! Takes a reflowed source; gives only what stands in it. Whose agency an issuer is and which place a name
//! means is looked up by [`super::names`].

use jiff::civil::Date;

use super::commitments::Words;
use super::commitments::time::{Calendar, When, marks};
use super::plain::{Plain, each, ends};
use crate::source::{Block, Kind, SourceText};
use crate::text::is_han_numeral;

/// What a text says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// The document's title.
    pub title: Option<String>,
    /// The block that the title stands in.
    pub title_block: Option<usize>,
    /// The body that issued it, as the text names it.
    pub issuer: Option<String>,
    /// Why the issuer is not certain.
    pub issuer_doubt: Option<&'static str>,
    /// Document number.
    pub number: Option<String>,
    /// Day of issue.
    pub issued: Option<Date>,
    /// Year and month of issue where no day is given.
    pub issued_month: Option<(i16, Option<i8>)>,
    /// First and last year that the text says it is for, and the words that say so.
    pub period: Option<((i16, i16), Words)>,
    /// The one year that the text names as one to come, if it names only one.
    pub only: Option<i16>,
    /// What kind of document the title names: key, Chinese and English name.
    pub kind: Option<DocumentKind>,
    /// Last day in force, where stated.
    pub expires: Option<Date>,
    /// Documents that it says it carries out, as it names them.
    pub carries_out: Vec<String>,
}

/// A kind of document, by the word that titles end with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentKind {
    /// Key of `site.toml`'s kinds.
    pub key: &'static str,
    /// The word of the title.
    pub zh: &'static str,
    /// What it is called in English.
    pub en: &'static str,
}

/// Kinds by the words that titles end with; a word that ends with another stands first.
const KINDS: &[(&str, &str, &str)] = &[
    ("实施方案", "implementation-plan", "Implementation plan"),
    ("行动方案", "action-plan", "Action plan"),
    ("行动计划", "action-plan", "Action plan"),
    ("实施计划", "implementation-plan", "Implementation plan"),
    ("工作方案", "work-plan", "Work plan"),
    ("工作计划", "work-plan", "Work plan"),
    ("建设方案", "construction-plan", "Construction plan"),
    ("总体方案", "overall-plan", "Overall plan"),
    ("实施意见", "opinions", "Implementation opinions"),
    ("指导意见", "opinions", "Guiding opinions"),
    ("若干意见", "opinions", "Opinions"),
    ("意见", "opinions", "Opinions"),
    ("若干政策措施", "measures", "Policy measures"),
    ("政策措施", "measures", "Policy measures"),
    ("若干措施", "measures", "Measures"),
    ("措施", "measures", "Measures"),
    ("若干政策", "measures", "Policy measures"),
    ("发展规划", "development-plan", "Development plan"),
    ("规划纲要", "development-plan", "Outline of the development plan"),
    ("规划", "development-plan", "Development plan"),
    ("蓝图", "blueprint", "Blueprint"),
    ("行动纲领", "action-programme", "Action programme"),
    ("纲要", "outline", "Outline"),
    ("管理办法", "administrative-measures", "Administrative measures"),
    ("实施细则", "implementing-rules", "Implementing rules"),
    ("实施办法", "administrative-measures", "Administrative measures"),
    ("办法", "administrative-measures", "Administrative measures"),
    ("工作要点", "work-priorities", "Work priorities"),
    ("条例", "regulations", "Regulations"),
    ("方案", "plan", "Plan"),
    ("计划", "plan", "Plan"),
    ("通知", "notice", "Notice"),
];

impl About {
    /// What is known of the document's time.
    pub fn calendar(&self) -> Calendar {
        let issued = self.issued.map(|d| (d.year(), Some(d.month()))).or(self.issued_month);
        Calendar {
            issued: issued.map(|(year, _)| year),
            month: issued.and_then(|(_, month)| month),
            period: self.period.as_ref().map(|(years, _)| *years),
            only: self.only,
        }
    }
}

/// Reads what a source says of itself.
pub fn about(source: &SourceText) -> About {
    let mut out = About::default();
    title(source, &mut out);
    dates(source, &mut out);
    number(source, &mut out);
    period(source, &mut out);
    issuer(source, &mut out);
    only_year(source, &mut out);
    out.kind = out.title.as_deref().and_then(kind);
    carries_out(source, &mut out);
    out
}

/// The kind of document that a title names.
fn kind(title: &str) -> Option<DocumentKind> {
    let plain = Plain::new(title).text;
    let words = without_brackets(&plain);
    let words = words.trim_end_matches(['》', '"']);
    KINDS.iter().find(|(zh, ..)| words.ends_with(zh)).map(|&(zh, key, en)| DocumentKind { key, zh, en })
}

/// Without what stands in brackets at the end.
fn without_brackets(text: &str) -> &str {
    let mut rest = text.trim_end();
    while rest.ends_with([')', '）', '〕']) {
        match rest.rfind(['(', '（', '〔']) {
            Some(open) => rest = rest[..open].trim_end(),
            None => break,
        }
    }
    rest
}

/// The title: of the document itself, not of the notice that sends it out.
fn title(source: &SourceText, out: &mut About) {
    let titles: Vec<(usize, &Block)> =
        source.blocks.iter().enumerate().filter(|(_, b)| b.kind == Kind::Title).take(6).collect();
    let notice = |text: &str| {
        let plain = Plain::new(text).text;
        plain.contains("关于印发") || plain.contains("关于转发") || plain.contains("的通知")
    };
    let own = titles.iter().find(|(_, b)| !notice(&b.text)).or(titles.first());
    let Some((index, block)) = own else { return };
    let mut words = block.text.trim().to_owned();
    if notice(&words)
        && let (Some(open), Some(close)) = (words.find('《'), words.rfind('》'))
        && open < close
    {
        words = words[open + '《'.len_utf8()..close].to_owned();
    }
    // The document's number in brackets after the title is no part of it.
    if let Some((at, _)) = number_in(&words) {
        let before = words[..at].trim_end().trim_end_matches(['(', '（']).trim_end();
        if !before.is_empty() {
            words = before.to_owned();
        }
    }
    // The years may stand on a line of their own: (2024-2026年).
    if let Some(next) = source.blocks.get(index + 1).filter(|b| b.is_text() && b.text.chars().count() <= 18) {
        let plain = Plain::new(&next.text).text;
        if plain.starts_with('(') && plain.ends_with(')') && span_of_years(&plain).is_some() {
            words.push_str(&next.text);
        }
    }
    out.title_block = Some(*index);
    out.title = Some(tidy(&words));
}

/// Words without the blanks that an extraction left between Chinese characters.
fn tidy(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if c.is_whitespace() && !out.ends_with(|p: char| p.is_ascii_alphanumeric()) {
            continue;
        }
        out.push(c);
    }
    out.trim().to_owned()
}

/// Day of issue: the first line that is a date and nothing else; else the last one of a print block.
fn dates(source: &SourceText, out: &mut About) {
    for block in &source.blocks {
        let plain = Plain::new(&block.text).text;
        let bare = plain.trim_matches(|c| matches!(c, '(' | ')' | '。' | ' '));
        if block.is_text() && bare.chars().count() <= 16 {
            if let Some((date, rest)) = date(bare)
                && rest.is_empty()
            {
                out.issued = Some(date);
                break;
            }
            if out.issued_month.is_none()
                && let Some((year, month, rest)) = year_month(bare)
                && rest.is_empty()
            {
                out.issued_month = Some((year, Some(month)));
            }
        }
        // (2021年8月12日某会议通过): a date in a heading's brackets is another day.
    }
    if out.issued.is_none() {
        for block in source.blocks.iter().filter(|b| !b.is_text()) {
            let plain = Plain::new(&block.text).text;
            if let Some(at) = plain.find("印发").or_else(|| plain.find("发布"))
                && let Some(date) = dates_of(&plain[..at]).pop()
            {
                out.issued = Some(date);
            }
        }
    }
    let mut valid = source.blocks.iter().filter(|b| b.is_text()).rev().take(8).filter_map(|b| {
        let plain = Plain::new(&b.text).text;
        let at = plain.find("有效期至").or_else(|| plain.find("有效期截至"))?;
        dates_of(&plain[at..]).into_iter().next()
    });
    out.expires = valid.next();
    if out.issued.is_none() && out.issued_month.is_none() {
        out.issued_month = out.number.as_deref().and_then(number_year).map(|y| (y, None));
    }
}

fn dates_of(text: &str) -> Vec<Date> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if let Some((date, rest)) = date(&text[at..]) {
            out.push(date);
            at = text.len() - rest.len();
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    out
}

/// A date at the beginning of a text, and what follows it.
fn date(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = numeral(text, 4)?;
    let (month, rest) = numeral(rest.strip_prefix('年')?, 2)?;
    let (day, rest) = numeral(rest.strip_prefix('月')?, 2)?;
    let rest = rest.strip_prefix('日')?;
    let day = i8::try_from(day).ok()?;
    Date::new(year, i8::try_from(month).ok()?, day).ok().map(|d| (d, rest))
}

fn year_month(text: &str) -> Option<(i16, i8, &str)> {
    let (year, rest) = numeral(text, 4)?;
    let (month, rest) = numeral(rest.strip_prefix('年')?, 2)?;
    let month = i8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
    Some((year, month, rest.strip_prefix('月')?))
}

/// A number in digits or Han numerals: of `4` characters as a year is written, or up to 31.
fn numeral(text: &str, width: usize) -> Option<(i16, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let fits = if width == 4 { digits == 4 } else { digits <= 2 };
        return fits.then(|| text[..digits].parse().ok().map(|n| (n, &text[digits..]))).flatten();
    }
    let end = text.find(|c: char| !is_han_numeral(c) && c != '元').unwrap_or(text.len());
    let words: Vec<char> = text[..end].chars().collect();
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == if c == '零' { '〇' } else { c });
    let value = if width == 4 {
        (words.len() == 4).then(|| words.iter().try_fold(0usize, |n, c| Some(n * 10 + digit(*c)?))).flatten()?
    } else {
        match words.as_slice() {
            ['元'] => 1,
            ['十'] => 10,
            [a] => digit(*a)?,
            ['十', b] => 10 + digit(*b)?,
            [a, '十'] => digit(*a)? * 10,
            [a, '十', b] => digit(*a)? * 10 + digit(*b)?,
            _ => return None,
        }
    };
    Some((i16::try_from(value).ok()?, &text[end..]))
}

/// 鄂政办发〔2024〕48号 in one of the first blocks, or on a line of its own.
fn number(source: &SourceText, out: &mut About) {
    for (n, block) in source.blocks.iter().enumerate().filter(|(_, b)| b.is_text()) {
        let Some((at, found)) = number_in(&block.text) else { continue };
        let alone = block.text.chars().count() <= found.chars().count() + 6;
        let titled = block.kind == Kind::Title && !block.text[..at].ends_with('《');
        // A number within 《…》（…） is another document's.
        let other = block.text[..at].trim_end().trim_end_matches(['(', '（']).ends_with('》');
        if (alone || (titled && !other)) && n < 14 {
            out.number = Some(found);
            break;
        }
    }
    if out.issued.is_none()
        && out.issued_month.is_none()
        && let Some(year) = out.number.as_deref().and_then(number_year)
    {
        out.issued_month = Some((year, None));
    }
}

/// A document's number in a text, and where it begins.
fn number_in(text: &str) -> Option<(usize, String)> {
    let open = text.find(['〔', '［', '[', '【'])?;
    let inner = &text[open..];
    let close = inner.find(['〕', '］', ']', '】'])?;
    let year: String = inner[..close].chars().filter(char::is_ascii_digit).collect();
    let rest = &inner[close..];
    let end = rest.find('号').or_else(|| rest.find('號'))?;
    let serial: String = rest[..end].chars().skip(1).filter(|c| !c.is_whitespace()).collect();
    let sound = year.len() == 4
        && !serial.is_empty()
        && serial.chars().count() <= 6
        && serial.chars().all(|c| c.is_ascii_digit() || c == '第' || is_han_numeral(c));
    if !sound {
        return None;
    }
    let start = text[..open]
        .char_indices()
        .rev()
        .take_while(|(_, c)| crate::text::is_han(*c) || c.is_ascii_alphabetic())
        .last()
        .map_or(open, |(i, _)| i);
    let whole: String = text[start..open + close + end].chars().filter(|c| !c.is_whitespace()).collect();
    (start < open).then(|| (start, format!("{whole}号")))
}

fn number_year(number: &str) -> Option<i16> {
    let open = number.find(['〔', '［', '[', '【'])?;
    let digits: String = number[open..].chars().filter(char::is_ascii_digit).take(4).collect();
    digits.parse().ok()
}

/// The years that the document is for: of its title, of a sentence that says so, of a five-year plan.
fn period(source: &SourceText, out: &mut About) {
    if let (Some(title), Some(block)) = (out.title.clone(), out.title_block) {
        let plain = Plain::new(&title).text;
        if let Some(years) = span_of_years(&plain).or_else(|| five_year_plan(&plain)).or_else(|| one_year(&plain)) {
            // The words to point to: the whole title as the block has it.
            let own = Plain::new(&source.blocks[block].text).text;
            let block =
                if span_of_years(&own).is_none() && span_of_years(&plain).is_some() { block + 1 } else { block };
            let text = &source.blocks[block].text;
            out.period = Some((years, Words { block, range: 0..text.len() }));
            return;
        }
    }
    const SAYS: &str = "规划期限为 规划期限 规划期为 规划期 实施期限为 实施期为";
    for (i, block) in source.blocks.iter().enumerate().filter(|(_, b)| b.kind == Kind::Paragraph) {
        let plain = Plain::new(&block.text);
        let Some(at) = each(SAYS).find_map(|w| plain.text.find(w)) else { continue };
        let end = plain.text[at..].find([',', '。', ';']).map_or(plain.text.len(), |e| at + e);
        if let Some(years) = span_of_years(&plain.text[at..end]) {
            out.period = Some((years, Words { block: i, range: plain.original(&(at..end)) }));
            return;
        }
    }
}

/// 2025-2027年, 2023年至2026年, (2021-2025)
fn span_of_years(text: &str) -> Option<(i16, i16)> {
    let years: Vec<(i16, usize, usize)> = text
        .char_indices()
        .filter_map(|(i, _)| {
            let digits = text.get(i..i + 4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
            let alone = !text[..i].ends_with(|c: char| c.is_ascii_digit())
                && !text[i + 4..].starts_with(|c: char| c.is_ascii_digit());
            let year: i16 = digits.parse().ok().filter(|_| alone)?;
            (1949..2100).contains(&year).then_some((year, i, i + 4))
        })
        .collect();
    years.windows(2).find_map(|pair| {
        let between = &text[pair[0].2..pair[1].1];
        let joined = matches!(between, "-" | "至" | "到" | "年-" | "年至" | "年到" | "年—");
        (joined && pair[0].0 < pair[1].0).then_some((pair[0].0, pair[1].0))
    })
}

/// “十四五”
fn five_year_plan(text: &str) -> Option<(i16, i16)> {
    let at = text
        .find("第十")
        .map(|i| i + '第'.len_utf8())
        .filter(|_| text.contains("个五年"))
        .or_else(|| text.find('十'))?;
    let rest = text[at..].strip_prefix('十')?;
    let (n, rest) = "一二三四五六七八".chars().zip(1i16..).find_map(|(c, n)| Some((n, rest.strip_prefix(c)?)))?;
    // 第十四个五年规划, 十四五规划; not 十五年.
    rest.strip_prefix("个五年").or_else(|| rest.strip_prefix('五').filter(|rest| !rest.starts_with('年')))?;
    let last = 2010 + 5 * (n - 1);
    Some((last - 4, last))
}

/// 2023年度行动方案, 做好2023年重点工作: one year in a title that names no other.
fn one_year(text: &str) -> Option<(i16, i16)> {
    let at = text.find("20")?;
    let digits = text.get(at..at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let year: i16 = digits.parse().ok()?;
    text[at + 4..].starts_with('年').then_some((year, year))
}

/// The only year to come that the text names.
fn only_year(source: &SourceText, out: &mut About) {
    let calendar = out.calendar();
    if calendar.period.is_some() {
        return;
    }
    let mut years: Vec<i16> = source
        .blocks
        .iter()
        .filter(|b| b.kind == Kind::Paragraph)
        .flat_map(|b| marks(&Plain::new(&b.text).text, &calendar))
        .filter(|m| matches!(m.when, When::Until | When::At) && m.wide)
        .filter_map(|m| m.year.filter(|y| calendar.issued.is_none_or(|issued| *y >= issued)))
        .collect();
    years.sort_unstable();
    years.dedup();
    if let [only] = years[..] {
        out.only = Some(only);
    }
}

/// The body that issued the document: its signature, the title's beginning, or the letterhead.
fn issuer(source: &SourceText, out: &mut About) {
    let short: Vec<(usize, String)> = source
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, b)| b.text.chars().count() <= 40)
        .map(|(i, b)| (i, tidy(&b.text)))
        .collect();
    // A body on the line before a date.
    for pair in short.windows(2) {
        let [(i, name), (j, when)] = pair else { continue };
        let dated = date(&Plain::new(when).text).is_some_and(|(_, rest)| rest.is_empty());
        if *j == i + 1 && dated && is_body(name) {
            out.issuer = Some(name.clone());
            return;
        }
    }
    // 某市人民政府关于…
    let titles = source.blocks.iter().filter(|b| b.kind == Kind::Title).map(|b| tidy(&b.text));
    for title in titles.chain(short.iter().take(4).map(|(_, t)| t.clone())) {
        let about = title.find("关于").or_else(|| title.find("關於"));
        if let Some(name) = about.map(|i| title[..i].trim().to_owned()).filter(|n| is_body(n)) {
            out.issuer = Some(name);
            return;
        }
    }
    // 某市发展和改革委员会文件
    for (_, text) in short.iter().take(6) {
        if let Some(name) = text.strip_suffix("文件").filter(|n| is_body(n)) {
            out.issuer = Some(name.to_owned());
            return;
        }
    }
    // 某市人民政府办公厅 2024年12月31日印发: who printed it, where nobody signed it.
    for line in source.blocks.iter().filter(|b| !b.is_text()).flat_map(|b| b.text.lines()) {
        let line = tidy(line);
        let plain = Plain::new(&line);
        let printed = plain.text.find("印发").filter(|&at| !dates_of(&plain.text[..at]).is_empty());
        let Some(name) = printed.and_then(|_| plain.text.find(|c: char| c.is_ascii_digit() || c == '二')) else {
            continue;
        };
        let words = line[plain.original(&(0..name))].trim();
        let from = words
            .rfind(['。', '；', ';', '，', ',', '：', ':'])
            .map_or(words, |i| words[i..].trim_start_matches(['。', '；', ';', '，', ',', '：', ':']));
        if is_body(from.trim()) {
            out.issuer = Some(from.trim().to_owned());
            out.issuer_doubt = Some("it is who printed the document: nobody signed it");
            return;
        }
    }
}

/// Whether words name a public body and nothing else.
pub(super) fn is_body(name: &str) -> bool {
    const ENDS: &str = "人民政府 人民政府办公厅 人民政府办公室 政府 办公厅 办公室 委员会 局 厅 管委会 \
        委员会办公室 领导小组 部 署 中心 集团 辦公室 辦公廳 委員會 廳 府 小组办公室";
    let plain = Plain::new(name).text;
    let chars = plain.chars().count();
    (3..=40).contains(&chars)
        && !plain.contains(['《', '》', ',', '。', '、', ':', ';', '|'])
        && !plain.contains("各")
        && (ends(&plain, ENDS) || plain.ends_with("市委"))
}

/// 根据《…》: documents that the opening says it carries out.
fn carries_out(source: &SourceText, out: &mut About) {
    let Some(first) = source.blocks.iter().find(|b| {
        b.kind == Kind::Paragraph && {
            let plain = Plain::new(&b.text).text;
            plain.contains("制定本")
                || plain.contains("现制定")
                || plain.contains("制订本")
                || plain.contains("提出以下")
        }
    }) else {
        return;
    };
    let text = &first.text;
    let plain = Plain::new(text).text;
    let leads = ["根据《", "根据\"《", "落实《", "依据《", "贯彻《", "按照《"];
    if !leads.iter().any(|l| plain.contains(l)) {
        return;
    }
    let mut at = 0;
    while let Some(open) = text[at..].find('《').map(|i| at + i) {
        let Some(close) = text[open..].find('》').map(|i| open + i) else { break };
        out.carries_out.push(text[open + '《'.len_utf8()..close].to_owned());
        at = close;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Hints;

    fn of(raw: &str) -> About {
        about(&SourceText::new(raw, &Hints::default()))
    }

    #[test]
    fn a_notice_and_its_plan() {
        let about = of(
            "甲市人民政府办公室关于印发《甲市氢能发展三年行动计划(2023—2025年)》的通知\n\n甲政办发〔2023〕12号\n\n各区人民政府:\n\n现将《行动计划》印发给你们。\n\n甲市人民政府办公室\n\n2023年5月6日\n\n甲市氢能发展三年行动计划(2023—2025年)\n\n一、目标\n",
        );
        assert_eq!(about.title.as_deref(), Some("甲市氢能发展三年行动计划(2023—2025年)"));
        assert_eq!(about.issuer.as_deref(), Some("甲市人民政府办公室"));
        assert_eq!(about.number.as_deref(), Some("甲政办发〔2023〕12号"));
        assert_eq!(about.issued, Some(Date::constant(2023, 5, 6)));
        assert_eq!(about.period.map(|p| p.0), Some((2023, 2025)));
        assert_eq!(about.kind.map(|k| k.key), Some("action-plan"));
    }

    #[test]
    fn dates_in_words() {
        assert_eq!(date("二〇二四年六月十七日").map(|d| d.0), Some(Date::constant(2024, 6, 17)));
        assert_eq!(date("2024年12月31日").map(|d| d.0), Some(Date::constant(2024, 12, 31)));
        assert_eq!(date("2024年13月1日"), None);
        assert_eq!(span_of_years("规划(2023-2026年)"), Some((2023, 2026)));
        assert_eq!(five_year_plan("甲市\"十四五\"规划"), Some((2021, 2025)));
        assert_eq!(one_year("做好2023年全面推进乡村振兴"), Some((2023, 2023)));
    }

    #[test]
    fn what_is_not_said_is_left_out() {
        let about = of("支持低空经济若干措施\n\n一、支持创建品牌。对企业给予奖励。\n");
        assert_eq!((about.issuer, about.number, about.issued, about.period), (None, None, None, None));
        assert_eq!(about.kind.map(|k| k.key), Some("measures"));
    }
}
