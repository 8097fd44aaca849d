//! A target or fact says what its quote says: value, unit, bound, basis, hedge, bar, what it is per. Its year
//! and its baseline have files of their own.
//!
//! The quote is judged with the words around it in its block (8000亿元 cut out of 8000亿元以上 is at
//! least), a table row with its header.

use std::ops::Range;
use std::sync::Arc;

use super::baseline;
use super::due::Dated;
use super::rule::Rule;
use super::said::{self, of_each, of_target, same_unit, same_value, serde_word};
use super::sources::{Figures, Quoted};
use crate::content::targets::{Basis, Bound, Target};
use crate::diagnostic::{Problem, Severity};
use crate::quantity::reading::Reading;
use crate::site::{Site, SpanRef};

const fn rule(
    code: &'static str,
    asks: &'static str,
    why: &'static str,
    wrong: &'static str,
    right: &'static str,
) -> Rule {
    Rule { code, severity: Severity::Error, adjustable: true, asks, why, wrong, right }
}

pub(super) const VALUE: Rule = rule(
    "target-value",
    "A target's value, multiplier included, is one that its quote states.",
    "The quote proves the figure. Reported when no figure of the quote has the value; 百亿 is ten billion and 千亿 a hundred, however the unit is written.",
    "value = \"800\"\nunit  = \"亿元\"\nquote = '到2027年,全市生命健康产业规模力争突破8000亿元'",
    "value = \"8000\"\nunit  = \"亿元\"\nquote = '到2027年,全市生命健康产业规模力争突破8000亿元'",
);
pub(super) const UNIT: Rule = rule(
    "target-unit",
    "A target is counted in its quote's own unit.",
    "家, 个, 项 and 件 count different things. A unit in words begins with the quote's counting word: 家 or 家医院 for 6家.",
    "value = \"6\"\nunit  = { zh = \"个\", en = \"hospitals\" }\nquote = '打造国际知名医院6家以上'",
    "value = \"6\"\nunit  = { zh = \"家\", en = \"hospitals\" }\nquote = '打造国际知名医院6家以上'",
);
pub(super) const BOUND: Rule = rule(
    "target-bound",
    "A target's bound is the one that its quote states.",
    "以上 includes the number, 超过 does not (Civil Code, art. 1259); 突破 before an amount exceeds it, before a thing (突破技术100项) achieves it.",
    "bound = \"more-than\"\nvalue = \"6\"\nquote = '引进跨国药企在汉布局6家以上'",
    "bound = \"at-least\"\nvalue = \"6\"\nquote = '引进跨国药企在汉布局6家以上'",
);
pub(super) const BASIS: Rule = rule(
    "target-basis",
    "A target's basis is the one that its quote states.",
    "新增15家 is what is added, 累计 what has come together, 每年 what comes each year: none of them is the level that will be reached.",
    "basis = \"level\"\nvalue = \"15\"\nquote = '新增国家级平台15家'",
    "basis = \"increase\"\nvalue = \"15\"\nquote = '新增国家级平台15家'",
);
pub(super) const COMMITMENT: Rule = rule(
    "target-commitment",
    "A target is as firm as its quote's own word.",
    "力争 and 争取 strive, 有望 and 预计 expect. A hedge that begins a sentence governs what follows in it; one behind a subject of its own governs that clause.",
    "commitment = \"firm\"\nquote = '到2027年,全市生命健康产业规模力争突破8000亿元'",
    "commitment = \"strive\"\nquote = '到2027年,全市生命健康产业规模力争突破8000亿元'",
);
pub(super) const EACH: Rule = rule(
    "target-each",
    "Where a quote states a bar that each thing counted must pass, the target has it as `each`, and only there.",
    "One company above RMB 50 billion is another promise than one company.",
    "value = \"1\"\nunit  = { zh = \"家\", en = \"companies\" }\nquote = '营业收入超500亿元企业1家'",
    "value = \"1\"\nunit  = { zh = \"家\", en = \"companies\" }\neach  = { bound = \"more-than\", value = \"500\", unit = \"亿元\" }\nquote = '营业收入超500亿元企业1家'",
);
pub(super) const PER: Rule = rule(
    "target-per",
    "Where a quote says what a value is per, the target has it as `per`.",
    "Fifty patents per 10,000 residents are not fifty patents.",
    "value = \"50\"\nunit  = { zh = \"件\", en = \"patents\" }\nquote = '每万人口发明专利拥有量超过50件'",
    "value = \"50\"\nunit  = { zh = \"件\", en = \"patents\" }\nper   = { zh = \"每万人口\", en = \"per 10,000 residents\" }\nquote = '每万人口发明专利拥有量超过50件'",
);
pub(super) const RULES: [&Rule; 7] = [&VALUE, &UNIT, &BOUND, &BASIS, &COMMITMENT, &EACH, &PER];

/// What is held against a source: an entry with its file.
struct Entry<'a> {
    file: &'a str,
    target: &'a Target,
    ours: Reading,
    is_fact: bool,
}

pub(super) fn check(site: &Site, policy: usize, figures: &[Arc<Figures>], problems: &mut Vec<Problem>) -> usize {
    let p = &site.policies[policy];
    let file = format!("content/policies/{}/targets.toml", p.id);
    let mut compared = 0;
    let targets = p.targets.iter().map(|t| (&t.target, t.ends, t.quote, t.due_from, false));
    let facts = p.facts.iter().map(|f| (&f.fact, f.ends, f.quote, f.due_from, true));
    for (target, ends, quote, from, is_fact) in targets.chain(facts) {
        compared += 1;
        let entry = Entry { file: &file, target, ours: of_target(target, ends), is_fact };
        entry.check(site, figures, policy, quote, from, problems);
    }
    for (t, baseline) in p.targets.iter().filter_map(|t| t.target.baseline.as_ref().map(|b| (t, b))) {
        compared += 1;
        baseline::check(site, figures, policy, t, baseline, &file, problems);
    }
    compared
}

impl Entry<'_> {
    fn check(
        &self,
        site: &Site,
        figures: &[Arc<Figures>],
        policy: usize,
        quote: SpanRef,
        from: Option<SpanRef>,
        problems: &mut Vec<Problem>,
    ) {
        let quoted = Quoted::new(site, quote);
        let said: Vec<_> = figures[policy].within(quoted.block, &quoted.range).collect();
        let text = &quoted.policy.source.blocks[quoted.block].text;
        let from = from.map(|f| Quoted::new(site, f));
        // Where `due_from` is a table's header, the value stands in the column of the year, not in another's.
        let year = if self.is_fact { &self.target.year } else { &self.target.due };
        let headed = year.as_ref().map(|y| *y.get_ref()).filter(|_| from.as_ref().is_some_and(Quoted::is_row));
        let column: Vec<_> = said.iter().copied().filter(|f| f.year.is_some() && f.year == headed).collect();
        let said = if column.is_empty() { said } else { column };
        let same: Vec<_> = said.iter().filter(|f| same_value(&self.ours, &f.reading)).collect();
        let Some(best) = same.iter().min_by_key(|f| self.distance(&f.reading)) else {
            problems.push(self.wrong_value(&said.iter().map(|f| &f.reading).collect::<Vec<_>>(), text));
            return;
        };
        self.words(&best.reading, text, problems);
        let dated = Dated {
            file: self.file,
            target: self.target,
            is_fact: self.is_fact,
            quoted: &quoted,
            column: best.year,
            from: from.as_ref(),
        };
        dated.check(problems);
    }

    /// In how many ways a figure of the same value differs.
    fn distance(&self, said: &Reading) -> usize {
        usize::from(!same_unit(&self.ours, said))
            + usize::from(self.ours.bound != said.bound)
            + usize::from(self.ours.basis != said.basis)
            + usize::from(self.ours.commitment != said.commitment)
            + usize::from(self.ours.each.is_some() != said.each.is_some())
    }

    fn wrong_value(&self, said: &[&Reading], text: &str) -> Problem {
        // The same digits, bound or counted otherwise: that is where the slip is.
        let digits = said.iter().find(|r| (r.low, r.high) == (self.ours.low, self.ours.high));
        let special = |b: Bound| matches!(b, Bound::Rank | Bound::Multiple | Bound::Magnitude);
        if let Some(said) =
            digits.filter(|r| r.bound != self.ours.bound && (special(r.bound) || special(self.ours.bound)))
        {
            return BOUND
                .problem(format!("the quote binds its figure as `{}`", said::bound(said.bound)))
                .at(self.file, self.target.bound.span())
                .label(format!("the quote says {}", around(text, &said.span)))
                .help(format!("write bound = \"{}\"", said::bound(said.bound)));
        }
        if let Some(said) = digits {
            return UNIT
                .problem(format!("the quote counts in {}, not {}", shown(&said.unit), shown(&self.ours.unit)))
                .at(self.file, self.target.unit.span())
                .label(format!("the quote says {}", &text[said.span.clone()]))
                .help(format!("write unit = \"{}\"", said.unit));
        }
        let low_stands = self.ours.low != self.ours.high && said.iter().any(|r| r.low == self.ours.low);
        let span = self.target.high.as_ref().filter(|_| low_stands).map_or(self.value_span(), toml::Spanned::span);
        let ours = format!("{} {}", self.ours.low, self.ours.unit);
        if said.is_empty() {
            return VALUE
                .problem("the quote states no figure")
                .at(self.file, span)
                .help("quote the words that state it, or take the entry out");
        }
        let words: Vec<&str> = said.iter().map(|r| &text[r.span.clone()]).collect();
        VALUE
            .problem(format!("the quote does not say {}", ours.trim()))
            .at(self.file, span)
            .label(format!("the quote says {}", words.join(", ")))
            .help("give value and unit as the quote has them; the multiplier belongs to the unit")
    }

    fn value_span(&self) -> Range<usize> {
        let t = self.target;
        t.value.as_ref().or(t.low.as_ref()).map_or(t.id.span(), toml::Spanned::span)
    }

    fn words(&self, said: &Reading, text: &str, problems: &mut Vec<Problem>) {
        let t = self.target;
        let figure = &text[said.span.clone()];
        if !same_unit(&self.ours, said) {
            problems.push(
                UNIT.problem(format!("the quote counts in {}, not {}", shown(&said.unit), shown(&self.ours.unit)))
                    .at(self.file, t.unit.span())
                    .label(format!("the quote says {figure}"))
                    .help(format!("write unit = \"{0}\" or {{ zh = \"{0}\", en = \"…\" }}", said.unit)),
            );
        }
        if self.ours.bound != said.bound {
            problems.push(
                BOUND
                    .problem(format!("the quote binds its figure as `{}`", said::bound(said.bound)))
                    .at(self.file, t.bound.span())
                    .label(format!("the quote says {}", around(text, &said.span)))
                    .help(format!("write bound = \"{}\"", said::bound(said.bound))),
            );
        }
        // A share may be said without 占: 创新成果90%在杭转化.
        let share = self.ours.basis == Basis::Share
            && said.basis == Basis::Level
            && matches!(said.unit.as_str(), "%" | "‰" | "");
        if self.ours.basis != said.basis && !share && !matches!(said.bound, Bound::Rank | Bound::Multiple) {
            let at = t.basis.as_ref().map_or(t.id.span(), toml::Spanned::span);
            problems.push(
                BASIS
                    .problem(format!("what the quote counts is `{}`", serde_word(&said.basis)))
                    .at(self.file, at)
                    .label(format!("the quote says {}", around(text, &said.span)))
                    .help(format!("write basis = \"{}\"", serde_word(&said.basis))),
            );
        }
        if !self.is_fact && self.ours.commitment != said.commitment {
            let at = t.commitment.as_ref().map_or(t.id.span(), toml::Spanned::span);
            problems.push(
                COMMITMENT
                    .problem(format!("the quote's own word is `{}`", serde_word(&said.commitment)))
                    .at(self.file, at)
                    .label(format!("the quote says {}", around(text, &said.span)))
                    .help(format!("write commitment = \"{}\"", serde_word(&said.commitment))),
            );
        }
        self.each(said, text, problems);
        if said.per.is_some() != self.ours.per.is_some() {
            let at = t.id.span();
            let problem = match &said.per {
                Some(per) => PER
                    .problem(format!("the quote's figure is {per}"))
                    .at(self.file, at)
                    .help(format!("add per = {{ zh = \"{per}\", en = \"per …\" }}")),
                None => PER
                    .problem("the quote does not say what its figure is per")
                    .at(self.file, at)
                    .help("quote the words that say it, or take `per` out"),
            };
            problems.push(problem);
        }
    }

    fn each(&self, said: &Reading, text: &str, problems: &mut Vec<Problem>) {
        let t = self.target;
        let at = t.each.as_ref().map_or(t.id.span(), |e| e.unit.span());
        let ours = t.each.as_ref().and_then(of_each);
        let problem = match (&ours, &said.each) {
            (None, None) => return,
            (Some(ours), Some(bar)) => {
                if !same_value(ours, bar) || !same_unit(ours, bar) {
                    EACH.problem("each thing counted must pass another bar in the quote")
                } else if ours.bound != bar.bound {
                    EACH.problem(format!("the bar that each must pass is `{}` in the quote", said::bound(bar.bound)))
                } else {
                    return;
                }
            }
            (None, Some(_)) => EACH.problem("the quote states a bar that each thing counted must pass"),
            (Some(_), None) => EACH.problem("the quote states no bar that each thing counted must pass"),
        };
        let label = said.each.as_ref().map_or_else(
            || format!("the quote says {}", around(text, &said.span)),
            |bar| format!("the quote says {}", around(text, &bar.span)),
        );
        let help = said.each.as_ref().map_or_else(
            || "take `each` out, or quote the words that state it".to_owned(),
            |bar| {
                let (bound, unit) = (said::bound(bar.bound), &bar.unit);
                let value = bar.low.to_string().replace(',', "");
                format!("write each = {{ bound = \"{bound}\", value = \"{value}\", unit = \"{unit}\" }}")
            },
        );
        problems.push(problem.at(self.file, at).label(label).help(help));
    }
}

/// A figure with a few words on either side.
fn around(text: &str, span: &Range<usize>) -> String {
    const NEAR: usize = 12;
    let stop = |c: &char| !matches!(c, '，' | ',' | '。' | '；' | ';' | '、');
    let before: Vec<char> = text[..span.start].chars().rev().take(NEAR).take_while(stop).collect();
    let after: String = text[span.end..].chars().take(NEAR).take_while(stop).collect();
    let before: String = before.into_iter().rev().collect();
    format!("{before}{}{after}", &text[span.clone()])
}

fn shown(unit: &str) -> String {
    if unit.is_empty() { "nothing".to_owned() } else { unit.to_owned() }
}
