//! What has changed in a site's folder, told once it stands still.
//!
//! Takes the site's root; gives, each time, the paths that have changed since the last. The system's events
//! are used where there are some (notify), else the folder is looked through again and again. Of the root
//! only `site.toml` and the folders that a build reads are watched: what else lies there may be large.
//!
//! Editors save in many ways: they write in place, twice, or into another file that they rename over the
//! first. So a change is told when nothing has happened for some milliseconds; for longer while a file that
//! was begun has not been closed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode, CreateKind, EventKind, ModifyKind, RemoveKind};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use walkdir::WalkDir;

use crate::read::{FOLDERS, is_left_out};

/// How long nothing may happen before a change is told.
const QUIET: Duration = Duration::from_millis(8);
/// The same while a file is being written, or where the system does not say when it is done.
const WRITING: Duration = Duration::from_millis(40);
/// A change is told after this time even if others follow without a pause.
const LONGEST: Duration = Duration::from_millis(80);
/// A new folder is looked at once more after this time: what came into it before it was watched has no event.
const SECOND_LOOK: Duration = Duration::from_millis(250);
/// Between two looks where there are no events.
const POLL: Duration = Duration::from_millis(150);

/// One thing that happened.
#[derive(Debug)]
struct Happened {
    /// Paths from the site's root; none if everything must be looked at.
    paths: Vec<String>,
    /// Whether the file is still being written.
    open: bool,
    /// Whether a folder came or went.
    folder: bool,
}

/// The changes of a site's folder.
pub(super) struct Changes {
    root: PathBuf,
    happened: Receiver<Happened>,
    /// Kept for as long as changes are wanted; none when polling.
    watcher: Option<RecommendedWatcher>,
    /// When new folders are looked at once more.
    again: Option<Instant>,
}

/// Whether events are used, and if not, why.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Means {
    /// The system tells.
    Events,
    /// The folder is looked through, as was asked for.
    Polling,
    /// The folder is looked through, since there are no events.
    NoEvents(String),
}

impl Changes {
    /// Begins to watch. What changes from now on is told.
    pub(super) fn watch(root: &Path, poll: bool) -> (Self, Means) {
        // Events name what is watched as it was named; so both ways to a file begin alike.
        let root = root.canonicalize().unwrap_or_else(|_| root.to_path_buf());
        if !poll {
            match Self::by_events(&root) {
                Ok(changes) => return (changes, Means::Events),
                Err(error) => return (Self::by_polling(root), Means::NoEvents(error.to_string())),
            }
        }
        (Self::by_polling(root), Means::Polling)
    }

    fn by_events(root: &Path) -> notify::Result<Self> {
        let (tell, happened) = mpsc::channel();
        let base = root.to_path_buf();
        let handler = move |event: notify::Result<notify::Event>| {
            if let Some(happened) = read(&base, event) {
                // Nobody listens any more when the preview ends.
                let _ = tell.send(happened);
            }
        };
        let mut watcher = notify::recommended_watcher(handler)?;
        watcher.watch(root, RecursiveMode::NonRecursive)?;
        for folder in FOLDERS {
            let path = root.join(folder);
            if path.is_dir() {
                watcher.watch(&path, RecursiveMode::Recursive)?;
            }
        }
        Ok(Changes { root: root.to_path_buf(), happened, watcher: Some(watcher), again: None })
    }

    fn by_polling(root: PathBuf) -> Self {
        let (tell, happened) = mpsc::channel();
        let before = look(&root);
        let base = root.clone();
        std::thread::spawn(move || poll(&base, before, &tell));
        Changes { root, happened, watcher: None, again: None }
    }

    /// Waits for a change, or at most so long; gives the paths that have changed, in order, or none if everything
    /// must be looked at. `None` if nothing has changed in that time.
    pub(super) fn next(&mut self, within: Option<Duration>) -> Option<Vec<String>> {
        let end = within.map(|time| Instant::now() + time);
        let happened = match [end, self.again].into_iter().flatten().min() {
            None => self.happened.recv().ok()?,
            Some(at) => match self.happened.recv_timeout(at.saturating_duration_since(Instant::now())) {
                Ok(happened) => happened,
                Err(_) if self.again.is_some_and(|again| again <= Instant::now()) => {
                    self.again = None;
                    return Some(Vec::new());
                }
                Err(_) => return None,
            },
        };
        let mut seen = Seen::default();
        seen.add(self, happened);
        let latest = Instant::now() + LONGEST;
        loop {
            let quiet = if seen.open.is_empty() { QUIET } else { WRITING };
            let wait = quiet.min(latest.saturating_duration_since(Instant::now()));
            match self.happened.recv_timeout(wait) {
                Ok(happened) => seen.add(self, happened),
                Err(_) => return Some(seen.paths()),
            }
        }
    }

    /// A folder that a build reads came or went: watched anew, with all that is in it.
    fn watch_anew(&mut self, folder: &str) {
        let path = self.root.join(folder);
        if let Some(watcher) = &mut self.watcher {
            // It may have gone with its watch.
            let _ = watcher.unwatch(&path);
            if path.is_dir() {
                // If it goes again in this moment, that is told too.
                let _ = watcher.watch(&path, RecursiveMode::Recursive);
            }
        }
    }
}

/// What has happened so far.
#[derive(Default)]
struct Seen {
    paths: BTreeSet<String>,
    open: BTreeSet<String>,
    everything: bool,
}

impl Seen {
    fn add(&mut self, changes: &mut Changes, happened: Happened) {
        self.everything |= happened.paths.is_empty();
        if happened.folder {
            changes.again = Some(Instant::now() + SECOND_LOOK);
        }
        for path in happened.paths {
            if FOLDERS.contains(&path.as_str()) {
                changes.watch_anew(&path);
                self.everything = true;
            }
            if happened.open {
                self.open.insert(path.clone());
            } else {
                self.open.remove(&path);
            }
            self.paths.insert(path);
        }
    }

    fn paths(self) -> Vec<String> {
        if self.everything { Vec::new() } else { self.paths.into_iter().collect() }
    }
}

/// An event as far as it concerns the site.
fn read(root: &Path, event: notify::Result<notify::Event>) -> Option<Happened> {
    let everything = Happened { paths: Vec::new(), open: false, folder: false };
    let event = match event {
        Ok(event) if event.need_rescan() => return Some(everything),
        Ok(event) => event,
        // Some of what happens is not told: best look at all of it.
        Err(_) => return Some(everything),
    };
    let (open, folder) = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => (false, false),
        EventKind::Access(_) => return None,
        EventKind::Create(CreateKind::Folder) | EventKind::Remove(RemoveKind::Folder) => (false, true),
        EventKind::Create(_) | EventKind::Modify(ModifyKind::Data(_) | ModifyKind::Any) => (true, false),
        EventKind::Modify(ModifyKind::Name(_)) => (false, event.paths.iter().any(|p| p.is_dir())),
        _ => (false, false),
    };
    let paths: Vec<String> = event.paths.iter().filter_map(|path| concerned(root, path)).collect();
    (!paths.is_empty()).then_some(Happened { paths, open, folder })
}

/// A path from the site's root, if a build reads what stands there.
fn concerned(root: &Path, path: &Path) -> Option<String> {
    let relative = path.strip_prefix(root).ok()?;
    let name = relative.to_string_lossy().replace('\\', "/");
    let mut parts = name.split('/');
    let first = parts.next()?;
    let inside = FOLDERS.contains(&first) || (first == "site.toml" && first == name);
    (inside && !parts.any(is_left_out)).then_some(name)
}

/// Time and size of every file that a build reads, and of every folder that holds some.
type Look = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

fn look(root: &Path) -> Look {
    let tops = std::iter::once("site.toml").chain(FOLDERS).map(|top| root.join(top));
    let wanted = |e: &walkdir::DirEntry| e.depth() == 0 || !e.file_name().to_str().is_some_and(is_left_out);
    tops.flat_map(|top| WalkDir::new(top).into_iter().filter_entry(wanted))
        // What cannot be read is told by the load that follows.
        .filter_map(|entry| {
            let entry = entry.ok()?;
            let data = entry.metadata().ok()?;
            // A folder's own time changes with what is left out, too.
            let (time, size) = if data.is_dir() { (None, 0) } else { (data.modified().ok(), data.len()) };
            Some((entry.into_path(), (time, size)))
        })
        .collect()
}

/// Looks again and again. notify's own polling looks at whole seconds, or else reads every file each time.
fn poll(root: &Path, mut before: Look, tell: &Sender<Happened>) {
    loop {
        let start = Instant::now();
        let now = look(root);
        let gone = before.keys().filter(|path| !now.contains_key(*path));
        let other = now.iter().filter(|(path, data)| before.get(*path) != Some(data)).map(|(path, _)| path);
        let paths: Vec<String> = gone.chain(other).filter_map(|path| concerned(root, path)).collect();
        if !paths.is_empty() && tell.send(Happened { paths, open: false, folder: false }).is_err() {
            return;
        }
        before = now;
        // A large site is looked at less often, so that most of the time is the system's.
        std::thread::sleep(POLL.max(start.elapsed() * 4));
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn site() -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a temporary folder can be made");
        fs::create_dir_all(dir.path().join("content/policies/a")).expect("it can be made");
        fs::create_dir_all(dir.path().join("public")).expect("it can be made");
        fs::write(dir.path().join("site.toml"), "a").expect("it can be written");
        fs::write(dir.path().join("content/policies/a/policy.toml"), "a").expect("it can be written");
        dir
    }

    /// Reads changes until one names a path or says that everything must be looked at; gives all that were named.
    fn until(changes: &mut Changes, wanted: &str) -> BTreeSet<String> {
        let mut all = BTreeSet::new();
        let end = Instant::now() + Duration::from_secs(60);
        while !all.contains(wanted) {
            assert!(Instant::now() < end, "{wanted} was not told, but {all:?}");
            match changes.next(Some(Duration::from_millis(500))) {
                Some(paths) if paths.is_empty() => break,
                paths => all.extend(paths.unwrap_or_default()),
            }
        }
        all
    }

    fn both(test: impl Fn(&Path, &mut Changes)) {
        for by_polling in [false, true] {
            let dir = site();
            let (mut changes, means) = Changes::watch(dir.path(), by_polling);
            assert_eq!(means, if by_polling { Means::Polling } else { Means::Events });
            test(dir.path(), &mut changes);
        }
    }

    #[test]
    fn a_file_written_renamed_over_and_removed_is_told() {
        both(|root, changes| {
            let file = root.join("content/policies/a/policy.toml");
            fs::write(&file, "bb").expect("it can be written");
            until(changes, "content/policies/a/policy.toml");
            fs::write(root.join("content/policies/a/4913"), "ccc").expect("it can be written");
            fs::rename(root.join("content/policies/a/4913"), &file).expect("it can be renamed");
            until(changes, "content/policies/a/policy.toml");
            fs::remove_file(&file).expect("it can be removed");
            until(changes, "content/policies/a/policy.toml");
            fs::write(root.join("site.toml"), "bb").expect("it can be written");
            until(changes, "site.toml");
        });
    }

    #[test]
    fn what_a_build_does_not_read_is_not_told() {
        both(|root, changes| {
            for left in
                ["public/x", "README.md", "content/policies/a/.policy.toml.swp", "content/policies/a/policy.toml~"]
            {
                fs::write(root.join(left), "x").expect("it can be written");
            }
            // Reading is no change either.
            fs::read(root.join("site.toml")).expect("it can be read");
            fs::write(root.join("content/policies/a/digest.en.md"), "x").expect("it can be written");
            let told = until(changes, "content/policies/a/digest.en.md");
            assert_eq!(told.len(), 1, "{told:?}");
        });
    }

    #[test]
    fn new_folders_are_watched() {
        both(|root, changes| {
            fs::create_dir_all(root.join("content/policies/b")).expect("it can be made");
            until(changes, "content/policies/b");
            fs::write(root.join("content/policies/b/policy.toml"), "x").expect("it can be written");
            until(changes, "content/policies/b/policy.toml");
            // One that was not there when the watch began, and one put in the place of another.
            fs::create_dir_all(root.join("themes/own")).expect("it can be made");
            while changes.next(Some(Duration::from_millis(400))).is_some() {}
            fs::write(root.join("themes/own/style.css"), "x").expect("it can be written");
            until(changes, "themes/own/style.css");
            fs::rename(root.join("content"), root.join("content.old")).expect("it can be renamed");
            fs::create_dir_all(root.join("content/places")).expect("it can be made");
            while changes.next(Some(Duration::from_millis(400))).is_some() {}
            fs::write(root.join("content/places/x.toml"), "x").expect("it can be written");
            until(changes, "content/places/x.toml");
        });
    }

    #[test]
    fn many_saves_are_few_changes() {
        let dir = site();
        let (mut changes, _) = Changes::watch(dir.path(), false);
        for n in 0..50 {
            fs::write(dir.path().join("site.toml"), n.to_string()).expect("it can be written");
        }
        fs::write(dir.path().join("content/last.md"), "x").expect("it can be written");
        let mut told = 0;
        loop {
            told += 1;
            if changes.next(None).expect("it is watched").contains(&"content/last.md".to_owned()) {
                break;
            }
        }
        assert!(told < 25, "{told}");
    }
}
