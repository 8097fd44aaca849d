//! How to cite a digest, its source text and its targets.
//!
//! Each is one CSL-JSON item: hayagriva sets it in GB/T 7714, APA and Chicago, and [`export`] writes it
//! as CSL-JSON, BibTeX and RIS. Setting is slow, and what comes out differs in little but the words: so
//! items are set with stand-ins for words that no style touches, those of one shape once for all, and the
//! words put in afterwards.

pub(super) mod export;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::json::Item;
use hayagriva::citationberg::{IndependentStyle, Locale, Style};
use hayagriva::lang::{Case, CaseFolder, TitleCase};
use hayagriva::{BibliographyDriver, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest};
use jiff::civil::Date;
use serde::Serialize;
use serde_json::{Value, json};

use super::{Renderer, urls};
use crate::content::fields::Lang;
use crate::site::{Entity, Site, TargetRef};

/// Stand-ins: private characters, which no style touches.
const TITLE: char = '\u{E000}';
const AUTHOR: char = '\u{E001}';
const NUMBER: char = '\u{E002}';
const ADDRESS: char = '\u{E003}';
/// Stands for the year of issue: every style writes one of four digits as it is.
const YEAR: &str = "7777";

/// The styles, with the names that readers know them by.
const STYLES: [(&str, ArchivedStyle); 3] = [
    ("GB/T 7714", ArchivedStyle::Gb77142015Numeric),
    ("APA", ArchivedStyle::AmericanPsychologicalAssociation),
    (CHICAGO, ArchivedStyle::ChicagoAuthorDate),
];
/// The style that writes English titles with capitals.
const CHICAGO: &str = "Chicago";

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

/// Styles and locales, loaded when the first citation is set. They are the program's own, and reading them costs
/// more than setting a page's citations: a renderer made anew at each save does not read them again.
static LOADED: LazyLock<(Vec<(&str, IndependentStyle)>, Vec<Locale>)> = LazyLock::new(|| {
    let styles = STYLES.iter().filter_map(|(name, style)| match style.get() {
        Style::Independent(style) => Some((*name, style)),
        Style::Dependent(_) => None,
    });
    (styles.collect(), locales())
});

/// What has been set.
#[derive(Debug, Default)]
pub(super) struct Citer {
    /// Lines of items with stand-ins, by the item.
    set: RwLock<BTreeMap<String, Arc<Vec<Line>>>>,
}

impl Citer {
    /// An item's lines in each style.
    fn lines(&self, item: &Value) -> Vec<Line> {
        let mut shape = item.clone();
        shape["id"] = Value::from("item");
        let mut words: Vec<(char, String)> = Vec::new();
        for (stand_in, place) in
            [(TITLE, "/title"), (AUTHOR, "/author/0/literal"), (NUMBER, "/number"), (ADDRESS, "/URL")]
        {
            let Some(Value::String(text)) = shape.pointer_mut(place) else { continue };
            if stand_in == ADDRESS || is_plain(text, stand_in == TITLE) {
                words.push((stand_in, std::mem::replace(text, stand_in.to_string())));
            }
        }
        let mut issued = None;
        let ours = shape.to_string().contains(YEAR);
        if let Some(year) = shape.pointer_mut("/issued/date-parts/0/0").filter(|_| !ours)
            && let Some(written) = year.as_i64().filter(|y| (1000..10_000).contains(y))
        {
            *year = Value::from(7777);
            issued = Some(written.to_string());
        }
        let english = item["language"].as_str().is_some_and(|l| l.starts_with("en"));
        let mut lines = (*self.of_shape(&shape)).clone();
        for line in &mut lines {
            // Before the words, which may have such digits.
            if let Some(year) = &issued {
                line.text = line.text.replace(YEAR, year);
            }
            for (stand_in, text) in &words {
                let text = match *stand_in == TITLE && english && line.style == CHICAGO {
                    true => &with_capitals(text),
                    false => text,
                };
                line.text = line.text.replace(*stand_in, text);
            }
        }
        lines
    }

    /// The lines of an item with stand-ins.
    fn of_shape(&self, shape: &Value) -> Arc<Vec<Line>> {
        let key = shape.to_string();
        // A poisoned lock means that another page panicked; its panic is reported anyway.
        let known = self.set.read().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        known.unwrap_or_else(|| {
            // What we write is CSL-JSON by the tests; what could not be read would show no citation.
            let lines = Arc::new(serde_json::from_value(shape.clone()).map(|i| in_each_style(&i)).unwrap_or_default());
            self.set.write().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::clone(&lines));
            lines
        })
    }
}

/// Sets an item in each style.
fn in_each_style(item: &Item) -> Vec<Line> {
    let (styles, locales) = &*LOADED;
    let set = |(name, style): &(&'static str, IndependentStyle)| {
        // Each is set on its own, so that no style shortens what it has just named.
        let mut driver = BibliographyDriver::new();
        driver.citation(CitationRequest::from_items(vec![CitationItem::with_entry(item)], style, locales));
        let set = driver.finish(BibliographyRequest::new(style, None, locales));
        let mut text = String::new();
        let first = set.bibliography.and_then(|b| b.items.into_iter().next());
        // Writing to a string does not fail.
        let _ = first.map(|i| i.content.write_buf(&mut text, BufWriteFormat::Plain));
        Line { style: name, text: text.trim().to_owned() }
    };
    styles.iter().map(set).collect()
}

/// Whether no style changes these words: nothing in them is a mark that styles turn or double, and no letter has
/// a case, but in a title, where the case is seen to.
fn is_plain(text: &str, title: bool) -> bool {
    let marks = |c: char| {
        matches!(
            c,
            '"' | '\'' | '“' | '”' | '‘' | '’' | '«' | '»' | '*' | '_' | '`' | '<' | '>' | '\\' | '[' | ']' | '$'
        )
    };
    let ends = text.ends_with(|c: char| c.is_ascii_punctuation() && c != ')')
        || text.starts_with(char::is_lowercase)
        || text.contains("  ")
        || text.trim() != text;
    !ends && !text.is_empty() && !text.chars().any(|c| marks(c) || (!title && (c.is_lowercase() || c.is_uppercase())))
}

/// A title as Chicago writes it in English.
fn with_capitals(title: &str) -> String {
    let mut folder = CaseFolder::with_config(Case::Title(TitleCase::new()));
    folder.push_str(title);
    folder.finish()
}

impl Renderer<'_> {
    /// How to cite a policy's digest and source.
    pub(super) fn cite_policy(&self, policy: usize, lang: Lang) -> Vec<CiteView> {
        let digest = CiteView { what: "cite_digest", lines: self.citer.lines(&self.digest_item(policy, lang)) };
        std::iter::once(digest).chain(self.cite_source(policy)).collect()
    }

    /// How to cite a policy's source.
    pub(super) fn cite_source(&self, policy: usize) -> Vec<CiteView> {
        vec![CiteView { what: "cite_source", lines: self.citer.lines(&self.source_item(policy)) }]
    }

    /// How to cite a target.
    pub(super) fn cite_target(&self, at: TargetRef, lang: Lang) -> Vec<CiteView> {
        vec![CiteView { what: "cite_target", lines: self.citer.lines(&self.target_item(at, lang)) }]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stand_ins_change_nothing() {
        let citer = Citer::default();
        let titles = [
            "武汉国际医疗创新高地实施方案（摘要）",
            "Wuhan international medical innovation hub: a digest",
            "Hubei’s plan for the biomedicine industry, 2024 to 2027: a digest",
            "of mice and the USA: state-of-the-art R&D (no. 3): a digest",
            "Number of COVID-19 vaccines: at least 3, Opinions on an 'open' \"market\"",
            "M2和M3工业用地 and 5G网络",
            "Why? [sic]",
        ];
        for (title, language) in titles.iter().flat_map(|t| [(t, "zh-CN"), (t, "en-GB")]) {
            for author in ["武汉市人民政府办公厅", "Duizhao: bilingual digests", "政策 and others"] {
                let mut item = json!({
                    "id": "a-digest-en", "type": "webpage", "title": title, "author": [{ "literal": author }],
                    "issued": { "date-parts": [[2024, 12, 3]] }, "language": language,
                });
                for number in ["", "武政办〔2024〕132号", "No. 5"] {
                    if !number.is_empty() {
                        item["type"] = json!("document");
                        item["number"] = json!(number);
                        item["URL"] = json!("https://example.org/a/?b=c");
                        item["accessed"] = json!({ "date-parts": [[2026, 1, 2]] });
                    }
                    let whole = in_each_style(&serde_json::from_value(item.clone()).expect("it is CSL-JSON"));
                    let whole: Vec<&str> = whole.iter().map(|l| l.text.as_str()).collect();
                    let lines = citer.lines(&item);
                    let lines: Vec<&str> = lines.iter().map(|l| l.text.as_str()).collect();
                    assert_eq!(lines, whole);
                }
            }
        }
    }
}
