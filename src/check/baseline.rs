//! A baseline says what its quote says.

use std::sync::Arc;

use super::rule::Rule;
use super::said::{of_kind, same_value};
use super::sources::{Figures, Quoted};
use crate::content::targets::{Baseline, Bound};
use crate::diagnostic::{Problem, Severity};
use crate::quantity::Number;
use crate::site::{LinkedTarget, Site};

pub(super) const RULE: Rule = Rule {
    code: "baseline-value",
    severity: Severity::Error,
    adjustable: true,
    asks: "A baseline's value and year stand in its own quote, or else in the target's.",
    why: "From where a target starts decides what it promises.",
    wrong: "baseline = { value = \"3896\", year = 2022, quote = '当年大健康产业总营收 | 亿元 | 3986' }",
    right: "baseline = { value = \"3986\", year = 2022, quote = '当年大健康产业总营收 | 亿元 | 3986' }",
};

pub(super) fn check(
    site: &Site,
    figures: &[Arc<Figures>],
    policy: usize,
    target: &LinkedTarget,
    baseline: &Baseline,
    file: &str,
    problems: &mut Vec<Problem>,
) {
    let Ok(value) = baseline.value.get_ref().parse::<Number>() else { return };
    let quoted = Quoted::new(site, target.baseline.unwrap_or(target.quote));
    let ours = of_kind(&target.target, value);
    // From nothing: 零的突破 states its baseline itself.
    let first = value.whole() == Some(0) && target.target.bound.get_ref() == &Bound::AtLeast;
    let said: Vec<_> = figures[policy].within(quoted.block, &quoted.range).collect();
    let Some(found) = said.iter().find(|f| same_value(&ours, &f.reading)) else {
        if first {
            return;
        }
        let text = &quoted.policy.source.blocks[quoted.block].text;
        let words: Vec<&str> = said.iter().map(|f| &text[f.reading.span.clone()]).collect();
        problems.push(
            RULE.problem(format!("the quote does not say {}", baseline.value.get_ref()))
                .at(file, baseline.value.span())
                .label(format!("the quote says {}", words.join(", ")))
                .help("give the value as the words have it, in the target's unit, or quote the words that state it"),
        );
        return;
    };
    let Some(year) = &baseline.year else { return };
    let mut known = quoted.years();
    known.extend(quoted.years_around());
    let wrong = match found.year {
        Some(column) => column != *year.get_ref(),
        None => !known.contains(year.get_ref()),
    };
    if wrong {
        problems.push(
            RULE.problem(format!("nothing quoted gives the year {}", year.get_ref()))
                .at(file, year.span())
                .help("quote the words that give it, or leave the year out"),
        );
    }
}
