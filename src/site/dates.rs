//! The date that a build reckons from: never the clock.

use jiff::civil::Date;

use crate::content::Content;

/// Where a build's date comes from, in this order.
#[derive(Clone, Copy, Debug, Default)]
pub struct DateSource {
    /// `--today`
    pub today: Option<Date>,
    /// `SOURCE_DATE_EPOCH`
    pub epoch: Option<Date>,
}

impl DateSource {
    /// The date: `--today`, else `SOURCE_DATE_EPOCH`, else the latest in the content.
    pub(super) fn resolve(self, content: &Content) -> Date {
        self.today.or(self.epoch).unwrap_or_else(|| latest(content))
    }
}

/// The latest date that the content names.
fn latest(content: &Content) -> Date {
    content.policies.values().filter_map(|p| p.latest).max().unwrap_or_else(|| Date::constant(2000, 1, 1))
}
