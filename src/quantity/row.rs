//! Figures of a table row: a bare number in a cell, its unit in another, its year in the header.

use std::ops::Range;

use super::chinese;
use super::number::Number;
use super::reading::Reading;
use crate::content::targets::{Basis, Bound, Commitment};

/// A figure of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowFigure {
    /// Index of the cell.
    pub cell: usize,
    /// The figure; its span is the cell's own bytes of the row's text.
    pub reading: Reading,
    /// The year that the column's header names.
    pub year: Option<i16>,
}

/// Reads a row. `header` and the cells' ranges are of the header's and the row's text; without a header
/// only figures that stand with their units are read (by the rules of prose, elsewhere).
pub fn read(header: (&str, &[Range<usize>]), row: (&str, &[Range<usize>])) -> Vec<RowFigure> {
    let (head, cells): (Vec<&str>, Vec<&str>) =
        (header.1.iter().map(|r| &header.0[r.clone()]).collect(), row.1.iter().map(|r| &row.0[r.clone()]).collect());
    let unit_column = head.iter().position(|h| h.contains("单位") || h.contains("單位"));
    let measure = measure_cell(&head, &cells);
    let bars = chinese::read(measure);
    let mut out = Vec::new();
    for (i, cell) in cells.iter().enumerate() {
        let title = head.get(i).copied().unwrap_or_default();
        if Some(i) == unit_column || ["序号", "编号", "序號", "No.", "年度", "年份"].iter().any(|n| title.contains(n))
        {
            continue;
        }
        let Some((bound, low, high, sign)) = bare_number(cell) else { continue };
        // Of a row that a year begins, the header names what is measured.
        let measure = if bare_number(measure).is_some() { title } else { measure };
        let unit = match (sign, unit_column.and_then(|u| cells.get(u))) {
            (Some(sign), _) => sign.to_owned(),
            (None, Some(unit)) => (*unit).to_owned(),
            (None, None) => in_brackets(measure).or_else(|| in_brackets(title)).unwrap_or_default().to_owned(),
        };
        let money = crate::quantity::compare::noun(&unit) == "元";
        let bar = bars.iter().find(|b| !money && !matches!(b.unit.as_str(), "%" | "‰") && b.unit != unit);
        let reading = Reading {
            span: row.1[i].clone(),
            bound: if low == high { bound } else { Bound::Range },
            low,
            high,
            basis: basis(measure, &unit),
            commitment: Commitment::Firm,
            per: None,
            each: bar.map(|b| Box::new(b.clone())),
            unit,
        };
        out.push(RowFigure { cell: i, reading, year: year(title) });
    }
    out
}

/// The cell that names what the row measures: under 指标 or 名称, else the longest.
fn measure_cell<'a>(head: &[&str], cells: &[&'a str]) -> &'a str {
    let named = ["指标名称", "指标", "名称", "项目", "指標"]
        .iter()
        .find_map(|n| head.iter().position(|h| h.contains(n)))
        .and_then(|i| cells.get(i))
        .filter(|c| !c.is_empty());
    named.copied().or_else(|| cells.iter().copied().max_by_key(|c| c.len())).unwrap_or_default()
}

/// `≥35`, `3-5`, `5.5%`: a cell that is a number and no more; how it binds, its ends, its sign of share.
fn bare_number(cell: &str) -> Option<(Bound, Number, Number, Option<&'static str>)> {
    const SIGNS: [(&str, Bound); 9] = [
        ("≥", Bound::AtLeast),
        (">=", Bound::AtLeast),
        ("＞", Bound::MoreThan),
        (">", Bound::MoreThan),
        ("≤", Bound::AtMost),
        ("<=", Bound::AtMost),
        ("＜", Bound::LessThan),
        ("<", Bound::LessThan),
        ("约", Bound::About),
    ];
    let (bound, rest) = SIGNS
        .iter()
        .find_map(|(sign, bound)| cell.strip_prefix(sign).map(|rest| (*bound, rest)))
        .unwrap_or((Bound::Reach, cell));
    let (bound, rest) = rest.strip_suffix("以上").map_or((bound, rest), |r| (Bound::AtLeast, r));
    let (bound, rest) = rest.strip_suffix("左右").map_or((bound, rest), |r| (Bound::About, r));
    let rest = rest.trim();
    let share = [("%", "%"), ("％", "%"), ("‰", "‰")].iter().find_map(|(s, t)| rest.strip_suffix(s).map(|r| (r, *t)));
    let (rest, sign) = share.map_or((rest, None), |(r, t)| (r, Some(t)));
    let number = |text: &str| text.trim().replace(',', "").parse::<Number>().ok();
    if let Some(n) = number(rest).filter(|_| !rest.starts_with('-')) {
        return Some((bound, n, n, sign));
    }
    let (low, high) = rest.split_once(['-', '—', '–', '~', '～'])?;
    let (low, high) = (number(low.trim_end_matches(['%', '％']))?, number(high)?);
    (low < high).then_some((Bound::Range, low, high, sign))
}

fn in_brackets(text: &str) -> Option<&str> {
    let (_, rest) = text.rsplit_once(['(', '（'])?;
    let (inside, _) = rest.split_once([')', '）'])?;
    (inside.chars().count() <= 8).then_some(inside)
}

fn basis(measure: &str, unit: &str) -> Basis {
    let has = |words: &[&str]| words.iter().any(|w| measure.contains(w));
    if has(&["年均增长", "年均增速", "增速", "增长率"]) {
        Basis::Growth
    } else if has(&["占比", "比重"]) && matches!(unit, "%" | "‰" | "") {
        Basis::Share
    } else if has(&["累计"]) {
        Basis::Cumulative
    } else if has(&["新增", "新建", "新签约", "新开工", "新引进", "新认定", "净增"]) {
        Basis::Increase
    } else {
        Basis::Level
    }
}

/// The first year of a header: 2026年, 2025年目标.
fn year(title: &str) -> Option<i16> {
    let digits: Vec<char> = title.chars().filter(|c| !c.is_whitespace()).collect();
    digits.windows(4).find_map(|w| {
        let text: String = w.iter().collect();
        text.parse::<i16>().ok().filter(|y| (1949..2100).contains(y))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<Range<usize>> {
        let mut at = 0;
        text.split(" | ")
            .map(|c| {
                let range = at..at + c.len();
                at = range.end + 3;
                range
            })
            .collect()
    }

    fn describe(head: &str, row: &str) -> Vec<String> {
        read((head, &cells(head)), (row, &cells(row)))
            .iter()
            .map(|f| {
                let r = &f.reading;
                let each = r.each.as_ref().map(|e| format!(" each {} {}", e.low, e.unit)).unwrap_or_default();
                format!("{:?} {} {:?} {} {:?}{each}", f.year, r.low, r.bound, r.unit, r.basis)
            })
            .collect()
    }

    #[test]
    fn indicators_with_baseline_and_target() {
        let head = "分类 | 序号 | 指标名称 | 单位 | 2022 年 | 2026 年";
        assert_eq!(
            describe(head, "规模 | 1 | 总营收 | 亿元 | 3986 | 5000"),
            ["Some(2022) 3,986 Reach 亿元 Level", "Some(2026) 5,000 Reach 亿元 Level"]
        );
        assert_eq!(
            describe(head, "效益 | 12 | 税收过10亿元的集聚区 | 个 | - | 5"),
            ["Some(2026) 5 Reach 个 Level each 10 亿元"]
        );
        assert_eq!(
            describe("指标 | 2025年目标 | 属性", "森林覆盖率（%） | ≥24.1 | 约束性"),
            ["Some(2025) 24.1 AtLeast % Level"]
        );
    }
}
