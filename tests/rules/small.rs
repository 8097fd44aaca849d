//! The small site in memory, changed and checked without a disk.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use duizhao::check::sign;
use duizhao::content::fields::Lang;
use duizhao::diagnostic::{Problem, Problems, human};
use duizhao::pipeline;
use duizhao::publish::{self, memory::Memory};
use duizhao::read::Tree;
use duizhao::render::{Options, Renderer};
use duizhao::site::DateSource;
use jiff::civil::Date;
use sha2::{Digest as _, Sha256};

use crate::common;

pub(crate) const PORT: &str = "demo-port-2024";
pub(crate) const RIVER: &str = "demo-river-2023";

static FILES: LazyLock<BTreeMap<String, Vec<u8>>> =
    LazyLock::new(|| common::files(&common::repository().join("tests/sites/small")));

/// The small site, to be changed and checked.
pub(crate) struct Small {
    files: BTreeMap<String, Vec<u8>>,
    today: Option<Date>,
}

/// What a check gave.
pub(crate) struct Checked {
    pub(crate) problems: Vec<Problem>,
    tree: Tree,
    /// Whether the site was linked, so that the rules that need that have run.
    pub(crate) linked: bool,
}

/// A file of a policy.
pub(crate) fn of(policy: &str, file: &str) -> String {
    match file {
        "seed" => format!("seeds/{policy}.txt"),
        "zh" | "en" => format!("content/policies/{policy}/digest.{file}.md"),
        "targets" => format!("content/policies/{policy}/targets.toml"),
        "record" => format!("content/policies/{policy}/policy.toml"),
        path => path.to_owned(),
    }
}

impl Small {
    pub(crate) fn new() -> Self {
        Small { files: FILES.clone(), today: None }
    }

    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    pub(crate) fn read(&self, path: &str) -> String {
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
        String::from_utf8(bytes.clone()).expect("the file is UTF-8")
    }

    pub(crate) fn write(&mut self, path: &str, text: impl Into<Vec<u8>>) -> &mut Self {
        self.files.insert(path.to_owned(), text.into());
        self
    }

    pub(crate) fn remove(&mut self, path: &str) -> &mut Self {
        assert!(self.files.remove(path).is_some(), "there is no {path}");
        self
    }

    /// Replaces words of a file; they must stand in it.
    pub(crate) fn replace(&mut self, path: &str, from: &str, to: &str) -> &mut Self {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not contain {from:?}");
        self.write(path, text.replacen(from, to, 1))
    }

    pub(crate) fn append(&mut self, path: &str, words: &str) -> &mut Self {
        let text = self.files.get(path).cloned().unwrap_or_default();
        let text = String::from_utf8(text).expect("the file is UTF-8") + words;
        self.write(path, text)
    }

    /// Replaces words of a file of the port's plan.
    pub(crate) fn port(&mut self, file: &str, from: &str, to: &str) -> &mut Self {
        self.replace(&of(PORT, file), from, to)
    }

    /// Replaces words of a file of the river's plan.
    pub(crate) fn river(&mut self, file: &str, from: &str, to: &str) -> &mut Self {
        self.replace(&of(RIVER, file), from, to)
    }

    /// Adds passages to the end of both digests of the port's plan.
    pub(crate) fn passages(&mut self, zh: &str, en: &str) -> &mut Self {
        self.append(&of(PORT, "zh"), &format!("\n{zh}\n")).append(&of(PORT, "en"), &format!("\n{en}\n"))
    }

    /// Adds a block to the river's source, of the given words, and gives its record the new hash.
    pub(crate) fn source(&mut self, words: &str) -> &mut Self {
        let seed = of(RIVER, "seed");
        self.append(&seed, &format!("\n{words}\n"));
        self.rehash(RIVER)
    }

    /// Gives a record the hash that its source now has.
    pub(crate) fn rehash(&mut self, policy: &str) -> &mut Self {
        let hash: String =
            Sha256::digest(&self.files[&of(policy, "seed")]).iter().map(|b| format!("{b:02x}")).collect();
        let record = self.read(&of(policy, "record"));
        let from = record.find("sha256 = \"").expect("a record has a hash") + "sha256 = \"".len();
        self.write(&of(policy, "record"), format!("{}{hash}{}", &record[..from], &record[from + hash.len()..]))
    }

    /// Adds a block to the river's source that both digests cite.
    pub(crate) fn cited(&mut self, source: &str, quote: &str, zh: &str, en: &str) -> &mut Self {
        self.source(source)
            .append(&of(RIVER, "zh"), &format!("\n{zh}[^extra]\n\n[^extra]: {quote}\n"))
            .append(&of(RIVER, "en"), &format!("\n{en}[^extra]\n\n[^extra]: {quote}\n"))
    }

    /// Adds a promise to the river's source, a target for it with the given keys, and a passage to both
    /// digests; the Chinese one says what the source says.
    ///
    /// Keys are `key=value`, parted by `; `: `unit=处:anchorages` has both languages, `each=more-than 10 亿元`
    /// is a bar.
    pub(crate) fn promise(&mut self, source: &str, keys: &str, en: &str) -> &mut Self {
        let quote = source.trim_end_matches('。');
        let english = en.trim_end_matches('.');
        let entry = format!("quote = '{quote}'\nquote_en = \"{english}\"\n{}", entry(keys));
        self.source(source)
            .append(&of(RIVER, "targets"), &format!("\n[[target]]\n{HEAD}{entry}"))
            .append(&of(RIVER, "zh"), &format!("\n{source}[^extra]\n"))
            .append(&of(RIVER, "en"), &format!("\n{en}[^extra]\n"))
    }

    /// Signs a digest as it now stands.
    pub(crate) fn signed(&mut self, policy: &str, lang: Lang) -> &mut Self {
        let (date, seed) = (Date::constant(2024, 5, 20), of(policy, "seed"));
        let tree = Tree::from_files(self.files.clone());
        let signed = sign(&tree, policy, &seed, lang, date).expect("the files are there");
        let review = format!(
            "\n[review.{}]\ndigest = \"{}\"\nother = \"{}\"\ntargets = \"{}\"\nsource = \"{}\"\ndate = {date}\n",
            lang.code(),
            signed.digest,
            signed.other,
            signed.targets,
            signed.source
        );
        self.append(&of(policy, "record"), &review)
    }

    /// Signs all four digests as they now stand.
    pub(crate) fn all_signed(&mut self) -> &mut Self {
        for policy in [PORT, RIVER] {
            Lang::BOTH.into_iter().for_each(|lang| _ = self.signed(policy, lang));
        }
        self
    }

    /// The date of the check.
    pub(crate) fn today(&mut self, year: i16, month: i8, day: i8) -> &mut Self {
        self.today = Some(Date::constant(year, month, day));
        self
    }

    /// Checks the site as `duizhao check` does, pages and all.
    pub(crate) fn check(&self) -> Checked {
        let tree = Tree::from_files(self.files.clone());
        let dates = DateSource { today: self.today, epoch: None };
        let mut loaded = pipeline::load_tree(tree, Vec::new(), false, dates);
        let linked = loaded.site.is_some() || !loaded.verification.policies.is_empty();
        let mut problems: Problems = std::mem::take(&mut loaded.problems);
        if let Some(site) = &loaded.site {
            let made = Renderer::new(site, &loaded.tree, &loaded.verification, &Options::default())
                .and_then(|renderer| publish::make(site, &renderer, &Memory::default()));
            problems.extend(made.err().unwrap_or_default());
        }
        Checked { problems: problems.sorted(), tree: loaded.tree, linked }
    }
}

/// What every added target has.
const HEAD: &str = "id = \"extra\"\nmeasure = { zh = \"新指标\", en = \"New measure\" }\ntopics = [\"ports\"]\n";

fn entry(keys: &str) -> String {
    let both = |value: &str| match value.split_once(':') {
        Some((zh, en)) => format!("{{ zh = \"{zh}\", en = \"{en}\" }}"),
        None => format!("\"{value}\""),
    };
    keys.split("; ")
        .map(|pair| {
            let (key, value) = pair.split_once('=').expect("a key has a value");
            let value = match key {
                "due" | "year" | "baseline" => value.to_owned(),
                "due_from" => format!("'{value}'"),
                "each" => {
                    let parts: Vec<&str> = value.split(' ').collect();
                    format!("{{ bound = \"{}\", value = \"{}\", unit = {} }}", parts[0], parts[1], both(parts[2]))
                }
                _ => both(value),
            };
            format!("{key} = {value}\n")
        })
        .collect()
}

impl Checked {
    /// The problems of a rule.
    pub(crate) fn of(&self, code: &str) -> Vec<Problem> {
        self.problems.iter().filter(|p| p.code == code).cloned().collect()
    }

    /// Problems as `check` prints them.
    pub(crate) fn print(&self, problems: &[Problem]) -> String {
        human(problems, &self.tree.texts(), false)
    }
}
