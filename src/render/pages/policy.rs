//! One policy: its record, its targets at a glance, the digest, the notes.

use serde::Serialize;

use super::verification::Mark;
use super::views::{LinkView, NoteView, PolicyView, TargetView, date};
use super::{PageInfo, PageSpec};
use crate::content::fields::{DocumentRef, Lang};
use crate::diagnostic::Problem;
use crate::render::cite::CiteView;
use crate::render::html::{self, Context};
use crate::render::{Output, Renderer, View, urls};
use crate::site::{Entity, Relation, TargetRef};

#[derive(Serialize)]
struct PolicyPage {
    page: PageInfo,
    mark: Mark,
    policy: PolicyView,
    title_zh: String,
    sha256: String,
    source_official: Option<String>,
    source_archived: Option<String>,
    topics: Vec<LinkView>,
    parallel_url: String,
    relations: Vec<RelationView>,
    targets: Vec<TargetView>,
    headings: Vec<HeadingView>,
    body: Option<String>,
    notes: Vec<NoteView>,
    changes: Vec<Change>,
    raw_url: String,
    cites: Vec<CiteView>,
    cite_files: Vec<LinkView>,
    files: Vec<LinkView>,
}

#[derive(Serialize)]
struct RelationView {
    /// `carries_out`, `carried_out_by`, …: key of the words.
    relation: &'static str,
    documents: Vec<DocumentView>,
}

#[derive(Serialize)]
struct DocumentView {
    url: Option<String>,
    name: String,
    number: String,
}

#[derive(Serialize)]
struct HeadingView {
    id: String,
    level: u8,
    name: String,
}

#[derive(Serialize)]
struct Change {
    date: String,
    words: String,
}

impl Renderer<'_> {
    pub(in crate::render) fn policy(&self, lang: Lang, index: usize) -> Result<Output, Problem> {
        let site = self.site;
        let policy = &site.policies[index];
        let record = &policy.record;
        let folder = urls::policy(&policy.id, lang);
        let root = urls::to_root(&folder);
        let digest = policy.digests[lang.index()].as_ref();
        let body = digest.map(|digest| {
            html::digest(&Context::new(site, digest, lang, self.urls(), &root, self.word(lang, "citation")))
        });
        let issuer = self.name(Entity::Agency(policy.issuer), lang);
        let description = match lang {
            Lang::Zh => format!("{issuer}：{}。", record.title.zh),
            Lang::En => format!("{issuer}: {}.", record.title.en),
        };
        let values = PolicyPage {
            mark: self.mark(index, lang),
            page: self
                .page_info(PageSpec {
                    lang,
                    other: urls::policy(&policy.id, lang.other()),
                    title: self.name(Entity::Policy(index), lang),
                    description,
                    section: "policies",
                    folder: folder.clone(),
                    anchor: "",
                })
                .with_data(&self.article_data(index, lang)),
            policy: self.policy_view(index, lang),
            title_zh: record.title.zh.clone(),
            sha256: record.source.sha256.get_ref().clone(),
            source_official: non_empty(&record.source.url),
            source_archived: non_empty(&record.source.archived),
            topics: policy.topics.iter().map(|&t| self.link(Entity::Topic(t), lang)).collect(),
            parallel_url: self.urls().page(&urls::parallel(&policy.id, lang)),
            relations: self.relations(index, lang),
            targets: (0..policy.targets.len())
                .map(|target| self.target_view(TargetRef { policy: index, target }, lang))
                .collect(),
            headings: digest.map(|d| headings(&d.digest)).unwrap_or_default(),
            body,
            notes: digest.map(|d| self.note_views(d, Some(index), lang)).unwrap_or_default(),
            changes: record
                .change
                .iter()
                .map(|c| Change {
                    date: date(c.date.0, lang),
                    words: if lang == Lang::Zh { c.zh.clone() } else { c.en.clone() },
                })
                .collect(),
            files: {
                let mut files = self.files(View::Policy(index), lang);
                files.push(self.file("file_markdown", format!("{folder}index.md"), lang));
                files.push(self.file(
                    "file_annotations",
                    format!("data/policies/{}/annotations.json", policy.id),
                    lang,
                ));
                if digest.is_none() {
                    files.retain(|f| !f.url.ends_with("index.md"));
                }
                files
            },
            cites: self.cite_policy(index, lang),
            cite_files: self.cite_files(index, lang),
            raw_url: record.source.file.get_ref().clone(),
        };
        self.folder_page("policy.html", &folder, lang, &values)
    }

    fn relations(&self, index: usize, lang: Lang) -> Vec<RelationView> {
        let policy = &self.site.policies[index];
        let record = &policy.record;
        let lists = [
            ("carries_out", &record.carries_out),
            ("amends", &record.amends),
            ("supersedes", &record.supersedes),
            ("mentions", &record.mentions),
        ];
        let mut out: Vec<RelationView> = Vec::new();
        let mut add = |relation, document| match out.iter_mut().find(|r| r.relation == relation) {
            Some(same) => same.documents.push(document),
            None => out.push(RelationView { relation, documents: vec![document] }),
        };
        for (relation, list) in lists {
            for document in list {
                let (link, name, number) = match document.get_ref() {
                    DocumentRef::Policy(id) => {
                        let link = self.site.ids.of_kind("policy", id).ok().map(|i| self.policy_link(i, lang));
                        let name = link.as_ref().map(|l| l.name.clone()).unwrap_or_default();
                        (link, name, String::new())
                    }
                    DocumentRef::Other { title, number } => {
                        let name = if title.get(lang).is_empty() { &title.zh } else { title.get(lang) };
                        (None, name.to_owned(), number.clone())
                    }
                };
                add(relation, DocumentView { url: link.map(|l| l.url), name, number });
            }
        }
        for (relation, from) in &policy.related_from {
            let LinkView { url, name } = self.policy_link(*from, lang);
            let relation = match relation {
                Relation::CarriesOut => "carried_out_by",
                Relation::Amends => "amended_by",
                Relation::Supersedes => "superseded_by",
                Relation::Mentions => "mentioned_by",
            };
            add(relation, DocumentView { url: Some(url), name, number: String::new() });
        }
        out
    }
}

fn headings(digest: &crate::content::markdown::Digest) -> Vec<HeadingView> {
    use crate::content::markdown::{BlockKind, plain};
    digest
        .blocks
        .iter()
        .filter_map(|b| match &b.kind {
            BlockKind::Heading { level, id, words } => {
                Some(HeadingView { id: id.clone(), level: *level, name: plain(words) })
            }
            _ => None,
        })
        .collect()
}

fn non_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}
