//! Passages on a topic, passages that name a place, and the tasks of agencies, as CSV.

use super::{csv_output, status};
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::pages::passage::sentences;
use crate::render::{Output, urls};
use crate::site::Site;
use crate::site::concord::{Passage, Role};

/// Columns that say where words stand.
const WHERE: [&str; 11] = [
    "policy",
    "policy_title_zh",
    "policy_title_en",
    "policy_status",
    "policy_place",
    "anchor",
    "heads",
    "quote",
    "quote_en",
    "source_zh",
    "source_en",
];

/// Words of a block: the policy's cells, where they stand, the words and our translation of what is
/// cited of them.
fn cells(site: &Site, policy: usize, block: usize, ranges: &[std::ops::Range<usize>]) -> Vec<String> {
    let own = &site.policies[policy];
    let text = &own.source.blocks[block].text;
    let words: Vec<&str> = ranges.iter().map(|r| &text[r.clone()]).collect();
    let mut translations: Vec<&str> = Vec::new();
    for span in own.block_spans[block].clone() {
        let at = &own.spans[span].range;
        if ranges.iter().any(|r| r.start < at.end && at.start < r.end)
            && let Some(translation) = site.translation(policy, span)
            && !translations.contains(&translation)
        {
            translations.push(translation);
        }
    }
    let title = own.record.title.full();
    let url = |lang| urls::Urls::default().block(site, policy, block, lang);
    vec![
        own.id.clone(),
        title.zh,
        title.en,
        status(own).to_owned(),
        site.places[own.place].id.clone(),
        own.source.blocks[block].anchor.to_string(),
        site.heads_above(policy, block).join(" › "),
        words.join("……"),
        translations.join(" … "),
        url(Lang::Zh),
        url(Lang::En),
    ]
}

fn of_passage(site: &Site, passage: &Passage) -> Vec<String> {
    let block = &site.policies[passage.policy].source.blocks[passage.block];
    cells(site, passage.policy, passage.block, &sentences(block, &passage.marks))
}

/// The passages on a topic.
///
/// # Errors
/// The table cannot be written.
pub(in crate::render) fn of_topic(site: &Site, topic: usize) -> Result<Output, Problem> {
    let columns = &site.concord.topics[topic].columns;
    let rows = columns.iter().flat_map(|c| &c.passages).map(|p| of_passage(site, p));
    csv_output(format!("data/topics/{}/passages.csv", site.topics[topic].id), &WHERE, rows)
}

/// The passages of other places' policies that name a place.
///
/// # Errors
/// The table cannot be written.
pub(in crate::render) fn of_place(site: &Site, place: usize) -> Result<Output, Problem> {
    let rows = site.concord.places[place].mentions.iter().map(|p| of_passage(site, p));
    csv_output(format!("data/places/{}/passages.csv", site.places[place].id), &WHERE, rows)
}

/// The tasks of all agencies.
///
/// # Errors
/// The table cannot be written.
pub(in crate::render) fn all_tasks(site: &Site) -> Result<Output, Problem> {
    tasks(site, "data/tasks.csv".to_owned(), 0..site.agencies.len())
}

/// The tasks of one agency.
///
/// # Errors
/// The table cannot be written.
pub(in crate::render) fn agency_tasks(site: &Site, agency: usize) -> Result<Output, Problem> {
    tasks(site, format!("data/agencies/{}/tasks.csv", site.agencies[agency].id), agency..agency + 1)
}

fn tasks(site: &Site, path: String, agencies: std::ops::Range<usize>) -> Result<Output, Problem> {
    let header: Vec<&str> = ["agency", "agency_zh", "agency_en", "role"].into_iter().chain(WHERE).collect();
    let rows = agencies.flat_map(|a| site.concord.agencies[a].tasks.iter().map(move |t| (a, t))).map(|(a, task)| {
        let agency = &site.agencies[a];
        let role = match task.role {
            Role::Lead => "lead",
            Role::Responsible => "responsible",
            Role::Support => "support",
        };
        let block = &site.policies[task.policy].source.blocks[task.block];
        let end = block.notes.iter().map(|n| n.span.start).min().unwrap_or(block.text.len());
        let whole: Vec<_> = std::iter::once(0..end).collect();
        let mut row =
            vec![agency.id.clone(), agency.value.name.zh.clone(), agency.value.name.en.clone(), role.to_owned()];
        row.extend(cells(site, task.policy, task.block, &whole));
        row
    });
    csv_output(path, &header, rows)
}
