//! From rendered pages to a published folder: a whole new site, or the old one untouched.
//!
//! 1. Every page is rendered in parallel and put into a [`Sink`] as soon as it is made; what it links
//!    to and which ids it has is kept.
//! 2. The search index is made and put there too.
//! 3. When all are made, [`links`] holds every link and anchor against what there is, and two things
//!    with one address are found.
//! 4. Only then is the manifest written and the new folder put in the old one's place ([`folder`]).

pub mod folder;
mod foreign;
pub mod links;
pub mod memory;

use std::collections::BTreeMap;
use std::sync::Mutex;

use rayon::prelude::*;
use serde_json::json;
use sha2::{Digest as _, Sha256};

use crate::diagnostic::Problem;
use crate::render::{Output, Renderer};
use crate::search;
use crate::site::Site;
use links::PageLinks;

/// Where finished files go.
pub trait Sink: Sync {
    /// Takes a file. Its address has not been taken before.
    ///
    /// # Errors
    /// The file cannot be kept.
    fn put(&self, output: &Output) -> Result<(), Problem>;
}

/// What was made: size and hash of each file, by path.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// SHA-256 in hexadecimal, and bytes.
    pub files: BTreeMap<String, (String, usize)>,
}

impl Made {
    /// All bytes.
    pub fn bytes(&self) -> usize {
        self.files.values().map(|(_, size)| size).sum()
    }
}

/// Renders everything into a sink and checks it as a whole. The manifest comes last.
///
/// # Errors
/// All problems of pages, links and addresses; nothing may be published then.
pub fn make(site: &Site, renderer: &Renderer<'_>, sink: &impl Sink) -> Result<Made, Vec<Problem>> {
    let made: Mutex<BTreeMap<String, (String, usize)>> = Mutex::new(BTreeMap::new());
    let results: Vec<Result<Option<PageLinks>, Problem>> = renderer
        .pages()
        .into_par_iter()
        .map(|page| {
            let output = renderer.render(page)?;
            let hash = crate::site::hex(&Sha256::digest(&output.bytes));
            let taken = {
                // A poisoned lock means that another page panicked; its panic is reported anyway.
                let mut made = made.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                made.insert(output.path.clone(), (hash, output.bytes.len())).is_some()
            };
            if taken {
                return Err(collision(&output.path));
            }
            sink.put(&output)?;
            Ok(output.path.ends_with(".html").then(|| links::scan(&output)))
        })
        .collect();
    let mut files = made.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut problems = Vec::new();
    let mut pages = Vec::new();
    for result in results {
        match result {
            Ok(page) => pages.extend(page),
            // A disk that is full fails every file after the first.
            Err(problem) if problem.code == UNWRITABLE && problems.iter().any(|p: &Problem| p.code == UNWRITABLE) => {}
            Err(problem) => problems.push(problem),
        }
    }
    if renderer.searches() && problems.is_empty() {
        let put = |output: &Output| {
            let hash = crate::site::hex(&Sha256::digest(&output.bytes));
            sink.put(output).map(|()| (output.path.clone(), (hash, output.bytes.len())))
        };
        for result in search::index(site).par_iter().map(put).collect::<Vec<_>>() {
            match result {
                Ok((path, file)) => _ = files.insert(path, file),
                Err(problem) => problems.push(problem),
            }
        }
    }
    if problems.is_empty() {
        problems = alike(&files);
    }
    if problems.is_empty() {
        problems = links::check(site, &files, &pages);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut made = Made { files };
    let manifest = manifest(site, &made);
    sink.put(&manifest).map_err(|p| vec![p])?;
    let hash = crate::site::hex(&Sha256::digest(&manifest.bytes));
    made.files.insert(manifest.path, (hash, manifest.bytes.len()));
    Ok(made)
}

/// Two things have one address.
pub(crate) fn collision(path: &str) -> Problem {
    Problem::error("address-collision", format!("two things have the address `{path}`"))
        .help("give one of them another id")
}

/// Addresses that only a system which tells case and Unicode forms apart keeps apart.
fn alike(files: &BTreeMap<String, (String, usize)>) -> Vec<Problem> {
    use unicode_normalization::UnicodeNormalization as _;
    // Nearly all addresses are plain: only one that is not can meet another.
    let plain = |path: &str| path.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut problems = Vec::new();
    for path in files.keys().filter(|p| !plain(p)) {
        let folded: String = path.nfc().flat_map(char::to_lowercase).collect();
        let other = files.get_key_value(&folded).map(|(p, _)| p.as_str()).filter(|p| p != path);
        if let Some(other) = other.or_else(|| seen.get(&folded).copied()) {
            problems.push(lookalikes(other, path));
        }
        seen.insert(folded, path);
    }
    problems
}

fn lookalikes(a: &str, b: &str) -> Problem {
    Problem::error(
        "address-collision",
        format!("`{a}` and `{b}` are one address where case or Unicode forms do not count"),
    )
    .help("give one of them another name")
}

/// Code of the problem of a file that cannot be written.
pub const UNWRITABLE: &str = "cannot-publish";

/// Name of the manifest.
pub const MANIFEST: &str = "manifest.json";

/// Every file with its hash and size, and the source texts and version that they come from.
fn manifest(site: &Site, made: &Made) -> Output {
    let files: BTreeMap<&str, _> = made
        .files
        .iter()
        .map(|(path, (sha256, size))| (path.as_str(), json!({ "sha256": sha256, "size": size })))
        .collect();
    let sources: BTreeMap<&str, &str> =
        site.policies.iter().map(|p| (p.id.as_str(), p.record.source.sha256.get_ref().as_str())).collect();
    let value = json!({
        "schema": 1,
        "generator": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "date": site.today.to_string(),
        "sources": sources,
        "files": files,
    });
    Output { path: MANIFEST.to_owned(), bytes: format!("{value:#}\n").into_bytes() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_only_look_different_collide() {
        let found =
            |paths: &[&str]| alike(&paths.iter().map(|p| ((*p).to_owned(), (String::new(), 0))).collect()).len();
        assert_eq!(found(&["assets/a.svg", "assets/b.svg", "assets/C.svg"]), 0);
        assert_eq!(found(&["assets/a.svg", "assets/A.svg"]), 1);
        assert_eq!(found(&["assets/Ab.svg", "assets/aB.svg"]), 1);
        assert_eq!(found(&["assets/\u{E9}.svg", "assets/e\u{301}.svg"]), 1);
    }
}
