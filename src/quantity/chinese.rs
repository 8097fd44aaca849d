//! Figures in Chinese prose: what stands there, how it binds, what it counts.
//!
//! 1. [`folded`] brings the text to its comparison form (width, dashes, blanks, script).
//! 2. [`scan`] finds [`numerals`] with their [`units`], leaving out what [`names`] knows to be a name, a
//!    date, a list number or a document's number.
//! 3. [`words`] reads the words around each: bound, basis, commitment, what it is per.
//! 4. [`join`] puts the bar that each counted thing must pass to the count it belongs to.

use super::reading::Reading;

pub(crate) mod folded;
mod join;
mod names;
mod numerals;
mod scan;
mod units;
mod words;

/// The figures of a text, in order.
pub fn read(text: &str) -> Vec<Reading> {
    let folded = folded::Folded::new(text);
    let mut previous = None;
    let mut read = Vec::new();
    for figure in scan::figures(&folded) {
        let reading = words::read(&folded, &figure, previous);
        previous = Some(figure.chars.end);
        read.push((figure, reading));
    }
    join::each(&folded, read)
}
