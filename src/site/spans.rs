//! The quoted spans of one source: each once, with who cites it and our translation of it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::concord::Translation;
use super::look::Quoted;
use super::{Span, Use};
use crate::source::SourceText;
use crate::source::normal::normalise;
use crate::source::quote::Found;

/// The spans of a source by block and place, and for each block the range of its own.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Spans {
    pub(super) all: Arc<[Span]>,
    pub(super) by_block: Arc<[Range<usize>]>,
}

/// Which occurrence of its words a span is, who cites it, and its translation.
type Cited<'a> = (usize, Vec<&'a Use>, Option<Translation>);

impl Spans {
    /// The spans of what is quoted from a source. Of two translations the first stands.
    pub(super) fn new<'a>(source: &SourceText, quotes: impl Iterator<Item = &'a Quoted>) -> Self {
        let mut spans: BTreeMap<(usize, usize, usize), Cited<'a>> = BTreeMap::new();
        for quote in quotes {
            let found = &quote.found;
            let key = (found.block, found.range.start, found.range.end);
            let (_, uses, translation) = spans.entry(key).or_insert((found.occurrence, Vec::new(), None));
            uses.push(&quote.by);
            *translation = translation.or(quote.translation);
        }
        let mut by_block = vec![0..0; source.blocks.len()];
        let mut all = Vec::with_capacity(spans.len());
        for ((block, start, end), (occurrence, mut uses, translation)) in spans {
            uses.sort();
            uses.dedup();
            if by_block[block].is_empty() {
                by_block[block] = all.len()..all.len();
            }
            by_block[block].end += 1;
            let words = &source.blocks[block].text[start..end];
            let uses = uses.into_iter().cloned().collect();
            all.push(Span { id: id(words, occurrence), block, range: start..end, uses, translation });
        }
        Spans { all: all.into(), by_block: by_block.into() }
    }

    /// The index of a quote that is among them.
    pub(super) fn index(&self, found: &Found) -> usize {
        let key = (found.block, found.range.start, found.range.end);
        self.all.partition_point(|s| (s.block, s.range.start, s.range.end) < key)
    }
}

/// The id of quoted words on the source page: it depends on the words alone, and on which of their
/// occurrences is meant if it is not the first.
fn id(words: &str, occurrence: usize) -> String {
    let hash = blake3::hash(normalise(words).as_bytes()).to_hex();
    match occurrence {
        0 | 1 => format!("q-{}", &hash[..10]),
        n => format!("q-{}-{n}", &hash[..10]),
    }
}
