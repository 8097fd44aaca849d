//! How a figure reads in Chinese and in English, in house style.
//!
//! English: «RMB 800 billion», «at least six hospitals», «more than 300», «three to five», «in the
//! top 10»; words for whole numbers below ten, figures from ten. 以上 is «at least» and 超过 «more
//! than» (Civil Code, art. 1259).

use super::number::Number;
use super::unit::{self, Dimension, KnownUnit};
use crate::content::fields::{Bilingual, Unit};
use crate::content::targets::{Basis, Bound};

/// A figure to show.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'a> {
    /// How it binds.
    pub bound: Bound,
    /// Lower end of a range; else the value.
    pub low: Number,
    /// Upper end of a range; else the value.
    pub high: Number,
    /// What it is counted in.
    pub unit: &'a Unit,
    /// What it counts.
    pub basis: Basis,
}

/// The figure in both languages.
pub fn show(figure: &Figure<'_>) -> Bilingual {
    Bilingual { zh: chinese(figure), en: english(figure) }
}

fn known(unit: &Unit) -> Option<&'static KnownUnit> {
    match unit {
        Unit::Known(zh) => unit::known(zh),
        Unit::Words(_) => None,
    }
}

fn chinese_number(n: Number) -> String {
    // Chinese sets no commas between thousands.
    n.to_string().replace(',', "")
}

fn chinese(f: &Figure<'_>) -> String {
    let unit = match f.unit {
        Unit::Known(zh) => zh.as_str(),
        Unit::Words(words) => words.zh.as_str(),
    };
    let amount = format!("{}{unit}", chinese_number(f.low));
    let bound = match f.bound {
        Bound::Reach => amount,
        Bound::AtLeast => format!("{amount}以上"),
        Bound::MoreThan => format!("超过{amount}"),
        Bound::AtMost => format!("不超过{amount}"),
        Bound::LessThan => format!("低于{amount}"),
        Bound::Range => format!("{}—{}{unit}", chinese_number(f.low), chinese_number(f.high)),
        Bound::Rank => match f.unit {
            Unit::Known(sign) if matches!(sign.as_str(), "%" | "‰") => format!("前{amount}"),
            _ => format!("前{}", chinese_number(f.low)),
        },
        Bound::About => format!("约{amount}"),
        Bound::Magnitude => chinese_magnitude(f).unwrap_or_else(|| format!("{amount}级")),
        Bound::Multiple => match f.low.whole() {
            Some(2) => "翻一番".to_owned(),
            Some(4) => "翻两番".to_owned(),
            _ => format!("{}倍", chinese_number(f.low)),
        },
    };
    match f.basis {
        Basis::Level | Basis::Share => bound,
        Basis::Increase => format!("新增{bound}"),
        Basis::Cumulative => format!("累计{bound}"),
        Basis::Annual => format!("每年{bound}"),
        Basis::Growth => format!("年均增长{bound}"),
    }
}

fn chinese_magnitude(f: &Figure<'_>) -> Option<String> {
    let unit = known(f.unit).filter(|u| u.dimension == Dimension::Money)?;
    let yuan = f.low.scaled(unit.power)?;
    [(8, "亿级"), (9, "十亿级"), (10, "百亿级"), (11, "千亿级"), (12, "万亿级")]
        .iter()
        .find(|(power, _)| yuan.shrunk(*power).and_then(Number::whole) == Some(1))
        .map(|(_, name)| (*name).to_owned())
}

fn english(f: &Figure<'_>) -> String {
    let amount = |n: Number| english_amount(n, f.unit, f.basis == Basis::Increase);
    let bound = match f.bound {
        Bound::Reach => amount(f.low),
        Bound::AtLeast => format!("at least {}", amount(f.low)),
        Bound::MoreThan => format!("more than {}", amount(f.low)),
        Bound::AtMost => format!("no more than {}", amount(f.low)),
        Bound::LessThan => format!("less than {}", amount(f.low)),
        Bound::Range => english_range(f),
        Bound::Rank => match f.unit {
            Unit::Known(sign) if matches!(sign.as_str(), "%" | "‰") => format!("in the top {}", amount(f.low)),
            _ => format!("in the top {}", f.low),
        },
        Bound::About => format!("about {}", amount(f.low)),
        Bound::Magnitude => english_magnitude(f).unwrap_or_else(|| format!("on the order of {}", amount(f.low))),
        Bound::Multiple => match f.low.whole() {
            Some(2) => "double".to_owned(),
            Some(3) => "triple".to_owned(),
            Some(4) => "quadruple".to_owned(),
            _ => format!("{} times", f.low),
        },
    };
    match f.basis {
        Basis::Level | Basis::Share | Basis::Increase => bound,
        Basis::Cumulative => format!("{bound} in total"),
        Basis::Annual => format!("{bound} a year"),
        Basis::Growth => format!("{bound} average annual growth"),
    }
}

fn english_amount(n: Number, unit: &Unit, increase: bool) -> String {
    let more = if increase { " more" } else { "" };
    match known(unit).map(|u| (u.dimension, u)) {
        Some((Dimension::Money, u)) => format!("{}{more}", n.scaled(u.power).map_or_else(|| n.to_string(), rmb)),
        Some((Dimension::Percent, _)) => format!("{n}%{more}"),
        Some((Dimension::PerMille, _)) => format!("{n} per mille{more}"),
        Some((Dimension::Points, _)) => {
            format!("{n} percentage {}", if n.whole() == Some(1) { "point" } else { "points" })
        }
        Some((Dimension::Times, _)) => format!("{n} times"),
        known => {
            let scaled = known.and_then(|(_, u)| n.scaled(u.power)).unwrap_or(n);
            let noun = unit::noun(unit, scaled.whole() == Some(1));
            let space = if noun.is_empty() { "" } else { " " };
            format!("{}{more}{space}{noun}", english_number(scaled))
        }
    }
}

/// `RMB 800 billion`.
fn rmb(yuan: Number) -> String {
    for (power, name) in [(12, "trillion"), (9, "billion"), (6, "million")] {
        if yuan.reaches(power)
            && let Some(n) = yuan.shrunk(power)
        {
            return format!("RMB {n} {name}");
        }
    }
    format!("RMB {yuan}")
}

const WORDS: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

fn english_number(n: Number) -> String {
    if let Some((above, below)) = n.fraction() {
        let ordinal = match below {
            3 => "third",
            6 => "sixth",
            7 => "seventh",
            9 => "ninth",
            _ => return n.to_string(),
        };
        let count = usize::try_from(above).ok().and_then(|i| WORDS.get(i)).copied().unwrap_or("");
        let plural = if above == 1 { "" } else { "s" };
        return format!("{count} {ordinal}{plural}");
    }
    if let Some(word) = n.whole().and_then(|w| usize::try_from(w).ok()).and_then(|w| WORDS.get(w)) {
        return (*word).to_owned();
    }
    if n.reaches(6)
        && let Some(millions) = n.shrunk(6)
        && millions.to_string().len() <= 5
    {
        return format!("{millions} million");
    }
    n.to_string()
}

fn english_range(f: &Figure<'_>) -> String {
    if let Some(u) = known(f.unit).filter(|u| u.dimension == Dimension::Money)
        && let (Some(low), Some(high)) = (f.low.scaled(u.power), f.high.scaled(u.power))
    {
        let (low, high) = (rmb(low), rmb(high));
        // Both ends of one magnitude share it: RMB 300–500 million.
        return match (low.rsplit_once(' '), high.rsplit_once(' ')) {
            (Some((a, m)), Some((b, n))) if m == n => format!("{a}–{} {n}", b.trim_start_matches("RMB ")),
            _ => format!("{low} to {high}"),
        };
    }
    if known(f.unit).is_some_and(|u| u.dimension == Dimension::Percent) {
        return format!("{}–{}%", f.low, f.high);
    }
    let power = known(f.unit).map_or(0, |u| u.power);
    let [low, high] = [f.low, f.high].map(|n| n.scaled(power).unwrap_or(n));
    let words = [english_number(low), english_number(high)];
    // «3 to 5 million» shares its million; where one end has none, both are written out.
    let shared = words[0].ends_with("million") == words[1].ends_with("million");
    let [low, high] = if shared { words } else { [low.to_string(), high.to_string()] };
    let noun = unit::noun(f.unit, false);
    let space = if noun.is_empty() { "" } else { " " };
    let more = if f.basis == Basis::Increase { " more" } else { "" };
    format!("{low} to {high}{more}{space}{noun}")
}

fn english_magnitude(f: &Figure<'_>) -> Option<String> {
    let unit = known(f.unit).filter(|u| u.dimension == Dimension::Money)?;
    let shown = rmb(f.low.scaled(unit.power)?);
    let (amount, name) = shown.rsplit_once(' ')?;
    Some(format!("{amount}-{name} class"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(bound: Bound, low: &str, high: &str, unit: &str, basis: Basis) -> (String, String) {
        let unit = match unit.split_once('/') {
            Some((zh, en)) => Unit::Words(Bilingual { zh: zh.into(), en: en.into() }),
            None => Unit::Known(unit.into()),
        };
        let number = |s: &str| s.parse().expect("the table holds numbers");
        let shown = show(&Figure { bound, low: number(low), high: number(high), unit: &unit, basis });
        (shown.zh, shown.en)
    }

    proptest::proptest! {
        /// What is shown in one language reads as the same figure as what is shown in the other.
        #[test]
        fn both_languages_read_alike(bound in 0usize..6, low in 1i128..100_000, more in 1i128..9, unit in 0usize..5) {
            let bounds = [Bound::Reach, Bound::AtLeast, Bound::MoreThan, Bound::AtMost, Bound::LessThan, Bound::Range];
            let bound = bounds[bound];
            let unit = Unit::Known(["亿元", "万元", "万人", "家", "%"][unit].to_owned());
            let low = Number::new(low, 1).expect("is whole");
            let high = if bound == Bound::Range { Number::new(low.whole().unwrap_or(1) + more, 1).expect("is whole") } else { low };
            let shown = show(&Figure { bound, low, high, unit: &unit, basis: Basis::Level });
            let zh = crate::quantity::chinese::read(&format!("规模{}", shown.zh));
            // A bare year-like number is no figure in English; a noun after it makes it one.
            let en = crate::quantity::english::read(&format!("{} companies", shown.en));
            proptest::prop_assert_eq!(zh.len(), 1, "{}", shown.zh);
            proptest::prop_assert_eq!(en.len(), 1, "{}", shown.en);
            proptest::prop_assert_eq!(
                crate::quantity::compare::compare(&zh[0], &en[0]),
                crate::quantity::compare::Verdict::Agree,
                "{} / {}", shown.zh, shown.en
            );
        }
    }

    #[test]
    fn house_style() {
        use Basis::{Annual, Cumulative, Growth, Increase, Level, Share};
        for (bound, low, high, unit, basis, zh, en) in [
            (Bound::MoreThan, "8000", "8000", "亿元", Level, "超过8000亿元", "more than RMB 800 billion"),
            (Bound::Reach, "10000", "10000", "亿元", Level, "10000亿元", "RMB 1 trillion"),
            (Bound::AtLeast, "6", "6", "家医院/hospitals", Level, "6家医院以上", "at least six hospitals"),
            (Bound::Reach, "1", "1", "家/companies", Level, "1家", "one company"),
            (Bound::MoreThan, "300", "300", "家", Level, "超过300家", "more than 300"),
            (Bound::Range, "3", "5", "个", Level, "3—5个", "three to five"),
            (Bound::Range, "3", "5", "亿元", Level, "3—5亿元", "RMB 300–500 million"),
            (Bound::Rank, "10", "10", "位", Level, "前10", "in the top 10"),
            (Bound::Rank, "1", "1", "‰", Level, "前1‰", "in the top 1 per mille"),
            (Bound::AtLeast, "1/3", "1/3", "", Share, "1/3以上", "at least one third"),
            (Bound::Reach, "4.2", "4.2", "%", Level, "4.2%", "4.2%"),
            (Bound::Reach, "30", "30", "万人", Level, "30万人", "300,000 people"),
            (Bound::Reach, "500", "500", "万平方米", Cumulative, "累计500万平方米", "5 million square metres in total"),
            (Bound::Magnitude, "100", "100", "亿元", Level, "百亿级", "RMB 10-billion class"),
            (Bound::Multiple, "2", "2", "倍", Level, "翻一番", "double"),
            (Bound::Reach, "15", "15", "家/platforms", Increase, "新增15家", "15 more platforms"),
            (Bound::AtLeast, "10", "10", "场/events", Annual, "每年10场以上", "at least 10 events a year"),
            (Bound::AtLeast, "10", "10", "%", Growth, "年均增长10%以上", "at least 10% average annual growth"),
            (Bound::Reach, "1", "1", "‰", Level, "1‰", "1 per mille"),
        ] {
            assert_eq!(both(bound, low, high, unit, basis), (zh.to_owned(), en.to_owned()));
        }
    }
}
