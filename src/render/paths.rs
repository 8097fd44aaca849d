//! From a page to its path and back, with nothing rendered.
//!
//! [`Renderer::path`] gives the path that [`Renderer::render`] will give a page; [`Renderer::find`] the page
//! of a path, if there is one: by what the path says, so that it costs the same however large the site is.

use super::data::{self, View, calendar};
use super::{Entities, Format, Output, Page, Renderer, Tongue, page_count, urls};
use crate::content::fields::Lang;
use crate::site::TargetRef;

impl Renderer<'_> {
    /// The path of a page's file.
    pub fn path(&self, page: Page) -> String {
        let site = self.site;
        if let Some(folder) = self.folder_of(page) {
            return urls::file(&folder);
        }
        match page {
            // No page of the sitemap, so none of `folder_of`.
            Page::Search(lang) => urls::file(&urls::section("search", lang)),
            Page::Chooser => "index.html".to_owned(),
            Page::NotFound => "404.html".to_owned(),
            Page::Robots => "robots.txt".to_owned(),
            Page::Llms => "llms.txt".to_owned(),
            Page::Sitemap => "sitemap.xml".to_owned(),
            Page::CoverageJson => "data/coverage.json".to_owned(),
            Page::GlossaryCsv => "data/glossary.csv".to_owned(),
            Page::AllTasks => "data/tasks.csv".to_owned(),
            Page::EntitiesJson(which) => format!("data/{}.json", which.name()),
            Page::Schema(i) => format!("data/schema/{}.json", data::schemas::SCHEMAS[i].0),
            Page::TargetsJson(view) => format!("{}targets.json", view.folder(site)),
            Page::TargetsCsv(view) => format!("{}targets.csv", view.folder(site)),
            Page::Calendar(view, tongue) => calendar::path(site, view, tongue),
            Page::TopicPassages(i) => format!("data/topics/{}/passages.csv", site.topics[i].id),
            Page::PlacePassages(i) => format!("data/places/{}/passages.csv", site.places[i].id),
            Page::AgencyTasks(i) => format!("data/agencies/{}/tasks.csv", site.agencies[i].id),
            Page::Annotations(i) => format!("data/policies/{}/annotations.json", site.policies[i].id),
            Page::Asset(i) => self.theme.assets[i].path.clone(),
            Page::RawSource(i) => site.policies[i].record.source.file.get_ref().clone(),
            Page::Feed(lang, place) => self.feed_path(place, lang),
            Page::Cite(lang, i, format) => format!("{}{}", urls::policy(&site.policies[i].id, lang), format.names().1),
            Page::Markdown(lang, i) => format!("{}index.md", urls::policy(&site.policies[i].id, lang)),
            // All others have a folder.
            _ => String::new(),
        }
    }

    /// The files of the theme.
    pub fn assets(&self) -> &[Output] {
        &self.theme.assets
    }

    /// The folder of a page that stands in both languages and in the sitemap.
    pub(super) fn folder_of(&self, page: Page) -> Option<String> {
        let site = self.site;
        let section = |name: &str, lang: Lang, n: usize| urls::paged(&urls::section(name, lang), n);
        Some(match page {
            Page::Home(lang) => format!("{}/", lang.code()),
            Page::Policies(lang, n) => section("policies", lang, n),
            Page::Places(lang, n) => section("places", lang, n),
            Page::Targets(lang, n) => section("targets", lang, n),
            Page::Topics(lang, n) => section("topics", lang, n),
            Page::Agencies(lang, n) => section("agencies", lang, n),
            Page::Compare(lang, n) => section("compare", lang, n),
            Page::Glossary(lang, n) => section("glossary", lang, n),
            Page::Guide(lang) => urls::section("guide", lang),
            Page::GuideRules(lang) => urls::guide("rules", lang),
            Page::GuidePage(lang, i) => urls::guide(&site.guide[i].slug, lang),
            Page::Verification(lang, n) => section("verification", lang, n),
            Page::Policy(lang, i) => urls::policy(&site.policies[i].id, lang),
            Page::Source(lang, i) => urls::source(&site.policies[i].id, lang),
            Page::Parallel(lang, i) => urls::parallel(&site.policies[i].id, lang),
            Page::Target(lang, at) => urls::target(site, at, lang),
            Page::Place(lang, i, n) => urls::paged(&urls::place(&site.places[i].id, lang), n),
            Page::Topic(lang, i, n) => urls::paged(&urls::topic(&site.topics[i].id, lang), n),
            Page::Agency(lang, i, n) => urls::paged(&urls::agency(&site.agencies[i].id, lang), n),
            Page::Indicator(lang, i, n) => urls::paged(&urls::indicator(&site.indicators[i].id, lang), n),
            Page::Versus(lang, i) => {
                let (a, b) = site.concord.pairs[i].places;
                urls::versus(&site.places[a].id, &site.places[b].id, lang)
            }
            _ => return None,
        })
    }

    /// The page of a path; `None` if nothing is published there. Search index and manifest are no pages.
    pub fn find(&self, path: &str) -> Option<Page> {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["index.html"] => Some(Page::Chooser),
            ["404.html"] => Some(Page::NotFound),
            ["robots.txt"] => Some(Page::Robots),
            ["llms.txt"] => Some(Page::Llms),
            ["sitemap.xml"] => self.base_url.is_some().then_some(Page::Sitemap),
            ["data", rest @ ..] => self.find_data(rest),
            ["assets", ..] => self.theme.assets.iter().position(|a| a.path == path).map(Page::Asset),
            ["zh", rest @ ..] => self.find_in(Lang::Zh, rest),
            ["en", rest @ ..] => self.find_in(Lang::En, rest),
            _ => {
                let own = |p: &crate::site::Policy| p.record.source.file.get_ref() == path;
                self.site.policies.iter().position(own).map(Page::RawSource)
            }
        }
    }

    /// A page of one language.
    fn find_in(&self, lang: Lang, parts: &[&str]) -> Option<Page> {
        let site = self.site;
        match parts {
            ["feed.xml"] => return Some(Page::Feed(lang, None)),
            ["places", id, "feed.xml"] => {
                let place = self.place_at(id)?;
                return (!site.places[place].policies.is_empty()).then_some(Page::Feed(lang, Some(place)));
            }
            ["policies", id, "index.md"] => {
                let policy = self.policy_at(id)?;
                return site.policies[policy].digests[lang.index()].is_some().then_some(Page::Markdown(lang, policy));
            }
            ["policies", id, file] => {
                if let Some(format) = Format::ALL.into_iter().find(|f| f.names().1 == *file) {
                    return Some(Page::Cite(lang, self.policy_at(id)?, format));
                }
            }
            _ => {}
        }
        let (folder, n) = numbered(parts)?;
        let (page, count) = match folder {
            ["policies"] => (Page::Policies(lang, n), page_count(site.policies.len())),
            ["places"] => (Page::Places(lang, n), page_count(site.places.len())),
            ["targets"] => (Page::Targets(lang, n), page_count(site.timeline.len())),
            ["topics"] => (Page::Topics(lang, n), page_count(site.topics.len())),
            ["agencies"] => (Page::Agencies(lang, n), page_count(site.agencies.len())),
            ["compare"] => (Page::Compare(lang, n), self.compare_pages()),
            ["glossary"] => (Page::Glossary(lang, n), page_count(self.glossary_lines())),
            ["verification"] => (Page::Verification(lang, n), self.verification_pages()),
            ["places", id] => {
                let i = self.place_at(id)?;
                (Page::Place(lang, i, n), page_count(self.place_lines(i)))
            }
            ["topics", id] => {
                let i = site.ids.of_kind("topic", id).ok()?;
                (Page::Topic(lang, i, n), page_count(self.topic_lines(i)))
            }
            ["agencies", id] => {
                let i = site.ids.of_kind("agency", id).ok()?;
                let agency = &site.concord.agencies[i];
                (Page::Agency(lang, i, n), page_count(agency.tasks.len().max(agency.issued.len())))
            }
            ["indicators", id] => {
                let i = site.ids.of_kind("indicator", id).ok()?;
                (Page::Indicator(lang, i, n), page_count(site.concord.indicators[i].targets.len()))
            }
            _ => (self.find_single(lang, folder)?, 1),
        };
        (n <= count).then_some(page)
    }

    /// A page that is no list and has no second page.
    fn find_single(&self, lang: Lang, folder: &[&str]) -> Option<Page> {
        let site = self.site;
        Some(match folder {
            [] => Page::Home(lang),
            ["search"] => Page::Search(lang),
            ["guide", rest @ ..] if !site.guide.is_empty() => match rest {
                [] => Page::Guide(lang),
                ["rules"] => Page::GuideRules(lang),
                [slug] => Page::GuidePage(lang, site.guide.iter().position(|g| g.slug == *slug)?),
                _ => return None,
            },
            ["policies", id] => Page::Policy(lang, self.policy_at(id)?),
            ["policies", id, "source"] => Page::Source(lang, self.policy_at(id)?),
            ["policies", id, "parallel"] => Page::Parallel(lang, self.policy_at(id)?),
            ["policies", id, "targets", target] => {
                let policy = self.policy_at(id)?;
                let own = &site.policies[policy].targets;
                let target = own.iter().position(|t| t.target.id.get_ref() == target)?;
                Page::Target(lang, TargetRef { policy, target })
            }
            ["places", a, "vs", b] => {
                let places = (self.place_at(a)?, self.place_at(b)?);
                Page::Versus(lang, site.concord.pairs.iter().position(|p| p.places == places)?)
            }
            _ => return None,
        })
    }

    /// A file of `data/`.
    fn find_data(&self, parts: &[&str]) -> Option<Page> {
        let site = self.site;
        let (view, file) = match parts {
            ["coverage.json"] => return Some(Page::CoverageJson),
            ["glossary.csv"] => return Some(Page::GlossaryCsv),
            ["tasks.csv"] => return Some(Page::AllTasks),
            ["schema", file] => {
                let name = file.strip_suffix(".json")?;
                return data::schemas::SCHEMAS.iter().position(|(n, _)| *n == name).map(Page::Schema);
            }
            ["topics", id, "passages.csv"] => return site.ids.of_kind("topic", id).ok().map(Page::TopicPassages),
            ["places", id, "passages.csv"] => {
                let place = self.place_at(id)?;
                return (!site.concord.places[place].mentions.is_empty()).then_some(Page::PlacePassages(place));
            }
            ["agencies", id, "tasks.csv"] => {
                let agency = site.ids.of_kind("agency", id).ok()?;
                return (!site.concord.agencies[agency].tasks.is_empty()).then_some(Page::AgencyTasks(agency));
            }
            ["policies", id, "annotations.json"] => return self.policy_at(id).map(Page::Annotations),
            ["targets.ics"] => return Some(Page::Calendar(View::All, Tongue::Both)),
            [file] if !file.starts_with("targets.") => {
                return Entities::ALL
                    .into_iter()
                    .find(|e| file.strip_suffix(".json") == Some(e.name()))
                    .map(Page::EntitiesJson);
            }
            [file] => (View::All, *file),
            ["policies", id, file] => (View::Policy(self.policy_at(id)?), *file),
            ["places", id, file] => (View::Place(self.place_at(id)?), *file),
            ["topics", id, file] => (View::Topic(site.ids.of_kind("topic", id).ok()?), *file),
            ["indicators", id, file] => (View::Indicator(site.ids.of_kind("indicator", id).ok()?), *file),
            _ => return None,
        };
        let page = match file {
            "targets.json" => Page::TargetsJson(view),
            "targets.csv" => Page::TargetsCsv(view),
            "targets.zh.ics" => Page::Calendar(view, Tongue::One(Lang::Zh)),
            "targets.en.ics" => Page::Calendar(view, Tongue::One(Lang::En)),
            _ => return None,
        };
        self.has_targets(view).then_some(page)
    }

    fn policy_at(&self, id: &str) -> Option<usize> {
        self.site.policies.binary_search_by(|p| p.id.as_str().cmp(id)).ok()
    }

    fn place_at(&self, id: &str) -> Option<usize> {
        self.site.places.binary_search_by(|p| p.id.as_str().cmp(id)).ok()
    }
}

/// A page's folder and its number in a list, from the parts of its path.
fn numbered<'p, 's>(parts: &'p [&'s str]) -> Option<(&'p [&'s str], usize)> {
    match parts {
        [folder @ .., "page", n, "index.html"] if n.bytes().all(|b| b.is_ascii_digit()) => {
            let number: usize = n.parse().ok().filter(|number: &usize| *number > 1 && number.to_string() == **n)?;
            Some((folder, number))
        }
        [folder @ .., "index.html"] => Some((folder, 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::path::Path;

    use super::*;
    use crate::pipeline;
    use crate::render::Options;
    use crate::site::DateSource;

    /// Every page of the two sites of this repository, with base URL and without.
    fn each(use_it: impl Fn(&Renderer<'_>)) {
        for root in ["", "tests/sites/small"] {
            let loaded = pipeline::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join(root), true, DateSource::default());
            let site = loaded.site.expect("the site has no error");
            for base_url in [None, Some("https://example.org/x/".to_owned())] {
                let options = Options { base_url, ..Options::default() };
                let renderer = Renderer::new(&site, &loaded.tree, &loaded.verification, &options);
                use_it(&renderer.expect("the templates are sound"));
            }
        }
    }

    #[test]
    fn a_page_is_rendered_to_the_path_that_was_told_and_found_by_it() {
        each(|renderer| {
            for page in renderer.pages() {
                let path = renderer.path(page);
                assert_eq!(renderer.find(&path), Some(page), "{path}");
                assert_eq!(renderer.render(page).expect("it can be rendered").path, path);
            }
        });
    }

    #[test]
    fn what_is_not_published_is_not_found() {
        each(|renderer| {
            let all: BTreeMap<String, Page> = renderer.pages().into_iter().map(|p| (renderer.path(p), p)).collect();
            for path in all.keys() {
                // One part left out, doubled, or replaced by each of some words: a page only if it is one.
                let parts: Vec<&str> = path.split('/').collect();
                for at in 0..parts.len() {
                    let mut tried =
                        vec![[&parts[..at], &parts[at + 1..]].concat(), [&parts[..=at], &parts[at..]].concat()];
                    for word in [
                        "",
                        "..",
                        "page",
                        "1",
                        "2",
                        "02",
                        "en",
                        "targets",
                        "rules",
                        "wuhan",
                        "index.html",
                        "targets.json",
                    ] {
                        tried.push([&parts[..at], &[word], &parts[at + 1..]].concat());
                        tried.push([&parts[..at], &["page", word], &parts[at..]].concat());
                    }
                    for path in tried.into_iter().map(|parts| parts.join("/")) {
                        assert_eq!(renderer.find(&path), all.get(&path).copied(), "{path}");
                    }
                }
            }
        });
    }

    #[test]
    fn numbers_of_pages_are_written_in_one_way() {
        assert_eq!(numbered(&["a", "page", "2", "index.html"]), Some((&["a"][..], 2)));
        assert_eq!(numbered(&["a", "index.html"]), Some((&["a"][..], 1)));
        for n in ["0", "1", "02", "99999999999999999999999"] {
            assert_eq!(numbered(&["a", "page", n, "index.html"]), None, "{n}");
        }
        assert_eq!(numbered(&["a", "page", "x", "index.html"]), Some((&["a", "page", "x"][..], 1)));
    }
}
