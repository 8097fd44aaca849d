//! How the preview follows the files.

use std::fs;

use crate::client::{Preview, until};
use crate::common::TestSite;

const EN: &str = "content/policies/demo-port-2024/digest.en.md";
const PAGE: &str = "/en/policies/demo-port-2024/";

#[test]
fn a_save_changes_the_pages_that_show_it_and_no_other() {
    for more in [&["--port", "0"][..], &["--port", "0", "--poll"]] {
        let site = TestSite::small();
        let preview = Preview::start(&site.root(), more);
        let mut open = preview.events("en/policies/demo-port-2024/index.html");
        let mut other = preview.events("en/glossary/index.html");
        let (before, unchanged) = (open.state(), other.state());
        site.replace(EN, "will be promoted", "will be furthered");
        let after = open.state();
        assert_ne!(after["version"], before["version"]);
        assert_eq!(after["style"], before["style"]);
        assert!(preview.get(PAGE).text().contains("will be furthered"));
        // A change that every page is told of: the other page has been told nothing before it.
        site.write("themes/gazette/style.css", "body { color: red }\n");
        let told = other.state();
        assert_eq!(told["version"], unchanged["version"]);
        assert_ne!(told["style"], unchanged["style"]);
        assert_eq!(open.state()["version"], after["version"]);
        assert_eq!(preview.get("/assets/style.css").text().trim(), "body{color:red}");
    }
}

#[test]
fn editors_save_in_many_ways() {
    let site = TestSite::small();
    let preview = Preview::of(&site);
    let mut open = preview.events("en/policies/demo-port-2024/index.html");
    open.state();
    let text = site.read(EN);
    let at = |name: &str| site.root().join(name);
    let folder = "content/policies/demo-port-2024";
    for n in 0..4 {
        let words = format!("will be furthered {}", ["so", "thus", "again", "anew"][n]);
        let saved = text.replace("will be promoted", &words);
        match n {
            // Renamed over the file, as vim and many others do, with a swap file and a trial file beside it.
            0 => {
                fs::write(at(&format!("{folder}/.digest.en.md.swp")), "x").expect("it can be written");
                fs::write(at(&format!("{folder}/4913")), "").expect("it can be written");
                fs::remove_file(at(&format!("{folder}/4913"))).expect("it can be removed");
                fs::rename(at(EN), at(&format!("{EN}~"))).expect("it can be renamed");
                fs::write(at(EN), &saved).expect("it can be written");
            }
            // Written elsewhere and renamed over it.
            1 => {
                fs::write(at(&format!("{folder}/.tmp")), &saved).expect("it can be written");
                fs::rename(at(&format!("{folder}/.tmp")), at(EN)).expect("it can be renamed");
            }
            // Emptied first, then written, twice.
            2 => {
                fs::write(at(EN), "").expect("it can be written");
                fs::write(at(EN), &saved).expect("it can be written");
                fs::write(at(EN), &saved).expect("it can be written");
            }
            // Removed and made anew.
            _ => {
                fs::remove_file(at(EN)).expect("it can be removed");
                fs::write(at(EN), &saved).expect("it can be written");
            }
        }
        until(&words, || preview.get(PAGE).text().contains(&words).then_some(()));
        let state = open.until("no error is left", |state| state["errors"] == "");
        assert!(
            preview
                .get(PAGE)
                .text()
                .contains(&format!("data-version=\"{}\"", state["version"].as_str().unwrap_or_default()))
        );
    }
}

#[test]
fn a_problem_is_shown_on_the_last_good_site_until_it_is_mended() {
    let site = TestSite::small();
    let preview = Preview::of(&site);
    let mut open = preview.events("en/policies/demo-port-2024/index.html");
    let before = open.state();
    assert_eq!(before["errors"], "");
    let good = preview.get(PAGE).stripped();
    site.replace(EN, "加快建设深水码头", "加快建设<浅水>码头");
    let state = open.until("the error is told", |state| state["errors"] != "");
    assert_eq!(state["version"], before["version"]);
    let errors = state["errors"].as_str().unwrap_or_default();
    assert!(
        errors.contains("quote-not-found") && errors.contains("&lt;浅水&gt;") && errors.contains(&format!("{EN}:")),
        "{errors}"
    );
    assert!(!errors.contains("<浅水>"), "{errors}");
    let shown = preview.get(PAGE);
    assert_eq!((shown.status, shown.stripped()), (200, good));
    assert!(shown.text().contains(errors));
    // The terminal says the same.
    until("it is printed", || preview.said().contains("error[quote-not-found]").then_some(()));
    site.replace(EN, "加快建设<浅水>码头", "加快建设深水码头");
    let mended = open.until("it is mended", |state| state["errors"] == "");
    assert_eq!(mended["version"], before["version"]);

    // A template that cannot be parsed, and one that can but not be rendered: both leave the last good site.
    for broken in ["{% for %}", "{{ nothing.there }}"] {
        let template =
            fs::read_to_string(crate::common::repository().join("templates/glossary.html")).expect("it is there");
        site.write(
            "templates/glossary.html",
            &template.replace("{% block main %}", &format!("{{% block main %}}{broken}")),
        );
        let state = open.until("the template's error is told", |state| state["errors"] != "");
        assert!(state["errors"].as_str().unwrap_or_default().contains("templates/glossary.html"), "{state}");
        assert_eq!(preview.get("/en/glossary/").status, 200);
        site.remove("templates/glossary.html");
        open.until("it is mended", |state| state["errors"] == "");
    }
}

#[test]
fn a_site_with_errors_at_the_start_recovers() {
    let site = TestSite::small();
    site.replace(EN, "加快建设深水码头", "加快建设浅水码头");
    let preview = Preview::of(&site);
    let plain = preview.get(PAGE);
    assert_eq!((plain.status, plain.header("content-type")), (503, "text/html; charset=utf-8"));
    assert!(plain.text().contains("quote-not-found") && plain.text().contains("role=\"alert\""), "{}", plain.text());
    assert!(plain.header("content-security-policy").contains("script-src 'self'"));
    let mut open = preview.events("en/policies/demo-port-2024/index.html");
    let before = open.state();
    assert!(plain.text().contains(&format!("data-version=\"{}\"", before["version"].as_str().unwrap_or_default())));
    site.replace(EN, "加快建设浅水码头", "加快建设深水码头");
    let state = open.until("it recovers", |state| state["errors"] == "");
    assert_ne!(state["version"], before["version"]);
    assert_eq!(preview.get(PAGE).status, 200);
}

#[test]
fn a_link_that_leads_nowhere_is_told_of_when_all_pages_have_been_looked_at() {
    let site = TestSite::small();
    let preview = Preview::of(&site);
    let mut open = preview.events("en/policies/demo-port-2024/index.html");
    open.state();
    site.replace(EN, "will be promoted", "will be [promoted](nowhere/)");
    let state = open.until("the link is told of", |state| state["errors"] != "");
    let errors = state["errors"].as_str().unwrap_or_default();
    assert!(errors.contains("broken-link") && errors.contains(EN), "{errors}");
    site.replace(EN, "will be [promoted](nowhere/)", "will be promoted");
    open.until("it is mended", |state| state["errors"] == "");
}

#[test]
fn new_pages_and_pages_that_go() {
    let site = TestSite::small();
    let preview = Preview::of(&site);
    let mut open = preview.events("en/topics/locks/index.html");
    let missing = open.state();
    site.write("content/topics/locks.toml", "name = { zh = \"船闸\", en = \"Locks\" }\ndraft = true\n");
    let there = open.until("the page is there", |state| state["version"] != missing["version"]);
    assert_eq!(preview.get("/en/topics/locks/").status, 200);
    site.remove("content/topics/locks.toml");
    let gone = open.until("it has gone", |state| state["version"] != there["version"]);
    assert_eq!(gone["version"], missing["version"]);
    assert_eq!(preview.get("/en/topics/locks/").status, 404);
}

#[test]
fn many_quick_saves_end_in_the_last_state() {
    let site = TestSite::small();
    let preview = Preview::of(&site);
    let mut open = preview.events("en/policies/demo-port-2024/index.html");
    open.state();
    let text = site.read(EN);
    for n in 0..100 {
        // Every third save is broken.
        let words = format!("will be furthered in way {}", ["a", "b", "c", "d", "e"][n % 5]);
        let saved = text.replace("will be promoted", &words);
        site.write(EN, if n % 3 == 1 { "[^none]" } else { &saved });
    }
    site.write(EN, &text.replace("will be promoted", "will be furthered at last"));
    until("the last state is shown", || preview.get(PAGE).text().contains("furthered at last").then_some(()));
    open.until("no error is left", |state| state["errors"] == "");
}
