//! A policy's citations for reference managers: CSL-JSON, BibTeX, RIS.

use std::fmt::Write as _;

use biblatex::{Bibliography, Chunk, Entry, EntryType, Spanned};
use serde_json::Value;

use crate::content::fields::Lang;
use crate::render::{Output, Renderer, urls};
use crate::site::TargetRef;
use crate::text::shown;

/// A file for reference managers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `cite.json`
    CslJson,
    /// `cite.bib`
    BibTex,
    /// `cite.ris`
    Ris,
}

impl Format {
    /// All formats, in the order in which pages name them.
    pub const ALL: [Format; 3] = [Format::CslJson, Format::BibTex, Format::Ris];

    /// The format's name, and the file's.
    pub(in crate::render) fn names(self) -> (&'static str, &'static str) {
        match self {
            Format::CslJson => ("CSL-JSON", "cite.json"),
            Format::BibTex => ("BibTeX", "cite.bib"),
            Format::Ris => ("RIS", "cite.ris"),
        }
    }
}

impl Renderer<'_> {
    /// The digest, the source text and each target of a policy.
    pub(in crate::render) fn cite_file(&self, policy: usize, lang: Lang, format: Format) -> Output {
        let own = &self.site.policies[policy];
        let mut items = vec![self.digest_item(policy, lang), self.source_item(policy)];
        items.extend((0..own.targets.len()).map(|target| self.target_item(TargetRef { policy, target }, lang)));
        let text = match format {
            Format::CslJson => format!("{:#}\n", Value::from(items)),
            Format::BibTex => bibtex(&items),
            Format::Ris => items.iter().map(ris).collect(),
        };
        let (_, file) = format.names();
        Output { path: format!("{}{file}", urls::policy(&own.id, lang)), bytes: text.into_bytes() }
    }
}

fn text<'a>(item: &'a Value, key: &str) -> &'a str {
    item[key].as_str().unwrap_or_default()
}

fn author(item: &Value) -> &str {
    text(&item["author"][0], "literal")
}

/// A date as `2024-12-31`.
fn date(item: &Value, key: &str) -> Option<String> {
    let parts = item[key]["date-parts"][0].as_array()?;
    let numbers: Vec<i64> = parts.iter().filter_map(Value::as_i64).collect();
    match numbers.as_slice() {
        [year, month, day] => Some(format!("{year:04}-{month:02}-{day:02}")),
        _ => None,
    }
}

fn bibtex(items: &[Value]) -> String {
    let mut out = Bibliography::new();
    for item in items {
        let mut entry = Entry::new(text(item, "id").to_owned(), EntryType::Misc);
        let mut set = |key: &str, value: &str, whole: bool| {
            if !value.is_empty() {
                // In braces of its own a name is not cut into given name and family name, and a title
                // keeps its capitals.
                let value = balanced(value);
                let chunk = if whole { Chunk::Verbatim(value) } else { Chunk::Normal(value) };
                entry.set(key, vec![Spanned::detached(chunk)]);
            }
        };
        set("author", author(item), true);
        set("title", text(item, "title"), true);
        set("number", text(item, "number"), false);
        set("url", text(item, "URL"), false);
        set("langid", if text(item, "language") == "zh-CN" { "chinese" } else { "british" }, false);
        if let Some(issued) = date(item, "issued") {
            set("date", &issued, false);
        }
        if let Some(accessed) = date(item, "accessed") {
            set("urldate", &accessed, false);
        }
        out.insert(entry);
    }
    out.to_bibtex_string()
}

/// A value whose braces pair up: BibTeX counts those after a backslash too, and one too many would end the field.
fn balanced(value: &str) -> String {
    let value = shown(value);
    let mut open = 0usize;
    let sound = value.chars().all(|c| match c {
        '{' => {
            open += 1;
            true
        }
        '}' => open.checked_sub(1).inspect(|left| open = *left).is_some(),
        _ => true,
    });
    if sound && open == 0 { value.into_owned() } else { value.replace('{', "｛").replace('}', "｝") }
}

/// One record (RIS, 2001): two letters, two blanks, a hyphen, a blank, and the words on one line.
fn ris(item: &Value) -> String {
    let kind = if text(item, "type") == "webpage" { "ELEC" } else { "GOVDOC" };
    let issued = date(item, "issued");
    let mut out = String::new();
    let mut line = |tag: &str, value: &str| {
        if !value.is_empty() {
            let value = shown(value).replace(char::is_whitespace, " ");
            let _ = write!(out, "{tag}  - {value}\r\n");
        }
    };
    line("TY", kind);
    line("ID", text(item, "id"));
    line("TI", text(item, "title"));
    line("AU", author(item));
    if let Some(issued) = &issued {
        line("PY", &issued[..4]);
        line("DA", &issued.replace('-', "/"));
    }
    line("M1", text(item, "number"));
    line("UR", text(item, "URL"));
    if let Some(accessed) = date(item, "accessed") {
        line("Y2", &accessed.replace('-', "/"));
    }
    line("LA", text(item, "language"));
    out.push_str("ER  - \r\n\r\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn records() {
        let item = json!({
            "id": "a-source", "type": "document", "title": "行动方案 {100%}", "number": "〔2024〕48号",
            "author": [{ "literal": "武汉市人民政府 and others" }], "language": "zh-CN",
            "issued": { "date-parts": [[2024, 5, 1]] },
        });
        assert_eq!(
            ris(&item),
            "TY  - GOVDOC\r\nID  - a-source\r\nTI  - 行动方案 {100%}\r\nAU  - 武汉市人民政府 and others\r\n\
             PY  - 2024\r\nDA  - 2024/05/01\r\nM1  - 〔2024〕48号\r\nLA  - zh-CN\r\nER  - \r\n\r\n"
        );
        let read = Bibliography::parse(&bibtex(&[item])).expect("it is BibTeX");
        let entry = read.get("a-source").expect("it has the entry");
        assert_eq!(entry.author().expect("it has an author").len(), 1, "a name in braces is one name");
        assert_eq!(balanced("a {b} c"), "a {b} c");
        assert_eq!(balanced("a}, x = {b"), "a｝, x = ｛b");
        assert_eq!(balanced("a {{b}"), "a ｛｛b｝");
    }
}
