//! Figures: exact numbers, the units they are counted in, and how they read in both languages.

pub mod chinese;
pub mod compare;
pub mod display;
pub mod english;
pub mod number;
pub mod reading;
pub mod row;
pub mod unit;

pub use number::Number;
