//! Topics: the list, and one topic as a concordance, each place's targets and passages side by side.

use serde::Serialize;

use super::passage::PassageView;
use super::timeline::{By, ChartView};
use super::views::{LinkView, NoteView, TargetView};
use super::{PageInfo, Pager};
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::html::{self, Context};
use crate::render::lines::{on_page, page_with};
use crate::render::{Output, Renderer, View, page_of, urls};
use crate::site::{Entity, TargetRef};

/// Most places named as having nothing on a topic.
const NOTHING_FOUND: usize = 20;
/// Most headings of digests that are shown on a topic's first page.
const DIGEST_LINKS: usize = 60;

#[derive(Serialize)]
struct Topics {
    page: PageInfo,
    topics: Vec<TopicView>,
    pager: Pager,
}

/// A topic in a list.
#[derive(Serialize)]
pub(in crate::render) struct TopicView {
    topic: LinkView,
    other: String,
    places: usize,
    targets: usize,
    passages: usize,
}

#[derive(Serialize)]
struct TopicPage {
    page: PageInfo,
    name: String,
    other_name: String,
    aliases: Vec<String>,
    other_aliases: Vec<String>,
    body: Option<String>,
    notes: Vec<NoteView>,
    places: Vec<PlaceLink>,
    nothing: Vec<LinkView>,
    columns: Vec<ColumnView>,
    /// The targets of this page.
    chart: Option<ChartView>,
    digests: Vec<DigestView>,
    target_count: usize,
    passage_count: usize,
    files: Vec<LinkView>,
    pager: Pager,
}

/// A place on a topic's page, wherever its column begins.
#[derive(Serialize)]
struct PlaceLink {
    url: String,
    name: String,
    targets: usize,
    passages: usize,
}

#[derive(Serialize)]
struct ColumnView {
    id: String,
    place: LinkView,
    /// The column began on an earlier page.
    continued: bool,
    targets: Vec<TargetView>,
    policies: Vec<PolicyPassages>,
}

/// Passages of one policy.
#[derive(Serialize)]
pub(in crate::render) struct PolicyPassages {
    pub(in crate::render) policy: LinkView,
    pub(in crate::render) passages: Vec<PassageView>,
}

#[derive(Serialize)]
struct DigestView {
    policy: LinkView,
    headings: Vec<LinkView>,
}

impl Renderer<'_> {
    pub(in crate::render) fn topics(&self, lang: Lang, number: usize) -> Result<Output, Problem> {
        let list = urls::section("topics", lang);
        let all = &self.site.concord.topics_by_name[lang.index()];
        let (folder, page) = self.page_at(
            lang,
            "topics",
            |l| urls::paged(&urls::section("topics", l), number),
            self.word(lang, "topics").to_owned(),
            self.word(lang, "topics_lead").to_owned(),
        );
        let values = Topics {
            page,
            topics: page_of(all, number).iter().map(|&i| self.topic_view(i, lang)).collect(),
            pager: Pager::new(self.urls(), &list, number, all.len()),
        };
        self.folder_page("topics.html", &folder, lang, &values)
    }

    pub(in crate::render) fn topic_view(&self, index: usize, lang: Lang) -> TopicView {
        let columns = &self.site.concord.topics[index].columns;
        TopicView {
            topic: self.link(Entity::Topic(index), lang),
            other: self.name(Entity::Topic(index), lang.other()),
            places: columns.len(),
            targets: columns.iter().map(|c| c.targets.len()).sum(),
            passages: columns.iter().map(|c| c.passages.len()).sum(),
        }
    }

    /// Lines of a topic's page: a line for each target and passage, place by place.
    pub(in crate::render) fn topic_lines(&self, index: usize) -> usize {
        self.site.concord.topics[index].columns.last().map_or(0, |c| c.before + c.lines())
    }

    /// The address of a place's column on a topic's page.
    pub(in crate::render) fn column_url(&self, topic: usize, place: usize, lang: Lang) -> String {
        let site = self.site;
        let before = site.concord.column(topic, place).map_or(0, |c| c.before);
        let folder = urls::paged(&urls::topic(&site.topics[topic].id, lang), page_with(before));
        format!("{}#at-{}", self.urls().page(&folder), site.places[place].id)
    }

    pub(in crate::render) fn topic(&self, lang: Lang, index: usize, number: usize) -> Result<Output, Problem> {
        let site = self.site;
        let topic = &site.topics[index];
        let concord = &site.concord.topics[index];
        let own = urls::topic(&topic.id, lang);
        let name = self.name(Entity::Topic(index), lang);
        let description = match lang {
            Lang::Zh => format!("各地政策怎么说“{name}”：目标与原文逐条对照。"),
            Lang::En => format!(
                "What each place’s policies say on {}: targets and passages side by side.",
                name.to_lowercase_start()
            ),
        };
        let at = |l: Lang| urls::paged(&urls::topic(&topic.id, l), number);
        let (folder, page) = self.page_at(lang, "topics", at, name.clone(), description);
        let root = urls::to_root(&folder);
        let first = number == 1;
        let prose = topic.prose[lang.index()].as_ref().filter(|_| first);
        let cite_label = self.word(lang, "citation");
        let body = prose.map(|digest| html::digest(&Context::new(site, digest, lang, self.urls(), &root, cite_label)));
        let lengths = concord.columns.iter().flat_map(|c| [c.targets.len(), c.passages.len()]);
        let mut columns: Vec<ColumnView> = Vec::new();
        let mut targets: Vec<TargetRef> = Vec::new();
        for (part, range) in on_page(lengths, number) {
            let column = &concord.columns[part / 2];
            let place = &site.places[column.place];
            if columns.last().is_none_or(|c| c.id != format!("at-{}", place.id)) {
                columns.push(ColumnView {
                    id: format!("at-{}", place.id),
                    place: self.place_link(column.place, lang),
                    continued: range.start > 0 || (part % 2 == 1 && !column.targets.is_empty()),
                    targets: Vec::new(),
                    policies: Vec::new(),
                });
            }
            let Some(view) = columns.last_mut() else { continue };
            if part % 2 == 0 {
                targets.extend(&column.targets[range.clone()]);
                view.targets = column.targets[range].iter().map(|t| self.target_view(*t, lang)).collect();
            } else {
                view.policies = self.by_policy(&column.passages[range], lang);
            }
        }
        let aliases = |lang: Lang| topic.topic.aliases.get(lang).to_vec();
        let lines = self.topic_lines(index);
        let places = if first { page_of(&concord.columns, 1) } else { &[] };
        let places = places
            .iter()
            .map(|c| PlaceLink {
                url: self.column_url(index, c.place, lang),
                name: self.name(Entity::Place(c.place), lang),
                targets: c.targets.len(),
                passages: c.passages.len(),
            })
            .collect();
        let values = TopicPage {
            page,
            name,
            other_name: self.name(Entity::Topic(index), lang.other()),
            aliases: if first { aliases(lang) } else { Vec::new() },
            other_aliases: if first { aliases(lang.other()) } else { Vec::new() },
            body,
            notes: prose.map(|d| self.note_views(d, None, lang)).unwrap_or_default(),
            places,
            nothing: if first { self.without(index, lang) } else { Vec::new() },
            columns,
            chart: (!targets.is_empty()).then(|| self.chart(&targets, By::Place, lang)),
            digests: if first { self.digest_headings(index, lang) } else { Vec::new() },
            target_count: concord.columns.iter().map(|c| c.targets.len()).sum(),
            files: {
                let mut files = self.files(View::Topic(index), lang);
                files.push(self.file("file_passages", format!("data/topics/{}/passages.csv", topic.id), lang));
                files
            },
            passage_count: concord.columns.iter().map(|c| c.passages.len()).sum(),
            pager: Pager::new(self.urls(), &own, number, lines),
        };
        self.folder_page("topic.html", &folder, lang, &values)
    }

    /// Passages grouped by policy, in their order.
    pub(in crate::render) fn by_policy(
        &self,
        passages: &[crate::site::concord::Passage],
        lang: Lang,
    ) -> Vec<PolicyPassages> {
        passages
            .chunk_by(|a, b| a.policy == b.policy)
            .map(|group| PolicyPassages {
                policy: self.policy_link(group[0].policy, lang),
                passages: group.iter().map(|p| self.passage_view(p, lang)).collect(),
            })
            .collect()
    }

    /// Places whose policies say nothing on a topic, if they are few.
    fn without(&self, topic: usize, lang: Lang) -> Vec<LinkView> {
        let site = self.site;
        let columns = &site.concord.topics[topic].columns;
        // Looking for the first few only keeps the work of all topics together small.
        let found: Vec<usize> = site.concord.compared[0]
            .iter()
            .take(NOTHING_FOUND + columns.len())
            .copied()
            .filter(|p| site.concord.column(topic, *p).is_none())
            .take(NOTHING_FOUND + 1)
            .collect();
        if found.len() > NOTHING_FOUND {
            return Vec::new();
        }
        found.into_iter().map(|p| self.place_link(p, lang)).collect()
    }

    fn digest_headings(&self, topic: usize, lang: Lang) -> Vec<DigestView> {
        let uses = &self.site.concord.topics[topic].digests[lang.index()];
        uses[..uses.len().min(DIGEST_LINKS)]
            .chunk_by(|a, b| a.policy == b.policy)
            .map(|group| DigestView {
                policy: self.policy_link(group[0].policy, lang),
                headings: group.iter().map(|by| self.digest_use(by, lang)).collect(),
            })
            .collect()
    }
}

/// A name within a sentence: its first letter small, unless the word is an abbreviation.
trait LowercaseStart {
    fn to_lowercase_start(&self) -> String;
}

impl LowercaseStart for String {
    fn to_lowercase_start(&self) -> String {
        let mut chars = self.chars();
        match (chars.next(), chars.clone().next()) {
            (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(chars).collect(),
            _ => self.clone(),
        }
    }
}
