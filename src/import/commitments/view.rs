//! A figure and the words around it, at four distances.

use std::ops::Range;

use super::super::plain::{each, ends_clause, ends_part, ends_sentence, stretch};
use crate::quantity::reading::Reading;

/// A figure in a block's words in comparison form.
pub(super) struct View<'a> {
    pub(super) text: &'a str,
    /// The number with its unit.
    pub(super) at: Range<usize>,
    /// From comma to comma.
    pub(super) clause: Range<usize>,
    /// From semicolon to semicolon.
    pub(super) part: Range<usize>,
    /// From full stop to full stop.
    pub(super) sentence: Range<usize>,
    pub(super) reading: &'a Reading,
    /// The unit in simplified script.
    pub(super) unit: String,
}

/// What kind of thing a figure counts, as far as the rules care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Money,
    /// Hundredths, thousandths, fractions, percentage points.
    Share,
    /// Multiples of what was.
    Multiple,
    Rank,
    /// Working days, hours, minutes.
    Time,
    People,
    /// Things that are counted one by one.
    Count,
    /// Lengths, areas, weights, power.
    Measure,
}

impl<'a> View<'a> {
    pub(super) fn new(text: &'a str, at: Range<usize>, reading: &'a Reading, unit: String) -> Self {
        View {
            clause: stretch(text, &at, ends_clause),
            part: stretch(text, &at, ends_part),
            sentence: stretch(text, &at, ends_sentence),
            text,
            at,
            reading,
            unit,
        }
    }

    /// Of its clause, what stands before it.
    pub(super) fn before(&self) -> &'a str {
        &self.text[self.clause.start..self.at.start]
    }

    /// Of its clause, what stands after it.
    pub(super) fn after(&self) -> &'a str {
        &self.text[self.at.end..self.clause.end]
    }

    pub(super) fn clause(&self) -> &'a str {
        &self.text[self.clause.clone()]
    }

    pub(super) fn part(&self) -> &'a str {
        &self.text[self.part.clone()]
    }

    pub(super) fn sentence(&self) -> &'a str {
        &self.text[self.sentence.clone()]
    }

    /// What stands before it in its part of the sentence.
    pub(super) fn part_before(&self) -> &'a str {
        &self.text[self.part.start..self.at.start]
    }

    /// What follows it in its part of the sentence.
    pub(super) fn part_after(&self) -> &'a str {
        &self.text[self.at.end..self.part.end]
    }

    /// What stands right before it, words of bound left aside.
    pub(super) fn led_by(&self) -> &'a str {
        const BOUNDS: &str = "不得少于 不得低于 不得超过 不少于 不低于 不高于 不超过 不小于 不大于 至少 最高 最多 \
            最低 最少 超过 突破 高于 低于 超 逾 约 近 为 达到 达 共";
        let mut words = self.before();
        while let Some(rest) = each(BOUNDS).find_map(|b| words.strip_suffix(b)) {
            words = rest;
        }
        words
    }

    /// What follows right after it, words of bound left aside; and whether there were any.
    pub(super) fn then(&self) -> (&'a str, bool) {
        const BOUNDS: [&str; 13] =
            ["及以上", "及以下", "或以上", "以上", "以下", "以内", "之内", "左右", "上下", "级以上", "余", "多", "内"];
        let mut words = self.after();
        // 20万人口以上的城镇
        if self.unit.ends_with('人') {
            words = words.strip_prefix('口').unwrap_or(words);
        }
        // 2亿元(含)以上
        let inclusive = self.text[self.at.end..].strip_prefix("(含)");
        if let Some(rest) = inclusive {
            let end = rest.find(ends_clause).unwrap_or(rest.len());
            words = &rest[..end];
        }
        for bound in BOUNDS {
            if let Some(rest) = words.strip_prefix(bound) {
                return (rest, true);
            }
        }
        (words, false)
    }

    /// The words before the item that it stands in: what follows the last 、 or comma.
    pub(super) fn item(&self) -> &'a str {
        let before = self.before();
        before.rsplit('、').next().unwrap_or(before)
    }

    pub(super) fn family(&self) -> Family {
        use crate::content::targets::Bound;
        const TIMES: &str = "个工作日 工作日 个工作天 工作天 个月 个小时 小时 分钟 毫秒 微秒 秒 天 日";
        const COUNTS: &str = "家 个 项 件 张 所 种 场次 场 块 座 条 批次 批 次 套 台套 台 只 款 部 支 门 \
            处 例 起 辆 艘 架 株 头 篇 床 间 片 席 册 颗 枚 份 对 宗 幅 户 名 位 期 \
            届 轮 道 栋 幢 组 类 站 首 集 单 格 桩 箱 家次 户次 项次 人次 架次 班次 车次 \
            列次 例次 辆次 村 镇 街区 社区 园 馆 校";
        match self.reading.bound {
            Bound::Rank => return Family::Rank,
            Bound::Multiple => return Family::Multiple,
            Bound::Magnitude => return Family::Money,
            _ => {}
        }
        let unit = self.unit.as_str();
        let noun = unit.trim_start_matches(['十', '百', '千', '万', '亿']);
        match noun {
            "%" | "‰" | "个百分点" | "百分点" => Family::Share,
            "" if unit.is_empty() && self.reading.low.fraction().is_some() => Family::Share,
            "" if unit.ends_with('亿') => Family::Money,
            "" if unit.is_empty() => Family::Measure,
            "" => Family::Count,
            "人" => Family::People,
            _ if noun.ends_with('元') || noun.ends_with("元人民币") || noun.ends_with('钱') => Family::Money,
            _ if each(TIMES).any(|w| w == noun) => Family::Time,
            _ if each(COUNTS).any(|w| w == noun) => Family::Count,
            _ => Family::Measure,
        }
    }
}
