//! The two languages of a digest correspond block by block, and say the same in figures.

use std::collections::BTreeMap;

use super::compare::{Match, Said, Text, find};
use super::passages::{Form, Passage};
use super::rule::Rule;
use super::said::{bound, serde_word};
use crate::content::fields::Lang;
use crate::diagnostic::{Problem, Severity};

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
            Some(other) => problem.related(
                other.file,
                other.span.start..other.span.start + first_line(&other.words),
                format!("here stands a {}", name(other.form)),
            ),
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

/// Compares the figures of two corresponding passages. Where one of the two was `told` that its bounds or
/// hedges are not its source's, that is the same slip seen from elsewhere.
pub(super) fn figures(zh: &Passage<'_>, en: &Passage<'_>, told: bool, problems: &mut Vec<Problem>) {
    if zh.form == Form::Code {
        return;
    }
    let (left, right) = (Text::read(&zh.words, Lang::Zh), Text::read(&en.words, Lang::En));
    one_way(zh, &left, en, &right.said, told, problems);
    one_way(en, &right, zh, &left.said, told, problems);
    for (own, text, other) in [(zh, &left, &right), (en, &right, &left)] {
        for name in text.said.names.difference(&other.said.names) {
            let at = own.words.find(name.as_str()).unwrap_or(0);
            problems.push(
                FIGURES
                    .problem(format!("{name} does not stand in the {} block", language(other.lang)))
                    .at(own.file, own.at(at..at + name.len())),
            );
        }
    }
}

fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "Chinese",
        Lang::En => "English",
    }
}

fn one_way(
    own: &Passage<'_>,
    text: &Text<'_>,
    other: &Passage<'_>,
    said: &Said,
    told: bool,
    problems: &mut Vec<Problem>,
) {
    let other_span = other.span.start..other.span.start + first_line(&other.words);
    let in_other = language(other.lang);
    for reading in &text.said.readings {
        let at = own.at(reading.span.clone());
        let shown = &own.words[reading.span.clone()];
        let problem = match find(text, reading, said) {
            Match::Same | Match::Name => continue,
            // One of something may be said without a figure: a centre, 一个中心.
            Match::None if reading.low == reading.high && reading.low.whole() == Some(1) && is_count(reading) => {
                continue;
            }
            Match::None => FIGURES.problem(format!("the {in_other} block does not say {shown}")),
            Match::Bound(_) | Match::Hedge(_) if told => continue,
            Match::Bound(theirs) => {
                BOUND.problem(format!("the {in_other} block binds this figure as `{}`", bound(theirs)))
            }
            Match::Hedge(theirs) => HEDGE.problem(format!("the {in_other} block is `{}` here", serde_word(&theirs))),
        };
        problems.push(problem.at(own.file, at).related(
            other.file,
            other_span.clone(),
            format!("the {in_other} block"),
        ));
    }
    for (year, range) in &text.years {
        if !said.years.contains(year) {
            problems.push(
                FIGURES
                    .problem(format!("the {in_other} block does not name the year {year}"))
                    .at(own.file, own.at(range.clone()))
                    .related(other.file, other_span.clone(), format!("the {in_other} block")),
            );
        }
    }
}

fn is_count(reading: &crate::quantity::reading::Reading) -> bool {
    !matches!(reading.unit.as_str(), "%" | "‰" | "RMB") && !reading.unit.ends_with('元')
}
