//! Agencies by what policies call them.
//!
//! 市卫健委 in a text of Hangzhou is Hangzhou's; what the city's own agencies don't know is looked for
//! among those of the province, and last among those of no place.

use std::collections::BTreeMap;

use crate::site::Site;
use crate::source::normal::normalise;

/// What an agency does in a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// 牵头单位
    Lead,
    /// 责任单位 where nobody is said to lead.
    Responsible,
    /// 责任单位 beside a leader, 配合单位.
    Support,
}

/// Agencies by name and place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offices(BTreeMap<String, Vec<(Option<usize>, usize)>>);

impl Offices {
    /// Collects the Chinese names and aliases of all agencies.
    pub(super) fn new(site: &Site) -> Self {
        let mut names: BTreeMap<String, Vec<(Option<usize>, usize)>> = BTreeMap::new();
        for (i, agency) in site.agencies.iter().enumerate() {
            let place = agency.value.place.as_ref().and_then(|p| site.ids.of_kind("place", p.get_ref()).ok());
            let own = std::iter::once(&agency.value.name.zh).chain(&agency.value.aliases.zh);
            for name in own.filter(|n| !n.is_empty()) {
                let list = names.entry(normalise(name)).or_default();
                if !list.contains(&(place, i)) {
                    list.push((place, i));
                }
            }
        }
        Offices(names)
    }

    /// The agency that a text of a place calls so: the place's own, its parent's, or one of no place.
    pub fn find(&self, site: &Site, place: usize, name: &str) -> Option<usize> {
        let known = self.0.get(&normalise(name))?;
        let of = |place: Option<usize>| known.iter().find(|(p, _)| *p == place).map(|(_, agency)| *agency);
        let mut at = Some(place);
        // Linking has refused places that belong to themselves.
        while let Some(place) = at {
            if let Some(agency) = of(Some(place)) {
                return Some(agency);
            }
            at = site.places[place].parent;
        }
        of(None)
    }
}
