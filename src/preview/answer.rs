//! From a request to a response.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use http_range_header::{RangeUnsatisfiableError, parse_range_header};
use hyper::body::{Bytes, Frame, Incoming, SizeHint};
use hyper::header::{self, HeaderMap, HeaderName, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Method, Request, Response, StatusCode};
use tokio::sync::mpsc;

use super::guard::{self, Refusal};
use super::inject::{self, About, OWN};
use super::stage::{Answer, File, Now, Stage, short_hash};
use super::{events, media};

const SCRIPT: &[u8] = include_bytes!("live.js");
const STYLE: &[u8] = include_bytes!("live.css");

/// For pages of the preview's own; pages of the site bring theirs.
const STRICT: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// No page may be framed: a page elsewhere could lay another over it.
const UNFRAMED: &str = "frame-ancestors 'none'";

/// What is sent: bytes, or events as they come.
#[derive(Debug)]
pub(super) enum Body {
    Whole(Bytes),
    Events(mpsc::Receiver<Bytes>),
}

impl hyper::body::Body for Body {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        match &mut *self {
            Body::Whole(bytes) if bytes.is_empty() => Poll::Ready(None),
            Body::Whole(bytes) => Poll::Ready(Some(Ok(Frame::data(std::mem::take(bytes))))),
            Body::Events(events) => events.poll_recv(cx).map(|bytes| bytes.map(|b| Ok(Frame::data(b)))),
        }
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Body::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Body::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Body::Events(_) => SizeHint::default(),
        }
    }
}

/// Answers a request.
pub(super) async fn answer(stage: Arc<Stage>, request: Request<Incoming>) -> Result<Response<Body>, Infallible> {
    // Nothing that is sent along is read.
    let (request, _) = request.into_parts();
    Ok(match respond(&stage, &request).await {
        Ok(response) => response,
        Err(Refusal { status, why }) => {
            let mut response = reply(status, media::TEXT, format!("{why}\n").into());
            if status == StatusCode::METHOD_NOT_ALLOWED {
                set(&mut response, header::ALLOW, "GET, HEAD");
            }
            response
        }
    })
}

async fn respond(stage: &Arc<Stage>, request: &Parts) -> Result<Response<Body>, Refusal> {
    let (uri, headers) = (&request.uri, &request.headers);
    guard::own_request(uri, headers)?;
    if request.method != Method::GET && request.method != Method::HEAD {
        return Err(Refusal { status: StatusCode::METHOD_NOT_ALLOWED, why: "nothing can be sent to this preview" });
    }
    if let Some(own) = uri.path().strip_prefix(OWN) {
        return match own {
            "live.js" => Ok(sent(request, media::of("live.js"), Bytes::from_static(SCRIPT))),
            "live.css" => Ok(sent(request, media::of("live.css"), Bytes::from_static(STYLE))),
            "events" => event_stream(stage, request),
            _ => Err(Refusal { status: StatusCode::NOT_FOUND, why: "the preview has no such file" }),
        };
    }
    let path = guard::file(uri.path())?;
    stage.ready().await;
    let answer = stage.ask(&path).await;
    let now = stage.now();
    let is_page = path.ends_with(".html");
    Ok(match &answer {
        Answer::File(file) if is_page => {
            let html = page(&path, file, &answer, &now);
            unframed(sent(request, media::HTML, html))
        }
        Answer::File(file) => sent(request, media::of(&path), file.bytes.clone()),
        Answer::Folder => {
            let query = uri.query().map(|q| format!("?{q}")).unwrap_or_default();
            let mut response = reply(StatusCode::TEMPORARY_REDIRECT, media::TEXT, Bytes::new());
            set(&mut response, header::LOCATION, &format!("{}/{query}", uri.path()));
            response
        }
        Answer::Missing(file) => unframed(reply(StatusCode::NOT_FOUND, media::HTML, page(&path, file, &answer, &now))),
        Answer::Failed(why) => {
            let now = Now { errors: why.to_string(), ..(*now).clone() };
            let text = ["这一页无法生成", "This page cannot be made: its template has an error."];
            let html = inject::plain(&path, &answer.version(), text, &now);
            strict(reply(StatusCode::INTERNAL_SERVER_ERROR, media::HTML, html.into()))
        }
        Answer::Nothing => {
            let text = [
                "网站有错误，还不能显示",
                "The site has errors and cannot be shown yet. This page goes on by itself once they are mended.",
            ];
            let html = inject::plain(&path, &answer.version(), text, &now);
            strict(reply(StatusCode::SERVICE_UNAVAILABLE, media::HTML, html.into()))
        }
    })
}

fn page(path: &str, file: &File, answer: &Answer, now: &Now) -> Bytes {
    let missing = matches!(answer, Answer::Missing(_));
    let version = answer.version();
    let about = About { path, files: &file.files, marks: &file.marks, version: &version, missing };
    inject::page(&String::from_utf8_lossy(&file.bytes), &about, now).into()
}

/// The events of the page that the query names.
fn event_stream(stage: &Arc<Stage>, request: &Parts) -> Result<Response<Body>, Refusal> {
    let query = request.uri.query().unwrap_or_default();
    let page = query.split('&').find_map(|part| part.strip_prefix("page=")).and_then(guard::unescaped);
    let Some(page) = page else {
        return Err(Refusal { status: StatusCode::BAD_REQUEST, why: "events are of a page: ?page=en/index.html" });
    };
    let mut response = reply(StatusCode::OK, "text/event-stream; charset=utf-8", Bytes::new());
    if request.method == Method::GET {
        *response.body_mut() = Body::Events(events::stream(stage, page));
    }
    Ok(response)
}

/// A response with what all have.
fn reply(status: StatusCode, media: &'static str, bytes: Bytes) -> Response<Body> {
    let mut response = Response::new(Body::Whole(bytes));
    *response.status_mut() = status;
    for (name, value) in [
        (header::CONTENT_TYPE, media),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn set(response: &mut Response<Body>, name: HeaderName, value: &str) {
    // None of the values that are set holds a byte that a header cannot.
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

fn strict(mut response: Response<Body>) -> Response<Body> {
    set(&mut response, header::CONTENT_SECURITY_POLICY, STRICT);
    response
}

fn unframed(mut response: Response<Body>) -> Response<Body> {
    set(&mut response, header::CONTENT_SECURITY_POLICY, UNFRAMED);
    response
}

/// A file as far as the request wants it: whole, a range of it, or only that it has not changed.
fn sent(request: &Parts, media: &'static str, bytes: Bytes) -> Response<Body> {
    let tag = format!("\"{}\"", short_hash(&bytes));
    let mut response = part(&request.method, &request.headers, media, bytes, &tag);
    set(&mut response, header::ETAG, &tag);
    set(&mut response, header::ACCEPT_RANGES, "bytes");
    response
}

fn part(method: &Method, headers: &HeaderMap, media: &'static str, bytes: Bytes, tag: &str) -> Response<Body> {
    if has_tag(headers, tag) {
        return reply(StatusCode::NOT_MODIFIED, media, Bytes::new());
    }
    let size = bytes.len() as u64;
    match range(method, headers, size, tag) {
        Wanted::Whole => reply(StatusCode::OK, media, bytes),
        Wanted::Range(from, to) => {
            // Both lie within the file, so they fit what its size fits.
            let mut response = reply(StatusCode::PARTIAL_CONTENT, media, bytes.slice(from as usize..=to as usize));
            set(&mut response, header::CONTENT_RANGE, &format!("bytes {from}-{to}/{size}"));
            response
        }
        Wanted::Beyond => {
            let mut response = reply(StatusCode::RANGE_NOT_SATISFIABLE, media::TEXT, Bytes::new());
            set(&mut response, header::CONTENT_RANGE, &format!("bytes */{size}"));
            response
        }
    }
}

/// Whether `If-None-Match` names a tag (RFC 9110, 13.1.2: compared weakly). Ours have no comma in them.
fn has_tag(headers: &HeaderMap, tag: &str) -> bool {
    headers.get_all(header::IF_NONE_MATCH).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(',')).any(
        |one| {
            let one = one.trim();
            one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag
        },
    )
}

#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    Whole,
    Range(u64, u64),
    Beyond,
}

/// The range that is asked for. Several at once, and what is no range, are answered with the whole.
fn range(method: &Method, headers: &HeaderMap, size: u64, tag: &str) -> Wanted {
    let Some(asked) = headers.get(header::RANGE).and_then(|r| r.to_str().ok()).filter(|_| method == Method::GET) else {
        return Wanted::Whole;
    };
    // A range of what the client has in another version is of no use to it. Dates are not given out.
    if headers.get(header::IF_RANGE).is_some_and(|only_if| only_if.as_bytes() != tag.as_bytes()) {
        return Wanted::Whole;
    }
    let ranges = match parse_range_header(asked) {
        Ok(ranges) if ranges.len() == 1 => ranges.validate(size),
        Ok(_) => return Wanted::Whole,
        Err(error) => Err(error),
    };
    match ranges.as_deref() {
        Ok([one]) => Wanted::Range(*one.start(), *one.end()),
        Ok(_) => Wanted::Whole,
        Err(RangeUnsatisfiableError::Unsatisfiable) => Wanted::Beyond,
        Err(_) => Wanted::Whole,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        let wanted = |value: &str, size: u64| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, value.parse().expect("it is sound"));
            range(&Method::GET, &headers, size, "\"a\"")
        };
        assert_eq!(wanted("bytes=0-4", 10), Wanted::Range(0, 4));
        assert_eq!(wanted("bytes=4-", 10), Wanted::Range(4, 9));
        assert_eq!(wanted("bytes=-3", 10), Wanted::Range(7, 9));
        assert_eq!(wanted("bytes=0-99", 10), Wanted::Range(0, 9));
        assert_eq!(wanted("bytes=-99", 10), Wanted::Range(0, 9));
        assert_eq!(wanted("bytes=9-9", 10), Wanted::Range(9, 9));
        for beyond in ["bytes=10-", "bytes=10-12", "bytes=-0"] {
            assert_eq!(wanted(beyond, 10), Wanted::Beyond, "{beyond}");
        }
        for whole in ["bytes=5-2", "bytes=x-", "lines=0-4", "bytes=0-1,3-4", "bytes=", "bytes=-", "0-4"] {
            assert_eq!(wanted(whole, 10), Wanted::Whole, "{whole}");
        }
        let mut headers = HeaderMap::new();
        headers.insert(header::RANGE, HeaderValue::from_static("bytes=0-4"));
        assert_eq!(range(&Method::HEAD, &headers, 10, "\"a\""), Wanted::Whole);
        headers.insert(header::IF_RANGE, HeaderValue::from_static("\"a\""));
        assert_eq!(range(&Method::GET, &headers, 10, "\"a\""), Wanted::Range(0, 4));
        assert_eq!(range(&Method::GET, &headers, 10, "\"b\""), Wanted::Whole);
    }

    #[test]
    fn tags() {
        let has = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::IF_NONE_MATCH, HeaderValue::from_static(value));
            has_tag(&headers, "\"a\"")
        };
        assert!(has("\"a\"") && has("W/\"a\"") && has("\"b\", \"a\"") && has("*"));
        assert!(!has("\"b\"") && !has("a") && !has(""));
    }
}
