//! Many clients and slow ones: nobody is held up, and nothing grows.

use std::io::{BufReader, Read, Write};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::client::{Answer, Preview, until};
use crate::common::TestSite;

/// One at a time: this program may not have so many open files as all of them want.
static FILES: Mutex<()> = Mutex::new(());

const EN: &str = "content/policies/demo-port-2024/digest.en.md";

/// What the process holds: open handles, threads, memory in KiB.
#[cfg(target_os = "linux")]
fn held(preview: &Preview) -> (usize, usize, usize) {
    let proc = format!("/proc/{}", preview.pid());
    let handles = std::fs::read_dir(format!("{proc}/fd")).expect("it runs").count();
    let threads = std::fs::read_dir(format!("{proc}/task")).expect("it runs").count();
    let status = std::fs::read_to_string(format!("{proc}/status")).expect("it runs");
    let memory =
        status.lines().find_map(|l| l.strip_prefix("VmRSS:")).and_then(|l| l.split_whitespace().next()?.parse().ok());
    (handles, threads, memory.expect("it is told"))
}

#[test]
#[cfg(target_os = "linux")]
fn ten_thousand_requests_and_five_hundred_pages_that_reload_leave_nothing_behind() {
    let _turn = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    let site = TestSite::small();
    let preview = Preview::of(&site);
    let paths = ["/en/", "/zh/policies/demo-port-2024/", "/assets/style.css", "/nowhere", "/data/targets.json"];
    let requests = |count: usize| {
        let mut stream = BufReader::new(preview.connect());
        for n in 0..count {
            let last = n + 1 == count;
            let head = format!(
                "GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n{}\r\n",
                paths[n % paths.len()],
                preview.port,
                if last { "Connection: close\r\n" } else { "" }
            );
            stream.get_mut().write_all(head.as_bytes()).expect("it is taken");
            let answer = Answer::read(&mut stream, false);
            assert_eq!(answer.status, if n % paths.len() == 3 { 404 } else { 200 });
        }
    };
    let reload = |round: &str| {
        // Five hundred open pages; a save; each is told, and asks for its page.
        let mut pages: Vec<_> = (0..500).map(|_| preview.events("en/policies/demo-port-2024/index.html")).collect();
        pages.iter_mut().for_each(|page| _ = page.state());
        let text = site.read(EN);
        let words = text.split("will be ").nth(2).and_then(|rest| rest.split('.').next()).expect("they are there");
        site.replace(EN, &format!("will be {words}"), &format!("will be {round}"));
        for page in &mut pages {
            let version = page.state()["version"].clone();
            let shown = preview.get("/en/policies/demo-port-2024/").text();
            assert!(shown.contains(version.as_str().unwrap_or("none")), "{version}");
        }
    };
    // The first of each fills what is kept.
    requests(200);
    reload("furthered first");
    let settled = |what: &str, before: Option<(usize, usize)>| {
        until(what, || {
            let (handles, threads, memory) = held(&preview);
            let (most_handles, most_threads) = before.unwrap_or((60, 60));
            (handles <= most_handles && threads <= most_threads).then_some((handles, threads, memory))
        })
    };
    let (handles, threads, memory) = settled("the first clients are gone", None);
    requests(10_000);
    reload("furthered more");
    reload("furthered most");
    let after = settled("all clients are gone", Some((handles + 2, threads + 2)));
    // What was asked for is a few hundred kilobytes; the allocator may keep some pages of two sites.
    assert!(after.2 <= memory + memory / 4 + 16 * 1024, "{memory} KiB before, {} KiB after", after.2);
    println!("before: {handles} handles, {threads} threads, {memory} KiB; after: {after:?}");
}

#[test]
fn slow_clients_hold_nobody_up() {
    let _turn = FILES.lock().unwrap_or_else(PoisonError::into_inner);
    let site = TestSite::small();
    site.write("themes/gazette/large.txt", &"x".repeat(8 * 1024 * 1024));
    let preview = Preview::of(&site);
    // Some never finish what they ask, some never read what they are sent, some only connect.
    let mut slow = Vec::new();
    for n in 0..240 {
        let mut stream = preview.connect();
        let head = format!("GET /assets/large.txt HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n", preview.port);
        match n % 3 {
            0 => stream.write_all(head.as_bytes()).expect("it is taken"),
            1 => stream.write_all(format!("{head}\r\n").as_bytes()).expect("it is taken"),
            _ => {}
        }
        slow.push(stream);
    }
    for _ in 0..50 {
        assert_eq!(preview.get("/en/").status, 200);
    }
    // More than are kept at once: the oldest go, and the new are answered.
    for _ in 0..600 {
        slow.push(preview.connect());
    }
    assert_eq!(preview.get("/en/").status, 200);
    let mut oldest = slow.swap_remove(0);
    let mut rest = Vec::new();
    oldest.set_read_timeout(Some(Duration::from_secs(60))).expect("it can be set");
    let end = oldest.read_to_end(&mut rest);
    assert!(end.is_ok() || end.is_err_and(|e| e.kind() == std::io::ErrorKind::ConnectionReset), "the oldest is let go");
    drop(slow);
    assert_eq!(preview.get("/en/").status, 200);
}

#[test]
fn nonsense_is_borne() {
    let site = TestSite::small();
    let preview = Preview::of(&site);
    let long = format!("GET /{} HTTP/1.1\r\n\r\n", "a".repeat(200_000));
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "X-A: b\r\n".repeat(5_000));
    for nonsense in [
        "\0\0\0\0",
        "GET",
        "GET / HTTP/9.9\r\n\r\n",
        "\x16\x03\x01\x02\x00\x01\x00\x01",
        "GET  /  HTTP/1.1\r\nHost\r\n\r\n",
        &long,
        &many,
    ] {
        let mut stream = preview.connect();
        // It may be refused before all of it is sent.
        let _ = stream.write_all(nonsense.as_bytes());
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
        assert!(!String::from_utf8_lossy(&rest).starts_with("HTTP/1.1 200"), "{nonsense:.40}");
    }
    assert_eq!(preview.get("/en/").status, 200);
}
