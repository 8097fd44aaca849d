//! Targets of one indicator on one scale: a small drawing for each, of the figure that stands beside it.
//!
//! The bound is drawn as what it is: an arrow for at least and more than, a bar from end to end for a
//! range, a hollow ring for about, two for an order of magnitude, a rank from the right; a dashed bar
//! where the text only strives. Only targets of the same unit and basis share a scale; the others get none.

use std::fmt::Write as _;

use super::glyph::line_class;
use super::short;
use crate::content::fields::Unit;
use crate::content::targets::{Basis, Bound};
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
    let class = line_class(target.target.commitment());
    let mut out = format!(
        "<svg class=\"scale{}{class}\" viewBox=\"0 0 {} 16\" aria-hidden=\"true\"><path class=\"axis\" d=\"M0 8H{WIDTH}\"/>",
        if class.is_empty() { "" } else { " " },
        WIDTH + MARGIN,
    );
    let (from, to) = match bound {
        Bound::Range => (low, high),
        Bound::Rank => (low, WIDTH),
        _ => (0.0, low),
    };
    let _ = write!(out, "<path class=\"bar\" d=\"M{} 8H{}\"/>", short(from), short(to));
    let at = short(low);
    let dot = |class: &str, r: &str| format!("<circle class=\"{class}\" cx=\"{at}\" cy=\"8\" r=\"{r}\"/>");
    // An arrow to where else the figure may be, from a dot, hollow if the figure itself is excluded.
    let arrow = |to: f64, class: &str| {
        let tip = low + 9.0 * to;
        let back = short(tip - 4.0 * to);
        format!("<path d=\"M{at} 8H{t}M{back} 4L{t} 8L{back} 12\"/>{}", dot(class, "3"), t = short(tip))
    };
    out.push_str(&match bound {
        Bound::AtLeast => arrow(1.0, "on"),
        Bound::MoreThan => arrow(1.0, "off"),
        Bound::AtMost => arrow(-1.0, "on"),
        Bound::LessThan => arrow(-1.0, "off"),
        Bound::About => dot("off", "4"),
        Bound::Magnitude => format!("{}{}", dot("off", "6"), dot("off", "2")),
        Bound::Range => format!("<path d=\"M{at} 3V13M{} 3V13\"/>", short(high)),
        Bound::Rank => format!("{}<path d=\"M{WIDTH} 3V13\"/>", dot("on", "3")),
        Bound::Reach | Bound::Multiple => dot("on", "3"),
    });
    let from = target.target.baseline.as_ref().and_then(|b| b.value.get_ref().parse::<Number>().ok());
    if let Some(from) = from.map(|n| value(n, target)).filter(|v| *v >= 0.0 && *v <= most) {
        let _ = write!(out, "<path d=\"M{} 3V13\"/>", short(x(from)));
    }
    out.push_str("</svg>");
    out
}
