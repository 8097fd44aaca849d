//! A site to pages and data: a function of the site and a page's name, with no page needing another.
//!
//! [`Renderer::pages`] lists what there is; [`Renderer::render`] makes one of them. Templates decide the
//! structure (Tera, `templates/`), the theme the look and the interface's words (`themes/<theme>/`);
//! what they are given is in [`pages`], one file a kind of page.

mod chart;
mod cite;
mod compact;
mod data;
mod feed;
mod html;
mod kept;
mod lines;
mod linked_data;
mod markdown;
mod marked;
mod pages;
mod paths;
mod relative;
mod theme;
pub mod urls;

use serde::Serialize;
use tera::{Context, Tera};

use crate::check::Verification;
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::read::Tree;
use crate::site::{Site, TargetRef};
pub use cite::export::Format;
pub use data::View;
pub use data::calendar::Tongue;
pub use theme::{Theme, compiled_in};
use urls::Urls;

/// Lists over this many entries are paged.
pub const PAGE_SIZE: usize = 200;

/// What decides how pages are written, beside the site.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Where the site is published, with a final `/`; canonical addresses and the sitemap need it.
    pub base_url: Option<String>,
    /// Write `index.html` out in links.
    pub disk: bool,
    /// Leave the search index out.
    pub no_search: bool,
}

/// One thing to publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Page {
    /// `/`: choose a language.
    Chooser,
    /// `/404.html`
    NotFound,
    /// `/{lang}/`
    Home(Lang),
    /// All digests, page from 1.
    Policies(Lang, usize),
    /// One policy.
    Policy(Lang, usize),
    /// A policy's source.
    Source(Lang, usize),
    /// All places, page from 1.
    Places(Lang, usize),
    /// One place, page from 1.
    Place(Lang, usize, usize),
    /// The timeline, page from 1.
    Targets(Lang, usize),
    /// The two digests of a policy side by side.
    Parallel(Lang, usize),
    /// A target's permanent address.
    Target(Lang, TargetRef),
    /// All topics, page from 1.
    Topics(Lang, usize),
    /// One topic, page from 1.
    Topic(Lang, usize, usize),
    /// All agencies, page from 1.
    Agencies(Lang, usize),
    /// One agency, page from 1.
    Agency(Lang, usize, usize),
    /// One indicator, page from 1.
    Indicator(Lang, usize, usize),
    /// Two places side by side: index of the pair.
    Versus(Lang, usize),
    /// Places and topics, page from 1.
    Compare(Lang, usize),
    /// The glossary, page from 1.
    Glossary(Lang, usize),
    /// The search page.
    Search(Lang),
    /// The pages of the guide.
    Guide(Lang),
    /// One page of the guide.
    GuidePage(Lang, usize),
    /// The guide's page of rules, made of the rules.
    GuideRules(Lang),
    /// What was checked, page from 1.
    Verification(Lang, usize),
    /// A policy's source text as received.
    RawSource(usize),
    /// Policies, places, topics, agencies, indicators or terms as JSON.
    EntitiesJson(Entities),
    /// `/data/glossary.csv`
    GlossaryCsv,
    /// Targets as JSON.
    TargetsJson(View),
    /// Targets as CSV.
    TargetsCsv(View),
    /// Due dates as iCalendar.
    Calendar(View, Tongue),
    /// Passages on a topic as CSV.
    TopicPassages(usize),
    /// Passages that name a place as CSV.
    PlacePassages(usize),
    /// Tasks of all agencies as CSV.
    AllTasks,
    /// Tasks of one agency as CSV.
    AgencyTasks(usize),
    /// A policy's citations as Web Annotations.
    Annotations(usize),
    /// A policy's citations for reference managers.
    Cite(Lang, usize, Format),
    /// A digest as Markdown.
    Markdown(Lang, usize),
    /// A schema of the data, by its index.
    Schema(usize),
    /// `/data/coverage.json`
    CoverageJson,
    /// `/sitemap.xml`
    Sitemap,
    /// A feed: of a place, or of the site.
    Feed(Lang, Option<usize>),
    /// `/llms.txt`
    Llms,
    /// `/robots.txt`
    Robots,
    /// A file of the theme, by its index.
    Asset(usize),
}

impl Page {
    /// What kind of thing it is, in the plural.
    pub fn kind(self) -> &'static str {
        match self {
            Page::Policy(..) => "policies",
            Page::Source(..) => "sources",
            Page::Place(..) => "places",
            Page::Topic(..) => "topics",
            Page::Targets(..) => "timeline",
            Page::Chooser
            | Page::NotFound
            | Page::Home(_)
            | Page::Policies(..)
            | Page::Places(..)
            | Page::Topics(..)
            | Page::Search(_) => "home and lists",
            Page::Sitemap | Page::Feed(..) | Page::Llms | Page::Robots => "sitemap and feeds",
            Page::Asset(_) => "theme",
            Page::RawSource(_) | Page::Markdown(..) => "texts as received and as Markdown",
            Page::Parallel(..) => "parallel views",
            Page::Target(..) => "targets",
            Page::Agencies(..) | Page::Agency(..) => "agencies",
            Page::Indicator(..) | Page::Versus(..) | Page::Compare(..) => "comparisons",
            Page::Glossary(..) | Page::Guide(_) | Page::GuidePage(..) | Page::GuideRules(_) => "glossary and guide",
            Page::Verification(..) => "verification",
            Page::Cite(..) => "citations for managers",
            Page::Annotations(_) => "annotations",
            Page::Calendar(..) => "calendars",
            Page::TargetsCsv(_) | Page::TargetsJson(_) => "data of targets",
            Page::TopicPassages(_) | Page::PlacePassages(_) | Page::AllTasks | Page::AgencyTasks(_) => {
                "data of passages and tasks"
            }
            Page::EntitiesJson(_) | Page::GlossaryCsv | Page::Schema(_) | Page::CoverageJson => "other data",
        }
    }
}

/// What a JSON file lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entities {
    /// `/data/policies.json`
    Policies,
    /// `/data/places.json`
    Places,
    /// `/data/topics.json`
    Topics,
    /// `/data/agencies.json`
    Agencies,
    /// `/data/indicators.json`
    Indicators,
    /// `/data/glossary.json`
    Glossary,
}

impl Entities {
    const ALL: [Entities; 6] = [
        Entities::Policies,
        Entities::Places,
        Entities::Topics,
        Entities::Agencies,
        Entities::Indicators,
        Entities::Glossary,
    ];

    /// The name of its file.
    fn name(self) -> &'static str {
        match self {
            Entities::Policies => "policies",
            Entities::Places => "places",
            Entities::Topics => "topics",
            Entities::Agencies => "agencies",
            Entities::Indicators => "indicators",
            Entities::Glossary => "glossary",
        }
    }
}

/// A file of the published site.
#[derive(Clone, Debug)]
pub struct Output {
    /// Its path from the site's root.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Renders a site's pages.
pub struct Renderer<'a> {
    site: &'a Site,
    tree: &'a Tree,
    verification: &'a Verification,
    theme: Theme,
    tera: Tera,
    words: [tera::Value; 2],
    urls: Urls,
    base_url: Option<String>,
    search: bool,
    citer: cite::Citer,
}

impl<'a> Renderer<'a> {
    /// Loads templates and theme.
    ///
    /// # Errors
    /// Problems of templates that do not parse, or of a theme whose words are not equal in both languages.
    pub fn new(
        site: &'a Site,
        tree: &'a Tree,
        verification: &'a Verification,
        options: &Options,
    ) -> Result<Self, Vec<Problem>> {
        let theme = Theme::load(tree, &site.settings.theme)?;
        let tera = theme::templates(tree)?;
        let words = [0, 1].map(|i| tera::Value::from_serializable(&theme.words[i]));
        Ok(Renderer {
            site,
            tree,
            verification,
            theme,
            tera,
            words,
            urls: Urls { disk: options.disk },
            base_url: options.base_url.clone(),
            search: !options.no_search,
            citer: cite::Citer::default(),
        })
    }

    /// Whether the site is to have a search index: pages opened from a disk could not fetch it.
    pub fn searches(&self) -> bool {
        self.search && !self.urls.disk
    }

    /// Everything to publish, in a fixed order.
    pub fn pages(&self) -> Vec<Page> {
        let site = self.site;
        let mut out = vec![
            Page::CoverageJson,
            Page::Chooser,
            Page::NotFound,
            Page::Robots,
            Page::Llms,
            Page::GlossaryCsv,
            Page::AllTasks,
        ];
        out.extend(Entities::ALL.map(Page::EntitiesJson));
        out.extend((0..data::schemas::SCHEMAS.len()).map(Page::Schema));
        out.push(Page::Calendar(View::All, Tongue::Both));
        for view in self.views() {
            out.extend([Page::TargetsJson(view), Page::TargetsCsv(view)]);
            out.extend(Lang::BOTH.map(|lang| Page::Calendar(view, Tongue::One(lang))));
        }
        out.extend((0..site.topics.len()).map(Page::TopicPassages));
        let named = |i: &usize| !site.concord.places[*i].mentions.is_empty();
        out.extend((0..site.places.len()).filter(named).map(Page::PlacePassages));
        let busy = |i: &usize| !site.concord.agencies[*i].tasks.is_empty();
        out.extend((0..site.agencies.len()).filter(busy).map(Page::AgencyTasks));
        out.extend((0..site.policies.len()).map(Page::Annotations));
        if self.base_url.is_some() {
            out.push(Page::Sitemap);
        }
        out.extend((0..self.theme.assets.len()).map(Page::Asset));
        out.extend((0..site.policies.len()).map(Page::RawSource));
        for lang in Lang::BOTH {
            out.push(Page::Home(lang));
            out.extend((1..=page_count(site.policies.len())).map(|n| Page::Policies(lang, n)));
            out.extend((1..=page_count(site.places.len())).map(|n| Page::Places(lang, n)));
            out.extend((1..=page_count(site.timeline.len())).map(|n| Page::Targets(lang, n)));
            out.extend((1..=page_count(site.topics.len())).map(|n| Page::Topics(lang, n)));
            out.extend((1..=page_count(site.agencies.len())).map(|n| Page::Agencies(lang, n)));
            out.extend((1..=self.compare_pages()).map(|n| Page::Compare(lang, n)));
            out.extend((1..=page_count(self.glossary_lines())).map(|n| Page::Glossary(lang, n)));
            out.push(Page::Search(lang));
            if !site.guide.is_empty() {
                out.extend([Page::Guide(lang), Page::GuideRules(lang)]);
                out.extend((0..site.guide.len()).map(|i| Page::GuidePage(lang, i)));
            }
            out.extend((1..=self.verification_pages()).map(|n| Page::Verification(lang, n)));
            out.push(Page::Feed(lang, None));
            let issues = |i: &usize| !site.places[*i].policies.is_empty();
            out.extend((0..site.places.len()).filter(issues).map(|i| Page::Feed(lang, Some(i))));
            for (i, policy) in site.policies.iter().enumerate() {
                out.extend([Page::Policy(lang, i), Page::Source(lang, i), Page::Parallel(lang, i)]);
                out.extend(Format::ALL.map(|format| Page::Cite(lang, i, format)));
                if policy.digests[lang.index()].is_some() {
                    out.push(Page::Markdown(lang, i));
                }
                let targets = 0..policy.targets.len();
                out.extend(targets.map(|target| Page::Target(lang, TargetRef { policy: i, target })));
            }
            for i in 0..site.places.len() {
                out.extend((1..=page_count(self.place_lines(i))).map(|n| Page::Place(lang, i, n)));
            }
            for i in 0..site.topics.len() {
                out.extend((1..=page_count(self.topic_lines(i))).map(|n| Page::Topic(lang, i, n)));
            }
            for (i, agency) in site.concord.agencies.iter().enumerate() {
                let longest = agency.tasks.len().max(agency.issued.len());
                out.extend((1..=page_count(longest)).map(|n| Page::Agency(lang, i, n)));
            }
            for (i, indicator) in site.concord.indicators.iter().enumerate() {
                out.extend((1..=page_count(indicator.targets.len())).map(|n| Page::Indicator(lang, i, n)));
            }
            out.extend((0..site.concord.pairs.len()).map(|i| Page::Versus(lang, i)));
        }
        out
    }

    /// Everything that has targets of its own.
    fn views(&self) -> Vec<View> {
        let site = self.site;
        let mut out = vec![View::All];
        out.extend((0..site.policies.len()).map(View::Policy));
        out.extend((0..site.places.len()).map(View::Place));
        out.extend((0..site.topics.len()).map(View::Topic));
        out.extend((0..site.indicators.len()).map(View::Indicator));
        out.retain(|view| self.has_targets(*view));
        out
    }

    /// Whether a view has files of targets: that of all has, with none in it too.
    fn has_targets(&self, view: View) -> bool {
        let site = self.site;
        match view {
            View::All => true,
            View::Policy(i) => !site.policies[i].targets.is_empty(),
            View::Place(i) => !site.places[i].targets.is_empty(),
            View::Topic(i) => site.concord.topics[i].columns.iter().any(|c| !c.targets.is_empty()),
            View::Indicator(i) => !site.concord.indicators[i].targets.is_empty(),
        }
    }

    /// Renders one page.
    ///
    /// # Errors
    /// A problem of the template.
    pub fn render(&self, page: Page) -> Result<Output, Problem> {
        match page {
            Page::Chooser => self.chooser(),
            Page::NotFound => self.not_found(),
            Page::Home(lang) => self.home(lang),
            Page::Policies(lang, number) => self.policies(lang, number),
            Page::Policy(lang, i) => self.policy(lang, i),
            Page::Source(lang, i) => self.source(lang, i),
            Page::Places(lang, number) => self.places(lang, number),
            Page::Place(lang, i, number) => self.place(lang, i, number),
            Page::Targets(lang, number) => self.targets(lang, number),
            Page::Parallel(lang, i) => self.parallel(lang, i),
            Page::Target(lang, at) => self.target(lang, at),
            Page::Topics(lang, number) => self.topics(lang, number),
            Page::Topic(lang, i, number) => self.topic(lang, i, number),
            Page::Agencies(lang, number) => self.agencies(lang, number),
            Page::Agency(lang, i, number) => self.agency(lang, i, number),
            Page::Indicator(lang, i, number) => self.indicator(lang, i, number),
            Page::Versus(lang, i) => self.versus(lang, i),
            Page::Compare(lang, number) => self.compare(lang, number),
            Page::Glossary(lang, number) => self.glossary(lang, number),
            Page::Search(lang) => self.search(lang),
            Page::Guide(lang) => self.guide(lang),
            Page::GuidePage(lang, i) => self.guide_page(lang, i),
            Page::GuideRules(lang) => self.guide_rules(lang),
            Page::Verification(lang, number) => self.verification(lang, number),
            Page::RawSource(i) => Ok(self.raw_source(i)),
            Page::EntitiesJson(which) => Ok(match which {
                Entities::Policies => data::entities::policies(self.site),
                Entities::Places => data::entities::places(self.site),
                Entities::Topics => data::entities::topics(self.site),
                Entities::Agencies => data::entities::agencies(self.site),
                Entities::Indicators => data::entities::indicators(self.site),
                Entities::Glossary => data::entities::glossary(self.site),
            }),
            Page::GlossaryCsv => data::entities::glossary_csv(self.site),
            Page::TargetsJson(view) => Ok(data::targets::json(self.site, view)),
            Page::TargetsCsv(view) => data::targets::csv(self.site, view),
            Page::Calendar(view, tongue) => Ok(self.calendar(view, tongue)),
            Page::TopicPassages(i) => data::passages::of_topic(self.site, i),
            Page::PlacePassages(i) => data::passages::of_place(self.site, i),
            Page::AllTasks => data::passages::all_tasks(self.site),
            Page::AgencyTasks(i) => data::passages::agency_tasks(self.site, i),
            Page::Annotations(i) => Ok(self.annotations(i)),
            Page::Cite(lang, i, format) => Ok(self.cite_file(i, lang, format)),
            Page::Markdown(lang, i) => Ok(self.markdown(lang, i)),
            Page::Schema(i) => Ok(data::schemas::output(i)),
            Page::CoverageJson => Ok(self.coverage_json()),
            Page::Sitemap => self.sitemap(),
            Page::Feed(lang, place) => self.feed(place, lang),
            Page::Llms => Ok(self.llms()),
            Page::Robots => Ok(self.robots()),
            Page::Asset(i) => Ok(self.theme.assets[i].clone()),
        }
    }

    fn raw_source(&self, index: usize) -> Output {
        let record = &self.site.policies[index].record.source;
        // Linking has read this file, or there would be no site.
        let bytes = self.tree.bytes(record.file.get_ref()).unwrap_or_default().to_vec();
        Output { path: record.file.get_ref().clone(), bytes }
    }

    fn robots(&self) -> Output {
        let mut text = "User-agent: *\nAllow: /\n".to_owned();
        if let Some(base) = &self.base_url {
            text.push_str(&format!("Sitemap: {base}sitemap.xml\n"));
        }
        Output { path: "robots.txt".to_owned(), bytes: text.into_bytes() }
    }

    fn template<T: Serialize>(
        &self,
        name: &str,
        path: String,
        lang: Option<Lang>,
        values: &T,
    ) -> Result<Output, Problem> {
        Ok(Output { path, bytes: self.filled(name, lang, values)?.into_bytes() })
    }

    /// A template's text with these values.
    fn filled<T: Serialize>(&self, name: &str, lang: Option<Lang>, values: &T) -> Result<String, Problem> {
        let mut context = Context::from_serialize(values).map_err(|e| theme::template_problem(name, &e))?;
        if let Some(lang) = lang {
            context.insert_value("t", self.words[lang.index()].clone());
        }
        self.tera.render(name, &context).map_err(|e| theme::template_problem(name, &e))
    }
}

/// Number of pages of a list; an empty list has one.
pub(crate) fn page_count(entries: usize) -> usize {
    entries.div_ceil(PAGE_SIZE).max(1)
}

/// The entries of a page of a list.
pub(crate) fn page_of<T>(list: &[T], number: usize) -> &[T] {
    let start = (number.saturating_sub(1) * PAGE_SIZE).min(list.len());
    &list[start..(start + PAGE_SIZE).min(list.len())]
}
