//! Linking: content and source texts to a [`Site`].

use rayon::prelude::*;

use super::assemble::assemble;
use super::look::{Linker, Looked};
use super::{DateSource, Ids, Site, source_text};
use crate::content::{Content, PolicyContent};
use crate::diagnostic::{Problem, Severity};
use crate::read::Tree;
use crate::source::SourceText;

/// A linked site, as far as it could be linked, and the problems met.
#[derive(Debug)]
pub struct Linked {
    /// The site; `None` if something is missing without which no page can be made.
    pub site: Option<Site>,
    /// The problems.
    pub problems: Vec<Problem>,
}

/// Links a site.
pub fn link(content: Content, tree: &Tree, dates: DateSource) -> Linked {
    let today = dates.resolve(&content);
    let ids = Ids::new(&content);
    let mut problems = Vec::new();
    let policies: Vec<&PolicyContent> = content.policies.values().collect();
    let read: Vec<(Option<SourceText>, Vec<Problem>)> =
        policies.par_iter().map(|p| source_text::read(p, tree)).collect();
    let mut sources = Vec::with_capacity(read.len());
    for (source, found) in read {
        problems.extend(found);
        sources.push(source);
    }
    let linker = Linker { content: &content, ids: &ids, policies: &policies, sources: &sources };
    // Each policy is looked through on its own; what it found is put together in order.
    let looked: Vec<Looked> = (0..policies.len()).into_par_iter().map(|i| linker.policy(i)).collect();
    let prose = linker.all_prose();
    let guide = linker.guide();
    let whole = sources.iter().all(Option::is_some);
    problems.extend(looked.iter().flat_map(|l| l.problems.iter().cloned()));
    problems.extend(prose.iter().flat_map(|(_, l)| l.problems.iter().cloned()));
    problems.extend(guide.iter().flat_map(|l| l.problems.iter().cloned()));
    problems.extend(linker.entities());
    // What cites an entry that could not be read rests on nothing; that entry has been reported.
    let readable = policies.iter().all(|p| p.targets.unreadable.is_empty());
    if !whole || !readable || problems.iter().any(|p| p.severity == Severity::Error) {
        return Linked { site: None, problems };
    }
    let site = assemble(content, ids, sources.into_iter().flatten().collect(), looked, prose, guide, today);
    Linked { site, problems }
}
