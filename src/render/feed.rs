//! Atom feeds (RFC 4287): of the site and of each place, in each language; and `llms.txt`.
//!
//! An entry is a new digest, or a correction or addition to one. Ids are made of what an entry is about,
//! not of where the site stands, so that a site may move and no reader sees everything anew.

use std::fmt::Write as _;

use jiff::civil::Date;
use serde::Serialize;

use super::cite::updated;
use super::markdown::escape;
use super::{Output, Renderer, urls};
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::site::Entity;

/// Entries of a feed, and digests named in `llms.txt`.
const ENTRIES: usize = 50;
const NAMED: usize = 200;

#[derive(Serialize)]
struct Feed {
    tag: &'static str,
    title: String,
    subtitle: String,
    id: String,
    updated: String,
    author: String,
    page: String,
    own: Option<String>,
    entries: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    title: String,
    id: String,
    updated: String,
    published: Option<String>,
    url: String,
    place_id: String,
    place: String,
    summary: String,
}

/// The moment that a day begins in China.
fn moment(date: Date) -> String {
    format!("{date}T00:00:00+08:00")
}

/// A UUID (RFC 9562, version 8) made of a name.
fn urn(name: &str) -> String {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&blake3::hash(name.as_bytes()).as_bytes()[..16]);
    bytes[6] = (bytes[6] & 0x0F) | 0x80;
    bytes[8] = (bytes[8] & 0x3F) | 0x80;
    let hex = crate::site::hex(&bytes);
    format!("urn:uuid:{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

impl Renderer<'_> {
    /// The path of a feed.
    pub(super) fn feed_path(&self, place: Option<usize>, lang: Lang) -> String {
        match place {
            Some(place) => format!("{}feed.xml", urls::place(&self.site.places[place].id, lang)),
            None => format!("{}/feed.xml", lang.code()),
        }
    }

    pub(super) fn feed(&self, place: Option<usize>, lang: Lang) -> Result<Output, Problem> {
        let site = self.site;
        let path = self.feed_path(place, lang);
        let folder = path.trim_end_matches("feed.xml").to_owned();
        let address = |url: &str| match &self.base_url {
            Some(base) => format!("{base}{url}"),
            None => format!("{}{url}", urls::to_root(&folder)),
        };
        let all = place.map_or(&site.newest, |p| &site.places[p].policies);
        let mut dated: Vec<(Date, Entry)> = Vec::new();
        // Policies stand newest first: later ones cannot be among the first entries by their own date,
        // and their changes are looked at below.
        for &i in all.iter().take(ENTRIES) {
            let policy = &site.policies[i];
            let issued = policy.record.issued.map_or_else(|| updated(site, i), |d| d.0);
            let title = policy.record.title.full();
            dated.push((
                issued,
                Entry {
                    title: site.name(Entity::Policy(i), lang).to_owned(),
                    id: urn(&format!("{}/policies/{}", lang.code(), policy.id)),
                    updated: moment(issued),
                    published: policy.record.issued.map(|d| moment(d.0)),
                    url: address(&self.urls.entity(site, Entity::Policy(i), lang)),
                    place_id: site.places[policy.place].id.clone(),
                    place: site.name(Entity::Place(policy.place), lang).to_owned(),
                    summary: title.get(lang).to_owned(),
                },
            ));
        }
        let mut changes: Vec<(usize, usize)> = match place {
            None => site.changes.iter().take(ENTRIES).copied().collect(),
            Some(_) => {
                all.iter().flat_map(|&p| (0..site.policies[p].record.change.len()).map(move |c| (p, c))).collect()
            }
        };
        changes.sort_by_key(|&(p, c)| (std::cmp::Reverse(site.policies[p].record.change[c].date), p, c));
        for (p, c) in changes.into_iter().take(ENTRIES) {
            let policy = &site.policies[p];
            let change = &policy.record.change[c];
            let words = if lang == Lang::Zh { &change.zh } else { &change.en };
            let name = site.name(Entity::Policy(p), lang);
            dated.push((
                change.date.0,
                Entry {
                    title: format!("{}{}{name}", self.change_label(lang), if lang == Lang::Zh { "：" } else { ": " }),
                    id: urn(&format!("{}/policies/{}/change/{}/{}", lang.code(), policy.id, change.date.0, change.zh)),
                    updated: moment(change.date.0),
                    published: Some(moment(change.date.0)),
                    url: format!("{}#changes", address(&self.urls.entity(site, Entity::Policy(p), lang))),
                    place_id: site.places[policy.place].id.clone(),
                    place: site.name(Entity::Place(policy.place), lang).to_owned(),
                    summary: words.clone(),
                },
            ));
        }
        dated.sort_by(|a, b| (b.0, &a.1.id).cmp(&(a.0, &b.1.id)));
        dated.truncate(ENTRIES);
        let site_title = site.settings.title.get(lang).to_owned();
        let title = match place {
            Some(place) => format!("{} · {site_title}", site.name(Entity::Place(place), lang)),
            None => site_title.clone(),
        };
        let values = Feed {
            tag: lang.tag(),
            title,
            subtitle: site.settings.description.get(lang).to_owned(),
            id: urn(&format!("{}#{}", path, site.settings.title.zh)),
            updated: moment(dated.first().map_or(site.today, |(date, _)| *date)),
            author: site_title,
            page: address(&self.urls.page(&folder)),
            own: self.base_url.as_ref().map(|base| format!("{base}{path}")),
            entries: dated.into_iter().map(|(_, entry)| entry).collect(),
        };
        self.template("feed.xml", path, None, &values)
    }

    fn change_label(&self, lang: Lang) -> &str {
        self.theme.words[lang.index()].get("changes").map_or("", String::as_str)
    }

    /// What the site is and where its texts and data are, for readers that are programs.
    pub(super) fn llms(&self) -> Output {
        let site = self.site;
        let base = self.base_url.clone().unwrap_or_default();
        let settings = &site.settings;
        let mut out = String::new();
        let _ = writeln!(out, "# {}\n\n> {}\n", escape(&settings.title.en), escape(&settings.description.en));
        let _ = writeln!(out, "{} {}\n", escape(&settings.title.zh), escape(&settings.description.zh));
        let _ = writeln!(
            out,
            "Every quote on this site stands verbatim in its source text; a digest is no official text. Figures keep \
             their bound (at least, more than …) and their hedge (strive, expected): keep them when you cite.\n"
        );
        for lang in [Lang::En, Lang::Zh] {
            let _ = writeln!(out, "## {}\n", if lang == Lang::En { "Digests in English" } else { "中文摘要" });
            for &i in site.newest.iter().take(NAMED) {
                let policy = &site.policies[i];
                if policy.digests[lang.index()].is_none() {
                    continue;
                }
                let _ = writeln!(
                    out,
                    "- [{}]({base}{}index.md): {}",
                    escape(site.name(Entity::Policy(i), lang)),
                    urls::policy(&policy.id, lang),
                    escape(site.name(Entity::Place(policy.place), lang))
                );
            }
            out.push('\n');
        }
        let _ = writeln!(out, "## Data\n");
        for (path, what) in [
            ("data/policies.json", "all policies, with source text, hash and status"),
            ("data/targets.json", "all quantitative targets, each with its quote"),
            ("data/targets.csv", "the same as a table"),
            ("data/topics.json", "topics, with the places that speak of them"),
            ("data/places.json", "places"),
            ("data/agencies.json", "agencies"),
            ("data/indicators.json", "measures that may be compared"),
            ("data/glossary.json", "Chinese terms and their English"),
            ("data/schema/targets.json", "JSON Schema of the targets; the others stand beside it"),
        ] {
            let _ = writeln!(out, "- [{path}]({base}{path}): {what}");
        }
        Output { path: "llms.txt".to_owned(), bytes: out.into_bytes() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_uuids_of_their_names() {
        assert_eq!(urn("zh/policies/a"), urn("zh/policies/a"));
        assert_ne!(urn("zh/policies/a"), urn("en/policies/a"));
        let id = urn("x");
        assert_eq!((id.len(), &id[23..24]), (45, "8"), "{id}");
    }
}
