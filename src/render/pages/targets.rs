//! The target timeline: all targets as a chart, and as a table by due year.

use serde::Serialize;

use super::place::YearView;
use super::timeline::{By, ChartView, FilterView};
use super::views::LinkView;
use super::{PageInfo, PageSpec, Pager};
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::{Output, Renderer, View, page_of, urls};
use crate::site::TargetRef;

#[derive(Serialize)]
struct Targets {
    page: PageInfo,
    chart: ChartView,
    filter: FilterView,
    years: Vec<YearView>,
    total: usize,
    files: Vec<LinkView>,
    pager: Pager,
}

impl Renderer<'_> {
    pub(in crate::render) fn targets(&self, lang: Lang, number: usize) -> Result<Output, Problem> {
        let list = format!("{}/targets/", lang.code());
        let folder = urls::paged(&list, number);
        let all = &self.site.timeline;
        let values = Targets {
            page: self
                .page_info(PageSpec {
                    lang,
                    other: urls::paged(&format!("{}/targets/", lang.other().code()), number),
                    title: self.word(lang, "targets_title").to_owned(),
                    description: self.word(lang, "targets_lead").to_owned(),
                    section: "targets",
                    folder: folder.clone(),
                    anchor: "",
                })
                .with_data(&self.dataset_data(lang)),
            chart: self.chart(page_of(all, number), By::Topic, lang),
            filter: self.filter(page_of(all, number), lang),
            years: self.years(page_of(all, number), lang),
            total: all.len(),
            files: self.files(View::All, lang),
            pager: Pager::new(self.urls(), &list, number, all.len()),
        };
        self.folder_page("targets.html", &folder, lang, &values)
    }

    /// Targets in the order of the timeline, by due year.
    pub(super) fn years(&self, targets: &[TargetRef], lang: Lang) -> Vec<YearView> {
        let mut out: Vec<YearView> = Vec::new();
        for &at in targets {
            let year = self.site.target(at).target.due.as_ref().map(|d| *d.get_ref());
            if out.last().is_none_or(|last| last.year != year) {
                let passed = year.is_some_and(|y| y < self.site.today.year());
                out.push(YearView { year, passed, targets: Vec::new() });
            }
            if let Some(last) = out.last_mut() {
                last.targets.push(self.target_view(at, lang));
            }
        }
        out
    }
}
