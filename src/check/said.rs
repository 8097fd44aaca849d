//! Figures held against each other: a figure of ours, and those that a passage says.

use crate::content::fields::Unit;
use crate::content::targets::{Bound, Each, Target};
use crate::quantity::compare::{amount, noun};
use crate::quantity::reading::Reading;
use crate::quantity::{Number, compare};
use crate::site::LinkedTarget;

/// A figure of `targets.toml` as a reading.
pub(super) fn of_target(target: &Target, ends: (Number, Number)) -> Reading {
    Reading {
        span: 0..0,
        bound: *target.bound.get_ref(),
        low: ends.0,
        high: ends.1,
        unit: unit_words(target.unit.get_ref()).to_owned(),
        basis: target.basis(),
        commitment: target.commitment(),
        per: target.per.as_ref().map(|p| p.zh.clone()),
        each: target.each.as_ref().and_then(of_each).map(Box::new),
    }
}

/// A linked target as a reading.
pub(super) fn of_linked(target: &LinkedTarget) -> Reading {
    of_target(&target.target, target.ends)
}

/// A bar as a reading; `None` if its value is none, which linking has reported.
pub(super) fn of_each(each: &Each) -> Option<Reading> {
    let number = |v: &Option<toml::Spanned<String>>| v.as_ref().and_then(|v| v.get_ref().parse::<Number>().ok());
    let (low, high) = match (number(&each.value), number(&each.low), number(&each.high)) {
        (Some(value), ..) => (value, value),
        (None, Some(low), Some(high)) => (low, high),
        _ => return None,
    };
    Some(Reading {
        span: 0..0,
        bound: *each.bound.get_ref(),
        low,
        high,
        unit: unit_words(each.unit.get_ref()).to_owned(),
        basis: crate::content::targets::Basis::Level,
        commitment: crate::content::targets::Commitment::Firm,
        per: None,
        each: None,
    })
}

/// A plain value in a unit as a reading.
pub(super) fn of_value(value: Number, unit: &Unit) -> Reading {
    Reading {
        span: 0..0,
        bound: Bound::Reach,
        low: value,
        high: value,
        unit: unit_words(unit).to_owned(),
        basis: crate::content::targets::Basis::Level,
        commitment: crate::content::targets::Commitment::Firm,
        per: None,
        each: None,
    }
}

/// A value of a target's own kind, such as its outcome or baseline: of a rank a rank.
pub(super) fn of_kind(target: &Target, value: Number) -> Reading {
    let bound = match target.bound.get_ref() {
        bound @ (Bound::Rank | Bound::Multiple | Bound::Magnitude) => *bound,
        _ => Bound::Reach,
    };
    Reading { bound, ..of_value(value, target.unit.get_ref()) }
}

/// The Chinese words of a unit.
pub(super) fn unit_words(unit: &Unit) -> &str {
    match unit {
        Unit::Known(zh) => zh,
        Unit::Words(words) => &words.zh,
    }
}

/// Figures with the bars of those that have one as figures of their own.
pub(super) fn flat(readings: impl IntoIterator<Item = Reading>) -> Vec<Reading> {
    let mut out = Vec::new();
    for mut reading in readings {
        let each = reading.each.take();
        out.push(reading);
        out.extend(each.map(|e| *e));
    }
    out
}

/// Whether two figures have the same value; figures whose kind cannot be compared never do.
pub(super) fn same_value(a: &Reading, b: &Reading) -> bool {
    matches!((amount(a), amount(b)), (Some(a), Some(b)) if a.equals(&b))
}

/// Whether two units count alike: multiplier aside, one the beginning of the other (家, 家医院).
pub(super) fn same_unit(ours: &Reading, source: &Reading) -> bool {
    let simple = |text: &str| -> String { noun(text).chars().map(simplified).collect() };
    let (a, b) = (simple(&ours.unit), simple(&source.unit));
    match ours.bound {
        // A multiple has no unit, a rank's place may be left out.
        Bound::Multiple if a.is_empty() || a == "倍" => return true,
        Bound::Rank if a.is_empty() || ["位", "名", "强"].contains(&a.as_str()) => return true,
        // 零的突破 counts whatever stands before it.
        _ if b.is_empty() && source.bound == Bound::AtLeast => return true,
        _ => {}
    }
    match (a.is_empty(), b.is_empty()) {
        (true, true) => true,
        (false, false) => a.starts_with(&b) || b.starts_with(&a),
        // 过百亿 leaves 元 out.
        (false, true) => compare::is_bare(&source.unit) && a == "元",
        (true, false) => false,
    }
}

fn simplified(c: char) -> char {
    match c {
        '億' => '亿',
        '萬' => '万',
        '個' => '个',
        '項' => '项',
        '間' => '间',
        c => c,
    }
}

/// A bound as the files write it.
pub(super) fn bound(bound: Bound) -> String {
    serde_word(&bound)
}

/// A value's name in the files.
pub(super) fn serde_word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}
