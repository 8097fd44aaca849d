//! Coverage of the sources, and reviews.

use duizhao::content::fields::Lang;

use super::small::{PORT, RIVER};
use super::{Case, case};

/// What the small site says of reviews.
const OFF: &str = "review-missing = \"off\"";
const FLOORS: &str = "\n[coverage]\nfigures = 1.0\nblocks = 1.0\n";

pub(crate) const CASES: &[Case] = &[
    case(
        "figure-uncovered",
        |s| {
            _ = s.cited(
                "码头设置充电桩40个。",
                "码头设置充电桩40个",
                "码头设置充电桩40个。",
                "There are to be 40 charging points on the wharves.",
            )
        },
        &[
            // Dates, numbers of lists and documents, ordinals, names.
            |s| {
                _ = s.cited(
                    "按照《港口法》第3条和国发〔2020〕5号文件，3月1日前完成，按时公布。",
                    "3月1日前完成，按时公布",
                    "3月1日前完成，按时公布。",
                    "It is to be finished by 1 March and made public in time.",
                )
            },
            |s| {
                _ = s.cited(
                    "推进5G和L4级自动驾驶应用，落实“4个统一”。",
                    "推进5G和L4级自动驾驶应用",
                    "推进5G应用。",
                    "5G is to be used.",
                )
            },
            |s| {
                _ = s.cited(
                    "1.加快建设智慧港口，完善服务体系，统一调度指挥。",
                    "加快建设智慧港口",
                    "加快建设智慧港口。",
                    "A smart port is to be built.",
                )
            },
            |s| {
                _ = s.cited(
                    "第二次会议要求，一是加快建设，二是完善服务。",
                    "加快建设，二是完善服务",
                    "加快建设，完善服务。",
                    "Building is to speed up and services to improve.",
                )
            },
        ],
    ),
    case(
        "task-uncited",
        |s| _ = s.source("（三）发展金融。鼓励银行支持港口建设，完善港口的金融服务。"),
        &[
            |s| _ = s.source("三、保障措施"),
            |s| _ = s.source("各区人民政府，市人民政府各部门："),
            |s| _ = s.source("临江市人民政府办公室\n\n2023年3月1日"),
            |s| _ = s.source("现将《临江市内河航运三年行动计划》印发给你们，请认真组织实施。"),
            |s| _ = s.source("附件：1.重点任务清单\n\n2.重点项目清单"),
        ],
    ),
    case(
        "coverage-floor",
        |s| {
            _ = s.append("site.toml", FLOORS).port("targets", "[[waiver]]\nquote  = { text = '超过50家企业参与', anchor = \"L12\" }\nfigure = \"50家\"\nreason = { zh = \"与铁水联运一条重复。\", en = \"Says again what stands under rail–water transport.\" }\n", "")
        },
        &[|s| _ = s.append("site.toml", FLOORS), |s| _ = s.append("site.toml", "\n[coverage]\nfigures = 0.5\n")],
    ),
    case(
        "waiver-idle",
        |s| _ = s.port("targets", "figure = \"50家\"", "figure = \"60家\""),
        &[
            |s| _ = s.port("targets", "figure = \"50家\"", "figure = \"50家企业\""),
            |s| _ = s.port("targets", "figure = \"50家\"", "figure = \"５０ 家\""),
            |s| _ = s.port("targets", "figure = \"50家\"", "figure = \"超过50家\""),
        ],
    ),
    case(
        "review-stale",
        |s| _ = s.all_signed().river("zh", "制定了这份计划", "制定了该计划"),
        &[
            |s| _ = s.all_signed(),
            // What nobody signed is not behind; a record and other policies are not what was signed.
            |s| _ = s.signed(PORT, Lang::Zh).river("zh", "制定了这份计划", "制定了该计划"),
            |s| _ = s.all_signed().river("record", "short = { zh = \"内河航运计划\"", "short = { zh = \"内河计划\""),
        ],
    ),
    case(
        "review-missing",
        |s| _ = s.signed(PORT, Lang::Zh).signed(RIVER, Lang::Zh).replace("site.toml", OFF, ""),
        &[
            |s| _ = s.all_signed().replace("site.toml", OFF, ""),
            // A review that is behind is one.
            |s| {
                _ = s.all_signed().append("content/policies/demo-river-2023/targets.toml", "# Checked.\n").replace(
                    "site.toml",
                    OFF,
                    "review-stale = \"note\"",
                )
            },
        ],
    ),
];
