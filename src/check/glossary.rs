//! Terms: where a Chinese block has one, its English block has the English that the glossary gives it.

use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use super::passages::{Form, Passage};
use super::rule::Rule;
use crate::diagnostic::{Problem, Severity};
use crate::site::Site;

pub(super) const ENGLISH: Rule = Rule {
    code: "glossary-english",
    severity: Severity::Warning,
    adjustable: true,
    asks: "Where a Chinese block has a term of the glossary, the corresponding English block has its English.",
    why: "One term, one rendering, so that readers can follow it from page to page. `en` or any of `variants` will do, in any case; a link [[term]] will too. The longest term wins where several begin at one place.",
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
pub(super) struct Glossary<'a> {
    site: &'a Site,
    /// Finds the Chinese of terms, the longest at each place.
    terms: Option<AhoCorasick>,
}

impl<'a> Glossary<'a> {
    pub(super) fn new(site: &'a Site) -> Self {
        let words = site.terms.iter().map(|t| t.value.zh.as_str());
        // Fails only for more than 2³² terms.
        let terms = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok();
        Glossary { site, terms }
    }

    /// Indexes of the terms of a text, in order, each once, with their first places.
    pub(super) fn terms(&self, text: &str) -> Vec<(usize, Range<usize>)> {
        let mut out: Vec<(usize, Range<usize>)> = Vec::new();
        for found in self.terms.iter().flat_map(|t| t.find_iter(text)) {
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
        let english = fold(&en.words);
        for (index, range) in self.terms(&zh.words) {
            let term = &self.site.terms[index];
            let value = &term.value;
            let linked = en.references.iter().any(|r| r.trim_start_matches("term:") == term.id);
            let stands = |words: &str| find(&english, &fold(words)).is_some();
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
                if let Some(at) = find(&english, &fold(avoid)) {
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

/// Lower case, curly marks straight, dashes alike, byte for byte where that is possible: length is kept
/// by taking only ASCII case.
fn fold(text: &str) -> String {
    text.to_ascii_lowercase().replace('\n', " ")
}

/// Where words stand as whole words, blanks within them of any number.
fn find(text: &str, words: &str) -> Option<Range<usize>> {
    let first = words.split_whitespace().next()?;
    let mut from = 0;
    while let Some(start) = text[from..].find(first).map(|i| from + i) {
        let mut at = start;
        let mut fits = true;
        for word in words.split_whitespace() {
            let rest = text[at..].trim_start();
            at = text.len() - rest.len();
            if !rest.starts_with(word) {
                fits = false;
                break;
            }
            at += word.len();
        }
        let edge = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric());
        if fits && edge(text[..start].chars().next_back()) && edge(text[at..].chars().next()) {
            return Some(start..at);
        }
        from = start + first.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_only() {
        assert_eq!(find("uses open  bidding here", "open bidding"), Some(5..18));
        assert_eq!(find("reopen bidding", "open bidding"), None);
        assert_eq!(find("the mah’s", "mah"), Some(4..7));
    }
}
