//! How far the work is, on a terminal, for what takes longer than a second.

use std::io::{IsTerminal as _, Write as _};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::diagnostic::Problem;
use crate::publish::Sink;
use crate::render::Output;

/// Nothing is shown before that.
const SILENT: Duration = Duration::from_secs(1);
/// How often the line is written anew.
const PACE: Duration = Duration::from_millis(100);

#[derive(Debug, Default)]
struct State {
    /// What is being done.
    stage: Mutex<&'static str>,
    done: AtomicUsize,
    all: AtomicUsize,
}

/// A line on the terminal, as long as this lives; on anything else nothing.
#[derive(Debug)]
pub(super) struct Progress {
    state: Arc<State>,
    writer: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins with a stage that cannot be counted.
    pub(super) fn begin(stage: &'static str) -> Self {
        let state = Arc::new(State { stage: Mutex::new(stage), ..State::default() });
        let writer = std::io::stderr().is_terminal().then(|| {
            let (stop, stopped) = channel();
            let state = Arc::clone(&state);
            let show = move || {
                let mut wait = SILENT;
                while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                    wait = PACE;
                    eprint!("\r\x1b[K{}", state.line());
                    // A terminal that takes no more shows nothing.
                    let _ = std::io::stderr().flush();
                }
                if wait == PACE {
                    eprint!("\r\x1b[K");
                }
            };
            (stop, std::thread::spawn(show))
        });
        Progress { state, writer }
    }

    /// Goes on to a stage of so many steps.
    pub(super) fn stage(&self, stage: &'static str, steps: usize) {
        *self.state.stage.lock().unwrap_or_else(PoisonError::into_inner) = stage;
        self.state.done.store(0, Ordering::Relaxed);
        self.state.all.store(steps, Ordering::Relaxed);
    }

    /// A sink that counts what goes into it.
    pub(super) fn counted<'a, S: Sink>(&'a self, sink: &'a S) -> Counted<'a, S> {
        Counted { sink, state: &self.state }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((stop, writer)) = self.writer.take() {
            drop(stop);
            // The line is gone when this returns; a writer that panicked has none.
            let _ = writer.join();
        }
    }
}

impl State {
    fn line(&self) -> String {
        let stage = *self.stage.lock().unwrap_or_else(PoisonError::into_inner);
        match self.all.load(Ordering::Relaxed) {
            0 => format!("{stage} …"),
            all => format!("{stage} … {} of {all}", self.done.load(Ordering::Relaxed).min(all)),
        }
    }
}

/// A sink that is counted.
pub(super) struct Counted<'a, S> {
    sink: &'a S,
    state: &'a State,
}

impl<S: Sink> Sink for Counted<'_, S> {
    fn put(&self, output: &Output) -> Result<(), Problem> {
        self.state.done.fetch_add(1, Ordering::Relaxed);
        self.sink.put(output)
    }

    fn keeps(&self) -> bool {
        self.sink.keeps()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_is_done_and_how_much() {
        let progress = Progress::begin("reading and checking");
        assert_eq!(progress.state.line(), "reading and checking …");
        progress.stage("making pages", 2);
        let sink = crate::publish::memory::Nowhere;
        let output = Output { path: String::new(), bytes: Vec::new() };
        progress.counted(&sink).put(&output).expect("nowhere takes everything");
        assert_eq!(progress.state.line(), "making pages … 1 of 2");
    }
}
