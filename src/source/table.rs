//! Tables that an extraction left as lines parted by tabs, or as Markdown writes them.

/// The cells of a line that belongs to a table: two tabs or more, or upright strokes at both ends and between.
/// Blanks around a cell are trimmed.
pub(super) fn cells(line: &str) -> Option<Vec<&str>> {
    if line.matches('\t').count() >= 2 {
        return Some(line.split('\t').map(str::trim).collect());
    }
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    inner.contains('|').then(|| inner.split('|').map(str::trim).collect())
}

/// Whether cells are Markdown's line between header and rows.
pub(super) fn is_rule(cells: &[&str]) -> bool {
    cells.iter().all(|c| c.contains('-') && c.chars().all(|c| matches!(c, '-' | ':')))
}

/// Whether only the first cell is filled: the table's own title line.
pub(super) fn is_caption(cells: &[&str]) -> bool {
    cells.first().is_some_and(|c| !c.is_empty()) && cells[1..].iter().all(|c| c.is_empty())
}

/// For the first column of the rows below a header: which row opens the group that each belongs to.
///
/// A cell left empty belongs to the group of the nearest filled one above it; rows before the first
/// filled cell stand for themselves.
pub(super) fn groups(first_cells: &[&str]) -> Vec<usize> {
    let mut open = None;
    first_cells
        .iter()
        .enumerate()
        .map(|(i, cell)| {
            if !cell.is_empty() {
                open = Some(i);
            }
            open.unwrap_or(i)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_groups() {
        assert_eq!(cells("\t2\t占 GDP 比重"), Some(vec!["", "2", "占 GDP 比重"]));
        assert_eq!(cells("甲\t乙"), None);
        assert_eq!(cells("| 指标 | 2025年 |"), Some(vec!["指标", "2025年"]));
        assert_eq!((cells("|甲|"), cells("甲 | 乙 | 丙")), (None, None));
        assert!(is_rule(&[":--", "---"]) && !is_rule(&["-", "12"]));
        assert!(is_caption(&["专栏 1", "", ""]) && !is_caption(&["产业", "1", ""]));
        assert_eq!(groups(&["规模", "", "", "创新", ""]), [0, 0, 0, 3, 3]);
    }
}
