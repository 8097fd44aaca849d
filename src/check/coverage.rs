//! Coverage: which figures of a source a target, fact or waiver accounts for, and which blocks that state
//! something a digest or target cites.

use std::collections::BTreeMap;
use std::ops::Range;

use super::rule::Rule;
use super::said::{flat, of_each, of_kind, of_linked, of_target, same_value};
use super::sources::{SourceFigures, touches};
use super::structural::{Excluded, excluded};
use crate::diagnostic::{Problem, Severity};
use crate::quantity::Number;
use crate::quantity::reading::Reading;
use crate::site::{Policy, Site, SpanRef, Use};
use crate::source::{Block, Kind, normal::normalise};

pub(super) const FIGURE: Rule = Rule {
    code: "figure-uncovered",
    severity: Severity::Warning,
    adjustable: true,
    asks: "Every figure of a source is a target, a fact, or waived with a reason.",
    why: "A timeline that lacks a third of the targets is worse than none. Dates, list numbers, document numbers, ordinals, quoted names and identifiers such as 5G are excluded by rule, and listed on the verification page.",
    wrong: "The source says 培育龙头企业10家以上; targets.toml has no entry for it.",
    right: "[[target]]\nid    = \"leading-companies\"\nvalue = \"10\"\nquote = '培育具有全国影响力的龙头企业10家以上'\n\n# or, for what is neither commitment nor fact:\n[[waiver]]\nquote  = '全球排名前1‰'\nfigure = \"1‰\"\nreason = { zh = \"…\", en = \"…\" }",
};
pub(super) const TASK: Rule = Rule {
    code: "task-uncited",
    severity: Severity::Warning,
    adjustable: true,
    asks: "Every block of a source that states something is cited by a digest or a target.",
    why: "What no digest mentions, readers take for not there. Headings, table headers, salutations and noise state nothing.",
    wrong: "The source has a paragraph on medical insurance; neither digest cites it.",
    right: "A sentence on it in both digests, with a citation.",
};
pub(super) const FLOOR: Rule = Rule {
    code: "coverage-floor",
    severity: Severity::Error,
    adjustable: false,
    asks: "Coverage of every policy is at least what `site.toml` demands.",
    why: "A site that promises completeness states it as a floor: [coverage] figures = 1.0, blocks = 0.9, shares of what there is.",
    wrong: "[coverage]\nfigures = 1.0        # and one figure of a source is accounted for by nothing",
    right: "[coverage]\nfigures = 1.0        # and every figure has its target, fact or waiver",
};
pub(super) const WAIVER: Rule = Rule {
    code: "waiver-idle",
    severity: Severity::Warning,
    adjustable: true,
    asks: "A waiver names a figure that its quote holds and that nothing else accounts for.",
    why: "A waiver that waives nothing hides the next slip.",
    wrong: "[[waiver]]\nquote  = '培育龙头企业10家以上'\nfigure = \"12家\"",
    right: "[[waiver]]\nquote  = '尚无营业收入过百亿元的企业'\nfigure = \"百亿元\"",
};

pub(super) const RULES: [&Rule; 4] = [&FIGURE, &TASK, &FLOOR, &WAIVER];

/// Coverage of one source.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// Figures that are not structural.
    pub figures: usize,
    /// Those that a target, fact or waiver accounts for.
    pub accounted: usize,
    /// Blocks that state something.
    pub blocks: usize,
    /// Those that a digest or target cites.
    pub cited: usize,
    /// What rules exclude: the block and its number in words, and why.
    pub excluded: Vec<Excluded>,
    /// For each block: whether it states something, and whether it is cited.
    pub by_block: Vec<BlockCoverage>,
}

/// Whether a block states something and is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockCoverage {
    /// It states nothing: a heading, noise.
    Silent,
    /// It states something, and nothing cites it.
    Open,
    /// It states something and is cited.
    Cited,
}

/// What accounts for figures: quoted spans, each with the figures that an entry takes from it.
struct Account {
    block: usize,
    range: Range<usize>,
    figures: Vec<Reading>,
    /// A waiver's figure, as written.
    waived: Option<String>,
}

pub(super) fn check(
    site: &Site,
    policy: usize,
    figures: &SourceFigures,
    raw: &str,
    problems: &mut Vec<Problem>,
) -> Coverage {
    let p = &site.policies[policy];
    let accounts = accounts(p);
    let mut of_block: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, account) in accounts.iter().enumerate() {
        of_block.entry(account.block).or_default().push(n);
    }
    let lines = Lines::new(raw);
    let mut out = Coverage::default();
    let mut used = vec![false; accounts.len()];
    for (index, block) in p.source.blocks.iter().enumerate() {
        let all = &figures.blocks[index];
        for figure in all {
            out.figures += 1;
            let words = &block.text[figure.reading.span.clone()];
            // An entry takes the figure and the bar that each thing counted must pass together.
            let by: Vec<usize> = of_block
                .get(&index)
                .into_iter()
                .flatten()
                .copied()
                .filter(|&a| touches(&accounts[a].range, &figure.reading.span))
                .filter(|&a| accounts[a].takes(&figure.reading, words))
                .collect();
            for &a in &by {
                used[a] = true;
            }
            if by.is_empty() {
                problems.push(
                    FIGURE
                        .problem(format!("no target, fact or waiver accounts for {words}"))
                        .at(p.record.source.file.get_ref(), lines.place(block, words))
                        .help("enter it in targets.toml: a commitment as [[target]], another figure as [[fact]], what is neither as [[waiver]]"),
                );
            } else {
                out.accounted += 1;
            }
        }
        let held: Vec<Range<usize>> = all
            .iter()
            .flat_map(|f| std::iter::once(&f.reading.span).chain(f.reading.each.as_ref().map(|e| &e.span)))
            .cloned()
            .collect();
        out.excluded.extend(excluded(index, block, &held));
        out.by_block.push(block_coverage(p, index));
    }
    for (n, block) in p.source.blocks.iter().enumerate() {
        match out.by_block[n] {
            BlockCoverage::Silent => {}
            BlockCoverage::Cited => {
                out.blocks += 1;
                out.cited += 1;
            }
            BlockCoverage::Open => {
                out.blocks += 1;
                problems.push(
                    TASK.problem(format!("no digest and no target cites {}", block.anchor))
                        .at(p.record.source.file.get_ref(), lines.place(block, ""))
                        .label(start_of(&block.text))
                        .help("cite it in both digests, or quote it in a target"),
                );
            }
        }
    }
    idle_waivers(p, &accounts, &used, problems);
    floors(site, p, &out, problems);
    out
}

fn idle_waivers(p: &Policy, accounts: &[Account], used: &[bool], problems: &mut Vec<Problem>) {
    let waivers = accounts.iter().zip(used).filter(|(a, _)| a.waived.is_some());
    for ((waiver, _), (_, used)) in p.waivers.iter().zip(waivers) {
        if !used {
            problems.push(
                WAIVER
                    .problem(format!("the quote holds no figure {} to waive", waiver.figure.get_ref()))
                    .at(&format!("content/policies/{}/targets.toml", p.id), waiver.figure.span())
                    .help("name the figure as the quote has it, unit included, or take the waiver out"),
            );
        }
    }
}

fn floors(site: &Site, p: &Policy, coverage: &Coverage, problems: &mut Vec<Problem>) {
    let floors = &site.settings.coverage;
    let pairs = [
        (&floors.figures, coverage.accounted, coverage.figures, "figures are accounted for", &FIGURE),
        (&floors.blocks, coverage.cited, coverage.blocks, "blocks are cited", &TASK),
    ];
    for (floor, done, all, what, listed) in pairs {
        if let Some(floor) = floor
            && (done as f64) < floor.get_ref() * all as f64
        {
            problems.push(
                FLOOR
                    .problem(format!("{done} of {all} {what} in `{}`", p.id))
                    .at("site.toml", floor.span())
                    .help(format!("the rest are reported as {}", listed.code)),
            );
        }
    }
}

impl Account {
    fn takes(&self, figure: &Reading, words: &str) -> bool {
        match &self.waived {
            Some(waived) => {
                let (waived, words) = (normalise(waived), normalise(words));
                words.contains(&waived) || waived.contains(&words)
            }
            None => self.figures.iter().any(|f| same_value(f, figure)),
        }
    }
}

fn accounts(p: &Policy) -> Vec<Account> {
    let mut out = Vec::new();
    let mut add = |span: SpanRef, figures: Vec<Reading>, waived: Option<String>| {
        let span = &p.spans[span.span];
        out.push(Account { block: span.block, range: span.range.clone(), figures, waived });
    };
    // Waivers first, so that they stand in the order of the file at the front.
    for (waiver, span) in &p.waivers {
        add(*span, Vec::new(), Some(waiver.figure.get_ref().clone()));
    }
    for t in &p.targets {
        let mut figures = flat([of_linked(t)]);
        figures.extend(t.target.each.as_ref().and_then(of_each));
        let baseline = t.target.baseline.as_ref().and_then(|b| b.value.get_ref().parse::<Number>().ok());
        let baseline = baseline.map(|value| of_kind(&t.target, value));
        match (t.baseline, baseline) {
            (Some(span), Some(baseline)) => add(span, vec![baseline], None),
            (None, Some(baseline)) => figures.push(baseline),
            _ => {}
        }
        add(t.quote, figures, None);
    }
    for f in &p.facts {
        add(f.quote, flat([of_target(&f.fact, f.ends)]), None);
    }
    out
}

/// Whether a block states something, and whether a digest or target cites it.
fn block_coverage(p: &Policy, index: usize) -> BlockCoverage {
    let block = &p.source.blocks[index];
    if !states(block) {
        return BlockCoverage::Silent;
    }
    let spans = &p.spans[p.block_spans[index].clone()];
    let cites = |u: &Use| matches!(u, Use::Digest { .. } | Use::Target(_) | Use::Data(_));
    if spans.iter().any(|s| s.uses.iter().any(cites)) { BlockCoverage::Cited } else { BlockCoverage::Open }
}

/// Whether a block states something: a row below a header, or a sentence beyond a head.
fn states(block: &Block) -> bool {
    match &block.kind {
        Kind::Row(row) => !row.header,
        Kind::Paragraph => {
            let body = block.text[block.head.map_or(0, |h| h.end)..].trim();
            let sentence = body.contains(['。', '；', ';']) && !body.ends_with(['：', ':']);
            // 现将……印发给你们 hands a document on.
            let formula = body.starts_with("现将") && body.contains("印发");
            sentence && !formula && body.chars().count() >= 12
        }
        _ => false,
    }
}

/// The raw file by lines.
struct Lines<'a> {
    raw: &'a str,
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    fn new(raw: &'a str) -> Self {
        let after = raw.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        Lines { raw, starts: std::iter::once(0).chain(after).collect() }
    }

    /// Where a block's words stand, as nearly as its lines can tell.
    fn place(&self, block: &Block, words: &str) -> Range<usize> {
        let start_of = |line: u32| self.starts.get(line as usize - 1).copied().unwrap_or(self.raw.len());
        let start = start_of(block.anchor.line.max(1));
        let end = start_of(block.lines.last().map_or(block.anchor.line, |l| *l) + 1).max(start);
        if !words.is_empty()
            && let Some(at) = self.raw[start..end].find(words)
        {
            return start + at..start + at + words.len();
        }
        let first = self.raw[start..end].lines().next().unwrap_or_default();
        start..start + first.len()
    }
}

fn start_of(text: &str) -> String {
    const LONG: usize = 24;
    let short: String = text.chars().take(LONG).collect();
    if short.len() < text.len() { format!("{short}…") } else { short }
}
