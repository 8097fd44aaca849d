//! What numbers are counted in: multipliers, counting words, measures.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::folded::Folded;

/// Counting words and measures that follow digits. What is counted follows them or stands before.
const UNITS: &[&str] = &[
    // money
    "元人民币",
    "澳门元",
    "新台币元",
    "英镑",
    "美元",
    "欧元",
    "港元",
    "日元",
    "元",
    "分钱",
    "角钱",
    // shares
    "个百分点",
    "百分点",
    "%",
    "‰",
    // areas, lengths, weights, volumes
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "㎡",
    "m²",
    "m2",
    "m³",
    "㎥",
    "km²",
    "km",
    "kg",
    "公里",
    "千米",
    "海里",
    "公顷",
    "亩",
    "米",
    "公斤",
    "千克",
    "蒸吨",
    "瓦",
    "吨标准煤",
    "千克标准煤",
    "公斤标准煤",
    "克标准煤",
    "吨公里",
    "载重吨",
    "公吨",
    "吨",
    "斤",
    "克",
    "升",
    "立方",
    "人公里",
    "车道公里",
    "芯公里",
    "延米",
    "平米",
    "公顷次",
    "亩次",
    "微克/立方米",
    "毫克/立方米",
    "毫克/升",
    "分贝",
    "度",
    "个标准箱",
    "标准箱",
    "标箱",
    "TEU",
    "个标准单位",
    // energy, computing
    "千瓦时",
    "吉瓦时",
    "兆瓦时",
    "瓦时",
    "千伏安",
    "千伏",
    "兆元",
    "瓩",
    "峰瓩",
    "兆伏安",
    "吉焦",
    "度电",
    "℃",
    "摄氏度",
    "Wh/kg",
    "TWh",
    "Wh",
    "千瓦",
    "兆瓦",
    "吉瓦",
    "MW",
    "GW",
    "kW",
    "kWh",
    "GWh",
    "MWh",
    "PFLOPS",
    "EFLOPS",
    "TOPS",
    "POPS",
    "EOPS",
    "P",
    "TB",
    "PB",
    "EB",
    "Gbps",
    "Tbps",
    "Mbps",
    // time as a measure
    "个工作日",
    "工作日",
    "个工作天",
    "工作天",
    "个月",
    "个小时",
    "毫秒",
    "微秒",
    "周岁",
    "小时",
    "分钟",
    "秒",
    "课时",
    "学时",
    "岁",
    "天",
    // people and events
    "人次",
    "人·次",
    "架次",
    "车次",
    "班次",
    "列次",
    "航次",
    "趟次",
    "诊次",
    "家次",
    "户次",
    "项次",
    "辆次",
    "课次",
    "剂次",
    "台次",
    "例次",
    "头次",
    "间夜",
    "工日",
    "标准班",
    "人",
    "名",
    "位",
    "户",
    "口",
    // things
    "家",
    "个",
    "项",
    "件",
    "张",
    "所",
    "种",
    "场次",
    "场",
    "块",
    "座",
    "条",
    "批次",
    "批",
    "次",
    "套",
    "台套",
    "台",
    "只",
    "款",
    "部",
    "支",
    "门",
    "处",
    "例",
    "起",
    "辆",
    "列",
    "艘",
    "架",
    "株",
    "枝",
    "盆",
    "头",
    "篇",
    "倍",
    "床",
    "间",
    "片",
    "席",
    "顶",
    "匹",
    "眼",
    "盒",
    "标台",
    "标准机架",
    "个标准机架",
    "核",
    "册",
    "颗",
    "枚",
    "份",
    "对",
    "宗",
    "幅",
    "尾",
    "羽",
    "卡",
    "期",
    "届",
    "轮",
    "道",
    "口井",
    "栋",
    "幢",
    "屏",
    "路",
    "组",
    "类",
    "间次",
    "站",
    "节",
    "首",
    "集",
    "档",
    "单",
    "单位",
    "格",
    "桩",
    "柱",
    "盏",
    "根",
    "棵",
    "箱",
    "桶",
    "把",
    "票",
    "分",
    "笔",
    "粒",
    "瓶",
    "剂",
    "针",
    "滴",
    "方",
    "层",
    "团",
    "队",
    "班",
    "村",
    "镇",
    "街",
    "街区",
    "社区",
    "城",
    "校",
    "院",
    "店",
    "馆",
    "园",
    "厂",
];

/// Units that name rather than count unless something before says that they count: 3类, 2期工程, 5路公交.
const DOUBTFUL: &[&str] = &[
    "类", "期", "届", "轮", "路", "组", "站", "节", "集", "档", "方", "层", "团", "队", "班", "村", "镇", "街", "街区",
    "社区", "城", "校", "院", "店", "馆", "园", "厂", "度", "米", "克", "天", "岁", "针", "剂", "道", "首", "屏", "P",
    "次", "升", "秒", "片", "分", "格", "单位", "柱", "箱", "把", "瓦", "核", "千伏", "顶", "眼", "匹", "盒", "立方",
];

/// Counting words that Han numerals count with. Fewer than [`UNITS`]: 一条 and 三次 are often no counts.
const HAN_COUNTERS: &[&str] = &[
    "个百分点",
    "个工作日",
    "万亿元",
    "亿元",
    "万元",
    "元",
    "家",
    "个",
    "项",
    "件",
    "名",
    "人",
    "张",
    "所",
    "种",
    "座",
    "款",
    "户",
    "套",
    "台",
    "倍",
    "场",
    "亩",
    "公里",
    "支",
    "条",
    "平方米",
    "平方公里",
    "吨",
    "辆",
    "艘",
    "处",
];

/// A list of units by what they begin with: few of some hundred can stand at a place.
struct Units {
    by_first: BTreeMap<char, Vec<&'static str>>,
    /// Those in letters, whose case may vary.
    latin: Vec<&'static str>,
}

static ALL: LazyLock<Units> = LazyLock::new(|| Units::of(UNITS));
static COUNTERS: LazyLock<Units> = LazyLock::new(|| Units::of(HAN_COUNTERS));
static BELOW: LazyLock<Units> = LazyLock::new(|| {
    // What may stand below the line of a unit that is per another: 吨/日, 公里/平方公里.
    Units::of(&["日", "年", "月", "季", "天", "时", "小时", "分钟", "秒", "人", "户", "亩", "班", "次"])
});

impl Units {
    fn of(list: &[&'static str]) -> Self {
        let mut out = Units { by_first: BTreeMap::new(), latin: Vec::new() };
        for &unit in list {
            match unit.chars().next() {
                Some(c) if c.is_ascii_alphabetic() => out.latin.push(unit),
                Some(c) => out.by_first.entry(c).or_default().push(unit),
                None => {}
            }
        }
        out
    }

    /// The units that may stand where this character does, in the order of the list.
    fn beginning(&self, c: char) -> &[&'static str] {
        if c.is_ascii_alphabetic() { &self.latin } else { self.by_first.get(&c).map(Vec::as_slice).unwrap_or_default() }
    }
}

/// Multipliers within a unit.
pub(super) fn is_scale(c: char) -> bool {
    matches!(c, '十' | '百' | '千' | '万' | '亿')
}

/// A unit: how many characters of it are multiplier, and how many it has in all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    pub(super) scale: usize,
    pub(super) len: usize,
}

/// The unit that stands at `i`: multiplier, noun, or both. The longest reading wins: 万千瓦 is 万 and 千瓦.
pub(super) fn unit_at(text: &Folded, i: usize) -> Option<Unit> {
    let scales = (0..3).take_while(|n| text.at(i + n).is_some_and(is_scale)).count();
    (0..=scales)
        .filter_map(|scale| {
            let noun = noun_at(text, i + scale);
            (scale + noun > 0).then_some(Unit { scale, len: scale + noun })
        })
        .max_by_key(|u| (u.len, u.len - u.scale))
        .map(|unit| {
            let end = i + unit.len;
            if unit.len == unit.scale || text.at(end) != Some('/') {
                return unit;
            }
            // 元/千瓦时: 千 is no multiplier there, 万 in 台/万人 is one.
            let below = (0..=usize::from(text.at(end + 1).is_some_and(is_scale)))
                .filter_map(|scaled| {
                    let at = end + 1 + scaled;
                    let noun = noun_at(text, at).max(longest(text, at, &BELOW).map_or(0, |(_, len)| len));
                    (noun > 0).then_some(scaled + noun)
                })
                .max();
            below.map_or(unit, |below| Unit { len: unit.len + 1 + below, ..unit })
        })
}

/// The noun that stands at `i` (after 余 or 多), as its length.
pub(super) fn noun_at(text: &Folded, i: usize) -> usize {
    longest(text, i, &ALL).map_or(0, |(_, len)| len)
}

/// Whether a unit names unless words before it say that it counts.
pub(super) fn is_doubtful(words: &str) -> bool {
    DOUBTFUL.contains(&words)
}

/// The counting word of a Han numeral that ends at `i`. A number of ten or more counts with any unit.
pub(super) fn han_counter(text: &Folded, i: usize, large: bool) -> Option<&'static str> {
    let few = longest(text, i, &COUNTERS);
    let any = longest(text, i, &ALL).filter(|(unit, _)| large && !is_doubtful(unit));
    few.into_iter().chain(any).max_by_key(|(_, len)| *len).map(|(unit, _)| unit)
}

/// The longest of a list that stands at `i`, and how many characters it takes there.
fn longest(text: &Folded, i: usize, list: &Units) -> Option<(&'static str, usize)> {
    list.beginning(text.at(i)?)
        .iter()
        .copied()
        .filter_map(|u| Some((u, length(text, i, u)?)))
        .max_by_key(|(_, len)| *len)
}

/// How many characters `unit` takes at `i`; a Latin one may be broken by a line: T␣bps.
fn length(text: &Folded, i: usize, unit: &str) -> Option<usize> {
    // Words that only begin as a counting word does.
    const LONGER: [&str; 5] = ["部门", "部分", "组织", "站点", "级别"];
    let stands = text.starts_with(i, unit);
    if stands && LONGER.iter().any(|w| w.starts_with(unit) && text.starts_with(i, w)) {
        return None;
    }
    if stands && !unit.ends_with(|c: char| c.is_ascii_alphabetic()) {
        return Some(unit.chars().count());
    }
    if !unit.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let mut at = i;
    for (n, c) in unit.chars().enumerate() {
        if n > 0 && text.at(at) == Some(' ') {
            at += 1;
        }
        // PFlops, KW: letters vary in case, but for a single one.
        let same =
            text.at(at) == Some(c) || (unit.len() > 1 && text.at(at).is_some_and(|t| t.eq_ignore_ascii_case(&c)));
        if !same {
            return None;
        }
        at += 1;
    }
    // Latin units end where the letters end: P is no unit in PCR.
    (!text.at(at).is_some_and(|c| c.is_ascii_alphanumeric())).then_some(at - i)
}
