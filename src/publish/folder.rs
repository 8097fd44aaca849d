//! A published folder, replaced as a whole.
//!
//! The new site is staged in a sibling of the output. Files that have not changed are hard-linked from
//! the published folder, else copied with their time; files that duizhao did not write (`CNAME`,
//! `.git`) are carried over. Then the two folders are exchanged: in one step where the system can, else
//! by two renames with a journal that the next run finishes or undoes. What was published before stays
//! whole until that step; what others wrote there in the meantime is brought over after it ([`foreign`]).

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{MANIFEST, Made, Sink, foreign};
use crate::diagnostic::Problem;
use crate::render::Output;

/// A folder cannot be published.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// A file or folder cannot be read or written.
    #[error("{action} {}: {source}", path.display())]
    Io {
        /// What was being done.
        action: &'static str,
        /// To what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Another build is at work on the same output.
    #[error("another build is writing {}", .0.display())]
    Busy(PathBuf),
    /// The output would replace the site's own files.
    #[error("{} cannot be the output: it holds the site's own files", .0.display())]
    HoldsSite(PathBuf),
    /// The output is a mount point, which nothing can be put in the place of.
    #[error("{} is a mount point, and the site is published as a whole folder: publish into one below it", .0.display())]
    MountPoint(PathBuf),
    /// The output is something else than a folder.
    #[error("{} is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// A file that duizhao did not write stands where the site needs one.
    #[error("{} was not written by duizhao and would be overwritten; move it away", .0.display())]
    Foreign(PathBuf),
}

pub(super) fn failed(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> FolderError {
    let path = path.to_path_buf();
    move |source| FolderError::Io { action, path, source }
}

/// A folder being staged.
#[derive(Debug)]
pub struct Staging {
    out: PathBuf,
    new: PathBuf,
    old: PathBuf,
    journal: PathBuf,
    /// Whether something was published before.
    again: bool,
    /// Files of the published folder that duizhao wrote.
    ours: BTreeSet<String>,
    folders: Mutex<BTreeSet<PathBuf>>,
    unchanged: AtomicUsize,
    /// Held for as long as the staging lasts.
    _lock: File,
}

impl Staging {
    /// Begins: finishes or undoes what an earlier run left, and makes an empty staging folder.
    ///
    /// # Errors
    /// The output is in use, is no folder, holds the site at `root`, or cannot be written beside.
    pub fn begin(out: &Path, root: &Path) -> Result<Self, FolderError> {
        let out = absolute(out)?;
        let root = absolute(root)?;
        if root.starts_with(&out)
            || ["content", "seeds", "templates", "themes"].iter().any(|f| out.starts_with(root.join(f)))
        {
            return Err(FolderError::HoldsSite(out));
        }
        let (parent, name) = match (out.parent(), out.file_name()) {
            (Some(parent), Some(name)) => (parent.to_path_buf(), name.to_string_lossy().into_owned()),
            _ => return Err(FolderError::HoldsSite(out)),
        };
        fs::create_dir_all(&parent).map_err(failed("cannot make", &parent))?;
        let beside = |what: &str| parent.join(format!(".{name}.{what}"));
        let lock_path = beside("lock");
        let lock = File::create(&lock_path).map_err(failed("cannot write", &lock_path))?;
        lock.try_lock().map_err(|error| match error {
            fs::TryLockError::WouldBlock => FolderError::Busy(out.clone()),
            fs::TryLockError::Error(source) => failed("cannot lock", &lock_path)(source),
        })?;
        let staging = Staging {
            new: beside("new"),
            old: beside("old"),
            journal: beside("journal"),
            again: false,
            ours: BTreeSet::new(),
            folders: Mutex::default(),
            unchanged: AtomicUsize::new(0),
            _lock: lock,
            out,
        };
        staging.recover()?;
        if staging.out.exists() && !staging.out.is_dir() {
            return Err(FolderError::NotAFolder(staging.out));
        }
        if is_mount_point(&staging.out, &parent) {
            return Err(FolderError::MountPoint(staging.out));
        }
        let ours = written_before(&staging.out)?;
        fs::create_dir(&staging.new).map_err(failed("cannot make", &staging.new))?;
        Ok(Staging { again: staging.out.exists(), ours, ..staging })
    }

    /// Finishes or undoes the swap that an earlier run was in, and clears what it left.
    fn recover(&self) -> Result<(), FolderError> {
        if self.journal.exists() {
            if !self.out.exists() && self.new.exists() {
                fs::rename(&self.new, &self.out).map_err(failed("cannot put in place", &self.out))?;
            } else if !self.out.exists() && self.old.exists() {
                fs::rename(&self.old, &self.out).map_err(failed("cannot put back", &self.out))?;
            }
            fs::remove_file(&self.journal).map_err(failed("cannot remove", &self.journal))?;
        }
        for left in [&self.new, &self.old] {
            if left.exists() {
                // It may be the site of before, killed before it was removed.
                foreign::bring_over(left, &self.out, &written_before(left)?)?;
                fs::remove_dir_all(left).map_err(failed("cannot remove", left))?;
            }
        }
        Ok(())
    }

    /// How many files were the same as those published before.
    pub fn unchanged(&self) -> usize {
        self.unchanged.load(Ordering::Relaxed)
    }

    fn write(&self, output: &Output) -> Result<(), FolderError> {
        let to = self.new.join(&output.path);
        self.make_parent(&to)?;
        let published = self.out.join(&output.path);
        if self.again && is_same(&published, &output.bytes) {
            self.unchanged.fetch_add(1, Ordering::Relaxed);
            return link_or_copy(&published, &to);
        }
        fs::write(&to, &output.bytes).map_err(failed("cannot write", &to))
    }

    fn make_parent(&self, file: &Path) -> Result<(), FolderError> {
        let Some(parent) = file.parent() else { return Ok(()) };
        let mut folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        if !folders.contains(parent) {
            fs::create_dir_all(parent).map_err(failed("cannot make", parent))?;
            folders.insert(parent.to_path_buf());
        }
        Ok(())
    }

    /// Puts the new site in the old one's place.
    ///
    /// # Errors
    /// Something cannot be carried over or put in place; the published folder is then as it was.
    pub fn publish(self, made: &Made) -> Result<(), FolderError> {
        let placed = self.carry_over(made).and_then(|()| self.put_in_place());
        match placed {
            Ok(None) => Ok(()),
            Ok(Some(before)) => {
                foreign::bring_over(before, &self.out, &self.ours)?;
                fs::remove_dir_all(before).map_err(failed("cannot remove", before))
            }
            Err(error) => {
                // What cannot be removed now the next run removes.
                let _ = fs::remove_dir_all(&self.new);
                Err(error)
            }
        }
    }

    /// Swaps the folders; gives where the site of before now stands.
    fn put_in_place(&self) -> Result<Option<&Path>, FolderError> {
        if !self.out.exists() {
            return fs::rename(&self.new, &self.out).map(|()| None).map_err(failed("cannot put in place", &self.out));
        }
        let mode = fs::metadata(&self.out).map_err(failed("cannot read", &self.out))?.permissions();
        fs::set_permissions(&self.new, mode).map_err(failed("cannot set the mode of", &self.new))?;
        if exchange(&self.new, &self.out).is_ok() {
            // The old site now stands where the new one was staged.
            return Ok(Some(&self.new));
        }
        self.swap().map(|()| Some(self.old.as_path()))
    }

    /// The swap in two steps, for systems that cannot do it in one.
    fn swap(&self) -> Result<(), FolderError> {
        fs::write(&self.journal, "swap\n").map_err(failed("cannot write", &self.journal))?;
        let swapped = fs::rename(&self.out, &self.old).map_err(failed("cannot set aside", &self.out)).and_then(|()| {
            fs::rename(&self.new, &self.out).map_err(|error| {
                // Back to how it was; if that fails too, the journal has the next run do it.
                let _ = fs::rename(&self.old, &self.out);
                failed("cannot put in place", &self.out)(error)
            })
        });
        if swapped.is_ok() || self.out.exists() {
            fs::remove_file(&self.journal).map_err(failed("cannot remove", &self.journal))?;
        }
        swapped
    }

    /// Leaves the published folder as it was and removes what was staged.
    ///
    /// # Errors
    /// The staging folder cannot be removed; the next run does it.
    pub fn abandon(self) -> Result<(), FolderError> {
        fs::remove_dir_all(&self.new).map_err(failed("cannot remove", &self.new))
    }

    /// Brings along what duizhao did not write.
    fn carry_over(&self, made: &Made) -> Result<(), FolderError> {
        if !self.out.exists() {
            return Ok(());
        }
        for entry in walkdir::WalkDir::new(&self.out).min_depth(1).sort_by_file_name() {
            let entry = entry.map_err(|e| FolderError::Io {
                action: "cannot read",
                path: self.out.clone(),
                source: e.into(),
            })?;
            let relative = entry.path().strip_prefix(&self.out).unwrap_or(entry.path());
            let name = relative.to_string_lossy().replace('\\', "/");
            let to = self.new.join(relative);
            if entry.file_type().is_dir() {
                let empty = fs::read_dir(entry.path()).map_err(failed("cannot read", entry.path()))?.next().is_none();
                if empty && !made.files.keys().any(|f| f.starts_with(&format!("{name}/"))) {
                    fs::create_dir_all(&to).map_err(failed("cannot make", &to))?;
                }
                continue;
            }
            if self.ours.contains(&name) {
                continue;
            }
            if made.files.contains_key(&name) {
                return Err(FolderError::Foreign(entry.path().to_path_buf()));
            }
            self.make_parent(&to)?;
            if entry.file_type().is_symlink() {
                copy_link(entry.path(), &to)?;
            } else {
                link_or_copy(entry.path(), &to)?;
            }
        }
        Ok(())
    }
}

impl Sink for Staging {
    fn put(&self, output: &Output) -> Result<(), Problem> {
        self.write(output).map_err(|e| Problem::error("cannot-publish", e.to_string()))
    }
}

fn absolute(path: &Path) -> Result<PathBuf, FolderError> {
    // An existing path is taken for what it leads to; of a new one, its parent.
    let made_absolute = std::path::absolute(path).map_err(failed("cannot find", path))?;
    if let Ok(real) = fs::canonicalize(&made_absolute) {
        return Ok(real);
    }
    let real = made_absolute.parent().and_then(|p| fs::canonicalize(p).ok());
    Ok(match (real, made_absolute.file_name()) {
        (Some(parent), Some(name)) => parent.join(name),
        _ => made_absolute,
    })
}

/// Whether a folder is the root of another file system than its parent is on. A folder of the same system
/// mounted there shows when it is to be swapped.
#[cfg(unix)]
fn is_mount_point(out: &Path, parent: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let device = |path: &Path| fs::metadata(path).ok().map(|m| m.dev());
    device(out).is_some_and(|own| Some(own) != device(parent))
}

#[cfg(not(unix))]
fn is_mount_point(_: &Path, _: &Path) -> bool {
    false
}

/// The files that the manifest of a published folder lists, the manifest among them; none if there is no manifest.
fn written_before(out: &Path) -> Result<BTreeSet<String>, FolderError> {
    let path = out.join(MANIFEST);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::IsADirectory) => {
            return Ok(BTreeSet::new());
        }
        Err(error) => return Err(failed("cannot read", &path)(error)),
    };
    Ok(listed(&text))
}

fn listed(text: &[u8]) -> BTreeSet<String> {
    let Ok(manifest) = serde_json::from_slice::<serde_json::Value>(text) else { return BTreeSet::new() };
    let is_ours = manifest["generator"]["name"] == env!("CARGO_PKG_NAME");
    let files = manifest["files"].as_object().filter(|_| is_ours);
    files.map(|files| files.keys().cloned().chain([MANIFEST.to_owned()]).collect()).unwrap_or_default()
}

fn is_same(published: &Path, bytes: &[u8]) -> bool {
    let size = fs::symlink_metadata(published).ok().filter(fs::Metadata::is_file).map(|m| m.len());
    size == u64::try_from(bytes.len()).ok() && fs::read(published).is_ok_and(|old| old == bytes)
}

/// A hard link, or a copy with the time of the file where links are not to be had.
fn link_or_copy(from: &Path, to: &Path) -> Result<(), FolderError> {
    if fs::hard_link(from, to).is_ok() {
        return Ok(());
    }
    fs::copy(from, to).map_err(failed("cannot copy", from))?;
    let time = fs::metadata(from).and_then(|m| m.modified()).map_err(failed("cannot read", from))?;
    File::options()
        .write(true)
        .open(to)
        .and_then(|f| f.set_modified(time))
        .map_err(failed("cannot set the time of", to))
}

#[cfg(unix)]
fn copy_link(from: &Path, to: &Path) -> Result<(), FolderError> {
    let target = fs::read_link(from).map_err(failed("cannot read", from))?;
    std::os::unix::fs::symlink(target, to).map_err(failed("cannot link", to))
}

#[cfg(not(unix))]
fn copy_link(from: &Path, to: &Path) -> Result<(), FolderError> {
    link_or_copy(from, to)
}

/// Exchanges two folders in one step.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE).map_err(io::Error::from)
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn output(path: &str, text: &str) -> Output {
        Output { path: path.into(), bytes: text.into() }
    }

    fn publish(out: &Path, files: &[(&str, &str)]) -> Result<usize, FolderError> {
        let staging = Staging::begin(out, Path::new("/nonexistent/site"))?;
        let mut made = Made::default();
        let list: serde_json::Map<String, serde_json::Value> =
            files.iter().map(|(p, _)| ((*p).to_owned(), serde_json::Value::Null)).collect();
        let manifest = serde_json::json!({ "generator": { "name": "duizhao" }, "files": list }).to_string();
        for (path, text) in files.iter().copied().chain([(MANIFEST, manifest.as_str())]) {
            staging.write(&output(path, text))?;
            made.files.insert(path.to_owned(), (String::new(), text.len()));
        }
        let unchanged = staging.unchanged();
        staging.publish(&made)?;
        Ok(unchanged)
    }

    fn read(out: &Path, path: &str) -> Option<String> {
        fs::read_to_string(out.join(path)).ok()
    }

    #[test]
    fn publishes_replaces_and_carries_over() {
        let dir = tempfile::tempdir().expect("a temporary folder can be made");
        let out = dir.path().join("public");
        publish(&out, &[("a/index.html", "one"), ("b/index.html", "two")]).expect("a new folder can be published");
        fs::write(out.join("CNAME"), "example.org").expect("the folder can be written");
        fs::create_dir_all(out.join(".git/refs")).expect("the folder can be written");
        let unchanged =
            publish(&out, &[("a/index.html", "one"), ("c/index.html", "three")]).expect("it can be replaced");
        assert_eq!(unchanged, 1);
        assert_eq!(read(&out, "a/index.html").as_deref(), Some("one"));
        assert_eq!(read(&out, "b/index.html"), None, "what the new site lacks is gone");
        assert_eq!(read(&out, "CNAME").as_deref(), Some("example.org"));
        assert!(out.join(".git/refs").is_dir());
        let left: Vec<_> = fs::read_dir(dir.path())
            .expect("the folder can be read")
            .filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().into_owned()))
            .filter(|n| n != "public" && n != ".public.lock")
            .collect();
        assert!(left.is_empty(), "{left:?}");
    }

    #[test]
    fn does_not_overwrite_what_it_did_not_write() {
        let dir = tempfile::tempdir().expect("a temporary folder can be made");
        let out = dir.path().join("public");
        fs::create_dir(&out).expect("the folder can be made");
        fs::write(out.join("index.html"), "mine").expect("the folder can be written");
        let result = publish(&out, &[("index.html", "theirs")]);
        assert!(matches!(result, Err(FolderError::Foreign(_))));
        assert_eq!(read(&out, "index.html").as_deref(), Some("mine"));
    }

    #[test]
    fn recovers_from_an_interrupted_swap() {
        let dir = tempfile::tempdir().expect("a temporary folder can be made");
        let out = dir.path().join("public");
        // Killed between the two renames: the old site is set aside, the new one not yet in place.
        for (name, text) in [(".public.old", "old"), (".public.new", "new")] {
            fs::create_dir(dir.path().join(name)).expect("the folder can be made");
            fs::write(dir.path().join(name).join("index.html"), text).expect("it can be written");
        }
        fs::write(dir.path().join(".public.journal"), "swap\n").expect("it can be written");
        let staging = Staging::begin(&out, Path::new("/nonexistent/site")).expect("it recovers");
        assert_eq!(read(&out, "index.html").as_deref(), Some("new"));
        staging.abandon().expect("the staging folder can be removed");
        assert!(!dir.path().join(".public.old").exists());
    }

    #[test]
    fn a_swap_in_two_steps_is_a_swap_or_nothing() {
        let dir = tempfile::tempdir().expect("a temporary folder can be made");
        let out = dir.path().join("public");
        publish(&out, &[("index.html", "one")]).expect("it can be published");
        let staging = Staging::begin(&out, Path::new("/nonexistent/site")).expect("it begins");
        staging.write(&output("index.html", "two")).expect("it can be written");
        staging.swap().expect("the folders can be swapped");
        assert_eq!(read(&out, "index.html").as_deref(), Some("two"));
        // The new folder is gone: the second step fails, and the first is undone.
        assert!(matches!(staging.swap(), Err(FolderError::Io { .. })));
        assert_eq!(read(&out, "index.html").as_deref(), Some("two"));
        assert!(!staging.journal.exists());
    }

    #[test]
    fn what_comes_during_a_build_is_kept() {
        let dir = tempfile::tempdir().expect("a temporary folder can be made");
        let out = dir.path().join("public");
        publish(&out, &[("index.html", "one")]).expect("it can be published");
        let staging = Staging::begin(&out, Path::new("/nonexistent/site")).expect("it begins");
        staging.write(&output("index.html", "two")).expect("it can be written");
        // Between carrying over and the swap.
        staging.carry_over(&Made::default()).expect("there is nothing to carry over");
        fs::create_dir(out.join("deep")).expect("the folder can be written");
        fs::write(out.join("deep/CNAME"), "example.org").expect("the folder can be written");
        let before = staging.put_in_place().expect("it can be put in place").expect("there was a site").to_path_buf();
        drop(staging);
        // Killed here: the next run finds the site of before.
        assert!(before.join("deep/CNAME").exists());
        let next = Staging::begin(&out, Path::new("/nonexistent/site")).expect("it recovers");
        assert_eq!(read(&out, "index.html").as_deref(), Some("two"));
        assert_eq!(read(&out, "deep/CNAME").as_deref(), Some("example.org"));
        next.abandon().expect("the staging folder can be removed");
    }

    #[test]
    fn refuses_outputs_that_hold_the_site_and_two_builds_at_once() {
        let dir = tempfile::tempdir().expect("a temporary folder can be made");
        let root = dir.path().join("site");
        fs::create_dir_all(root.join("content")).expect("it can be made");
        for out in [root.clone(), dir.path().to_path_buf(), root.join("content/x")] {
            assert!(matches!(Staging::begin(&out, &root), Err(FolderError::HoldsSite(_))), "{}", out.display());
        }
        let out = root.join("public");
        let _first = Staging::begin(&out, &root).expect("the first one begins");
        assert!(matches!(Staging::begin(&out, &root), Err(FolderError::Busy(_))));
    }
}
