//! Figures in English prose.
//!
//! Values are given in full (RMB 800 billion is 800,000,000,000 of the unit `RMB`), since English parts
//! multiplier and unit. What looks like a figure and is a year, a date, a name or an ordinal is left out.

use super::Number;
use super::reading::Reading;
use crate::content::targets::{Basis, Bound, Commitment};

/// A word of the text: lower-cased, with its bytes.
struct Word<'a> {
    text: String,
    raw: &'a str,
    start: usize,
    end: usize,
    /// Punctuation that ends a clause stands after it.
    ends_clause: bool,
}

const SMALL: [(&str, i128); 28] = [
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

const SCALES: [(&str, u32); 5] = [("hundred", 2), ("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12)];

const MONEY: [&str; 6] = ["rmb", "cny", "¥", "￥", "yuan", "renminbi"];

/// Words right before a figure, and how they bind it; longest first where one ends another.
const BEFORE: [(&str, Bound); 45] = [
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

/// The figures of a text, in order.
pub fn read(text: &str) -> Vec<Reading> {
    let words = words(text);
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match figure(&words, i) {
            Some((reading, next)) => {
                out.push(reading);
                i = next;
            }
            None => i += 1,
        }
    }
    out
}

/// All numbers of a text, whatever they mean: figures, names, dates, list numbers.
pub fn numbers(text: &str) -> Vec<Number> {
    let words = words(text);
    (0..words.len()).filter_map(|i| number(&words, i)).map(|(number, ..)| number).collect()
}

fn words(text: &str) -> Vec<Word<'_>> {
    let mut out: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    let keep = |c: char, next: Option<char>| {
        c.is_alphanumeric()
            || matches!(c, '%' | '‰' | '\'' | '’' | '/')
            || (matches!(c, '.' | ',') && next.is_some_and(|n| n.is_ascii_digit()))
    };
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (n, &(at, c)) in chars.iter().enumerate() {
        let next = chars.get(n + 1).map(|(_, c)| *c);
        let joined = matches!(c, '.' | ',') && start.is_none();
        if keep(c, next) && !joined {
            start = start.or(Some(at));
            continue;
        }
        if let Some(from) = start.take() {
            push(text, from, at, &mut out);
        }
        match c {
            '¥' | '￥' | '–' | '-' | '—' => out.push(Word {
                text: if matches!(c, '¥' | '￥') { c.to_string() } else { "-".to_owned() },
                raw: &text[at..at + c.len_utf8()],
                start: at,
                end: at + c.len_utf8(),
                ends_clause: false,
            }),
            ',' | ';' | '.' | ':' | '(' | ')' | '|' => {
                if let Some(last) = out.last_mut() {
                    last.ends_clause = true;
                }
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        push(text, from, text.len(), &mut out);
    }
    out
}

/// Appends the word of a range; RMB800 and 50% are two words each.
fn push<'a>(text: &'a str, from: usize, to: usize, out: &mut Vec<Word<'a>>) {
    let raw = &text[from..to];
    let currency = |i: &usize| MONEY.contains(&raw[..*i].to_lowercase().as_str());
    let figure = raw.find(|c: char| c.is_ascii_digit()).filter(currency);
    let sign = raw.find(['%', '‰']);
    let cut = figure.or(sign).filter(|i| *i > 0).unwrap_or(raw.len());
    for (a, b) in [(0, cut), (cut, raw.len())] {
        let part = &raw[a..b];
        if !part.is_empty() {
            out.push(Word { text: part.to_lowercase(), raw: part, start: from + a, end: from + b, ends_clause: false });
        }
    }
}

fn is(words: &[Word<'_>], i: usize, any: &[&str]) -> bool {
    words.get(i).is_some_and(|w| any.contains(&w.text.as_str()))
}

/// A figure that begins at word `i`, and the word after it.
fn figure(words: &[Word<'_>], i: usize) -> Option<(Reading, usize)> {
    if i > 0 && is(words, i - 1, &["per"]) {
        // What another figure is per: per 10,000 residents.
        return None;
    }
    if let Some(found) = multiple(words, i) {
        return Some(found);
    }
    let money_before = is(words, i, &MONEY);
    let first = if money_before { i + 1 } else { i };
    let (mut low, mut at, mut low_power) = number(words, first)?;
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
        let next = if is(words, at + 1, &MONEY) { at + 2 } else { at + 1 };
        if let Some((upper, end, power)) = number(words, next) {
            // RMB 300–500 million: the multiplier belongs to both.
            if low_power == 0 && power > 2 {
                low = low.scaled(power)?;
                low_power = power;
            }
            high = upper;
            at = end;
        }
    }
    let _ = low_power;
    if is(words, at, &TIMES) {
        return None;
    }
    let mut unit = String::new();
    let mut magnitude = false;
    if is(words, at, &["-"]) && is(words, at + 1, &["yuan"]) {
        at += 1;
    }
    if money_before || is(words, at, &MONEY) {
        unit = "RMB".to_owned();
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
        bound: if magnitude { Bound::Magnitude } else { bound(words, i, at, low != high) },
        low,
        high,
        basis: basis(words, i, at),
        commitment: commitment(words, i),
        per: per(words, at),
        unit,
        each: None,
    };
    Some((reading, at))
}

fn multiple(words: &[Word<'_>], i: usize) -> Option<(Reading, usize)> {
    let (above, below) = match words[i].text.as_str() {
        // «double first-class» is a name.
        "double" if is(words, i + 1, &["first", "first-class", "as"]) => return None,
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
        commitment: commitment(words, i),
        per: None,
        each: None,
    };
    Some((reading, i + 1))
}

/// A number in figures or words, the word after it, and the power of its multiplier.
fn number(words: &[Word<'_>], i: usize) -> Option<(Number, usize, u32)> {
    let word = words.get(i)?;
    let (value, mut at) = if word.text.starts_with(|c: char| c.is_ascii_digit()) {
        (word.text.replace(',', "").parse::<Number>().ok()?, i + 1)
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

/// `twenty-five`, `one third`, `two thirds`, `half`.
fn in_words(words: &[Word<'_>], i: usize) -> Option<(Number, usize)> {
    if is(words, i, &["half"]) {
        return Some((Number::new(1, 2)?, i + 1));
    }
    // «a third», «a quarter»
    if is(words, i, &["third", "quarter", "fifth"]) && i > 0 && is(words, i - 1, &["a"]) {
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
const TIMES: [&str; 6] = ["year", "years", "month", "months", "week", "weeks"];

/// Whether a bare number is a year, a day, a number of a list, or part of a name.
fn is_name_or_date(words: &[Word<'_>], i: usize, end: usize) -> bool {
    let word = &words[i];
    let digits = word.raw.chars().all(|c| c.is_ascii_digit());
    let year =
        digits && word.raw.len() == 4 && (word.raw.starts_with("19") || word.raw.starts_with("20")) && end == i + 1;
    let before = |any: &[&str]| i > 0 && is(words, i - 1, any);
    let after = |any: &[&str]| is(words, end, any);
    let date = digits && (after(&MONTHS) || before(&MONTHS));
    let named = before(&[
        "class", "fortune", "no", "number", "article", "section", "chapter", "phase", "grade", "tier", "covid", "box",
        "type", "item", "part",
    ]);
    // House style parts thousands by commas, so that 2027 is a year.
    let counted_year = year;
    let time = after(&TIMES);
    // «one of», «one another», «no one»: one is a pronoun.
    let pronoun = word.text == "one"
        && end == i + 1
        && (after(&["of", "another", "or", "that", "who", "which", "is", "in", "and"])
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
    date || named || counted_year || time || pronoun || hyphenated || ordinal
}

fn bound(words: &[Word<'_>], i: usize, end: usize, range: bool) -> Bound {
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
    if is(words, end, &["or"]) && is(words, end + 1, &["more", "above", "higher"]) {
        return Bound::AtLeast;
    }
    if is(words, end, &["or"]) && is(words, end + 1, &["less", "fewer", "below"]) {
        return Bound::AtMost;
    }
    found.unwrap_or(Bound::Reach)
}

/// The words of the figure's clause, before and after it.
fn clause(words: &[Word<'_>], i: usize, end: usize) -> (String, String) {
    let start = words[..i].iter().rposition(|w| w.ends_clause).map_or(0, |p| p + 1);
    let stop = words[end.saturating_sub(1)..].iter().position(|w| w.ends_clause).map_or(words.len(), |p| end + p);
    let join = |part: &[Word<'_>]| part.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
    (join(&words[start..i]), join(&words[end.min(stop)..stop]))
}

fn basis(words: &[Word<'_>], i: usize, end: usize) -> Basis {
    let (before, after) = clause(words, i, end);
    let near: String = after.split(' ').take(3).collect::<Vec<_>>().join(" ");
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
    if !near.starts_with("or ") && has(&near, &["more", "additional", "new", "further"])
        || has(&before, &["add", "additional", "another"])
    {
        return Basis::Increase;
    }
    if has(&before, &["share", "proportion", "account for", "accounts for"]) {
        return Basis::Share;
    }
    Basis::Level
}

fn commitment(words: &[Word<'_>], i: usize) -> Commitment {
    let (before, _) = clause(words, i, i);
    // «strives for 80 and is to add six»: a verb of its own is as firm as it says.
    let before = format!(" {before} ");
    let own = [" is to ", " are to ", " will ", " must "]
        .iter()
        .filter_map(|v| before.rfind(v).map(|i| i + v.len() - 1))
        .max();
    let before = &before[own.unwrap_or(0)..];
    let has = |any: &[&str]| any.iter().any(|w| before.contains(&format!(" {w} ")));
    if has(&["strive", "strives", "striving", "aim", "aims", "aiming", "seek", "seeks", "try", "tries"]) {
        Commitment::Strive
    } else if has(&["expected", "forecast", "projected"]) {
        Commitment::Expected
    } else {
        Commitment::Firm
    }
}

fn per(words: &[Word<'_>], end: usize) -> Option<String> {
    // The noun may stand between: 50 patents per 10,000 residents.
    let at = (end..end + 8).find(|&i| {
        is(words, i, &["per"])
            && words.get(i + 1).is_some_and(|w| w.raw.starts_with(|c: char| c.is_ascii_digit()) || w.text == "capita")
    })?;
    let stopped = words.get(end..at)?.iter().any(|w| w.ends_clause);
    let last = (at + 2).min(words.len() - 1);
    (!stopped).then(|| words[at..=last].iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn describe(text: &str) -> Vec<String> {
        read(text)
            .iter()
            .map(|r| {
                let value = if r.low == r.high { r.low.to_string() } else { format!("{}..{}", r.low, r.high) };
                format!("{:?} {value} {} {:?} {:?}", r.bound, r.unit, r.basis, r.commitment).replace("  ", " ")
            })
            .collect()
    }

    #[test]
    fn figures_in_english() {
        let table: &[(&str, &[&str])] = &[
            ("By 2027 the city will strive to exceed RMB 800 billion", &["MoreThan 800,000,000,000 RMB Level Strive"]),
            ("reach RMB 1.2 trillion", &["Reach 1,200,000,000,000 RMB Level Firm"]),
            ("800 billion yuan", &["Reach 800,000,000,000 RMB Level Firm"]),
            ("¥5 million or more", &["AtLeast 5,000,000 RMB Level Firm"]),
            ("at least six hospitals", &["AtLeast 6 Level Firm"]),
            ("more than 300 companies", &["MoreThan 300 Level Firm"]),
            ("over 1,500 platforms", &["MoreThan 1,500 Level Firm"]),
            ("no more than 4.5%", &["AtMost 4.5 % Level Firm"]),
            ("no fewer than 20", &["AtLeast 20 Level Firm"]),
            ("three to five clusters", &["Range 3..5 Level Firm"]),
            ("RMB 300–500 million", &["Range 300,000,000..500,000,000 RMB Level Firm"]),
            ("between 35 and 40 percent", &["Range 35..40 % Level Firm"]),
            ("rank in the top 10", &["Rank 10 Level Firm"]),
            ("one third of the city’s output", &["Reach 1/3 Level Firm"]),
            ("two-thirds", &["Reach 2/3 Level Firm"]),
            ("the top 1 per mille", &["Rank 1 ‰ Level Firm"]),
            ("rise by 5 percentage points", &["Reach 5 percentage points Level Firm"]),
            ("more than 50 patents per 10,000 residents", &["MoreThan 50 Level Firm"]),
            ("revenue is to double", &["Multiple 2 times Level Firm"]),
            ("nearly 300,000 people", &["About 300,000 Level Firm"]),
            ("at least 15 more platforms", &["AtLeast 15 Increase Firm"]),
            ("at least 10 events a year", &["AtLeast 10 Annual Firm"]),
            ("30 awards in total", &["Reach 30 Cumulative Firm"]),
            (
                "five clusters in the RMB 10-billion class",
                &["Reach 5 Level Firm", "Magnitude 10,000,000,000 RMB Level Firm"],
            ),
            ("twenty-five centres", &["Reach 25 Level Firm"]),
            ("up to RMB 1 million", &["AtMost 1,000,000 RMB Level Firm"]),
        ];
        for (text, expected) in table {
            let found = describe(text);
            let shown: Vec<&str> = found.iter().map(String::as_str).collect();
            assert_eq!(&shown, expected, "{text}");
        }
        for none in [
            "By 2027",
            "on 17 June 2024",
            "2024–2026",
            "5G networks",
            "class 3 devices",
            "Fortune 500 companies",
            "one of the largest",
            "the 3rd plan",
            "a one-stop service",
            "the M2 land",
        ] {
            assert!(read(none).is_empty(), "{none}: {:?}", describe(none));
        }
    }

    #[test]
    fn what_a_figure_is_per() {
        assert_eq!(read("50 patents per 10,000 residents")[0].per.as_deref(), Some("per 10,000 residents"));
    }

    proptest! {
        #[test]
        fn never_panics(text in "[0-9a-zA-Z ,.%¥–\\-/()汉。]{0,80}") {
            for reading in read(&text) {
                prop_assert!(text.get(reading.span).is_some());
            }
        }
    }
}
