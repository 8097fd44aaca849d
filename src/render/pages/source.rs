//! A policy's source: its blocks with anchors, what cites them, and the outline.

use serde::Serialize;

use super::verification::Mark;
use super::views::{LinkView, PolicyView};
use super::{PageInfo, PageSpec, report_address};
use crate::check::BlockCoverage;
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::cite::CiteView;
use crate::render::{Output, Renderer, marked, urls};
use crate::site::{Entity, Policy, Span, Use};
use crate::source::Kind;

#[derive(Serialize)]
struct SourcePage {
    page: PageInfo,
    mark: Mark,
    policy: PolicyView,
    title_zh: String,
    raw_url: String,
    cites: Vec<CiteView>,
    cite_files: Vec<LinkView>,
    sha256: String,
    official: Option<String>,
    outline: Vec<OutlineView>,
    items: Vec<Item>,
}

#[derive(Serialize)]
struct OutlineView {
    level: u8,
    anchor: String,
    label: String,
}

/// A block, or all rows of a table.
#[derive(Serialize)]
struct Item {
    /// `title`, `heading`, `paragraph`, `caption`, `noise`, `table`
    kind: &'static str,
    /// The heading's level in the text's own outline.
    level: u8,
    /// Its level on the page, which leaves none out (WCAG 2.2, technique H42).
    rank: u8,
    block: Option<BlockView>,
    rows: Vec<RowView>,
}

#[derive(Serialize)]
struct BlockView {
    anchor: String,
    /// `cited`, or `open` if it states something that nothing cites; else nothing.
    coverage: &'static str,
    /// Lines that are aliases of this block and no block's own address.
    aliases: Vec<String>,
    html: String,
    cited_by: Vec<CitedBy>,
    duties: Vec<Duty>,
    report: Option<String>,
}

#[derive(Serialize)]
struct RowView {
    block: BlockView,
    header: bool,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Cell {
    html: String,
    rows: usize,
    head: bool,
}

#[derive(Serialize)]
struct CitedBy {
    /// `digest`, `target`, `place`, `topic`: key of the words.
    kind: &'static str,
    url: Option<String>,
    name: String,
    detail: String,
}

#[derive(Serialize)]
struct Duty {
    /// `leads`, `responsible`, `supporters`: key of the words.
    role: &'static str,
    names: Vec<Office>,
}

/// An agency as a responsibility note names it.
#[derive(Serialize)]
pub(super) struct Office {
    name: String,
    /// Its page, if the site knows it.
    url: Option<String>,
}

impl Renderer<'_> {
    pub(super) fn office(&self, place: usize, name: &str, lang: Lang) -> Office {
        let site = self.site;
        let agency = site.concord.offices.find(site, place, name);
        Office { name: name.to_owned(), url: agency.map(|a| self.urls().entity(site, Entity::Agency(a), lang)) }
    }

    pub(in crate::render) fn source(&self, lang: Lang, index: usize) -> Result<Output, Problem> {
        let policy = &self.site.policies[index];
        let record = &policy.record;
        let folder = urls::source(&policy.id, lang);
        let short = self.name(Entity::Policy(index), lang);
        let title = match lang {
            Lang::Zh => format!("原文：{short}"),
            Lang::En => format!("Source text: {short}"),
        };
        let values = SourcePage {
            mark: self.mark(index, lang),
            page: self
                .page_info(PageSpec {
                    lang,
                    other: urls::source(&policy.id, lang.other()),
                    title,
                    description: format!("{} {}", record.title.zh, record.number).trim().to_owned(),
                    section: "policies",
                    folder: folder.clone(),
                    anchor: "",
                })
                .with_data(&self.source_data(index, lang)),
            policy: self.policy_view(index, lang),
            title_zh: record.title.zh.clone(),
            cites: self.cite_source(index),
            cite_files: self.cite_files(index, lang),
            raw_url: record.source.file.get_ref().clone(),
            sha256: record.source.sha256.get_ref().clone(),
            official: (!record.source.url.is_empty()).then(|| record.source.url.clone()),
            outline: policy
                .source
                .outline()
                .map(|i| &policy.source.blocks[i])
                .map(|b| OutlineView {
                    level: b.level().unwrap_or(1),
                    anchor: b.anchor.to_string(),
                    label: b.label().to_owned(),
                })
                .collect(),
            items: self.items(index, lang, &folder),
        };
        self.folder_page("source.html", &folder, lang, &values)
    }

    fn items(&self, index: usize, lang: Lang, folder: &str) -> Vec<Item> {
        let policy = &self.site.policies[index];
        let coverage = &self.verification.policies[index].coverage.by_block;
        let mut out: Vec<Item> = Vec::new();
        let mut open_table = None;
        // The page's own heading has rank 1.
        let mut rank = 1;
        for (i, block) in policy.source.blocks.iter().enumerate() {
            let spans = &policy.spans[policy.block_spans[i].clone()];
            let mut view = self.block_view(policy, i, spans, lang, folder);
            view.coverage = match coverage.get(i) {
                Some(BlockCoverage::Cited) => "cited",
                Some(BlockCoverage::Open) => "open",
                Some(BlockCoverage::Silent) | None => "",
            };
            if let Kind::Row(row) = &block.kind {
                let cells = row
                    .cells
                    .iter()
                    .enumerate()
                    // A group's first cell spans its rows; the empty ones below it are left out.
                    .filter(|(n, _)| *n > 0 || row.group_from == 0)
                    .map(|(n, range)| Cell {
                        html: marked::text(block, range.clone(), spans),
                        rows: if n == 0 { row.group_rows } else { 1 },
                        head: row.header || (n == 0 && row.group_rows > 1),
                    })
                    .collect();
                let view = RowView { block: view, header: row.header, cells };
                if open_table == Some(row.table) {
                    if let Some(last) = out.last_mut() {
                        last.rows.push(view);
                    }
                } else {
                    open_table = Some(row.table);
                    out.push(Item { kind: "table", level: 0, rank: 0, block: None, rows: vec![view] });
                }
                continue;
            }
            open_table = None;
            let (kind, level) = match block.kind {
                Kind::Title => ("title", 1),
                Kind::Heading(level) => ("heading", level),
                Kind::Caption => ("caption", 0),
                Kind::Noise => ("noise", 0),
                Kind::Paragraph | Kind::Row(_) => ("paragraph", 0),
            };
            if matches!(block.kind, Kind::Title | Kind::Heading(_)) {
                rank = (level + 1).min(rank + 1).min(6);
            }
            out.push(Item { kind, level, rank, block: Some(view), rows: Vec::new() });
        }
        out
    }

    fn block_view(&self, policy: &Policy, index: usize, spans: &[Span], lang: Lang, folder: &str) -> BlockView {
        let block = &policy.source.blocks[index];
        let anchor = block.anchor.to_string();
        let aliases = block
            .lines
            .iter()
            .map(|&line| crate::source::Anchor { line, offset: 0 })
            .filter(|a| *a != block.anchor && policy.source.block_at(*a) == Some(index) && block.is_text())
            .map(|a| a.to_string())
            .collect();
        let duties = block
            .notes
            .iter()
            .flat_map(|n| [("leads", &n.leads), ("responsible", &n.responsible), ("supporters", &n.supporters)])
            .filter(|(_, names)| !names.is_empty())
            .map(|(role, names)| Duty {
                role,
                names: names.iter().map(|n| self.office(policy.place, n, lang)).collect(),
            })
            .collect();
        let report = self.site.settings.report.as_ref().map(|template| report_address(template, folder, &anchor));
        let html = match block.kind {
            Kind::Row(_) => String::new(),
            _ => marked::text(block, 0..block.text.len(), spans),
        };
        BlockView { anchor, coverage: "", aliases, html, cited_by: self.cited_by(spans, lang), duties, report }
    }

    fn cited_by(&self, spans: &[Span], lang: Lang) -> Vec<CitedBy> {
        let mut uses: Vec<&Use> = spans.iter().flat_map(|s| &s.uses).collect();
        uses.sort();
        uses.dedup();
        let site = self.site;
        let mut out = Vec::new();
        for by in uses {
            match by {
                Use::Digest { policy, lang: of, heading } if *of == lang => {
                    let LinkView { url, name } = self.policy_link(*policy, lang);
                    let heading = heading.as_deref().unwrap_or_default();
                    let url = if heading.is_empty() { url } else { format!("{url}#{heading}") };
                    let detail = self.heading_words(*policy, lang, heading);
                    out.push(CitedBy { kind: "digest", url: Some(url), name, detail });
                }
                Use::Target(at) => out.push(CitedBy {
                    kind: "target",
                    url: Some(self.urls().target(site, *at, lang)),
                    name: site.target(*at).target.measure.get(lang).to_owned(),
                    detail: site.target(*at).display.get(lang).to_owned(),
                }),
                Use::Prose(entity, of) if *of == lang => out.push(CitedBy {
                    kind: entity.kind(),
                    url: Some(self.urls().entity(site, *entity, lang)),
                    name: site.name(*entity, lang).to_owned(),
                    detail: String::new(),
                }),
                Use::Guide(n, of) if *of == lang => out.push(CitedBy {
                    kind: "guide",
                    url: Some(self.urls().page(&urls::guide(&site.guide[*n].slug, lang))),
                    name: site.guide[*n].title(lang),
                    detail: String::new(),
                }),
                Use::Digest { .. } | Use::Prose(..) | Use::Guide(..) | Use::Data(_) => {}
            }
        }
        out
    }
}
