//! Reviews: what was read against what, and whether it is still what was signed.

use super::rule::Rule;
use crate::content::fields::Lang;
use crate::content::record::Review;
use crate::diagnostic::{Problem, Severity};
use crate::read::Tree;
use crate::site::Policy;

pub(super) const STALE: Rule = Rule {
    code: "review-stale",
    severity: Severity::Warning,
    adjustable: true,
    asks: "A signed digest is still what its review signed, and so are the other language, the targets and the source.",
    why: "A build proves figures and quotes; what a sentence says beyond that, a person has read. When one side changes, the other may lag behind.",
    wrong: "digest.zh.md has changed since `duizhao review` signed digest.en.md.",
    right: "Read the digest again against the source and the other language, then: duizhao review POLICY --lang en",
};
pub(super) const MISSING: Rule = Rule {
    code: "review-missing",
    severity: Severity::Note,
    adjustable: true,
    asks: "Every digest has been read against its source by someone who signed it.",
    why: "Pages say whether a digest is reviewed.",
    wrong: "policy.toml has no [review.en].",
    right: "Read the English digest against the source, then: duizhao review POLICY --lang en",
};

pub(super) const RULES: [&Rule; 2] = [&STALE, &MISSING];

/// Where a digest stands with its review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ReviewState {
    /// Nobody has signed it.
    #[default]
    Missing,
    /// Signed, and unchanged since.
    Current(jiff::civil::Date),
    /// Signed, and something has changed since.
    Stale(jiff::civil::Date),
}

/// Hashes of what a review signs.
///
/// # Errors
/// The path of a file that is missing.
pub fn sign(tree: &Tree, policy: &str, seed: &str, lang: Lang, date: jiff::civil::Date) -> Result<Review, String> {
    let folder = format!("content/policies/{policy}/");
    let hash = |path: String| tree.bytes(&path).map(|bytes| blake3::hash(bytes).to_hex().to_string()).ok_or(path);
    // A policy without targets of its own has none to sign.
    let targets = hash(format!("{folder}targets.toml")).unwrap_or_default();
    Ok(Review {
        digest: hash(format!("{folder}digest.{}.md", lang.code()))?,
        other: hash(format!("{folder}digest.{}.md", lang.other().code()))?,
        targets,
        source: hash(seed.to_owned())?,
        date: crate::content::fields::CivilDate(date),
    })
}

pub(super) fn check(policy: &Policy, tree: &Tree, problems: &mut Vec<Problem>) -> [ReviewState; 2] {
    let record = &policy.record;
    let file = format!("content/policies/{}/policy.toml", policy.id);
    let text = tree.text(&file).and_then(Result::ok).unwrap_or_default();
    Lang::BOTH.map(|lang| {
        let signed = match lang {
            Lang::Zh => &record.review.zh,
            Lang::En => &record.review.en,
        };
        let again = format!("read it again, then: duizhao review {} --lang {}", policy.id, lang.code());
        let Some(signed) = signed else {
            problems.push(
                MISSING
                    .problem(format!("nobody has signed the {} digest of `{}`", name(lang), policy.id))
                    .in_file(&file)
                    .help(again.replace("it again", "it against the source")),
            );
            return ReviewState::Missing;
        };
        let now = sign(tree, &policy.id, record.source.file.get_ref(), lang, signed.date.0);
        let changed: Vec<&str> = now.map_or_else(
            |_| vec!["a file is missing"],
            |now| {
                [
                    (now.digest != signed.digest, "the digest"),
                    (now.other != signed.other, "the other language"),
                    (now.targets != signed.targets, "targets.toml"),
                    (now.source != signed.source, "the source"),
                ]
                .into_iter()
                .filter_map(|(changed, what)| changed.then_some(what))
                .collect()
            },
        );
        if changed.is_empty() {
            return ReviewState::Current(signed.date.0);
        }
        let at = text.find(&format!("[review.{}]", lang.code())).map_or(0..0, |i| i..i + "[review.zh]".len());
        problems.push(
            STALE
                .problem(format!("changed since it was signed on {}: {}", signed.date.0, changed.join(", ")))
                .at(&file, at)
                .help(again),
        );
        ReviewState::Stale(signed.date.0)
    })
}

fn name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "Chinese",
        Lang::En => "English",
    }
}
