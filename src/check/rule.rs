//! A rule: its code, how grave a breach is, and what a curator must know of it.

use super::chinese::chinese;
use crate::content::fields::Lang;
use crate::diagnostic::{Problem, Severity};

/// What a rule says in one language.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// What it asks for, in one sentence.
    pub asks: &'static str,
    /// Why, and what it does not report.
    pub why: &'static str,
    /// What breaks it.
    pub wrong: &'static str,
    /// The same, mended.
    pub right: &'static str,
}

/// A rule. What stands here is what `duizhao explain CODE` shows and the guide prints.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// Its code.
    pub code: &'static str,
    /// How grave a breach is, unless `site.toml` says otherwise.
    pub severity: Severity,
    /// Whether `site.toml` may change the severity: not where a breach makes a page wrong or impossible.
    pub adjustable: bool,
    /// What it asks for, in one sentence.
    pub asks: &'static str,
    /// Why, and what it does not report.
    pub why: &'static str,
    /// What breaks it.
    pub wrong: &'static str,
    /// The same, mended.
    pub right: &'static str,
}

impl Rule {
    /// A breach of the rule.
    pub fn problem(&self, message: impl Into<String>) -> Problem {
        let message = message.into();
        match self.severity {
            Severity::Error => Problem::error(self.code, message),
            Severity::Warning => Problem::warning(self.code, message),
            Severity::Note => Problem::note(self.code, message),
        }
    }

    /// What it says in a language.
    pub fn words(&self, lang: Lang) -> Words {
        let own = Words { asks: self.asks, why: self.why, wrong: self.wrong, right: self.right };
        match (lang, chinese(self.code)) {
            (Lang::Zh, Some(zh)) => {
                let [wrong, right] = zh.example.unwrap_or([self.wrong, self.right]);
                Words { asks: zh.asks, why: zh.why, wrong, right }
            }
            _ => own,
        }
    }

    /// The rule as a page of plain text.
    pub fn page(&self) -> String {
        let severity = match self.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let setting = if self.adjustable {
            format!(
                "{severity}; site.toml may change it: [checks] {} = \"error\", \"warning\", \"note\" or \"off\"",
                self.code
            )
        } else {
            severity.to_owned()
        };
        let indent =
            |text: &str| text.lines().map(|l| format!("    {l}").trim_end().to_owned() + "\n").collect::<String>();
        format!(
            "{}\n({setting})\n\n{}\n\n{}\n\nWrong:\n\n{}\nRight:\n\n{}",
            self.code,
            self.asks,
            self.why,
            indent(self.wrong),
            indent(self.right)
        )
    }
}
