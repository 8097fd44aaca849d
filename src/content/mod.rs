//! What a curator writes, typed: each value knows its file and place.
//!
//! Takes a [`Tree`] of files; gives [`Content`] and the problems of what could not be read. Nothing is
//! looked up across files here: that is linking, the next stage.

pub mod entities;
pub mod fields;
mod files;
pub mod markdown;
mod parser;
mod policy;
mod prose;
pub mod record;
pub mod schema;
pub mod targets;
mod toml_file;
mod unseen;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::diagnostic::{Batch, Problem};
use crate::read::Tree;
use entities::{Agency, Indicator, Place, SiteSettings, Term, Topic};
use markdown::Digest;
pub(crate) use parser::Parser;
use record::Record;
use targets::TargetsFile;

/// A policy's own files.
#[derive(Clone, Debug)]
pub struct PolicyContent {
    /// Its id: the folder's name.
    pub id: String,
    /// `content/policies/<id>/`
    pub folder: String,
    /// The record.
    pub record: Arc<Record>,
    /// Digests in Chinese and English.
    pub digests: [Option<Arc<Digest>>; 2],
    /// Targets, facts and the rest.
    pub targets: TargetsFile,
    /// The latest date that its record and outcomes name.
    pub latest: Option<Date>,
}

impl PolicyContent {
    /// Path of the record.
    pub fn record_file(&self) -> String {
        format!("{}policy.toml", self.folder)
    }

    /// Path of the targets.
    pub fn targets_file(&self) -> String {
        format!("{}targets.toml", self.folder)
    }
}

/// An entity with the file and place that define it.
#[derive(Clone, Debug)]
pub struct Defined<T> {
    /// The entity.
    pub value: T,
    /// The file that defines it.
    pub file: String,
    /// Its id in that file, or nothing where the file's name is the id.
    pub span: std::ops::Range<usize>,
}

/// An entity with prose of its own.
#[derive(Clone, Debug)]
pub struct WithProse<T> {
    /// The entity.
    pub entity: Arc<T>,
    /// Prose in Chinese and English, if any.
    pub prose: [Option<Arc<Digest>>; 2],
}

/// A page of the user guide: `content/guide/<order>-<slug>.{zh,en}.md`.
#[derive(Clone, Debug)]
pub struct GuidePage {
    /// Its name in addresses: the file's name without order and language.
    pub slug: String,
    /// `content/guide/<order>-<slug>`, to which the language is added.
    pub stem: String,
    /// Its text in both languages.
    pub prose: [Option<Arc<Digest>>; 2],
}

/// All of a site's content, each part shared: a part that is read again unchanged is the same allocation.
#[derive(Clone, Debug)]
pub struct Content {
    /// `site.toml`
    pub settings: Arc<SiteSettings>,
    /// Policies by id.
    pub policies: BTreeMap<String, Arc<PolicyContent>>,
    /// Places by id.
    pub places: Arc<BTreeMap<String, Defined<WithProse<Place>>>>,
    /// Topics by id.
    pub topics: Arc<BTreeMap<String, Defined<WithProse<Topic>>>>,
    /// Agencies by id.
    pub agencies: Arc<BTreeMap<String, Defined<Agency>>>,
    /// Indicators by id.
    pub indicators: Arc<BTreeMap<String, Defined<Indicator>>>,
    /// Terms by id.
    pub terms: Arc<BTreeMap<String, Defined<Term>>>,
    /// The user guide, in the order of its files.
    pub guide: Arc<Vec<GuidePage>>,
}

/// Reads all content. `None` if there is no usable `site.toml`, without which nothing can be said.
pub fn parse(tree: &Tree, drafts: bool) -> (Option<Content>, Vec<Problem>) {
    let (content, batches) = Parser::new(drafts).parse(tree);
    (content, batches.iter().flat_map(Batch::iter).cloned().collect())
}
