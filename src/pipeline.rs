//! The line that every command runs: read, parse, link, check.
//!
//! A [`Session`] runs it again and again over one site: each step keeps what it made of each policy with what
//! it was made from (`kept.rs`), so that only what depends on a change is done anew. Loading
//! once is a session used once.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::{Checking, Verification};
use crate::content::Parser;
use crate::content::entities::SiteSettings;
use crate::diagnostic::{Batch, Problem, Problems};
use crate::read::Tree;
use crate::site::{DateSource, Linking, Site};

/// A site read and linked, as far as it could be. A copy shares all that is large.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// Its files.
    pub tree: Tree,
    /// The linked site; `None` if there are errors.
    pub site: Option<Site>,
    /// What was checked, if the site is linked.
    pub verification: Verification,
    /// `site.toml`, if it could be read.
    pub settings: Option<Arc<SiteSettings>>,
    /// All problems met.
    pub problems: Problems,
}

/// A site that is loaded again whenever it has changed.
///
/// What a load gives is what a fresh one of the same files would give; parts that are the same as before are
/// the same allocations ([`Site::policies`] and all that the site shares).
#[derive(Debug)]
pub struct Session {
    root: PathBuf,
    dates: DateSource,
    parser: Parser,
    linking: Linking,
    checking: Checking,
    loaded: Loaded,
}

impl Session {
    /// A session over a site's folder; nothing is read yet.
    pub fn open(root: &Path, drafts: bool, dates: DateSource) -> Self {
        Session {
            root: root.to_owned(),
            dates,
            parser: Parser::new(drafts),
            linking: Linking::default(),
            checking: Checking::default(),
            loaded: Loaded::default(),
        }
    }

    /// Loads the site: reads what differs from what was read before by size, times or inode.
    pub fn load(&mut self) -> &Loaded {
        self.loaded.tree.refresh(&self.root);
        let problems = self.loaded.tree.problems();
        self.run(problems)
    }

    /// Loads the site, of which only these paths, absolute or relative to its root, can have changed: files, or
    /// folders with all that is below them; come, changed or gone.
    pub fn load_paths(&mut self, paths: &[impl AsRef<Path>]) -> &Loaded {
        self.loaded.tree.refresh_paths(&self.root, paths);
        let problems = self.loaded.tree.problems();
        self.run(problems)
    }

    /// What the last load gave.
    pub fn loaded(&self) -> &Loaded {
        &self.loaded
    }

    /// Parses, links and checks what was read.
    fn run(&mut self, read_problems: Vec<Problem>) -> &Loaded {
        let loaded = &mut self.loaded;
        let (content, mut found) = self.parser.parse(&loaded.tree);
        found.push(read_problems.into());
        let whole = !found.iter().any(Batch::has_errors);
        loaded.verification = Verification::default();
        loaded.settings = content.as_ref().map(|c| Arc::clone(&c.settings));
        let mut problems = Problems::default();
        let mut site = None;
        match content {
            None => found.into_iter().for_each(|batch| problems.add(batch)),
            Some(content) => {
                let linked = self.linking.link(&content, &loaded.tree, self.dates);
                // The checks give their problems the severities that the site sets; here the others get theirs.
                let severities = self.checking.severities(&content.settings);
                found.extend(linked.problems);
                found.iter().for_each(|batch| problems.add(severities.apply(batch)));
                self.checking.content(&content).into_iter().for_each(|batch| problems.add(batch));
                if let Some(linked) = linked.site {
                    let checked = self.checking.site(&linked, &loaded.tree, whole);
                    checked.problems.into_iter().for_each(|batch| problems.add(batch));
                    loaded.verification = checked.verification;
                    site = Some(linked);
                }
            }
        }
        loaded.site = site.filter(|_| !problems.has_errors());
        loaded.problems = problems;
        loaded
    }
}

/// Reads a site's folder and links it.
pub fn load(root: &Path, drafts: bool, dates: DateSource) -> Loaded {
    let mut session = Session::open(root, drafts, dates);
    session.load();
    session.loaded
}

/// Links a site that has been read.
pub fn load_tree(tree: Tree, read_problems: Vec<Problem>, drafts: bool, dates: DateSource) -> Loaded {
    let mut session = Session::open(Path::new(""), drafts, dates);
    session.loaded.tree = tree;
    session.run(read_problems);
    session.loaded
}
