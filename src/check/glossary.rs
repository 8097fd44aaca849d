//! Terms: where a Chinese block has one, its English block has the English that the glossary gives it.

use std::ops::Range;
use std::sync::Arc;

use aho_corasick::{AhoCorasick, MatchKind};

use super::passages::{Form, Passage};
use super::rule::Rule;
use crate::content::entities::Term;
use crate::diagnostic::{Problem, Severity};
use crate::site::Named;

pub(super) const ENGLISH: Rule = Rule {
    code: "glossary-english",
    severity: Severity::Warning,
    adjustable: true,
    asks: "Where a Chinese block has a term of the glossary, the corresponding English block has its English.",
    why: "One term, one rendering, so that readers can follow it from page to page. `en` or any of `variants` will do, in any case, with any dash, and with a plural s; a link [[term]] will too. The longest term wins where several begin at one place.",
    wrong: "杭州推行揭榜挂帅。\n\nHangzhou holds competitions for projects.",
    right: "杭州推行揭榜挂帅。\n\nHangzhou uses open bidding for named problems.",
};
pub(super) const AVOID: Rule = Rule {
    code: "glossary-avoid",
    severity: Severity::Warning,
    adjustable: true,
    asks: "An English block never has the English that the glossary forbids for a term of its Chinese block.",
    why: "Forbidden renderings are the ones that mislead.",
    wrong: "杭州推行揭榜挂帅。\n\nHangzhou lets institutes take the helm.",
    right: "杭州推行揭榜挂帅。\n\nHangzhou uses open bidding for named problems.",
};

pub(super) const RULES: [&Rule; 2] = [&ENGLISH, &AVOID];

/// The glossary, ready to be looked up.
#[derive(Debug)]
pub(super) struct Glossary {
    terms: Arc<Vec<Named<Term>>>,
    /// Finds the Chinese of terms, the longest at each place.
    finder: Option<AhoCorasick>,
}

impl Glossary {
    pub(super) fn new(terms: &Arc<Vec<Named<Term>>>) -> Self {
        let words = terms.iter().map(|t| t.value.zh.as_str());
        // Fails only for more than 2³² terms.
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok();
        Glossary { terms: Arc::clone(terms), finder }
    }

    /// Indexes of the terms of a text, in order, each once, with their first places.
    pub(super) fn terms(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let mut out: Vec<(usize, Range<usize>)> = Vec::new();
        for found in self.finder.iter().flat_map(|t| t.find_iter(text)) {
            let term = found.pattern().as_usize();
            if !out.iter().any(|(t, _)| *t == term) {
                out.push((term, found.range()));
            }
        }
        out
    }

    pub(super) fn check(&self, zh: &Passage<'_>, en: &Passage<'_>, problems: &mut Vec<Problem>) {
        if zh.form == Form::Code {
            return;
        }
        let english = Folded::new(&en.words);
        for (index, range) in self.terms(&zh.words) {
            let term = &self.terms[index];
            let value = &term.value;
            let linked = en.references.iter().any(|r| r.trim_start_matches("term:") == term.id);
            let stands = |words: &str| english.find(words).is_some();
            let known = std::iter::once(&value.en).chain(&value.variants).any(|w| !w.is_empty() && stands(w));
            if !known && !linked && !value.en.is_empty() {
                let line = en.words.find('\n').unwrap_or(en.words.len());
                problems.push(
                    ENGLISH
                        .problem(format!("{} is «{}» in English, which is not here", value.zh, value.en))
                        .at(en.file, en.at(0..line))
                        .related(zh.file, zh.at(range.clone()), "the term in Chinese")
                        .help(format!("use «{}», or give the term a variant in content/glossary.toml", value.en)),
                );
            }
            for avoid in &value.avoid {
                if let Some(at) = english.find(avoid) {
                    problems.push(
                        AVOID
                            .problem(format!("«{avoid}» is no rendering of {}", value.zh))
                            .at(en.file, en.at(at))
                            .related(zh.file, zh.at(range.clone()), "the term in Chinese")
                            .help(format!("write «{}»", value.en)),
                    );
                }
            }
        }
    }
}

/// A text as words are looked for in it: lower case, one kind of dash and apostrophe; and for each byte,
/// and the end, its place in the text as written.
struct Folded {
    text: String,
    places: Vec<usize>,
}

impl Folded {
    fn new(text: &str) -> Self {
        let mut out = Folded { text: String::with_capacity(text.len()), places: Vec::with_capacity(text.len() + 1) };
        for (i, c) in text.char_indices() {
            let c = match c {
                '\u{2010}'..='\u{2015}' => '-',
                '’' => '\'',
                c => c.to_ascii_lowercase(),
            };
            out.text.push(c);
            out.places.resize(out.text.len(), i);
        }
        out.places.push(text.len());
        out
    }

    /// Where words stand as whole words, the last of them in the plural if need be, blanks within them of any
    /// number.
    fn find(&self, words: &str) -> Option<Range<usize>> {
        let words = Folded::new(words).text;
        let first = words.split_whitespace().next()?;
        let text = self.text.as_str();
        let mut from = 0;
        while let Some(start) = text[from..].find(first).map(|i| from + i) {
            let mut end = Some(start);
            for word in words.split_whitespace() {
                end = end.and_then(|at| {
                    let rest = text[at..].trim_start();
                    rest.starts_with(word).then(|| text.len() - rest.len() + word.len())
                });
            }
            let edge = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric());
            let ends = end.and_then(|at| {
                ["", "s", "es"]
                    .iter()
                    .map(|plural| (at + plural.len(), text[at..].starts_with(plural)))
                    .find(|(at, stands)| *stands && edge(text[*at..].chars().next()))
            });
            if let Some((at, _)) = ends.filter(|_| edge(text[..start].chars().next_back())) {
                return Some(self.places[start]..self.places[at]);
            }
            from = start + first.len();
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_only() {
        let find = |text: &str, words: &str| Folded::new(text).find(words);
        assert_eq!(find("uses Open  bidding here", "open bidding"), Some(5..18));
        assert_eq!(find("reopen bidding", "open bidding"), None);
        assert_eq!(find("the MAH’s", "mah"), Some(4..7));
        assert_eq!(find("cell–gene\ntherapies", "cell-gene therapy"), None);
        assert_eq!(find("the Rail-water lines", "rail–water line"), Some(4..20));
        assert_eq!(find("lineage", "line"), None);
    }
}
