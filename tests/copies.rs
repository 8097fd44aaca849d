//! `check --sources`: source texts against copies saved anew.

mod common;

use common::TestSite;

const SEED: &str = "seeds/demo-port-2024.txt";

/// A small site with a folder of copies beside it, the same as the sources.
fn with_copies() -> TestSite {
    let site = TestSite::small();
    for (path, bytes) in common::files(&site.root().join("seeds")) {
        site.write(&format!("copies/{path}"), &String::from_utf8(bytes).expect("sources are UTF-8"));
    }
    site
}

#[test]
fn the_same_copies_say_nothing() {
    let run = with_copies().run(&["check", "--sources", "copies"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(!run.stderr.contains("source-"), "{}", run.stderr);
}

#[test]
fn a_changed_copy_says_what_it_touches() {
    let site = with_copies();
    let text = site.read(SEED);
    assert!(text.contains("突破 8000 万吨"), "{text}");
    site.write("copies/demo-port-2024.txt", &text.replace("突破 8000 万吨", "突破 9000 万吨"));
    let run = site.run(&["check", "--sources", "copies"]);
    assert_eq!(run.code, 0, "a warning fails nothing: {}", run.stderr);
    for words in [
        "warning[source-outdated]: the copy demo-port-2024.txt differs from seeds/demo-port-2024.txt",
        "content/policies/demo-port-2024/policy.toml:",
        "«",
        "is now",
        "touched target cargo, cited by digest.zh.md and digest.en.md (at L7): its words are no longer in the text",
    ] {
        assert!(run.stderr.contains(words), "{words}: {}", run.stderr);
    }
    // A quote that its address tells from another stands as firmly as before.
    assert!(!run.stderr.contains("touched the waiver"), "{}", run.stderr);
    assert_eq!(site.read(SEED), text, "nothing is written");
    assert_eq!(site.run(&["check", "--sources", "copies", "--deny", "warnings"]).code, 1);
    site.replace("site.toml", "[checks]", "[checks]\nsource-outdated = \"off\"");
    assert!(!site.run(&["check", "--sources", "copies"]).stderr.contains("source-outdated"));
}

#[test]
fn a_missing_copy_is_a_note_and_one_that_is_no_text_an_error() {
    let site = with_copies();
    site.remove("copies/demo-port-2024.txt");
    let run = site.run(&["check", "--sources", "copies"]);
    assert_eq!(run.code, 0);
    assert!(
        run.stderr.contains("note[source-copy]: there is no copy of the source of `demo-port-2024`"),
        "{}",
        run.stderr
    );
    site.write("copies/demo-port-2024.txt", "%PDF-1.7\n");
    let run = site.run(&["check", "--sources", "copies"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("error[source-copy]") && run.stderr.contains("pdftotext"), "{}", run.stderr);
    assert_eq!(site.run(&["check", "--sources", "elsewhere"]).code, 2);
}
