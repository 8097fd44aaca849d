//! A policy's citations as W3C Web Annotations: each quoted span of its source, with what cites it.

use serde_json::{Value, json};

use super::plain_json;
use crate::content::fields::Lang;
use crate::render::{Output, Renderer, urls};
use crate::site::{Entity, Span, Use};

/// Characters of the source kept before and after a quote.
const CONTEXT: usize = 32;

impl Renderer<'_> {
    pub(in crate::render) fn annotations(&self, index: usize) -> Output {
        let site = self.site;
        let policy = &site.policies[index];
        let path = format!("data/policies/{}/annotations.json", policy.id);
        // Without a base URL all addresses are relative to the file itself.
        let root = self.base_url.clone().unwrap_or_else(|| "../../../".to_owned());
        let own = match &self.base_url {
            Some(base) => format!("{base}{path}"),
            None => "annotations.json".to_owned(),
        };
        let items: Vec<Value> = policy.spans.iter().map(|span| self.annotation(index, span, &root, &own)).collect();
        let title = policy.record.title.full();
        let value = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": own,
            "type": "AnnotationCollection",
            "label": [title.zh, title.en],
            "total": items.len(),
            "first": {
                "id": format!("{own}#all"),
                "type": "AnnotationPage",
                "startIndex": 0,
                "items": items,
            },
        });
        plain_json(path, &value)
    }

    fn annotation(&self, policy: usize, span: &Span, root: &str, own: &str) -> Value {
        let site = self.site;
        let source = &site.policies[policy];
        let text = &source.source.blocks[span.block].text;
        let before: String = {
            let chars: Vec<char> = text[..span.range.start].chars().collect();
            chars[chars.len().saturating_sub(CONTEXT)..].iter().collect()
        };
        let after: String = text[span.range.end..].chars().take(CONTEXT).collect();
        let page = |url: String, lang: Lang| json!({ "id": format!("{root}{url}"), "type": "Text", "format": "text/html", "language": lang.tag() });
        let mut bodies: Vec<Value> = Vec::new();
        let plain = urls::Urls::default();
        for by in &span.uses {
            match by {
                Use::Digest { policy, lang, heading } => {
                    let fragment = heading.as_ref().map(|h| format!("#{h}")).unwrap_or_default();
                    bodies
                        .push(page(format!("{}{fragment}", plain.entity(site, Entity::Policy(*policy), *lang)), *lang));
                }
                Use::Target(at) => bodies.extend(Lang::BOTH.map(|lang| page(urls::target(site, *at, lang), lang))),
                Use::Prose(entity, lang) => bodies.push(page(plain.entity(site, *entity, *lang), *lang)),
                Use::Guide(n, lang) => bodies.push(page(urls::guide(&site.guide[*n].slug, *lang), *lang)),
                Use::Data(_) => {}
            }
        }
        let mut value = json!({
            "id": format!("{own}#{}", span.id),
            "type": "Annotation",
            "motivation": "linking",
            "target": {
                "type": "SpecificResource",
                "source": {
                    "id": format!("{root}{}", urls::source(&source.id, Lang::Zh)),
                    "type": "Text",
                    "format": "text/html",
                    "language": "zh-Hans",
                },
                "selector": [
                    {
                        "type": "TextQuoteSelector",
                        "exact": text[span.range.clone()],
                        "prefix": before,
                        "suffix": after,
                    },
                    {
                        "type": "FragmentSelector",
                        "conformsTo": "http://tools.ietf.org/rfc/rfc3236",
                        "value": span.id,
                    },
                ],
            },
        });
        if let Some(object) = value.as_object_mut().filter(|_| !bodies.is_empty()) {
            object.insert("body".to_owned(), Value::from(bodies));
        }
        value
    }
}
