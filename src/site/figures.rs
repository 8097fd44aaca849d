//! Figures as a curator writes them: numbers, units, and the ends that a bound asks for.

use std::ops::Range;

use toml::Spanned;

use crate::content::fields::Unit;
use crate::content::targets::Bound;
use crate::diagnostic::Problem;
use crate::quantity::{Number, unit};

/// A number; a problem if it is none.
pub(super) fn number(value: &Spanned<String>, file: &str, problems: &mut Vec<Problem>) -> Option<Number> {
    match value.get_ref().parse() {
        Ok(number) => Some(number),
        Err(error) => {
            problems.push(
                Problem::error("bad-value", format!("`{}` is not a number", value.get_ref()))
                    .at(file, value.span())
                    .help(format!("{error}; the multiplier belongs to the unit: value = \"8000\", unit = \"亿元\"")),
            );
            None
        }
    }
}

/// Reports a unit that is not known.
pub(super) fn known_unit(unit: &Spanned<Unit>, file: &str, problems: &mut Vec<Problem>) {
    if let Unit::Known(zh) = unit.get_ref()
        && unit::known(zh).is_none()
    {
        problems.push(
            Problem::error("unknown-unit", format!("duizhao does not know the unit `{zh}`"))
                .at(file, unit.span())
                .did_you_mean(zh, unit::UNITS.iter().map(|u| u.zh))
                .help(format!("or write it in words: unit = {{ zh = \"{zh}\", en = \"…\" }}")),
        );
    }
}

/// The ends of a figure: `value`, or `low` and `high` for a range and nothing else.
pub(super) fn ends(
    bound: Bound,
    [value, low, high]: [&Option<Spanned<String>>; 3],
    place: Range<usize>,
    file: &str,
    problems: &mut Vec<Problem>,
) -> Option<(Number, Number)> {
    match (bound, value, low, high) {
        (Bound::Range, None, Some(low), Some(high)) => {
            let ends = (number(low, file, problems)?, number(high, file, problems)?);
            if ends.0 >= ends.1 {
                problems.push(
                    Problem::error("bad-value", "the lower end of the range is not below its upper end")
                        .at(file, low.span())
                        .help("write the lower end as low and the upper end as high"),
                );
            }
            Some(ends)
        }
        (Bound::Range, ..) => {
            problems.push(
                Problem::error("bad-value", "a range has low and high, and no value")
                    .at(file, place)
                    .help("write low = \"3\" and high = \"5\""),
            );
            None
        }
        (_, Some(value), None, None) => number(value, file, problems).map(|n| (n, n)),
        _ => {
            problems.push(
                Problem::error("bad-value", "a figure has a value; only a range has low and high")
                    .at(file, place)
                    .help("write value = \"…\", or bound = \"range\""),
            );
            None
        }
    }
}
