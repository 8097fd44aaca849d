//! Targets, facts, outcomes and derived figures against their quotes.

use super::small::{PORT, RIVER, of};
use super::{Case, case};

pub(crate) const CASES: &[Case] = &[
    case(
        "target-value",
        |s| _ = s.river("targets", "\"6000\"", "\"600\""),
        &[
            // As another spelling, in another multiplier, in Han numerals, with thousands parted.
            |s| _ = s.river("targets", "\"6000\"", "\"6000.0\""),
            |s| {
                s.river(
                    "targets",
                    "value     = \"6000\"\nunit      = \"万吨\"",
                    "value = \"0.6\"\nunit = { zh = \"亿吨\", en = \"100 million tonnes\" }",
                );
            },
            |s| {
                _ = s.promise(
                    "到2028年，建成泊位一百二十个。",
                    "bound=reach; value=120; unit=个:berths; due=2028",
                    "By 2028, 120 berths are to be built.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，新增就业1,200人以上。",
                    "bound=at-least; value=1200; unit=人; basis=increase; due=2028",
                    "By 2028, at least 1,200 more people are to be employed.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，船舶电动化率提高到1/4。",
                    "bound=reach; value=1/4; unit=; due=2028",
                    "By 2028, a quarter of boats are to be electric.",
                )
            },
        ],
    ),
    case(
        "target-unit",
        |s| {
            _ = s.port("targets", "basis    = \"increase\"", "basis = \"increase\"").port(
                "targets",
                "zh = \"个\", en = \"berths\" }\nbasis",
                "zh = \"家\", en = \"berths\" }\nbasis",
            )
        },
        &[
            |s| {
                _ = s.port(
                    "targets",
                    "{ zh = \"个\", en = \"parks\" }",
                    "{ zh = \"个物流园区\", en = \"logistics parks\" }",
                )
            },
            |s| _ = s.port("targets", "{ zh = \"个\", en = \"parks\" }", "\"个\""),
            // 过百亿 leaves 元 out.
            |s| {
                _ = s.promise(
                    "到2028年，航运业产值过百亿。",
                    "bound=more-than; value=100; unit=亿元; due=2028",
                    "By 2028, the output of shipping is to pass RMB 10 billion.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，航运业产值力争达到1.2万亿元。",
                    "bound=reach; value=1.2; unit=万亿元; commitment=strive; due=2028",
                    "By 2028, strive for an output of RMB 1.2 trillion in shipping.",
                )
            },
        ],
    ),
    case(
        "target-bound",
        |s| {
            _ = s.port(
                "targets",
                "bound    = \"at-least\"\nvalue    = \"6\"",
                "bound    = \"more-than\"\nvalue    = \"6\"",
            )
        },
        &[
            |s| {
                _ = s.promise(
                    "到2028年，突破船舶关键技术10项。",
                    "bound=reach; value=10; unit=项:technologies; due=2028",
                    "By 2028, ten key boat technologies are to be mastered.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，船员培训不少于300人次。",
                    "bound=at-least; value=300; unit=人次; due=2028",
                    "By 2028, crew are to be trained no fewer than 300 times.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，通关时间压缩至2个工作日以内。",
                    "bound=at-most; value=2; unit=个工作日:working days; due=2028",
                    "By 2028, clearance is to take no more than two working days.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，港口企业总数近300家。",
                    "bound=about; value=300; unit=家:companies; due=2028",
                    "By 2028, there are to be nearly 300 port companies.",
                )
            },
        ],
    ),
    case(
        "target-basis",
        |s| _ = s.river("targets", "basis    = \"increase\"", "basis    = \"level\""),
        &[
            // A share said without 占; what is added in one clause, what there is in the next.
            |s| {
                _ = s.promise(
                    "到2028年，货物的90%在本地中转。",
                    "bound=reach; value=90; unit=%; basis=share; due=2028",
                    "By 2028, 90% of goods are to be handled locally.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，每年举办航运活动3场。",
                    "bound=reach; value=3; unit=场; basis=annual; due=2028",
                    "By 2028, three shipping events are to be held a year.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，累计培训船员2000名。",
                    "bound=reach; value=2000; unit=名; basis=cumulative; due=2028",
                    "By 2028, 2,000 crew are to have been trained in total.",
                )
            },
        ],
    ),
    case(
        "target-commitment",
        |s| _ = s.port("targets", "commitment = \"strive\"", "commitment = \"firm\""),
        &[
            // A hedge behind a subject of its own governs only its clause.
            |s| {
                s.source("到2028年，货运量力争达到900万吨，客运量达到80万人次。")
                    .append(&of(RIVER, "targets"), "\n[[target]]\nid = \"freight\"\nmeasure = { zh = \"货运量\", en = \"Freight\" }\ntopics = [\"ports\"]\nbound = \"reach\"\nvalue = \"900\"\nunit = \"万吨\"\ncommitment = \"strive\"\ndue = 2028\nquote = '到2028年，货运量力争达到900万吨'\nquote_en = \"By 2028, strive for freight of 9 million tonnes\"\n\n[[target]]\nid = \"passengers\"\nmeasure = { zh = \"客运量\", en = \"Passengers\" }\ntopics = [\"ports\"]\nbound = \"reach\"\nvalue = \"80\"\nunit = \"万人次\"\ndue = 2028\nquote = '客运量达到80万人次'\nquote_en = \"800,000 passengers\"\n")
                    .append(&of(RIVER, "zh"), "\n到2028年，货运量力争达到900万吨，客运量达到80万人次。[^freight][^passengers]\n")
                    .append(&of(RIVER, "en"), "\nBy 2028, freight strives to reach 9 million tonnes, and passenger trips are to reach 800,000.[^freight][^passengers]\n");
            },
            |s| {
                _ = s.promise(
                    "争取到2028年新建锚地5处。",
                    "bound=reach; value=5; unit=处:anchorages; basis=increase; commitment=strive; due=2028",
                    "The city seeks to add five anchorages by 2028.",
                )
            },
            |s| {
                _ = s.promise(
                    "预计到2028年旅客达到50万人次。",
                    "bound=reach; value=50; unit=万人次; commitment=expected; due=2028",
                    "Passenger trips are expected to reach 500,000 by 2028.",
                )
            },
        ],
    ),
    case(
        "target-each",
        |s| _ = s.river("targets", "each     = { bound = \"more-than\", value = \"10\", unit = \"亿元\" }\n", ""),
        &[
            |s| {
                _ = s.promise(
                    "到2028年，培育3个以上税收过1亿元的港区。",
                    "bound=at-least; value=3; unit=个:port areas; each=more-than 1 亿元; due=2028",
                    "By 2028, foster at least three port areas with tax revenue of more than RMB 100 million.",
                )
            },
            // Two figures, neither the bar of the other.
            |s| {
                _ = s.promise(
                    "到2028年，引进航运企业5家。",
                    "bound=reach; value=5; unit=家:companies; due=2028",
                    "By 2028, five shipping companies are to be brought in.",
                )
            },
            |s| {
                _ = s.river(
                    "targets",
                    "each     = { bound = \"more-than\", value = \"10\"",
                    "each     = { bound = \"more-than\", value = \"10.0\"",
                )
            },
        ],
    ),
    case(
        "target-year",
        |s| _ = s.port("targets", "due        = 2027", "due        = 2026"),
        &[
            // The sentence around the quote gives the year; a year that the quote tells of is no due year.
            |s| {
                _ = s.port(
                    "targets",
                    "quote      = '到2027年，港口货物吞吐量力争突破8000万吨'\nquote_en   = \"By 2027, strive",
                    "quote = '港口货物吞吐量力争突破8000万吨'\nquote_en = \"Strive",
                )
            },
            |s| {
                _ = s.promise(
                    "与2023年相比，锚地增加2处。",
                    "bound=reach; value=2; unit=处:anchorages; basis=increase",
                    "Compared with 2023, two more anchorages are to be added.",
                )
            },
            |s| _ = s.port("targets", "year     = 2023\n", ""),
        ],
    ),
    case(
        "target-per",
        |s| _ = s.river("targets", "per      = { zh = \"每万人口\", en = \"per 10,000 residents\" }\n", ""),
        &[
            |s| {
                _ = s.promise(
                    "到2028年，每年培训船员300名。",
                    "bound=reach; value=300; unit=名; basis=annual; due=2028",
                    "By 2028, 300 crew are to be trained each year.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，人均岸线达到2米。",
                    "bound=reach; value=2; unit=米:metres; per=人均:per person; due=2028",
                    "By 2028, there are to be 2 metres of waterfront per person.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，每个县建成码头1座。",
                    "bound=reach; value=1; unit=座:wharves; per=每个县:per county; due=2028",
                    "By 2028, each county is to have built one wharf.",
                )
            },
        ],
    ),
    case(
        "baseline-value",
        |s| _ = s.port("targets", "baseline   = { value = \"5000\"", "baseline   = { value = \"500\""),
        &[
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
