//! The two languages against each other: headings, blocks, figures, terms.

use super::{Case, case};

const ZH: &str = "content/places/linjiang.zh.md";
const EN: &str = "content/places/linjiang.en.md";

pub(crate) const CASES: &[Case] = &[
    case(
        "unequal-blocks",
        |s| _ = s.river("en", "- The output of inland shipping is to grow by about 8% a year.[^output-growth]\n", ""),
        &[
            // A sentence may become two, a line may be broken, marks may differ.
            |s| {
                _ = s.port(
                    "en",
                    "is to account for at least one third; from",
                    "is to account for at least one third.\nFrom",
                )
            },
            |s| _ = s.port("zh", "**新增泊位6个以上，**\n形成", "新增泊位6个以上，形成"),
            |s| _ = s.port("zh", "- 建设深水码头", "* 建设深水码头").port("zh", "- 推动", "* 推动"),
            |s| _ = s.river("en", "|---|---|", "|:--|--:|"),
        ],
    ),
    case(
        "figures-differ",
        |s| _ = s.river("zh", "航道通航里程不低于120公里", "航道通航里程不低于1200公里"),
        &[
            |s| {
                _ = s.append(ZH, "\n超过一百家企业入驻，成本下降15%—20%。\n").append(
                    EN,
                    "\nMore than a hundred companies have settled there; costs have fallen by 15% to 20%.\n",
                )
            },
            |s| {
                _ = s
                    .append(ZH, "\n有5个以上的百万吨级泊位，24小时运转。\n")
                    .append(EN, "\nThere are at least five berths of the million-tonne class, open 24 hours a day.\n")
            },
            |s| {
                _ = s
                    .append(ZH, "\n第二个码头于1998年建成，电话：027-12345678。\n")
                    .append(EN, "\nThe second wharf was built in 1998; telephone: 027-12345678.\n")
            },
            |s| {
                _ = s
                    .append(ZH, "\n数百家企业，四大产业，港口位列全国前三。\n")
                    .append(EN, "\nHundreds of companies, four industries, among the top three ports in the country.\n")
            },
            |s| _ = s.river("zh", "6000万吨", "6 000万吨"),
            // Said twice in one language, and one of something without a figure.
            |s| _ = s.port("en", "six more.[^green", "six more, six in all.[^green"),
            |s| _ = s.passages("将建设一个码头。[^wharf]", "A wharf will be built.[^wharf]"),
            |s| {
                _ = s.passages(
                    "绿色电力占三分之一以上。[^green-power]",
                    "Green power is to be at least 1/3.[^green-power]",
                )
            },
            |s| {
                _ = s
                    .append(ZH, "\n临江有两座码头，三家公司。\n")
                    .append(EN, "\nLinjiang has 2 wharves and three companies.\n")
            },
        ],
    ),
    case(
        "bound-differs",
        |s| _ = s.append(ZH, "\n临江有码头20座以上。\n").append(EN, "\nLinjiang has 20 wharves.\n"),
        &[
            |s| {
                _ = s
                    .append(ZH, "\n最多可容纳20艘船，至少10艘，船长不超过50米。\n")
                    .append(EN, "\nIt holds 20 boats at most and ten at least, no longer than 50 metres.\n")
            },
            |s| _ = s.append(ZH, "\n临江有码头20座以上。\n").append(EN, "\nLinjiang has 20 wharves or more.\n"),
            |s| _ = s.append(ZH, "\n临江有码头不到20座。\n").append(EN, "\nLinjiang has fewer than 20 wharves.\n"),
            |s| _ = s.append(ZH, "\n临江有码头约20座。\n").append(EN, "\nLinjiang has roughly 20 wharves.\n"),
            |s| _ = s.append(ZH, "\n临江有码头20多座。\n").append(EN, "\nLinjiang has more than 20 wharves.\n"),
        ],
    ),
    case(
        "hedge-differs",
        |s| _ = s.append(ZH, "\n临江力争有20座码头。\n").append(EN, "\nLinjiang will have 20 wharves.\n"),
        &[
            |s| _ = s.append(ZH, "\n临江力争有20座码头。\n").append(EN, "\nLinjiang hopes for 20 wharves.\n"),
            |s| _ = s.append(ZH, "\n临江有望有20座码头。\n").append(EN, "\nLinjiang can expect 20 wharves.\n"),
            |s| {
                _ = s
                    .append(ZH, "\n临江努力发展，建成20座码头。\n")
                    .append(EN, "\nLinjiang works to grow, with 20 wharves built.\n")
            },
        ],
    ),
    case(
        "unequal-headings",
        |s| _ = s.river("en", "## Tasks {#tasks}", "### Tasks {#tasks}"),
        &[
            |s| _ = s.river("en", "## Tasks {#tasks}", "## What is to be done {#tasks}"),
            |s| _ = s.river("zh", "## 任务 {#tasks}", "任务 {#tasks}\n---"),
        ],
    ),
    case(
        "missing-translation",
        |s| _ = s.replace("content/agencies.toml", ", en = \"Linjiang Municipal People’s Government\"", ""),
        &[
            // A place without prose in either language; a policy without short title.
            |s| _ = s.remove(ZH).remove(EN),
            |s| _ = s.river("record", ", short = { zh = \"内河航运计划\", en = \"River plan\" }", ""),
            |s| {
                _ = s.replace(
                    "content/indicators.toml",
                    "note = { zh = \"两份计划口径相同。\", en = \"Both plans count the same.\" }\n",
                    "",
                )
            },
        ],
    ),
    case(
        "glossary-english",
        |s| _ = s.port("en", "Deep-water wharves will", "Deep wharves will"),
        &[
            |s| _ = s.port("en", "Deep-water wharves will be", "Every deep-water wharf will be"),
            |s| _ = s.port("en", "Rail–water transport", "Rail-water transport"),
            |s| {
                _ = s.port("en", "[[ports|Rail–water transport]]", "[[rail-water]]").port(
                    "zh",
                    "[[ports|铁水联运]]",
                    "[[rail-water|铁水联运]]",
                )
            },
            |s| _ = s.port("en", "Rail–water transport", "Rail–water\ntransport"),
            // The longer term has its own English; a plural is the same word.
            |s| {
                s.append("content/glossary.toml", "\n[wharf]\nzh = \"码头\"\nen = \"quay\"\n");
            },
            |s| {
                s.append("content/glossary.toml", "\n[logistics-park]\nzh = \"物流园区\"\nen = \"logistics park\"\n");
            },
        ],
    ),
    case(
        "glossary-avoid",
        |s| _ = s.port("en", "Rail–water transport]] will", "Rail–water transport]] (iron-water transport) will"),
        &[
            |s| _ = s.passages("港口为城市服务。[^purpose]", "The port has no iron-water transport yet.[^purpose]"),
            |s| {
                _ = s.port(
                    "en",
                    "Rail–water transport]] will",
                    "Rail–water transport]] (on iron, water transport) will",
                )
            },
        ],
    ),
];
