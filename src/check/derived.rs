//! A derived figure is what its arithmetic gives.

use std::collections::BTreeMap;

use super::rule::Rule;
use crate::diagnostic::{Problem, Severity};
use crate::quantity::Number;
use crate::site::Site;

pub(super) const RULE: Rule = Rule {
    code: "derived-arithmetic",
    severity: Severity::Error,
    adjustable: false,
    asks: "A derived figure is what its arithmetic gives, exactly.",
    why: "Ids of targets and facts of the same file, numbers, + - * / and brackets, worked out in exact fractions; the values count as written, so units must fit.",
    wrong: "[[derived]]\nid         = \"revenue-growth\"\nvalue      = \"1041\"\nunit       = \"亿元\"\narithmetic = \"industry-revenue - revenue-2022\"   # 5000 - 3986",
    right: "[[derived]]\nid         = \"revenue-growth\"\nvalue      = \"1014\"\nunit       = \"亿元\"\narithmetic = \"industry-revenue - revenue-2022\"   # 5000 - 3986",
};

pub(super) fn check(site: &Site, policy: usize, problems: &mut Vec<Problem>) {
    let p = &site.policies[policy];
    let file = format!("content/policies/{}/targets.toml", p.id);
    let mut values: BTreeMap<&str, Number> = BTreeMap::new();
    for t in &p.targets {
        values.insert(t.target.id.get_ref(), t.ends.0);
    }
    for f in &p.facts {
        values.insert(f.fact.id.get_ref(), f.ends.0);
    }
    for derived in &p.derived {
        let arithmetic = &derived.arithmetic;
        let value = derived.value.get_ref().parse::<Number>();
        match (evaluate(arithmetic.get_ref(), &values), value) {
            (Ok(result), Ok(value)) if result == value => {}
            (Ok(result), _) => problems.push(
                RULE.problem(format!("the arithmetic gives {result}"))
                    .at(&file, derived.value.span())
                    .help(format!("write value = \"{}\"", result.to_string().replace(',', ""))),
            ),
            (Err(wrong), _) => problems.push(RULE.problem(wrong).at(&file, arithmetic.span()).did_you_mean(
                arithmetic.get_ref().split([' ', '(', ')']).find(|w| !values.contains_key(w)).unwrap_or_default(),
                values.keys().copied(),
            )),
        }
        if let Ok(value) = derived.value.get_ref().parse::<Number>() {
            values.insert(derived.id.get_ref(), value);
        }
    }
}

/// Works out a sum of ids and numbers. Signs stand between blanks, since ids have hyphens.
fn evaluate(text: &str, values: &BTreeMap<&str, Number>) -> Result<Number, String> {
    let spaced = text.replace('(', " ( ").replace(')', " ) ");
    let tokens: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let result = sum(&tokens, &mut at, values, 0)?;
    match tokens.get(at) {
        None => Ok(result),
        Some(extra) => Err(format!("`{extra}` is not expected here")),
    }
}

/// Deepest brackets that are worked out.
const DEEPEST: usize = 32;

fn sum(tokens: &[&str], at: &mut usize, values: &BTreeMap<&str, Number>, depth: usize) -> Result<Number, String> {
    let mut total = product(tokens, at, values, depth)?;
    while let Some(sign) = tokens.get(*at).filter(|t| matches!(**t, "+" | "-")) {
        *at += 1;
        let next = product(tokens, at, values, depth)?;
        total = if *sign == "+" { total.checked_add(next) } else { total.checked_sub(next) }.ok_or(TOO_LARGE)?;
    }
    Ok(total)
}

fn product(tokens: &[&str], at: &mut usize, values: &BTreeMap<&str, Number>, depth: usize) -> Result<Number, String> {
    let mut total = operand(tokens, at, values, depth)?;
    while let Some(sign) = tokens.get(*at).filter(|t| matches!(**t, "*" | "/" | "×" | "÷")) {
        *at += 1;
        let next = operand(tokens, at, values, depth)?;
        total = if matches!(*sign, "*" | "×") { total.checked_mul(next) } else { total.checked_div(next) }
            .ok_or(TOO_LARGE)?;
    }
    Ok(total)
}

const TOO_LARGE: &str = "the arithmetic divides by zero, or its result has too many digits";

fn operand(tokens: &[&str], at: &mut usize, values: &BTreeMap<&str, Number>, depth: usize) -> Result<Number, String> {
    let token = tokens.get(*at).copied().ok_or("an id or a number is missing at the end")?;
    *at += 1;
    if token == "(" {
        if depth == DEEPEST {
            return Err("the brackets are nested too deeply".to_owned());
        }
        let inner = sum(tokens, at, values, depth + 1)?;
        if tokens.get(*at) != Some(&")") {
            return Err("a closing bracket is missing".to_owned());
        }
        *at += 1;
        return Ok(inner);
    }
    values
        .get(token)
        .copied()
        .or_else(|| token.parse().ok())
        .ok_or_else(|| format!("`{token}` is no target, no fact and no number; signs stand between blanks"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic() {
        let number = |t: &str| t.parse::<Number>().expect("the table holds numbers");
        let values = BTreeMap::from([("revenue-2026", number("5000")), ("revenue-2022", number("3986"))]);
        let result = |text: &str| evaluate(text, &values).map(|n| n.to_string());
        assert_eq!(result("revenue-2026 - revenue-2022"), Ok("1,014".to_owned()));
        assert_eq!(result("(revenue-2026 - revenue-2022) / 4"), Ok("253.5".to_owned()));
        assert_eq!(result("2 + 3 * 4"), Ok("14".to_owned()));
        assert!(result("revenue-2025 + 1").is_err() && result("1 / 0").is_err() && result("( 1").is_err());
        assert!(result(&"(".repeat(5000)).is_err());
    }
}
