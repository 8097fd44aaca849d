//! Tables that an extraction flattened: cells parted by blanks, or each on a line of its own.
//!
//! Takes the pieces of a text; gives the rows among them, told from running text by what tables of
//! indicators have in common: a header of years and the like, values at the rows' ends.

use std::ops::Range;

use super::draft::clean;
use super::lines::Piece;
use super::table;
use crate::text::{is_blank, is_han};

/// A row: the pieces that it stands in, and its cells.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FlatRow {
    pub(super) pieces: Range<usize>,
    pub(super) cells: Vec<String>,
}

/// Fewest cells of a row.
const FEWEST: usize = 3;
/// Most cells of a row.
const MOST: usize = 14;

/// The flattened tables of a text, each as its rows, in order.
pub(super) fn tables(pieces: &[Piece<'_>]) -> Vec<Vec<FlatRow>> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let found = by_lines(pieces, at).or_else(|| by_blanks(pieces, at));
        match found {
            Some(rows) => {
                at = rows.last().map_or(at + 1, |r| r.pieces.end);
                out.push(rows);
            }
            None => at += 1,
        }
    }
    out
}

/// Rows whose cells are parted by blanks: a header and at least one row of values, or two such rows.
fn by_blanks(pieces: &[Piece<'_>], at: usize) -> Option<Vec<FlatRow>> {
    let spaced = words(pieces[at].text)?;
    let joined = joined(pieces[at].text, &spaced);
    let headed = is_header(&joined);
    let first = if headed { joined } else { spaced };
    let heads = if headed { first.clone() } else { Vec::new() };
    let mut next = if headed { at + 1 } else { at };
    let mut rows: Vec<(Range<usize>, Vec<&str>)> = Vec::new();
    if headed {
        rows.push((at..at + 1, first));
    }
    let mut values = 0;
    while let Some(piece) = pieces.get(next) {
        if piece.starts_block && next > at {
            break;
        }
        if let Some(cells) = words(piece.text).filter(|c| is_row(c) || is_under(&heads, c)) {
            rows.push((next..next + 1, cells));
            next += 1;
            values += 1;
            continue;
        }
        // The beginning of a long name may stand on the line above its row.
        let short = piece.text.chars().count() <= 20 && !piece.text.contains(['。', '，', '；', '：', ',', ';', ':']);
        let begun = values > 0 && short && pieces.get(next + 1).and_then(|p| words(p.text)).is_some_and(|c| is_row(&c));
        if !begun {
            break;
        }
        let mut cells = words(pieces[next + 1].text).unwrap_or_default();
        // After the serial number, where there is one.
        let place = usize::from(cells.first().is_some_and(|c| is_serial(c)));
        cells.insert(place, piece.text.trim());
        rows.push((next..next + 2, cells));
        next += 2;
        values += 1;
    }
    let enough = if headed { values >= 1 } else { values >= 2 };
    if !enough {
        return None;
    }
    let columns = if headed { rows[0].1.len() } else { 0 };
    Some(rows.into_iter().map(|(pieces, cells)| FlatRow { pieces, cells: align(&cells, columns) }).collect())
}

/// The words of a line that may be a row: no sentence, few enough, more than one character each on the whole.
fn words(text: &str) -> Option<Vec<&str>> {
    if text.contains(['。', '；', '，', '：', '\t']) || table::cells(text).is_some() {
        return None;
    }
    let cells: Vec<&str> = text.split(is_blank).filter(|w| !w.is_empty()).collect();
    (FEWEST..=MOST).contains(&cells.len()).then_some(cells)
}

/// Words with those joined that are a character each: 指 标 is one name.
fn joined<'a>(text: &'a str, words: &[&'a str]) -> Vec<&'a str> {
    let single = |w: &str| w.chars().count() == 1 && w.chars().all(is_han);
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut from = 0;
    let mut open = false;
    for word in words {
        let Some(start) = text[from..].find(word).map(|i| from + i) else { continue };
        let end = start + word.len();
        match out.last_mut().filter(|_| open && single(word)) {
            Some(last) => last.end = end,
            None => out.push(start..end),
        }
        open = single(word);
        from = end;
    }
    out.into_iter().map(|range| &text[range]).collect()
}

/// Cells for `columns` columns: what is too much belongs to the name, which stands before the values.
fn align(cells: &[&str], columns: usize) -> Vec<String> {
    let mut out: Vec<String> = cells.iter().map(|c| clean(c)).collect();
    if columns == 0 {
        return out;
    }
    while out.len() > columns {
        let serial = usize::from(out.first().is_some_and(|c| is_serial(c)));
        if serial + 1 >= out.len() {
            break;
        }
        let more = out.remove(serial + 1);
        out[serial].push_str(&more);
    }
    while out.len() < columns {
        out.insert(0, String::new());
    }
    out
}

fn is_serial(cell: &str) -> bool {
    cell.len() <= 2 && cell.bytes().all(|b| b.is_ascii_digit())
}

/// Whether cells name columns of a table of indicators.
fn is_header(cells: &[&str]) -> bool {
    let named = cells.iter().filter(|c| names_column(c)).count();
    named >= 2 && named * 3 >= cells.len() * 2 && cells.iter().any(|c| is_year(c) || c.contains("目标"))
}

/// Whether cells stand under the columns of a list of tasks, one by one: a serial number, and a figure where
/// the header has 目标.
fn is_under(header: &[&str], cells: &[&str]) -> bool {
    let figures = |n: usize| cells.get(n).is_some_and(|c| c.chars().any(|c| c.is_ascii_digit()));
    header.len() == cells.len()
        && header.first().is_some_and(|h| h.contains("序号") || h.contains("序號"))
        && cells.first().is_some_and(|c| is_serial(c))
        && header.iter().position(|h| h.contains("目标")).is_some_and(figures)
}

/// Whether a cell names a column.
fn names_column(cell: &str) -> bool {
    let cell = clean(cell);
    let cell = cell.as_str();
    const NAMES: [&str; 24] = [
        "任务", "内容", "时限", "责任", "指标", "单位", "序号", "名称", "类别", "分类", "属性", "类型", "性质", "目标",
        "现状", "基期", "规划", "累计", "年均", "增速", "備註", "备注", "指標", "單位",
    ];
    let chars = cell.chars().count();
    chars <= 14 && (is_year(cell) || (NAMES.iter().any(|n| cell.contains(n)) && !cell.contains(['。', '，'])))
}

/// 2025年, 2025年目标, 2022年(基期), 2025
fn is_year(cell: &str) -> bool {
    let digits = cell.bytes().take_while(u8::is_ascii_digit).count();
    let year = digits == 4 && (cell.starts_with("20") || cell.starts_with("19"));
    year && (cell.len() == 4 || cell[4..].starts_with('年') || cell[4..].starts_with(['-', '—']))
        && cell.chars().count() <= 14
}

/// Whether cells are a row of values: a name, and values at the end.
fn is_row(cells: &[&str]) -> bool {
    let tail = cells.iter().rev().take_while(|c| is_value(c) || is_kind(c)).count();
    let numbers = cells.iter().rev().take(tail).filter(|c| c.chars().any(|c| c.is_ascii_digit())).count();
    let named = cells[..cells.len() - tail].iter().any(|c| c.chars().any(is_han));
    let kinds = cells.iter().any(|c| is_kind(c));
    tail >= 2 && (numbers >= 1 || kinds) && named
}

/// 85, 86.5, ≥97, [12], 5以上, 3.2%, -, 完成上级下达任务
fn is_value(cell: &str) -> bool {
    let bare = cell
        .trim_matches(|c| matches!(c, '[' | ']' | '〔' | '〕' | '【' | '】' | '(' | ')' | '（' | '）' | '［' | '］'));
    if matches!(bare, "-" | "—" | "——" | "/" | "–") {
        return true;
    }
    if bare.starts_with("完成") && bare.chars().count() <= 10 {
        return true;
    }
    let digits = bare.chars().filter(char::is_ascii_digit).count();
    let rest: String = bare.chars().filter(|c| !c.is_ascii_digit()).collect();
    digits > 0
        && (rest.chars().all(|c| {
            matches!(c, '.' | ',' | '%' | '％' | '≥' | '≤' | '>' | '<' | '＞' | '＜' | '-' | '—' | '~' | '～' | '‰')
        }) || matches!(
            rest.as_str(),
            "以上" | "左右" | "以内" | "以下" | ".以上" | ".左右" | "%以上" | "％以上" | "%左右"
        ))
}

/// 预期性, 约束性
fn is_kind(cell: &str) -> bool {
    cell.ends_with('性') && cell.chars().count() <= 4
}

/// Rows whose cells stand on a line each, below a header whose cells do too.
fn by_lines(pieces: &[Piece<'_>], at: usize) -> Option<Vec<FlatRow>> {
    let cell = |i: usize| pieces.get(i).map(|p| p.text.trim());
    let is_cell = |i: usize| {
        cell(i).is_some_and(|c| {
            c.chars().count() <= 30 && !c.contains(['。', '；', '，', '：', '\t']) && !c.contains(is_blank)
        })
    };
    let columns = (at..).take_while(|&i| is_cell(i) && cell(i).is_some_and(names_column)).count();
    let header: Vec<&str> = (at..at + columns).filter_map(cell).collect();
    if !(FEWEST..=MOST).contains(&columns) || !is_header(&header) {
        return None;
    }
    // Years head values; the others name, and may be left out of a row where cells were merged.
    let values: Vec<bool> =
        header.iter().map(|c| is_year(c) || c.contains("目标") || c.contains("现状") || c.contains("基期")).collect();
    let mut rows = vec![FlatRow { pieces: at..at + columns, cells: header.iter().map(|c| clean(c)).collect() }];
    let mut next = at + columns;
    loop {
        let fits = |missing: usize| {
            (missing..columns).all(|n| {
                let i = next + n - missing;
                is_cell(i) && cell(i).is_some_and(|c| !values[n] || is_value(c) || is_kind(c))
            }) && (missing..columns)
                .any(|n| values[n] && cell(next + n - missing).is_some_and(|c| c.chars().any(|c| c.is_ascii_digit())))
        };
        let Some(missing) = (0..2).find(|&m| columns - m >= 2 && fits(m)) else { break };
        let taken = columns - missing;
        let mut cells = vec![String::new(); missing];
        cells.extend((next..next + taken).filter_map(cell).map(clean));
        rows.push(FlatRow { pieces: next..next + taken, cells });
        next += taken;
    }
    (rows.len() > 1).then_some(rows)
}

#[cfg(test)]
mod tests {
    use super::super::lines::{lines, pieces};
    use super::*;

    fn rows(raw: &str) -> Vec<Vec<Vec<String>>> {
        let lines = lines(raw);
        let pieces = pieces(&lines, &[], |_| Vec::new());
        tables(&pieces).into_iter().map(|t| t.into_iter().map(|r| r.cells).collect()).collect()
    }

    #[test]
    fn cells_parted_by_blanks() {
        let found = rows(
            "主要指标如下。\n序号 指标 2020年 2025年 属性\n1 优良天数比例(%) 83.6 86.5 约束性\n2 PM2.5 年均浓度 36 33 约束性\n单位生产总值能耗\n3 降低(%) - [14.5] 约束性\n注:见附件。\n",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0][2], ["2", "PM2.5年均浓度", "36", "33", "约束性"]);
        assert_eq!(found[0][3], ["3", "单位生产总值能耗降低(%)", "-", "[14.5]", "约束性"]);
    }

    #[test]
    fn names_of_columns_set_wide() {
        let found = rows("类 别 序号 指 标 2020年 2025年\n规模 1 产值(亿元) 85 200\n2 企业(家) 32 100\n下一段。\n");
        assert_eq!(found[0][0], ["类别", "序号", "指标", "2020年", "2025年"]);
        assert_eq!(found[0][2], ["", "2", "企业(家)", "32", "100"]);
    }

    #[test]
    fn lists_of_tasks() {
        let found = rows(
            "序号 任务内容 目标值 责任单位 时限\n1 新签约项目 不少于260个 市商务局 年底\n2 占比 60%以上 市工信局 年底\n",
        );
        assert_eq!(found[0][1], ["1", "新签约项目", "不少于260个", "市商务局", "年底"]);
        assert_eq!(found[0].len(), 3);
    }

    #[test]
    fn cells_on_lines_of_their_own() {
        let found = rows(
            "表1\n类别\n指标\n单位\n2020年\n2025年\n规模\n产值\n亿元\n85\n200\n企业\n家\n32\n≥100\n（二）工作安排\n下一段。\n",
        );
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].len(), 3);
        assert_eq!(found[0][1], ["规模", "产值", "亿元", "85", "200"]);
        assert_eq!(found[0][2], ["", "企业", "家", "32", "≥100"]);
    }

    #[test]
    fn running_text_is_no_table() {
        for raw in [
            "到 2026 年 建成 30 座\n推动 3 家 企业 12 个项目\n",
            "责任单位 市科技局 市财政局\n市发改委 市经信局 市商务局\n",
            "一、总体要求\n2023年\n2025年\n达到 200 亿元。\n",
        ] {
            assert!(rows(raw).is_empty(), "{raw}");
        }
    }
}
