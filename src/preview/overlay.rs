//! Problems as a page shows them: the text of the terminal, escaped, its colours as classes.

use std::collections::BTreeMap;

use crate::diagnostic::{Problem, Severity, human};
use crate::read::Tree;

/// Problems shown in full; of more than these, the number.
const SHOWN: usize = 20;

/// Errors, or warnings and notes, as HTML; nothing if there are none.
pub(super) fn html(problems: &[&Problem], files: &BTreeMap<&str, &str>) -> String {
    let mut out = String::new();
    for problem in problems.iter().take(SHOWN) {
        let text = human(std::slice::from_ref(*problem), files, true);
        // The words scroll within their box, so the keyboard must reach it.
        out.push_str("<pre tabindex=\"0\">");
        coloured(&mut out, text.trim_end());
        out.push_str("</pre>");
    }
    if problems.len() > SHOWN {
        out.push_str(&format!("<p>… {}</p>", problems.len() - SHOWN));
    }
    out
}

/// Problems of some severities.
pub(super) fn of(problems: &[Problem], wanted: impl Fn(Severity) -> bool) -> Vec<&Problem> {
    problems.iter().filter(|p| wanted(p.severity)).collect()
}

/// The texts of the files that problems name.
pub(super) fn texts<'t>(tree: &'t Tree, problems: &'t [Problem]) -> BTreeMap<&'t str, &'t str> {
    let places = problems.iter().flat_map(|p| {
        p.place
            .as_deref()
            .map(|place| &place.file)
            .into_iter()
            .chain(p.related.as_deref().map(|(place, _)| &place.file))
    });
    places.filter_map(|file| Some((file.as_str(), tree.text(file)?.ok()?))).collect()
}

/// How many warnings and notes there are, in words.
pub(super) fn summary(problems: &[&Problem]) -> String {
    let count = |severity| problems.iter().filter(|p| p.severity == severity).count();
    let words = |n: usize, noun: &str| match n {
        0 => None,
        1 => Some(format!("1 {noun}")),
        n => Some(format!("{n} {noun}s")),
    };
    let parts = [words(count(Severity::Warning), "warning"), words(count(Severity::Note), "note")];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Appends a terminal's text: escaped, with `<span class="c94">` for a colour and `b` for bold.
///
/// Only sequences that set colours (SGR) are understood; of any other, the escape itself is shown.
fn coloured(out: &mut String, text: &str) {
    let mut style = Style::default();
    let mut rest = text;
    while let Some(at) = rest.find('\x1b') {
        run(out, &style, &rest[..at]);
        rest = &rest[at + 1..];
        let numbers = rest.strip_prefix('[').and_then(|r| r.split_once('m'));
        match numbers.filter(|(n, _)| n.bytes().all(|b| b.is_ascii_digit() || b == b';')) {
            Some((numbers, after)) => {
                numbers.split(';').for_each(|n| style.set(n));
                rest = after;
            }
            None => run(out, &style, "␛"),
        }
    }
    run(out, &style, rest);
}

#[derive(Default, PartialEq)]
struct Style {
    bold: bool,
    colour: Option<u8>,
}

impl Style {
    fn set(&mut self, number: &str) {
        match number.parse() {
            Ok(0) | Err(_) => *self = Style::default(),
            Ok(1) => self.bold = true,
            Ok(colour @ (30..=37 | 90..=97)) => self.colour = Some(colour),
            Ok(_) => {}
        }
    }
}

fn run(out: &mut String, style: &Style, text: &str) {
    if text.is_empty() {
        return;
    }
    if *style == Style::default() {
        escape(out, text);
        return;
    }
    out.push_str("<span class=\"");
    if let Some(colour) = style.colour {
        out.push_str(&format!("c{colour}"));
    }
    if style.bold {
        out.push_str(if style.colour.is_some() { " b" } else { "b" });
    }
    out.push_str("\">");
    escape(out, text);
    out.push_str("</span>");
}

/// Appends text, escaped for content and for quoted attributes alike. Marks that turn the direction of text are
/// shown as what they are: they would show a line in another order than it has.
pub(super) fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                out.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
            }
            '\n' | '\t' => out.push(c),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let mut out = String::new();
        coloured(&mut out, text);
        out
    }

    #[test]
    fn colours_are_classes_and_nothing_of_the_text_is_markup() {
        assert_eq!(shown("a\x1b[1m\x1b[91merror\x1b[0m b"), "a<span class=\"c91 b\">error</span> b");
        assert_eq!(shown("\x1b[1;94m| \x1b[mx"), "<span class=\"c94 b\">| </span>x");
        assert_eq!(shown("<b>\"&'"), "&lt;b&gt;&quot;&amp;&#39;");
        assert_eq!(shown("\x1b]0;title\x07"), "␛]0;title\u{fffd}");
        assert_eq!(shown("\x1b[2Jx\x1b"), "␛[2Jx␛");
        assert_eq!(shown("a\u{202e}b"), "a⟨U+202E⟩b");
    }

    #[test]
    fn what_a_page_shows_is_what_the_terminal_shows() {
        let text = "a = 1\nquote = '<script>alert(1)</script>\u{202e}'\n";
        let start = text.find("'<").expect("stands in the text above");
        let problem = Problem::error("quote-not-found", "the <img src=x onerror=alert(1)> is not \"there\"")
            .at("<b>.toml", start..start + 5)
            .label("not in <seeds>")
            .help("write <i>");
        let files = BTreeMap::from([("<b>.toml", text)]);
        let html = html(&[&problem], &files);
        let tags: Vec<&str> =
            html.match_indices('<').map(|(at, _)| html[at..].split(['>', ' ']).next().unwrap_or("")).collect();
        assert!(tags.iter().all(|t| ["<pre", "</pre", "<span", "</span"].contains(t)), "{tags:?}");
        let regex = regex::Regex::new("<[^>]*>").expect("it is sound");
        let plain = regex.replace_all(&html, "");
        let plain = plain
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&");
        let terminal = human(std::slice::from_ref(&problem), &files, false);
        assert_eq!(plain.trim_end().replace("⟨U+202E⟩", "\u{202e}"), terminal.trim_end());
    }

    #[test]
    fn of_very_many_some_are_shown() {
        let all: Vec<Problem> = (0..30).map(|n| Problem::error("toml", format!("no {n}"))).collect();
        let html = html(&of(&all, |s| s == Severity::Error), &BTreeMap::new());
        assert_eq!((html.matches("<pre").count(), html.contains("… 10")), (20, true));
        assert!(of(&all, |s| s == Severity::Warning).is_empty());
    }
}
