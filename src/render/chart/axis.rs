//! The years that a chart spans, as a scale in percent of its width.

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::render::html::escape;

/// Percent of the width: where the years begin and end, where they end beside a column for targets
/// without a year, and the middle of that column.
const LEFT: f64 = 4.0;
const RIGHT: f64 = 96.0;
const RIGHT_OF_YEARS: f64 = 80.0;
const UNDATED: f64 = 93.0;
/// Most years that are named; of more, every second, fifth, tenth one is.
const MOST_NAMES: i32 = 9;

/// A moment as years and their parts: the end of 2026 is 2027.0.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub(in crate::render) struct Moment(f64);

impl Moment {
    /// The end of a year: what is due «by 2026» has all of it.
    pub(in crate::render) fn end_of(year: i16) -> Self {
        Moment(f64::from(year) + 1.0)
    }

    /// The beginning of a day.
    pub(in crate::render) fn of(day: Date) -> Self {
        let gone = f64::from(day.day_of_year() - 1) / f64::from(day.days_in_year());
        Moment(f64::from(day.year()) + gone)
    }
}

/// A scale of years.
#[derive(Clone, Debug)]
pub(in crate::render) struct Axis {
    first: i32,
    last: i32,
    right: f64,
    today: Date,
    undated: bool,
}

impl Axis {
    /// The scale that holds all these moments and the build's date. `undated`: leave a column for
    /// targets without a year.
    pub(in crate::render) fn new(moments: impl IntoIterator<Item = Moment>, today: Date, undated: bool) -> Self {
        let now = Moment::of(today);
        let (mut first, mut last) = (now.0, now.0);
        for Moment(at) in moments {
            first = first.min(at);
            last = last.max(at);
        }
        // Years fit an i16, so both fit an i32; a year's line stands at its end.
        let (first, last) = (first.floor() as i32 - 1, last.ceil() as i32 - 1);
        let right = if undated { RIGHT_OF_YEARS } else { RIGHT };
        Axis { first, last: last.max(first + 1), right, today, undated }
    }

    /// Percent of the width at which a moment stands; without one, the column of those without a year.
    pub(in crate::render) fn x(&self, at: Option<Moment>) -> f64 {
        let Some(Moment(at)) = at else { return UNDATED };
        let (first, last) = (f64::from(self.first) + 1.0, f64::from(self.last) + 1.0);
        LEFT + (self.right - LEFT) * (at - first) / (last - first)
    }

    /// First and last year named.
    pub(in crate::render) fn span(&self) -> (i32, i32) {
        (self.first, self.last)
    }

    /// The years that are named, each with its place.
    fn years(&self) -> Vec<(i32, f64)> {
        let count = self.last - self.first + 1;
        let step = [1, 2, 5, 10, 20, 50].into_iter().find(|s| count <= s * MOST_NAMES).unwrap_or(100);
        let years = (self.first..=self.last).filter(|y| step == 1 || y.rem_euclid(step) == 0);
        years.map(|y| (y, self.x(Some(Moment(f64::from(y) + 1.0))))).collect()
    }

    /// The lines that stand behind every row, to be used by their id, `c-grid`.
    pub(in crate::render) fn grid(&self) -> String {
        let mut out = "<g id=\"c-grid\" class=\"grid\">".to_owned();
        for (_, x) in self.years() {
            let _ = write!(out, "<line x1=\"{x:.1}%\" x2=\"{x:.1}%\" y2=\"100%\"/>");
        }
        let now = self.x(Some(Moment::of(self.today)));
        let _ = write!(out, "<line class=\"now\" x1=\"{now:.1}%\" x2=\"{now:.1}%\" y2=\"100%\"/></g>");
        out
    }

    /// The names of the years and of the build's date.
    pub(in crate::render) fn names(&self, today: &str, no_year: &str) -> String {
        let mut out = String::new();
        for (year, x) in self.years() {
            let _ = write!(out, "<text x=\"{x:.1}%\" y=\"2.25em\">{year}</text>");
        }
        if self.undated {
            let _ = write!(out, "<text x=\"{UNDATED}%\" y=\"2.25em\">");
            escape(&mut out, no_year);
            out.push_str("</text>");
        }
        let now = self.x(Some(Moment::of(self.today)));
        // Near an end, the date is written away from it.
        let anchor = match now {
            x if x < 25.0 => " start",
            x if x > 75.0 => " end",
            _ => "",
        };
        let _ = write!(out, "<text class=\"now{anchor}\" x=\"{now:.1}%\" y=\"1em\">");
        escape(&mut out, today);
        out.push_str("</text>");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn a_year_ends_where_its_line_is() {
        let axis = Axis::new([Moment::end_of(2022), Moment::end_of(2030)], day("2025-11-25"), false);
        assert_eq!(axis.span(), (2022, 2030));
        assert_eq!(axis.x(Some(Moment::end_of(2022))), LEFT);
        assert_eq!(axis.x(Some(Moment::end_of(2030))), RIGHT);
        assert_eq!(axis.x(Some(Moment::end_of(2026))), (LEFT + RIGHT) / 2.0);
        // The build's date stands before the end of its year.
        let now = axis.x(Some(Moment::of(day("2025-11-25"))));
        assert!(axis.x(Some(Moment::end_of(2024))) < now && now < axis.x(Some(Moment::end_of(2025))));
    }

    #[test]
    fn the_builds_date_is_on_every_scale() {
        let early = Axis::new([Moment::end_of(2030)], day("2023-07-01"), true);
        assert_eq!(early.span(), (2022, 2030));
        assert!(early.x(Some(Moment::end_of(2030))) < early.x(None));
        let late = Axis::new([Moment::end_of(2020)], day("2025-01-01"), false);
        assert_eq!(late.span(), (2020, 2024));
        let nothing = Axis::new([], day("2025-06-01"), false);
        assert_eq!(nothing.span(), (2024, 2025));
    }

    #[test]
    fn of_many_years_some_are_named() {
        let axis = Axis::new([Moment::end_of(2020), Moment::end_of(2060)], day("2025-11-25"), false);
        let years: Vec<i32> = axis.years().into_iter().map(|(y, _)| y).collect();
        assert_eq!(years, [2020, 2025, 2030, 2035, 2040, 2045, 2050, 2055, 2060]);
    }
}
