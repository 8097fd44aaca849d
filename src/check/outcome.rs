//! An outcome says what its quote says.

use super::rule::Rule;
use super::said::{flat, of_kind, same_value};
use super::sources::years;
use crate::diagnostic::{Problem, Severity};
use crate::quantity::{chinese, english};
use crate::site::Site;

pub(super) const RULE: Rule = Rule {
    code: "outcome-value",
    severity: Severity::Error,
    adjustable: true,
    asks: "An outcome's value stands in its quote, and is of a target's own unit.",
    why: "An outcome closes a promise; it needs the words of whoever reported it. Years in the quote must fit `as_of`.",
    wrong: "[[outcome]]\ntarget = \"industry-scale\"     # in 亿元\nvalue  = \"8200\"\nas_of  = 2027-12-31\nquote  = '2027年全市生命健康产业规模达到8020亿元'",
    right: "[[outcome]]\ntarget = \"industry-scale\"\nvalue  = \"8020\"\nas_of  = 2027-12-31\nquote  = '2027年全市生命健康产业规模达到8020亿元'",
};

/// Gives how many outcomes were compared.
pub(super) fn check(site: &Site, policy: usize, problems: &mut Vec<Problem>) -> usize {
    let p = &site.policies[policy];
    let file = format!("content/policies/{}/targets.toml", p.id);
    let outcomes = p.targets.iter().flat_map(|t| t.outcomes.iter().map(move |o| (t, o)));
    let mut compared = 0;
    for (target, outcome) in outcomes {
        compared += 1;
        let quote = &outcome.quote.get_ref().text;
        let Ok(value) = outcome.value.get_ref().parse() else {
            problems.push(
                RULE.problem(format!("`{}` is not a number", outcome.value.get_ref()))
                    .at(&file, outcome.value.span())
                    .help("write a decimal such as 4.2 or a fraction such as 1/3"),
            );
            continue;
        };
        let ours = of_kind(&target.target, value);
        let said = flat(chinese::read(quote).into_iter().chain(english::read(quote)));
        if !said.iter().any(|r| same_value(&ours, r)) {
            problems.push(
                RULE.problem(format!("the quote does not say {} {}", outcome.value.get_ref(), ours.unit))
                    .at(&file, outcome.value.span())
                    .label(format!("the quote: {quote}"))
                    .help("give the value as the quote has it, in the target's unit"),
            );
        }
        let named = years(quote);
        if !named.is_empty() && !named.contains(&outcome.as_of.0.year()) {
            problems.push(
                RULE.problem(format!("the quote does not name the year {}", outcome.as_of.0.year()))
                    .at(&file, outcome.quote.span())
                    .help("give as_of the year that the quote reports on"),
            );
        }
    }
    compared
}
