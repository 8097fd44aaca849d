//! A site loaded again and again gives what a fresh load gives, whatever is done to its files between.
//!
//! `EDITS=500 cargo test --release --test session` makes as many edits to the small site, and a tenth to the real one.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use common::TestSite;
use duizhao::pipeline::{self, Loaded, Session};
use duizhao::publish::{self, memory::Memory};
use duizhao::render::{Options, Renderer};
use duizhao::site::DateSource;
use sha2::{Digest as _, Sha256};

/// Numbers in an order that is the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides.max(1) as u64).expect("less than sides")
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.roll(all.len())]
    }
}

/// A site under edits.
struct Edited {
    site: TestSite,
    dice: Dice,
    /// The files as they were.
    sound: BTreeMap<String, Vec<u8>>,
    /// What the last edit touched.
    touched: Vec<String>,
}

impl Edited {
    fn new(site: TestSite, seed: u64) -> Self {
        let sound = common::files(&site.root());
        Edited { site, dice: Dice(seed), sound, touched: Vec::new() }
    }

    fn files(&self) -> Vec<String> {
        common::files(&self.site.root()).into_keys().collect()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.site.root().join(name)
    }

    fn write(&mut self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a file has a folder")).expect("it can be made");
        // Editors write a new file and rename it over the old one.
        if self.dice.roll(2) == 0 {
            let aside = path.with_extension("swp~");
            fs::write(&aside, bytes).expect("the folder is ours");
            fs::rename(aside, &path).expect("the folder is ours");
        } else {
            fs::write(&path, bytes).expect("the folder is ours");
        }
        self.touched.push(name.to_owned());
    }

    fn remove(&mut self, name: &str) {
        fs::remove_file(self.path(name)).expect("it is there");
        self.touched.push(name.to_owned());
    }

    /// A file whose name has these ends.
    fn some(&mut self, start: &str, end: &str) -> Option<String> {
        let all: Vec<String> = self.files().into_iter().filter(|f| f.starts_with(start) && f.ends_with(end)).collect();
        (!all.is_empty()).then(|| self.dice.pick(&all).clone())
    }

    fn text(&self, name: &str) -> String {
        String::from_utf8_lossy(&fs::read(self.path(name)).expect("it is there")).into_owned()
    }

    /// Changes one line of a file that holds certain words.
    fn line(&mut self, name: &str, holding: &str, change: impl Fn(&str) -> String) {
        let text = self.text(name);
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let fit: Vec<usize> = (0..lines.len()).filter(|&i| lines[i].contains(holding)).collect();
        if fit.is_empty() {
            return;
        }
        let at = *self.dice.pick(&fit);
        let new: String =
            lines.iter().enumerate().map(|(i, l)| if i == at { change(l) } else { (*l).to_owned() }).collect();
        self.write(name, new.as_bytes());
    }

    /// A digit changed, words put in, a line taken out, letters taken out.
    fn slip(&mut self, name: &str, holding: &str) {
        let extra = ["新的词", " more words", "。**", "[[wuhan]]", "5", "`"][self.dice.roll(6)];
        match self.dice.roll(4) {
            0 => self.line(name, holding, |l| l.replacen(|c: char| c.is_ascii_digit(), "7", 1)),
            1 => self.line(name, holding, |l| format!("{}{extra}\n", l.trim_end())),
            2 => self.line(name, holding, |_| String::new()),
            _ => self.line(name, holding, |l| l.chars().take(l.chars().count() / 2).chain(['\n']).collect()),
        }
    }

    /// One edit; gives its name.
    fn edit(&mut self) -> &'static str {
        self.touched.clear();
        match self.dice.roll(20) {
            0..=2 => {
                if let Some(name) = self.some("content/policies/", ".md") {
                    self.slip(&name, "");
                }
                "a digest"
            }
            3 => {
                if let Some(name) = self.some("content/policies/", "targets.toml") {
                    let key =
                        *self.dice.pick(&["value", "due", "quote", "quote_en", "bound", "indicator", "id", "topics"]);
                    self.slip(&name, key);
                }
                "a target"
            }
            4 => {
                if let Some(name) = self.some("content/policies/", "policy.toml") {
                    let key =
                        *self.dice.pick(&["title", "issued", "topics", "place", "status", "date", "draft", "mentions"]);
                    self.slip(&name, key);
                }
                "a record"
            }
            5 => {
                if let Some(name) = self.some("content/policies/", "policy.toml") {
                    self.line(&name, "en = ", |l| l.replacen("en = \"", "en = \"Second ", 1));
                }
                "a title"
            }
            6 => {
                let folder = *self.dice.pick(&["content/topics/", "content/places/"]);
                if let Some(name) = self.some(folder, ".toml") {
                    let text = self.text(&name);
                    let word = *self.dice.pick(&["企业", "平台", "武汉", "研发", "innovation"]);
                    let alias = format!("aliases = {{ zh = [\"{word}\"], en = [\"platforms\"] }}\n");
                    let rest = text.split_inclusive('\n').filter(|l| !l.starts_with("aliases"));
                    let new: String = rest.map(str::to_owned).chain([alias]).collect();
                    self.write(&name, new.as_bytes());
                }
                "an alias"
            }
            7 => {
                if let Some(name) = self.some("content/glossary", ".toml") {
                    let key = *self.dice.pick(&["zh", "en", "avoid", "["]);
                    self.slip(&name, key);
                }
                "a term"
            }
            8 => {
                if let Some(name) = self.some("content/", ".toml").filter(|n| n.matches('/').count() == 1) {
                    self.slip(&name, "");
                }
                "an agency or indicator"
            }
            9 => {
                if let Some(name) = self.some("themes/", "") {
                    self.slip(&name, "");
                }
                "the theme"
            }
            10 => {
                if let Some(name) = self.some("templates/", ".html") {
                    self.line(&name, "<", |l| format!("<!-- edited -->{l}"));
                }
                "a template"
            }
            11 => {
                if let Some(name) = self.some("", "") {
                    self.remove(&name);
                }
                "a file taken away"
            }
            12 => {
                if let Some(name) = self.some("content/", "") {
                    let bytes = fs::read(self.path(&name)).expect("it is there");
                    let new = name.replacen(|c: char| c.is_ascii_alphabetic(), "c", 12).replace("en.md", "zh.md");
                    self.remove(&name);
                    self.write(&new, &bytes);
                }
                "a file renamed"
            }
            13 => {
                self.rename_policy();
                "a policy renamed"
            }
            14 | 15 => {
                self.source();
                "a source text, with its hash"
            }
            16 => {
                if let Some(name) = self.some("seeds/", "") {
                    self.slip(&name, "");
                }
                "a source text"
            }
            17 => {
                let rule = *self.dice.pick(&["uncited", "review-missing", "quote-not-found", "unused-entity"]);
                let severity = *self.dice.pick(&["error", "warning", "note", "off"]);
                let text: String =
                    self.text("site.toml").split_inclusive('\n').filter(|l| !l.starts_with(rule)).collect();
                let new = match text.contains("[checks]\n") {
                    true => text.replace("[checks]\n", &format!("[checks]\n{rule} = \"{severity}\"\n")),
                    false => format!("{text}\n[checks]\n{rule} = \"{severity}\"\n"),
                };
                self.write("site.toml", new.as_bytes());
                "a severity"
            }
            18 => {
                if let Some(name) = self.some("", "") {
                    self.write(&name, b"\xFF\xFE [[ = not anything");
                }
                "a file broken"
            }
            _ => {
                if let Some(name) = self.some("content/guide/", ".md").or_else(|| self.some("content/", ".md")) {
                    self.slip(&name, "");
                }
                "prose"
            }
        }
    }

    /// A source text changed and its hash put right, as after a new extraction.
    fn source(&mut self) {
        let Some(name) = self.some("seeds/", ".txt") else { return };
        self.slip(&name, "。");
        let hash: String = Sha256::digest(self.text(&name).as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        let id = name.trim_start_matches("seeds/").trim_end_matches(".txt").to_owned();
        let record = format!("content/policies/{id}/policy.toml");
        if self.path(&record).exists() {
            self.line(&record, "sha256", |_| format!("sha256 = \"{hash}\"\n"));
        }
    }

    /// A policy's folder and source under another id.
    fn rename_policy(&mut self) {
        let Some(record) = self.some("content/policies/", "/policy.toml") else { return };
        let id = record.split('/').nth(2).expect("the path has a folder").to_owned();
        let new = format!("{}{id}", self.dice.pick(&["a", "m", "z"]));
        for name in self.files() {
            let moved = name.replace(&format!("/{id}"), &format!("/{new}"));
            if moved != name && (name.starts_with("content/policies/") || name.starts_with("seeds/")) {
                let bytes = fs::read(self.path(&name)).expect("it is there");
                let text =
                    String::from_utf8_lossy(&bytes).replace(&format!("seeds/{id}.txt"), &format!("seeds/{new}.txt"));
                self.remove(&name);
                let bytes = if name.ends_with("policy.toml") { text.into_bytes() } else { bytes };
                self.write(&moved, &bytes);
            }
        }
    }

    /// Puts files back as they were: one, or all.
    fn mend(&mut self) {
        self.touched.clear();
        let now = common::files(&self.site.root());
        let names: std::collections::BTreeSet<&String> = now.keys().chain(self.sound.keys()).collect();
        let mut wrong: Vec<String> = names.into_iter().filter(|n| now.get(*n) != self.sound.get(*n)).cloned().collect();
        if !wrong.is_empty() && self.dice.roll(3) == 0 {
            wrong = vec![self.dice.pick(&wrong).clone()];
        }
        for name in wrong {
            match self.sound.get(&name).cloned() {
                Some(bytes) => self.write(&name, &bytes),
                None => self.remove(&name),
            }
        }
    }
}

/// All files of a loaded site as it would be published, or the problems of publishing it.
fn published(loaded: &Loaded) -> Option<Result<BTreeMap<String, Vec<u8>>, String>> {
    let site = loaded.site.as_ref()?;
    let memory = Memory::default();
    let made = Renderer::new(site, &loaded.tree, &loaded.verification, &Options::default())
        .and_then(|renderer| publish::make(site, &renderer, &memory));
    Some(made.map(|_| memory.into_files()).map_err(|problems| format!("{problems:?}")))
}

fn hold(session: &Loaded, root: &Path, after: &str) {
    let fresh = pipeline::load(root, true, DateSource::default());
    let (left, right) = (session.problems.clone().sorted(), fresh.problems.clone().sorted());
    assert_eq!(left, right, "other problems after {after}");
    assert_eq!(session.site.is_some(), fresh.site.is_some(), "after {after}");
    match (published(session), published(&fresh)) {
        (Some(Ok(left)), Some(Ok(right))) => {
            let unlike: Vec<&String> = right.keys().filter(|f| left.get(*f) != right.get(*f)).collect();
            assert!(unlike.is_empty() && left.len() == right.len(), "{unlike:?} differ after {after}");
        }
        (left, right) => assert!(left == right, "other problems of publishing after {after}"),
    }
}

fn run(site: TestSite, seed: u64, edits: usize) {
    let mut edited = Edited::new(site, seed);
    let root = edited.site.root();
    let mut session = Session::open(&root, true, DateSource::default());
    hold(session.load(), &root, "opening");
    let mut sound = 0;
    for n in 0..edits {
        let broken = session.loaded().site.is_none();
        let what = if (broken && edited.dice.roll(2) == 0) || edited.dice.roll(5) == 0 {
            edited.mend();
            "mending"
        } else {
            edited.edit()
        };
        let after = format!("edit {n}: {what}: {:?}", edited.touched);
        let loaded = if edited.dice.roll(2) == 0 {
            session.load()
        } else {
            // A watcher names what has changed, files or their folders.
            let whole = edited.dice.roll(3) == 0;
            let paths = edited.touched.iter().map(|name| {
                let path = root.join(name);
                if whole { path.parent().map_or(path.clone(), Path::to_owned) } else { path }
            });
            // site.toml's folder is the root, which stands for nothing.
            let paths: Vec<PathBuf> =
                paths.flat_map(|p| if p == root { vec![root.join("site.toml")] } else { vec![p] }).collect();
            session.load_paths(&paths)
        };
        hold(loaded, &root, &after);
        sound += usize::from(loaded.site.is_some());
    }
    assert!(sound * 4 > edits, "only {sound} of {edits} edits left a site that could be published");
}

fn edits() -> usize {
    std::env::var("EDITS").ok().and_then(|n| n.parse().ok()).unwrap_or(60)
}

#[test]
fn the_small_site_after_any_edit() {
    run(TestSite::small(), 0x9E37_79B9_7F4A_7C15, edits());
}

#[test]
fn the_real_site_after_any_edit() {
    run(TestSite::real(), 0x2545_F491_4F6C_DD1D, edits().div_ceil(10));
}

#[test]
fn what_an_edit_does_not_touch_is_shared() {
    let site = TestSite::small();
    let mut session = Session::open(&site.root(), true, DateSource::default());
    let before = session.load().site.clone().expect("the small site is sound");
    let policy = before.policies[0].id.clone();
    let digest = format!("content/policies/{policy}/digest.en.md");
    let text = site.read(&digest);
    site.write(&digest, &format!("{text}\n"));
    let after = session.load().site.clone().expect("a line's end breaks nothing");
    let same = |i: usize| std::sync::Arc::ptr_eq(&before.policies[i], &after.policies[i]);
    assert!(!same(0) && (1..before.policies.len()).all(same));
    assert!(std::sync::Arc::ptr_eq(&before.concord, &after.concord));
    assert!(std::sync::Arc::ptr_eq(&before.timeline, &after.timeline));
}
