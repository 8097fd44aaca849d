//! Agencies: the list by place, and one agency with the tasks that it leads and supports.

use serde::Serialize;

use super::passage::opening;
use super::views::{LinkView, PolicyView};
use super::{PageInfo, Pager};
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::lines::on_page;
use crate::render::{Output, Renderer, page_of, urls};
use crate::site::Entity;
use crate::site::concord::{Role, Task};

/// Most characters of a task's own words.
const WORDS: usize = 90;

#[derive(Serialize)]
struct Agencies {
    page: PageInfo,
    groups: Vec<Group>,
    pager: Pager,
}

#[derive(Serialize)]
struct Group {
    place: Option<LinkView>,
    agencies: Vec<AgencyView>,
}

#[derive(Serialize)]
struct AgencyView {
    agency: LinkView,
    other: String,
    leads: usize,
    responsible: usize,
    supports: usize,
    issued: usize,
}

#[derive(Serialize)]
struct AgencyPage {
    page: PageInfo,
    name: String,
    other_name: String,
    place: Option<LinkView>,
    aliases: Vec<String>,
    /// Whether the English name is this site's own.
    ours: bool,
    issued: Vec<PolicyView>,
    roles: Vec<RoleView>,
    tasks: usize,
    files: Vec<LinkView>,
    pager: Pager,
}

#[derive(Serialize)]
struct RoleView {
    /// `leads`, `responsible`, `supporters`: key of the words.
    role: &'static str,
    count: usize,
    continued: bool,
    policies: Vec<PolicyTasks>,
}

#[derive(Serialize)]
struct PolicyTasks {
    policy: LinkView,
    tasks: Vec<TaskView>,
}

#[derive(Serialize)]
struct TaskView {
    url: String,
    anchor: String,
    /// The heads above it in the text, from the widest.
    heads: Vec<String>,
    words: String,
    translations: Vec<String>,
    digest: Vec<LinkView>,
}

fn key(role: Role) -> &'static str {
    match role {
        Role::Lead => "leads",
        Role::Responsible => "responsible",
        Role::Support => "supporters",
    }
}

impl Renderer<'_> {
    pub(in crate::render) fn agencies(&self, lang: Lang, number: usize) -> Result<Output, Problem> {
        let site = self.site;
        let list = urls::section("agencies", lang);
        let order = &site.concord.agency_order;
        let (folder, page) = self.page_at(
            lang,
            "agencies",
            |l| urls::paged(&urls::section("agencies", l), number),
            self.word(lang, "agencies").to_owned(),
            self.word(lang, "agencies_lead").to_owned(),
        );
        let groups = page_of(order, number)
            .chunk_by(|a, b| a.0 == b.0)
            .map(|group| Group {
                place: group[0].0.map(|p| self.place_link(p, lang)),
                agencies: group.iter().map(|&(_, a)| self.agency_view(a, lang)).collect(),
            })
            .collect();
        let values = Agencies { page, groups, pager: Pager::new(self.urls(), &list, number, order.len()) };
        self.folder_page("agencies.html", &folder, lang, &values)
    }

    fn agency_view(&self, index: usize, lang: Lang) -> AgencyView {
        let concord = &self.site.concord.agencies[index];
        let count = |role: Role| concord.tasks.iter().filter(|t| t.role == role).count();
        AgencyView {
            agency: self.link(Entity::Agency(index), lang),
            other: self.name(Entity::Agency(index), lang.other()),
            leads: count(Role::Lead),
            responsible: count(Role::Responsible),
            supports: count(Role::Support),
            issued: concord.issued.len(),
        }
    }

    pub(in crate::render) fn agency(&self, lang: Lang, index: usize, number: usize) -> Result<Output, Problem> {
        let site = self.site;
        let agency = &site.agencies[index];
        let concord = &site.concord.agencies[index];
        let own = urls::agency(&agency.id, lang);
        let name = self.name(Entity::Agency(index), lang);
        let description = match lang {
            Lang::Zh => format!("{name}在各项政策中牵头、负责和配合的任务。"),
            Lang::En => format!("Tasks that policies give to the {name}: what it leads, and what it supports."),
        };
        let at = |l: Lang| urls::paged(&urls::agency(&agency.id, l), number);
        let (folder, page) = self.page_at(lang, "agencies", at, name.clone(), description);
        let groups: Vec<&[Task]> = concord.tasks.chunk_by(|a, b| a.role == b.role).collect();
        let roles = on_page(groups.iter().map(|g| g.len()), number)
            .into_iter()
            .map(|(part, range)| {
                let group = groups[part];
                RoleView {
                    role: key(group[0].role),
                    count: group.len(),
                    continued: range.start > 0,
                    policies: group[range]
                        .chunk_by(|a, b| a.policy == b.policy)
                        .map(|tasks| PolicyTasks {
                            policy: self.policy_link(tasks[0].policy, lang),
                            tasks: tasks.iter().map(|t| self.task_view(t, lang)).collect(),
                        })
                        .collect(),
                }
            })
            .collect();
        let values = AgencyPage {
            page,
            name,
            other_name: self.name(Entity::Agency(index), lang.other()),
            place: site.concord.agency_place(site, index).map(|p| self.place_link(p, lang)),
            aliases: agency.value.aliases.zh.clone(),
            ours: agency.value.source == "ours",
            issued: page_of(&concord.issued, number).iter().map(|&i| self.policy_view(i, lang)).collect(),
            roles,
            files: if concord.tasks.is_empty() {
                Vec::new()
            } else {
                vec![self.file("file_tasks", format!("data/agencies/{}/tasks.csv", agency.id), lang)]
            },
            tasks: concord.tasks.len(),
            pager: Pager::new(self.urls(), &own, number, concord.tasks.len().max(concord.issued.len())),
        };
        self.folder_page("agency.html", &folder, lang, &values)
    }

    fn task_view(&self, task: &Task, lang: Lang) -> TaskView {
        let policy = &self.site.policies[task.policy];
        let block = &policy.source.blocks[task.block];
        let end = block.notes.iter().map(|n| n.span.start).min().unwrap_or(block.text.len());
        let whole: Vec<_> = std::iter::once(0..end).collect();
        let view = self.words_view(task.policy, task.block, &whole, &[], lang);
        TaskView {
            url: view.url,
            anchor: view.anchor,
            heads: self.site.heads_above(task.policy, task.block),
            words: match block.head {
                Some(_) => block.label().to_owned(),
                None => opening(block, WORDS),
            },
            translations: view.translations,
            digest: view.digest,
        }
    }
}
