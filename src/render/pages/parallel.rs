//! The two digests of a policy side by side: sections by their shared heading ids, within a section
//! block by block, the glossary's terms marked in both.

use serde::Serialize;

use super::PageInfo;
use super::views::PolicyView;
use crate::content::fields::Lang;
use crate::content::markdown::{Block, BlockKind};
use crate::diagnostic::Problem;
use crate::render::html::{self, Context};
use crate::render::{Output, Renderer, urls};
use crate::site::{Entity, LinkedDigest};

#[derive(Serialize)]
struct ParallelPage {
    page: PageInfo,
    policy: PolicyView,
    title_zh: String,
    title_en: String,
    /// The page's own language comes first.
    sides: [&'static str; 2],
    rows: Vec<Row>,
    /// Languages in which there is no digest, as keys of the words.
    missing: Vec<&'static str>,
}

#[derive(Serialize)]
struct Row {
    /// The heading's id, on rows that begin a section.
    id: String,
    cells: [String; 2],
}

/// A section of a digest: the heading's id, and its blocks, the heading included.
type Section<'a> = (&'a str, Vec<&'a Block>);

fn sections(digest: &LinkedDigest) -> Vec<Section<'_>> {
    let mut out: Vec<Section<'_>> = vec![("", Vec::new())];
    for block in &digest.digest.blocks {
        if let BlockKind::Heading { id, .. } = &block.kind {
            out.push((id, Vec::new()));
        }
        if let Some((_, blocks)) = out.last_mut() {
            blocks.push(block);
        }
    }
    out.retain(|(_, blocks)| !blocks.is_empty());
    out
}

/// Blocks of one section in both languages, paired in order; what one has more stands alone.
fn pair<'a>(own: &[&'a Block], other: &[&'a Block]) -> Vec<[Option<&'a Block>; 2]> {
    let same = |a: &Block, b: &Block| std::mem::discriminant(&a.kind) == std::mem::discriminant(&b.kind);
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < own.len() || j < other.len() {
        match (own.get(i), other.get(j)) {
            (Some(a), Some(b)) if same(a, b) || own.len() - i == other.len() - j => {
                out.push([Some(*a), Some(*b)]);
                i += 1;
                j += 1;
            }
            // The side that has more blocks left waits for the other.
            (Some(a), b) if b.is_none() || own.len() - i > other.len() - j => {
                out.push([Some(*a), None]);
                i += 1;
            }
            (_, Some(b)) => {
                out.push([None, Some(*b)]);
                j += 1;
            }
            _ => break,
        }
    }
    out
}

impl Renderer<'_> {
    pub(in crate::render) fn parallel(&self, lang: Lang, index: usize) -> Result<Output, Problem> {
        let site = self.site;
        let policy = &site.policies[index];
        let short = self.name(Entity::Policy(index), lang);
        let title = match lang {
            Lang::Zh => format!("中英对照：{short}"),
            Lang::En => format!("Side by side: {short}"),
        };
        let description = match lang {
            Lang::Zh => format!("《{short}》中文与英文摘要逐段对照，术语成对标出。"),
            Lang::En => format!("The Chinese and the English digest of the {short}, paragraph by paragraph."),
        };
        let at = |l: Lang| urls::parallel(&policy.id, l);
        let (folder, page) = self.page_at(lang, "policies", at, title, description);
        let root = urls::to_root(&folder);
        let langs = [lang, lang.other()];
        // Notes are numbered by first use in each language, so each column leads to its own digest's.
        let notes = langs.map(|l| format!("{root}{}", self.urls().entity(site, Entity::Policy(index), l)));
        let digests = langs.map(|l| policy.digests[l.index()].as_ref());
        let [own, other] = digests.map(|d| d.map(sections).unwrap_or_default());
        let contexts = [0, 1].map(|side| {
            digests[side].map(|digest| {
                let cite_label = self.word(langs[side], "citation");
                // Links of both columns lead to pages in the reader's language.
                let context = Context::new(site, digest, langs[side], self.urls(), &root, cite_label);
                Context { target_lang: lang, bare: true, terms: true, notes: &notes[side], ..context }
            })
        });
        let html = |side: usize, block: Option<&Block>| -> String {
            let context = contexts[side].as_ref();
            block.zip(context).map(|(b, cx)| html::block(cx, b)).unwrap_or_default()
        };
        let mut rows = Vec::new();
        for (id, pairs) in align(&own, &other) {
            for (n, blocks) in pairs.into_iter().enumerate() {
                let id = if n == 0 { id.to_owned() } else { String::new() };
                rows.push(Row { id, cells: [html(0, blocks[0]), html(1, blocks[1])] });
            }
        }
        let missing = langs
            .into_iter()
            .filter(|l| policy.digests[l.index()].is_none())
            .map(|l| if l == Lang::Zh { "no_digest_zh" } else { "no_digest_en" })
            .collect();
        let values = ParallelPage {
            page,
            policy: self.policy_view(index, lang),
            title_zh: policy.record.title.zh.clone(),
            title_en: policy.record.title.en.clone(),
            sides: langs.map(Lang::tag),
            rows,
            missing,
        };
        self.folder_page("parallel.html", &folder, lang, &values)
    }
}

/// Sections of both digests by their ids, in the order of the first; what only the other has comes
/// where it stands there.
fn align<'a>(own: &[Section<'a>], other: &[Section<'a>]) -> Vec<(&'a str, Vec<[Option<&'a Block>; 2]>)> {
    let mut out = Vec::new();
    let mut next = 0;
    for (id, blocks) in own {
        let found = other.iter().skip(next).position(|(o, _)| o == id).map(|at| next + at);
        if let Some(at) = found {
            out.extend(other[next..at].iter().map(|(id, blocks)| (*id, pair(&[], blocks))));
            next = at + 1;
        }
        out.push((*id, pair(blocks, found.map_or(&[][..], |at| other[at].1.as_slice()))));
    }
    out.extend(other[next..].iter().map(|(id, blocks)| (*id, pair(&[], blocks))));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(kind: BlockKind) -> Block {
        Block { kind, span: 0..0 }
    }

    #[test]
    fn blocks_pair_in_order_and_extra_ones_stand_alone() {
        let p = block(BlockKind::Paragraph(Vec::new()));
        let list = block(BlockKind::List { start: None, items: Vec::new() });
        let shape = |own: &[&Block], other: &[&Block]| -> Vec<(bool, bool)> {
            pair(own, other).into_iter().map(|[a, b]| (a.is_some(), b.is_some())).collect()
        };
        assert_eq!(shape(&[&p, &list], &[&p, &list]), [(true, true), (true, true)]);
        assert_eq!(shape(&[&p, &p, &list], &[&p, &list]), [(true, true), (true, false), (true, true)]);
        assert_eq!(shape(&[], &[&p]), [(false, true)]);
        let (a, b) = (vec![("a", vec![&p]), ("c", vec![&p])], vec![("a", vec![&p]), ("b", vec![&p]), ("c", vec![&p])]);
        let ids: Vec<&str> = align(&a, &b).into_iter().map(|(id, _)| id).collect();
        assert_eq!(ids, ["a", "b", "c"]);
    }
}
