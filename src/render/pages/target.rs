//! A target's permanent address: its figure, its quote in context, its baseline and outcome, who is
//! responsible, and where else it stands.

use serde::Serialize;

use super::indicator::basis_key;
use super::passage::sentences;
use super::views::{LinkView, PolicyView, TargetView, commitment_key, date};
use super::{PageInfo, report_address};
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::chart::glyph;
use crate::render::cite::CiteView;
use crate::render::{Output, Renderer, marked, urls};
use crate::site::{Entity, SpanRef, TargetRef, Use};

/// Most other targets of the same indicator that are shown; the indicator's page has all.
const OTHERS: usize = 8;

#[derive(Serialize)]
struct TargetPage {
    page: PageInfo,
    policy: PolicyView,
    target: TargetView,
    cites: Vec<CiteView>,
    cite_files: Vec<LinkView>,
    measure_other: String,
    /// Keys of the words for bound and basis.
    bound: &'static str,
    basis: &'static str,
    topics: Vec<LinkView>,
    indicator: Option<LinkView>,
    /// The headings that the words stand under.
    heads: Vec<String>,
    /// The block as HTML, the quote marked.
    block: String,
    due_from: Option<WordsView>,
    baseline_from: Option<WordsView>,
    repeated_by: Vec<LinkView>,
    outcomes: Vec<OutcomeView>,
    duties: Vec<DutyView>,
    digest: Vec<LinkView>,
    others: Vec<OtherView>,
    /// Whether there are more than those.
    more: bool,
}

/// Another target of the same indicator.
#[derive(Serialize)]
struct OtherView {
    url: String,
    place: String,
    measure: String,
    figure: String,
    commitment: &'static str,
    due: Option<i16>,
}

/// Words of the source elsewhere than in the quote.
#[derive(Serialize)]
struct WordsView {
    words: String,
    url: String,
    anchor: String,
}

#[derive(Serialize)]
struct OutcomeView {
    value: String,
    as_of: String,
    title: String,
    url: String,
    retrieved: String,
    quote: String,
}

#[derive(Serialize)]
struct DutyView {
    /// `leads`, `responsible`, `supporters`: key of the words.
    role: &'static str,
    names: Vec<super::source::Office>,
}

impl Renderer<'_> {
    pub(in crate::render) fn target(&self, lang: Lang, at: TargetRef) -> Result<Output, Problem> {
        let site = self.site;
        let linked = site.target(at);
        let target = &linked.target;
        let policy = &site.policies[at.policy];
        let view = self.target_view(at, lang);
        let short = self.name(Entity::Policy(at.policy), lang);
        let hedge = match view.commitment {
            "strive" => self.word(lang, "strive"),
            "expected" => self.word(lang, "expected"),
            _ => "",
        };
        let figure = if hedge.is_empty() {
            view.figure.clone()
        } else {
            format!("{hedge}{}{}", if lang == Lang::En { " " } else { "" }, view.figure)
        };
        let description = match lang {
            Lang::Zh => format!("{}：{figure}。出自《{short}》，原文可查。", view.measure),
            Lang::En => format!("{}: {figure}. From the {short}, with the words of the source.", view.measure),
        };
        let title = format!("{} · {short}", view.measure);
        let (folder, page) = self.page_at(lang, "targets", |l| urls::target(site, at, l), title, description);
        let (_, span) = site.span(linked.quote);
        let block = &policy.source.blocks[span.block];
        let quote = span.range.clone();
        // A long block is shown by the sentences of the quote, a short one whole.
        let block_html = if block.text.chars().nth(400).is_some() {
            let around = sentences(block, std::slice::from_ref(&quote));
            self.words_view(at.policy, span.block, &around, std::slice::from_ref(&quote), lang).html
        } else {
            let own = crate::site::Span { id: String::new(), block: span.block, range: quote, uses: Vec::new() };
            marked::excerpt(block, &own)
        };
        let anchor = block.anchor.to_string();
        let report = site.settings.report.as_ref().map(|template| report_address(template, &folder, &anchor));
        let mut page = page;
        page.report = report.or(page.report);
        let digest = span
            .uses
            .iter()
            .filter_map(|by| match by {
                Use::Digest { policy, lang: of, heading: Some(heading) } if *of == lang => Some(LinkView {
                    url: format!("{}#{heading}", self.urls().entity(site, Entity::Policy(*policy), lang)),
                    name: self.heading_words(*policy, lang, heading),
                }),
                _ => None,
            })
            .collect();
        let duties = block
            .notes
            .iter()
            .flat_map(|n| [("leads", &n.leads), ("responsible", &n.responsible), ("supporters", &n.supporters)])
            .filter(|(_, names)| !names.is_empty())
            .map(|(role, names)| DutyView {
                role,
                names: names.iter().map(|n| self.office(policy.place, n, lang)).collect(),
            })
            .collect();
        let same = linked.indicator.map(|i| &site.concord.indicators[i]);
        let mut others: Vec<TargetRef> =
            same.into_iter().flat_map(|i| &i.targets).copied().filter(|other| *other != at).take(OTHERS + 1).collect();
        let more = others.len() > OTHERS;
        others.truncate(OTHERS);
        let values = TargetPage {
            policy: self.policy_view(at.policy, lang),
            measure_other: target.measure.get(lang.other()).to_owned(),
            bound: glyph::word(*target.bound.get_ref()),
            basis: basis_key(target.basis()),
            topics: linked.topics.iter().map(|&t| self.link(Entity::Topic(t), lang)).collect(),
            indicator: linked.indicator.map(|i| self.link(Entity::Indicator(i), lang)),
            heads: site.heads_above(at.policy, span.block),
            block: block_html,
            due_from: linked.due_from.map(|s| self.span_words(s, lang)),
            baseline_from: linked.baseline.map(|s| self.span_words(s, lang)),
            repeated_by: linked
                .repeated_by
                .iter()
                .map(|&other| LinkView {
                    url: self.urls().target(site, other, lang),
                    name: site.target(other).target.measure.get(lang).to_owned(),
                })
                .collect(),
            outcomes: linked
                .outcomes
                .iter()
                .map(|o| OutcomeView {
                    value: self.amount(target, o.value.get_ref(), lang).unwrap_or_else(|| o.value.get_ref().clone()),
                    as_of: date(o.as_of.0, lang),
                    title: o.source.title.get(lang).to_owned(),
                    url: o.source.url.clone(),
                    retrieved: date(o.source.retrieved.0, lang),
                    quote: o.quote.get_ref().text.clone(),
                })
                .collect(),
            duties,
            digest,
            more,
            others: others.into_iter().map(|other| self.other_view(other, lang)).collect(),
            cites: self.cite_target(at, lang),
            cite_files: self.cite_files(at.policy, lang),
            target: view,
            page,
        };
        self.folder_page("target.html", &folder, lang, &values)
    }

    fn other_view(&self, at: TargetRef, lang: Lang) -> OtherView {
        let linked = self.site.target(at);
        OtherView {
            url: self.urls().target(self.site, at, lang),
            place: self.name(Entity::Place(linked.place), lang),
            measure: linked.target.measure.get(lang).to_owned(),
            figure: self.figure(at, lang),
            commitment: commitment_key(linked.target.commitment()),
            due: linked.target.due.as_ref().map(|d| *d.get_ref()),
        }
    }

    fn span_words(&self, at: SpanRef, lang: Lang) -> WordsView {
        let (policy, span) = self.site.span(at);
        WordsView {
            words: self.site.quoted(at).to_owned(),
            url: self.urls().span(self.site, at, lang),
            anchor: policy.source.blocks[span.block].anchor.to_string(),
        }
    }
}
