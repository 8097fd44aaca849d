//! The units that duizhao knows by their Chinese names.

use crate::content::fields::{Bilingual, Lang, Unit};

/// What kind of thing a unit counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dimension {
    /// Yuan.
    Money,
    /// Things, people.
    Count,
    /// Square metres and the like, written out after the number.
    Measure,
    /// Hundredths.
    Percent,
    /// Thousandths.
    PerMille,
    /// Percentage points.
    Points,
    /// A multiple of a baseline.
    Times,
    /// A bare share, such as 1/3.
    Ratio,
}

/// A known unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownUnit {
    /// As Chinese writes it.
    pub zh: &'static str,
    /// Its English noun in the plural; empty where the number stands alone.
    pub en: &'static str,
    /// What it counts.
    pub dimension: Dimension,
    /// Power of ten that its multiplier adds: 万 is 4, 亿 is 8.
    pub power: u32,
}

const fn unit(zh: &'static str, en: &'static str, dimension: Dimension, power: u32) -> KnownUnit {
    KnownUnit { zh, en, dimension, power }
}

/// All known units.
pub const UNITS: [KnownUnit; 45] = {
    use Dimension::{Count, Measure, Money, PerMille, Percent, Points, Ratio, Times};
    [
        unit("元", "yuan", Money, 0),
        unit("万元", "yuan", Money, 4),
        unit("亿元", "yuan", Money, 8),
        unit("万亿元", "yuan", Money, 12),
        unit("%", "%", Percent, 0),
        unit("‰", "per mille", PerMille, 0),
        unit("个百分点", "percentage points", Points, 0),
        unit("倍", "times", Times, 0),
        unit("", "", Ratio, 0),
        unit("家", "", Count, 0),
        unit("个", "", Count, 0),
        unit("项", "", Count, 0),
        unit("件", "", Count, 0),
        unit("种", "", Count, 0),
        unit("名", "people", Count, 0),
        unit("万名", "people", Count, 4),
        unit("人", "people", Count, 0),
        unit("万人", "people", Count, 4),
        unit("户", "households", Count, 0),
        unit("万户", "households", Count, 4),
        unit("只", "", Count, 0),
        unit("期", "", Count, 0),
        unit("分钟", "minutes", Measure, 0),
        unit("小时", "hours", Measure, 0),
        unit("亿人", "people", Count, 8),
        unit("人次", "visits", Count, 0),
        unit("万人次", "visits", Count, 4),
        unit("所", "", Count, 0),
        unit("张", "", Count, 0),
        unit("场", "", Count, 0),
        unit("块", "", Count, 0),
        unit("座", "", Count, 0),
        unit("条", "", Count, 0),
        unit("批", "batches", Count, 0),
        unit("次", "times", Count, 0),
        unit("位", "", Count, 0),
        unit("套", "sets", Count, 0),
        unit("台", "", Count, 0),
        unit("平方米", "square metres", Measure, 0),
        unit("万平方米", "square metres", Measure, 4),
        unit("平方公里", "square kilometres", Measure, 0),
        unit("公里", "kilometres", Measure, 0),
        unit("亩", "mu", Measure, 0),
        unit("吨", "tonnes", Measure, 0),
        unit("万吨", "tonnes", Measure, 4),
    ]
};

/// A known unit by its Chinese name.
pub fn known(zh: &str) -> Option<&'static KnownUnit> {
    UNITS.iter().find(|u| u.zh == zh)
}

/// A unit in words, for data and tables.
pub fn words(unit: &Unit) -> Bilingual {
    match unit {
        Unit::Words(words) => words.clone(),
        Unit::Known(zh) => Bilingual { zh: zh.clone(), en: english_name(zh) },
    }
}

fn english_name(zh: &str) -> String {
    let Some(unit) = known(zh) else { return zh.to_owned() };
    let multiplier = match unit.power {
        4 => "10,000 ",
        8 => "100 million ",
        12 => "trillion ",
        _ => "",
    };
    let noun = match unit.dimension {
        Dimension::Ratio => "",
        _ if unit.en.is_empty() => "items",
        _ => unit.en,
    };
    format!("{multiplier}{noun}")
}

/// The noun of a unit in English after a number; singular where `one`.
pub(super) fn noun(unit: &Unit, one: bool) -> String {
    let plural = match unit {
        Unit::Words(words) => words.get(Lang::En),
        Unit::Known(zh) => known(zh).map_or("", |u| u.en),
    };
    if one { singular(plural) } else { plural.to_owned() }
}

/// The singular of an English noun phrase whose last word is a regular plural.
fn singular(plural: &str) -> String {
    match plural {
        "people" => return "person".to_owned(),
        "mu" => return plural.to_owned(),
        _ => {}
    }
    // «centres for research»: the head stands before the preposition.
    if let Some(at) =
        [" of ", " for ", " in ", " with ", " at ", " from ", " and "].iter().filter_map(|p| plural.find(p)).min()
    {
        return format!("{}{}", singular(&plural[..at]), &plural[at..]);
    }
    for (ending, with) in [("ies", "y"), ("sses", "ss"), ("xes", "x"), ("ches", "ch")] {
        if let Some(stem) = plural.strip_suffix(ending) {
            return format!("{stem}{with}");
        }
    }
    if plural.ends_with("ss") {
        return plural.to_owned();
    }
    plural.strip_suffix('s').unwrap_or(plural).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_known_once() {
        for (i, unit) in UNITS.iter().enumerate() {
            assert!(UNITS[i + 1..].iter().all(|other| other.zh != unit.zh), "{}", unit.zh);
        }
        assert_eq!(english_name("亿元"), "100 million yuan");
    }

    #[test]
    fn singulars() {
        for (plural, one) in [
            ("companies", "company"),
            ("hospitals", "hospital"),
            ("platforms with CXO services", "platform with CXO services"),
            ("batches", "batch"),
            ("people", "person"),
        ] {
            assert_eq!(singular(plural), one);
        }
    }
}
