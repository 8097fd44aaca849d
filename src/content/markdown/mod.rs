//! Digests and other prose: Markdown to a tree in which every block and citation knows its place.
//!
//! 1. [`footnote`] cuts the definitions of citations out of the text, raw.
//! 2. [`emphasis`] makes `**` beside full-width punctuation mean what a curator means.
//! 3. [`parse`](fn@parse) turns the parser's events into [`Block`]s and [`Inline`]s.

pub mod emphasis;
pub mod footnote;
mod parse;

use std::ops::Range;

use super::fields::Lang;
pub use footnote::Footnote;
pub use parse::parse;

/// A Markdown file.
#[derive(Clone, Debug)]
pub struct Digest {
    /// Its path.
    pub file: String,
    /// Its language.
    pub lang: Lang,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// Definitions of citations, in the order of the file.
    pub footnotes: Vec<Footnote>,
    /// Citations in the order of the text.
    pub citations: Vec<Citation>,
    /// Runs of `**` that open and close nothing: readers see them.
    pub stray: Vec<Range<usize>>,
}

/// A footnote reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The label between `[^` and `]`.
    pub label: String,
    /// Where it stands.
    pub span: Range<usize>,
    /// Id of the heading that it stands under.
    pub heading: Option<String>,
}

/// A block of Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands.
    pub span: Range<usize>,
}

/// Kinds of blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// A heading.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its explicit id.
        id: String,
        /// Its words.
        words: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A list.
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        /// Its items.
        items: Vec<Vec<Block>>,
    },
    /// A table.
    Table {
        /// Whether each column is set flush right.
        numeric: Vec<bool>,
        /// The header's cells.
        header: Vec<Vec<Inline>>,
        /// The rows.
        rows: Vec<Vec<Vec<Inline>>>,
    },
    /// A quotation set apart.
    Quotation(Vec<Block>),
    /// Code.
    Code {
        /// Its language, or nothing.
        language: String,
        /// The code.
        text: String,
    },
    /// A rule between parts.
    Rule,
}

/// Inline content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    /// Words.
    Text(String),
    /// `*…*`
    Emphasis(Vec<Inline>),
    /// `**…**`
    Strong(Vec<Inline>),
    /// `~~…~~`
    Deleted(Vec<Inline>),
    /// `` `…` ``
    Code(String),
    /// An ordinary link.
    Link {
        /// Its address.
        to: String,
        /// Its words.
        words: Vec<Inline>,
        /// Where it stands.
        span: Range<usize>,
    },
    /// `[[id]]`, `[[kind:id|words]]`
    Reference {
        /// What stands before the bar.
        target: String,
        /// What stands after it.
        words: Option<Vec<Inline>>,
        /// Where it stands.
        span: Range<usize>,
    },
    /// `[^label]`: index into [`Digest::citations`].
    Citation(usize),
    /// A hard line break.
    Break,
}

impl Digest {
    /// Ids, levels and places of the headings, in order.
    pub fn headings(&self) -> impl Iterator<Item = (&str, u8, &Range<usize>)> {
        self.blocks.iter().filter_map(|b| match &b.kind {
            BlockKind::Heading { level, id, .. } => Some((id.as_str(), *level, &b.span)),
            _ => None,
        })
    }

    /// Calls `visit` with every inline of the digest, in order.
    pub fn each_inline<'a>(&'a self, visit: &mut impl FnMut(&'a Inline)) {
        for block in &self.blocks {
            block.each_inline(visit);
        }
    }
}

impl Block {
    /// Calls `visit` with every inline of the block, in order.
    pub fn each_inline<'a>(&'a self, visit: &mut impl FnMut(&'a Inline)) {
        match &self.kind {
            BlockKind::Heading { words, .. } | BlockKind::Paragraph(words) => each(words, visit),
            BlockKind::List { items, .. } => items.iter().flatten().for_each(|b| b.each_inline(visit)),
            BlockKind::Quotation(blocks) => blocks.iter().for_each(|b| b.each_inline(visit)),
            BlockKind::Table { header, rows, .. } => {
                header.iter().chain(rows.iter().flatten()).for_each(|cell| each(cell, visit));
            }
            BlockKind::Code { .. } | BlockKind::Rule => {}
        }
    }
}

fn each<'a>(inlines: &'a [Inline], visit: &mut impl FnMut(&'a Inline)) {
    for inline in inlines {
        visit(inline);
        match inline {
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Deleted(inner)
            | Inline::Link { words: inner, .. }
            | Inline::Reference { words: Some(inner), .. } => each(inner, visit),
            _ => {}
        }
    }
}

/// The plain words of inlines, without citations.
pub fn plain(inlines: &[Inline]) -> String {
    let mut out = String::new();
    each(inlines, &mut |inline| match inline {
        Inline::Text(text) | Inline::Code(text) => out.push_str(text),
        Inline::Reference { target, words: None, .. } => out.push_str(target),
        Inline::Break => out.push(' '),
        _ => {}
    });
    out
}
