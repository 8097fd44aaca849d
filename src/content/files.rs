//! Files of a site's content: their text, what is read from them, and those that nothing reads.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use toml::Spanned;

use super::Defined;
use super::fields::Lang;
use super::markdown::{self, Digest};
use super::toml_file::TomlFile;
use crate::diagnostic::{Batch, Problem, nearest};
use crate::read::Tree;
use crate::text::is_id;

/// A file's text, if there is such a file and it is UTF-8.
pub(super) fn text<'a>(tree: &'a Tree, path: &str, problems: &mut Vec<Problem>) -> Option<&'a str> {
    match tree.text(path)? {
        Ok(text) => Some(text),
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

/// All of a TOML file as one value.
pub(super) fn whole<T: DeserializeOwned>(tree: &Tree, path: &str, problems: &mut Vec<Problem>) -> Option<T> {
    let text = text(tree, path, problems)?;
    let file = TomlFile::parse(path, text);
    if !file.is_sound() {
        problems.extend(file.problems);
        return None;
    }
    let (value, found) = file.rest();
    problems.extend(found);
    value
}

/// The tables of a TOML file, by id.
pub(super) fn tables<T: DeserializeOwned>(tree: &Tree, path: &str) -> (BTreeMap<String, Defined<T>>, Batch) {
    let mut problems = Vec::new();
    let Some(text) = text(tree, path, &mut problems) else { return (BTreeMap::new(), problems.into()) };
    let (entries, found) = TomlFile::parse(path, text).tables::<T>();
    problems.extend(found);
    let mut out = BTreeMap::new();
    for (id, value) in entries {
        let span = Spanned::span(&id);
        let id = id.into_inner();
        if !is_id(&id) {
            problems.push(bad_id(&id).at(path, span.clone()));
        }
        out.insert(id, Defined { value, file: path.to_owned(), span });
    }
    (out, problems.into())
}

/// A Markdown file.
pub(super) fn markdown_file(tree: &Tree, path: &str, lang: Lang, problems: &mut Vec<Problem>) -> Option<Arc<Digest>> {
    let text = text(tree, path, problems)?;
    let (digest, found) = markdown::parse(path, text, lang);
    problems.extend(found);
    Some(Arc::new(digest))
}

pub(super) fn bad_id(id: &str) -> Problem {
    Problem::error("bad-id", format!("`{id}` is not an id"))
        .help("ids are lower-case ASCII letters, digits and hyphens")
}

/// The files of a policy.
pub(super) const POLICY_FILES: [&str; 4] = ["policy.toml", "digest.zh.md", "digest.en.md", "targets.toml"];

/// Files in `content/` and `seeds/` that nothing reads: most often a slip in a name.
pub(super) fn unknown_files(tree: &Tree) -> Vec<Problem> {
    const TOP_FILES: [&str; 3] = ["agencies.toml", "indicators.toml", "glossary.toml"];
    let mut problems = Vec::new();
    for (path, _) in tree.below("content/") {
        let name = path.rsplit('/').next().unwrap_or_default();
        if path.starts_with("content/policies/") && path.matches('/').count() == 3 && POLICY_FILES.contains(&name) {
            continue;
        }
        let parts: Vec<&str> = path.split('/').skip(1).collect();
        let suffix = |name: &str| name.ends_with(".zh.md") || name.ends_with(".en.md");
        let (known, wanted): (bool, &[&str]) = match parts.as_slice() {
            [name] => (TOP_FILES.contains(name), &TOP_FILES),
            ["policies", _, name] => (POLICY_FILES.contains(name), &POLICY_FILES),
            ["places" | "topics", name] => (name.ends_with(".toml") || suffix(name), &[]),
            ["guide", name] => (suffix(name), &[]),
            _ => (false, &[]),
        };
        if !known {
            let name = parts.last().copied().unwrap_or_default();
            let problem = Problem::error("unknown-file", format!("nothing reads `{path}`")).in_file(path);
            problems.push(match nearest(name, wanted.iter().copied()) {
                Some(near) => problem.help(format!("did you mean `{near}`?")),
                None => problem.help("move it out of content/, or give it a name that the site's layout knows"),
            });
        }
    }
    problems
}
