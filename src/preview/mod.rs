//! The preview server: the site from memory, on this machine's loopback address, for this machine, as it is written.
//!
//! 1. [`watch`] tells what has changed in the folder, once it stands still.
//! 2. [`live`] loads the site anew; with errors, the last good site goes on being served, and they are shown on it.
//! 3. [`generation`] makes the pages of a site that stands, when they are asked for; [`stage`] is between it and
//! 4. [`server`], which takes requests; [`guard`] refuses those that are not this machine's own, [`answer`] answers
//!    the others, from what is published at a path and never from a file that the path might name.
//! 5. [`inject`] puts a script, a bar and the place for problems ([`overlay`]) into a page as it is served; all else
//!    is byte for byte what `build --drafts` writes. [`events`] tells an open page how things stand; it reloads if
//!    its own bytes have changed.

mod answer;
mod events;
mod generation;
mod guard;
mod inject;
mod live;
mod media;
mod origin;
mod overlay;
mod server;
mod stage;
mod watch;

use std::collections::BTreeMap;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::diagnostic::Problem;
use crate::site::DateSource;
use live::Live;
use stage::Stage;
use watch::{Changes, Means};

/// What is to be shown, and where.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The site's folder.
    pub root: PathBuf,
    /// Where the date comes from.
    pub dates: DateSource,
    /// The port that is wanted.
    pub port: u16,
    /// Look through the folder again and again instead of being told what changes.
    pub poll: bool,
}

/// A preview that can be opened.
#[derive(Clone, Debug)]
pub struct Started {
    /// Where it is.
    pub address: SocketAddr,
    /// Why the folder is looked through, if the system cannot tell what changes.
    pub no_events: Option<String>,
}

/// What came of loading the site.
#[derive(Debug)]
pub struct Told<'a> {
    /// All its problems.
    pub problems: &'a [Problem],
    /// The texts of the files that they name.
    pub files: &'a BTreeMap<&'a str, &'a str>,
    /// The files that had changed; none if any might have.
    pub changed: &'a [String],
    /// How long it took.
    pub took: Duration,
    /// Whether this is what is shown now.
    pub shown: bool,
    /// Whether these are only the problems that finished pages have.
    pub late: bool,
}

/// Shows a site until a signal ends it; `tell` is told of each loading, `started` once of where it is.
///
/// # Errors
/// There is no port, or the system lacks something.
pub fn run(
    preview: Preview,
    tell: impl Fn(&Told<'_>) + Send + Sync + 'static,
    started: impl FnOnce(&Started),
) -> io::Result<()> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let end = signal()?;
        let listener = server::bind(preview.port).await?;
        let address = listener.local_addr()?;
        let stage = Arc::new(Stage::default());
        let keeper = Arc::clone(&stage);
        let (say, means) = tokio::sync::oneshot::channel();
        std::thread::spawn(move || {
            let (changes, means) = Changes::watch(&preview.root, preview.poll);
            // Whoever waits has gone only if the preview ends.
            let _ = say.send(means);
            live::keep(Live::new(preview.root, preview.dates), changes, &keeper, &(Arc::new(tell) as live::Tell));
        });
        // With the runtime all connections end, and with the process the threads that make pages.
        tokio::spawn(server::accept(listener, Arc::clone(&stage)));
        tokio::select! {
            () = end => return Ok(()),
            () = async {
                let no_events = match means.await {
                    Ok(Means::NoEvents(why)) => Some(why),
                    _ => None,
                };
                stage.ready().await;
                started(&Started { address, no_events });
                std::future::pending().await
            } => {}
        }
        Ok(())
    })
}

/// Ends with the first signal that asks the process to end.
#[cfg(unix)]
fn signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Ends with the first signal that asks the process to end.
#[cfg(not(unix))]
fn signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
