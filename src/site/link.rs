//! Linking: content and source texts to a [`Site`].
//!
//! By policy, in parallel: its source text read, every id resolved and quote found, its spans, itself put
//! together. Across policies: the ids, who quotes whose source, the order of lists, the concord. Each step keeps
//! what it made with what it made it from, and what is across policies needs as little of each as it can.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::assemble::{self, Parts};
use super::citations::Owner;
use super::concord::Concording;
use super::look::{self, Linker, Looked, Quoted};
use super::order::{Order, Outline};
use super::source_text::{self, KeptText};
use super::spans::Spans;
use super::{
    Concord, DateSource, Entity, Ids, LinkedGuide, LinkedPlace, LinkedTopic, Named, Policy, Prose, Relation, Site,
};
use crate::content::entities::{Agency, Indicator, Place, SiteSettings, Term, Topic};
use crate::content::markdown::Digest;
use crate::content::{Content, Defined, GuidePage, PolicyContent, WithProse};
use crate::diagnostic::Batch;
use crate::kept::{Kept, Same, each};
use crate::read::Tree;
use crate::source::SourceText;

/// A linked site, as far as it could be linked, and the problems met.
#[derive(Debug)]
pub(crate) struct Linked {
    /// The site; `None` if something is missing without which no page can be made.
    pub(crate) site: Option<Site>,
    /// The problems.
    pub(crate) problems: Vec<Batch>,
}

/// A file of entities.
type Defs<T> = BTreeMap<String, Defined<T>>;

/// What ids are made from: the ids of policies, and all entities.
type IdsKey = (
    Vec<String>,
    (Same<Defs<WithProse<Place>>>, Same<Defs<WithProse<Topic>>>, Same<Defs<Agency>>),
    (Same<Defs<Indicator>>, Same<Defs<Term>>),
);

/// What looking anything up depends on: ids, and kinds of documents.
type Names = (Same<Ids>, Same<Vec<String>>);

/// What looking something up in a policy depends on: its files and its source.
type Seen = (Same<PolicyContent>, Option<Same<SourceText>>);

/// Digests in both languages.
type Pair = [Option<Same<Digest>>; 2];

/// What is quoted of a source by earlier policies, and by later ones and prose.
type Elsewhere = [Vec<Quoted>; 2];

/// What a policy is put together from.
type PolicyKey = (Same<PolicyContent>, Same<SourceText>, Same<Looked>, Vec<(Relation, usize)>, Vec<Same<Spans>>);

/// Links a site, and what has changed of it again.
#[derive(Debug, Default)]
pub(crate) struct Linking {
    ids: Kept<IdsKey, Arc<Ids>>,
    kinds: Kept<Same<SiteSettings>, Arc<Vec<String>>>,
    entities: Kept<(Same<Ids>, Same<Defs<WithProse<Place>>>, Same<Defs<Agency>>), Batch>,
    texts: Vec<(String, KeptText)>,
    looked: Vec<Kept<((Names, Seen), Vec<Seen>), Arc<Looked>>>,
    looked_prose: Vec<Kept<((Names, Pair), Vec<Seen>), Arc<Looked>>>,
    spans: Vec<Kept<(Same<SourceText>, Same<Looked>, Elsewhere), Arc<Spans>>>,
    policies: Vec<Kept<PolicyKey, Option<Arc<Policy>>>>,
    prose: Vec<Kept<(Pair, Same<Looked>, Vec<Same<Spans>>), Prose>>,
    outlines: Vec<Kept<Same<Policy>, Arc<Outline>>>,
    order: Kept<(Vec<Same<Outline>>, usize), Arc<Order>>,
    named: NamedLists,
    concord: Concording,
}

impl Linking {
    /// Links a site.
    pub(crate) fn link(&mut self, content: &Content, tree: &Tree, dates: DateSource) -> Linked {
        let ids = self.ids(content);
        let kinds = self.kinds.get_equal(Same::of(&content.settings), |s| s.0.kinds.keys().cloned().collect());
        let policies: Vec<Arc<PolicyContent>> = content.policies.values().cloned().collect();
        let all_prose = all_prose(content);
        let mut problems = Vec::new();

        let mut sources = Vec::with_capacity(policies.len());
        for (source, found) in self.texts(&policies, tree) {
            problems.push(found);
            sources.push(source);
        }
        let linker = Linker { kinds: &kinds, ids: &ids, policies: &policies, sources: &sources };
        let names = (Same::of(&ids), Same::of(&kinds));
        let seen = |i: &usize| (Same::of(&policies[*i]), sources[*i].as_ref().map(Same::of));
        let others = |looked: &Arc<Looked>| looked.others.iter().map(seen).collect::<Vec<_>>();
        let looked: Vec<Arc<Looked>> = each(&mut self.looked, policies.len(), |i, kept| {
            kept.get_deep((names.clone(), seen(&i)), others, || linker.policy(i).done())
        });
        let looked_prose: Vec<Arc<Looked>> = each(&mut self.looked_prose, all_prose.len(), |i, kept| {
            let (owner, digests) = &all_prose[i];
            kept.get_deep((names.clone(), pair(digests)), others, || linker.prose(digests, *owner).done())
        });
        problems.extend(looked.iter().chain(&looked_prose).map(|l| l.reported.clone()));
        let entities = (Same::of(&ids), Same::of(&content.places), Same::of(&content.agencies));
        problems.push(self.entities.get(entities, |_| look::entities(content, &ids).into()));

        // What cites an entry that could not be read rests on nothing; that entry has been reported.
        let readable = policies.iter().all(|p| p.targets.unreadable.is_empty());
        let sources: Option<Vec<Arc<SourceText>>> = sources.iter().cloned().collect();
        let site = sources.filter(|_| readable && !problems.iter().any(Batch::has_errors)).and_then(|sources| {
            let spans = self.spans(&sources, &looked, &looked_prose);
            let prose: Vec<Prose> = each(&mut self.prose, all_prose.len(), |i, kept| {
                let (digests, looked) = (&all_prose[i].1, &looked_prose[i]);
                let cited = looked.others.iter().map(|&o| Same::of(&spans[o])).collect();
                kept.get((pair(digests), Same::of(looked), cited), |_| assemble::prose(digests, looked, &spans))
            });
            let policies = self.policies(&policies, &sources, &looked, &spans)?;
            Some(self.site(content, ids, policies, &prose, dates))
        });
        Linked { site, problems }
    }

    fn ids(&mut self, content: &Content) -> Arc<Ids> {
        let Content { policies, places, topics, agencies, indicators, terms, .. } = content;
        let key = (
            policies.keys().cloned().collect(),
            (Same::of(places), Same::of(topics), Same::of(agencies)),
            (Same::of(indicators), Same::of(terms)),
        );
        self.ids.get_equal(key, |_| Ids::new(content))
    }

    fn texts(&mut self, policies: &[Arc<PolicyContent>], tree: &Tree) -> Vec<(Option<Arc<SourceText>>, Batch)> {
        // A policy that comes or goes moves the others' places, not their texts.
        if self.texts.len() != policies.len() || self.texts.iter().zip(policies).any(|((id, _), p)| *id != p.id) {
            let mut last: BTreeMap<String, KeptText> = std::mem::take(&mut self.texts).into_iter().collect();
            let text = |p: &Arc<PolicyContent>| (p.id.clone(), last.remove(&p.id).unwrap_or_default());
            self.texts = policies.iter().map(text).collect();
        }
        use rayon::prelude::*;
        let work = self.texts.par_iter_mut().zip(policies);
        work.map(|((_, kept), policy)| source_text::read(policy, tree, kept)).collect()
    }

    fn spans(&mut self, sources: &[Arc<SourceText>], looked: &[Arc<Looked>], prose: &[Arc<Looked>]) -> Vec<Arc<Spans>> {
        let mut elsewhere: BTreeMap<usize, Elsewhere> = BTreeMap::new();
        let citing = looked.iter().chain(prose).enumerate().filter(|(_, l)| !l.others.is_empty());
        for (by, looked) in citing {
            for quote in looked.quotes.iter().filter(|q| q.policy != by) {
                elsewhere.entry(quote.policy).or_default()[usize::from(by > quote.policy)].push(quote.clone());
            }
        }
        each(&mut self.spans, sources.len(), |i, kept| {
            let elsewhere = elsewhere.get(&i).cloned().unwrap_or_default();
            kept.get_equal(
                (Same::of(&sources[i]), Same::of(&looked[i]), elsewhere),
                |(source, own, [before, after])| {
                    let own = own.0.quotes.iter().filter(|q| q.policy == i);
                    Spans::new(&source.0, before.iter().chain(own).chain(after))
                },
            )
        })
    }

    fn policies(
        &mut self,
        contents: &[Arc<PolicyContent>],
        sources: &[Arc<SourceText>],
        looked: &[Arc<Looked>],
        spans: &[Arc<Spans>],
    ) -> Option<Vec<Arc<Policy>>> {
        let mut related: BTreeMap<usize, Vec<(Relation, usize)>> = BTreeMap::new();
        for (from, looked) in looked.iter().enumerate() {
            for &(relation, to) in &looked.relations {
                related.entry(to).or_default().push((relation, from));
            }
        }
        let made = each(&mut self.policies, contents.len(), |index, kept| {
            let related = related.get(&index).cloned().unwrap_or_default();
            let cited = std::iter::once(&index).chain(&looked[index].others).map(|&o| Same::of(&spans[o])).collect();
            let (content, source, looked) = (&contents[index], &sources[index], &looked[index]);
            let key = (Same::of(content), Same::of(source), Same::of(looked), related, cited);
            kept.get(key, |(.., related_from, _)| {
                Parts { index, content, source, looked, spans, related_from }.policy().map(Arc::new)
            })
        });
        made.into_iter().collect()
    }

    fn site(
        &mut self,
        content: &Content,
        ids: Arc<Ids>,
        policies: Vec<Arc<Policy>>,
        prose: &[Prose],
        dates: DateSource,
    ) -> Site {
        let outlines = each(&mut self.outlines, policies.len(), |i, kept| {
            kept.get_equal(Same::of(&policies[i]), |policy| Outline::of(&policy.0))
        });
        let places = content.places.len();
        let order = self.order.get((outlines.iter().map(Same::of).collect(), places), |_| {
            Arc::new(Order::of(outlines.iter().map(|o| &**o), places))
        });
        let (of_places, rest) = prose.split_at(places);
        let (of_topics, of_guide) = rest.split_at(content.topics.len());
        let mut site = Site {
            settings: Arc::clone(&content.settings),
            today: dates.resolve(content),
            quote_count: policies.iter().map(|p| p.spans.len()).sum(),
            policies,
            newest: Arc::clone(&order.newest),
            places: self.named.places(content, &ids, &order, of_places),
            topics: self.named.topics(content, of_topics),
            agencies: self.named.agencies(content),
            indicators: self.named.indicators(content),
            terms: self.named.terms(content),
            guide: self.named.guide(content, of_guide),
            ids,
            timeline: Arc::clone(&order.timeline),
            changes: Arc::clone(&order.changes),
            concord: Arc::new(Concord::default()),
        };
        site.concord = self.concord.build(&site, content, &outlines);
        site
    }
}

/// The prose of places and topics and the pages of the guide, in this order.
fn all_prose(content: &Content) -> Vec<(Owner, [Option<Arc<Digest>>; 2])> {
    let places = content.places.values().enumerate();
    let places = places.map(|(i, p)| (Owner::Entity(Entity::Place(i)), p.value.prose.clone()));
    let topics = content.topics.values().enumerate();
    let topics = topics.map(|(i, t)| (Owner::Entity(Entity::Topic(i)), t.value.prose.clone()));
    let guide = content.guide.iter().enumerate().map(|(i, page)| (Owner::Guide(i), page.prose.clone()));
    places.chain(topics).chain(guide).collect()
}

fn pair(digests: &[Option<Arc<Digest>>; 2]) -> Pair {
    digests.each_ref().map(|d| d.as_ref().map(Same::of))
}

fn same(prose: &[Prose]) -> Vec<Same<[Option<super::LinkedDigest>; 2]>> {
    prose.iter().map(Same::of).collect()
}

type SameProse = Vec<Same<[Option<super::LinkedDigest>; 2]>>;

/// The lists of entities, by id.
#[derive(Debug, Default)]
struct NamedLists {
    places: Kept<(Same<Defs<WithProse<Place>>>, Same<Ids>, Same<Order>, SameProse), Arc<Vec<LinkedPlace>>>,
    topics: Kept<(Same<Defs<WithProse<Topic>>>, SameProse), Arc<Vec<LinkedTopic>>>,
    agencies: Kept<Same<Defs<Agency>>, Arc<Vec<Named<Agency>>>>,
    indicators: Kept<Same<Defs<Indicator>>, Arc<Vec<Named<Indicator>>>>,
    terms: Kept<Same<Defs<Term>>, Arc<Vec<Named<Term>>>>,
    guide: Kept<(Same<Vec<GuidePage>>, SameProse), Arc<Vec<LinkedGuide>>>,
}

impl NamedLists {
    fn places(
        &mut self,
        content: &Content,
        ids: &Arc<Ids>,
        order: &Arc<Order>,
        prose: &[Prose],
    ) -> Arc<Vec<LinkedPlace>> {
        let key = (Same::of(&content.places), Same::of(ids), Same::of(order), same(prose));
        self.places.get(key, |_| {
            let place = |(i, (id, place)): (usize, (&String, &Defined<WithProse<Place>>))| LinkedPlace {
                id: id.clone(),
                parent: place.value.entity.parent.as_ref().and_then(|p| ids.of_kind("place", p.get_ref()).ok()),
                place: Arc::clone(&place.value.entity),
                children: Vec::new(),
                policies: order.policies_of[i].clone(),
                targets: order.targets_of[i].clone(),
                prose: Arc::clone(&prose[i]),
            };
            let mut places: Vec<LinkedPlace> = content.places.iter().enumerate().map(place).collect();
            for i in 0..places.len() {
                if let Some(parent) = places[i].parent {
                    places[parent].children.push(i);
                }
            }
            Arc::new(places)
        })
    }

    fn topics(&mut self, content: &Content, prose: &[Prose]) -> Arc<Vec<LinkedTopic>> {
        self.topics.get((Same::of(&content.topics), same(prose)), |_| {
            let topic = |((id, topic), prose): ((&String, &Defined<WithProse<Topic>>), &Prose)| LinkedTopic {
                id: id.clone(),
                topic: Arc::clone(&topic.value.entity),
                prose: Arc::clone(prose),
            };
            Arc::new(content.topics.iter().zip(prose).map(topic).collect())
        })
    }

    fn guide(&mut self, content: &Content, prose: &[Prose]) -> Arc<Vec<LinkedGuide>> {
        self.guide.get((Same::of(&content.guide), same(prose)), |_| {
            let page =
                |(page, prose): (&GuidePage, &Prose)| LinkedGuide { slug: page.slug.clone(), prose: Arc::clone(prose) };
            Arc::new(content.guide.iter().zip(prose).map(page).collect())
        })
    }

    fn agencies(&mut self, content: &Content) -> Arc<Vec<Named<Agency>>> {
        self.agencies.get(Same::of(&content.agencies), |defs| Arc::new(named(&defs.0)))
    }

    fn indicators(&mut self, content: &Content) -> Arc<Vec<Named<Indicator>>> {
        self.indicators.get(Same::of(&content.indicators), |defs| Arc::new(named(&defs.0)))
    }

    fn terms(&mut self, content: &Content) -> Arc<Vec<Named<Term>>> {
        self.terms.get(Same::of(&content.terms), |defs| Arc::new(named(&defs.0)))
    }
}

fn named<T: Clone>(defs: &Defs<T>) -> Vec<Named<T>> {
    defs.iter().map(|(id, d)| Named { id: id.clone(), value: d.value.clone() }).collect()
}
