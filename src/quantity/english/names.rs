//! What looks like a figure and is none: years, days, numbers of lists, parts of names.

use super::numbers::{SCALES, SMALL, number};
use super::words::{Word, is};

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Spans of time, which are no counts.
pub(super) const TIMES: [&str; 6] = ["year", "years", "month", "months", "week", "weeks"];

/// House style parts thousands by commas, so that 2027 is a year.
fn is_year(word: &Word<'_>) -> bool {
    let century = word.raw.starts_with("19") || word.raw.starts_with("20");
    century && word.raw.len() == 4 && word.raw.bytes().all(|b| b.is_ascii_digit())
}

/// Whether a bare number is a year, a day, a number of a list, or part of a name.
pub(super) fn is_name_or_date(words: &[Word<'_>], i: usize, end: usize) -> bool {
    let word = &words[i];
    let digits = word.raw.chars().all(|c| c.is_ascii_digit());
    let before = |any: &[&str]| i > 0 && is(words, i - 1, any);
    let after = |any: &[&str]| is(words, end, any);
    let date = digits && (after(&MONTHS) || before(&MONTHS));
    let named = before(&[
        "class", "fortune", "no", "number", "article", "section", "chapter", "phase", "grade", "tier", "covid", "box",
        "type", "item", "part", "page", "table", "annex", "appendix", "step", "level", "category", "version", "stage",
        "line", "route",
    ]);
    // GLP-1, COVID-19; the second year of 2023–25
    let joined =
        i >= 2 && is(words, i - 1, &["-"]) && words[i - 1].start == words[i - 2].end && words[i - 1].end == word.start;
    let letters = |w: &Word<'_>| w.raw.chars().all(char::is_alphabetic) && !SMALL.iter().any(|(s, _)| *s == w.text);
    let dialled = |w: &Word<'_>| w.raw.len() > 1 && w.raw.starts_with('0') && !w.raw.contains('.');
    let tail = joined
        && digits
        && (letters(&words[i - 2]) || dialled(&words[i - 2]) || (word.raw.len() == 2 && is_year(&words[i - 2])));
    let year = is_year(word) && end == i + 1;
    let time = after(&TIMES);
    // «one of», «one another», «no one»: one is a pronoun.
    let pronoun = word.text == "one"
        && end == i + 1
        && (after(&["of", "another", "that", "who", "which", "is", "in", "and"])
            || (after(&["or"]) && number(words, end + 1).is_none())
            || before(&["no", "any", "every", "each", "this", "that", "the"])
            || words.get(end).is_none()
            || word.ends_clause);
    let hyphenated = after(&["-"])
        && words.get(end + 1).is_some_and(|w| {
            w.text.chars().all(char::is_alphabetic)
                && !["yuan", "class", "to"].contains(&w.text.as_str())
                && !SCALES.iter().any(|(s, _)| *s == w.text)
        });
    let ordinal = word.raw.chars().any(|c| c.is_ascii_digit())
        && word.raw.parse::<f64>().is_err()
        && !word.raw.contains([',', '/']);
    date || named || tail || dialled(word) || year || time || pronoun || hyphenated || ordinal
}
