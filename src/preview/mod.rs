//! The preview server: the site from memory, on this machine's loopback address, for this machine.
//!
//! A request is answered from a map of paths, so no path can lead out of the site. A request whose
//! `Host` is not this machine's is refused, so that a page elsewhere cannot read the preview by giving
//! its own name this address (DNS rebinding).

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;

/// Files of a site by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Ports tried after the wanted one.
const PORTS: u16 = 20;

/// Binds the wanted port, or the next free one.
///
/// # Errors
/// None of the ports tried is free.
pub async fn bind(port: u16) -> std::io::Result<TcpListener> {
    let mut last = None;
    for port in port..=port.saturating_add(PORTS) {
        match TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await {
            Ok(listener) => return Ok(listener),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or_else(|| std::io::ErrorKind::AddrInUse.into()))
}

/// Serves until interrupted.
///
/// # Errors
/// The listener fails.
pub async fn serve(listener: TcpListener, files: Files) -> std::io::Result<()> {
    let app = Router::new().fallback(answer).with_state(Arc::new(files));
    let server = axum::serve(listener, app);
    tokio::select! {
        result = server => result,
        _ = tokio::signal::ctrl_c() => Ok(()),
    }
}

async fn answer(State(files): State<Arc<Files>>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !headers.get(header::HOST).and_then(|h| h.to_str().ok()).is_some_and(is_own_host) {
        return (StatusCode::FORBIDDEN, "this preview serves only this machine\n").into_response();
    }
    if method != Method::GET && method != Method::HEAD {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response();
    }
    let path = uri.path().trim_start_matches('/');
    let file = if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() };
    if let Some(bytes) = files.get(&file) {
        return found(StatusCode::OK, &file, bytes);
    }
    if files.contains_key(&format!("{file}/index.html")) {
        return (StatusCode::PERMANENT_REDIRECT, [(header::LOCATION, format!("/{file}/"))]).into_response();
    }
    match files.get("404.html") {
        Some(bytes) => found(StatusCode::NOT_FOUND, "404.html", bytes),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

fn found(status: StatusCode, file: &str, bytes: &[u8]) -> Response {
    let headers = [
        (header::CONTENT_TYPE, content_type(file)),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (status, headers, Body::from(bytes.to_vec())).into_response()
}

/// Whether a `Host` names this machine's loopback address.
fn is_own_host(host: &str) -> bool {
    let name =
        host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(n, _)| n);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

fn content_type(file: &str) -> &'static str {
    match file.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_served() {
        for own in ["localhost", "localhost:4321", "127.0.0.1:80", "[::1]:4321"] {
            assert!(is_own_host(own), "{own}");
        }
        for other in ["example.org", "localhost.example.org", "127.0.0.1.example.org:80", "", "10.0.0.1"] {
            assert!(!is_own_host(other), "{other}");
        }
    }
}
