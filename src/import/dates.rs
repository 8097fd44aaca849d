//! Days and years that a text says of itself: when it was issued, for which years it is, until when it holds.

use jiff::civil::Date;

use super::commitments::Words;
use super::plain::{Plain, each};
use super::record::About;
use crate::source::{Kind, SourceText};
use crate::text::is_han_numeral;

/// Day of issue: the first line that is a date and nothing else; else the last one of a print block.
pub(super) fn issued(source: &SourceText, out: &mut About) {
    for block in &source.blocks {
        let plain = Plain::new(&block.text).text;
        let bare = plain.trim_matches(|c| matches!(c, '(' | ')' | '。' | ' '));
        if block.is_text() && bare.chars().count() <= 16 {
            if let Some((date, rest)) = date(bare)
                && rest.is_empty()
            {
                out.issued = Some(date);
                break;
            }
            if out.issued_month.is_none()
                && let Some((year, month, rest)) = year_month(bare)
                && rest.is_empty()
            {
                out.issued_month = Some((year, Some(month)));
            }
        }
        // (2021年8月12日某会议通过): a date in a heading's brackets is another day.
    }
    if out.issued.is_none() {
        for block in source.blocks.iter().filter(|b| !b.is_text()) {
            let plain = Plain::new(&block.text).text;
            if let Some(at) = plain.find("印发").or_else(|| plain.find("发布"))
                && let Some(date) = dates_of(&plain[..at]).pop()
            {
                out.issued = Some(date);
            }
        }
    }
    let mut valid = source.blocks.iter().filter(|b| b.is_text()).rev().take(8).filter_map(|b| {
        let plain = Plain::new(&b.text).text;
        let at = plain.find("有效期至").or_else(|| plain.find("有效期截至"))?;
        dates_of(&plain[at..]).into_iter().next()
    });
    out.expires = valid.next();
    if out.issued.is_none() && out.issued_month.is_none() {
        out.issued_month = out.number.as_deref().and_then(super::record::number_year).map(|y| (y, None));
    }
}

pub(super) fn dates_of(text: &str) -> Vec<Date> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        if let Some((date, rest)) = date(&text[at..]) {
            out.push(date);
            at = text.len() - rest.len();
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    out
}

/// A date at the beginning of a text, and what follows it.
pub(super) fn date(text: &str) -> Option<(Date, &str)> {
    let (year, rest) = match text.strip_prefix("中华民国").or_else(|| text.strip_prefix("民国")) {
        Some(rest) => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            (rest.get(..digits)?.parse::<i16>().ok().filter(|y| *y <= 200)? + 1911, &rest[digits..])
        }
        None => numeral(text, 4)?,
    };
    let (month, rest) = numeral(rest.strip_prefix('年')?, 2)?;
    let (day, rest) = numeral(rest.strip_prefix('月')?, 2)?;
    let rest = rest.strip_prefix('日')?;
    let day = i8::try_from(day).ok()?;
    Date::new(year, i8::try_from(month).ok()?, day).ok().map(|d| (d, rest))
}

fn year_month(text: &str) -> Option<(i16, i8, &str)> {
    let (year, rest) = numeral(text, 4)?;
    let (month, rest) = numeral(rest.strip_prefix('年')?, 2)?;
    let month = i8::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
    Some((year, month, rest.strip_prefix('月')?))
}

/// A number in digits or Han numerals: of `4` characters as a year is written, or up to 31.
fn numeral(text: &str, width: usize) -> Option<(i16, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let fits = if width == 4 { digits == 4 } else { digits <= 2 };
        return fits.then(|| text[..digits].parse().ok().map(|n| (n, &text[digits..]))).flatten();
    }
    let end = text.find(|c: char| !is_han_numeral(c) && c != '元').unwrap_or(text.len());
    let words: Vec<char> = text[..end].chars().collect();
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == if c == '零' { '〇' } else { c });
    let value = if width == 4 {
        (words.len() == 4).then(|| words.iter().try_fold(0usize, |n, c| Some(n * 10 + digit(*c)?))).flatten()?
    } else {
        match words.as_slice() {
            ['元'] => 1,
            ['十'] => 10,
            [a] => digit(*a)?,
            ['十', b] => 10 + digit(*b)?,
            [a, '十'] => digit(*a)? * 10,
            [a, '十', b] => digit(*a)? * 10 + digit(*b)?,
            _ => return None,
        }
    };
    Some((i16::try_from(value).ok()?, &text[end..]))
}

/// The years that the document is for: of its title, of a sentence that says so, of a five-year plan.
pub(super) fn period(source: &SourceText, out: &mut About) {
    if let (Some(title), Some(block)) = (out.title.clone(), out.title_block) {
        let plain = Plain::new(&title).text;
        let republic = || span_of_republic(&plain).filter(|_| out.republic);
        if let Some(years) =
            span_of_years(&plain).or_else(republic).or_else(|| five_year_plan(&plain)).or_else(|| one_year(&plain))
        {
            // The words to point to: the whole title as the block has it.
            let own = Plain::new(&source.blocks[block].text).text;
            let block =
                if span_of_years(&own).is_none() && span_of_years(&plain).is_some() { block + 1 } else { block };
            let text = &source.blocks[block].text;
            out.period = Some((years, Words { block, range: 0..text.len() }));
            return;
        }
    }
    const SAYS: &str = "规划期限为 规划期限 规划期为 规划期 实施期限为 实施期为";
    for (i, block) in source.blocks.iter().enumerate().filter(|(_, b)| b.kind == Kind::Paragraph) {
        let plain = Plain::new(&block.text);
        let Some(at) = each(SAYS).find_map(|w| plain.text.find(w)) else { continue };
        let end = plain.text[at..].find([',', '。', ';']).map_or(plain.text.len(), |e| at + e);
        if let Some(years) = span_of_years(&plain.text[at..end]) {
            out.period = Some((years, Words { block: i, range: plain.original(&(at..end)) }));
            return;
        }
    }
}

/// 2025-2027年, 2023年至2026年, (2021-2025)
pub(super) fn span_of_years(text: &str) -> Option<(i16, i16)> {
    let years: Vec<(i16, usize, usize)> = text
        .char_indices()
        .filter_map(|(i, _)| {
            let digits = text.get(i..i + 4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
            let alone = !text[..i].ends_with(|c: char| c.is_ascii_digit())
                && !text[i + 4..].starts_with(|c: char| c.is_ascii_digit());
            let year: i16 = digits.parse().ok().filter(|_| alone)?;
            (1949..2100).contains(&year).then_some((year, i, i + 4))
        })
        .collect();
    years.windows(2).find_map(|pair| {
        let between = &text[pair[0].2..pair[1].1];
        let joined = matches!(between, "-" | "至" | "到" | "年-" | "年至" | "年到" | "年—");
        (joined && pair[0].0 < pair[1].0).then_some((pair[0].0, pair[1].0))
    })
}

/// Whether a text counts years of the Republic: it names some, and none of the common era.
pub(super) fn of_republic(source: &SourceText) -> bool {
    let mut named = 0;
    for block in source.blocks.iter().filter(|b| b.is_text()) {
        let text = Plain::new(&block.text).text;
        for (i, _) in text.match_indices('年') {
            let digits = text[..i].bytes().rev().take_while(u8::is_ascii_digit).count();
            match digits {
                4 => return false,
                3 if text[i - 3..i].parse::<i16>().is_ok_and(|y| (90..=150).contains(&y)) => named += 1,
                _ => {}
            }
        }
    }
    named >= 2
}

/// 113至116年
fn span_of_republic(text: &str) -> Option<(i16, i16)> {
    let end = text.find('年').filter(|&i| text[..i].ends_with(|c: char| c.is_ascii_digit()))?;
    let head = &text[..end];
    let split = head.trim_end_matches(|c: char| c.is_ascii_digit());
    let last: i16 = head[split.len()..].parse().ok()?;
    let split = ["至", "-", "到"].iter().find_map(|w| split.strip_suffix(w))?;
    let first: i16 = split[split.trim_end_matches(|c: char| c.is_ascii_digit()).len()..].parse().ok()?;
    ((90..=150).contains(&first) && first < last && last <= 150).then_some((first + 1911, last + 1911))
}

/// “十四五”
fn five_year_plan(text: &str) -> Option<(i16, i16)> {
    let at = text
        .find("第十")
        .map(|i| i + '第'.len_utf8())
        .filter(|_| text.contains("个五年"))
        .or_else(|| text.find('十'))?;
    let rest = text[at..].strip_prefix('十')?;
    let (n, rest) = "一二三四五六七八".chars().zip(1i16..).find_map(|(c, n)| Some((n, rest.strip_prefix(c)?)))?;
    // 第十四个五年规划, 十四五规划; not 十五年.
    rest.strip_prefix("个五年").or_else(|| rest.strip_prefix('五').filter(|rest| !rest.starts_with('年')))?;
    let last = 2010 + 5 * (n - 1);
    Some((last - 4, last))
}

/// 2023年度行动方案, 做好2023年重点工作: one year in a title that names no other.
fn one_year(text: &str) -> Option<(i16, i16)> {
    let at = text.find("20")?;
    let digits = text.get(at..at + 4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let year: i16 = digits.parse().ok()?;
    text[at + 4..].starts_with('年').then_some((year, year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_words() {
        assert_eq!(date("二〇二四年六月十七日").map(|d| d.0), Some(Date::constant(2024, 6, 17)));
        assert_eq!(date("2024年12月31日").map(|d| d.0), Some(Date::constant(2024, 12, 31)));
        assert_eq!(date("2024年13月1日"), None);
        assert_eq!(span_of_years("规划(2023-2026年)"), Some((2023, 2026)));
        assert_eq!(five_year_plan("甲市\"十四五\"规划"), Some((2021, 2025)));
        assert_eq!(one_year("做好2023年全面推进乡村振兴"), Some((2023, 2023)));
    }
}
