//! Reading a site: every file that a build may need, once, into memory.
//!
//! Takes the site's root; gives a [`Tree`] of relative paths and contents, in order, and the problems
//! of files that cannot be read. Nothing after this stage opens an input file.
//!
//! 1. [`walk`] lists the files of the site's folders.
//! 2. [`stamp`] says which of them are as they were when they were last read; the others are read, in parallel.

mod stamp;
mod walk;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;

use crate::diagnostic::Problem;
use stamp::Stamp;
use walk::{Listed, Listing};

/// Folders of a site that a build reads.
pub(crate) const FOLDERS: [&str; 4] = ["content", "seeds", "templates", "themes"];
/// The one file beside them.
const SETTINGS: &str = "site.toml";

/// Whether a file or folder is no part of the site by its name: it begins with a dot, or is what an editor leaves
/// beside a file (`digest.en.md~`, `#digest.en.md#`).
pub(crate) fn is_left_out(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))
}

const READABLE: &str = "make it a file that can be read, or take it away";

/// The largest text that is read; the largest policy documents have some hundred kilobytes.
const LARGEST: usize = 2_000_000;

/// A text's bytes without the byte order mark that some editors begin it with.
fn marked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes)
}

/// A file as it was read.
#[derive(Clone, Debug)]
struct File {
    bytes: Arc<[u8]>,
    /// What told that it was this file; `None` if it is not on a disk, or may be changed unnoticed.
    stamp: Option<Stamp>,
}

/// All files of a site, by path relative to its root, with `/`. A copy shares them.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    files: Arc<BTreeMap<String, File>>,
    /// What could not be read, by path.
    unread: BTreeMap<String, Problem>,
}

impl Tree {
    /// Reads a site.
    ///
    /// Links are not followed: what a build publishes lies in the site's own folder. Names that begin
    /// with a dot, and what editors leave beside a file, are left out.
    pub fn read(root: &Path) -> (Self, Vec<Problem>) {
        let mut tree = Tree::default();
        tree.refresh(root);
        let problems = tree.problems();
        (tree, problems)
    }

    /// The problems of files that cannot be read.
    pub(crate) fn problems(&self) -> Vec<Problem> {
        self.unread.values().cloned().collect()
    }

    /// Reads what may have changed since the tree was read; bytes that are the same stay the same allocation.
    pub(crate) fn refresh(&mut self, root: &Path) {
        let before = std::mem::take(self);
        let mut listing = Listing::default();
        for top in std::iter::once(SETTINGS).chain(FOLDERS) {
            listing.extend(walk::one(root, top));
        }
        self.take(listing, &before);
    }

    /// Reads what a list of paths, absolute or relative to the root, says has changed: files, or folders with all
    /// that is below them; come, changed or gone.
    pub(crate) fn refresh_paths(&mut self, root: &Path, paths: &[impl AsRef<Path>]) {
        // A watcher may know the root by another name.
        let known = [Some(root.to_owned()), root.canonicalize().ok()];
        for path in paths.iter().map(AsRef::as_ref) {
            let below = known.iter().flatten().find_map(|root| path.strip_prefix(root).ok());
            let Some(name) = walk::name(below.unwrap_or(path)) else { continue };
            if name.contains(char::REPLACEMENT_CHARACTER) {
                // A name that is not Unicode is known only by what a walk meets.
                return self.refresh(root);
            }
            let ours = name == SETTINGS || FOLDERS.contains(&name.split('/').next().unwrap_or_default());
            if !ours || name.split('/').any(is_left_out) {
                continue;
            }
            let listing = walk::one(root, &name);
            let top = listing.top.clone().unwrap_or(name);
            let before = self.remove(&top);
            self.take(listing, &before);
        }
    }

    /// Takes a file, or a folder with all that is below it, out of the tree.
    fn remove(&mut self, name: &str) -> Tree {
        let mut out = Tree::default();
        // What follows «/» in the order of bytes.
        let below = format!("{name}/")..format!("{name}0");
        let mut gone: Vec<String> = self.files.range(below.clone()).map(|(name, _)| name.clone()).collect();
        gone.push(name.to_owned());
        let files = Arc::make_mut(&mut self.files);
        out.files = Arc::new(gone.into_iter().filter_map(|name| files.remove_entry(&name)).collect());
        self.unread.retain(|path, _| path != name && !below.contains(path));
        out
    }

    /// Reads the files of a listing, those that are as they were `before` left aside.
    fn take(&mut self, listing: Listing, before: &Tree) {
        let read: Vec<(String, Result<File, Problem>)> = listing
            .files
            .into_par_iter()
            .map(|listed| {
                let kept = before.files.get(&listed.name);
                let file = match kept.filter(|f| f.stamp.as_ref().is_some_and(|s| s.still(&listed.path))) {
                    Some(kept) => Ok(kept.clone()),
                    None => read(&listed, kept),
                };
                (listed.name, file)
            })
            .collect();
        self.unread.extend(listing.problems);
        let files = Arc::make_mut(&mut self.files);
        for (name, file) in read {
            match file {
                Ok(file) => {
                    files.insert(name, file);
                }
                Err(problem) => {
                    self.unread.insert(name, problem);
                }
            }
        }
    }

    /// A tree made of given files, for tests and for a site that is not on a disk.
    pub fn from_files(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let file = |(name, bytes): (String, Vec<u8>)| (name, File { bytes: bytes.into(), stamp: None });
        Tree { files: Arc::new(files.into_iter().map(file).collect()), unread: BTreeMap::new() }
    }

    /// The paths below a folder (given with its final `/`), in order.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.files
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(path, file)| (path.as_str(), &*file.bytes))
    }

    /// The same, each with its bytes as they are shared.
    pub(crate) fn shared_below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a Arc<[u8]>)> {
        self.files
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(path, file)| (path.as_str(), &file.bytes))
    }

    /// A file's bytes as they are shared.
    pub(crate) fn shared(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path).map(|f| &f.bytes)
    }

    /// A file's bytes.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(|f| &*f.bytes)
    }

    /// A file's text; `None` if there is no such file.
    ///
    /// # Errors
    /// A problem at the first byte that is no UTF-8.
    pub fn text(&self, path: &str) -> Option<Result<&str, Problem>> {
        let bytes = self.bytes(path)?;
        if bytes.len() > LARGEST {
            let problem = Problem::error("too-large", format!("`{path}` has {} MB", bytes.len() / 1_000_000))
                .in_file(path)
                .help(format!("a text has at most {} MB: take out what is no text, or part it", LARGEST / 1_000_000));
            return Some(Err(problem));
        }
        let bytes = marked(bytes);
        Some(std::str::from_utf8(bytes).map_err(|error| {
            let at = error.valid_up_to();
            let line = bytes[..at].iter().filter(|b| **b == b'\n').count() + 1;
            Problem::error("not-utf8", format!("`{path}` is not UTF-8: line {line}, byte {at} of the file"))
                .in_file(path)
                .help("save the file as UTF-8")
        }))
    }

    /// All texts, for printing problems with the lines they mark.
    pub fn texts<'a>(&'a self) -> BTreeMap<&'a str, &'a str> {
        let text = |(path, file): (&'a String, &'a File)| {
            Some((path.as_str(), std::str::from_utf8(marked(&file.bytes)).ok()?))
        };
        self.files.iter().filter_map(text).collect()
    }

    /// Number of files and of bytes.
    pub fn size(&self) -> (usize, usize) {
        (self.files.len(), self.files.values().map(|f| f.bytes.len()).sum())
    }
}

/// Reads a file; bytes that are those `kept` stay that allocation.
fn read(listed: &Listed, kept: Option<&File>) -> Result<File, Problem> {
    match stamp::read(&listed.path) {
        Ok((bytes, stamp)) => {
            let bytes = match kept.filter(|f| *f.bytes == *bytes) {
                Some(kept) => Arc::clone(&kept.bytes),
                None => bytes.into(),
            };
            Ok(File { bytes, stamp })
        }
        Err(error) if listed.name == SETTINGS && error.kind() == std::io::ErrorKind::NotFound => {
            Err(Problem::error("no-site", "there is no site.toml here")
                .help("run this in a site's folder, or name it with --root"))
        }
        Err(error) => Err(unreadable(&listed.name, &error)),
    }
}

fn unreadable(name: &str, error: &std::io::Error) -> Problem {
    Problem::error("unreadable-file", format!("`{name}` cannot be read: {error}")).help(READABLE)
}
