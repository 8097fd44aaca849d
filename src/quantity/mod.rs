//! Figures: exact numbers, the units they are counted in, and how they read in both languages.

pub mod display;
pub mod number;
pub mod unit;

pub use number::Number;
