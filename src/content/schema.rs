//! JSON Schemas of a site's TOML files, made of the types that read them, so that editors can complete
//! and check while a curator types.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use super::entities::{Agency, Indicator, Place, SiteSettings, Term, Topic};
use super::fields::{Bilingual, CivilDate, DocumentRef, Noise, Quote, Unit};
use super::record::Record;
use super::targets::{Derived, Outcome, Target, Waiver};

/// The kinds of files, with the paths that they are of.
pub const KINDS: [(&str, &str); 8] = [
    ("site", "site.toml"),
    ("policy", "content/policies/*/policy.toml"),
    ("targets", "content/policies/*/targets.toml"),
    ("place", "content/places/*.toml"),
    ("topic", "content/topics/*.toml"),
    ("agencies", "content/agencies.toml"),
    ("indicators", "content/indicators.toml"),
    ("glossary", "content/glossary.toml"),
];

/// Targets, facts, outcomes, waivers and derived figures of a policy.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[allow(dead_code, reason = "only its schema is used: entries are read one by one")]
struct Targets {
    /// Quantitative commitments.
    #[serde(default)]
    target: Vec<Target>,
    /// Figures that are no commitments: without due and commitment.
    #[serde(default)]
    fact: Vec<Target>,
    /// What later came of targets.
    #[serde(default)]
    outcome: Vec<Outcome>,
    /// Figures of the source that are neither target nor fact, and why.
    #[serde(default)]
    waiver: Vec<Waiver>,
    /// Figures that the digests compute.
    #[serde(default)]
    derived: Vec<Derived>,
}

/// The schema of a kind of file (JSON Schema 2020-12); `None` if there is no such kind.
pub fn of(kind: &str) -> Option<Schema> {
    let generator = SchemaSettings::draft2020_12().into_generator();
    Some(match kind {
        "site" => generator.into_root_schema_for::<SiteSettings>(),
        "policy" => generator.into_root_schema_for::<Record>(),
        "targets" => generator.into_root_schema_for::<Targets>(),
        "place" => generator.into_root_schema_for::<Place>(),
        "topic" => generator.into_root_schema_for::<Topic>(),
        "agencies" => generator.into_root_schema_for::<BTreeMap<String, Agency>>(),
        "indicators" => generator.into_root_schema_for::<BTreeMap<String, Indicator>>(),
        "glossary" => generator.into_root_schema_for::<BTreeMap<String, Term>>(),
        _ => return None,
    })
}

/// A value that is a string or a table.
fn string_or(table: Schema, description: &str) -> Schema {
    json_schema!({ "description": description, "anyOf": [{ "type": "string" }, table] })
}

fn table(properties: serde_json::Value, required: &[&str]) -> Schema {
    json_schema!({
        "type": "object", "properties": properties, "required": required, "additionalProperties": false,
    })
}

impl JsonSchema for Quote {
    fn schema_name() -> Cow<'static, str> {
        "Quote".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let string = serde_json::json!({ "type": "string" });
        let keys = ["text", "anchor", "prefix", "suffix"].map(|k| (k.to_owned(), string.clone()));
        let properties = serde_json::Value::Object(keys.into_iter().collect());
        string_or(
            table(properties, &["text"]),
            "Words copied verbatim from the source, and where they stand if that is not plain.",
        )
    }
}

impl JsonSchema for Unit {
    fn schema_name() -> Cow<'static, str> {
        "Unit".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let known: Vec<&str> = crate::quantity::unit::UNITS.iter().map(|u| u.zh).collect();
        json_schema!({
            "description": "A unit that duizhao knows, or its words in both languages.",
            "anyOf": [{ "enum": known }, generator.subschema_for::<Bilingual>()],
        })
    }
}

impl JsonSchema for DocumentRef {
    fn schema_name() -> Cow<'static, str> {
        "DocumentRef".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let string = serde_json::json!({ "type": "string" });
        let keys = ["zh", "en", "number"].map(|k| (k.to_owned(), string.clone()));
        let properties = serde_json::Value::Object(keys.into_iter().collect());
        string_or(
            table(properties, &["zh"]),
            "A policy's id, or the title and number of a document that is not on the site.",
        )
    }
}

impl JsonSchema for Noise {
    fn schema_name() -> Cow<'static, str> {
        "Noise".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let string = serde_json::json!({ "type": "string" });
        let keys = ["from", "to"].map(|k| (k.to_owned(), string.clone()));
        let properties = serde_json::Value::Object(keys.into_iter().collect());
        string_or(
            table(properties, &["from", "to"]),
            "Extraction noise by its words, or from its first words to its last.",
        )
    }
}

impl JsonSchema for CivilDate {
    fn schema_name() -> Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "description": "A date, written 2024-12-31.", "type": "string", "format": "date" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_keys() {
        let keys = |kind: &str| -> Vec<String> {
            let schema = of(kind).expect("the kind is listed");
            let properties = schema.get("properties").and_then(|p| p.as_object());
            properties.map(|p| p.keys().cloned().collect()).unwrap_or_default()
        };
        assert!(KINDS.iter().all(|(kind, _)| of(kind).is_some()) && of("units").is_none());
        assert_eq!(keys("targets"), ["derived", "fact", "outcome", "target", "waiver"]);
        assert!(keys("policy").contains(&"carries_out".to_owned()));
        let target = of("targets").expect("is listed");
        let required =
            target.pointer("/$defs/Target/required").and_then(|r| r.as_array()).expect("some keys must be there");
        assert_eq!(required, &["id", "measure", "bound", "unit", "quote"]);
    }
}
