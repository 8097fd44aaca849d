//! A proposal as the files that a curator goes on with: TOML with comments, Markdown skeletons.

use std::fmt::Write as _;

use super::commitments::{Judged, Proposal, Words};
use super::names::Finder;
use super::plain::has;
use super::quote;
use crate::content::fields::Quote;
use crate::content::targets::{Basis, Bound, Commitment};
use crate::quantity::Number;
use crate::quantity::reading::Reading;
use crate::quantity::unit;
use crate::source::{Kind, SourceText};

/// A TOML string: literal where it can be.
pub(super) fn string(words: &str) -> String {
    if words.contains(['\'', '\n', '\r']) || words.chars().any(|c| c.is_control() && c != '\t') {
        toml::Value::String(words.to_owned()).to_string()
    } else {
        format!("'{words}'")
    }
}

/// A TOML string in double quotes.
pub(super) fn quoted(words: &str) -> String {
    if words.contains(['"', '\\']) || words.chars().any(char::is_control) {
        string(words)
    } else {
        format!("\"{words}\"")
    }
}

fn quote_value(quote: &Quote) -> String {
    if quote.anchor.is_none() && quote.prefix.is_none() && quote.suffix.is_none() {
        return string(&quote.text);
    }
    let mut out = format!("{{ text = {}", string(&quote.text));
    for (key, value) in [("anchor", &quote.anchor), ("prefix", &quote.prefix), ("suffix", &quote.suffix)] {
        if let Some(value) = value {
            let _ = write!(out, ", {key} = {}", string(value));
        }
    }
    out.push_str(" }");
    out
}

fn word(value: impl serde::Serialize) -> String {
    // The values written here are unit variants, which serialise as strings.
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A number as TOML values are written: without thousands commas.
fn number(n: Number) -> String {
    n.to_string().replace(',', "")
}

/// The unit: one that duizhao knows, else in words.
fn unit_value(words: &str, money: bool) -> String {
    let full = match words {
        "亿" | "万亿" | "億" | "萬億" if money => format!("{words}元"),
        _ => words.to_owned(),
    };
    if unit::known(&full).is_some() { quoted(&full) } else { format!("{{ zh = {} }}", quoted(&full)) }
}

/// Whether a bare 亿 is money, from what it measures.
fn is_money(p: &Proposal) -> bool {
    const COUNTED: &str = "量 数 人次 次 户 注册";
    const MONEY: &str = "产值 收入 营收 规模 产业 投资 总额 额 集群 销售 资产 资金 贷款 目标";
    let money = has(&p.measure, MONEY);
    p.reading.bound == Bound::Magnitude || money || !has(&p.measure, COUNTED)
}

/// All of `targets.toml`, and the doubts to print.
pub(super) fn targets(source: &SourceText, judged: &Judged, topics: &Finder) -> (String, Vec<String>) {
    let mut out = String::from(
        "# Proposed by `duizhao import`. Read each against its quote, correct it, give it a better id and its English,\n\
         # and take out `reviewed = false`: until then it is kept off the site.\n",
    );
    let mut doubts = Vec::new();
    let mut ids = Ids::default();
    // Targets and facts share their ids: number them in the order of the text.
    let mut all: Vec<(bool, &Proposal)> =
        judged.targets.iter().map(|p| (true, p)).chain(judged.facts.iter().map(|p| (false, p))).collect();
    all.sort_by_key(|(_, p)| (p.figure.block, p.figure.range.start));
    let named: Vec<(bool, String, &Proposal)> =
        all.into_iter().map(|(target, p)| (target, ids.next(source, p.figure.block), p)).collect();
    for kind in [true, false] {
        let mut first = true;
        for (_, id, p) in named.iter().filter(|(target, ..)| *target == kind) {
            if first && !kind {
                out.push_str("\n# What the text states of the past and the present.\n");
            }
            first = false;
            for doubt in &p.doubts {
                doubts.push(format!("{id}: {doubt}"));
            }
            entry(&mut out, source, p, id, kind, topics);
        }
    }
    if !judged.left_out.is_empty() {
        out.push_str(
            "\n# Figures that neither promise nor state anything of their own, as far as the rules can tell:\n",
        );
        for left in &judged.left_out {
            let block = &source.blocks[left.figure.block];
            let _ = writeln!(out, "# {} {}: {}", block.anchor, context(source, &left.figure), left.reason);
        }
    }
    (out, doubts)
}

/// A figure with a few words before it.
fn context(source: &SourceText, figure: &Words) -> String {
    const BEFORE: usize = 10;
    let text = &source.blocks[figure.block].text;
    let before = &text[..figure.range.start];
    let skip = before.chars().count().saturating_sub(BEFORE);
    let lead: String = before.chars().skip(skip).collect();
    let lead = lead.rsplit(['。', '；', '\n']).next().unwrap_or_default();
    format!("{lead}{}", &text[figure.range.clone()]).replace(['\n', '\r'], " ")
}

/// Ids after anchors: `l57-1`.
#[derive(Default)]
struct Ids {
    block: Option<usize>,
    count: usize,
}

impl Ids {
    fn next(&mut self, source: &SourceText, block: usize) -> String {
        if self.block != Some(block) {
            (self.block, self.count) = (Some(block), 0);
        }
        self.count += 1;
        let anchor = source.blocks[block].anchor.to_string().to_ascii_lowercase().replace('.', "-");
        format!("{anchor}-{}", self.count)
    }
}

fn entry(out: &mut String, source: &SourceText, p: &Proposal, id: &str, target: bool, topics: &Finder) {
    let Some(own) = quote::of(source, &p.quote) else {
        let _ = writeln!(out, "\n# {id}: {} stands in no words that can be told apart", context(source, &p.figure));
        return;
    };
    let r = &p.reading;
    out.push('\n');
    for doubt in &p.doubts {
        let _ = writeln!(out, "# {doubt}");
    }
    let _ = writeln!(out, "[[{}]]", if target { "target" } else { "fact" });
    let _ = writeln!(out, "id         = {}", quoted(id));
    let _ = writeln!(out, "measure    = {{ zh = {} }}", quoted(&p.measure));
    let _ = writeln!(out, "bound      = {}", quoted(&word(r.bound)));
    if r.bound == Bound::Range {
        let _ = writeln!(out, "low        = {}", quoted(&number(r.low)));
        let _ = writeln!(out, "high       = {}", quoted(&number(r.high)));
    } else {
        let _ = writeln!(out, "value      = {}", quoted(&number(r.low)));
    }
    let _ = writeln!(out, "unit       = {}", unit_value(&r.unit, is_money(p)));
    if let Some(each) = &r.each {
        let _ = writeln!(out, "each       = {}", each_value(each));
    }
    if r.basis != Basis::Level {
        let _ = writeln!(out, "basis      = {}", quoted(&word(r.basis)));
    }
    if target {
        if r.commitment != Commitment::Firm {
            let _ = writeln!(out, "commitment = {}", quoted(&word(r.commitment)));
        }
        if let Some(year) = p.year {
            let _ = writeln!(out, "due        = {year}");
            if let Some(from) = p.year_from.as_ref().and_then(|w| quote::of(source, w)) {
                let _ = writeln!(out, "due_from   = {}", quote_value(&from));
            }
        }
    } else if let Some(year) = p.year {
        let _ = writeln!(out, "year       = {year}");
    }
    if let Some(scope) = &p.scope {
        let _ = writeln!(out, "scope      = {{ zh = {} }}", quoted(scope));
    }
    if let Some(per) = &r.per {
        let _ = writeln!(out, "per        = {{ zh = {} }}", quoted(per));
    }
    if let Some(line) = baseline(source, p) {
        out.push_str(&line);
    }
    let found = topics.named(&own.text);
    if !found.is_empty() {
        let list: Vec<String> = found.iter().take(4).map(|t| quoted(t)).collect();
        let _ = writeln!(out, "topics     = [{}]", list.join(", "));
    }
    let _ = writeln!(out, "quote      = {}", quote_value(&own));
    out.push_str("reviewed   = false\n");
}

fn each_value(each: &Reading) -> String {
    let value = if each.bound == Bound::Range {
        format!("low = {}, high = {}", quoted(&number(each.low)), quoted(&number(each.high)))
    } else {
        format!("value = {}", quoted(&number(each.low)))
    };
    format!("{{ bound = {}, {value}, unit = {} }}", quoted(&word(each.bound)), unit_value(&each.unit, true))
}

/// The line of the baseline, where it is counted in the target's unit.
fn baseline(source: &SourceText, p: &Proposal) -> Option<String> {
    let figure = &source.blocks[p.figure.block].text[p.figure.range.clone()];
    if figure.contains("零") && p.baseline.is_none() && p.reading.bound == Bound::AtLeast {
        return Some("baseline   = { value = \"0\" }\n".to_owned());
    }
    let from = p.baseline.as_ref()?;
    if from.reading.unit != p.reading.unit || from.reading.low != from.reading.high {
        return Some(format!("# starts from {}\n", context(source, &from.words)));
    }
    let year = from.year.map_or_else(String::new, |y| format!(", year = {y}"));
    Some(format!("baseline   = {{ value = {}{year} }}\n", quoted(&number(from.reading.low))))
}

/// A digest's skeleton: the headings of the outline, with ids that both languages share.
///
/// The English one has the Chinese words until a curator puts them into English.
pub(super) fn skeleton(source: &SourceText) -> String {
    const DEEPEST: u8 = 5;
    let mut out = String::new();
    let levels: Vec<u8> = source
        .outline()
        .map(|i| &source.blocks[i])
        .filter(|b| b.kind != Kind::Title)
        .filter_map(crate::source::Block::level)
        .collect();
    // The document's own title stands on the page already: its headings begin at the second level.
    let top = levels.iter().copied().min().unwrap_or(2);
    let mut last = 1;
    for index in source.outline() {
        let block = &source.blocks[index];
        let Some(level) = block.level().filter(|_| block.kind != Kind::Title) else { continue };
        // A skipped level would be no outline.
        let level = (level.saturating_sub(top) + 2).min(last + 1);
        if level > DEEPEST {
            continue;
        }
        last = level;
        let id = block.anchor.to_string().to_ascii_lowercase().replace('.', "-");
        let _ = writeln!(out, "{} {} {{#{id}}}\n", "#".repeat(usize::from(level)), escaped(block.label()));
    }
    out
}

/// Words as Markdown shows them.
fn escaped(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for c in words.chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '<' | '>' | '#' | '|' | '$' | '~' | '^') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Hints;

    #[test]
    fn strings() {
        assert_eq!(string("到2027年"), "'到2027年'");
        assert_eq!(string("it's"), "\"it's\"");
        assert_eq!(quoted("家"), "\"家\"");
        assert_eq!(quoted("a\"b"), "'a\"b'");
        assert_eq!(unit_value("亿", true), "\"亿元\"");
        assert_eq!(unit_value("万标箱", false), "{ zh = \"万标箱\" }");
    }

    #[test]
    fn headings_of_the_outline() {
        let source =
            SourceText::new("甲市方案\n一、目标\n达到3家。\n（一）重点*任务*\n1.建设。建成3家。\n", &Hints::default());
        assert_eq!(skeleton(&source), "## 一、目标 {#l2}\n\n### （一）重点\\*任务\\* {#l4}\n\n#### 1.建设 {#l5}\n\n");
    }
}
