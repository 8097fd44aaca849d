//! What a text can be found by. The script in the browser does the same to a query.

use crate::source::normal::fold;
use crate::text::is_han;

/// A token: two neighbouring characters of which one at least is Han, or a Latin word or number.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Token {
    Pair(char, char),
    Word(String),
}

/// Gives every token of a text; some more than once.
pub(super) fn each(text: &str, emit: &mut impl FnMut(Token)) {
    // The character just before, in small letters, if it is Han or of a word.
    let mut last: Option<char> = None;
    let mut word = String::new();
    let mut end = 0;
    fold(text, |c, range| {
        // The comparison form drops blanks, but between words of ASCII letters; others end here too.
        if range.start > end && !word.is_empty() {
            emit(Token::Word(stem(&word).to_owned()));
            word.clear();
        }
        end = range.end;
        let in_word = c.is_alphanumeric() && !is_han(c);
        let now = if in_word { c.to_lowercase().next() } else { Some(c).filter(|c| is_han(*c)) };
        // Pairs of Han characters, and where a word meets one: what holds 第, 42 and 主题 need not hold 第42主题.
        if let (Some(before), Some(now)) = (last, now)
            && (is_han(before) || is_han(now))
        {
            emit(Token::Pair(before, now));
        }
        last = if in_word { c.to_lowercase().last() } else { now };
        if in_word {
            word.extend(c.to_lowercase());
        } else if !word.is_empty() {
            emit(Token::Word(stem(&word).to_owned()));
            word.clear();
        }
    });
    if !word.is_empty() {
        emit(Token::Word(stem(&word).to_owned()));
    }
}

/// A word without the `s` of an English plural.
pub(super) fn stem(word: &str) -> &str {
    match word.strip_suffix('s') {
        Some(stem) if stem.len() >= 3 && !stem.ends_with('s') => stem,
        _ => word,
    }
}

/// The comparison form of a term: as quotes are compared, in small letters.
pub(super) fn key(term: &str) -> String {
    crate::source::normal::normalise(term).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_and_words() {
        let mut found = Vec::new();
        each("支持CAR-T疗法 1类 新药，８０００亿", &mut |t| found.push(t));
        let pair = |s: &str| {
            let mut c = s.chars();
            Token::Pair(c.next().expect("two"), c.next().expect("two"))
        };
        let word = |s: &str| Token::Word(s.to_owned());
        assert_eq!(
            found,
            [
                pair("支持"),
                pair("持c"),
                word("car"),
                pair("t疗"),
                word("t"),
                pair("疗法"),
                pair("法1"),
                pair("1类"),
                word("1"),
                pair("类新"),
                pair("新药"),
                pair("0亿"),
                word("8000")
            ]
        );
        assert_eq!((stem("clusters"), stem("glass"), stem("gas")), ("cluster", "glass", "gas"));
    }
}
