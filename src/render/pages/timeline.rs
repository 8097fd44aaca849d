//! The timeline as a chart: rows of targets in groups, the years they stand in, the key, and the choices
//! of the filter. What is drawn is [`crate::render::chart`]'s; this puts the words to it.

use std::collections::BTreeSet;

use serde::Serialize;

use super::views::{LinkView, commitment_key, date};
use crate::content::fields::Lang;
use crate::content::targets::Commitment;
use crate::render::Renderer;
use crate::render::chart::axis::Axis;
use crate::render::chart::glyph::{self, Glyph};
use crate::render::chart::timeline::Drawn;
use crate::render::html::escape;
use crate::site::{Entity, TargetRef};

/// A chart of targets in their years.
#[derive(Serialize)]
pub(super) struct ChartView {
    /// The years' names, with what all rows use, as SVG.
    axis: String,
    groups: Vec<GroupView>,
    signs: Vec<SignView>,
}

#[derive(Serialize)]
struct GroupView {
    /// What the rows have in common; none if that is nothing.
    of: Option<LinkView>,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct RowView {
    url: String,
    measure: String,
    scope: Option<String>,
    place: String,
    /// `firm`, `strive`, `expected`
    commitment: &'static str,
    figure: String,
    baseline: Option<String>,
    outcomes: Vec<OutcomeView>,
    passed: bool,
    svg: String,
}

#[derive(Serialize)]
struct OutcomeView {
    value: String,
    as_of: String,
}

/// A sign of the key and the key of its words.
#[derive(Serialize)]
struct SignView {
    svg: String,
    word: &'static str,
}

/// A choice of the filter: its value in the address, and its name.
#[derive(Serialize)]
struct Choice {
    value: String,
    name: String,
}

/// What the targets of a page can be filtered by.
#[derive(Serialize)]
pub(super) struct FilterView {
    places: Vec<Choice>,
    topics: Vec<Choice>,
    years: Vec<i16>,
    undated: bool,
    /// `firm`, `strive`, `expected`, as far as they occur.
    commitments: Vec<&'static str>,
    total: usize,
}

/// By what a chart's rows are grouped.
#[derive(Clone, Copy)]
pub(super) enum By {
    /// The first of their topics.
    Topic,
    /// Their place.
    Place,
}

impl Renderer<'_> {
    /// The chart of these targets. What only repeats another target is left out.
    pub(super) fn chart(&self, targets: &[TargetRef], by: By, lang: Lang) -> ChartView {
        let site = self.site;
        let shown: Vec<TargetRef> = targets.iter().copied().filter(|t| site.target(*t).same_as.is_none()).collect();
        let drawn: Vec<Drawn> = shown
            .iter()
            .map(|at| Drawn::new(site.target(*at), site.policies[at.policy].record.issued.map(|d| d.0)))
            .collect();
        let undated = drawn.iter().any(Drawn::is_undated);
        let axis = Axis::new(drawn.iter().flat_map(Drawn::moments), site.today, undated);
        let used: BTreeSet<Glyph> = drawn.iter().flat_map(Drawn::glyphs).copied().collect();
        let used: Vec<Glyph> = used.into_iter().collect();
        let groups = self
            .groups(&shown, by)
            .into_iter()
            .map(|(of, rows)| GroupView {
                of: of.map(|entity| self.link(entity, lang)),
                rows: rows.into_iter().map(|i| self.chart_row(shown[i], &drawn[i], &axis, lang)).collect(),
            })
            .collect();
        let signs = used.iter().map(|glyph| glyph::sign(*glyph)).map(|(svg, word)| SignView { svg, word }).collect();
        ChartView { axis: self.chart_axis(&axis, &used, lang), groups, signs }
    }

    fn chart_axis(&self, axis: &Axis, used: &[Glyph], lang: Lang) -> String {
        let (first, last) = axis.span();
        let today = date(self.site.today, lang);
        let mut out = "<svg role=\"img\" aria-labelledby=\"c-title c-desc\"><title id=\"c-title\">".to_owned();
        escape(&mut out, &format!("{}{first}–{last}", self.word(lang, "chart_years")));
        out.push_str("</title><desc id=\"c-desc\">");
        escape(&mut out, &format!("{}{today}{}", self.word(lang, "chart_now"), self.word(lang, "stop")));
        out.push_str("</desc><defs>");
        out.push_str(&axis.grid());
        out.push_str(&glyph::definitions(used));
        out.push_str("</defs>");
        out.push_str(&axis.names(&today, self.word(lang, "no_year")));
        out.push_str("</svg>");
        out
    }

    /// Rows by what they have in common: the larger group first, and within one those of an indicator
    /// together; else in the order given.
    fn groups(&self, targets: &[TargetRef], by: By) -> Vec<(Option<Entity>, Vec<usize>)> {
        let mut groups: Vec<(Option<Entity>, Vec<usize>)> = Vec::new();
        for (i, at) in targets.iter().enumerate() {
            let linked = self.site.target(*at);
            let of = match by {
                By::Topic => linked.topics.first().map(|t| Entity::Topic(*t)),
                By::Place => Some(Entity::Place(linked.place)),
            };
            match groups.iter_mut().find(|(group, _)| *group == of) {
                Some((_, rows)) => rows.push(i),
                None => groups.push((of, vec![i])),
            }
        }
        for (_, rows) in &mut groups {
            let indicator = |i: &usize| self.site.target(targets[*i]).indicator;
            let order = rows.clone();
            // Of an indicator, all rows stand where the first does.
            rows.sort_by_cached_key(|i| {
                let first = indicator(i).and_then(|own| order.iter().find(|j| indicator(j) == Some(own)));
                (*first.unwrap_or(i), *i)
            });
        }
        let order = |of: Option<Entity>| match of {
            Some(Entity::Place(i)) => self.site.concord.rank.get(i).copied().unwrap_or(i),
            Some(Entity::Topic(i)) => i,
            _ => usize::MAX,
        };
        groups.sort_by_key(|(of, rows)| (of.is_none(), std::cmp::Reverse(rows.len()), order(*of)));
        groups
    }

    fn chart_row(&self, at: TargetRef, drawn: &Drawn, axis: &Axis, lang: Lang) -> RowView {
        let site = self.site;
        let view = self.target_view(at, lang);
        let target = &site.target(at).target;
        let mut title = match view.due {
            Some(due) => format!("{}{due}{}", self.word(lang, "by_year_before"), self.word(lang, "by_year_after")),
            None => self.word(lang, "no_year_heading").to_owned(),
        };
        if view.commitment != "firm" {
            title.push_str(self.word(lang, "stop_soft"));
            title.push_str(
                self.word(lang, if view.commitment == "strive" { "commitment_strive" } else { "commitment_expected" }),
            );
        }
        let outcomes: Vec<OutcomeView> = site
            .target(at)
            .outcomes
            .iter()
            .map(|o| OutcomeView {
                value: self.amount(target, o.value.get_ref(), lang).unwrap_or_else(|| o.value.get_ref().clone()),
                as_of: date(o.as_of.0, lang),
            })
            .collect();
        RowView {
            svg: drawn.svg(axis, &title),
            baseline: view.baseline.map(|value| match view.baseline_year {
                Some(year) => {
                    format!("{value}{}{year}{}", self.word(lang, "bracket_open"), self.word(lang, "bracket_close"))
                }
                None => value,
            }),
            passed: view.passed && outcomes.is_empty(),
            outcomes,
            url: view.url,
            measure: view.measure,
            scope: view.scope,
            place: view.place.name,
            commitment: view.commitment,
            figure: view.figure,
        }
    }

    /// What these targets can be filtered by.
    pub(super) fn filter(&self, targets: &[TargetRef], lang: Lang) -> FilterView {
        let site = self.site;
        let linked = || targets.iter().map(|t| site.target(*t));
        let places: BTreeSet<(usize, usize)> =
            linked().map(|t| (site.concord.rank.get(t.place).copied().unwrap_or(t.place), t.place)).collect();
        let topics: BTreeSet<usize> = linked().flat_map(|t| t.topics.iter().copied()).collect();
        let years: BTreeSet<Option<i16>> = linked().map(|t| t.target.due.as_ref().map(|d| *d.get_ref())).collect();
        let commitments: BTreeSet<Commitment> = linked().map(|t| t.target.commitment()).collect();
        FilterView {
            places: places
                .into_iter()
                .map(|(_, i)| Choice { value: site.places[i].id.clone(), name: self.name(Entity::Place(i), lang) })
                .collect(),
            topics: topics
                .into_iter()
                .map(|i| Choice { value: site.topics[i].id.clone(), name: self.name(Entity::Topic(i), lang) })
                .collect(),
            undated: years.contains(&None),
            years: years.into_iter().flatten().collect(),
            commitments: commitments.into_iter().map(commitment_key).collect(),
            total: targets.len(),
        }
    }

    /// What a target is found by in the filter: place, year, commitment and topics.
    pub(super) fn filter_key(&self, at: TargetRef) -> String {
        let site = self.site;
        let linked = site.target(at);
        let due = linked.target.due.as_ref().map_or_else(|| "none".to_owned(), |d| d.get_ref().to_string());
        let commitment = commitment_key(linked.target.commitment());
        let topics: Vec<&str> = linked.topics.iter().map(|t| site.topics[*t].id.as_str()).collect();
        format!("{}/{due}/{commitment}/{}", site.places[linked.place].id, topics.join(","))
    }
}
