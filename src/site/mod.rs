//! All of a site linked: ids resolved, quotes found, backlinks and timelines made. Does not change
//! once linked.
//!
//! 1. [`ids`] names everything that can be linked to.
//! 2. [`evidence`] finds each quote in its source and gives it an id of its own.
//! 3. [`link`] looks through every policy in parallel and puts the site together; linked again, what has
//!    not changed is shared with the site before.
//! 4. [`concord`] reads it once more: which passages name which topic, place and term, who has which task.
//!
//! References between parts are indexes into the site's vectors, so that a page is rendered from the
//! site and an index, and no page's rendering walks the whole site.

mod assemble;
mod citations;
pub mod concord;
mod dates;
pub mod evidence;
mod figures;
pub mod ids;
mod link;
mod look;
mod order;
mod source_text;
mod spans;

use std::sync::Arc;

use jiff::civil::Date;

use crate::content::entities::{Agency, Indicator, Place, SiteSettings, Term, Topic};
use crate::content::fields::{Bilingual, Lang, Unit};
use crate::content::markdown::Digest;
use crate::content::record::Record;
use crate::content::targets::{Derived, Outcome, Target, Waiver};
use crate::quantity::Number;
use crate::source::SourceText;
use concord::Concord;
pub use dates::DateSource;
pub use ids::{Entity, Ids};
pub(crate) use link::Linking;
pub(crate) use source_text::hex;

/// Index of a target within the site: its policy, and its place among the policy's targets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TargetRef {
    /// Index of the policy.
    pub policy: usize,
    /// Index among its targets.
    pub target: usize,
}

/// A quoted span of a source: index of the policy whose source it is, and among its spans.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SpanRef {
    /// Index of the policy.
    pub policy: usize,
    /// Index among its spans.
    pub span: usize,
}

/// Who uses a quoted span.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// A digest, under one of its headings.
    Digest {
        /// Index of the policy.
        policy: usize,
        /// Language of the digest.
        lang: Lang,
        /// Id of the heading.
        heading: Option<String>,
    },
    /// A target's quote, baseline or year.
    Target(TargetRef),
    /// A fact, a waiver or an outcome of this policy.
    Data(usize),
    /// Prose of a place or topic.
    Prose(Entity, Lang),
    /// A page of the guide.
    Guide(usize, Lang),
}

/// Words of a source that something cites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Id on the source page, stable for these words: `q-` and ten hexadecimal digits.
    pub id: String,
    /// Index of the block.
    pub block: usize,
    /// Bytes of the block's text.
    pub range: std::ops::Range<usize>,
    /// Who cites it, in order, each once.
    pub uses: Vec<Use>,
    /// Where our translation of it stands, if it has one.
    pub translation: Option<concord::Translation>,
}

/// What a numbered note of a digest rests on.
#[derive(Clone, Debug)]
pub enum Evidence {
    /// A quote.
    Quote(SpanRef),
    /// A target or its like, with its quote.
    Target(TargetRef, SpanRef),
    /// A fact: index among the facts of a policy, with its quote.
    Fact(TargetRef, SpanRef),
    /// A derived figure: index of the policy and among its derived figures.
    Derived(usize, usize),
}

impl Evidence {
    /// The quoted words, if it rests on some.
    pub fn span(&self) -> Option<SpanRef> {
        match self {
            Evidence::Quote(span) | Evidence::Target(_, span) | Evidence::Fact(_, span) => Some(*span),
            Evidence::Derived(..) => None,
        }
    }

    /// The policy whose entry or source it is.
    pub fn policy(&self) -> usize {
        match self {
            Evidence::Quote(span) => span.policy,
            Evidence::Target(at, _) | Evidence::Fact(at, _) => at.policy,
            Evidence::Derived(policy, _) => *policy,
        }
    }
}

/// A note: one per label of a digest, numbered by first use from 1.
#[derive(Clone, Debug)]
pub struct Note {
    /// What it rests on.
    pub evidence: Evidence,
    /// Our translation of the quote, or nothing.
    pub translation: String,
}

/// A digest or other prose with its citations resolved.
#[derive(Clone, Debug)]
pub struct LinkedDigest {
    /// The Markdown.
    pub digest: Arc<Digest>,
    /// Its notes, by number.
    pub notes: Vec<Note>,
    /// For each citation of the digest: index of its note.
    pub note_of: Vec<usize>,
}

/// Prose in Chinese and English that is no policy's, linked.
pub type Prose = Arc<[Option<LinkedDigest>; 2]>;

/// A target with everything it refers to.
#[derive(Clone, Debug)]
pub struct LinkedTarget {
    /// As written.
    pub target: Arc<Target>,
    /// Its quote.
    pub quote: SpanRef,
    /// Index of its place.
    pub place: usize,
    /// Indexes of its topics.
    pub topics: Vec<usize>,
    /// Lower and upper end, equal but for a range.
    pub ends: (Number, Number),
    /// The figure in words.
    pub display: Bilingual,
    /// The target that gives the same commitment.
    pub same_as: Option<TargetRef>,
    /// Later targets that give the same commitment.
    pub repeated_by: Vec<TargetRef>,
    /// Index of its indicator.
    pub indicator: Option<usize>,
    /// The words that give its year, where its quote does not.
    pub due_from: Option<SpanRef>,
    /// The words that give its baseline.
    pub baseline: Option<SpanRef>,
    /// What later came of it, by date.
    pub outcomes: Vec<Arc<Outcome>>,
}

/// A fact with its quote.
#[derive(Clone, Debug)]
pub struct LinkedFact {
    /// As written.
    pub fact: Arc<Target>,
    /// Its quote.
    pub quote: SpanRef,
    /// The words that give its year, where the quote does not.
    pub due_from: Option<SpanRef>,
    /// Lower and upper end, equal but for a range.
    pub ends: (Number, Number),
    /// The figure in words.
    pub display: Bilingual,
}

/// A policy, linked.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Its id.
    pub id: String,
    /// Its record.
    pub record: Arc<Record>,
    /// Index of its place.
    pub place: usize,
    /// Index of its issuer among the agencies.
    pub issuer: usize,
    /// Indexes of its topics.
    pub topics: Vec<usize>,
    /// Its source, reflowed.
    pub source: Arc<SourceText>,
    /// Its digests in Chinese and English; missing only in a draft.
    pub digests: [Option<LinkedDigest>; 2],
    /// Its targets in the order of the file.
    pub targets: Vec<LinkedTarget>,
    /// Its facts.
    pub facts: Vec<LinkedFact>,
    /// Its derived figures.
    pub derived: Vec<Arc<Derived>>,
    /// Its waivers.
    pub waivers: Vec<(Arc<Waiver>, SpanRef)>,
    /// Quoted spans of its source by block and place.
    pub spans: Arc<[Span]>,
    /// For each block: the range of its spans in `spans`.
    pub block_spans: Arc<[std::ops::Range<usize>]>,
    /// Documents it refers to that are policies of the site: index and relation.
    pub relations: Vec<(Relation, usize)>,
    /// Policies that refer to it.
    pub related_from: Vec<(Relation, usize)>,
    /// Other policies whose entries or sources it cites.
    pub cites: Vec<usize>,
}

/// How one document refers to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Carries it out.
    CarriesOut,
    /// Amends it.
    Amends,
    /// Takes its place.
    Supersedes,
    /// Mentions it.
    Mentions,
}

/// A place, linked.
#[derive(Clone, Debug)]
pub struct LinkedPlace {
    /// Its id.
    pub id: String,
    /// As written.
    pub place: Arc<Place>,
    /// Index of the place it belongs to.
    pub parent: Option<usize>,
    /// Indexes of the places that belong to it.
    pub children: Vec<usize>,
    /// Indexes of its policies, newest first.
    pub policies: Vec<usize>,
    /// Its targets, in the order of the timeline.
    pub targets: Vec<TargetRef>,
    /// Its prose.
    pub prose: Prose,
}

/// A topic, linked.
#[derive(Clone, Debug)]
pub struct LinkedTopic {
    /// Its id.
    pub id: String,
    /// As written.
    pub topic: Arc<Topic>,
    /// Its prose.
    pub prose: Prose,
}

/// A page of the guide, linked.
#[derive(Clone, Debug)]
pub struct LinkedGuide {
    /// Its name in addresses.
    pub slug: String,
    /// Its text.
    pub prose: Prose,
}

impl LinkedGuide {
    /// Its title: the words of its first heading.
    pub fn title(&self, lang: Lang) -> String {
        let digest = self.prose[lang.index()].as_ref();
        let words = digest.and_then(|d| {
            d.digest.blocks.iter().find_map(|b| match &b.kind {
                crate::content::markdown::BlockKind::Heading { words, .. } => Some(words),
                _ => None,
            })
        });
        words.map(|w| crate::content::markdown::plain(w)).unwrap_or_else(|| self.slug.clone())
    }
}

/// An entity without prose, with its id.
#[derive(Clone, Debug)]
pub struct Named<T> {
    /// Its id.
    pub id: String,
    /// As written.
    pub value: T,
}

/// The whole site.
#[derive(Clone, Debug)]
pub struct Site {
    /// `site.toml`
    pub settings: Arc<SiteSettings>,
    /// The date that «due» and «passed» are reckoned from.
    pub today: Date,
    /// All policies by id.
    pub policies: Vec<Arc<Policy>>,
    /// Policies from the newest to the oldest.
    pub newest: Arc<Vec<usize>>,
    /// All places by id.
    pub places: Arc<Vec<LinkedPlace>>,
    /// All topics by id.
    pub topics: Arc<Vec<LinkedTopic>>,
    /// All agencies by id.
    pub agencies: Arc<Vec<Named<Agency>>>,
    /// All indicators by id.
    pub indicators: Arc<Vec<Named<Indicator>>>,
    /// All terms by id.
    pub terms: Arc<Vec<Named<Term>>>,
    /// The user guide.
    pub guide: Arc<Vec<LinkedGuide>>,
    /// What each id names.
    pub ids: Arc<Ids>,
    /// All targets by due year (those without one last), place and policy.
    pub timeline: Arc<Vec<TargetRef>>,
    /// Changes from the newest to the oldest: index of the policy, and of the change in its record.
    pub changes: Arc<Vec<(usize, usize)>>,
    /// Number of quoted spans of all sources.
    pub quote_count: usize,
    /// What stands where about what.
    pub concord: Arc<concord::Concord>,
}

impl Site {
    /// A target by its index.
    pub fn target(&self, at: TargetRef) -> &LinkedTarget {
        &self.policies[at.policy].targets[at.target]
    }

    /// A quoted span, with the policy whose source it is of.
    pub fn span(&self, at: SpanRef) -> (&Policy, &Span) {
        let policy = &self.policies[at.policy];
        (policy, &policy.spans[at.span])
    }

    /// The words of a quoted span as the source has them.
    pub fn quoted(&self, at: SpanRef) -> &str {
        let (policy, span) = self.span(at);
        &policy.source.blocks[span.block].text[span.range.clone()]
    }

    /// The name of an entity in a language.
    pub fn name(&self, entity: Entity, lang: Lang) -> &str {
        match entity {
            Entity::Policy(i) => {
                let title = &self.policies[i].record.title;
                match (&title.short, lang) {
                    (Some(short), _) => short.get(lang),
                    (None, Lang::Zh) => &title.zh,
                    (None, Lang::En) => &title.en,
                }
            }
            Entity::Place(i) => self.places[i].place.name.get(lang),
            Entity::Topic(i) => self.topics[i].topic.name.get(lang),
            Entity::Agency(i) => self.agencies[i].value.name.get(lang),
            Entity::Indicator(i) => self.indicators[i].value.name.get(lang),
            Entity::Term(i) => {
                let term = &self.terms[i].value;
                match lang {
                    Lang::Zh => &term.zh,
                    Lang::En => &term.en,
                }
            }
        }
    }

    /// The unit of a target in words.
    pub fn unit_words(unit: &Unit) -> Bilingual {
        crate::quantity::unit::words(unit)
    }
}
