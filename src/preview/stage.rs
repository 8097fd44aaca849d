//! Between the server and the site that stands: questions one way, the state of things the other.
//!
//! A site is rendered from by the threads of its own [`generation`](super::generation); the server asks them by
//! way of a [`Desk`]. When a new site stands its desk takes the place of the old one, which answers what it has
//! been asked and goes.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hyper::body::Bytes;
use tokio::sync::{oneshot, watch};

use super::origin::Mark;

/// A file as `build` would write it.
#[derive(Debug)]
pub(super) struct File {
    /// Its path.
    pub(super) path: String,
    /// Its bytes.
    pub(super) bytes: Bytes,
    /// A hash of these and of the scripts and images that a page shows.
    pub(super) version: String,
    /// What it was made from.
    pub(super) files: Vec<String>,
    /// What sets it apart from a published file.
    pub(super) marks: Vec<Mark>,
}

/// What stands at a path.
#[derive(Clone, Debug)]
pub(super) enum Answer {
    /// A file.
    File(Arc<File>),
    /// Nothing, but a page at the same path with `/`.
    Folder,
    /// Nothing: the page that says so.
    Missing(Arc<File>),
    /// A file that cannot be made: why, as HTML.
    Failed(Arc<str>),
    /// No site stands yet.
    Nothing,
}

impl Answer {
    /// Changes if what is seen at the path does.
    pub(super) fn version(&self) -> String {
        match self {
            Answer::File(file) => file.version.clone(),
            Answer::Folder => "folder".to_owned(),
            Answer::Missing(file) => format!("missing-{}", file.version),
            Answer::Failed(why) => format!("failed-{}", short_hash(why.as_bytes())),
            Answer::Nothing => "nothing".to_owned(),
        }
    }
}

/// Half of a BLAKE3 hash, in hexadecimal: enough to tell versions apart.
pub(super) fn short_hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex()[..32].to_owned()
}

/// The state of things, as every page is told it.
#[derive(Clone, Debug, Default)]
pub(super) struct Now {
    /// Whether the site has been loaded for a first time.
    pub(super) ready: bool,
    /// Errors, as HTML; nothing if there are none.
    pub(super) errors: String,
    /// Whether the errors were found in finished pages: they stay until the pages have been looked at anew.
    pub(super) late: bool,
    /// Warnings and notes, as HTML.
    pub(super) notes: String,
    /// How many there are, in words.
    pub(super) summary: String,
    /// A hash of the theme's styles.
    pub(super) style: String,
    /// Addresses of drafts and proposals, as JSON.
    pub(super) marks: Arc<str>,
}

/// A path that is asked for, and who waits for the answer.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) path: String,
    pub(super) reply: oneshot::Sender<Answer>,
}

/// Questions that wait.
#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    questions: VecDeque<Question>,
    closed: bool,
}

impl Queue {
    /// Adds a question, which comes back if the queue is closed.
    fn put(&self, question: Question) -> Result<(), Question> {
        let mut waiting = lock(&self.waiting);
        if waiting.closed {
            return Err(question);
        }
        waiting.questions.push_back(question);
        self.changed.notify_one();
        Ok(())
    }

    /// Waits for the next question; `None` once the queue is closed and all have been taken.
    pub(super) fn take(&self) -> Option<Question> {
        let mut waiting = lock(&self.waiting);
        loop {
            if let Some(question) = waiting.questions.pop_front() {
                return Some(question);
            }
            if waiting.closed {
                return None;
            }
            waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn close(&self) {
        lock(&self.waiting).closed = true;
        self.changed.notify_all();
    }
}

/// Where the site that stands is asked. Index and manifest take long, so they do not wait with the pages.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) pages: Queue,
    pub(super) slow: Queue,
    gone: Mutex<bool>,
    going: Condvar,
}

impl Desk {
    fn close(&self) {
        self.pages.close();
        self.slow.close();
        *lock(&self.gone) = true;
        self.going.notify_all();
    }

    /// Whether another site has taken the place of this one.
    pub(super) fn is_gone(&self) -> bool {
        *lock(&self.gone)
    }

    /// Waits for that, or at most so long.
    pub(super) fn gone_within(&self, time: Duration) -> bool {
        let end = Instant::now() + time;
        let mut gone = lock(&self.gone);
        while !*gone {
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            gone = self.going.wait_timeout(gone, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        *gone
    }
}

/// What server and site share.
#[derive(Debug, Default)]
pub(super) struct Stage {
    desk: Mutex<Option<Arc<Desk>>>,
    now: watch::Sender<Arc<Now>>,
    /// Paths of open pages, and how often each is open.
    open: Mutex<BTreeMap<String, usize>>,
}

impl Stage {
    /// The file at a path.
    pub(super) async fn ask(&self, path: &str) -> Answer {
        let is_slow = path == crate::publish::MANIFEST || path.starts_with("search/");
        loop {
            let Some(desk) = lock(&self.desk).clone() else { return Answer::Nothing };
            let (reply, answer) = oneshot::channel();
            let queue = if is_slow { &desk.slow } else { &desk.pages };
            if queue.put(Question { path: path.to_owned(), reply }).is_ok() {
                return answer.await.unwrap_or(Answer::Nothing);
            }
            // It has gone in this moment; the next one stands already.
        }
    }

    /// Puts a new site in the place of the one that stands.
    pub(super) fn stand(&self, desk: Arc<Desk>) {
        if let Some(old) = lock(&self.desk).replace(desk) {
            old.close();
        }
    }

    /// The state of things.
    pub(super) fn now(&self) -> Arc<Now> {
        self.now.borrow().clone()
    }

    /// The state of things as it changes.
    pub(super) fn changes(&self) -> watch::Receiver<Arc<Now>> {
        self.now.subscribe()
    }

    /// Changes the state of things.
    pub(super) fn tell(&self, change: impl FnOnce(&mut Now)) {
        self.now.send_modify(|now| change(Arc::make_mut(now)));
    }

    /// Waits until the site has been loaded for a first time.
    pub(super) async fn ready(&self) {
        // The sender is part of `self`, so it cannot have gone.
        let _ = self.changes().wait_for(|now| now.ready).await;
    }

    /// Notes that a page is open, for as long as what is returned is kept.
    pub(super) fn open(self: &Arc<Self>, path: &str) -> Open {
        *lock(&self.open).entry(path.to_owned()).or_default() += 1;
        Open { stage: Arc::clone(self), path: path.to_owned() }
    }

    /// Paths of pages that are open.
    pub(super) fn open_paths(&self) -> Vec<String> {
        lock(&self.open).keys().cloned().collect()
    }
}

/// An open page.
#[derive(Debug)]
pub(super) struct Open {
    stage: Arc<Stage>,
    path: String,
}

impl Drop for Open {
    fn drop(&mut self) {
        let mut open = lock(&self.stage.open);
        if let Some(count) = open.get_mut(&self.path) {
            *count -= 1;
            if *count == 0 {
                open.remove(&self.path);
            }
        }
    }
}

/// What is locked is whole at every moment, whoever panicked.
pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
