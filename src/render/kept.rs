//! Figures kept on one line with their units (CLREQ 3.1.3): `8000亿元`, `3—5个`, `RMB 800 billion` go into
//! an element that does not break. The text itself stays as it is, so what is copied is what stands there.

use super::html::escape;
use crate::text::is_han;

/// Characters that may stand within a figure, between digits.
const WITHIN: [char; 10] = ['.', ',', '—', '–', '-', '~', '～', '/', '−', '：'];
/// Signs and scales between the digits and the unit.
const SCALE: [char; 12] = ['%', '％', '‰', '℃', '十', '百', '千', '万', '亿', '余', '多', '几'];
/// English scales.
const WORDS: [&str; 6] = [" trillion", " billion", " million", " thousand", " per cent", " per mille"];
/// Characters of a figure beyond which it may break.
const MOST: usize = 20;

/// Appends text, escaped, its figures kept together.
pub(super) fn write(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_digit()) {
        let end = at + figure(&rest[at..]);
        // `RMB ` before it belongs to it.
        let start = if rest[..at].ends_with("RMB ") { at - 4 } else { at };
        let kept = (start < at || rest[..end].ends_with(|c: char| !c.is_ascii_digit()))
            && rest[start..end].chars().count() <= MOST;
        if kept {
            escape(out, &rest[..start]);
            out.push_str("<span class=\"k\">");
            escape(out, &rest[start..end]);
            out.push_str("</span>");
        } else {
            escape(out, &rest[..end]);
        }
        rest = &rest[end..];
    }
    escape(out, rest);
}

/// Length of the figure that a text begins with, its unit's first character included.
fn figure(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        if c.is_ascii_digit() {
            end = at + 1;
        } else if !WITHIN.contains(&c) {
            break;
        }
    }
    let word = WORDS.iter().find(|w| text[end..].starts_with(**w));
    if let Some(word) = word {
        return end + word.len();
    }
    let scale: usize = text[end..].chars().take_while(|c| SCALE.contains(c)).map(char::len_utf8).sum();
    end += scale;
    // 以上, 以下, 以内 are one word.
    let unit = if text[end..].starts_with('以') { 2 } else { 1 };
    end + text[end..].chars().take(unit).take_while(|c| is_han(*c)).map(char::len_utf8).sum::<usize>()
}

#[cfg(test)]
mod tests {
    use super::write;

    #[test]
    fn figures_are_kept_with_their_units() {
        for (from, to) in [
            ("突破8000亿元，引进", "突破[8000亿元]，引进"),
            ("形成3—5个集聚区", "形成[3—5个]集聚区"),
            ("到2027年，", "到[2027年]，"),
            ("占比1‰以上", "占比[1‰以上]"),
            ("1828家、24家", "[1828家]、[24家]"),
            ("more than RMB 800 billion, 300 companies", "more than [RMB 800 billion], 300 companies"),
            ("4.2 per cent of 1,500", "[4.2 per cent] of 1,500"),
            ("5G网络，COVID-19", "5G网络，COVID-19"),
            ("2023-2026 & more", "2023-2026 &amp; more"),
            ("100万平方米", "[100万平]方米"),
            ("", ""),
        ] {
            let mut out = String::new();
            write(&mut out, from);
            let expected = to.replace('[', "<span class=\"k\">").replace(']', "</span>");
            assert_eq!(out, expected, "{from}");
        }
    }
}
