//! Each quote found in its source, with an id of its own.

use std::ops::Range;

use crate::content::fields::Quote;
use crate::diagnostic::Problem;
use crate::source::quote::{Found, NotFound, Wanted};
use crate::source::{Anchor, SourceText};

/// Finds a quote in a source; a problem at the quote's own place if it has not exactly one.
///
/// `seed` is the path of the source's file, for the message.
///
/// # Errors
/// Why the quote has not exactly one place, and what would mend it.
pub fn find(quote: &Quote, source: &SourceText, seed: &str, file: &str, span: Range<usize>) -> Result<Found, Problem> {
    let anchor = match quote.anchor.as_deref().map(str::parse::<Anchor>) {
        None => None,
        Some(Ok(anchor)) => Some(anchor),
        Some(Err(error)) => {
            let written = quote.anchor.as_deref().unwrap_or_default();
            return Err(Problem::error("bad-anchor", format!("`{written}` is not an anchor"))
                .at(file, span)
                .help(error.to_string()));
        }
    };
    let wanted = Wanted { text: &quote.text, anchor, prefix: quote.prefix.as_deref(), suffix: quote.suffix.as_deref() };
    source.find(&wanted).map_err(|why| describe(why, seed).at(file, span))
}

fn describe(why: NotFound, seed: &str) -> Problem {
    match why {
        NotFound::Empty => {
            Problem::error("quote-empty", "the quote has no words").help("copy the words from the source")
        }
        NotFound::NoSuchAnchor(anchor) => {
            Problem::error("unknown-anchor", format!("no block of {seed} has the address {anchor}"))
                .help("a block's address stands beside it on the source page")
        }
        NotFound::CutsNumber(number) => {
            Problem::error("quote-cuts-number", format!("the quote begins or ends inside the number {number}"))
                .help(format!("quote {number} whole"))
        }
        NotFound::Ambiguous(anchors) => {
            let places: Vec<String> = anchors.iter().map(Anchor::to_string).collect();
            Problem::error("quote-ambiguous", format!("the quote stands {} times in {seed}", anchors.len()))
                .label(format!("at {}", places.join(", ")))
                .help("quote more words, or say which with anchor, prefix or suffix")
        }
        NotFound::Absent { elsewhere, .. } if !elsewhere.is_empty() => {
            let places: Vec<String> = elsewhere.iter().map(Anchor::to_string).collect();
            Problem::error("quote-not-found", format!("the quote does not stand there in {seed}"))
                .help(format!("it stands at {}: mend anchor, prefix or suffix", places.join(", ")))
        }
        NotFound::Absent { nearest, .. } => {
            let problem = Problem::error("quote-not-found", format!("the quote is not in {seed}"));
            match nearest {
                None => problem.help("no passage is like it; is it from another policy? then say {policy=…}"),
                Some(near) => {
                    let name = |c: Option<char>| c.map_or("its end".to_owned(), |c| format!("`{c}`"));
                    problem
                        .label(format!(
                            "after «{}» the quote has {}, the source {}",
                            tail(&near.agrees, 12),
                            name(near.differs.0),
                            name(near.differs.1.filter(|c| !c.is_control()))
                        ))
                        .help(format!("the nearest passage, at {}: {}", near.anchor, near.passage))
                }
            }
        }
    }
}

fn tail(text: &str, chars: usize) -> String {
    let skip = text.chars().count().saturating_sub(chars);
    text.chars().skip(skip).collect()
}
