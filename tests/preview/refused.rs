//! What is refused: other hosts and origins, ways out of the site, links out of the site.

use std::fs;

use crate::client::Preview;
use crate::common::TestSite;

const SECRET: &str = "nobody may read this";

/// The small site, a secret beside it, and its preview.
fn guarded() -> (TestSite, Preview) {
    let site = TestSite::small();
    fs::write(site.root().join("../secret.txt"), SECRET).expect("it can be written");
    fs::write(site.root().join("secret.txt"), SECRET).expect("it can be written");
    fs::write(site.root().join("content/.secret"), SECRET).expect("it can be written");
    let preview = Preview::of(&site);
    (site, preview)
}

#[test]
fn other_hosts_and_origins() {
    let (_site, preview) = guarded();
    let port = preview.port;
    for host in [
        "example.org",
        "example.org:80",
        "127.0.0.1.example.org",
        "localhost.example.org",
        "localhost:80@example.org",
        "10.0.0.1",
        "0.0.0.0",
        "",
        "[::]",
    ] {
        for path in ["/en/", "/.duizhao/events?page=en/index.html", "/.duizhao/live.js"] {
            let answer = preview.raw(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"));
            assert_eq!(answer.status, 403, "{host} {path}");
        }
    }
    for head in [
        "GET /en/ HTTP/1.0\r\n\r\n".to_owned(),
        format!("GET /en/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"),
        format!("GET http://example.org/en/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"),
    ] {
        assert!([400, 403].contains(&preview.raw(&head).status), "{head}");
    }
    for own in ["localhost", "127.0.0.1", "[::1]", "localhost:9"] {
        let answer = preview.raw(&format!("GET /en/ HTTP/1.1\r\nHost: {own}\r\nConnection: close\r\n\r\n"));
        assert_eq!(answer.status, 200, "{own}");
    }
    let events = "/.duizhao/events?page=en/index.html";
    for from in [
        "Origin: http://example.org\r\n".to_owned(),
        "Origin: null\r\n".to_owned(),
        format!("Origin: http://localhost:{port}\r\n"),
        format!("Origin: https://127.0.0.1:{port}\r\n"),
        "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: cors\r\n".to_owned(),
        "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors\r\n".to_owned(),
    ] {
        for path in [events, "/en/", "/data/targets.json"] {
            assert_eq!(preview.ask("GET", path, &from).status, 403, "{from} {path}");
        }
    }
    let own = format!("Origin: http://127.0.0.1:{port}\r\nSec-Fetch-Site: same-origin\r\n");
    assert_eq!(preview.ask("HEAD", events, &own).status, 200);
    assert_eq!(preview.get("/.duizhao/events").status, 400);
}

/// Ways to write a way out, in every encoding.
fn ways_out() -> Vec<String> {
    let dots = [
        "..",
        "%2e%2e",
        "%2E.",
        ".%2e",
        "%252e%252e",
        "%c0%ae%c0%ae",
        "%e0%80%ae%e0%80%ae",
        "..;",
        "...",
        "．．",
        "%u002e%u002e",
        ".%00.",
        "%2e%2e%00",
    ];
    let slashes = ["/", "%2f", "%2F", "\\", "%5c", "%255c", "%252f", "%c0%af", "%c1%9c", "//", "/./", "／"];
    let mut out = Vec::new();
    for dot in dots {
        for slash in slashes {
            for start in ["/", "/en/", "/assets/", "/seeds/", "/search/", "/.duizhao/"] {
                out.push(format!("{start}{dot}{slash}secret.txt"));
                out.push(format!("{start}{dot}{slash}{dot}{slash}{dot}{slash}secret.txt"));
            }
        }
    }
    for path in [
        "//secret.txt",
        "/secret.txt",
        "/./secret.txt",
        "/content/.secret",
        "/content/policies/demo-port-2024/policy.toml",
        "/site.toml",
        "/file:///etc/passwd",
        "//etc/passwd",
        "/etc/passwd",
        "/C:/secret.txt",
        "/seeds/",
        "/seeds",
        "/seeds/demo-port-2024.txt/../../secret.txt",
        "/seeds/demo-port-2024.txt%00.html",
        "/proc/self/environ",
        "/~root/.ssh/id_rsa",
        "/%",
    ] {
        out.push(path.to_owned());
    }
    out
}

#[test]
fn no_path_leads_out() {
    let (site, preview) = guarded();
    let etc = fs::read_to_string("/etc/passwd").ok().and_then(|text| text.lines().next().map(str::to_owned));
    let record = site.read("content/policies/demo-port-2024/policy.toml");
    for path in ways_out() {
        let answer = preview.get(&path);
        assert!([400, 403, 404].contains(&answer.status), "{path}: {}", answer.status);
        let text = String::from_utf8_lossy(&answer.body);
        assert!(!text.contains(SECRET) && !text.contains(record.trim()), "{path}");
        assert!(!etc.as_ref().is_some_and(|line| text.contains(line)), "{path}");
        let location = answer.header("location");
        assert!(location.is_empty(), "{path} leads to {location}");
    }
    assert_eq!(preview.get("/seeds/demo-port-2024.txt").status, 200);
}

#[test]
#[cfg(unix)]
fn links_are_not_followed() {
    use std::os::unix::fs::symlink;
    for link in ["themes/gazette/secret.txt", "content/topics/secret.toml", "templates/secret.html", "seeds/secret.txt"]
    {
        let site = TestSite::small();
        let secret = site.root().join("../secret.txt");
        fs::write(&secret, SECRET).expect("it can be written");
        let preview = Preview::of(&site);
        let mut events = preview.events("en/index.html");
        let at = site.root().join(link);
        fs::create_dir_all(at.parent().expect("it has a folder")).expect("it can be made");
        symlink(&secret, &at).expect("it can be made");
        let state = events.until("the link is told of", |state| state["errors"] != "");
        let errors = state["errors"].as_str().unwrap_or_default();
        assert!(errors.contains("symbolic-link") && errors.contains(link) && !errors.contains(SECRET), "{errors}");
        for path in ["/assets/secret.txt", "/seeds/secret.txt", &format!("/{link}")] {
            let answer = preview.get(path);
            assert_eq!((answer.status, answer.text().contains(SECRET)), (404, false), "{path}");
        }
        assert_eq!(preview.get("/en/").status, 200);
        fs::remove_file(&at).expect("it can be removed");
        events.until("it is mended", |state| state["errors"] == "");
    }
}
