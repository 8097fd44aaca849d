//! `missing-translation`: everything that a reader sees stands in both languages.

use super::graver_unless_draft;
use crate::content::fields::{Bilingual, Lang};
use crate::content::{Content, PolicyContent};
use crate::diagnostic::Problem;

/// What stands beside the policies.
pub(super) fn across(content: &Content) -> Vec<Problem> {
    let mut problems = Vec::new();
    let settings = &content.settings;
    pair(&settings.title, "the site's title", "site.toml", 0..0, false, &mut problems);
    for (kind, entry) in &settings.kinds {
        pair(&entry.name, &format!("the name of the kind `{kind}`"), "site.toml", 0..0, false, &mut problems);
    }
    for (id, place) in content.places.iter() {
        let entity = &place.value.entity;
        pair(
            &entity.name,
            &format!("the name of `{id}`"),
            &place.file,
            place.span.clone(),
            entity.draft,
            &mut problems,
        );
        prose(&place.value.prose, &place.file, entity.draft, &mut problems);
    }
    for (id, topic) in content.topics.iter() {
        let entity = &topic.value.entity;
        pair(
            &entity.name,
            &format!("the name of `{id}`"),
            &topic.file,
            topic.span.clone(),
            entity.draft,
            &mut problems,
        );
        prose(&topic.value.prose, &topic.file, entity.draft, &mut problems);
    }
    for page in content.guide.iter() {
        prose(&page.prose, &format!("{}.toml", page.stem), false, &mut problems);
    }
    for (id, agency) in content.agencies.iter() {
        let name = format!("the name of `{id}`");
        pair(&agency.value.name, &name, &agency.file, agency.span.clone(), agency.value.draft, &mut problems);
    }
    for (id, indicator) in content.indicators.iter() {
        let name = format!("the name of `{id}`");
        pair(&indicator.value.name, &name, &indicator.file, indicator.span.clone(), false, &mut problems);
    }
    for (id, term) in content.terms.iter() {
        if term.value.en.is_empty() {
            let problem = missing(Lang::En, &format!("the term `{id}`")).at(&term.file, term.span.clone());
            problems.push(problem.help("add en = \"…\""));
        }
    }
    problems
}

/// A policy.
pub(super) fn policy(policy: &PolicyContent) -> Vec<Problem> {
    let mut all = Vec::new();
    let problems = &mut all;
    let record = &policy.record;
    let draft = record.draft;
    let file = policy.record_file();
    pair(&record.title.full(), "the title", &file, 0..0, draft, problems);
    if let Some(short) = &record.title.short {
        pair(short, "the short title", &file, 0..0, draft, problems);
    }
    for change in &record.change {
        let words = Bilingual { zh: change.zh.clone(), en: change.en.clone() };
        pair(&words, "the change", &file, 0..0, draft, problems);
    }
    for lang in Lang::BOTH {
        if policy.digests[lang.index()].is_none() {
            let path = format!("{}digest.{}.md", policy.folder, lang.code());
            let problem =
                Problem::error("missing-translation", format!("`{}` has no digest in {}", policy.id, name(lang)))
                    .in_file(&path)
                    .help(format!("write {path}"));
            problems.push(graver_unless_draft(problem, draft));
        }
    }
    let file = policy.targets_file();
    for target in policy.targets.targets.iter().chain(&policy.targets.facts) {
        let entry = &**target;
        let draft = draft || !entry.reviewed;
        let id = entry.id.get_ref();
        let at = entry.id.span();
        pair(&entry.measure, &format!("the measure of `{id}`"), &file, at.clone(), draft, problems);
        for (words, what) in [(&entry.scope, "scope"), (&entry.per, "per"), (&entry.note, "note")] {
            if let Some(words) = words {
                pair(words, &format!("the {what} of `{id}`"), &file, at.clone(), draft, problems);
            }
        }
        if entry.quote_en.as_ref().is_none_or(|q| q.get_ref().trim().is_empty()) {
            let problem = missing(Lang::En, &format!("the quote of `{id}`")).at(&file, at).help("add quote_en = \"…\"");
            problems.push(graver_unless_draft(problem, draft));
        }
    }
    for derived in &policy.targets.derived {
        let what = format!("the measure of `{}`", derived.id.get_ref());
        pair(&derived.measure, &what, &file, derived.id.span(), draft, problems);
    }
    all
}

fn prose<T>(prose: &[Option<T>; 2], file: &str, draft: bool, problems: &mut Vec<Problem>) {
    let [zh, en] = [prose[0].is_some(), prose[1].is_some()];
    if zh != en {
        let lang = if zh { Lang::En } else { Lang::Zh };
        let path = file.replace(".toml", &format!(".{}.md", lang.code()));
        let problem = Problem::error("missing-translation", format!("the prose is missing in {}", name(lang)))
            .in_file(&path)
            .help(format!("write {path}"));
        problems.push(graver_unless_draft(problem, draft));
    }
}

fn pair(
    words: &Bilingual,
    what: &str,
    file: &str,
    at: std::ops::Range<usize>,
    draft: bool,
    problems: &mut Vec<Problem>,
) {
    for lang in Lang::BOTH {
        if words.get(lang).trim().is_empty() {
            let problem = missing(lang, what).at(file, at.clone()).help(format!("add {} = \"…\"", lang.code()));
            problems.push(graver_unless_draft(problem, draft));
        }
    }
}

fn missing(lang: Lang, what: &str) -> Problem {
    Problem::error("missing-translation", format!("{what} is missing in {}", name(lang)))
}

fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "Chinese",
        Lang::En => "English",
    }
}
