//! `duizhao explain`

use clap::Args;

use super::{BROKEN, FINE};
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
            for rule in rules {
                println!("{:<24} {}", rule.code, rule.asks);
            }
            return FINE;
        };
        if let Some(rule) = rules.iter().find(|r| r.code == code) {
            print!("{}", rule.page());
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
