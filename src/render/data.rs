//! Data for machines: `/data/policies.json`, `/data/targets.json`, `/data/targets.csv`.
//!
//! What is not known is null, never absent.

use serde_json::{Value, json};

use super::{Output, urls};
use crate::content::fields::{Bilingual, Lang};
use crate::content::record::Status;
use crate::content::targets::Bound;
use crate::diagnostic::Problem;
use crate::quantity::Number;
use crate::site::{LinkedTarget, Policy, Site, TargetRef};

/// Version of the shape of the JSON files.
pub(super) const SCHEMA: u32 = 1;

pub(super) fn json_output(path: &str, value: &Value) -> Output {
    let mut text = format!("{value:#}");
    text.push('\n');
    Output { path: path.to_owned(), bytes: text.into_bytes() }
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

/// An exact number as the nearest JSON number.
fn json_number(number: Number) -> Value {
    match number.whole().and_then(|n| i64::try_from(n).ok()) {
        Some(whole) => Value::from(whole),
        None => serde_json::Number::from_f64(number.approximate()).map_or(Value::Null, Value::Number),
    }
}

/// The ends that a bound has: both for a range and a point, one for what is open to one side.
fn ends(bound: Bound, ends: (Number, Number)) -> (Value, Value) {
    let (low, high) = (json_number(ends.0), json_number(ends.1));
    match bound {
        Bound::AtLeast | Bound::MoreThan => (low, Value::Null),
        Bound::AtMost | Bound::LessThan | Bound::Rank => (Value::Null, high),
        Bound::Reach | Bound::About | Bound::Magnitude | Bound::Multiple | Bound::Range => (low, high),
    }
}

fn status(policy: &Policy) -> &'static str {
    match policy.record.status {
        Status::InForce => "in-force",
        Status::Expired => "expired",
        Status::Superseded => "superseded",
    }
}

pub(super) fn policies_json(site: &Site) -> Output {
    let policies: Vec<Value> = site
        .policies
        .iter()
        .map(|p| {
            let r = &p.record;
            json!({
                "id": p.id,
                "title": words(&r.title.full()),
                "short_title": words(&r.title.brief()),
                "issuer": { "id": r.issuer.get_ref(), "name": words(&site.agencies[p.issuer].value.name) },
                "place": r.place.get_ref(),
                "kind": r.kind.get_ref(),
                "number": non_empty(&r.number),
                "issued": r.issued.map(|d| d.0.to_string()),
                "period": r.period.as_ref().map(|p| *p.get_ref()),
                "status": status(p),
                "expires": r.expires.map(|d| d.0.to_string()),
                "topics": r.topics.iter().map(|t| t.get_ref().as_str()).collect::<Vec<_>>(),
                "targets": p.targets.len(),
                "source": {
                    "file": r.source.file.get_ref(),
                    "sha256": r.source.sha256.get_ref(),
                    "url": non_empty(&r.source.url),
                    "retrieved": r.source.retrieved.map(|d| d.0.to_string()),
                    "archived": non_empty(&r.source.archived),
                },
                "url": json!({ "zh": urls::policy(&p.id, Lang::Zh), "en": urls::policy(&p.id, Lang::En) }),
            })
        })
        .collect();
    json_output("data/policies.json", &json!({ "schema": SCHEMA, "policies": policies }))
}

pub(super) fn targets_json(site: &Site) -> Output {
    let targets: Vec<Value> = all(site).map(|(at, target)| target_json(site, at, target)).collect();
    json_output("data/targets.json", &json!({ "schema": SCHEMA, "targets": targets }))
}

fn all(site: &Site) -> impl Iterator<Item = (TargetRef, &LinkedTarget)> {
    site.policies
        .iter()
        .enumerate()
        .flat_map(|(policy, p)| p.targets.iter().enumerate().map(move |(target, t)| (TargetRef { policy, target }, t)))
}

fn full_id(site: &Site, at: TargetRef) -> String {
    format!("{}/{}", site.policies[at.policy].id, site.target(at).target.id.get_ref())
}

/// The address of a target's words on the source page, from the site's root.
fn source_url(site: &Site, target: &LinkedTarget, lang: Lang) -> String {
    urls::Urls::default().span(site, target.quote, lang)
}

fn anchor(site: &Site, target: &LinkedTarget) -> String {
    let (policy, span) = site.span(target.quote);
    policy.source.blocks[span.block].anchor.to_string()
}

fn target_json(site: &Site, at: TargetRef, target: &LinkedTarget) -> Value {
    let t = &target.target;
    let (low, high) = ends(*t.bound.get_ref(), target.ends);
    let each = t.each.as_ref().map(|each| {
        let value = |v: &Option<toml::Spanned<String>>| v.as_ref().map(|v| v.get_ref().clone());
        json!({
            "bound": each.bound.get_ref(),
            "value": value(&each.value),
            "low": value(&each.low),
            "high": value(&each.high),
            "unit": words(&Site::unit_words(each.unit.get_ref())),
        })
    });
    json!({
        "id": full_id(site, at),
        "policy": site.policies[at.policy].id,
        "place": site.places[target.place].id,
        "indicator": t.indicator.as_ref().map(|i| i.get_ref().as_str()),
        "measure": words(&t.measure),
        "bound": t.bound.get_ref(),
        "value": t.value.as_ref().map(|v| v.get_ref().as_str()),
        "low": low,
        "high": high,
        "unit": words(&Site::unit_words(t.unit.get_ref())),
        "each": each,
        "per": optional(t.per.as_ref()),
        "scope": optional(t.scope.as_ref()),
        "basis": t.basis(),
        "commitment": t.commitment(),
        "due": t.due.as_ref().map(|d| *d.get_ref()),
        "baseline": t.baseline.as_ref().map(|b| json!({
            "value": b.value.get_ref(),
            "year": b.year.as_ref().map(|y| *y.get_ref()),
        })),
        "same_as": target.same_as.map(|other| full_id(site, other)),
        "topics": t.topics.iter().map(|t| t.get_ref().as_str()).collect::<Vec<_>>(),
        "quote": t.quote.get_ref().text,
        "quote_en": t.quote_en.as_ref().map(|q| q.get_ref().as_str()),
        "note": optional(t.note.as_ref()),
        "source": {
            "anchor": anchor(site, target),
            "url": { "zh": source_url(site, target, Lang::Zh), "en": source_url(site, target, Lang::En) },
        },
        "policy_status": status(&site.policies[at.policy]),
        "display": words(&target.display),
    })
}

/// UTF-8 with a byte order mark, so that spreadsheets take it for what it is.
pub(super) fn targets_csv(site: &Site) -> Result<Output, Problem> {
    let mut writer = csv::Writer::from_writer("\u{FEFF}".as_bytes().to_vec());
    let failed = |e: csv::Error| Problem::error("data", format!("targets.csv cannot be written: {e}"));
    writer
        .write_record([
            "id",
            "policy",
            "policy_title_zh",
            "policy_title_en",
            "policy_status",
            "place",
            "measure_zh",
            "measure_en",
            "scope_zh",
            "scope_en",
            "bound",
            "value",
            "low",
            "high",
            "unit_zh",
            "unit_en",
            "per_zh",
            "per_en",
            "basis",
            "commitment",
            "due",
            "baseline_value",
            "baseline_year",
            "same_as",
            "topics",
            "display_zh",
            "display_en",
            "quote",
            "quote_en",
            "anchor",
            "source_zh",
            "source_en",
        ])
        .map_err(failed)?;
    for (at, target) in all(site) {
        writer.write_record(target_row(site, at, target).iter().map(|cell| plain_cell(cell))).map_err(failed)?;
    }
    let bytes = writer.into_inner().map_err(|e| failed(e.into_error().into()))?;
    Ok(Output { path: "data/targets.csv".to_owned(), bytes })
}

fn target_row(site: &Site, at: TargetRef, target: &LinkedTarget) -> Vec<String> {
    let t = &target.target;
    let policy = &site.policies[at.policy];
    let title = policy.record.title.full();
    let unit = Site::unit_words(t.unit.get_ref());
    let (low, high) = ends(*t.bound.get_ref(), target.ends);
    let shown = |v: Value| if v.is_null() { String::new() } else { v.to_string() };
    let name = |v: Value| v.as_str().unwrap_or_default().to_owned();
    let pair = |words: Option<&Bilingual>| {
        let words = words.cloned().unwrap_or_default();
        [words.zh, words.en]
    };
    let [scope_zh, scope_en] = pair(t.scope.as_ref());
    let [per_zh, per_en] = pair(t.per.as_ref());
    let baseline = t.baseline.as_ref();
    vec![
        full_id(site, at),
        policy.id.clone(),
        title.zh,
        title.en,
        status(policy).to_owned(),
        site.places[target.place].id.clone(),
        t.measure.zh.clone(),
        t.measure.en.clone(),
        scope_zh,
        scope_en,
        name(json!(t.bound.get_ref())),
        t.value.as_ref().map(|v| v.get_ref().clone()).unwrap_or_default(),
        shown(low),
        shown(high),
        unit.zh,
        unit.en,
        per_zh,
        per_en,
        name(json!(t.basis())),
        name(json!(t.commitment())),
        t.due.as_ref().map(|d| d.get_ref().to_string()).unwrap_or_default(),
        baseline.map(|b| b.value.get_ref().clone()).unwrap_or_default(),
        baseline.and_then(|b| b.year.as_ref()).map(|y| y.get_ref().to_string()).unwrap_or_default(),
        target.same_as.map(|other| full_id(site, other)).unwrap_or_default(),
        t.topics.iter().map(|t| t.get_ref().as_str()).collect::<Vec<_>>().join(" "),
        target.display.zh.clone(),
        target.display.en.clone(),
        t.quote.get_ref().text.clone(),
        t.quote_en.as_ref().map(|q| q.get_ref().clone()).unwrap_or_default(),
        anchor(site, target),
        source_url(site, target, Lang::Zh),
        source_url(site, target, Lang::En),
    ]
}

/// A cell that a spreadsheet would take for a formula is given an apostrophe in front
/// (OWASP, «CSV Injection»).
fn plain_cell(cell: &str) -> String {
    let formula =
        cell.starts_with(['=', '+', '@', '\t', '\r']) || (cell.starts_with('-') && cell.parse::<f64>().is_err());
    if formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_numbers_left() {
        assert_eq!(plain_cell("=1+1"), "'=1+1");
        assert_eq!(plain_cell("-2"), "-2");
        assert_eq!(plain_cell("-cmd"), "'-cmd");
        assert_eq!(plain_cell("到2027年"), "到2027年");
    }
}
