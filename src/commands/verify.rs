//! `duizhao verify`: a published folder against its manifest.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{BROKEN, CONTENT, FINE, plural};
use crate::publish::MANIFEST;

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The published folder
    dir: PathBuf,
    /// Fail, too, if the folder has files that the manifest does not list
    #[arg(long)]
    exact: bool,
}

/// Most strangers that are named one by one.
const NAMED: usize = 20;

#[derive(Deserialize)]
struct Manifest {
    files: BTreeMap<String, Entry>,
}

#[derive(Deserialize)]
struct Entry {
    sha256: String,
    size: u64,
}

impl Verify {
    pub(super) fn run(&self) -> u8 {
        let path = self.dir.join(MANIFEST);
        let manifest: Manifest = match fs::read(&path)
            .map_err(|e| e.to_string())
            .and_then(|bytes| serde_json::from_slice(&bytes).map_err(|e| format!("it is no manifest of duizhao: {e}")))
        {
            Ok(manifest) => manifest,
            Err(error) => {
                eprintln!("error: {}: {error}", path.display());
                eprintln!("  = help: name a folder that `duizhao build` has written");
                return BROKEN;
            }
        };
        let mut wrong = 0;
        for (name, entry) in &manifest.files {
            // A manifest could name anything; only what lies in the folder is looked at.
            let inside = !name.split('/').any(|part| part.is_empty() || part == "." || part == "..");
            let path = self.dir.join(name);
            // What a link leads to is not what was published.
            let inside = inside && fs::symlink_metadata(&path).map_or(true, |m| m.is_file());
            let found = if inside { fs::read(path) } else { Err(std::io::ErrorKind::InvalidInput.into()) };
            let problem = match found {
                Err(error) => Some(error.to_string()),
                Ok(bytes) if bytes.len() as u64 != entry.size => {
                    Some(format!("has {} bytes, the manifest says {}", bytes.len(), entry.size))
                }
                Ok(bytes) if crate::site::hex(&Sha256::digest(&bytes)) != entry.sha256 => {
                    Some("its content is not what the manifest says".to_owned())
                }
                Ok(_) => None,
            };
            if let Some(problem) = problem {
                eprintln!("error: {name}: {problem}");
                wrong += 1;
            }
        }
        let strangers = strangers(&self.dir, &manifest);
        for name in strangers.iter().take(NAMED) {
            eprintln!("{}: {name}: not in the manifest", if self.exact { "error" } else { "note" });
        }
        if strangers.len() > NAMED {
            eprintln!("and {} more", strangers.len() - NAMED);
        }
        if wrong > 0 {
            eprintln!("{} of {} not as published", plural(wrong, "file"), manifest.files.len());
            return CONTENT;
        }
        if self.exact && !strangers.is_empty() {
            eprintln!("{} that duizhao did not publish", plural(strangers.len(), "file"));
            return CONTENT;
        }
        println!("{}, each as the manifest says", plural(manifest.files.len(), "file"));
        FINE
    }
}

/// What lies in a folder and is not in its manifest: files, links, and folders that hold nothing of it.
fn strangers(dir: &Path, manifest: &Manifest) -> Vec<String> {
    let ours = |name: &str| {
        let below = format!("{name}/");
        manifest.files.range(below.clone()..).next().is_some_and(|(file, _)| file.starts_with(&below))
    };
    let mut out = Vec::new();
    let mut entries = walkdir::WalkDir::new(dir).min_depth(1).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let Ok(entry) = entry else { continue };
        let name = entry.path().strip_prefix(dir).unwrap_or(entry.path()).to_string_lossy().replace('\\', "/");
        if entry.file_type().is_dir() {
            if !ours(&name) {
                out.push(format!("{name}/"));
                entries.skip_current_dir();
            }
        } else if name != MANIFEST && !manifest.files.contains_key(&name) {
            out.push(name);
        }
    }
    out
}
