//! The user guide: its pages, and the page of rules that is made of the rules themselves.

use serde::Serialize;

use super::PageInfo;
use super::views::LinkView;
use crate::check::{self, Rule};
use crate::content::fields::Lang;
use crate::diagnostic::{Problem, Severity};
use crate::render::{Output, Renderer, html, urls};

#[derive(Serialize)]
struct GuidePage {
    page: PageInfo,
    /// All pages of the guide, in order.
    contents: Vec<LinkView>,
    /// Address of this one, to be told from the others.
    here: String,
    body: String,
    rules: Vec<RuleView>,
}

#[derive(Serialize)]
struct RuleView {
    code: &'static str,
    /// Key of the severity's name.
    severity: &'static str,
    adjustable: bool,
    /// As HTML, with code set as code.
    asks: String,
    why: String,
    wrong: &'static str,
    right: &'static str,
}

impl Renderer<'_> {
    fn guide_contents(&self, lang: Lang) -> Vec<LinkView> {
        let link = |slug: &str, name: String| LinkView { url: self.urls().page(&urls::guide(slug, lang)), name };
        let pages = self.site.guide.iter().map(|g| link(&g.slug, g.title(lang)));
        pages.chain([link("rules", self.word(lang, "guide_rules").to_owned())]).collect()
    }

    fn guide_values(&self, lang: Lang, folder: impl Fn(Lang) -> String, title: &str, lead: &str) -> GuidePage {
        let (own, page) = self.page_at(lang, "guide", folder, title.to_owned(), lead.to_owned());
        let here = self.urls().page(&own);
        GuidePage { page, contents: self.guide_contents(lang), here, body: String::new(), rules: Vec::new() }
    }

    pub(in crate::render) fn guide(&self, lang: Lang) -> Result<Output, Problem> {
        let folder = |l| urls::section("guide", l);
        let values = self.guide_values(lang, folder, self.word(lang, "guide"), self.word(lang, "guide_lead"));
        self.folder_page("guide.html", &folder(lang), lang, &values)
    }

    pub(in crate::render) fn guide_page(&self, lang: Lang, index: usize) -> Result<Output, Problem> {
        let guide = &self.site.guide[index];
        let folder = |l| urls::guide(&guide.slug, l);
        let mut values = self.guide_values(lang, folder, &guide.title(lang), "");
        if let Some(digest) = &guide.prose[lang.index()] {
            let root = urls::to_root(&folder(lang));
            let context = html::Context::new(self.site, digest, lang, self.urls(), &root, self.word(lang, "citation"));
            values.body = html::digest(&context);
        }
        self.folder_page("guide.html", &folder(lang), lang, &values)
    }

    pub(in crate::render) fn guide_rules(&self, lang: Lang) -> Result<Output, Problem> {
        let folder = |l| urls::guide("rules", l);
        let (title, lead) = (self.word(lang, "guide_rules"), self.word(lang, "guide_rules_lead"));
        let mut values = self.guide_values(lang, folder, title, lead);
        values.rules = check::rules().into_iter().map(|rule| view(rule, lang)).collect();
        self.folder_page("guide.html", &folder(lang), lang, &values)
    }
}

fn view(rule: &'static Rule, lang: Lang) -> RuleView {
    let words = rule.words(lang);
    RuleView {
        code: rule.code,
        severity: match rule.severity {
            Severity::Error => "severity_error",
            Severity::Warning => "severity_warning",
            Severity::Note => "severity_note",
        },
        adjustable: rule.adjustable,
        asks: with_code(words.asks),
        why: with_code(words.why),
        wrong: words.wrong,
        right: words.right,
    }
}

/// Words as HTML: what stands between backticks is code.
fn with_code(words: &str) -> String {
    let mut out = String::with_capacity(words.len() + 32);
    for (n, part) in words.split('`').enumerate() {
        let code = n % 2 == 1;
        out.push_str(if code { "<code>" } else { "" });
        html::escape(&mut out, part);
        out.push_str(if code { "</code>" } else { "" });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_set_as_code() {
        assert_eq!(with_code("`a < b`在前，c在后"), "<code>a &lt; b</code>在前，c在后");
        let even = |text: &str| text.matches('`').count().is_multiple_of(2);
        for rule in check::rules() {
            for lang in Lang::BOTH {
                let words = rule.words(lang);
                assert!(even(words.asks) && even(words.why), "{}", rule.code);
            }
        }
    }
}
