//! Physical lines, and the pieces of them that are text rather than noise.

use std::ops::Range;

use super::table;
use crate::text::is_blank;

/// One physical line of the raw text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// From 1.
    pub(super) number: u32,
    /// Byte of the raw text that it begins with.
    pub(super) start: usize,
    /// Without its line break.
    pub(super) text: &'a str,
}

/// A run of text within one line: trimmed, free of noise and of a list dash.
#[derive(Clone, Debug)]
pub(super) struct Piece<'a> {
    pub(super) line: u32,
    /// Byte of the raw text.
    pub(super) start: usize,
    pub(super) text: &'a str,
    /// Characters of the line before it, 0 if these are only white space and list marks.
    pub(super) offset: u32,
    /// Blank lines between the piece before and this one.
    pub(super) gap: u32,
    /// Noise stands between the piece before and this one.
    pub(super) after_noise: bool,
    /// A new block must begin here, whatever the layout says.
    pub(super) starts_block: bool,
}

/// Lines of a text; `\n`, `\r\n` and form feeds end one.
pub(super) fn lines(raw: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    raw.split('\n')
        .enumerate()
        .map(|(i, text)| {
            let line = Line {
                number: u32::try_from(i + 1).unwrap_or(u32::MAX),
                start,
                text: text.strip_suffix('\r').unwrap_or(text),
            };
            start += text.len() + 1;
            line
        })
        .collect()
}

/// The text pieces of all lines, noise taken out.
///
/// `noise` holds ranges of bytes of the raw text, sorted and apart. `splits` gives, for the text of a
/// piece, the bytes at which a new block begins within it.
pub(super) fn pieces<'a>(
    lines: &[Line<'a>],
    noise: &[Range<usize>],
    splits: impl Fn(&str) -> Vec<usize>,
) -> Vec<Piece<'a>> {
    let mut out: Vec<Piece<'a>> = Vec::new();
    let mut gap = 0;
    let mut after_noise = false;
    for line in lines {
        let end = line.start + line.text.len();
        let first = noise.partition_point(|n| n.end <= line.start);
        let mut at = line.start;
        let mut parts = Vec::new();
        let mut touched = false;
        for n in noise[first..].iter().take_while(|n| n.start < end.max(line.start + 1)) {
            touched = true;
            if n.start > at {
                parts.push((at..n.start, false));
            }
            parts.push((n.start.max(at)..n.end.min(end), true));
            at = n.end.min(end).max(at);
        }
        if at < end {
            parts.push((at..end, false));
        }
        let mut any = touched;
        for (range, is_noise) in parts {
            if is_noise {
                after_noise = true;
                continue;
            }
            let text = &line.text[range.start - line.start..range.end - line.start];
            let Some((lead, body)) = strip(text) else { continue };
            any = true;
            let at = range.start - line.start + lead;
            let own_start = line.text[..at].chars().all(|c| is_blank(c) || c == '-');
            let mut from = 0;
            let cuts = splits(body);
            for (n, to) in cuts.iter().copied().chain([body.len()]).enumerate() {
                let text = &body[from..to];
                if !text.trim().is_empty() {
                    let start = at + from;
                    let starts_line = n == 0 && own_start;
                    let offset = if starts_line { 0 } else { line.text[..start].chars().count() };
                    out.push(Piece {
                        line: line.number,
                        start: line.start + start,
                        text,
                        offset: u32::try_from(offset).unwrap_or(u32::MAX),
                        gap,
                        after_noise,
                        starts_block: from > 0,
                    });
                    gap = 0;
                    after_noise = false;
                }
                from = to;
            }
        }
        if !any {
            gap += 1;
        }
    }
    out
}

/// Trims blanks and one list dash (`- `) from a piece; `None` if nothing is left.
/// Gives the bytes trimmed from the left and the rest.
fn strip(text: &str) -> Option<(usize, &str)> {
    if table::cells(text).is_some() {
        // An empty first cell is a leading tab: nothing of a table row is trimmed.
        return (!text.trim().is_empty()).then_some((0, text));
    }
    let trimmed = text.trim_start_matches(is_blank);
    let trimmed = match trimmed.strip_prefix(['-', '*', '•']) {
        Some(rest) if rest.starts_with([' ', '\u{3000}', '\u{A0}']) => rest.trim_start_matches(is_blank),
        _ => trimmed,
    };
    let body = trimmed.trim_end_matches(is_blank);
    (!body.is_empty()).then_some((text.len() - trimmed.len(), body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_and_gaps() {
        let raw = "甲乙\n\n页眉\n丙- 丁\n - （一）戊。**己：**庚";
        let lines = lines(raw);
        let at = raw.find("页眉").expect("stands above");
        let bold = |s: &str| s.find("**己").into_iter().collect();
        let header = at..at + "页眉".len();
        let found = pieces(&lines, std::slice::from_ref(&header), bold);
        let short: Vec<_> = found.iter().map(|p| (p.line, p.offset, p.text, p.gap, p.after_noise)).collect();
        assert_eq!(
            short,
            [
                (1, 0, "甲乙", 0, false),
                (4, 0, "丙- 丁", 1, true),
                (5, 0, "（一）戊。", 0, false),
                (5, 8, "**己：**庚", 0, false),
            ]
        );
    }
}
