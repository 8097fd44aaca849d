//! Reading a site: every file that a build may need, once, into memory.
//!
//! Takes the site's root; gives a [`Tree`] of relative paths and contents, in order, and the problems
//! of files that cannot be read. Nothing after this stage opens an input file.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use walkdir::WalkDir;

use crate::diagnostic::Problem;

/// Folders of a site that a build reads.
pub(crate) const FOLDERS: [&str; 4] = ["content", "seeds", "templates", "themes"];

/// Whether a file or folder is no part of the site by its name: it begins with a dot, or is what an editor leaves
/// beside a file (`digest.en.md~`, `#digest.en.md#`).
pub(crate) fn is_left_out(name: &str) -> bool {
    name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'))
}

const READABLE: &str = "make it a file that can be read, or take it away";

/// The largest text that is read; the largest policy documents have some hundred kilobytes.
const LARGEST: usize = 16_000_000;

/// A text's bytes without the byte order mark that some editors begin it with.
fn marked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes)
}

fn symbolic_link(name: &str) -> Problem {
    Problem::error("symbolic-link", format!("`{name}` is a symbolic link, which a build does not follow"))
        .help("put a copy of the file in its place")
}

/// All files of a site, by path relative to its root, with `/`.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    files: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    /// Reads a site.
    ///
    /// Links are not followed: what a build publishes lies in the site's own folder. Names that begin
    /// with a dot, and what editors leave beside a file, are left out.
    pub fn read(root: &Path) -> (Self, Vec<Problem>) {
        let mut tree = Tree::default();
        let mut problems = Vec::new();
        match root.join("site.toml") {
            link if link.is_symlink() => problems.push(symbolic_link("site.toml")),
            file => tree.add(&file, "site.toml", &mut problems),
        }
        for folder in FOLDERS {
            let top = root.join(folder);
            // A walk would follow the link that it begins with.
            if top.is_symlink() {
                problems.push(symbolic_link(folder));
                continue;
            }
            if !top.exists() {
                continue;
            }
            let hidden = |e: &walkdir::DirEntry| e.depth() > 0 && is_left_out(&e.file_name().to_string_lossy());
            for entry in WalkDir::new(&top).sort_by_file_name().into_iter().filter_entry(|e| !hidden(e)) {
                match entry {
                    Ok(entry) => tree.add_entry(root, &entry, &mut problems),
                    Err(error) => {
                        problems.push(Problem::error("unreadable-file", error.to_string()).help(READABLE));
                    }
                }
            }
        }
        (tree, problems)
    }

    fn add_entry(&mut self, root: &Path, entry: &walkdir::DirEntry, problems: &mut Vec<Problem>) {
        if entry.file_type().is_dir() {
            return;
        }
        let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
        let Some(name) = relative.to_str().map(|n| n.replace('\\', "/")) else {
            let shown = relative.display();
            problems.push(
                Problem::error("bad-file-name", format!("the file name `{shown}` is not Unicode"))
                    .help("rename the file"),
            );
            return;
        };
        if !entry.file_type().is_file() && !entry.file_type().is_symlink() {
            problems.push(
                Problem::error("unreadable-file", format!("`{name}` is a pipe, a socket or a device")).help(READABLE),
            );
            return;
        }
        if entry.file_type().is_symlink() {
            problems.push(symbolic_link(&name));
            return;
        }
        self.add(entry.path(), &name, problems);
    }

    fn add(&mut self, path: &Path, name: &str, problems: &mut Vec<Problem>) {
        match fs::read(path) {
            Ok(bytes) => {
                self.files.insert(name.to_owned(), bytes);
            }
            Err(error) if name == "site.toml" && error.kind() == std::io::ErrorKind::NotFound => {
                problems.push(
                    Problem::error("no-site", "there is no site.toml here")
                        .help("run this in a site's folder, or name it with --root"),
                );
            }
            Err(error) => {
                problems.push(
                    Problem::error("unreadable-file", format!("`{name}` cannot be read: {error}")).help(READABLE),
                );
            }
        }
    }

    /// A tree made of given files, for tests and for a site that is not on a disk.
    pub fn from_files(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Tree { files: files.into_iter().collect() }
    }

    /// The paths below a folder (given with its final `/`), in order.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a [u8])> {
        self.files
            .range(folder.to_owned()..)
            .take_while(move |(path, _)| path.starts_with(folder))
            .map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
    }

    /// A file's bytes.
    pub fn bytes(&self, path: &str) -> Option<&[u8]> {
        self.files.get(path).map(Vec::as_slice)
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
    pub fn texts(&self) -> BTreeMap<&str, &str> {
        let text = |bytes| std::str::from_utf8(marked(bytes)).ok();
        self.files.iter().filter_map(|(path, bytes)| Some((path.as_str(), text(bytes)?))).collect()
    }

    /// Number of files and of bytes.
    pub fn size(&self) -> (usize, usize) {
        (self.files.len(), self.files.values().map(Vec::len).sum())
    }
}
