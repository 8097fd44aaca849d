//! The guide says what is so: its commands run, its files are read by the program, its examples stand in
//! the real sources, and every command, option, template and file that it names exists.
//!
//! In a page, ```` ```sh ```` is run; ```` ```console ```` shows commands that are not (they go on, or need
//! what is not here); ```` ```text ```` is what the page's commands print, word for word.

mod commands;
#[path = "../common/mod.rs"]
mod common;
mod content;
mod published;

use std::path::Path;

use duizhao::content::fields::Lang;
use duizhao::content::markdown::{self, Block, BlockKind};

/// Commands that the guide tells of and this version does not have yet. A test holds the list: one that
/// has come must go from it, and the pages that use it are run from then on.
const NOT_YET: &[&str] = &["import"];

/// A page of the guide in one language.
struct Page {
    /// `01-start.en.md`
    name: String,
    lang: Lang,
    blocks: Vec<Block>,
    text: String,
}

/// A block of code.
struct Code {
    language: String,
    text: String,
}

/// All pages, both languages of a page one after the other.
fn pages() -> Vec<Page> {
    let folder = common::repository().join("content/guide");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .expect("the guide is part of the repository")
        .map(|e| e.expect("its entries can be read").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names.into_iter().map(|name| page(&folder, name)).collect()
}

fn page(folder: &Path, name: String) -> Page {
    let text = std::fs::read_to_string(folder.join(&name)).expect("it was listed a moment ago");
    let lang = if name.ends_with(".zh.md") { Lang::Zh } else { Lang::En };
    let (digest, problems) = markdown::parse(&name, &text, lang);
    assert!(problems.is_empty(), "{problems:?}");
    Page { name, lang, blocks: digest.blocks, text }
}

impl Page {
    /// `01-start`
    fn stem(&self) -> &str {
        self.name.split('.').next().unwrap_or_default()
    }

    /// Its blocks of code, in order.
    fn code(&self) -> Vec<Code> {
        let mut out = Vec::new();
        collect(&self.blocks, &mut out);
        out
    }

    /// Its blocks of code in one language.
    fn code_in(&self, language: &str) -> Vec<String> {
        self.code().into_iter().filter(|c| c.language == language).map(|c| c.text).collect()
    }
}

fn collect(blocks: &[Block], out: &mut Vec<Code>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Code { language, text } => {
                out.push(Code { language: language.clone(), text: text.clone() });
            }
            BlockKind::List { items, .. } => items.iter().for_each(|item| collect(item, out)),
            BlockKind::Quotation(blocks) => collect(blocks, out),
            _ => {}
        }
    }
}

/// Pages in pairs: Chinese and English.
fn pairs() -> Vec<(Page, Page)> {
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    for page in pages() {
        match page.lang {
            Lang::Zh => zh.push(page),
            Lang::En => en.push(page),
        }
    }
    assert_eq!(zh.iter().map(Page::stem).collect::<Vec<_>>(), en.iter().map(Page::stem).collect::<Vec<_>>());
    zh.into_iter().zip(en).collect()
}

/// The words between single backticks of a page, code blocks left out.
fn inline_code(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut fenced = false;
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        if !fenced {
            out.extend(line.split('`').skip(1).step_by(2).map(str::to_owned));
        }
    }
    out
}
