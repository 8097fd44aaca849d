//! The bar that each counted thing must pass, put to the count that it belongs to.
//!
//! 营业收入超500亿元企业1家: a sum with a bound of its own, a noun, then the count. 5个100亿级集群: the count,
//! then what each is.

use super::super::reading::Reading;
use super::folded::Folded;
use super::scan::{Figure, Shape};
use super::units::is_scale;
use crate::content::targets::Bound;

/// What one figure of a row says for the others: 分别达到4.5平方米、5.8平方米以上 bounds both, and
/// 达到150万辆、力争200万 counts the same.
pub(super) fn shared(text: &Folded, read: &mut [(Figure, Reading)]) {
    for i in 1..read.len() {
        let (before, rest) = read.split_at_mut(i);
        let ((first, from), (figure, reading)) = (&before[i - 1], &mut rest[0]);
        let scaled = !figure.unit.is_empty() && figure.unit.chars().all(is_scale);
        let noun = from.unit.strip_prefix(reading.unit.as_str()).filter(|n| !n.is_empty());
        let words = between(text, first, figure);
        let words = words.trim_start_matches("以上").trim_start_matches("左右");
        let goes_on = words.starts_with(['、', ',']) && words.chars().count() <= 6 && !words.contains('。');
        let again = ["力争", "争取", "突破", "超过", "达到", "冲刺"].iter().any(|w| words.contains(w));
        if scaled
            && goes_on
            && again
            && let Some(noun) = noun
            && !noun.ends_with(is_scale)
        {
            figure.unit.push_str(noun);
            reading.unit = format!("{}{noun}", reading.unit);
        }
    }
    for i in (1..read.len()).rev() {
        let bound = read[i].1.bound;
        let behind = matches!(bound, Bound::AtLeast | Bound::AtMost | Bound::About);
        let stop = read[i].0.chars.end;
        let said_behind = text.starts_with_any(stop, &["以上", "及以上", "以下", "以内", "之内", "左右"]);
        if !(behind && said_behind) {
            continue;
        }
        let mut first = i;
        while first > 0
            && matches!(between(text, &read[first - 1].0, &read[first].0).as_str(), "、" | "和" | "与" | "及")
            && read[first - 1].1.bound == Bound::Reach
        {
            first -= 1;
        }
        let clause = text.run_before(read[first].0.chars.start, &[',', '。', ';', '、']);
        let clause = text.text(clause.start.max(read[first].0.chars.start.saturating_sub(12))..clause.end);
        if clause.rsplit_once("分别").is_some_and(|(_, said)| !said.contains(|c: char| c.is_ascii_digit())) {
            read[first..i].iter_mut().for_each(|(_, reading)| reading.bound = bound);
        }
    }
}

/// Most characters between a bar and the count of the things that pass it.
const NEAR: usize = 30;

/// Puts bars to counts; a bar is then no figure of its own. Figures and readings stand in pairs.
pub(super) fn each(text: &Folded, read: Vec<(Figure, Reading)>) -> Vec<Reading> {
    let mut out: Vec<Reading> = Vec::new();
    let mut rest = read.into_iter().peekable();
    while let Some((figure, mut reading)) = rest.next() {
        if is_count(&figure) {
            // 5个100亿级…, 5个以上税收过10亿元的…
            if let Some((_, bar)) = rest.peek().filter(|(f, r)| is_bar(f, r) && is_attribute(text, &figure, f, r)) {
                reading.each = Some(Box::new(bar.clone()));
                rest.next();
            }
            out.push(reading);
            continue;
        }
        if (is_bar(&figure, &reading) || is_described(text, &figure, &reading))
            && let Some((_, count)) =
                rest.peek().filter(|(f, _)| is_count(f) && counts_what_passes(text, &figure, &reading, f))
        {
            let mut count = count.clone();
            count.each = Some(Box::new(reading));
            rest.next();
            out.push(count);
            continue;
        }
        out.push(reading);
    }
    out
}

fn is_money(figure: &Figure) -> bool {
    figure.unit.ends_with('元') || figure.unit.ends_with('亿')
}

fn is_bar(figure: &Figure, reading: &Reading) -> bool {
    const MEASURES: [&str; 5] = ["平方米", "平方公里", "亩", "吨", "人"];
    let bounded = matches!(reading.bound, Bound::MoreThan | Bound::AtLeast);
    match reading.bound {
        Bound::Magnitude | Bound::Reach | Bound::Range => is_money(figure),
        _ if is_money(figure) => bounded,
        _ => bounded && MEASURES.iter().any(|m| figure.unit.ends_with(m)),
    }
}

/// 年租赁规模1万套以上的: a bounded figure of any kind that describes what follows it.
fn is_described(text: &Folded, figure: &Figure, reading: &Reading) -> bool {
    let end = figure.chars.end;
    let of = text.at(end) == Some('的') || text.starts_with(end, "以上的");
    let share = figure.unit.is_empty() || matches!(figure.unit.as_str(), "%" | "‰");
    of && !share && matches!(reading.bound, Bound::MoreThan | Bound::AtLeast) && figure.shape == Shape::Plain
}

fn is_count(figure: &Figure) -> bool {
    const COUNTERS: [&str; 13] = ["家", "个", "项", "户", "种", "款", "座", "所", "块", "条", "名", "位", "只"];
    COUNTERS.contains(&figure.unit.as_str()) && figure.shape != Shape::Rank
}

/// The words between two figures.
fn between(text: &Folded, first: &Figure, second: &Figure) -> String {
    text.text(first.chars.end..second.chars.start.max(first.chars.end))
}

/// A count, then at once (以上, a noun such as 税收) what each counted thing must be.
fn is_attribute(text: &Folded, count: &Figure, bar: &Figure, reading: &Reading) -> bool {
    const NOUNS: [&str; 14] = [
        "年销售额",
        "年营业收入",
        "主营业务收入",
        "营业收入",
        "年主营业务收入",
        "年营收",
        "年产值",
        "年销售",
        "销售额",
        "税收",
        "营收",
        "产值",
        "投资",
        "收入",
    ];
    let words = between(text, count, bar);
    let words = words.trim_start_matches("以上").trim_start_matches("左右");
    let noun = NOUNS.iter().any(|n| words.starts_with(n) && words.chars().count() <= n.chars().count() + 3);
    let bounded = words.is_empty() || matches!(words, "超" | "超过" | "过" | "突破");
    let after = bar.chars.end;
    (bounded || noun)
        && (reading.bound == Bound::Magnitude
            || text.starts_with_any(after, &["的", "以上"])
            || (bounded && !text.at(after).is_none_or(|c| matches!(c, ',' | '。' | ';' | '、'))))
}

/// A bar, then a noun without a stop or a verb of amount, then the count.
fn counts_what_passes(text: &Folded, bar: &Figure, reading: &Reading, count: &Figure) -> bool {
    let words = between(text, bar, count);
    let words = words.trim_start_matches("以上").trim_start_matches('的');
    // 百亿元企业10家
    let round = text.at(bar.chars.start).is_some_and(is_scale) && is_money(bar);
    let of_round = ["企业", "集群", "产业", "园区", "项目", "县", "镇", "村"].iter().any(|n| words.starts_with(n));
    let bounded = reading.bound != Bound::Reach
        || (round && of_round)
        || words.starts_with("大品种")
        || words.starts_with('级')
        || text.at(bar.chars.end) == Some('的');
    // 其中10亿元以上8个: the noun has been said before.
    let bare = words.is_empty() && reading.bound != Bound::Reach && is_money(bar);
    bounded
        && (bare || !words.is_empty())
        && words.chars().count() <= NEAR
        && !words.contains([',', '。', ';', '、', ':', '|'])
}
