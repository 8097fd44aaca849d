//! Exact numbers: decimals and fractions as written, never floating point.

use std::fmt;
use std::str::FromStr;

/// A rational number in lowest terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Number {
    numerator: i128,
    /// Above 0.
    denominator: i128,
}

/// The text is no decimal and no fraction, or has too many digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a value is a decimal such as 4.2 or a fraction such as 1/3")]
pub struct BadNumber;

impl Number {
    /// `numerator / denominator`; `None` if the denominator is 0 or the result does not fit.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        let divisor = gcd(numerator.checked_abs()?, denominator.checked_abs()?);
        if denominator == 0 || divisor == 0 {
            return None;
        }
        let sign = if denominator < 0 { -1 } else { 1 };
        Some(Number { numerator: sign * numerator / divisor, denominator: sign * denominator / divisor })
    }

    /// The number times ten to a power.
    pub fn scaled(self, power: u32) -> Option<Self> {
        Number::new(self.numerator.checked_mul(10i128.checked_pow(power)?)?, self.denominator)
    }

    /// The number divided by ten to a power.
    pub fn shrunk(self, power: u32) -> Option<Self> {
        Number::new(self.numerator, self.denominator.checked_mul(10i128.checked_pow(power)?)?)
    }

    /// The sum; `None` if it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Number::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The difference; `None` if it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Number { numerator: other.numerator.checked_neg()?, ..other })
    }

    /// The product; `None` if it does not fit.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        Number::new(self.numerator.checked_mul(other.numerator)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The quotient; `None` if it does not fit or the divisor is 0.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        Number::new(self.numerator.checked_mul(other.denominator)?, self.denominator.checked_mul(other.numerator)?)
    }

    /// Whether it is at least ten to a power.
    pub fn reaches(self, power: u32) -> bool {
        10i128.checked_pow(power).and_then(|p| p.checked_mul(self.denominator)).is_some_and(|p| self.numerator >= p)
    }

    /// The number if it is whole.
    pub fn whole(self) -> Option<i128> {
        (self.denominator == 1).then_some(self.numerator)
    }

    /// Numerator and denominator if no finite decimal says it.
    pub fn fraction(self) -> Option<(i128, i128)> {
        let mut rest = self.denominator;
        for prime in [2, 5] {
            while rest % prime == 0 {
                rest /= prime;
            }
        }
        (rest != 1).then_some((self.numerator, self.denominator))
    }

    /// The nearest floating-point number, for data exports only.
    pub fn approximate(self) -> f64 {
        self.numerator as f64 / self.denominator as f64
    }
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Some(left.cmp(&right))
    }
}

impl FromStr for Number {
    type Err = BadNumber;
    fn from_str(text: &str) -> Result<Self, BadNumber> {
        if let Some((above, below)) = text.split_once('/') {
            let whole = |s: &str| digits(s).then(|| s.parse::<i128>().ok()).flatten().ok_or(BadNumber);
            return Number::new(whole(above)?, whole(below)?).ok_or(BadNumber);
        }
        let (sign, unsigned) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, decimals) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        if !digits(whole) || (unsigned.contains('.') && !digits(decimals)) {
            return Err(BadNumber);
        }
        let all: i128 = format!("{whole}{decimals}").parse().map_err(|_| BadNumber)?;
        let power = u32::try_from(decimals.len()).ok().and_then(|n| 10i128.checked_pow(n)).ok_or(BadNumber)?;
        Number::new(sign * all, power).ok_or(BadNumber)
    }
}

fn digits(text: &str) -> bool {
    !text.is_empty() && text.len() <= 24 && text.bytes().all(|b| b.is_ascii_digit())
}

/// As a decimal with thousands parted by commas, or as a fraction where no decimal says it.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((above, below)) = self.fraction() {
            return write!(f, "{above}/{below}");
        }
        let sign = if self.numerator < 0 { "-" } else { "" };
        let magnitude = self.numerator.unsigned_abs();
        let denominator = self.denominator.unsigned_abs();
        let whole = (magnitude / denominator).to_string();
        let mut grouped = String::new();
        for (i, digit) in whole.chars().enumerate() {
            if i > 0 && (whole.len() - i).is_multiple_of(3) {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        let mut rest = magnitude % denominator;
        let mut decimals = String::new();
        while rest > 0 {
            rest *= 10;
            decimals.push_str(&(rest / denominator).to_string());
            rest %= denominator;
        }
        let point = if decimals.is_empty() { "" } else { "." };
        write!(f, "{sign}{grouped}{point}{decimals}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_writes() {
        for (text, shown) in
            [("8000", "8,000"), ("4.20", "4.2"), ("1/3", "1/3"), ("2/4", "0.5"), ("0.05", "0.05"), ("-12", "-12")]
        {
            assert_eq!(text.parse::<Number>().map(|n| n.to_string()), Ok(shown.to_owned()));
        }
        for text in ["", "1.", ".5", "1/0", "8,000", "1e3", "NaN", "1/2/3", "99999999999999999999999999999999999999999"]
        {
            assert_eq!(text.parse::<Number>(), Err(BadNumber), "{text}");
        }
    }

    #[test]
    fn scales() {
        let n: Number = "8000".parse().expect("is a decimal");
        let yuan = n.scaled(8).expect("fits");
        assert!(yuan.reaches(9) && !yuan.reaches(12));
        assert_eq!(yuan.shrunk(9).map(|n| n.to_string()).as_deref(), Some("800"));
    }

    proptest! {
        #[test]
        fn never_panics(text in "[-0-9./]{0,50}") {
            if let Ok(n) = text.parse::<Number>() {
                let _ = n.to_string();
                let _ = n.scaled(12);
            }
        }

        #[test]
        fn display_reads_back(whole in 0i128..10_000_000_000, decimals in 0u32..4) {
            let n = Number::new(whole, 10i128.pow(decimals)).expect("the denominator is a power of ten");
            let shown = n.to_string().replace(',', "");
            prop_assert_eq!(shown.parse::<Number>(), Ok(n));
        }
    }
}
