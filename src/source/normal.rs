//! The comparison form of words, in which a quote and its source are compared exactly.
//!
//! NFC; full-width forms as ASCII; any run of dashes, hyphens, tildes and wave dashes as one `-`;
//! quotation marks by class (`"` double, `'` single); blanks dropped, but one space kept between two
//! ASCII letters or digits; a table's cell edge, written ` | `, as [`EDGE`]; `**` dropped, and what is hidden.
//! Nothing else is folded: what differs after this differs.

use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::text::{is_blank, is_hidden};

/// A table's cell edge.
pub const EDGE: char = '\u{1}';

/// The comparison form of a quote.
pub fn normalise(words: &str) -> String {
    let nfc: String;
    let words = if is_nfc(words) {
        words
    } else {
        nfc = words.nfc().collect();
        &nfc
    };
    let mut out = String::with_capacity(words.len());
    fold(words, |c, _| out.push(c));
    out
}

/// Gives each character of the comparison form with the range of bytes of `words` (already NFC) that it stands for.
pub(crate) fn fold(words: &str, mut emit: impl FnMut(char, std::ops::Range<usize>)) {
    let mut last: Option<char> = None;
    let mut blank: Option<usize> = None;
    let mut at = 0;
    while let Some(c) = words[at..].chars().next() {
        let start = at;
        at += c.len_utf8();
        if is_blank(c) {
            blank = blank.or(Some(start));
            continue;
        }
        if is_hidden(c) {
            continue;
        }
        if c == '*' && words[at..].starts_with('*') {
            at += 1;
            continue;
        }
        let edge_left = blank.is_some() || start == 0;
        let edge_right = words[at..].chars().next().is_none_or(is_blank);
        if c == '|' && edge_left && edge_right {
            emit(EDGE, blank.unwrap_or(start)..at);
            last = Some(EDGE);
            blank = None;
            continue;
        }
        let folded = fold_char(c);
        if folded == '-' && last == Some('-') {
            blank = None;
            continue;
        }
        if let Some(from) = blank.take()
            && folded.is_ascii_alphanumeric()
            && last.is_some_and(|l| l.is_ascii_alphanumeric())
        {
            emit(' ', from..start);
        }
        emit(folded, start..at);
        last = Some(folded);
    }
}

fn fold_char(c: char) -> char {
    match c {
        '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' => '-',
        '~' | '\u{301C}' | '\u{3030}' | '\u{FF5E}' | '\u{223C}' => '-',
        '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '『' | '』' | '\u{FF02}' | '〝' | '〞' => '"',
        '‘' | '’' | '‚' | '‛' | '\u{FF07}' => '\'',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{FF61}' => '。',
        '\u{FF64}' => '、',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_what_extractions_vary() {
        assert_eq!(normalise("到 2027 年，形成３—5 个"), normalise("到2027年,形成3-5个"));
        assert_eq!(normalise("１～２家"), "1-2家");
        assert_eq!(normalise("“一院一特色”"), normalise("「一院一特色」"));
        assert_eq!(normalise("CRO  CDMO 平台"), "CRO CDMO平台");
        assert_eq!(normalise("2022 2026"), "2022 2026");
        assert_eq!(normalise("**坚持。**"), "坚持。");
        assert_eq!(normalise("总营收 | 亿元"), format!("总营收{EDGE}亿元"));
        assert_eq!(normalise("——坚持"), "-坚持");
        assert_eq!(normalise("\u{202E}80\u{200E}00\u{202C}亿\0\u{1}元"), "8000亿元");
    }

    #[test]
    fn keeps_what_differs() {
        assert_ne!(normalise("8000亿元"), normalise("800亿元"));
        assert_ne!(normalise("以上"), normalise("以下"));
        assert_ne!(normalise("a b"), normalise("ab"));
    }
}
