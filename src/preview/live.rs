//! Loads the site anew after each change, and lets it stand if it has no errors.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::Told;
use super::generation::{self, Late};
use super::overlay;
use super::stage::Stage;
use super::watch::Changes;
use crate::diagnostic::{Problem, Severity};
use crate::pipeline::{self, Loaded};
use crate::site::DateSource;

/// How long errors wait for what else may happen: a save may be half done.
const SETTLE: Duration = Duration::from_millis(30);

/// A site's folder as it stands, read again and again.
#[derive(Debug)]
pub(super) struct Live {
    root: PathBuf,
    dates: DateSource,
}

impl Live {
    pub(super) fn new(root: PathBuf, dates: DateSource) -> Self {
        Live { root, dates }
    }

    /// The site as it is now; `changed` are the files that have changed since, none if any may have.
    fn load(&mut self, _changed: &[String]) -> Loaded {
        pipeline::load(&self.root, true, self.dates)
    }
}

/// Who is told what was loaded: the terminal.
pub(super) type Tell = Arc<dyn Fn(&Told<'_>) + Send + Sync>;

/// Keeps the stage in step with the folder, for as long as changes are told.
pub(super) fn keep(mut live: Live, mut changes: Changes, stage: &Arc<Stage>, tell: &Tell) {
    let mut changed: Vec<String> = Vec::new();
    let mut thorough = true;
    loop {
        let start = Instant::now();
        thorough |= changed.is_empty() || changed.iter().any(|path| decides_all(path));
        let mut loaded = live.load(&changed);
        let mut problems = std::mem::take(&mut loaded.problems).sorted();
        let loaded = Arc::new(loaded);
        let begun = if problems.iter().any(|p| p.severity == Severity::Error) {
            Err(Vec::new())
        } else {
            generation::begin(stage, Arc::clone(&loaded), thorough, late(stage, tell))
        };
        let took = start.elapsed();
        let standing = match begun {
            Ok(standing) => Some(standing),
            Err(found) => {
                problems.extend(found);
                None
            }
        };
        if standing.is_none()
            && stage.now().ready
            && let Some(more) = changes.next(Some(SETTLE))
        {
            changed = together(changed, more);
            continue;
        }
        thorough = standing.is_none();
        let files = overlay::texts(&loaded.tree, &problems);
        let errors = overlay::html(&overlay::of(&problems, |s| s == Severity::Error), &files);
        let lesser = overlay::of(&problems, |s| s != Severity::Error);
        let (notes, summary) = (overlay::html(&lesser, &files), overlay::summary(&lesser));
        let shown = standing.is_some();
        stage.tell(|now| {
            now.ready = true;
            match standing {
                Some(standing) => {
                    (now.style, now.marks) = (standing.style, standing.marks);
                    // Those found in finished pages stay until they have been looked for again.
                    if !now.late {
                        now.errors = errors;
                    }
                }
                None => (now.errors, now.late) = (errors, false),
            }
            (now.notes, now.summary) = (notes, summary);
        });
        tell(&Told { problems: &problems, files: &files, changed: &changed, took, shown, late: false });
        changed = match changes.next(None) {
            Some(changed) => changed,
            None => return,
        };
    }
}

/// Whether a change in a file can change pages of every kind.
fn decides_all(path: &str) -> bool {
    path == "site.toml" || path.starts_with("templates") || path.starts_with("themes")
}

/// Two changes as one.
fn together(mut a: Vec<String>, b: Vec<String>) -> Vec<String> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    a.extend(b);
    a.sort();
    a.dedup();
    a
}

/// Tells of errors that were found in finished pages.
fn late(stage: &Arc<Stage>, tell: &Tell) -> Late {
    let (stage, tell) = (Arc::clone(stage), Arc::clone(tell));
    Arc::new(move |loaded: &Loaded, problems: &[Problem]| {
        let files = overlay::texts(&loaded.tree, problems);
        let errors = overlay::html(&overlay::of(problems, |_| true), &files);
        let now = stage.now();
        // A site that has not come to stand has errors of its own.
        if now.late || (now.errors.is_empty() && !errors.is_empty()) {
            stage.tell(|now| (now.late, now.errors) = (!errors.is_empty(), errors));
            tell(&Told { problems, files: &files, changed: &[], took: Duration::ZERO, shown: true, late: true });
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_add_up() {
        let list = |paths: &[&str]| paths.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>();
        assert_eq!(together(list(&["b"]), list(&["a", "b"])), list(&["a", "b"]));
        assert_eq!(together(list(&["b"]), Vec::new()), Vec::<String>::new());
        assert!(decides_all("themes/gazette/style.css") && decides_all("site.toml") && !decides_all("content/x.md"));
    }
}
