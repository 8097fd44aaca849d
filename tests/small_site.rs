//! A small site: what is published, and what each kind of mistake looks like to its curator.

mod common;

use common::TestSite;

const TARGETS: &str = "content/policies/demo-port-2024/targets.toml";
const RECORD: &str = "content/policies/demo-port-2024/policy.toml";
const ZH: &str = "content/policies/demo-port-2024/digest.zh.md";
const EN: &str = "content/policies/demo-port-2024/digest.en.md";
const SEED: &str = "seeds/demo-port-2024.txt";

#[test]
fn it_is_published_in_both_languages() {
    let site = TestSite::small();
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("as of 2024-06-01"), "{}", run.stdout);
    let files = common::files(&site.out());
    let pages =
        |lang: &str| -> Vec<String> { files.keys().filter_map(|f| f.strip_prefix(lang)).map(str::to_owned).collect() };
    assert_eq!(pages("zh/"), pages("en/"));
    let digest = site
        .read("public/zh/policies/demo-port-2024/index.html")
        .replace("<span class=\"k\">", "")
        .replace("</span>", "");
    assert!(digest.contains("<strong>新增泊位6个以上，</strong>形成3—5个物流园区。"), "emphasis and soft break");
    assert!(digest.contains("class=\"hl-"), "code is highlighted with classes");
    assert!(digest.contains("超过8000万吨") && digest.contains("力争"));
    let english = site.read("public/en/policies/demo-port-2024/index.html");
    assert!(english.contains("more than 80 million tonnes"), "figures read as English");
    let source = site.read("public/en/policies/demo-port-2024/source/index.html");
    assert!(source.contains("rowspan=\"2\""), "the table's group spans its rows");
    assert!(source.contains("<dt>Leads</dt><dd lang=\"zh-Hans\">市商务局</dd>"));
    assert!(!source.contains("style=\"") && !digest.contains("style=\""));
    assert_eq!(files["seeds/demo-port-2024.txt"], site.read(SEED).into_bytes());
}

#[test]
fn every_citation_leads_to_its_words() {
    let site = TestSite::small();
    assert_eq!(site.build().code, 0);
    for (lang, count) in [("zh", 10), ("en", 10)] {
        let page = site.read(&format!("public/{lang}/policies/demo-port-2024/index.html"));
        let source = site.read(&format!("public/{lang}/policies/demo-port-2024/source/index.html"));
        let ids: Vec<&str> = page
            .match_indices("<sup class=\"cite\">")
            .map(|(i, _)| {
                let rest = &page[i..];
                let from = rest.find("\"source/#").expect("a citation leads to the source") + "\"source/#".len();
                let to = rest[from..].find('"').expect("the attribute ends");
                &rest[from..from + to]
            })
            .collect();
        assert_eq!(ids.len(), count, "{lang}");
        for id in ids {
            assert!(source.contains(&format!("id=\"{id}\"")), "{id}");
        }
    }
}

#[test]
fn a_date_can_be_given() {
    let site = TestSite::small();
    let run = site.run(&["build", "--today", "2028-01-01"]);
    assert!(run.stdout.contains("as of 2028-01-01"));
    assert!(site.read("public/en/targets/index.html").contains("deadline passed, no outcome recorded"));
    let run = common::run(&site.root(), &["build"], &[("SOURCE_DATE_EPOCH", "1735603200")]);
    assert!(run.stdout.contains("as of 2024-12-31"), "{}", run.stdout);
}

#[test]
fn a_base_url_gives_canonical_addresses_and_a_sitemap() {
    let site = TestSite::small();
    assert_eq!(site.run(&["build", "--base-url", "https://example.org/digests"]).code, 0);
    let page = site.read("public/en/places/linjiang/index.html");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://example.org/digests/en/places/linjiang/\">"));
    assert!(page.contains("hreflang=\"zh-Hans\" href=\"https://example.org/digests/zh/places/linjiang/\""));
    assert!(site.read("public/sitemap.xml").contains("<loc>https://example.org/digests/en/targets/</loc>"));
    assert_eq!(site.run(&["build", "--base-url", "example.org"]).code, 1);
}

#[test]
fn a_second_build_changes_nothing_and_keeps_what_is_not_ours() {
    let site = TestSite::small();
    assert_eq!(site.build().code, 0);
    let first = common::files(&site.out());
    site.write("public/CNAME", "example.org\n");
    let run = site.build();
    assert!(run.stdout.contains(&format!("({} unchanged)", first.len())), "{}", run.stdout);
    let mut second = common::files(&site.out());
    assert_eq!(second.remove("CNAME").as_deref(), Some(b"example.org\n".as_slice()));
    assert_eq!(first, second);
}

#[test]
fn a_failed_build_leaves_the_published_site() {
    let site = TestSite::small();
    assert_eq!(site.build().code, 0);
    let before = common::files(&site.out());
    site.replace(TARGETS, "8000万吨'", "9000万吨'");
    let run = site.build();
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("targets.toml:10:14"), "{}", run.stderr);
    assert!(run.stderr.contains("nothing was published"));
    assert_eq!(before, common::files(&site.out()));
}

#[test]
fn drafts_are_kept_off_the_site() {
    let site = TestSite::small();
    site.replace(RECORD, "[source]", "draft = true\n\n[source]").remove(EN);
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!site.out().join("zh/policies/demo-port-2024").exists());
    let run = site.run(&["build", "--drafts"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("note[missing-translation]"), "{}", run.stderr);
    assert!(site.out().join("en/policies/demo-port-2024/index.html").exists());
}

#[test]
fn pages_can_be_opened_from_a_disk() {
    let site = TestSite::small();
    assert_eq!(site.run(&["build", "--disk"]).code, 0);
    let page = site.read("public/en/policies/demo-port-2024/index.html");
    assert!(page.contains("href=\"../../places/linjiang/index.html\""));
    assert!(page.contains("\"source/index.html#q-"));
}

/// Each kind of mistake, as its curator sees it.
#[test]
fn mistakes_are_shown_with_their_place_and_a_way_to_mend_them() {
    type Spoil<'a> = &'a dyn Fn(&TestSite);
    let cases: &[(&str, Spoil<'_>)] = &[
        ("quote_not_found", &|s| _ = s.replace(TARGETS, "力争突破8000万吨'", "力争突破9000万吨'")),
        ("quote_from_elsewhere", &|s| _ = s.replace(ZH, "[^wharf]: 加快建设深水码头", "[^wharf]: 完全没有的话")),
        ("quote_cuts_number", &|s| _ = s.replace(TARGETS, "新增泊位6个以上'", "力争突破8000'")),
        ("quote_ambiguous", &|s| _ = s.replace(ZH, " {prefix=\"铁水联运，\"}", "")),
        ("quote_elsewhere", &|s| _ = s.replace(EN, "{prefix=\"铁水联运，\"}", "{anchor=L7}")),
        ("unknown_anchor", &|s| _ = s.replace(EN, "{prefix=\"铁水联运，\"}", "{anchor=L99}")),
        ("unknown_id", &|s| _ = s.replace(ZH, "[[linjiang|临江]]", "[[linjang|临江]]")),
        ("unknown_kind", &|s| _ = s.replace(ZH, "[[linjiang|临江]]", "[[plase:linjiang|临江]]")),
        ("ambiguous_id", &|s| {
            s.write("content/topics/linjiang.toml", "name = { zh = \"临江\", en = \"Linjiang\" }\n");
        }),
        ("unknown_citation", &|s| _ = s.replace(EN, "[^parks]\n", "[^park]\n")),
        ("missing_digest", &|s| _ = s.remove(EN)),
        ("missing_translation", &|s| _ = s.replace(TARGETS, ", en = \"New berths\"", "")),
        ("unequal_headings", &|s| _ = s.replace(EN, "{#tasks}", "{#main-tasks}")),
        ("unknown_keys", &|s| {
            s.replace(TARGETS, "measure    =", "mesure     =").replace(RECORD, "issued =", "isued  =");
        }),
        ("bad_values", &|s| {
            s.replace(TARGETS, "\"more-than\"", "\"morethan\"").replace(
                TARGETS,
                "value    = \"6\"",
                "value    = \"six\"",
            );
        }),
        ("unknown_unit", &|s| _ = s.replace(TARGETS, "\"万吨\"", "\"万屯\"")),
        ("duplicate_id", &|s| _ = s.replace(TARGETS, "\"berths\"", "\"cargo\"")),
        ("source_changed", &|s| _ = s.replace(SEED, "8000", "9000")),
        ("broken_link", &|s| _ = s.replace(EN, "Deep-water wharves", "[Deep-water wharves](../no-such-policy/)")),
        ("broken_anchor", &|s| _ = s.replace(EN, "Deep-water wharves", "[Deep-water wharves](source/#L999)")),
        ("id_of_the_page", &|s| {
            s.replace(ZH, "{#tasks}", "{#notes}").replace(EN, "{#tasks}", "{#notes}");
        }),
        ("raw_html", &|s| _ = s.replace(EN, "Deep-water wharves", "<b>Deep-water</b> wharves")),
        ("unknown_file", &|s| {
            s.write("content/policies/demo-port-2024/target.toml", "");
        }),
        ("not_toml", &|s| _ = s.replace(RECORD, "place  = \"linjiang\"", "place  = linjiang")),
        ("hint_unused", &|s| _ = s.replace(RECORD, "url    = \"\"", "url    = \"\"\nnoise  = [\"页眉\"]")),
    ];
    for (name, spoil) in cases {
        let site = TestSite::small();
        spoil(&site);
        insta::assert_snapshot!(*name, site.problems());
    }
}

#[test]
fn all_problems_of_a_run_are_shown() {
    let site = TestSite::small();
    site.replace(TARGETS, "8000万吨'", "9000万吨'").replace(ZH, "[[linjiang|", "[[linjang|").replace(
        EN,
        "{#tasks}",
        "{#main-tasks}",
    );
    let problems = site.problems();
    for code in ["quote-not-found", "unknown-id", "unequal-headings"] {
        assert!(problems.contains(code), "{code} in\n{problems}");
    }
}

#[test]
fn wrong_use_is_told_from_wrong_content() {
    let site = TestSite::small();
    assert_eq!(site.run(&["build", "--no-such-option"]).code, 2);
    assert_eq!(site.run(&["build", "--root", "nowhere"]).code, 2);
    assert_eq!(site.run(&["build", "--out", "content/public"]).code, 2);
    assert_eq!(site.run(&["check"]).code, 0);
}
