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

fn latest(content: &Content) -> Date {
    let mut dates: Vec<Date> = Vec::new();
    for policy in content.policies.values() {
        let record = &policy.record;
        dates.extend(record.issued.map(|d| d.0));
        dates.extend(record.source.retrieved.map(|d| d.0));
        dates.extend(record.change.iter().map(|c| c.date.0));
        dates.extend([&record.review.zh, &record.review.en].into_iter().flatten().map(|r| r.date.0));
        for outcome in &policy.targets.outcomes {
            dates.push(outcome.get_ref().as_of.0);
            dates.push(outcome.get_ref().source.retrieved.0);
        }
    }
    dates.into_iter().max().unwrap_or_else(|| Date::constant(2000, 1, 1))
}
