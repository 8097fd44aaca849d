//! A style sheet as it is published: without its comments and the white space that only its author needs.
//! Nothing is parsed or rewritten: strings and `url(…)` stay as they are, and so does a space wherever it
//! may mean something (`a :hover`, `1rem + 2vw`).

/// Characters beside which a space means nothing.
const CLOSE: [char; 4] = ['{', '}', ';', ','];

/// The style sheet without comments and needless white space.
pub(super) fn css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut space = false;
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        if rest.starts_with("/*") {
            rest = rest[2..].split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        if next.is_ascii_whitespace() {
            space = true;
            rest = &rest[1..];
            continue;
        }
        // No space after a colon is part of a selector.
        let needless = CLOSE.contains(&next) || out.ends_with(CLOSE) || out.ends_with(':') || out.is_empty();
        if std::mem::take(&mut space) && !needless {
            out.push(' ');
        }
        if next == '}' && out.ends_with(';') {
            out.pop();
        }
        let whole = match next {
            '"' | '\'' => string(rest, next),
            // Escapes and addresses are kept whole.
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            'u' if rest.starts_with("url(") => rest.find(')').map_or(rest.len(), |at| at + 1),
            _ => next.len_utf8(),
        };
        out.push_str(&rest[..whole]);
        rest = &rest[whole..];
    }
    out
}

/// Length of a string with its quotes.
fn string(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        if c == quote && !escaped {
            return at + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::css;

    #[test]
    fn only_what_means_nothing_goes() {
        for (from, to) in [
            ("/* a */\na { b: c; }\n", "a{b:c}"),
            ("a :hover, b > c { d: calc(1rem + 2vw) 3px; }", "a :hover,b > c{d:calc(1rem + 2vw) 3px}"),
            ("@media (min-width: 40rem) {\n  a { b: c }\n  d { e: f; }\n}", "@media (min-width:40rem){a{b:c}d{e:f}}"),
            ("a::before { content: \"  /* ; } \\\" \"; }", "a::before{content:\"  /* ; } \\\" \"}"),
            ("a { content: \"\\2002\" attr(b); }", "a{content:\"\\2002\" attr(b)}"),
            ("a { b: url( x;/*y ); }", "a{b:url( x;/*y )}"),
            (".a/* x */.b { }", ".a.b{}"),
            ("a { b: c !important; }", "a{b:c !important}"),
            ("a { /* open", "a{"),
            ("a { b: \"open", "a{b:\"open"),
        ] {
            assert_eq!(css(from), to, "{from}");
        }
    }

    #[test]
    fn it_is_done_after_once() {
        let theme = include_str!("../../themes/gazette/style.css");
        let once = css(theme);
        assert_eq!(css(&once), once);
        assert!(once.len() < theme.len());
    }
}
