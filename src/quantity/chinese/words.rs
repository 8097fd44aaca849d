//! The words around a figure: bound, basis, commitment, what it is per.

use super::super::reading::Reading;
use super::folded::Folded;
use super::scan::{Figure, Shape};
use crate::content::targets::{Basis, Bound, Commitment};
use crate::text::is_han_numeral;

/// Words right before a number, and how they bind it. Longest first where one ends another.
const BEFORE: [(&str, Bound); 41] = [
    ("不得少于", Bound::AtLeast),
    ("不得低于", Bound::AtLeast),
    ("不得超过", Bound::AtMost),
    ("不少于", Bound::AtLeast),
    ("不低于", Bound::AtLeast),
    ("不小于", Bound::AtLeast),
    ("不下于", Bound::AtLeast),
    ("不止", Bound::MoreThan),
    ("至少", Bound::AtLeast),
    ("最少", Bound::AtLeast),
    ("不超过", Bound::AtMost),
    ("不高于", Bound::AtMost),
    ("不多于", Bound::AtMost),
    ("不大于", Bound::AtMost),
    ("控制在", Bound::AtMost),
    ("至多", Bound::AtMost),
    ("最多", Bound::AtMost),
    ("最高", Bound::AtMost),
    ("上限为", Bound::AtMost),
    ("超过", Bound::MoreThan),
    ("突破", Bound::MoreThan),
    ("高于", Bound::MoreThan),
    ("多于", Bound::MoreThan),
    ("大于", Bound::MoreThan),
    ("超出", Bound::MoreThan),
    ("超", Bound::MoreThan),
    ("逾", Bound::MoreThan),
    ("过", Bound::MoreThan),
    (">", Bound::MoreThan),
    ("≥", Bound::AtLeast),
    ("低于", Bound::LessThan),
    ("少于", Bound::LessThan),
    ("小于", Bound::LessThan),
    ("不足", Bound::LessThan),
    ("不到", Bound::LessThan),
    ("<", Bound::LessThan),
    ("≤", Bound::AtMost),
    ("接近", Bound::About),
    ("将近", Bound::About),
    ("约", Bound::About),
    ("近", Bound::About),
];

/// Words right after a figure, and how they bind it.
const AFTER: [(&str, Bound); 14] = [
    ("(含)以上", Bound::AtLeast),
    ("(含)以下", Bound::AtMost),
    ("及以上", Bound::AtLeast),
    ("或以上", Bound::AtLeast),
    ("以上", Bound::AtLeast),
    ("级以上", Bound::AtLeast),
    ("及以下", Bound::AtMost),
    ("以下", Bound::AtMost),
    ("以内", Bound::AtMost),
    ("之内", Bound::AtMost),
    ("左右", Bound::About),
    ("上下", Bound::About),
    ("余", Bound::MoreThan),
    ("+", Bound::AtLeast),
];

/// Where what is said of a figure ends at the latest.
const STOPS: [char; 8] = [',', '。', ';', ':', '!', '?', '\u{F8FF}', '|'];

/// What stands before a figure, at three distances.
struct Before {
    /// The clause, from the last comma or stop.
    clause: String,
    /// Of the clause, what follows the figure before this one in it.
    own: String,
    /// The sentence, clause by clause, this one last.
    sentence: String,
}

impl Before {
    fn new(text: &Folded, i: usize, previous: Option<usize>) -> Self {
        let clause = text.run_before(i, &STOPS);
        let own = previous.filter(|p| *p > clause.start).unwrap_or(clause.start);
        let sentence = text.run_before(i, &['。', ';', '!', '?', '|']);
        Before { clause: text.text(clause), own: text.text(own..i), sentence: text.text(sentence) }
    }

    /// Whether one of `words` is said of the figure: in its own part of the clause, or earlier in the clause
    /// where its own part only names another thing (新增省级平台20个、国家级平台5个).
    fn has(&self, words: &[&str]) -> bool {
        const VERBS: [&str; 23] = [
            "建成",
            "建设",
            "引进",
            "培育",
            "打造",
            "实施",
            "完成",
            "创建",
            "形成",
            "获批",
            "突破",
            "达",
            "组建",
            "布局",
            "培养",
            "占",
            "改造",
            "改扩建",
            "扩建",
            "治理",
            "修复",
            "开工",
            "举办",
        ];
        let in_own = words.iter().any(|w| self.own.contains(w));
        let own_verb = VERBS.iter().any(|v| self.own.contains(v)) && !self.clause.contains("分别");
        in_own || (!own_verb && words.iter().any(|w| self.clause.contains(w)))
    }
}

/// Reads the words around a figure; `previous` is where the figure before it ends.
pub(super) fn read(text: &Folded, figure: &Figure, previous: Option<usize>) -> Reading {
    let before = Before::new(text, figure.chars.start, previous);
    let basis = basis(&before, figure);
    Reading {
        span: text.original(figure.chars.clone()),
        bound: bound(text, figure, &before),
        low: figure.low,
        high: figure.high,
        basis,
        commitment: commitment(&before),
        per: per(text, figure),
        unit: figure.own_unit.clone(),
        each: None,
    }
}

fn bound(text: &Folded, figure: &Figure, before: &Before) -> Bound {
    match figure.shape {
        Shape::Magnitude => return Bound::Magnitude,
        Shape::Rank => return Bound::Rank,
        Shape::Multiple => return Bound::Multiple,
        Shape::First => return Bound::AtLeast,
        Shape::Plain => {}
    }
    if figure.low != figure.high {
        return Bound::Range;
    }
    let end = figure.chars.end;
    let after = AFTER
        .iter()
        // 以上城区 is 以 and a district.
        .find(|(words, _)| text.starts_with(end, words) && !text.starts_with(end, "以上城区"))
        .map(|(_, bound)| *bound)
        .or_else(|| inside(text, end));
    let said = before.clause.trim_end_matches(['到', '了', '达', '为', '至', '于', '有']);
    let direct = BEFORE
        .iter()
        .find(|(words, _)| before.clause.ends_with(words) || said.ends_with(words))
        .map(|(words, bound)| (*words, *bound))
        .or_else(|| earlier(before));
    match (direct, after) {
        // 超过…以上: the words before are the plainer ones; 突破50项以上 achieves at least 50.
        (Some(("突破", _)), Some(Bound::AtLeast)) => Bound::AtLeast,
        (Some((_, Bound::MoreThan)), Some(Bound::AtLeast)) => Bound::MoreThan,
        (_, Some(after)) => after,
        (Some(("突破", _)), None) if achieves(text, figure) => Bound::Reach,
        (Some((_, bound)), None) => bound,
        (None, None) if figure.and_more => Bound::MoreThan,
        (None, None) => Bound::Reach,
    }
}

/// 内 that ends what it bounds (压缩至2个工作日内。), or stands behind a span of time.
fn inside(text: &Folded, end: usize) -> Option<Bound> {
    const TIMES: [&str; 4] = ["小时", "分钟", "工作日", "天"];
    let time = text.ends_with_any(end, &TIMES);
    let ends = time || text.at(end + 1).is_none_or(|c| matches!(c, ',' | '。' | ';' | '、' | ')'));
    (text.at(end) == Some('内') && ends).then_some(Bound::AtMost)
}

/// Bounds said before the thing counted (至少配备全科医生3名, 最多可容纳20艘) or once for several (分别超过20家、100家).
fn earlier(before: &Before) -> Option<(&'static str, Bound)> {
    const AHEAD: [(&str, Bound, usize); 5] = [
        ("至少", Bound::AtLeast, 12),
        ("最少", Bound::AtLeast, 12),
        ("至多", Bound::AtMost, 12),
        ("最多", Bound::AtMost, 12),
        // 最高给予500万元
        ("最高", Bound::AtMost, 4),
    ];
    for (words, bound, most) in AHEAD {
        let rest = before.own.rsplit_once(words).map(|(_, rest)| rest);
        if rest.is_some_and(|r| r.chars().count() <= most && !r.contains('、')) {
            return Some((words, bound));
        }
    }
    // 至少有1个公共体育场、1个全民健身中心
    if before.own.starts_with('、') || before.own.ends_with('、') {
        let listed = before.clause.rsplit_once("至少有").map(|(_, rest)| rest);
        if listed.is_some_and(|r| !BEFORE.iter().any(|(w, _)| r.contains(w)) && !r.contains('达')) {
            return Some(("至少", Bound::AtLeast));
        }
    }
    // 不低于教师总数的10%, 不低于平均增速5个百分点
    const OF: [(&str, Bound); 6] = [
        ("不少于", Bound::AtLeast),
        ("不低于", Bound::AtLeast),
        ("不得低于", Bound::AtLeast),
        ("不高于", Bound::AtMost),
        ("不超过", Bound::AtMost),
        ("不得超过", Bound::AtMost),
    ];
    for (words, bound) in OF {
        if let Some((_, noun)) = before.own.rsplit_once(words)
            && (1..=16).contains(&noun.chars().count())
            && !noun.contains(['、', '达', '为', '占', '和', '及'])
            && !["提高", "增长", "下降", "降低", "力争", "新增"].iter().any(|w| noun.contains(w))
        {
            return Some((words, bound));
        }
    }
    let (_, shared) = before.clause.rsplit_once("分别")?;
    BEFORE.iter().find(|(words, _)| shared.starts_with(words)).copied()
}

/// 突破10项关键核心技术: what is broken through is the thing, not the count.
fn achieves(text: &Folded, figure: &Figure) -> bool {
    const THINGS: [&str; 8] = ["技术", "关键", "核心", "瓶颈", "难题", "产品", "装备", "材料"];
    let end = figure.chars.end;
    let rest: String =
        (0..10).map_while(|n| text.at(end + n)).take_while(|c| !matches!(c, ',' | '。' | ';' | '、' | ')')).collect();
    THINGS.iter().any(|t| rest.contains(t))
}

fn basis(before: &Before, figure: &Figure) -> Basis {
    const INCREASE: [&str; 24] = [
        "新增",
        "新建",
        "新认定",
        "新引进",
        "新培育",
        "新获",
        "新设",
        "新入",
        "新落地",
        "新签约",
        "新开工",
        "新组建",
        "净增",
        "新招引",
        "新创建",
        "新布局",
        "新注册",
        "新备案",
        "新上市",
        "新开发",
        "新改建",
        "新开",
        "新发展",
        "新招",
    ];
    let share = figure.unit == "%" || figure.unit == "‰" || figure.unit.is_empty();
    if matches!(figure.shape, Shape::Multiple | Shape::Rank) {
        return Basis::Level;
    }
    if before.has(&["年均增长", "年均增速", "年增长", "年均增幅", "复合增长", "增速", "年均增加"])
        || (share
            && (before.own.contains("增长") || before.clause.contains("分别增长"))
            && !ends_in(before, &["增长到", "增长至", "增长为"]))
    {
        return Basis::Growth;
    }
    if share && (before.has(&["占比", "比重"]) || before.own.contains('占')) {
        return Basis::Share;
    }
    if figure.unit.ends_with("百分点") && ends_in(before, &["提高", "增加", "上升", "提升", "增长"]) {
        return Basis::Increase;
    }
    if before.has(&["累计"]) {
        return Basis::Cumulative;
    }
    let yearly = before.has(&["每年", "年均"]) || (before.has(&["年度"]) && !after_digit(&before.clause, "年度"));
    let monthly = !figure.unit.ends_with('元') && before.has(&["每季度", "每月"]);
    // 年均浓度 is a level.
    let mean = before.own.contains("年均浓度") || before.own.contains("年均值");
    if monthly || (yearly && !mean) {
        return Basis::Annual;
    }
    // 新建码头给予最高500万元补助: what is given is no increase.
    let given = ["给予", "奖励", "补助", "补贴", "资助"].iter().any(|w| before.own.contains(w));
    let added = ["增加", "增设", "增开", "增配", "新改扩建"].iter().any(|w| {
        before.own.rsplit_once(w).is_some_and(|(_, rest)| !rest.starts_with(['到', '至', '值']) && !rest.is_empty())
    });
    if !share && added && !before.own.contains('达') {
        return Basis::Increase;
    }
    if (!share && before.has(&INCREASE) && !given) || ends_in(before, &["增加", "扩大", "增长"]) {
        return Basis::Increase;
    }
    Basis::Level
}

/// Whether a word of the text stands behind a digit: 2027-28年度 is a year, 年度 a basis.
fn after_digit(text: &str, word: &str) -> bool {
    text.rfind(word).is_some_and(|i| text[..i].ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether the clause ends in one of `words`, words of bound left aside.
fn ends_in(before: &Before, words: &[&str]) -> bool {
    let mut clause = before.clause.as_str();
    while let Some((bound, _)) = BEFORE.iter().find(|(bound, _)| clause.ends_with(bound)) {
        clause = &clause[..clause.len() - bound.len()];
    }
    words.iter().any(|w| clause.ends_with(w) || clause.trim_end_matches('了').ends_with(w))
}

/// A hedge that begins a clause (dates and 每年 left aside) governs what follows in the sentence; one
/// behind a subject of its own only its clause.
fn commitment(before: &Before) -> Commitment {
    const STRIVE: [&str; 5] = ["力争", "争取", "力求", "努力", "奋力"];
    const EXPECTED: [&str; 4] = ["有望", "预计", "预期", "预期将"];
    // 人均预期寿命 expects nothing.
    let clause = before.clause.replace("预期寿命", "");
    let governs = |words: &[&str]| {
        clause.contains_any(words)
            || before.sentence.split([',', ':']).any(|clause| words.iter().any(|w| opens(clause, w)))
    };
    if governs(&STRIVE) {
        Commitment::Strive
    } else if governs(&EXPECTED) {
        Commitment::Expected
    } else {
        Commitment::Firm
    }
}

trait ContainsAny {
    fn contains_any(&self, words: &[&str]) -> bool;
}

impl ContainsAny for String {
    fn contains_any(&self, words: &[&str]) -> bool {
        words.iter().any(|w| self.contains(w))
    }
}

/// Whether a clause begins with `word`, adverbs of time and manner left aside.
fn opens(clause: &str, word: &str) -> bool {
    const ADVERBS: [&str; 12] =
        ["每年", "并", "同时", "全市", "全省", "全区", "全县", "未来", "其中", "进一步", "五年", "三年内"];
    let Some((before, _)) = clause.split_once(word) else { return false };
    // 第一条【总体目标】力争…
    let before = before.rsplit('】').next().unwrap_or(before);
    let mut rest = before.trim_start_matches(['"', '(']);
    loop {
        if let Some(adverb) = ADVERBS.iter().find(|a| rest.starts_with(**a)) {
            rest = &rest[adverb.len()..];
        } else if rest.starts_with(['到', '至']) && rest.contains('年') {
            // 到2027年, 到“十四五”末年
            let end = rest.find('年').unwrap_or(0) + '年'.len_utf8();
            rest = rest[end..].trim_start_matches(['末', '底']);
        } else {
            return rest.is_empty();
        }
    }
}

/// 每万人口, 每个县, 人均: what a figure is per. Times (每年) are its basis instead.
fn per(text: &Folded, figure: &Figure) -> Option<String> {
    const AVERAGES: [&str; 6] = ["人均", "户均", "亩均", "地均", "村均", "家均"];
    const TIMES: [&str; 8] = ["年", "月", "季", "周", "天", "日", "批", "次"];
    const NOUNS: [&str; 32] = [
        "常住人口",
        "户籍人口",
        "老年人口",
        "就业人员",
        "产业工人",
        "老年人",
        "居民",
        "企业",
        "人口",
        "职工",
        "学生",
        "平方公里",
        "平方米",
        "公里",
        "县",
        "区",
        "村",
        "镇",
        "乡",
        "街道",
        "社区",
        "项目",
        "园区",
        "机构",
        "亩",
        "人",
        "户",
        "家",
        "名",
        "个",
        "张",
        "半年",
    ];
    const COUNTERS: [&str; 18] =
        ["名", "个", "家", "户", "位", "件", "艘", "辆", "台", "套", "座", "条", "处", "所", "间", "项", "吨", "床"];
    let clause = text.run_before(figure.chars.start, &STOPS);
    let words = text.text(clause.clone());
    for (n, _) in words.char_indices().filter(|(_, c)| *c == '每') {
        let at = clause.start + words[..n].chars().count();
        let mut end = at + 1;
        if text.starts_with_any(end, &TIMES) {
            continue;
        }
        while end < figure.chars.start
            && text.at(end).is_some_and(|c| c.is_ascii_digit() || (is_han_numeral(c) && c != '一'))
        {
            end += 1;
        }
        let noun = |at: usize| NOUNS.iter().filter(|n| text.starts_with(at, n)).map(|n| n.chars().count()).max();
        let counter = COUNTERS.iter().find(|c| text.starts_with(end, c)).map_or(0, |c| c.chars().count());
        let whole = noun(end + counter).filter(|_| counter > 0).map(|n| counter + n).or_else(|| noun(end));
        if let Some(len) = whole.filter(|len| end + len <= figure.chars.start) {
            return Some(text.own(at..end + len));
        }
        // 每艘船5000元: what is counted need not be known.
        if counter > 0 && end == at + 1 && !text.text(end..figure.chars.start).contains(['和', '及', '与']) {
            return Some(text.own(at..end + counter));
        }
    }
    AVERAGES.iter().find(|w| words.contains(**w)).map(|w| (*w).to_owned())
}
