//! Numbers in figures and in words.

use super::words::{Word, is};
use crate::quantity::Number;

pub(super) const SMALL: [(&str, i128); 28] = [
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
];

pub(super) const SCALES: [(&str, u32); 5] =
    [("hundred", 2), ("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12)];

/// A number in figures or words, the word after it, and the power of its multiplier.
pub(super) fn number(words: &[Word<'_>], i: usize) -> Option<(Number, usize, u32)> {
    let word = words.get(i)?;
    let (value, mut at) = if word.text.starts_with(|c: char| c.is_ascii_digit()) {
        let value = word.text.replace(',', "").parse::<Number>().ok()?;
        // 24/7 is a manner: a fraction is below one.
        let manner = word.text.contains('/') && value.reaches(0);
        (Some(value).filter(|_| !manner)?, i + 1)
    } else {
        in_words(words, i)?
    };
    let mut power = 0;
    let mut scaled = value;
    while let Some((_, p)) = words.get(at).and_then(|w| SCALES.iter().find(|(name, _)| *name == w.text)) {
        scaled = scaled.scaled(*p)?;
        power += p;
        at += 1;
    }
    // 10-billion class: the hyphen joins.
    if power == 0
        && is(words, at, &["-"])
        && let Some((_, p)) = words.get(at + 1).and_then(|w| SCALES.iter().find(|(name, _)| *name == w.text))
    {
        return Some((scaled.scaled(*p)?, at + 2, *p));
    }
    Some((scaled, at, power))
}

/// Whether a noun ends with word `i`.
fn ends_noun(words: &[Word<'_>], i: usize) -> bool {
    const AFTER: [&str; 14] =
        ["of", "in", "by", "to", "from", "and", "or", "more", "less", "compared", "than", "are", "is", "for"];
    words[i].ends_clause || words.get(i + 1).is_none() || is(words, i + 1, &AFTER)
}

/// `twenty-five`, `one third`, `two thirds`, `half`.
fn in_words(words: &[Word<'_>], i: usize) -> Option<(Number, usize)> {
    let scale = |i: usize| words.get(i).is_some_and(|w| SCALES.iter().any(|(name, _)| *name == w.text));
    // «a hundred», «half a million»
    if is(words, i, &["a"]) && scale(i + 1) {
        return Some((Number::new(1, 1)?, i + 1));
    }
    if is(words, i, &["half"]) && is(words, i + 1, &["a"]) && scale(i + 2) {
        return Some((Number::new(1, 2)?, i + 2));
    }
    if is(words, i, &["half"]) {
        // «half a year» is a span of time.
        let time = is(words, i + 1, &["a", "an", "-"]) && is(words, i + 2, &["year", "month", "hour", "day"]);
        return (!time).then_some((Number::new(1, 2)?, i + 1));
    }
    // «a third of», «by a quarter»; not «a third plant»
    if is(words, i, &["third", "quarter", "fifth"]) && i > 0 && is(words, i - 1, &["a"]) && ends_noun(words, i) {
        let below = [("third", 3), ("quarter", 4), ("fifth", 5)].iter().find(|(w, _)| is(words, i, &[w]))?.1;
        return Some((Number::new(1, below)?, i + 1));
    }
    let small = |i: usize| words.get(i).and_then(|w| SMALL.iter().find(|(name, _)| *name == w.text)).map(|(_, v)| *v);
    let mut value = small(i)?;
    let mut at = i + 1;
    if value >= 20 && is(words, at, &["-"]) && small(at + 1).is_some_and(|v| (1..10).contains(&v)) {
        value += small(at + 1)?;
        at += 2;
    }
    let part = |i: usize| {
        [("third", 3), ("thirds", 3), ("quarter", 4), ("quarters", 4), ("fifth", 5), ("fifths", 5), ("half", 2)]
            .iter()
            .find(|(name, _)| is(words, i, &[name]))
            .map(|(_, v)| *v)
    };
    let hyphen = usize::from(is(words, at, &["-"]));
    if let Some(below) = part(at + hyphen) {
        return Some((Number::new(value, below)?, at + hyphen + 1));
    }
    Some((Number::new(value, 1)?, at))
}
