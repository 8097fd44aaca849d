//! All content read, and what has changed of it read again.
//!
//! By policy, in parallel; places and topics, the lists of entities and the guide each as one.

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::entities::{Agency, Indicator, Place, SiteSettings, Term, Topic};
use super::files::{POLICY_FILES, tables, unknown_files, whole};
use super::policy::policy;
use super::prose::{ProseFiles, guide, with_prose};
use super::{Content, Defined, GuidePage, PolicyContent, WithProse};
use crate::diagnostic::Batch;
use crate::kept::{Kept, Same};
use crate::read::Tree;

/// The bytes of the files that something is read from.
type Files = Vec<(String, Option<Same<[u8]>>)>;

/// Reads content, and what has changed of it again.
#[derive(Debug)]
pub(crate) struct Parser {
    drafts: bool,
    settings: Kept<Files, (Option<Arc<SiteSettings>>, Batch)>,
    policies: BTreeMap<String, Kept<Files, (Option<Arc<PolicyContent>>, Batch)>>,
    places: Kept<Files, (Arc<BTreeMap<String, Defined<WithProse<Place>>>>, Batch)>,
    topics: Kept<Files, (Arc<BTreeMap<String, Defined<WithProse<Topic>>>>, Batch)>,
    agencies: Kept<Files, (Arc<BTreeMap<String, Defined<Agency>>>, Batch)>,
    indicators: Kept<Files, (Arc<BTreeMap<String, Defined<Indicator>>>, Batch)>,
    terms: Kept<Files, (Arc<BTreeMap<String, Defined<Term>>>, Batch)>,
    guide: Kept<Files, (Arc<Vec<GuidePage>>, Batch)>,
    prose: ProseFiles,
}

impl Parser {
    /// Reads a site with its drafts and unreviewed proposals or without.
    pub(crate) fn new(drafts: bool) -> Self {
        Parser {
            drafts,
            settings: Kept::default(),
            policies: BTreeMap::new(),
            places: Kept::default(),
            topics: Kept::default(),
            agencies: Kept::default(),
            indicators: Kept::default(),
            terms: Kept::default(),
            guide: Kept::default(),
            prose: ProseFiles::new(),
        }
    }

    /// Reads all content; `None` if there is no usable `site.toml`.
    pub(crate) fn parse(&mut self, tree: &Tree) -> (Option<Content>, Vec<Batch>) {
        let drafts = self.drafts;
        let mut batches: Vec<Batch> = vec![unknown_files(tree).into()];
        let mut keep = |batch: Batch| batches.push(batch);

        let (settings, found) = self.settings.get(file(tree, "site.toml"), |_| {
            let mut problems = Vec::new();
            let settings: Option<SiteSettings> = whole(tree, "site.toml", &mut problems);
            (settings.map(Arc::new), problems.into())
        });
        keep(found);
        let policies = self.policies(tree, &mut keep);
        let (places, found) = self.places.get(folder(tree, "content/places/"), |_| {
            let mut problems = Vec::new();
            let mut all = with_prose(tree, "content/places/", &mut self.prose, &mut problems);
            all.retain(|_, p: &mut Defined<WithProse<Place>>| drafts || !p.value.entity.draft);
            (Arc::new(all), problems.into())
        });
        keep(found);
        let (topics, found) = self.topics.get(folder(tree, "content/topics/"), |_| {
            let mut problems = Vec::new();
            let mut all = with_prose(tree, "content/topics/", &mut self.prose, &mut problems);
            all.retain(|_, t: &mut Defined<WithProse<Topic>>| drafts || !t.value.entity.draft);
            (Arc::new(all), problems.into())
        });
        keep(found);
        let (agencies, found) = self.agencies.get(file(tree, "content/agencies.toml"), |_| {
            let (mut all, found) = tables(tree, "content/agencies.toml");
            all.retain(|_, a: &mut Defined<Agency>| drafts || !a.value.draft);
            (Arc::new(all), found)
        });
        keep(found);
        let (indicators, found) = self.indicators.get(file(tree, "content/indicators.toml"), |_| {
            let (all, found) = tables(tree, "content/indicators.toml");
            (Arc::new(all), found)
        });
        keep(found);
        let (terms, found) = self.terms.get(file(tree, "content/glossary.toml"), |_| {
            let (all, found) = tables(tree, "content/glossary.toml");
            (Arc::new(all), found)
        });
        keep(found);
        let (guide, found) = self.guide.get(folder(tree, "content/guide/"), |_| {
            let mut problems = Vec::new();
            let pages = guide(tree, &mut self.prose, &mut problems);
            (Arc::new(pages), problems.into())
        });
        keep(found);
        let content =
            settings.map(|settings| Content { settings, policies, places, topics, agencies, indicators, terms, guide });
        (content, batches)
    }

    /// Reads the policies, in parallel.
    fn policies(&mut self, tree: &Tree, keep: &mut impl FnMut(Batch)) -> BTreeMap<String, Arc<PolicyContent>> {
        const FOLDER: &str = "content/policies/";
        let drafts = self.drafts;
        let mut last = std::mem::take(&mut self.policies);
        let mut all: Vec<(&str, Files)> = Vec::new();
        for (path, bytes) in tree.shared_below(FOLDER) {
            let Some((id, name)) = path[FOLDER.len()..].split_once('/') else { continue };
            if all.last().is_none_or(|(last, _)| *last != id) {
                all.push((id, Vec::with_capacity(POLICY_FILES.len())));
            }
            if let Some((_, files)) = all.last_mut() {
                files.push((name.to_owned(), Some(Same::of(bytes))));
            }
        }
        let work: Vec<(&str, Files, Kept<_, _>)> =
            all.into_iter().map(|(id, files)| (id, files, last.remove(id).unwrap_or_default())).collect();
        let read: Vec<_> = work
            .into_par_iter()
            .map(|(id, files, mut kept)| {
                let value = kept.get(files, |_| {
                    let (policy, problems) = policy(tree, id.to_owned(), drafts);
                    (policy.map(Arc::new), problems.into())
                });
                (id, kept, value)
            })
            .collect();
        let mut out = BTreeMap::new();
        for (id, kept, (policy, problems)) in read {
            keep(problems);
            if let Some(policy) = policy.filter(|p| drafts || !p.record.draft) {
                out.insert(id.to_owned(), policy);
            }
            self.policies.insert(id.to_owned(), kept);
        }
        out
    }
}

/// A file as an input.
fn file(tree: &Tree, path: &str) -> Files {
    vec![(path.to_owned(), tree.shared(path).map(Same::of))]
}

/// All files below a folder as an input.
fn folder(tree: &Tree, folder: &str) -> Files {
    tree.shared_below(folder).map(|(path, bytes)| (path.to_owned(), Some(Same::of(bytes)))).collect()
}
