//! Links as short as they can be. Templates write every link from the site's root (`../../en/places/x/`);
//! most lead somewhere nearer. Takes a page and its folder, gives the page with the same links written
//! from where it stands; what does not begin with the way to the root is left alone.

use memchr::{memchr, memmem};

use super::urls;

/// Attributes that hold an address.
const ATTRIBUTES: [&[u8]; 3] = [b" href", b" src", b" action"];

/// Rewrites a page's links to the root as links from its own folder, `en/places/`.
pub(super) fn shorten(html: &str, folder: &str) -> String {
    let root = urls::to_root(folder);
    if !folder.contains('/') {
        return html.to_owned();
    }
    let own: Vec<&str> = folder.split_terminator('/').collect();
    let mut out = String::with_capacity(html.len());
    let mut done = 0;
    for at in memmem::find_iter(html.as_bytes(), "=\"") {
        let start = at + 2;
        if start < done || !ATTRIBUTES.iter().any(|a| html.as_bytes()[..at].ends_with(a)) {
            continue;
        }
        let end = memchr(b'"', &html.as_bytes()[start..]).map_or(html.len(), |n| start + n);
        let Some(path) = html[start..end].strip_prefix(root.as_str()).filter(|path| !path.starts_with("../")) else {
            continue;
        };
        out.push_str(&html[done..start]);
        push_relative(&mut out, &own, path);
        done = end;
    }
    out.push_str(&html[done..]);
    out
}

/// The way from a folder to a path from the root.
fn push_relative(out: &mut String, own: &[&str], path: &str) {
    let (address, tail) = path.find(['#', '?']).map_or((path, ""), |at| path.split_at(at));
    let mut parts = address.split('/').peekable();
    let mut common = 0;
    let mut rest = address;
    while let Some(part) = parts.next() {
        // The last part is a file's name, or nothing.
        if parts.peek().is_none() || own.get(common) != Some(&part) {
            break;
        }
        common += 1;
        rest = &rest[part.len() + 1..];
    }
    let up = own.len() - common;
    (0..up).for_each(|_| out.push_str("../"));
    if up == 0 && rest.is_empty() && !tail.starts_with('#') {
        out.push_str("./");
    }
    // A first part with a colon would read as a scheme.
    if up == 0 && rest.split('/').next().is_some_and(|part| part.contains(':')) {
        out.push_str("./");
    }
    out.push_str(rest);
    out.push_str(tail);
}

#[cfg(test)]
mod tests {
    use super::shorten;

    #[test]
    fn links_from_the_root_become_links_from_the_page() {
        let folder = "en/policies/a/";
        for (from, to) in [
            ("../../../en/policies/a/source/#q-1", "source/#q-1"),
            ("../../../en/policies/a/#goals", "#goals"),
            ("../../../en/policies/a/", "./"),
            ("../../../en/policies/a/index.html", "index.html"),
            ("../../../en/policies/", "../"),
            ("../../../en/policies/ab/", "../ab/"),
            ("../../../en/", "../../"),
            ("../../../zh/policies/a/", "../../../zh/policies/a/"),
            ("../../../assets/style.css", "../../../assets/style.css"),
            ("../../../en/search/?q=a/b", "../../search/?q=a/b"),
            ("../../../", "../../../"),
            ("../../../../out/", "../../../../out/"),
            ("#note-1", "#note-1"),
            ("https://example.org/", "https://example.org/"),
        ] {
            let html = format!("<p title=\"x\"><a class=\"c\" href=\"{from}\">y</a>");
            assert_eq!(shorten(&html, folder), format!("<p title=\"x\"><a class=\"c\" href=\"{to}\">y</a>"));
        }
    }

    #[test]
    fn text_that_looks_like_a_link_in_its_escaped_form_stays() {
        let html = "<p>write href=&quot;../../en/x/&quot;</p><script src=\"../../assets/a.js\"></script>";
        assert_eq!(shorten(html, "en/x/"), html);
    }
}
