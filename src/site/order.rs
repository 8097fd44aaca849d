//! What stands in one order across all policies: the newest first, the timeline, the changes, each place's own.
//!
//! Made from what such lists need of each policy and no more, so that an edit to a policy's words moves nothing.

use std::cmp::Reverse;
use std::sync::Arc;

use super::{Policy, TargetRef};
use crate::content::fields::CivilDate;

/// What lists across policies need of one.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Outline {
    pub(super) place: usize,
    pub(super) issuer: usize,
    pub(super) topics: Vec<usize>,
    pub(super) targets: Vec<OutlineTarget>,
    issued: Option<CivilDate>,
    changes: Vec<CivilDate>,
}

/// What they need of a target.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OutlineTarget {
    pub(super) place: usize,
    pub(super) topics: Vec<usize>,
    pub(super) indicator: Option<usize>,
    /// The target of the same policy that gives the same commitment.
    pub(super) same_as: Option<usize>,
    due: i16,
}

impl Outline {
    pub(super) fn of(policy: &Policy) -> Self {
        let target = |t: &super::LinkedTarget| OutlineTarget {
            place: t.place,
            topics: t.topics.clone(),
            indicator: t.indicator,
            same_as: t.same_as.map(|at| at.target),
            due: t.target.due.as_ref().map_or(i16::MAX, |d| *d.get_ref()),
        };
        Outline {
            place: policy.place,
            issuer: policy.issuer,
            topics: policy.topics.clone(),
            targets: policy.targets.iter().map(target).collect(),
            issued: policy.record.issued,
            changes: policy.record.change.iter().map(|c| c.date).collect(),
        }
    }
}

/// The lists.
#[derive(Debug)]
pub(super) struct Order {
    pub(super) newest: Arc<Vec<usize>>,
    pub(super) timeline: Arc<Vec<TargetRef>>,
    pub(super) changes: Arc<Vec<(usize, usize)>>,
    /// By index of the place: its policies, newest first.
    pub(super) policies_of: Vec<Vec<usize>>,
    /// By index of the place: its targets, in the order of the timeline.
    pub(super) targets_of: Vec<Vec<TargetRef>>,
}

impl Order {
    /// Orders all policies, which are numbered by id; `places` is how many places there are.
    pub(super) fn of<'a>(outlines: impl Iterator<Item = &'a Outline>, places: usize) -> Self {
        let outlines: Vec<&Outline> = outlines.collect();
        let mut newest: Vec<usize> = (0..outlines.len()).collect();
        newest.sort_unstable_by_key(|&i| (Reverse(outlines[i].issued), i));
        let mut policies_of = vec![Vec::new(); places];
        for &i in &newest {
            policies_of[outlines[i].place].push(i);
        }
        let mut dated: Vec<(i16, usize, TargetRef)> = Vec::new();
        let mut changes: Vec<(Reverse<CivilDate>, usize, usize)> = Vec::new();
        for (policy, outline) in outlines.iter().enumerate() {
            let targets = outline.targets.iter().enumerate();
            dated.extend(targets.map(|(target, t)| (t.due, t.place, TargetRef { policy, target })));
            changes.extend(outline.changes.iter().enumerate().map(|(c, date)| (Reverse(*date), policy, c)));
        }
        dated.sort_unstable();
        changes.sort_unstable();
        let mut targets_of = vec![Vec::new(); places];
        for &(_, place, at) in &dated {
            targets_of[place].push(at);
        }
        Order {
            newest: Arc::new(newest),
            timeline: Arc::new(dated.into_iter().map(|(_, _, at)| at).collect()),
            changes: Arc::new(changes.into_iter().map(|(_, policy, change)| (policy, change)).collect()),
            policies_of,
            targets_of,
        }
    }
}
