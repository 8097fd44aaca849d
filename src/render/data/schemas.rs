//! The JSON Schemas of the data, published at `data/schema/`.

use crate::render::Output;

/// Each schema by name. The tests hold every published file against its own.
pub(in crate::render) const SCHEMAS: [(&str, &str); 10] = [
    ("agencies", include_str!("schema/agencies.json")),
    ("annotations", include_str!("schema/annotations.json")),
    ("coverage", include_str!("schema/coverage.json")),
    ("glossary", include_str!("schema/glossary.json")),
    ("indicators", include_str!("schema/indicators.json")),
    ("manifest", include_str!("schema/manifest.json")),
    ("places", include_str!("schema/places.json")),
    ("policies", include_str!("schema/policies.json")),
    ("targets", include_str!("schema/targets.json")),
    ("topics", include_str!("schema/topics.json")),
];

pub(in crate::render) fn output(index: usize) -> Output {
    let (name, text) = SCHEMAS[index];
    Output { path: format!("data/schema/{name}.json"), bytes: text.as_bytes().to_vec() }
}
