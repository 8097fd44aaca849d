//! Whether two figures say the same, whatever language and multiplier they are written in.

use super::Number;
use super::reading::Reading;
use crate::content::targets::Bound;

/// What comparing two figures gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They say the same.
    Agree,
    /// They say different things; how.
    Conflict(Vec<Difference>),
    /// They count different kinds of things, so nothing can be said.
    Incomparable,
}

/// In what two figures differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The value, in full.
    Value,
    /// How it binds.
    Bound,
    /// What it counts.
    Basis,
    /// How firm it is.
    Commitment,
}

/// What a figure counts, as far as two languages can be compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Money,
    /// Money of another country, by its code.
    Foreign(&'static str),
    /// Shares: hundredths, thousandths, fractions.
    Share,
    Points,
    Multiple,
    Rank,
    Count,
    /// A number whose unit is only a multiplier: 过百亿.
    Bare,
}

/// A figure's value, without multiplier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amount {
    kind: Kind,
    /// Lower end.
    pub low: Number,
    /// Upper end.
    pub high: Number,
}

impl Amount {
    /// Whether both count things of one kind, as far as two languages can be compared.
    pub fn is_like(&self, other: &Amount) -> bool {
        self.kind == other.kind || self.kind == Kind::Bare || other.kind == Kind::Bare
    }

    /// Whether it is neither money nor a share, so that its number alone may be part of a name.
    pub fn is_plain(&self) -> bool {
        !matches!(self.kind, Kind::Money | Kind::Foreign(_) | Kind::Share)
    }

    /// Whether both are the same value of one kind.
    pub fn equals(&self, other: &Amount) -> bool {
        self.is_like(other) && (self.low, self.high) == (other.low, other.high)
    }
}

/// A figure's value in full; `None` if it does not fit.
pub fn amount(reading: &Reading) -> Option<Amount> {
    in_full(reading).map(|(kind, low, high)| Amount { kind, low, high })
}

/// Compares two figures.
pub fn compare(a: &Reading, b: &Reading) -> Verdict {
    let (Some(left), Some(right)) = (amount(a), amount(b)) else { return Verdict::Incomparable };
    if !left.is_like(&right) {
        return Verdict::Incomparable;
    }
    let mut differences = words_differ(a, b);
    if !left.equals(&right) {
        differences.insert(0, Difference::Value);
    }
    if differences.is_empty() { Verdict::Agree } else { Verdict::Conflict(differences) }
}

/// In what the words around two figures differ, whatever their values.
pub fn words_differ(a: &Reading, b: &Reading) -> Vec<Difference> {
    let mut differences = Vec::new();
    if a.bound != b.bound {
        differences.push(Difference::Bound);
    }
    if a.basis != b.basis {
        differences.push(Difference::Basis);
    }
    if a.commitment != b.commitment {
        differences.push(Difference::Commitment);
    }
    differences
}

/// A figure's kind, and its ends without multiplier.
fn in_full(reading: &Reading) -> Option<(Kind, Number, Number)> {
    let unit = reading.unit.as_str();
    let scale = multiplier(unit);
    let noun = scale.noun;
    let fraction = reading.low.fraction().is_some() || Some(reading.low) == Number::new(1, 2);
    let (kind, power) = match (reading.bound, unit) {
        (Bound::Multiple, _) => (Kind::Multiple, 0),
        (_, "%") => return Some((Kind::Share, reading.low.shrunk(2)?, reading.high.shrunk(2)?)),
        (_, "‰") => return Some((Kind::Share, reading.low.shrunk(3)?, reading.high.shrunk(3)?)),
        (Bound::Rank, _) => (Kind::Rank, 0),
        (_, "个百分点" | "百分点" | "percentage points") => (Kind::Points, 0),
        (_, "RMB") => (Kind::Money, 0),
        _ if foreign(noun).is_some() => (Kind::Foreign(foreign(noun).unwrap_or_default()), scale.power),
        _ if noun == "元" || noun == "圆" || noun.ends_with("人民币") => (Kind::Money, scale.power),
        (_, "") if fraction => (Kind::Share, 0),
        _ if noun.is_empty() && scale.power > 0 => (Kind::Bare, scale.power),
        _ => (Kind::Count, scale.power),
    };
    Some((kind, reading.low.scaled(power)?, reading.high.scaled(power)?))
}

/// The code of a currency other than the yuan, which either language may name.
fn foreign(noun: &str) -> Option<&'static str> {
    const CURRENCIES: [(&str, &str); 5] =
        [("美元", "USD"), ("欧元", "EUR"), ("港元", "HKD"), ("日元", "JPY"), ("英镑", "GBP")];
    CURRENCIES.iter().find(|(zh, code)| noun.ends_with(zh) || noun == *code).map(|(_, code)| *code)
}

/// A Chinese unit in its two parts.
struct Scale<'a> {
    /// Power of ten of the multiplier.
    power: u32,
    /// What is left of the unit.
    noun: &'a str,
}

fn multiplier(unit: &str) -> Scale<'_> {
    const NOUNS: [&str; 6] = ["千米", "千瓦", "千克", "百分", "千卡", "千伏"];
    let (mut power, mut noun) = (0, unit);
    while let Some(c) = noun.chars().next().filter(|_| !NOUNS.iter().any(|n| noun.starts_with(n))) {
        power += match c {
            '十' => 1,
            '百' => 2,
            '千' => 3,
            '万' | '萬' => 4,
            '亿' | '億' => 8,
            _ => break,
        };
        noun = &noun[c.len_utf8()..];
    }
    Scale { power, noun }
}

/// A number with the multiplier of its unit worked in; `None` if it does not fit.
pub fn in_full_of(number: Number, unit: &str) -> Option<Number> {
    number.scaled(multiplier(unit).power)
}

/// Whether a unit is only a multiplier: 亿.
pub fn is_bare(unit: &str) -> bool {
    let scale = multiplier(unit);
    scale.noun.is_empty() && scale.power > 0
}

/// What a unit counts, its multiplier left aside: 家, 元.
pub fn noun(unit: &str) -> &str {
    multiplier(unit).noun
}

#[cfg(test)]
mod tests {
    use super::super::{chinese, english};
    use super::*;

    fn verdict(zh: &str, en: &str) -> Verdict {
        compare(&chinese::read(zh)[0], &english::read(en)[0])
    }

    #[test]
    fn across_languages() {
        assert_eq!(verdict("规模力争突破8000亿元", "strive to exceed RMB 800 billion"), Verdict::Agree);
        assert_eq!(verdict("达到30万人", "reach 300,000 people"), Verdict::Agree);
        assert_eq!(verdict("6家以上", "at least six hospitals"), Verdict::Agree);
        assert_eq!(verdict("占全市1/3以上", "account for at least one third"), Verdict::Agree);
        assert_eq!(verdict("形成3—5个集聚区", "three to five areas"), Verdict::Agree);
        assert_eq!(verdict("排名进入前10", "in the top 10"), Verdict::Agree);
        assert_eq!(verdict("百亿级", "in the RMB 10-billion class"), Verdict::Agree);
        assert_eq!(verdict("外资1亿美元", "USD 100 million from abroad"), Verdict::Agree);
        assert_eq!(verdict("出口5000万欧元", "exports of €50 million"), Verdict::Agree);
        assert_eq!(verdict("居全省第2位", "rank second in the province"), Verdict::Agree);
        assert_eq!(verdict("举办3—4场活动", "hold three or four events"), Verdict::Agree);
        assert_eq!(verdict("一半以上的船舶", "at least half of the boats"), Verdict::Agree);
        assert_eq!(verdict("占比过半。", "a share of more than half"), Verdict::Agree);
        assert_eq!(verdict("有望建成8处", "eight are expected to be built"), Verdict::Agree);
    }

    #[test]
    fn wrong_by_a_factor_of_ten() {
        assert_eq!(
            verdict("百亿级集群", "clusters in the RMB 100-billion class"),
            Verdict::Conflict(vec![Difference::Value])
        );
    }

    #[test]
    fn bounds_and_hedges() {
        assert_eq!(verdict("6家以上", "more than six hospitals"), Verdict::Conflict(vec![Difference::Bound]));
        assert_eq!(
            verdict("力争突破8000亿元", "will exceed RMB 800 billion"),
            Verdict::Conflict(vec![Difference::Commitment])
        );
        assert_eq!(verdict("8000亿元", "8,000 companies"), Verdict::Incomparable);
        assert_eq!(verdict("1亿美元", "RMB 100 million"), Verdict::Incomparable);
    }
}
