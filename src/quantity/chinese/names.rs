//! What looks like a figure and is none: names, dates, list numbers, document numbers, manners.

use std::ops::Range;

use super::folded::Folded;
use super::units::{is_doubtful, unit_at};
use crate::text::is_han;

/// What makes a number before it a name or a rank of a list: 500强, 三类, 4A级.
const NAMING: &[char] = &[
    '强', '类', '号', '级', '型', '代', '维', '线', '大', '甲', '流', '环', '核', '园', '带', '极', '体', '链', '江',
    '版', '后', '中', '小', '高', '新',
];

/// Whether the digits at `i` are part of a name: letters beside them, a plus, a number sign, quotation marks.
pub(super) fn holds(text: &Folded, i: usize) -> bool {
    let before = text.before(i);
    let mut end = i;
    while text.at(end).is_some_and(|c| c.is_ascii_digit() || c == '.') {
        end += 1;
    }
    let after = text.at(end);
    let letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphabetic());
    let unit = unit_at(text, end);
    let counted = unit.is_some_and(|u| !is_doubtful(&text.text(end..end + u.len)));
    let model = (letter(before) && !counted) || (letter(after) && unit.is_none());
    let plus = after == Some('+') || before == Some('+');
    // CAR-T, GLP-1, COVID-19
    let joined = before == Some('-') && i >= 2 && text.at(i - 2).is_some_and(|c| c.is_ascii_alphabetic());
    let ordinal = before == Some('第');
    let numbered =
        matches!(before, Some('〔' | '[' | '【' | '〕' | ']')) || matches!(after, Some('号' | '〕' | ']' | '】' | '#'));
    // 7×24小时, 3×3
    let crossed = matches!(before, Some('×' | 'x' | 'X' | '*')) || matches!(after, Some('×' | '*'));
    // 每10万人口 is what another figure is per.
    let per = before == Some('每');
    model || per || plus || joined || ordinal || numbered || crossed || text.in_quotes(i)
}

/// 2027年, 3月, 31日, and periods of years: no counts.
pub(super) fn is_date(text: &Folded, i: usize, end: usize) -> bool {
    text.at(end).is_some_and(|c| matches!(c, '年' | '月' | '日' | '周')) && end - i <= 9
}

/// Whether what stands about a unit makes the whole a name: 100万级, 5位一体, 2期工程.
pub(super) fn is_named_unit(text: &Folded, i: usize, unit: Range<usize>, words: &str) -> bool {
    let after = text.at(unit.end);
    let bare_scale = words.chars().all(super::units::is_scale);
    let bounded = ["以内", "之内", "内", "以上", "以下"];
    let led = ["至", "到", "于", "超过", "少于", "至少"];
    let around_the_clock = words == "小时"
        && text.text(i..unit.start) == "24"
        && !text.starts_with_any(unit.end, &bounded)
        && !text.ends_with_any(i, &led);
    // 千吨级航道 is a class of them; money's classes are figures.
    let class = after == Some('级') && !words.ends_with('元') && !words.ends_with('亿');
    let unity = words == "位" && text.starts_with(unit.end, "一体");
    // 3个月内 is a span of time; what 由12个月缩短至6个月 says is to shrink.
    let shrinks = ["缩短为", "缩短至", "缩短到", "压缩为", "压缩至", "压缩到", "压减至", "降至", "降到"];
    let shrunk = ["缩短", "压缩", "压减", "降"];
    let shrinking = text.ends_with_any(i, &shrinks)
        || (text.ends_with_any(i, &["由", "从"]) && text.starts_with_any(unit.end, &shrunk));
    let span = words == "个月" && !shrinking;
    let doubtful = is_doubtful(words) && !counts(text, i, unit.end);
    (bare_scale && after.is_some_and(|c| NAMING.contains(&c))) || around_the_clock || class || unity || span || doubtful
}

/// Whether words about a doubtful unit say that it counts.
fn counts(text: &Folded, i: usize, end: usize) -> bool {
    const BEFORE: [&str; 16] = [
        "不少于",
        "不低于",
        "超过",
        "突破",
        "达到",
        "达",
        "至少",
        "举办",
        "开展",
        "组织",
        "实施",
        "建设",
        "建成",
        "完成",
        "每年",
        "新增",
    ];
    // What a measure rises or falls to; 到3类 or 至2期 would still be names.
    const TO: [&str; 10] = ["到", "至", "为", "在", "于", "增加", "提高", "减少", "降低", "缩短"];
    const MEASURES: [&str; 12] = ["米", "克", "天", "岁", "周岁", "度", "升", "秒", "分", "次", "P", "瓦"];
    const AFTER: [&str; 4] = ["以上", "左右", "以内", "\""];
    // 支持5000方会议: names are not counted in thousands.
    let thousands = text.text(i..end).bytes().take_while(u8::is_ascii_digit).count() >= 4;
    let names = MEASURES.iter().chain(&["路", "单位"]).any(|m| text.ends_with_any(end, &[m]));
    text.starts_with_any(end, &AFTER)
        || text.ends_with_any(i, &BEFORE)
        || (thousands && !names)
        || (text.ends_with_any(i, &TO) && MEASURES.iter().any(|m| text.ends_with_any(end, &[m])))
        || text.at(end).is_none_or(|c| matches!(c, ',' | '。' | ';' | '、'))
}

/// 前10, 排名前10, 进入前10; not 2025年前10家.
pub(super) fn is_rank(text: &Folded, i: usize) -> bool {
    text.before(i) == Some('前')
        && !i
            .checked_sub(2)
            .and_then(|b| text.at(b))
            .is_some_and(|c| matches!(c, '年' | '月' | '底' | '日' | '目' | '以' | '此' | '之'))
}

/// Whether 成 after a numeral at `at` means tenths.
pub(super) fn is_tenths(text: &Folded, at: usize) -> bool {
    const OTHER: &[char] =
        &['果', '立', '为', '长', '员', '套', '都', '熟', '交', '本', '功', '效', '就', '分', '年', '人', '品'];
    !text.at(at + 1).is_some_and(|c| OTHER.contains(&c))
}

/// 十万人死亡率: a round number of people that a rate is reckoned by.
pub(super) fn is_base(text: &Folded, numeral: Range<usize>, unit_end: usize, counter: &str) -> bool {
    let round = text.chars[numeral].iter().all(|c| super::units::is_scale(*c));
    let rate = (unit_end..unit_end + 6).map_while(|i| text.at(i)).take_while(|c| is_han(*c)).any(|c| c == '率');
    round && counter == "人" && rate
}

/// Whether a Han numeral with a counting word is a manner or a name: 统一个, 一种, 三个一批, 五个一工程.
pub(super) fn is_manner(text: &Folded, figure: Range<usize>, counter: &str, value: i128, han_before: bool) -> bool {
    const NAMED: &[&str] = &[
        "一", "方面", "月", "季度", "学期", "层", "环节", "维", "确", "坚", "转", "服务", "全面", "自信", "面向",
        "必须", "不", "统一", "结合", "阶段", "年", "务必", "倍增", "根本",
    ];
    const ADVERBS: &[char] =
        &['每', '同', '统', '另', '某', '任', '唯', '这', '那', '下', '逐', '同', '之', '进', '万'];
    // 二套房 is the second home.
    let home = counter == "套" && text.starts_with(figure.end, "房") && value <= 3;
    let named = home || (counter == "个" && text.starts_with_any(figure.end, NAMED));
    let adverb = text.before(figure.start).is_some_and(|c| ADVERBS.contains(&c));
    let one = value == 1
        && (adverb
            || matches!(counter, "种" | "人" | "场" | "条" | "支" | "处" | "件" | "套")
            || (han_before && counter == "人"));
    // 三人, 两名 of a name, 十堰 have no counting word; 一家 after a verb counts.
    named || one
}
