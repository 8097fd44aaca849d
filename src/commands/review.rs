//! `duizhao review`: signs a digest, against the hashes of what was read.

use std::fs;
use std::io::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use toml_edit::{DocumentMut, Item, Table, value};

use super::{BROKEN, CONTENT, FINE, SiteArgs, report};
use crate::check::sign;
use crate::content::fields::Lang;
use crate::content::record::Review as Signed;

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Language {
    Zh,
    En,
}

#[derive(Debug, Args)]
pub(super) struct Review {
    /// The policy's id
    policy: String,
    /// The digest that you have read, against the source and against the other language
    #[arg(long, value_enum)]
    lang: Language,
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The day of the signature (YYYY-MM-DD) [default: today]
    #[arg(long, value_name = "DATE")]
    today: Option<Date>,
    /// Include drafts
    #[arg(long)]
    drafts: bool,
}

impl Review {
    pub(super) fn run(self) -> u8 {
        let root = self.root.clone();
        let site = SiteArgs { root: self.root, today: self.today, drafts: self.drafts };
        let mut loaded = match site.load() {
            Ok(loaded) => loaded,
            Err(code) => return code,
        };
        let problems = std::mem::take(&mut loaded.problems);
        let Some(site) = loaded.site.as_ref().filter(|_| !problems.has_errors()) else {
            report(problems, &loaded);
            eprintln!("nothing was signed: mend the errors first");
            return CONTENT;
        };
        let Some(policy) = site.policies.iter().find(|p| p.id == self.policy) else {
            eprintln!("error: there is no policy `{}`", self.policy);
            if let Some(near) = crate::diagnostic::nearest(&self.policy, site.policies.iter().map(|p| p.id.as_str())) {
                eprintln!("  = help: did you mean `{near}`?");
            }
            return BROKEN;
        };
        let lang = match self.lang {
            Language::Zh => Lang::Zh,
            Language::En => Lang::En,
        };
        // A signature is an act: its day is the clock's, unless it is given.
        let date = self.today.unwrap_or_else(today);
        let seed = policy.record.source.file.get_ref();
        let signed = match sign(&loaded.tree, &policy.id, seed, lang, date) {
            Ok(signed) => signed,
            Err(path) => {
                eprintln!("error: {path} is missing, so there is nothing to sign");
                return CONTENT;
            }
        };
        let path = format!("content/policies/{}/policy.toml", policy.id);
        let text = loaded.tree.text(&path).and_then(Result::ok).unwrap_or_default();
        let written = match write(text, lang, &signed) {
            Ok(written) => written,
            Err(error) => {
                eprintln!("error: {path}: {error}");
                return BROKEN;
            }
        };
        if let Err(error) = replace(&root.join(&path), &written) {
            eprintln!("error: {path} cannot be written: {error}");
            return BROKEN;
        }
        println!("signed the {} digest of {} on {date}", lang.code(), policy.id);
        FINE
    }
}

fn today() -> Date {
    // Days since 1970 in UTC; a clock before that is no clock.
    let seconds = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_secs());
    super::epoch_date(&seconds.to_string()).unwrap_or(Date::constant(1970, 1, 1))
}

/// The record with a review written into it, all else as it stands.
fn write(text: &str, lang: Lang, signed: &Signed) -> Result<String, toml_edit::TomlError> {
    let mut document: DocumentMut = text.parse()?;
    let reviews = document.entry("review").or_insert_with(|| {
        let mut table = Table::new();
        table.set_implicit(true);
        Item::Table(table)
    });
    let mut table = Table::new();
    for (key, hash) in
        [("digest", &signed.digest), ("other", &signed.other), ("targets", &signed.targets), ("source", &signed.source)]
    {
        table.insert(key, value(hash));
    }
    let date = signed.date.0.to_string().parse::<toml_edit::Datetime>();
    if let Ok(date) = date {
        table.insert("date", value(date));
    }
    // In the order of the languages, before what follows.
    if let Some(reviews) = reviews.as_table_mut() {
        let old = reviews.get(lang.code()).and_then(Item::as_table);
        let (decor, position) = old.map_or((None, None), |t| (Some(t.decor().clone()), t.position()));
        if let Some(decor) = decor {
            *table.decor_mut() = decor;
        }
        table.set_position(position);
        reviews.insert(lang.code(), Item::Table(table));
    }
    Ok(document.to_string())
}

/// Puts a file in another's place, so that no half of it is ever seen.
fn replace(path: &std::path::Path, text: &str) -> std::io::Result<()> {
    let part = path.with_extension("toml.part");
    let mut file = fs::File::create(&part)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&part, path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::fields::CivilDate;

    #[test]
    fn only_the_review_changes() {
        let signed = |n: &str| Signed {
            digest: n.repeat(4),
            other: "b".into(),
            targets: "c".into(),
            source: "d".into(),
            date: CivilDate(Date::constant(2026, 11, 25)),
        };
        let text = "title  = \"甲\"   # kept\n\n[source]\nurl = \"\"\n\n[[change]]\ndate = 2026-01-01\n";
        let once = write(text, Lang::Zh, &signed("1")).expect("the text is TOML");
        assert!(once.starts_with(text.split("\n[[change]]").next().expect("splits")), "{once}");
        assert!(once.contains("[review.zh]\ndigest = \"1111\"\n") && once.contains("date = 2026-11-25\n"), "{once}");
        let twice = write(&once, Lang::Zh, &signed("2")).expect("the text is TOML");
        assert_eq!(twice, once.replace("1111", "2222"));
    }
}
