//! Which files a page was made from, and what of it no reader sees yet.

use std::collections::BTreeMap;

use crate::content::fields::Lang;
use crate::read::Tree;
use crate::render::{Page, View, urls};
use crate::site::{LinkedDigest, Site};

/// What sets a page of the preview apart from one that is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// A draft: `draft = true`.
    Draft,
    /// A proposal of `import`: `reviewed = false`.
    Proposal,
}

impl Mark {
    /// Its name in the page's script and style.
    pub(super) fn name(self) -> &'static str {
        match self {
            Mark::Draft => "draft",
            Mark::Proposal => "proposal",
        }
    }
}

/// The files of a page from the site's root, the one that says most first.
pub(super) fn files(site: &Site, tree: &Tree, page: Page) -> Vec<String> {
    let digest = |d: &Option<LinkedDigest>| d.as_ref().map(|d| d.digest.file.clone());
    let record = |i: usize| format!("content/policies/{}/policy.toml", site.policies[i].id);
    let targets = |i: usize| format!("content/policies/{}/targets.toml", site.policies[i].id);
    let raw = |i: usize| site.policies[i].record.source.file.get_ref().clone();
    let both = |prose: &[Option<LinkedDigest>; 2], lang: Lang| digest(&prose[lang.index()]);
    let mut out: Vec<String> = Vec::new();
    match page {
        Page::Policy(lang, i) | Page::Markdown(lang, i) => {
            out.extend(both(&site.policies[i].digests, lang));
            out.extend([record(i), targets(i)]);
        }
        Page::Parallel(lang, i) => {
            out.extend(both(&site.policies[i].digests, lang));
            out.extend(both(&site.policies[i].digests, lang.other()));
        }
        Page::Source(_, i) | Page::RawSource(i) => out.extend([raw(i), record(i)]),
        Page::Target(_, at) => out.extend([targets(at.policy), raw(at.policy)]),
        Page::Cite(_, i, _) => out.extend([record(i), targets(i)]),
        Page::Annotations(i) | Page::TargetsJson(View::Policy(i)) | Page::TargetsCsv(View::Policy(i)) => {
            out.push(targets(i));
        }
        Page::Place(lang, i, _) => {
            out.push(format!("content/places/{}.toml", site.places[i].id));
            out.extend(both(&site.places[i].prose, lang));
        }
        Page::Versus(_, i) => {
            let (a, b) = site.concord.pairs[i].places;
            out.extend([a, b].map(|i| format!("content/places/{}.toml", site.places[i].id)));
        }
        Page::Topic(lang, i, _) => {
            out.push(format!("content/topics/{}.toml", site.topics[i].id));
            out.extend(both(&site.topics[i].prose, lang));
        }
        Page::Agency(..) | Page::Agencies(..) => out.push("content/agencies.toml".to_owned()),
        Page::Indicator(..) => out.push("content/indicators.toml".to_owned()),
        Page::Glossary(..) => out.push("content/glossary.toml".to_owned()),
        Page::GuidePage(lang, i) => out.extend(both(&site.guide[i].prose, lang)),
        Page::Guide(_) => out.push("content/guide/".to_owned()),
        Page::Places(..) => out.push("content/places/".to_owned()),
        Page::Topics(..) => out.push("content/topics/".to_owned()),
        Page::Policies(..) | Page::Targets(..) | Page::Compare(..) | Page::Verification(..) => {
            out.push("content/policies/".to_owned());
        }
        _ => out.push("site.toml".to_owned()),
    }
    // A policy need not have targets.
    out.retain(|file| file.ends_with('/') || tree.bytes(file).is_some());
    out
}

/// The marks of a page.
pub(super) fn marks(site: &Site, page: Page) -> Vec<Mark> {
    let policy = |i: usize| site.policies[i].record.draft.then_some(Mark::Draft);
    let proposals = |i: usize| {
        let own = &site.policies[i];
        let open = own.targets.iter().any(|t| !t.target.reviewed) || own.facts.iter().any(|f| !f.fact.reviewed);
        open.then_some(Mark::Proposal)
    };
    match page {
        Page::Policy(_, i) => policy(i).into_iter().chain(proposals(i)).collect(),
        Page::Source(_, i) | Page::Parallel(_, i) => policy(i).into_iter().collect(),
        Page::Target(_, at) => {
            let open = !site.target(at).target.reviewed;
            policy(at.policy).into_iter().chain(open.then_some(Mark::Proposal)).collect()
        }
        Page::Place(_, i, _) => site.places[i].place.draft.then_some(Mark::Draft).into_iter().collect(),
        Page::Topic(_, i, _) => site.topics[i].topic.draft.then_some(Mark::Draft).into_iter().collect(),
        Page::Agency(_, i, _) => site.agencies[i].value.draft.then_some(Mark::Draft).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Addresses of drafts and proposals, so that links to them can be marked wherever they stand.
pub(super) fn marked(site: &Site) -> BTreeMap<String, Mark> {
    let mut out = BTreeMap::new();
    for lang in Lang::BOTH {
        for (policy, own) in site.policies.iter().enumerate() {
            let open = (0..own.targets.len()).filter(|i| !own.targets[*i].target.reviewed);
            out.extend(
                open.map(|target| {
                    (urls::target(site, crate::site::TargetRef { policy, target }, lang), Mark::Proposal)
                }),
            );
            if own.record.draft {
                out.insert(urls::policy(&own.id, lang), Mark::Draft);
            }
        }
        let places = site.places.iter().filter(|p| p.place.draft).map(|p| urls::place(&p.id, lang));
        let topics = site.topics.iter().filter(|t| t.topic.draft).map(|t| urls::topic(&t.id, lang));
        let agencies = site.agencies.iter().filter(|a| a.value.draft).map(|a| urls::agency(&a.id, lang));
        out.extend(places.chain(topics).chain(agencies).map(|address| (address, Mark::Draft)));
    }
    out
}
