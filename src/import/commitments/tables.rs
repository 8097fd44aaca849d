//! Rows of indicators: which column is where things stand, which is what is to be.
//!
//! A table whose header names years or 目标 is read by column; one that sets tasks is read cell by cell as
//! running text; any other states nothing that the rules could tell apart.

use std::ops::Range;

use super::super::plain::Plain;
use super::super::plain::has;
use super::cells::{Value, is_number, unit_in_brackets, value};
use super::section::{Part, Section};
use super::time::{Calendar, When, marks};
use super::view::View;
use super::{From, Judged, LeftOut, Proposal, Words, benefit, made, manner, words, yearly};
use crate::content::targets::{Basis, Bound};
use crate::quantity::chinese;
use crate::quantity::reading::Reading;
use crate::source::{Block, Kind, Row, SourceText};

/// What a column of an indicator table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Column {
    Name,
    Unit,
    Baseline(Option<i16>),
    Target(Option<i16>),
    Growth(Option<i16>),
    Other,
}

/// A table as its header reads.
struct Table {
    columns: Vec<Column>,
    header: usize,
    /// A unit that the caption gives for the whole table.
    unit: Option<String>,
}

pub(super) fn read(source: &SourceText, sections: &[Section], calendar: &Calendar, out: &mut Judged) {
    let mut current: Option<(usize, Option<Table>, bool)> = None;
    let mut years: Option<(usize, &Block)> = None;
    let mut caption = String::new();
    for (i, block) in source.blocks.iter().enumerate() {
        let Kind::Row(row) = &block.kind else {
            if block.kind == Kind::Caption {
                caption = Plain::new(&block.text).text;
            } else if block.is_text() && block.text.chars().count() <= 40 {
                // 单位：亿元 may stand on a line of its own above a table.
                caption = Plain::new(&block.text).text;
            }
            continue;
        };
        if current.as_ref().is_none_or(|(table, ..)| *table != row.table) {
            let table = header(source, i, row.table, calendar, &caption);
            // Sizes of projects are no amounts to reach.
            let projects = has(&Plain::new(&block.text).text, "投资 建设规模 建设内容 项目名称 业主");
            current = Some((row.table, table, projects && row.header));
        }
        if yearly::is_header(block) {
            years = Some((row.table, block));
            continue;
        }
        if let Some((_, header)) = years.filter(|(table, _)| *table == row.table) {
            yearly::read(i, block, row, header, calendar, out);
            continue;
        }
        let Some((_, table, projects)) = &current else { continue };
        match table {
            Some(table) if i != table.header => indicator(source, i, block, row, table, calendar, out),
            Some(_) => {}
            None if *projects || row.header || sections[i].part == Part::Past => {}
            None => tasks(i, block, row, calendar, out),
        }
    }
}

/// The table's columns, if its first rows have a header that names years or targets.
fn header(source: &SourceText, first: usize, table: usize, calendar: &Calendar, caption: &str) -> Option<Table> {
    let at = (first..source.blocks.len())
        .take_while(|&i| matches!(&source.blocks[i].kind, Kind::Row(r) if r.table == table))
        .take(2)
        .find(|&i| is_header(&source.blocks[i]))?;
    let block = &source.blocks[at];
    let Kind::Row(row) = &block.kind else { return None };
    let cells: Vec<String> = row.cells.iter().map(|c| Plain::new(&block.text[c.clone()]).text).collect();
    let years: Vec<Option<i16>> = cells.iter().map(|c| cell_year(c, calendar)).collect();
    let base = calendar.period.map(|(first, _)| first).or(calendar.issued);
    let mut columns: Vec<Column> = cells
        .iter()
        .zip(&years)
        .map(|(c, year)| {
            if has(c, "属性 类型 性质 备注 序号 类别 分类 责任 牵头 来源") {
                Column::Other
            } else if has(c, "增速 年均 增长 增幅 累计") && !has(c, "目标值") {
                Column::Growth(*year)
            } else if has(c, "基期 现状 实际 完成值 基础值 基准 基数 完成情况 预计") {
                Column::Baseline(*year)
            } else if has(c, "目标 规划值 计划") || year.is_some() {
                match (year, base) {
                    (Some(y), Some(base)) if *y < base => Column::Baseline(*year),
                    _ => Column::Target(*year),
                }
            } else if has(c, "单位") && !has(c, "责任 牵头") {
                Column::Unit
            } else if has(c, "指标 名称 项目 内容") {
                Column::Name
            } else {
                Column::Other
            }
        })
        .collect();
    // Two years or more and none known to lie behind: the first is where things stand.
    let targets: Vec<usize> = (0..columns.len()).filter(|&i| matches!(columns[i], Column::Target(_))).collect();
    let based = columns.iter().any(|c| matches!(c, Column::Baseline(_)));
    if !based
        && base.is_none()
        && let [first, second, ..] = targets[..]
        && let (Some(a), Some(b)) = (years[first], years[second])
        && a < b
        // Year after year, three and more: a plan's own steps.
        && !(targets.len() > 2 && targets.windows(2).all(|w| years[w[0]].zip(years[w[1]]).is_some_and(|(x, y)| y == x + 1)))
    {
        columns[first] = Column::Baseline(years[first]);
    }
    if !columns.iter().any(|c| matches!(c, Column::Target(_) | Column::Growth(_))) {
        return None;
    }
    if !columns.contains(&Column::Name) {
        // No column says that it names: the first one that is no serial number does.
        let named =
            |i: &usize| columns[*i] == Column::Other && !cells[*i].contains("序号") && !cells[*i].contains("类");
        if let Some(name) = (0..columns.len()).find(named) {
            columns[name] = Column::Name;
        }
    } else if columns.iter().filter(|c| **c == Column::Name).count() > 1 {
        let last = columns.iter().rposition(|c| *c == Column::Name);
        for (i, c) in columns.iter_mut().enumerate() {
            if *c == Column::Name && Some(i) != last {
                *c = Column::Other;
            }
        }
    }
    let unit = caption.split_once("单位:").map(|(_, u)| {
        u.trim_matches(|c| matches!(c, '(' | ')' | ':' | '。'))
            .split([')', ',', ';', ' '])
            .next()
            .unwrap_or("")
            .to_owned()
    });
    Some(Table { columns, header: at, unit: unit.filter(|u| !u.is_empty()) })
}

/// Whether a row names columns rather than giving values.
fn is_header(block: &Block) -> bool {
    let Kind::Row(row) = &block.kind else { return false };
    let text = Plain::new(&block.text).text;
    let names = has(&text, "指标 目标 单位 属性 年");
    let value = |c: &Range<usize>| {
        let cell = &block.text[c.clone()];
        !cell.is_empty() && cell.parse::<f64>().is_ok_and(|n| !(1990.0..2100.0).contains(&n))
    };
    names && (row.header || !row.cells.iter().any(value))
}

/// The year of a column.
pub(super) fn cell_year(cell: &str, calendar: &Calendar) -> Option<i16> {
    let found = marks(cell, calendar);
    if let Some(mark) = found.last() {
        return mark.year;
    }
    let digits = cell.get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    digits.parse().ok().filter(|y| (1990..2100).contains(y))
}

/// The targets of one row of an indicator table.
fn indicator(
    source: &SourceText,
    i: usize,
    block: &Block,
    row: &Row,
    table: &Table,
    calendar: &Calendar,
    out: &mut Judged,
) {
    let cell = |n: usize| row.cells.get(n).map(|c| block.text[c.clone()].trim());
    let Some(name_at) = table.columns.iter().position(|c| *c == Column::Name) else { return };
    // A name may stand a column further left or right where cells were merged.
    let name = cell(name_at)
        .filter(|n| !n.is_empty() && !is_number(n))
        .or_else(|| (0..row.cells.len()).filter_map(cell).find(|c| c.chars().count() >= 2 && !is_number(c)));
    let Some(name) = name else { return };
    let plain_name = Plain::new(name).text;
    let bracketed = unit_in_brackets(name);
    let unit_cell = table.columns.iter().position(|c| *c == Column::Unit).and_then(cell).filter(|u| !u.is_empty());
    let unit =
        unit_cell.map(str::to_owned).or_else(|| bracketed.map(|(u, _)| u.to_owned())).or_else(|| table.unit.clone());
    let unit = unit.map(|u| if matches!(u.as_str(), "-" | "/" | "—" | "无") { String::new() } else { u });
    let mut baseline: Option<From> = None;
    for (n, column) in table.columns.iter().enumerate() {
        if let Column::Baseline(year) = column
            && let Some(range) = row.cells.get(n)
            && let Some(value) = value(&block.text[range.clone()], unit.as_deref(), &plain_name)
        {
            let words = Words { block: i, range: range.clone() };
            let reading = made(range.clone(), value.bound, value.ends, value.unit, Basis::Level);
            baseline = Some(From { reading, year: *year, words });
        }
    }
    let first = row.cells.get(name_at).map_or(0, |c| c.start);
    for (n, column) in table.columns.iter().enumerate() {
        let (year, growth) = match column {
            Column::Target(year) => (*year, false),
            Column::Growth(year) => (*year, true),
            _ => continue,
        };
        let Some(range) = row.cells.get(n).filter(|r| !r.is_empty()) else { continue };
        let words = &block.text[range.clone()];
        let header = &source.blocks[table.header];
        let header_cell = match &header.kind {
            Kind::Row(r) => r.cells.get(n).map_or("", |c| &header.text[c.clone()]),
            _ => "",
        };
        // 2025年产值（亿元）: the header may name what is measured, and its unit.
        let (header_unit, header_name) = match unit_in_brackets(header_cell) {
            Some((unit, name)) => (Some(unit.to_owned()), name),
            None => (None, header_cell),
        };
        let unit = unit.clone().or(header_unit);
        let as_share = growth && !Plain::new(words).text.contains('[');
        let Some(value) = value(words, if as_share { Some("%") } else { unit.as_deref() }, &plain_name) else {
            continue;
        };
        let basis = basis(&plain_name, &value, growth && as_share, &Plain::new(header_cell).text);
        let mut reading = made(range.clone(), value.bound, value.ends, value.unit, basis);
        reading.each = bar(name);
        let year = year.or(calendar.period.map(|(_, last)| last));
        let due_from = Words { block: table.header, range: header_range(header) };
        let measure = bracketed.map_or(name, |(_, before)| before).trim().to_owned() + named_by_header(header_name);
        out.targets.push(Proposal {
            figure: Words { block: i, range: range.clone() },
            reading,
            measure,
            scope: None,
            year,
            year_from: year.map(|_| due_from),
            baseline: baseline.clone().filter(|_| !as_share),
            quote: Words { block: i, range: first.min(range.start)..range.end },
            doubts: Vec::new(),
        });
    }
    if let Some(from) = baseline.filter(|_| out.targets.last().is_none_or(|t| t.figure.block != i)) {
        // A row that has only a baseline states a fact.
        out.facts.push(Proposal {
            figure: from.words.clone(),
            reading: from.reading,
            measure: name.to_owned(),
            scope: None,
            year: from.year,
            year_from: None,
            baseline: None,
            quote: Words { block: i, range: first.min(from.words.range.start)..from.words.range.end },
            doubts: Vec::new(),
        });
    }
}

/// What a column's header says besides its year: 产值 of 2025年产值.
fn named_by_header(header: &str) -> &str {
    let rest = header.trim_start_matches(|c: char| c.is_ascii_digit() || c == '年');
    let plain = Plain::new(rest).text;
    let year_only =
        rest.len() == header.len() || plain.is_empty() || has(&plain, "目标 规划 指标 计划 值 ( 预期 底 末 -");
    if year_only { "" } else { rest }
}

/// The header's words, leading empty cells aside.
fn header_range(header: &Block) -> Range<usize> {
    let Kind::Row(row) = &header.kind else { return 0..header.text.len() };
    let start = row.cells.iter().find(|c| !c.is_empty()).map_or(0, |c| c.start);
    start..header.text.len()
}

/// What a row's values count, by its name and its column's.
pub(super) fn basis(name: &str, value: &Value, growth: bool, header: &str) -> Basis {
    if growth || has(name, "增速 年均增长 增长率") {
        return Basis::Growth;
    }
    if value.cumulative || has(header, "累计") || has(name, "累计") {
        return Basis::Cumulative;
    }
    if has(name, "占比 比重") || (name.contains('占') && value.unit == "%") {
        return Basis::Share;
    }
    if has(name, "新增 新建 新签约 新开工 新引进 新认定 净增") {
        return Basis::Increase;
    }
    if has(name, "每年 年均新增") {
        return Basis::Annual;
    }
    Basis::Level
}

/// The bar in an indicator's own name: 百亿级企业, 税收过10亿元的集聚区.
fn bar(name: &str) -> Option<Box<Reading>> {
    let mut found = chinese::read(name);
    if found.len() != 1 {
        return None;
    }
    let reading = found.remove(0);
    let plain = Plain::new(name).text;
    let view = View::new(&plain, 0..0, &reading, Plain::new(&reading.unit).text);
    let money = matches!(view.family(), super::view::Family::Money);
    let bounded = matches!(reading.bound, Bound::Magnitude | Bound::AtLeast | Bound::MoreThan);
    (money && bounded).then(|| Box::new(reading))
}

/// A row of tasks read as running text, cell by cell; its year may stand in a cell of its own.
fn tasks(i: usize, block: &Block, row: &Row, calendar: &Calendar, out: &mut Judged) {
    let due = row.cells.iter().rev().find_map(|c| {
        let text = Plain::new(&block.text[c.clone()]).text;
        let found = marks(&text, calendar);
        let short = text.chars().count() <= 14;
        found.into_iter().find(|m| short && m.when != When::Reference).map(|m| (m.year, c.clone()))
    });
    for cell in &row.cells {
        let words_of = &block.text[cell.clone()];
        let plain = Plain::new(words_of);
        for reading in chinese::read(words_of) {
            let at = plain.of(&reading.span);
            let view = View::new(&plain.text, at, &reading, Plain::new(&reading.unit).text);
            let figure = Words { block: i, range: cell.start + reading.span.start..cell.start + reading.span.end };
            if let Some(reason) = benefit::reason(&view).or_else(|| manner::reason(&view)) {
                out.left_out.push(LeftOut { figure, reason });
                continue;
            }
            if !has(view.before(), manner::MAKES) && !has(view.after(), manner::MAKES) {
                continue;
            }
            let quote = words::quote(&plain, &view, None);
            let own = marks(&plain.text, calendar).into_iter().rfind(|m| m.when != When::Reference);
            let year = own.and_then(|m| m.year).or(due.as_ref().and_then(|(y, _)| *y));
            out.targets.push(Proposal {
                figure: figure.clone(),
                measure: words::measure(&plain, std::slice::from_ref(&view), 0, words_of),
                scope: None,
                year: year.or(calendar.period.map(|(_, last)| last)),
                year_from: due.clone().filter(|(y, _)| *y == year).map(|(_, range)| Words { block: i, range }),
                baseline: None,
                quote: Words { block: i, range: cell.start + quote.start..cell.start + quote.end },
                doubts: vec!["a row of tasks"],
                reading: Reading { span: figure.range, ..reading.clone() },
            });
        }
    }
}
