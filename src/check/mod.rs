//! The rules: what content must be before it is published, one file a rule.
//!
//! Each rule takes the content and gives problems. What can be known only by looking things up across
//! files (ids, quotes) is checked while linking; what can be known only of finished pages (links,
//! addresses) while publishing.

mod headings;
mod translation;

use std::collections::BTreeMap;

use toml::Spanned;

use crate::content::Content;
use crate::content::entities::SeveritySetting;
use crate::diagnostic::{Problem, Severity};

/// Codes of the problems whose severity a site may change: all that do not make a page wrong.
const ADJUSTABLE: [&str; 3] = ["hint-unused", "unused-footnote", "unknown-file"];

/// Runs all rules.
pub fn content(content: &Content) -> Vec<Problem> {
    let mut problems = translation::check(content);
    problems.extend(headings::check(content));
    problems.extend(unknown_settings(&content.settings.checks));
    problems
}

/// Gives each problem the severity that the site sets for its code.
pub fn apply_settings(
    problems: impl IntoIterator<Item = Problem>,
    settings: &BTreeMap<String, Spanned<SeveritySetting>>,
) -> Vec<Problem> {
    problems
        .into_iter()
        .filter_map(|mut problem| {
            if !ADJUSTABLE.contains(&problem.code) {
                return Some(problem);
            }
            problem.severity = match settings.get(problem.code).map(|s| *s.get_ref()) {
                None => problem.severity,
                Some(SeveritySetting::Error) => Severity::Error,
                Some(SeveritySetting::Warning) => Severity::Warning,
                Some(SeveritySetting::Note) => Severity::Note,
                Some(SeveritySetting::Off) => return None,
            };
            Some(problem)
        })
        .collect()
}

fn unknown_settings(settings: &BTreeMap<String, Spanned<SeveritySetting>>) -> Vec<Problem> {
    settings
        .iter()
        .filter(|(code, _)| !ADJUSTABLE.contains(&code.as_str()))
        .map(|(code, setting)| {
            Problem::error("unknown-key", format!("no rule with a severity of its own has the code `{code}`"))
                .at("site.toml", setting.span())
                .did_you_mean(code, ADJUSTABLE)
                .help(format!("rules whose severity may be set: {}", ADJUSTABLE.join(", ")))
        })
        .collect()
}

/// An error, or a note in what is only a draft.
fn graver_unless_draft(problem: Problem, draft: bool) -> Problem {
    let severity = if draft { Severity::Note } else { problem.severity };
    Problem { severity, ..problem }
}
