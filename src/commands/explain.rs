//! `duizhao explain`

use clap::Args;

use super::{BROKEN, FINE, emit};
use crate::check;
use crate::diagnostic::nearest;

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// The code of a problem, such as quote-not-found; without one, all codes are listed
    code: Option<String>,
}

impl Explain {
    pub(super) fn run(&self) -> u8 {
        let rules = check::rules();
        let Some(code) = &self.code else {
            emit(&rules.iter().map(|r| format!("{:<24} {}\n", r.code, r.asks)).collect::<String>());
            return FINE;
        };
        if let Some(rule) = rules.iter().find(|r| r.code == code) {
            emit(&rule.page());
            return FINE;
        }
        eprintln!("error: no rule has the code `{code}`");
        match nearest(code, rules.iter().map(|r| r.code)) {
            Some(near) => eprintln!("  = help: did you mean `{near}`?"),
            None => eprintln!("  = help: `duizhao explain` lists all codes"),
        }
        BROKEN
    }
}
