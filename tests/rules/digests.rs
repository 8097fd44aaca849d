//! Digests against what they cite, and translations against their quotes.

use super::small::RIVER;
use super::{Case, case};

pub(crate) const CASES: &[Case] = &[
    case(
        "digest-figure",
        |s| _ = s.river("en", "the RMB 10-billion class", "the RMB 100-billion class"),
        &[
            |s| {
                _ = s.passages(
                    "企业超过50家，详见第2节。[^rail]",
                    "There are more than 50 companies; see section 2.[^rail]",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，举办3—4场活动。",
                    "bound=range; low=3; high=4; unit=场; due=2028",
                    "By 2028, hold three or four events.",
                )
            },
            |s| _ = s.river("en", "60 million tonnes", "60,000,000 tonnes").river("zh", "6000万吨", "0.6亿吨"),
            // Names with numbers, times and lists count nothing.
            |s| {
                _ = s.cited("支持世界500强企业参与，推进5G应用，实行24小时通关。", "支持世界500强企业参与，推进5G应用，实行24小时通关", "支持世界500强企业参与，推进5G应用，通关全天24小时办理。", "Fortune Global 500 companies are to take part, 5G to be used, and customs to be open 24 hours a day.")
            },
            // A derived figure; the same figure said twice.
            |s| {
                _ = s.passages(
                    "泊位要多出6个，也就是6个。[^berths-added]",
                    "Six berths are to be added, that is, six.[^berths-added]",
                )
            },
            |s| {
                _ = s.passages(
                    "它是全省的一个港口，也是其中之一。[^from]",
                    "It is one of the province’s ports, and the only one on this river.[^from]",
                )
            },
            |s| _ = s.passages("从2024年5月1日起施行。[^from]", "It has been in force since 1 May 2024.[^from]"),
        ],
    ),
    case(
        "digest-year",
        |s| _ = s.port("en", "By 2027", "By 2026"),
        &[
            |s| {
                _ = s.passages(
                    "“十四五”（2021—2025年）期间建设码头。[^wharf]",
                    "Wharves are to be built under the 14th Five-Year Plan (2021–2025).[^wharf]",
                )
            },
            // The record's own years: of issue, and its period.
            |s| _ = s.passages("这是2024年的方案。[^from]", "This is the plan of 2024.[^from]"),
            |s| {
                _ = s.replace(&super::small::of(RIVER, "zh"), "制定了这份计划", "制定了这份2023—2025年的计划").river(
                    "en",
                    "drew up this plan",
                    "drew up this plan for 2023–2025",
                )
            },
            // The sentence around a quote; a target's due_from.
            |s| {
                _ = s.passages(
                    "2027年绿色电力占1/3以上。[^green-power]",
                    "In 2027 green power is to be at least one third.[^green-power]",
                )
            },
        ],
    ),
    case(
        "digest-bound",
        |s| _ = s.river("zh", "6000万吨以上", "6000万吨").river("en", "at least 60", "60"),
        &[
            |s| _ = s.river("en", "at least 60 million tonnes", "60 million tonnes or more"),
            |s| _ = s.river("zh", "达到6000万吨以上", "不少于6000万吨").river("en", "at least 60", "no less than 60"),
            |s| _ = s.river("zh", "不低于120公里", "至少120公里").river("en", "no less than 120", "at least 120"),
            |s| _ = s.port("en", "more than 80 million", "over 80 million"),
        ],
    ),
    case(
        "digest-hedge",
        |s| _ = s.port("en", "[[linjiang]] strives for more", "[[linjiang]] will have more"),
        &[
            |s| _ = s.port("en", "[[linjiang]] strives for more", "[[linjiang]] aims for more"),
            |s| {
                _ = s.port(
                    "en",
                    "By 2027 [[linjiang]] strives for more",
                    "Striving to grow, by 2027 [[linjiang]] seeks more",
                )
            },
            |s| _ = s.river("en", "expected to be in", "it is expected to be in"),
            |s| _ = s.port("zh", "力争突破8000万吨", "争取突破8000万吨"),
        ],
    ),
    case(
        "uncited",
        |s| _ = s.river("en", "8% a year.[^output-growth]", "8% a year."),
        &[
            |s| _ = s.passages("另见[[demo-river-2023]]。", "See also [[demo-river-2023]]."),
            |s| _ = s.passages("- **码头**\n  - 深水码头。[^wharf]", "- **Wharves**\n  - Deep-water wharves.[^wharf]"),
            |s| {
                _ = s.passages(
                    "方案提出以下几点：\n\n- 建设码头。[^wharf]",
                    "The plan says:\n\n- Wharves are to be built.[^wharf]",
                )
            },
            |s| _ = s.passages("> 建设码头。[^wharf]", "> Wharves are to be built.[^wharf]"),
            |s| {
                _ = s.passages(
                    "---\n\n### 其他 {#other}\n\n`code`与码头。[^wharf]",
                    "---\n\n### Other {#other}\n\n`code` and wharves.[^wharf]",
                )
            },
            |s| _ = s.passages("| 事项 |\n|---|\n| 建设码头[^wharf] |", "| Task |\n|---|\n| Build wharves[^wharf] |"),
            // What a place or a topic says of itself.
            |s| {
                _ = s
                    .append("content/places/linjiang.zh.md", "\n临江是一座港口城市。\n")
                    .append("content/places/linjiang.en.md", "\nLinjiang is a port city.\n")
            },
        ],
    ),
    case(
        "translation-figure",
        |s| _ = s.river("targets", "at least 60 million tonnes", "at least 6 million tonnes"),
        &[
            |s| _ = s.river("targets", "at least 60 million tonnes", "at least 60,000,000 tonnes"),
            |s| _ = s.port("targets", "three to five logistics parks are", "3–5 logistics parks are"),
            |s| _ = s.port("targets", "Berths: 20 (2023), 26 (2027)", "Berths: 20, 26"),
            |s| _ = s.port("targets", "at least one third", "at least a third"),
            |s| _ = s.river("targets", "the city’s first shipping company listed", "a first shipping company listed"),
        ],
    ),
    case(
        "translation-bound",
        |s| _ = s.port("targets", "at least six more berths", "six more berths"),
        &[
            |s| _ = s.port("targets", "at least six more berths", "six or more new berths"),
            |s| _ = s.port("targets", "at least six more berths", "no fewer than six new berths"),
            |s| {
                _ = s.port(
                    "targets",
                    "strive for port cargo throughput to exceed 80 million",
                    "the port strives for more than 80 million",
                )
            },
            // A hedge before the quote is not the translation's to say.
            |s| {
                _ = s.port("targets", "quote      = '到2027年，港口货物吞吐量力争突破8000万吨'\nquote_en   = \"By 2027, strive for port cargo throughput to exceed 80 million tonnes\"", "quote = '突破8000万吨'\nquote_en = \"exceed 80 million tonnes\"")
            },
        ],
    ),
];
