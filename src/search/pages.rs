//! What there is to find.

use rayon::prelude::*;

use super::{Kind, Page, Segment};
use crate::content::fields::Lang;
use crate::content::markdown::{Block, BlockKind, Inline};
use crate::render::urls::{self, Urls};
use crate::site::{Entity, LinkedDigest, Policy, Site, TargetRef};

fn segment(anchor: impl Into<String>, parts: &[&str]) -> Segment {
    let parts: Vec<&str> = parts.iter().copied().filter(|p| !p.is_empty()).collect();
    Segment { anchor: anchor.into(), text: parts.join(" · ") }
}

/// A page's address below the language's folder.
fn below(url: &str, lang: Lang) -> String {
    url.strip_prefix(&format!("{}/", lang.code())).unwrap_or(url).to_owned()
}

/// The source texts, newest first. They are the same in both languages, but for their titles.
pub(super) fn sources(site: &Site) -> Vec<Page> {
    site.newest
        .par_iter()
        .map(|&i| {
            let policy = &site.policies[i];
            Page {
                url: below(&urls::source(&policy.id, Lang::Zh), Lang::Zh),
                title: policy.record.title.zh.clone(),
                kind: Kind::Source,
                place: Some(policy.place),
                topics: policy.topics.clone(),
                segments: policy
                    .source
                    .blocks
                    .iter()
                    .map(|b| Segment { anchor: b.anchor.to_string(), text: b.text.clone() })
                    .collect(),
            }
        })
        .collect()
}

/// The pages of one language, by kind; policies and their targets newest first.
pub(super) fn of_language(site: &Site, lang: Lang) -> Vec<Page> {
    let mut out: Vec<Page> = Vec::new();
    let name = |entity: Entity, lang: Lang| site.name(entity, lang);
    let page = |entity: Entity, kind: Kind, segments: Vec<Segment>| {
        let url = Urls::default().entity(site, entity, lang);
        let (url, _) = url.split_once('#').unwrap_or((&url, ""));
        Page {
            url: below(url, lang),
            title: name(entity, lang).to_owned(),
            kind,
            place: None,
            topics: Vec::new(),
            segments,
        }
    };
    for (i, named) in site.terms.iter().enumerate() {
        let term = &named.value;
        let (variants, avoid) = (term.variants.join(", "), term.avoid.join(", "));
        let note = term.note.as_ref().map_or("", |n| n.get(lang));
        let words = segment(format!("term-{}", named.id), &[&term.zh, &term.en, &variants, note, &avoid]);
        out.push(page(Entity::Term(i), Kind::Term, vec![words]));
    }
    for (i, place) in site.places.iter().enumerate() {
        let aliases = [place.place.aliases.zh.join("、"), place.place.aliases.en.join(", ")];
        let entity = Entity::Place(i);
        let mut segments =
            vec![segment("", &[name(entity, lang), name(entity, lang.other()), &aliases[0], &aliases[1]])];
        segments.extend(place.prose[lang.index()].iter().flat_map(|d| units(site, d, lang)));
        out.push(Page { place: Some(i), ..page(entity, Kind::Place, segments) });
    }
    for (i, topic) in site.topics.iter().enumerate() {
        let aliases = [topic.topic.aliases.zh.join("、"), topic.topic.aliases.en.join(", ")];
        let entity = Entity::Topic(i);
        let mut segments = vec![
            segment("", &[name(entity, lang), name(entity, lang.other())]),
            segment("names", &[&aliases[0], &aliases[1]]),
        ];
        segments.extend(topic.prose[lang.index()].iter().flat_map(|d| units(site, d, lang)));
        out.push(Page { topics: vec![i], ..page(entity, Kind::Topic, segments) });
    }
    for (i, indicator) in site.indicators.iter().enumerate() {
        let entity = Entity::Indicator(i);
        let note = indicator.value.note.as_ref().map_or("", |n| n.get(lang));
        let words = segment("", &[name(entity, lang), name(entity, lang.other()), note]);
        out.push(page(entity, Kind::Indicator, vec![words]));
    }
    for (i, agency) in site.agencies.iter().enumerate() {
        let entity = Entity::Agency(i);
        let aliases = [agency.value.aliases.zh.join("、"), agency.value.aliases.en.join(", ")];
        let words = segment("", &[name(entity, lang), name(entity, lang.other()), &aliases[0], &aliases[1]]);
        let place = site.concord.agency_place(site, i);
        out.push(Page { place, ..page(entity, Kind::Agency, vec![words]) });
    }
    let policies: Vec<(Vec<Page>, Option<Page>)> =
        site.newest.par_iter().map(|&i| (targets(site, i, lang), digest(site, i, lang))).collect();
    let (targets, digests): (Vec<_>, Vec<_>) = policies.into_iter().unzip();
    out.extend(targets.into_iter().flatten());
    out.extend(digests.into_iter().flatten());
    out
}

fn targets(site: &Site, index: usize, lang: Lang) -> Vec<Page> {
    let policy = &site.policies[index];
    let short = site.name(Entity::Policy(index), lang);
    policy
        .targets
        .iter()
        .enumerate()
        .map(|(n, linked)| {
            let target = &linked.target;
            let at = TargetRef { policy: index, target: n };
            let due = target.due.as_ref().map(|d| d.get_ref().to_string()).unwrap_or_default();
            let scope = target.scope.as_ref().map_or("", |s| s.get(lang));
            let note = target.note.as_ref().map_or("", |n| n.get(lang));
            let translation = target.quote_en.as_ref().filter(|_| lang == Lang::En).map_or("", |q| q.get_ref());
            let place = site.name(Entity::Place(linked.place), lang);
            let words = segment(
                "",
                &[
                    target.measure.get(lang),
                    linked.display.get(lang),
                    &due,
                    scope,
                    place,
                    short,
                    translation,
                    site.quoted(linked.quote),
                    note,
                    target.measure.get(lang.other()),
                ],
            );
            Page {
                url: below(&urls::target(site, at, lang), lang),
                title: target.measure.get(lang).to_owned(),
                kind: Kind::Target,
                place: Some(linked.place),
                topics: linked.topics.clone(),
                segments: vec![words],
            }
        })
        .collect()
}

fn digest(site: &Site, index: usize, lang: Lang) -> Option<Page> {
    let policy: &Policy = &site.policies[index];
    let digest = policy.digests[lang.index()].as_ref()?;
    let title = policy.record.title.full();
    let mut segments = vec![segment(
        "",
        &[
            site.name(Entity::Policy(index), lang),
            title.get(lang),
            title.get(lang.other()),
            site.name(Entity::Place(policy.place), lang),
            site.name(Entity::Agency(policy.issuer), lang),
            &policy.record.number,
        ],
    )];
    segments.extend(units(site, digest, lang));
    Some(Page {
        url: below(&urls::policy(&policy.id, lang), lang),
        title: site.name(Entity::Policy(index), lang).to_owned(),
        kind: Kind::Digest,
        place: Some(policy.place),
        topics: policy.topics.clone(),
        segments,
    })
}

/// Paragraphs, items and rows of a digest under the headings that they stand under, and its notes.
fn units(site: &Site, digest: &LinkedDigest, lang: Lang) -> Vec<Segment> {
    let mut out = Vec::new();
    let mut heading = String::new();
    for block in &digest.digest.blocks {
        if let BlockKind::Heading { id, .. } = &block.kind {
            heading.clone_from(id);
        }
        unit(site, block, lang, &heading, &mut out);
    }
    for (n, note) in digest.notes.iter().enumerate() {
        let quote = note.evidence.span().map_or("", |s| site.quoted(s));
        let translation = if lang == Lang::En { note.translation.as_str() } else { "" };
        if !quote.is_empty() || !translation.is_empty() {
            out.push(segment(format!("note-{}", n + 1), &[translation, quote]));
        }
    }
    out
}

fn unit(site: &Site, block: &Block, lang: Lang, heading: &str, out: &mut Vec<Segment>) {
    let mut push = |text: String| {
        if !text.is_empty() {
            out.push(Segment { anchor: heading.to_owned(), text });
        }
    };
    match &block.kind {
        BlockKind::Heading { words, .. } | BlockKind::Paragraph(words) => push(text(site, words, lang)),
        BlockKind::Table { header, rows, .. } => {
            for row in std::iter::once(header).chain(rows) {
                let cells: Vec<String> = row.iter().map(|c| text(site, c, lang)).collect();
                push(cells.join(" · "));
            }
        }
        BlockKind::List { items, .. } => items.iter().flatten().for_each(|b| unit(site, b, lang, heading, out)),
        BlockKind::Quotation(blocks) => blocks.iter().for_each(|b| unit(site, b, lang, heading, out)),
        BlockKind::Code { text, .. } => push(text.clone()),
        BlockKind::Rule => {}
    }
}

/// The words of inlines as the page shows them, without the numbers of citations.
fn text(site: &Site, inlines: &[Inline], lang: Lang) -> String {
    let mut out = String::new();
    crate::site::concord::words(site, inlines, lang, &mut out, &mut Vec::new());
    out
}

/// What a term is called in the other language: for each comparison form of what a reader may type, the
/// words to look for on pages of `lang`.
pub(super) fn translations(site: &Site, lang: Lang) -> Vec<(String, Vec<String>)> {
    let mut out: Vec<(String, Vec<String>)> = Vec::new();
    let mut add = |from: &str, to: Vec<String>| {
        let from = super::tokens::key(from);
        let to: Vec<String> = to.into_iter().filter(|t| !t.is_empty() && super::tokens::key(t) != from).collect();
        if !from.is_empty() && !to.is_empty() {
            out.push((from, to));
        }
    };
    for named in site.terms.iter() {
        let term = &named.value;
        let english: Vec<String> = std::iter::once(&term.en).chain(&term.variants).cloned().collect();
        // In both languages sources are searched too, so both directions are of use everywhere.
        match lang {
            Lang::En => add(&term.zh, english.clone()),
            Lang::Zh => {}
        }
        for word in &english {
            add(word, vec![term.zh.clone()]);
        }
    }
    let named = (0..site.places.len())
        .map(Entity::Place)
        .chain((0..site.topics.len()).map(Entity::Topic))
        .chain((0..site.agencies.len()).map(Entity::Agency))
        .chain((0..site.indicators.len()).map(Entity::Indicator));
    for entity in named {
        let [zh, en] = Lang::BOTH.map(|l| site.name(entity, l).to_owned());
        let (aliases_zh, aliases_en) = match entity {
            Entity::Place(i) => (&site.places[i].place.aliases.zh, &site.places[i].place.aliases.en),
            Entity::Topic(i) => (&site.topics[i].topic.aliases.zh, &site.topics[i].topic.aliases.en),
            Entity::Agency(i) => (&site.agencies[i].value.aliases.zh, &site.agencies[i].value.aliases.en),
            _ => (&EMPTY, &EMPTY),
        };
        if lang == Lang::En {
            for word in std::iter::once(&zh).chain(aliases_zh) {
                add(word, vec![en.clone()]);
            }
        }
        // A short Chinese name finds the long one too.
        let chinese: Vec<String> = std::iter::once(&zh).chain(aliases_zh.iter().take(3)).cloned().collect();
        for word in std::iter::once(&en).chain(aliases_en) {
            add(word, chinese.clone());
        }
    }
    out.sort();
    out.dedup_by(|later, first| {
        let same = later.0 == first.0;
        if same {
            let more: Vec<String> = later.1.drain(..).filter(|w| !first.1.contains(w)).collect();
            first.1.extend(more);
        }
        same
    });
    out
}

static EMPTY: Vec<String> = Vec::new();
