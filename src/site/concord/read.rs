//! One policy read through: which of its passages name what, and who has to do what.

use std::ops::Range;

use super::offices::Role;
use super::{DigestUse, Lexicon, Passage, Task};
use crate::content::fields::Lang;
use crate::content::markdown::{Block, BlockKind, Inline};
use crate::site::{Entity, Site};

/// What reading one policy gave.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Read {
    /// Passages of the source by what they name, in the order of the text.
    pub(super) passages: Vec<(Entity, Passage)>,
    /// Parts of the digests by what they name, each once.
    pub(super) digests: [Vec<(Entity, DigestUse)>; 2],
    /// Tasks by agency, each once.
    pub(super) tasks: Vec<(usize, Task)>,
    /// Policies whose titles the digests show.
    pub(super) shown: Vec<usize>,
}

pub(super) fn policy(site: &Site, index: usize, lexicon: &Lexicon) -> Read {
    let Lexicon { names, offices, .. } = lexicon;
    let policy = &site.policies[index];
    let mut out = Read::default();
    for (b, block) in policy.source.blocks.iter().enumerate().filter(|(_, b)| b.is_text()) {
        let mut found: Vec<(Entity, Vec<Range<usize>>)> = Vec::new();
        for hit in names[Lang::Zh.index()].find(&block.text) {
            // Who is responsible is no word on a topic.
            if block.notes.iter().any(|n| n.span.start < hit.range.end && hit.range.start < n.span.end) {
                continue;
            }
            match found.last_mut() {
                Some((entity, marks)) if *entity == hit.entity => marks.push(hit.range),
                _ => found.push((hit.entity, vec![hit.range])),
            }
        }
        let passage = |marks: Vec<Range<usize>>| Passage { policy: index, block: b, marks: marks.into() };
        out.passages.extend(found.into_iter().map(|(entity, marks)| (entity, passage(marks))));
        for note in &block.notes {
            let roles =
                [(Role::Lead, &note.leads), (Role::Responsible, &note.responsible), (Role::Support, &note.supporters)];
            for (role, name) in roles.into_iter().flat_map(|(role, list)| list.iter().map(move |n| (role, n))) {
                let Some(agency) = offices.find(site, policy.place, name) else { continue };
                let task = (agency, Task { policy: index, block: b, role });
                let again = out.tasks.iter().rev().take_while(|(_, t)| t.block == b).any(|t| *t == task);
                if !again {
                    out.tasks.push(task);
                }
            }
        }
    }
    for lang in Lang::BOTH {
        let Some(digest) = &policy.digests[lang.index()] else { continue };
        let mut heading = None;
        let list = &mut out.digests[lang.index()];
        for (b, block) in digest.digest.blocks.iter().enumerate() {
            if matches!(block.kind, BlockKind::Heading { .. }) {
                heading = Some(b);
            }
            let by = DigestUse { policy: index, heading };
            each_text(site, block, lang, &mut |text, references| {
                list.extend(references.iter().map(|entity| (*entity, by)));
                out.shown.extend(references.iter().filter_map(|entity| match entity {
                    Entity::Policy(p) => Some(*p),
                    _ => None,
                }));
                list.extend(names[lang.index()].find(text).into_iter().map(|hit| (hit.entity, by)));
            });
        }
        list.sort();
        list.dedup();
    }
    out.shown.sort_unstable();
    out.shown.dedup();
    out
}

/// Gives the words of each paragraph, heading, item and cell of a block, and what they refer to.
fn each_text(site: &Site, block: &Block, lang: Lang, visit: &mut impl FnMut(&str, &[Entity])) {
    let mut inlines = |inlines: &[Inline]| {
        let mut references = Vec::new();
        let mut text = String::new();
        words(site, inlines, lang, &mut text, &mut references);
        visit(&text, &references);
    };
    match &block.kind {
        BlockKind::Heading { words, .. } | BlockKind::Paragraph(words) => inlines(words),
        BlockKind::Table { header, rows, .. } => header.iter().chain(rows.iter().flatten()).for_each(|c| inlines(c)),
        BlockKind::List { items, .. } => {
            items.iter().flatten().for_each(|b| each_text(site, b, lang, visit));
        }
        BlockKind::Quotation(blocks) => blocks.iter().for_each(|b| each_text(site, b, lang, visit)),
        BlockKind::Code { .. } | BlockKind::Rule => {}
    }
}

/// The words of inlines as a page shows them, without the numbers of citations, and what they refer to.
pub(crate) fn words(site: &Site, inlines: &[Inline], lang: Lang, out: &mut String, references: &mut Vec<Entity>) {
    for inline in inlines {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) => {
                words(site, inner, lang, out, references);
            }
            Inline::Link { words: inner, .. } => words(site, inner, lang, out, references),
            Inline::Reference { target, words: own, .. } => {
                // Linking has resolved every reference.
                let entity = site.ids.resolve(target).ok();
                references.extend(entity);
                match (own, entity) {
                    (Some(inner), _) => words(site, inner, lang, out, references),
                    (None, Some(entity)) => out.push_str(site.name(entity, lang)),
                    (None, None) => {}
                }
            }
            Inline::Citation(_) => {}
            Inline::Break => out.push(' '),
        }
    }
}
