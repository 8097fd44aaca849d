//! Import by the built binary: into an empty site, into one that knows some names, and again.

mod common;

use std::fs;

use common::{TestSite, files, repository};

/// A site with nothing but its settings.
fn empty() -> TestSite {
    let site = TestSite::empty();
    site.write("site.toml", "title = { zh = \"站\", en = \"Site\" }\n");
    site
}

fn import(site: &TestSite, file: &std::path::Path, id: &str) -> common::Run {
    site.run(&["import", file.to_str().expect("the path is Unicode"), "--id", id])
}

#[test]
fn the_five_texts_into_an_empty_site() {
    let site = empty();
    for id in [
        "changsha-health-2023",
        "hangzhou-medicine-port-2024",
        "hubei-biomedicine-2024",
        "wuhan-medical-hub-2024",
        "wuhan-rd-centre-2025",
    ] {
        let seed = repository().join(format!("seeds/{id}.txt"));
        let run = import(&site, &seed, id);
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        let copy = fs::read(site.root().join(format!("seeds/{id}.txt"))).expect("the seed was written");
        assert_eq!(copy, fs::read(&seed).expect("it is part of the repository"), "a UTF-8 text is kept byte for byte");
    }
    let check = site.run(&["check", "--drafts"]);
    assert_eq!(check.code, 0, "{}", check.stderr);
    assert!(check.stdout.starts_with("5 policies, 172 targets"), "{}", check.stdout);
    let build = site.run(&["build", "--drafts"]);
    assert_eq!(build.code, 0, "{}", build.stderr);
    assert!(site.out().join("zh/policies/changsha-health-2023/source/index.html").is_file());
    // What has not been reviewed is kept off the site, and said to be there.
    let check = site.run(&["check"]);
    assert_eq!(check.code, 0, "{}", check.stderr);
    assert!(
        check.stderr.contains("note[unreviewed]: 47 targets and 0 facts of `wuhan-rd-centre-2025`"),
        "{}",
        check.stderr
    );
    assert!(check.stdout.starts_with("0 policies, 0 targets"), "{}", check.stdout);
    let build = site.run(&["build"]);
    assert_eq!(build.code, 0, "{}", build.stderr);
    assert!(!site.out().join("zh/policies/changsha-health-2023/index.html").exists());
}

#[test]
fn every_passage_into_one_site() {
    let site = empty();
    let mut count = 0;
    for folder in ["import/passages", "import/blind", "import/blind-2", "import/blind-3", "import/blind-4", "sources"] {
        let mut texts: Vec<_> = fs::read_dir(repository().join("tests").join(folder))
            .expect("the folder is part of the repository")
            .map(|e| e.expect("its entries can be read").path())
            .filter(|p| p.extension().is_some_and(|e| e == "txt"))
            .collect();
        texts.sort();
        for path in texts {
            count += 1;
            let id = format!("p{count}");
            let run = import(&site, &path, &id);
            assert_eq!(run.code, 0, "{}: {}{}", path.display(), run.stdout, run.stderr);
        }
    }
    assert!(count >= 80);
    let check = site.run(&["check", "--drafts"]);
    assert_eq!(check.code, 0, "{}", check.stderr);
    let build = site.run(&["build", "--drafts"]);
    assert_eq!(build.code, 0, "{}", build.stderr);
}

const TEXT: &str = "临江市氢能产业发展行动方案(2024—2026年)\n\n一、目标\n\n到2026年，全市氢能产业产值突破100亿元，建成加氢站10座。\n\n二、任务\n\n引进企业5家。（责任单位：市科技局、各区人民政府）\n\n临江市人民政府\n\n2024年3月5日\n";

#[test]
fn a_site_that_knows_the_place() {
    let site = TestSite::small();
    site.write("in.txt", TEXT);
    let before = files(&site.root());
    let run = import(&site, &site.root().join("in.txt"), "hydrogen");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let record = site.read("content/policies/hydrogen/policy.toml");
    assert!(record.contains("place  = \"linjiang\""), "{record}");
    assert!(record.contains("period = [2024, 2026]") && record.contains("issued = 2024-03-05"), "{record}");
    assert!(record.contains("draft  = true") && record.contains("kind   = \"action-plan\""), "{record}");
    let targets = site.read("content/policies/hydrogen/targets.toml");
    assert_eq!(targets.matches("[[target]]").count(), 3, "{targets}");
    assert_eq!(targets.matches("reviewed   = false").count(), 3, "{targets}");
    assert!(!site.root().join("content/places").join("linjiang-2.toml").exists());
    // Nothing that was there has changed, but for what was added at the end of a list.
    for (path, bytes) in &before {
        let now = fs::read(site.root().join(path)).expect("import removes nothing");
        assert!(now.starts_with(bytes), "{path} is not what it was");
    }
    let check = site.run(&["check", "--drafts"]);
    assert_eq!(check.code, 0, "{}", check.stderr);
}

#[test]
fn importing_again_shows_what_has_changed_and_writes_nothing() {
    let site = empty();
    site.write("in.txt", TEXT);
    assert_eq!(import(&site, &site.root().join("in.txt"), "hydrogen").code, 0);
    let record = site.read("content/policies/hydrogen/policy.toml");
    site.write(
        "content/policies/hydrogen/policy.toml",
        &format!(
            "{record}\n[review.zh]\ndigest = \"\"\nother = \"\"\ntargets = \"\"\nsource = \"\"\ndate = 2024-06-01\n"
        ),
    );
    let before = files(&site.root());
    let same = import(&site, &site.root().join("in.txt"), "hydrogen");
    assert!(same.stdout.contains("byte for byte"), "{}", same.stdout);
    let changed = TEXT.replace("突破100亿元", "突破120亿元").replace("二、任务\n", "二、任务\n\n新建管网20公里。\n");
    let other = site.root().join("other.txt");
    fs::write(&other, changed).expect("the file can be written");
    let run = import(&site, &other, "hydrogen");
    fs::remove_file(&other).expect("it was written a moment ago");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    for line in [
        "changed L5 (now L5)",
        "new     L9: 新建管网20公里。",
        "touched target l5-1 (at L5): its words are no longer in the text",
        "touched review.zh of 2024-06-01: it signed the old text",
        "target to propose in what has changed: L9 新建管网20公里",
    ] {
        assert!(run.stdout.contains(line), "{line}\n{}", run.stdout);
    }
    assert_eq!(files(&site.root()), before, "nothing may be written");
}

#[test]
fn other_encodings_and_pages() {
    let site = empty();
    let gb = encoding_rs::GB18030.encode(TEXT).0.into_owned();
    fs::write(site.root().join("gb.txt"), &gb).expect("the file can be written");
    let run = import(&site, &site.root().join("gb.txt"), "from-gb");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(site.read("seeds/from-gb.txt"), TEXT, "the seed is the text in UTF-8");
    let record = site.read("content/policies/from-gb/policy.toml");
    assert!(record.contains("original = { format = \"text/plain; charset=gb18030\", sha256 = \""), "{record}");
    let page = TEXT.lines().filter(|l| !l.is_empty()).map(|l| format!("<p>{l}</p>\n")).collect::<String>();
    site.write("page.html", &format!("<!DOCTYPE html><html><head><title>x</title></head><body><nav><a href=\"/\">首页</a></nav>{page}<table><tr><td>指标</td><td>单位</td><td>2026年</td></tr><tr><td>加氢站</td><td>座</td><td>10</td></tr></table></body></html>"));
    let run = import(&site, &site.root().join("page.html"), "from-page");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let seed = site.read("seeds/from-page.txt");
    assert!(seed.contains("加氢站\t座\t10\n") && !seed.contains("首页"), "{seed}");
    assert_eq!(site.read("content/policies/from-page/targets.toml").matches("[[target]]").count(), 4);
    let check = site.run(&["check", "--drafts"]);
    assert_eq!(check.code, 0, "{}", check.stderr);
}

#[test]
fn what_stands_in_the_way_is_said() {
    let site = empty();
    site.write("a.pdf", "%PDF-1.7\n");
    let run = import(&site, &site.root().join("a.pdf"), "a");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("pdftotext -layout"), "{}", run.stderr);
    let run = import(&site, &site.root().join("missing.txt"), "a");
    assert_eq!(run.code, 2);
    site.write("in.txt", TEXT);
    assert_eq!(import(&site, &site.root().join("in.txt"), "Not An Id").code, 2);
    site.write("seeds/there.txt", "别的文本\n");
    let run = import(&site, &site.root().join("in.txt"), "there");
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(run.stderr.contains("never writes over a file"), "{}", run.stderr);
    assert_eq!(site.read("seeds/there.txt"), "别的文本\n");
    site.write("site.toml", "title = \n");
    assert_eq!(import(&site, &site.root().join("in.txt"), "b").code, 1);
    assert!(!site.root().join("content").exists());
}

#[test]
fn a_draft_may_lack_what_the_text_does_not_say() {
    let site = empty();
    site.write("in.txt", "培育企业20家，新增就业3000人。\n");
    let run = import(&site, &site.root().join("in.txt"), "bare");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    for line in ["title: no line", "place: neither", "issuer: no line", "kind: the title", "issued: no line"] {
        assert!(run.stdout.contains(line), "{line}\n{}", run.stdout);
    }
    for arguments in [&["check"][..], &["check", "--drafts"], &["build", "--drafts"]] {
        let run = site.run(arguments);
        assert_eq!(run.code, 0, "{arguments:?}: {}", run.stderr);
    }
    // Without the mark of a draft, what lacks is an error.
    site.replace("content/policies/bare/policy.toml", "draft  = true\n", "");
    assert_eq!(site.run(&["check"]).code, 1);
}
