//! Every internal link and anchor of the finished site.
//!
//! Of each page a [`Trace`] is kept as it is made: hashes of its ids and of what it links to, some kilobytes
//! for a large page. When all are made, every link is looked up among all ids. A page whose trace is not
//! sound is made once more and read in words, for what is reported.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{BuildHasherDefault, DefaultHasher, Hash as _, Hasher};

use rayon::prelude::*;

use super::tags::{Attribute, attributes};
use crate::content::fields::Lang;
use crate::content::markdown::{Digest, Inline};
use crate::diagnostic::Problem;
use crate::render::{Output, Page, urls};
use crate::site::Site;

/// What a page links to, and what can be linked to in it.
#[derive(Clone, Debug)]
struct PageLinks {
    /// Path of the page's file.
    path: String,
    /// Its ids.
    ids: BTreeSet<String>,
    /// Its internal links as written, each once.
    links: BTreeSet<String>,
    /// Ids that stand twice.
    repeated: BTreeSet<String>,
}

/// Reads a finished page.
fn scan(page: &Output) -> PageLinks {
    let mut out =
        PageLinks { path: page.path.clone(), ids: BTreeSet::new(), links: BTreeSet::new(), repeated: BTreeSet::new() };
    attributes(&page.bytes, |attribute, value| match attribute {
        Attribute::Id if out.ids.contains(value) => _ = out.repeated.insert(value.to_owned()),
        Attribute::Id => _ = out.ids.insert(value.to_owned()),
        Attribute::Address if is_internal(value) => _ = out.links.insert(value.to_owned()),
        Attribute::Address => {}
    });
    out
}

/// The same in hashes, as much as tells whether all is well.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The page.
    page: Page,
    /// Whether no id stands twice and no link leads out of the site.
    sound: bool,
    /// Whether it shows what another page has, and slips are reported there.
    repeats: bool,
    /// Its address and that of each of its ids.
    own: Box<[u64]>,
    /// Addresses that it links to, its own left out.
    links: Box<[u64]>,
}

/// Reads a finished page.
pub fn trace(page: Page, output: &Output) -> Trace {
    let mut own = vec![key(&output.path, "")];
    let mut links = Vec::new();
    let mut sound = true;
    let mut target = String::new();
    attributes(&output.bytes, |attribute, value| match attribute {
        Attribute::Id => own.push(key(&output.path, value)),
        Attribute::Address if is_internal(value) => {
            let (address, fragment) = value.split_once('#').unwrap_or((value, ""));
            match resolve_into(&mut target, &output.path, address) {
                true => links.push(key(&target, fragment)),
                false => sound = false,
            }
        }
        Attribute::Address => {}
    });
    own.sort_unstable();
    sound &= own.windows(2).all(|pair| pair[0] != pair[1]);
    links.sort_unstable();
    links.dedup();
    links.retain(|link| own.binary_search(link).is_err());
    let repeats = matches!(page, Page::Parallel(..));
    Trace { page, sound, repeats, own: own.into(), links: links.into() }
}

/// An address as a number.
fn key(path: &str, fragment: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    path.hash(&mut hasher);
    fragment.hash(&mut hasher);
    hasher.finish()
}

/// Numbers that are hashes need no hashing.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        // Only `u64`s are put in; others would be found too, if more slowly.
        bytes.iter().for_each(|b| self.0 = self.0.rotate_left(8) ^ u64::from(*b));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

fn is_internal(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default().contains(':');
    !scheme && !address.starts_with("//")
}

/// Holds every link against the files and ids that there are; `again` makes a page once more.
pub fn check(
    site: &Site,
    files: &BTreeMap<String, (String, usize)>,
    traces: &[Trace],
    again: impl Fn(Page) -> Option<Output> + Sync,
) -> Vec<Problem> {
    let mut known: HashSet<u64, BuildHasherDefault<Hashed>> = HashSet::default();
    known.reserve(files.len() + traces.iter().map(|t| t.own.len() - 1).sum::<usize>());
    known.extend(files.keys().map(|path| key(path, "")));
    known.extend(traces.iter().flat_map(|t| t.own.iter().copied()));
    let known = &known;
    // The parallel view shows digests again: a slip is reported once, on the digest's own page.
    let report = |repeats: bool| -> Vec<Problem> {
        let faulty = |t: &&Trace| t.repeats == repeats && !(t.sound && t.links.iter().all(|link| known.contains(link)));
        let pages = traces.par_iter().filter(faulty).filter_map(|t| again(t.page));
        pages.flat_map_iter(|page| of_page(site, files, known, &scan(&page))).collect()
    };
    let problems = report(false);
    if problems.is_empty() { report(true) } else { problems }
}

/// What is wrong with the links and ids of one page.
fn of_page(
    site: &Site,
    files: &BTreeMap<String, (String, usize)>,
    known: &HashSet<u64, BuildHasherDefault<Hashed>>,
    page: &PageLinks,
) -> Vec<Problem> {
    let mut problems: Vec<Problem> = page.repeated.iter().map(|id| repeated(site, page, id)).collect();
    let mut target = String::new();
    for link in &page.links {
        let (address, fragment) = link.split_once('#').unwrap_or((link, ""));
        let why = if !resolve_into(&mut target, &page.path, address) {
            "leads out of the site"
        } else if !files.contains_key(&target) {
            "leads to no page"
        } else if !fragment.is_empty() && target.ends_with(".html") && !known.contains(&key(&target, fragment)) {
            "leads to an anchor that its page does not have"
        } else {
            continue;
        };
        problems.push(broken(site, page, link, why));
    }
    problems
}

/// The file that a link leads to; `None` if it leads out of the site.
pub(crate) fn resolve(page: &str, address: &str) -> Option<String> {
    let mut out = String::new();
    resolve_into(&mut out, page, address).then_some(out)
}

/// Puts the file that a link leads to into `out`; whether it stays in the site.
fn resolve_into(out: &mut String, page: &str, address: &str) -> bool {
    out.clear();
    let address = address.split('?').next().unwrap_or_default();
    if address.is_empty() {
        out.push_str(page);
        return true;
    }
    if address.starts_with('/') {
        // Links from the root would break under a sub-path.
        return false;
    }
    out.push_str(&page[..page.rfind('/').map_or(0, |at| at + 1)]);
    let mut folder = true;
    for part in address.split('/') {
        folder = matches!(part, "" | "." | "..");
        match part {
            "" | "." => {}
            ".." => {
                if out.pop().is_none() {
                    return false;
                }
                out.truncate(out.rfind('/').map_or(0, |at| at + 1));
            }
            part => {
                out.push_str(part);
                out.push('/');
            }
        }
    }
    match folder {
        true => out.push_str("index.html"),
        // The stroke behind a file's name.
        false => _ = out.pop(),
    }
    true
}

fn broken(site: &Site, page: &PageLinks, link: &str, why: &str) -> Problem {
    let problem = Problem::error("broken-link", format!("the link `{link}` {why}"));
    match origin(site, &page.path, link) {
        Some((digest, span)) => problem
            .at(&digest.file, span)
            .help("write [[id|words]] for a page of the site: it is found wherever it stands"),
        None => problem.in_file(&page.path).help("it is the template's, or the page's that it leads to"),
    }
}

/// An id that stands twice on a page: most often a heading's that the page itself uses.
fn repeated(site: &Site, page: &PageLinks, id: &str) -> Problem {
    let problem = Problem::error("duplicate-id", format!("the id `{id}` stands twice on the page {}", page.path));
    let digest = digest_of(site, &page.path);
    match digest.and_then(|d| Some((d, d.headings().find(|(own, ..)| *own == id)?.2.clone()))) {
        Some((digest, span)) => problem.at(&digest.file, span).help("the page uses this id itself: choose another"),
        None => problem.in_file(&page.path).help("it is the template's"),
    }
}

/// The digest that a page's link was written in, and where.
fn origin<'a>(site: &'a Site, page: &str, link: &str) -> Option<(&'a Digest, std::ops::Range<usize>)> {
    let digest = digest_of(site, page)?;
    // A link may have been written otherwise than the page has it.
    let leads_to = |link: &str| {
        let (address, fragment) = link.split_once('#').unwrap_or((link, ""));
        resolve(page, address).map(|file| (file, fragment.to_owned()))
    };
    let mut found = None;
    digest.each_inline(&mut |inline| {
        if let Inline::Link { to, span, .. } = inline
            && (to == link || (leads_to(link).is_some() && leads_to(to) == leads_to(link)))
        {
            found = found.take().or_else(|| Some(span.clone()));
        }
    });
    found.map(|span| (digest, span))
}

/// The digest or prose that a page shows.
fn digest_of<'a>(site: &'a Site, page: &str) -> Option<&'a Digest> {
    let mut digests = Lang::BOTH.into_iter().flat_map(|lang| {
        let policies = site
            .policies
            .iter()
            .map(move |p| (urls::file(&urls::policy(&p.id, lang)), p.digests[lang.index()].as_ref()));
        let places =
            site.places.iter().map(move |p| (urls::file(&urls::place(&p.id, lang)), p.prose[lang.index()].as_ref()));
        let topics =
            site.topics.iter().map(move |t| (urls::file(&urls::topic(&t.id, lang)), t.prose[lang.index()].as_ref()));
        let guide =
            site.guide.iter().map(move |g| (urls::file(&urls::guide(&g.slug, lang)), g.prose[lang.index()].as_ref()));
        policies.chain(places).chain(topics).chain(guide)
    });
    Some(&digests.find(|(path, _)| path == page)?.1?.digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_resolve_from_the_page() {
        let page = "en/policies/a/index.html";
        for (link, file) in [
            ("../../places/wuhan/", Some("en/places/wuhan/index.html")),
            ("source/", Some("en/policies/a/source/index.html")),
            ("../../../assets/style.css", Some("assets/style.css")),
            ("../../../", Some("index.html")),
            ("", Some("en/policies/a/index.html")),
            ("../../../../x/", None),
            ("/en/", None),
        ] {
            assert_eq!(resolve(page, link).as_deref(), file, "{link}");
        }
    }

    #[test]
    fn a_page_is_scanned() {
        let html =
            "<p id=\"a\"><a href=\"b/#c\">x</a> <a href='https://example.org/'>y</a> &lt;a href=\"no\"&gt;<br id=a>";
        let page = Output { path: "p.html".into(), bytes: html.into() };
        let found = scan(&page);
        assert_eq!(found.ids, BTreeSet::from(["a".to_owned()]));
        assert_eq!(found.repeated, BTreeSet::from(["a".to_owned()]));
        assert_eq!(found.links, BTreeSet::from(["b/#c".to_owned()]));
        let traced = trace(Page::Chooser, &page);
        assert!(!traced.sound);
        assert_eq!(*traced.links, [key("b/index.html", "c")]);
    }
}
