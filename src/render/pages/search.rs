//! The search page.

use serde::Serialize;

use super::PageInfo;
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::{Output, Renderer, urls};

#[derive(Serialize)]
struct SearchPage {
    page: PageInfo,
    /// `search_left_out`, `search_from_disk`: key of the words that say why there is no search.
    without: Option<&'static str>,
}

impl Renderer<'_> {
    pub(in crate::render) fn search(&self, lang: Lang) -> Result<Output, Problem> {
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
        self.folder_page("search.html", &folder, lang, &SearchPage { page, without })
    }
}
