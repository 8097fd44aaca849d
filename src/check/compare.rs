//! Figures of two texts held against each other: of a digest and what it cites, of two languages, of a
//! quote and its translation.

use std::collections::BTreeSet;
use std::ops::Range;

use super::said::same_value;
use super::sources::{plan_years, year_spans};
use crate::content::fields::Lang;
use crate::content::targets::{Bound, Commitment};
use crate::quantity::compare::amount;
use crate::quantity::reading::Reading;
use crate::quantity::{Number, chinese, english};

/// Whether two figures have the same value, and are per the same number of things where both say what they
/// are per (每万人口, per 10,000 residents).
fn alike(a: &Reading, b: &Reading) -> bool {
    let number = |per: &str| chinese::numbers(per).into_iter().chain(english::numbers(per)).next();
    let per = match (&a.per, &b.per) {
        (Some(a), Some(b)) => match (number(a), number(b)) {
            (Some(a), Some(b)) => a == b,
            _ => true,
        },
        _ => true,
    };
    per && same_value(a, b)
}

impl Said {
    /// Whether it names a year, or a plan of it.
    pub(super) fn dates(&self, year: i16) -> bool {
        self.years.contains(&year) || self.implied.contains(&year)
    }
}

/// What a text says in figures.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// Its figures, bars as figures of their own.
    pub(super) readings: Vec<Reading>,
    /// Which of them stand in a sentence that hedges, be it in another clause.
    pub(super) softened: BTreeSet<usize>,
    /// The years it names.
    pub(super) years: BTreeSet<i16>,
    /// Years that a plan's name implies: 2021 to 2025 of “十四五”.
    pub(super) implied: BTreeSet<i16>,
    /// All its numbers, whatever they mean: those of names too.
    pub(super) numbers: Vec<Number>,
    /// Names with digits in them: 5G, 415X.
    pub(super) names: BTreeSet<String>,
    /// Whether it speaks of doubling at all, be it in a name (博士后倍增计划).
    pub(super) doubles: bool,
}

/// A text in one language, read.
#[derive(Debug)]
pub(super) struct Text<'a> {
    pub(super) words: &'a str,
    pub(super) lang: Lang,
    pub(super) said: Said,
    /// The years it names, and where.
    pub(super) years: Vec<(i16, Range<usize>)>,
    /// Numbers of documents and classes, and where: No. 48, 48号, Class 1.
    pub(super) serials: Vec<(Number, Range<usize>)>,
}

impl<'a> Text<'a> {
    pub(super) fn read(words: &'a str, lang: Lang) -> Self {
        let (readings, numbers) = match lang {
            Lang::Zh => chinese::both(words),
            Lang::En => english::both(words),
        };
        let readings = super::said::flat(readings);
        let held = |range: &Range<usize>| readings.iter().any(|r| super::sources::touches(&r.span, range));
        let years: Vec<_> = year_spans(words).into_iter().filter(|(_, range)| !held(range)).collect();
        let said = Said {
            years: years.iter().map(|(y, _)| *y).collect(),
            implied: plan_years(words),
            names: names(words),
            doubles: doubles(words),
            readings,
            numbers,
            softened: BTreeSet::new(),
        };
        let mut text = Text { words, lang, said, years, serials: serials(words, lang) };
        let softened = text.said.readings.iter().enumerate().filter(|(_, r)| text.hedges(&r.span)).map(|(i, _)| i);
        text.said.softened = softened.collect();
        text
    }

    /// What stands before a place in its sentence.
    fn sentence(&self, at: &Range<usize>) -> &'a str {
        let stops: &[&str] = match self.lang {
            Lang::Zh => &["。", "；", "！", "？"],
            Lang::En => &[". ", ".\n", "; ", "! ", "? ", " and will ", ", will ", " and is to ", " and are to "],
        };
        let start =
            stops.iter().filter_map(|s| self.words[..at.start].rfind(s).map(|i| i + s.len())).max().unwrap_or(0);
        let start = firm_again(&self.words[start..at.start], self.lang).map_or(start, |i| start + i);
        &self.words[start..at.start]
    }

    /// Whether the sentence of a place hedges before it, be it in another clause.
    pub(super) fn hedges(&self, at: &Range<usize>) -> bool {
        hedges(self.sentence(at), self.lang)
    }
}

/// Where a sentence that began with a hedge goes on in words of its own that have none: 力争建成5个，将每年提供300项.
///
/// 将 before a noun moves it (将占比提高到5%), and what is moved is still striven for.
fn firm_again(words: &str, lang: Lang) -> Option<usize> {
    const MOVES: [&str; 8] = ["提", "增至", "增加到", "降", "压", "缩", "扩", "打造"];
    if lang == Lang::En {
        return None;
    }
    let at = words.rfind("，将")?;
    let rest = &words[at..];
    (!MOVES.iter().any(|m| rest.contains(m))).then_some(at)
}

/// Whether words strive or expect.
pub(super) fn hedges(words: &str, lang: Lang) -> bool {
    const ZH: [&str; 9] = ["力争", "争取", "力求", "努力", "有望", "预计", "预期", "奋力", "爭取"];
    const EN: [&str; 23] = [
        "strive",
        "strives",
        "striving",
        "aim",
        "aims",
        "aimed",
        "aiming",
        "seek",
        "seeks",
        "seeking",
        "expect",
        "expects",
        "expected",
        "try",
        "tries",
        "trying",
        "hope",
        "hopes",
        "ambition",
        "forecast",
        "projected",
        "compete",
        "competes",
    ];
    const PHRASES: [&str; 4] = ["push for", "pushes for", "work to", "works to"];
    match lang {
        Lang::Zh => ZH.iter().any(|w| words.contains(w)),
        Lang::En => {
            let lower = words.to_lowercase();
            let spaced = lower.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(" ");
            spaced.split(' ').any(|w| EN.contains(&w)) || PHRASES.iter().any(|p| spaced.contains(p))
        }
    }
}

/// What stands about one figure in another text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Match {
    /// The same figure.
    Same,
    /// The same number, of a name or a span of time.
    Name,
    /// The same value, bound otherwise: how.
    Bound(Bound),
    /// The same value, more or less firm: how.
    Hedge(Commitment),
    /// Nothing like it.
    None,
}

/// Looks for a figure of `text` in what another text says.
pub(super) fn find(text: &Text<'_>, reading: &Reading, other: &Said) -> Match {
    let places: Vec<usize> = (0..other.readings.len()).filter(|i| alike(reading, &other.readings[*i])).collect();
    let same: Vec<&Reading> = places.iter().map(|i| &other.readings[*i]).collect();
    // «one» and 一项 as pronoun and article count nothing; 零的突破 is «its first» in English.
    let first = text.words[reading.span.clone()].contains(['零', '〇']);
    if first {
        return Match::Name;
    }
    let pronoun = reading.low == reading.high
        && reading.low.whole() == Some(1)
        && !text.words[reading.span.clone()].contains(|c: char| c.is_ascii_digit())
        && reading.bound == Bound::Reach;
    let Some(first) = same.first() else {
        return if pronoun || named(reading, other) { Match::Name } else { Match::None };
    };
    // A figure said twice, «top 1 per mille (0.1%)», need be bound once.
    let again = |r: &Reading| same_value(reading, r) && same.iter().any(|s| s.bound == r.bound);
    let bound = same.iter().any(|s| s.bound == reading.bound);
    let restated = reading.bound == Bound::Reach && text.said.readings.iter().any(again);
    if !bound && !restated {
        return if pronoun { Match::Name } else { Match::Bound(first.bound) };
    }
    let hedged = |r: &Reading| r.commitment != Commitment::Firm;
    let bound_alike: Vec<&&Reading> = same.iter().filter(|r| r.bound == reading.bound).collect();
    if bound_alike.is_empty() {
        return Match::Same;
    }
    if bound_alike.iter().all(|r| hedged(r)) && !hedged(reading) && !text.hedges(&reading.span) {
        return Match::Hedge(first.commitment);
    }
    let softened = places.iter().any(|i| other.softened.contains(i));
    if bound_alike.iter().all(|r| !hedged(r)) && hedged(reading) && !softened {
        return Match::Hedge(Commitment::Firm);
    }
    Match::Same
}

/// Whether a figure is among the numbers of another text, as part of a name there (“六张清单”, “100亿元以上”).
pub(super) fn named(reading: &Reading, other: &Said) -> bool {
    if reading.bound == Bound::Multiple {
        return other.doubles;
    }
    let Some(full) = amount(reading) else { return false };
    let stands = |n: &Number| *n == full.low || (full.is_plain() && *n == reading.low);
    reading.low == reading.high && other.numbers.iter().any(stands)
}

fn doubles(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["倍增", "翻番", "翻一番", "翻倍", "double", "doubling", "twice"].iter().any(|w| lower.contains(w))
}

/// Numbers of documents and classes: what follows No. and Class, what stands before 号.
fn serials(text: &str, lang: Lang) -> Vec<(Number, Range<usize>)> {
    let mut out = Vec::new();
    let mut add = |range: Range<usize>| out.extend(text[range.clone()].parse().ok().map(|n| (n, range)));
    match lang {
        Lang::En => {
            // «Class 1» is a name, whose number is the source's own.
            let named = ["No. ", "Class ", "class ", "Grade ", "Phase ", "Category "];
            for (i, mark) in named.iter().flat_map(|m| text.match_indices(m)) {
                let from = i + mark.len();
                let len = text[from..].find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len() - from);
                add(from..from + len);
            }
        }
        Lang::Zh => {
            for (i, _) in text.match_indices('号') {
                let from = text[..i]
                    .rfind(|c: char| !c.is_ascii_digit())
                    .map_or(0, |n| n + text[n..].chars().next().map_or(1, char::len_utf8));
                add(from..i);
            }
        }
    }
    out
}

/// Words of letters and digits both: 5G, 415X, M3.
fn names(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|w| w.bytes().any(|b| b.is_ascii_digit()) && w.bytes().any(|b| b.is_ascii_uppercase()))
        .filter(|w| !w.starts_with("RMB"))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(en: &str, zh: &str) -> Vec<Match> {
        let (en, zh) = (Text::read(en, Lang::En), Text::read(zh, Lang::Zh));
        en.said.readings.iter().map(|r| find(&en, r, &zh.said)).collect()
    }

    #[test]
    fn figures_of_two_languages() {
        assert_eq!(verdicts("strive to exceed RMB 800 billion", "规模力争突破8000亿元"), [Match::Same]);
        assert_eq!(
            verdicts("is to exceed RMB 800 billion", "规模力争突破8000亿元"),
            [Match::Hedge(Commitment::Strive)]
        );
        assert_eq!(verdicts("at least seven hospitals", "打造医院6家以上"), [Match::None]);
        assert_eq!(verdicts("six hospitals", "打造医院6家以上"), [Match::Bound(Bound::AtLeast)]);
        assert_eq!(verdicts("the six lists", "建立“六张清单”"), [Match::Name]);
        assert_eq!(verdicts("five clusters in the RMB 100-billion class", "5个百亿级集群"), [Match::Same, Match::None]);
    }

    #[test]
    fn a_sentence_may_be_firm_again() {
        let source = Text::read("计划力争三年建立基地5个，力争每年服务不少于300项", Lang::Zh);
        let verdict = |words: &str| {
            let ours = Text::read(words, Lang::Zh);
            ours.said.readings.last().map(|r| find(&ours, r, &source.said))
        };
        assert_eq!(verdict("计划力争三年建立基地5个，每年服务不少于300项"), Some(Match::Same));
        assert_eq!(verdict("计划力争三年建立基地5个，将每年服务不少于300项"), Some(Match::Hedge(Commitment::Strive)));
        assert_eq!(verdict("计划力争三年建立基地5个，将服务数提高到不少于300项"), Some(Match::Same));
    }

    #[test]
    fn numbers_of_classes() {
        let text = Text::read("at least five Class 1 new drugs, No. 48", Lang::En);
        assert_eq!(text.serials.iter().map(|s| s.0.to_string()).collect::<Vec<_>>(), ["48", "1"]);
    }

    #[test]
    fn names_with_digits() {
        assert_eq!(names("推进5G、415X和M2/M3用地2027年").into_iter().collect::<Vec<_>>(), ["415X", "5G", "M2", "M3"]);
    }
}
