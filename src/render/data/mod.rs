//! Data for machines, beside the pages that show the same.
//!
//! [`targets`] of the whole site, of a policy, place, topic or indicator as CSV and JSON, [`calendar`] of
//! their due dates, [`passages`] and tasks as CSV, the site's [`entities`] as JSON, a policy's citations
//! as Web [`annotations`], [`schemas`] of all JSON. What is not known is null, never absent.

pub(super) mod annotations;
pub(super) mod calendar;
pub(super) mod entities;
pub(super) mod passages;
pub(super) mod schemas;
pub(super) mod targets;

use std::borrow::Cow;

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use super::Output;
use crate::content::fields::{Bilingual, Lang};
use crate::content::record::Status;
use crate::diagnostic::Problem;
use crate::site::{Policy, Site, TargetRef};

/// Version of the shape of the JSON files.
const SCHEMA: u32 = 1;

/// Whose targets a file has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum View {
    /// All of the site.
    All,
    /// A policy's.
    Policy(usize),
    /// A place's.
    Place(usize),
    /// Those on a topic.
    Topic(usize),
    /// Those on an indicator.
    Indicator(usize),
}

impl View {
    /// The folder of its files: `data/`, `data/places/<id>/`.
    pub(super) fn folder(self, site: &Site) -> String {
        let (kind, id) = match self {
            View::All => return "data/".to_owned(),
            View::Policy(i) => ("policies", &site.policies[i].id),
            View::Place(i) => ("places", &site.places[i].id),
            View::Topic(i) => ("topics", &site.topics[i].id),
            View::Indicator(i) => ("indicators", &site.indicators[i].id),
        };
        format!("data/{kind}/{id}/")
    }

    /// Its targets.
    pub(super) fn targets(self, site: &Site) -> Vec<TargetRef> {
        match self {
            View::All => site
                .policies
                .iter()
                .enumerate()
                .flat_map(|(policy, p)| (0..p.targets.len()).map(move |target| TargetRef { policy, target }))
                .collect(),
            View::Policy(policy) => {
                (0..site.policies[policy].targets.len()).map(|target| TargetRef { policy, target }).collect()
            }
            View::Place(i) => site.places[i].targets.clone(),
            View::Topic(i) => site.concord.topics[i].columns.iter().flat_map(|c| c.targets.iter().copied()).collect(),
            View::Indicator(i) => site.concord.indicators[i].targets.clone(),
        }
    }

    /// What it is called.
    pub(super) fn name(self, site: &Site, lang: Lang) -> &str {
        use crate::site::Entity;
        match self {
            View::All => site.settings.title.get(lang),
            View::Policy(i) => site.name(Entity::Policy(i), lang),
            View::Place(i) => site.name(Entity::Place(i), lang),
            View::Topic(i) => site.name(Entity::Topic(i), lang),
            View::Indicator(i) => site.name(Entity::Indicator(i), lang),
        }
    }
}

/// A JSON file that names its schema, at the way from its own folder.
pub(super) fn json_output(path: String, schema: &str, mut value: Value) -> Output {
    if let Some(object) = value.as_object_mut() {
        let up = "../".repeat(path.matches('/').count().saturating_sub(1));
        object.insert("$schema".to_owned(), Value::from(format!("{up}schema/{schema}.json")));
        object.insert("schema".to_owned(), Value::from(SCHEMA));
    }
    plain_json(path, &value)
}

/// The same of a list, whose entries are made one after the other: a large site's need not be held at once.
pub(super) fn json_list<I>(path: String, schema: &str, name: &'static str, entries: impl Fn() -> I) -> Output
where
    I: Iterator<Item = Value>,
{
    struct Entries<F>(F);
    impl<I: Iterator<Item = Value>, F: Fn() -> I> Serialize for Entries<F> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_seq((self.0)())
        }
    }
    struct List<F> {
        schema: String,
        name: &'static str,
        entries: Entries<F>,
    }
    impl<I: Iterator<Item = Value>, F: Fn() -> I> Serialize for List<F> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            // In the order of the keys, as everywhere.
            let mut map = serializer.serialize_map(Some(3))?;
            map.serialize_entry("$schema", &self.schema)?;
            if self.name < "schema" {
                map.serialize_entry(self.name, &self.entries)?;
            }
            map.serialize_entry("schema", &SCHEMA)?;
            if self.name > "schema" {
                map.serialize_entry(self.name, &self.entries)?;
            }
            map.end()
        }
    }
    let up = "../".repeat(path.matches('/').count().saturating_sub(1));
    let list = List { schema: format!("{up}schema/{schema}.json"), name, entries: Entries(entries) };
    // Values in a map by strings: there is nothing that JSON cannot say.
    let mut bytes = serde_json::to_vec_pretty(&list).unwrap_or_default();
    bytes.push(b'\n');
    Output { path, bytes }
}

fn plain_json(path: String, value: &Value) -> Output {
    let mut text = format!("{value:#}");
    text.push('\n');
    Output { path, bytes: text.into_bytes() }
}

fn words(words: &Bilingual) -> Value {
    json!({ "zh": words.zh, "en": words.en })
}

fn optional(words_: Option<&Bilingual>) -> Value {
    words_.map_or(Value::Null, words)
}

fn non_empty(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { Value::from(text) }
}

/// An address in each language.
fn addresses(of: impl Fn(Lang) -> String) -> Value {
    json!({ "zh": of(Lang::Zh), "en": of(Lang::En) })
}

fn status(policy: &Policy) -> &'static str {
    match policy.record.status {
        Status::InForce => "in-force",
        Status::Expired => "expired",
        Status::Superseded => "superseded",
    }
}

/// `<policy>/<target>`
fn full_id(site: &Site, at: TargetRef) -> String {
    format!("{}/{}", site.policies[at.policy].id, site.target(at).target.id.get_ref())
}

/// A table: UTF-8 with a byte order mark, so that spreadsheets take it for what it is, lines ended as
/// RFC 4180 asks, and no cell that a spreadsheet would take for a formula.
fn csv_output(path: String, header: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<Output, Problem> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{FEFF}".as_bytes().to_vec());
    let failed = |e: csv::Error| Problem::error("data", format!("{path} cannot be written: {e}"));
    writer.write_record(header).map_err(failed)?;
    for row in rows {
        writer.write_record(row.iter().map(|cell| plain_cell(cell).into_owned())).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|e| failed(e.into_error().into()))?;
    Ok(Output { path, bytes })
}

/// A cell that a spreadsheet would take for a formula is given an apostrophe in front
/// (OWASP, «CSV Injection»); full-width signs are folded by some spreadsheets, blanks before a sign passed over.
fn plain_cell(cell: &str) -> Cow<'_, str> {
    let cell = crate::text::shown(cell);
    let start = cell.trim_start_matches(crate::text::is_blank);
    let number = cell.parse::<f64>().is_ok_and(f64::is_finite);
    let formula = cell.starts_with(['\t', '\r', '\n'])
        || start.starts_with(['=', '+', '@', '＝', '＋', '＠'])
        || (start.starts_with(['-', '－', '−']) && !number);
    if formula { format!("'{cell}").into() } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_numbers_left() {
        assert_eq!(plain_cell("=1+1"), "'=1+1");
        assert_eq!(plain_cell("＝HYPERLINK"), "'＝HYPERLINK");
        assert_eq!(plain_cell("-2"), "-2");
        assert_eq!(plain_cell("-cmd"), "'-cmd");
        assert_eq!(plain_cell("-inf"), "'-inf");
        assert_eq!(plain_cell("\u{200E}=1"), "'=1");
        assert_eq!(plain_cell("\u{FEFF} \u{A0}@x"), "'\u{FEFF} \u{A0}@x");
        assert_eq!(plain_cell("到2027年"), "到2027年");
    }
}
