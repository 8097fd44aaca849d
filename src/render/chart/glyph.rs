//! How a value binds, as a mark: a dot is the figure itself, an arrow leads on from it (hollow where the
//! figure is excluded), a bar spans a range, a ring is not exact, a rank hangs from the first place.

use crate::content::targets::{Bound, Commitment};

/// What a chart draws, each with the key of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::render) enum Glyph {
    /// A target's mark.
    Bound(Bound),
    /// Where a target starts.
    Baseline,
    /// What came of it.
    Outcome,
    /// A line of a target that the text only strives for, or expects.
    Line(Commitment),
}

/// All marks in the order of the key.
const MARKS: [Bound; 10] = [
    Bound::Reach,
    Bound::AtLeast,
    Bound::MoreThan,
    Bound::AtMost,
    Bound::LessThan,
    Bound::Range,
    Bound::About,
    Bound::Magnitude,
    Bound::Rank,
    Bound::Multiple,
];

/// A mark's name in the drawing.
pub(in crate::render) fn id(bound: Bound) -> &'static str {
    match bound {
        Bound::Reach => "c-reach",
        Bound::AtLeast => "c-at-least",
        Bound::MoreThan => "c-more-than",
        Bound::AtMost => "c-at-most",
        Bound::LessThan => "c-less-than",
        Bound::Range => "c-range",
        Bound::Rank => "c-rank",
        Bound::About => "c-about",
        Bound::Magnitude => "c-magnitude",
        Bound::Multiple => "c-multiple",
    }
}

/// A mark's shapes, in a square of 24 around its point.
fn shapes(bound: Bound) -> &'static str {
    match bound {
        Bound::Reach => "<circle class=\"on\" r=\"5\"/>",
        Bound::AtLeast => "<path d=\"M0 0V-10M-5-6L0-11L5-6\"/><circle class=\"on\" r=\"5\"/>",
        Bound::MoreThan => "<path d=\"M0-4V-10M-5-6L0-11L5-6\"/><circle class=\"off\" r=\"4\"/>",
        Bound::AtMost => "<path d=\"M0 0V10M-5 6L0 11L5 6\"/><circle class=\"on\" r=\"5\"/>",
        Bound::LessThan => "<path d=\"M0 4V10M-5 6L0 11L5 6\"/><circle class=\"off\" r=\"4\"/>",
        Bound::Range => "<path d=\"M0-9V9M-5-9H5M-5 9H5\"/>",
        Bound::About => "<circle class=\"off\" r=\"5\"/>",
        Bound::Magnitude => "<circle class=\"off\" r=\"8\"/><circle class=\"off\" r=\"3.5\"/>",
        Bound::Rank => "<path d=\"M-6-10H6M0-10V0\"/><circle class=\"on\" r=\"5\"/>",
        Bound::Multiple => "<path d=\"M-6-6L6 6M-6 6L6-6\"/>",
    }
}

/// The marks among these, to be used by their ids: each once, in the order of the key.
pub(in crate::render) fn definitions(used: &[Glyph]) -> String {
    let mut out = String::new();
    let mut define = |id: &str, shapes: &str| {
        out.push_str(&format!(
            "<svg id=\"{id}\" class=\"mark\" x=\"-.75em\" y=\"-.75em\" width=\"1.5em\" height=\"1.5em\" \
             viewBox=\"-12-12 24 24\">{shapes}</svg>"
        ));
    };
    for bound in MARKS {
        if used.contains(&Glyph::Bound(bound)) {
            define(id(bound), shapes(bound));
        }
    }
    if used.contains(&Glyph::Baseline) {
        define("c-from", "<path d=\"M0-7V7\"/>");
    }
    if used.contains(&Glyph::Outcome) {
        define("c-outcome", "<path class=\"outcome\" d=\"M0-8L8 0L0 8L-8 0Z\"/>");
    }
    out
}

/// One sign of the key: its drawing and the key of its words.
pub(in crate::render) fn sign(glyph: Glyph) -> (String, &'static str) {
    let (class, what, word) = match glyph {
        Glyph::Bound(bound) => ("", format!("<use href=\"#{}\" x=\"50%\" y=\"50%\"/>", id(bound)), word(bound)),
        Glyph::Baseline => ("", "<use href=\"#c-from\" x=\"50%\" y=\"50%\"/>".to_owned(), "key_baseline"),
        Glyph::Outcome => ("", "<use href=\"#c-outcome\" x=\"50%\" y=\"50%\"/>".to_owned(), "outcome"),
        Glyph::Line(commitment) => {
            let word = match commitment {
                Commitment::Firm => "key_line",
                Commitment::Strive => "commitment_strive",
                Commitment::Expected => "commitment_expected",
            };
            (line_class(commitment), "<line x2=\"100%\" y1=\"50%\" y2=\"50%\"/>".to_owned(), word)
        }
    };
    (format!("<svg class=\"key {class}\" aria-hidden=\"true\">{what}</svg>"), word)
}

/// A class for how firm the word is.
pub(in crate::render) fn line_class(commitment: Commitment) -> &'static str {
    match commitment {
        Commitment::Firm => "",
        Commitment::Strive => "strive",
        Commitment::Expected => "expected",
    }
}

/// The key of a bound's words.
pub(in crate::render) fn word(bound: Bound) -> &'static str {
    match bound {
        Bound::Reach => "bound_reach",
        Bound::AtLeast => "bound_at_least",
        Bound::MoreThan => "bound_more_than",
        Bound::AtMost => "bound_at_most",
        Bound::LessThan => "bound_less_than",
        Bound::Range => "bound_range",
        Bound::Rank => "bound_rank",
        Bound::About => "bound_about",
        Bound::Magnitude => "bound_magnitude",
        Bound::Multiple => "bound_multiple",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_used_is_defined_and_each_once() {
        let used = [Glyph::Bound(Bound::Rank), Glyph::Bound(Bound::AtLeast), Glyph::Bound(Bound::Rank)];
        let text = definitions(&used);
        assert_eq!(text.matches("<svg id=").count(), 2);
        assert!(text.find("c-at-least") < text.find("c-rank"), "{text}");
        assert!(!text.contains("c-from") && !text.contains("style="));
    }

    #[test]
    fn every_bound_has_a_shape_of_its_own() {
        let all: std::collections::BTreeSet<&str> = MARKS.into_iter().map(shapes).collect();
        assert_eq!(all.len(), MARKS.len());
    }
}
