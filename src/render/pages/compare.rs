//! Places × topics, and comparable measures on one scale.
//!
//! A page sets a few places beside each other, with a row for each topic that one of them says something
//! of. So the cells of all pages together are at most a few times what there is to show, however many
//! places and topics a site has.

use serde::Serialize;

use super::indicator::IndicatorView;
use super::views::{LinkView, commitment_key};
use super::{PageInfo, Pager};
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::{Output, PAGE_SIZE, Renderer, urls};
use crate::site::Entity;
use crate::site::concord::Column;

/// Places beside each other on a page.
const PLACES: usize = 5;
/// Indicators on a page.
const INDICATORS: usize = 20;
/// Targets in a cell, and of an indicator; their own pages have all.
const IN_CELL: usize = 3;
const OF_INDICATOR: usize = 24;

#[derive(Serialize)]
struct Compare {
    page: PageInfo,
    places: Vec<LinkView>,
    rows: Vec<TopicRow>,
    indicators: Vec<IndicatorView>,
    /// Places on each of the pages, to jump there.
    groups: Vec<GroupView>,
    pager: Pager,
}

#[derive(Serialize)]
struct GroupView {
    url: String,
    names: Vec<String>,
    current: bool,
}

#[derive(Serialize)]
struct TopicRow {
    topic: LinkView,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    place: String,
    targets: Vec<Figure>,
    /// Targets beyond those shown.
    more: usize,
    /// Where there is no target: the first sentence that a digest cites.
    sentence: Option<Sentence>,
    passages: usize,
    url: Option<String>,
}

#[derive(Serialize)]
struct Figure {
    url: String,
    measure: String,
    figure: String,
    commitment: &'static str,
    due: Option<i16>,
}

#[derive(Serialize)]
struct Sentence {
    url: String,
    html: String,
    translation: String,
}

impl Renderer<'_> {
    /// Pages that it takes to set all places beside each other and to show all indicators.
    pub(in crate::render) fn compare_pages(&self) -> usize {
        let concord = &self.site.concord;
        let groups: usize = concord.compared.iter().map(|places| places.len().div_ceil(PLACES)).sum();
        groups.max(self.compared_indicators().count().div_ceil(INDICATORS)).max(1)
    }

    /// The places that stand beside each other on a page.
    fn group(&self, number: usize) -> &[usize] {
        let [own, others] = &self.site.concord.compared;
        let at = number - 1;
        let first = own.len().div_ceil(PLACES);
        let (list, at) = if at < first { (own, at) } else { (others, at - first) };
        list.chunks(PLACES).nth(at).unwrap_or_default()
    }

    /// Indicators of more than one place.
    fn compared_indicators(&self) -> impl Iterator<Item = usize> {
        let indicators = &self.site.concord.indicators;
        (0..indicators.len()).filter(|&i| indicators[i].places.len() > 1)
    }

    pub(in crate::render) fn compare(&self, lang: Lang, number: usize) -> Result<Output, Problem> {
        let site = self.site;
        let list = urls::section("compare", lang);
        let (folder, page) = self.page_at(
            lang,
            "compare",
            |l| urls::paged(&urls::section("compare", l), number),
            self.word(lang, "compare_title").to_owned(),
            self.word(lang, "compare_lead").to_owned(),
        );
        let places = self.group(number);
        let pages = self.compare_pages();
        // With more pages than this, stepping through is all there is.
        let groups = if pages > 1 && pages <= PAGE_SIZE / PLACES {
            (1..=pages)
                .take_while(|n| !self.group(*n).is_empty())
                .map(|n| GroupView {
                    url: self.urls().page(&urls::paged(&list, n)),
                    names: self.group(n).iter().map(|&p| self.name(Entity::Place(p), lang)).collect(),
                    current: n == number,
                })
                .collect()
        } else {
            Vec::new()
        };
        let indicators = self
            .compared_indicators()
            .skip((number - 1) * INDICATORS)
            .take(INDICATORS)
            .map(|i| {
                let all = &site.concord.indicators[i].targets;
                self.indicator_view(i, &all[..all.len().min(OF_INDICATOR)], all.len(), lang)
            })
            .collect();
        let values = Compare {
            page,
            places: places.iter().map(|&p| self.place_link(p, lang)).collect(),
            rows: self.topic_rows(places, lang),
            indicators,
            groups,
            pager: Pager::of(self.urls(), &list, number, pages),
        };
        self.folder_page("compare.html", &folder, lang, &values)
    }

    fn topic_rows(&self, places: &[usize], lang: Lang) -> Vec<TopicRow> {
        let concord = &self.site.concord;
        let mut topics: Vec<usize> =
            places.iter().flat_map(|&p| concord.places[p].topics.iter().map(|c| c.topic)).collect();
        topics.sort_unstable();
        topics.dedup();
        topics
            .into_iter()
            .map(|topic| TopicRow {
                topic: self.link(Entity::Topic(topic), lang),
                cells: places.iter().map(|&p| self.cell(topic, p, lang)).collect(),
            })
            .collect()
    }

    fn cell(&self, topic: usize, place: usize, lang: Lang) -> Cell {
        let site = self.site;
        let name = self.name(Entity::Place(place), lang);
        let Some(column) = site.concord.column(topic, place) else {
            return Cell { place: name, targets: Vec::new(), more: 0, sentence: None, passages: 0, url: None };
        };
        let own: Vec<_> = column.targets.iter().collect();
        let targets: Vec<Figure> = own
            .iter()
            .take(IN_CELL)
            .map(|&&at| {
                let target = &site.target(at).target;
                Figure {
                    url: self.urls().target(site, at, lang),
                    measure: target.measure.get(lang).to_owned(),
                    figure: self.figure(at, lang),
                    commitment: commitment_key(target.commitment()),
                    due: target.due.as_ref().map(|d| *d.get_ref()),
                }
            })
            .collect();
        Cell {
            place: name,
            more: own.len() - targets.len(),
            sentence: if targets.is_empty() { self.first_cited(column, lang) } else { None },
            passages: column.passages.len(),
            url: Some(self.column_url(topic, place, lang)),
            targets,
        }
    }

    /// The first of a column's sentences that a digest cites; else its first.
    fn first_cited(&self, column: &Column, lang: Lang) -> Option<Sentence> {
        let mut views = column.passages.iter().take(PAGE_SIZE).map(|p| self.passage_view(p, lang));
        let first = views.next()?;
        let view = if first.digest.is_empty() { views.find(|v| !v.digest.is_empty()).unwrap_or(first) } else { first };
        Some(Sentence {
            url: view.url,
            html: view.html,
            translation: view.translations.into_iter().next().unwrap_or_default(),
        })
    }
}
