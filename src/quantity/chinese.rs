//! Figures in Chinese prose: what stands there, how it binds, what it counts.
//!
//! 1. [`folded`] brings the text to its comparison form (width, dashes, blanks, script).
//! 2. [`scan`] finds [`numerals`] with their [`units`], leaving out what [`names`] knows to be a name, a
//!    date, a list number or a document's number.
//! 3. [`words`] reads the words around each: bound, basis, commitment, what it is per.
//! 4. [`join`] puts the bar that each counted thing must pass to the count it belongs to.

use super::Number;
use super::reading::Reading;
use crate::text::is_han_numeral;

pub(crate) mod folded;
mod join;
mod names;
mod numerals;
mod scan;
mod units;
mod words;

/// The figures of a text, in order.
pub fn read(text: &str) -> Vec<Reading> {
    readings(&folded::Folded::new(text))
}

/// All numbers of a text, whatever they mean: figures, names, dates, list numbers.
pub fn numbers(text: &str) -> Vec<Number> {
    all_numbers(&folded::Folded::new(text))
}

/// Both [`read`] and [`numbers`], the text looked through once.
pub(crate) fn both(text: &str) -> (Vec<Reading>, Vec<Number>) {
    let folded = folded::Folded::new(text);
    (readings(&folded), all_numbers(&folded))
}

fn readings(folded: &folded::Folded) -> Vec<Reading> {
    let mut previous = None;
    let mut read = Vec::new();
    for figure in scan::figures(folded) {
        let reading = words::read(folded, &figure, previous);
        previous = Some(figure.chars.end);
        read.push((figure, reading));
    }
    join::shared(folded, &mut read);
    join::each(folded, read)
}

fn all_numbers(folded: &folded::Folded) -> Vec<Number> {
    let mut out = Vec::new();
    let mut i = 0;
    while i < folded.chars.len() {
        let c = folded.chars[i];
        if c.is_ascii_digit()
            && let Some((number, end)) = numerals::decimal(folded, i)
        {
            out.push(number);
            // With its multiplier too: 100亿 is ten billion.
            let unit = units::unit_at(folded, end).map_or(String::new(), |u| folded.text(end..end + u.len));
            out.extend(super::compare::in_full_of(number, &unit).filter(|n| *n != number));
            i = end.max(i + 1);
        } else if is_han_numeral(c) {
            let end = (i..).find(|&n| !folded.at(n).is_some_and(is_han_numeral)).unwrap_or(i + 1);
            out.extend(numerals::han_number(&folded.chars[i..end]).and_then(|n| Number::new(n, 1)));
            i = end;
        } else {
            i += 1;
        }
    }
    out
}
