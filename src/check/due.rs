//! A target's or fact's year is one that its words give: the quote, its sentence, a table's column, `due_from`.

use std::collections::BTreeSet;

use super::rule::Rule;
use super::sources::{Quoted, plan_years, years};
use crate::content::targets::Target;
use crate::diagnostic::{Problem, Severity};
use crate::quantity::chinese;
use crate::text::is_han_numeral;

pub(super) const RULE: Rule = Rule {
    code: "target-year",
    severity: Severity::Error,
    adjustable: true,
    asks: "A target's year stands in its quote, in the sentence around it, or in `due_from`; and a quote's own 到…年 is the target's year.",
    why: "A due year from elsewhere is a promise that nobody made. In a table the column's header gives the year; “十四五” gives the years of its plan, 三年内 those that follow the day of issue.",
    wrong: "due   = 2026\nquote = '到2027年,建成产业创新联合实验室15家'",
    right: "due   = 2027\nquote = '到2027年,建成产业创新联合实验室15家'",
};

/// An entry and the words that may give its year.
pub(super) struct Dated<'a> {
    pub(super) file: &'a str,
    pub(super) target: &'a Target,
    pub(super) is_fact: bool,
    pub(super) quoted: &'a Quoted<'a>,
    /// The year of the figure's column, in a table.
    pub(super) column: Option<i16>,
    /// What `due_from` quotes.
    pub(super) from: Option<&'a Quoted<'a>>,
}

impl Dated<'_> {
    pub(super) fn check(&self, problems: &mut Vec<Problem>) {
        let (key, year) = if self.is_fact { ("year", &self.target.year) } else { ("due", &self.target.due) };
        let Some(year) = year else {
            let promised = promised_year(self.quoted.words()).filter(|_| !self.is_fact);
            problems.extend(promised.map(|promised| {
                RULE.problem(format!("the quote gives the year {promised}"))
                    .at(self.file, self.target.id.span())
                    .help(format!("add {key} = {promised}"))
            }));
            return;
        };
        if let Some(column) = self.column.filter(|c| c != year.get_ref() && self.from.is_none()) {
            problems.push(
                RULE.problem(format!("the figure stands in the column of {column}"))
                    .at(self.file, year.span())
                    .help(format!("write {key} = {column}")),
            );
            return;
        }
        let known = self.known();
        // A fact's year may be that of its section, which no rule can tell.
        let told = self.from.is_some() || !self.is_fact || !self.quoted.years().is_empty();
        if known.contains(year.get_ref()) || !told {
            return;
        }
        let problem =
            RULE.problem(format!("nothing quoted gives the year {}", year.get_ref())).at(self.file, year.span());
        problems.push(match known.iter().next_back() {
            Some(last) => {
                let list = known.iter().map(i16::to_string).collect::<Vec<_>>().join(", ");
                problem
                    .label(format!("the words give {list}"))
                    .help(format!("write {key} = {last}, or quote the words that give {} as due_from", year.get_ref()))
            }
            None => problem.help("quote the words that give it as due_from, or leave the year out"),
        });
    }

    /// Years that the words give.
    fn known(&self) -> BTreeSet<i16> {
        let mut known = self.quoted.years();
        known.extend(self.quoted.years_around());
        known.extend(self.column);
        let issued = self.quoted.policy.record.issued.map(|d| d.0.year());
        for words in [Some(self.quoted.sentences()), self.from.map(Quoted::words)].into_iter().flatten() {
            known.extend(years(words));
            known.extend(plan_years(words));
            known.extend(issued.map(|issued| spans(words, issued)).unwrap_or_default());
        }
        known
    }
}

/// The year of a quote's own 到…年, if it has just one.
fn promised_year(words: &str) -> Option<i16> {
    let (_, rest) = words.split_once('到')?;
    let promised: String = rest.trim_start().chars().take(6).collect();
    let found = years(&promised);
    let first = found.iter().next().copied()?;
    (years(words).len() == 1).then_some(first)
}

/// The years that spans of time give from a year on, that one counted or not: 三年内, 用5年时间, 未来三年.
fn spans(words: &str, from: i16) -> BTreeSet<i16> {
    const BEFORE: [&str; 5] = ["用", "未来", "今后", "经过", "通过"];
    const AFTER: [&str; 6] = ["内", "之内", "以内", "时间", "左右", "后"];
    let mut out = BTreeSet::new();
    for (at, year) in words.match_indices('年') {
        let number = words[..at].trim_end();
        let lead = number.trim_end_matches(|c: char| c.is_ascii_digit() || is_han_numeral(c));
        let length = chinese::numbers(&number[lead.len()..]).first().and_then(|n| n.whole());
        let Some(length) = length.and_then(|n| i16::try_from(n).ok()).filter(|n| (1..=20).contains(n)) else {
            continue;
        };
        let rest = words[at + year.len()..].trim_start_matches('的').trim_start();
        if BEFORE.iter().any(|w| lead.trim_end().ends_with(w)) || AFTER.iter().any(|w| rest.starts_with(w)) {
            out.extend([from + length - 1, from + length]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_of_years() {
        let found = |words: &str| spans(words, 2024).into_iter().collect::<Vec<_>>();
        assert_eq!(found("力争用三年时间建成"), [2026, 2027]);
        assert_eq!(found("5 年内达到100家"), [2028, 2029]);
        assert_eq!(found("未来两年新增10家"), [2025, 2026]);
        assert!(found("2027年内完成，近三年增长，第三年评估").is_empty());
    }
}
