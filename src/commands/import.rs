//! `duizhao import`

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{BROKEN, CONTENT, FINE, plural};
use crate::content::{self, Content};
use crate::diagnostic::{Problem, Problems, Severity, human};
use crate::import::{self, Import, Text, again};
use crate::read::Tree;
use crate::text::is_id;

/// Exit codes are the commands': 1 where the site or the text stands in the way, 2 for wrong use.
#[derive(Debug, Args)]
pub(super) struct ImportCommand {
    /// The source text: plain text, Markdown or a saved web page, in UTF-8, UTF-16, GB18030 or Big5
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The policy's id, which names its folder: lower-case letters, digits and hyphens
    #[arg(long, value_name = "ID")]
    id: String,
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

impl ImportCommand {
    pub(super) fn run(self) -> u8 {
        if !is_id(&self.id) {
            eprintln!("error: `{}` is no id: ids are lower-case ASCII letters, digits and hyphens", self.id);
            return BROKEN;
        }
        if !self.root.join("site.toml").is_file() {
            eprintln!("error: there is no site.toml in {}", self.root.display());
            eprintln!("help: run this in a site's folder, or name it with --root");
            return BROKEN;
        }
        let bytes = match fs::read(&self.file) {
            Ok(bytes) => bytes,
            Err(error) => {
                eprintln!("error: {} cannot be read: {error}", self.file.display());
                return BROKEN;
            }
        };
        let name = self.file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let text = match import::read(&bytes, &name) {
            Ok(text) => text,
            Err(error) => {
                eprintln!("error: {}: {error}", self.file.display());
                eprintln!("help: {}", error.help());
                return BROKEN;
            }
        };
        let (tree, mut found) = Tree::read(&self.root);
        let (content, more) = content::parse(&tree, true);
        found.extend(more);
        // A site that cannot be read would be added to blindly.
        let grave: Vec<Problem> = found.into_iter().filter(|p| p.severity == Severity::Error).collect();
        let (Some(content), true) = (content, grave.is_empty()) else {
            let mut problems = Problems::default();
            problems.extend(grave);
            eprint!("{}", human(&problems.sorted(), &tree.texts(), false));
            eprintln!("nothing was imported: the site's own files come first");
            return CONTENT;
        };
        let seed = format!("seeds/{}.txt", self.id);
        let folder = format!("content/policies/{}/", self.id);
        if let Some(policy) = content.policies.get(&self.id) {
            return compare(policy, &tree, &seed, &text);
        }
        let there: Vec<&str> =
            tree.below(&folder).map(|(path, _)| path).chain(tree.bytes(&seed).map(|_| seed.as_str())).collect();
        if !there.is_empty() {
            eprintln!("error: {} is there already, but no record goes with it", there.join(", "));
            eprintln!("help: import never writes over a file: move it away, or choose another id");
            return CONTENT;
        }
        self.write(&text, &content, &tree)
    }

    fn write(&self, text: &Text, content: &Content, tree: &Tree) -> u8 {
        let mut import = import::propose(text, &self.id, content);
        drop_unsound(&mut import, tree);
        if let Err(error) = write_all(&self.root, &import) {
            eprintln!("error: {error}");
            return BROKEN;
        }
        tell(&import, text, &self.id);
        FINE
    }
}

/// Leaves out additions after which a file would be no TOML any more, and says so.
fn drop_unsound(import: &mut Import, tree: &Tree) {
    let mut unsound = Vec::new();
    for (path, words) in &import.additions {
        let old = tree.bytes(path).map(String::from_utf8_lossy).unwrap_or_default();
        if toml::from_str::<toml::Table>(&joined(&old, words)).is_err() {
            unsound.push(path.clone());
        }
    }
    for path in unsound {
        if let Some(words) = import.additions.remove(&path) {
            import
                .missing
                .push(format!("{path}: nothing can be added at its end; it needs{}", words.replace('\n', "\n  ")));
        }
    }
}

fn joined(old: &str, words: &str) -> String {
    let gap = if old.is_empty() || old.ends_with('\n') { "" } else { "\n" };
    let words = if old.is_empty() { words.trim_start_matches('\n') } else { words };
    format!("{old}{gap}{words}")
}

/// Writes new files, which must not be there, and adds to the end of others.
fn write_all(root: &Path, import: &Import) -> Result<(), String> {
    let mut made: Vec<PathBuf> = Vec::new();
    let result = new_files(root, &import.files, &mut made).and_then(|()| {
        import.additions.iter().try_for_each(|(path, words)| {
            let full = root.join(path);
            let old = match fs::read_to_string(&full) {
                Ok(old) => old,
                Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
                Err(error) => return Err(format!("{path} cannot be read: {error}")),
            };
            replace(&full, joined(&old, words).as_bytes()).map_err(|error| format!("{path} cannot be written: {error}"))
        })
    });
    if result.is_err() {
        // Half an import is worse than none; these files are ours, made a moment ago.
        for path in made {
            let _ = fs::remove_file(path);
        }
    }
    result
}

fn new_files(root: &Path, files: &BTreeMap<String, Vec<u8>>, made: &mut Vec<PathBuf>) -> Result<(), String> {
    for (path, bytes) in files {
        let full = root.join(path);
        let write = || -> std::io::Result<()> {
            if let Some(folder) = full.parent() {
                fs::create_dir_all(folder)?;
            }
            OpenOptions::new().write(true).create_new(true).open(&full)?.write_all(bytes)
        };
        write().map_err(|error| format!("{path} cannot be written: {error}"))?;
        made.push(full);
    }
    Ok(())
}

/// Puts bytes in a file's place in one step.
fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = PathBuf::from(beside);
    fs::write(&beside, bytes)?;
    fs::rename(&beside, path)
}

fn tell(import: &Import, text: &Text, id: &str) {
    println!("imported into content/policies/{id}/, as a draft:");
    for line in &import.recognised {
        println!("  {line}");
    }
    if let Some((format, _)) = &text.original {
        println!("  source: seeds/{id}.txt, made from {format}");
    }
    for noise in &text.noise {
        println!("  noise proposed: «{}»: {}", noise.words, noise.why);
    }
    for path in import.files.keys().filter(|p| p.starts_with("content/places/")) {
        println!("  new: {path}");
    }
    for path in import.additions.keys() {
        println!("  added to: {path}");
    }
    if !import.missing.is_empty() {
        println!("not recognised, and left out:");
        for line in &import.missing {
            println!("  {line}");
        }
    }
    if !import.doubts.is_empty() {
        println!("to be looked at first:");
        for line in &import.doubts {
            println!("  {line}");
        }
    }
    println!(
        "next: read the {} in targets.toml against their quotes, then `duizhao check --drafts`",
        plural(text.judged.targets.len() + text.judged.facts.len(), "proposal")
    );
}

/// Shows what has changed in the source of a policy that is there, and writes nothing.
fn compare(policy: &content::PolicyContent, tree: &Tree, seed: &str, text: &Text) -> u8 {
    let old = tree.bytes(seed).map(|b| String::from_utf8_lossy(b).into_owned()).unwrap_or_default();
    let compared = again::compare(policy, &old, text);
    println!("`{}` is there already; nothing was written", policy.id);
    for line in &compared.lines {
        println!("  {line}");
    }
    if compared.changed {
        println!(
            "to take the new text: put it in {seed} as UTF-8, mend what is touched, and give the record its new sha256"
        );
    }
    FINE
}
