//! `duizhao check`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{BROKEN, CONTENT, FINE, SiteArgs, copies, emit, plural, report, summary};
use crate::check;
use crate::diagnostic::{Severity, machine};
use crate::publish;
use crate::publish::memory::Nowhere;
use crate::render::{Options, Renderer};

/// How problems are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, on standard error
    Human,
    /// One JSON object, on standard output
    Json,
    /// SARIF 2.1.0, on standard output
    Sarif,
    /// GitHub's workflow commands, on standard output
    Github,
    /// GitLab's Code Quality report, on standard output
    Gitlab,
}

/// What fails a check beside errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deny {
    /// Warnings too
    Warnings,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    site: SiteArgs,
    /// How to report problems
    #[arg(long, value_enum, default_value = "human")]
    format: Format,
    /// What makes the check fail, besides errors
    #[arg(long, value_enum)]
    deny: Option<Deny>,
    /// Compare the sources with fresh copies in a folder, saved as <policy>.txt, .md or .html: what has changed, and what that touches
    #[arg(long, value_name = "DIR")]
    sources: Option<PathBuf>,
}

impl Check {
    pub(super) fn run(self) -> u8 {
        let mut loaded = match self.site.load() {
            Ok(loaded) => loaded,
            Err(code) => return code,
        };
        let mut problems = std::mem::take(&mut loaded.problems);
        if let Some(folder) = &self.sources {
            if !folder.is_dir() {
                eprintln!("error: there is no folder {}", folder.display());
                return BROKEN;
            }
            let found = copies::check(&loaded.tree, self.site.drafts, folder);
            match &loaded.settings {
                Some(settings) => problems.extend(check::apply_settings(found, &settings.checks)),
                None => problems.extend(found),
            }
        }
        // Links and addresses are known only of finished pages: they are made, and kept nowhere.
        if let Some(site) = &loaded.site {
            let made = Renderer::new(site, &loaded.tree, &loaded.verification, &Options::default())
                .and_then(|renderer| publish::make(site, &renderer, &Nowhere));
            if let Err(found) = made {
                problems.extend(found);
            }
        }
        let sorted = match self.format {
            Format::Human => report(problems, &loaded),
            format => {
                let sorted = problems.sorted();
                let files = loaded.tree.texts();
                match format {
                    Format::Sarif => emit(&machine::sarif(&sorted, &files, &check::rules())),
                    Format::Github => emit(&machine::github(&sorted, &files)),
                    Format::Gitlab => emit(&machine::gitlab(&sorted, &files)),
                    Format::Json | Format::Human => emit(&machine::json(&sorted, &files)),
                }
                summary(&sorted);
                sorted
            }
        };
        let failed = |s: Severity| s == Severity::Error || (s == Severity::Warning && self.deny.is_some());
        if sorted.iter().any(|p| failed(p.severity)) {
            return CONTENT;
        }
        if self.format != Format::Human {
            return FINE;
        }
        if let Some(site) = &loaded.site {
            println!(
                "{}, {}, {} cited: no error",
                plural(site.policies.len(), "policy").replace("policys", "policies"),
                plural(site.timeline.len(), "target"),
                plural(site.quote_count, "passage")
            );
        }
        FINE
    }
}
