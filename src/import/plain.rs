//! A block's words as the rules of import read them: half width, simplified script, without blanks.
//!
//! Takes a text; gives its comparison form and the way back to the bytes of the original.

use std::ops::Range;

use crate::quantity::chinese::folded::Folded;

/// Words in comparison form, each character with the bytes of the original that it stands for.
pub(super) struct Plain {
    /// The words.
    pub(super) text: String,
    /// For each character: its byte in `text`, and the bytes of the original.
    chars: Vec<(usize, Range<usize>)>,
}

impl Plain {
    pub(super) fn new(original: &str) -> Self {
        let folded = Folded::new(original);
        let mut text = String::with_capacity(original.len());
        let mut chars = Vec::with_capacity(folded.chars.len());
        for (i, c) in folded.chars.iter().enumerate() {
            chars.push((text.len(), folded.original(i..i + 1)));
            text.push(*c);
        }
        Plain { text, chars }
    }

    /// The bytes of `text` for bytes of the original.
    pub(super) fn of(&self, original: &Range<usize>) -> Range<usize> {
        let first = self.chars.partition_point(|(_, o)| o.end <= original.start);
        let last = self.chars.partition_point(|(_, o)| o.start < original.end).max(first);
        self.byte(first)..self.byte(last)
    }

    /// The bytes of the original for bytes of `text`.
    pub(super) fn original(&self, plain: &Range<usize>) -> Range<usize> {
        let first = self.chars.partition_point(|(at, _)| *at < plain.start);
        let last = self.chars.partition_point(|(at, _)| *at < plain.end);
        let Some((_, start)) = self.chars.get(first) else {
            let end = self.chars.last().map_or(0, |(_, o)| o.end);
            return end..end;
        };
        let end = last.checked_sub(1).and_then(|i| self.chars.get(i)).map_or(start.start, |(_, o)| o.end);
        start.start..end.max(start.start)
    }

    fn byte(&self, char: usize) -> usize {
        self.chars.get(char).map_or(self.text.len(), |(at, _)| *at)
    }
}

/// Whether a character ends a clause.
pub(super) fn ends_clause(c: char) -> bool {
    matches!(c, ',' | '。' | ';' | ':' | '!' | '?' | '(' | ')' | crate::source::normal::EDGE | '\n')
}

/// Whether a character ends a part of a sentence that stands for itself.
pub(super) fn ends_part(c: char) -> bool {
    ends_sentence(c) || c == ';'
}

/// Whether a character ends a sentence.
pub(super) fn ends_sentence(c: char) -> bool {
    matches!(c, '。' | '!' | '?' | crate::source::normal::EDGE | '\n')
}

/// The stretch about `at` between two characters that end it; a comma within a number ends none.
pub(super) fn stretch(text: &str, at: &Range<usize>, ends: fn(char) -> bool) -> Range<usize> {
    let boundary = |(i, c): &(usize, char)| ends(*c) && !within_number(text, *i, *c);
    let start = text[..at.start].char_indices().rev().find(boundary).map_or(0, |(i, c)| i + c.len_utf8());
    let end = text[at.end..].char_indices().map(|(i, c)| (at.end + i, c)).find(boundary).map_or(text.len(), |(i, _)| i);
    start..end
}

/// Whether the comma or colon at `i` stands between two digits: 1,200 or 2.5:1.
fn within_number(text: &str, i: usize, c: char) -> bool {
    let bytes = text.as_bytes();
    matches!(c, ',' | ':')
        && i > 0
        && bytes[i - 1].is_ascii_digit()
        && bytes.get(i + 1).is_some_and(u8::is_ascii_digit)
        && (c == ':' || bytes.get(i + 1..i + 4).is_some_and(|d| d.iter().all(u8::is_ascii_digit)))
}

/// The words of a list, which is written with blanks between them.
pub(super) fn each(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split_ascii_whitespace()
}

/// Whether any word of a list stands in `text`.
pub(super) fn has(text: &str, list: &'static str) -> bool {
    each(list).any(|w| text.contains(w))
}

/// Whether `text` begins with any word of a list.
pub(super) fn starts(text: &str, list: &'static str) -> bool {
    each(list).any(|w| text.starts_with(w))
}

/// Whether `text` ends with any word of a list.
pub(super) fn ends(text: &str, list: &'static str) -> bool {
    each(list).any(|w| text.ends_with(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        let original = "到 2027 年，規模突破 8000 億元。";
        let plain = Plain::new(original);
        assert_eq!(plain.text, "到2027年,规模突破8000亿元。");
        let at = plain.text.find("8000亿元").expect("stands in the text");
        let range = plain.original(&(at..at + "8000亿元".len()));
        assert_eq!(&original[range.clone()], "8000 億元");
        assert_eq!(plain.of(&range), at..at + "8000亿元".len());
    }

    #[test]
    fn stretches() {
        let text = "到2025年,产值达1,200亿元,企业5家;又一句。";
        let at = text.find("1,200").expect("stands in the text");
        let at = at..at + "1,200亿元".len();
        assert_eq!(&text[stretch(text, &at, ends_clause)], "产值达1,200亿元");
        assert_eq!(&text[stretch(text, &at, ends_part)], "到2025年,产值达1,200亿元,企业5家");
        assert_eq!(&text[stretch(text, &at, ends_sentence)], "到2025年,产值达1,200亿元,企业5家;又一句");
    }
}
