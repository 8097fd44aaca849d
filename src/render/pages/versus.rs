//! Two places that share an indicator, side by side.

use serde::Serialize;

use super::PageInfo;
use super::indicator::IndicatorView;
use super::views::LinkView;
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::{Output, Renderer, urls};
use crate::site::TargetRef;
use crate::site::concord::TopicCount;

/// Most targets of one indicator that each of the two places shows; the indicator's page has all.
const EACH: usize = 3;

#[derive(Serialize)]
struct VersusPage {
    page: PageInfo,
    places: [LinkView; 2],
    indicators: Vec<IndicatorView>,
    topics: Vec<TopicRow>,
}

#[derive(Serialize)]
struct TopicRow {
    topic: LinkView,
    cells: [Cell; 2],
}

/// What one of the two says of a topic.
#[derive(Serialize)]
struct Cell {
    url: Option<String>,
    targets: usize,
    passages: usize,
}

impl Renderer<'_> {
    pub(in crate::render) fn versus(&self, lang: Lang, index: usize) -> Result<Output, Problem> {
        let site = self.site;
        let pair = &site.concord.pairs[index];
        let (a, b) = pair.places;
        let [left, right] = [a, b].map(|p| &site.places[p]);
        let title = self.pair_link(index, lang).name;
        let description = match lang {
            Lang::Zh => format!("{title}：可比的目标放在一起，各自的原话都在。"),
            Lang::En => format!("{title}: comparable targets side by side, each with its own words."),
        };
        let at = |l: Lang| urls::versus(&left.id, &right.id, l);
        let (folder, page) = self.page_at(lang, "compare", at, title, description);
        let indicators = pair
            .indicators
            .iter()
            .map(|&i| {
                let (own, other) = (site.concord.targets_of(site, i, a), site.concord.targets_of(site, i, b));
                let shown: Vec<TargetRef> = own.iter().take(EACH).chain(other.iter().take(EACH)).copied().collect();
                self.indicator_view(i, &shown, own.len() + other.len(), lang)
            })
            .collect();
        let values = VersusPage {
            page,
            places: [a, b].map(|p| self.place_link(p, lang)),
            indicators,
            topics: self.common_topics([a, b], lang),
        };
        self.folder_page("versus.html", &folder, lang, &values)
    }

    /// Topics that at least one of two places says something of, those of both first.
    fn common_topics(&self, places: [usize; 2], lang: Lang) -> Vec<TopicRow> {
        let concord = &self.site.concord;
        let [a, b] = places.map(|p| concord.places[p].topics.as_slice());
        let mut rows: Vec<(usize, [Option<TopicCount>; 2])> = Vec::new();
        let (mut i, mut j) = (0, 0);
        while i < a.len() || j < b.len() {
            let (left, right) = (a.get(i), b.get(j));
            let topic = left.into_iter().chain(right).map(|c| c.topic).min().unwrap_or_default();
            let own = left.filter(|c| c.topic == topic).copied();
            let other = right.filter(|c| c.topic == topic).copied();
            i += usize::from(own.is_some());
            j += usize::from(other.is_some());
            rows.push((topic, [own, other]));
        }
        rows.sort_by_key(|(topic, counts)| (counts.iter().any(Option::is_none), *topic));
        rows.truncate(crate::render::PAGE_SIZE);
        rows.into_iter()
            .map(|(topic, counts)| {
                let cell = |side: usize| match counts[side] {
                    Some(count) => Cell {
                        url: Some(self.column_url(topic, places[side], lang)),
                        targets: count.targets,
                        passages: count.passages,
                    },
                    None => Cell { url: None, targets: 0, passages: 0 },
                };
                TopicRow { topic: self.link(crate::site::Entity::Topic(topic), lang), cells: [cell(0), cell(1)] }
            })
            .collect()
    }
}
