//! The files of a site's folders, by name.

use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{READABLE, SETTINGS, is_left_out, unreadable};
use crate::diagnostic::Problem;

/// A file that is to be read.
#[derive(Debug)]
pub(super) struct Listed {
    /// Its path relative to the root, with `/`.
    pub(super) name: String,
    /// Where it is.
    pub(super) path: PathBuf,
}

/// The files of a folder, and what is there that cannot be read, by path.
#[derive(Debug, Default)]
pub(super) struct Listing {
    pub(super) files: Vec<Listed>,
    pub(super) problems: Vec<(String, Problem)>,
    /// What the listing is of, if that is more than was asked for.
    pub(super) top: Option<String>,
}

impl Listing {
    pub(super) fn extend(&mut self, other: Listing) {
        self.files.extend(other.files);
        self.problems.extend(other.problems);
    }

    fn problem(name: &str, problem: Problem) -> Self {
        Listing { problems: vec![(name.to_owned(), problem)], ..Listing::default() }
    }

    fn file(name: &str, path: PathBuf) -> Self {
        Listing { files: vec![Listed { name: name.to_owned(), path }], ..Listing::default() }
    }
}

/// A relative path as a tree names it.
pub(super) fn name(relative: &Path) -> Option<String> {
    relative.to_str().map(|n| n.replace('\\', "/").trim_end_matches('/').to_owned())
}

/// All files below a folder.
pub(super) fn folder(path: &Path, name: &str) -> Listing {
    let entries: Result<Vec<DirEntry>, _> = fs::read_dir(path).and_then(Iterator::collect);
    let entries = match entries {
        Ok(entries) => entries,
        Err(error) => return Listing::problem(name, unreadable(name, &error)),
    };
    let hidden = |e: &DirEntry| is_left_out(&e.file_name().to_string_lossy());
    let parts: Vec<Listing> =
        entries.into_par_iter().filter(|e| !hidden(e)).map(|e| entry(&e, &format!("{name}/"))).collect();
    parts.into_iter().fold(Listing::default(), |mut all, part| {
        all.extend(part);
        all
    })
}

fn entry(entry: &DirEntry, above: &str) -> Listing {
    let path = entry.path();
    let own = entry.file_name();
    let shown = format!("{above}{}", own.display());
    let Some(own) = own.to_str() else {
        let problem = Problem::error("bad-file-name", format!("the file name `{shown}` is not Unicode"));
        return Listing::problem(&shown, problem.help("rename the file"));
    };
    let name = format!("{above}{}", own.replace('\\', "/"));
    match entry.file_type() {
        Ok(kind) => listed(path, &name, kind),
        Err(error) => Listing::problem(&name, unreadable(&name, &error)),
    }
}

fn listed(path: PathBuf, name: &str, kind: fs::FileType) -> Listing {
    if kind.is_dir() {
        folder(&path, name)
    } else if kind.is_symlink() {
        Listing::problem(name, symbolic_link(name))
    } else if kind.is_file() {
        Listing::file(name, path)
    } else {
        // A pipe would be waited for.
        let problem =
            Problem::error("unreadable-file", format!("`{name}` is a pipe, a socket or a device")).help(READABLE);
        Listing::problem(name, problem)
    }
}

fn symbolic_link(name: &str) -> Problem {
    Problem::error("symbolic-link", format!("`{name}` is a symbolic link, which a build does not follow"))
        .help("put a copy of the file in its place")
}

/// What is to be read for a name that may have come, changed or gone: of the first part of its path that is
/// no folder, as a walk from the top would find it.
pub(super) fn one(root: &Path, name: &str) -> Listing {
    if name == SETTINGS {
        let path = root.join(name);
        // It is asked for even if it is gone: a site without it is none.
        return if path.is_symlink() { Listing::problem(name, symbolic_link(name)) } else { Listing::file(name, path) };
    }
    let ends = name.match_indices('/').map(|(i, _)| i).chain(std::iter::once(name.len()));
    for end in ends {
        let part = &name[..end];
        let path = root.join(part);
        let folder_above = end < name.len();
        let listing = match path.symlink_metadata() {
            Ok(kind) if kind.is_dir() && folder_above => continue,
            // A file of a folder's name is nobody's.
            Ok(kind) if !part.contains('/') && kind.is_file() => Listing::default(),
            Ok(kind) => listed(path, part, kind.file_type()),
            Err(_) => Listing::default(),
        };
        return Listing { top: Some(part.to_owned()), ..listing };
    }
    Listing::default()
}
