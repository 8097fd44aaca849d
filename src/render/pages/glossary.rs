//! The glossary: each term with every use of it, a line for each policy.

use serde::Serialize;

use super::views::LinkView;
use super::{PageInfo, Pager};
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::lines::on_page;
use crate::render::{Output, Renderer, urls};
use crate::site::Entity;
use crate::site::concord::TermConcord;

/// Most terms of an index of all of them: names only, read at a glance.
const IN_INDEX: usize = 1_000;
/// Most links of one kind in a term's line; the policy's own pages have the rest.
const LINKS: usize = 24;

#[derive(Serialize)]
struct Glossary {
    page: PageInfo,
    terms: Vec<TermView>,
    /// All terms, wherever their entries stand; those of this page alone where there are very many.
    index: Vec<IndexView>,
    pager: Pager,
}

#[derive(Serialize)]
struct IndexView {
    url: String,
    zh: String,
    en: String,
}

#[derive(Serialize)]
struct TermView {
    id: String,
    zh: String,
    en: String,
    continued: bool,
    variants: Vec<String>,
    avoid: Vec<String>,
    note: Option<String>,
    ours: bool,
    source: String,
    uses: Vec<UseView>,
}

#[derive(Serialize)]
struct UseView {
    policy: LinkView,
    digest: Vec<LinkView>,
    source: Vec<LinkView>,
    more: usize,
}

impl Renderer<'_> {
    /// Lines of the glossary.
    pub(in crate::render) fn glossary_lines(&self) -> usize {
        self.site.concord.terms.iter().map(TermConcord::lines).sum()
    }

    fn index_view(&self, index: usize, lang: Lang) -> IndexView {
        let term = &self.site.terms[index].value;
        let url = self.urls().entity(self.site, Entity::Term(index), lang);
        IndexView { url, zh: term.zh.clone(), en: term.en.clone() }
    }

    pub(in crate::render) fn glossary(&self, lang: Lang, number: usize) -> Result<Output, Problem> {
        let site = self.site;
        let list = urls::section("glossary", lang);
        let (folder, page) = self.page_at(
            lang,
            "glossary",
            |l| urls::paged(&urls::section("glossary", l), number),
            self.word(lang, "glossary").to_owned(),
            self.word(lang, "glossary_lead").to_owned(),
        );
        let order = &site.concord.terms_by_name[lang.index()];
        let lines = order.iter().map(|&t| site.concord.terms[t].lines());
        let shown: Vec<usize> = on_page(lines, number).into_iter().map(|(at, _)| order[at]).collect();
        let page = page.with_data(&self.glossary_data(&shown, lang, &folder));
        let terms = on_page(order.iter().map(|&t| site.concord.terms[t].lines()), number)
            .into_iter()
            .map(|(at, range)| {
                let index = order[at];
                let named = &site.terms[index];
                let term = &named.value;
                let continued = range.start > 0;
                let uses = site.concord.terms[index].by_policy();
                // A term without uses has a line all the same.
                let uses = uses.get(range).unwrap_or_default();
                TermView {
                    id: format!("term-{}", named.id),
                    zh: term.zh.clone(),
                    en: term.en.clone(),
                    continued,
                    variants: if continued { Vec::new() } else { term.variants.clone() },
                    avoid: if continued { Vec::new() } else { term.avoid.clone() },
                    note: term.note.as_ref().filter(|_| !continued).map(|n| n.get(lang).to_owned()),
                    ours: term.source == "ours",
                    source: term.source.clone(),
                    uses: uses
                        .iter()
                        .map(|u| {
                            let digest = u.digests[lang.index()];
                            UseView {
                                policy: self.policy_link(u.policy, lang),
                                digest: digest.iter().take(LINKS).map(|by| self.digest_use(by, lang)).collect(),
                                source: u
                                    .passages
                                    .iter()
                                    .take(LINKS)
                                    .map(|p| LinkView {
                                        url: self.urls().block(site, p.policy, p.block, lang),
                                        name: site.policies[p.policy].source.blocks[p.block].anchor.to_string(),
                                    })
                                    .collect(),
                                more: digest.len().saturating_sub(LINKS) + u.passages.len().saturating_sub(LINKS),
                            }
                        })
                        .collect(),
                }
            })
            .collect();
        let listed = if number == 1 && order.len() <= IN_INDEX { order } else { &shown };
        let values = Glossary {
            page,
            terms,
            index: listed.iter().map(|&t| self.index_view(t, lang)).collect(),
            pager: Pager::new(self.urls(), &list, number, self.glossary_lines()),
        };
        self.folder_page("glossary.html", &folder, lang, &values)
    }
}
