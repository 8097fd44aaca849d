//! The search index: small files that a page's script fetches as a query asks for them.
//!
//! 1. [`pages`] gives what there is to find: the source texts once for both languages, and in each
//!    language the digests, targets and everything that has a name, cut into segments with an address.
//! 2. [`tokens`] cuts a segment into what it can be found by: every pair of neighbouring Han characters,
//!    whatever a segmenter would think, every Latin word and number, and where one meets the other.
//! 3. [`files`] writes, for each set of pages, the segments that have a token (in shards by the token's
//!    hash) and the segments' texts (in chunks), so that a query fetches a few files of some kilobytes
//!    however large the site is; the script holds the words it finds against the text.
//!
//! A term also leads to its words in the other language ([`pages::translations`]).

mod files;
mod pages;
mod tokens;

use crate::content::fields::Lang;
use crate::render::Output;
use crate::site::Site;

/// A page to find.
#[derive(Clone, Debug)]
struct Page {
    /// Its address below the language's folder, without a fragment.
    url: String,
    title: String,
    kind: Kind,
    place: Option<usize>,
    topics: Vec<usize>,
    segments: Vec<Segment>,
}

/// A part of a page with an address of its own.
#[derive(Clone, Debug)]
struct Segment {
    /// Fragment of the address, or nothing.
    anchor: String,
    text: String,
}

/// Kinds of pages, in the order in which they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Term,
    Place,
    Topic,
    Indicator,
    Agency,
    Target,
    Digest,
    Source,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Kind::Term => "term",
            Kind::Place => "place",
            Kind::Topic => "topic",
            Kind::Indicator => "indicator",
            Kind::Agency => "agency",
            Kind::Target => "target",
            Kind::Digest => "digest",
            Kind::Source => "source",
        }
    }
}

/// All files of the index.
pub fn index(site: &Site) -> Vec<Output> {
    let mut out = files::set(site, "src", &shown(pages::sources(site)), Vec::new());
    for lang in Lang::BOTH {
        let translations = pages::translations(site, lang);
        out.extend(files::set(site, lang.code(), &shown(pages::of_language(site, lang)), translations));
    }
    out
}

/// Pages with their words as they are shown.
fn shown(mut pages: Vec<Page>) -> Vec<Page> {
    let clean = |text: &mut String| text.retain(|c| !crate::text::is_hidden(c));
    for page in &mut pages {
        clean(&mut page.title);
        page.segments.iter_mut().for_each(|s| clean(&mut s.text));
    }
    pages
}
