//! Reading a TOML file entry by entry, so that one wrong entry hides no other problem.
//!
//! Every key is known or an error with «did you mean»; every problem knows its bytes.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::unseen::in_toml;
use crate::diagnostic::Problem;

/// A parsed TOML file from which entries are taken one by one.
pub(super) struct TomlFile<'a> {
    path: &'a str,
    text: &'a str,
    table: DeTable<'a>,
    span: Range<usize>,
    pub(super) problems: Vec<Problem>,
    /// Ids of the entries that could not be read, so that what refers to them is not called unknown.
    pub(super) unreadable: Vec<String>,
}

impl<'a> TomlFile<'a> {
    /// Parses a file. What does not parse is a problem; what does is kept.
    pub(super) fn parse(path: &'a str, text: &'a str) -> Self {
        let (table, errors) = DeTable::parse_recoverable(text);
        let span = table.span();
        // One slip often makes the parser stumble several times: the first tells the truth.
        let mut problems: Vec<Problem> =
            errors.into_iter().take(1).map(|error| problem(path, text, &error, &span)).collect();
        table.get_ref().values().for_each(|value| in_toml(path, value, &mut problems));
        TomlFile { path, text, table: table.into_inner(), span, problems, unreadable: Vec::new() }
    }

    /// Whether the text was TOML at all.
    pub(super) fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }

    /// Takes an array of tables (`[[key]]`), each entry on its own.
    pub(super) fn entries<T: DeserializeOwned>(&mut self, key: &str) -> Vec<Spanned<T>> {
        let Some(value) = self.table.remove(key) else { return Vec::new() };
        let span = value.span();
        match value.into_inner() {
            DeValue::Array(array) => array.into_iter().filter_map(|entry| self.entry(entry)).collect(),
            _ => {
                self.problems.push(
                    Problem::error("bad-value", format!("`{key}` is a list of tables"))
                        .at(self.path, span)
                        .help(format!("write each entry under a line `[[{key}]]`")),
                );
                Vec::new()
            }
        }
    }

    /// Takes all tables of the file: `[id]`.
    pub(super) fn tables<T: DeserializeOwned>(mut self) -> (Vec<(Spanned<String>, T)>, Vec<Problem>) {
        let mut out = Vec::new();
        for (key, value) in std::mem::take(&mut self.table) {
            if let Some(entry) = self.entry(value) {
                out.push((Spanned::new(key.span(), key.into_inner().into_owned()), entry.into_inner()));
            }
        }
        (out, self.problems)
    }

    /// Takes all that is left as one value.
    pub(super) fn rest<T: DeserializeOwned>(mut self) -> (Option<T>, Vec<Problem>) {
        let table = std::mem::take(&mut self.table);
        let span = self.span.clone();
        let value = self.entry(Spanned::new(span, DeValue::Table(table))).map(Spanned::into_inner);
        (value, self.problems)
    }

    /// Reads one entry; each unknown key is reported and taken out, so that the others show too.
    fn entry<T: DeserializeOwned>(&mut self, mut value: Spanned<DeValue<'a>>) -> Option<Spanned<T>> {
        let span = value.span();
        loop {
            let error = match T::deserialize(ValueDeserializer::from(value.clone())) {
                Ok(entry) => return Some(Spanned::new(span, entry)),
                Err(error) => error,
            };
            let found = problem(self.path, self.text, &error, &span);
            let unknown = found.code == "unknown-key";
            let removed = unknown && error.span().is_some_and(|at| remove_key(value.get_mut(), &at));
            self.problems.push(found);
            if !removed {
                self.unreadable
                    .extend(value.get_ref().get("id").and_then(|id| id.get_ref().as_str()).map(str::to_owned));
                return None;
            }
        }
    }
}

/// Removes the key that stands at a span, however deep.
fn remove_key(value: &mut DeValue<'_>, at: &Range<usize>) -> bool {
    match value {
        DeValue::Table(table) => {
            let found =
                table.iter().find(|(k, v)| k.span() == *at || v.span() == *at).map(|(k, _)| k.get_ref().to_string());
            if let Some(key) = found {
                return table.remove(key.as_str()).is_some();
            }
            table.iter_mut().any(|(_, v)| remove_key(v.get_mut(), at))
        }
        DeValue::Array(array) => array.iter_mut().any(|v| remove_key(v.get_mut(), at)),
        _ => false,
    }
}

/// A problem from the parser's own words, which name the known keys.
fn problem(path: &str, text: &str, error: &toml::de::Error, entry: &Range<usize>) -> Problem {
    let span = error.span().unwrap_or_else(|| entry.clone());
    let message = error.message();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if message.starts_with("unknown field") {
        let wrong = quoted.first().copied().unwrap_or_default();
        let known = quoted.get(1..).unwrap_or_default();
        return Problem::error("unknown-key", format!("there is no key `{wrong}` here"))
            .at(path, span)
            .did_you_mean(wrong, known.iter().copied())
            .help(format!("known keys: {}", known.join(", ")));
    }
    if message.starts_with("missing field") {
        let wanted = quoted.first().copied().unwrap_or_default();
        // An entry as a whole is much text: mark where it begins.
        return Problem::error("missing-key", format!("the key `{wanted}` is missing"))
            .at(path, first_line(text, &span))
            .label("in this entry")
            .help(format!("add {wanted} = …"));
    }
    if message.starts_with("unknown variant") {
        let wrong = quoted.first().copied().unwrap_or_default();
        let known = quoted.get(1..).unwrap_or_default();
        return Problem::error("bad-value", format!("`{wrong}` is not one of {}", known.join(", ")))
            .at(path, span)
            .did_you_mean(wrong, known.iter().copied());
    }
    if message.starts_with("invalid type") || message.starts_with("invalid value") {
        return Problem::error("bad-value", plain(message)).at(path, span).help("write it as what is expected");
    }
    Problem::error("toml", message.replace('\n', "; "))
        .at(path, span)
        .help("in TOML strings stand in quotes, numbers and dates do not, and '…' needs no escapes")
}

/// The parser's message in words that are not the program's own.
fn plain(message: &str) -> String {
    const WORDS: [(&str, &str); 4] = [
        ("expected i16", "expected a whole number, without quotes"),
        ("expected u8", "expected a whole number, without quotes"),
        ("expected f64", "expected a number, without quotes"),
        ("expected a TOML datetime", "expected a date such as 2026-01-31, without quotes"),
    ];
    let message = message.replace('\n', "; ");
    WORDS.iter().fold(message, |text, (from, to)| text.replace(from, to))
}

fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let entry = text.get(span.clone()).unwrap_or_default();
    span.start..span.start + entry.lines().next().unwrap_or_default().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[allow(dead_code, reason = "only whether it parses matters here")]
    struct Entry {
        id: String,
        value: Option<i64>,
    }

    #[test]
    fn every_wrong_key_of_every_entry_is_reported() {
        let text = "[[target]]\nid = 'a'\nvalu = 1\nidd = 2\n[[target]]\nvalue = 'x'\nid = 'b'\n[[target]]\nid = 'c'\n";
        let mut file = TomlFile::parse("t.toml", text);
        let entries: Vec<Spanned<Entry>> = file.entries("target");
        assert_eq!(entries.len(), 2);
        let mut found: Vec<_> = file
            .problems
            .iter()
            .map(|p| (p.code, &text[p.place.as_ref().expect("has a place").span.clone()]))
            .collect();
        found.sort_unstable();
        assert_eq!(found, [("bad-value", "'x'"), ("unknown-key", "idd"), ("unknown-key", "valu")]);
        assert!(file.problems.iter().any(|p| p.help[0] == "did you mean `value`?"));
    }

    #[test]
    fn what_is_no_toml_is_one_problem() {
        let file = TomlFile::parse("t.toml", "a = \nb = 1\n");
        assert_eq!(file.problems.len(), 1);
        assert!(!file.is_sound());
    }
}
