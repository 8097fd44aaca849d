//! Every figure of a digest stands in a passage that the same paragraph, item or row cites.

use std::sync::Arc;

use super::compare::{Match, Said, Text, find};
use super::passages::{Form, Passage};
use super::rule::Rule;
use super::said::{bound, flat, of_linked, of_target, of_value, serde_word};
use super::sources::{Figures, SpanSaid};
use crate::content::fields::Lang;
use crate::diagnostic::{Problem, Severity};
use crate::quantity::chinese;
use crate::quantity::reading::Reading;
use crate::site::{Evidence, LinkedDigest, Site, SpanRef};

pub(super) const FIGURE: Rule = Rule {
    code: "digest-figure",
    severity: Severity::Error,
    adjustable: true,
    asks: "Every figure of a digest stands in a passage that the same paragraph, list item or table row cites, or is a derived figure.",
    why: "A reader who follows the citation must find the figure. Magnitudes count: five 百亿级 clusters are clusters in the RMB 10-billion class, not 100 billion. Numbers of names (“六张清单”, 世界500强) need only stand in the quoted words.",
    wrong: "Hubei is to have five clusters worth RMB 100 billion each.[^clusters]\n\n[^clusters]: 形成5个百亿级产业集群",
    right: "Hubei is to have five clusters in the RMB 10-billion class.[^clusters]\n\n[^clusters]: 形成5个百亿级产业集群",
};
pub(super) const YEAR: Rule = Rule {
    code: "digest-year",
    severity: Severity::Error,
    adjustable: true,
    asks: "Every year that a digest names stands in a passage that the same paragraph, list item or table row cites.",
    why: "A due year is half of a promise. The sentence around a quote counts, a table's header, a target's `due` and `due_from`, and the record's own dates.",
    wrong: "By 2026 the industry is to pass RMB 800 billion.[^industry-scale]",
    right: "By 2027 the industry is to pass RMB 800 billion.[^industry-scale]",
};
pub(super) const BOUND: Rule = Rule {
    code: "digest-bound",
    severity: Severity::Warning,
    adjustable: true,
    asks: "A digest binds a figure as the passage it cites does.",
    why: "以上 is at least, 超过 is more than; a bound that is lost makes a floor a forecast.",
    wrong: "Wuhan is to bring in six multinational drugmakers.[^drugmakers]\n\n[^drugmakers]: 引进跨国药企在汉布局6家以上",
    right: "Wuhan is to bring in at least six multinational drugmakers.[^drugmakers]\n\n[^drugmakers]: 引进跨国药企在汉布局6家以上",
};
pub(super) const HEDGE: Rule = Rule {
    code: "digest-hedge",
    severity: Severity::Warning,
    adjustable: true,
    asks: "A digest is as firm as the passage it cites.",
    why: "力争 turned into “will” promises what nobody promised; a hedge that the source does not have weakens what it did promise.",
    wrong: "The industry will pass RMB 800 billion by 2027.[^industry-scale]\n\n[[target]]\nid    = \"industry-scale\"\nquote = '到2027年,全市生命健康产业规模力争突破8000亿元'",
    right: "The industry is to strive to pass RMB 800 billion by 2027.[^industry-scale]",
};

pub(super) const RULES: [&Rule; 4] = [&FIGURE, &YEAR, &BOUND, &HEDGE];

/// What the notes of a passage say, with the evidence behind targets and derived figures.
pub(super) fn evidence(site: &Site, digest: &LinkedDigest, notes: &[usize], figures: &[Arc<Figures>]) -> Said {
    let mut out = Said::default();
    for note in notes.iter().filter_map(|n| digest.notes.get(*n)) {
        match &note.evidence {
            Evidence::Quote(span) => quoted(*span, figures, &mut out),
            Evidence::Target(at, span) => {
                let target = site.target(*at);
                quoted(*span, figures, &mut out);
                out.readings.extend(flat([of_linked(target)]));
                out.years.extend(target.target.due.as_ref().map(|d| *d.get_ref()));
                for span in [target.due_from, target.baseline].into_iter().flatten() {
                    quoted(span, figures, &mut out);
                }
                if let Some(baseline) = &target.target.baseline
                    && let Ok(value) = baseline.value.get_ref().parse()
                {
                    out.readings.push(of_value(value, target.target.unit.get_ref()));
                    out.years.extend(baseline.year.as_ref().map(|y| *y.get_ref()));
                }
            }
            Evidence::Fact(at, span) => {
                let fact = &site.policies[at.policy].facts[at.target];
                quoted(*span, figures, &mut out);
                out.readings.extend(flat([of_target(&fact.fact, fact.ends)]));
                out.years.extend(fact.fact.year.as_ref().map(|y| *y.get_ref()));
                if let Some(span) = fact.due_from {
                    quoted(span, figures, &mut out);
                }
            }
            Evidence::Derived(policy, at) => {
                let derived = &site.policies[*policy].derived[*at];
                if let Ok(value) = derived.value.get_ref().parse() {
                    out.readings.push(of_value(value, derived.unit.get_ref()));
                }
            }
        }
    }
    out
}

fn quoted(span: SpanRef, figures: &[Arc<Figures>], out: &mut Said) {
    let SpanSaid { said, around } = figures[span.policy].said(span.span);
    out.readings.extend(said.readings.iter().cloned());
    out.years.extend(said.years.iter().chain(around));
    out.numbers.extend(&said.numbers);
    out.doubles |= said.doubles;
    out.names.extend(said.names.iter().cloned());
}

/// Checks a passage that cites; gives how many figures were compared.
pub(super) fn check(
    site: &Site,
    policy: Option<usize>,
    passage: &Passage<'_>,
    text: &Text<'_>,
    evidence: &Said,
    problems: &mut Vec<Problem>,
) -> usize {
    if matches!(passage.form, Form::Heading | Form::Code | Form::HeaderRow) {
        return 0;
    }
    let compared = text.said.readings.len() + text.years.len();
    for reading in &text.said.readings {
        let at = passage.at(reading.span.clone());
        let shown = &passage.words[reading.span.clone()];
        match find(text, reading, evidence) {
            Match::Same | Match::Name => {}
            Match::None => problems.push(
                FIGURE
                    .problem(format!("nothing cited here says {shown}"))
                    .at(passage.file, at)
                    .label(says(evidence))
                    .help("cite the passage that states it, or a [[derived]] figure; or mend the figure"),
            ),
            Match::Bound(said) => problems.push(
                BOUND
                    .problem(format!("what is cited binds this figure as `{}`", bound(said)))
                    .at(passage.file, at)
                    .label(format!("reads as `{}`", bound(reading.bound)))
                    .help(format!("write it as {}", bound_words(said, passage.lang))),
            ),
            Match::Hedge(said) => problems.push(
                HEDGE
                    .problem(format!("what is cited is `{}` here", serde_word(&said)))
                    .at(passage.file, at)
                    .label(format!("reads as `{}`", serde_word(&reading.commitment)))
                    .help(hedge_words(said == crate::content::targets::Commitment::Firm, passage.lang)),
            ),
        }
    }
    let own = policy.map(|p| chinese::numbers(&site.policies[p].record.number)).unwrap_or_default();
    for (serial, range) in &text.serials {
        if !evidence.numbers.contains(serial) && !own.contains(serial) {
            problems.push(
                FIGURE
                    .problem(format!("nothing cited here has the number {}", &passage.words[range.clone()]))
                    .at(passage.file, passage.at(range.clone()))
                    .help("cite the document's number as the source has it"),
            );
        }
    }
    let known = record_years(site, policy);
    for (year, range) in &text.years {
        // “十四五”（2021—2025年） only says which years the plan has.
        let implied = text.said.implied.contains(year);
        if !implied && !evidence.dates(*year) && !known.contains(year) {
            let years: Vec<String> = evidence.years.iter().map(i16::to_string).collect();
            let problem = YEAR
                .problem(format!("nothing cited here gives the year {year}"))
                .at(passage.file, passage.at(range.clone()));
            problems.push(match years.is_empty() {
                true => problem.help("cite the passage that gives it"),
                false => problem
                    .label(format!("what is cited gives {}", years.join(", ")))
                    .help("write the year that is cited, or cite the passage that gives this one"),
            });
        }
    }
    compared
}

/// Years of a policy's own record, which any passage may name.
fn record_years(site: &Site, policy: Option<usize>) -> Vec<i16> {
    let Some(record) = policy.map(|p| &site.policies[p].record) else { return Vec::new() };
    let mut out: Vec<i16> = record.issued.iter().chain(&record.expires).map(|d| d.0.year()).collect();
    out.extend(record.period.iter().flat_map(|p| [p.get_ref().0, p.get_ref().1]));
    out
}

/// A figure of a source as text: 3—5个.
pub(super) fn shown(reading: &Reading) -> String {
    let Reading { low, high, unit, .. } = reading;
    // As a source writes it, thousands not parted.
    let [low, high] = [low, high].map(|n| n.to_string().replace(',', ""));
    if low == high { format!("{low}{unit}") } else { format!("{low}—{high}{unit}") }
}

fn says(evidence: &Said) -> String {
    const MOST: usize = 6;
    let mut figures: Vec<String> = Vec::new();
    for figure in evidence.readings.iter().map(shown) {
        if !figures.contains(&figure) {
            figures.push(figure);
        }
    }
    figures.truncate(MOST);
    match figures.len() {
        0 => "what is cited states no figure".to_owned(),
        _ => format!("what is cited says {}", figures.join(", ")),
    }
}

/// How a bound is said.
pub(super) fn bound_words(bound: crate::content::targets::Bound, lang: Lang) -> &'static str {
    use crate::content::targets::Bound::{
        About, AtLeast, AtMost, LessThan, Magnitude, MoreThan, Multiple, Range, Rank, Reach,
    };
    match (bound, lang) {
        (Reach, Lang::En) => "the figure alone",
        (AtLeast, Lang::En) => "«at least …»",
        (MoreThan, Lang::En) => "«more than …»",
        (AtMost, Lang::En) => "«no more than …»",
        (LessThan, Lang::En) => "«less than …»",
        (Range, Lang::En) => "«… to …»",
        (Rank, Lang::En) => "«in the top …»",
        (About, Lang::En) => "«about …»",
        (Magnitude, Lang::En) => "«in the RMB …-billion class»",
        (Multiple, Lang::En) => "«double»",
        (Reach, Lang::Zh) => "figure alone: 达到…",
        (AtLeast, Lang::Zh) => "…以上",
        (MoreThan, Lang::Zh) => "超过…",
        (AtMost, Lang::Zh) => "不超过…",
        (LessThan, Lang::Zh) => "低于…",
        (Range, Lang::Zh) => "…—…",
        (Rank, Lang::Zh) => "前…",
        (About, Lang::Zh) => "约…",
        (Magnitude, Lang::Zh) => "…亿级",
        (Multiple, Lang::Zh) => "翻一番",
    }
}

/// How firmness is said.
pub(super) fn hedge_words(firm: bool, lang: Lang) -> &'static str {
    match (firm, lang) {
        (true, Lang::En) => "take the hedge out: «is to …»",
        (true, Lang::Zh) => "不加“力争”",
        (false, Lang::En) => "write «strive to …» where the source has 力争",
        (false, Lang::Zh) => "写明“力争”",
    }
}
