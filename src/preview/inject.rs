//! What only the preview puts into a page, as it is served: a style and a script, a bar that names the page's
//! files and marks what no reader sees yet, and the place where problems are shown.
//!
//! All of it stands between two comments, so that a page without it is the page that `build` writes.

use super::origin::Mark;
use super::overlay::escape;
use super::stage::Now;
use crate::content::fields::Lang;

/// Where the preview's own files and events are; no page of a site has an address with a dot at its head.
pub(super) const OWN: &str = "/.duizhao/";

/// What stands before and after each part that is put in.
const BEGIN: &str = "<!--preview-->";
const END: &str = "<!--/preview-->";

/// What is said of one page.
#[derive(Debug)]
pub(super) struct About<'a> {
    /// The path that was asked for.
    pub(super) path: &'a str,
    /// What the page was made from.
    pub(super) files: &'a [String],
    /// What sets it apart from a published page.
    pub(super) marks: &'a [Mark],
    /// Its version, against which the script holds what it is told.
    pub(super) version: &'a str,
    /// Whether nothing is published at this path.
    pub(super) missing: bool,
}

/// Words of the bar.
struct Words {
    tag: &'static str,
    bar: &'static str,
    made_from: &'static str,
    missing: &'static str,
    draft: &'static str,
    proposal: &'static str,
    proposals: &'static str,
    errors: &'static str,
    close: &'static str,
    stopped: &'static str,
}

const ZH: Words = Words {
    tag: "zh-Hans",
    bar: "预览",
    made_from: "本页来自",
    missing: "没有这一页：",
    draft: "草稿，不会发布",
    proposal: "待审",
    proposals: "有尚未审阅的提议，不会发布",
    errors: "网站有错误：改正之前，什么也不会发布。",
    close: "关闭",
    stopped: "预览已停止",
};

const EN: Words = Words {
    tag: "en",
    bar: "Preview",
    made_from: "made from",
    missing: "there is no page",
    draft: "a draft, not published",
    proposal: "proposal",
    proposals: "has proposals that nobody has reviewed; they are not published",
    errors: "The site has errors: nothing is published until they are mended.",
    close: "Close",
    stopped: "The preview has stopped",
};

fn words(path: &str) -> &'static Words {
    if path.starts_with(&format!("{}/", Lang::Zh.code())) { &ZH } else { &EN }
}

/// A page as the preview shows it.
pub(super) fn page(html: &str, about: &About<'_>, now: &Now) -> String {
    let words = words(about.path);
    let mut head = format!(
        "{BEGIN}<link rel=\"stylesheet\" href=\"{OWN}live.css\"><script src=\"{OWN}live.js\" defer data-page=\"",
    );
    escape(&mut head, about.path);
    head.push_str("\" data-version=\"");
    escape(&mut head, about.version);
    head.push_str("\" data-style=\"");
    escape(&mut head, &now.style);
    for (name, text) in [("draft", words.draft), ("proposal", words.proposal), ("stopped", words.stopped)] {
        head.push_str(&format!("\" data-{name}=\"{text}"));
    }
    head.push_str(&format!("\"></script>{END}"));
    let foot = format!("{BEGIN}{}{}{END}", bar(about, words, now), problems(words, now));
    let at_head = html.find("</head>").unwrap_or(0);
    let at_foot = html.rfind("</body>").filter(|at| *at >= at_head).unwrap_or(html.len());
    [&html[..at_head], &head, &html[at_head..at_foot], &foot, &html[at_foot..]].concat()
}

fn bar(about: &About<'_>, words: &Words, now: &Now) -> String {
    let mut out = format!("<aside id=\"duizhao-bar\" lang=\"{}\" aria-label=\"{}\"><p>", words.tag, words.bar);
    out.push_str(&format!("<b>{}</b> ", words.bar));
    for mark in about.marks {
        let text = match mark {
            Mark::Draft => words.draft,
            Mark::Proposal => words.proposals,
        };
        out.push_str(&format!("<span class=\"duizhao-mark\" data-mark=\"{}\">{text}</span> ", mark.name()));
    }
    if about.missing {
        out.push_str(words.missing);
        out.push_str(" <code>/");
        escape(&mut out, about.path.trim_end_matches("index.html"));
        out.push_str("</code>");
    } else {
        out.push_str(words.made_from);
        for (n, file) in about.files.iter().enumerate() {
            out.push_str(if n == 0 { " <code>" } else { ", <code>" });
            escape(&mut out, file);
            out.push_str("</code>");
        }
    }
    out.push_str("</p><p id=\"duizhao-status\" role=\"status\"></p><details id=\"duizhao-notes\" lang=\"en\"");
    out.push_str(if now.notes.is_empty() { " hidden>" } else { ">" });
    out.push_str(&format!("<summary>{}</summary><div>{}</div></details></aside>", now.summary, now.notes));
    out
}

/// Where errors are shown. It is there without any, so that what is put into it is read out.
fn problems(words: &Words, now: &Now) -> String {
    format!(
        "<div id=\"duizhao-problems\" role=\"alert\" lang=\"en\"><div id=\"duizhao-overlay\"{}><p lang=\"{}\">{} \
         <button type=\"button\" id=\"duizhao-close\">{}</button></p><div id=\"duizhao-errors\">{}</div></div></div>",
        if now.errors.is_empty() { " hidden" } else { "" },
        words.tag,
        words.errors,
        words.close,
        now.errors
    )
}

/// A page of the preview's own, where the site has none to show.
pub(super) fn plain(path: &str, version: &str, text: [&str; 2], now: &Now) -> String {
    let words = words(path);
    let [zh, en] = text;
    let html = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<link rel=\"icon\" href=\"data:,\">\n<title>{}</title>\n\
         </head>\n<body>\n<main>\n<h1 lang=\"zh-Hans\">{zh}</h1>\n<p lang=\"en\">{en}</p>\n</main>\n</body>\n</html>\n",
        words.tag, words.bar
    );
    page(&html, &About { path, files: &[], marks: &[], version, missing: false }, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(html: &str, path: &str, now: &Now) -> String {
        let files = ["content/<x>.md".to_owned(), "seeds/x.txt".to_owned()];
        let about = About { path, files: &files, marks: &[Mark::Draft], version: "v", missing: false };
        page(html, &about, now)
    }

    /// A page without what was put into it.
    fn stripped(html: &str) -> String {
        let mut out = String::new();
        let mut rest = html;
        while let Some((before, after)) = rest.split_once(BEGIN) {
            out.push_str(before);
            rest = after.split_once(END).map_or("", |(_, after)| after);
        }
        out + rest
    }

    #[test]
    fn a_page_stays_what_it_is_but_for_what_is_put_in() {
        for html in [
            "<html><head><title>x</title></head><body><p>x</p></body></html>",
            "<p>no head, no foot",
            "",
            "</body></head>",
        ] {
            let shown = shown(html, "en/index.html", &Now::default());
            assert_eq!(stripped(&shown), html);
            assert_eq!(shown.matches("live.js").count(), 1);
        }
    }

    #[test]
    fn what_is_put_in_is_escaped_and_needs_no_inline_script_or_style() {
        let now = Now { notes: "<pre>n</pre>".to_owned(), summary: "1 note".to_owned(), ..Now::default() };
        let html = shown("<head></head><body></body>", "zh/\"><script>alert(1)</script>/index.html", &now);
        assert!(html.contains("&quot;&gt;&lt;script&gt;alert(1)"), "{html}");
        assert!(html.contains("content/&lt;x&gt;.md") && html.contains("草稿") && html.contains("1 note"), "{html}");
        assert_eq!(html.matches("<script").count(), 1);
        assert!(!html.contains(" style=") && !html.contains("<style") && !html.contains(" onclick"), "{html}");
    }

    #[test]
    fn errors_are_shown_at_once_and_notes_only_if_there_are_some() {
        let now = Now { errors: "<pre>e</pre>".to_owned(), ..Now::default() };
        let html = shown("", "en/index.html", &now);
        assert!(html.contains("<div id=\"duizhao-overlay\"><p") && html.contains("<pre>e</pre>"), "{html}");
        assert!(html.contains("id=\"duizhao-notes\" lang=\"en\" hidden>"), "{html}");
        assert!(shown("", "en/index.html", &Now::default()).contains("id=\"duizhao-overlay\" hidden>"));
    }
}
