//! Finding a quote in a source text: exactly, once, within one block.
//!
//! The comparison form of all blocks is built once a source, with a separator between blocks; a quote
//! is then one search for a substring. A match neither begins nor ends inside a number, Han
//! numerals, ranges and fractions included. There is no fuzzy match: a near miss is reported with the
//! nearest passage and the first character that differs.

use std::collections::BTreeMap;
use std::ops::Range;

use memchr::memmem;

use super::normal::{fold, normalise};
use super::{Anchor, Block, SourceText};
use crate::text::{is_han, is_han_numeral};

/// Stands between two blocks in the index; in no comparison form.
const SEPARATOR: char = '\u{0}';

/// What is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The quote as the curator wrote it.
    pub text: &'a str,
    /// The block it must stand in.
    pub anchor: Option<Anchor>,
    /// Words right before it.
    pub prefix: Option<&'a str>,
    /// Words right after it.
    pub suffix: Option<&'a str>,
}

/// Where a quote stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Index of the block.
    pub block: usize,
    /// Bytes of the block's text.
    pub range: Range<usize>,
    /// Which occurrence of these words in the whole text this is, from 1.
    pub occurrence: usize,
}

/// Why a quote has not exactly one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotFound {
    /// The quote has no words.
    Empty,
    /// The anchor is of no block.
    NoSuchAnchor(Anchor),
    /// The words stand nowhere (or not where anchor, prefix and suffix say).
    Absent {
        /// The passage that is most like it, if any is.
        nearest: Option<Nearest>,
        /// Where the words do stand, if anchor, prefix or suffix excluded it.
        elsewhere: Vec<Anchor>,
    },
    /// The words stand in the text, but begin or end inside a number; the number whole.
    CutsNumber(String),
    /// The words stand in more than one place.
    Ambiguous(Vec<Anchor>),
}

/// A passage much like a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nearest {
    /// Its block's address.
    pub anchor: Anchor,
    /// The source's words from where the quote seems to begin.
    pub passage: String,
    /// The words that agree up to the first difference.
    pub agrees: String,
    /// The first character that differs: the quote's and the source's.
    pub differs: (Option<char>, Option<char>),
}

/// Comparison form of all blocks of a source.
#[derive(Clone, Debug)]
pub(super) struct QuoteIndex {
    text: String,
    /// Byte of `text` that each block begins with.
    starts: Vec<usize>,
    /// Bytes of `text` with the bytes of their block's own text: where each block begins, and every so often
    /// within it at a Han character, which is folded the same whatever stands before it.
    marks: Vec<(usize, usize)>,
}

/// Characters between two marks.
const STEP: usize = 512;

impl QuoteIndex {
    pub(super) fn new(blocks: &[Block]) -> Self {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(blocks.len());
        let mut marks = Vec::with_capacity(blocks.len());
        for block in blocks {
            text.push(SEPARATOR);
            starts.push(text.len());
            marks.push((text.len(), 0));
            let mut since = 0usize;
            fold(&block.text, |c, original| {
                since += 1;
                if since > STEP && is_han(c) {
                    marks.push((text.len(), original.start));
                    since = 0;
                }
                text.push(c);
            });
        }
        text.push(SEPARATOR);
        QuoteIndex { text, starts, marks }
    }

    pub(super) fn find(&self, source: &SourceText, wanted: &Wanted<'_>) -> Result<Found, NotFound> {
        let needle = normalise(wanted.text);
        if needle.is_empty() {
            return Err(NotFound::Empty);
        }
        let only = match wanted.anchor {
            Some(anchor) => Some(source.block_at(anchor).ok_or(NotFound::NoSuchAnchor(anchor))?),
            None => None,
        };
        let prefix = wanted.prefix.map(normalise).unwrap_or_default();
        let suffix = wanted.suffix.map(normalise).unwrap_or_default();
        let all = self.occurrences(&needle);
        let mut cut = None;
        let mut places = Vec::new();
        let mut elsewhere = Vec::new();
        for (n, &at) in all.iter().enumerate() {
            let end = at + needle.len();
            let block = self.block_of(at);
            let fits = only.is_none_or(|b| b == block)
                && self.text[..at].ends_with(&prefix)
                && self.text[end..].starts_with(&suffix);
            if let Some(number) = number_cut(&self.text, at).or_else(|| number_cut(&self.text, end)) {
                if fits {
                    cut = Some(self.text[number].to_owned());
                }
                continue;
            }
            if fits {
                places.push((block, at..end, n + 1));
            } else {
                elsewhere.push(source.blocks[block].anchor);
            }
        }
        match (places.len(), cut) {
            (1, _) => {
                let (block, range, occurrence) = places.swap_remove(0);
                Ok(Found { block, range: self.in_block(source, block, range), occurrence })
            }
            (0, Some(number)) => Err(NotFound::CutsNumber(number)),
            (0, _) => {
                let nearest = if elsewhere.is_empty() { self.nearest(source, &needle) } else { None };
                elsewhere.dedup();
                Err(NotFound::Absent { nearest, elsewhere })
            }
            _ => Err(NotFound::Ambiguous(places.iter().map(|p| source.blocks[p.0].anchor).collect())),
        }
    }

    /// All bytes at which the needle stands; overlapping ones too.
    fn occurrences(&self, needle: &str) -> Vec<usize> {
        let (text, needle) = (self.text.as_bytes(), needle.as_bytes());
        let borders = borders(needle);
        if borders.last().is_none_or(|n| *n == 0) {
            // It cannot overlap itself.
            return memmem::find_iter(text, needle).collect();
        }
        // Knuth, Morris and Pratt: a needle that repeats itself costs no more than another.
        let mut out = Vec::new();
        let mut held = 0;
        for (at, byte) in text.iter().enumerate() {
            while held > 0 && (held == needle.len() || needle[held] != *byte) {
                held = borders[held - 1];
            }
            if needle[held] == *byte {
                held += 1;
            }
            if held == needle.len() {
                out.push(at + 1 - held);
            }
        }
        out
    }

    fn block_of(&self, at: usize) -> usize {
        self.starts.partition_point(|s| *s <= at).saturating_sub(1)
    }

    /// Bytes of the block's own text for a range of the index.
    fn in_block(&self, source: &SourceText, block: usize, range: Range<usize>) -> Range<usize> {
        let text = &source.blocks[block].text;
        let first = self.marks.partition_point(|(at, _)| *at <= range.start).saturating_sub(1);
        let (mut at, from) = self.marks.get(first).copied().unwrap_or((self.starts[block], 0));
        let next = self.marks.partition_point(|(at, _)| *at < range.end);
        let ends_here = self.starts.get(block + 1).is_none_or(|s| self.marks.get(next).is_some_and(|(at, _)| at < s));
        let to = self.marks.get(next).filter(|_| ends_here).map_or(text.len(), |(_, original)| *original);
        let (mut start, mut end) = (usize::MAX, 0);
        fold(&text[from..to.max(from)], |c, original| {
            if at >= range.start && at < range.end {
                start = start.min(from + original.start);
                end = end.max(from + original.end);
            }
            at += c.len_utf8();
        });
        start.min(end)..end
    }

    /// The passage that shares most runs of four characters with the needle on one diagonal.
    fn nearest(&self, source: &SourceText, needle: &str) -> Option<Nearest> {
        const SEED: usize = 4;
        const SLACK: usize = 12;
        const AT_MOST: usize = 200;
        let offsets: Vec<usize> = needle.char_indices().map(|(i, _)| i).chain([needle.len()]).collect();
        let mut votes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for window in offsets.windows(SEED + 1).take(AT_MOST) {
            let seed = &needle[window[0]..window[SEED]];
            for at in self.occurrences(seed).into_iter().take(AT_MOST) {
                let block = self.block_of(at);
                let begins = at.saturating_sub(window[0]).max(self.starts[block]);
                let vote = votes.entry(begins / SLACK).or_insert((0, begins));
                vote.0 += 1;
                vote.1 = vote.1.min(begins);
            }
        }
        let (_, begins) = votes.into_values().max_by_key(|(n, at)| (*n, std::cmp::Reverse(*at)))?;
        let mut begins = begins;
        while !self.text.is_char_boundary(begins) {
            begins += 1;
        }
        let block = self.block_of(begins);
        let end = self.text[begins..].find(SEPARATOR).map_or(self.text.len(), |i| begins + i);
        // A few characters left out or added at the beginning shift the whole passage: start where it agrees.
        let first: String = needle.chars().take(2).collect();
        let around = self.text[self.starts[block]..end].rmatch_indices(first.as_str());
        let near = around.map(|(i, _)| self.starts[block] + i).find(|i| i.abs_diff(begins) <= SLACK);
        let begins = near.unwrap_or(begins);
        let passage = &self.text[begins..end];
        let agrees: String = needle.chars().zip(passage.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect();
        let n = agrees.chars().count();
        let differs = (needle.chars().nth(n), passage.chars().nth(n));
        let length: usize = passage.chars().take(needle.chars().count() + 4).map(char::len_utf8).sum();
        let words = self.in_block(source, block, begins..begins + length);
        let shown = source.blocks[block].text[words].to_owned();
        Some(Nearest { anchor: source.blocks[block].anchor, passage: shown, agrees, differs })
    }
}

/// For each beginning of some bytes, the length of the longest shorter one that it also ends with.
fn borders(bytes: &[u8]) -> Vec<usize> {
    let mut out = vec![0; bytes.len()];
    let mut held = 0;
    for at in 1..bytes.len() {
        while held > 0 && bytes[held] != bytes[at] {
            held = out[held - 1];
        }
        if bytes[held] == bytes[at] {
            held += 1;
        }
        out[at] = held;
    }
    out
}

/// The number that a boundary of the comparison form stands inside, if it does.
fn number_cut(text: &str, boundary: usize) -> Option<Range<usize>> {
    let before = text[..boundary].chars().next_back()?;
    let after = text[boundary..].chars().next()?;
    if !(in_number(before) && in_number(after)) {
        return None;
    }
    let start =
        text[..boundary].char_indices().rev().take_while(|(_, c)| in_number(*c)).last().map_or(boundary, |(i, _)| i);
    let end = text[boundary..].find(|c| !in_number(c)).map_or(text.len(), |i| boundary + i);
    tokens(text, start..end).into_iter().find(|t| t.start < boundary && boundary < t.end)
}

/// Characters that numbers are made of, connectors of ranges and fractions included.
fn in_number(c: char) -> bool {
    c.is_ascii_digit()
        || is_han_numeral(c)
        || matches!(c, '.' | ',' | '-' | '/' | '%' | '‰' | '至' | '到' | '几' | '余')
}

/// Numbers in a run of [`in_number`] characters.
fn tokens(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let chars: Vec<(usize, char)> = text[run.clone()].char_indices().map(|(i, c)| (run.start + i, c)).collect();
    let digit = |i: usize| chars.get(i).is_some_and(|(_, c)| c.is_ascii_digit());
    let scale =
        |i: usize| chars.get(i).is_some_and(|(_, c)| matches!(c, '十' | '百' | '千' | '万' | '亿' | '萬' | '億'));
    let numeral = |i: usize| chars.get(i).is_some_and(|(_, c)| is_han_numeral(*c));
    let end_of = |i: usize| chars.get(i).map_or(run.end, |(at, _)| *at);
    let mut out = Vec::new();
    let mut i = 0;
    while i < chars.len() {
        let from = i;
        if digit(i) {
            loop {
                let connector = chars.get(i + 1).is_some_and(|(_, c)| !c.is_ascii_digit() && !is_han_numeral(*c));
                if digit(i + 1) || scale(i + 1) || (connector && !matches!(chars[i + 1].1, '%' | '‰') && digit(i + 2))
                {
                    i += 1;
                } else if connector && matches!(chars[i + 1].1, '%' | '‰') {
                    i += 1;
                    // 35%-40% is one range.
                    if !(chars.get(i + 1).is_some_and(|(_, c)| matches!(c, '-' | '至' | '到')) && digit(i + 2)) {
                        break;
                    }
                    i += 1;
                } else {
                    break;
                }
            }
            i += 1;
            out.push(chars[from].0..end_of(i));
        } else if numeral(i) {
            while numeral(i + 1)
                || (chars.get(i + 1).is_some_and(|(_, c)| matches!(c, '-' | '至' | '到')) && numeral(i + 2))
            {
                i += 1;
            }
            i += 1;
            let words = &chars[from..i];
            // Two Han numerals that merely meet (统一 + 一批) are no number: one has a scale in it, a
            // connector, or is a year written out.
            let scaled = words
                .iter()
                .any(|(_, c)| matches!(c, '十' | '百' | '千' | '万' | '亿' | '萬' | '億' | '-' | '至' | '到'));
            if scaled || words.len() == 4 {
                out.push(words[0].0..end_of(i));
            }
        } else {
            i += 1;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::{Hints, SourceText};
    use super::*;

    fn source() -> SourceText {
        SourceText::new(
            "一、目标\n\n到 2027 年, 规模突破 8000 亿元，形成3—5个集聚区，占全市1/3以上。\n\n平台超过50家，基地超过50家，建设100 亿级集群。\n",
            &Hints::default(),
        )
    }

    #[test]
    fn all_occurrences_overlapping_ones_too() {
        let index = |text: &str| QuoteIndex { text: text.to_owned(), starts: vec![0], marks: vec![(0, 0)] };
        for (text, needle) in
            [("甲甲甲甲", "甲甲"), ("ababab", "abab"), ("aabaaabaab", "aab"), ("甲乙甲乙", "乙"), ("甲", "甲乙")]
        {
            let plain: Vec<usize> =
                text.char_indices().map(|(i, _)| i).filter(|i| text[*i..].starts_with(needle)).collect();
            assert_eq!(index(text).occurrences(needle), plain, "{text} {needle}");
        }
    }

    fn find(text: &str) -> Result<(String, Anchor), NotFound> {
        let source = source();
        let found = source.find(&Wanted { text, ..Wanted::default() })?;
        let block = &source.blocks[found.block];
        Ok((block.text[found.range].to_owned(), block.anchor))
    }

    #[test]
    fn finds_across_spaces_and_widths() {
        let anchor = Anchor { line: 3, offset: 0 };
        assert_eq!(find("到2027年，规模突破8000亿元"), Ok(("到2027年,规模突破8000亿元".into(), anchor)));
        assert_eq!(find("形成3-5个集聚区"), Ok(("形成3—5个集聚区".into(), anchor)));
    }

    #[test]
    fn does_not_cut_numbers() {
        for cut in
            ["规模突破8000", "规模突破800", "000亿元", "形成3", "5个集聚区", "占全市1", "3以上", "建设100", "亿级集群"]
        {
            assert!(matches!(find(cut), Err(NotFound::CutsNumber(_))), "{cut}: {:?}", find(cut));
        }
        assert!(find("亿元，形成").is_err());
    }

    #[test]
    fn ambiguity_and_its_cures() {
        assert!(matches!(find("超过50家"), Err(NotFound::Ambiguous(a)) if a.len() == 2));
        let source = source();
        let wanted = Wanted { text: "超过50家", prefix: Some("基地"), ..Wanted::default() };
        assert!(source.find(&wanted).is_ok());
        let wanted = Wanted { text: "超过50家", anchor: Some(Anchor { line: 3, offset: 0 }), ..Wanted::default() };
        assert!(matches!(source.find(&wanted), Err(NotFound::Absent { elsewhere, .. }) if !elsewhere.is_empty()));
    }

    #[test]
    fn a_near_miss_names_the_difference() {
        let Err(NotFound::Absent { nearest: Some(nearest), .. }) = find("到2027年,规模突破9000亿元") else {
            panic!("the quote must be absent with a nearest passage");
        };
        assert_eq!(nearest.agrees, "到2027年,规模突破");
        assert_eq!(nearest.differs, (Some('9'), Some('8')));
        assert!(matches!(find("完全没有出现过的词语"), Err(NotFound::Absent { nearest: None, .. })));
    }

    #[test]
    fn a_long_block_is_found_into_as_a_short_one_is() {
        let raw: String = (0..400).map(|i| format!("第{i}项， 达到{i}  家 A{i} | B；")).collect();
        let source = SourceText::new(&raw, &Hints::default());
        for i in [0, 7, 99, 200, 399] {
            let words = format!("达到{i}家A{i}");
            let found = source.find(&Wanted { text: &words, ..Wanted::default() }).expect("stands there once");
            let block = &source.blocks[found.block];
            assert_eq!(normalise(&block.text[found.range]), normalise(&words));
        }
    }

    #[test]
    fn a_quote_stays_within_one_block() {
        assert!(find("占全市1/3以上。平台超过50家").is_err());
    }
}
