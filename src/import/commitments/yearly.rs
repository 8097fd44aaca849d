//! Tables that go on year by year: a year at the beginning of each row, what is measured in the header.

use super::super::plain::Plain;
use super::cells::{unit_in_brackets, value};
use super::tables::{basis, cell_year};
use super::time::Calendar;
use super::{Judged, Proposal, Words, made};
use crate::source::{Block, Kind, Row};

/// Whether a header says that its rows go by years: 年度 | 新建学校（所） | ….
pub(super) fn is_header(header: &Block) -> bool {
    let Kind::Row(row) = &header.kind else { return false };
    let cell = |n: usize| row.cells.get(n).map(|c| Plain::new(&header.text[c.clone()]).text).unwrap_or_default();
    matches!(cell(0).as_str(), "年度" | "年份" | "时间" | "年") && row.cells.len() > 1
}

/// The targets of one row.
pub(super) fn read(i: usize, block: &Block, row: &Row, header: &Block, calendar: &Calendar, out: &mut Judged) {
    let Kind::Row(head) = &header.kind else { return };
    let Some(first) = row.cells.first() else { return };
    let Some(year) = cell_year(&Plain::new(&block.text[first.clone()]).text, calendar) else { return };
    // What lies behind the document is no aim of it.
    if calendar.begins().is_some_and(|begins| year < begins) {
        return;
    }
    for (cell, title) in row.cells.iter().zip(&head.cells).skip(1) {
        let title = &header.text[title.clone()];
        let Some((unit, measure)) = unit_in_brackets(title) else { continue };
        let name = Plain::new(measure).text;
        let Some(value) = value(&block.text[cell.clone()], Some(unit), &name) else { continue };
        let basis = basis(&name, &value, false, "");
        let figure = Words { block: i, range: cell.clone() };
        out.targets.push(Proposal {
            reading: made(cell.clone(), value.bound, value.ends, value.unit, basis),
            figure,
            measure: measure.trim().to_owned(),
            scope: None,
            year: Some(year),
            year_from: None,
            baseline: None,
            quote: Words { block: i, range: first.start..cell.end },
            doubts: Vec::new(),
        });
    }
}
