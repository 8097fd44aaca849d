//! Places to set beside each other: those that share an indicator, no more than a few for each place.
//!
//! An indicator of a thousand places would make half a million pairs: each place is set beside its
//! nearest neighbours only, and of those beside the ones that it shares most with.

use std::collections::BTreeMap;

use super::IndicatorConcord;
use crate::site::Site;

/// Most partners that a place has.
pub const MOST_PARTNERS: usize = 20;

/// Two places that share indicators.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Indexes of the places, by id.
    pub places: (usize, usize),
    /// Indexes of the indicators that they share.
    pub indicators: Vec<usize>,
}

/// The pairs of a site, by their places.
pub(super) fn pairs(site: &Site, indicators: &[IndicatorConcord]) -> Vec<Pair> {
    let mut shared: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (i, indicator) in indicators.iter().enumerate() {
        // The places stand by kind and id: what is near is alike.
        let places = &indicator.places;
        for (at, &a) in places.iter().enumerate() {
            for &b in places.iter().skip(at + 1).take(MOST_PARTNERS) {
                shared.entry((a.min(b), a.max(b))).or_default().push(i);
            }
        }
    }
    let mut all: Vec<Pair> = shared.into_iter().map(|(places, indicators)| Pair { places, indicators }).collect();
    all.sort_by_key(|p| (std::cmp::Reverse(p.indicators.len()), p.places));
    let mut partners = vec![0; site.places.len()];
    all.retain(|pair| {
        let (a, b) = pair.places;
        let free = partners[a] < MOST_PARTNERS && partners[b] < MOST_PARTNERS;
        if free {
            partners[a] += 1;
            partners[b] += 1;
        }
        free
    });
    all.sort_by_key(|p| p.places);
    all
}
