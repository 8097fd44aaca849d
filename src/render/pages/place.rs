//! Places: the list, and one place with its policies and targets.

use serde::Serialize;

use super::timeline::{By, ChartView};
use super::topic::PolicyPassages;
use super::views::{LinkView, NoteView, PolicyView, TargetView};
use super::{PageInfo, PageSpec, Pager};
use crate::content::entities::PlaceKind;
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::html::{self, Context};
use crate::render::{Output, Renderer, View, page_of, urls};
use crate::site::Entity;

/// Fewest targets of a place that make a chart.
const CHARTED: usize = 3;

#[derive(Serialize)]
struct Places {
    page: PageInfo,
    places: Vec<PlaceView>,
    pager: Pager,
}

#[derive(Serialize)]
struct PlaceView {
    place: LinkView,
    kind: &'static str,
    parent: Option<LinkView>,
    policies: Vec<LinkView>,
    targets: usize,
}

#[derive(Serialize)]
struct PlacePage {
    page: PageInfo,
    name: String,
    other_name: String,
    kind: &'static str,
    parent: Option<LinkView>,
    children: Vec<LinkView>,
    body: Option<String>,
    notes: Vec<NoteView>,
    policies: Vec<PolicyView>,
    years: Vec<YearView>,
    /// The same as a chart, if they are several.
    chart: Option<ChartView>,
    target_count: usize,
    topics: Vec<TopicLink>,
    mentions: Vec<PolicyPassages>,
    mention_count: usize,
    files: Vec<LinkView>,
    pairs: Vec<LinkView>,
    indicators: Vec<LinkView>,
    pager: Pager,
}

/// A topic that a place says something of.
#[derive(Serialize)]
struct TopicLink {
    url: String,
    name: String,
    targets: usize,
    passages: usize,
}

/// Targets due in one year.
#[derive(Serialize)]
pub(super) struct YearView {
    /// None for targets without a due year.
    pub(super) year: Option<i16>,
    pub(super) passed: bool,
    pub(super) targets: Vec<TargetView>,
}

fn kind_key(kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Province => "kind_province",
        PlaceKind::City => "kind_city",
        PlaceKind::District => "kind_district",
        PlaceKind::Zone => "kind_zone",
        PlaceKind::Park => "kind_park",
    }
}

impl Renderer<'_> {
    pub(in crate::render) fn places(&self, lang: Lang, number: usize) -> Result<Output, Problem> {
        let list = format!("{}/places/", lang.code());
        let folder = urls::paged(&list, number);
        let mut all: Vec<usize> = (0..self.site.places.len()).collect();
        all.sort_by_key(|&i| self.site.places[i].policies.is_empty());
        let values = Places {
            page: self.page_info(PageSpec {
                lang,
                other: urls::paged(&format!("{}/places/", lang.other().code()), number),
                title: self.word(lang, "places").to_owned(),
                description: self.word(lang, "places_lead").to_owned(),
                section: "places",
                folder: folder.clone(),
                anchor: "",
            }),
            places: page_of(&all, number)
                .iter()
                .map(|&i| {
                    let place = &self.site.places[i];
                    PlaceView {
                        place: self.place_link(i, lang),
                        kind: kind_key(place.place.kind),
                        parent: place.parent.map(|p| self.place_link(p, lang)),
                        policies: page_of(&place.policies, 1).iter().map(|&p| self.policy_link(p, lang)).collect(),
                        targets: place.targets.len(),
                    }
                })
                .collect(),
            pager: Pager::new(self.urls(), &list, number, all.len()),
        };
        self.folder_page("places.html", &folder, lang, &values)
    }

    /// Entries of a place's longest list.
    pub(in crate::render) fn place_lines(&self, index: usize) -> usize {
        let (place, concord) = (&self.site.places[index], &self.site.concord.places[index]);
        let lists = [place.policies.len(), concord.topics.len(), concord.mentions.len(), concord.indicators.len()];
        lists.into_iter().fold(place.targets.len(), usize::max)
    }

    /// A link to the page of a place and its partner, by the partner's name.
    fn partner(&self, pair: usize, place: usize, lang: Lang) -> LinkView {
        let (a, b) = self.site.concord.pairs[pair].places;
        let other = if a == place { b } else { a };
        LinkView { url: self.pair_link(pair, lang).url, name: self.name(Entity::Place(other), lang) }
    }

    pub(in crate::render) fn place(&self, lang: Lang, index: usize, number: usize) -> Result<Output, Problem> {
        let site = self.site;
        let place = &site.places[index];
        let own = urls::place(&place.id, lang);
        let folder = urls::paged(&own, number);
        let root = urls::to_root(&folder);
        // Prose stands on the first page only.
        let prose = place.prose[lang.index()].as_ref().filter(|_| number == 1);
        let body = prose.map(|digest| {
            let cite_label = self.word(lang, "citation");
            html::digest(&Context::new(site, digest, lang, self.urls(), &root, cite_label))
        });
        let name = self.name(Entity::Place(index), lang);
        let description = match lang {
            Lang::Zh => format!("{name}的政策与目标：每个数字都可追溯到原文。"),
            Lang::En => format!("Policies and targets of {name}, each figure traced to the source text."),
        };
        let concord = &site.concord.places[index];
        let first = number == 1;
        let mut values = PlacePage {
            page: self
                .page_info(PageSpec {
                    lang,
                    other: urls::paged(&urls::place(&place.id, lang.other()), number),
                    title: name.clone(),
                    description,
                    section: "places",
                    folder: folder.clone(),
                    anchor: "",
                })
                .with_data(&self.place_data(index, lang)),
            name,
            other_name: self.name(Entity::Place(index), lang.other()),
            kind: kind_key(place.place.kind),
            parent: place.parent.map(|p| self.place_link(p, lang)),
            children: page_of(&place.children, 1).iter().map(|&p| self.place_link(p, lang)).collect(),
            body,
            notes: prose.map(|d| self.note_views(d, None, lang)).unwrap_or_default(),
            policies: page_of(&place.policies, number).iter().map(|&i| self.policy_view(i, lang)).collect(),
            years: self.years(page_of(&place.targets, number), lang),
            chart: Some(page_of(&place.targets, number))
                .filter(|targets| targets.len() >= CHARTED)
                .map(|targets| self.chart(targets, By::Topic, lang)),
            target_count: place.targets.len(),
            topics: page_of(&concord.topics, number)
                .iter()
                .map(|count| TopicLink {
                    url: self.column_url(count.topic, index, lang),
                    name: self.name(Entity::Topic(count.topic), lang),
                    targets: count.targets,
                    passages: count.passages,
                })
                .collect(),
            mentions: self.by_policy(page_of(&concord.mentions, number), lang),
            files: {
                let mut files = self.files(View::Place(index), lang);
                if !concord.mentions.is_empty() {
                    files.push(self.file("file_mentions", format!("data/places/{}/passages.csv", place.id), lang));
                }
                files
            },
            mention_count: concord.mentions.len(),
            pairs: concord.pairs.iter().filter(|_| first).map(|&p| self.partner(p, index, lang)).collect(),
            indicators: page_of(&concord.indicators, number)
                .iter()
                .map(|&i| self.link(Entity::Indicator(i), lang))
                .collect(),
            pager: Pager::new(self.urls(), &own, number, self.place_lines(index)),
        };
        if !place.policies.is_empty() {
            let title = format!("{} · {}", values.name, site.settings.title.get(lang));
            values.page = values.page.with_feed(self.feed_path(Some(index), lang), title);
        }
        self.folder_page("place.html", &folder, lang, &values)
    }
}
