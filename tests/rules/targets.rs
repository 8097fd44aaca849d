//! Targets, facts, outcomes and derived figures against their quotes.

use super::small::{RIVER, of};
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
                _ = s.promise(
                    "到2028年，吸引外资1亿美元。",
                    "bound=reach; value=1; unit=亿美元:100 million US dollars; due=2028",
                    "By 2028, attract USD 100 million from abroad.",
                )
            },
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
                    "到2028年，实现1小时内响应。",
                    "bound=at-most; value=1; unit=小时; due=2028",
                    "By 2028, respond within an hour.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，船舶平均待闸时间缩短至24小时以内。",
                    "bound=at-most; value=24; unit=小时; due=2028",
                    "By 2028, boats are to wait no more than 24 hours at locks.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，一半以上的船舶完成改造。",
                    "bound=at-least; value=1/2; unit=; due=2028",
                    "By 2028, at least half of the boats are to be refitted.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，港口货物周转量居全省第2位。",
                    "bound=rank; value=2; unit=位; due=2028",
                    "By 2028, the port is to rank second in the province for cargo turnover.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，培育“链主”企业1—2家。",
                    "bound=range; low=1; high=2; unit=家:companies; due=2028",
                    "By 2028, foster one or two “chain leader” companies.",
                )
            },
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
            |s| {
                _ = s.promise(
                    "对新建码头给予最高500万元补助。",
                    "bound=at-most; value=500; unit=万元",
                    "New wharves get subsidies of up to RMB 5 million.",
                )
            },
            |s| {
                _ = s.promise(
                    "到2028年，实现两位数增长，增速达12%。",
                    "bound=reach; value=12; unit=%; basis=growth; due=2028",
                    "By 2028, growth is to be in double digits and reach 12%.",
                )
            },
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
            |s| {
                _ = s.promise(
                    "到2028年，有望建成锚地8处。",
                    "bound=reach; value=8; unit=处:anchorages; commitment=expected; due=2028",
                    "By 2028, eight anchorages are expected to have been built.",
                )
            },
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
                    "到2028年，年营业收入10亿元以上的航运企业达到5家。",
                    "bound=reach; value=5; unit=家:companies; each=at-least 10 亿元; due=2028",
                    "By 2028, five shipping companies are to have annual revenue of at least RMB 1 billion.",
                )
            },
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
            |s| {
                _ = s.promise(
                    "到“十四五”末，建成锚地8处。",
                    "bound=reach; value=8; unit=处:anchorages; due=2025",
                    "By the end of the 14th Five-Year Plan (2025), eight anchorages are to have been built.",
                )
            },
            |s| {
                _ = s.promise(
                    "力争用三年时间，建成锚地8处。",
                    "bound=reach; value=8; unit=处:anchorages; due=2026; commitment=strive",
                    "Strive to build eight anchorages in three years.",
                )
            },
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
                    "按每艘船5000元的标准给予补贴。",
                    "bound=reach; value=5000; unit=元; per=每艘船:per boat",
                    "A subsidy of RMB 5,000 is given for each boat.",
                )
            },
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
];
