//! How to cite a digest, its source text and its targets.
//!
//! Each is one CSL-JSON item: hayagriva sets it in GB/T 7714, APA and Chicago, and [`export`] writes it
//! as CSL-JSON, BibTeX and RIS. A policy's items are set once; a target's line is the line of a stand-in
//! whose title and address are put in afterwards, so that a hundred targets cost no more than one.

pub(super) mod export;

use std::sync::OnceLock;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::{IndependentStyle, Locale, Style};
use hayagriva::{BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Renderer, urls};
use crate::content::fields::Lang;
use crate::site::{Entity, Site, TargetRef};

/// Stand-ins for a target's title and address: private characters, which no style touches.
const TITLE: &str = "\u{E000}";
const ADDRESS: &str = "\u{E001}";

/// The styles, with the names that readers know them by.
const STYLES: [(&str, ArchivedStyle); 3] = [
    ("GB/T 7714", ArchivedStyle::Gb77142015Numeric),
    ("APA", ArchivedStyle::AmericanPsychologicalAssociation),
    ("Chicago", ArchivedStyle::ChicagoAuthorDate),
];

/// A citation in one style.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    pub(super) style: &'static str,
    pub(super) text: String,
}

/// What to cite, in all styles.
#[derive(Clone, Debug, Serialize)]
pub(super) struct CiteView {
    /// `cite_digest`, `cite_source`, `cite_target`: key of its name.
    pub(super) what: &'static str,
    pub(super) lines: Vec<Line>,
}

/// A policy's citations, set.
#[derive(Debug)]
pub(super) struct Set {
    digest: Vec<Line>,
    source: Vec<Line>,
    target: Vec<Line>,
}

/// Styles and locales, loaded when the first citation is set, and each policy's citations, set once.
#[derive(Debug, Default)]
pub(super) struct Citer {
    loaded: OnceLock<(Vec<(&'static str, IndependentStyle)>, Vec<Locale>)>,
    sets: Vec<[OnceLock<Set>; 2]>,
}

impl Citer {
    pub(super) fn new(policies: usize) -> Self {
        Citer { loaded: OnceLock::new(), sets: std::iter::repeat_with(Default::default).take(policies).collect() }
    }

    /// Sets items in each style: for each item its lines.
    fn set(&self, items: &[Item]) -> Vec<Vec<Line>> {
        let (styles, locales) = self.loaded.get_or_init(|| {
            let styles = STYLES.iter().filter_map(|(name, style)| match style.get() {
                Style::Independent(style) => Some((*name, style)),
                Style::Dependent(_) => None,
            });
            (styles.collect(), locales())
        });
        let mut out: Vec<Vec<Line>> = vec![Vec::new(); items.len()];
        for (name, style) in styles {
            // Each is set on its own, so that no style shortens what it has just named.
            for (item, lines) in items.iter().zip(&mut out) {
                let mut driver = BibliographyDriver::new();
                driver.citation(CitationRequest::from_items(vec![CitationItem::with_entry(item)], style, locales));
                let set = driver.finish(BibliographyRequest::new(style, None, locales));
                let mut text = String::new();
                let first = set.bibliography.and_then(|b| b.items.into_iter().next());
                // Writing to a string does not fail.
                let _ = first.map(|i| i.content.write_buf(&mut text, BufWriteFormat::Plain));
                lines.push(Line { style: name, text: text.trim().to_owned() });
            }
        }
        out
    }
}

impl Renderer<'_> {
    /// How to cite a policy's digest and source.
    pub(super) fn cite_policy(&self, policy: usize, lang: Lang) -> Vec<CiteView> {
        let set = self.cite_set(policy, lang);
        vec![
            CiteView { what: "cite_digest", lines: set.digest.clone() },
            CiteView { what: "cite_source", lines: set.source.clone() },
        ]
    }

    /// How to cite a policy's source.
    pub(super) fn cite_source(&self, policy: usize, lang: Lang) -> Vec<CiteView> {
        vec![CiteView { what: "cite_source", lines: self.cite_set(policy, lang).source.clone() }]
    }

    /// How to cite a target.
    pub(super) fn cite_target(&self, at: TargetRef, lang: Lang) -> Vec<CiteView> {
        let title = self.target_title(at, lang);
        let url = format!("{}{}", self.base_url.as_deref().unwrap_or_default(), urls::target(self.site, at, lang));
        let lines = self
            .cite_set(at.policy, lang)
            .target
            .iter()
            .map(|l| Line { style: l.style, text: l.text.replace(TITLE, &title).replace(ADDRESS, &url) })
            .collect();
        vec![CiteView { what: "cite_target", lines }]
    }

    fn cite_set(&self, policy: usize, lang: Lang) -> &Set {
        self.citer.sets[policy][lang.index()].get_or_init(|| {
            let items = [
                self.digest_item(policy, lang),
                self.source_item(policy),
                self.part_item("target", TITLE, policy, lang, self.base_url.is_some().then(|| ADDRESS.to_owned())),
            ];
            // What we write is CSL-JSON by the tests; what could not be read would show no citation.
            let items: Vec<Item> = items.into_iter().filter_map(|v| serde_json::from_value(v).ok()).collect();
            let mut lines = self.citer.set(&items).into_iter();
            let mut next = || lines.next().unwrap_or_default();
            Set { digest: next(), source: next(), target: next() }
        })
    }

    /// «Scale of the life and health industry: strive for more than RMB 800 billion».
    fn target_title(&self, at: TargetRef, lang: Lang) -> String {
        let target = &self.site.target(at).target;
        let key = super::pages::views::commitment_key(target.commitment());
        let hedge = if key == "firm" { "" } else { self.word(lang, key) };
        let gap = if hedge.is_empty() || lang == Lang::Zh { "" } else { " " };
        let colon = self.word(lang, "colon");
        let stop = if lang == Lang::Zh { "，" } else { ", " };
        let policy = self.site.name(Entity::Policy(at.policy), lang);
        format!("{}{colon}{hedge}{gap}{}{stop}{policy}", target.measure.get(lang), self.figure(at, lang))
    }

    /// The digest of a policy as a CSL-JSON item.
    pub(super) fn digest_item(&self, policy: usize, lang: Lang) -> Value {
        let name = self.site.name(Entity::Policy(policy), lang);
        let title = match lang {
            Lang::Zh => format!("{name}（摘要）"),
            Lang::En => format!("{name}: a digest"),
        };
        let id = &self.site.policies[policy].id;
        let url = self.base_url.as_ref().map(|base| format!("{base}{}", urls::policy(id, lang)));
        self.part_item("digest", &title, policy, lang, url)
    }

    /// A target as a CSL-JSON item.
    pub(super) fn target_item(&self, at: TargetRef, lang: Lang) -> Value {
        let url = self.base_url.as_ref().map(|base| format!("{base}{}", urls::target(self.site, at, lang)));
        let id = self.site.target(at).target.id.get_ref();
        self.part_item(id, &self.target_title(at, lang), at.policy, lang, url)
    }

    /// Something that this site says of a policy.
    fn part_item(&self, part: &str, title: &str, policy: usize, lang: Lang, url: Option<String>) -> Value {
        let site = self.site;
        let mut item = json!({
            "id": format!("{}-{part}-{}", site.policies[policy].id, lang.code()),
            "type": "webpage",
            "title": title,
            "author": [{ "literal": site.settings.title.get(lang) }],
            "issued": date_parts(updated(site, policy)),
            "language": lang_code(lang),
        });
        if let Some(url) = url {
            item["URL"] = Value::from(url);
        }
        item
    }

    /// The source text of a policy as a CSL-JSON item: in its own language, whatever the page's.
    pub(super) fn source_item(&self, policy: usize) -> Value {
        let site = self.site;
        let own = &site.policies[policy];
        let record = &own.record;
        let mut item = json!({
            "id": format!("{}-source", own.id),
            "type": "document",
            "title": record.title.zh,
            "author": [{ "literal": site.agencies[own.issuer].value.name.zh }],
            "language": "zh-CN",
        });
        if let Some(issued) = record.issued {
            item["issued"] = date_parts(issued.0);
        }
        if !record.number.is_empty() {
            item["number"] = Value::from(record.number.clone());
        }
        if !record.source.url.is_empty() {
            item["URL"] = Value::from(record.source.url.clone());
        }
        if let Some(retrieved) = record.source.retrieved {
            item["accessed"] = date_parts(retrieved.0);
        }
        item
    }
}

fn lang_code(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en-GB",
    }
}

fn date_parts(date: Date) -> Value {
    json!({ "date-parts": [[date.year(), date.month(), date.day()]] })
}

/// The day that what the site says of a policy was last changed or reviewed; else the build's.
pub(super) fn updated(site: &Site, policy: usize) -> Date {
    let record = &site.policies[policy].record;
    let changes = record.change.iter().map(|c| c.date.0);
    let reviews = [&record.review.zh, &record.review.en].into_iter().flatten().map(|r| r.date.0);
    changes.chain(reviews).max().unwrap_or(site.today)
}
