//! A text in comparison form for reading figures: width, dashes, blanks and script folded.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::source::normal::fold;
use crate::text::{is_han, is_han_numeral};

/// Traditional characters, each with its simplified form (the first of OpenCC's `TSCharacters`, Apache-2.0).
const TRADITIONAL: &str = include_str!("traditional.txt");

/// The Han characters of the basic plane, in a row.
const BASIC: std::ops::RangeInclusive<char> = '\u{2E80}'..='\u{9FFF}';

/// The simplified forms of all of [`BASIC`], by how far each stands from its beginning, and those of the others.
static SIMPLIFIED: LazyLock<(Vec<char>, BTreeMap<char, char>)> = LazyLock::new(|| {
    let pairs = TRADITIONAL.split_whitespace().filter_map(|p| Some((p.chars().next()?, p.chars().nth(1)?)));
    let (basic, others): (Vec<_>, Vec<_>) = pairs.partition(|(from, _)| BASIC.contains(from));
    let mut row: Vec<char> = BASIC.collect();
    for (from, to) in basic {
        row[from as usize - *BASIC.start() as usize] = to;
    }
    (row, others.into_iter().collect())
});

/// A text in comparison form, each character with the bytes it stands for.
pub(crate) struct Folded {
    /// In simplified script, by which rules compare.
    pub(crate) chars: Vec<char>,
    /// In the text's own script.
    own: Vec<char>,
    bytes: Vec<Range<usize>>,
    /// Whether each stands in short quotation marks: “15分钟” names, “到2027年建成……” does not.
    in_quotes: Vec<bool>,
}

/// Most characters between quotation marks that make a name.
const NAME: usize = 12;

impl Folded {
    pub(crate) fn new(text: &str) -> Self {
        let (mut chars, mut own, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
        fold(text, |c, range| {
            own.push(c);
            chars.push(simplified(c));
            bytes.push(range);
        });
        full_stops(&mut chars);
        let mut in_quotes = vec![false; chars.len()];
        let mut open: Option<usize> = None;
        for (i, range) in bytes.iter().enumerate() {
            let mark = text[range.clone()].chars().next();
            let (opens, closes) = match mark {
                Some('“' | '「' | '『') => (true, false),
                Some('”' | '」' | '』') => (false, true),
                Some('"' | '＂') => (open.is_none(), open.is_some()),
                _ => (false, false),
            };
            if closes
                && let Some(from) = open.take()
                && i - from <= NAME + 1
            {
                in_quotes[from..i].fill(true);
            }
            if opens {
                open = Some(i);
            }
        }
        Folded { chars, own, bytes, in_quotes }
    }

    pub(crate) fn at(&self, i: usize) -> Option<char> {
        self.chars.get(i).copied()
    }

    /// The character before `i`.
    pub(crate) fn before(&self, i: usize) -> Option<char> {
        i.checked_sub(1).and_then(|b| self.at(b))
    }

    pub(crate) fn starts_with(&self, i: usize, words: &str) -> bool {
        words.chars().enumerate().all(|(n, c)| self.at(i + n) == Some(c))
    }

    /// Whether one of `words` begins at `i`.
    pub(crate) fn starts_with_any(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|w| self.starts_with(i, w))
    }

    /// Whether one of `words` ends right before `i`.
    pub(crate) fn ends_with_any(&self, i: usize, words: &[&str]) -> bool {
        words.iter().any(|w| i.checked_sub(w.chars().count()).is_some_and(|from| self.starts_with(from, w)))
    }

    /// A range of characters in simplified script.
    pub(crate) fn text(&self, range: Range<usize>) -> String {
        self.chars[range].iter().collect()
    }

    /// A range of characters in the text's own script.
    pub(crate) fn own(&self, range: Range<usize>) -> String {
        self.own[range].iter().collect()
    }

    /// The bytes of the original that a range of characters stands for.
    pub(crate) fn original(&self, range: Range<usize>) -> Range<usize> {
        let start = self.bytes.get(range.start).map_or(0, |b| b.start);
        let end = range.end.checked_sub(1).and_then(|i| self.bytes.get(i)).map_or(start, |b| b.end);
        start..end
    }

    /// Whether a character stands between short quotation marks.
    pub(crate) fn in_quotes(&self, i: usize) -> bool {
        self.in_quotes.get(i).copied().unwrap_or(false)
    }

    /// From where what is said of `i` begins: after the last of `stops`, at most `LONGEST` characters before.
    pub(crate) fn run_before(&self, i: usize, stops: &[char]) -> Range<usize> {
        const LONGEST: usize = 240;
        let from = i.saturating_sub(LONGEST);
        let stop = self.chars[from..i].iter().rposition(|c| stops.contains(c));
        stop.map_or(from, |p| from + p + 1)..i
    }
}

/// A half-width full stop between two sentences becomes what it stands for; one of a decimal or a list number stays.
fn full_stops(chars: &mut [char]) {
    for i in 1..chars.len() {
        let ends = is_han(chars[i - 1]) || matches!(chars[i - 1], '%' | '‰' | ')' | '"');
        let begins = chars.get(i + 1).is_none_or(|c| is_han(*c) || matches!(c, '"' | '('));
        // 二.建设 is numbering.
        let numbered = is_han_numeral(chars[i - 1]) && (i < 2 || !is_han(chars[i - 2]));
        if chars[i] == '.' && ends && begins && !numbered {
            chars[i] = '。';
        }
    }
}

fn simplified(c: char) -> char {
    if c < *BASIC.start() {
        return c;
    }
    let (basic, others) = &*SIMPLIFIED;
    let at = c as usize - *BASIC.start() as usize;
    basic.get(at).or_else(|| others.get(&c)).copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_fold_alike() {
        assert!(TRADITIONAL.split_whitespace().all(|pair| pair.chars().count() == 2));
        let folded = Folded::new("力爭突破 8000 億元");
        assert_eq!(folded.text(0..10), "力争突破8000亿元");
        assert_eq!(folded.own(8..10), "億元");
    }

    #[test]
    fn half_width_full_stops() {
        let folded = |s: &str| Folded::new(s).chars.iter().collect::<String>();
        assert_eq!(folded("达到50%. 到2030年前, 达峰."), "达到50%。到2030年前,达峰。");
        assert_eq!(folded("1.建设3.5公里, 二.目标"), "1.建设3.5公里,二.目标");
    }

    #[test]
    fn short_quotations_name() {
        let text = "打造“15分钟”生活圈，提出“到2027年建成国家级产业集群10个”";
        let folded = Folded::new(text);
        let quoted: Vec<bool> = folded
            .chars
            .iter()
            .enumerate()
            .filter(|(_, c)| c.is_ascii_digit())
            .map(|(i, _)| folded.in_quotes(i))
            .collect();
        assert_eq!(quoted, [true, true, false, false, false, false, false, false]);
    }
}
