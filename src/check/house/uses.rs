//! What is used: entities that nothing refers to and no text names, and indicators of one commitment.
//!
//! What each policy uses is kept by policy; texts are searched only for what nothing refers to, and only until
//! all of that is found.

use std::sync::Arc;

use aho_corasick::AhoCorasick;
use rayon::prelude::*;

use super::{ALONE, UNUSED, definition, entities, id, names};
use crate::content::markdown::Inline;
use crate::diagnostic::Problem;
use crate::kept::{Kept, Same, each};
use crate::read::Tree;
use crate::site::{Entity, LinkedDigest, Policy, Site, TargetRef};

/// What a policy refers to.
#[derive(Debug)]
struct Uses {
    entities: Vec<Entity>,
    /// The indicators of its targets, with the commitment that each target is.
    commitments: Vec<(usize, TargetRef)>,
}

/// Finds entities by their names, as written.
#[derive(Debug)]
struct Finder {
    automaton: Option<AhoCorasick>,
    owners: Vec<Entity>,
}

/// What is kept between two checks.
#[derive(Debug, Default)]
pub(in crate::check) struct House {
    uses: Vec<Kept<Same<Policy>, Arc<Uses>>>,
    finder: Kept<Vec<(Entity, String)>, Arc<Finder>>,
    named: Vec<Kept<(Same<Policy>, Same<Finder>), Arc<[Entity]>>>,
}

/// Policies that are searched first; then four times as many, and so on.
const FEW: usize = 64;

impl House {
    /// Entities that nothing uses, and indicators with one commitment.
    pub(in crate::check) fn check(&mut self, site: &Site, tree: &Tree) -> Vec<Problem> {
        let uses = each(&mut self.uses, site.policies.len(), |i, kept| {
            kept.get(Same::of(&site.policies[i]), |_| Arc::new(Uses::of(site, i)))
        });
        let mut problems = self.unused(site, tree, &uses);
        problems.extend(alone(site, tree, &uses));
        problems
    }

    fn unused(&mut self, site: &Site, tree: &Tree, uses: &[Arc<Uses>]) -> Vec<Problem> {
        let mut used = Used::of(site);
        uses.iter().flat_map(|u| &u.entities).for_each(|e| used.mark(*e));
        for (n, place) in site.places.iter().enumerate() {
            place.parent.into_iter().for_each(|p| used.mark(Entity::Place(p)));
            if !place.children.is_empty() {
                used.mark(Entity::Place(n));
            }
        }
        let prose = site.places.iter().map(|p| &p.prose).chain(site.topics.iter().map(|t| &t.prose));
        prose.flat_map(|p| p.iter().flatten()).for_each(|d| references(site, d, &mut |e| used.mark(e)));
        for agency in site.agencies.iter() {
            let place = agency.value.place.as_ref().and_then(|p| site.ids.of_kind("place", p.get_ref()).ok());
            place.into_iter().for_each(|p| used.mark(Entity::Place(p)));
        }
        // The rest is used if a source or a digest names it.
        let rest: Vec<Entity> = entities(site).filter(|e| !used.has(*e)).collect();
        self.search(site, tree, &rest, &mut used);
        let unused = rest.into_iter().filter(|e| !used.has(*e));
        unused
            .map(|entity| {
                let (file, span) = definition(site, tree, entity);
                UNUSED
                    .problem(format!("nothing uses `{}`, and no text names it", id(site, entity)))
                    .at(&file, span)
                    .help("take it out, or give it the aliases that the texts use")
            })
            .collect()
    }

    /// Marks what the texts name, until all is found.
    fn search(&mut self, site: &Site, tree: &Tree, rest: &[Entity], used: &mut Used) {
        let patterns = rest.iter().flat_map(|e| names(site, *e).into_iter().map(|(_, n)| (*e, n.to_owned())));
        let finder = self.finder.get(patterns.collect(), |patterns| {
            // Fails only for more names than memory could hold.
            let automaton = AhoCorasick::new(patterns.iter().map(|(_, n)| n)).ok();
            Arc::new(Finder { automaton, owners: patterns.iter().map(|(e, _)| *e).collect() })
        });
        self.named.resize_with(site.policies.len(), Kept::default);
        let (mut from, mut many) = (0, FEW);
        while from < site.policies.len() && rest.iter().any(|e| !used.has(*e)) {
            let to = site.policies.len().min(from + many);
            let work = self.named[from..to].par_iter_mut().zip(&site.policies[from..to]);
            let found: Vec<Arc<[Entity]>> = work
                .map(|(kept, policy)| {
                    kept.get((Same::of(policy), Same::of(&finder)), |_| finder.named(policy, tree).into())
                })
                .collect();
            found.iter().flat_map(|f| f.iter()).for_each(|e| used.mark(*e));
            (from, many) = (to, many * 4);
        }
    }
}

impl Uses {
    fn of(site: &Site, index: usize) -> Self {
        let policy = &site.policies[index];
        let mut all = vec![Entity::Place(policy.place), Entity::Agency(policy.issuer)];
        all.extend(policy.topics.iter().map(|t| Entity::Topic(*t)));
        let mut commitments = Vec::new();
        for (n, target) in policy.targets.iter().enumerate() {
            all.push(Entity::Place(target.place));
            all.extend(target.topics.iter().map(|t| Entity::Topic(*t)));
            if let Some(indicator) = target.indicator {
                all.push(Entity::Indicator(indicator));
                // The same commitment given twice is one.
                let own = TargetRef { policy: index, target: n };
                commitments.push((indicator, target.same_as.unwrap_or(own)));
            }
        }
        policy.digests.iter().flatten().for_each(|d| references(site, d, &mut |e| all.push(e)));
        all.sort_unstable();
        all.dedup();
        Uses { entities: all, commitments }
    }
}

impl Finder {
    /// The entities that a policy's source and digests name.
    fn named(&self, policy: &Policy, tree: &Tree) -> Vec<Entity> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let blocks = policy.source.blocks.iter().map(|b| b.text.as_str());
        let digests = policy.digests.iter().flatten();
        let digests = digests.filter_map(|d| tree.text(&d.digest.file).and_then(Result::ok));
        // 汉阳区、武昌区人民政府 names two: the names of a note are read out of it.
        let notes = policy.source.blocks.iter().flat_map(|b| &b.notes);
        let noted = notes.flat_map(|n| n.leads.iter().chain(&n.responsible).chain(&n.supporters).map(String::as_str));
        let mut found = vec![false; self.owners.len()];
        for text in blocks.chain(digests).chain(noted) {
            automaton.find_overlapping_iter(text).for_each(|m| found[m.pattern().as_usize()] = true);
        }
        let mut out: Vec<Entity> =
            found.iter().zip(&self.owners).filter(|(found, _)| **found).map(|(_, owner)| *owner).collect();
        out.dedup();
        out
    }
}

/// Which entities are used.
struct Used([Vec<bool>; 6]);

impl Used {
    fn of(site: &Site) -> Self {
        let counts = [
            site.policies.len(),
            site.places.len(),
            site.topics.len(),
            site.agencies.len(),
            site.indicators.len(),
            site.terms.len(),
        ];
        Used(counts.map(|count| vec![false; count]))
    }

    fn at(entity: Entity) -> (usize, usize) {
        match entity {
            Entity::Policy(i) => (0, i),
            Entity::Place(i) => (1, i),
            Entity::Topic(i) => (2, i),
            Entity::Agency(i) => (3, i),
            Entity::Indicator(i) => (4, i),
            Entity::Term(i) => (5, i),
        }
    }

    fn mark(&mut self, entity: Entity) {
        let (kind, index) = Used::at(entity);
        self.0[kind][index] = true;
    }

    fn has(&self, entity: Entity) -> bool {
        let (kind, index) = Used::at(entity);
        self.0[kind][index]
    }
}

fn references(site: &Site, digest: &LinkedDigest, mark: &mut impl FnMut(Entity)) {
    digest.digest.each_inline(&mut |inline| {
        if let Inline::Reference { target, .. } = inline {
            site.ids.resolve(target).into_iter().for_each(&mut *mark);
        }
    });
}

/// Indicators with one commitment.
fn alone(site: &Site, tree: &Tree, uses: &[Arc<Uses>]) -> Vec<Problem> {
    let mut first: Vec<Option<TargetRef>> = vec![None; site.indicators.len()];
    let mut several = vec![false; site.indicators.len()];
    for &(indicator, commitment) in uses.iter().flat_map(|u| &u.commitments) {
        several[indicator] |= *first[indicator].get_or_insert(commitment) != commitment;
    }
    let alone = (0..site.indicators.len()).filter(|&i| first[i].is_some() && !several[i]);
    alone
        .map(|n| {
            let (file, span) = definition(site, tree, Entity::Indicator(n));
            ALONE
                .problem(format!("`{}` has one target, so it compares with nothing", site.indicators[n].id))
                .at(&file, span)
                .help("give it to the targets that measure the same, or take it out")
        })
        .collect()
}
