//! Lists in parts that are paged as one: a page shows so many lines, wherever the parts begin and end.

use std::ops::Range;

use super::PAGE_SIZE;

/// The lines of each part that stand on a page (numbered from 1), parts without any left out.
pub(super) fn on_page(lengths: impl IntoIterator<Item = usize>, number: usize) -> Vec<(usize, Range<usize>)> {
    let window = (number.saturating_sub(1) * PAGE_SIZE)..(number * PAGE_SIZE);
    let mut start = 0;
    let mut out = Vec::new();
    for (part, length) in lengths.into_iter().enumerate() {
        let from = window.start.clamp(start, start + length) - start;
        let to = window.end.clamp(start, start + length) - start;
        if from < to {
            out.push((part, from..to));
        }
        start += length;
    }
    out
}

/// The page on which a line stands, from 1.
pub(crate) fn page_with(line: usize) -> usize {
    line / PAGE_SIZE + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_go_on_over_pages() {
        let lengths = [150, 0, 100, 300];
        assert_eq!(on_page(lengths, 1), [(0, 0..150), (2, 0..50)]);
        assert_eq!(on_page(lengths, 2), [(2, 50..100), (3, 0..150)]);
        assert_eq!(on_page(lengths, 3), [(3, 150..300)]);
        assert_eq!(on_page(lengths, 4), []);
        assert_eq!((page_with(199), page_with(200)), (1, 2));
    }
}
