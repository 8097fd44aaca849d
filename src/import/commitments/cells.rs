//! Cells of tables of indicators: ≥97, [12], 5以上, 3-5, 98.5%, 1.2万亿元; names with their unit in brackets.

use super::super::plain::Plain;
use crate::content::targets::Bound;
use crate::quantity::{Number, chinese};

/// What a cell says.
pub(super) struct Value {
    pub(super) bound: Bound,
    pub(super) ends: (Number, Number),
    pub(super) unit: String,
    /// [12], 累计12: what comes together over the years.
    pub(super) cumulative: bool,
}

/// Whether a cell holds a number and nothing else.
pub(super) fn is_number(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | '-' | '—'))
}

/// 产业规模（亿元）: the unit in brackets at the end, and what stands before.
pub(super) fn unit_in_brackets(name: &str) -> Option<(&str, &str)> {
    let inner = name.strip_suffix([')', '）'])?;
    let open = inner.rfind(['(', '（'])?;
    let unit = inner[open..].trim_start_matches(['(', '（']).trim();
    let plain = Plain::new(unit).text;
    let unit_like = !plain.is_empty()
        && plain.chars().count() <= 10
        && (matches!(plain.as_str(), "%" | "‰" | "-" | "年")
            || chinese::read(&format!("达到2{plain}以上")).first().is_some_and(|r| Plain::new(&r.unit).text == plain)
            || plain.ends_with(['元', '率', '倍']));
    unit_like.then_some((unit, &name[..open]))
}

/// A cell's value: ≥97, [12], 5以上, 3-5, 98.5%, 1.2万亿元.
pub(super) fn value(cell: &str, unit: Option<&str>, name: &str) -> Option<Value> {
    let plain = Plain::new(cell).text;
    let mut words = plain.trim();
    let bracketed = words.starts_with(['[', '〔', '【', '(']) && words.ends_with([']', '〕', '】', ')']);
    if bracketed {
        words = words.trim_matches(|c| matches!(c, '[' | ']' | '〔' | '〕' | '【' | '】' | '(' | ')'));
    }
    let cumulative = bracketed || words.contains("累计");
    let words = words.trim_start_matches("累计");
    const BEFORE: &[(&str, Bound)] = &[
        ("≥", Bound::AtLeast),
        ("≧", Bound::AtLeast),
        (">=", Bound::AtLeast),
        ("不低于", Bound::AtLeast),
        ("不少于", Bound::AtLeast),
        (">", Bound::MoreThan),
        ("超过", Bound::MoreThan),
        ("突破", Bound::MoreThan),
        ("高于", Bound::MoreThan),
        ("≤", Bound::AtMost),
        ("≦", Bound::AtMost),
        ("<=", Bound::AtMost),
        ("不高于", Bound::AtMost),
        ("不超过", Bound::AtMost),
        ("控制在", Bound::AtMost),
        ("<", Bound::LessThan),
        ("低于", Bound::LessThan),
        ("约", Bound::About),
        ("达到", Bound::Reach),
        ("达", Bound::Reach),
    ];
    const AFTER: &[(&str, Bound)] = &[
        ("以上", Bound::AtLeast),
        ("以内", Bound::AtMost),
        ("以下", Bound::AtMost),
        ("左右", Bound::About),
        ("+", Bound::AtLeast),
        ("余", Bound::MoreThan),
    ];
    let (before, rest) =
        BEFORE.iter().find_map(|(w, b)| Some((Some(*b), words.strip_prefix(w)?))).unwrap_or((None, words));
    let digits = |s: &str| s.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(s.len());
    let (sign, rest) = rest.strip_prefix('-').map_or(("", rest), |r| ("-", r));
    let n = digits(rest);
    let number =
        |s: &str, sign: &str| format!("{sign}{}", s.replace(',', "").trim_end_matches('.')).parse::<Number>().ok();
    let low = number(rest.get(..n).filter(|d| !d.is_empty())?, sign)?;
    let mut tail = &rest[n..];
    let mut high = low;
    if let Some(second) = tail.strip_prefix(['-', '~']) {
        let n = digits(second);
        high = number(second.get(..n).filter(|d| !d.is_empty())?, "")?;
        tail = &second[n..];
    }
    let (own, after) =
        AFTER.iter().find_map(|(w, b)| tail.find(w).map(|i| (&tail[..i], Some(*b)))).unwrap_or((tail, None));
    let own = own.trim_matches([' ', '(', ')']);
    let after = after.or_else(|| AFTER.iter().find(|(w, _)| name.ends_with(w)).map(|(_, b)| *b).filter(|_| false));
    // What follows the number is its unit or nothing that is known.
    let known = own.is_empty()
        || matches!(own, "%" | "‰")
        || chinese::read(&format!("达到2{own}")).first().is_some_and(|r| Plain::new(&r.unit).text == own);
    if !known {
        return None;
    }
    // A multiplier in the cell goes with the unit of the column: 1.2万 and 人 are 万人.
    let scale = own.chars().all(|c| matches!(c, '十' | '百' | '千' | '万' | '亿')) && !own.is_empty();
    let unit = match (own, unit) {
        ("", unit) => unit.unwrap_or_default().to_owned(),
        (own, Some(unit)) if scale => format!("{own}{unit}"),
        (own, _) => own.to_owned(),
    };
    let bound = if high != low { Bound::Range } else { after.or(before).unwrap_or(Bound::Reach) };
    Some(Value { bound, ends: (low, high), unit, cumulative })
}
