//! `duizhao verify`: a published folder against its manifest.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use clap::Args;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use super::{BROKEN, CONTENT, FINE, plural};
use crate::publish::MANIFEST;

#[derive(Debug, Args)]
pub(super) struct Verify {
    /// The published folder
    dir: PathBuf,
}

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
            let found =
                if inside { fs::read(self.dir.join(name)) } else { Err(std::io::ErrorKind::InvalidInput.into()) };
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
        if wrong > 0 {
            eprintln!("{} of {} not as published", plural(wrong, "file"), manifest.files.len());
            return CONTENT;
        }
        println!("{}, each as the manifest says", plural(manifest.files.len(), "file"));
        FINE
    }
}
