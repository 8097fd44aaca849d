//! Numbers: decimals in ASCII digits, and Han numerals.

use super::folded::Folded;
use crate::quantity::Number;
use crate::text::is_han;

/// A decimal that begins at `i`, thousands parted by commas or not; where it ends.
///
/// A blank within digits is a line that the extraction broke: 80␣00 is one number where the second part
/// cannot begin one, or the first is a single digit.
pub(super) fn decimal(text: &Folded, i: usize) -> Option<(Number, usize)> {
    let mut digits = String::new();
    let mut at = i;
    loop {
        match text.at(at) {
            Some(c) if c.is_ascii_digit() => digits.push(c),
            Some(',') if thousands(text, at) && !digits.contains('.') => {}
            Some('.') if !digits.contains('.') && text.at(at + 1).is_some_and(|c| c.is_ascii_digit()) => {
                digits.push('.')
            }
            Some(' ') if is_broken(text, at, digits.len()) || is_broken_decimal(text, i, at, &digits) => {}
            _ => break,
        }
        at += 1;
    }
    Some((digits.parse().ok()?, at))
}

fn is_broken(text: &Folded, blank: usize, before: usize) -> bool {
    match (text.at(blank + 1), text.at(blank + 2)) {
        (Some('0'), _) => before <= 4,
        (Some(first), second) => {
            let unit = || super::units::noun_at(text, blank + 2) > 0;
            first.is_ascii_digit()
                && before == 1
                && !second.is_some_and(|c| c == '.' || (c.is_ascii_alphabetic() && !unit()))
        }
        _ => false,
    }
}

/// 提高到0.6␣1以上: one decimal that a line broke, where one or two digits and the end of a figure follow.
fn is_broken_decimal(text: &Folded, start: usize, blank: usize, digits: &str) -> bool {
    let led = text.before(start).is_some_and(is_han);
    let rest = (1..=3).take_while(|n| text.at(blank + n).is_some_and(|c| c.is_ascii_digit())).count();
    let end = blank + 1 + rest;
    let closed = text.at(end).is_some_and(|c| matches!(c, '%' | '‰' | ',' | '。' | ';'))
        || text.starts_with_any(end, &["以上", "以下", "以内", "左右"]);
    digits.contains('.') && led && (1..=2).contains(&rest) && closed
}

/// Whether a comma parts thousands: one to three digits before, just three after.
fn thousands(text: &Folded, comma: usize) -> bool {
    let digit = |i: usize| text.at(i).is_some_and(|c| c.is_ascii_digit());
    let before = (1..=4).take_while(|n| comma >= *n && digit(comma - n)).count();
    (1..=3).contains(&before) && (1..=3).all(|n| digit(comma + n)) && !digit(comma + 4)
}

/// The value of Han numerals with their multipliers; `None` for digits that only follow each other.
pub(super) fn han_number(chars: &[char]) -> Option<i128> {
    const DIGITS: [(char, i128); 12] = [
        ('零', 0),
        ('〇', 0),
        ('一', 1),
        ('二', 2),
        ('两', 2),
        ('三', 3),
        ('四', 4),
        ('五', 5),
        ('六', 6),
        ('七', 7),
        ('八', 8),
        ('九', 9),
    ];
    let digit = |c: char| DIGITS.iter().find(|(d, _)| *d == c).map(|(_, v)| *v);
    let (mut total, mut section, mut current): (i128, i128, Option<i128>) = (0, 0, None);
    for &c in chars {
        if let Some(d) = digit(c) {
            // Two digits that meet are a name or a year, no count.
            if current.is_some_and(|v| v != 0) {
                return None;
            }
            current = Some(d);
            continue;
        }
        let power = |p: i128, section: &mut i128, current: &mut Option<i128>| -> Option<()> {
            *section = section.checked_add(current.take().unwrap_or(1).checked_mul(p)?)?;
            Some(())
        };
        match c {
            '十' => power(10, &mut section, &mut current)?,
            '百' => power(100, &mut section, &mut current)?,
            '千' => power(1000, &mut section, &mut current)?,
            '万' => {
                total = total.checked_add((section + current.take().unwrap_or(0)).max(1).checked_mul(10_000)?)?;
                section = 0;
            }
            '亿' => {
                total = (total.checked_add(section)? + current.take().unwrap_or(0)).max(1).checked_mul(100_000_000)?;
                section = 0;
            }
            _ => return None,
        }
    }
    total.checked_add(section)?.checked_add(current.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_numerals() {
        let value = |s: &str| han_number(&s.chars().collect::<Vec<_>>());
        for (text, n) in [
            ("三", 3),
            ("十", 10),
            ("十五", 15),
            ("二十", 20),
            ("一百零五", 105),
            ("两千", 2000),
            ("三万五千", 35_000),
            ("百", 100),
            ("千", 1000),
        ] {
            assert_eq!(value(text), Some(n), "{text}");
        }
        assert_eq!(value("二〇二四"), None);
        assert_eq!(value(&"亿".repeat(40)), None);
    }

    #[test]
    fn lines_broken_within_digits() {
        let value = |s: &str| decimal(&Folded::new(s), 0).map(|(n, _)| n.to_string());
        assert_eq!(value("80\n00亿元").as_deref(), Some("8,000"));
        assert_eq!(value("1 5家").as_deref(), Some("15"));
        assert_eq!(value("2022 2026").as_deref(), Some("2,022"));
        assert_eq!(value("1,200家").as_deref(), Some("1,200"));
    }
}
