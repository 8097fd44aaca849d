//! Digests as HTML.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::OnceLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use super::kept;
use super::urls::Urls;
use crate::content::fields::Lang;
use crate::content::markdown::{Block, BlockKind, Inline};
use crate::site::{Entity, LinkedDigest, Site};
use crate::text::{is_chinese, is_hidden};

/// What the HTML of a digest depends on besides the digest.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) site: &'a Site,
    pub(super) digest: &'a LinkedDigest,
    pub(super) lang: Lang,
    pub(super) urls: Urls,
    /// The way to the site's root.
    pub(super) root: &'a str,
    /// Words before a citation's number for screen readers.
    pub(super) cite_label: &'a str,
    /// The language of the pages that links lead to.
    pub(super) target_lang: Lang,
    /// The address of the page that has the notes, where that is another.
    pub(super) notes: &'a str,
    /// Leave ids out: the page has them elsewhere.
    pub(super) bare: bool,
    /// Mark the glossary's terms.
    pub(super) terms: bool,
}

impl Context<'_> {
    /// The address of a link that is written as from the digest's own page.
    fn moved<'t>(&self, to: &'t str) -> Cow<'t, str> {
        let elsewhere = to.split(['/', '?', '#']).next().unwrap_or_default().contains(':') || to.starts_with('/');
        if self.notes.is_empty() || elsewhere {
            return Cow::Borrowed(to);
        }
        let folder = self.notes.trim_end_matches("index.html");
        Cow::Owned(if to.starts_with('#') { format!("{}{to}", self.notes) } else { format!("{folder}{to}") })
    }
}

impl<'a> Context<'a> {
    /// A digest on its own page.
    pub(super) fn new(
        site: &'a Site,
        digest: &'a LinkedDigest,
        lang: Lang,
        urls: Urls,
        root: &'a str,
        cite_label: &'a str,
    ) -> Self {
        Context { site, digest, lang, urls, root, cite_label, target_lang: lang, notes: "", bare: false, terms: false }
    }
}

/// Appends text, escaped for content and for quoted attributes alike; what is hidden in it is left out.
pub(super) fn escape(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(|c| matches!(c, '&' | '<' | '>' | '"' | '\'') || is_hidden(c)) {
        out.push_str(&rest[..at]);
        let mut after = rest[at..].chars();
        out.push_str(match after.next() {
            Some('&') => "&amp;",
            Some('<') => "&lt;",
            Some('>') => "&gt;",
            Some('"') => "&quot;",
            Some('\'') => "&#39;",
            _ => "",
        });
        rest = after.as_str();
    }
    out.push_str(rest);
}

/// The digest's blocks.
pub(super) fn digest(cx: &Context<'_>) -> String {
    let mut out = String::with_capacity(8 * 1024);
    let mut cited = vec![false; cx.digest.notes.len()];
    for block in &cx.digest.digest.blocks {
        write_block(&mut out, cx, block, &mut cited);
    }
    out
}

/// One block of the digest.
pub(super) fn block(cx: &Context<'_>, block: &Block) -> String {
    let mut out = String::new();
    write_block(&mut out, cx, block, &mut vec![cx.bare; cx.digest.notes.len()]);
    out
}

fn write_block(out: &mut String, cx: &Context<'_>, block: &Block, cited: &mut [bool]) {
    match &block.kind {
        BlockKind::Heading { level, id, words } => {
            let _ = match cx.bare {
                true => write!(out, "<h{level}>"),
                false => write!(out, "<h{level} id=\"{id}\">"),
            };
            write_inlines(out, cx, words, cited);
            let _ = writeln!(out, "</h{level}>");
        }
        BlockKind::Paragraph(words) => {
            out.push_str("<p>");
            write_inlines(out, cx, words, cited);
            out.push_str("</p>\n");
        }
        BlockKind::List { start, items } => {
            let tag = if start.is_some() { "ol" } else { "ul" };
            match start {
                Some(n) if *n != 1 => _ = writeln!(out, "<ol start=\"{n}\">"),
                _ => _ = writeln!(out, "<{tag}>"),
            }
            for item in items {
                out.push_str("<li>");
                match item.as_slice() {
                    // A single paragraph needs no tags of its own.
                    [Block { kind: BlockKind::Paragraph(words), .. }] => write_inlines(out, cx, words, cited),
                    blocks => blocks.iter().for_each(|b| write_block(out, cx, b, cited)),
                }
                out.push_str("</li>\n");
            }
            let _ = writeln!(out, "</{tag}>");
        }
        BlockKind::Table { numeric, header, rows } => {
            out.push_str("<div class=\"table\"><table>\n<thead><tr>");
            for (i, cell) in header.iter().enumerate() {
                write_cell(out, cx, "th scope=\"col\"", numeric.get(i), cell, cited);
            }
            out.push_str("</tr></thead>\n<tbody>\n");
            for row in rows {
                out.push_str("<tr>");
                for (i, cell) in row.iter().enumerate() {
                    write_cell(out, cx, "td", numeric.get(i), cell, cited);
                }
                out.push_str("</tr>\n");
            }
            out.push_str("</tbody></table></div>\n");
        }
        BlockKind::Quotation(blocks) => {
            out.push_str("<blockquote>\n");
            blocks.iter().for_each(|b| write_block(out, cx, b, cited));
            out.push_str("</blockquote>\n");
        }
        BlockKind::Code { language, text } => write_code(out, language, text),
        BlockKind::Rule => out.push_str("<hr>\n"),
    }
}

fn write_cell(
    out: &mut String,
    cx: &Context<'_>,
    tag: &str,
    numeric: Option<&bool>,
    words: &[Inline],
    cited: &mut [bool],
) {
    let class = if numeric == Some(&true) { " class=\"num\"" } else { "" };
    let _ = write!(out, "<{tag}{class}>");
    write_inlines(out, cx, words, cited);
    let _ = write!(out, "</{}>", tag.split(' ').next().unwrap_or(tag));
}

fn write_inlines(out: &mut String, cx: &Context<'_>, inlines: &[Inline], cited: &mut [bool]) {
    for inline in inlines {
        match inline {
            Inline::Text(text) => write_words(out, cx, text),
            Inline::Code(code) => {
                out.push_str("<code>");
                escape(out, code);
                out.push_str("</code>");
            }
            Inline::Emphasis(inner) => wrapped(out, "em", cx, inner, cited),
            Inline::Strong(inner) => wrapped(out, "strong", cx, inner, cited),
            Inline::Deleted(inner) => wrapped(out, "del", cx, inner, cited),
            Inline::Break => out.push_str("<br>\n"),
            Inline::Link { to, words, .. } => {
                out.push_str("<a href=\"");
                escape(out, &cx.moved(to));
                out.push_str("\">");
                write_inlines(out, &Context { terms: false, ..*cx }, words, cited);
                out.push_str("</a>");
            }
            Inline::Reference { target, words, .. } => write_reference(out, cx, target, words.as_deref(), cited),
            Inline::Citation(n) => write_citation(out, cx, *n, cited),
        }
    }
}

fn wrapped(out: &mut String, tag: &str, cx: &Context<'_>, inner: &[Inline], cited: &mut [bool]) {
    let _ = write!(out, "<{tag}>");
    write_inlines(out, cx, inner, cited);
    let _ = write!(out, "</{tag}>");
}

/// Words, the glossary's terms among them marked if that is asked for.
fn write_words(out: &mut String, cx: &Context<'_>, text: &str) {
    let names = cx.site.concord.names.as_ref().filter(|_| cx.terms);
    let mut at = 0;
    let mut hits = names.map(|n| n[cx.lang.index()].find(text)).unwrap_or_default();
    hits.sort_by_key(|h| (h.range.start, std::cmp::Reverse(h.range.end)));
    for hit in hits {
        let Entity::Term(term) = hit.entity else { continue };
        if hit.range.start < at {
            continue;
        }
        write_text(out, cx.lang, &text[at..hit.range.start]);
        out.push_str("<a class=\"term\" href=\"");
        escape(out, cx.root);
        escape(out, &cx.urls.entity(cx.site, hit.entity, cx.target_lang));
        let _ = write!(out, "\" data-term=\"{}\">", cx.site.terms[term].id);
        write_text(out, cx.lang, &text[hit.range.clone()]);
        out.push_str("</a>");
        at = hit.range.end;
    }
    write_text(out, cx.lang, &text[at..]);
}

/// Words, with a language of their own where English text names something in Chinese.
pub(super) fn write_text(out: &mut String, lang: Lang, text: &str) {
    if lang == Lang::Zh || !text.chars().any(crate::text::is_han) {
        kept::write(out, text);
        return;
    }
    let mut rest = text;
    while let Some(start) = rest.find(crate::text::is_han) {
        let end = rest[start..].find(|c| !is_chinese(c)).map_or(rest.len(), |i| start + i);
        kept::write(out, &rest[..start]);
        out.push_str("<span lang=\"zh-Hans\">");
        kept::write(out, &rest[start..end]);
        out.push_str("</span>");
        rest = &rest[end..];
    }
    kept::write(out, rest);
}

fn write_reference(out: &mut String, cx: &Context<'_>, target: &str, words: Option<&[Inline]>, cited: &mut [bool]) {
    // Linking has resolved every reference, or there would be no page.
    let Ok(entity) = cx.site.ids.resolve(target) else { return };
    let url = cx.urls.entity(cx.site, entity, cx.target_lang);
    out.push_str("<a href=\"");
    escape(out, cx.root);
    escape(out, &url);
    out.push_str("\">");
    match words {
        Some(words) => write_inlines(out, &Context { terms: false, ..*cx }, words, cited),
        None => write_text(out, cx.lang, cx.site.name(entity, cx.lang)),
    }
    out.push_str("</a>");
}

/// The citation's number, as a link to the quoted words on the source page.
fn write_citation(out: &mut String, cx: &Context<'_>, citation: usize, cited: &mut [bool]) {
    let note = cx.digest.note_of[citation];
    let number = note + 1;
    let first = !std::mem::replace(&mut cited[note], true);
    let id = if first { format!(" id=\"cite-{number}\"") } else { String::new() };
    let to = match cx.digest.notes[note].evidence.span() {
        Some(span) => format!("{}{}", cx.root, cx.urls.span(cx.site, span, cx.target_lang)),
        None => format!("{}#note-{number}", cx.notes),
    };
    let _ = write!(out, "<sup class=\"cite\"><a{id} href=\"");
    escape(out, &to);
    out.push_str("\" aria-label=\"");
    escape(out, cx.cite_label);
    let _ = write!(out, " {number}\">{number}</a></sup>");
}

fn write_code(out: &mut String, language: &str, text: &str) {
    static SYNTAXES: OnceLock<SyntaxSet> = OnceLock::new();
    let syntaxes = SYNTAXES.get_or_init(SyntaxSet::load_defaults_newlines);
    out.push_str("<pre><code");
    if !language.is_empty() {
        out.push_str(" class=\"language-");
        escape(out, language);
        out.push('"');
    }
    out.push('>');
    match syntaxes.find_syntax_by_token(language).filter(|_| !language.is_empty()) {
        None => escape(out, text),
        Some(syntax) => {
            let style = ClassStyle::SpacedPrefixed { prefix: "hl-" };
            let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, syntaxes, style);
            let parsed = LinesWithEndings::from(text)
                .try_for_each(|line| generator.parse_html_for_line_which_includes_newline(line));
            match parsed {
                Ok(()) => out.push_str(&generator.finalize()),
                Err(_) => escape(out, text),
            }
        }
    }
    out.push_str("</code></pre>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_highlighted_with_classes() {
        let mut out = String::new();
        write_code(&mut out, "json", "{\"a\": 1}\n");
        assert!(out.contains("class=\"hl-") && !out.contains("style="), "{out}");
        let mut out = String::new();
        write_code(&mut out, "nonsense", "<b>\n");
        assert_eq!(out, "<pre><code class=\"language-nonsense\">&lt;b&gt;\n</code></pre>\n");
    }

    #[test]
    fn chinese_in_english_has_its_language() {
        let mut out = String::new();
        write_text(&mut out, Lang::En, "open bidding (揭榜挂帅) & more");
        assert_eq!(out, "open bidding (<span lang=\"zh-Hans\">揭榜挂帅</span>) &amp; more");
    }
}
