//! What belongs to targets: baselines, outcomes, derived figures.

use super::small::{PORT, RIVER, of};
use super::{Case, case};

pub(crate) const CASES: &[Case] = &[
    case(
        "baseline-value",
        |s| _ = s.port("targets", "baseline   = { value = \"5000\"", "baseline   = { value = \"500\""),
        &[
            |s| {
                _ = s.promise(
                    "到2028年，港口综合实力由全省第12位上升到前10。",
                    "bound=rank; value=10; unit=位; due=2028; baseline={ value = \"12\" }",
                    "By 2028, the port’s strength is to rise from 12th place to the top 10 of the province.",
                )
            },
            |s| _ = s.port("targets", "value = \"5000\", year = 2023, quote", "value = \"5000\", quote"),
            |s| _ = s.port("targets", "value = \"5000\", year", "value = \"5000.0\", year"),
            // Both in one sentence.
            |s| {
                s.promise(
                    "到2028年，锚地由2023年的3处增加到5处。",
                    "bound=reach; value=5; unit=处:anchorages; due=2028; baseline={ value = \"3\", year = 2023 }",
                    "By 2028, anchorages are to grow from three in 2023 to five.",
                );
            },
        ],
    ),
    case(
        "outcome-value",
        |s| _ = s.river("targets", "value  = \"4\"\nas_of", "value  = \"5\"\nas_of"),
        &[
            |s| {
                _ = s.append(&of(RIVER, "targets"), "\n[[outcome]]\ntarget = \"rank\"\nvalue = \"8\"\nas_of = 2023-12-31\nsource = { title = { zh = \"年报\", en = \"Report\" }, url = \"https://example.org/\", retrieved = 2024-03-01 }\nquote = '2023年港口综合实力居全省第8位'\n")
            },
            |s| {
                _ = s.append(&of(RIVER, "targets"), "\n[[outcome]]\ntarget = \"insurance\"\nvalue = \"2.1\"\nas_of = 2023-12-31\nsource = { title = { zh = \"年报\", en = \"Report\" }, url = \"https://example.org/\", retrieved = 2024-03-01 }\nquote = '2023年保险规模是2020年的2.1倍'\n")
            },
            |s| {
                _ = s.append(&of(RIVER, "targets"), "\n[[outcome]]\ntarget = \"cargo-2025\"\nvalue = \"6100\"\nas_of = 2023-12-31\nsource = { title = { zh = \"年报\", en = \"Report\" }, url = \"https://example.org/\", retrieved = 2024-03-01 }\nquote = '2023年吞吐量完成0.61亿吨'\n")
            },
            |s| {
                _ = s.river(
                    "targets",
                    "'2023年新开工航道整治工程4项'",
                    "'Four new waterway improvement works were begun'",
                )
            },
            |s| {
                _ = s.river("targets", "'2023年新开工航道整治工程4项'", "'全年新开工航道整治工程四项，完成投资2.4亿元'")
            },
            |s| _ = s.river("targets", "'2023年新开工航道整治工程4项'", "'与2022年相比，2023年多开工4项'"),
        ],
    ),
    case(
        "derived-arithmetic",
        |s| {
            _ = s.port(
                "targets",
                "value      = \"6\"\nunit       = { zh = \"个\"",
                "value      = \"7\"\nunit       = { zh = \"个\"",
            )
        },
        &[
            |s| _ = s.port("targets", "\"berths-total - berths-2023\"", "\"( berths-total - berths-2023 ) * 2 / 2\""),
            |s| _ = s.port("targets", "\"berths-total - berths-2023\"", "\"0.3 * berths-2023\""),
            |s| {
                // Of a derived figure before it.
                s.append(&of(PORT, "targets"), "\n[[derived]]\nid = \"berths-a-year\"\nmeasure = { zh = \"每年\", en = \"A year\" }\nvalue = \"1.5\"\nunit = { zh = \"个\", en = \"berths\" }\narithmetic = \"berths-added / 4\"\n")
                    .passages("平均每年增加1.5个泊位。[^berths-a-year]", "That is 1.5 berths a year on average.[^berths-a-year]");
            },
        ],
    ),
];
