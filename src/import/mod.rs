//! A text becomes a policy's folder: record, source, proposed targets, skeletons of both digests.
//!
//! 1. [`decode`] reads the bytes; [`html`] and [`markdown`] make a page's text of them.
//! 2. The text is reflowed ([`crate::source`]); [`noise`] proposes what else the extraction has left in it.
//! 3. [`record`] reads what the text says of itself, [`commitments`] judges its figures.
//! 4. [`names`] finds the site's own places, agencies and topics in it, and names new ones.
//! 5. [`quote`] and [`write`] put it all into files; [`again`] compares a text that has been imported before.
//!
//! Functions from values to values: the command reads and writes the files. What the rules do not recognise
//! is left out, never guessed; what they are not sure of says so.

pub mod again;
pub mod commitments;
pub mod decode;
mod html;
mod markdown;
mod names;
mod noise;
mod plain;
mod quote;
pub mod record;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use crate::content::Content;
use crate::content::entities::PlaceKind;
use crate::site::hex;
use crate::source::{Hints, NoiseHint, SourceText};
use commitments::Judged;
use decode::{Decoded, Format, Unreadable};
use names::{Agencies, Finder};
use noise::Noise;
use record::About;
use write::quoted;

/// A text read, reflowed and understood.
#[derive(Debug)]
pub struct Text {
    /// The text that goes to `seeds/`, byte for byte.
    pub seed: Vec<u8>,
    /// What it was made from, where it was not plain text in UTF-8: media type and SHA-256.
    pub original: Option<(String, String)>,
    /// The reflowed source, proposed noise taken out.
    pub source: SourceText,
    /// Noise that the record has to name.
    pub noise: Vec<Noise>,
    /// What it says of itself.
    pub about: About,
    /// Its figures, judged.
    pub judged: Judged,
}

/// Reads a text. `name` is the file's name, which only tells Markdown and HTML from plain text.
///
/// # Errors
/// Why the bytes cannot be read as text.
pub fn read(bytes: &[u8], name: &str) -> Result<Text, Unreadable> {
    let (seed, original) = seed(bytes, name)?;
    let raw = String::from_utf8_lossy(&seed).into_owned();
    let plain = SourceText::new(&raw, &Hints::default());
    let title = record::about(&plain).title;
    let noise = noise::propose(&raw, &plain, title.as_deref());
    let source = if noise.is_empty() {
        plain
    } else {
        let hints = noise.iter().map(|n| NoiseHint::Words(n.words.clone())).collect();
        SourceText::new(&raw, &Hints { noise: hints, ..Hints::default() })
    };
    let about = record::about(&source);
    let judged = commitments::judge(&source, &about.calendar(), about.period.as_ref().map(|p| &p.1));
    Ok(Text { seed, original, source, noise, about, judged })
}

/// The text of a file as `seeds/` keeps it, and what it was made from.
///
/// # Errors
/// Why the bytes cannot be read as text.
pub fn seed(bytes: &[u8], name: &str) -> Result<(Vec<u8>, Option<(String, String)>), Unreadable> {
    let decoded: Decoded = decode::decode(bytes, name)?;
    if decoded.is_text_itself() {
        return Ok((bytes.to_vec(), None));
    }
    let text = match decoded.format {
        Format::Plain => decoded.text.clone(),
        Format::Html => html::text(&decoded.text),
        Format::Markdown => markdown::text(&decoded.text),
    };
    if text.chars().all(crate::text::is_blank) {
        return Err(Unreadable::Empty);
    }
    Ok((text.into_bytes(), Some((decoded.media_type(), hex(&Sha256::digest(bytes))))))
}

/// What an import gives: files to be made, words to be added at the end of files, and what to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// New files by path from the site's root.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Words for the end of files that there may be already.
    pub additions: BTreeMap<String, String>,
    /// What was recognised, a line each.
    pub recognised: Vec<String>,
    /// What was not, and why.
    pub missing: Vec<String>,
    /// What a curator should look at first.
    pub doubts: Vec<String>,
}

/// Puts a text into a site as the policy `id`.
pub fn propose(text: &Text, id: &str, content: &Content) -> Import {
    let mut out = Import::default();
    let mut record = Record {
        out: &mut out,
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
    let lines = std::mem::take(&mut record.lines);
    let folder = format!("content/policies/{id}/");
    let (targets, doubts) = write::targets(&text.source, &text.judged, &Finder::topics(content));
    out.doubts.extend(doubts);
    let skeleton = write::skeleton(&text.source);
    let seed = format!("seeds/{id}.txt");
    let record = format!("{}\n{}", lines.join("\n"), source_table(text, &seed));
    out.files.insert(format!("{folder}policy.toml"), record.into_bytes());
    out.files.insert(format!("{folder}targets.toml"), targets.into_bytes());
    for lang in ["zh", "en"] {
        out.files.insert(format!("{folder}digest.{lang}.md"), skeleton.clone().into_bytes());
    }
    out.files.insert(seed, text.seed.clone());
    let judged = &text.judged;
    out.recognised.push(format!(
        "figures: {} proposed as targets, {} as facts, {} left out with the reason",
        judged.targets.len(),
        judged.facts.len(),
        judged.left_out.len()
    ));
    out
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
        self.lines.push(format!("{key:<7}= {value}"));
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Words of which texts that try the rules are made.
    const LETTERS: &str = "(到|2027年|达到|8000|亿元|家|以上|%|力争|新增|由|提高到|、|，|。|；|：|\n|\t| |（|）|一、|（一）|给予|最高|的|企业|指标|单位|2020年|5|≥97|\\[3\\]|〔2024〕|48号|责任单位|市科技局|十四五|期间|分别|和|2025年|目标|每年|零的突破|翻一番|“|”|《|》|方案|人民政府|- 3 -|x|\\u{1F600}){0,60}";

    proptest! {
        #[test]
        fn import_never_panics(raw in LETTERS) {
            if let Ok(text) = read(raw.as_bytes(), "a.txt") {
                write::targets(&text.source, &text.judged, &Finder::places(&empty()));
                write::skeleton(&text.source);
            }
        }

        #[test]
        fn import_never_panics_on_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "a\\.(txt|html|md)") {
            let _ = read(&bytes, &name);
        }

        #[test]
        fn import_never_panics_on_any_text(raw in "\\PC{0,200}") {
            if let Ok(text) = read(raw.as_bytes(), "a.txt") {
                let import = propose(&text, "a", &empty());
                prop_assert!(import.files.len() >= 5);
            }
        }

        #[test]
        fn a_proposal_reads_back(raw in LETTERS) {
            let Ok(text) = read(raw.as_bytes(), "a.txt") else { return Ok(()) };
            let import = propose(&text, "a", &empty());
            for (path, bytes) in import.files.iter().filter(|(p, _)| p.ends_with(".toml")) {
                let file = String::from_utf8_lossy(bytes);
                prop_assert!(toml::from_str::<toml::Table>(&file).is_ok(), "{}: {}", path, file);
            }
        }
    }

    fn empty() -> Content {
        let tree = crate::read::Tree::from_files([(
            "site.toml".to_owned(),
            "title = { zh = \"站\", en = \"Site\" }\n".as_bytes().to_vec(),
        )]);
        crate::content::parse(&tree, true).0.expect("the settings are whole")
    }
}
