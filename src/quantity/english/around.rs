//! The words around a figure: bound, basis, commitment, what it is per.

use super::numbers::number;
use super::words::{Word, is};
use crate::content::targets::{Basis, Bound, Commitment};

/// Hedges that expect.
const EXPECTED: [&str; 3] = ["expected", "forecast", "projected"];

/// Words right before a figure, and how they bind it; longest first where one ends another.
const BEFORE: [(&str, Bound); 55] = [
    ("no fewer than", Bound::AtLeast),
    ("no less than", Bound::AtLeast),
    ("not less than", Bound::AtLeast),
    ("not fewer than", Bound::AtLeast),
    ("at least", Bound::AtLeast),
    ("a minimum of", Bound::AtLeast),
    ("no more than", Bound::AtMost),
    ("not more than", Bound::AtMost),
    ("not exceed", Bound::AtMost),
    ("not exceeding", Bound::AtMost),
    ("no smaller than", Bound::AtLeast),
    ("not smaller than", Bound::AtLeast),
    ("no lower than", Bound::AtLeast),
    ("not lower than", Bound::AtLeast),
    ("not below", Bound::AtLeast),
    ("no longer than", Bound::AtMost),
    ("not longer than", Bound::AtMost),
    ("no larger than", Bound::AtMost),
    ("no higher than", Bound::AtMost),
    ("not higher than", Bound::AtMost),
    ("no greater than", Bound::AtMost),
    ("no older than", Bound::AtMost),
    ("no shorter than", Bound::AtLeast),
    ("no younger than", Bound::AtLeast),
    ("no worse than", Bound::AtLeast),
    ("at most", Bound::AtMost),
    ("up to", Bound::AtMost),
    ("a maximum of", Bound::AtMost),
    ("within", Bound::AtMost),
    ("more than", Bound::MoreThan),
    ("greater than", Bound::MoreThan),
    ("in excess of", Bound::MoreThan),
    ("above", Bound::MoreThan),
    ("over", Bound::MoreThan),
    ("exceed", Bound::MoreThan),
    ("exceeds", Bound::MoreThan),
    ("exceeding", Bound::MoreThan),
    ("surpass", Bound::MoreThan),
    ("surpasses", Bound::MoreThan),
    ("past", Bound::MoreThan),
    ("beyond", Bound::MoreThan),
    ("passes", Bound::MoreThan),
    ("pass", Bound::MoreThan),
    ("top", Bound::Rank),
    ("less than", Bound::LessThan),
    ("fewer than", Bound::LessThan),
    ("under", Bound::LessThan),
    ("below", Bound::LessThan),
    ("about", Bound::About),
    ("around", Bound::About),
    ("approximately", Bound::About),
    ("roughly", Bound::About),
    ("nearly", Bound::About),
    ("almost", Bound::About),
    ("some", Bound::About),
];

pub(super) fn bound(words: &[Word<'_>], i: usize, end: usize, range: bool) -> Bound {
    let start = words[..i].iter().rposition(|w| w.ends_clause).map_or(0, |p| p + 1);
    // «at least a third»
    let i = if i > start && is(words, i - 1, &["a"]) { i - 1 } else { i };
    let before: Vec<&str> = words[start.max(i.saturating_sub(6))..i].iter().map(|w| w.text.as_str()).collect();
    let before = before.join(" ");
    let found = BEFORE.iter().find(|(w, _)| before == *w || before.ends_with(&format!(" {w}"))).map(|(_, b)| *b);
    if found == Some(Bound::Rank) {
        return Bound::Rank;
    }
    if range {
        return Bound::Range;
    }
    if let Some(bound) = or_more(words, end) {
        return bound;
    }
    found.unwrap_or(Bound::Reach)
}

/// «or more» and «at most», at once after a figure or after its noun: 60 million tonnes or more.
fn or_more(words: &[Word<'_>], end: usize) -> Option<Bound> {
    const NOUN: usize = 4;
    let at = (end..=end + NOUN).find(|n| is(words, *n, &["or", "at"]))?;
    let noun = words.get(end.saturating_sub(1)..at)?;
    let digits = |n: usize| words[n].raw.contains(|c: char| c.is_ascii_digit());
    if noun.iter().any(|w| w.ends_clause) || (end..at).any(|n| digits(n) || number(words, n).is_some()) {
        return None;
    }
    if is(words, at, &["at"]) {
        // What follows may be another figure's: 20 boats and at least ten wharves.
        let last = words.get(at + 1)?.ends_clause || words.get(at + 2).is_none() || is(words, at + 2, &["and"]);
        return match words[at + 1].text.as_str() {
            "least" if last => Some(Bound::AtLeast),
            "most" if last => Some(Bound::AtMost),
            _ => None,
        };
    }
    // 29 areas of provincial rank or above: what stands behind a noun may be of the noun.
    match words.get(at + 1)?.text.as_str() {
        "more" => Some(Bound::AtLeast),
        "less" | "fewer" => Some(Bound::AtMost),
        "above" | "higher" if at == end => Some(Bound::AtLeast),
        "below" if at == end => Some(Bound::AtMost),
        _ => None,
    }
}

/// The words of the figure's clause, before and after it.
fn clause(words: &[Word<'_>], i: usize, end: usize) -> (String, String) {
    let start = words[..i].iter().rposition(|w| w.ends_clause).map_or(0, |p| p + 1);
    let stop = words[end.saturating_sub(1)..].iter().position(|w| w.ends_clause).map_or(words.len(), |p| end + p);
    let join = |part: &[Word<'_>]| part.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
    (join(&words[start..i]), join(&words[end.min(stop)..stop]))
}

pub(super) fn basis(words: &[Word<'_>], i: usize, end: usize) -> Basis {
    let (before, after) = clause(words, i, end);
    let near: String = after.split(' ').take(3).collect::<Vec<_>>().join(" ").replace("or more", "");
    let has = |text: &str, any: &[&str]| any.iter().any(|w| format!(" {text} ").contains(&format!(" {w} ")));
    if has(&before, &["average annual", "annual growth"])
        || has(&after, &["average annual growth", "a year on average"])
    {
        return Basis::Growth;
    }
    if has(&before, &["cumulative", "cumulatively"]) || has(&after, &["in total", "cumulatively"]) {
        return Basis::Cumulative;
    }
    if has(&after, &["a year", "per year", "each year", "every year", "annually"])
        || has(&before, &["each year", "every year", "annual", "annually"])
    {
        return Basis::Annual;
    }
    if has(&near, &["more", "additional", "new", "further"]) || has(&before, &["add", "additional", "another"]) {
        return Basis::Increase;
    }
    if has(&before, &["share", "proportion", "account for", "accounts for"]) {
        return Basis::Share;
    }
    Basis::Level
}

pub(super) fn commitment(words: &[Word<'_>], i: usize, end: usize) -> Commitment {
    let (before, after) = clause(words, i, end);
    // «strives for 80 and is to add six»: a verb of its own is as firm as it says.
    let before = format!(" {before} ");
    let own =
        [" is to ", " are to ", " will ", " must "].iter().filter_map(|v| before.rfind(v).map(|i| i + v.len() - 1));
    let before = &before[own.max().unwrap_or(0)..];
    let has = |any: &[&str]| any.iter().any(|w| before.contains(&format!(" {w} ")));
    // «eight anchorages are expected to be built»
    let follows = |any: &[&str]| {
        ["is", "are"].iter().any(|be| any.iter().any(|w| format!(" {after} ").contains(&format!(" {be} {w} "))))
    };
    if has(&["strive", "strives", "striving", "aim", "aims", "aiming", "seek", "seeks", "try", "tries"]) {
        Commitment::Strive
    } else if has(&EXPECTED) || follows(&EXPECTED) {
        Commitment::Expected
    } else {
        Commitment::Firm
    }
}

pub(super) fn per(words: &[Word<'_>], end: usize) -> Option<String> {
    // The noun may stand between: 50 patents per 10,000 residents.
    let at = (end..end + 8).find(|&i| {
        is(words, i, &["per"])
            && words.get(i + 1).is_some_and(|w| w.raw.starts_with(|c: char| c.is_ascii_digit()) || w.text == "capita")
    })?;
    let stopped = words.get(end..at)?.iter().any(|w| w.ends_clause);
    let last = (at + 2).min(words.len() - 1);
    (!stopped).then(|| words[at..=last].iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" "))
}
