//! Prose that is no policy's: of places and topics, and the pages of the guide; each file read again only if its
//! bytes are others.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::fields::Lang;
use super::files::{bad_id, markdown_file, whole};
use super::markdown::Digest;
use super::{Defined, GuidePage, WithProse};
use crate::diagnostic::{Batch, Problem};
use crate::kept::{Kept, Same};
use crate::read::Tree;
use crate::text::is_id;

/// Files of prose by path.
pub(super) type ProseFiles = BTreeMap<String, Kept<Same<[u8]>, (Option<Arc<Digest>>, Batch)>>;

/// The pages of the guide: `01-start.zh.md` and `01-start.en.md` are one, at `guide/start/`.
pub(super) fn guide(tree: &Tree, kept: &mut ProseFiles, problems: &mut Vec<Problem>) -> Vec<GuidePage> {
    const FOLDER: &str = "content/guide/";
    let names = tree.below(FOLDER).filter_map(|(path, _)| {
        let name = &path[FOLDER.len()..];
        name.strip_suffix(".zh.md").or_else(|| name.strip_suffix(".en.md")).filter(|n| !n.contains('/'))
    });
    let names: std::collections::BTreeSet<&str> = names.collect();
    let mut out: Vec<GuidePage> = Vec::new();
    for name in names {
        let slug = name.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches('-');
        let stem = format!("{FOLDER}{name}");
        if !is_id(slug) || slug == "rules" {
            problems.push(bad_id(slug).in_file(&format!("{stem}.zh.md")).help(
                "a page of the guide is called 01-name.zh.md and 01-name.en.md; guide/rules/ is made of the rules",
            ));
            continue;
        }
        if out.iter().any(|p| p.slug == slug) {
            problems.push(
                Problem::error("duplicate-id", format!("two pages of the guide are called `{slug}`"))
                    .in_file(&format!("{stem}.zh.md")),
            );
            continue;
        }
        let prose = Lang::BOTH.map(|lang| kept_prose(tree, format!("{stem}.{}.md", lang.code()), lang, kept, problems));
        out.push(GuidePage { slug: slug.to_owned(), stem, prose });
    }
    out
}

/// Entities of which each has a file of its own, and prose beside it.
pub(super) fn with_prose<T: DeserializeOwned>(
    tree: &Tree,
    folder: &str,
    kept: &mut ProseFiles,
    problems: &mut Vec<Problem>,
) -> BTreeMap<String, Defined<WithProse<T>>> {
    let mut out = BTreeMap::new();
    for (path, _) in tree.below(folder) {
        let Some(id) = path[folder.len()..].strip_suffix(".toml").filter(|id| !id.contains('/')) else { continue };
        if !is_id(id) {
            problems.push(bad_id(id).in_file(path));
        }
        let Some(entity) = whole(tree, path, problems) else { continue };
        let prose =
            Lang::BOTH.map(|lang| kept_prose(tree, format!("{folder}{id}.{}.md", lang.code()), lang, kept, problems));
        let value = WithProse { entity: Arc::new(entity), prose };
        out.insert(id.to_owned(), Defined { value, file: path.to_owned(), span: 0..0 });
    }
    out
}

/// A file of prose, read again only if its bytes are others.
fn kept_prose(
    tree: &Tree,
    path: String,
    lang: Lang,
    kept: &mut ProseFiles,
    problems: &mut Vec<Problem>,
) -> Option<Arc<Digest>> {
    let Some(bytes) = tree.shared(&path) else {
        kept.remove(&path);
        return None;
    };
    let file = kept.entry(path.clone()).or_default();
    let (digest, found) = file.get(Same::of(bytes), |_| {
        let mut found = Vec::new();
        let digest = markdown_file(tree, &path, lang, &mut found);
        (digest, found.into())
    });
    problems.extend(found.iter().cloned());
    digest
}
