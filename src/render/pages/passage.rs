//! A passage of a source on a page about something else: its sentences that name the thing, our
//! translation of what a digest cites of them, and the ways to the source and the digest.

use std::fmt::Write as _;
use std::ops::Range;

use serde::Serialize;

use super::views::LinkView;
use crate::content::fields::Lang;
use crate::content::markdown::{BlockKind, plain};
use crate::render::Renderer;
use crate::render::kept;
use crate::site::concord::{DigestUse, Passage};
use crate::site::{Entity, Span, Use};
use crate::source::{Block, Kind};

/// Most translations that a passage shows.
const TRANSLATIONS: usize = 4;

/// A passage in a list.
#[derive(Serialize)]
pub(in crate::render) struct PassageView {
    pub(in crate::render) policy: LinkView,
    pub(in crate::render) anchor: String,
    pub(in crate::render) url: String,
    /// The sentences as HTML, the names marked.
    pub(in crate::render) html: String,
    /// Our translations of cited words of these sentences; on English pages only.
    pub(in crate::render) translations: Vec<String>,
    /// Headings of the digest that cite these sentences.
    pub(in crate::render) digest: Vec<LinkView>,
}

impl Renderer<'_> {
    pub(in crate::render) fn passage_view(&self, passage: &Passage, lang: Lang) -> PassageView {
        let block = &self.site.policies[passage.policy].source.blocks[passage.block];
        let ranges = sentences(block, &passage.marks);
        self.words_view(passage.policy, passage.block, &ranges, &passage.marks, lang)
    }

    /// Words of a block, with what is marked in them.
    pub(in crate::render) fn words_view(
        &self,
        policy: usize,
        block: usize,
        ranges: &[Range<usize>],
        marks: &[Range<usize>],
        lang: Lang,
    ) -> PassageView {
        let own = &self.site.policies[policy];
        let text = &own.source.blocks[block].text;
        let mut html = String::new();
        for (i, range) in ranges.iter().enumerate() {
            if i > 0 {
                html.push_str("……");
            }
            let mut at = range.start;
            for mark in marks.iter().filter(|m| range.start <= m.start && m.end <= range.end) {
                kept::write(&mut html, &text[at..mark.start.max(at)]);
                html.push_str("<mark>");
                kept::write(&mut html, &text[mark.start.max(at)..mark.end.max(at)]);
                html.push_str("</mark>");
                at = mark.end.max(at);
            }
            kept::write(&mut html, &text[at..range.end]);
        }
        let overlaps = |s: &Span| ranges.iter().any(|r| r.start < s.range.end && s.range.start < r.end);
        let spans: Vec<usize> = own.block_spans[block].clone().filter(|&s| overlaps(&own.spans[s])).collect();
        let translated = |s: usize| self.site.translation(policy, s).filter(|_| lang == Lang::En);
        // Of a quote within a quote the longer one's translation says it all.
        let within = |s: usize| {
            let inner = &own.spans[s].range;
            spans.iter().any(|&o| {
                let outer = &own.spans[o].range;
                outer.len() > inner.len()
                    && outer.start <= inner.start
                    && inner.end <= outer.end
                    && translated(o).is_some()
            })
        };
        let mut translations: Vec<String> = Vec::new();
        let mut digest: Vec<LinkView> = Vec::new();
        let mut headings: Vec<(usize, &str)> = Vec::new();
        for &s in &spans {
            if translations.len() < TRANSLATIONS
                && let Some(words) = translated(s)
                && !within(s)
                && !translations.iter().any(|t| t == words)
            {
                translations.push(words.to_owned());
            }
            for by in &own.spans[s].uses {
                if let Use::Digest { policy, lang: of, heading: Some(heading) } = by
                    && *of == lang
                    && !headings.contains(&(*policy, heading))
                {
                    headings.push((*policy, heading));
                    let url = format!("{}#{heading}", self.urls().entity(self.site, Entity::Policy(*policy), lang));
                    digest.push(LinkView { url, name: self.heading_words(*policy, lang, heading) });
                }
            }
        }
        PassageView {
            policy: self.policy_link(policy, lang),
            anchor: own.source.blocks[block].anchor.to_string(),
            url: self.urls().block(self.site, policy, block, lang),
            html,
            translations,
            digest,
        }
    }

    /// A heading of a digest that names something.
    pub(in crate::render) fn digest_use(&self, by: &DigestUse, lang: Lang) -> LinkView {
        let url = self.urls().entity(self.site, Entity::Policy(by.policy), lang);
        let block = by.heading.and_then(|b| {
            let digest = self.site.policies[by.policy].digests[lang.index()].as_ref()?;
            digest.digest.blocks.get(b)
        });
        match block.map(|b| &b.kind) {
            Some(BlockKind::Heading { id, words, .. }) => LinkView { url: format!("{url}#{id}"), name: plain(words) },
            _ => LinkView { url, name: self.word(lang, "digest_start").to_owned() },
        }
    }

    /// The words of a digest's heading.
    pub(in crate::render) fn heading_words(&self, policy: usize, lang: Lang, id: &str) -> String {
        let digest = self.site.policies[policy].digests[lang.index()].as_ref();
        digest
            .and_then(|d| {
                d.digest.blocks.iter().find_map(|b| match &b.kind {
                    BlockKind::Heading { id: own, words, .. } if own == id => Some(plain(words)),
                    _ => None,
                })
            })
            .unwrap_or_default()
    }
}

/// The sentences of a block that hold the marks: whole, in order, notes left out. A table row is one.
pub(in crate::render) fn sentences(block: &Block, marks: &[Range<usize>]) -> Vec<Range<usize>> {
    if matches!(block.kind, Kind::Row(_)) {
        return std::iter::once(0..block.text.len()).collect();
    }
    let mut out: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        if out.last().is_some_and(|r| mark.end <= r.end) {
            continue;
        }
        let start =
            block.text[..mark.start].char_indices().rev().find(|(_, c)| ends(*c)).map_or(0, |(i, c)| i + c.len_utf8());
        let end = block.text[mark.end..]
            .char_indices()
            .find(|(_, c)| ends(*c))
            .map_or(block.text.len(), |(i, c)| mark.end + i + c.len_utf8());
        let start = block.notes.iter().map(|n| n.span.end).filter(|e| *e <= mark.start).fold(start, usize::max);
        let end = block.notes.iter().map(|n| n.span.start).filter(|s| *s >= mark.end).fold(end, usize::min);
        match out.last_mut() {
            Some(last) if last.end >= start => last.end = last.end.max(end),
            _ => out.push(start..end),
        }
    }
    out
}

fn ends(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | ';' | '\n')
}

/// The first sentence of a block, at most so many characters.
pub(in crate::render) fn opening(block: &Block, most: usize) -> String {
    let end = block.notes.iter().map(|n| n.span.start).min().unwrap_or(block.text.len());
    let text = &block.text[..end];
    let sentence =
        text.char_indices().find(|(_, c)| matches!(c, '。' | '；')).map_or(text, |(i, c)| &text[..i + c.len_utf8()]);
    let mut out = String::new();
    for (i, c) in sentence.chars().enumerate() {
        if i == most {
            let _ = write!(out, "……");
            break;
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Hints, SourceText};

    #[test]
    fn whole_sentences_without_notes() {
        let source =
            SourceText::new("建设码头。发展物流，支持物流园；培育企业。（责任单位：市物流局）", &Hints::default());
        let block = &source.blocks[0];
        let mark = |word: &str| {
            let at = block.text.find(word).expect("the word stands in the block");
            at..at + word.len()
        };
        let found = |marks: &[Range<usize>]| -> Vec<&str> {
            sentences(block, marks).into_iter().map(|r| &block.text[r]).collect()
        };
        assert_eq!(found(&[mark("物流"), mark("物流园")]), ["发展物流，支持物流园；"]);
        assert_eq!(found(&[mark("码头"), mark("企业")]), ["建设码头。", "培育企业。"]);
        assert_eq!(opening(block, 3), "建设码……");
    }
}
