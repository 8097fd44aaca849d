//! One target in the years: a line from where it starts to its due year, and there its mark.
//!
//! Where a baseline or an outcome is known, height is value, on the target's own scale from zero (a rank
//! from its last place up to the first); otherwise the line is level and says only when.

use std::fmt::Write as _;

use jiff::civil::Date;

use super::axis::{Axis, Moment};
use super::glyph::{Glyph, id, line_class};
use crate::content::targets::Bound;
use crate::quantity::Number;
use crate::render::html::escape;
use crate::site::LinkedTarget;

/// Percent of the height at which the greatest value, zero, and a value without a scale stand.
const TOP: f64 = 22.0;
const BOTTOM: f64 = 82.0;
const MIDDLE: f64 = 50.0;

/// A target as the chart needs it.
#[derive(Clone, Debug)]
pub(in crate::render) struct Drawn {
    bound: Bound,
    glyphs: Vec<Glyph>,
    class: &'static str,
    start: Option<Moment>,
    due: Option<Moment>,
    baseline: Option<f64>,
    ends: (f64, f64),
    outcomes: Vec<(Moment, f64)>,
}

fn value(text: &str) -> Option<f64> {
    text.parse::<Number>().ok().map(Number::approximate)
}

impl Drawn {
    /// A target of a policy issued on that day.
    pub(in crate::render) fn new(linked: &LinkedTarget, issued: Option<Date>) -> Self {
        let target = &linked.target;
        let bound = *target.bound.get_ref();
        let from = target.baseline.as_ref();
        let given = from.and_then(|b| value(b.value.get_ref()));
        let doubled = (bound == Bound::Multiple).then_some(1.0);
        let since = from.and_then(|b| b.year.as_ref()).map(|y| Moment::end_of(*y.get_ref()));
        let due = target.due.as_ref().map(|d| Moment::end_of(*d.get_ref()));
        let outcomes: Vec<(Moment, f64)> =
            linked.outcomes.iter().filter_map(|o| Some((Moment::of(o.as_of.0), value(o.value.get_ref())?))).collect();
        let commitment = target.commitment();
        let mut glyphs = vec![Glyph::Bound(bound), Glyph::Line(commitment)];
        glyphs.extend(given.map(|_| Glyph::Baseline));
        glyphs.extend(outcomes.first().map(|_| Glyph::Outcome));
        let start = since.or(issued.map(Moment::of)).filter(|s| due.is_some_and(|d| *s < d));
        Drawn {
            bound,
            glyphs,
            class: line_class(commitment),
            start,
            due,
            baseline: given.or(doubled),
            ends: (linked.ends.0.approximate(), linked.ends.1.approximate()),
            outcomes,
        }
    }

    /// What of the key it needs.
    pub(in crate::render) fn glyphs(&self) -> &[Glyph] {
        &self.glyphs
    }

    /// The moments that the chart's years must hold.
    pub(in crate::render) fn moments(&self) -> impl Iterator<Item = Moment> {
        self.start.into_iter().chain(self.due).chain(self.outcomes.iter().map(|o| o.0))
    }

    pub(in crate::render) fn is_undated(&self) -> bool {
        self.due.is_none()
    }

    /// Percent of the height at which a value stands, if the target has a scale.
    fn scale(&self) -> Option<impl Fn(f64) -> f64> {
        let known: Vec<f64> = self.baseline.into_iter().chain(self.outcomes.iter().map(|o| o.1)).collect();
        let most = known.iter().copied().fold(self.ends.1, f64::max);
        let least = known.iter().copied().fold(self.ends.0, f64::min);
        if known.is_empty() || most <= 0.0 || least < 0.0 || !most.is_finite() {
            return None;
        }
        let rank = self.bound == Bound::Rank;
        Some(move |v: f64| match rank {
            true => TOP + (BOTTOM - TOP) * (v - 1.0) / (most - 1.0).max(1.0),
            false => BOTTOM - (BOTTOM - TOP) * v / most,
        })
    }

    /// The drawing, all of whose lines but those with a class are ways. `title` says in words what stands only in it.
    pub(in crate::render) fn svg(&self, axis: &Axis, title: &str) -> String {
        let mut out = match self.class {
            "" => "<svg role=\"img\"><title>".to_owned(),
            class => format!("<svg class=\"{class}\" role=\"img\"><title>"),
        };
        escape(&mut out, title);
        out.push_str("</title><use href=\"#c-grid\"/>");
        let scale = self.scale();
        let y = |v: f64| scale.as_ref().map_or(MIDDLE, |scale| scale(v));
        // A range is met from its lower end.
        let (due, met) = (axis.x(self.due), y(self.ends.0));
        let from = self.baseline.map_or(met, y);
        if let Some(start) = self.start {
            let start = axis.x(Some(start));
            let _ = write!(out, "<line x1=\"{start:.1}%\" y1=\"{from:.0}%\" x2=\"{due:.1}%\" y2=\"{met:.0}%\"/>");
            if self.glyphs.contains(&Glyph::Baseline) {
                let _ = write!(out, "<use href=\"#c-from\" x=\"{start:.1}%\" y=\"{from:.0}%\"/>");
            }
        }
        let high = y(self.ends.1);
        if high < met {
            let _ = write!(
                out,
                "<line class=\"bar\" x1=\"{due:.1}%\" x2=\"{due:.1}%\" y1=\"{met:.0}%\" y2=\"{high:.0}%\"/>"
            );
        } else {
            let _ = write!(out, "<use href=\"#{}\" x=\"{due:.1}%\" y=\"{met:.0}%\"/>", id(self.bound));
        }
        for (at, reached) in &self.outcomes {
            let (x, y) = (axis.x(Some(*at)), y(*reached));
            let _ = write!(out, "<use href=\"#c-outcome\" x=\"{x:.1}%\" y=\"{y:.0}%\"/>");
        }
        out.push_str("</svg>");
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::targets::Commitment;

    fn target(bound: Bound, ends: (f64, f64)) -> Drawn {
        Drawn {
            bound,
            glyphs: vec![Glyph::Bound(bound), Glyph::Line(Commitment::Firm)],
            class: "",
            start: Some(Moment::end_of(2022)),
            due: Some(Moment::end_of(2026)),
            baseline: None,
            ends,
            outcomes: Vec::new(),
        }
    }

    fn drawn(target: &Drawn) -> String {
        let axis = Axis::new([Moment::end_of(2022), Moment::end_of(2026)], Date::constant(2025, 1, 1), false);
        target.svg(&axis, "By 2026 & so on")
    }

    #[test]
    fn a_target_without_a_scale_is_level() {
        assert_eq!(
            drawn(&target(Bound::AtLeast, (30.0, 30.0))),
            "<svg role=\"img\"><title>By 2026 &amp; so on</title><use href=\"#c-grid\"/>\
             <line x1=\"4.0%\" y1=\"50%\" x2=\"96.0%\" y2=\"50%\"/>\
             <use href=\"#c-at-least\" x=\"96.0%\" y=\"50%\"/></svg>"
        );
    }

    #[test]
    fn height_is_value_from_the_baseline_to_the_target() {
        let mut rises = target(Bound::Reach, (40.0, 40.0));
        rises.baseline = Some(10.0);
        rises.glyphs.push(Glyph::Baseline);
        let text = drawn(&rises);
        assert!(text.contains("y1=\"67%\" x2=\"96.0%\" y2=\"22%\""), "{text}");
        assert!(text.contains("<use href=\"#c-from\" x=\"4.0%\" y=\"67%\"/>"), "{text}");
    }

    #[test]
    fn a_range_with_a_scale_is_a_bar_from_end_to_end() {
        let mut range = target(Bound::Range, (3.0, 6.0));
        assert!(drawn(&range).contains("#c-range"));
        range.baseline = Some(0.0);
        let text = drawn(&range);
        assert!(text.contains("<line class=\"bar\" x1=\"96.0%\" x2=\"96.0%\" y1=\"52%\" y2=\"22%\"/>"), "{text}");
    }

    #[test]
    fn a_rank_rises_as_it_becomes_smaller() {
        let mut rank = target(Bound::Rank, (10.0, 10.0));
        rank.baseline = Some(31.0);
        let text = drawn(&rank);
        assert!(text.contains("y1=\"82%\" x2=\"96.0%\" y2=\"40%\""), "{text}");
    }

    #[test]
    fn an_outcome_stands_at_its_day_and_value() {
        let mut met = target(Bound::AtLeast, (20.0, 20.0));
        met.outcomes = vec![(Moment::end_of(2024), 30.0)];
        met.glyphs.push(Glyph::Outcome);
        let text = drawn(&met);
        assert!(text.contains("<use href=\"#c-outcome\" x=\"50.0%\" y=\"22%\"/>"), "{text}");
        assert!(text.contains("<use href=\"#c-at-least\" x=\"96.0%\" y=\"42%\"/>"), "{text}");
    }

    #[test]
    fn a_target_without_a_year_has_a_column_of_its_own() {
        let mut undated = target(Bound::About, (5.0, 5.0));
        (undated.start, undated.due) = (None, None);
        let axis = Axis::new([Moment::end_of(2026)], Date::constant(2025, 1, 1), true);
        let text = undated.svg(&axis, "");
        assert!(text.contains("<use href=\"#c-about\" x=\"93.0%\" y=\"50%\"/>") && !text.contains("<line"), "{text}");
    }
}
