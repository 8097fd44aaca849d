//! Policies, places, topics, agencies, indicators and terms as JSON; the glossary as CSV too.

use serde_json::{Value, json};

use super::{addresses, csv_output, full_id, json_list, non_empty, optional, status, words};
use crate::content::fields::{Lang, Names};
use crate::diagnostic::Problem;
use crate::render::{Output, urls};
use crate::site::concord::Role;
use crate::site::{Entity, Site};

fn names(names: &Names) -> Value {
    json!({ "zh": names.zh, "en": names.en })
}

fn pages(site: &Site, entity: Entity) -> Value {
    addresses(|lang| urls::Urls::default().entity(site, entity, lang))
}

pub(in crate::render) fn policies(site: &Site) -> Output {
    json_list("data/policies.json".to_owned(), "policies", "policies", || {
        site.policies.iter().map(|p| {
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
                "changes": r.change.iter().map(|c| json!({
                    "date": c.date.0.to_string(), "zh": c.zh, "en": c.en,
                })).collect::<Vec<_>>(),
                "source": {
                    "file": r.source.file.get_ref(),
                    "sha256": r.source.sha256.get_ref(),
                    "url": non_empty(&r.source.url),
                    "retrieved": r.source.retrieved.map(|d| d.0.to_string()),
                    "archived": non_empty(&r.source.archived),
                },
                "url": addresses(|lang| urls::policy(&p.id, lang)),
            })
        })
    })
}

pub(in crate::render) fn places(site: &Site) -> Output {
    json_list("data/places.json".to_owned(), "places", "places", || {
        site.places.iter().enumerate().map(|(i, p)| {
            json!({
                "id": p.id,
                "name": words(&p.place.name),
                "kind": p.place.kind,
                "parent": p.parent.map(|parent| site.places[parent].id.as_str()),
                "aliases": names(&p.place.aliases),
                "policies": p.policies.iter().map(|&at| site.policies[at].id.as_str()).collect::<Vec<_>>(),
                "targets": p.targets.len(),
                "mentions": site.concord.places[i].mentions.len(),
                "url": pages(site, Entity::Place(i)),
            })
        })
    })
}

pub(in crate::render) fn topics(site: &Site) -> Output {
    json_list("data/topics.json".to_owned(), "topics", "topics", || {
        site.topics.iter().enumerate().map(|(i, t)| {
            let places: Vec<Value> = site.concord.topics[i]
                .columns
                .iter()
                .map(|c| {
                    json!({
                        "place": site.places[c.place].id,
                        "targets": c.targets.iter().map(|at| full_id(site, *at)).collect::<Vec<_>>(),
                        "passages": c.passages.len(),
                    })
                })
                .collect();
            json!({
                "id": t.id,
                "name": words(&t.topic.name),
                "aliases": names(&t.topic.aliases),
                "places": places,
                "url": pages(site, Entity::Topic(i)),
            })
        })
    })
}

pub(in crate::render) fn agencies(site: &Site) -> Output {
    json_list("data/agencies.json".to_owned(), "agencies", "agencies", || {
        site.agencies.iter().enumerate().map(|(i, a)| {
            let concord = &site.concord.agencies[i];
            let count = |role: Role| concord.tasks.iter().filter(|t| t.role == role).count();
            json!({
                "id": a.id,
                "name": words(&a.value.name),
                "place": a.value.place.as_ref().map(|p| p.get_ref().as_str()),
                "aliases": names(&a.value.aliases),
                "name_source": non_empty(&a.value.source),
                "leads": count(Role::Lead),
                "responsible": count(Role::Responsible),
                "supports": count(Role::Support),
                "issued": concord.issued.iter().map(|&p| site.policies[p].id.as_str()).collect::<Vec<_>>(),
                "url": pages(site, Entity::Agency(i)),
            })
        })
    })
}

pub(in crate::render) fn indicators(site: &Site) -> Output {
    json_list("data/indicators.json".to_owned(), "indicators", "indicators", || {
        site.indicators.iter().enumerate().map(|(i, n)| {
            json!({
                "id": n.id,
                "name": words(&n.value.name),
                "unit": words(&Site::unit_words(&n.value.unit)),
                "basis": n.value.basis,
                "note": optional(n.value.note.as_ref()),
                "targets": site.concord.indicators[i].targets.iter().map(|at| full_id(site, *at)).collect::<Vec<_>>(),
                "url": pages(site, Entity::Indicator(i)),
            })
        })
    })
}

pub(in crate::render) fn glossary(site: &Site) -> Output {
    json_list("data/glossary.json".to_owned(), "glossary", "terms", || {
        site.terms.iter().enumerate().map(|(i, t)| {
            let uses: Vec<Value> = site.concord.terms[i]
                .by_policy()
                .iter()
                .map(|u| {
                    let anchors: Vec<String> = u
                        .passages
                        .iter()
                        .map(|p| site.policies[p.policy].source.blocks[p.block].anchor.to_string())
                        .collect();
                    json!({ "policy": site.policies[u.policy].id, "anchors": anchors })
                })
                .collect();
            json!({
                "id": t.id,
                "zh": t.value.zh,
                "en": t.value.en,
                "variants": t.value.variants,
                "avoid": t.value.avoid,
                "note": optional(t.value.note.as_ref()),
                "source": non_empty(&t.value.source),
                "uses": uses,
                "url": pages(site, Entity::Term(i)),
            })
        })
    })
}

/// # Errors
/// The table cannot be written.
pub(in crate::render) fn glossary_csv(site: &Site) -> Result<Output, Problem> {
    let header = ["id", "zh", "en", "variants", "avoid", "note_zh", "note_en", "source", "page_zh", "page_en"];
    let rows = site.terms.iter().enumerate().map(|(i, t)| {
        let note = |lang| t.value.note.as_ref().map(|n| n.get(lang).to_owned()).unwrap_or_default();
        let url = |lang| urls::Urls::default().entity(site, Entity::Term(i), lang);
        vec![
            t.id.clone(),
            t.value.zh.clone(),
            t.value.en.clone(),
            t.value.variants.join("; "),
            t.value.avoid.join("; "),
            note(Lang::Zh),
            note(Lang::En),
            t.value.source.clone(),
            url(Lang::Zh),
            url(Lang::En),
        ]
    });
    csv_output("data/glossary.csv".to_owned(), &header, rows)
}
