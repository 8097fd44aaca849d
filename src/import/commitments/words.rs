//! What a figure measures, and the words to quote for it.

use std::ops::Range;

use super::super::plain::{Plain, each, ends, ends_sentence, has, stretch};
use super::view::{Family, View};
use crate::content::targets::Bound;

/// Longest quote that still takes a clause from its beginning, in characters.
const LONG: usize = 64;

/// Words of bound and change that stand between what is measured and the figure. Longest first.
const REACHES: &str = "排名进入前 进入前 跻身前 位居前 位列前 排名前 居前 分别达到 分别超过 分别突破 力争达到 \
    力争突破 争取达到 不得少于 不得低于 达到 突破 超过 提高到 提高至 提升到 提升至 增加到 \
    增加至 增长到 增长至 扩大到 扩大至 降低到 降低至 下降到 下降至 压缩到 压缩至 压减到 \
    压减至 缩短到 缩短至 减少到 减少至 拓展到 拓展至 延长至 放宽至 上调至 增至 升至 降至 \
    降到 减至 控制在 稳定在 保持在 维持在 不少于 不低于 不高于 不超过 不小于 不大于 \
    至少有 至少 最少 高于 低于 分别 力争 争取 实现 预计 累计 合计 保持 稳定 接近 达 \
    超 逾 约 近 为 至 到 占 过";

/// Words of manner and place that a clause begins with and that name nothing.
const OPENS: &str = "其中 同时 并 力争 争取 确保 预计 计划 努力 全市 全省 全区 全县 我市 我省 我区 \
    本市 本区 全力 加快 推动 推进 支持 鼓励 积极 大力 每年 年均 三年累计 五年累计 累计 \
    再 还 共";

/// Verbs that a clause begins with before what is counted.
const VERBS: &str = "培育形成 建设形成 打造形成 培育 培养 引进 引育 引入 打造 形成 建成 建设 实现 完成 \
    拥有 达到 举办 开展 组建 集聚 汇聚 实施 发展 创建 攻克 突破 布局 招引 提供 获批 \
    获得 认定 设立 选派";

/// Whether the first figure is where the second starts from: 由15%提高到50%.
pub(super) fn leads_to(first: &View<'_>, second: &View<'_>) -> bool {
    const TURNS: &str = "提高 提升 增长 增加 上升 扩大 降低 下降 减少 压缩 压减 缩短 拓展 发展 跃升 缩小 \
        延长 放宽 精简 优化 上调 下调 调整 整合 合并 归并 增 升 降 减 扩 升级 变";
    if first.part != second.part || first.family() != second.family() || !counts_alike(first, second) {
        return false;
    }
    let between = &first.text[first.at.end..second.at.start.max(first.at.end)];
    if between.chars().count() > 18 || between.contains([';', '、', '。']) {
        return false;
    }
    let between = between.trim_start_matches(',');
    let to = each(TURNS)
        .filter_map(|t| between.find(t).map(|i| &between[i + t.len()..]))
        .any(|rest| rest.starts_with(['到', '至', '为', '了', '成']) || rest.is_empty());
    // 由 or 从 stands before the first, unless the verb that turns follows it at once.
    let led = has(first.before(), "由 从 自");
    // 从百亿级向千亿级跨越
    if led && matches!(between, "向" | "迈向" | "到" | "至") {
        return true;
    }
    to && (led || between.chars().count() <= 4)
}

/// The words to quote: from the beginning of the clause to the end of the item, or the item alone where
/// that would be long; with the clause before where the figure's own names nothing. Bytes of the original.
pub(super) fn quote(plain: &Plain, view: &View<'_>, previous: Option<usize>) -> Range<usize> {
    let text = &plain.text;
    let whole = stretch(text, &view.at, ends_quote);
    let mut start = whole.start;
    if measured(view, previous).is_none_or(|m| each(BARE).any(|w| w == &text[m.clone()]))
        && whole.start > view.part.start
    {
        // 实现倍增,达到2500亿元: the subject stands in the clause before.
        let comma = whole.start - 1;
        start = stretch(text, &(comma..comma), ends_quote).start;
    }
    // 到2027年,全市…: the year that opens the sentence is quoted with its first clause.
    if start > view.part.start
        && text[..start].ends_with(',')
        && let comma = start - 1
        && let opening = stretch(text, &(comma..comma), ends_quote)
        && is_year_alone(&text[opening.start..comma])
    {
        start = opening.start;
    }
    let tail = &text[view.at.end..whole.end];
    let end = tail.find('、').filter(|&i| !within_brackets(&tail[..i])).map_or(whole.end, |i| view.at.end + i);
    if text[start..end].chars().count() > LONG
        && let Some(item) = text[start..view.at.start].rfind('、')
        && view.at.start - (start + item) > 3 * 4
    {
        start += item + '、'.len_utf8();
    }
    let each = view.reading.each.as_ref().map(|each| plain.of(&each.span));
    let start = each.map_or(start, |each| start.min(each.start));
    plain.original(&(start..end.max(view.at.end)))
}

/// 到2027年, 力争到2025年底, "十四五"期间
fn is_year_alone(clause: &str) -> bool {
    let year = clause.bytes().filter(u8::is_ascii_digit).count() == 4
        && ["年", "年底", "年末", "年底前", "年前"].iter().any(|e| clause.ends_with(e));
    let plan = clause.contains("五") && ["期间", "期末", "时期", "末"].iter().any(|e| clause.ends_with(e));
    clause.chars().count() <= 14 && (year || plan)
}

/// Brackets belong to what they follow: they end no quote.
fn ends_quote(c: char) -> bool {
    ends_sentence(c) || matches!(c, ',' | ';' | ':')
}

fn within_brackets(text: &str) -> bool {
    text.matches('(').count() > text.matches(')').count()
}

/// The words of a year, from 到 and the like to the end of the clause that they open.
pub(super) fn year_clause(text: &str, mark: &Range<usize>) -> Range<usize> {
    let before = &text[..mark.start];
    let lead = ["力争到", "争取到", "展望", "到", "至", "于", "在"]
        .iter()
        .find(|w| before.ends_with(**w))
        .map_or(0, |w| w.len());
    let start = mark.start - lead;
    let rest = &text[mark.end..];
    let from = rest.chars().next().filter(|c| matches!(c, ',' | '、')).map_or(0, char::len_utf8);
    let clause = rest[from..].find(|c| ends_quote(c) || c == '、').map_or(rest.len(), |i| from + i);
    let end = mark.end + clause;
    if text[start..end].chars().count() > LONG { start..mark.end } else { start..end }
}

/// What the figure `views[n]` measures, in the text's own words.
pub(super) fn measure(plain: &Plain, views: &[View<'_>], n: usize, original: &str) -> String {
    let view = &views[n];
    let own = |range: Range<usize>| original[plain.original(&range)].to_owned();
    if let Some(range) = respective(views, n) {
        return own(range);
    }
    match measured(view, previous(views, n)) {
        // 年均增长7%: of what stands in the clause before.
        Some(range) if each(BARE).any(|w| w == &view.text[range.clone()]) => {
            let verb = own(range);
            subject(view).map_or(verb.clone(), |subject| format!("{}{verb}", own(subject)))
        }
        Some(range) => own(range),
        None => subject(view).map_or_else(String::new, own),
    }
}

/// Whether a figure is 零的突破 or 破零.
pub(super) fn is_first(view: &View<'_>) -> bool {
    view.text[view.at.clone()].contains('零') && view.reading.bound == Bound::AtLeast
}

/// Whether two units count the same: 万亩 and 亩, not 吨 and nothing.
fn counts_alike(first: &View<'_>, second: &View<'_>) -> bool {
    let noun = |v: &View<'_>| v.unit.trim_start_matches(['十', '百', '千', '万', '亿']).to_owned();
    !matches!(first.family(), Family::Measure | Family::Count) || noun(first) == noun(second)
}

/// The counting word of what is to be had for the first time: 零的突破 has none of its own.
pub(super) fn counting_word(measure: &str) -> Option<&'static str> {
    const HOUSES: &str = "企业 机构 公司 医院 银行 单位 券商 酒店 商场";
    const PIECES: &str = "中心 平台 基地 园区 项目 实验室 工厂 集群 景区 度假区 示范区 品牌 新药 产品 品种 学科 大奖";
    let plain = Plain::new(measure).text;
    let noun = plain.trim_end_matches(['"', ')']);
    if ends(noun, HOUSES) { Some("家") } else { ends(noun, PIECES).then_some("个") }
}

/// Verbs that name nothing by themselves.
const BARE: &str = "增长 下降 提高 增加 减少 降低 压减 压缩 缩短 提升 上升 新增 增速 年产 同比增长 \
    占比";

/// Where the figure before `views[n]` ends, if it stands in the same clause.
pub(super) fn previous(views: &[View<'_>], n: usize) -> Option<usize> {
    let before = views.get(n.checked_sub(1)?)?;
    (before.clause == views[n].clause).then_some(before.at.end)
}

/// 小学、初中分别达到35%、60%: the name whose turn it is.
fn respective(views: &[View<'_>], n: usize) -> Option<Range<usize>> {
    let view = &views[n];
    let word = view.before().rfind("分别")?;
    let at = view.clause.start + word;
    let first = views[..n].iter().rposition(|v| v.clause != view.clause).map_or(0, |i| i + 1);
    let peers: Vec<usize> = (first..views.len())
        .take_while(|&i| views[i].clause == view.clause)
        .filter(|&i| views[i].at.start > at)
        .collect();
    let turn = peers.iter().position(|&i| i == n)?;
    let named = trim(&view.text[view.clause.start..at], 0);
    let words = &view.text[view.clause.start + named.start..view.clause.start + named.end];
    let mut names = Vec::new();
    let mut from = 0;
    for (i, sign) in words.match_indices(['、', '和', '及', '与']) {
        names.push(from..i);
        from = i + sign.len();
    }
    names.push(from..words.len());
    let base = view.clause.start + named.start;
    let name = names.get(turn).filter(|_| names.len() == peers.len() && names.len() > 1)?;
    Some(base + name.start..base + name.end)
}

/// The noun before the figure in its item, else the one after it.
fn measured(view: &View<'_>, previous: Option<usize>) -> Option<Range<usize>> {
    let before = view.before();
    let base = view.clause.start;
    // What another figure of the clause has been said of is not said of this one.
    let bar = view.reading.each.is_some();
    let item = before.rfind('、').filter(|_| !bar || previous.is_some()).map_or(0, |i| i + '、'.len_utf8());
    let from = previous.map_or(item, |end| item.max(end.saturating_sub(base).min(before.len())));
    let named = trim(before, from);
    if !named.is_empty() {
        return Some(base + named.start..base + named.end);
    }
    let (then, _) = view.then();
    let then_at = view.clause.end.saturating_sub(then.len());
    let noun = then.strip_prefix('的').unwrap_or(then);
    let start = then_at + then.len() - noun.len();
    let end = noun
        .find('、')
        .filter(|&i| i > 0)
        .or_else(|| ["按照", "来我", "在我", "纳入", "进行", "取得", "开展"].iter().filter_map(|w| noun.find(w)).min())
        .unwrap_or(noun.len());
    (noun[..end].chars().count() >= 2 && !noun.starts_with('、')).then_some(start..start + end)
}

/// The noun of the clause before, in the same part of the sentence.
fn subject(view: &View<'_>) -> Option<Range<usize>> {
    let before = view.text[view.part.start..view.clause.start].trim_end_matches([',', ')', '(']);
    let from = before.rfind([',', '(', ':']).map_or(0, |i| i + 1);
    // Without the figure that the clause before may end in.
    let digits = before[from..].find(|c: char| c.is_ascii_digit()).map_or(before.len(), |i| from + i);
    let whole = trim(before, from);
    let named = if digits < whole.end && digits > from + 6 { trim(&before[..digits], from) } else { whole };
    (!named.is_empty()).then(|| view.part.start + named.start..view.part.start + named.end)
}

/// Of `text` from `from`: without words of time, manner and change at either end.
fn trim(text: &str, from: usize) -> Range<usize> {
    let mut end = text.len();
    loop {
        let part = &text[from..end];
        let cut = each(REACHES).find(|w| part.ends_with(*w)).map(|w| w.len());
        match cut {
            Some(n) => end -= n,
            None => break,
        }
    }
    let mut start = from;
    if let Some(year) = text[start..end].rfind('年')
        && text[..start + year].ends_with(|c: char| c.is_ascii_digit())
    {
        start += year + '年'.len_utf8();
        for suffix in ["底前", "年底", "底", "末", "前", "内"] {
            if text[start..end].starts_with(suffix) {
                start += suffix.len();
                break;
            }
        }
    }
    loop {
        let part = &text[start..end];
        let cut = each(OPENS).chain(each(VERBS)).find(|w| part.starts_with(*w)).map(|w| w.len());
        match cut {
            Some(n) if n < part.len() => start += n,
            Some(_) => {
                start = end;
                break;
            }
            None => break,
        }
    }
    let part = &text[start..end];
    let trimmed = part.trim_end_matches(['的', '有', '-']);
    end = start + trimmed.len();
    if text[start..end].chars().count() < 2 { end..end } else { start..end }
}
