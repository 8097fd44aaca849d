//! Files in a published folder that duizhao did not write: what was put there while a build was at work.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::folder::{FolderError, failed};

/// Moves files of a former site that duizhao did not write, and that the present one lacks or has an older
/// form of, to the present one. A former folder without a manifest was only being staged: it has none.
pub(super) fn bring_over(former: &Path, present: &Path, ours: &BTreeSet<String>) -> Result<(), FolderError> {
    if ours.is_empty() {
        return Ok(());
    }
    for entry in walkdir::WalkDir::new(former).min_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|e| FolderError::Io {
            action: "cannot read",
            path: former.to_path_buf(),
            source: e.into(),
        })?;
        let relative = entry.path().strip_prefix(former).unwrap_or(entry.path());
        let to = present.join(relative);
        if entry.file_type().is_dir() || ours.contains(&relative.to_string_lossy().replace('\\', "/")) {
            continue;
        }
        if is_later(entry.path(), &to) {
            if let Some(parent) = to.parent() {
                fs::create_dir_all(parent).map_err(failed("cannot make", parent))?;
            }
            fs::rename(entry.path(), &to).map_err(failed("cannot keep", entry.path()))?;
        }
    }
    Ok(())
}

/// Whether a file was written after its namesake, or has none.
fn is_later(file: &Path, namesake: &Path) -> bool {
    let time = |path: &Path| fs::symlink_metadata(path).and_then(|m| m.modified()).ok();
    match time(namesake) {
        None => true,
        there => time(file) > there,
    }
}
