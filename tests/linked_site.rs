//! A site of two cities and a province: what pages make of passages, agencies, indicators and terms.

mod common;

use std::fmt::Write as _;

use common::TestSite;
use sha2::{Digest as _, Sha256};

const SEED: &str = "海城市物流发展行动方案\n\n为加快物流发展，学习临江经验，制定本方案。\n\n一、工作目标\n\n\
    到2027年，港口货物吞吐量达到6000万吨，新增泊位3个以上。到2023年底，建成物流园区。\n\n二、主要任务\n\n\
    （一）发展物流园。推动揭榜挂帅，支持物流园区建设；与临江大学合作。（牵头单位：市交通局；责任单位：省商务厅、临江物流局）\n\n\
    （二）重申目标。港口货物吞吐量6000万吨。（责任单位：市交通局）\n\n本方案自印发之日起实施。\n";

/// The small site with a second city, a province, indicators, terms and an outcome.
fn linked() -> TestSite {
    let site = TestSite::small();
    let hash = Sha256::digest(SEED.as_bytes()).iter().fold(String::new(), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    });
    let folder = "content/policies/sea-logistics-2024";
    site.write("seeds/sea-logistics-2024.txt", SEED)
        .write(
            &format!("{folder}/policy.toml"),
            &format!(
                "title = {{ zh = \"海城市物流发展行动方案\", en = \"Haicheng logistics action plan\" }}\nissuer = \"haicheng-transport\"\n\
                 place = \"haicheng\"\nkind = \"action-plan\"\nissued = 2024-04-01\ntopics = [\"parks\"]\n\n\
                 [source]\nfile = \"seeds/sea-logistics-2024.txt\"\nsha256 = \"{hash}\"\n"
            ),
        )
        .write(
            &format!("{folder}/targets.toml"),
            "[[target]]\nid = \"cargo\"\nindicator = \"cargo\"\nmeasure = { zh = \"港口货物吞吐量\", en = \"Port cargo throughput\" }\n\
             bound = \"reach\"\nvalue = \"6000\"\nunit = \"万吨\"\ndue = 2027\ntopics = [\"ports\"]\n\
             quote = '到2027年，港口货物吞吐量达到6000万吨'\nquote_en = \"By 2027 port cargo throughput reaches 60 million tonnes\"\n\n\
             [[target]]\nid = \"cargo-again\"\nindicator = \"cargo\"\nmeasure = { zh = \"港口货物吞吐量（重申）\", en = \"Port cargo throughput, restated\" }\n\
             bound = \"reach\"\nvalue = \"6000\"\nunit = \"万吨\"\nsame_as = \"cargo\"\ntopics = [\"ports\"]\nquote = '港口货物吞吐量6000万吨'\nquote_en = \"port cargo throughput of 60 million tonnes\"\n\n\
             [[outcome]]\ntarget = \"cargo\"\nvalue = \"6100\"\nas_of = 2028-01-10\n\
             source = { title = { zh = \"统计公报\", en = \"Statistical bulletin\" }, url = \"https://example.org/bulletin\", retrieved = 2028-02-01 }\n\
             quote = '港口货物吞吐量6100万吨'\n",
        )
        .write(
            &format!("{folder}/digest.zh.md"),
            "## 目标 {#goals}\n\n到2027年，港口货物吞吐量达到6000万吨。[^cargo]\n\n## 任务 {#tasks}\n\n推动揭榜挂帅，支持[[parks|物流园区]]建设。[^bid]\n\n[^bid]: 推动揭榜挂帅，支持物流园区建设\n",
        )
        .write(
            &format!("{folder}/digest.en.md"),
            "## Goals {#goals}\n\nBy 2027 port cargo reaches 60 million tonnes.[^cargo]\n\n## Tasks {#tasks}\n\n\
             Open bidding supports [[parks|logistics parks]].[^bid]\n\n[^bid]: 推动揭榜挂帅，支持物流园区建设\n    promote open bidding and support the building of logistics parks\n",
        )
        .write("content/places/haicheng.toml", "name = { zh = \"海城市\", en = \"Haicheng\" }\nkind = \"city\"\nparent = \"province\"\n")
        .write("content/places/province.toml", "name = { zh = \"海省\", en = \"Sea Province\" }\nkind = \"province\"\n")
        .write(
            "content/places/linjiang.toml",
            "name = { zh = \"临江市\", en = \"Linjiang\" }\nkind = \"city\"\naliases = { zh = [\"临江\"] }\nexcept = { zh = [\"临江大学\"] }\n",
        )
        .write("content/topics/parks.toml", "name = { zh = \"物流园\", en = \"Logistics parks\" }\naliases = { zh = [\"物流园区\"] }\n")
        .write(
            "content/agencies.toml",
            "[linjiang-gov]\nname = { zh = \"临江市人民政府\", en = \"Linjiang government\" }\nplace = \"linjiang\"\n\n\
             [linjiang-transport]\nname = { zh = \"临江市交通局\", en = \"Linjiang transport bureau\" }\nplace = \"linjiang\"\naliases = { zh = [\"市交通局\"] }\n\n\
             [haicheng-transport]\nname = { zh = \"海城市交通局\", en = \"Haicheng transport bureau\" }\nplace = \"haicheng\"\naliases = { zh = [\"市交通局\"] }\n\n\
             [province-commerce]\nname = { zh = \"海省商务厅\", en = \"Provincial commerce department\" }\nplace = \"province\"\naliases = { zh = [\"省商务厅\"] }\n",
        )
        .write("content/indicators.toml", "[port-cargo]\nname = { zh = \"港口货物吞吐量\", en = \"Port cargo throughput\" }\nunit = \"万吨\"\n\n[cargo]\nname = { zh = \"港口吞吐量\", en = \"Port throughput\" }\nunit = \"万吨\"\nnote = { zh = \"口径相近。\", en = \"Counted much alike.\" }\n")
        .write(
            "content/glossary.toml",
            "[open-bidding]\nzh = \"揭榜挂帅\"\nen = \"open bidding\"\navoid = [\"take the helm\"]\nnote = { zh = \"列榜公布。\", en = \"Problems are published.\" }\nsource = \"ours\"\n",
        )
        .replace("content/policies/demo-port-2024/targets.toml", "indicator  = \"port-cargo\"", "indicator  = \"cargo\"");
    site
}

fn built(arguments: &[&str]) -> TestSite {
    let site = linked();
    let run = site.run(&[&["build"], arguments].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    site
}

/// A page's text without its tags.
fn text(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(c),
            _ => {}
        }
    }
    out
}

#[test]
fn a_topic_sets_places_side_by_side() {
    let site = built(&[]);
    let page = site.read("public/zh/topics/parks/index.html");
    // The longest alias is marked; the sentence is whole, without the note on who is responsible.
    assert!(page.contains("支持<mark>物流园区</mark>建设；"), "{page}");
    assert!(page.contains("id=\"at-haicheng\"") && page.contains("id=\"at-linjiang\""));
    assert!(!page.contains("临江物流局"));
    let english = site.read("public/en/topics/parks/index.html");
    assert!(english.contains("promote open bidding and support the building of logistics parks"));
    let ports = text(&site.read("public/en/topics/ports/index.html"));
    assert!(ports.contains("60 million tonnes") && ports.contains("more than 80 million tonnes"));
    assert!(!ports.contains("restated"), "what a text says twice counts once");
}

#[test]
fn a_place_knows_what_others_say_of_it() {
    let site = built(&[]);
    let page = site.read("public/zh/places/linjiang/index.html");
    assert!(page.contains("学习<mark>临江</mark>经验"), "{page}");
    assert!(!page.contains("与<mark>临江</mark>大学") && !page.contains("临江物流局"));
    assert!(page.contains("haicheng/vs/linjiang/\""), "it can be compared");
    let versus = text(&site.read("public/en/places/haicheng/vs/linjiang/index.html"));
    assert!(
        versus.contains("60 million tonnes")
            && versus.contains("80 million tonnes")
            && versus.contains("Counted much alike.")
    );
    assert!(site.read("public/en/places/haicheng/vs/linjiang/index.html").contains("<svg class=\"scale"));
    assert!(!site.out().join("en/places/linjiang/vs").exists(), "one address a pair");
}

#[test]
fn agencies_are_those_of_the_text_s_own_place() {
    let site = built(&[]);
    let own = text(&site.read("public/en/agencies/haicheng-transport/index.html"));
    assert!(
        own.contains("Leads") && own.contains("发展物流园") && own.contains("Answers for") && own.contains("重申目标"),
        "{own}"
    );
    let other = text(&site.read("public/en/agencies/linjiang-transport/index.html"));
    assert!(other.contains("建设码头") && !other.contains("发展物流园"));
    let above = text(&site.read("public/en/agencies/province-commerce/index.html"));
    assert!(above.contains("Supports") && above.contains("发展物流园"), "the province's own is found");
    let source = site.read("public/zh/policies/sea-logistics-2024/source/index.html");
    assert!(source.contains("agencies/haicheng-transport/\">市交通局</a>"));
    assert!(source.contains("临江物流局"), "what the site does not know stays a plain name");
}

#[test]
fn a_target_has_an_address_with_all_that_is_known_of_it() {
    let site = built(&[]);
    let page = site.read("public/en/policies/sea-logistics-2024/targets/cargo/index.html");
    assert!(page.contains(
        "<mark>到<span class=\"k\">2027年</span>，港口货物吞吐量达到<span class=\"k\">6000万吨</span></mark>"
    ));
    for words in [
        "61 million tonnes",
        "Statistical bulletin",
        "/cargo-again/\"",
        "indicators/cargo/",
        "Cite this",
        "Other targets on",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let again = site.read("public/en/policies/sea-logistics-2024/targets/cargo-again/index.html");
    assert!(again.contains("/cargo/\">Port cargo throughput</a>"));
    let port = site.read("public/en/policies/demo-port-2024/targets/cargo/index.html");
    assert!(
        port.contains("50 million tonnes") && port.contains("吞吐量 | 万吨 | 5000 | 8000"),
        "its baseline with its words"
    );
    let passed = built(&["--today", "2028-06-01"]);
    let page = text(&passed.read("public/en/policies/demo-port-2024/targets/cargo/index.html"));
    assert!(page.contains("The deadline has passed; no outcome is recorded."));
    let page = text(&passed.read("public/en/policies/sea-logistics-2024/targets/cargo/index.html"));
    assert!(!page.contains("no outcome is recorded"));
}

#[test]
fn a_comparison_says_where_there_is_no_such_target() {
    let site = built(&[]);
    let page = text(&site.read("public/en/compare/index.html"));
    assert!(page.contains("No such target found") && page.contains("Port throughput"));
    assert!(text(&site.read("public/zh/compare/index.html")).contains("未见此类目标"));
}

#[test]
fn the_glossary_has_every_use() {
    let site = built(&[]);
    let page = site.read("public/en/glossary/index.html");
    assert!(page.contains("id=\"term-open-bidding\"") && page.contains("<s>take the helm</s>"));
    assert!(page.contains("policies/sea-logistics-2024/#tasks\">Tasks</a>"));
    assert!(page.contains("policies/sea-logistics-2024/source/#L"));
    let parallel = site.read("public/en/policies/sea-logistics-2024/parallel/index.html");
    assert_eq!(parallel.matches("data-term=\"open-bidding\"").count(), 2, "the term is marked in both languages");
}

#[test]
fn changes_stand_at_home_at_the_policy_and_in_the_feeds() {
    let site = built(&["--base-url", "https://example.org/"]);
    for (lang, words) in [("zh", "更正了一处数字。"), ("en", "One figure was corrected.")] {
        for page in ["index.html", "policies/demo-port-2024/index.html", "feed.xml", "places/linjiang/feed.xml"] {
            assert!(site.read(&format!("public/{lang}/{page}")).contains(words), "{lang}/{page}");
        }
        assert!(!site.read(&format!("public/{lang}/places/haicheng/feed.xml")).contains(words));
    }
}

#[test]
fn a_digest_stands_beside_its_page_as_markdown() {
    let site = built(&[]);
    let text = site.read("public/en/policies/sea-logistics-2024/index.md");
    assert!(text.contains("[logistics parks](../../../en/topics/parks/)"));
    assert!(text.contains(
        "[^2]: 推动揭榜挂帅，支持物流园区建设 (promote open bidding and support the building of logistics parks) [L"
    ));
}

#[test]
fn search_can_be_left_out() {
    let site = built(&["--no-search"]);
    assert!(!site.out().join("search").exists());
    assert!(text(&site.read("public/en/search/index.html")).contains("published without its search index"));
    let site = built(&["--disk"]);
    assert!(!site.out().join("search").exists());
    assert!(text(&site.read("public/zh/search/index.html")).contains("从磁盘打开的页面不能搜索"));
    assert!(built(&[]).out().join("search/src/meta.json").exists());
}
