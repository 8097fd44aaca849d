//! Subsidies, rewards, caps and the conditions for them: figures that promise nothing of their own.
//!
//! A fund that is to be set up, or a sum that is to be laid out in all, is a commitment.

use super::super::plain::{ends, has, starts};
use super::view::{Family, View};
use crate::content::targets::Bound;

/// Words by which something is given to somebody.
const GIVES: &str = "奖励 奖补 补助 补贴 资助 贴息 贴补 补偿 津贴 奖金 给予 予以支持 予以扶持 返还 减免 \
    抵扣 扶持资金 配套资金 报销 券面额 消费券面额 面额 入职奖 购房补 减按 免征 申请最高 \
    可申请 可享受 最高支持 最高可 支持资金 资金支持 支持金额 兑现 担保贷款 经费支持";

/// Words that say whom a benefit is for, at the beginning of a sentence or of a part of it.
const FOR: &str = "对 凡 对于 向符合 给予 支持对象 申请人 申请企业 申请单位 申请者 申报单位 申报企业";

/// Why a figure is a matter of benefits and promises nothing; `None` if it is not.
pub(super) fn reason(view: &View<'_>) -> Option<&'static str> {
    let family = view.family();
    if is_fund(view) {
        return None;
    }
    let benefit = is_benefit(view.part()) || is_condition(view);
    match family {
        Family::Money | Family::Share => {
            if has(view.clause(), GIVES) && !is_programme(view) {
                return Some("a subsidy or reward");
            }
            if family == Family::Money && has(view.before(), "加价 罚款 处罚 收取 征收 收费标准") {
                return Some("a price or a fine");
            }
            if is_capped(view) {
                return Some("a cap on a benefit");
            }
            if is_rate(view) {
                return Some("a rate by which something is reckoned");
            }
            if benefit {
                return Some("a benefit, or a condition for one");
            }
        }
        Family::Multiple if has(view.before(), "返投 让利 杠杆 放大") && has(view.before(), "不低于 不超过") =>
        {
            return Some("a rule, not an amount to reach");
        }
        Family::Count | Family::People | Family::Measure | Family::Time | Family::Multiple => {
            if benefit && !committed(view) {
                return Some("a condition for a benefit");
            }
            let capped = matches!(view.reading.bound, Bound::AtMost | Bound::LessThan);
            if capped && has(view.part(), GIVES) {
                return Some("a cap on a benefit");
            }
        }
        Family::Rank => {
            if benefit && has(view.part(), GIVES) {
                return Some("a condition for a benefit");
            }
        }
    }
    None
}

/// A sum that is laid out, raised or set up as a whole: 设立总规模20亿元的基金, 安排专项资金1亿元.
pub(super) fn is_fund(view: &View<'_>) -> bool {
    const ACTS: &str = "设立 组建 成立 安排 统筹 筹集 筹措 投入 募集 做大 形成 建立 撬动 带动 引导 吸引 \
        发放 争取 拨付 拨款 预留 列支 注资 投放 达到 达 扩大 突破 规模 新增 完成 推出 \
        打造";
    const THINGS: &str = "基金 资金 贷款 信贷 消费券 社会资本 社会投资 投资 经费 资金池 债券 融资 授信 资本 \
        惠民券 文旅券 算力券 创新券 计划 投保 保障金额";
    if view.family() != Family::Money || matches!(view.reading.bound, Bound::AtMost | Bound::LessThan) {
        return false;
    }
    let near_cap = ends(view.before(), "最高 最高不超过 不超过 上限 封顶 最高可达 总额");
    let each = "单个 单户 单家 单笔 单项 每家 每户 每个项目 每人 每年每家 同一企业";
    // 按实际投资额, 总投资10亿元以上的 and 项目资助 are no sums of the whole.
    let given = has(view.after(), "奖励 补助 补贴 资助 奖补 贴息 补偿") && !has(view.after(), "资金池 基金");
    let condition = view.before().contains("投资") && has(view.after(), "的") && !has(view.after(), "基金 资金");
    !near_cap
        && !given
        && !condition
        && !has(view.clause(), each)
        && !starts(view.clause(), "对 凡 按")
        && !is_condition(view)
        && has(view.before(), ACTS)
        && (has(view.clause(), THINGS) || starts(view.after(), "用于 投向 专项用于"))
}

/// Vouchers and subsidised things counted as a whole: 补贴置换更新20万辆 is what is to be done.
fn is_programme(view: &View<'_>) -> bool {
    has(view.before(), "提高 上调 增长 达到 提升")
        && !has(view.after(), GIVES)
        && !starts(view.part(), FOR)
        && has(view.before(), "标准 水平 率 比例 占比 比重")
        && !has(view.before(), "给予")
}

/// 最高N元, 单个项目不超过N元; a sum that is to be kept down is no cap.
fn is_capped(view: &View<'_>) -> bool {
    const KEPT: &str = "控制 降 压减 减少 压缩 余额 债务 负债 能耗 成本";
    let before = view.before();
    if view.family() != Family::Money {
        return false;
    }
    // 所需资金总额控制在每年3亿元以内
    let spent = has(before, "所需资金 资金总额 所需经费 补贴总额 奖补总额 奖励总额");
    if spent && matches!(view.reading.bound, Bound::AtMost | Bound::LessThan) {
        return true;
    }
    if has(before, KEPT) {
        return false;
    }
    let capped = matches!(view.reading.bound, Bound::AtMost | Bound::LessThan);
    let each = "每人每 每人 每户 每家 每个 每张 每辆 每件 每项 每场 每名 每亩 每平方米 每吨 每千瓦";
    let unit_price = has(before, each) && !has(before, "达 提高 上调 超过 增长 突破 收入 税收 产值");
    capped || before.contains("上限") || ends(before, "最高 最高可 上限 封顶 额度为 限额 最高额度为") || unit_price
}

/// 按投资额的20%, 租金不高于市场租金的90%, 首付比例不低于20%: shares that a rule reckons by.
fn is_rate(view: &View<'_>) -> bool {
    const PRICES: &str = "租金 金额 价 价格 标准 投资 投资额 费用 费 资本 支出 开支 预算 售价 利率 额 工资 造价 \
        评估值 销售额 合同额 增量 差额 基金规模 出资 规模";
    const RULES: &str = "首付 利率 费率 税率 契税 印花税 保证金 预付款 出资比例 返投 配套比例 容忍度 报销比例 \
        补贴比例 分担比例 自筹 自付 缴存比例 跟投 资本金 存续期 按比例 比例配套 比例配备 上浮 下浮 \
        基点 让利 股权比例";
    let before = view.before();
    if view.family() != Family::Share {
        return has(before, "首付 最高额度 贷款额度 保证金 返投");
    }
    if has(before, "上限 首付") || ends(before, "按 按照") {
        return true;
    }
    if has(before, RULES) && !has(before, "提高到 降至 降低到 下降") {
        return true;
    }
    let reckoned = "按 按照 并按 分别按 可按 原则上按 应按";
    if starts(before, reckoned) || has(before, "按照不低于 按照不高于 按照不超过 按不低于 按不高于 按不超过")
    {
        return true;
    }
    // …的20%, where the whole is a price or a sum and no share of it is said to be reached.
    let of_price = before.strip_suffix('的').is_some_and(|b| ends(b, PRICES)) || has(before, "市场价 市场租金");
    of_price && !has(before, "占 达到 提高到 比重")
}

/// A part of a sentence that gives something to those it names.
fn is_benefit(part: &str) -> bool {
    let part = without_marker(part.rsplit(':').next().unwrap_or(part));
    let applicants = starts(part, "申请 申报") && has(part, "须 应 需");
    applicants || (starts(part, FOR) && has(part, GIVES))
}

/// Without the numbering that a part begins with: 第六条, (一), 1., 一是.
fn without_marker(part: &str) -> &str {
    let number = |c: char| c.is_ascii_digit() || crate::text::is_han_numeral(c);
    let rest = part.trim_start_matches(['(', '第', '"']);
    let tail = rest.trim_start_matches(number);
    if tail.len() == rest.len() {
        return part;
    }
    ["条", "款", ")", "、", ".", "是", "要"].iter().find_map(|m| tail.strip_prefix(m)).unwrap_or(part)
}

/// Whether the figure stands in words that only say whom a later benefit is for: …达到20场的,再奖励….
fn is_condition(view: &View<'_>) -> bool {
    let rest = view.part_after();
    let clause_end = rest.find([',', ';']).unwrap_or(rest.len());
    let clause = rest[..clause_end].trim_end_matches([')', '"']);
    let later = &rest[clause_end..];
    let conditional = clause.ends_with('的') && !clause.ends_with("目的");
    conditional && (has(later, GIVES) || has(later, "可 按 优先 纳入 应 不得 须 一次性 享受 再"))
}

/// Words in the clause by which the document itself does something, in the midst of benefits.
fn committed(view: &View<'_>) -> bool {
    const ACTS: &str = "力争 争取 带动 每年遴选 每年评选 每年支持 每年认定 每年培育 遴选 培育 建成 新增 累计 \
        到20 引进 评选 惠及 受益";
    let clause = view.clause();
    has(view.before(), ACTS)
        && !clause.ends_with('的')
        && !starts(clause, "对 凡")
        && !matches!(view.reading.bound, Bound::AtMost | Bound::LessThan)
}
