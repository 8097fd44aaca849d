//! What is served: the bytes of `build --drafts`, headers, ranges, what is not there.

use crate::client::Preview;
use crate::common::{TestSite, files};

/// The small site with a draft, a proposal, and a file of the theme with a name that is not ASCII.
fn site() -> TestSite {
    let site = TestSite::small();
    site.write("content/topics/locks.toml", "name = { zh = \"船闸\", en = \"Locks\" }\ndraft = true\n");
    site.replace(
        "content/policies/demo-port-2024/targets.toml",
        "id         = \"cargo\"\n",
        "id         = \"cargo\"\nreviewed   = false\n",
    );
    site.write("themes/gazette/图 1.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    site
}

fn address(path: &str) -> String {
    path.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"/._-".contains(&b) {
                char::from(b).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}

#[test]
fn every_file_is_what_build_writes() {
    for base_url in [false, true] {
        let site = site();
        if base_url {
            site.write("site.toml", &format!("base_url = \"https://example.org/x/\"\n{}", site.read("site.toml")));
        }
        let run = site.run(&["build", "--drafts"]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let built = files(&site.out());
        assert!(built.len() > 150 && built.contains_key("en/topics/locks/index.html"));
        let preview = Preview::of(&site);
        for (path, bytes) in &built {
            let answer = preview.get(&format!("/{}", address(path)));
            assert_eq!(answer.status, 200, "{path}");
            match path.ends_with(".html") {
                true => assert_eq!(answer.stripped().as_bytes(), bytes, "{path}"),
                false => assert_eq!(&answer.body, bytes, "{path}"),
            }
            if let Some(folder) = path.strip_suffix("index.html") {
                assert_eq!(preview.get(&format!("/{}", address(folder))).body, answer.body, "{path}");
            }
        }
    }
}

#[test]
fn pages_say_what_they_were_made_from_and_what_no_reader_sees() {
    let preview = Preview::of(&site());
    let bar = |path: &str| {
        let text = preview.get(path).text();
        let from = text.find("<aside id=\"duizhao-bar\"").expect("there is a bar");
        text[from..].split("</aside>").next().unwrap_or_default().to_owned()
    };
    let policy = bar("/en/policies/demo-port-2024/");
    assert!(policy.contains("<code>content/policies/demo-port-2024/digest.en.md</code>"), "{policy}");
    assert!(policy.contains("data-mark=\"proposal\"") && !policy.contains("data-mark=\"draft\""), "{policy}");
    let target = bar("/zh/policies/demo-port-2024/targets/cargo/");
    assert!(target.contains("content/policies/demo-port-2024/targets.toml") && target.contains("尚未审阅"), "{target}");
    assert!(!bar("/zh/policies/demo-port-2024/targets/berths/").contains("data-mark"));
    let topic = bar("/en/topics/locks/");
    assert!(topic.contains("data-mark=\"draft\"") && topic.contains("content/topics/locks.toml"), "{topic}");
    let mut events = preview.events("en%2Findex.html");
    let (name, marks) = events.next();
    assert_eq!(name, "marks");
    assert_eq!(marks["en/topics/locks/"], "draft");
    assert_eq!(marks["zh/policies/demo-port-2024/targets/cargo/"], "proposal");
    assert_eq!(marks.as_object().map(serde_json::Map::len), Some(4));
}

#[test]
fn headers() {
    let site = site();
    let preview = Preview::of(&site);
    for (path, media) in [
        ("/en/", "text/html; charset=utf-8"),
        ("/assets/style.css", "text/css; charset=utf-8"),
        ("/assets/site.js", "text/javascript; charset=utf-8"),
        ("/data/targets.json", "application/json; charset=utf-8"),
        ("/data/targets.csv", "text/csv; charset=utf-8"),
        ("/data/targets.ics", "text/calendar; charset=utf-8"),
        ("/en/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/en/policies/demo-port-2024/index.md", "text/markdown; charset=utf-8"),
        ("/en/policies/demo-port-2024/cite.ris", "application/x-research-info-systems; charset=utf-8"),
        ("/seeds/demo-port-2024.txt", "text/plain; charset=utf-8"),
        ("/assets/card.en.png", "image/png"),
        ("/assets/%E5%9B%BE%201.svg", "image/svg+xml; charset=utf-8"),
        ("/.duizhao/live.js", "text/javascript; charset=utf-8"),
    ] {
        let got = preview.get(path);
        assert_eq!((got.status, got.header("content-type")), (200, media), "{path}");
        assert_eq!(got.header("cache-control"), "no-cache", "{path}");
        assert_eq!(got.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(got.header("cross-origin-resource-policy"), "same-origin", "{path}");
        assert_eq!(got.header("content-length"), got.body.len().to_string(), "{path}");

        let head = preview.ask("HEAD", path, "");
        assert_eq!((head.status, head.header("content-length")), (200, got.header("content-length")), "{path}");
        assert!(head.body.is_empty());

        let tag = got.header("etag");
        assert!(tag.starts_with('"') && tag.len() > 10, "{tag}");
        let same = preview.ask("GET", path, &format!("If-None-Match: \"x\", W/{tag}\r\n"));
        assert_eq!((same.status, same.body.len(), same.header("etag")), (304, 0, tag), "{path}");
        assert_eq!(preview.ask("GET", path, "If-None-Match: \"x\"\r\n").status, 200);

        let size = got.body.len();
        let range = preview.ask("GET", path, "Range: bytes=2-5\r\n");
        assert_eq!((range.status, range.body.as_slice()), (206, &got.body[2..=5]), "{path}");
        assert_eq!(range.header("content-range"), format!("bytes 2-5/{size}"));
        let last = preview.ask("GET", path, "Range: bytes=-3\r\n");
        assert_eq!((last.status, last.body.as_slice()), (206, &got.body[size - 3..]), "{path}");
        let beyond = preview.ask("GET", path, &format!("Range: bytes={size}-\r\n"));
        assert_eq!(
            (beyond.status, beyond.header("content-range")),
            (416, format!("bytes */{size}").as_str()),
            "{path}"
        );
        assert_eq!(preview.ask("GET", path, &format!("Range: bytes=2-5\r\nIf-Range: {tag}\r\n")).status, 206);
        assert_eq!(preview.ask("GET", path, "Range: bytes=2-5\r\nIf-Range: \"x\"\r\n").status, 200);
        assert_eq!(preview.ask("GET", path, "Range: bytes=2-5,8-9\r\n").status, 200);
    }
}

#[test]
fn what_is_not_there() {
    let preview = Preview::of(&site());
    for (path, lang, words) in [
        ("/en/nowhere/", "en", "there is no page"),
        ("/zh/nowhere", "zh-Hans", "没有这一页"),
        ("/x", "en", "there is no page"),
    ] {
        let missing = preview.get(path);
        assert_eq!((missing.status, missing.header("content-type")), (404, "text/html; charset=utf-8"), "{path}");
        let text = missing.text();
        assert!(
            text.contains("Page not found") && text.contains(&format!("<aside id=\"duizhao-bar\" lang=\"{lang}\"")),
            "{text}"
        );
        assert!(text.contains(words), "{text}");
        assert_eq!(preview.ask("HEAD", path, "").status, 404);
    }
    let folder = preview.get("/en/policies?x=1");
    assert_eq!((folder.status, folder.header("location")), (307, "/en/policies/?x=1"));
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE"] {
        let refused = preview.ask(method, "/en/", "");
        assert_eq!((refused.status, refused.header("allow")), (405, "GET, HEAD"), "{method}");
    }
    // A page that is asked for by its content is the same page whatever comes after `?`.
    assert_eq!(preview.get("/en/?q=1").status, 200);
    assert_eq!(preview.get("/search/en/nothing.json").status, 404);
}
