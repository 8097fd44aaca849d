//! The search page.

use serde::Serialize;

use super::PageInfo;
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::{Output, Renderer, page_of, urls};
use crate::site::Entity;

#[derive(Serialize)]
struct SearchPage {
    page: PageInfo,
    /// `search_left_out`, `search_from_disk`: key of the words that say why there is no search.
    without: Option<&'static str>,
    /// Kinds of pages, as the index names them.
    kinds: [&'static str; 8],
    places: Vec<Choice>,
    topics: Vec<Choice>,
}

#[derive(Serialize)]
struct Choice {
    id: String,
    name: String,
}

impl Renderer<'_> {
    pub(in crate::render) fn search(&self, lang: Lang) -> Result<Output, Problem> {
        let site = self.site;
        let (folder, page) = self.page_at(
            lang,
            "search",
            |l| urls::section("search", l),
            self.word(lang, "search").to_owned(),
            self.word(lang, "search_lead").to_owned(),
        );
        let without = match (self.search, self.urls().disk) {
            (false, _) => Some("search_left_out"),
            (true, true) => Some("search_from_disk"),
            (true, false) => None,
        };
        let [own, others] = &site.concord.compared;
        let places: Vec<usize> = own.iter().chain(others).copied().collect();
        let values = SearchPage {
            page,
            without,
            kinds: ["source", "digest", "target", "topic", "place", "agency", "indicator", "term"],
            places: page_of(&places, 1)
                .iter()
                .map(|&p| Choice { id: site.places[p].id.clone(), name: self.name(Entity::Place(p), lang) })
                .collect(),
            topics: page_of(&site.concord.topics_by_name[lang.index()], 1)
                .iter()
                .map(|&t| Choice { id: site.topics[t].id.clone(), name: self.name(Entity::Topic(t), lang) })
                .collect(),
        };
        self.folder_page("search.html", &folder, lang, &values)
    }
}
