//! The rules in Chinese, for the guide's page of rules; `duizhao explain` speaks English.
//!
//! One entry a code, in the order of codes; a test holds the list against the rules. Wrong and right
//! examples are content and stand in both languages as they are, unless they are told in words.

/// What a rule says in Chinese.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chinese {
    /// The rule's code.
    pub(super) code: &'static str,
    /// What it asks for.
    pub(super) asks: &'static str,
    /// Why, and what it does not report.
    pub(super) why: &'static str,
    /// A wrong and a right example, where the rule's own are told in English.
    pub(super) example: Option<[&'static str; 2]>,
}

/// The rule of a code in Chinese.
pub(super) fn chinese(code: &str) -> Option<&'static Chinese> {
    ALL.binary_search_by_key(&code, |c| c.code).ok().map(|i| &ALL[i])
}

const fn rule(code: &'static str, asks: &'static str, why: &'static str) -> Chinese {
    Chinese { code, asks, why, example: None }
}

const fn told(chinese: Chinese, wrong: &'static str, right: &'static str) -> Chinese {
    Chinese { example: Some([wrong, right]), ..chinese }
}

const ALL: &[Chinese] = &[
    told(
        rule(
            "address-collision",
            "两样东西不共用一个地址。",
            "否则两个页面，或一个页面和一个文件，会互相覆盖；有的系统不分大小写，也不分Unicode的写法，看上去不同的名字也会撞在一起。",
        ),
        "content/policies/a/ 和 content/policies/A/",
        "给其中一个换个id",
    ),
    told(
        rule(
            "alias-clash",
            "同一类的两个条目不共用一个名称或别名。",
            "出现这个名字的段落只能归到其中一个。不同地方的机关可以用同一个简称（市卫健委）。",
        ),
        "[wuhan-health-commission]\naliases = { zh = [\"市卫健委\"] }\n\n[wuhan-health-bureau]          # 也是武汉的\naliases = { zh = [\"市卫健委\"] }",
        "把别名留给原文所指的那一个",
    ),
    told(
        rule("ambiguous-id", "一个`[[…]]`只指一样东西。", "id在同一类之内不重复；不同类之间重名时，写明是哪一类。"),
        "[[wuhan]]                 # 既是地方，又是主题",
        "[[place:wuhan]]",
    ),
    rule(
        "bad-anchor",
        "锚点要符合写法。",
        "`L57`是段落起始的原文行，`L117.311`是行号加上这一行里前面的字数。原文页标出了每一段的锚点。",
    ),
    told(rule("bad-file-name", "文件名是Unicode。", "网址由文件名而来。"), "GBK编码的文件名", "给文件改名"),
    rule("bad-id", "id只用小写英文字母、数字和连字符。", "id会出现在网址里，读者要复制它。"),
    rule("bad-value", "值的类型符合键的要求。", "报错信息会说明要什么。"),
    rule(
        "baseline-value",
        "基数和它的年份出自它自己的引文；没有引文的，出自目标的引文。",
        "从哪里起算，决定了承诺有多大。",
    ),
    rule("bound-differs", "两种语言的对应段落，数字的限定要一致。", "“6家以上”在哪种语言里都是至少六家。"),
    rule("broken-link", "成品网站的每个链接都通向存在的页面和位置。", "所有页面生成之后，连同锚点一起检查。"),
    told(
        rule("cannot-publish", "输出目录可以写入。", "这一次什么也没有发布；原来发布的内容原样保留。"),
        "磁盘已满",
        "腾出空间，再生成一次",
    ),
    told(
        rule(
            "coverage-floor",
            "每份政策的覆盖率不低于`site.toml`的要求。",
            "网站若承诺完整，就把承诺写成下限：[coverage] figures = 1.0, blocks = 0.9，是占全部的比例。",
        ),
        "[coverage]\nfigures = 1.0        # 而原文有一个数字没有着落",
        "[coverage]\nfigures = 1.0        # 每个数字都有目标、事实或豁免",
    ),
    told(
        rule("data", "数据文件可以生成。", "这是程序的错，不是内容的错，请报告。"),
        "（与整理者写的内容无关）",
        "（整理者无须改动）",
    ),
    told(
        rule(
            "deadline-passed",
            "过了年份的目标，如果已知结果，要有结果。",
            "没有记录结果之前，页面只写“已到期，未见结果记录”，绝不说完成了或没有完成。",
        ),
        "due = 2025                # 今天是2026-01-01，没有[[outcome]]",
        "[[outcome]]\ntarget = \"hospitals\"\nvalue  = \"4\"\nas_of  = 2025-12-31\nsource = { title = { zh = \"…\", en = \"…\" }, url = \"https://…\", retrieved = 2026-01-20 }\nquote  = '…'",
    ),
    rule(
        "derived-arithmetic",
        "推算出的数字与算式的结果分毫不差。",
        "算式可用同一文件里目标和事实的id、数字、加减乘除和括号，按分数精确计算；数值照写法计，单位要对得上。",
    ),
    rule("digest-bound", "摘要对数字的限定与所引段落一致。", "“以上”含本数，“超过”不含；丢了限定，下限就成了预测。"),
    rule(
        "digest-figure",
        "摘要里的每个数字，都出自同一段落、列表项或表格行所引的文字，或者是推算出的数字。",
        "读者顺着引用要能找到这个数字。数量级也算：五个百亿级集群是每个百亿元一级，不是千亿元。名称里的数字（“六张清单”、世界500强）只要所引文字里有即可。",
    ),
    rule(
        "digest-hedge",
        "摘要的语气与所引段落一样坚定。",
        "把“力争”写成“将”，是替人作了没有作的承诺；原文没有的保留，又削弱了它作出的承诺。",
    ),
    rule(
        "digest-year",
        "摘要里的每个年份，都出自同一段落、列表项或表格行所引的文字。",
        "年份是承诺的一半。引文所在的句子、表头、目标的`due`和`due_from`、记录里的日期都算数。",
    ),
    rule(
        "doubled-word",
        "同一个词不连写两遍。",
        "“的的”“the the”这类笔误，拼写检查看不出来。“that that”和“had had”可能没有错，不报。",
    ),
    rule(
        "duplicate-id",
        "一个id或标签只指一样东西。",
        "范围是同一类之内，同一政策的目标、事实和推算数字之内，同一摘要的标题和脚注之内。",
    ),
    rule(
        "emphasis-unparsed",
        "文中每个`**`都要成对。",
        "落单的、里侧有空格的星号会原样显示给读者。代码和转义的星号不计。",
    ),
    told(
        rule(
            "expired-in-force",
            "有效期或规划期已过的政策，不再标为有效。",
            "读者看重效力。以生成网站的日期为准，不看时钟。",
        ),
        "status  = \"in-force\"\nexpires = 2024-12-31      # 今天是2026-01-01",
        "status  = \"expired\"\nexpires = 2024-12-31",
    ),
    told(
        rule(
            "figure-uncovered",
            "原文的每个数字都是目标或事实，或者附理由豁免。",
            "缺了三分之一目标的时间线，不如没有。日期、序号、文号、名次、带引号的名称和5G之类的代号由规则排除，列在“本站如何核对”页上。",
        ),
        "原文写“培育龙头企业10家以上”，targets.toml里没有对应的条目。",
        "[[target]]\nid    = \"leading-companies\"\nvalue = \"10\"\nquote = '培育具有全国影响力的龙头企业10家以上'\n\n# 既不是承诺也不是事实的：\n[[waiver]]\nquote  = '全球排名前1‰'\nfigure = \"1‰\"\nreason = { zh = \"…\", en = \"…\" }",
    ),
    rule(
        "figures-differ",
        "两种语言的对应段落，数字、年份和带数字的名称相同。",
        "万、亿与million、billion之间最容易差十倍。单单一个，可以不写数字；一种语言里说两遍的数字，另一种语言里说一遍即可。",
    ),
    rule("glossary-avoid", "中文段落里有某个术语时，英文段落不用术语表禁用的译法。", "禁用的，是会误导读者的译法。"),
    rule(
        "glossary-english",
        "中文段落里有术语表的术语时，对应的英文段落用术语表的译法。",
        "一个术语一种译法，读者换页也跟得上。`en`和`variants`里的任何一种都行，不分大小写，连接号和复数的s不计；链接[[term]]也行。几个术语起点相同时，以最长的为准。",
    ),
    rule(
        "half-width-punctuation",
        "自己写的文字，汉字之间用全角标点。",
        "见CLREQ 3.1：中文里的，。；：？！和括号都用全角。引文照原文。",
    ),
    rule("heading-without-id", "摘要的每个标题都有id，两种语言相同。", "链接、语言切换和对照页都靠它。"),
    rule("hedge-differs", "两种语言的对应段落语气相同。", "“力争”是strive；“will”是保证。"),
    rule(
        "hidden-character",
        "编写的内容里没有看不见的字符。",
        "控制符、双向覆盖符、连接符和标签字符会颠倒或者藏起旁边的字：读者看到的与程序比较的就不是同一句话。原文按收到的样子保存，页面显示时略去它们，比较引文时也不算。",
    ),
    told(
        rule("hint-unused", "记录里关于噪声和标题的说明，要与原文相符。", "对不上任何文字的说明，已经与原文脱节。"),
        "noise = [\"原文里没有的页眉\"]",
        "删去这条说明，或照原文写出它的文字",
    ),
    told(
        rule("image", "摘要里没有图片。", "摘要所说的，都是可以核对的文字。"),
        "![chart](chart.png)",
        "用文字说，并注明引文",
    ),
    told(
        rule("indicator-alone", "一个可比指标至少有两项承诺。", "可比指标是拿来比较的，只有一项就无从比较。"),
        "indicator = \"health-industry-scale\"      # 只有这一个目标用它",
        "有第二个目标衡量同一件事时再写indicator",
    ),
    told(
        rule("missing-file", "文件里提到的每个文件都在。", "报错信息会说出是哪两个。"),
        "file = \"seeds/wuhan.txt\"      # 没有这个文件",
        "file = \"seeds/wuhan-medical-hub-2024.txt\"",
    ),
    rule("missing-key", "必须有的键都有。", "报错信息会说出键和条目。"),
    rule(
        "missing-translation",
        "读者看得到的内容，两种语言都要有。",
        "包括摘要、名称、计量对象、引文的译文和界面文字。在草稿里只是提示。",
    ),
    rule("mixed-currency", "英文里的金额写作“RMB 800 billion”。", "全站一种写法：不用CNY、yuan或¥，RMB之后空一格。"),
    told(
        rule(
            "no-base-url",
            "规范网址、站点地图和订阅源要知道网站发布在哪里。",
            "没有`base_url`就不生成这几样；其余内容放在任何路径下都能用。",
        ),
        "（与整理者写的内容无关）",
        "site.toml: base_url = \"https://example.org/digests/\"\n或者：duizhao build --base-url https://example.org/digests/",
    ),
    told(
        rule("no-site", "这个目录是一个网站。", "网站的最上层有`site.toml`。"),
        "duizhao check            # 在别的目录里",
        "duizhao check --root DIR",
    ),
    rule("no-theme", "`site.toml`指定的主题存在。", "主题要么编译在程序里（gazette），要么在themes/里。"),
    told(rule("not-utf8", "文件是UTF-8编码。", "报错信息会给出第一个不合格的字节。"), "存成GBK的摘要", "存成UTF-8"),
    rule(
        "outcome-value",
        "结果的数值出自它的引文，单位与目标相同。",
        "结果是给承诺作的结论，要有公布者的原话。引文里的年份要与`as_of`相符。",
    ),
    told(
        rule("parent-cycle", "没有一个地方属于它自己。", "不论中间隔着几级。"),
        "wuhan: parent = \"hubei\"；hubei: parent = \"wuhan\"",
        "wuhan: parent = \"hubei\"；hubei没有parent",
    ),
    rule("quote-ambiguous", "引文在原文里只出现一次，否则要说明是哪一处。", "出现两次而不说明，链接就可能指错地方。"),
    told(
        rule(
            "quote-cuts-number",
            "引文不从数字中间开始，也不在数字中间结束。",
            "从“8000亿元”里截出“800亿元”，字字照抄，却是假的。汉字数字、区间和分数也算数字。",
        ),
        "quote = '突破800'       # 截自“突破8000亿元”",
        "quote = '突破8000亿元'",
    ),
    rule("quote-empty", "引文要有文字。", "报错信息会说出在哪里。"),
    rule(
        "quote-not-found",
        "引文逐字出现在原文里。",
        "只放过各种提取方式会改变的东西：全角半角、空白、换行、各种横线和引号。差一点的，会给出最接近的段落和第一个不同的字。",
    ),
    rule(
        "quote-without-policy",
        "地方、主题和指南的文字，要说明引文出自哪份政策。",
        "摘要自己的政策不言自明；地方没有。",
    ),
    rule("raw-html", "摘要里没有HTML。", "摘要的内容不能在读者的浏览器里运行。"),
    told(
        rule("review-missing", "每份摘要都有人对照原文读过并签署。", "页面会说明摘要有没有经过复核。"),
        "policy.toml里没有[review.en]。",
        "对照原文读英文摘要，然后运行：duizhao review POLICY --lang en",
    ),
    told(
        rule(
            "review-stale",
            "签署过的摘要与签署时相同，另一种语言的摘要、目标和原文也相同。",
            "数字和引文由程序证明，句子说的其他内容是人读过的。一边改了，另一边可能还没有跟上。",
        ),
        "`duizhao review`签署digest.en.md之后，digest.zh.md又改过。",
        "对照原文和另一种语言再读一遍，然后运行：duizhao review POLICY --lang en",
    ),
    told(
        rule("source-changed", "原文的散列值与记录相同。", "原文可以悄悄改动的话，引文什么也证明不了。"),
        "sha256 = \"684e…\"       # 而文件的散列值是02a7…",
        "恢复原来的文件，或者逐条看过引文，再写上新的散列值",
    ),
    told(
        rule(
            "source-copy",
            "`check --sources DIR`为每份原文找到一份可读的新副本。",
            "副本以政策的id命名：<policy>.txt、.md或.html。读不了的副本是错误。",
        ),
        "duizhao check --sources copies      # 而copies/里没有wuhan-medical-hub-2024.txt",
        "再保存一次文件，取名copies/wuhan-medical-hub-2024.txt",
    ),
    rule("source-file", "记录的原文是seeds/里的文件。", "报错信息会说出在哪里。"),
    told(
        rule(
            "source-outdated",
            "原文仍与发布者的相同。",
            "只由`check --sources DIR`报告：它拿原文与新保存的副本比较，说出改动影响哪些引文、目标和复核。什么也不写。",
        ),
        "duizhao check --sources copies      # 而文件后来修改过",
        "换上新的原文：放进seeds/，改好受影响的地方，在记录里写上新的sha256",
    ),
    rule("space-between-han", "两个汉字之间没有空格。", "中文连着排（CLREQ 2.1）；文件里换行不算空格。"),
    rule("straight-quotes", "文章用弯引号和弯撇号。", "两种语言都用“ ”和‘ ’；直引号是代码。"),
    told(
        rule("symbolic-link", "输入文件不是符号链接。", "发布的内容都在网站自己的目录里。"),
        "seeds/a.txt -> /etc/passwd",
        "放一份文件的副本",
    ),
    rule(
        "target-basis",
        "目标的口径与引文相同。",
        "“新增15家”是增加的数，“累计”是总共的数，“每年”是一年的数，都不是届时达到的水平。",
    ),
    rule(
        "target-bound",
        "目标的限定与引文相同。",
        "“以上”含本数，“超过”不含（《民法典》第一千二百五十九条）；“突破”后面是数额，意思是超过，后面是事物（突破技术100项），意思是取得。",
    ),
    rule(
        "target-commitment",
        "目标的语气与引文自己的用词一样。",
        "“力争”“争取”是努力做到，“有望”“预计”是估计。句首的保留管到整句；主语之后的，只管那个分句。",
    ),
    rule(
        "target-each",
        "引文给每个对象定了门槛的，目标要写`each`；没有门槛的不写。",
        "“营业收入超500亿元企业1家”与“企业1家”是两个承诺。",
    ),
    rule("target-per", "引文说明按什么平均的，目标要写`per`。", "每万人口50件，不是50件。"),
    rule(
        "target-unit",
        "目标的单位是引文自己的单位。",
        "家、个、项、件数的是不同的东西。用文字写的单位，以引文的量词开头：“6家”的单位是“家”或“家医院”。",
    ),
    rule(
        "target-value",
        "目标的数值连同倍数，出自它的引文。",
        "数字由引文证明。引文里没有一个数字是这个值时报告；“百亿”是100亿，“千亿”是1000亿，不论单位怎么写。",
    ),
    rule("target-without-topic", "每个目标都有主题。", "读者从主题页找到它，与别处的承诺对比。"),
    rule(
        "target-year",
        "目标的年份出自引文、引文所在的句子或`due_from`；引文自己写了“到…年”的，就是目标的年份。",
        "年份取自别处，就是没有人作过的承诺。表格里以列的表头为准；“十四五”指规划所在的各年，“三年内”从印发之日算起。",
    ),
    told(
        rule(
            "task-uncited",
            "原文每个有内容的段落，都有摘要或目标引用。",
            "摘要没有提到的，读者会以为原文没有。标题、表头、称呼和噪声没有内容。",
        ),
        "原文有一段讲医疗保险，两份摘要都没有引用。",
        "在两份摘要里各写一句，并注明引文。",
    ),
    rule("template", "模板没有错误。", "报错信息会给出模板、行和列。"),
    rule("toml", "TOML文件可以解析。", "报错信息会给出解析停下的位置。"),
    told(
        rule("too-deep", "列表、引用和强调最多套六十四层。", "再深没有读者跟得上，而页面是逐层写出来的。"),
        "> > > > … 套了一百层的引用",
        "> 一层引用",
    ),
    told(
        rule("too-large", "一份文本最多2MB。", "最长的政策文件也只有几百KB；再大的多半不是文本。"),
        "seeds/scan.txt，其实是文件的扫描图",
        "文件的文字",
    ),
    rule("translation-bound", "引文的译文，限定和语气与引文相同。", "“以上”是at least，“力争”是strive to。"),
    rule("translation-figure", "引文的译文有引文的数字和年份，也只有这些。", "页面把它放在引文旁边，当作引文的意思。"),
    rule(
        "uncited",
        "摘要的每个段落、列表项和表格行都注明引文。",
        "没有注明的，读者无从核对。标题、表头、只引出列表或表格的一行（“规划提出以下指标：”）、自带下级列表的小标签和只指向别页的话（“另见[[wuhan]]”）没有内容。",
    ),
    told(
        rule(
            "unequal-blocks",
            "每个标题之下，两种语言的段落、列表项和表格行一样多，顺序一样。",
            "读者要并排对照，别的规则也要。每个标题只报一次，报在第一个没有对应的地方。",
        ),
        "## 目标 {#goals}             ## Goals {#goals}\n\n第一段。[^a]                  First paragraph.[^a] Second paragraph.[^b]\n\n第二段。[^b]",
        "## 目标 {#goals}             ## Goals {#goals}\n\n第一段。[^a]                  First paragraph.[^a]\n\n第二段。[^b]                  Second paragraph.[^b]",
    ),
    rule("unequal-headings", "两种语言的标题相同：id相同，顺序相同。", "语言切换、链接和对照页都靠它。"),
    rule("unknown-anchor", "锚点是原文某一段的。", "原文页标出了每一段的锚点。"),
    told(
        rule("unknown-citation", "引用有定义，或者是目标、事实、推算数字的id。", "报错信息会说出在哪里。"),
        "武汉支持企业上市。[^listing]     # 而[^listing]没有定义",
        "[^listing]: 支持企业上市",
    ),
    rule("unknown-file", "content/里的每个文件都是网站要读的。", "多半是文件名写错了。"),
    rule("unknown-id", "提到的id都存在。", "报错信息会说出在哪里。"),
    rule("unknown-key", "每个键都是已知的。", "写错的键会被悄悄忽略。"),
    rule("unknown-unit", "单位是duizhao认得的，或者用两种语言写明。", "`duizhao schema units`列出认得的单位。"),
    told(rule("unreadable-file", "每个文件都可以读取。", "报错信息会说出是哪一个。"), "没有读权限的文件", "给它读权限"),
    told(
        rule(
            "unreviewed",
            "`import`提出的每一条都有人读过。",
            "读过之前不上站，只有`--drafts`时显示；每份政策用一条提示说明还有几条待读。",
        ),
        "reviewed = false",
        "对照引文读过、改好，再删去这一行",
    ),
    rule("unsafe-link", "链接通向页面和文件，或者http和https网址。", "`javascript:`和`data:`链接会运行代码。"),
    told(
        rule(
            "unused-entity",
            "每个地方、主题、机关、可比指标和术语都有用处。",
            "没有内容提到、文字里也没有的条目，页面没有价值；多半是别名写错了。出现在原文、摘要、链接、记录或目标里都算有用。",
        ),
        "content/topics/teleportation.toml，没有政策、目标或文字提到",
        "某份政策的topics里列出的主题",
    ),
    told(
        rule("unused-footnote", "每个脚注都有引用。", "没有引用的引文是修改时剩下的。"),
        "[^old]: 支持企业上市     # 而正文没有[^old]",
        "删去，或在正文里引用",
    ),
    told(
        rule("waiver-idle", "豁免的数字在引文里，而且没有别的条目负责它。", "什么也没有豁免的豁免，会掩盖下一个疏漏。"),
        "[[waiver]]\nquote  = '培育龙头企业10家以上'\nfigure = \"12家\"",
        "[[waiver]]\nquote  = '尚无营业收入过百亿元的企业'\nfigure = \"百亿元\"",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::rules;
    use super::*;
    use crate::text::is_han;

    #[test]
    fn every_rule_is_told_in_chinese() {
        let codes: Vec<&str> = rules().iter().map(|r| r.code).collect();
        let told: Vec<&str> = ALL.iter().map(|c| c.code).collect();
        assert_eq!(told, codes, "one entry for each code, in their order");
        for rule in rules() {
            let zh = chinese(rule.code).expect("the lists are equal");
            for words in [zh.asks, zh.why] {
                assert!(words.contains(is_han) && words.ends_with('。'), "{}: {words}", rule.code);
            }
        }
    }
}
