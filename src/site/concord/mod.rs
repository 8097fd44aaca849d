//! What stands where about what: the passages on each topic, place and term, the tasks of each agency,
//! the targets of each indicator, and which places may be compared.
//!
//! Takes a linked site; gives a [`Concord`], made once. Each policy is read on its own, in parallel;
//! what that gave is then dealt out to topics, places, agencies and terms in order. Nothing here, and
//! no page made from it, compares all of something with all of something else.

pub mod names;
pub mod offices;
mod order;
mod pairs;
mod read;

use std::ops::Range;

use rayon::prelude::*;

use super::{Entity, Site, TargetRef};
use crate::content::fields::Lang;
use names::Names;
use offices::Offices;
pub use offices::Role;
pub use pairs::{MOST_PARTNERS, Pair};
pub(crate) use read::words;

/// A block of a source that names something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Index of the policy.
    pub policy: usize,
    /// Index of the block of its source.
    pub block: usize,
    /// Where the block names it, in bytes of its text, in order.
    pub marks: Vec<Range<usize>>,
}

/// A part of a digest that names something: the policy, and the index of the heading's block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DigestUse {
    /// Index of the policy.
    pub policy: usize,
    /// Index of the heading among the digest's blocks; none before the first heading.
    pub heading: Option<usize>,
}

/// What one place says of a topic.
#[derive(Clone, Debug)]
pub struct Column {
    /// Index of the place.
    pub place: usize,
    /// Its targets on the topic, in the order of the timeline.
    pub targets: Vec<TargetRef>,
    /// Passages of its policies that name the topic, newest policy first.
    pub passages: Vec<Passage>,
    /// Lines of the topic before this column: a line for each target and passage.
    pub before: usize,
}

/// A topic across places.
#[derive(Clone, Debug, Default)]
pub struct TopicConcord {
    /// The places that say something of it, in the order of [`Concord::place_order`].
    pub columns: Vec<Column>,
    /// Parts of the digests in Chinese and English that name it.
    pub digests: [Vec<DigestUse>; 2],
    /// Policies whose record has the topic, newest first.
    pub policies: Vec<usize>,
}

/// How much a place says of a topic.
#[derive(Clone, Copy, Debug)]
pub struct TopicCount {
    /// Index of the topic.
    pub topic: usize,
    /// Number of targets.
    pub targets: usize,
    /// Number of passages.
    pub passages: usize,
}

/// A place among the others.
#[derive(Clone, Debug, Default)]
pub struct PlaceConcord {
    /// Topics that it says something of, by id.
    pub topics: Vec<TopicCount>,
    /// Passages of other places' policies that name it, newest policy first.
    pub mentions: Vec<Passage>,
    /// Indicators that it has targets of, by id.
    pub indicators: Vec<usize>,
    /// Places that it can be compared with: indexes into [`Concord::pairs`].
    pub pairs: Vec<usize>,
}

/// A task of an agency: a block whose responsibility note names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    /// Index of the policy.
    pub policy: usize,
    /// Index of the block.
    pub block: usize,
    /// What the agency does in it.
    pub role: Role,
}

/// An agency and what it has to do.
#[derive(Clone, Debug, Default)]
pub struct AgencyConcord {
    /// Its tasks: those it leads, those it is responsible for, those it supports; each newest policy first.
    pub tasks: Vec<Task>,
    /// Policies that it issued, newest first.
    pub issued: Vec<usize>,
}

/// An indicator across places.
#[derive(Clone, Debug, Default)]
pub struct IndicatorConcord {
    /// Its targets by place, in the order of [`Concord::place_order`], then by year.
    pub targets: Vec<TargetRef>,
    /// The places that have one.
    pub places: Vec<usize>,
}

/// A term and where it is used.
#[derive(Clone, Debug, Default)]
pub struct TermConcord {
    /// Passages of the sources.
    pub passages: Vec<Passage>,
    /// Parts of the digests in Chinese and English.
    pub digests: [Vec<DigestUse>; 2],
    /// Policies that use it, newest first.
    pub policies: Vec<usize>,
}

/// Where a quoted span's translation stands.
#[derive(Clone, Copy, Debug)]
pub enum Translation {
    /// A note of a policy's English digest.
    Note(usize, usize),
    /// A target's `quote_en`.
    Target(TargetRef),
}

/// What stands where about what.
#[derive(Clone, Debug, Default)]
pub struct Concord {
    /// Indexes of the places, provinces first, then by id: the order of columns.
    pub place_order: Vec<usize>,
    /// By index of the place: where it stands in that order.
    pub rank: Vec<usize>,
    /// Of these, the places that have a policy, and then those that have but a target: the columns of
    /// comparisons.
    pub compared: [Vec<usize>; 2],
    /// The agencies, each after its place: by place, those of no place last, then by id.
    pub agency_order: Vec<(Option<usize>, usize)>,
    /// By index of the topic.
    pub topics: Vec<TopicConcord>,
    /// By index of the place.
    pub places: Vec<PlaceConcord>,
    /// By index of the agency.
    pub agencies: Vec<AgencyConcord>,
    /// By index of the indicator.
    pub indicators: Vec<IndicatorConcord>,
    /// By index of the term.
    pub terms: Vec<TermConcord>,
    /// Topics and terms by their names in Chinese and English.
    pub topics_by_name: [Vec<usize>; 2],
    /// Terms likewise.
    pub terms_by_name: [Vec<usize>; 2],
    /// For each term: lines of the glossary in Chinese and English before its entry, which has a line
    /// for each policy that uses it.
    pub term_lines: [Vec<usize>; 2],
    /// Places to set beside each other.
    pub pairs: Vec<Pair>,
    /// By policy and span of its source: our translation of the span's words, if any.
    pub translations: Vec<Vec<Option<Translation>>>,
    /// Agencies by what policies call them.
    pub offices: Offices,
    /// The names of places, topics and terms in Chinese and English.
    pub names: Option<[Names; 2]>,
}

impl TermConcord {
    /// Lines of its entry in the glossary: one for each policy that uses it, at least one.
    pub fn lines(&self) -> usize {
        self.policies.len().max(1)
    }

    /// The policies that use the term, newest first, each with its uses in the text and in the digests.
    pub fn by_policy(&self) -> Vec<TermUses<'_>> {
        let mut out: Vec<TermUses<'_>> = Vec::new();
        // Passages and uses were dealt out in the same order of policies.
        let mut rest = (self.passages.as_slice(), [self.digests[0].as_slice(), self.digests[1].as_slice()]);
        for &policy in &self.policies {
            let passages = take(&mut rest.0, |p| p.policy == policy);
            let digests = [0, 1].map(|lang| take(&mut rest.1[lang], |u| u.policy == policy));
            out.push(TermUses { policy, passages, digests });
        }
        out
    }
}

/// Uses of a term in one policy.
#[derive(Clone, Copy, Debug)]
pub struct TermUses<'a> {
    /// Index of the policy.
    pub policy: usize,
    /// Passages of the source.
    pub passages: &'a [Passage],
    /// Parts of the digests in Chinese and English.
    pub digests: [&'a [DigestUse]; 2],
}

fn take<'a, T>(rest: &mut &'a [T], belongs: impl Fn(&T) -> bool) -> &'a [T] {
    let end = rest.iter().position(|x| !belongs(x)).unwrap_or(rest.len());
    let (own, after) = rest.split_at(end);
    *rest = after;
    own
}

impl Column {
    /// Lines of the column: a line for each target and passage.
    pub fn lines(&self) -> usize {
        self.targets.len() + self.passages.len()
    }
}

impl Concord {
    /// What a place says of a topic, if anything.
    pub fn column(&self, topic: usize, place: usize) -> Option<&Column> {
        let columns = &self.topics[topic].columns;
        let at = columns.binary_search_by_key(&self.rank[place], |c| self.rank[c.place]).ok()?;
        Some(&columns[at])
    }

    /// The targets of a place on an indicator; they stand together.
    pub fn targets_of<'a>(&'a self, site: &Site, indicator: usize, place: usize) -> &'a [TargetRef] {
        let all = &self.indicators[indicator].targets;
        let at = |t: &TargetRef| self.rank[site.target(*t).place];
        let from = all.partition_point(|t| at(t) < self.rank[place]);
        let to = all.partition_point(|t| at(t) <= self.rank[place]);
        &all[from..to]
    }

    /// The place of an agency.
    pub fn agency_place(&self, site: &Site, agency: usize) -> Option<usize> {
        let place = site.agencies[agency].value.place.as_ref()?;
        site.ids.of_kind("place", place.get_ref()).ok()
    }
}

impl Site {
    /// Our translation of the words of a span, if there is one.
    pub fn translation(&self, policy: usize, span: usize) -> Option<&str> {
        let text = match *self.concord.translations.get(policy)?.get(span)?.as_ref()? {
            Translation::Note(policy, note) => {
                self.policies[policy].digests[Lang::En.index()].as_ref()?.notes[note].translation.as_str()
            }
            Translation::Target(at) => self.target(at).target.quote_en.as_ref()?.get_ref().as_str(),
        };
        (!text.is_empty()).then_some(text)
    }
}

impl Site {
    /// Labels of the headings that a block stands under, from the widest; the title left out.
    pub fn heads_above(&self, policy: usize, block: usize) -> Vec<String> {
        let blocks = &self.policies[policy].source.blocks;
        let mut level = blocks[block].level().unwrap_or(u8::MAX);
        let mut out = Vec::new();
        for above in blocks[..block].iter().rev() {
            let Some(own) = above.level().filter(|l| *l < level && *l > 1) else { continue };
            level = own;
            out.push(above.label().to_owned());
            if own == 2 {
                break;
            }
        }
        out.reverse();
        out
    }
}

/// Reads through a linked site.
pub(super) fn build(site: &Site) -> Concord {
    let names = Lang::BOTH.map(|lang| Names::new(&site.places, &site.topics, &site.terms, lang));
    let offices = Offices::new(site);
    let read: Vec<read::Read> =
        (0..site.policies.len()).into_par_iter().map(|i| read::policy(site, i, &names, &offices)).collect();

    let mut place_order: Vec<usize> = (0..site.places.len()).collect();
    place_order.sort_by_key(|&i| (site.places[i].place.kind, i));
    let mut rank = vec![0; place_order.len()];
    for (at, &place) in place_order.iter().enumerate() {
        rank[place] = at;
    }
    let mut out = Concord {
        topics: vec![TopicConcord::default(); site.topics.len()],
        places: vec![PlaceConcord::default(); site.places.len()],
        agencies: vec![AgencyConcord::default(); site.agencies.len()],
        indicators: vec![IndicatorConcord::default(); site.indicators.len()],
        terms: vec![TermConcord::default(); site.terms.len()],
        translations: translations(site),
        ..Concord::default()
    };
    deal(site, read, &rank, &mut out);
    deal_targets(site, &rank, &mut out);
    for (i, topic) in out.topics.iter_mut().enumerate() {
        let mut before = 0;
        for column in &mut topic.columns {
            column.before = before;
            before += column.lines();
            let count = TopicCount { topic: i, targets: column.targets.len(), passages: column.passages.len() };
            out.places[column.place].topics.push(count);
        }
    }
    for agency in &mut out.agencies {
        // Stable: within a role the newest policy stays first.
        agency.tasks.sort_by_key(|t| t.role);
    }
    for lang in Lang::BOTH {
        let name = |entity| site.name(entity, lang);
        let topics = (0..site.topics.len()).map(|i| name(Entity::Topic(i)));
        out.topics_by_name[lang.index()] = order::by_name(topics, lang);
        let terms = order::by_name((0..site.terms.len()).map(|i| name(Entity::Term(i))), lang);
        let before = &mut out.term_lines[lang.index()];
        *before = vec![0; terms.len()];
        let mut lines = 0;
        for &term in &terms {
            before[term] = lines;
            lines += out.terms[term].lines();
        }
        out.terms_by_name[lang.index()] = terms;
    }
    out.pairs = pairs::pairs(site, &out.indicators);
    for (at, pair) in out.pairs.iter().enumerate() {
        out.places[pair.places.0].pairs.push(at);
        out.places[pair.places.1].pairs.push(at);
    }
    for &place in &place_order {
        match (site.places[place].policies.is_empty(), site.places[place].targets.is_empty()) {
            (false, _) => out.compared[0].push(place),
            (true, false) => out.compared[1].push(place),
            (true, true) => {}
        }
    }
    out.agency_order = (0..site.agencies.len()).map(|a| (out.agency_place(site, a), a)).collect();
    out.agency_order.sort_by_key(|&(place, agency)| (place.map_or(usize::MAX, |p| rank[p]), agency));
    out.place_order = place_order;
    out.rank = rank;
    out.offices = offices;
    out.names = Some(names);
    out
}

/// Deals out what was read of each policy, newest first.
fn deal(site: &Site, mut read: Vec<read::Read>, rank: &[usize], out: &mut Concord) {
    for &index in &site.newest {
        let policy = &site.policies[index];
        let read = std::mem::take(&mut read[index]);
        for &topic in &policy.topics {
            out.topics[topic].policies.push(index);
        }
        out.agencies[policy.issuer].issued.push(index);
        for (agency, task) in read.tasks {
            out.agencies[agency].tasks.push(task);
        }
        let mut used = |term: usize| {
            if out.terms[term].policies.last() != Some(&index) {
                out.terms[term].policies.push(index);
            }
        };
        for (entity, _) in &read.passages {
            if let Entity::Term(t) = entity {
                used(*t);
            }
        }
        for (entity, _) in read.digests.iter().flatten() {
            if let Entity::Term(t) = entity {
                used(*t);
            }
        }
        for (entity, passage) in read.passages {
            match entity {
                Entity::Topic(t) => column(&mut out.topics[t], policy.place, rank).passages.push(passage),
                Entity::Place(p) if p != policy.place => out.places[p].mentions.push(passage),
                Entity::Term(t) => out.terms[t].passages.push(passage),
                _ => {}
            }
        }
        for lang in Lang::BOTH {
            for &(entity, by) in &read.digests[lang.index()] {
                match entity {
                    Entity::Topic(t) => out.topics[t].digests[lang.index()].push(by),
                    Entity::Term(t) => out.terms[t].digests[lang.index()].push(by),
                    _ => {}
                }
            }
        }
    }
}

/// Deals out the targets, in the order of the timeline.
fn deal_targets(site: &Site, rank: &[usize], out: &mut Concord) {
    for &at in &site.timeline {
        let target = site.target(at);
        // What a text says twice counts once.
        let first = target.same_as.map(|first| site.target(first));
        for &topic in &target.topics {
            if first.is_some_and(|f| f.topics.contains(&topic) && f.place == target.place) {
                continue;
            }
            column(&mut out.topics[topic], target.place, rank).targets.push(at);
        }
        let again = first.is_some_and(|f| f.indicator == target.indicator);
        if let Some(indicator) = target.indicator.filter(|_| !again) {
            out.indicators[indicator].targets.push(at);
        }
    }
    for (i, indicator) in out.indicators.iter_mut().enumerate() {
        // Stable: a place's targets stay in the order of their years.
        indicator.targets.sort_by_key(|at| rank[site.target(*at).place]);
        indicator.places = indicator.targets.iter().map(|at| site.target(*at).place).collect();
        indicator.places.dedup();
        for &place in &indicator.places {
            out.places[place].indicators.push(i);
        }
    }
}

/// The column of a place; columns are kept by rank, so that finding one takes a few steps.
fn column<'a>(topic: &'a mut TopicConcord, place: usize, rank: &[usize]) -> &'a mut Column {
    let at = match topic.columns.binary_search_by_key(&rank[place], |c| rank[c.place]) {
        Ok(at) => at,
        Err(at) => {
            topic.columns.insert(at, Column { place, targets: Vec::new(), passages: Vec::new(), before: 0 });
            at
        }
    };
    &mut topic.columns[at]
}

/// For each span of each source: where its translation stands. A target's own comes first.
fn translations(site: &Site) -> Vec<Vec<Option<Translation>>> {
    let mut out: Vec<Vec<Option<Translation>>> = site.policies.iter().map(|p| vec![None; p.spans.len()]).collect();
    for (p, policy) in site.policies.iter().enumerate() {
        for (t, target) in policy.targets.iter().enumerate() {
            if target.target.quote_en.is_some() {
                let at = TargetRef { policy: p, target: t };
                out[target.quote.policy][target.quote.span].get_or_insert(Translation::Target(at));
            }
        }
        let Some(digest) = &policy.digests[Lang::En.index()] else { continue };
        for (n, note) in digest.notes.iter().enumerate() {
            if let Some(span) = note.evidence.span()
                && !note.translation.is_empty()
            {
                out[span.policy][span.span].get_or_insert(Translation::Note(p, n));
            }
        }
    }
    out
}
