//! Targets of one indicator on one scale: a small drawing for each, of the figure that stands beside it.
//!
//! The bound is drawn as what it is: an arrow for at least and more than, a bar from end to end for a
//! range, a hollow ring for about and for an order of magnitude, a rank from the right; a dashed bar
//! where the text only strives. What has no common unit gets no drawing.

use std::fmt::Write as _;

use crate::content::fields::Unit;
use crate::content::targets::{Basis, Bound, Commitment};
use crate::quantity::{Number, unit};
use crate::render::Renderer;
use crate::site::{LinkedTarget, TargetRef};

/// Width of the scale in the drawing's own units, and room for an arrow beside it.
const WIDTH: f64 = 150.0;
const MARGIN: f64 = 10.0;

/// What a figure counts: only equal ones share a scale.
#[derive(PartialEq, Eq)]
struct Kind<'a> {
    unit: &'a str,
    dimension: Option<std::mem::Discriminant<unit::Dimension>>,
    rank: bool,
    multiple: bool,
    basis: Basis,
}

fn kind(target: &LinkedTarget) -> Kind<'_> {
    let bound = *target.target.bound.get_ref();
    let (unit, dimension) = match target.target.unit.get_ref() {
        Unit::Words(words) => (words.zh.as_str(), None),
        Unit::Known(zh) => match unit::known(zh) {
            // Things are counted by many counters; money and measures by one.
            Some(known) => ("", Some(std::mem::discriminant(&known.dimension))),
            None => (zh.as_str(), None),
        },
    };
    Kind {
        unit,
        dimension,
        rank: bound == Bound::Rank,
        multiple: bound == Bound::Multiple,
        basis: target.target.basis(),
    }
}

fn value(number: Number, target: &LinkedTarget) -> f64 {
    let power = match target.target.unit.get_ref() {
        Unit::Known(zh) => unit::known(zh).map_or(0, |u| u.power),
        Unit::Words(_) => 0,
    };
    number.scaled(power).map_or(f64::NAN, Number::approximate)
}

impl Renderer<'_> {
    /// A drawing for each target, or nothing where they have no scale in common.
    pub(in crate::render) fn on_one_scale(&self, targets: &[TargetRef]) -> Vec<Option<String>> {
        let linked: Vec<&LinkedTarget> = targets.iter().map(|t| self.site.target(*t)).collect();
        let none = || vec![None; targets.len()];
        let Some(first) = linked.first() else { return none() };
        let common = kind(first);
        let most = linked.iter().map(|t| value(t.ends.1, t)).fold(0.0, f64::max);
        if linked.len() < 2 || linked.iter().any(|t| kind(t) != common) || most.is_nan() || most <= 0.0 {
            return none();
        }
        linked.iter().map(|t| Some(draw(t, most))).collect()
    }
}

fn draw(target: &LinkedTarget, most: f64) -> String {
    let bound = *target.target.bound.get_ref();
    let x = |v: f64| match bound {
        // The first rank stands at the right end.
        Bound::Rank => WIDTH * (1.0 - (v - 1.0) / most),
        _ => WIDTH * v / most,
    };
    let (low, high) = (x(value(target.ends.0, target)), x(value(target.ends.1, target)));
    let firm = if target.target.commitment() == Commitment::Firm { "" } else { " strive" };
    let mut out = format!(
        "<svg class=\"scale{firm}\" viewBox=\"0 0 {} 16\" width=\"{}\" height=\"16\" aria-hidden=\"true\" focusable=\"false\">",
        WIDTH + MARGIN,
        WIDTH + MARGIN
    );
    let _ = write!(out, "<path class=\"axis\" d=\"M0 8H{WIDTH}\"/>");
    let bar = |out: &mut String, from: f64, to: f64| {
        let _ = write!(out, "<path class=\"bar\" d=\"M{from:.1} 8H{to:.1}\"/>");
    };
    match bound {
        Bound::Range => bar(&mut out, low, high),
        Bound::Rank => {
            bar(&mut out, low, WIDTH);
            let _ = write!(out, "<path class=\"end\" d=\"M{low:.1} 3V13\"/>");
        }
        _ => bar(&mut out, 0.0, low),
    }
    match bound {
        Bound::AtLeast | Bound::MoreThan => {
            let _ = write!(out, "<path class=\"arrow\" d=\"M{:.1} 3L{:.1} 8L{:.1} 13\"/>", low, low + 7.0, low);
        }
        Bound::AtMost | Bound::LessThan => {
            let _ = write!(out, "<path class=\"arrow\" d=\"M{:.1} 3L{:.1} 8L{:.1} 13\"/>", low, low - 7.0, low);
        }
        Bound::About | Bound::Magnitude => {
            let _ = write!(out, "<circle class=\"ring\" cx=\"{low:.1}\" cy=\"8\" r=\"4\"/>");
        }
        Bound::Range | Bound::Rank => {}
        Bound::Reach | Bound::Multiple => {
            let _ = write!(out, "<circle class=\"dot\" cx=\"{low:.1}\" cy=\"8\" r=\"4\"/>");
        }
    }
    let from = target.target.baseline.as_ref().and_then(|b| b.value.get_ref().parse::<Number>().ok());
    if let Some(from) = from.map(|n| value(n, target)).filter(|v| *v >= 0.0 && *v <= most) {
        let _ = write!(out, "<path class=\"from\" d=\"M{:.1} 3V13\"/>", x(from));
    }
    out.push_str("</svg>");
    out
}
