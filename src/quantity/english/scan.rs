//! Figures: numbers with what they are counted in, ranks and multiples.

use super::around;
use super::names::{TIMES, is_name_or_date};
use super::numbers::number;
use super::words::{Word, is, money};
use crate::content::targets::{Basis, Bound};
use crate::quantity::Number;
use crate::quantity::reading::Reading;

/// A figure that begins at word `i`, and the word after it.
pub(super) fn figure(words: &[Word<'_>], i: usize) -> Option<(Reading, usize)> {
    if i > 0 && is(words, i - 1, &["per"]) {
        // What another figure is per: per 10,000 residents.
        return None;
    }
    if let Some(found) = multiple(words, i) {
        return Some(found);
    }
    if let Some(found) = placed(words, i) {
        return Some(found);
    }
    let before = money(words, i);
    let money_before = before.is_some();
    let first = if money_before { i + 1 } else { i };
    let (mut low, mut at, low_power) = number(words, first)?;
    if !money_before && is_name_or_date(words, i, at) {
        return None;
    }
    let mut high = low;
    let between = i > 0 && is(words, i - 1, &["between"]);
    // «from 26 to 35» are two figures; a dash after the end of a cell is an empty one.
    let from = i > 0 && is(words, i - 1, &["from"]);
    let open = at > 0 && !words[at - 1].ends_clause;
    let to = open && ((!from && is(words, at, &["-", "to"])) || (between && is(words, at, &["and"])));
    if to {
        let next = if money(words, at + 1).is_some() { at + 2 } else { at + 1 };
        if let Some((upper, end, power)) = number(words, next) {
            // RMB 300–500 million: the multiplier belongs to both.
            if low_power == 0 && power > 2 {
                low = low.scaled(power)?;
            }
            high = upper;
            at = end;
        }
    }
    // «15% to 20%»
    let share = |at: usize| is(words, at, &["%", "percent", "‰"]);
    if high == low
        && !from
        && share(at)
        && is(words, at + 1, &["-", "to"])
        && let Some((upper, end, _)) = number(words, at + 2)
        && share(end)
    {
        high = upper;
        at = end;
    }
    // «three or four»
    if high == low
        && is(words, at, &["or"])
        && let Some((upper, end, 0)) = number(words, at + 1)
        && Number::new(1, 1).and_then(|one| low.checked_add(one)) == Some(upper)
    {
        high = upper;
        at = end;
    }
    if is(words, at, &TIMES) {
        return None;
    }
    let mut unit = String::new();
    let mut magnitude = false;
    if is(words, at, &["-"]) && is(words, at + 1, &["yuan"]) {
        at += 1;
    }
    // «100 million US dollars»
    at += usize::from(is(words, at, &["us"]) && money(words, at + 1).is_some());
    if let Some(currency) = before.or_else(|| money(words, at)) {
        currency.clone_into(&mut unit);
        at += usize::from(!money_before);
        at += usize::from(is(words, at, &["-"]) && is(words, at + 1, &["class"]));
        magnitude = is(words, at, &["class", "classes", "level", "levels"]);
        at += usize::from(magnitude);
        // «the RMB 10-billion and RMB 100-billion classes» share the word.
        let hyphenated = is(words, at - 2, &["-"]);
        magnitude = magnitude || (hyphenated && (at..at + 6).any(|n| is(words, n, &["classes"])));
    } else if is(words, at, &["%", "percent"]) || (is(words, at, &["per"]) && is(words, at + 1, &["cent"])) {
        at += if is(words, at, &["per"]) { 2 } else { 1 };
        unit = "%".to_owned();
    } else if is(words, at, &["‰"]) || (is(words, at, &["per"]) && is(words, at + 1, &["mille"])) {
        at += if is(words, at, &["per"]) { 2 } else { 1 };
        unit = "‰".to_owned();
    } else if is(words, at, &["percentage"]) && is(words, at + 1, &["point", "points"]) {
        at += 2;
        unit = "percentage points".to_owned();
    }
    let reading = Reading {
        span: words[i].start..words[at - 1].end,
        bound: if magnitude { Bound::Magnitude } else { around::bound(words, i, at, low != high) },
        low,
        high,
        basis: around::basis(words, i, at),
        commitment: around::commitment(words, i, at),
        per: around::per(words, at),
        unit,
        each: None,
    };
    Some((reading, at))
}

/// «rank second», «from 12th place»: a rank said by its ordinal.
fn placed(words: &[Word<'_>], i: usize) -> Option<(Reading, usize)> {
    const ORDINALS: [&str; 10] =
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    const RANKS: [&str; 7] = ["rank", "ranks", "ranked", "ranking", "placed", "come", "comes"];
    let word = words[i].text.as_str();
    let named = ORDINALS.iter().position(|o| *o == word).and_then(|n| i128::try_from(n + 1).ok());
    let written = || ["st", "nd", "rd", "th"].iter().find_map(|e| word.strip_suffix(e)?.parse::<i128>().ok());
    let value = Number::new(named.or_else(written)?, 1)?;
    let place = is(words, i + 1, &["place", "position"]);
    if !place && (i == 0 || !is(words, i - 1, &RANKS)) {
        return None;
    }
    let reading = Reading {
        span: words[i].start..words[i].end,
        bound: Bound::Rank,
        low: value,
        high: value,
        unit: String::new(),
        basis: Basis::Level,
        commitment: around::commitment(words, i, i + 1),
        per: None,
        each: None,
    };
    Some((reading, i + 1))
}

fn multiple(words: &[Word<'_>], i: usize) -> Option<(Reading, usize)> {
    let (above, below) = match words[i].text.as_str() {
        // «double first-class» is a name, «double digits» and «double-track» are manners.
        "double" if is(words, i + 1, &["first", "first-class", "as", "digit", "digits", "-"]) => return None,
        "double" | "doubled" | "doubling" | "doubles" => (2, 1),
        "triple" | "tripled" | "tripling" => (3, 1),
        "quadruple" | "quadrupled" | "quadrupling" => (4, 1),
        "halve" | "halved" | "halving" => (1, 2),
        _ => return None,
    };
    let value = Number::new(above, below)?;
    let reading = Reading {
        span: words[i].start..words[i].end,
        bound: Bound::Multiple,
        low: value,
        high: value,
        unit: "times".to_owned(),
        basis: Basis::Level,
        commitment: around::commitment(words, i, i + 1),
        per: None,
        each: None,
    };
    Some((reading, i + 1))
}
