//! Characters that a reader does not see and that may turn round or hide what stands beside them.
//!
//! Pages leave them out of source texts, which stay as they were received; in what a curator writes they are
//! refused, whether written as they are or by their number.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use crate::diagnostic::Problem;
use crate::text::is_hidden;

/// A hidden character, or one of no width.
pub(super) fn is_unseen(c: char) -> bool {
    is_hidden(c) || matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

/// A problem at the first hidden character of a text that stands at a place of a file.
pub(super) fn hidden(path: &str, text: &str, span: Range<usize>) -> impl Iterator<Item = Problem> + use<> {
    let found = text.char_indices().find(|(_, c)| is_unseen(*c)).map(|(at, c)| {
        let whole = text.len() == span.len();
        let span = if whole { span.start + at..span.start + at + c.len_utf8() } else { span };
        Problem::error("hidden-character", format!("the character U+{:04X} stands here, which nobody sees", c as u32))
            .at(path, span)
            .help("take it out: it can turn round or hide what stands beside it; quotes are compared without it")
    });
    found.into_iter()
}

/// The problems of all strings of a TOML value.
pub(super) fn in_toml(path: &str, value: &Spanned<DeValue<'_>>, problems: &mut Vec<Problem>) {
    match value.get_ref() {
        DeValue::String(text) => problems.extend(hidden(path, text, value.span())),
        DeValue::Array(items) => items.iter().for_each(|v| in_toml(path, v, problems)),
        DeValue::Table(table) => table.values().for_each(|v| in_toml(path, v, problems)),
        _ => {}
    }
}
