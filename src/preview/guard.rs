//! What is refused, whatever the site has: requests that are not this machine's own, and paths that lead elsewhere.
//!
//! - A `Host` that is not this machine's: a page elsewhere could give its own name this address and then read the
//!   preview as its own (DNS rebinding).
//! - An `Origin` other than the preview's, or a browser's word that a page of another site asks for a part.
//! - A path with `..` in any encoding, a backslash, an encoded slash, bytes that are no UTF-8. Files are never
//!   looked up by a path that was asked for, so these could do nothing; they are refused all the same.

use hyper::header::{self, HeaderMap, HeaderName};
use hyper::{StatusCode, Uri};

/// Why a request is refused.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) why: &'static str,
}

fn refusal<T>(status: StatusCode, why: &'static str) -> Result<T, Refusal> {
    Err(Refusal { status, why })
}

/// Lets a request through that this machine made for itself.
pub(super) fn own_request(uri: &Uri, headers: &HeaderMap) -> Result<(), Refusal> {
    let Some(host) = only(headers, &header::HOST).filter(|host| is_own_host(host)) else {
        return refusal(StatusCode::FORBIDDEN, "this preview serves only this machine");
    };
    if uri.authority().is_some_and(|a| !is_own_host(a.as_str())) || uri.scheme_str().is_some_and(|s| s != "http") {
        return refusal(StatusCode::FORBIDDEN, "this preview is no proxy");
    }
    if headers.contains_key(header::ORIGIN)
        && only(headers, &header::ORIGIN).and_then(|origin| origin.strip_prefix("http://")) != Some(host)
    {
        return refusal(StatusCode::FORBIDDEN, "this preview serves its own pages only");
    }
    let said = |name: &'static str| only(headers, &HeaderName::from_static(name));
    let from_elsewhere =
        headers.contains_key("sec-fetch-site") && !matches!(said("sec-fetch-site"), Some("same-origin" | "none"));
    // A link from elsewhere may be followed.
    let followed = said("sec-fetch-mode") == Some("navigate") && said("sec-fetch-dest") == Some("document");
    if from_elsewhere && !followed {
        return refusal(StatusCode::FORBIDDEN, "this preview serves its own pages only");
    }
    Ok(())
}

/// A header that stands once, as text.
fn only<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Option<&'h str> {
    let mut all = headers.get_all(name).iter();
    let value = all.next()?.to_str().ok()?;
    all.next().is_none().then_some(value)
}

/// Whether a `Host` names this machine's loopback address. Any port will do: it may have been forwarded.
fn is_own_host(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// The file that a path asks for, from the site's root.
pub(super) fn file(path: &str) -> Result<String, Refusal> {
    const NO_PATH: &str = "this is no path of a site";
    let Some(path) = path.strip_prefix('/').and_then(decoded) else {
        return refusal(StatusCode::BAD_REQUEST, NO_PATH);
    };
    if path.contains('\\')
        || path.chars().any(char::is_control)
        || path.split('/').any(|part| part == "." || part == "..")
    {
        return refusal(StatusCode::BAD_REQUEST, NO_PATH);
    }
    Ok(if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path })
}

/// Percent-encoding undone, once; `None` if it is unsound or hides a separator.
fn decoded(text: &str) -> Option<String> {
    let hides =
        |at: usize| text.get(at..at + 3).is_some_and(|e| ["%2f", "%5c"].contains(&e.to_ascii_lowercase().as_str()));
    if text.match_indices('%').any(|(at, _)| hides(at)) {
        return None;
    }
    unescaped(text)
}

/// Percent-encoding undone, once; `None` if it is unsound.
pub(super) fn unescaped(text: &str) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            out.push(byte);
            continue;
        }
        let mut digit = || char::from(bytes.next()?).to_digit(16);
        out.push(u8::try_from(digit()? * 16 + digit()?).ok()?);
    }
    String::from_utf8(out).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn headers(list: &[(&'static str, &str)]) -> HeaderMap {
        let mut out = HeaderMap::new();
        for (name, value) in list {
            out.append(*name, value.parse().expect("it is sound"));
        }
        out
    }

    #[test]
    fn only_this_machine_is_served() {
        for own in ["localhost", "localhost:4321", "127.0.0.1:80", "[::1]:4321"] {
            assert!(is_own_host(own), "{own}");
        }
        for other in [
            "example.org",
            "localhost.example.org",
            "127.0.0.1.example.org:80",
            "",
            "10.0.0.1",
            "localhost:",
            "localhost:x",
            "a@localhost",
            "localhost:80@example.org",
            "127.0.0.1:80:80",
            "LOCALHOST.",
            "0.0.0.0",
            "[::]",
            "127.1",
        ] {
            assert!(!is_own_host(other), "{other}");
        }
    }

    #[test]
    fn requests_from_elsewhere_are_refused() {
        let uri = Uri::from_static("/en/");
        let ok = |list: &[(&'static str, &str)]| own_request(&uri, &headers(list)).is_ok();
        let host = ("host", "127.0.0.1:4321");
        assert!(ok(&[host]));
        assert!(!ok(&[]));
        assert!(!ok(&[host, ("host", "127.0.0.1:4321")]));
        assert!(ok(&[host, ("origin", "http://127.0.0.1:4321")]));
        for origin in [
            "null",
            "http://127.0.0.1:3000",
            "http://localhost:4321",
            "https://127.0.0.1:4321",
            "http://example.org",
            "",
        ] {
            assert!(!ok(&[host, ("origin", origin)]), "{origin}");
        }
        assert!(!ok(&[host, ("origin", "http://127.0.0.1:4321"), ("origin", "http://example.org")]));
        for site in ["same-origin", "none"] {
            assert!(ok(&[host, ("sec-fetch-site", site), ("sec-fetch-mode", "cors")]), "{site}");
        }
        for site in ["cross-site", "same-site", "else"] {
            assert!(!ok(&[host, ("sec-fetch-site", site), ("sec-fetch-mode", "cors")]), "{site}");
            assert!(!ok(&[
                host,
                ("sec-fetch-site", site),
                ("sec-fetch-mode", "navigate"),
                ("sec-fetch-dest", "iframe")
            ]));
            assert!(ok(&[
                host,
                ("sec-fetch-site", site),
                ("sec-fetch-mode", "navigate"),
                ("sec-fetch-dest", "document")
            ]));
        }
        for proxied in ["http://example.org/en/", "https://127.0.0.1:4321/en/", "ftp://localhost/"] {
            let uri = proxied.parse().expect("it is a URI");
            assert!(own_request(&uri, &headers(&[host])).is_err(), "{proxied}");
        }
    }

    #[test]
    fn paths_are_read_once() {
        for (path, wanted) in [
            ("/", "index.html"),
            ("/en/", "en/index.html"),
            ("/en", "en"),
            ("/assets/%E5%9B%BE%20.svg", "assets/图 .svg"),
            ("/%252e%252e/x", "%2e%2e/x"),
            ("/.../x", ".../x"),
            ("//x", "/x"),
        ] {
            assert_eq!(file(path).as_deref(), Ok(wanted), "{path}");
        }
    }

    #[test]
    fn ways_out_are_refused() {
        for path in [
            "/..",
            "/../x",
            "/en/../../x",
            "/%2e%2e/x",
            "/%2E./x",
            "/.%2e/x",
            "/..%2fx",
            "/..%2Fx",
            "/en%2f..%2f..%2fx",
            "/..\\x",
            "/..%5cx",
            "/%5c..%5cx",
            "/%c0%ae%c0%ae/x",
            "/%c0%af",
            "/%e0%80%ae",
            "/%00",
            "/x%00.html",
            "/%0a",
            "/%",
            "/%2",
            "/%zz",
            "/%u002e",
            "/./x",
            "/%ff",
            "x",
            "",
            "*",
            "/a/.",
            "/a/%2e%2e",
        ] {
            assert!(file(path).is_err(), "{path}");
        }
    }

    proptest! {
        #[test]
        fn no_path_leads_out(path in "(/|%2[eEfF]|%5[cC]|\\.|\\\\|%|[a-c]|%25|;|\\?){0,12}") {
            if let Ok(file) = file(&format!("/{path}")) {
                prop_assert!(!file.contains('\\') && file.split('/').all(|part| part != ".." && part != "."), "{file}");
            }
        }

        #[test]
        fn any_header_is_borne(host in any::<Vec<u8>>(), origin in any::<Vec<u8>>()) {
            let mut all = HeaderMap::new();
            for (name, value) in [(header::HOST, host), (header::ORIGIN, origin)] {
                if let Ok(value) = header::HeaderValue::from_bytes(&value) {
                    all.append(name, value);
                }
            }
            prop_assert!(own_request(&Uri::from_static("/"), &all).is_err());
        }
    }
}
