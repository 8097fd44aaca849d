//! Order in the house.

use super::small::RIVER;
use super::small::of;
use super::{Case, case};

pub(crate) const CASES: &[Case] = &[
    case(
        "unused-entity",
        |s| _ = s.write("content/topics/teleportation.toml", "name = { zh = \"瞬移\", en = \"Teleportation\" }\n"),
        &[
            // Named in a responsibility note, by an alias; in a source; in a digest; as a parent.
            |s| {
                _ = s.append("content/agencies.toml", "\n[linjiang-transport]\nname = { zh = \"临江市交通运输局\", en = \"Linjiang Transport Bureau\" }\nplace = \"linjiang\"\naliases = { zh = [\"市交通局\"] }\n")
            },
            |s| {
                _ = s.append(
                    "content/glossary.toml",
                    "\n[free-trade]\nzh = \"上市企业\"\nen = \"listed\"\nvariants = [\"listed\"]\n",
                )
            },
            |s| {
                s.write(
                    "content/places/jiangnan.toml",
                    "name = { zh = \"江南省\", en = \"Jiangnan\" }\nkind = \"province\"\n",
                )
                .replace(
                    "content/places/linjiang.toml",
                    "kind    = \"city\"",
                    "kind = \"city\"\nparent = \"jiangnan\"",
                );
            },
            |s| {
                s.write("content/topics/wharves.toml", "name = { zh = \"航道\", en = \"Waterways\" }\n");
            },
        ],
    ),
    case(
        "alias-clash",
        |s| {
            _ = s.append("content/agencies.toml", "\n[linjiang-transport]\nname = { zh = \"临江市交通运输局\", en = \"Linjiang Transport Bureau\" }\nplace = \"linjiang\"\naliases = { zh = [\"市交通局\"] }\n\n[linjiang-port]\nname = { zh = \"临江市港航局\", en = \"Linjiang Port Bureau\" }\nplace = \"linjiang\"\naliases = { zh = [\"市交通局\"] }\n")
        },
        &[
            // Of another place; of another kind; the same name given twice to one.
            |s| {
                s.write("content/places/jiangbei.toml", "name = { zh = \"江北市\", en = \"Jiangbei\" }\nkind = \"city\"\n").append("content/agencies.toml", "\n[linjiang-transport]\nname = { zh = \"临江市交通运输局\", en = \"Linjiang Transport Bureau\" }\nplace = \"linjiang\"\naliases = { zh = [\"市交通局\"] }\n\n[jiangbei-transport]\nname = { zh = \"江北市交通运输局\", en = \"Jiangbei Transport Bureau\" }\nplace = \"jiangbei\"\naliases = { zh = [\"市交通局\"] }\n");
            },
            |s| {
                s.append("content/glossary.toml", "\n[port]\nzh = \"港口\"\nen = \"port\"\n");
            },
            |s| {
                _ = s.replace(
                    "content/places/linjiang.toml",
                    "zh = [\"临江\"]",
                    "zh = [\"临江\", \"临江市\"], en = [\"Linjiang\"]",
                )
            },
        ],
    ),
    case(
        "target-without-topic",
        |s| {
            _ = s.river(
                "targets",
                "topics   = [\"ports\"]\nquote    = '航运保险",
                "topics   = []\nquote    = '航运保险",
            )
        },
        &[
            |s| {
                s.write("content/topics/insurance.toml", "name = { zh = \"保险\", en = \"Insurance\" }\n").river(
                    "targets",
                    "topics   = [\"ports\"]\nquote    = '航运保险",
                    "topics   = [\"insurance\", \"ports\"]\nquote    = '航运保险",
                );
            },
            // A fact needs none.
            |s| _ = s.port("targets", "id       = \"berths-2023\"", "id       = \"berths-2023\"\ntopics   = []"),
        ],
    ),
    case(
        "indicator-alone",
        |s| _ = s.river("targets", "indicator = \"port-cargo\"\n", ""),
        &[
            // Three; two of one policy.
            |s| _ = s.port("targets", "same_as  = \"cargo\"", "same_as  = \"cargo\"\nindicator = \"port-cargo\""),
            |s| {
                s.append(
                    "content/indicators.toml",
                    "\n[berths]\nname = { zh = \"泊位\", en = \"Berths\" }\nunit = { zh = \"个\", en = \"berths\" }\n",
                )
                .port("targets", "id       = \"berths\"", "id = \"berths\"\nindicator = \"berths\"")
                .port(
                    "targets",
                    "id       = \"berths-total\"",
                    "id = \"berths-total\"\nindicator = \"berths\"",
                );
            },
        ],
    ),
    case(
        "expired-in-force",
        |s| _ = s.river("record", "topics = [\"ports\"]", "topics = [\"ports\"]\nexpires = 2024-05-31"),
        &[
            |s| _ = s.river("record", "topics = [\"ports\"]", "topics = [\"ports\"]\nexpires = 2024-06-01"),
            |s| {
                _ = s.river(
                    "record",
                    "topics = [\"ports\"]",
                    "topics = [\"ports\"]\nstatus = \"expired\"\nexpires = 2024-05-31",
                )
            },
            |s| _ = s.today(2025, 12, 31),
            // A last day of its own outlives the period.
            |s| {
                _ = s
                    .river("record", "topics = [\"ports\"]", "topics = [\"ports\"]\nexpires = 2026-12-31")
                    .today(2026, 1, 1)
            },
        ],
    ),
    case(
        "deadline-passed",
        |s| _ = s.today(2026, 1, 1),
        &[
            |s| _ = s.today(2025, 12, 31),
            // The same commitment given twice has one outcome.
            |s| {
                s.append(&of(RIVER, "targets"), "\n[[target]]\nid = \"works-again\"\nsame_as = \"works\"\nmeasure = { zh = \"工程\", en = \"Works\" }\nbound = \"reach\"\nvalue = \"4\"\nunit = \"项\"\nbasis = \"increase\"\ndue = 2023\ntopics = [\"ports\"]\nquote = '新开工航道整治工程4项'\nquote_en = \"begin four new waterway improvement works\"\n");
            },
        ],
    ),
];
