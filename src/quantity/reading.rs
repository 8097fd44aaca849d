//! A figure as a text states it.

use std::ops::Range;

use super::Number;
use crate::content::targets::{Basis, Bound, Commitment};

/// A figure read from prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Bytes of the number and its unit.
    pub span: Range<usize>,
    /// How it binds.
    pub bound: Bound,
    /// Lower end of a range; else the value, in the unit.
    pub low: Number,
    /// Upper end of a range; else the value.
    pub high: Number,
    /// What it is counted in, multiplier included, in the text's own words: `亿元`, `家`, `%`.
    pub unit: String,
    /// What it counts.
    pub basis: Basis,
    /// How firm the word is.
    pub commitment: Commitment,
    /// What it is per, in the text's own words.
    pub per: Option<String>,
    /// The bar that each counted thing must pass.
    pub each: Option<Box<Reading>>,
}
