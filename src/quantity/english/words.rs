//! English prose as words: lower case, with punctuation only as what ends a clause or joins.

/// Words and signs of money, before or after the number, and the unit that they mean.
const MONEY: [(&str, &str); 17] = [
    ("rmb", "RMB"),
    ("cny", "RMB"),
    ("¥", "RMB"),
    ("￥", "RMB"),
    ("yuan", "RMB"),
    ("renminbi", "RMB"),
    ("usd", "USD"),
    ("$", "USD"),
    ("dollars", "USD"),
    ("eur", "EUR"),
    ("€", "EUR"),
    ("euros", "EUR"),
    ("hkd", "HKD"),
    ("jpy", "JPY"),
    ("yen", "JPY"),
    ("gbp", "GBP"),
    ("£", "GBP"),
];

/// A word of the text: lower-cased, with its bytes.
pub(super) struct Word<'a> {
    pub(super) text: String,
    pub(super) raw: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Punctuation that ends a clause stands after it.
    pub(super) ends_clause: bool,
}

pub(super) fn read(text: &str) -> Vec<Word<'_>> {
    let mut out: Vec<Word<'_>> = Vec::new();
    let mut start = None;
    // 8:30 and 1:1 are one word, and no figure.
    let keep = |c: char, last: Option<char>, next: Option<char>| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        c.is_alphanumeric()
            || matches!(c, '%' | '‰' | '\'' | '’' | '/')
            || (matches!(c, '.' | ',') && digit(next))
            || (c == ':' && digit(last) && digit(next))
    };
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    for (n, &(at, c)) in chars.iter().enumerate() {
        let next = chars.get(n + 1).map(|(_, c)| *c);
        let last = n.checked_sub(1).map(|b| chars[b].1);
        let joined = matches!(c, '.' | ',') && start.is_none();
        if keep(c, last, next) && !joined {
            start = start.or(Some(at));
            continue;
        }
        if let Some(from) = start.take() {
            push(text, from, at, &mut out);
        }
        match c {
            '¥' | '￥' | '$' | '€' | '£' | '–' | '-' | '—' => out.push(Word {
                text: if matches!(c, '–' | '-' | '—') { "-".to_owned() } else { c.to_string() },
                raw: &text[at..at + c.len_utf8()],
                start: at,
                end: at + c.len_utf8(),
                ends_clause: false,
            }),
            ',' | ';' | '.' | ':' | '(' | ')' | '|' => {
                if let Some(last) = out.last_mut() {
                    last.ends_clause = true;
                }
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        push(text, from, text.len(), &mut out);
    }
    out
}

/// Appends the word of a range; RMB800 and 50% are two words each.
fn push<'a>(text: &'a str, from: usize, to: usize, out: &mut Vec<Word<'a>>) {
    let raw = &text[from..to];
    let currency = |i: &usize| MONEY.iter().any(|(word, _)| *word == raw[..*i].to_lowercase());
    let figure = raw.find(|c: char| c.is_ascii_digit()).filter(currency);
    let sign = raw.find(['%', '‰']);
    let cut = figure.or(sign).filter(|i| *i > 0).unwrap_or(raw.len());
    for (a, b) in [(0, cut), (cut, raw.len())] {
        let part = &raw[a..b];
        if !part.is_empty() {
            out.push(Word { text: part.to_lowercase(), raw: part, start: from + a, end: from + b, ends_clause: false });
        }
    }
}

/// The unit of the money that word `i` names.
pub(super) fn money(words: &[Word<'_>], i: usize) -> Option<&'static str> {
    let word = words.get(i)?;
    let unit = MONEY.iter().find(|(name, _)| *name == word.text).map(|(_, unit)| *unit)?;
    // HK$
    Some(if word.text == "$" && i > 0 && is(words, i - 1, &["hk"]) { "HKD" } else { unit })
}

pub(super) fn is(words: &[Word<'_>], i: usize, any: &[&str]) -> bool {
    words.get(i).is_some_and(|w| any.contains(&w.text.as_str()))
}
