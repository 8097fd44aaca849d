//! JSON-LD (schema.org): what a page is about, for search engines.

use serde_json::{Value, json};

use super::cite::updated;
use super::{Renderer, urls};
use crate::content::entities::PlaceKind;
use crate::content::fields::Lang;
use crate::content::record::Status;
use crate::site::{Entity, Evidence};

/// Most citations that an article lists.
const CITATIONS: usize = 100;

impl Renderer<'_> {
    /// An address as a page in a folder writes it: absolute where the site knows its own.
    fn address(&self, folder: &str, url: &str) -> String {
        match &self.base_url {
            Some(base) => format!("{base}{url}"),
            None => format!("{}{url}", urls::to_root(folder)),
        }
    }

    fn place_node(&self, place: usize, lang: Lang, folder: &str) -> Value {
        let own = &self.site.places[place];
        let kind = if own.place.kind == PlaceKind::City { "City" } else { "AdministrativeArea" };
        json!({
            "@type": kind,
            "name": own.place.name.get(lang),
            "url": self.address(folder, &urls::place(&own.id, lang)),
        })
    }

    /// A place.
    pub(super) fn place_data(&self, place: usize, lang: Lang) -> Value {
        let own = &self.site.places[place];
        let folder = urls::place(&own.id, lang);
        let mut node = self.place_node(place, lang, &folder);
        node["@context"] = json!("https://schema.org");
        node["alternateName"] = json!([own.place.name.get(lang.other())]);
        if let Some(parent) = own.parent {
            node["containedInPlace"] = self.place_node(parent, lang, &folder);
        }
        node
    }

    /// The source text of a policy.
    fn legislation(&self, policy: usize, lang: Lang, folder: &str) -> Value {
        let site = self.site;
        let own = &site.policies[policy];
        let record = &own.record;
        let url = self.address(folder, &urls::source(&own.id, lang));
        let mut node = json!({
            "@type": "Legislation",
            "@id": format!("{url}#legislation"),
            "url": url,
            "name": record.title.zh,
            "inLanguage": "zh-Hans",
            "legislationPassedBy": {
                "@type": "GovernmentOrganization",
                "name": site.name(Entity::Agency(own.issuer), lang),
                "url": self.address(folder, &urls::agency(&site.agencies[own.issuer].id, lang)),
            },
            "legislationJurisdiction": self.place_node(own.place, lang, folder),
            "legislationLegalForce": match record.status {
                Status::InForce => "https://schema.org/InForce",
                Status::Expired | Status::Superseded => "https://schema.org/NotInForce",
            },
        });
        let kinds = &site.settings.kinds;
        if let Some(kind) = kinds.get(record.kind.get_ref()) {
            node["legislationType"] = json!(kind.name.get(lang));
        }
        if lang == Lang::En && !record.title.en.is_empty() {
            node["alternateName"] = json!(record.title.en);
        }
        if !record.number.is_empty() {
            node["legislationIdentifier"] = json!(record.number);
        }
        if let Some(issued) = record.issued {
            node["legislationDate"] = json!(issued.0.to_string());
        }
        if !record.source.url.is_empty() {
            node["sameAs"] = json!(record.source.url);
        }
        if !record.source.archived.is_empty() {
            node["archivedAt"] = json!(record.source.archived);
        }
        let above: Vec<Value> = own
            .relations
            .iter()
            .filter(|(relation, _)| *relation == crate::site::Relation::CarriesOut)
            .map(|(_, other)| {
                let other = &site.policies[*other];
                json!({
                    "@type": "Legislation",
                    "@id": format!("{}#legislation", self.address(folder, &urls::source(&other.id, lang))),
                    "name": other.record.title.zh,
                })
            })
            .collect();
        if !above.is_empty() {
            node["legislationEnsuresImplementationOf"] = Value::from(above);
        }
        node
    }

    /// A source page.
    pub(super) fn source_data(&self, policy: usize, lang: Lang) -> Value {
        let folder = urls::source(&self.site.policies[policy].id, lang);
        let mut node = self.legislation(policy, lang, &folder);
        node["@context"] = json!("https://schema.org");
        // Our copy has no legal value of its own.
        node["encoding"] = json!({
            "@type": "LegislationObject",
            "legislationLegalValue": "https://schema.org/UnofficialLegalValue",
            "encodingFormat": "text/plain; charset=utf-8",
            "contentUrl": self.address(&folder, self.site.policies[policy].record.source.file.get_ref()),
        });
        node
    }

    /// A digest.
    pub(super) fn article_data(&self, policy: usize, lang: Lang) -> Value {
        let site = self.site;
        let own = &site.policies[policy];
        let folder = urls::policy(&own.id, lang);
        let url = self.address(&folder, &folder);
        let publisher = json!({
            "@type": "Organization",
            "name": site.settings.title.get(lang),
            "url": self.address(&folder, &format!("{}/", lang.code())),
        });
        let mut node = json!({
            "@context": "https://schema.org",
            "@type": "Article",
            "@id": format!("{url}#digest"),
            "url": url,
            "headline": site.name(Entity::Policy(policy), lang),
            "inLanguage": lang.tag(),
            "dateModified": updated(site, policy).to_string(),
            "author": publisher,
            "publisher": publisher,
            "isBasedOn": self.legislation(policy, lang, &folder),
            "about": own.topics.iter().map(|&t| json!({
                "@type": "Thing",
                "name": site.name(Entity::Topic(t), lang),
                "url": self.address(&folder, &urls::topic(&site.topics[t].id, lang)),
            })).collect::<Vec<_>>(),
            "spatialCoverage": self.place_node(own.place, lang, &folder),
        });
        if let Some(digest) = &own.digests[lang.index()] {
            let mut cited: Vec<Value> = Vec::new();
            for note in digest.notes.iter().take(CITATIONS) {
                let Some(span) = note.evidence.span() else { continue };
                let url = self.address(&folder, &urls::Urls::default().span(site, span, lang));
                let mut quotation =
                    json!({ "@type": "Quotation", "text": site.quoted(span), "url": url, "inLanguage": "zh-Hans" });
                if let Evidence::Target(at, _) = note.evidence {
                    quotation["mainEntityOfPage"] = json!(self.address(&folder, &urls::target(site, at, lang)));
                }
                cited.push(quotation);
            }
            node["citation"] = Value::from(cited);
        }
        if own.digests[lang.other().index()].is_some() {
            let other = self.address(&folder, &urls::policy(&own.id, lang.other()));
            let key = if lang == Lang::En { "translationOfWork" } else { "workTranslation" };
            node[key] = json!({
                "@type": "Article",
                "@id": format!("{other}#digest"),
                "inLanguage": lang.other().tag(),
            });
        }
        node
    }

    /// The glossary: the terms of one of its pages.
    pub(super) fn glossary_data(&self, terms: &[usize], lang: Lang, folder: &str) -> Value {
        let site = self.site;
        let set = self.address(folder, &urls::section("glossary", lang));
        let terms: Vec<Value> = terms
            .iter()
            .map(|&t| {
                let term = &site.terms[t].value;
                let mut node = json!({
                    "@type": "DefinedTerm",
                    "@id": self.address(folder, &urls::Urls::default().entity(site, Entity::Term(t), lang)),
                    "name": site.name(Entity::Term(t), lang),
                    "alternateName": site.name(Entity::Term(t), lang.other()),
                });
                if let Some(note) = &term.note {
                    node["description"] = json!(note.get(lang));
                }
                node
            })
            .collect();
        json!({
            "@context": "https://schema.org",
            "@type": "DefinedTermSet",
            "@id": set,
            "name": self.theme.words[lang.index()].get("glossary"),
            "inLanguage": lang.tag(),
            "hasDefinedTerm": terms,
        })
    }

    /// The table of targets.
    pub(super) fn dataset_data(&self, lang: Lang) -> Value {
        let folder = urls::section("targets", lang);
        let words = &self.theme.words[lang.index()];
        let file = |path: &str, format: &str| json!({ "@type": "DataDownload", "contentUrl": self.address(&folder, path), "encodingFormat": format });
        json!({
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": words.get("targets_title"),
            "description": words.get("targets_lead"),
            "inLanguage": ["zh-Hans", "en"],
            "url": self.address(&folder, &folder),
            "distribution": [
                file("data/targets.csv", "text/csv"),
                file("data/targets.json", "application/json"),
                file("data/targets.ics", "text/calendar"),
            ],
        })
    }
}

/// JSON that can stand in a script element: `<` is written as an escape.
pub(super) fn embed(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}
