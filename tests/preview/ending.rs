//! How a preview begins and ends.

use std::net::TcpListener;
use std::time::Duration;

use crate::client::{Preview, until};
use crate::common::TestSite;

#[test]
#[cfg(unix)]
fn a_signal_ends_it_at_once_with_streams_open() {
    for signal in ["INT", "TERM"] {
        let site = TestSite::small();
        let preview = Preview::of(&site);
        let mut open: Vec<_> = (0..20).map(|_| preview.events("en/index.html")).collect();
        open.iter_mut().for_each(|page| _ = page.state());
        let (code, took) = preview.signal(signal);
        assert_eq!(code, Some(0), "{signal}");
        assert!(took < Duration::from_secs(10), "{signal}: {took:?}");
    }
}

#[test]
fn another_port_is_taken_if_the_wanted_one_is_in_use() {
    let site = TestSite::small();
    let taken = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    let port = taken.local_addr().expect("it has an address").port();
    let preview = Preview::start(&site.root(), &["--port", &port.to_string()]);
    assert_ne!(preview.port, port);
    until("it says so", || preview.said().contains(&format!("port {port} is in use")).then_some(()));
    assert_eq!(preview.get("/en/").status, 200);
}

#[test]
fn only_the_loopback_address_is_listened_on() {
    let site = TestSite::small();
    let preview = Preview::of(&site);
    // Every other address of this machine, if it has one.
    let out =
        std::net::UdpSocket::bind("0.0.0.0:0").and_then(|s| s.connect("192.0.2.1:9").and_then(|()| s.local_addr()));
    if let Ok(address) = out
        && !address.ip().is_loopback()
    {
        let reached =
            std::net::TcpStream::connect_timeout(&(address.ip(), preview.port).into(), Duration::from_secs(2));
        assert!(reached.is_err(), "{address}");
    }
    assert_eq!(preview.get("/en/").status, 200);
}

#[test]
fn a_folder_that_is_not_there_is_told_of() {
    let site = TestSite::small();
    let run = site.run(&["serve", "--root", "nowhere"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("there is no folder nowhere"), "{}", run.stderr);
}
