//! Order in the house: nothing unused, no name for two things, nothing past its time unremarked.

mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::rule::Rule;
use crate::content::fields::{Bilingual, Lang, Names};
use crate::content::record::Status;
use crate::diagnostic::{Problem, Severity};
use crate::read::Tree;
use crate::site::{Entity, Site};
pub(super) use uses::House;

const fn rule(
    code: &'static str,
    severity: Severity,
    asks: &'static str,
    why: &'static str,
    wrong: &'static str,
    right: &'static str,
) -> Rule {
    Rule { code, severity, adjustable: true, asks, why, wrong, right }
}

pub(super) const UNUSED: Rule = rule(
    "unused-entity",
    Severity::Warning,
    "Every place, topic, agency, indicator and term is used.",
    "What nothing refers to and no text names has no page worth having; most often its alias is misspelt. A name in a source or digest, a link, a record or a target is a use.",
    "content/topics/teleportation.toml, which no policy, target or text names",
    "A topic that a policy lists under topics",
);
pub(super) const CLASH: Rule = rule(
    "alias-clash",
    Severity::Warning,
    "No name or alias belongs to two entities of one kind.",
    "A passage that says it could be put to only one of them. Agencies of different places may share a short name (市卫健委).",
    "[wuhan-health-commission]\naliases = { zh = [\"市卫健委\"] }\n\n[wuhan-health-bureau]          # of Wuhan, too\naliases = { zh = [\"市卫健委\"] }",
    "The alias with the one that the texts mean",
);
pub(super) const NO_TOPIC: Rule = rule(
    "target-without-topic",
    Severity::Warning,
    "Every target has a topic.",
    "Topic pages are how readers find it beside what other places promise.",
    "[[target]]\nid     = \"hospitals\"\ntopics = []",
    "[[target]]\nid     = \"hospitals\"\ntopics = [\"medical-services\"]",
);
pub(super) const ALONE: Rule = rule(
    "indicator-alone",
    Severity::Warning,
    "An indicator has targets of at least two commitments.",
    "An indicator is there to compare; one alone compares with nothing.",
    "indicator = \"health-industry-scale\"      # the only target with it",
    "Leave indicator out until a second target measures the same",
);
pub(super) const EXPIRED: Rule = rule(
    "expired-in-force",
    Severity::Warning,
    "A policy whose last day or period is over is not marked in force.",
    "Readers rely on the status. The date of the build decides, not the clock.",
    "status  = \"in-force\"\nexpires = 2024-12-31      # and today is 2026-01-01",
    "status  = \"expired\"\nexpires = 2024-12-31",
);
pub(super) const PASSED: Rule = rule(
    "deadline-passed",
    Severity::Note,
    "A target past its year has an outcome, if one is known.",
    "Until one is recorded, pages say «deadline passed, no outcome recorded»; never that a target was met or missed.",
    "due = 2025                # and today is 2026-01-01, with no [[outcome]]",
    "[[outcome]]\ntarget = \"hospitals\"\nvalue  = \"4\"\nas_of  = 2025-12-31\nsource = { title = { zh = \"…\", en = \"…\" }, url = \"https://…\", retrieved = 2026-01-20 }\nquote  = '…'",
);

pub(super) const RULES: [&Rule; 6] = [&UNUSED, &CLASH, &NO_TOPIC, &ALONE, &EXPIRED, &PASSED];

/// What is past its time in a policy, and its targets without a topic.
pub(super) fn policy(site: &Site, index: usize, tree: &Tree) -> Vec<Problem> {
    let policy = &site.policies[index];
    let mut problems = Vec::new();
    let file = format!("content/policies/{}/targets.toml", policy.id);
    for target in &policy.targets {
        // Of a proposal `unreviewed` speaks.
        if target.topics.is_empty() && target.target.reviewed {
            problems.push(
                NO_TOPIC
                    .problem(format!("`{}` has no topic", target.target.id.get_ref()))
                    .at(&file, target.target.id.span())
                    .help("add topics = [\"…\"]"),
            );
        }
        // The same commitment given twice has one outcome.
        let same = target.same_as.map(|at| &policy.targets[at.target]);
        let open = [Some(target), same].into_iter().flatten().all(|t| t.outcomes.is_empty());
        if let Some(due) = target.target.due.as_ref().filter(|d| *d.get_ref() < site.today.year() && open) {
            problems.push(
                PASSED
                    .problem(format!("`{}` was due in {}", target.target.id.get_ref(), due.get_ref()))
                    .at(&file, due.span())
                    .help("record what came of it as [[outcome]], with its source, if that is known"),
            );
        }
    }
    let record = &policy.record;
    let last = record.expires.map(|d| (d.0 < site.today, d.0.to_string()));
    let period = record.period.as_ref().map(|p| (p.get_ref().1 < site.today.year(), p.get_ref().1.to_string()));
    if record.status == Status::InForce
        && let Some((_, end)) = last.or(period).filter(|(over, _)| *over)
    {
        let file = format!("content/policies/{}/policy.toml", policy.id);
        problems.push(
            EXPIRED
                .problem(format!("`{}` ended in {end} and is marked in force", policy.id))
                .at(
                    &file,
                    ["status", "expires", "period"]
                        .iter()
                        .map(|k| key(tree, &file, k))
                        .find(|r| !r.is_empty())
                        .unwrap_or(0..0),
                )
                .help("write status = \"expired\", or \"superseded\" if another took its place"),
        );
    }
    problems
}

/// Where a key of a file stands at the beginning of a line.
fn key(tree: &Tree, file: &str, key: &str) -> Range<usize> {
    let text = tree.text(file).and_then(Result::ok).unwrap_or_default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if line.trim_start().strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(['=', ']'])) {
            return at..at + line.trim_end().len();
        }
        at += line.len();
    }
    0..0
}

/// Where an entity is defined.
fn definition(site: &Site, tree: &Tree, entity: Entity) -> (String, Range<usize>) {
    let listed = |file: &str, id: &str| (file.to_owned(), key(tree, file, &format!("[{id}")));
    match entity {
        Entity::Policy(i) => (format!("content/policies/{}/policy.toml", site.policies[i].id), 0..0),
        Entity::Place(i) => (format!("content/places/{}.toml", site.places[i].id), 0..0),
        Entity::Topic(i) => (format!("content/topics/{}.toml", site.topics[i].id), 0..0),
        Entity::Agency(i) => listed("content/agencies.toml", &site.agencies[i].id),
        Entity::Indicator(i) => listed("content/indicators.toml", &site.indicators[i].id),
        Entity::Term(i) => listed("content/glossary.toml", &site.terms[i].id),
    }
}

/// All entities but policies.
fn entities(site: &Site) -> impl Iterator<Item = Entity> {
    (0..site.places.len())
        .map(Entity::Place)
        .chain((0..site.topics.len()).map(Entity::Topic))
        .chain((0..site.agencies.len()).map(Entity::Agency))
        .chain((0..site.indicators.len()).map(Entity::Indicator))
        .chain((0..site.terms.len()).map(Entity::Term))
}

fn id(site: &Site, entity: Entity) -> &str {
    match entity {
        Entity::Policy(i) => &site.policies[i].id,
        Entity::Place(i) => &site.places[i].id,
        Entity::Topic(i) => &site.topics[i].id,
        Entity::Agency(i) => &site.agencies[i].id,
        Entity::Indicator(i) => &site.indicators[i].id,
        Entity::Term(i) => &site.terms[i].id,
    }
}

/// Names and aliases of an entity in both languages.
fn names(site: &Site, entity: Entity) -> Vec<(Lang, &str)> {
    fn all<'a>(name: &'a Bilingual, aliases: &'a Names) -> Vec<(Lang, &'a str)> {
        let zh = std::iter::once(&name.zh).chain(&aliases.zh).map(|n| (Lang::Zh, n.as_str()));
        let en = std::iter::once(&name.en).chain(&aliases.en).map(|n| (Lang::En, n.as_str()));
        zh.chain(en).filter(|(_, n)| !n.is_empty()).collect()
    }
    match entity {
        Entity::Place(i) => all(&site.places[i].place.name, &site.places[i].place.aliases),
        Entity::Topic(i) => all(&site.topics[i].topic.name, &site.topics[i].topic.aliases),
        Entity::Agency(i) => all(&site.agencies[i].value.name, &site.agencies[i].value.aliases),
        Entity::Term(i) => vec![(Lang::Zh, site.terms[i].value.zh.as_str())],
        Entity::Policy(_) | Entity::Indicator(_) => Vec::new(),
    }
}

/// Names that two entities of a kind share.
pub(super) fn clashes(site: &Site, tree: &Tree) -> Vec<Problem> {
    // Kind, place of an agency, language and name.
    let mut first: BTreeMap<(u8, &str, Lang, &str), Entity> = BTreeMap::new();
    let mut problems = Vec::new();
    for entity in entities(site) {
        let (kind, place) = match entity {
            Entity::Place(_) => (0, ""),
            Entity::Topic(_) => (1, ""),
            Entity::Agency(i) => (2, site.agencies[i].value.place.as_ref().map_or("", |p| p.get_ref().as_str())),
            Entity::Term(_) => (3, ""),
            Entity::Policy(_) | Entity::Indicator(_) => continue,
        };
        let mut own: BTreeSet<(Lang, &str)> = BTreeSet::new();
        for (lang, name) in names(site, entity) {
            if !own.insert((lang, name)) {
                continue;
            }
            if let Some(other) = first.insert((kind, place, lang, name), entity) {
                let [(file, span), (other_file, other_span)] = [entity, other].map(|e| definition(site, tree, e));
                problems.push(
                    CLASH
                        .problem(format!("`{}` and `{}` are both called {name}", id(site, other), id(site, entity)))
                        .at(&file, span)
                        .related(&other_file, other_span, "the other one")
                        .help("keep the name with one of them"),
                );
            }
        }
    }
    problems
}
