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
    /// Shares: hundredths, thousandths, fractions.
    Share,
    Points,
    Multiple,
    Rank,
    Count,
}

/// Compares two figures.
pub fn compare(a: &Reading, b: &Reading) -> Verdict {
    let (Some((kind, low, high)), Some((other, other_low, other_high))) = (in_full(a), in_full(b)) else {
        return Verdict::Incomparable;
    };
    if kind != other {
        return Verdict::Incomparable;
    }
    let mut differences = Vec::new();
    if (low, high) != (other_low, other_high) {
        differences.push(Difference::Value);
    }
    if a.bound != b.bound {
        differences.push(Difference::Bound);
    }
    if a.basis != b.basis {
        differences.push(Difference::Basis);
    }
    if a.commitment != b.commitment {
        differences.push(Difference::Commitment);
    }
    if differences.is_empty() { Verdict::Agree } else { Verdict::Conflict(differences) }
}

/// A figure's kind, and its ends without multiplier.
fn in_full(reading: &Reading) -> Option<(Kind, Number, Number)> {
    let kind = match (reading.bound, reading.unit.as_str()) {
        (Bound::Multiple, _) => Kind::Multiple,
        (Bound::Rank, "%" | "‰") => Kind::Share,
        (Bound::Rank, _) => Kind::Rank,
        (_, "%" | "‰") => Kind::Share,
        (_, "个百分点" | "百分点" | "percentage points") => Kind::Points,
        (_, "RMB") => Kind::Money,
        (_, unit) if unit.ends_with("美元") || unit.ends_with("欧元") => return None,
        (_, unit) if unit.ends_with('元') || unit.ends_with("人民币") => Kind::Money,
        (_, "") if reading.low.fraction().is_some() => Kind::Share,
        _ => Kind::Count,
    };
    let power = match reading.unit.as_str() {
        "%" => return Some((kind, reading.low.shrunk(2)?, reading.high.shrunk(2)?)),
        "‰" => return Some((kind, reading.low.shrunk(3)?, reading.high.shrunk(3)?)),
        unit => multiplier(unit),
    };
    Some((kind, reading.low.scaled(power)?, reading.high.scaled(power)?))
}

/// The power of ten of a Chinese unit's multiplier.
fn multiplier(unit: &str) -> u32 {
    unit.chars()
        .map_while(|c| match c {
            '十' => Some(1),
            '百' => Some(2),
            '千' => Some(3),
            '万' | '萬' => Some(4),
            '亿' | '億' => Some(8),
            _ => None,
        })
        .sum()
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
    }
}
