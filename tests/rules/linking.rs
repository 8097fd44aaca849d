//! Rules of linking and publishing.

use super::{Case, case};

const LINJIANG: &str = "content/places/linjiang.toml";

pub(crate) const CASES: &[Case] = &[
    case(
        "unknown-id",
        |s| _ = s.river("targets", "topics   = [\"ports\"]", "topics   = [\"port\"]"),
        &[
            |s| {
                _ = s.passages(
                    "见[[demo-river-2023]]和[[linjiang-gov]]。[^wharf]",
                    "See [[demo-river-2023]] and [[linjiang-gov]].[^wharf]",
                )
            },
            |s| _ = s.passages("写作`[[nothing]]`。[^wharf]", "Written `[[nothing]]`.[^wharf]"),
        ],
    ),
    case(
        "ambiguous-id",
        |s| _ = s.replace("content/glossary.toml", "[deep-water-wharf]", "[ports]"),
        &[
            |s| _ = s.replace("content/glossary.toml", "[deep-water-wharf]", "[linjiang-gov]"),
            |s| {
                _ = s
                    .replace("content/glossary.toml", "[deep-water-wharf]", "[ports]")
                    .port("zh", "[[ports|", "[[topic:ports|")
                    .port("en", "[[ports|", "[[topic:ports|")
            },
        ],
    ),
    case(
        "parent-cycle",
        |s| _ = s.append(LINJIANG, "parent  = \"linjiang\"\n"),
        &[
            |s| {
                _ = s.append(LINJIANG, "parent  = \"jiangnan\"\n").write(
                    "content/places/jiangnan.toml",
                    "name = { zh = \"江南省\", en = \"Jiangnan\" }\nkind = \"province\"\n",
                )
            },
            |s| {
                s.append(LINJIANG, "parent  = \"jiangnan\"\n")
                    .write(
                        "content/places/jiangnan.toml",
                        "name = { zh = \"江南省\", en = \"Jiangnan\" }\nkind = \"province\"\n",
                    )
                    .write(
                        "content/places/xiacheng.toml",
                        "name = { zh = \"下城区\", en = \"Xiacheng\" }\nkind = \"district\"\nparent = \"linjiang\"\n",
                    )
                    .passages("[[xiacheng]]也在内。[^wharf]", "[[xiacheng]] is part of it.[^wharf]");
            },
        ],
    ),
    case(
        "unknown-unit",
        |s| _ = s.river("targets", "unit     = \"公里\"", "unit     = \"里\""),
        &[
            |s| {
                _ = s.river(
                    "targets",
                    "unit     = \"公里\"",
                    "unit     = { zh = \"公里航道\", en = \"kilometres of waterway\" }",
                )
            },
            |s| _ = s.river("targets", "unit     = \"项\"", "unit     = { zh = \"项\", en = \"works\" }"),
        ],
    ),
    case(
        "quote-not-found",
        |s| _ = s.river("targets", "'航道通航里程不低于120公里'", "'航道通航里程不低于210公里'"),
        &[
            // What extractions vary.
            |s| _ = s.river("targets", "'2023年，新开工航道整治工程4项'", "'２０２３ 年,新开工航道整治工程 4 项'"),
            |s| _ = s.port("en", "[^parks]: 形成3—5个物流园区", "[^parks]: 形成3~5个物流园区"),
            |s| _ = s.river("zh", "[^lists]: 推行“六张清单”", "[^lists]: 推行\"六张清单\""),
        ],
    ),
    case(
        "quote-ambiguous",
        |s| _ = s.port("targets", "{ text = '超过50家企业参与', prefix = \"铁水联运，\" }", "'超过50家企业参与'"),
        &[
            |s| {
                _ = s
                    .port(
                        "targets",
                        "{ text = '超过50家企业参与', prefix = \"铁水联运，\" }",
                        "'推动铁水联运，超过50家企业参与'",
                    )
                    .port("targets", "quote_en = \"with more", "quote_en = \"promote rail–water transport, with more")
            },
            |s| _ = s.port("targets", "prefix = \"铁水联运，\"", "anchor = \"L14\""),
        ],
    ),
    case(
        "quote-cuts-number",
        |s| _ = s.river("targets", "'航道通航里程不低于120公里'", "'航道通航里程不低于12'"),
        &[
            |s| {
                _ = s.river("targets", "'航道通航里程不低于120公里'", "'不低于120公里'").river(
                    "targets",
                    "no less than 120 kilometres of navigable waterway",
                    "no less than 120 kilometres",
                )
            },
            |s| {
                _ = s.river("targets", "'形成2个百亿级产业集群'", "'2个百亿级产业集群'").river(
                    "targets",
                    "two industrial clusters in the RMB 10-billion class are to take shape",
                    "two industrial clusters in the RMB 10-billion class",
                )
            },
        ],
    ),
    case(
        "quote-empty",
        |s| _ = s.river("en", "[^lists]: 推行“六张清单”", "[^lists]: "),
        &[
            |s| _ = s.river("en", "[^lists]: 推行“六张清单”", "[^lists]:推行“六张清单”"),
            |s| _ = s.river("en", "[^lists]: 推行“六张清单”", "[^lists]:   推行“六张清单”   "),
        ],
    ),
    case(
        "quote-without-policy",
        |s| _ = s.replace("content/places/linjiang.zh.md", " {policy=demo-river-2023}", ""),
        &[
            |s| {
                _ = s.replace(
                    "content/places/linjiang.zh.md",
                    "{policy=demo-river-2023}",
                    "{policy=\"demo-river-2023\" anchor=L9}",
                )
            },
            |s| {
                s.write(
                    "content/places/linjiang.zh.md",
                    "临江的港口货物吞吐量达到6000万吨以上。[^demo-river-2023/cargo-2025]\n",
                )
                .write(
                    "content/places/linjiang.en.md",
                    "Linjiang’s port is to handle at least 60 million tonnes of cargo.[^demo-river-2023/cargo-2025]\n",
                );
            },
        ],
    ),
    case(
        "unknown-anchor",
        |s| _ = s.port("en", "{prefix=\"铁水联运，\"}", "{anchor=L99}"),
        &[
            |s| _ = s.port("en", "{prefix=\"铁水联运，\"}", "{anchor=L14}"),
            |s| {
                _ = s.port(
                    "en",
                    "[^wharf]: 加快建设深水码头",
                    "[^wharf]: 加快建设深水码头 {anchor=L12 suffix=\"，超过\"}",
                )
            },
        ],
    ),
    case(
        "bad-anchor",
        |s| _ = s.port("en", "{prefix=\"铁水联运，\"}", "{anchor=14}"),
        &[
            |s| _ = s.port("en", "{prefix=\"铁水联运，\"}", "{anchor=\"L14\"}"),
            |s| _ = s.source("保障").river("record", "url    = \"\"", "url    = \"\"\nheadings = { L17 = 2 }"),
        ],
    ),
    // Publishing.
    case(
        "broken-link",
        |s| _ = s.river("en", "“six lists”", "[“six lists”](source/#L999)"),
        &[
            |s| {
                _ = s.passages(
                    "见[原文](source/#L12)和[计划](../demo-river-2023/#tasks)。[^wharf]",
                    "See [the source](source/#L12) and [the plan](../demo-river-2023/#tasks).[^wharf]",
                )
            },
            |s| {
                _ = s.passages(
                    "见[目标](#goals)和[外站](https://example.org/#no-such-place)。[^wharf]",
                    "See [the goals](#goals) and [another site](https://example.org/#no-such-place).[^wharf]",
                )
            },
        ],
    ),
];
