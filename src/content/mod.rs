//! What a curator writes, typed: each value knows its file and place.
//!
//! Takes a [`Tree`] of files; gives [`Content`] and the problems of what could not be read. Nothing is
//! looked up across files here: that is linking, the next stage.

pub mod entities;
pub mod fields;
pub mod markdown;
pub mod record;
pub mod schema;
pub mod targets;
mod toml_file;
mod unseen;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::de::DeserializeOwned;
use toml::Spanned;

use crate::diagnostic::{Problem, Severity, nearest};
use crate::read::Tree;
use crate::text::is_id;
use entities::{Agency, Indicator, Place, SiteSettings, Term, Topic};
use fields::Lang;
use markdown::Digest;
use record::Record;
use targets::TargetsFile;
use toml_file::TomlFile;

/// A policy's own files.
#[derive(Clone, Debug)]
pub struct PolicyContent {
    /// Its id: the folder's name.
    pub id: String,
    /// `content/policies/<id>/`
    pub folder: String,
    /// The record.
    pub record: Record,
    /// Digests in Chinese and English.
    pub digests: [Option<Digest>; 2],
    /// Targets, facts and the rest.
    pub targets: TargetsFile,
}

impl PolicyContent {
    /// Path of the record.
    pub fn record_file(&self) -> String {
        format!("{}policy.toml", self.folder)
    }

    /// Path of the targets.
    pub fn targets_file(&self) -> String {
        format!("{}targets.toml", self.folder)
    }
}

/// An entity with the file and place that define it.
#[derive(Clone, Debug)]
pub struct Defined<T> {
    /// The entity.
    pub value: T,
    /// The file that defines it.
    pub file: String,
    /// Its id in that file, or nothing where the file's name is the id.
    pub span: std::ops::Range<usize>,
}

/// An entity with prose of its own.
#[derive(Clone, Debug)]
pub struct WithProse<T> {
    /// The entity.
    pub entity: T,
    /// Prose in Chinese and English, if any.
    pub prose: [Option<Digest>; 2],
}

/// A page of the user guide: `content/guide/<order>-<slug>.{zh,en}.md`.
#[derive(Clone, Debug)]
pub struct GuidePage {
    /// Its name in addresses: the file's name without order and language.
    pub slug: String,
    /// `content/guide/<order>-<slug>`, to which the language is added.
    pub stem: String,
    /// Its text in both languages.
    pub prose: [Option<Digest>; 2],
}

/// All of a site's content.
#[derive(Clone, Debug)]
pub struct Content {
    /// `site.toml`
    pub settings: SiteSettings,
    /// Policies by id.
    pub policies: BTreeMap<String, PolicyContent>,
    /// Places by id.
    pub places: BTreeMap<String, Defined<WithProse<Place>>>,
    /// Topics by id.
    pub topics: BTreeMap<String, Defined<WithProse<Topic>>>,
    /// Agencies by id.
    pub agencies: BTreeMap<String, Defined<Agency>>,
    /// Indicators by id.
    pub indicators: BTreeMap<String, Defined<Indicator>>,
    /// Terms by id.
    pub terms: BTreeMap<String, Defined<Term>>,
    /// The user guide, in the order of its files.
    pub guide: Vec<GuidePage>,
}

/// Reads all content. `None` if there is no usable `site.toml`, without which nothing can be said.
pub fn parse(tree: &Tree, drafts: bool) -> (Option<Content>, Vec<Problem>) {
    let mut problems = unknown_files(tree);
    let settings: Option<SiteSettings> = whole(tree, "site.toml", &mut problems);

    let mut folders: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for (path, _) in tree.below("content/policies/") {
        if let Some((folder, _)) = path["content/policies/".len()..].split_once('/') {
            folders.entry(folder.to_owned()).or_default().push(path);
        }
    }
    let read: Vec<(Option<PolicyContent>, Vec<Problem>)> =
        folders.into_par_iter().map(|(id, _)| policy(tree, id)).collect();
    let mut policies = BTreeMap::new();
    for (policy, found) in read {
        problems.extend(found);
        if let Some(policy) = policy {
            policies.insert(policy.id.clone(), policy);
        }
    }
    let mut places = with_prose(tree, "content/places/", &mut problems);
    let mut topics = with_prose(tree, "content/topics/", &mut problems);
    problems.extend(policies.values().filter_map(unreviewed));
    let mut agencies: BTreeMap<String, Defined<Agency>> = tables(tree, "content/agencies.toml", &mut problems);
    let indicators = tables(tree, "content/indicators.toml", &mut problems);
    let terms = tables(tree, "content/glossary.toml", &mut problems);
    if !drafts {
        policies.retain(|_, p| !p.record.draft);
        places.retain(|_, p: &mut Defined<WithProse<Place>>| !p.value.entity.draft);
        topics.retain(|_, t: &mut Defined<WithProse<Topic>>| !t.value.entity.draft);
        agencies.retain(|_, a| !a.value.draft);
        for policy in policies.values_mut() {
            policy.targets.targets.retain(|t| t.get_ref().reviewed);
            policy.targets.facts.retain(|t| t.get_ref().reviewed);
        }
    }
    let guide = guide(tree, &mut problems);
    let content =
        settings.map(|settings| Content { settings, policies, places, topics, agencies, indicators, terms, guide });
    (content, problems)
}

/// The pages of the guide: `01-start.zh.md` and `01-start.en.md` are one, at `guide/start/`.
fn guide(tree: &Tree, problems: &mut Vec<Problem>) -> Vec<GuidePage> {
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
        let prose = Lang::BOTH.map(|lang| markdown_file(tree, &format!("{stem}.{}.md", lang.code()), lang, problems));
        out.push(GuidePage { slug: slug.to_owned(), stem, prose });
    }
    out
}

fn policy(tree: &Tree, id: String) -> (Option<PolicyContent>, Vec<Problem>) {
    let folder = format!("content/policies/{id}/");
    let mut problems = Vec::new();
    let record_file = format!("{folder}policy.toml");
    if !is_id(&id) {
        problems.push(bad_id(&id).in_file(&record_file));
    }
    if tree.bytes(&record_file).is_none() {
        problems.push(
            Problem::error("missing-file", format!("the policy `{id}` has no record"))
                .in_file(&record_file)
                .help(format!("write {record_file}")),
        );
    }
    let mut found = Vec::new();
    let record: Option<Record> = whole(tree, &record_file, &mut found);
    if record.is_none() && is_draft(tree, &record_file) {
        // What a draft's record does not say yet is no error: the policy has no page until it does.
        for problem in found.iter_mut().filter(|p| p.code == "missing-key") {
            problem.severity = Severity::Note;
            problem.help.push(format!("`{id}` is a draft: it has no page, with --drafts either, until this is there"));
        }
    }
    problems.extend(found);
    let targets = targets_file(tree, &format!("{folder}targets.toml"), &mut problems);
    let digests = Lang::BOTH.map(|lang| {
        let path = format!("{folder}digest.{}.md", lang.code());
        markdown_file(tree, &path, lang, &mut problems)
    });
    (record.map(|record| PolicyContent { id, folder, record, digests, targets }), problems)
}

/// Whether a record says that it is a draft, whatever else it lacks.
fn is_draft(tree: &Tree, path: &str) -> bool {
    let text = tree.text(path).and_then(Result::ok).unwrap_or_default();
    toml::from_str::<toml::Table>(text).is_ok_and(|t| t.get("draft").and_then(toml::Value::as_bool) == Some(true))
}

/// A note on the proposals of `import` that no curator has read yet.
fn unreviewed(policy: &PolicyContent) -> Option<Problem> {
    let open = |list: &[Spanned<targets::Target>]| list.iter().filter(|t| !t.get_ref().reviewed).count();
    let (targets, facts) = (open(&policy.targets.targets), open(&policy.targets.facts));
    let all = policy.targets.targets.iter().chain(&policy.targets.facts);
    let first = all.filter(|t| !t.get_ref().reviewed).map(|t| t.get_ref().id.span()).min_by_key(|s| s.start)?;
    let message = format!(
        "{} target{} and {} fact{} of `{}` are proposals that nobody has reviewed",
        targets,
        if targets == 1 { "" } else { "s" },
        facts,
        if facts == 1 { "" } else { "s" },
        policy.id
    );
    Some(Problem::note("unreviewed", message).at(&policy.targets_file(), first).label("the first of them").help(
        "read each against its quote, mend it, and take out `reviewed = false`; until then it is kept off the site",
    ))
}

fn targets_file(tree: &Tree, path: &str, problems: &mut Vec<Problem>) -> TargetsFile {
    let Some(text) = text(tree, path, problems) else { return TargetsFile::default() };
    let mut file = TomlFile::parse(path, text);
    let out = TargetsFile {
        targets: file.entries("target"),
        facts: file.entries("fact"),
        outcomes: file.entries("outcome"),
        waivers: file.entries("waiver"),
        derived: file.entries("derived"),
        unreadable: std::mem::take(&mut file.unreadable),
    };
    let (_, found) = file.rest::<Nothing>();
    problems.extend(found);
    out
}

/// A table in which no key is left.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {
    #[allow(dead_code, reason = "names the known keys in the message of an unknown one")]
    #[serde(rename = "[[target]]")]
    target: Option<bool>,
    #[allow(dead_code, reason = "as above")]
    #[serde(rename = "[[fact]]")]
    fact: Option<bool>,
    #[allow(dead_code, reason = "as above")]
    #[serde(rename = "[[outcome]]")]
    outcome: Option<bool>,
    #[allow(dead_code, reason = "as above")]
    #[serde(rename = "[[waiver]]")]
    waiver: Option<bool>,
    #[allow(dead_code, reason = "as above")]
    #[serde(rename = "[[derived]]")]
    derived: Option<bool>,
}

fn text<'a>(tree: &'a Tree, path: &str, problems: &mut Vec<Problem>) -> Option<&'a str> {
    match tree.text(path)? {
        Ok(text) => Some(text),
        Err(problem) => {
            problems.push(problem);
            None
        }
    }
}

fn whole<T: DeserializeOwned>(tree: &Tree, path: &str, problems: &mut Vec<Problem>) -> Option<T> {
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

fn tables<T: DeserializeOwned>(tree: &Tree, path: &str, problems: &mut Vec<Problem>) -> BTreeMap<String, Defined<T>> {
    let Some(text) = text(tree, path, problems) else { return BTreeMap::new() };
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
    out
}

fn with_prose<T: DeserializeOwned>(
    tree: &Tree,
    folder: &str,
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
            Lang::BOTH.map(|lang| markdown_file(tree, &format!("{folder}{id}.{}.md", lang.code()), lang, problems));
        let value = WithProse { entity, prose };
        out.insert(id.to_owned(), Defined { value, file: path.to_owned(), span: 0..0 });
    }
    out
}

fn markdown_file(tree: &Tree, path: &str, lang: Lang, problems: &mut Vec<Problem>) -> Option<Digest> {
    let text = text(tree, path, problems)?;
    let (digest, found) = markdown::parse(path, text, lang);
    problems.extend(found);
    Some(digest)
}

fn bad_id(id: &str) -> Problem {
    Problem::error("bad-id", format!("`{id}` is not an id"))
        .help("ids are lower-case ASCII letters, digits and hyphens")
}

/// Files in `content/` and `seeds/` that nothing reads: most often a slip in a name.
fn unknown_files(tree: &Tree) -> Vec<Problem> {
    const POLICY_FILES: [&str; 4] = ["policy.toml", "digest.zh.md", "digest.en.md", "targets.toml"];
    const TOP_FILES: [&str; 3] = ["agencies.toml", "indicators.toml", "glossary.toml"];
    let mut problems = Vec::new();
    for (path, _) in tree.below("content/") {
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
