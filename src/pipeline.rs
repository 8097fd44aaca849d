//! The line that every command runs: read, parse, link, check.

use std::path::Path;

use crate::check::{self, Verification};
use crate::content::{self, entities::SiteSettings};
use crate::diagnostic::{Problem, Problems, Severity};
use crate::read::Tree;
use crate::site::{self, DateSource, Site};

/// A site read and linked, as far as it could be.
#[derive(Debug)]
pub struct Loaded {
    /// Its files.
    pub tree: Tree,
    /// The linked site; `None` if there are errors.
    pub site: Option<Site>,
    /// What was checked, if the site is linked.
    pub verification: Verification,
    /// `site.toml`, if it could be read.
    pub settings: Option<SiteSettings>,
    /// All problems met.
    pub problems: Problems,
}

/// Reads a site's folder and links it.
pub fn load(root: &Path, drafts: bool, dates: DateSource) -> Loaded {
    let (tree, problems) = Tree::read(root);
    load_tree(tree, problems, drafts, dates)
}

/// Links a site that has been read.
pub fn load_tree(tree: Tree, read_problems: Vec<Problem>, drafts: bool, dates: DateSource) -> Loaded {
    let mut found = read_problems;
    let (content, parse_problems) = content::parse(&tree, drafts);
    found.extend(parse_problems);
    let whole = !found.iter().any(|p| p.severity == Severity::Error);
    let settings = content.as_ref().map(|c| c.settings.clone());
    let mut verification = Verification::default();
    let site = content.and_then(|content| {
        found.extend(check::content(&content));
        let linked = site::link(content, &tree, dates);
        found.extend(linked.problems);
        if let Some(site) = &linked.site {
            let (problems, checked) = check::site(site, &tree, whole);
            found.extend(problems);
            verification = checked;
        }
        linked.site
    });
    let mut problems = Problems::default();
    match &settings {
        Some(settings) => problems.extend(check::apply_settings(found, &settings.checks)),
        None => problems.extend(found),
    }
    let site = if problems.has_errors() { None } else { site };
    Loaded { tree, site, verification, settings, problems }
}
