//! One policy read: its record, its digests, its targets.

use std::sync::Arc;

use jiff::civil::Date;

use super::PolicyContent;
use super::fields::Lang;
use super::files::{bad_id, markdown_file, text, whole};
use super::record::Record;
use super::targets::{Target, TargetsFile};
use super::toml_file::TomlFile;
use crate::diagnostic::{Problem, Severity};
use crate::read::Tree;
use crate::text::is_id;

/// Reads one policy; without its proposals that nobody has reviewed unless drafts are wanted.
pub(super) fn policy(tree: &Tree, id: String, drafts: bool) -> (Option<PolicyContent>, Vec<Problem>) {
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
    let policy = record.map(|record| {
        let latest = latest(&record, &targets);
        let mut policy = PolicyContent { id, folder, record: Arc::new(record), digests, targets, latest };
        problems.extend(unreviewed(&policy));
        if !drafts {
            policy.targets.targets.retain(|t| t.reviewed);
            policy.targets.facts.retain(|t| t.reviewed);
        }
        policy
    });
    (policy, problems)
}

/// The latest date that a record and the outcomes of its targets name.
fn latest(record: &Record, targets: &TargetsFile) -> Option<Date> {
    let own = record.issued.iter().chain(&record.source.retrieved);
    let signed = [&record.review.zh, &record.review.en].into_iter().flatten().map(|r| &r.date);
    let outcomes = targets.outcomes.iter().flat_map(|o| [&o.as_of, &o.source.retrieved]);
    own.chain(record.change.iter().map(|c| &c.date)).chain(signed).chain(outcomes).map(|d| d.0).max()
}

/// Whether a record says that it is a draft, whatever else it lacks.
fn is_draft(tree: &Tree, path: &str) -> bool {
    let text = tree.text(path).and_then(Result::ok).unwrap_or_default();
    toml::from_str::<toml::Table>(text).is_ok_and(|t| t.get("draft").and_then(toml::Value::as_bool) == Some(true))
}

/// A note on the proposals of `import` that no curator has read yet.
fn unreviewed(policy: &PolicyContent) -> Option<Problem> {
    let open = |list: &[Arc<Target>]| list.iter().filter(|t| !t.reviewed).count();
    let (targets, facts) = (open(&policy.targets.targets), open(&policy.targets.facts));
    let all = policy.targets.targets.iter().chain(&policy.targets.facts);
    let first = all.filter(|t| !t.reviewed).map(|t| t.id.span()).min_by_key(|s| s.start)?;
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
