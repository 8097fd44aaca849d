//! The record of a policy in the making, with the places, agencies and kinds that are new to the site.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::names::{self, Agencies, Finder};
use super::write::{self, quoted};
use super::{Import, Text, record};
use crate::content::Content;
use crate::content::entities::PlaceKind;
use crate::site::hex;

/// The text of `policy.toml`; what is new to the site goes to `out`.
pub(super) fn record(text: &Text, content: &Content, seed: &str, out: &mut Import) -> String {
    let mut record = Record {
        out,
        lines: Vec::new(),
        text,
        content,
        agencies: Agencies::new(content),
        place: None,
        places: content.places.keys().cloned().collect(),
        bodies: Vec::new(),
    };
    record.title();
    record.place();
    record.issuer();
    record.kind();
    record.dates();
    record.documents();
    record.topics();
    record.bodies_of_notes();
    record.new_bodies();
    format!("{}\n{}", record.lines.join("\n"), source_table(text, seed))
}

/// The `[source]` table of a record.
fn source_table(text: &Text, seed: &str) -> String {
    let mut out = String::from("\n[source]\n");
    let _ = writeln!(out, "file   = {}", quoted(seed));
    let _ = writeln!(out, "sha256 = {}", quoted(&hex(&Sha256::digest(&text.seed))));
    out.push_str("url    = \"\"\n");
    if !text.noise.is_empty() {
        out.push_str("noise  = [\n");
        for noise in &text.noise {
            let _ = writeln!(out, "  {}, # {}", write::string(&noise.words), noise.why);
        }
        out.push_str("]\n");
    }
    if let Some((format, sha256)) = &text.original {
        let _ = writeln!(out, "original = {{ format = {}, sha256 = {} }}", quoted(format), quoted(sha256));
    }
    out
}

/// A record in the making.
struct Record<'a> {
    out: &'a mut Import,
    lines: Vec<String>,
    text: &'a Text,
    content: &'a Content,
    agencies: Agencies,
    /// The policy's place: id and Chinese name.
    place: Option<(String, String)>,
    /// Ids of places, old and new.
    places: BTreeSet<String>,
    /// Agencies that are new to the site: id and name.
    bodies: Vec<(String, String)>,
}

impl Record<'_> {
    fn set(&mut self, key: &str, value: &str) {
        self.lines.push(format!("{key:<6} = {value}"));
    }

    fn missing(&mut self, key: &str, why: &str) {
        self.lines.push(format!("# {key} = \"\" # {why}"));
        self.out.missing.push(format!("{key}: {why}"));
    }

    fn title(&mut self) {
        match &self.text.about.title {
            Some(title) => {
                let value = format!("{{ zh = {} }}", quoted(title));
                self.set("title", &value);
                self.out.recognised.push(format!("title: {title}"));
            }
            None => {
                self.lines.push("title  = { zh = \"\" } # no line of the text ends as titles do".to_owned());
                self.out.missing.push("title: no line of the text ends as titles do".to_owned());
            }
        }
        self.lines.push("draft  = true".to_owned());
    }

    /// The place: one of the site's that the title or the issuer names first, else a new one from their words.
    fn place(&mut self) {
        let about = &self.text.about;
        let finder = Finder::places(self.content);
        let sources: Vec<&str> = about.issuer.iter().chain(&about.title).map(String::as_str).collect();
        // Of the names at the beginning, the issuer's says whose policy it is.
        let known = sources.iter().find_map(|words| {
            let named = names::leading_place(words).map(|(name, _)| name);
            let found = finder.named(named.as_deref().unwrap_or(words));
            found.first().map(|id| (*id).to_owned())
        });
        if let Some(id) = known {
            let name = self.content.places[&id].value.entity.name.zh.clone();
            self.out.recognised.push(format!("place: {name} ({id})"));
            self.set("place", &quoted(&id));
            self.place = Some((id, name));
            return;
        }
        let named = sources.iter().find_map(|words| names::leading_place(words)).or_else(|| self.header_place());
        match named {
            Some((name, kind)) => {
                let id = names::unique(names::place_id(&name), &self.places);
                self.new_place(&id, &name, kind);
                self.set("place", &quoted(&id));
                self.place = Some((id, name));
            }
            None => self.missing("place", "neither title nor issuer begins with the name of one"),
        }
    }

    /// A place that a running header or another body's name in the text begins with, where only one does.
    fn header_place(&self) -> Option<(String, PlaceKind)> {
        let bodies = self.text.source.blocks.iter().filter(|b| b.text.chars().count() <= 40);
        let found: BTreeMap<String, PlaceKind> = bodies
            .filter(|b| record::is_body(b.text.trim()) || b.kind == crate::source::Kind::Noise)
            .filter_map(|b| names::leading_place(b.text.trim()))
            .collect();
        if found.len() == 1 { found.into_iter().next() } else { None }
    }

    fn new_place(&mut self, id: &str, name: &str, kind: PlaceKind) {
        let kind = match kind {
            PlaceKind::Province => "province",
            PlaceKind::City => "city",
            PlaceKind::District => "district",
            PlaceKind::Zone => "zone",
            PlaceKind::Park => "park",
        };
        let file = format!("name  = {{ zh = {} }}\nkind  = \"{kind}\"\ndraft = true\n", quoted(name));
        self.out.files.insert(format!("content/places/{id}.toml"), file.into_bytes());
        self.out.recognised.push(format!("place: {name}, new to the site: content/places/{id}.toml"));
        self.places.insert(id.to_owned());
    }

    fn issuer(&mut self) {
        let Some(name) = self.text.about.issuer.clone() else {
            self.missing("issuer", "no line before the date, and no title, names a body");
            return;
        };
        let id = self.agency(&name);
        self.out.recognised.push(format!("issuer: {name} ({id})"));
        let mut value = quoted(&id);
        if let Some(doubt) = self.text.about.issuer_doubt {
            self.out.doubts.push(format!("issuer: {doubt}"));
            let _ = write!(value, " # {doubt}");
        }
        self.set("issuer", &value);
    }

    /// The id of an agency: the site's, or a new draft's.
    fn agency(&mut self, name: &str) -> String {
        let place = self.place.as_ref().map(|(id, _)| id.as_str());
        if let Some(id) = self.agencies.find(name, place) {
            return id.to_owned();
        }
        if let Some((id, _)) = self.bodies.iter().find(|(_, known)| known == name) {
            return id.clone();
        }
        let taken: BTreeSet<String> =
            self.content.agencies.keys().chain(self.bodies.iter().map(|(id, _)| id)).cloned().collect();
        let id = names::unique(names::agency_id(name, place, self.place.as_ref().map(|(_, n)| n.as_str())), &taken);
        self.bodies.push((id.clone(), name.to_owned()));
        id
    }

    /// New agencies as entries for the end of `agencies.toml`.
    fn new_bodies(&mut self) {
        let mut entries = String::new();
        for (id, name) in &self.bodies {
            let _ = write!(entries, "\n[{id}]\nname  = {{ zh = {} }}\n", quoted(name));
            if let Some((place, _)) = &self.place {
                let _ = writeln!(entries, "place = {}", quoted(place));
            }
            entries.push_str("draft = true\n");
        }
        if !entries.is_empty() {
            self.out.additions.insert("content/agencies.toml".to_owned(), entries);
            self.out.recognised.push(format!("agencies: {} new to the site", self.bodies.len()));
        }
    }

    fn kind(&mut self) {
        let Some(kind) = self.text.about.kind else {
            self.missing("kind", "the title ends with no kind of document that the rules know");
            return;
        };
        let kinds = &self.content.settings.kinds;
        let by_name = kinds.iter().find(|(_, k)| k.name.zh == kind.zh).map(|(key, _)| key.clone());
        let key = by_name.unwrap_or_else(|| kind.key.to_owned());
        if !kinds.contains_key(&key) {
            let line = format!("\n[kinds.{key}]\nname = {{ zh = {}, en = {} }}\n", quoted(kind.zh), quoted(kind.en));
            self.out.additions.insert("site.toml".to_owned(), line);
        }
        self.set("kind", &quoted(&key));
        self.out.recognised.push(format!("kind: {} ({key})", kind.zh));
    }

    fn dates(&mut self) {
        let about = self.text.about.clone();
        match &about.number {
            Some(number) => {
                self.set("number", &quoted(number));
                self.out.recognised.push(format!("number: {number}"));
            }
            None => self.lines.push("number = \"\"".to_owned()),
        }
        match about.issued {
            Some(date) => {
                self.set("issued", &date.to_string());
                self.out.recognised.push(format!("issued: {date}"));
            }
            None => self.missing("issued", "no line of the text is a date and nothing else"),
        }
        if let Some(((first, last), _)) = about.period {
            self.set("period", &format!("[{first}, {last}]"));
            self.out.recognised.push(format!("period: {first} to {last}"));
        }
        if let Some(date) = about.expires {
            self.set("expires", &date.to_string());
        }
    }

    /// Documents that the text says it carries out: the site's own by their titles.
    fn documents(&mut self) {
        let list: Vec<String> = self
            .text
            .about
            .carries_out
            .iter()
            .map(|title| {
                let same = self.content.policies.iter().find(|(_, p)| p.record.title.zh == *title);
                same.map_or_else(|| format!("{{ zh = {} }}", quoted(title)), |(id, _)| quoted(id))
            })
            .collect();
        if !list.is_empty() {
            self.set("carries_out", &format!("[{}]", list.join(", ")));
        }
    }

    /// Topics that the headings name, or the text again and again.
    fn topics(&mut self) {
        const OFTEN: usize = 3;
        const MOST: usize = 8;
        let finder = Finder::topics(self.content);
        let source = &self.text.source;
        let all: String =
            source.blocks.iter().filter(|b| b.is_text()).map(|b| b.text.as_str()).collect::<Vec<_>>().join("\n");
        let headings: String = source.outline().map(|i| source.blocks[i].label()).collect::<Vec<_>>().join("\n");
        let leading = finder.counts(&headings);
        let counts = finder.counts(&all);
        let mut found: Vec<(&str, usize)> = counts
            .into_iter()
            .filter(|(id, n)| *n >= OFTEN || leading.contains_key(id))
            .map(|(id, n)| (id, n + 5 * leading.get(id).copied().unwrap_or(0)))
            .collect();
        found.sort_by_key(|(id, n)| (std::cmp::Reverse(*n), *id));
        let list: Vec<String> = found.iter().take(MOST).map(|(id, _)| quoted(id)).collect();
        if !list.is_empty() {
            self.set("topics", &format!("[{}]", list.join(", ")));
            self.out.recognised.push(format!("topics: {}", list.join(", ").replace('"', "")));
        }
    }

    /// Bodies that responsibility notes name and the site does not know.
    fn bodies_of_notes(&mut self) {
        let notes = self.text.source.blocks.iter().flat_map(|b| &b.notes);
        let named: BTreeSet<String> =
            notes.flat_map(|n| n.leads.iter().chain(&n.responsible).chain(&n.supporters)).cloned().collect();
        for name in named.iter().filter(|n| names::is_one_body(n)) {
            self.agency(name);
        }
    }
}
