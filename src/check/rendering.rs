//! Our translation of a quote says the quote's figures.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::compare::{Match, Said, Text, find, hedges, named};
use super::digest::{bound_words, hedge_words, shown};
use super::rule::Rule;
use super::said::{bound, serde_word};
use super::sources::{Figures, Quoted, plan_years};
use crate::content::fields::Lang;
use crate::content::targets::Commitment;
use crate::diagnostic::{Problem, Severity};
use crate::site::{Evidence, LinkedDigest, Site, SpanRef};

pub(super) const FIGURE: Rule = Rule {
    code: "translation-figure",
    severity: Severity::Error,
    adjustable: true,
    asks: "Our translation of a quote states its figures and years, and no others.",
    why: "Pages show it beside the quote as what the quote says.",
    wrong: "quote    = '规模力争突破8000亿元'\nquote_en = \"strive for a scale of more than RMB 8 billion\"",
    right: "quote    = '规模力争突破8000亿元'\nquote_en = \"strive for a scale of more than RMB 800 billion\"",
};
pub(super) const WORDS: Rule = Rule {
    code: "translation-bound",
    severity: Severity::Warning,
    adjustable: true,
    asks: "Our translation of a quote binds its figures as the quote does, and is as firm.",
    why: "以上 is at least, 力争 is strive to.",
    wrong: "quote    = '打造国际知名医院3家以上'\nquote_en = \"develop three internationally known hospitals\"",
    right: "quote    = '打造国际知名医院3家以上'\nquote_en = \"develop at least three internationally known hospitals\"",
};

pub(super) const RULES: [&Rule; 2] = [&FIGURE, &WORDS];

const WHOLE: &str = "translate the quoted words and no others, or quote the words that say it";

/// A translation and where it stands.
struct Rendering<'a> {
    file: &'a str,
    /// Bytes of the file in which `words` stands (its own bytes, or the string that holds them).
    span: std::ops::Range<usize>,
    words: &'a str,
}

/// Checks the translations of a policy's targets and facts; gives how many were compared.
pub(super) fn targets(site: &Site, policy: usize, figures: &[Arc<Figures>], problems: &mut Vec<Problem>) -> usize {
    let p = &site.policies[policy];
    let file = format!("content/policies/{}/targets.toml", p.id);
    let targets = p.targets.iter().map(|t| (&t.target, t.quote)).chain(p.facts.iter().map(|f| (&f.fact, f.quote)));
    let mut compared = 0;
    for (target, quote) in targets {
        if let Some(words) = &target.quote_en {
            compared += 1;
            let rendering = Rendering { file: &file, span: words.span(), words: words.get_ref() };
            rendering.check(site, quote, figures, problems);
        }
    }
    compared
}

/// Checks the translations of a digest's notes; gives how many were compared.
pub(super) fn notes(
    site: &Site,
    digest: &LinkedDigest,
    figures: &[Arc<Figures>],
    problems: &mut Vec<Problem>,
) -> usize {
    let mut compared = 0;
    let note_of: BTreeMap<&str, usize> =
        digest.digest.citations.iter().zip(&digest.note_of).map(|(c, n)| (c.label.as_str(), *n)).collect();
    for note in &digest.digest.footnotes {
        let Some(n) = note_of.get(note.label.as_str()) else { continue };
        if let Evidence::Quote(span) = &digest.notes[*n].evidence
            && !note.translation.is_empty()
        {
            compared += 1;
            let rendering =
                Rendering { file: &digest.digest.file, span: note.translation_span.clone(), words: &note.translation };
            rendering.check(site, *span, figures, problems);
        }
    }
    compared
}

impl Rendering<'_> {
    fn check(&self, site: &Site, span: SpanRef, figures: &[Arc<Figures>], problems: &mut Vec<Problem>) {
        let quoted = Quoted::new(site, span);
        let said = &figures[span.policy].said(span.span).said;
        let words = quoted.words();
        let hedged = hedges(words, Lang::Zh);
        let mut source = Said {
            readings: said.readings.clone(),
            years: said.years.clone(),
            numbers: said.numbers.clone(),
            doubles: said.doubles,
            ..Said::default()
        };
        if !hedged {
            // A hedge that stands before the quote is not the translation's to say.
            for reading in &mut source.readings {
                reading.commitment = Commitment::Firm;
            }
        }
        let ours = Text::read(self.words, Lang::En);
        for reading in &ours.said.readings {
            let said = &self.words[reading.span.clone()];
            match find(&ours, reading, &source) {
                Match::Same | Match::Name => {}
                Match::None => {
                    let problem = FIGURE.problem(format!("the quote does not say {said}"));
                    problems.push(self.at(problem, words).help(WHOLE));
                }
                Match::Bound(theirs) => problems.push(
                    self.at(WORDS.problem(format!("the quote binds {said} as `{}`", bound(theirs))), words)
                        .help(format!("write it as {}", bound_words(theirs, Lang::En))),
                ),
                Match::Hedge(theirs) => {
                    let problem = WORDS.problem(format!("the quote is `{}` where it says {said}", serde_word(&theirs)));
                    problems.push(self.at(problem, words).help(hedge_words(theirs == Commitment::Firm, Lang::En)));
                }
            }
        }
        for (serial, range) in &ours.serials {
            if !source.numbers.contains(serial) {
                let problem = FIGURE.problem(format!("the quote has no number {}", &self.words[range.clone()]));
                problems.push(self.at(problem, words).help(WHOLE));
            }
        }
        for reading in &source.readings {
            let one = reading.low == reading.high && reading.low.whole() == Some(1);
            // In a row the sign may stand in another cell.
            let bare = words.contains('|') && ours.said.numbers.contains(&reading.low);
            let stands = ours.said.readings.iter().any(|r| super::said::same_value(r, reading));
            let missing = !one && !bare && !stands && !named(reading, &ours.said);
            if missing {
                let problem = FIGURE.problem(format!("the translation leaves out {}", shown(reading)));
                problems.push(self.at(problem, words).help("say it as the quote does"));
            }
        }
        for year in source.years.iter().filter(|y| !ours.said.dates(**y)) {
            let problem = FIGURE.problem(format!("the translation leaves out the year {year}"));
            problems.push(self.at(problem, words).help("say it as the quote does"));
        }
        // A row says the years of its header, “十四五” those of a plan; its translation may say them too.
        let around = if quoted.is_row() { quoted.years_around() } else { plan_years(words) };
        for year in ours.said.years.difference(&source.years).filter(|y| !around.contains(y)) {
            let problem = FIGURE.problem(format!("the quote does not name the year {year}"));
            problems.push(self.at(problem, words).help(WHOLE));
        }
    }

    fn at(&self, problem: Problem, quote: &str) -> Problem {
        problem.at(self.file, self.span.clone()).label(format!("the quote: {quote}"))
    }
}
