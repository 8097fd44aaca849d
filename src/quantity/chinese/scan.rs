//! Numbers and their units in folded Chinese text.

use std::ops::Range;

use super::folded::Folded;
use super::names;
use super::numerals::{decimal, han_number};
use super::units::{self, is_scale, unit_at};
use crate::quantity::Number;
use crate::source::normal::EDGE;
use crate::text::{is_han, is_han_numeral};

/// What kind of number stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A number, or a range.
    Plain,
    /// 百亿级, 100亿级.
    Magnitude,
    /// 前10.
    Rank,
    /// 倍增, 翻一番, 减半, 3倍: a multiple of what there was.
    Multiple,
    /// 零的突破.
    First,
}

/// A number with its unit, and where it stands among the folded characters.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) chars: Range<usize>,
    pub(super) low: Number,
    pub(super) high: Number,
    /// In simplified script.
    pub(super) unit: String,
    /// In the text's own script.
    pub(super) own_unit: String,
    pub(super) shape: Shape,
    /// 余, 多 after the number: somewhat more.
    pub(super) and_more: bool,
}

impl Figure {
    fn new(chars: Range<usize>, value: Number, unit: &str, shape: Shape) -> Self {
        let unit = unit.to_owned();
        Figure { chars, low: value, high: value, own_unit: unit.clone(), unit, shape, and_more: false }
    }

    /// With the unit that stands at `at`.
    fn with_unit(mut self, text: &Folded, at: Range<usize>) -> Self {
        self.unit = text.text(at.clone()).replace(' ', "");
        self.own_unit = text.own(at).replace(' ', "");
        self
    }
}

/// All figures of a text, in order.
pub(super) fn figures(text: &Folded) -> Vec<Figure> {
    let mut out: Vec<Figure> = Vec::new();
    let mut i = 0;
    while i < text.chars.len() {
        if let Some(figure) = idiom(text, i).or_else(|| ascii(text, i)).or_else(|| han(text, i)) {
            i = figure.chars.end.max(i + 1);
            out.push(figure);
        } else {
            i = skip_number(text, i);
        }
    }
    out
}

/// Past the whole of a number that is no figure, so that its tail is not taken for one.
fn skip_number(text: &Folded, i: usize) -> usize {
    if text.at(i).is_some_and(is_han_numeral) {
        return (i..).find(|&n| !text.at(n).is_some_and(is_han_numeral)).unwrap_or(i + 1);
    }
    let numeric = |c: char| c.is_ascii_digit() || c == '.';
    if !text.at(i).is_some_and(|c| c.is_ascii_digit()) {
        return i + 1;
    }
    (i + 1..).find(|&n| !text.at(n).is_some_and(numeric)).unwrap_or(i + 1)
}

fn whole(n: i128) -> Option<Number> {
    Number::new(n, 1)
}

/// Words that say a figure without a number.
fn idiom(text: &Folded, i: usize) -> Option<Figure> {
    const FIRST: [&str; 8] =
        ["破零", "\"破零\"", "零的突破", "\"零\"的突破", "零突破", "\"零\"突破", "\"零的突破\"", "0的突破"];
    const MULTIPLES: [(&str, i128, i128); 8] = [
        ("翻一番", 2, 1),
        ("翻1番", 2, 1),
        ("翻两番", 4, 1),
        ("翻2番", 4, 1),
        ("翻番", 2, 1),
        ("翻倍", 2, 1),
        ("倍增", 2, 1),
        ("减半", 1, 2),
    ];
    if let Some(words) = half(text, i).or_else(|| first_place(text, i)) {
        return Some(words);
    }
    if !matches!(text.at(i)?, '零' | '"' | '0' | '破' | '翻' | '倍' | '减') {
        return None;
    }
    if let Some(words) = FIRST.iter().find(|w| text.starts_with(i, w)) {
        // What is counted stands before, with no counting word.
        return Some(Figure::new(i..i + words.chars().count(), whole(1)?, "", Shape::First));
    }
    let (words, above, below) = MULTIPLES.iter().find(|(w, ..)| text.starts_with(i, w))?;
    let end = i + words.chars().count();
    // 倍增计划, 倍增行动 and 倍增式发展 are names and manners; 减半征收 is a tax rule; 由20%倍增至40% says to what.
    let named = ["至", "到", "计", "行", "式", "工", "器", "效", "型", "征", "收", "执"];
    if text.starts_with_any(end, &named) || (*words == "倍增" && text.before(i) == Some('质')) {
        return None;
    }
    Some(Figure::new(i..end, Number::new(*above, *below)?, "倍", Shape::Multiple))
}

/// 一半, 半数, 过半
fn half(text: &Folded, i: usize) -> Option<Figure> {
    let whole = ["一半", "半数"].iter().any(|w| text.starts_with(i, w));
    let passed = text.at(i) == Some('半')
        && text.before(i) == Some('过')
        && text.at(i + 1).is_none_or(|c| matches!(c, ',' | '。' | ';' | '、' | '的'));
    let len = if whole { 2 } else { 1 };
    (whole || passed).then_some(Figure::new(i..i + len, Number::new(1, 2)?, "", Shape::Plain))
}

/// 保持全国首位
fn first_place(text: &Folded, i: usize) -> Option<Figure> {
    const AMONG: [&str; 10] = ["全国", "全省", "全市", "全区", "全球", "世界", "国内", "亚洲", "地区", "城市"];
    const PLACED: [&str; 6] = ["居", "列", "保持", "位于", "排名", "跃升"];
    let placed = text.starts_with(i, "首位") && text.ends_with_any(i, &AMONG);
    let before = text.text(text.run_before(i, &[',', '。', ';', '、']));
    (placed && PLACED.iter().any(|w| before.contains(w)))
        .then(|| Some(Figure::new(i..i + 2, whole(1)?, "位", Shape::Rank)))
        .flatten()
}

/// A figure in ASCII digits that begins at `i`.
fn ascii(text: &Folded, i: usize) -> Option<Figure> {
    if !text.at(i)?.is_ascii_digit() {
        return None;
    }
    if let Some(rank) = ordinal_rank(text, i) {
        return Some(rank);
    }
    if names::holds(text, i) {
        return None;
    }
    let (low, number_end) = decimal(text, i)?;
    if text.at(number_end) == Some('/') && text.at(number_end + 1).is_some_and(|c| c.is_ascii_digit()) {
        return fraction(text, i, number_end);
    }
    let mut end = number_end;
    let mut unit = unit_at(text, end);
    let mut high = low;
    // The unit of a range belongs to both ends, and may stand at both.
    for at in [end, end + unit.map_or(0, |u| u.len)] {
        let dash = text.at(at).is_some_and(|c| matches!(c, '-' | '至' | '到'));
        // 从26个到35个 are two figures.
        let dash = dash && (text.at(at) == Some('-') || !opens_span(text, i));
        if dash && text.at(at + 1).is_some_and(|c| c.is_ascii_digit()) {
            let (upper, upper_end) = decimal(text, at + 1)?;
            high = upper;
            end = upper_end;
            unit = unit_at(text, end);
            break;
        }
    }
    let mut figure = Figure::new(i..end, low, "", Shape::Plain);
    figure.high = high;
    if text.at(end).is_some_and(|c| matches!(c, '余' | '多' | '来')) {
        // 1700余家, 3000多亿元
        let unit = unit_at(text, end + 1)?;
        figure.and_more = true;
        figure.chars.end = end + 1 + unit.len;
        return Some(figure.with_unit(text, end + 1..end + 1 + unit.len));
    }
    if is_years(text, i, end) {
        figure.chars.end = end + 1;
        return Some(figure.with_unit(text, end..end + 1));
    }
    let Some(unit) = unit else {
        if is_index(text, i, end) {
            return Some(figure);
        }
        return (names::is_rank(text, i) && !names::is_date(text, i, end))
            .then(|| Figure { shape: Shape::Rank, ..figure.unit_words("位") });
    };
    let unit_end = end + unit.len;
    if unit.scale == unit.len && text.at(unit_end).is_some_and(|c| matches!(c, '余' | '多')) {
        // 17万多名: the multiplier, then 多, then the noun.
        let noun = units::noun_at(text, unit_end + 1);
        let noun = unit_end + 1..unit_end + 1 + noun;
        figure.and_more = true;
        figure.unit = format!("{}{}", text.text(end..unit_end), text.text(noun.clone()));
        figure.own_unit = format!("{}{}", text.own(end..unit_end), text.own(noun.clone()));
        figure.chars.end = noun.end;
        return Some(figure);
    }
    if let Some(figure) = mixed(text, i, low, end..unit_end) {
        return Some(figure);
    }
    let words = text.text(end..unit_end);
    if let Some(level) = magnitude_end(text, &words, unit_end) {
        figure.chars.end = level;
        figure.shape = Shape::Magnitude;
        let yuan = if words.ends_with('元') { "" } else { "元" };
        figure.unit = format!("{words}{yuan}");
        figure.own_unit = format!("{}{yuan}", text.own(end..unit_end));
        return Some(figure);
    }
    if names::is_date(text, i, end) || names::is_named_unit(text, i, end..unit_end, &words) {
        return None;
    }
    figure.chars.end = unit_end;
    let figure = figure.with_unit(text, end..unit_end);
    if names::is_rank(text, i) {
        let figure = if matches!(words.as_str(), "%" | "‰") { figure } else { figure.unit_words("位") };
        return Some(Figure { shape: Shape::Rank, ..figure });
    }
    if words == "倍" {
        return Some(times(text, figure));
    }
    Some(figure)
}

/// 1万2856处: what follows the multiplier goes on with the number.
fn mixed(text: &Folded, i: usize, above: Number, scale: Range<usize>) -> Option<Figure> {
    let power = match text.text(scale.clone()).as_str() {
        "万" => 10_000,
        "亿" => 100_000_000,
        _ => return None,
    };
    if !text.at(scale.end).is_some_and(|c| c.is_ascii_digit()) {
        return None;
    }
    let (below, end) = decimal(text, scale.end)?;
    let rest = below.whole().filter(|n| *n < power)?;
    let unit = unit_at(text, end)?;
    if unit.scale > 0 {
        // 1亿2000万元
        return None;
    }
    let value = whole(above.whole()?.checked_mul(power)?.checked_add(rest)?)?;
    let figure = Figure::new(i..end + unit.len, value, "", Shape::Plain);
    Some(figure.with_unit(text, end..end + unit.len))
}

/// 受教育年限11.5年 is a measure, not a date.
fn is_years(text: &Folded, i: usize, end: usize) -> bool {
    text.at(end) == Some('年')
        && end - i <= 4
        && text.text(text.run_before(i, &[',', '。', ';'])).contains("受教育年限")
}

/// A number without a unit that a measure of its own kind reaches: 系数提高到0.58以上, PUE降至1.2以下.
fn is_index(text: &Folded, i: usize, end: usize) -> bool {
    const INDEXES: [&str; 14] = [
        "系数",
        "指数",
        "PUE",
        "电能利用效率",
        "比值",
        "得分",
        "评分",
        "分值",
        "恩格尔",
        "能效比",
        "死亡率",
        "倍差",
        "收入比",
        "之比",
    ];
    const REACHED: [&str; 14] = ["到", "至", "达", "过", "于", "为", "在", "突破", "超", "不高于", "≤", "≥", "<", ">"];
    const CLOSED: [&str; 10] = ["以上", "以下", "以内", "左右", ",", "。", ";", "、", ")", "及以"];
    let closed = text.at(end).is_none() || text.starts_with_any(end, &CLOSED) || text.at(end) == Some(EDGE);
    let before = text.text(text.run_before(i, &[',', '。', ';', '、']));
    // 占比降为0
    let gone = text.text(i..end) == "0" && text.ends_with_any(i, &["降为", "降至", "降到"]);
    closed && (gone || text.ends_with_any(i, &REACHED) && INDEXES.iter().any(|w| before.contains(w)))
}

impl Figure {
    fn unit_words(mut self, unit: &str) -> Self {
        unit.clone_into(&mut self.unit);
        unit.clone_into(&mut self.own_unit);
        self
    }
}

/// Whether 从 or 由 stands before the words of a figure: what follows 到 is then a figure of its own.
fn opens_span(text: &Folded, i: usize) -> bool {
    let run = text.run_before(i, &[',', '。', ';', '、', '(']);
    let words = text.text(run.start.max(i.saturating_sub(12))..i);
    // 增加1500个至6000个: by so much, to so much; 增加30%至40% is a range.
    let counts = decimal(text, i).is_some_and(|(_, end)| unit_at(text, end).is_some() && text.at(end) != Some('%'));
    words.contains('从') || words.contains('由') || (counts && text.ends_with_any(i, &["增加"]))
}

/// 3倍; 增长1倍 is twice what there was.
fn times(text: &Folded, mut figure: Figure) -> Figure {
    const GROWN: [&str; 8] = ["增长", "提高", "增加", "扩大", "提升", "上升", "增长了", "提高了"];
    figure.shape = Shape::Multiple;
    let start = (0..2).find_map(|n| {
        let at = figure.chars.start.checked_sub(n)?;
        (n == 0 || matches!(text.at(at), Some('约' | '近'))).then_some(at).filter(|at| text.ends_with_any(*at, &GROWN))
    });
    if start.is_some()
        && let Some(one) = whole(1)
        && let (Some(low), Some(high)) = (figure.low.checked_add(one), figure.high.checked_add(one))
    {
        (figure.low, figure.high) = (low, high);
    }
    figure
}

/// 第3位 in 位居全省第3位, 第一 in 保持全国第一; 第一方阵 and 第三产业 are no ranks.
fn ordinal_rank(text: &Folded, i: usize) -> Option<Figure> {
    const PLACED: [&str; 12] = ["居", "列", "排名", "名列", "进入", "跃升", "升至", "保持", "稳居", "位于", "由", "从"];
    if text.before(i) != Some('第') {
        return None;
    }
    let (value, end) = decimal(text, i).or_else(|| {
        let end = numerals_end(text, i);
        Some((whole(han_number(text.chars.get(i..end)?)?)?, end))
    })?;
    let before = text.text(text.run_before(i, &[',', '。', ';', '、']));
    let placed = PLACED.iter().any(|w| before.contains(w));
    let named = text.at(end).is_some_and(|c| matches!(c, '位' | '名'));
    let closed = text.at(end).is_none_or(|c| matches!(c, ',' | '。' | ';' | '、' | ')'));
    (placed && (named || closed)).then(|| Figure::new(i..end + usize::from(named), value, "位", Shape::Rank))
}

fn fraction(text: &Folded, i: usize, slash: usize) -> Option<Figure> {
    let (above, _) = decimal(text, i)?;
    let (below, end) = decimal(text, slash + 1)?;
    let value = Number::new(above.whole()?, below.whole()?)?;
    // 24/7, 7/24 are manners; a share is below one.
    (value < whole(1)? && below != whole(24)?).then(|| Figure::new(i..end, value, "", Shape::Plain))
}

/// 100亿级, 100亿元级: the end of an order of magnitude of money.
fn magnitude_end(text: &Folded, unit: &str, end: usize) -> Option<usize> {
    let money = unit.ends_with('亿') || unit.ends_with("亿元");
    (money && text.at(end) == Some('级')).then_some(end + 1)
}

/// A figure in Han numerals that begins at `i`.
fn han(text: &Folded, i: usize) -> Option<Figure> {
    let first = text.at(i)?;
    let before = text.before(i);
    if !is_han_numeral(first) || before.is_some_and(is_han_numeral) || text.in_quotes(i) {
        return None;
    }
    if before == Some('第') {
        return ordinal_rank(text, i);
    }
    // 第三, 数十, 每万人口: an ordinal, a vague count, what another figure is per.
    if matches!(before, Some('第' | '数' | '几' | '若' | '每' | '十')) || before.is_some_and(|c| c.is_ascii_digit())
    {
        return None;
    }
    let end = numerals_end(text, i);
    if text.starts_with(end, "分之") {
        return han_fraction(text, i, end);
    }
    if let Some(figure) = han_magnitude(text, i, end).or_else(|| bare_sum(text, i, end)) {
        return Some(figure);
    }
    if text.starts_with_any(end, &["至", "到"]) && text.at(end + 1).is_some_and(is_han_numeral) {
        let upper_end = numerals_end(text, end + 1);
        let mut figure = han_count(text, end + 1, upper_end)?;
        figure.low = whole(han_number(&text.chars[i..end])?)?;
        figure.chars.start = i;
        return (figure.low < figure.high).then_some(figure);
    }
    han_count(text, i, end)
}

fn numerals_end(text: &Folded, i: usize) -> usize {
    (i..).find(|&n| !text.at(n).is_some_and(is_han_numeral)).unwrap_or(i)
}

/// 三分之一, 百分之十
fn han_fraction(text: &Folded, i: usize, end: usize) -> Option<Figure> {
    let below = han_number(&text.chars[i..end])?;
    let tail = numerals_end(text, end + 2);
    let above = han_number(text.chars.get(end + 2..tail)?).filter(|_| tail > end + 2)?;
    match below {
        100 => Some(Figure::new(i..tail, whole(above)?, "%", Shape::Plain)),
        1000 => Some(Figure::new(i..tail, whole(above)?, "‰", Shape::Plain)),
        _ => Some(Figure::new(i..tail, Number::new(above, below)?, "", Shape::Plain)),
    }
}

/// 百亿级, 千亿元级
fn han_magnitude(text: &Folded, i: usize, end: usize) -> Option<Figure> {
    if text.at(end.checked_sub(1)?) != Some('亿') {
        return None;
    }
    let level = if text.at(end) == Some('元') { end + 1 } else { end };
    if text.at(level) != Some('级') {
        return None;
    }
    let count = if end - 1 > i { han_number(&text.chars[i..end - 1])? } else { 1 };
    let figure = Figure::new(i..level + 1, whole(count)?, "亿元", Shape::Magnitude);
    Some(Figure { own_unit: format!("{}元", text.own(end - 1..end)), ..figure })
}

/// A number in Han numerals with its counting word, a share in tenths, or a rank.
fn han_count(text: &Folded, i: usize, mut end: usize) -> Option<Figure> {
    let before = text.before(i);
    let and_more = end > i + usize::from(text.at(i) != Some('十'))
        && text.at(end).is_some_and(|c| matches!(c, '余' | '多'))
        || (text.at(i) == Some('十') && text.at(end).is_some_and(|c| matches!(c, '余' | '多')));
    // 亿元 by itself is a unit.
    if text.chars[i..end].iter().all(|c| matches!(c, '万' | '亿')) {
        return None;
    }
    let value = han_number(&text.chars[i..end])?;
    // 五成
    if text.at(end) == Some('成') && value < 10 && names::is_tenths(text, end) {
        // 一成半
        let half = text.at(end + 1) == Some('半');
        let (end, value) = if half { (end + 2, value * 10 + 5) } else { (end + 1, value * 10) };
        return Some(Figure::new(i..end, whole(value)?, "%", Shape::Plain));
    }
    if names::is_rank(text, i) && !text.at(end).is_some_and(|c| matches!(c, '期' | '年' | '季' | '个' | '批' | '天'))
    {
        let named = usize::from(text.at(end).is_some_and(|c| matches!(c, '位' | '名' | '强')));
        return Some(Figure::new(i..end + named, whole(value)?, "位", Shape::Rank));
    }
    // The multiplier at the end belongs to the unit: 五千万元 is 5000 万元.
    let mut number_end = end;
    while number_end > i + 1 && matches!(text.chars[number_end - 1], '万' | '亿') {
        number_end -= 1;
    }
    let value = if number_end < end { han_number(&text.chars[i..number_end])? } else { value };
    if and_more {
        end += 1;
    }
    let points = || {
        (text.at(end) == Some('分') && value >= 10 && text.starts_with_any(end + 1, &["以上", ",", "。"]))
            .then_some("分")
    };
    let counter = units::han_counter(text, end, value >= 10 || number_end < end).or_else(points)?;
    let unit_end = end + counter.chars().count();
    // 万吨级泊位 are of a class.
    if text.at(unit_end) == Some('级') && !counter.ends_with('元') {
        return None;
    }
    if names::is_base(text, i..end, unit_end, counter) {
        return None;
    }
    if !and_more && names::is_manner(text, i..unit_end, counter, value, before.is_some_and(is_han)) {
        return None;
    }
    let mut figure = Figure::new(i..unit_end, whole(value)?, "", Shape::Plain);
    figure.and_more = and_more;
    let scale = number_end..end - usize::from(and_more);
    figure.unit = format!("{}{}", text.text(scale.clone()), text.text(end..unit_end));
    figure.own_unit = format!("{}{}", text.own(scale), text.own(end..unit_end));
    Some(if counter == "倍" { times(text, figure) } else { figure })
}

/// 亿元, 百亿元, 万亿规模: a sum of money said by its multiplier alone.
fn bare_sum(text: &Folded, i: usize, end: usize) -> Option<Figure> {
    const SIZED: [&str; 9] = ["规模", "产业", "集群", "企业", "园区", "目标", "大关", "台阶", "项目"];
    const REACHED: [&str; 13] =
        ["达到", "达", "过", "超", "突破", "破", "瞄准", "迈向", "冲刺", "跨", "跃上", "迈上", "站上"];
    let (count, unit) = match text.text(i..end).as_str() {
        "亿" => (1, "亿"),
        "十亿" => (10, "亿"),
        "百亿" => (100, "亿"),
        "千亿" => (1000, "亿"),
        "万亿" => (1, "万亿"),
        _ => return None,
    };
    let money = text.at(end) == Some('元');
    let end = end + usize::from(money);
    let edge = |at: Option<char>| at.is_none_or(|c| matches!(c, EDGE | '(' | ')' | ':' | '/'));
    if text.at(end).is_some_and(is_scale)
        || (edge(text.before(i)) && edge(text.at(end)))
        || text.starts_with(i, "亿元/")
    {
        return None;
    }
    let sized = text.starts_with_any(end, &SIZED) || text.starts_with(end, "以上");
    let reached = text.ends_with_any(i, &REACHED) && !text.at(end).is_some_and(|c| is_han(c) && c != '的');
    // 单位:亿元 counts nothing.
    if !(sized || reached || (money && count > 1)) {
        return None;
    }
    let unit = format!("{unit}{}", if money { "元" } else { "" });
    Some(Figure::new(i..end, whole(count)?, &unit, Shape::Plain))
}
