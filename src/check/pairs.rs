//! The two languages of a digest correspond block by block, and say the same in figures.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::compare::{Match, Text, find};
use super::digest::{bound_words, hedge_words};
use super::passages::{Form, Passage};
use super::rule::Rule;
use super::said::{self, same_value, serde_word};
use crate::content::fields::Lang;
use crate::content::targets::Commitment;
use crate::diagnostic::{Problem, Severity};
use crate::quantity::compare::amount;
use crate::quantity::reading::Reading;

pub(super) const BLOCKS: Rule = Rule {
    code: "unequal-blocks",
    severity: Severity::Warning,
    adjustable: true,
    asks: "Under each heading, both languages have the same paragraphs, list items and table rows, in the same order.",
    why: "Readers compare them side by side, and so do the other rules. Reported once for a heading, at the first block without a counterpart.",
    wrong: "## 目标 {#goals}             ## Goals {#goals}\n\n第一段。[^a]                  First paragraph.[^a] Second paragraph.[^b]\n\n第二段。[^b]",
    right: "## 目标 {#goals}             ## Goals {#goals}\n\n第一段。[^a]                  First paragraph.[^a]\n\n第二段。[^b]                  Second paragraph.[^b]",
};
pub(super) const FIGURES: Rule = Rule {
    code: "figures-differ",
    severity: Severity::Error,
    adjustable: true,
    asks: "Corresponding blocks of the two languages state the same figures, years and names with digits.",
    why: "万 and 亿 against million and billion are where translations go wrong by a factor of ten. A single one of something may be said without a figure; a figure said twice in one language need be said only once in the other.",
    wrong: "形成5个百亿级产业集群。[^clusters]\n\nfive clusters in the RMB 100-billion class.[^clusters]",
    right: "形成5个百亿级产业集群。[^clusters]\n\nfive clusters in the RMB 10-billion class.[^clusters]",
};
pub(super) const BOUND: Rule = Rule {
    code: "bound-differs",
    severity: Severity::Warning,
    adjustable: true,
    asks: "Corresponding blocks of the two languages bind a figure alike.",
    why: "6家以上 is at least six in any language.",
    wrong: "打造国际知名医院3家以上。\n\ndevelop three internationally known hospitals.",
    right: "打造国际知名医院3家以上。\n\ndevelop at least three internationally known hospitals.",
};
pub(super) const HEDGE: Rule = Rule {
    code: "hedge-differs",
    severity: Severity::Warning,
    adjustable: true,
    asks: "Corresponding blocks of the two languages are equally firm.",
    why: "力争 is strive; “will” is a promise.",
    wrong: "规模力争突破8000亿元。\n\nthe scale will exceed RMB 800 billion.",
    right: "规模力争突破8000亿元。\n\nthe scale is to strive to exceed RMB 800 billion.",
};

pub(super) const RULES: [&Rule; 4] = [&BLOCKS, &FIGURES, &BOUND, &HEDGE];

/// Passages that correspond: index of the Chinese and of the English one.
pub(super) type Pair = (usize, usize);

/// Pairs the passages of two languages heading by heading; where blocks do not correspond, that is a
/// problem and the passages of that heading have no pairs.
pub(super) fn pair(zh: &[Passage<'_>], en: &[Passage<'_>], problems: &mut Vec<Problem>) -> Vec<Pair> {
    let mut out = Vec::new();
    let mut under: BTreeMap<&str, [Vec<usize>; 2]> = BTreeMap::new();
    for (n, passages) in [zh, en].into_iter().enumerate() {
        for (i, passage) in passages.iter().enumerate() {
            under.entry(passage.heading).or_default()[n].push(i);
        }
    }
    for [left, right] in under.into_values() {
        let same = left.iter().zip(&right).take_while(|(a, b)| zh[**a].form == en[**b].form).count();
        if same == left.len() && same == right.len() {
            out.extend(left.into_iter().zip(right));
            continue;
        }
        // A heading that one language lacks is another rule's.
        if left.is_empty() || right.is_empty() {
            continue;
        }
        let (own, other, lang) = match left.get(same) {
            Some(i) => (&zh[*i], right.get(same).map(|i| &en[*i]), "English"),
            None => (&en[right[same]], None, "Chinese"),
        };
        let problem = BLOCKS
            .problem(format!("this {} has no counterpart in {lang}", name(own.form)))
            .at(own.file, own.span.start..own.span.start + first_line(&own.words));
        problems.push(match other {
            Some(other) => problem
                .related(
                    other.file,
                    other.span.start..other.span.start + first_line(&other.words),
                    format!("here stands a {}", name(other.form)),
                )
                .help(format!("write it in {lang}, or join it to the block before")),
            None => problem.help(format!("write it in {lang}, or join it to the block before")),
        });
    }
    out
}

fn first_line(words: &str) -> usize {
    words.find('\n').unwrap_or(words.len())
}

fn name(form: Form) -> &'static str {
    match form {
        Form::Heading => "heading",
        Form::Paragraph => "paragraph",
        Form::Item => "list item",
        Form::HeaderRow => "table header",
        Form::Row => "table row",
        Form::Code => "code block",
    }
}

/// One of two corresponding passages, read.
struct Side<'a> {
    passage: &'a Passage<'a>,
    text: &'a Text<'a>,
}

/// Compares the figures of two corresponding passages. Where one of the two was `told` that its bounds or
/// hedges are not its source's, that is the same slip seen from elsewhere.
pub(super) fn figures(
    [zh, en]: [&Passage<'_>; 2],
    [zh_text, en_text]: [&Text<'_>; 2],
    told: bool,
    problems: &mut Vec<Problem>,
) {
    if zh.form == Form::Code {
        return;
    }
    let zh = Side { passage: zh, text: zh_text };
    let en = Side { passage: en, text: en_text };
    // What the English block has been told of a Chinese figure need not be told of that figure again.
    let mut met = BTreeSet::new();
    for (own, other) in [(&en, &zh), (&zh, &en)] {
        for reading in &own.text.said.readings {
            let found = find(own.text, reading, &other.text.said);
            let words = matches!(found, Match::Bound(_) | Match::Hedge(_));
            if words && (told || met.contains(&own.passage.at(reading.span.clone()).start)) {
                continue;
            }
            let counterpart = other.text.said.readings.iter().find(|r| words && same_value(reading, r));
            if let Some(counterpart) = counterpart {
                met.insert(other.passage.at(counterpart.span.clone()).start);
            }
            problems.extend(own.differs(reading, found, other, counterpart));
        }
        own.years(other, problems);
        own.names(other, problems);
    }
}

impl Side<'_> {
    fn differs(
        &self,
        reading: &Reading,
        found: Match,
        other: &Side<'_>,
        counterpart: Option<&Reading>,
    ) -> Option<Problem> {
        let (own, theirs) = (self.text.lang, language(other.text.lang));
        let shown = &self.passage.words[reading.span.clone()];
        let problem = match found {
            Match::Same | Match::Name => return None,
            // One of something may be said without a figure: a centre, 一个中心.
            Match::None if reading.low == reading.high && reading.low.whole() == Some(1) && plain(reading) => {
                return None;
            }
            Match::None => FIGURES.problem(format!("the {theirs} block does not say {shown}")).help(MEND),
            Match::Bound(bound) => BOUND
                .problem(format!("the {theirs} block binds this figure as `{}`", said::bound(bound)))
                .label(format!("reads as `{}`", said::bound(reading.bound)))
                .help(format!("write it as {}, or mend the other block", bound_words(bound, own))),
            Match::Hedge(hedge) => HEDGE
                .problem(format!("the {theirs} block is `{}` here", serde_word(&hedge)))
                .label(format!("reads as `{}`", serde_word(&reading.commitment)))
                .help(format!("{}, or mend the other block", hedge_words(hedge == Commitment::Firm, own))),
        };
        let at = counterpart.map_or(other.first_line(), |r| other.passage.at(r.span.clone()));
        Some(problem.at(self.passage.file, self.passage.at(reading.span.clone())).related(
            other.passage.file,
            at,
            format!("the {theirs} block"),
        ))
    }

    fn years(&self, other: &Side<'_>, problems: &mut Vec<Problem>) {
        let theirs = language(other.text.lang);
        let missing = self.text.years.iter().filter(|(year, _)| !other.text.said.dates(*year));
        for (year, range) in missing {
            let problem = FIGURES.problem(format!("the {theirs} block does not name the year {year}"));
            problems.push(self.unlike(problem, range, other));
        }
    }

    fn names(&self, other: &Side<'_>, problems: &mut Vec<Problem>) {
        let theirs = language(other.text.lang);
        for name in self.text.said.names.difference(&other.text.said.names) {
            let at = self.passage.words.find(name.as_str()).unwrap_or(0);
            let problem = FIGURES.problem(format!("{name} does not stand in the {theirs} block"));
            problems.push(self.unlike(problem, &(at..at + name.len()), other));
        }
    }

    /// A problem at words of this block, with the other block beside it.
    fn unlike(&self, problem: Problem, at: &Range<usize>, other: &Side<'_>) -> Problem {
        let label = format!("the {} block", language(other.text.lang));
        problem
            .at(self.passage.file, self.passage.at(at.clone()))
            .related(other.passage.file, other.first_line(), label)
            .help(MEND)
    }

    fn first_line(&self) -> Range<usize> {
        let start = self.passage.span.start;
        start..start + first_line(&self.passage.words)
    }
}

fn plain(reading: &Reading) -> bool {
    amount(reading).is_some_and(|a| a.is_plain())
}

const MEND: &str = "say the same in both languages";

fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "Chinese",
        Lang::En => "English",
    }
}
