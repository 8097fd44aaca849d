//! A digest as Markdown that reads well anywhere: references are links, citations are footnotes with
//! their quotes, and everything leads back to the site.

use std::fmt::Write as _;

use super::{Output, Renderer, urls};
use crate::content::fields::Lang;
use crate::content::markdown::{Block, BlockKind, Inline};
use crate::site::{Entity, Evidence, LinkedDigest};
use crate::text::{is_hidden, shown};

impl Renderer<'_> {
    pub(super) fn markdown(&self, lang: Lang, index: usize) -> Output {
        let site = self.site;
        let policy = &site.policies[index];
        let folder = urls::policy(&policy.id, lang);
        let mut out = String::with_capacity(16 * 1024);
        let title = policy.record.title.full();
        let _ = writeln!(out, "# {}\n", escape(title.get(lang)));
        if lang == Lang::En {
            let _ = writeln!(out, "{}\n", escape(&title.zh));
        }
        let mut facts = vec![
            escape(site.name(Entity::Place(policy.place), lang)),
            escape(site.name(Entity::Agency(policy.issuer), lang)),
        ];
        facts.extend(policy.record.issued.map(|d| d.0.to_string()));
        facts.extend((!policy.record.number.is_empty()).then(|| escape(&policy.record.number)));
        let _ = writeln!(out, "{}\n", facts.join(" · "));
        let source = if self.base_url.is_some() {
            self.link_to(&folder, &urls::source(&policy.id, lang))
        } else {
            "source/".to_owned()
        };
        let _ = writeln!(
            out,
            "{} [{}]({}) · [{}]({source})\n",
            escape(self.word(lang, "disclaimer")),
            escape(self.word(lang, "digest")),
            self.link_to(&folder, &folder),
            escape(self.word(lang, "source")),
        );
        if let Some(digest) = &policy.digests[lang.index()] {
            let writer = Writer { renderer: self, digest, lang, folder: &folder };
            for block in &digest.digest.blocks {
                writer.block(&mut out, block, "");
            }
            writer.notes(&mut out);
        }
        let text = format!("{}\n", out.trim_end());
        Output { path: format!("{folder}index.md"), bytes: text.into_bytes() }
    }

    /// An address as a file in a folder writes it: absolute where the site knows its own.
    fn link_to(&self, folder: &str, url: &str) -> String {
        match &self.base_url {
            Some(base) => format!("{base}{url}"),
            None => format!("{}{url}", urls::to_root(folder)),
        }
    }
}

struct Writer<'a> {
    renderer: &'a Renderer<'a>,
    digest: &'a LinkedDigest,
    lang: Lang,
    folder: &'a str,
}

impl Writer<'_> {
    fn block(&self, out: &mut String, block: &Block, indent: &str) {
        match &block.kind {
            BlockKind::Heading { level, words, .. } => {
                let _ = writeln!(out, "{indent}{} {}\n", "#".repeat(usize::from(*level)), self.inlines(words));
            }
            BlockKind::Paragraph(words) => {
                let _ = writeln!(out, "{indent}{}\n", lines(&self.inlines(words)));
            }
            BlockKind::List { start: first, items } => {
                for (n, item) in items.iter().enumerate() {
                    let mark = first.map_or("-".to_owned(), |first| format!("{}.", first + n as u64));
                    let inner = format!("{indent}{}", " ".repeat(mark.len() + 1));
                    let mut text = String::new();
                    item.iter().for_each(|b| self.block(&mut text, b, &inner));
                    let _ = writeln!(out, "{indent}{mark} {}", text.trim());
                }
                out.push('\n');
            }
            BlockKind::Quotation(blocks) => {
                let mut text = String::new();
                blocks.iter().for_each(|b| self.block(&mut text, b, ""));
                for line in text.trim_end().lines() {
                    let _ = writeln!(out, "{indent}> {line}");
                }
                out.push('\n');
            }
            BlockKind::Table { numeric, header, rows } => {
                let row = |out: &mut String, cells: &[Vec<Inline>]| {
                    let cells: Vec<String> = cells.iter().map(|c| self.inlines(c).replace('|', "\\|")).collect();
                    let _ = writeln!(out, "{indent}| {} |", cells.join(" | "));
                };
                row(out, header);
                let rule: Vec<&str> = numeric.iter().map(|n| if *n { "--:" } else { "---" }).collect();
                let _ = writeln!(out, "{indent}| {} |", rule.join(" | "));
                rows.iter().for_each(|cells| row(out, cells));
                out.push('\n');
            }
            BlockKind::Code { language, text } => {
                let fence = "`".repeat(ticks(text).max(2) + 1);
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '#' | '_');
                let language = if language.chars().all(plain) { language.as_str() } else { "" };
                let _ = writeln!(out, "{indent}{fence}{language}");
                for line in text.lines() {
                    let _ = writeln!(out, "{indent}{line}");
                }
                let _ = writeln!(out, "{indent}{fence}\n");
            }
            BlockKind::Rule => {
                let _ = writeln!(out, "{indent}---\n");
            }
        }
    }

    fn inlines(&self, inlines: &[Inline]) -> String {
        let mut out = String::new();
        for inline in inlines {
            match inline {
                Inline::Text(text) => out.push_str(&escape(text)),
                Inline::Code(code) => out.push_str(&code_span(code)),
                // Emphasis is dropped beside full-width punctuation, where Markdown could not read it.
                Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Deleted(inner) => {
                    let words = self.inlines(inner);
                    let mark = match inline {
                        Inline::Emphasis(_) => "*",
                        Inline::Strong(_) => "**",
                        _ => "~~",
                    };
                    let plain = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
                    if plain(words.chars().next()) && plain(words.chars().next_back()) {
                        let _ = write!(out, "{mark}{words}{mark}");
                    } else {
                        out.push_str(&words);
                    }
                }
                Inline::Break => out.push_str("\\\n"),
                Inline::Link { to, words, .. } => _ = write!(out, "[{}]({})", self.inlines(words), address(to)),
                Inline::Reference { target, words, .. } => {
                    // Linking has resolved every reference.
                    let Ok(entity) = self.renderer.site.ids.resolve(target) else { continue };
                    let url = urls::Urls::default().entity(self.renderer.site, entity, self.lang);
                    let words = match words {
                        Some(words) => self.inlines(words),
                        None => escape(self.renderer.site.name(entity, self.lang)),
                    };
                    let _ = write!(out, "[{words}]({})", self.renderer.link_to(self.folder, &url));
                }
                Inline::Citation(n) => _ = write!(out, "[^{}]", self.digest.note_of[*n] + 1),
            }
        }
        out
    }

    fn notes(&self, out: &mut String) {
        let site = self.renderer.site;
        for (n, note) in self.digest.notes.iter().enumerate() {
            let mut parts: Vec<String> = Vec::new();
            if let Some(span) = note.evidence.span() {
                let (policy, words) = site.span(span);
                let anchor = policy.source.blocks[words.block].anchor;
                let url = self.renderer.link_to(self.folder, &urls::Urls::default().span(site, span, self.lang));
                parts.push(escape(site.quoted(span)));
                if self.lang == Lang::En && !note.translation.is_empty() {
                    parts.push(format!("({})", escape(&note.translation)));
                }
                parts.push(format!("[{anchor}]({url})"));
            }
            if let Evidence::Derived(policy, at) = note.evidence {
                let derived = &site.policies[policy].derived[at];
                parts.push(format!(
                    "{}: {} ({})",
                    escape(derived.measure.get(self.lang)),
                    escape(derived.value.get_ref()),
                    code_span(derived.arithmetic.get_ref())
                ));
            }
            let _ = writeln!(out, "[^{}]: {}\n", n + 1, start(&parts.join(" ")));
        }
    }
}

/// Text that Markdown must not read as anything else.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&' | '$' => out.extend(['\\', c]),
            '\n' | '\r' => out.push(' '),
            c if is_hidden(c) => {}
            c => out.push(c),
        }
    }
    out
}

/// The longest run of backticks in a text.
fn ticks(text: &str) -> usize {
    text.split(|c| c != '`').map(str::len).max().unwrap_or(0)
}

/// Code between more backticks than it holds in a row.
fn code_span(code: &str) -> String {
    let code = shown(code).replace(['\n', '\r'], " ");
    let fence = "`".repeat(ticks(&code) + 1);
    let edge = |c: Option<char>| matches!(c, Some('`' | ' '));
    let blank = code.chars().all(|c| c == ' ');
    let pad = if !blank && (edge(code.chars().next()) || edge(code.chars().next_back())) { " " } else { "" };
    // Two backticks with nothing between them would open a span, not be one.
    if code.is_empty() { code } else { format!("{fence}{pad}{code}{pad}{fence}") }
}

/// A link's address between its brackets.
fn address(to: &str) -> String {
    let mut out = String::with_capacity(to.len());
    for c in to.chars() {
        match c {
            '(' | ')' | '<' | '>' | '\\' | '&' | '`' | '*' | '_' | '[' | ']' | '"' => out.extend(['\\', c]),
            c if c.is_whitespace() || c.is_control() => {
                c.encode_utf8(&mut [0; 4]).bytes().for_each(|b| _ = write!(out, "%{b:02X}"));
            }
            c => out.push(c),
        }
    }
    out
}

/// A paragraph in which no line begins as something else.
fn lines(text: &str) -> String {
    text.split("\\\n").map(start).collect::<Vec<_>>().join("\\\n")
}

/// A paragraph's beginning that would make it a heading, a list or a quotation.
fn start(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let list = digits > 0 && text[digits..].starts_with(['.', ')']);
    if text.starts_with(['#', '-', '+', '=', '|']) {
        format!("\\{text}")
    } else if list {
        format!("{}\\{}", &text[..digits], &text[digits..])
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag};

    fn events(written: &str) -> Vec<Event<'_>> {
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
        Parser::new_ext(written, options).collect()
    }

    #[test]
    fn nothing_leaves_its_code_or_its_address() {
        for code in ["a", "a`<img src=x>`b", "`", "``<b>", " ` ", "a\n\n<b>"] {
            let written = format!("x{}y", code_span(code));
            let found = events(&written);
            assert!(found.iter().any(|e| matches!(e, Event::Code(c) if **c == *code.replace('\n', " "))), "{found:?}");
            assert_eq!(found.len(), 5, "{found:?}");
        }
        for to in ["https://a/b_(c)?d=1&copy;#e", "https://a/) <img src=x onerror=alert(1)>", "a\\)b", "x y", "a`b`c"] {
            let written = format!("[w]({})", address(to));
            let found = events(&written);
            let wanted = to.replace(' ', "%20");
            let link = |e: &Event<'_>| matches!(e, Event::Start(Tag::Link { dest_url, .. }) if **dest_url == *wanted);
            assert!(found.iter().any(link), "{found:?}");
            assert_eq!(found.len(), 5, "{found:?}");
        }
        let written = lines(&["a", "# b", "- c", "===", "1. d"].join("\\\n"));
        assert_eq!(events(&written).iter().filter(|e| matches!(e, Event::Start(_))).count(), 1, "{written}");
    }

    proptest! {
        /// What is escaped reads as it was written.
        #[test]
        fn escaped_words_are_words(text in "[a-z0-9#*_`~\\[\\]<>&|.()+=!$\\\\ 一二。（）-]{0,40}") {
            let text = text.trim().to_owned();
            let written = start(&escape(&text));
            let read: String = Parser::new_ext(&written, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH)
                .filter_map(|e| match e {
                    Event::Text(t) => Some(t.into_string()),
                    _ => None,
                })
                .collect();
            prop_assert_eq!(read, text, "{}", written);
        }
    }
}
