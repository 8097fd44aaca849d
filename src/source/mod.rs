//! A source text: from the bytes as received to blocks with anchors, and finding a quote in them.
//!
//! 1. [`lines`] cuts the text into physical lines; [`noise`] says which parts of them the extraction
//!    added (running headers, page numbers, print blocks).
//! 2. [`layout`] decides, from the text as a whole and from two neighbouring lines, where a paragraph
//!    goes on and where a new one begins.
//! 3. [`heading`] recognises numbering, boxes and labelled run-in heads; [`responsibility`] reads
//!    who leads and who supports; [`table`] reads tab-separated rows, [`flat`] those that an extraction
//!    flattened.
//! 4. [`draft`] joins pieces to blocks in the making, [`outline`] gives them heads and levels, and
//!    [`reflow`] puts it all together into the [`Block`]s of a [`SourceText`].
//! 5. [`normal`] is the comparison form of words; [`quote`] finds quotes by it.
//!
//! Rules and a policy's own record decide what is noise and what is a heading; no rule knows a document.

pub mod anchor;
mod draft;
mod flat;
mod heading;
mod layout;
mod lines;
mod noise;
pub mod normal;
mod outline;
pub mod quote;
mod reflow;
pub mod responsibility;
mod table;

use std::collections::BTreeMap;
use std::ops::Range;

pub use anchor::Anchor;
pub use responsibility::Responsibility;

/// What a policy's record knows about its source text that rules can't know.
#[derive(Clone, Debug, Default)]
pub struct Hints {
    /// Noise by its words or from … to ….
    pub noise: Vec<NoiseHint>,
    /// Heading levels by anchor: 1 to 6, or 0 for «no heading».
    pub headings: BTreeMap<Anchor, u8>,
}

/// How a record names extraction noise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoiseHint {
    /// Lines that consist of these words; where there is no such line, the words wherever they stand.
    Words(String),
    /// From the first words up to and including the last.
    Span {
        /// The words that the noise begins with.
        from: String,
        /// The words that it ends with.
        to: String,
    },
}

/// What kind of thing a block is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The document's title.
    Title,
    /// A heading that stands alone; level 2 to 6.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A table's own title line.
    Caption,
    /// A table row.
    Row(Row),
    /// Extraction noise.
    Noise,
}

/// A table row: its cells, and where it stands in its table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Index of the table within the source, from 0.
    pub table: usize,
    /// Whether this is the table's header row.
    pub header: bool,
    /// Cells from the left as ranges of the block's text, empty cells included.
    pub cells: Vec<Range<usize>>,
    /// For a first cell left empty because its group's first row fills it: how many rows up that is.
    pub group_from: usize,
    /// For a first cell that opens a group: how many rows the group has, this one included.
    pub group_rows: usize,
}

/// A labelled head that a paragraph begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Level in the outline, 2 to 6.
    pub level: u8,
    /// Where the head ends, in bytes of the block's text.
    pub end: usize,
}

/// One heading, paragraph, table row or piece of noise of a reflowed source text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its address.
    pub anchor: Anchor,
    /// What it is.
    pub kind: Kind,
    /// Its words: line breaks and the extraction's own marks gone; cells of a row joined by ` | `.
    pub text: String,
    /// A run-in head, if it has one.
    pub head: Option<Head>,
    /// Responsibility notes in the text.
    pub notes: Vec<Responsibility>,
    /// Raw lines (from 1) that hold words of it.
    pub lines: Vec<u32>,
}

impl Block {
    /// The outline level of the block: a heading's, or its run-in head's.
    pub fn level(&self) -> Option<u8> {
        match self.kind {
            Kind::Title => Some(1),
            Kind::Heading(level) => Some(level),
            _ => self.head.map(|h| h.level),
        }
    }

    /// The words that the outline shows: the heading, without leading dashes and closing punctuation.
    pub fn label(&self) -> &str {
        let end = self.head.map_or(self.text.len(), |h| h.end);
        self.text[..end].trim_start_matches(['—', '–', '-', ' ']).trim_end_matches(['。', '：', ':', '.'])
    }

    /// Whether the block belongs to the text rather than to its extraction.
    pub fn is_text(&self) -> bool {
        self.kind != Kind::Noise
    }
}

/// A reflowed source text.
#[derive(Clone, Debug)]
pub struct SourceText {
    /// All blocks in reading order; a piece of noise stands after the block that it cuts.
    pub blocks: Vec<Block>,
    by_anchor: BTreeMap<Anchor, usize>,
    /// Header rows by table.
    headers: BTreeMap<usize, usize>,
    index: quote::QuoteIndex,
    /// Hints that matched nothing: the record is out of step with the text.
    pub unused_hints: Vec<String>,
}

impl SourceText {
    /// Reflows a text. Never fails: what no rule recognises is a paragraph.
    pub fn new(raw: &str, hints: &Hints) -> Self {
        let (blocks, unused_hints) = reflow::reflow(raw, hints);
        let mut by_anchor = BTreeMap::new();
        for (i, block) in blocks.iter().enumerate() {
            by_anchor.insert(block.anchor, i);
        }
        for (i, block) in blocks.iter().enumerate().filter(|(_, b)| b.is_text()) {
            for &line in &block.lines {
                by_anchor.entry(Anchor { line, offset: 0 }).or_insert(i);
            }
        }
        let header = |(i, b): (usize, &Block)| match &b.kind {
            Kind::Row(row) if row.header => Some((row.table, i)),
            _ => None,
        };
        let headers = blocks.iter().enumerate().rev().filter_map(header).collect();
        let index = quote::QuoteIndex::new(&blocks);
        SourceText { blocks, by_anchor, headers, index, unused_hints }
    }

    /// The block with this address or alias.
    pub fn block_at(&self, anchor: Anchor) -> Option<usize> {
        self.by_anchor.get(&anchor).copied()
    }

    /// Finds a quote; see [`quote`].
    ///
    /// # Errors
    /// Why there is not exactly one place for it.
    pub fn find(&self, wanted: &quote::Wanted<'_>) -> Result<quote::Found, quote::NotFound> {
        self.index.find(self, wanted)
    }

    /// Headings and run-in heads in order, as indexes of blocks.
    pub fn outline(&self) -> impl Iterator<Item = usize> + '_ {
        self.blocks.iter().enumerate().filter(|(_, b)| b.level().is_some()).map(|(i, _)| i)
    }

    /// The header row of a row's table, if it has one.
    pub fn header_of(&self, table: usize) -> Option<&Block> {
        self.headers.get(&table).map(|i| &self.blocks[*i])
    }
}

#[cfg(test)]
mod tests {
    use super::quote::Wanted;
    use super::*;
    use proptest::prelude::*;

    /// Letters of which texts that try the rules are made.
    const LETTERS: &str = "[一二（三）()、。，：；“”《》—*\\-\\t\\n\\r 0-9a-zA-Z甲乙丙丁专栏第章节条责任单位牵头:;|〈〉页/抄送印发年月日方案]{0,160}";

    proptest! {
        #[test]
        fn reflow_loses_nothing_and_never_panics(raw in LETTERS) {
            let source = SourceText::new(&raw, &Hints::default());
            let count = |t: &str| t.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '-' | '|')).count();
            prop_assert_eq!(source.blocks.iter().map(|b| count(&b.text)).sum::<usize>(), count(&raw));
            let mut anchors: Vec<Anchor> = source.blocks.iter().map(|b| b.anchor).collect();
            anchors.sort();
            anchors.dedup();
            prop_assert_eq!(anchors.len(), source.blocks.len());
            for (i, block) in source.blocks.iter().enumerate() {
                prop_assert_eq!(source.block_at(block.anchor), Some(i));
                prop_assert!(block.head.is_none_or(|h| block.text.is_char_boundary(h.end)));
            }
        }

        #[test]
        fn what_stands_in_a_block_is_found_there(raw in LETTERS, from in 0usize..40, length in 1usize..30) {
            let source = SourceText::new(&raw, &Hints::default());
            for block in &source.blocks {
                let words: String = block.text.chars().skip(from).take(length).collect();
                let wanted = Wanted { text: &words, anchor: Some(block.anchor), ..Wanted::default() };
                match source.find(&wanted) {
                    Ok(found) => prop_assert_eq!(
                        normal::normalise(&source.blocks[found.block].text[found.range]),
                        normal::normalise(&words)
                    ),
                    Err(quote::NotFound::Absent { .. }) => {
                        // Blanks and edges at the ends of a piece cut out of a block may fold otherwise.
                        prop_assert!(words.contains([' ', '|', '*', '-', '—', '\n']), "{:?} in {:?}", words, block.text);
                    }
                    Err(_) => {}
                }
            }
        }
    }
}
