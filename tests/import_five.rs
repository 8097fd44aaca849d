//! Import's proposals for the five source texts beside what curators read out of them: found, right, false.

mod common;

use std::fmt::Write as _;
use std::fs;

use common::repository;
use duizhao::content;
use duizhao::content::fields::{Quote, Unit};
use duizhao::content::targets::{Bound, Target};
use duizhao::import::commitments::{Judged, Proposal, judge};
use duizhao::import::record::about;
use duizhao::quantity::{Number, chinese};
use duizhao::read::Tree;
use duizhao::source::quote::Wanted;
use duizhao::source::{Hints, Kind, SourceText};

/// A curated figure: where its quote stands, and what it says.
struct Read<'a> {
    block: usize,
    start: usize,
    end: usize,
    target: &'a Target,
}

fn place(source: &SourceText, quote: &Quote) -> Option<(usize, usize, usize)> {
    let wanted = Wanted {
        text: &quote.text,
        anchor: quote.anchor.as_deref().and_then(|a| a.parse().ok()),
        prefix: quote.prefix.as_deref(),
        suffix: quote.suffix.as_deref(),
    };
    source.find(&wanted).ok().map(|f| (f.block, f.range.start, f.range.end))
}

fn read<'a>(source: &SourceText, targets: impl Iterator<Item = &'a Target>) -> Vec<Read<'a>> {
    targets
        .filter_map(|target| {
            let (block, start, end) = place(source, target.quote.get_ref())?;
            Some(Read { block, start, end, target })
        })
        .collect()
}

fn number(value: &Option<toml::Spanned<String>>) -> Option<Number> {
    value.as_ref()?.get_ref().parse().ok()
}

fn ends(target: &Target) -> Option<(Number, Number)> {
    match number(&target.value) {
        Some(n) => Some((n, n)),
        None => Some((number(&target.low)?, number(&target.high)?)),
    }
}

fn unit(target: &Target) -> &str {
    match target.unit.get_ref() {
        Unit::Known(zh) => zh,
        Unit::Words(words) => &words.zh,
    }
}

fn same_unit(curated: &str, proposed: &str) -> bool {
    // A curator may say what is counted (家医院), and names what 零的突破 counts; 亿 of money is 亿元.
    curated == proposed
        || (!proposed.is_empty() && curated.starts_with(proposed))
        || (curated.ends_with('元') && curated.trim_end_matches('元') == proposed)
        || (matches!(proposed, "名" | "人") && matches!(curated, "名" | "人"))
        || (curated.ends_with(['人', '家']) && matches!(proposed, "个" | "名" | "万名"))
        || (curated == "亿元" && proposed == "万亿")
}

struct Score {
    wanted: usize,
    found: usize,
    right: usize,
    due: usize,
    proposed: usize,
    false_ones: usize,
    facts: usize,
    facts_found: usize,
    complete: bool,
}

#[test]
fn the_five_texts() {
    let (tree, problems) = Tree::read(repository());
    assert!(problems.is_empty(), "{problems:?}");
    let (content, _) = content::parse(&tree, false);
    let content = content.expect("the site can be read");
    let mut total = Score {
        wanted: 0,
        found: 0,
        right: 0,
        due: 0,
        proposed: 0,
        false_ones: 0,
        facts: 0,
        facts_found: 0,
        complete: true,
    };
    let mut report = String::new();
    for (id, policy) in &content.policies {
        let raw = fs::read_to_string(repository().join(format!("seeds/{id}.txt"))).expect("every policy has a source");
        // As import sees it: without what the record knows of the extraction.
        let source = SourceText::new(&raw, &Hints::default());
        let about = about(&source);
        let judged = judge(&source, &about.calendar(), about.period.as_ref().map(|p| &p.1));
        let targets = read(&source, policy.targets.targets.iter().map(|t| &**t));
        let facts = read(&source, policy.targets.facts.iter().map(|t| &**t));
        let waivers: Vec<_> = policy.targets.waivers.iter().filter_map(|w| place(&source, w.quote.get_ref())).collect();
        let complete = is_complete(&source, &targets, &facts, &waivers);
        let score = compare(&source, &judged, &targets, &facts, complete, &mut report);
        let _ = writeln!(
            report,
            "{id}: {} of {} targets found, {} right, {} with their year; {} of {} proposals false{}; {} of {} facts\n",
            score.found,
            score.wanted,
            score.right,
            score.due,
            score.false_ones,
            score.proposed,
            if complete { "" } else { " (the reading is not complete)" },
            score.facts_found,
            score.facts,
        );
        total.wanted += score.wanted;
        total.found += score.found;
        total.right += score.right;
        total.due += score.due;
        total.complete &= complete;
        total.proposed += score.proposed;
        total.false_ones += score.false_ones;
        total.facts += score.facts;
        total.facts_found += score.facts_found;
    }
    let _ = writeln!(
        report,
        "all five: {} of {} found, {} right, {} with their year; {} of {} false; {} of {} facts",
        total.found,
        total.wanted,
        total.right,
        total.due,
        total.false_ones,
        total.proposed,
        total.facts_found,
        total.facts
    );
    println!("{report}");
    assert!(total.found * 100 >= total.wanted * 95, "found too few\n{report}");
    assert!(total.right * 100 >= total.found * 95, "too many wrong\n{report}");
    // What is false can be told only where every figure of the text is accounted for.
    assert!(!total.complete || total.false_ones * 20 <= total.proposed, "too many false\n{report}");
}

/// Whether the curated entries account for nearly every figure of the text.
fn is_complete(
    source: &SourceText,
    targets: &[Read<'_>],
    facts: &[Read<'_>],
    waivers: &[(usize, usize, usize)],
) -> bool {
    let quotes: Vec<(usize, usize, usize)> =
        targets.iter().chain(facts).map(|r| (r.block, r.start, r.end)).chain(waivers.iter().copied()).collect();
    let (mut all, mut covered) = (0, 0);
    for (i, block) in source.blocks.iter().enumerate().filter(|(_, b)| b.kind == Kind::Paragraph) {
        for reading in chinese::read(&block.text) {
            all += 1;
            covered +=
                usize::from(quotes.iter().any(|&(b, s, e)| b == i && s <= reading.span.start && reading.span.end <= e));
        }
    }
    covered * 100 >= all * 90
}

fn compare(
    source: &SourceText,
    judged: &Judged,
    targets: &[Read<'_>],
    facts: &[Read<'_>],
    complete: bool,
    report: &mut String,
) -> Score {
    let mut taken = vec![false; judged.targets.len()];
    let mut score = Score {
        wanted: 0,
        found: 0,
        right: 0,
        due: 0,
        proposed: judged.targets.len(),
        false_ones: 0,
        facts: facts.len(),
        facts_found: 0,
        complete,
    };
    let text = |p: &Proposal| source.blocks[p.figure.block].text[p.quote.range.clone()].to_owned();
    for r in targets {
        score.wanted += 1;
        let fits = |p: &Proposal| {
            p.figure.block == r.block
                && r.start <= p.figure.range.start
                && p.figure.range.end <= r.end
                && (ends(r.target) == Some((p.reading.low, p.reading.high)) || is_scaled(p, r.target))
        };
        let best = (0..taken.len()).find(|&n| !taken[n] && fits(&judged.targets[n]));
        let quote = &r.target.quote.get_ref().text;
        let Some(n) = best else {
            let gone = judged
                .left_out
                .iter()
                .find(|l| l.figure.block == r.block && r.start <= l.figure.range.start && l.figure.range.end <= r.end);
            let fact = judged.facts.iter().any(fits);
            let why = gone.map_or(if fact { "taken for a fact" } else { "not read" }, |l| l.reason);
            let _ = writeln!(report, "  MISSED {quote}: {why}");
            continue;
        };
        taken[n] = true;
        score.found += 1;
        let p = &judged.targets[n];
        let right = p.reading.bound == *r.target.bound.get_ref() && same_unit(unit(r.target), &p.reading.unit);
        score.right += usize::from(right);
        if !right {
            let _ = writeln!(
                report,
                "  WRONG  {quote}: {:?} {} instead of {:?} {}",
                p.reading.bound,
                p.reading.unit,
                r.target.bound.get_ref(),
                unit(r.target)
            );
        }
        let due = r.target.due.as_ref().map(|d| *d.get_ref());
        score.due += usize::from(due == p.year);
        if due != p.year {
            let _ = writeln!(report, "  year   {quote}: {:?} instead of {due:?}", p.year);
        }
        let basis = (p.reading.basis, p.reading.commitment) == (r.target.basis(), r.target.commitment());
        if !basis {
            let _ = writeln!(
                report,
                "  basis  {quote}: {:?} {:?} instead of {:?} {:?}",
                p.reading.basis, p.reading.commitment, r.target.basis, r.target.commitment
            );
        }
        let each = (p.reading.each.is_some(), p.baseline.is_some());
        if each != (r.target.each.is_some(), r.target.baseline.is_some()) && *r.target.bound.get_ref() != Bound::AtLeast
        {
            let _ = writeln!(report, "  parts  {quote}: {each:?}");
        }
    }
    for (n, p) in judged.targets.iter().enumerate().filter(|(n, _)| !taken[*n]) {
        score.false_ones += 1;
        let _ = writeln!(
            report,
            "  FALSE  [{n}] {} in {}",
            &source.blocks[p.figure.block].text[p.figure.range.clone()],
            text(p)
        );
    }
    for r in facts {
        let found = judged
            .facts
            .iter()
            .any(|f| f.figure.block == r.block && r.start <= f.figure.range.start && f.figure.range.end <= r.end);
        score.facts_found += usize::from(found);
        if !found {
            let _ = writeln!(report, "  fact not found: {}", r.target.quote.get_ref().text);
        }
    }
    score
}

/// 万亿 said as 10000 亿元.
fn is_scaled(p: &Proposal, target: &Target) -> bool {
    p.reading.unit == "万亿" && ends(target).is_some_and(|(low, _)| p.reading.low.scaled(4) == Some(low))
}
