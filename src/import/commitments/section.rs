//! What part of a document each block stands in: what has been, what is to be, and by when.
//!
//! Takes the blocks of a source; gives for each the kind of its section and the year that its headings name.

use std::ops::Range;

use super::super::plain::{Plain, each, ends, has, starts};
use super::time::{Calendar, Mark, When, marks};
use crate::source::{Block, Kind};

/// What a section speaks of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// 发展基础, 现状, 主要问题: what has been and is.
    Past,
    /// 发展目标, 主要指标: what is to be.
    Goals,
    /// All else: before the first heading, tasks, safeguards.
    Other,
}

/// Where a block stands.
#[derive(Clone, Debug)]
pub(super) struct Section {
    pub(super) part: Part,
    /// The year that a heading above names, with the block of that heading and the words in it.
    pub(super) year: Option<(i16, usize, Range<usize>)>,
    /// Index of the block of the nearest heading.
    pub(super) heading: Option<usize>,
    /// Whether any heading stands above.
    pub(super) titled: bool,
}

/// The sections of all blocks.
pub(super) fn sections(blocks: &[Block], calendar: &Calendar) -> Vec<Section> {
    struct Open {
        level: u8,
        part: Option<Part>,
        year: Option<(i16, usize, Range<usize>)>,
        block: usize,
    }
    let mut open: Vec<Open> = Vec::new();
    let mut out = Vec::with_capacity(blocks.len());
    for (i, block) in blocks.iter().enumerate() {
        if let (Some(level), false) = (block.level(), block.kind == Kind::Title) {
            open.retain(|o| o.level < level);
            let label = without_number(block.label());
            open.push(Open {
                level,
                // Below goals a heading such as 绿色转型成效明显 says what is to be.
                part: part(&label).filter(|p| *p != Part::Past || !open.iter().any(|o| o.part == Some(Part::Goals))),
                year: heading_year(&block.text[..block.head.map_or(block.text.len(), |h| h.end)], calendar)
                    .map(|(year, range)| (year, i, range)),
                block: i,
            });
        } else if block.kind == Kind::Title {
            open.clear();
        }
        out.push(Section {
            part: open.iter().rev().find_map(|o| o.part).unwrap_or(Part::Other),
            year: open.iter().rev().find_map(|o| o.year.clone()),
            heading: open.last().map(|o| o.block),
            titled: !open.is_empty(),
        });
    }
    out
}

/// A heading's words in simplified script without its numbering.
fn without_number(label: &str) -> String {
    let text = Plain::new(label).text;
    let number = |c: char| {
        c.is_ascii_digit()
            || crate::text::is_han_numeral(c)
            || matches!(c, '第' | '章' | '节' | '条' | '(' | ')' | '、' | '.' | ' ' | '-')
    };
    let body = text.trim_start_matches(number);
    // 三大工程 and the like begin with a numeral of their own.
    if body.is_empty() { text } else { body.to_owned() }
}

/// What a heading says of its section.
fn part(label: &str) -> Option<Part> {
    const GOALS: &str = "目标 指标 愿景 展望 预期成效 任务要求 考核要求";
    const PAST: &str = "发展基础 工作基础 现实基础 现状 现况 基础条件 产业基础 建设基础 成效 成就 回顾 \
        规划背景 发展背景 编制背景 背景 形势 存在问题 主要问题 问题与 困难 短板 挑战 机遇 \
        发展环境 概况 基本情况 进展情况 取得的 发展历程";
    const ACTS: &str = "补齐 补足 破解 解决 提升 强化 加强 推进 推动 抢抓 应对 优化 完善 健全 夯实 预期 \
        建设";
    if has(label, GOALS) {
        return Some(Part::Goals);
    }
    let states = ends(label, "现状 现况 概况 情况 背景 历程 形势");
    let acts = starts(label, ACTS) && !states && !each(PAST).any(|w| w == label);
    (label.chars().count() <= 16 && !acts && has(label, PAST)).then_some(Part::Past)
}

/// The year that a heading names as the one to reach: 近期目标（到2025年）, 2022年工作安排.
fn heading_year(label: &str, calendar: &Calendar) -> Option<(i16, Range<usize>)> {
    let plain = Plain::new(label);
    let mark: Mark = marks(&plain.text, calendar).into_iter().rfind(|m| matches!(m.when, When::Until | When::At))?;
    Some((mark.year?, plain.original(&mark.range)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Hints, SourceText};

    #[test]
    fn parts() {
        assert_eq!(part("发展现状"), Some(Part::Past));
        assert_eq!(part("补齐短板弱项"), None);
        assert_eq!(part("夯实产业基础"), None);
        assert_eq!(part("“十四五”发展目标"), Some(Part::Goals));
    }

    #[test]
    fn headings_give_part_and_year() {
        let raw = "一、发展基础\n（一）规模壮大。全市有10家。\n二、主要目标\n（一）近期目标（到2025年）\n达到20家。\n三、任务\n建设30家。\n";
        let source = SourceText::new(raw, &Hints::default());
        let found: Vec<_> =
            sections(&source.blocks, &Calendar::default()).into_iter().map(|s| (s.part, s.year.map(|y| y.0))).collect();
        assert_eq!(
            found,
            [
                (Part::Past, None),
                (Part::Past, None),
                (Part::Goals, None),
                (Part::Goals, Some(2025)),
                (Part::Goals, Some(2025)),
                (Part::Other, None),
                (Part::Other, None)
            ]
        );
    }
}
