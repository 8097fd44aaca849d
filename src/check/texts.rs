//! Our prose in TOML files and footnotes, under the rules of [`prose`](super::prose).

use std::ops::Range;

use super::prose;
use crate::content::entities::{Agency, Indicator, Term};
use crate::content::fields::{Bilingual, Lang};
use crate::diagnostic::Problem;
use crate::kept::Same;
use crate::read::Tree;
use crate::site::{LinkedDigest, LinkedPlace, LinkedTopic, Named, Site};

/// Words of a policy's record and targets.
pub(super) fn policy(site: &Site, index: usize, tree: &Tree, problems: &mut Vec<Problem>) {
    let p = &site.policies[index];
    let record = format!("content/policies/{}/policy.toml", p.id);
    let targets = format!("content/policies/{}/targets.toml", p.id);
    let both = |words: &Bilingual, file: &str, at: &Range<usize>, problems: &mut Vec<Problem>| {
        for lang in Lang::BOTH {
            whole(words.get(lang), lang, file, at, tree, problems);
        }
    };
    both(&p.record.title.brief(), &record, &(0..0), problems);
    for change in &p.record.change {
        both(&Bilingual { zh: change.zh.clone(), en: change.en.clone() }, &record, &(0..0), problems);
    }
    for target in p.targets.iter().map(|t| &t.target).chain(p.facts.iter().map(|f| &f.fact)) {
        let at = target.id.span();
        let words = [Some(&target.measure), target.scope.as_ref(), target.per.as_ref(), target.note.as_ref()];
        for words in words.into_iter().flatten() {
            both(words, &targets, &at, problems);
        }
        if let Some(quote) = &target.quote_en {
            whole(quote.get_ref(), Lang::En, &targets, &quote.span(), tree, problems);
        }
    }
    for (waiver, _) in &p.waivers {
        both(&waiver.reason, &targets, &waiver.figure.span(), problems);
    }
}

/// What the names and notes of entities are, with their files.
pub(super) type EntitiesKey = (
    Same<Vec<LinkedPlace>>,
    Same<Vec<LinkedTopic>>,
    Same<Vec<Named<Agency>>>,
    Same<Vec<Named<Indicator>>>,
    Same<Vec<Named<Term>>>,
);

/// The names and notes of a site's entities.
pub(super) fn entities_key(site: &Site) -> EntitiesKey {
    (
        Same::of(&site.places),
        Same::of(&site.topics),
        Same::of(&site.agencies),
        Same::of(&site.indicators),
        Same::of(&site.terms),
    )
}

/// Names and notes of entities.
pub(super) fn entities(site: &Site, tree: &Tree) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut both = |words: &Bilingual, file: &str| {
        for lang in Lang::BOTH {
            whole(words.get(lang), lang, file, &(0..0), tree, &mut problems);
        }
    };
    for place in site.places.iter() {
        both(&place.place.name, &format!("content/places/{}.toml", place.id));
    }
    for topic in site.topics.iter() {
        both(&topic.topic.name, &format!("content/topics/{}.toml", topic.id));
    }
    for agency in site.agencies.iter() {
        both(&agency.value.name, "content/agencies.toml");
    }
    for indicator in site.indicators.iter() {
        both(&indicator.value.name, "content/indicators.toml");
        if let Some(note) = &indicator.value.note {
            both(note, "content/indicators.toml");
        }
    }
    for note in site.terms.iter().filter_map(|t| t.value.note.as_ref()) {
        both(note, "content/glossary.toml");
    }
    problems
}

/// Our translations in footnotes.
pub(super) fn translations(digest: &LinkedDigest, problems: &mut Vec<Problem>) {
    for note in &digest.digest.footnotes {
        let span = note.translation_span.clone();
        prose::words(&note.translation, Lang::En, &digest.digest.file, &|_| span.clone(), problems);
    }
}

/// Checks words that stand in a file as one string: at the words themselves if they stand there once as
/// they are, else at `fallback`.
fn whole(words: &str, lang: Lang, file: &str, fallback: &Range<usize>, tree: &Tree, problems: &mut Vec<Problem>) {
    let mut found = Vec::new();
    prose::words(words, lang, file, &|range| range, &mut found);
    if found.is_empty() {
        return;
    }
    let text = tree.text(file).and_then(Result::ok).unwrap_or_default();
    let base = text.get(fallback.start..).and_then(|rest| rest.find(words)).map(|i| fallback.start + i);
    for mut problem in found {
        if let Some(place) = &mut problem.place {
            place.span = match base {
                Some(base) => base + place.span.start..base + place.span.end,
                None => fallback.clone(),
            };
        }
        problems.push(problem);
    }
}
