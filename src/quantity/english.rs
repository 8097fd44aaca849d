//! Figures in English prose.
//!
//! Values are given in full (RMB 800 billion is 800,000,000,000 of the unit `RMB`), since English parts
//! multiplier and unit. What looks like a figure and is a year, a date, a name or an ordinal is left out.
//!
//! 1. [`words`] cuts the text into words and clauses.
//! 2. [`scan`] finds [`numbers`](mod@numbers) with what they are counted in, leaving out what [`names`] knows to be none.
//! 3. [`around`] reads the words around each: bound, basis, commitment, what it is per.

use super::Number;
use super::reading::Reading;

mod around;
mod names;
mod numbers;
mod scan;
mod words;

/// The figures of a text, in order.
pub fn read(text: &str) -> Vec<Reading> {
    readings(&words::read(text))
}

/// All numbers of a text, whatever they mean: figures, names, dates, list numbers.
pub fn numbers(text: &str) -> Vec<Number> {
    all_numbers(&words::read(text))
}

/// Both [`read`] and [`numbers`], the text cut into words once.
pub(crate) fn both(text: &str) -> (Vec<Reading>, Vec<Number>) {
    let words = words::read(text);
    (readings(&words), all_numbers(&words))
}

fn readings(words: &[words::Word<'_>]) -> Vec<Reading> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        match scan::figure(words, i) {
            Some((reading, next)) => {
                out.push(reading);
                i = next;
            }
            None => i += 1,
        }
    }
    out
}

fn all_numbers(words: &[words::Word<'_>]) -> Vec<Number> {
    (0..words.len()).filter_map(|i| numbers::number(words, i)).map(|(number, ..)| number).collect()
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
            ("reach 60 million tonnes or more", &["AtLeast 60,000,000 Level Firm"]),
            ("20 wharves or fewer", &["AtMost 20 Level Firm"]),
            ("20 boats at most and ten at least", &["AtMost 20 Level Firm", "AtLeast 10 Level Firm"]),
            ("20 boats and at least ten wharves", &["Reach 20 Level Firm", "AtLeast 10 Level Firm"]),
            ("no longer than 50 metres", &["AtMost 50 Level Firm"]),
            ("more than a hundred companies", &["MoreThan 100 Level Firm"]),
            ("half a million people", &["Reach 500,000 Level Firm"]),
            ("fall by 15% to 20%", &["Range 15..20 % Level Firm"]),
            ("rise from 12th place to the top 10", &["Rank 12 Level Firm", "Rank 10 Level Firm"]),
            ("20 wharves, or more of them", &["Reach 20 Level Firm"]),
            ("29 scenic areas rated 4A or above", &["Reach 29 Level Firm"]),
            ("50 platforms of provincial rank or above", &["Reach 50 Level Firm"]),
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
            ("fall by a quarter", &["Reach 0.25 Level Firm"]),
            ("more than half of the boats", &["MoreThan 0.5 Level Firm"]),
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
            "from 8:30, funded 1:1",
            "growth in double digits",
            "GLP-1 and COVID-19",
            "the plan of 2023–25, annex 2",
            "open 24/7 for half a year",
            "a third plant, a third party",
            "Telephone: 027-12345678",
            "the second plan",
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
