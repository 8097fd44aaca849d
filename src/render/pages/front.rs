//! Home, the language chooser, 404, the list of policies, the sitemap.

use std::collections::BTreeMap;

use serde::Serialize;

use super::topic::TopicView;
use super::views::{LinkView, PolicyView, TargetView, date};
use super::{PageInfo, PageSpec, Pager};
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::{Output, Renderer, page_of, urls};
use crate::site::{Entity, TargetRef};

/// Entries of «due next» and «new» on the home page.
const NEXT_DUE: usize = 5;
const NEWEST: usize = 5;
const CHANGES: usize = 10;

#[derive(Serialize)]
struct Home {
    page: PageInfo,
    newest: Vec<PolicyView>,
    places: Vec<PlaceCard>,
    due: Vec<TargetView>,
    changes: Vec<ChangeView>,
    topics: Vec<TopicView>,
    search: bool,
    search_url: String,
    policy_count: usize,
    target_count: usize,
    quote_count: usize,
}

#[derive(Serialize)]
struct PlaceCard {
    place: LinkView,
    policies: usize,
    targets: usize,
}

#[derive(Serialize)]
struct ChangeView {
    date: String,
    date_iso: String,
    words: String,
    policy: LinkView,
}

#[derive(Serialize)]
struct Policies {
    page: PageInfo,
    policies: Vec<PolicyView>,
    pager: Pager,
}

#[derive(Serialize)]
struct Bare {
    title_zh: String,
    title_en: String,
    description_zh: String,
    description_en: String,
    zh: String,
    en: String,
    absolute: Option<String>,
}

#[derive(Serialize)]
struct Sitemap {
    pages: Vec<SitemapPage>,
}

#[derive(Serialize)]
struct SitemapPage {
    zh: String,
    en: String,
}

impl Renderer<'_> {
    fn bare(&self) -> Bare {
        let settings = &self.site.settings;
        Bare {
            title_zh: settings.title.zh.clone(),
            title_en: settings.title.en.clone(),
            description_zh: settings.description.zh.clone(),
            description_en: settings.description.en.clone(),
            zh: self.urls().page("zh/"),
            en: self.urls().page("en/"),
            absolute: self.base_url.clone(),
        }
    }

    pub(in crate::render) fn chooser(&self) -> Result<Output, Problem> {
        self.template("chooser.html", "index.html".to_owned(), None, &self.bare())
    }

    pub(in crate::render) fn not_found(&self) -> Result<Output, Problem> {
        self.template("404.html", "404.html".to_owned(), None, &self.bare())
    }

    pub(in crate::render) fn home(&self, lang: Lang) -> Result<Output, Problem> {
        let site = self.site;
        let folder = format!("{}/", lang.code());
        let changes = site.changes.iter().take(CHANGES).map(|&(p, c)| {
            let change = &site.policies[p].record.change[c];
            let words = if lang == Lang::Zh { &change.zh } else { &change.en };
            ChangeView {
                date: date(change.date.0, lang),
                date_iso: change.date.0.to_string(),
                words: words.clone(),
                policy: self.policy_link(p, lang),
            }
        });
        let values = Home {
            page: self.page_info(PageSpec {
                lang,
                other: format!("{}/", lang.other().code()),
                title: String::new(),
                description: site.settings.description.get(lang).to_owned(),
                section: "home",
                folder: folder.clone(),
                anchor: "",
            }),
            newest: site.newest.iter().take(NEWEST).map(|&i| self.policy_view(i, lang)).collect(),
            places: site
                .places
                .iter()
                .enumerate()
                .filter(|(_, p)| !p.policies.is_empty())
                .take(crate::render::PAGE_SIZE)
                .map(|(i, p)| PlaceCard {
                    place: self.place_link(i, lang),
                    policies: p.policies.len(),
                    targets: p.targets.len(),
                })
                .collect(),
            due: self.due_next().into_iter().map(|at| self.target_view(at, lang)).collect(),
            changes: changes.collect(),
            topics: page_of(&site.concord.topics_by_name[lang.index()], 1)
                .iter()
                .map(|&i| self.topic_view(i, lang))
                .collect(),
            search: self.searches(),
            search_url: self.urls().page(&urls::section("search", lang)),
            policy_count: site.policies.len(),
            target_count: site.timeline.len(),
            quote_count: site.quote_count,
        };
        self.folder_page("home.html", &folder, lang, &values)
    }

    /// The targets due next, first of the earliest year: one of each place in turn, so that none fills the list.
    fn due_next(&self) -> Vec<TargetRef> {
        let site = self.site;
        let due = |at: &TargetRef| site.target(*at).target.due.as_ref().map(|d| *d.get_ref());
        let next = |at: &&TargetRef| due(at) >= Some(site.today.year()) && site.target(**at).same_as.is_none();
        let mut turns: BTreeMap<(Option<i16>, usize), usize> = BTreeMap::new();
        let mut found: Vec<_> = site
            .timeline
            .iter()
            .filter(next)
            // The timeline is in the order of years: beyond these, none can come up.
            .take(crate::render::PAGE_SIZE)
            .map(|at| {
                let turn = turns.entry((due(at), site.target(*at).place)).or_default();
                *turn += 1;
                (due(at), *turn, *at)
            })
            .collect();
        // A stable sort: within a turn, the order of the timeline.
        found.sort_by_key(|(year, turn, _)| (*year, *turn));
        found.into_iter().take(NEXT_DUE).map(|(.., at)| at).collect()
    }

    pub(in crate::render) fn policies(&self, lang: Lang, number: usize) -> Result<Output, Problem> {
        let list = format!("{}/policies/", lang.code());
        let folder = urls::paged(&list, number);
        let entries = &self.site.newest;
        let values = Policies {
            page: self.page_info(PageSpec {
                lang,
                other: urls::paged(&format!("{}/policies/", lang.other().code()), number),
                title: self.word(lang, "policies").to_owned(),
                description: self.word(lang, "policies_lead").to_owned(),
                section: "policies",
                folder: folder.clone(),
                anchor: "",
            }),
            policies: page_of(entries, number).iter().map(|&i| self.policy_view(i, lang)).collect(),
            pager: Pager::new(self.urls(), &list, number, entries.len()),
        };
        self.folder_page("policies.html", &folder, lang, &values)
    }

    pub(in crate::render) fn sitemap(&self) -> Result<Output, Problem> {
        let base = self.base_url.clone().unwrap_or_default();
        let pages = self
            .pages()
            .into_iter()
            .filter_map(|page| {
                let folder = self.folder_of(page)?;
                let rest = folder.strip_prefix("zh/")?.to_owned();
                Some(SitemapPage { zh: format!("{base}zh/{rest}"), en: format!("{base}en/{rest}") })
            })
            .collect();
        self.template("sitemap.xml", "sitemap.xml".to_owned(), None, &Sitemap { pages })
    }

    /// The name of an entity, for descriptions.
    pub(in crate::render) fn name(&self, entity: Entity, lang: Lang) -> String {
        self.site.name(entity, lang).to_owned()
    }
}
