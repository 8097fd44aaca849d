//! Words of a source as a quote that stands in it once: with anchor, prefix or suffix where the words alone do
//! not tell.

use std::ops::Range;

use super::commitments::Words;
use crate::content::fields::Quote;
use crate::source::quote::{NotFound, Wanted};
use crate::source::{Anchor, SourceText};

/// The quote of words; the whole block where a part of it cannot be told from another.
pub(super) fn of(source: &SourceText, words: &Words) -> Option<Quote> {
    let block = source.blocks.get(words.block)?;
    let range = trimmed(&block.text, words.range.clone());
    located(source, words.block, range).or_else(|| located(source, words.block, 0..block.text.len()))
}

/// A range without blanks and marks at its ends that say nothing.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let closers = [' ', '，', ',', '；', ';', '。', '、', '：', ':', '\u{3000}'];
    let openers = [' ', '，', ',', '；', ';', '。', '、', '：', ':', '\u{3000}'];
    let start = range.start + (words.len() - words.trim_start_matches(openers).len());
    let end = range.start + words.trim_end_matches(closers).len();
    if start < end { start..end } else { range }
}

/// The quote of a range of a block, widened where it would cut a number.
fn located(source: &SourceText, block: usize, mut range: Range<usize>) -> Option<Quote> {
    const WIDEN: usize = 16;
    let text = &source.blocks[block].text;
    let anchor = source.blocks[block].anchor;
    for _ in 0..WIDEN {
        let mut quote = Quote { text: text[range.clone()].to_owned(), ..Quote::default() };
        match find(source, &quote, block, &range) {
            Outcome::Here => return Some(quote),
            Outcome::Cuts => {
                let before = text[..range.start].chars().next_back();
                let after = text[range.end..].chars().next();
                if before.is_none() && after.is_none() {
                    return None;
                }
                range.start -= before.map_or(0, char::len_utf8);
                range.end += after.map_or(0, char::len_utf8);
                continue;
            }
            Outcome::Elsewhere => {}
        }
        quote.anchor = Some(anchor.to_string());
        if matches!(find(source, &quote, block, &range), Outcome::Here) {
            return Some(quote);
        }
        for chars in [4, 12, 40] {
            quote.prefix = Some(tail(&text[..range.start], chars)).filter(|p| !p.is_empty());
            quote.suffix = None;
            if matches!(find(source, &quote, block, &range), Outcome::Here) {
                return Some(quote);
            }
            quote.suffix = Some(head(&text[range.end..], chars)).filter(|s| !s.is_empty());
            if matches!(find(source, &quote, block, &range), Outcome::Here) {
                return Some(quote);
            }
        }
        return None;
    }
    None
}

enum Outcome {
    Here,
    Cuts,
    Elsewhere,
}

fn find(source: &SourceText, quote: &Quote, block: usize, range: &Range<usize>) -> Outcome {
    let wanted = Wanted {
        text: &quote.text,
        anchor: quote.anchor.as_deref().and_then(|a| a.parse::<Anchor>().ok()),
        prefix: quote.prefix.as_deref(),
        suffix: quote.suffix.as_deref(),
    };
    match source.find(&wanted) {
        Ok(found) if found.block == block && found.range.start < range.end && range.start < found.range.end => {
            Outcome::Here
        }
        Err(NotFound::CutsNumber(_)) => Outcome::Cuts,
        _ => Outcome::Elsewhere,
    }
}

fn tail(text: &str, chars: usize) -> String {
    let skip = text.chars().count().saturating_sub(chars);
    text.chars().skip(skip).collect()
}

fn head(text: &str, chars: usize) -> String {
    text.chars().take(chars).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Hints;

    #[test]
    fn words_that_stand_twice() {
        let source = SourceText::new("平台超过50家，基地超过50家。\n\n另一段，平台超过50家。\n", &Hints::default());
        let at = source.blocks[0].text.rfind("超过50家").expect("stands in the text");
        let quote = of(&source, &Words { block: 0, range: at..at + "超过50家".len() }).expect("can be told apart");
        assert_eq!(quote.anchor.as_deref(), Some("L1"));
        assert!(quote.prefix.is_some());
        let cut = source.blocks[0].text.find("50").expect("stands in the text");
        let quote = of(&source, &Words { block: 0, range: cut + 1..cut + 5 }).expect("is widened");
        assert!(quote.text.contains("50家"));
    }
}
