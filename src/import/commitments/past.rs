//! Whether a figure says what was and is, or what is to be; and by when.

use super::super::plain::{ends, has};
use super::section::{Part, Section};
use super::time::{Calendar, Mark, When};
use super::view::View;
use crate::content::targets::Bound;

/// Where in time a figure stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tense {
    /// Whether it says what was and is.
    pub(super) past: bool,
    /// Index of the mark that gives its year, if one of its own block does.
    pub(super) mark: Option<usize>,
    /// Why that is not certain.
    pub(super) doubt: Option<&'static str>,
}

/// Words that turn what follows towards the future.
const TURNS: &str = "力争 争取 确保 计划 下一步 今后 到20 至20 未来 努力 拟建 目标是 将在 将推 将建 \
    奋力 展望";

/// Words of a clause that say what is: 已建成, 居全省第2位, 仅为.
const IS: &str = "已建成 已达 已有 已经 已完成 已实现 已形成 已开通 已培育 已突破 已累计 同比 比上年 \
    较上年 仅为 仅有 只有 尚有 仍有 仅占 居全省第 居全国第 位居 尚未 现为 连续多年 \
    连续两年 连续三年 连续五年";

/// Words that begin a new undertaking, so that an earlier sentence's time no longer holds.
const UNDERTAKES: &str = "力争 争取 确保 加快 推进 推动 实施 计划 打造 建设 培育 引进 支持 鼓励 要 将 组织 \
    开展 新建 改造 完善 优化 提高 加强";

/// The tense of a figure, from the marks of its block and the section that the block stands in.
pub(super) fn tense(view: &View<'_>, marks: &[Mark], section: &Section, calendar: &Calendar, later: bool) -> Tense {
    let start = view.at.start;
    // Marks are in order: those that end before the figure, then those that begin behind it. Few are looked at.
    const FEW: usize = 40;
    let split = marks.partition_point(|m| m.range.end <= start);
    let before =
        (split.saturating_sub(FEW)..split).rfind(|&i| marks[i].when != When::Reference && reaches(view, &marks[i]));
    // 完成改造(2023年底前): a year may follow within the clause, or in brackets right behind it.
    let after = (split..marks.len().min(split + FEW)).find(|&i| {
        let m = &marks[i];
        m.range.start >= view.at.end
            && (m.when == When::Until && (m.range.start <= view.clause.end + "(".len() || between_clauses(view, m))
                || before.is_none() && m.when != When::Past && finishes(view, m))
    });
    let in_sentence = |i: usize| marks[i].range.start >= view.sentence.start;
    let own = before.filter(|&i| in_sentence(i)).or(after);
    let is_now = has(view.before(), IS) || view.before().ends_with('已');
    if let Some(i) = own {
        let mark = &marks[i];
        let turned = mark.range.end <= start && has(&view.text[mark.range.end..start], TURNS);
        let past = match mark.when {
            When::Past => !turned,
            When::Until => is_now || behind(mark.year, calendar) == Some(true),
            When::At => at_year(view, mark, section, calendar, later) || (is_now && !turned),
            When::Reference => false,
        };
        return Tense { past, mark: Some(i), doubt: None };
    }
    if section.part == Part::Past {
        return Tense { past: true, mark: before, doubt: None };
    }
    if is_now && !has(view.sentence(), TURNS) {
        return Tense { past: true, mark: None, doubt: None };
    }
    if let Some(i) = before {
        let mark = &marks[i];
        let gone = match mark.when {
            When::Past => true,
            When::Until => behind(mark.year, calendar) == Some(true),
            When::At => at_year(view, mark, section, calendar, later),
            When::Reference => false,
        };
        if !gone {
            return Tense { past: false, mark: Some(i), doubt: None };
        }
        if !has(view.sentence(), UNDERTAKES) {
            return Tense { past: true, mark: Some(i), doubt: None };
        }
    }
    let states = states(view);
    Tense { past: states, mark: None, doubt: None }
}

/// Whether words right before a figure turn towards the future.
pub(super) fn turns(view: &View<'_>) -> bool {
    has(view.before(), TURNS)
}

/// Whether a mark before a figure holds for it: a narrow one only in its part of the sentence, one behind 其中
/// only in its clause.
fn reaches(view: &View<'_>, mark: &Mark) -> bool {
    let at = mark.range.start;
    if mark.passing || view.text[..at].ends_with("其中") {
        return at >= view.clause.start;
    }
    mark.wide || at >= view.part.start
}

/// A year that follows in the next bracket.
fn between_clauses(view: &View<'_>, mark: &Mark) -> bool {
    let gap = &view.text[view.clause.end.min(mark.range.start)..mark.range.start];
    gap == "(" || gap == "(到" || gap == "(于"
}

/// 预计于2025年落成, in the next clause: the year by which what the figure counts is done.
fn finishes(view: &View<'_>, mark: &Mark) -> bool {
    let gap = view.text.get(view.clause.end..mark.range.start).unwrap_or("-");
    let rest: String = view.text[mark.range.end..].chars().take(4).collect();
    mark.range.start < view.part.end
        && matches!(gap, ",预计于" | ",预计" | ",计划于" | ",于" | ",将于" | ",力争" | ",计划" | ",拟于")
        && has(&rest, "成 完 投 启用 开业 竣工 运营")
}

/// 拥有29个景区, 全市共有病床: what there is, where nothing says that it is to be.
fn states(view: &View<'_>) -> bool {
    const HAS: &str = "共有 现有 全市拥有 全省拥有 我市拥有 我省拥有 下辖 管辖";
    has(view.part_before(), HAS) && !has(view.sentence(), TURNS)
}

/// Whether a year lies behind the document, if that is known.
fn behind(year: Option<i16>, calendar: &Calendar) -> Option<bool> {
    Some(year? < calendar.begins()?)
}

/// Whether a year without 到 and the like is one of the past.
fn at_year(view: &View<'_>, mark: &Mark, section: &Section, calendar: &Calendar, later: bool) -> bool {
    const REPORTS: &str = "同比 比上年 较上年 实现了 达到了 突破了 增长了 以来 位居 居全 高于全国 已 实际完成 \
        累计完成 总体 较2 比2 较峰值 较历史";
    const DOES: &str = "建 新 达 增 培 打造 引 完成 实施 推 力争 确保 改造 实现 提 降 减 压 控制 突破 超 形成 开 举办 组 设 \
        治理 发放 选 认定 布局 投 覆盖 保持 稳定 修 整治 供 扩 募 征 派 办 力 招";
    let Some(year) = mark.year else { return false };
    let reports = has(view.part(), REPORTS);
    match (calendar.begins(), calendar.issued) {
        (Some(begins), _) if year < begins => true,
        (Some(_), Some(issued)) if year == issued => {
            let ahead = calendar.period.is_some_and(|(first, _)| first > year);
            section.part == Part::Past
                || ahead
                || (reports && section.part != Part::Goals)
                || (calendar.period.is_none() && calendar.month.is_some_and(|m| m >= 11))
        }
        (Some(_), _) => false,
        (None, _) => {
            // A year behind the figure has no words before it.
            let words = view.text.get(mark.range.end..view.at.start).unwrap_or("");
            let turned = has(words, TURNS) || has(view.clause(), "力争 争取 确保");
            // 2021年,全区有托位3120个: nothing is done in the whole sentence, and the text names a later year.
            let plain = matches!(view.reading.bound, Bound::Reach | Bound::About | Bound::MoreThan);
            let still = later && plain && mark.wide && !has(view.sentence(), DOES);
            !turned
                && (section.part == Part::Past
                    || reports
                    || still
                    || (!section.titled && later && ends(words, "达到 达 为 实现 突破 完成 超过")))
        }
    }
}
