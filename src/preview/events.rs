//! The state of things as a stream of events (server-sent events), for one open page.
//!
//! An event tells the whole state, not what has changed: a page that missed some is right after the next.

use std::sync::Arc;
use std::time::Duration;

use hyper::body::Bytes;
use serde_json::json;
use tokio::sync::mpsc;

use super::stage::Stage;

/// After so long without an event one is sent that says nothing, which finds out pages that have gone.
const ALIVE: Duration = Duration::from_secs(15);
/// Milliseconds after which a page asks again when the stream has broken.
const RETRY: u32 = 500;

/// Begins a stream for the page at a path; it ends when the page goes.
pub(super) fn stream(stage: &Arc<Stage>, path: String) -> mpsc::Receiver<Bytes> {
    let (events, stream) = mpsc::channel(2);
    tokio::spawn(tell(Arc::clone(stage), path, events));
    stream
}

async fn tell(stage: Arc<Stage>, path: String, events: mpsc::Sender<Bytes>) {
    let _open = stage.open(&path);
    let mut changes = stage.changes();
    let (mut marks, mut state) = (String::new(), String::new());
    if events.send(Bytes::from(format!("retry: {RETRY}\n\n"))).await.is_err() {
        return;
    }
    loop {
        let now = changes.borrow_and_update().clone();
        if now.ready {
            let mut text = String::new();
            event(&mut text, "marks", &mut marks, now.marks.to_string());
            let version = stage.ask(&path).await.version();
            let value = json!({
                "version": version, "style": now.style, "errors": now.errors, "notes": now.notes, "summary": now.summary,
            });
            event(&mut text, "state", &mut state, value.to_string());
            if !text.is_empty() && events.send(text.into()).await.is_err() {
                return;
            }
        }
        loop {
            tokio::select! {
                changed = changes.changed() => match changed {
                    Ok(()) => break,
                    Err(_) => return,
                },
                () = events.closed() => return,
                () = tokio::time::sleep(ALIVE) => if events.send(Bytes::from_static(b":\n\n")).await.is_err() {
                    return;
                },
            }
        }
    }
}

/// Appends an event if what it tells is not what was told before.
fn event(out: &mut String, name: &str, told: &mut String, data: String) {
    // JSON has no line break of its own, so one line holds all.
    if *told != data && !data.is_empty() {
        out.push_str(&format!("event: {name}\ndata: {data}\n\n"));
        *told = data;
    }
}
