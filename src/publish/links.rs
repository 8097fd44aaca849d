//! Every internal link and anchor of the finished site.

use std::collections::{BTreeMap, BTreeSet};

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};

use crate::content::fields::Lang;
use crate::content::markdown::{Digest, Inline};
use crate::diagnostic::Problem;
use crate::render::{Output, urls};
use crate::site::Site;

/// What a page links to, and what can be linked to in it.
#[derive(Clone, Debug)]
pub struct PageLinks {
    /// Path of the page's file.
    pub path: String,
    /// Its ids.
    pub ids: BTreeSet<String>,
    /// Its internal links as written, each once.
    pub links: BTreeSet<String>,
    /// Ids that stand twice.
    pub repeated: BTreeSet<String>,
}

/// Reads a finished page.
pub fn scan(page: &Output) -> PageLinks {
    let mut out =
        PageLinks { path: page.path.clone(), ids: BTreeSet::new(), links: BTreeSet::new(), repeated: BTreeSet::new() };
    let mut attribute = Vec::new();
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
        match event {
            CallbackEvent::AttributeName { name } => {
                attribute.clear();
                attribute.extend_from_slice(name);
            }
            CallbackEvent::AttributeValue { value } => {
                let value = String::from_utf8_lossy(value);
                match attribute.as_slice() {
                    b"id" if out.ids.contains(value.as_ref()) => _ = out.repeated.insert(value.into_owned()),
                    b"id" => _ = out.ids.insert(value.into_owned()),
                    b"href" | b"src" if is_internal(&value) => {
                        out.links.insert(value.into_owned());
                    }
                    _ => {}
                }
            }
            _ => {}
        }
        None
    });
    // Reading from memory cannot fail, and nothing is emitted: the callback keeps what it sees.
    for _ in Tokenizer::new_with_emitter(page.bytes.as_slice(), emitter) {}
    out
}

fn is_internal(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default().contains(':');
    !scheme && !address.starts_with("//")
}

/// Holds every link against the files and ids that there are.
pub fn check(site: &Site, files: &BTreeMap<String, (String, usize)>, pages: &[PageLinks]) -> Vec<Problem> {
    let ids: BTreeMap<&str, &BTreeSet<String>> = pages.iter().map(|p| (p.path.as_str(), &p.ids)).collect();
    // The parallel view shows digests again: a slip is reported once, on the digest's own page.
    let again = |page: &&PageLinks| page.path.ends_with("/parallel/index.html");
    let first = pages.iter().filter(|p| !again(p)).flat_map(|p| of_page(site, files, &ids, p)).collect::<Vec<_>>();
    if !first.is_empty() {
        return first;
    }
    pages.iter().filter(again).flat_map(|p| of_page(site, files, &ids, p)).collect()
}

/// What is wrong with the links and ids of one page.
fn of_page(
    site: &Site,
    files: &BTreeMap<String, (String, usize)>,
    ids: &BTreeMap<&str, &BTreeSet<String>>,
    page: &PageLinks,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    problems.extend(page.repeated.iter().map(|id| repeated(site, page, id)));
    for link in &page.links {
        let (address, fragment) = link.split_once('#').map_or((link.as_str(), None), |(a, f)| (a, Some(f)));
        let Some(target) = resolve(&page.path, address) else {
            problems.push(broken(site, page, link, "leads out of the site"));
            continue;
        };
        if !files.contains_key(&target) {
            problems.push(broken(site, page, link, "leads to no page"));
            continue;
        }
        let Some(fragment) = fragment.filter(|f| !f.is_empty()) else { continue };
        if ids.get(target.as_str()).is_some_and(|ids| !ids.contains(fragment)) {
            problems.push(broken(site, page, link, "leads to an anchor that its page does not have"));
        }
    }
    problems
}

/// The file that a link leads to; `None` if it leads out of the site.
pub(crate) fn resolve(page: &str, address: &str) -> Option<String> {
    let address = address.split('?').next().unwrap_or_default();
    if address.is_empty() {
        return Some(page.to_owned());
    }
    if address.starts_with('/') {
        // Links from the root would break under a sub-path.
        return None;
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let mut path = parts.join("/");
    let folder = address.ends_with('/') || matches!(address.rsplit('/').next(), Some("." | ".."));
    if folder {
        if !path.is_empty() {
            path.push('/');
        }
        path.push_str("index.html");
    }
    Some(path)
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
    }
}
