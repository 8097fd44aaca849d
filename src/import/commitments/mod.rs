//! A source text's figures judged: what it commits to, what it states, what is neither.
//!
//! 1. [`section`] says for each block what it speaks of; [`time`] finds words of time.
//! 2. Each figure of running text is a [`view::View`]: [`past`] says whether it is a fact,
//!    [`benefit`] and [`manner`] whether it promises nothing.
//! 3. [`tables`] reads rows of indicators, by their [`cells`]; [`yearly`] those that go by years.
//! 4. [`words`] names what is measured and picks the words to quote.
//!
//! The rules know words, no document, place or topic.

mod benefit;
mod cells;
mod manner;
mod past;
mod section;
mod spans;
mod tables;
pub(super) mod time;
mod view;
mod words;
mod yearly;

use std::ops::Range;

use super::plain::{Plain, ends};
use crate::content::targets::{Basis, Bound, Commitment};
use crate::quantity::chinese;
use crate::quantity::reading::Reading;
use crate::source::{Kind, SourceText};
use section::{Part, Section, sections};
pub use time::Calendar;
use time::{Mark, When, marks};
use view::View;

/// Words of a source: a block and bytes of its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// Index of the block.
    pub block: usize,
    /// Bytes of the block's text.
    pub range: Range<usize>,
}

/// Where a target starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct From {
    /// The value in the target's unit, as the text writes it.
    pub reading: Reading,
    /// Its year, where the text says.
    pub year: Option<i16>,
    /// The figure's own words.
    pub words: Words,
}

/// A figure that the text commits to, or states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The figure: block, and bytes of the number with its unit.
    pub figure: Words,
    /// How it reads.
    pub reading: Reading,
    /// What it measures, as far as the words say.
    pub measure: String,
    /// Who or where, if the section is of one place.
    pub scope: Option<String>,
    /// Due year, or a fact's year.
    pub year: Option<i16>,
    /// The words that give the year, where the quote does not.
    pub year_from: Option<Words>,
    /// From where it starts.
    pub baseline: Option<From>,
    /// The words to quote.
    pub quote: Words,
    /// Why a curator should look twice.
    pub doubts: Vec<&'static str>,
}

/// A figure that is neither commitment nor fact, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The figure.
    pub figure: Words,
    /// Why it is neither.
    pub reason: &'static str,
}

/// A source text's figures, judged.
#[derive(Clone, Debug, Default)]
pub struct Judged {
    /// What it commits to, in order.
    pub targets: Vec<Proposal>,
    /// What it states.
    pub facts: Vec<Proposal>,
    /// What is neither.
    pub left_out: Vec<LeftOut>,
}

/// Judges the figures of a source. `period_from` are the words that give the document's period.
pub fn judge(source: &SourceText, calendar: &Calendar, period_from: Option<&Words>) -> Judged {
    let sections = sections(&source.blocks, calendar);
    let mut out = Judged::default();
    let mut carried: Option<Carried> = None;
    // Whether the text names years that are to come: then a bare year may be one that has been.
    let later = source
        .blocks
        .iter()
        .any(|b| b.is_text() && marks(&Plain::new(&b.text).text, calendar).iter().any(|m| m.when == When::Until));
    for (i, block) in source.blocks.iter().enumerate() {
        if block.kind != Kind::Paragraph {
            continue;
        }
        let plain = Plain::new(&block.text);
        let found = marks(&plain.text, calendar);
        let reader = Reader {
            source,
            block: i,
            plain: &plain,
            marks: &found,
            section: &sections[i],
            calendar,
            later,
            period_from,
        };
        let here = carried.take().filter(|c| c.holds(&sections[i], &block.text));
        reader.read(here.as_ref(), &mut out);
        carried = Carried::from(i, &sections[i], &plain, &found, &block.text).or(here);
    }
    tables::read(source, &sections, calendar, &mut out);
    out.targets.sort_by_key(|p| (p.figure.block, p.figure.range.start));
    out.facts.sort_by_key(|p| (p.figure.block, p.figure.range.start));
    out.left_out.sort_by_key(|p| (p.figure.block, p.figure.range.start));
    out
}

/// A year that an opening paragraph gives to those below it.
struct Carried {
    year: Option<i16>,
    words: Words,
    heading: Option<usize>,
    goals: bool,
}

impl Carried {
    fn from(block: usize, section: &Section, plain: &Plain, marks: &[Mark], text: &str) -> Option<Self> {
        let opens = text.ends_with([':', '：']);
        let goals = section.part == Part::Goals;
        // 三年内 is said of its own sentence, unless a list follows.
        let named = |m: &Mark| opens || !spans::is_span(&plain.text[m.range.clone()]);
        let until = |m: &&Mark| m.wide && (m.when == When::Until || (goals && m.when == When::At));
        let mark = marks.iter().rfind(|m| until(m) && named(m))?;
        (opens || goals).then(|| Carried {
            year: mark.year,
            words: Words { block, range: plain.original(&words::year_clause(&plain.text, &mark.range)) },
            heading: section.heading,
            goals,
        })
    }

    /// Whether it still holds in a later block: under the same heading, or in the same chapter of goals.
    fn holds(&self, section: &Section, text: &str) -> bool {
        let listed =
            text.starts_with(['—', '–', '-', '·', '●', '①', '（', '(', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
        if self.goals { section.part == Part::Goals } else { section.heading == self.heading || listed }
    }
}

/// Reads the figures of one paragraph.
struct Reader<'a> {
    source: &'a SourceText,
    block: usize,
    plain: &'a Plain,
    marks: &'a [Mark],
    section: &'a Section,
    calendar: &'a Calendar,
    later: bool,
    period_from: Option<&'a Words>,
}

impl Reader<'_> {
    fn read(&self, carried: Option<&Carried>, out: &mut Judged) {
        let block = &self.source.blocks[self.block];
        let readings: Vec<Reading> = chinese::read(&block.text);
        let places: Vec<Range<usize>> = readings.iter().map(|r| self.plain.of(&r.span)).collect();
        let views: Vec<View<'_>> = readings
            .iter()
            .zip(&places)
            .map(|(r, at)| View::new(&self.plain.text, at.clone(), r, Plain::new(&r.unit).text))
            .collect();
        let head = block.head.map_or(0, |h| h.end);
        let mut baseline: Option<(usize, From)> = None;
        // The mark by which the figure before was one of the past.
        let mut gone: Option<(usize, usize)> = None;
        for (n, view) in views.iter().enumerate() {
            let figure = Words { block: self.block, range: view.reading.span.clone() };
            if block.notes.iter().any(|note| note.span.contains(&figure.range.start)) || figure.range.end <= head {
                continue;
            }
            let mut tense = past::tense(view, self.marks, self.section, self.calendar, self.later);
            // 2021年的排放量为10万吨,较峰值下降26%: one year, one tense.
            let year = tense.mark.filter(|&i| self.marks[i].when == When::At).map(|i| (i, view.sentence.start));
            tense.past |= year.is_some() && year == gone && !past::turns(view);
            gone = year.filter(|_| tense.past);
            // 推动500家企业"破零": what those counted do is no figure of its own.
            if view.text[view.at.clone()].contains("破零")
                && words::previous(&views, n).is_some_and(|end| !plain_gap(view, end))
            {
                out.left_out.push(LeftOut { figure, reason: "what the things counted do" });
                continue;
            }
            // 由15%提高到50%: the first is where the second starts from.
            if let Some(next) = views.get(n + 1)
                && words::leads_to(view, next)
            {
                baseline = Some((n + 1, self.from(view, figure)));
                continue;
            }
            let start = baseline.take().filter(|(to, _)| *to == n).map(|(_, from)| from);
            let reason = benefit::reason(view).filter(|_| !tense.past).or_else(|| manner::reason(view));
            let fact = tense.past || reason == Some(manner::SIZE);
            if let Some(reason) = reason.filter(|_| start.is_none() && !(fact && reason == Some(manner::SIZE))) {
                out.left_out.push(LeftOut { figure, reason });
                continue;
            }
            let tense = past::Tense { past: fact, ..tense };
            let proposal = self.proposal(n, &views, &tense, start, carried);
            if fact { out.facts.push(proposal) } else { out.targets.push(proposal) }
        }
    }

    fn from(&self, view: &View<'_>, figure: Words) -> From {
        let year = self
            .marks
            .get(..self.marks.partition_point(|m| m.range.end <= view.at.start))
            .and_then(<[Mark]>::last)
            .filter(|m| m.when == When::Reference && m.range.start >= view.part.start)
            .and_then(|m| m.year);
        From { reading: view.reading.clone(), year, words: figure }
    }

    fn proposal(
        &self,
        n: usize,
        views: &[View<'_>],
        tense: &past::Tense,
        baseline: Option<From>,
        carried: Option<&Carried>,
    ) -> Proposal {
        let view = &views[n];
        let reading = view.reading.clone();
        let quote = words::quote(self.plain, view, words::previous(views, n));
        let mut mark = tense.mark;
        if let Some(own) = self.respectively(n, views) {
            mark = Some(own);
        }
        let (year, year_from) = if tense.past {
            let year = mark.map(|i| &self.marks[i]).filter(|m| m.when != When::Until).and_then(|m| m.year);
            (year, None)
        } else {
            self.due(mark, &quote, carried)
        };
        let mut doubts: Vec<&'static str> = tense.doubt.into_iter().collect();
        let measure = words::measure(self.plain, views, n, &self.source.blocks[self.block].text);
        let mut reading = reading;
        if words::is_first(view)
            && reading.unit.is_empty()
            && let Some(unit) = words::counting_word(&measure)
        {
            unit.clone_into(&mut reading.unit);
        }
        if measure.is_empty() {
            doubts.push("what it measures does not stand beside it");
        }
        Proposal {
            figure: Words { block: self.block, range: reading.span.clone() },
            reading,
            measure,
            scope: self.scope(),
            year,
            year_from,
            baseline,
            quote: Words { block: self.block, range: quote },
            doubts,
        }
    }

    /// 2023年、2024年分别改造650个、680个: the mark of the figure's own year.
    fn respectively(&self, n: usize, views: &[View<'_>]) -> Option<usize> {
        let view = &views[n];
        let text = &self.plain.text;
        let word = text[view.part.start..view.at.start].rfind("分别").map(|i| view.part.start + i)?;
        let last = self.marks.partition_point(|m| m.range.end <= word).checked_sub(1)?;
        if self.marks[last].range.start < view.part.start {
            return None;
        }
        if text[self.marks[last].range.end..word].chars().count() > 12 {
            return None;
        }
        let joined = |i: usize| {
            matches!(
                text.get(self.marks[i].range.end..self.marks[i + 1].range.start),
                Some("、" | "和" | "及" | "与" | "到" | "、到")
            )
        };
        let first = (0..last).rev().take_while(|&i| joined(i)).last()?;
        let nth = views[..n].iter().rev().take_while(|v| v.at.start > word).count();
        let of_years = views[n..].iter().take_while(|v| v.clause == view.clause).count() + nth;
        (of_years == last - first + 1).then_some(first + nth)
    }

    /// The due year and the words that give it, where the quote does not.
    fn due(
        &self,
        mark: Option<usize>,
        quote: &Range<usize>,
        carried: Option<&Carried>,
    ) -> (Option<i16>, Option<Words>) {
        if let Some(mark) = mark.map(|i| &self.marks[i]) {
            let words = self.plain.original(&mark.range);
            if quote.start <= words.start && words.end <= quote.end {
                return (mark.year, None);
            }
            let clause = self.plain.original(&words::year_clause(&self.plain.text, &mark.range));
            return (mark.year, mark.year.map(|_| Words { block: self.block, range: clause }));
        }
        let heading = self.section.year.as_ref();
        if let Some(carried) = carried.filter(|c| heading.is_none_or(|(_, block, _)| *block < c.words.block)) {
            return (carried.year, carried.year.map(|_| carried.words.clone()));
        }
        if let Some((year, block, _)) = heading {
            let text = &self.source.blocks[*block];
            let end = text.head.map_or(text.text.len(), |h| h.end);
            return (Some(*year), Some(Words { block: *block, range: 0..end }));
        }
        match self.calendar.period {
            Some((_, last)) => (Some(last), self.period_from.cloned()),
            None => (None, None),
        }
    }

    /// The place or body that a labelled head names: 湘江新区：….
    fn scope(&self) -> Option<String> {
        const PLACES: &str = "新区 开发区 高新区 经开区 片区 县 园区 新城 示范区";
        let block = self.source.blocks.get(self.section.heading?)?;
        let label = &block.text[..block.head?.end];
        let label = label.trim_end_matches(['。', '：', ':']).trim_start_matches(['—', '–']);
        let plain = Plain::new(label).text;
        let short = plain.chars().count() <= 10;
        (short && ends(&plain, PLACES)).then(|| label.to_owned())
    }
}

/// Whether another item begins between the figure before and this one.
fn plain_gap(view: &View<'_>, end: usize) -> bool {
    view.text.get(end..view.at.start).is_some_and(|gap| gap.contains(['、', '和', '及']))
}

/// A reading made of parts, for figures that stand in tables.
fn made(
    span: Range<usize>,
    bound: Bound,
    ends: (crate::quantity::Number, crate::quantity::Number),
    unit: String,
    basis: Basis,
) -> Reading {
    Reading { span, bound, low: ends.0, high: ends.1, unit, basis, commitment: Commitment::Firm, per: None, each: None }
}
