//! What the source texts say in figures, block by block, and what a quoted span of one says.
//!
//! A figure is judged with the words around it in its block; a table row with its header.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use super::compare::{Said, Text};
use super::said::flat;
use crate::content::fields::Lang;
use crate::quantity::reading::Reading;
use crate::quantity::{chinese, row};
use crate::site::{Policy, Site, Span, SpanRef};
use crate::source::{Block, Kind, SourceText};

/// A figure of a source text.
#[derive(Clone, Debug)]
pub(super) struct SourceFigure {
    /// As it reads; its span is bytes of the block's text.
    pub(super) reading: Reading,
    /// The year of its column, in a table.
    pub(super) year: Option<i16>,
}

/// The figures of a source, block by block.
#[derive(Debug)]
pub(super) struct SourceFigures {
    pub(super) blocks: Vec<Vec<SourceFigure>>,
}

impl SourceFigures {
    /// Reads the figures of a source.
    pub(super) fn new(source: &SourceText) -> Self {
        let mut headers: Vec<Option<&Block>> = Vec::new();
        let blocks = source
            .blocks
            .iter()
            .map(|block| match &block.kind {
                Kind::Row(own) => {
                    if own.header {
                        headers.resize(own.table + 1, None);
                        headers[own.table] = Some(block);
                        return Vec::new();
                    }
                    row_figures(headers.get(own.table).copied().flatten(), block)
                }
                _ => prose_figures(&block.text),
            })
            .collect();
        SourceFigures { blocks }
    }

    /// The figures that a span of a block holds or touches.
    pub(super) fn within<'a>(
        &'a self,
        block: usize,
        range: &'a Range<usize>,
    ) -> impl Iterator<Item = &'a SourceFigure> {
        self.blocks[block].iter().filter(move |f| touches(&f.reading.span, range))
    }
}

/// The figures of a policy's source, and what each quoted span of it says.
#[derive(Debug)]
pub(super) struct Figures {
    pub(super) source: Arc<SourceFigures>,
    spans: Vec<SpanSaid>,
}

/// What a quoted span says.
#[derive(Debug)]
pub(super) struct SpanSaid {
    /// Its figures as they read in its block, its years, all its numbers and names.
    pub(super) said: Said,
    /// Years around it: see [`Quoted::years_around`].
    pub(super) around: BTreeSet<i16>,
}

impl Figures {
    pub(super) fn new(policy: &Policy, source: &Arc<SourceFigures>) -> Self {
        let span = |span: &Span| {
            let quoted = Quoted { policy, block: span.block, range: span.range.clone() };
            let within = source.within(quoted.block, &quoted.range).map(|f| f.reading.clone());
            let read = Text::read(quoted.words(), Lang::Zh).said;
            let said = Said {
                readings: flat(within),
                years: quoted.years(),
                numbers: read.numbers,
                doubles: read.doubles,
                names: read.names,
                ..Said::default()
            };
            SpanSaid { said, around: quoted.years_around() }
        };
        Figures { source: Arc::clone(source), spans: policy.spans.iter().map(span).collect() }
    }

    /// The figures that a span of a block holds or touches.
    pub(super) fn within<'a>(
        &'a self,
        block: usize,
        range: &'a Range<usize>,
    ) -> impl Iterator<Item = &'a SourceFigure> {
        self.source.within(block, range)
    }

    /// What a quoted span says.
    pub(super) fn said(&self, span: usize) -> &SpanSaid {
        &self.spans[span]
    }
}

/// Whether two ranges share a byte.
pub(super) fn touches(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn prose_figures(text: &str) -> Vec<SourceFigure> {
    chinese::read(text).into_iter().map(|reading| SourceFigure { reading, year: None }).collect()
}

fn row_figures(header: Option<&Block>, block: &Block) -> Vec<SourceFigure> {
    let Kind::Row(own) = &block.kind else { return Vec::new() };
    let Some((header, Kind::Row(head))) = header.map(|h| (h, &h.kind)) else { return prose_figures(&block.text) };
    row::read((&header.text, &head.cells), (&block.text, &own.cells))
        .into_iter()
        .map(|f| SourceFigure { reading: f.reading, year: f.year })
        .collect()
}

/// What a quoted span says, beyond its figures.
#[derive(Clone, Debug)]
pub(super) struct Quoted<'a> {
    pub(super) policy: &'a Policy,
    pub(super) block: usize,
    pub(super) range: Range<usize>,
}

impl<'a> Quoted<'a> {
    pub(super) fn new(site: &'a Site, span: SpanRef) -> Self {
        let (policy, span) = site.span(span);
        Quoted { policy, block: span.block, range: span.range.clone() }
    }

    /// The quoted words.
    pub(super) fn words(&self) -> &'a str {
        &self.policy.source.blocks[self.block].text[self.range.clone()]
    }

    /// Whether it is of a table's row.
    pub(super) fn is_row(&self) -> bool {
        matches!(self.policy.source.blocks[self.block].kind, Kind::Row(_))
    }

    /// The header of the table that its row is of.
    fn header(&self) -> Option<&'a str> {
        let source = &self.policy.source;
        match &source.blocks[self.block].kind {
            Kind::Row(row) => source.header_of(row.table).map(|h| h.text.as_str()),
            _ => None,
        }
    }

    /// The sentences that the quote stands in, whole.
    pub(super) fn sentences(&self) -> &'a str {
        let text = &self.policy.source.blocks[self.block].text;
        const STOPS: [char; 6] = ['。', '；', ';', '！', '？', '!'];
        let start =
            text[..self.range.start].rfind(STOPS).map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
        let end = text[self.range.end..].find(STOPS).map_or(text.len(), |i| self.range.end + i);
        &text[start..end]
    }

    /// Years that the quote names itself.
    pub(super) fn years(&self) -> BTreeSet<i16> {
        let words = self.words();
        if !self.is_row() {
            return years(words);
        }
        // A cell that is a number and no more is a value, but for the year that a row begins with.
        let yearly =
            self.range.start == 0 && self.header().is_some_and(|h| h.starts_with('年') || h.starts_with("时间"));
        let named = |(n, cell): &(usize, &str)| yearly && *n == 0 || cell.contains(|c: char| !c.is_ascii_digit());
        words.split(" | ").enumerate().filter(named).flat_map(|(_, cell)| years(cell)).collect()
    }

    /// Years that its sentences name or a plan's name in them implies, and in a table its header and caption.
    pub(super) fn years_around(&self) -> BTreeSet<i16> {
        let mut out = years(self.sentences());
        out.extend(plan_years(self.sentences()));
        let source = &self.policy.source;
        if let Kind::Row(row) = &source.blocks[self.block].kind {
            out.extend(source.header_of(row.table).map(|h| years(&h.text)).unwrap_or_default());
            let captions =
                source.blocks[..self.block].iter().rev().take_while(|b| matches!(b.kind, Kind::Row(_) | Kind::Caption));
            out.extend(captions.filter(|b| b.kind == Kind::Caption).flat_map(|b| years(&b.text)));
        }
        out
    }
}

/// The years that a text names: four digits from 1949 to 2099 that are no part of a longer number.
pub(super) fn years(text: &str) -> BTreeSet<i16> {
    year_spans(text).into_iter().map(|(year, _)| year).collect()
}

/// The years of the five-year plans that a text names: 2021 to 2025 of “十四五” and the 14th Five-Year Plan.
pub(super) fn plan_years(text: &str) -> BTreeSet<i16> {
    const PLANS: [(&str, &str, i16); 6] = [
        ("十一五", "11th", 2006),
        ("十二五", "12th", 2011),
        ("十三五", "13th", 2016),
        ("十四五", "14th", 2021),
        ("十五五", "15th", 2026),
        ("十六五", "16th", 2031),
    ];
    let english = |ordinal: &str| {
        text.match_indices(ordinal)
            .any(|(i, _)| text[i + ordinal.len()..].trim_start().to_lowercase().starts_with("five"))
    };
    let named = PLANS.iter().filter(|(zh, en, _)| text.contains(zh) || english(en));
    named.flat_map(|(_, _, first)| *first..*first + 5).collect()
}

/// The years that a text names, and where.
pub(super) fn year_spans(text: &str) -> Vec<(i16, Range<usize>)> {
    let mut out = Vec::new();
    let mut run: Option<usize> = None;
    let chars = text.char_indices().chain(std::iter::once((text.len(), ' ')));
    for (i, c) in chars {
        let digit = c.is_ascii_digit() || ('０'..='９').contains(&c);
        match (digit, run) {
            (true, None) => run = Some(i),
            (false, Some(from)) => {
                run = None;
                let digits: String = text[from..i].chars().filter_map(half_width).collect();
                let before = text[..from].chars().next_back();
                let part = before.is_some_and(|b| {
                    matches!(b, '.' | ',') && text[..from - 1].ends_with(|c: char| c.is_ascii_digit())
                }) || (matches!(c, '.' | ',') && text[i + 1..].starts_with(|c: char| c.is_ascii_digit()));
                // 2000亿元, 2022家 count something.
                let counts = crate::text::is_han(c) && !matches!(c, '年' | '至' | '到');
                if let Ok(year) = digits.parse::<i16>()
                    && !counts
                    && digits.len() == 4
                    && (1949..2100).contains(&year)
                    && !part
                {
                    out.push((year, from..i));
                }
            }
            _ => {}
        }
    }
    out
}

fn half_width(c: char) -> Option<char> {
    match c {
        '０'..='９' => char::from_u32(c as u32 - 0xFEE0),
        c => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_whole_numbers() {
        let found = |t: &str| years(t).into_iter().collect::<Vec<_>>();
        assert_eq!(found("到２０２７年,2024—2026年"), [2024, 2026, 2027]);
        assert!(found("12,026家、20261、2026.5、2026亿元").is_empty());
        assert_eq!(found("by 2027."), [2027]);
        let plans = |t: &str| plan_years(t).into_iter().collect::<Vec<_>>();
        assert_eq!(plans("到“十四五”末"), [2021, 2022, 2023, 2024, 2025]);
        assert_eq!(plans("the 15th Five-Year Plan"), [2026, 2027, 2028, 2029, 2030]);
        assert!(plans("五年计划, the 14th of May").is_empty());
    }
}
