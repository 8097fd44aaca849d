//! Everything in a digest that states something cites the source.

use super::passages::{Form, Passage};
use super::rule::Rule;
use crate::content::fields::Lang;
use crate::diagnostic::{Problem, Severity};

pub(super) const RULE: Rule = Rule {
    code: "uncited",
    severity: Severity::Warning,
    adjustable: true,
    asks: "Every paragraph, list item and table row of a digest cites the source.",
    why: "What is not cited cannot be checked by a reader. Headings, table headers, a line that only leads to a list or table («The plan gives these figures:»), a label over its own list and a pointer («See also [[wuhan]]») state nothing.",
    wrong: "Wuhan supports companies that go abroad.",
    right: "Wuhan supports companies that go abroad.[^abroad]",
};

/// Most words of a line that only leads to what follows it.
const LEAD: usize = 16;
/// Most words of a line that only points to other pages, their names left aside.
const POINT: usize = 3;

pub(super) fn check(passage: &Passage<'_>, problems: &mut Vec<Problem>) {
    let states = matches!(passage.form, Form::Paragraph | Form::Item | Form::Row);
    let words = passage.words.trim();
    let length = match passage.lang {
        Lang::Zh => words.chars().filter(|c| !c.is_whitespace()).count() / 2,
        Lang::En => words.split_whitespace().count(),
    };
    // A label over the items of its own list ends no sentence.
    let label = passage.leads && !words.ends_with(['.', '。', '!', '！', '?', '？', ';', '；']);
    let leads = (label || words.ends_with([':', '：'])) && length <= LEAD;
    let points = !passage.references.is_empty() && length <= POINT;
    if !states || !passage.notes.is_empty() || leads || points || words.is_empty() {
        return;
    }
    let line = passage.words.find('\n').unwrap_or(passage.words.len());
    problems.push(
        RULE.problem("nothing is cited here")
            .at(passage.file, passage.at(0..line))
            .help("cite a target by its id, [^industry-scale], or quote the source in a footnote"),
    );
}
