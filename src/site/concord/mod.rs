//! What stands where about what: the passages on each topic, place and term, the tasks of each agency,
//! the targets of each indicator, and which places may be compared.
//!
//! Takes a linked site; gives a [`Concord`]. Each policy is read on its own, in parallel;
//! what that gave is then dealt out to topics, places, agencies and terms in order. Nothing here, and
//! no page made from it, compares all of something with all of something else.

mod build;
pub mod names;
pub mod offices;
mod order;
mod pairs;
mod read;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::{Entity, Site, TargetRef};
use crate::content::fields::Lang;
pub(super) use build::Concording;
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
    pub marks: Arc<[Range<usize>]>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// What everything is called.
    pub lexicon: Arc<Lexicon>,
}

/// What places, topics, agencies and terms are called.
#[derive(Debug, Default, PartialEq)]
pub struct Lexicon {
    /// Agencies by what policies call them.
    pub offices: Offices,
    /// The names of places, topics and terms in Chinese and English, to be found in texts.
    pub names: [Names; 2],
    /// The names of all entities but policies as pages give them.
    shown: BTreeMap<Entity, [String; 2]>,
    /// By index of the place: the place that it belongs to.
    parents: Vec<Option<usize>>,
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
        let text = match self.policies.get(policy)?.spans.get(span)?.translation? {
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
