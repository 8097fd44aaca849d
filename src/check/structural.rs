//! Numbers of a source that are no figures, and why: what coverage excludes by rule, listed.

use std::ops::Range;

use super::sources::touches;
use crate::source::{Block, Kind};

/// Why a number is no figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Structure {
    /// A year, a month, a day, a span of time.
    Date,
    /// A number before a list's item or a section.
    List,
    /// A document's number, or an article's.
    Document,
    /// Letters and digits: 5G, 415X.
    Identifier,
    /// Between quotation marks.
    Quoted,
    /// Extraction noise.
    Noise,
    /// Part of a name or an ordinal: 500强, 第3.
    Name,
}

impl Structure {
    /// The key of the interface string that names it.
    pub fn key(self) -> &'static str {
        match self {
            Structure::Date => "excluded_date",
            Structure::List => "excluded_list",
            Structure::Document => "excluded_document",
            Structure::Identifier => "excluded_identifier",
            Structure::Quoted => "excluded_quoted",
            Structure::Noise => "excluded_noise",
            Structure::Name => "excluded_name",
        }
    }
}

impl Structure {
    /// Whether the character behind a number shows why it is no figure: the 强 of 500强, the 、 of 1、.
    fn takes(self, c: char) -> bool {
        match self {
            Structure::Date => matches!(c, '年' | '月' | '日'),
            Structure::List => matches!(c, '、' | '.' | '．' | ')' | '）'),
            Structure::Document => matches!(c, '号' | '〕'),
            Structure::Identifier => c.is_ascii_alphanumeric() || c == '+',
            Structure::Quoted | Structure::Noise | Structure::Name => c.is_alphanumeric() || c == '%',
        }
    }
}

/// A number that is excluded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excluded {
    /// Index of the block.
    pub block: usize,
    /// The number with what makes it no figure.
    pub words: String,
    /// Why.
    pub why: Structure,
}

/// The numbers in ASCII digits of a block that are in none of its figures.
pub(super) fn excluded(index: usize, block: &Block, figures: &[Range<usize>]) -> Vec<Excluded> {
    let text = &block.text;
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(from) = text[at..].find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
        let to = text[from..].find(|c: char| !(c.is_ascii_digit() || c == '.')).map_or(text.len(), |i| from + i);
        at = to;
        if figures.iter().any(|f| touches(f, &(from..to))) {
            continue;
        }
        let before = text[..from].chars().next_back();
        let after = text[to..].chars().next();
        let why = why(block, from, before, after);
        let tail = after.filter(|c| why.takes(*c)).map(String::from).unwrap_or_default();
        let head = before
            .filter(|c| c.is_ascii_alphabetic() || *c == '第' || *c == '〔')
            .map(String::from)
            .unwrap_or_default();
        out.push(Excluded { block: index, words: format!("{head}{}{tail}", &text[from..to]), why });
    }
    out
}

fn why(block: &Block, from: usize, before: Option<char>, after: Option<char>) -> Structure {
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic() || c == '+');
    let date = |c: Option<char>| c.is_some_and(|c| matches!(c, '年' | '月' | '日'));
    let dash = |c: Option<char>| c.is_some_and(|c| matches!(c, '-' | '—' | '–' | '~' | '～' | '/'));
    let open = block.text[..from].chars().filter(|c| *c == '“').count();
    let closed = block.text[..from].chars().filter(|c| *c == '”').count();
    if block.kind == Kind::Noise {
        Structure::Noise
    } else if date(after) || (dash(before) && date(after)) || (dash(after) && block.text[from..].starts_with("20")) {
        Structure::Date
    } else if matches!(before, Some('〔' | '〕' | '[' | ']')) || after == Some('号') || after == Some('〕') {
        Structure::Document
    } else if letter(before) || letter(after) {
        Structure::Identifier
    } else if open > closed {
        Structure::Quoted
    } else if from == 0
        || matches!(before, Some('(' | '（' | '。'))
        || matches!(after, Some('、' | '.' | '．' | ')' | '）'))
    {
        Structure::List
    } else {
        Structure::Name
    }
}
