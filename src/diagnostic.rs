//! A problem: what is wrong, where it stands, and how to mend it.
//!
//! Problems are values. Every stage pushes the ones it meets into a [`Problems`] and goes on as far
//! as it sensibly can, so that one run shows all of them; the commands sort, print and count them.

pub mod machine;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

/// How grave a problem is. The order is from gravest to mildest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Stops publication.
    Error,
    /// Published, but ought to be mended.
    Warning,
    /// Worth knowing.
    Note,
}

/// A range of bytes in one of the site's files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's path relative to the site's root, with `/`.
    pub file: String,
    /// Bytes in the file's text; empty for the file as a whole.
    pub span: Range<usize>,
}

/// One problem. What few have is boxed: problems travel in results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Stable name of the rule, such as `quote-not-found`.
    pub code: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// One sentence that says what is wrong.
    pub message: String,
    /// Where it stands.
    pub place: Option<Box<Place>>,
    /// Words beside the marked place.
    pub label: String,
    /// A second place that explains the first, with its words.
    pub related: Option<Box<(Place, String)>>,
    /// What would mend it, one suggestion an entry.
    pub help: Vec<String>,
}

impl Problem {
    /// An error with a code and a message; the rest is added by the methods below.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Problem {
            code,
            severity: Severity::Error,
            message: message.into(),
            place: None,
            label: String::new(),
            related: None,
            help: Vec::new(),
        }
    }

    /// A warning.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Problem { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// A note.
    pub fn note(code: &'static str, message: impl Into<String>) -> Self {
        Problem { severity: Severity::Note, ..Self::error(code, message) }
    }

    /// Marks a range of bytes of a file.
    #[must_use]
    pub fn at(mut self, file: &str, span: Range<usize>) -> Self {
        self.place = Some(Box::new(Place { file: file.to_owned(), span }));
        self
    }

    /// Names a file without marking a place in it.
    #[must_use]
    pub fn in_file(self, file: &str) -> Self {
        self.at(file, 0..0)
    }

    /// Puts words beside the marked place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Shows a second place.
    #[must_use]
    pub fn related(mut self, file: &str, span: Range<usize>, label: impl Into<String>) -> Self {
        self.related = Some(Box::new((Place { file: file.to_owned(), span }, label.into())));
        self
    }

    /// Adds a line that says what would mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    /// Adds «did you mean» when one of `known` is close to `wrong`.
    #[must_use]
    pub fn did_you_mean<'a>(self, wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        match nearest(wrong, known) {
            Some(near) => self.help(format!("did you mean `{near}`?")),
            None => self,
        }
    }
}

/// The one of `known` that is nearest to `wrong` by edit distance, if it is near enough for a typo.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (wrong.chars().count() / 3).max(2);
    known
        .into_iter()
        .map(|k| {
            let distance = strsim::damerau_levenshtein(wrong, k);
            // A beginning or an end left out is a likelier slip than its length says.
            let contained = wrong.len() >= 4 && (k.starts_with(wrong) || k.ends_with(wrong));
            (if contained { 1 } else { distance }, k)
        })
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, k)| k)
}

/// All problems of a run.
#[derive(Clone, Debug, Default)]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Adds one.
    pub fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// Adds all of another stage's.
    pub fn extend(&mut self, other: impl IntoIterator<Item = Problem>) {
        self.0.extend(other);
    }

    /// How many problems are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.0.iter().filter(|p| p.severity == severity).count()
    }

    /// Whether anything stops publication.
    pub fn has_errors(&self) -> bool {
        self.count(Severity::Error) > 0
    }

    /// The problems by file, place and code: the same order whatever the order of discovery.
    pub fn sorted(mut self) -> Vec<Problem> {
        fn key(p: &Problem) -> (Option<(&str, usize, usize)>, &str, &str) {
            let place = p.place.as_ref().map(|p| (p.file.as_str(), p.span.start, p.span.end));
            (place, p.code, &p.message)
        }
        self.0.sort_by(|a, b| key(a).cmp(&key(b)));
        self.0.dedup();
        self.0
    }

    /// The problems in the order they were found.
    pub fn iter(&self) -> impl Iterator<Item = &Problem> {
        self.0.iter()
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// The line and column (both from 1, columns in characters) of a byte of `text`.
pub fn line_column(text: &str, byte: usize) -> (usize, usize) {
    let mut byte = byte.min(text.len());
    while !text.is_char_boundary(byte) {
        byte -= 1;
    }
    let before = &text[..byte];
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// Lines and columns of places, looked up one after the other: problems are sorted, so that one walk through a
/// file finds all of its.
#[derive(Debug, Default)]
struct Walk {
    file: String,
    byte: usize,
    at: (usize, usize),
}

impl Walk {
    /// The line and column (both from 1) of a byte of a file's text.
    fn to(&mut self, file: &str, text: &str, byte: usize) -> (usize, usize) {
        let byte = text.floor_char_boundary(byte);
        if self.file != file || self.byte > byte {
            self.file = file.to_owned();
            (self.byte, self.at) = (0, (1, 1));
        }
        self.at = advance(self.at, &text[self.byte..byte]);
        self.byte = byte;
        self.at
    }
}

/// Where a place has gone to after some text.
fn advance((line, column): (usize, usize), text: &str) -> (usize, usize) {
    match text.rfind('\n') {
        None => (line, column + text.chars().count()),
        Some(last) => (line + text.matches('\n').count(), 1 + text[last + 1..].chars().count()),
    }
}

/// Prints problems for people: code, message, `file:line:column`, the line with the place marked, help.
///
/// `files` gives the text of a path relative to the site's root.
pub fn human(problems: &[Problem], files: &BTreeMap<&str, &str>, colour: bool) -> String {
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    let renderer = renderer.decor_style(DecorStyle::Ascii);
    let mut out = String::new();
    let mut walk = Walk::default();
    for problem in problems {
        let level = match problem.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let mut group = level
            .primary_title(problem.message.as_str())
            .id(problem.code)
            .elements(Vec::<annotate_snippets::Element<'_>>::new());
        if let Some(place) = &problem.place {
            match files.get(place.file.as_str()) {
                Some(text) => {
                    let at = walk.to(&place.file, text, place.span.start);
                    group = match snippet(text, place, at.0, &problem.label, AnnotationKind::Primary) {
                        Some(snippet) => group.element(snippet),
                        None => group
                            .element(annotate_snippets::Origin::path(place.file.as_str()).line(at.0).char_column(at.1)),
                    };
                }
                None => group = group.element(annotate_snippets::Origin::path(place.file.as_str())),
            }
        }
        if let Some((place, label)) = problem.related.as_deref()
            && let Some(text) = files.get(place.file.as_str())
            && let Some(snippet) =
                snippet(text, place, line_column(text, place.span.start).0, label, AnnotationKind::Context)
        {
            group = group.element(snippet);
        }
        for help in &problem.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let _ = writeln!(out, "{}\n", renderer.render(&[group]));
    }
    out
}

/// The longest line, in bytes, that is shown with a place marked in it.
const SHOWN: usize = 50_000;

/// The lines around a place, cut out of the file so that a long file costs nothing; none if a line is too long to show.
fn snippet<'a>(
    text: &'a str,
    place: &'a Place,
    line: usize,
    label: &'a str,
    kind: AnnotationKind,
) -> Option<Snippet<'a, annotate_snippets::Annotation<'a>>> {
    let floor = |i: usize| text.floor_char_boundary(i);
    let (start, end) = (floor(place.span.start), floor(place.span.end.max(place.span.start)));
    let (near, far) = (floor(start.saturating_sub(SHOWN)), floor(end.saturating_add(SHOWN)));
    let from = text[near..start].rfind('\n').map_or(near, |i| near + i + 1);
    let to = text[end..far].find('\n').map_or(far, |i| end + i);
    if (from == near && near > 0) || to - from > SHOWN {
        return None;
    }
    let annotation = kind.span(start - from..end - from);
    let annotation = if label.is_empty() { annotation } else { annotation.label(label) };
    Some(Snippet::source(&text[from..to]).line_start(line).path(place.file.as_str()).annotation(annotation))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_the_place_under_wide_characters() {
        let text = "a = 1\nquote = '到2027年'\n";
        let start = text.find("'到").expect("stands in the text above");
        let problem = Problem::error("quote-not-found", "the quote is not in the source")
            .at("targets.toml", start..start + "'到2027年'".len())
            .label("not in seeds/x.txt")
            .help("the nearest passage is 到2026年");
        let files = BTreeMap::from([("targets.toml", text)]);
        insta::assert_snapshot!(human(&[problem], &files, false));
    }

    #[test]
    fn suggests_only_what_is_near() {
        assert_eq!(nearest("wuhn", ["wuhan", "hubei"]), Some("wuhan"));
        assert_eq!(nearest("industry-scal", ["industry-scale", "talent"]), Some("industry-scale"));
        assert_eq!(nearest("zzz", ["wuhan"]), None);
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(line_column("武汉\n市x", 7 + 3), (2, 2));
        let (a, b) = ("武汉\n市x\n\ny", "x\ny");
        let mut walk = Walk::default();
        for (file, text, byte) in
            [("a", a, 0), ("a", a, 6), ("a", a, 10), ("a", a, 12), ("a", a, 3), ("b", b, 2), ("b", b, 99), ("a", a, 13)]
        {
            assert_eq!(walk.to(file, text, byte), line_column(text, byte), "{file} {byte}");
        }
    }

    #[test]
    fn a_long_line_is_named_and_not_shown() {
        let text = format!("x\n{}", "甲".repeat(200_000));
        let problem = Problem::error("quote-not-found", "it is not there").at("a.txt", 300_002..300_005);
        let said = human(&[problem], &BTreeMap::from([("a.txt", text.as_str())]), false);
        assert!(said.contains("a.txt:2:100001") && said.len() < 500, "{said}");
    }
}
