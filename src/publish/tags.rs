//! The addresses and ids in a finished page's tags.
//!
//! Takes a page's bytes and calls back for each, in order. Reads what an HTML tokenizer reads (the test
//! holds it against one), and only that: text is skipped from `<` to `<`.

use std::borrow::Cow;
use std::ops::Range;

use html5gum::Tokenizer;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use memchr::{memchr, memmem};

/// An attribute that links are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Attribute {
    /// `id`
    Id,
    /// `href` or `src`
    Address,
}

/// Calls `found` for every id, `href` and `src`.
pub(super) fn attributes(html: &[u8], mut found: impl FnMut(Attribute, &str)) {
    let text = String::from_utf8_lossy(html);
    let html = text.as_bytes();
    let found = &mut |attribute, value: Range<usize>| found(attribute, &value_of(&text[value]));
    let mut at = 0;
    while let Some(open) = memchr(b'<', &html[at..]) {
        let start = at + open + 1;
        at = match html.get(start) {
            Some(b'!') if html[start..].starts_with(b"!--") => end_of_comment(html, start + 3),
            Some(b'!' | b'?') => end_of(html, start),
            Some(b'/') if html.get(start + 1).is_some_and(u8::is_ascii_alphabetic) => {
                tag(html, start + 1, &mut |_, _| ())
            }
            Some(b'/') => end_of(html, start),
            Some(c) if c.is_ascii_alphabetic() => {
                let end = tag(html, start, found);
                RAW.iter().find(|name| is_name(&html[start..], name)).map_or(end, |name| end_of_raw(html, end, name))
            }
            _ => start,
        };
    }
}

/// Elements whose content is no markup.
const RAW: [&[u8]; 4] = [b"script", b"style", b"title", b"textarea"];

/// Whether a tag has this name.
fn is_name(tag: &[u8], name: &[u8]) -> bool {
    tag.get(..name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
        && tag.get(name.len()).is_none_or(|c| c.is_ascii_whitespace() || matches!(c, b'/' | b'>'))
}

/// Behind the next `>`.
fn end_of(html: &[u8], at: usize) -> usize {
    memchr(b'>', &html[at..]).map_or(html.len(), |n| at + n + 1)
}

/// Behind a comment whose words begin here.
fn end_of_comment(html: &[u8], mut at: usize) -> usize {
    // `<!-->` and `<!--->` are whole comments.
    if let Some(short) = [b">".as_slice(), b"->"].iter().find(|s| html[at..].starts_with(s)) {
        return at + short.len();
    }
    while let Some(n) = memmem::find(&html[at..], b"--") {
        let behind = &html[at + n + 2..];
        if let Some(end) = [b">".as_slice(), b"!>"].iter().find(|s| behind.starts_with(s)) {
            return at + n + 2 + end.len();
        }
        at += n + 1;
    }
    html.len()
}

/// Where the end tag of a raw element begins.
fn end_of_raw(html: &[u8], mut at: usize, name: &[u8]) -> usize {
    while let Some(n) = memmem::find(&html[at..], b"</") {
        if is_name(&html[at + n + 2..], name) {
            return at + n;
        }
        at += n + 2;
    }
    html.len()
}

/// Reads a tag from its name on; gives the place behind it.
///
/// Values are told as ranges: their ends are quotes or white space, so they cut no character.
fn tag(html: &[u8], at: usize, found: &mut impl FnMut(Attribute, Range<usize>)) -> usize {
    let skip =
        |at: usize, while_: fn(u8) -> bool| html[at..].iter().position(|c| !while_(*c)).map_or(html.len(), |n| at + n);
    let mut at = skip(at, |c| !c.is_ascii_whitespace() && !matches!(c, b'/' | b'>'));
    loop {
        at = skip(at, |c| c.is_ascii_whitespace() || c == b'/');
        match html.get(at) {
            None => return html.len(),
            Some(b'>') => return at + 1,
            Some(_) => {}
        }
        // A name may begin with `=`.
        let name = at;
        at = skip(at + 1, |c| !c.is_ascii_whitespace() && !matches!(c, b'/' | b'>' | b'='));
        let kind = match &html[name..at] {
            n if n.eq_ignore_ascii_case(b"id") => Some(Attribute::Id),
            n if n.eq_ignore_ascii_case(b"href") || n.eq_ignore_ascii_case(b"src") => Some(Attribute::Address),
            _ => None,
        };
        let equals = skip(at, |c| c.is_ascii_whitespace());
        if html.get(equals) != Some(&b'=') {
            continue;
        }
        at = skip(equals + 1, |c| c.is_ascii_whitespace());
        let (value, end) = match html.get(at) {
            None => return html.len(),
            // No value at all.
            Some(b'>') => return at + 1,
            Some(quote @ (b'"' | b'\'')) => match memchr(*quote, &html[at + 1..]) {
                Some(n) => (at + 1..at + 1 + n, at + n + 2),
                None => return html.len(),
            },
            Some(_) => {
                let end = skip(at, |c| !c.is_ascii_whitespace() && c != b'>');
                (at..end, end)
            }
        };
        if let Some(kind) = kind
            && !value.is_empty()
        {
            found(kind, value);
        }
        at = end;
    }
}

/// A value as it is meant. References are rare in ids and addresses; what has them is left to the tokenizer.
fn value_of(raw: &str) -> Cow<'_, str> {
    if memchr::memchr3(b'&', b'\r', 0, raw.as_bytes()).is_none() {
        return Cow::Borrowed(raw);
    }
    let quote = if raw.contains('"') { '\'' } else { '"' };
    let tag = format!("<a b={quote}{raw}{quote}>");
    let mut out = String::new();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<()> {
        if let CallbackEvent::AttributeValue { value } = event {
            out = String::from_utf8_lossy(value).into_owned();
        }
        None
    });
    // Reading from memory cannot fail, and nothing is emitted: the callback keeps what it sees.
    for _ in Tokenizer::new_with_emitter(tag.as_str(), emitter) {}
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn ours(html: &str) -> Vec<(Attribute, String)> {
        let mut out = Vec::new();
        attributes(html.as_bytes(), |kind, value| out.push((kind, value.to_owned())));
        out
    }

    /// What the tokenizer says of start tags.
    fn theirs(html: &str) -> Vec<(Attribute, String)> {
        let mut out = Vec::new();
        let mut pending = Vec::new();
        let mut kind = None;
        let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: html5gum::Span<()>| -> Option<()> {
            match event {
                CallbackEvent::AttributeName { name } => {
                    kind = match name {
                        b"id" => Some(Attribute::Id),
                        b"href" | b"src" => Some(Attribute::Address),
                        _ => None,
                    };
                }
                CallbackEvent::AttributeValue { value } => {
                    pending.extend(kind.take().map(|k| (k, String::from_utf8_lossy(value).into_owned())));
                }
                CallbackEvent::CloseStartTag { .. } => out.append(&mut pending),
                CallbackEvent::EndTag { .. } => pending.clear(),
                _ => {}
            }
            None
        });
        emitter.naively_switch_states(true);
        for _ in Tokenizer::new_with_emitter(html, emitter) {}
        out
    }

    #[test]
    fn what_a_tokenizer_reads() {
        for html in [
            "<p id=\"a\"><a href=\"b/#c\">x</a> <a href='https://example.org/'>y</a> &lt;a href=\"no\"&gt;<br id=a>",
            "<A HREF=x ID = y/><img src='a\"b'/><i id=\"a&amp;b\" class=\"&quot;\">",
            "<!-- <a id=\"no\"> --><!doctype html><?x id=\"no\"?><b id=c><!--><i id=d>-->",
            "<script>\"<a id='no'>\"</script><style>a>b</style id=no><title><a id=no></title><p id=e>",
            "<script src=\"a\">document.write(\"</b><i id=no>\")</script><textarea id=f><p id=no></textarea>",
            "a < b <= c <1 id=x> </1 id=no>",
            "<!--><i id=a><!--->x<i id=b><!-- --!><i id=c><!-- - -- ><i id=no>-->",
            "<a id= >x</a><a id>y</a><a id=\"\">z</a><scripts id=g><p id=h>",
            "<a title=\"a > b\" id=\"i\">",
            "<a =id=j id=k>",
            "<svg><use href=\"#l\"/></svg>",
            "<a/id=m/href=n>",
        ] {
            assert_eq!(ours(html), theirs(html), "{html}");
        }
    }

    proptest! {
        #[test]
        fn whatever_comes(html in "(<|</|>|a|p|style|title| |=|\"|'|id|href|src|/|!|--|&amp;|&|x|#|到){0,24}") {
            let (ours, theirs) = (ours(&html), theirs(&html));
            // The tokenizer drops a name that a tag has twice; a page of ours has none.
            prop_assert!(theirs.iter().all(|t| ours.contains(t)), "{html}: {ours:?} {theirs:?}");
        }
    }
}
