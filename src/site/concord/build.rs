//! A concord made: each policy read through, what that gave dealt out in order.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::Names;
use super::offices::Offices;
use super::{
    AgencyConcord, Column, Concord, IndicatorConcord, Lexicon, PlaceConcord, TermConcord, TopicConcord, TopicCount,
    order, pairs, read,
};
use crate::content::entities::{Agency, Indicator, Place, Term, Topic};
use crate::content::fields::Lang;
use crate::content::markdown::Digest;
use crate::content::record::Record;
use crate::content::{Content, Defined, WithProse};
use crate::kept::{Kept, Same, each};
use crate::site::order::Outline;
use crate::site::{Entity, Ids, LinkedDigest, Named, Site, TargetRef};
use crate::source::SourceText;

/// What reading one policy depends on: what everything is called, its place, its source and its digests; then
/// the policies whose titles its digests show.
type ReadKey = ((Same<Lexicon>, Same<Ids>, usize, Same<SourceText>, [Option<Same<Digest>>; 2]), Vec<Same<Record>>);

/// What a lexicon is made from.
type LexiconKey = (
    Same<Ids>,
    Same<BTreeMap<String, Defined<WithProse<Place>>>>,
    Same<BTreeMap<String, Defined<WithProse<Topic>>>>,
    (Same<Vec<Named<Agency>>>, Same<Vec<Named<Indicator>>>, Same<Vec<Named<Term>>>),
);

/// Reads through linked sites, and through what has changed of one again.
#[derive(Debug, Default)]
pub(in crate::site) struct Concording {
    lexicon: Kept<LexiconKey, Arc<Lexicon>>,
    read: Vec<Kept<ReadKey, Arc<read::Read>>>,
    concord: Kept<(LexiconKey, Same<Lexicon>, Vec<Same<read::Read>>, Vec<Same<Outline>>), Arc<Concord>>,
}

impl Concording {
    /// The concord of a site that has none yet.
    pub(in crate::site) fn build(&mut self, site: &Site, content: &Content, outlines: &[Arc<Outline>]) -> Arc<Concord> {
        let key = (
            Same::of(&site.ids),
            Same::of(&content.places),
            Same::of(&content.topics),
            (Same::of(&site.agencies), Same::of(&site.indicators), Same::of(&site.terms)),
        );
        let lexicon = self.lexicon.get_equal(key.clone(), |_| Lexicon::new(site));
        let digest = |d: &Option<LinkedDigest>| d.as_ref().map(|d| Same::of(&d.digest));
        let read = each(&mut self.read, site.policies.len(), |i, kept| {
            let policy = &site.policies[i];
            let own = [0, 1].map(|lang| digest(&policy.digests[lang]));
            let inputs = (Same::of(&lexicon), Same::of(&site.ids), policy.place, Same::of(&policy.source), own);
            let shown =
                |read: &read::Read| read.shown.iter().map(|&p| Same::of(&site.policies[p].record)).collect::<Vec<_>>();
            kept.get_deep_equal(inputs, shown, || read::policy(site, i, &lexicon))
        });
        let all =
            (key, Same::of(&lexicon), read.iter().map(Same::of).collect(), outlines.iter().map(Same::of).collect());
        self.concord.get(all, |_| Arc::new(build(site, &lexicon, &read, outlines)))
    }
}

impl Lexicon {
    fn new(site: &Site) -> Self {
        let all = (0..site.places.len()).map(Entity::Place);
        let all = all.chain((0..site.topics.len()).map(Entity::Topic));
        let all = all.chain((0..site.agencies.len()).map(Entity::Agency));
        let all = all.chain((0..site.indicators.len()).map(Entity::Indicator));
        let all = all.chain((0..site.terms.len()).map(Entity::Term));
        Lexicon {
            offices: Offices::new(site),
            names: Lang::BOTH.map(|lang| Names::new(&site.places, &site.topics, &site.terms, lang)),
            shown: all.map(|e| (e, Lang::BOTH.map(|lang| site.name(e, lang).to_owned()))).collect(),
            parents: site.places.iter().map(|p| p.parent).collect(),
        }
    }
}

/// Deals out what was read.
fn build(site: &Site, lexicon: &Arc<Lexicon>, read: &[Arc<read::Read>], outlines: &[Arc<Outline>]) -> Concord {
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
        lexicon: Arc::clone(lexicon),
        ..Concord::default()
    };
    deal(site, read, outlines, &rank, &mut out);
    deal_targets(site, outlines, &rank, &mut out);
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
    out
}

/// Deals out what was read of each policy, newest first.
fn deal(site: &Site, read: &[Arc<read::Read>], outlines: &[Arc<Outline>], rank: &[usize], out: &mut Concord) {
    for &index in site.newest.iter() {
        let (policy, read) = (&outlines[index], &read[index]);
        for &topic in &policy.topics {
            out.topics[topic].policies.push(index);
        }
        out.agencies[policy.issuer].issued.push(index);
        for &(agency, task) in &read.tasks {
            out.agencies[agency].tasks.push(task);
        }
        let named = read.passages.iter().map(|(entity, _)| *entity);
        for entity in named.chain(read.digests.iter().flatten().map(|(entity, _)| *entity)) {
            if let Entity::Term(t) = entity
                && out.terms[t].policies.last() != Some(&index)
            {
                out.terms[t].policies.push(index);
            }
        }
        for (entity, passage) in &read.passages {
            match *entity {
                Entity::Topic(t) => column(&mut out.topics[t], policy.place, rank).passages.push(passage.clone()),
                Entity::Place(p) if p != policy.place => out.places[p].mentions.push(passage.clone()),
                Entity::Term(t) => out.terms[t].passages.push(passage.clone()),
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
fn deal_targets(site: &Site, outlines: &[Arc<Outline>], rank: &[usize], out: &mut Concord) {
    let place = |at: &TargetRef| outlines[at.policy].targets[at.target].place;
    for &at in site.timeline.iter() {
        let all = &outlines[at.policy].targets;
        let target = &all[at.target];
        // What a text says twice counts once.
        let first = target.same_as.map(|first| &all[first]);
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
        indicator.targets.sort_by_key(|at| rank[place(at)]);
        indicator.places = indicator.targets.iter().map(place).collect();
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
