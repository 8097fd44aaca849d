//! `unequal-headings`: both digests of a policy have the same headings, in the same order.

use std::sync::Arc;

use super::graver_unless_draft;
use crate::content::markdown::Digest;
use crate::content::{Content, PolicyContent};
use crate::diagnostic::Problem;

/// A policy's digests.
pub(super) fn policy(policy: &PolicyContent) -> Option<Problem> {
    compare(&policy.digests, policy.record.draft)
}

/// All other prose.
pub(super) fn across(content: &Content) -> Vec<Problem> {
    let places = content.places.values().map(|p| compare(&p.value.prose, p.value.entity.draft));
    let topics = content.topics.values().map(|t| compare(&t.value.prose, t.value.entity.draft));
    let guide = content.guide.iter().map(|page| compare(&page.prose, false));
    places.chain(topics).chain(guide).flatten().collect()
}

fn compare(digests: &[Option<Arc<Digest>>; 2], draft: bool) -> Option<Problem> {
    match digests {
        [Some(zh), Some(en)] => unequal(zh, en).map(|p| graver_unless_draft(p, draft)),
        _ => None,
    }
}

/// The first heading at which two digests part.
fn unequal(zh: &Digest, en: &Digest) -> Option<Problem> {
    let left: Vec<_> = zh.headings().collect();
    let right: Vec<_> = en.headings().collect();
    let same = left.iter().zip(&right).take_while(|(a, b)| (a.0, a.1) == (b.0, b.1)).count();
    let (a, b) = (left.get(same), right.get(same));
    let problem = match (a, b) {
        (None, None) => return None,
        (Some((id, _, span)), None) => {
            Problem::error("unequal-headings", format!("the heading `{id}` is missing in {}", en.file))
                .at(&zh.file, (*span).clone())
        }
        (None, Some((id, _, span))) => {
            Problem::error("unequal-headings", format!("the heading `{id}` is missing in {}", zh.file))
                .at(&en.file, (*span).clone())
        }
        (Some((x, m, zh_span)), Some((y, n, en_span))) => {
            let message = if x == y {
                format!("the heading `{x}` has level {m} in Chinese and level {n} in English")
            } else {
                format!("the heading `{x}` stands where {} has `{y}`", en.file)
            };
            Problem::error("unequal-headings", message).at(&zh.file, (*zh_span).clone()).related(
                &en.file,
                (*en_span).clone(),
                "in English",
            )
        }
    };
    Some(problem.help("give both digests the same headings, with the same ids, in the same order"))
}
