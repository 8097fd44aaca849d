//! Definitions of citations, cut out of the Markdown before it is parsed.
//!
//! A definition is one paragraph: the quote on its first line, raw, then, indented, an optional
//! translation. The quote must be taken raw: a Markdown parser loses `1.`, `*` and `<`.

use std::ops::Range;

use crate::content::fields::Quote;
use crate::diagnostic::Problem;

/// The definition of a citation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Footnote {
    /// The label between `[^` and `]:`.
    pub label: String,
    /// Where the label stands.
    pub label_span: Range<usize>,
    /// The quote and where it is to be found.
    pub quote: Quote,
    /// Where the quote's words stand.
    pub quote_span: Range<usize>,
    /// The policy whose source is quoted, if not the digest's own.
    pub policy: Option<String>,
    /// Our translation, or nothing.
    pub translation: String,
    /// The lines that it stands on.
    pub translation_span: Range<usize>,
}

/// Cuts the definitions out; the text that is left has blanks in their place, byte for byte.
pub fn cut(path: &str, text: &str) -> (String, Vec<Footnote>, Vec<Problem>) {
    let mut left = text.to_owned();
    let mut notes = Vec::new();
    let mut problems = Vec::new();
    let mut at = 0;
    let mut fence: Option<(char, usize)> = None;
    let lines: Vec<(usize, &str)> = text
        .split_inclusive('\n')
        .map(|line| {
            at += line.len();
            (at - line.len(), line.trim_end_matches(['\n', '\r']))
        })
        .collect();
    let mut i = 0;
    while i < lines.len() {
        let (start, line) = lines[i];
        i += 1;
        let trimmed = line.trim_start();
        let run = |mark: char| trimmed.len() - trimmed.trim_start_matches(mark).len();
        if let Some((mark, length)) = fence {
            if run(mark) >= length && trimmed[run(mark)..].trim().is_empty() {
                fence = None;
            }
            continue;
        }
        // What stands after an opening fence of backticks holds none.
        let opens = |mark: &char| run(*mark) >= 3 && (*mark == '~' || !trimmed[run('`')..].contains('`'));
        if let Some(mark) = ['`', '~'].into_iter().find(opens) {
            fence = Some((mark, run(mark)));
            continue;
        }
        let Some((label, body)) = definition(line) else { continue };
        let mut end = start + line.len();
        let mut translation: Vec<&str> = Vec::new();
        while let Some((next, more)) = lines.get(i).filter(|(_, l)| is_continuation(l)) {
            translation.push(more.trim());
            end = next + more.len();
            i += 1;
        }
        let body_start = start + (line.len() - body.len());
        match read(path, body, body_start) {
            Ok((quote, quote_span, policy)) => notes.push(Footnote {
                label: label.to_owned(),
                label_span: start + 2..start + 2 + label.len(),
                quote,
                quote_span,
                policy,
                translation: translation.join(" "),
                translation_span: (start + line.len()).min(end)..end,
            }),
            Err(problem) => problems.push(problem),
        }
        let blank: String = text[start..end]
            .chars()
            .map(|c| if c == '\n' { "\n".to_owned() } else { " ".repeat(c.len_utf8()) })
            .collect();
        left.replace_range(start..end, &blank);
    }
    (left, notes, problems)
}

fn definition(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("[^")?;
    let (label, body) = rest.split_once("]:")?;
    (!label.is_empty() && !label.contains(['[', ']', ' '])).then_some((label, body))
}

fn is_continuation(line: &str) -> bool {
    (line.starts_with("    ") || line.starts_with('\t')) && !line.trim().is_empty()
}

/// The quote of a first line, its trailing `{…}` read.
fn read(path: &str, body: &str, start: usize) -> Result<(Quote, Range<usize>, Option<String>), Problem> {
    let lead = body.len() - body.trim_start().len();
    let trimmed = body.trim();
    let (words, attributes) = split_attributes(trimmed);
    let mut quote = Quote { text: words.to_owned(), ..Quote::default() };
    let mut policy = None;
    let quote_span = start + lead..start + lead + words.len();
    if let Some((from, list)) = attributes {
        let base = start + lead + from;
        for (key, value, span) in pairs(list) {
            let slot = match key {
                "policy" => &mut policy,
                "anchor" => &mut quote.anchor,
                "prefix" => &mut quote.prefix,
                "suffix" => &mut quote.suffix,
                _ => {
                    return Err(Problem::error("unknown-key", format!("there is no key `{key}` here"))
                        .at(path, base + span.start..base + span.end)
                        .did_you_mean(key, ["policy", "anchor", "prefix", "suffix"])
                        .help("known keys: policy, anchor, prefix, suffix"));
                }
            };
            *slot = Some(value.to_owned());
        }
    }
    Ok((quote, quote_span, policy))
}

/// Parts a quote from `{key=value …}` at its end, if what stands there can be nothing else.
fn split_attributes(text: &str) -> (&str, Option<(usize, &str)>) {
    let whole = (text, None);
    let Some(inner_end) = text.strip_suffix('}') else { return whole };
    let Some(open) = inner_end.rfind('{') else { return whole };
    let list = &inner_end[open + 1..];
    let first = list.trim_start().split('=').next().unwrap_or_default();
    let is_list = list.contains('=') && !first.is_empty() && first.bytes().all(|b| b.is_ascii_lowercase());
    if !is_list {
        return whole;
    }
    (text[..open].trim_end(), Some((open + 1, list)))
}

/// `key=value` and `key="value"`, with the bytes of each key.
fn pairs(list: &str) -> Vec<(&str, &str, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(equals) = list[at..].find('=').map(|i| at + i) {
        let key = list[at..equals].trim();
        let key_start = at + (list[at..equals].len() - list[at..equals].trim_start().len());
        let rest = &list[equals + 1..];
        let (value, used) = match rest.strip_prefix('"') {
            Some(quoted) => match quoted.find('"') {
                Some(end) => (&quoted[..end], end + 2),
                None => (quoted, rest.len()),
            },
            None => {
                let end = rest.find(' ').unwrap_or(rest.len());
                (&rest[..end], end)
            }
        };
        out.push((key, value, key_start..key_start + key.len()));
        at = equals + 1 + used;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_raw_and_translations_joined() {
        let text =
            "甲。[^a]\n\n[^a]: 1. (三) **重点** <5 {anchor=L57 prefix=\"到 2027年\"}\n    Our\n    words.\n\n乙\n";
        let (left, notes, problems) = cut("d.md", text);
        assert!(problems.is_empty());
        assert_eq!(left.len(), text.len());
        assert!(!left.contains("Our") && left.contains("甲。[^a]") && left.contains('乙'));
        let note = &notes[0];
        assert_eq!(note.quote.text, "1. (三) **重点** <5");
        assert_eq!(&text[note.quote_span.clone()], note.quote.text);
        assert_eq!(note.quote.anchor.as_deref(), Some("L57"));
        assert_eq!(note.quote.prefix.as_deref(), Some("到 2027年"));
        assert_eq!(note.translation, "Our words.");
        assert_eq!(&text[note.label_span.clone()], "a");
    }

    #[test]
    fn an_unknown_key_is_an_error_and_a_brace_is_a_word() {
        let (_, _, problems) = cut("d.md", "[^a]: 甲 {anchr=L5}\n");
        assert_eq!(problems[0].help[0], "did you mean `anchor`?");
        let (_, notes, _) = cut("d.md", "[^a]: 甲 {乙}\n");
        assert_eq!(notes[0].quote.text, "甲 {乙}");
    }

    #[test]
    fn code_is_left_alone() {
        let text = "```\n[^a]: 甲\n```\n";
        let (left, notes, _) = cut("d.md", text);
        assert_eq!((left.as_str(), notes.len()), (text, 0));
        // A longer fence is not closed by a shorter one, and three backticks around a word are no fence.
        for (text, found) in
            [("`````\n```\n```\n[^a]: 甲\n`````\n", 0), ("```a```\n\n[^a]: 甲\n", 1), ("~~~\n```\n~~~\n[^a]: 甲\n", 1)]
        {
            assert_eq!(cut("d.md", text).1.len(), found, "{text}");
        }
    }
}
