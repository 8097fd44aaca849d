//! `duizhao check`

use clap::Args;

use super::{CONTENT, FINE, SiteArgs, plural, report};
use crate::diagnostic::Severity;
use crate::publish;
use crate::publish::memory::Memory;
use crate::render::{Options, Renderer};

#[derive(Debug, Args)]
pub(super) struct Check {
    #[command(flatten)]
    site: SiteArgs,
}

impl Check {
    pub(super) fn run(self) -> u8 {
        let mut loaded = match self.site.load() {
            Ok(loaded) => loaded,
            Err(code) => return code,
        };
        let mut problems = std::mem::take(&mut loaded.problems);
        // Links and addresses are known only of finished pages: they are made, and kept nowhere.
        if let Some(site) = &loaded.site {
            let made = Renderer::new(site, &loaded.tree, &Options::default())
                .and_then(|renderer| publish::make(site, &renderer, &Memory::default()));
            if let Err(found) = made {
                problems.extend(found);
            }
        }
        let sorted = report(problems, &loaded);
        if sorted.iter().any(|p| p.severity == Severity::Error) {
            return CONTENT;
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
