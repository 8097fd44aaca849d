//! Ids: one name for each policy, place, topic, agency, indicator and term.

use std::collections::BTreeMap;

use crate::content::Content;
use crate::diagnostic::Problem;

/// Something of the site that a page can link to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entity {
    /// Index into the site's policies.
    Policy(usize),
    /// Index into the site's places.
    Place(usize),
    /// Index into the site's topics.
    Topic(usize),
    /// Index into the site's agencies.
    Agency(usize),
    /// Index into the site's indicators.
    Indicator(usize),
    /// Index into the site's terms.
    Term(usize),
}

/// The kinds as a reference names them, in the order of [`Entity`].
pub const KINDS: [&str; 6] = ["policy", "place", "topic", "agency", "indicator", "term"];

impl Entity {
    /// The kind as a reference names it.
    pub fn kind(self) -> &'static str {
        match self {
            Entity::Policy(_) => KINDS[0],
            Entity::Place(_) => KINDS[1],
            Entity::Topic(_) => KINDS[2],
            Entity::Agency(_) => KINDS[3],
            Entity::Indicator(_) => KINDS[4],
            Entity::Term(_) => KINDS[5],
        }
    }
}

/// All ids of a site. Indexes are those of the content's ordered maps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ids(BTreeMap<String, Vec<Entity>>);

impl Ids {
    /// Collects all ids.
    pub fn new(content: &Content) -> Self {
        let mut ids = Ids::default();
        ids.add(content.policies.keys(), Entity::Policy);
        ids.add(content.places.keys(), Entity::Place);
        ids.add(content.topics.keys(), Entity::Topic);
        ids.add(content.agencies.keys(), Entity::Agency);
        ids.add(content.indicators.keys(), Entity::Indicator);
        ids.add(content.terms.keys(), Entity::Term);
        ids
    }

    fn add<'a>(&mut self, names: impl Iterator<Item = &'a String>, entity: fn(usize) -> Entity) {
        for (i, name) in names.enumerate() {
            self.0.entry(name.clone()).or_default().push(entity(i));
        }
    }

    /// What `id` or `kind:id` names.
    ///
    /// # Errors
    /// A problem without a place: an unknown kind or id, or an id of several kinds.
    pub fn resolve(&self, target: &str) -> Result<Entity, Problem> {
        let (kind, id) = match target.split_once(':') {
            Some((kind, id)) => (Some(kind.trim()), id.trim()),
            None => (None, target.trim()),
        };
        if let Some(kind) = kind.filter(|k| !KINDS.contains(k)) {
            return Err(Problem::error("unknown-id", format!("there is no kind `{kind}`"))
                .did_you_mean(kind, KINDS)
                .help(format!("kinds are {}", KINDS.join(", "))));
        }
        let fits = |e: &&Entity| kind.is_none_or(|k| e.kind() == k);
        let found: Vec<Entity> = self.0.get(id).into_iter().flatten().filter(fits).copied().collect();
        match found.as_slice() {
            [one] => Ok(*one),
            [] => Err(self.unknown(kind, id)),
            several => {
                let ways: Vec<String> = several.iter().map(|e| format!("`{}:{id}`", e.kind())).collect();
                Err(Problem::error("ambiguous-id", format!("`{id}` names more than one thing"))
                    .help(format!("write {}", ways.join(" or "))))
            }
        }
    }

    /// The index of an id of one kind.
    ///
    /// # Errors
    /// A problem without a place.
    pub fn of_kind(&self, kind: &'static str, id: &str) -> Result<usize, Problem> {
        let all = self.0.get(id).into_iter().flatten();
        for entity in all {
            match entity {
                Entity::Policy(i)
                | Entity::Place(i)
                | Entity::Topic(i)
                | Entity::Agency(i)
                | Entity::Indicator(i)
                | Entity::Term(i)
                    if entity.kind() == kind =>
                {
                    return Ok(*i);
                }
                _ => {}
            }
        }
        Err(self.unknown(Some(kind), id))
    }

    fn unknown(&self, kind: Option<&str>, id: &str) -> Problem {
        let what = kind.unwrap_or("policy, place, topic, agency, indicator or term");
        let known = self
            .0
            .iter()
            .filter(|(_, entities)| kind.is_none_or(|k| entities.iter().any(|e| e.kind() == k)))
            .map(|(name, _)| name.as_str());
        Problem::error("unknown-id", format!("there is no {what} `{id}`")).did_you_mean(id, known)
    }
}
