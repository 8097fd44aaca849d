//! The rules: what content must be before it is published, one file a rule or a family of rules.
//!
//! 1. [`content`] holds what stands in single files against each other: both languages, headings.
//! 2. [`site`] holds the linked site against its sources: [`sources`] reads the figures of every source
//!    text, [`passages`] cuts digests into what stands for itself, [`compare`] holds figures of two texts
//!    against each other; the rules ([`target`], [`digest`], [`pairs`], …) use these three.
//!
//! What can be known only by looking things up (ids, quotes) is checked while linking; what can be known
//! only of finished pages (links, addresses) while publishing. The rules of all stages, with what a
//! curator must know of each, are [`rules`].

mod baseline;
mod chinese;
mod cited;
mod compare;
mod coverage;
mod derived;
mod digest;
mod due;
mod glossary;
mod headings;
mod house;
mod outcome;
mod pairs;
mod passages;
mod prose;
mod rendering;
mod review;
mod rule;
mod said;
mod sources;
mod stages;
mod structural;
mod target;
mod texts;
mod translation;
mod verification;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use toml::Spanned;

use crate::content::Content;
use crate::content::entities::SeveritySetting;
use crate::content::fields::Lang;
use crate::diagnostic::{Problem, Severity};
use crate::read::Tree;
use crate::site::{LinkedDigest, Site};
pub use coverage::{BlockCoverage, Coverage};
use glossary::Glossary;
use passages::Passage;
pub use review::{ReviewState, sign};
pub use rule::{Rule, Words};
use sources::SourceFigures;
pub use structural::{Excluded, Structure};
pub use verification::{PolicyVerification, Verification};

/// All rules, in the order of their codes.
pub fn rules() -> Vec<&'static Rule> {
    let mut all: Vec<&'static Rule> = vec![&baseline::RULE, &cited::RULE, &derived::RULE, &due::RULE, &outcome::RULE];
    all.extend(coverage::RULES);
    all.extend(digest::RULES);
    all.extend(glossary::RULES);
    all.extend(house::RULES);
    all.extend(pairs::RULES);
    all.extend(prose::RULES);
    all.extend(rendering::RULES);
    all.extend(review::RULES);
    all.extend(target::RULES);
    all.extend(stages::RULES);
    all.sort_by_key(|r| r.code);
    all
}

/// Runs the rules that need nothing looked up.
pub fn content(content: &Content) -> Vec<Problem> {
    let mut problems = translation::check(content);
    problems.extend(headings::check(content));
    problems.extend(unknown_settings(&content.settings.checks));
    problems
}

/// Runs the rules that hold the linked site against its sources and its languages against each other; `whole`
/// says whether all of it could be read, without which nothing can be said to be unused.
pub fn site(site: &Site, tree: &Tree, whole: bool) -> (Vec<Problem>, Verification) {
    let figures = sources::read_all(site);
    let glossary = Glossary::new(site);
    let checker = Checker { site, tree, figures: &figures, glossary: &glossary };
    let found: Vec<(Vec<Problem>, PolicyVerification)> =
        (0..site.policies.len()).into_par_iter().map(|p| checker.policy(p)).collect();
    let mut problems = Vec::new();
    let mut policies = Vec::with_capacity(found.len());
    for (found, verification) in found {
        problems.extend(found);
        policies.push(verification);
    }
    let prose = site.places.iter().map(|p| &p.prose).chain(site.topics.iter().map(|t| &t.prose));
    let prose = prose.chain(site.guide.iter().map(|g| &g.prose));
    let prose: Vec<&[Option<LinkedDigest>; 2]> = prose.collect();
    problems.par_extend(prose.into_par_iter().flat_map_iter(|pair| {
        let mut problems = Vec::new();
        checker.digests(None, pair, &mut problems);
        problems
    }));
    problems.extend(texts::entities(site, tree));
    problems.extend(house::check(site, tree));
    if whole {
        problems.extend(house::unused(site, tree));
        problems.extend(house::alone(site, tree));
    }
    (problems, Verification { policies })
}

/// What every rule of the second kind needs.
struct Checker<'a> {
    site: &'a Site,
    tree: &'a Tree,
    figures: &'a [SourceFigures],
    glossary: &'a Glossary<'a>,
}

impl Checker<'_> {
    fn policy(&self, index: usize) -> (Vec<Problem>, PolicyVerification) {
        let site = self.site;
        let policy = &site.policies[index];
        let mut problems = Vec::new();
        let seed = policy.record.source.file.get_ref();
        let raw = self.tree.text(seed).and_then(Result::ok).unwrap_or_default();
        let mut compared = target::check(site, index, self.figures, &mut problems);
        compared += rendering::targets(site, index, self.figures, &mut problems);
        compared += outcome::check(site, index, &mut problems);
        derived::check(site, index, &mut problems);
        compared += self.digests(Some(index), &policy.digests, &mut problems);
        texts::policy(site, index, self.tree, &mut problems);
        let coverage = coverage::check(site, index, &self.figures[index], raw, &mut problems);
        let reviews = review::check(policy, self.tree, &mut problems);
        if policy.record.draft {
            for problem in &mut problems {
                problem.severity = Severity::Note;
            }
        }
        let warnings = problems.iter().filter(|p| p.severity == Severity::Warning).count();
        let verification = PolicyVerification {
            coverage,
            quotes: policy.spans.len(),
            compared,
            reviews,
            warnings,
            outcomes: policy.targets.iter().map(|t| t.outcomes.len()).sum(),
        };
        (problems, verification)
    }

    /// Checks both languages of a digest or of other prose; gives how many figures were compared.
    fn digests(&self, policy: Option<usize>, pair: &[Option<LinkedDigest>; 2], problems: &mut Vec<Problem>) -> usize {
        let text = |digest: &LinkedDigest| self.tree.text(&digest.digest.file).and_then(Result::ok).unwrap_or_default();
        let mut compared = 0;
        let passages = pair
            .each_ref()
            .map(|digest| digest.as_ref().map(|digest| passages::passages(digest, text(digest))).unwrap_or_default());
        for lang in Lang::BOTH {
            let Some(digest) = &pair[lang.index()] else { continue };
            prose::emphasis(&digest.digest, problems);
            for passage in &passages[lang.index()] {
                prose::passage(passage, problems);
                if policy.is_some() {
                    cited::check(passage, problems);
                }
                let uses_evidence = policy.is_some() || !passage.notes.is_empty();
                if uses_evidence {
                    let evidence = digest::evidence(self.site, digest, &passage.notes, self.figures);
                    compared += digest::check(self.site, policy, passage, &evidence, problems);
                }
            }
            compared += rendering::notes(self.site, digest, self.figures, problems);
            texts::translations(digest, problems);
        }
        if let [Some(_), Some(_)] = pair {
            let [zh, en] = &passages;
            let told: BTreeSet<(String, usize)> = problems
                .iter()
                .filter(|p| digest::RULES.iter().any(|r| r.code == p.code))
                .filter_map(|p| p.place.as_ref().map(|place| (place.file.clone(), place.span.start)))
                .collect();
            let told = |p: &Passage<'_>| {
                let (from, to) = ((p.file.to_owned(), p.span.start), (p.file.to_owned(), p.span.end));
                told.range(from..to).next().is_some()
            };
            for (left, right) in pairs::pair(zh, en, problems) {
                let told = told(&zh[left]) || told(&en[right]);
                pairs::figures(&zh[left], &en[right], told, problems);
                self.glossary.check(&zh[left], &en[right], problems);
            }
        }
        compared
    }
}

/// Gives each problem the severity that the site sets for its code.
pub fn apply_settings(
    problems: impl IntoIterator<Item = Problem>,
    settings: &BTreeMap<String, Spanned<SeveritySetting>>,
) -> Vec<Problem> {
    if settings.is_empty() {
        return problems.into_iter().collect();
    }
    let adjustable: BTreeMap<&str, bool> = rules().into_iter().map(|r| (r.code, r.adjustable)).collect();
    problems
        .into_iter()
        .filter_map(|mut problem| {
            let setting = settings.get(problem.code).map(|s| *s.get_ref());
            if !adjustable.get(problem.code).copied().unwrap_or(false) {
                return Some(problem);
            }
            problem.severity = match setting {
                None => problem.severity,
                Some(SeveritySetting::Error) => Severity::Error,
                Some(SeveritySetting::Warning) => Severity::Warning,
                Some(SeveritySetting::Note) => Severity::Note,
                Some(SeveritySetting::Off) => return None,
            };
            Some(problem)
        })
        .collect()
}

fn unknown_settings(settings: &BTreeMap<String, Spanned<SeveritySetting>>) -> Vec<Problem> {
    let codes: Vec<&str> = rules().into_iter().filter(|r| r.adjustable).map(|r| r.code).collect();
    settings
        .iter()
        .filter(|(code, _)| !codes.contains(&code.as_str()))
        .map(|(code, setting)| {
            Problem::error("unknown-key", format!("no rule with a severity of its own has the code `{code}`"))
                .at("site.toml", setting.span())
                .did_you_mean(code, codes.iter().copied())
                .help(format!("rules whose severity may be set: {}", codes.join(", ")))
        })
        .collect()
}

/// An error, or a note in what is only a draft.
fn graver_unless_draft(problem: Problem, draft: bool) -> Problem {
    let severity = if draft { Severity::Note } else { problem.severity };
    Problem { severity, ..problem }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_documented_once() {
        let codes: Vec<&str> = rules().iter().map(|r| r.code).collect();
        for (i, code) in codes.iter().enumerate() {
            assert!(!codes[i + 1..].contains(code), "{code} twice");
        }
        // Every code that the program can give, wherever it stands.
        let source = walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
        for entry in source.into_iter().map(|e| e.expect("the folder is part of the repository")) {
            if entry.path().extension().is_none_or(|e| e != "rs") {
                continue;
            }
            let text = std::fs::read_to_string(entry.path()).expect("it was listed a moment ago");
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            for kind in ["Problem::error(", "Problem::warning(", "Problem::note("] {
                for (i, _) in text.match_indices(kind) {
                    let rest = text[i + kind.len()..].trim_start();
                    if let Some(code) = rest.strip_prefix('"').and_then(|r| r.split('"').next()) {
                        assert!(codes.contains(&code), "{code} of {} is not documented", entry.path().display());
                    }
                }
            }
        }
    }
}
