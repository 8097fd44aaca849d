//! Addresses of pages, relative to the site's root, without a leading slash.

use crate::content::fields::Lang;
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

    /// An entity's page, if it has one.
    pub fn entity(self, site: &Site, entity: Entity, lang: Lang) -> Option<String> {
        match entity {
            Entity::Policy(i) => Some(self.page(&policy(&site.policies[i].id, lang))),
            Entity::Place(i) => Some(self.page(&place(&site.places[i].id, lang))),
            // Pages of these kinds do not exist yet: they show as plain words.
            Entity::Topic(_) | Entity::Agency(_) | Entity::Indicator(_) | Entity::Term(_) => None,
        }
    }

    /// A quoted span on its source page.
    pub fn span(self, site: &Site, at: SpanRef, lang: Lang) -> String {
        let (policy, span) = site.span(at);
        format!("{}#{}", self.page(&source(&policy.id, lang)), span.id)
    }

    /// A target in its policy's table of targets.
    pub fn target(self, site: &Site, at: TargetRef, lang: Lang) -> String {
        let policy = &site.policies[at.policy];
        let id = policy.targets[at.target].target.id.get_ref();
        format!("{}#target-{id}", self.page(&self::policy(&policy.id, lang)))
    }
}

/// `en/policies/<id>/`
pub fn policy(id: &str, lang: Lang) -> String {
    format!("{}/policies/{id}/", lang.code())
}

/// `en/policies/<id>/source/`
pub fn source(id: &str, lang: Lang) -> String {
    format!("{}/policies/{id}/source/", lang.code())
}

/// `en/places/<id>/`
pub fn place(id: &str, lang: Lang) -> String {
    format!("{}/places/{id}/", lang.code())
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
