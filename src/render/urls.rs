//! Addresses of pages, relative to the site's root, without a leading slash.

use super::lines;
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::site::{Entity, Site, SpanRef, TargetRef};

/// How addresses are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct Urls {
    /// Write `index.html` out, so that pages can be opened from a disk.
    pub disk: bool,
}

impl Urls {
    /// The address of a folder's page: `en/policies/` as it is, or with `index.html`.
    pub fn page(self, folder: &str) -> String {
        if self.disk { file(folder) } else { folder.to_owned() }
    }

    /// An entity's page.
    pub fn entity(self, site: &Site, entity: Entity, lang: Lang) -> String {
        match entity {
            Entity::Policy(i) => self.page(&policy(&site.policies[i].id, lang)),
            Entity::Place(i) => self.page(&place(&site.places[i].id, lang)),
            Entity::Topic(i) => self.page(&topic(&site.topics[i].id, lang)),
            Entity::Agency(i) => self.page(&agency(&site.agencies[i].id, lang)),
            Entity::Indicator(i) => self.page(&indicator(&site.indicators[i].id, lang)),
            Entity::Term(i) => {
                let page = self.page(&paged(
                    &section("glossary", lang),
                    lines::page_with(site.concord.term_lines[lang.index()][i]),
                ));
                format!("{page}#term-{}", site.terms[i].id)
            }
        }
    }

    /// A quoted span on its source page.
    pub fn span(self, site: &Site, at: SpanRef, lang: Lang) -> String {
        let (policy, span) = site.span(at);
        format!("{}#{}", self.page(&source(&policy.id, lang)), span.id)
    }

    /// A block on its source page.
    pub fn block(self, site: &Site, policy: usize, block: usize, lang: Lang) -> String {
        let policy = &site.policies[policy];
        format!("{}#{}", self.page(&source(&policy.id, lang)), policy.source.blocks[block].anchor)
    }

    /// A target's permanent address.
    pub fn target(self, site: &Site, at: TargetRef, lang: Lang) -> String {
        self.page(&target(site, at, lang))
    }
}

/// `en/topics/`: a main part of the site.
pub fn section(name: &str, lang: Lang) -> String {
    format!("{}/{name}/", lang.code())
}

/// `en/guide/<slug>/`
pub fn guide(slug: &str, lang: Lang) -> String {
    format!("{}/guide/{slug}/", lang.code())
}

/// `en/policies/<id>/`
pub fn policy(id: &str, lang: Lang) -> String {
    format!("{}/policies/{id}/", lang.code())
}

/// `en/policies/<id>/source/`
pub fn source(id: &str, lang: Lang) -> String {
    format!("{}/policies/{id}/source/", lang.code())
}

/// `en/policies/<id>/parallel/`
pub fn parallel(id: &str, lang: Lang) -> String {
    format!("{}/policies/{id}/parallel/", lang.code())
}

/// `en/policies/<id>/targets/<target>/`
pub fn target(site: &Site, at: TargetRef, lang: Lang) -> String {
    let policy = &site.policies[at.policy];
    format!("{}/policies/{}/targets/{}/", lang.code(), policy.id, policy.targets[at.target].target.id.get_ref())
}

/// `en/places/<id>/`
pub fn place(id: &str, lang: Lang) -> String {
    format!("{}/places/{id}/", lang.code())
}

/// `en/places/<a>/vs/<b>/`
pub fn versus(a: &str, b: &str, lang: Lang) -> String {
    format!("{}/places/{a}/vs/{b}/", lang.code())
}

/// `en/topics/<id>/`
pub fn topic(id: &str, lang: Lang) -> String {
    format!("{}/topics/{id}/", lang.code())
}

/// `en/agencies/<id>/`
pub fn agency(id: &str, lang: Lang) -> String {
    format!("{}/agencies/{id}/", lang.code())
}

/// `en/indicators/<id>/`
pub fn indicator(id: &str, lang: Lang) -> String {
    format!("{}/indicators/{id}/", lang.code())
}

/// Page `number` (from 1) of a paged list: the folder itself, then `page/2/`.
pub fn paged(folder: &str, number: usize) -> String {
    if number <= 1 { folder.to_owned() } else { format!("{folder}page/{number}/") }
}

/// The file of a folder's page.
pub fn file(folder: &str) -> String {
    format!("{folder}index.html")
}

/// The way from a page's folder to the site's root: `../../`, or `./`.
pub fn to_root(folder: &str) -> String {
    match folder.matches('/').count() {
        0 => "./".to_owned(),
        depth => "../".repeat(depth),
    }
}

/// A base URL with a final `/`.
///
/// # Errors
/// What is written is no such URL.
pub fn base(written: &str) -> Result<String, Problem> {
    let rest = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
    let sound = rest.is_some_and(|r| !r.is_empty() && !r.contains(['?', '#', ' ', '"', '<', '>']));
    if !sound {
        return Err(Problem::error("bad-value", format!("`{written}` is not a base URL"))
            .help("write it in full, such as https://example.org/digests/"));
    }
    Ok(format!("{}/", written.trim_end_matches('/')))
}
