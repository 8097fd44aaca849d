//! What the guide says of templates and of published files, held against a build of the real site.

use std::collections::{BTreeMap, BTreeSet};

use regex::Regex;

use crate::common::{self, TestSite, repository};
use crate::{Page, pages};

fn of(stem: &str) -> Vec<Page> {
    pages().into_iter().filter(|p| p.stem() == stem).collect()
}

/// The code of each cell of a table's rows.
fn rows(text: &str) -> Vec<Vec<Vec<String>>> {
    let code = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect();
    text.lines()
        .filter(|l| l.starts_with("| `"))
        .map(|l| l.trim_matches('|').split(" | ").map(code).collect())
        .collect()
}

/// A template, and a page that it makes.
const MADE: [(&str, &str); 22] = [
    ("chooser.html", "index.html"),
    ("404.html", "404.html"),
    ("home.html", "en/index.html"),
    ("policies.html", "en/policies/index.html"),
    ("policy.html", "en/policies/changsha-health-2023/index.html"),
    ("source.html", "en/policies/changsha-health-2023/source/index.html"),
    ("parallel.html", "en/policies/changsha-health-2023/parallel/index.html"),
    ("target.html", "en/policies/changsha-health-2023/targets/revenue-2026/index.html"),
    ("places.html", "en/places/index.html"),
    ("place.html", "en/places/wuhan/index.html"),
    ("versus.html", "en/places/changsha/vs/hangzhou/index.html"),
    ("topics.html", "en/topics/index.html"),
    ("topic.html", "en/topics/talent/index.html"),
    ("agencies.html", "en/agencies/index.html"),
    ("agency.html", "en/agencies/wuhan-health-commission/index.html"),
    ("indicator.html", "en/indicators/listed-companies/index.html"),
    ("targets.html", "en/targets/index.html"),
    ("compare.html", "en/compare/index.html"),
    ("glossary.html", "en/glossary/index.html"),
    ("search.html", "en/search/index.html"),
    ("verification.html", "en/verification/index.html"),
    ("guide.html", "en/guide/index.html"),
];

#[test]
fn templates_are_given_what_the_guide_says() {
    // Every page shows what its template is given.
    let site = TestSite::real();
    let dump = "<pre id=\"given\">{{ __tera_context }}</pre></body>";
    for name in ["base.html", "chooser.html", "404.html"] {
        site.replace(&format!("templates/{name}"), "</body>", dump);
    }
    for name in ["feed.xml", "sitemap.xml"] {
        let text = site.read(&format!("templates/{name}"));
        site.write(&format!("templates/{name}"), &format!("{text}<!-- {{{{ __tera_context }}}} -->"));
    }
    let run = site.run(&["build", "--base-url", "https://example.org/"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let mut given: BTreeMap<&str, BTreeSet<String>> = BTreeMap::from([
        ("base.html", BTreeSet::new()),
        ("parts.html", BTreeSet::new()),
        ("chart.html", BTreeSet::new()),
        ("feed.xml", keys(&after(&site.read("public/en/feed.xml"), "<!-- {"))),
        ("sitemap.xml", keys(&after(&site.read("public/sitemap.xml"), "<!-- {"))),
    ]);
    for (template, page) in MADE {
        let text = after(&site.read(&format!("public/{page}")), "<pre id=\"given\">{");
        let own = keys(&text).into_iter().filter(|k| !["page", "t"].contains(&k.as_str())).collect();
        given.insert(template, own);
    }
    let shipped: BTreeSet<String> = std::fs::read_dir(repository().join("templates"))
        .expect("templates are part of the repository")
        .map(|e| e.expect("its entries can be read").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(given.keys().map(|k| (*k).to_owned()).collect::<BTreeSet<_>>(), shipped, "MADE has a page for each");
    for page in of("06-templates") {
        let told: BTreeMap<String, BTreeSet<String>> = rows(&page.text)
            .into_iter()
            .map(|cells| (cells[0][0].clone(), cells[2].iter().cloned().collect()))
            .collect();
        let wrong: Vec<_> = given.iter().filter(|(template, keys)| told.get(**template) != Some(keys)).collect();
        assert!(wrong.is_empty(), "{}: rows that are not what templates are given: {wrong:#?}", page.name);
        assert_eq!(told.len(), given.len(), "{}", page.name);
    }
}

fn after(text: &str, start: &str) -> String {
    let at = text.find(start).map(|i| i + start.len()).unwrap_or_else(|| panic!("there is no {start}"));
    text[at..].replace("&quot;", "\"")
}

/// Keys of an object in Tera's notation, from behind its brace to its end.
fn keys(text: &str) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    let mut depth = 0i32;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        match c {
            '"' => {
                let mut end = 1;
                while let Some(found) = rest[end..].find(['"', '\\']) {
                    end += found + 1;
                    if rest.as_bytes()[end - 1] == b'"' {
                        break;
                    }
                    end += rest[end..].chars().next().map_or(0, char::len_utf8);
                }
                if depth == 0 && rest[end..].starts_with(':') {
                    out.insert(rest[1..end - 1].to_owned());
                }
                rest = &rest[end..];
                continue;
            }
            '{' | '[' => depth += 1,
            '}' | ']' if depth == 0 => break,
            '}' | ']' => depth -= 1,
            _ => {}
        }
        rest = &rest[c.len_utf8()..];
    }
    out
}

#[test]
fn every_published_file_is_told_of_and_every_one_told_of_is_published() {
    let site = TestSite::real();
    let run = site.run(&["build", "--base-url", "https://example.org/"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let id = Regex::new(r"/(policies|places|topics|indicators|agencies|schema)/[a-z0-9-]+(/|\.json)")
        .expect("it is a regular expression");
    let files: BTreeSet<String> = common::files(&site.out())
        .into_keys()
        .filter(|f| !f.ends_with("index.html"))
        .map(|f| {
            let f = id.replace(&f, "/$1/<id>$2").into_owned();
            let f = if f.starts_with("seeds/") { "seeds/<id>.txt".to_owned() } else { f };
            match f.strip_prefix("zh/").or_else(|| f.strip_prefix("en/")) {
                Some(rest) => format!("{{lang}}/{rest}"),
                None => f,
            }
        })
        .collect();
    for page in of("07-data") {
        let published = page.text.split("{#published}").nth(1).unwrap_or_default();
        let mut told: BTreeSet<String> = BTreeSet::new();
        for names in rows(published).into_iter().map(|cells| cells[0].clone()) {
            told.extend(names);
        }
        // The four that a policy's, place's, topic's or indicator's targets come in are told in words.
        let views: Vec<String> = told.iter().filter(|f| f.ends_with("/<id>/targets.json")).cloned().collect();
        for view in views {
            told.extend(["csv", "zh.ics", "en.ics"].map(|end| view.replace("json", end)));
        }
        let folders: Vec<String> = told.iter().filter(|f| f.ends_with('/')).cloned().collect();
        for file in &files {
            let of_a_folder = folders.iter().any(|f| file.starts_with(f.as_str()));
            assert!(of_a_folder || told.contains(file), "{}: nothing is said of {file}", page.name);
        }
        for file in told.iter().filter(|f| !f.ends_with('/')) {
            assert!(files.contains(file), "{}: {file} is not published", page.name);
        }
    }
}
