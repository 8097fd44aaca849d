//! What a text says of itself: title, issuer, number, date, period, kind of document.
//!
//! Takes a reflowed source; gives only what stands in it. Whose agency an issuer is and which place a name
//! means is looked up by [`super::names`].

use jiff::civil::Date;

use super::commitments::Words;
use super::commitments::time::{Calendar, When, marks};
use super::dates;
use super::plain::{Plain, ends};
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
    /// Whether its years are of the Republic: 113年 is 2024.
    pub republic: bool,
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
            republic: self.republic,
        }
    }
}

/// Reads what a source says of itself.
pub fn about(source: &SourceText) -> About {
    let mut out = About { republic: dates::of_republic(source), ..About::default() };
    title(source, &mut out);
    dates::issued(source, &mut out);
    number(source, &mut out);
    dates::period(source, &mut out);
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
        if plain.starts_with('(') && plain.ends_with(')') && dates::span_of_years(&plain).is_some() {
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

pub(super) fn number_year(number: &str) -> Option<i16> {
    let open = number.find(['〔', '［', '[', '【'])?;
    let digits: String = number[open..].chars().filter(char::is_ascii_digit).take(4).collect();
    digits.parse().ok()
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
        let dated = dates::date(&Plain::new(when).text).is_some_and(|(_, rest)| rest.is_empty());
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
        let printed = plain.text.find("印发").filter(|&at| !dates::dates_of(&plain.text[..at]).is_empty());
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
    fn what_is_not_said_is_left_out() {
        let about = of("支持低空经济若干措施\n\n一、支持创建品牌。对企业给予奖励。\n");
        assert_eq!((about.issuer, about.number, about.issued, about.period), (None, None, None, None));
        assert_eq!(about.kind.map(|k| k.key), Some("measures"));
    }
}
