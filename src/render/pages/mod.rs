//! What templates are given, one file a kind of page.

mod agency;
mod compare;
mod front;
mod glossary;
mod guide;
mod indicator;
mod parallel;
pub(super) mod passage;
mod place;
mod policy;
mod search;
mod source;
mod target;
mod targets;
mod timeline;
mod topic;
mod verification;
mod versus;
pub(super) mod views;

use serde::Serialize;

use super::urls::{self, Urls};
use super::{Output, Renderer, linked_data, relative};
use crate::content::fields::Lang;
use crate::diagnostic::Problem;

/// What every page is given as `page`.
#[derive(Serialize)]
pub(super) struct PageInfo {
    /// `zh` or `en`.
    lang: &'static str,
    /// For `lang` attributes.
    tag: &'static str,
    other_lang: &'static str,
    other_tag: &'static str,
    /// The same page in the other language, from the site's root.
    other_url: String,
    /// The way to the site's root.
    root: String,
    /// This page, from the site's root.
    url: String,
    /// Absolute addresses by language tag, if the site knows where it is published.
    absolute: Option<Absolute>,
    /// The page's own title.
    title: String,
    /// The site's name.
    site_title: String,
    description: String,
    /// Which part of the site the page belongs to.
    section: &'static str,
    /// Addresses of the main parts.
    nav: Vec<NavItem>,
    home: String,
    /// What was checked.
    verification: String,
    /// The user guide, if the site has one.
    guide: Option<String>,
    /// The date the build reckons from.
    today: String,
    /// Feeds: of the site, and of the place that the page is about.
    feeds: Vec<FeedLink>,
    /// JSON-LD, ready for a script element.
    data: Option<String>,
    /// Where to report an error on this page.
    report: Option<String>,
}

#[derive(Serialize)]
struct Absolute {
    own: String,
    zh: String,
    en: String,
    default: String,
}

#[derive(Serialize)]
struct FeedLink {
    url: String,
    title: String,
}

#[derive(Serialize)]
struct NavItem {
    section: &'static str,
    url: String,
}

/// A page before its own values are added.
pub(super) struct PageSpec<'a> {
    pub(super) lang: Lang,
    /// The page's folder in its language: `en/policies/`.
    pub(super) folder: String,
    /// The same in the other language.
    pub(super) other: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) section: &'static str,
    pub(super) anchor: &'a str,
}

/// The main parts of the site, in the order of the navigation; also the keys of their names.
const SECTIONS: [&str; 8] = ["policies", "places", "topics", "targets", "compare", "agencies", "glossary", "search"];

impl PageInfo {
    /// Adds JSON-LD.
    pub(super) fn with_data(mut self, data: &serde_json::Value) -> Self {
        self.data = Some(linked_data::embed(data));
        self
    }

    /// Adds a feed.
    pub(super) fn with_feed(mut self, url: String, title: String) -> Self {
        self.feeds.push(FeedLink { url, title });
        self
    }
}

impl Renderer<'_> {
    /// A page that stands at the same path in both languages: its folder, and what every page is given.
    pub(super) fn page_at(
        &self,
        lang: Lang,
        section: &'static str,
        folder: impl Fn(Lang) -> String,
        title: String,
        description: String,
    ) -> (String, PageInfo) {
        let (own, other) = (folder(lang), folder(lang.other()));
        let spec = PageSpec { lang, folder: own.clone(), other, title, description, section, anchor: "" };
        (own, self.page_info(spec))
    }

    pub(super) fn page_info(&self, spec: PageSpec<'_>) -> PageInfo {
        let lang = spec.lang;
        let settings = &self.site.settings;
        let (zh, en) = match lang {
            Lang::Zh => (&spec.folder, &spec.other),
            Lang::En => (&spec.other, &spec.folder),
        };
        let absolute = self.base_url.as_ref().map(|base| Absolute {
            own: format!("{base}{}", spec.folder),
            zh: format!("{base}{zh}"),
            en: format!("{base}{en}"),
            default: base.clone(),
        });
        let code = lang.code();
        let nav = SECTIONS.map(|section| NavItem { section, url: self.urls.page(&urls::section(section, lang)) });
        let report = settings.report.as_ref().map(|template| report_address(template, &spec.folder, spec.anchor));
        PageInfo {
            lang: code,
            tag: lang.tag(),
            other_lang: lang.other().code(),
            other_tag: lang.other().tag(),
            other_url: self.urls.page(&spec.other),
            root: urls::to_root(&spec.folder),
            url: self.urls.page(&spec.folder),
            absolute,
            title: spec.title,
            site_title: settings.title.get(lang).to_owned(),
            description: spec.description,
            section: spec.section,
            nav: nav.into(),
            home: self.urls.page(&format!("{code}/")),
            guide: (!self.site.guide.is_empty()).then(|| self.urls.page(&urls::section("guide", lang))),
            verification: self.urls.page(&urls::section("verification", lang)),
            feeds: vec![FeedLink { url: self.feed_path(None, lang), title: settings.title.get(lang).to_owned() }],
            data: None,
            today: views::date(self.site.today, lang),
            report,
        }
    }

    /// A word of the interface.
    pub(super) fn word(&self, lang: Lang, key: &str) -> &str {
        self.theme.words[lang.index()].get(key).map_or("", String::as_str)
    }

    pub(super) fn urls(&self) -> Urls {
        self.urls
    }

    /// Renders a page of a folder through a template.
    pub(super) fn folder_page<T: Serialize>(
        &self,
        template: &str,
        folder: &str,
        lang: Lang,
        values: &T,
    ) -> Result<Output, Problem> {
        let text = self.filled(template, Some(lang), values)?;
        Ok(Output { path: urls::file(folder), bytes: relative::shorten(&text, folder).into_bytes() })
    }
}

/// Fills in where an error is reported: `{page}` and `{anchor}`, percent-encoded.
pub(super) fn report_address(template: &str, page: &str, anchor: &str) -> String {
    template.replace("{page}", &percent_encode(page)).replace("{anchor}", &percent_encode(anchor))
}

/// RFC 3986: all but unreserved characters.
fn percent_encode(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// Steps through a paged list.
#[derive(Serialize)]
pub(super) struct Pager {
    number: usize,
    count: usize,
    previous: Option<String>,
    next: Option<String>,
}

impl Pager {
    pub(super) fn new(urls: Urls, folder: &str, number: usize, entries: usize) -> Self {
        Pager::of(urls, folder, number, super::page_count(entries))
    }

    /// A pager of so many pages.
    pub(super) fn of(urls: Urls, folder: &str, number: usize, count: usize) -> Self {
        let at = |n: usize| urls.page(&urls::paged(folder, n));
        Pager {
            number,
            count,
            previous: (number > 1).then(|| at(number - 1)),
            next: (number < count).then(|| at(number + 1)),
        }
    }
}
