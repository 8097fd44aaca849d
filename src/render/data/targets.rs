//! Targets as CSV and JSON.

use serde_json::{Value, json};

use super::{View, addresses, csv_output, full_id, json_list, optional, status, words};
use crate::content::fields::{Bilingual, Lang};
use crate::content::targets::Bound;
use crate::diagnostic::Problem;
use crate::quantity::Number;
use crate::render::{Output, urls};
use crate::site::{LinkedTarget, Site, TargetRef};

/// Columns of the table.
const COLUMNS: [&str; 40] = [
    "id",
    "policy",
    "policy_title_zh",
    "policy_title_en",
    "policy_status",
    "place",
    "place_zh",
    "place_en",
    "indicator",
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
    "outcome_value",
    "outcome_as_of",
    "outcome_source",
    "same_as",
    "topics",
    "display_zh",
    "display_en",
    "quote",
    "quote_en",
    "anchor",
    "source_zh",
    "source_en",
    "page_zh",
    "page_en",
];

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

pub(in crate::render) fn json(site: &Site, view: View) -> Output {
    let targets = view.targets(site);
    json_list(format!("{}targets.json", view.folder(site)), "targets", "targets", || {
        targets.iter().map(|at| target_json(site, *at, site.target(*at)))
    })
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
    let outcomes: Vec<Value> = target
        .outcomes
        .iter()
        .map(|o| {
            json!({
                "value": o.value.get_ref(),
                "as_of": o.as_of.0.to_string(),
                "title": words(&o.source.title),
                "url": o.source.url,
                "retrieved": o.source.retrieved.0.to_string(),
                "quote": o.quote.get_ref().text,
            })
        })
        .collect();
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
        "outcomes": outcomes,
        "same_as": target.same_as.map(|other| full_id(site, other)),
        "topics": t.topics.iter().map(|t| t.get_ref().as_str()).collect::<Vec<_>>(),
        "quote": t.quote.get_ref().text,
        "quote_en": t.quote_en.as_ref().map(|q| q.get_ref().as_str()),
        "note": optional(t.note.as_ref()),
        "source": {
            "anchor": anchor(site, target),
            "url": addresses(|lang| source_url(site, target, lang)),
        },
        "url": addresses(|lang| urls::target(site, at, lang)),
        "policy_status": status(&site.policies[at.policy]),
        "display": words(&target.display),
    })
}

/// # Errors
/// The table cannot be written.
pub(in crate::render) fn csv(site: &Site, view: View) -> Result<Output, Problem> {
    let rows = view.targets(site).into_iter().map(|at| row(site, at, site.target(at)));
    csv_output(format!("{}targets.csv", view.folder(site)), &COLUMNS, rows)
}

fn row(site: &Site, at: TargetRef, target: &LinkedTarget) -> Vec<String> {
    let t = &target.target;
    let policy = &site.policies[at.policy];
    let title = policy.record.title.full();
    let place = &site.places[target.place];
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
    let outcome = target.outcomes.last();
    vec![
        full_id(site, at),
        policy.id.clone(),
        title.zh,
        title.en,
        status(policy).to_owned(),
        place.id.clone(),
        place.place.name.zh.clone(),
        place.place.name.en.clone(),
        t.indicator.as_ref().map(|i| i.get_ref().clone()).unwrap_or_default(),
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
        outcome.map(|o| o.value.get_ref().clone()).unwrap_or_default(),
        outcome.map(|o| o.as_of.0.to_string()).unwrap_or_default(),
        outcome.map(|o| o.source.url.clone()).unwrap_or_default(),
        target.same_as.map(|other| full_id(site, other)).unwrap_or_default(),
        t.topics.iter().map(|t| t.get_ref().as_str()).collect::<Vec<_>>().join(" "),
        target.display.zh.clone(),
        target.display.en.clone(),
        t.quote.get_ref().text.clone(),
        t.quote_en.as_ref().map(|q| q.get_ref().clone()).unwrap_or_default(),
        anchor(site, target),
        source_url(site, target, Lang::Zh),
        source_url(site, target, Lang::En),
        urls::target(site, at, Lang::Zh),
        urls::target(site, at, Lang::En),
    ]
}
