//! `duizhao check --sources DIR`: source texts against copies saved anew.
//!
//! Takes a folder with `<policy>.txt`, `.md` or `.html`, each as a curator has just saved it; gives a problem
//! for each policy whose source is no longer what it was, with what that touches.

use std::fs;
use std::path::Path;

use crate::content::{self, PolicyContent};
use crate::diagnostic::Problem;
use crate::import::{self, again};
use crate::read::Tree;

/// Endings that a copy may have.
const ENDINGS: [&str; 4] = ["txt", "md", "html", "htm"];

/// Compares every policy's source with its copy.
pub(super) fn check(tree: &Tree, drafts: bool, folder: &Path) -> Vec<Problem> {
    let (content, _) = content::parse(tree, drafts);
    content.iter().flat_map(|c| c.policies.values()).filter_map(|policy| one(policy, tree, folder)).collect()
}

fn one(policy: &PolicyContent, tree: &Tree, folder: &Path) -> Option<Problem> {
    let record = policy.record_file();
    let names = ENDINGS.map(|ending| format!("{}.{ending}", policy.id));
    let Some((name, bytes)) = names.iter().find_map(|n| Some((n, fs::read(folder.join(n)).ok()?))) else {
        let asked = format!("there is no copy of the source of `{}` in {}", policy.id, folder.display());
        return Some(Problem::note("source-copy", asked).in_file(&record).help(format!("save it as {}", names[0])));
    };
    let text = match import::read(&bytes, name) {
        Ok(text) => text,
        Err(error) => {
            let message = format!("the copy {name} cannot be read: {error}");
            return Some(Problem::error("source-copy", message).in_file(&record).help(error.help()));
        }
    };
    let seed = &policy.record.source.file;
    let old = tree.bytes(seed.get_ref()).map(|b| String::from_utf8_lossy(b).into_owned()).unwrap_or_default();
    let compared = again::compare(policy, &old, &text);
    compared.changed.then(|| {
        let message = format!("the copy {name} differs from {}", seed.get_ref());
        let problem = Problem::warning("source-outdated", message).at(&record, seed.span());
        compared.lines.into_iter().fold(problem, Problem::help)
    })
}
