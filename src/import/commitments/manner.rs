//! Figures that say how something is done or what a thing is like: spans for handling, how often people
//! meet, what a plan gathers around, how large a named thing is, who may apply.

use super::super::plain::{each, ends, has, starts};
use super::view::{Family, View};
use crate::content::targets::Bound;
use crate::text::{is_han, is_han_numeral};

/// Verbs by which things are made, grown or brought in.
pub(super) const MAKES: &str = "建成 建设 新建 改建 扩建 打造 形成 培育 培养 引进 引育 引入 招引 引聚 集聚 汇聚 \
     创建 组建 设立 布局 实施 开展 完成 改造 治理 修复 推广 新增 增加 增设 开工 开通 \
     开行 投产 认定 遴选 评选 攻克 突破 研发 研制 开发 制定 发布 举办 承办 培训 选派 \
     带动 服务 惠及 吸引 提供 供应 筹集 筹建 发放 推动 支持 壮大 达到 实现 获批 转化 \
     募集 挂牌 盘活 建立 配备";

/// Whether a figure says how large a named thing is, which is a fact.
pub(super) const SIZE: &str = "the size of a thing, not an amount to reach";

/// Why a figure says only how or what; `None` if it may be a commitment.
pub(super) fn reason(view: &View<'_>) -> Option<&'static str> {
    if super::benefit::is_fund(view) {
        return None;
    }
    poor(view)
        .or_else(|| handling(view))
        .or_else(|| meeting(view))
        .or_else(|| rule(view))
        .or_else(|| scope(view))
        .or_else(|| size(view))
        .or_else(|| attribute(view))
}

/// What calls for a reprimand: 完成率低于80%的予以约谈.
fn poor(view: &View<'_>) -> Option<&'static str> {
    const MET: &str = "约谈 予以通报 通报批评 问责 黄牌 末位 扣分 挂牌督办 退出机制 予以退出 取消资格";
    let low = matches!(view.reading.bound, Bound::LessThan) || has(view.before(), "排名后 低于 未达 未完成 少于");
    let of = view.part_after().contains("的");
    (has(view.part_after(), MET) && (low || of) && !has(view.before(), "力争 确保 达到"))
        .then_some("what is met with a reprimand")
}

/// Spans of time: a commitment only where they are to shrink, or where a trip or a call is to take no longer.
fn handling(view: &View<'_>) -> Option<&'static str> {
    const SHRINK: &str = "压缩 压减 缩短 减少 降低 降至 降到 下降 控制在 提升至 缩减 压降 精简 减至 提速 \
        延长至 延长到 提高到 缩小 稳定在";
    const WAITS: &str = "审批时间 办理时间 办理时限 审批时限 通关时间 接电时间 停电时间 等待时间 候诊时间 \
        响应时间 恢复时间 办电时间 换乘时间 办结时间 时延 开办时间 注销时间 通行时间 候车时间 出警时间 服务响应 \
        到达时间 轮候";
    const REACH: &str = "圈 可达 通达 到达 上高速 覆盖 抵达 直达 联通";
    const HANDLED: &str = "之日起 收到 受理后 受理之日 提交 申请后 申请之日 签订后 审核 审查 作出 公示 答复 \
        反馈 报送 拨付 兑现 完成审 通报 支付";
    if view.family() != Family::Time {
        return None;
    }
    let (then, _) = view.then();
    if has(view.before(), SHRINK) && !has(view.before(), "自收到 之日起") {
        return None;
    }
    if has(view.part(), HANDLED) {
        return Some("a span for handling");
    }
    if has(then, REACH) && !view.unit.contains('日') {
        return None;
    }
    let waits = has(view.before(), WAITS)
        && (matches!(view.reading.bound, Bound::AtMost | Bound::LessThan) || has(view.before(), "达"));
    if waits { None } else { Some("a span of time, not an amount") }
}

/// How often people meet, report or inspect.
fn meeting(view: &View<'_>) -> Option<&'static str> {
    const MEETS: &str = "会议 例会 座谈 调度 督导 督查 检查 评估 通报 走访 报告 培训不少于 满意度测评 测评 \
        演练 考核 宣介 指导不 职业指导 岗位推荐 巡查 会商 研判 申报会 推介会不 约谈 调研 \
        督办 回访 会诊 抽查 体检 巡检 轮训 家访 述职 点评 联席 分析会 恳谈 通气会 例行 \
        审计 复核 更新 探访 研讨不 召开 政策宣";
    const OFTEN: &str = "每月 每季 每周 每年 每学期 每半年 每两周 每两月 每双月 每日 每半月 定期 至少 不少于 \
        全年 每个月 每旬";
    // More often than monthly is an event, not a meeting.
    let few = view.reading.low.whole().is_some_and(|n| n <= 12);
    let noun = view.unit.as_str();
    let often = matches!(noun, "次" | "场" | "场次" | "轮" | "期" | "家" | "回" | "个");
    let counted = matches!(noun, "次" | "场" | "场次" | "轮" | "回");
    let meets = has(view.clause(), MEETS);
    // 参加培训不少于1次, 年度检查不超过2次: counts of occasions are manners however they are bound.
    let occasions = noun == "次" && few && !has(view.before(), "举办 承办");
    if few && often && meets && (has(view.clause(), OFTEN) || counted) {
        return Some("how often something is done");
    }
    (occasions && (has(view.clause(), OFTEN) || view.clause().contains('每') || meets))
        .then_some("how often something is done")
}

/// What a rule demands or allows: 原则上不低于, 不应大于, 税率.
fn rule(view: &View<'_>) -> Option<&'static str> {
    const RULED: &str = "原则上 一般不 不应 不宜 应不 宜不 应当不 一般为 应控制 一般控制 一般应 须 不得大于";
    let bounded = view.reading.bound != Bound::Reach;
    let ruled = has(view.before(), RULED)
        || (bounded && has(view.part_before(), "原则上 一般应 应当"))
        || (bounded && ends_in_must(view));
    if ruled && !has(view.before(), "必须 力争") {
        return Some("a rule, not an amount to reach");
    }
    if has(view.before(), "推算的 测算的 预测的") {
        return Some("an estimate");
    }
    // 人行道宽度不小于2米: what a thing must be like.
    let sized = ends(view.led_by(), "高度 宽度 净高 层高 厚度 深度 间距 净宽");
    if (has(view.before(), "不小于 不大于") || (bounded && sized)) && matches!(view.family(), Family::Measure) {
        return Some("a rule, not an amount to reach");
    }
    let aged = matches!(view.unit.as_str(), "岁" | "周岁") && !view.before().contains("寿命");
    if aged {
        return Some("an age");
    }
    // 设计时速350公里及以上
    if ends(view.led_by(), "设计时速 时速 设计速度 设计使用年限 设计能力为") {
        return Some("what a thing is like");
    }
    // 每建设1万千瓦配套…: what another figure is per.
    if each(MAKES).any(|m| view.led_by().strip_suffix(m).is_some_and(|b| b.ends_with('每')))
        || ends(view.led_by(), "每投入 每招用 每吸纳 每减少 每生产 每销售")
    {
        return Some("what another figure is per");
    }
    limit(view).or_else(|| consists(view))
}

/// 不得少于48学时: words of law, unless what they bound is to grow or to be reached.
fn ends_in_must(view: &View<'_>) -> bool {
    const MUST: &str = "不得少于 不得低于 不得超过 不得高于 不得大于 不得小于";
    has(view.before(), MUST) && !has(view.before(), "占比 比重 新增 建成 覆盖率 达到")
}

/// A limit that a rule sets: 最高不超过18层. Use, emissions and rates are kept down, times cut.
fn limit(view: &View<'_>) -> Option<&'static str> {
    const KEPT: &str = "控制 降 压 减 缩 排放 能耗 消费 用水 用量 总量 率 浓度 垃圾 时间 时长 成本 强度 增幅 发生 死亡 事故 库存 负债 \
        入河 损失 系数 指数 效率 差距";
    let capped = matches!(view.reading.bound, Bound::AtMost | Bound::LessThan);
    let things = matches!(view.family(), Family::Measure | Family::Count | Family::People);
    (capped && things && !has(view.part_before(), KEPT)).then_some("a limit, not an amount to reach")
}

/// Of whom something consists, and how much of it there is a day.
fn consists(view: &View<'_>) -> Option<&'static str> {
    // 由20名专家组成
    if starts(view.after(), "专家组成 成员组成 委员组成 人组成")
        || (view.before().ends_with('由') && view.after().contains("组成"))
    {
        return Some("of whom something consists");
    }
    // 每人每月2000元, 每天1小时
    let daily = has(view.before(), "每天 每日 每晚 每课") && view.family() != Family::Share;
    let capacity = has(view.clause(), "能力 产能 产量 吞吐 处理 客流 运量");
    (daily && !capacity && matches!(view.family(), Family::Time | Family::Money))
        .then_some("how much of something a day")
}

/// What a clause gathers around or builds on: 围绕12条产业链, 依托8家园区.
fn scope(view: &View<'_>) -> Option<&'static str> {
    const AROUND: &str = "围绕 聚焦 依托 针对 面向 立足 结合 涵盖 按照 根据 以 通过 发挥 瞄准 统筹推进 坚持 \
        抓住 紧扣 锚定 落实";
    const ABSTRACT: &str = "体系 机制 环节 方面 方向 层面 领域 关键 原则 市场 大局 维度 统筹 主体责任 阶段 \
        层次 重点 定位 转变 指标达 指标均 指标全 结合 平台支撑 版块 板块 功能区 圈层 梯队 抓手 抓 专项行动 行动 \
        大类 片区 抓好 核心 文明 坚持";
    if !matches!(view.family(), Family::Count) {
        return None;
    }
    let before = view.before();
    let around = starts(before, AROUND);
    let reached = has(
        before,
        "建成 新增 培育 打造 引进 形成 不少于 超过 达到 突破 力争 评选 遴选 认定 培训 选派 举办 开展 完成 改造 创建 组建 \
         招引 选树 推广 开工",
    );
    if around && !reached && view.reading.bound == Bound::Reach {
        return Some("what the text gathers around, not what it is to reach");
    }
    // …等12个重大项目前期工作
    let listed = view.led_by().ends_with('等') && !has(before, "建成 开工 新建 完成 攻克 培育 打造 引进");
    if listed {
        return Some("a list that the text sums up");
    }
    // 办好10件民生实事: the things follow, each with figures of its own.
    if starts(view.after(), "民生实事 实事 为民实事 惠民实事") && view.reading.bound == Bound::Reach {
        return Some("a list that the text sums up");
    }
    let numeral = view.text[view.at.start..].chars().next().is_some_and(is_han_numeral);
    let small = view.reading.low.whole().is_some_and(|n| n <= 10);
    let (then, _) = view.then();
    let plain = view.reading.bound == Bound::Reach && !has(before, "新增 力争 每 引进 达");
    let near: String = then.chars().take(10).collect();
    (numeral && small && plain && has(&near, ABSTRACT)).then_some("how many parts something has")
}

/// How large a named thing is: 规划面积13平方公里, 总投资50亿元.
fn size(view: &View<'_>) -> Option<&'static str> {
    const SIZES: &str = "规划面积 总面积 占地面积 占地 用地面积 全长 总长 长约 服务半径 半径 海拔 人口 区面积 \
        园面积 区域面积 海岸线长 投资额 计划总投资 概算 估算投资 总用地 辖 距离 距 直径 \
        首付款 跨度";
    const REACHED: &str = "达到 突破 完成 新增 超过 力争 累计 提高 扩大 增加 新建 建设 改造 治理 修复 稳定 \
        保持 不低于 不少于 以上 控制 划定 推广 播种 供应 降 盘活 达 绿化 灌溉 种植 改善 \
        实施";
    if !matches!(view.family(), Family::Measure | Family::Money | Family::People) {
        return None;
    }
    let led = view.led_by();
    let item = view.item();
    if ends(led, "总投资 计划总投资 总投资约 概算总投资 估算总投资")
        && !has(view.part_before(), "完成总投资 力争总投资")
        && !ends(view.before(), "达到 达 突破")
    {
        return Some("the size of a project, not an amount to reach");
    }
    (ends(led, SIZES) && !has(item, REACHED) && !starts(view.after(), "以上")).then_some(SIZE)
}

/// A figure that only says which things are meant: 载重1吨以上无人机, 10亿元以上项目, 站点500米范围.
fn attribute(view: &View<'_>) -> Option<&'static str> {
    const WHY: &str = "says which things are meant, not how many";
    // 10万吨级, 100兆瓦级
    if view.after().starts_with('级') && view.reading.bound != Bound::Magnitude {
        return Some(WHY);
    }
    let (then, bounded) = view.then();
    let next = then.chars().next();
    let of = next == Some('的');
    let modifies = next.is_some_and(|c| is_han(c) && !matches!(c, '和' | '及' | '与' | '或' | '并' | '至' | '到'));
    if !modifies {
        return None;
    }
    let noun = then.strip_prefix('的').unwrap_or(then);
    let before = view.before();
    let led = view.led_by();
    let made = ends(led, MAKES);
    let makes = has(before, "建设 建成 打造 新建 形成 设立 具备 组建");
    match view.family() {
        Family::Money => {
            if view.reading.bound == Bound::Magnitude {
                return (!has(before, MAKES) && !has(before, "向 迈 冲刺 成为 推进 加快 支撑 做强 做大"))
                    .then_some(WHY);
            }
            // 瞄准万亿目标
            if has(before, "瞄准 冲刺 锚定 迈向 剑指 挺进") && starts(noun, "目标 大关 台阶 规模 产业 集群")
            {
                return None;
            }
            let whole = has(noun, "基金 资金 集群 产业 贷款 投资 规模 目标 大关 台阶 专项 采购 订单");
            (!(whole && (made || makes || has(before, MAKES))) && !made_to_reach(view)).then_some(WHY)
        }
        Family::People => {
            let counted = made || has(noun, "就业 参加 培训 次");
            ((bounded || of) && !counted).then_some(WHY)
        }
        Family::Measure | Family::Time => {
            let capable = starts(noun, "能力 产能 规模") || (of && has(noun, "能力 产能"));
            let sized = makes && ends(led, "面积 规模 产能 容量 年产 装机 总长 总面积");
            let around = ends(led, "周围 周边 方圆 沿线 两侧 半径");
            if around {
                return Some(SIZE);
            }
            let ranged = starts(noun, "范围 覆盖 半径 内 级 圈内 空域 高度 深度 半径");
            if view.family() == Family::Time {
                return (of && !starts(noun, "圈") && !has(noun, "圈") && !view.before().contains("可达"))
                    .then_some(WHY)
                    .filter(|_| !starts(noun, "社区 目标"));
            }
            if capable || sized {
                return None;
            }
            // 18兆瓦样机2台: what the counted things are like.
            let counted =
                noun.find(|c: char| c.is_ascii_digit()).is_some_and(|i| !noun[..i].contains(['、', '和', '及']));
            if counted && !bounded && !of {
                return Some(WHY);
            }
            // 减排量5万吨二氧化碳当量
            if ends(led, "量 额 数 值 规模 能力 面积 容量 里程") && !bounded && !of {
                return None;
            }
            // 完成2000万吨以上落后产能退出: an amount, not the size of one thing.
            let amount = made && view.unit.starts_with(['万', '亿']);
            if ranged || (bounded && !amount) || of {
                return Some(WHY);
            }
            let done = made || has(before, MAKES) || made_to_reach(view);
            (!done).then_some(WHY)
        }
        Family::Count => {
            // 56人及以上大班额 is no count; 户 and 名 of a household or a class are.
            let sized = bounded && matches!(view.unit.as_str(), "床" | "班" | "席" | "桩" | "格");
            // 1000张以上床位的综合医院2家
            let counted = noun.find('的').is_some_and(|i| noun[i..].contains(|c: char| c.is_ascii_digit()));
            (sized || (bounded && counted)).then_some(WHY)
        }
        Family::Rank => {
            // 全球排名前20的船公司, 产能前3家企业集中度达到70%; but 成为排名前三的集聚地.
            let becomes = has(before, "成为 建成 打造 形成 培育");
            let measured = starts(noun, "企业 位企业 大 名企业") && noun.contains(|c: char| c.is_ascii_digit());
            let enters = has(before, "进入 跻身 位居 保持");
            (!becomes && (of || (measured && !enters))).then_some(WHY)
        }
        Family::Share | Family::Multiple => None,
    }
}

/// Whether a verb of reaching stands right before the figure.
fn made_to_reach(view: &View<'_>) -> bool {
    ends(view.before(), "达到 达 突破 超过 实现 增至 提高到 扩大到 至 到 新增 累计")
}
