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
mod tags;

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::diagnostic::Problem;
use crate::render::{Output, Renderer};
use crate::search;
use crate::site::Site;
use links::Trace;

/// Where finished files go.
pub trait Sink: Sync {
    /// Takes a file. Its address has not been taken before.
    ///
    /// # Errors
    /// The file cannot be kept.
    fn put(&self, output: &Output) -> Result<(), Problem>;

    /// Whether files are kept. If not, those that nothing links to need not be made.
    fn keeps(&self) -> bool {
        true
    }
}

/// What was made.
#[derive(Clone, Debug, Default)]
pub struct Made {
    /// SHA-256 in hexadecimal and bytes of each file, by path.
    pub files: BTreeMap<String, (String, usize)>,
    /// What that took.
    pub stages: Vec<Stage>,
}

impl Made {
    /// All bytes.
    pub fn bytes(&self) -> usize {
        self.files.values().map(|(_, size)| size).sum()
    }
}

/// A part of the work, and what it took.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    /// What was done.
    pub name: &'static str,
    /// How many things were made.
    pub count: usize,
    /// How large they are.
    pub bytes: usize,
    /// How long it took, summed over threads.
    pub time: Duration,
}

/// What is known of the files made so far.
#[derive(Default)]
struct Register {
    files: BTreeMap<String, (String, usize)>,
    /// Rendering by kind of page.
    rendered: BTreeMap<&'static str, Stage>,
    /// Hashing and writing, and reading the links.
    written: Duration,
    read: Duration,
}

impl Register {
    /// Adds a file; whether its address was free.
    fn add(&mut self, output: &Output, hash: String, kind: &'static str, rendered: Duration) -> bool {
        let stage = self.rendered.entry(kind).or_insert(Stage { name: kind, ..Stage::default() });
        stage.count += 1;
        stage.bytes += output.bytes.len();
        stage.time += rendered;
        self.files.insert(output.path.clone(), (hash, output.bytes.len())).is_none()
    }
}

/// Renders everything into a sink and checks it as a whole. The manifest comes last.
///
/// # Errors
/// All problems of pages, links and addresses; nothing may be published then.
pub fn make(site: &Site, renderer: &Renderer<'_>, sink: &impl Sink) -> Result<Made, Vec<Problem>> {
    let register: Mutex<Register> = Mutex::default();
    // A poisoned lock means that another page panicked; its panic is reported anyway.
    let register_now = || register.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let results: Vec<Result<Option<Trace>, Problem>> = renderer
        .pages()
        .into_par_iter()
        .map(|page| {
            let start = Instant::now();
            let output = renderer.render(page)?;
            let rendered = start.elapsed();
            let hash = hash_of(&output);
            if !register_now().add(&output, hash, page.kind(), rendered) {
                return Err(collision(&output.path));
            }
            sink.put(&output)?;
            let written = start.elapsed();
            let trace = output.path.ends_with(".html").then(|| links::trace(page, &output));
            let mut register = register_now();
            register.written += written - rendered;
            register.read += start.elapsed() - written;
            Ok(trace)
        })
        .collect();
    let Register { mut files, rendered, written, read } =
        register.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut stages: Vec<Stage> = rendered.into_values().collect();
    let (count, bytes) = (files.len(), stages.iter().map(|s| s.bytes).sum());
    stages.push(Stage { name: "hashed and written", count, bytes, time: written });
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
    if renderer.searches() && sink.keeps() && problems.is_empty() {
        let start = Instant::now();
        let put =
            |output: &Output| sink.put(output).map(|()| (output.path.clone(), (hash_of(output), output.bytes.len())));
        let mut stage = Stage { name: "search index", ..Stage::default() };
        for result in search::index(site).par_iter().map(put).collect::<Vec<_>>() {
            match result {
                Ok((path, file)) => {
                    stage.count += 1;
                    stage.bytes += file.1;
                    files.insert(path, file);
                }
                Err(problem) => problems.push(problem),
            }
        }
        stages.push(Stage { time: start.elapsed(), ..stage });
    }
    if problems.is_empty() {
        problems = alike(&files);
    }
    if problems.is_empty() {
        let start = Instant::now();
        problems = links::check(site, &files, &pages, |page| renderer.render(page).ok());
        stages.push(Stage { name: "links held", count: pages.len(), time: read + start.elapsed(), bytes: 0 });
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let mut made = Made { files, stages };
    let manifest = manifest(site, &made);
    sink.put(&manifest).map_err(|p| vec![p])?;
    made.files.insert(manifest.path.clone(), (hash_of(&manifest), manifest.bytes.len()));
    Ok(made)
}

fn hash_of(output: &Output) -> String {
    crate::site::hex(&Sha256::digest(&output.bytes))
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
        let other = files.get_key_value(&folded).filter(|_| plain(&folded)).map(|(p, _)| p.as_str());
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
    #[derive(Serialize)]
    struct Manifest<'a> {
        date: String,
        files: BTreeMap<&'a str, Entry<'a>>,
        generator: Generator,
        schema: u32,
        sources: BTreeMap<&'a str, &'a str>,
    }
    #[derive(Serialize)]
    struct Generator {
        name: &'static str,
        version: &'static str,
    }
    #[derive(Serialize)]
    struct Entry<'a> {
        sha256: &'a str,
        size: usize,
    }
    let manifest = Manifest {
        date: site.today.to_string(),
        files: made.files.iter().map(|(path, (sha256, size))| (path.as_str(), Entry { sha256, size: *size })).collect(),
        generator: Generator { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        schema: 1,
        sources: site.policies.iter().map(|p| (p.id.as_str(), p.record.source.sha256.get_ref().as_str())).collect(),
    };
    // Strings and numbers, in maps by strings: there is nothing that JSON cannot say.
    let mut bytes = serde_json::to_vec_pretty(&manifest).unwrap_or_default();
    bytes.push(b'\n');
    Output { path: MANIFEST.to_owned(), bytes }
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
