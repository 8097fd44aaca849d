//! The citations of a digest: each label to the quote, target, fact or derived figure that it names.

use std::collections::{BTreeMap, BTreeSet};

use super::concord::Translation;
use super::look::{Linker, Looked, LookedDigest, NoteKind, Quoted};
use super::{Entity, TargetRef, Use, evidence};
use crate::content::fields::{Lang, Quote};
use crate::content::markdown::{Citation, Digest, Inline};
use crate::content::targets::Target;
use crate::diagnostic::Problem;

/// What a label names among a policy's data: what kind of thing, its quote with the policy whose
/// source it is in, our translation.
type Datum<'a> = (NoteKind, Option<(usize, &'a Quote)>, String);

/// What a piece of prose belongs to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Owner {
    /// A policy, whose source its quotes are of unless they say otherwise.
    Policy(usize),
    /// A place or topic.
    Entity(Entity),
    /// A page of the guide.
    Guide(usize),
}

impl Linker<'_> {
    /// Resolves the citations and references of a digest or of other prose.
    pub(super) fn digest(&self, digest: &Digest, owner: Owner, looked: &mut Looked) -> LookedDigest {
        let of = match owner {
            Owner::Policy(policy) => Some(policy),
            Owner::Entity(_) | Owner::Guide(_) => None,
        };
        let mut out = LookedDigest::default();
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let mut defined: BTreeSet<&str> = BTreeSet::new();
        for note in &digest.footnotes {
            if !defined.insert(&note.label) {
                looked.problems.push(
                    Problem::error("duplicate-id", format!("two definitions have the label `{}`", note.label))
                        .at(&digest.file, note.label_span.clone())
                        .help("take one out, or give it another label"),
                );
            }
            if !digest.citations.iter().any(|c| c.label == note.label) {
                looked.problems.push(
                    Problem::error("unused-footnote", format!("nothing cites `{}`", note.label))
                        .at(&digest.file, note.label_span.clone())
                        .help(format!("cite it with [^{}], or take it out", note.label)),
                );
            }
        }
        for citation in &digest.citations {
            let by = |heading: &Option<String>| match owner {
                Owner::Policy(policy) => Use::Digest { policy, lang: digest.lang, heading: heading.clone() },
                Owner::Entity(entity) => Use::Prose(entity, digest.lang),
                Owner::Guide(page) => Use::Guide(page, digest.lang),
            };
            if let Some(&n) = numbers.get(citation.label.as_str()) {
                // Cited again under another heading: one note, one more use.
                if let Some(q) = out.notes[n].1 {
                    let again = Quoted { by: by(&citation.heading), translation: None, ..looked.quotes[q].clone() };
                    looked.quotes.push(again);
                }
                out.note_of.push(n);
                continue;
            }
            let note = self.note(of, digest, citation, looked, &by(&citation.heading));
            if let (Some((_, Some(quote), translation)), Some(policy), Lang::En) = (&note, of, digest.lang)
                && !translation.is_empty()
            {
                looked.quotes[*quote].translation = Some(Translation::Note(policy, out.notes.len()));
            }
            numbers.insert(&citation.label, out.notes.len());
            out.note_of.push(out.notes.len());
            out.notes.push(note.unwrap_or((NoteKind::Quote, None, String::new())));
        }
        digest.each_inline(&mut |inline| {
            if let Inline::Reference { target, span, .. } = inline
                && let Err(problem) = self.ids.resolve(target)
            {
                looked.problems.push(problem.at(&digest.file, span.clone()));
            }
        });
        out
    }

    fn note(
        &self,
        of: Option<usize>,
        digest: &Digest,
        citation: &Citation,
        looked: &mut Looked,
        by: &Use,
    ) -> Option<(NoteKind, Option<usize>, String)> {
        let label = citation.label.as_str();
        let definition = digest.footnotes.iter().find(|n| n.label == label);
        let datum = self.datum(of, label, &mut looked.others);
        if let Some((kind, quote, translation)) = datum {
            if let Some(definition) = definition {
                looked.problems.push(
                    Problem::error("duplicate-id", format!("`{label}` is the id of an entry of targets.toml"))
                        .at(&digest.file, definition.label_span.clone())
                        .help("give the citation another label, or take its definition out"),
                );
            }
            let NoteKind::Derived(..) = kind else {
                let (policy, quote) = quote?;
                let source = self.sources[policy].as_ref()?;
                let seed = self.policies[policy].record.source.file.get_ref();
                // A wrong quote is reported where it is written, in targets.toml.
                let found = evidence::find(quote, source, seed, "", 0..0).ok()?;
                looked.quotes.push(Quoted { policy, found, by: by.clone(), translation: None });
                return Some((kind, Some(looked.quotes.len() - 1), translation));
            };
            return Some((kind, None, String::new()));
        }
        let Some(definition) = definition else {
            if of.is_some_and(|p| self.policies[p].targets.unreadable.iter().any(|id| id == label)) {
                return None;
            }
            let known = digest.footnotes.iter().map(|n| n.label.as_str()).chain(self.labels(of));
            looked.problems.push(
                Problem::error("unknown-citation", format!("nothing defines the citation `{label}`"))
                    .at(&digest.file, citation.span.clone())
                    .did_you_mean(label, known)
                    .help(format!("write [^{label}]: and the quote, or the id of a target")),
            );
            return None;
        };
        let policy = match &definition.policy {
            None => of,
            Some(id) => match self.ids.of_kind("policy", id) {
                Ok(policy) => Some(policy),
                Err(problem) => {
                    looked.problems.push(problem.at(&digest.file, definition.quote_span.clone()));
                    return None;
                }
            },
        };
        let Some(policy) = policy else {
            looked.problems.push(
                Problem::error("quote-without-policy", "it is not said which policy is quoted")
                    .at(&digest.file, definition.quote_span.clone())
                    .help("end the line with {policy=…}"),
            );
            return None;
        };
        if of != Some(policy) {
            looked.others.insert(policy);
        }
        let source = self.sources[policy].as_ref()?;
        let seed = self.policies[policy].record.source.file.get_ref();
        let span = definition.quote_span.clone();
        match evidence::find(&definition.quote, source, seed, &digest.file, span) {
            Ok(found) => {
                looked.quotes.push(Quoted { policy, found, by: by.clone(), translation: None });
                Some((NoteKind::Quote, Some(looked.quotes.len() - 1), definition.translation.clone()))
            }
            Err(problem) => {
                looked.problems.push(problem);
                None
            }
        }
    }

    /// The entry of `targets.toml` that a label names: its own policy's, or `policy/id`.
    fn datum(&self, of: Option<usize>, label: &str, others: &mut BTreeSet<usize>) -> Option<Datum<'_>> {
        let (policy, id) = match label.split_once('/') {
            Some((policy, id)) => (self.ids.of_kind("policy", policy).ok()?, id),
            None => (of?, label),
        };
        if of != Some(policy) {
            others.insert(policy);
        }
        let all = &self.policies[policy].targets;
        let translation = |t: &Target| t.quote_en.as_ref().map(|q| q.get_ref().clone()).unwrap_or_default();
        if let Some(target) = all.targets.iter().position(|t| t.id.get_ref() == id) {
            let entry = &all.targets[target];
            let kind = NoteKind::Target(TargetRef { policy, target });
            return Some((kind, Some((policy, entry.quote.get_ref())), translation(entry)));
        }
        if let Some(target) = all.facts.iter().position(|t| t.id.get_ref() == id) {
            let entry = &all.facts[target];
            let kind = NoteKind::Fact(TargetRef { policy, target });
            return Some((kind, Some((policy, entry.quote.get_ref())), translation(entry)));
        }
        let derived = all.derived.iter().position(|d| d.id.get_ref() == id)?;
        Some((NoteKind::Derived(policy, derived), None, String::new()))
    }

    fn labels(&self, of: Option<usize>) -> impl Iterator<Item = &str> {
        of.into_iter().flat_map(|p| {
            let all = &self.policies[p].targets;
            all.targets.iter().chain(&all.facts).map(|t| t.id.get_ref().as_str())
        })
    }
}
