//! One indicator across places.

use serde::Serialize;

use super::views::{LinkView, TargetView};
use super::{PageInfo, Pager};
use crate::content::fields::Lang;
use crate::content::targets::Basis;
use crate::diagnostic::Problem;
use crate::render::{Output, Renderer, View, page_of, urls};
use crate::site::{Entity, Site, TargetRef};

#[derive(Serialize)]
struct IndicatorPage {
    page: PageInfo,
    indicator: IndicatorView,
    other_name: String,
    places: usize,
    targets: usize,
    files: Vec<LinkView>,
    pairs: Vec<LinkView>,
    pager: Pager,
}

/// An indicator with the targets of several places, on one scale where they have one.
#[derive(Serialize)]
pub(super) struct IndicatorView {
    id: String,
    link: LinkView,
    note: Option<String>,
    unit: String,
    basis: &'static str,
    rows: Vec<RowView>,
    /// Whether the rows have a scale in common.
    drawn: bool,
    /// Targets beyond those shown.
    more: usize,
}

#[derive(Serialize)]
pub(super) struct RowView {
    target: TargetView,
    /// The drawing, as SVG.
    svg: Option<String>,
    /// The first row of its place.
    first: bool,
}

/// The key of the words for what a value counts.
pub(super) fn basis_key(basis: Basis) -> &'static str {
    match basis {
        Basis::Level => "basis_level",
        Basis::Increase => "basis_increase",
        Basis::Cumulative => "basis_cumulative",
        Basis::Annual => "basis_annual",
        Basis::Growth => "basis_growth",
        Basis::Share => "basis_share",
    }
}

impl Renderer<'_> {
    /// An indicator with some of its targets; `of` is how many there are in all.
    pub(super) fn indicator_view(&self, index: usize, targets: &[TargetRef], of: usize, lang: Lang) -> IndicatorView {
        let indicator = &self.site.indicators[index];
        let drawings = self.on_one_scale(targets);
        let drawn = drawings.iter().any(Option::is_some);
        let mut last = None;
        let rows = targets
            .iter()
            .zip(drawings)
            .map(|(at, svg)| {
                let place = self.site.target(*at).place;
                let first = last.replace(place) != Some(place);
                RowView { target: self.target_view(*at, lang), svg, first }
            })
            .collect();
        IndicatorView {
            id: format!("indicator-{}", indicator.id),
            link: self.link(Entity::Indicator(index), lang),
            note: indicator.value.note.as_ref().map(|n| n.get(lang).to_owned()),
            unit: Site::unit_words(&indicator.value.unit).get(lang).to_owned(),
            basis: basis_key(indicator.value.basis),
            rows,
            drawn,
            more: of - targets.len(),
        }
    }

    pub(in crate::render) fn indicator(&self, lang: Lang, index: usize, number: usize) -> Result<Output, Problem> {
        let site = self.site;
        let indicator = &site.indicators[index];
        let concord = &site.concord.indicators[index];
        let own = urls::indicator(&indicator.id, lang);
        let name = self.name(Entity::Indicator(index), lang);
        let description = match lang {
            Lang::Zh => format!("各地“{name}”目标对照，每个数字都可追溯到原文。"),
            Lang::En => format!("{name}: the targets of each place side by side, each traced to its source text."),
        };
        let at = |l: Lang| urls::paged(&urls::indicator(&indicator.id, l), number);
        let (folder, page) = self.page_at(lang, "compare", at, name, description);
        let targets = page_of(&concord.targets, number);
        let values = IndicatorPage {
            page,
            indicator: self.indicator_view(index, targets, targets.len(), lang),
            other_name: self.name(Entity::Indicator(index), lang.other()),
            files: self.files(View::Indicator(index), lang),
            places: concord.places.len(),
            targets: concord.targets.len(),
            pairs: if number == 1 { self.pairs_of(index, lang) } else { Vec::new() },
            pager: Pager::new(self.urls(), &own, number, concord.targets.len()),
        };
        self.folder_page("indicator.html", &folder, lang, &values)
    }

    /// Pairs of places that share an indicator, a page of them at most.
    fn pairs_of(&self, indicator: usize, lang: Lang) -> Vec<LinkView> {
        let concord = &self.site.concord;
        let mut out = Vec::new();
        for &place in &concord.indicators[indicator].places {
            for &pair in &concord.places[place].pairs {
                let found = &concord.pairs[pair];
                if found.places.0 == place && found.indicators.contains(&indicator) {
                    out.push(self.pair_link(pair, lang));
                }
                if out.len() == crate::render::PAGE_SIZE {
                    return out;
                }
            }
        }
        out
    }

    /// A link to the page of two places.
    pub(super) fn pair_link(&self, pair: usize, lang: Lang) -> LinkView {
        let (a, b) = self.site.concord.pairs[pair].places;
        let [a, b] = [a, b].map(|p| &self.site.places[p]);
        LinkView {
            url: self.urls().page(&urls::versus(&a.id, &b.id, lang)),
            name: match lang {
                Lang::Zh => format!("{}与{}", a.place.name.zh, b.place.name.zh),
                Lang::En => format!("{} and {}", a.place.name.en, b.place.name.en),
            },
        }
    }
}
