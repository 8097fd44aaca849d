//! Putting a site together from what was found, in order.

use std::collections::BTreeMap;

use toml::Spanned;

use super::concord::{self, Concord};
use super::evidence::{Pending, Spans};
use super::look::{Looked, LookedDigest, NoteKind};
use super::{
    Entity, Evidence, Ids, LinkedDigest, LinkedFact, LinkedGuide, LinkedPlace, LinkedTarget, LinkedTopic, Named, Note,
    Policy, Relation, Site, TargetRef,
};
use crate::content::Content;
use crate::content::fields::Lang;
use crate::content::markdown::Digest;
use crate::content::targets::{Outcome, Target};
use crate::quantity::Number;
use crate::quantity::display::{Figure, show};
use crate::source::SourceText;

/// Puts a site together from what was found. `None` only if a target's parts are missing, which the
/// problems have said.
pub(super) fn assemble(
    content: Content,
    ids: Ids,
    sources: Vec<SourceText>,
    looked: Vec<Looked>,
    prose: Vec<(Entity, Looked)>,
    guide: Vec<Looked>,
    today: jiff::civil::Date,
) -> Option<Site> {
    let mut spans = Spans::new(sources.len());
    let mut collect = |l: &Looked| -> Vec<Pending> {
        l.quotes.iter().map(|(policy, found, by)| spans.add(*policy, found, by.clone())).collect()
    };
    let pending: Vec<Vec<Pending>> = looked.iter().map(&mut collect).collect();
    let prose_pending: Vec<Vec<Pending>> = prose.iter().map(|(_, l)| collect(l)).collect();
    let guide_pending: Vec<Vec<Pending>> = guide.iter().map(&mut collect).collect();

    let linked_digest = |digest: Digest, looked: LookedDigest, pending: &[Pending]| {
        let notes = looked
            .notes
            .into_iter()
            .filter_map(|(kind, quote, translation)| {
                let span = quote.map(|q| spans.index(pending[q]));
                let evidence = match (kind, span) {
                    (NoteKind::Quote, Some(span)) => Evidence::Quote(span),
                    (NoteKind::Target(at), Some(span)) => Evidence::Target(at, span),
                    (NoteKind::Fact(at), Some(span)) => Evidence::Fact(at, span),
                    (NoteKind::Derived(policy, at), _) => Evidence::Derived(policy, at),
                    _ => return None,
                };
                Some(Note { evidence, translation })
            })
            .collect();
        LinkedDigest { digest, notes, note_of: looked.note_of }
    };

    let mut policies = Vec::with_capacity(sources.len());
    let parts = content.policies.into_values().zip(sources).zip(looked).zip(&pending);
    for (index, (((policy, source), mut looked), pending)) in parts.enumerate() {
        let mut digests = policy.digests;
        let linked = Lang::BOTH.map(|lang| {
            let digest = digests[lang.index()].take()?;
            Some(linked_digest(digest, looked.digests[lang.index()].take()?, pending))
        });
        let figure = |t: &Target, ends: (Number, Number)| {
            show(&Figure {
                bound: *t.bound.get_ref(),
                low: ends.0,
                high: ends.1,
                unit: t.unit.get_ref(),
                basis: t.basis(),
            })
        };
        let mut targets: Vec<Target> = policy.targets.targets.into_iter().map(Spanned::into_inner).collect();
        if looked.targets.len() != targets.len() {
            return None;
        }
        let mut outcomes: Vec<Outcome> = policy.targets.outcomes.into_iter().map(Spanned::into_inner).collect();
        outcomes.sort_by_key(|o| o.as_of);
        let mut targets: Vec<LinkedTarget> = targets
            .drain(..)
            .zip(looked.targets)
            .map(|(target, l)| LinkedTarget {
                display: figure(&target, l.ends),
                quote: spans.index(pending[l.quote]),
                place: l.place,
                topics: l.topics,
                ends: l.ends,
                same_as: l.same_as,
                repeated_by: Vec::new(),
                indicator: l.indicator,
                due_from: l.due_from.map(|q| spans.index(pending[q])),
                baseline: l.baseline.map(|q| spans.index(pending[q])),
                outcomes: outcomes.iter().filter(|o| o.target.get_ref() == target.id.get_ref()).cloned().collect(),
                target,
            })
            .collect();
        for target in 0..targets.len() {
            if let Some(first) = targets[target].same_as {
                targets[first.target].repeated_by.push(TargetRef { policy: index, target });
            }
        }
        let facts: Vec<Target> = policy.targets.facts.into_iter().map(Spanned::into_inner).collect();
        let facts = looked
            .facts
            .into_iter()
            .map(|l| {
                let fact = facts[l.index].clone();
                LinkedFact {
                    display: figure(&fact, l.ends),
                    quote: spans.index(pending[l.quote]),
                    due_from: l.due_from.map(|q| spans.index(pending[q])),
                    ends: l.ends,
                    fact,
                }
            })
            .collect();
        let (own, block_spans) = spans.of(index, &source);
        policies.push(Policy {
            id: policy.id,
            record: policy.record,
            place: looked.place,
            issuer: looked.issuer,
            topics: looked.topics,
            source,
            digests: linked,
            targets,
            facts,
            derived: policy.targets.derived.into_iter().map(Spanned::into_inner).collect(),
            waivers: policy
                .targets
                .waivers
                .into_iter()
                .map(Spanned::into_inner)
                .zip(looked.waivers)
                .filter_map(|(waiver, quote)| Some((waiver, spans.index(pending[quote?]))))
                .collect(),
            spans: own,
            block_spans,
            relations: looked.relations,
            related_from: Vec::new(),
        });
    }
    let relations: Vec<(usize, Relation, usize)> = policies
        .iter()
        .enumerate()
        .flat_map(|(from, p)| p.relations.iter().map(move |(relation, to)| (from, *relation, *to)))
        .collect();
    for (from, relation, to) in relations {
        policies[to].related_from.push((relation, from));
    }

    let mut prose_of: BTreeMap<Entity, (Looked, &Vec<Pending>)> =
        prose.into_iter().zip(&prose_pending).map(|((entity, looked), pending)| (entity, (looked, pending))).collect();
    let mut take_prose = |entity: Entity, mut prose: [Option<Digest>; 2]| {
        let (mut looked, pending) = prose_of.remove(&entity).unwrap_or_else(|| (Looked::default(), &EMPTY));
        Lang::BOTH
            .map(|lang| Some(linked_digest(prose[lang.index()].take()?, looked.digests[lang.index()].take()?, pending)))
    };
    let mut places: Vec<LinkedPlace> = content
        .places
        .into_iter()
        .enumerate()
        .map(|(i, (id, place))| LinkedPlace {
            parent: place.value.entity.parent.as_ref().and_then(|p| ids.of_kind("place", p.get_ref()).ok()),
            prose: take_prose(Entity::Place(i), place.value.prose),
            place: place.value.entity,
            id,
            children: Vec::new(),
            policies: Vec::new(),
            targets: Vec::new(),
        })
        .collect();
    let topics = content
        .topics
        .into_iter()
        .enumerate()
        .map(|(i, (id, topic))| LinkedTopic {
            prose: take_prose(Entity::Topic(i), topic.value.prose),
            topic: topic.value.entity,
            id,
        })
        .collect();
    let pages = content.guide.into_iter().zip(guide).zip(&guide_pending);
    let guide = pages
        .map(|((page, mut looked), pending)| {
            let mut prose = page.prose;
            LinkedGuide {
                slug: page.slug,
                prose: Lang::BOTH.map(|lang| {
                    let digest = prose[lang.index()].take()?;
                    Some(linked_digest(digest, looked.digests[lang.index()].take()?, pending))
                }),
            }
        })
        .collect();
    for i in 0..places.len() {
        if let Some(parent) = places[i].parent {
            places[parent].children.push(i);
        }
    }
    let mut newest: Vec<usize> = (0..policies.len()).collect();
    newest.sort_by_key(|&i| (std::cmp::Reverse(policies[i].record.issued), policies[i].id.clone()));
    for &i in &newest {
        places[policies[i].place].policies.push(i);
    }
    let mut timeline: Vec<TargetRef> = policies
        .iter()
        .enumerate()
        .flat_map(|(policy, p)| (0..p.targets.len()).map(move |target| TargetRef { policy, target }))
        .collect();
    timeline.sort_by_key(|at| {
        let target = &policies[at.policy].targets[at.target];
        let due = target.target.due.as_ref().map_or(i16::MAX, |d| *d.get_ref());
        (due, target.place, *at)
    });
    for at in &timeline {
        places[policies[at.policy].targets[at.target].place].targets.push(*at);
    }
    let mut changes: Vec<(usize, usize)> = policies
        .iter()
        .enumerate()
        .flat_map(|(p, policy)| (0..policy.record.change.len()).map(move |c| (p, c)))
        .collect();
    changes.sort_by_key(|&(p, c)| (std::cmp::Reverse(policies[p].record.change[c].date), p, c));
    let quote_count = policies.iter().map(|p| p.spans.len()).sum();
    let named = |(id, value)| Named { id, value };
    let mut site = Site {
        settings: content.settings,
        today,
        policies,
        newest,
        places,
        topics,
        agencies: content.agencies.into_iter().map(|(id, d)| (id, d.value)).map(named).collect(),
        indicators: content.indicators.into_iter().map(|(id, d)| Named { id, value: d.value }).collect(),
        terms: content.terms.into_iter().map(|(id, d)| Named { id, value: d.value }).collect(),
        guide,
        ids,
        timeline,
        changes,
        quote_count,
        concord: Concord::default(),
    };
    site.concord = concord::build(&site);
    Some(site)
}

static EMPTY: Vec<Pending> = Vec::new();
