//! Looking through one policy, or one piece of prose: every id resolved, every quote found.
//!
//! Policies are looked through in parallel; what each gave is put together in order by
//! [`assemble`](super::assemble).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use toml::Spanned;

use super::citations::Owner;
use super::concord::Translation;
use super::figures::{ends, known_unit, number};
use super::{Ids, Relation, TargetRef, Use, evidence};
use crate::content::fields::{DocumentRef, Lang, Quote};
use crate::content::markdown::Digest;
use crate::content::targets::Target;
use crate::content::{Content, PolicyContent};
use crate::diagnostic::{Batch, Problem};
use crate::quantity::Number;
use crate::source::SourceText;
use crate::source::quote::Found;

/// What looking through one policy, or one piece of prose, gave.
#[derive(Debug, Default)]
pub(super) struct Looked {
    /// Problems, while looking.
    pub(super) problems: Vec<Problem>,
    /// The same, when done.
    pub(super) reported: Batch,
    /// Quotes found, in order.
    pub(super) quotes: Vec<Quoted>,
    /// Other policies whose entries or sources were looked into, found or not.
    pub(super) others: BTreeSet<usize>,
    pub(super) place: usize,
    pub(super) issuer: usize,
    pub(super) topics: Vec<usize>,
    pub(super) relations: Vec<(Relation, usize)>,
    pub(super) targets: Vec<LookedTarget>,
    pub(super) facts: Vec<LookedTarget>,
    /// For each waiver: index into `quotes`.
    pub(super) waivers: Vec<Option<usize>>,
    pub(super) digests: [Option<LookedDigest>; 2],
}

impl Looked {
    /// What was found, to be shared.
    pub(super) fn done(mut self) -> Arc<Self> {
        self.reported = std::mem::take(&mut self.problems).into();
        Arc::new(self)
    }
}

/// A quote found in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Quoted {
    /// The policy whose source it is in.
    pub(super) policy: usize,
    pub(super) found: Found,
    pub(super) by: Use,
    /// Where our translation of its words stands, if it has one.
    pub(super) translation: Option<Translation>,
}

#[derive(Debug)]
pub(super) struct LookedTarget {
    /// Index into the targets (or facts) of the file.
    pub(super) index: usize,
    /// Index into `quotes`.
    pub(super) quote: usize,
    pub(super) place: usize,
    pub(super) topics: Vec<usize>,
    pub(super) ends: (Number, Number),
    pub(super) same_as: Option<TargetRef>,
    pub(super) indicator: Option<usize>,
    /// Indexes into `quotes`.
    pub(super) due_from: Option<usize>,
    pub(super) baseline: Option<usize>,
}

/// Notes of a digest: what each rests on, its quote as an index into `quotes`, its translation.
#[derive(Debug, Default)]
pub(super) struct LookedDigest {
    pub(super) notes: Vec<(NoteKind, Option<usize>, String)>,
    pub(super) note_of: Vec<usize>,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum NoteKind {
    Quote,
    Target(TargetRef),
    Fact(TargetRef),
    Derived(usize, usize),
}

pub(super) struct Linker<'a> {
    pub(super) kinds: &'a [String],
    pub(super) ids: &'a Ids,
    pub(super) policies: &'a [Arc<PolicyContent>],
    pub(super) sources: &'a [Option<Arc<SourceText>>],
}

impl Linker<'_> {
    pub(super) fn policy(&self, index: usize) -> Looked {
        let policy = &self.policies[index];
        let record = &policy.record;
        let file = policy.record_file();
        let mut out = Looked::default();
        let mut id_of = |kind: &'static str, id: &Spanned<String>| {
            self.ids.of_kind(kind, id.get_ref()).map_err(|p| out.problems.push(p.at(&file, id.span()))).unwrap_or(0)
        };
        out.place = id_of("place", &record.place);
        out.issuer = id_of("agency", &record.issuer);
        out.topics = record.topics.iter().map(|t| id_of("topic", t)).collect();
        if !self.kinds.contains(record.kind.get_ref()) {
            let known = self.kinds.iter().map(String::as_str);
            out.problems.push(
                Problem::error("unknown-id", format!("site.toml names no kind `{}`", record.kind.get_ref()))
                    .at(&file, record.kind.span())
                    .did_you_mean(record.kind.get_ref(), known)
                    .help(format!("add [kinds.{}] to site.toml", record.kind.get_ref())),
            );
        }
        let lists = [
            (Relation::CarriesOut, &record.carries_out),
            (Relation::Amends, &record.amends),
            (Relation::Supersedes, &record.supersedes),
            (Relation::Mentions, &record.mentions),
        ];
        for (relation, list) in lists {
            for document in list {
                if let DocumentRef::Policy(id) = document.get_ref() {
                    match self.ids.of_kind("policy", id) {
                        Ok(other) => out.relations.push((relation, other)),
                        Err(p) => out.problems.push(p.at(&file, document.span())),
                    }
                }
            }
        }
        self.targets(index, &mut out);
        for lang in Lang::BOTH {
            if let Some(digest) = &policy.digests[lang.index()] {
                out.digests[lang.index()] = Some(self.digest(digest, Owner::Policy(index), &mut out));
            }
        }
        out
    }

    fn targets(&self, index: usize, out: &mut Looked) {
        let policy = &self.policies[index];
        let file = policy.targets_file();
        let mut seen: BTreeMap<&str, Range<usize>> = BTreeMap::new();
        let all = &policy.targets;
        let ids = all.targets.iter().chain(&all.facts).map(|t| &t.id);
        for id in ids.chain(all.derived.iter().map(|d| &d.id)) {
            if !crate::text::is_id(id.get_ref()) {
                out.problems.push(
                    Problem::error("bad-id", format!("`{}` is not an id", id.get_ref()))
                        .at(&file, id.span())
                        .help("ids are lower-case ASCII letters, digits and hyphens"),
                );
            }
            if let Some(first) = seen.insert(id.get_ref(), id.span()) {
                out.problems.push(
                    Problem::error("duplicate-id", format!("two entries have the id `{}`", id.get_ref()))
                        .at(&file, id.span())
                        .related(&file, first, "the other one")
                        .help("give one of them another id"),
                );
            }
        }
        for (n, target) in all.targets.iter().enumerate() {
            let by = Use::Target(TargetRef { policy: index, target: n });
            if let Some(looked) = self.target(index, &file, n, target, &by, out) {
                out.targets.push(looked);
            }
        }
        for (n, fact) in all.facts.iter().enumerate() {
            if let Some(looked) = self.target(index, &file, n, fact, &Use::Data(index), out) {
                out.facts.push(looked);
            }
        }
        for waiver in &all.waivers {
            let quote = self.quote(index, &waiver.quote, &file, &Use::Data(index), out);
            out.waivers.push(quote);
        }
        for outcome in &all.outcomes {
            let id = &outcome.target;
            // An entry that could not be read is there, and reported.
            let unreadable = all.unreadable.contains(id.get_ref());
            if !unreadable && !all.targets.iter().any(|t| t.id.get_ref() == id.get_ref()) {
                let known = all.targets.iter().map(|t| t.id.get_ref().as_str());
                out.problems.push(
                    Problem::error("unknown-id", format!("there is no target `{}` in this file", id.get_ref()))
                        .at(&file, id.span())
                        .did_you_mean(id.get_ref(), known),
                );
            }
        }
    }

    fn quote(&self, policy: usize, quote: &Spanned<Quote>, file: &str, by: &Use, out: &mut Looked) -> Option<usize> {
        let source = self.sources[policy].as_ref()?;
        let seed = self.policies[policy].record.source.file.get_ref();
        match evidence::find(quote.get_ref(), source, seed, file, quote.span()) {
            Ok(found) => {
                out.quotes.push(Quoted { policy, found, by: by.clone(), translation: None });
                Some(out.quotes.len() - 1)
            }
            Err(problem) => {
                out.problems.push(problem);
                None
            }
        }
    }

    fn target(
        &self,
        policy: usize,
        file: &str,
        index: usize,
        target: &Target,
        by: &Use,
        out: &mut Looked,
    ) -> Option<LookedTarget> {
        let quote = self.quote(policy, &target.quote, file, by, out);
        if let (Some(quote), Use::Target(at), Some(_)) = (quote, by, &target.quote_en) {
            out.quotes[quote].translation = Some(Translation::Target(*at));
        }
        let due_from = target.due_from.as_ref().and_then(|q| self.quote(policy, q, file, by, out));
        let mut from = None;
        if let Some(baseline) = &target.baseline {
            from = baseline.quote.as_ref().and_then(|q| self.quote(policy, q, file, by, out));
            number(&baseline.value, file, &mut out.problems);
        }
        known_unit(&target.unit, file, &mut out.problems);
        if let Some(each) = &target.each {
            known_unit(&each.unit, file, &mut out.problems);
            ends(
                *each.bound.get_ref(),
                [&each.value, &each.low, &each.high],
                each.unit.span(),
                file,
                &mut out.problems,
            );
        }
        let values = [&target.value, &target.low, &target.high];
        let ends = ends(*target.bound.get_ref(), values, target.bound.span(), file, &mut out.problems);
        let mut resolve = |kind: &'static str, id: &Spanned<String>| match self.ids.of_kind(kind, id.get_ref()) {
            Ok(i) => Some(i),
            Err(p) => {
                out.problems.push(p.at(file, id.span()));
                None
            }
        };
        let own_place = self.policies[policy].record.place.get_ref();
        let place = match &target.place {
            Some(id) => resolve("place", id),
            None => self.ids.of_kind("place", own_place).ok(),
        };
        let topics = target.topics.iter().filter_map(|t| resolve("topic", t)).collect();
        let indicator = target.indicator.as_ref().and_then(|i| resolve("indicator", i));
        let same_as = target.same_as.as_ref().and_then(|id| {
            let all = &self.policies[policy].targets.targets;
            let found = all.iter().position(|t| t.id.get_ref() == id.get_ref());
            if found.is_none() && !self.policies[policy].targets.unreadable.contains(id.get_ref()) {
                let known = all.iter().map(|t| t.id.get_ref().as_str());
                out.problems.push(
                    Problem::error("unknown-id", format!("there is no target `{}` in this file", id.get_ref()))
                        .at(file, id.span())
                        .did_you_mean(id.get_ref(), known),
                );
            }
            found.map(|target| TargetRef { policy, target })
        });
        Some(LookedTarget {
            index,
            quote: quote?,
            place: place?,
            topics,
            ends: ends?,
            same_as,
            indicator,
            due_from,
            baseline: from,
        })
    }

    /// Looks through prose that is no policy's: of a place, of a topic, a page of the guide.
    pub(super) fn prose(&self, prose: &[Option<Arc<Digest>>; 2], owner: Owner) -> Looked {
        let mut out = Looked::default();
        for lang in Lang::BOTH {
            if let Some(digest) = &prose[lang.index()] {
                out.digests[lang.index()] = Some(self.digest(digest, owner, &mut out));
            }
        }
        out
    }
}

/// References between entities.
pub(super) fn entities(content: &Content, ids: &Ids) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut check = |id: &Option<Spanned<String>>, file: &str| {
        if let Some(id) = id
            && let Err(problem) = ids.of_kind("place", id.get_ref())
        {
            problems.push(problem.at(file, id.span()));
        }
    };
    for place in content.places.values() {
        check(&place.value.entity.parent, &place.file);
    }
    for agency in content.agencies.values() {
        check(&agency.value.place, &agency.file);
    }
    problems.extend(parent_cycles(content));
    problems
}

/// Places that belong to themselves, by however many steps.
fn parent_cycles(content: &Content) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (id, place) in content.places.iter() {
        let mut at = place.value.entity.parent.as_ref();
        for _ in 0..=content.places.len() {
            let Some(parent) = at else { break };
            if parent.get_ref() == id {
                let span = place.value.entity.parent.as_ref().map_or(0..0, Spanned::span);
                problems.push(
                    Problem::error("parent-cycle", format!("`{id}` belongs to itself"))
                        .at(&place.file, span)
                        .help("give it the place that it belongs to, or none"),
                );
                break;
            }
            at = content.places.get(parent.get_ref()).and_then(|p| p.value.entity.parent.as_ref());
        }
    }
    problems
}
