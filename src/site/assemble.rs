//! Putting one policy, or one piece of prose, together from what was found.

use std::sync::Arc;

use super::look::{Looked, LookedDigest, NoteKind, Quoted};
use super::spans::Spans;
use super::{Evidence, LinkedDigest, LinkedFact, LinkedTarget, Note, Policy, Prose, Relation, SpanRef, TargetRef};
use crate::content::PolicyContent;
use crate::content::fields::Lang;
use crate::content::markdown::Digest;
use crate::content::targets::{Outcome, Target};
use crate::quantity::Number;
use crate::quantity::display::{Figure, show};
use crate::source::SourceText;

/// What a policy is put together from.
pub(super) struct Parts<'a> {
    pub(super) index: usize,
    pub(super) content: &'a PolicyContent,
    pub(super) source: &'a Arc<SourceText>,
    pub(super) looked: &'a Looked,
    /// The spans of every policy.
    pub(super) spans: &'a [Arc<Spans>],
    pub(super) related_from: &'a [(Relation, usize)],
}

impl Parts<'_> {
    /// The policy. `None` only if a target's parts are missing, which the problems have said.
    pub(super) fn policy(&self) -> Option<Policy> {
        let Parts { index, content, looked, .. } = *self;
        if looked.targets.len() != content.targets.targets.len() {
            return None;
        }
        let at = |quote: usize| span(&looked.quotes[quote], self.spans);
        let facts = looked.facts.iter().map(|l| {
            let fact = Arc::clone(&content.targets.facts[l.index]);
            LinkedFact {
                display: figure(&fact, l.ends),
                quote: at(l.quote),
                due_from: l.due_from.map(at),
                ends: l.ends,
                fact,
            }
        });
        let waivers = content.targets.waivers.iter().zip(&looked.waivers);
        let own = &self.spans[index];
        Some(Policy {
            id: content.id.clone(),
            record: Arc::clone(&content.record),
            place: looked.place,
            issuer: looked.issuer,
            topics: looked.topics.clone(),
            source: Arc::clone(self.source),
            digests: digests(&content.digests, looked, self.spans),
            targets: self.targets(),
            facts: facts.collect(),
            derived: content.targets.derived.clone(),
            waivers: waivers.filter_map(|(w, quote)| Some((Arc::clone(w), at((*quote)?)))).collect(),
            spans: Arc::clone(&own.all),
            block_spans: Arc::clone(&own.by_block),
            relations: looked.relations.clone(),
            related_from: self.related_from.to_vec(),
            cites: looked.others.iter().copied().collect(),
        })
    }

    fn targets(&self) -> Vec<LinkedTarget> {
        let Parts { index, content, looked, .. } = *self;
        let at = |quote: usize| span(&looked.quotes[quote], self.spans);
        let mut outcomes: Vec<Arc<Outcome>> = content.targets.outcomes.clone();
        outcomes.sort_by_key(|o| o.as_of);
        let parts = content.targets.targets.iter().zip(&looked.targets);
        let mut targets: Vec<LinkedTarget> = parts
            .map(|(target, l)| LinkedTarget {
                display: figure(target, l.ends),
                quote: at(l.quote),
                place: l.place,
                topics: l.topics.clone(),
                ends: l.ends,
                same_as: l.same_as,
                repeated_by: Vec::new(),
                indicator: l.indicator,
                due_from: l.due_from.map(at),
                baseline: l.baseline.map(at),
                outcomes: outcomes.iter().filter(|o| o.target.get_ref() == target.id.get_ref()).cloned().collect(),
                target: Arc::clone(target),
            })
            .collect();
        for target in 0..targets.len() {
            if let Some(first) = targets[target].same_as {
                targets[first.target].repeated_by.push(TargetRef { policy: index, target });
            }
        }
        targets
    }
}

/// Prose that is no policy's.
pub(super) fn prose(prose: &[Option<Arc<Digest>>; 2], looked: &Looked, spans: &[Arc<Spans>]) -> Prose {
    Arc::new(digests(prose, looked, spans))
}

fn digests(own: &[Option<Arc<Digest>>; 2], looked: &Looked, spans: &[Arc<Spans>]) -> [Option<LinkedDigest>; 2] {
    Lang::BOTH.map(|lang| {
        let digest = own[lang.index()].as_ref()?;
        Some(linked(digest, looked.digests[lang.index()].as_ref()?, &looked.quotes, spans))
    })
}

fn linked(digest: &Arc<Digest>, looked: &LookedDigest, quotes: &[Quoted], spans: &[Arc<Spans>]) -> LinkedDigest {
    let note = |(kind, quote, translation): &(NoteKind, Option<usize>, String)| {
        let at = quote.map(|q| span(&quotes[q], spans));
        let evidence = match (*kind, at) {
            (NoteKind::Quote, Some(at)) => Evidence::Quote(at),
            (NoteKind::Target(target), Some(at)) => Evidence::Target(target, at),
            (NoteKind::Fact(fact), Some(at)) => Evidence::Fact(fact, at),
            (NoteKind::Derived(policy, derived), _) => Evidence::Derived(policy, derived),
            _ => return None,
        };
        Some(Note { evidence, translation: translation.clone() })
    };
    LinkedDigest {
        digest: Arc::clone(digest),
        notes: looked.notes.iter().filter_map(note).collect(),
        note_of: looked.note_of.clone(),
    }
}

fn span(quote: &Quoted, spans: &[Arc<Spans>]) -> SpanRef {
    SpanRef { policy: quote.policy, span: spans[quote.policy].index(&quote.found) }
}

fn figure(target: &Target, ends: (Number, Number)) -> crate::content::fields::Bilingual {
    show(&Figure {
        bound: *target.bound.get_ref(),
        low: ends.0,
        high: ends.1,
        unit: target.unit.get_ref(),
        basis: target.basis(),
    })
}
