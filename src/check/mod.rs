//! The rules: what content must be before it is published, one file a rule or a family of rules.
//!
//! 1. [`Checking::content`] holds what stands in single files against each other: both languages, headings.
//! 2. [`Checking::site`] holds the linked site against its sources: [`sources`] reads the figures of every source
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
use std::sync::Arc;

use jiff::civil::Date;
use toml::Spanned;

use crate::content::entities::{SeveritySetting, SiteSettings, Term};
use crate::content::fields::Lang;
use crate::content::{Content, PolicyContent};
use crate::diagnostic::{Batch, Problem, Severity};
use crate::kept::{Kept, Same, each};
use crate::read::Tree;
use crate::site::{LinkedDigest, Named, Policy, Prose, Site, Span};
use crate::source::SourceText;
use compare::Text;
pub use coverage::{BlockCoverage, Coverage};
use glossary::Glossary;
use passages::Passage;
pub use review::{ReviewState, sign};
pub use rule::{Rule, Words};
use sources::{Figures, SourceFigures};
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

/// What checking a site gave.
#[derive(Debug)]
pub(crate) struct Checked {
    /// The problems, of the severities that the site sets.
    pub(crate) problems: Vec<Batch>,
    /// What was checked.
    pub(crate) verification: Verification,
}

/// What the checks of a policy depend on beside the policy itself.
type Shared = (Same<SiteSettings>, Same<Vec<Named<Term>>>);

/// Prose with the policies that it cites.
type ProseKey = (Same<[Option<LinkedDigest>; 2]>, Vec<Same<Policy>>, Shared);

/// Checks a site, and what has changed of it again.
///
/// By policy, in parallel: the figures of its source, the rules that hold it against its sources and its languages
/// against each other. Across policies: order in the house.
#[derive(Debug, Default)]
pub(crate) struct Checking {
    severities: Kept<Same<SiteSettings>, Arc<Severities>>,
    contents: Vec<Kept<(Same<PolicyContent>, Same<Severities>), Batch>>,
    glossary: Kept<Same<Vec<Named<Term>>>, Arc<Glossary>>,
    sources: Vec<Kept<Same<SourceText>, Arc<SourceFigures>>>,
    figures: Vec<Kept<(Same<SourceFigures>, Same<[Span]>), Arc<Figures>>>,
    policies: Vec<Kept<(Same<Policy>, Vec<Same<Policy>>, Shared), (Batch, Arc<PolicyVerification>)>>,
    dated: Vec<Kept<(Same<Policy>, Date, Same<SiteSettings>), Batch>>,
    prose: Vec<Kept<ProseKey, Batch>>,
    entities: Kept<(texts::EntitiesKey, Same<SiteSettings>), Batch>,
    house: house::House,
}

impl Checking {
    /// How grave the site says that problems are.
    pub(crate) fn severities(&mut self, settings: &Arc<SiteSettings>) -> Arc<Severities> {
        self.severities.get(Same::of(settings), |s| Arc::new(Severities::of(&s.0)))
    }

    /// Runs the rules that need nothing looked up.
    pub(crate) fn content(&mut self, content: &Content) -> Vec<Batch> {
        let severities = self.severities(&content.settings);
        let policies: Vec<&Arc<PolicyContent>> = content.policies.values().collect();
        let mut batches = each(&mut self.contents, policies.len(), |i, kept| {
            kept.get((Same::of(policies[i]), Same::of(&severities)), |_| {
                let mut problems = translation::policy(policies[i]);
                problems.extend(headings::policy(policies[i]));
                severities.set(problems)
            })
        });
        let mut across = translation::across(content);
        across.extend(headings::across(content));
        across.extend(unknown_settings(&content.settings.checks));
        batches.push(severities.set(across));
        batches
    }

    /// Runs the rules that hold the linked site against its sources and its languages against each other; `whole`
    /// says whether all of it could be read, without which nothing can be said to be unused.
    pub(crate) fn site(&mut self, site: &Site, tree: &Tree, whole: bool) -> Checked {
        let severities = self.severities(&site.settings);
        let count = site.policies.len();
        let sources = each(&mut self.sources, count, |i, kept| {
            kept.get(Same::of(&site.policies[i].source), |source| Arc::new(SourceFigures::new(&source.0)))
        });
        let figures = each(&mut self.figures, count, |i, kept| {
            let policy = &site.policies[i];
            let key = (Same::of(&sources[i]), Same::of(&policy.spans));
            kept.get(key, |(source, _)| Arc::new(Figures::new(policy, &source.0)))
        });
        let glossary = self.glossary.get(Same::of(&site.terms), |terms| Arc::new(Glossary::new(&terms.0)));
        let checker = Checker { site, tree, figures: &figures, glossary: &glossary };
        let shared = (Same::of(&site.settings), Same::of(&site.terms));
        let cited = |cites: &[usize]| cites.iter().map(|&p| Same::of(&site.policies[p])).collect::<Vec<_>>();

        let mut problems = Vec::new();
        let mut policies = Vec::with_capacity(count);
        let checked = each(&mut self.policies, count, |i, kept| {
            let policy = &site.policies[i];
            kept.get((Same::of(policy), cited(&policy.cites), shared.clone()), |_| {
                let (problems, verification) = checker.policy(i);
                (severities.set(problems), Arc::new(verification))
            })
        });
        for (found, verification) in checked {
            problems.push(found);
            policies.push(verification);
        }
        problems.extend(each(&mut self.dated, count, |i, kept| {
            let key = (Same::of(&site.policies[i]), site.today, Same::of(&site.settings));
            kept.get(key, |_| severities.set(house::policy(site, i, tree)))
        }));
        let prose = site.places.iter().map(|p| &p.prose).chain(site.topics.iter().map(|t| &t.prose));
        let prose: Vec<&Prose> = prose.chain(site.guide.iter().map(|g| &g.prose)).collect();
        problems.extend(each(&mut self.prose, prose.len(), |i, kept| {
            let key = (Same::of(prose[i]), cited(&cites(prose[i])), shared.clone());
            kept.get(key, |_| {
                let mut problems = Vec::new();
                checker.digests(None, prose[i], &mut problems);
                severities.set(problems)
            })
        }));
        let entities = (texts::entities_key(site), Same::of(&site.settings));
        problems.push(self.entities.get(entities, |_| {
            let mut problems = texts::entities(site, tree);
            problems.extend(house::clashes(site, tree));
            severities.set(problems)
        }));
        if whole {
            problems.push(severities.set(self.house.check(site, tree)));
        }
        Checked { problems, verification: Verification { policies } }
    }
}

/// The policies that prose cites, which is no policy's own.
fn cites(prose: &Prose) -> Vec<usize> {
    let notes = prose.iter().flatten().flat_map(|d| &d.notes);
    let mut out: Vec<usize> = notes.map(|n| n.evidence.policy()).collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// What every rule of the second kind needs.
struct Checker<'a> {
    site: &'a Site,
    tree: &'a Tree,
    figures: &'a [Arc<Figures>],
    glossary: &'a Glossary,
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
        let coverage = coverage::check(site, index, &self.figures[index].source, raw, &mut problems);
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
        let texts = passages.each_ref().map(|all| all.iter().map(|p| Text::read(&p.words, p.lang)).collect::<Vec<_>>());
        for lang in Lang::BOTH {
            let Some(digest) = &pair[lang.index()] else { continue };
            prose::emphasis(&digest.digest, problems);
            for (passage, text) in passages[lang.index()].iter().zip(&texts[lang.index()]) {
                prose::passage(passage, problems);
                if policy.is_some() {
                    cited::check(passage, problems);
                }
                let uses_evidence = policy.is_some() || !passage.notes.is_empty();
                if uses_evidence {
                    let evidence = digest::evidence(self.site, digest, &passage.notes, self.figures);
                    compared += digest::check(self.site, policy, passage, text, &evidence, problems);
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
                let [zh_texts, en_texts] = &texts;
                pairs::figures([&zh[left], &en[right]], [&zh_texts[left], &en_texts[right]], told, problems);
                self.glossary.check(&zh[left], &en[right], problems);
            }
        }
        compared
    }
}

/// The severities that a site sets, of the rules whose severity may be set.
#[derive(Debug, Default)]
pub(crate) struct Severities(BTreeMap<&'static str, SeveritySetting>);

impl Severities {
    fn of(settings: &SiteSettings) -> Self {
        let adjustable = rules().into_iter().filter(|r| r.adjustable);
        let set = adjustable.filter_map(|r| Some((r.code, *settings.checks.get(r.code)?.get_ref())));
        Severities(set.collect())
    }

    /// Problems with the severities that are set for their codes.
    fn set(&self, mut problems: Vec<Problem>) -> Batch {
        problems.retain_mut(|problem| {
            match self.0.get(problem.code) {
                None => {}
                Some(SeveritySetting::Error) => problem.severity = Severity::Error,
                Some(SeveritySetting::Warning) => problem.severity = Severity::Warning,
                Some(SeveritySetting::Note) => problem.severity = Severity::Note,
                Some(SeveritySetting::Off) => return false,
            }
            true
        });
        problems.into()
    }

    /// The same for a batch, which stays as it is if it has none of these codes.
    pub(crate) fn apply(&self, batch: &Batch) -> Batch {
        match batch.iter().any(|p| self.0.contains_key(p.code)) {
            true => self.set(batch.iter().cloned().collect()),
            false => batch.clone(),
        }
    }
}

/// Problems with the severities that a site sets for their codes.
pub fn apply_settings(problems: Vec<Problem>, settings: &SiteSettings) -> Batch {
    Severities::of(settings).set(problems)
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
