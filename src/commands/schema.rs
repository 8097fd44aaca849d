//! `duizhao schema`

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{BROKEN, FINE, emit};
use crate::content::schema;
use crate::diagnostic::nearest;
use crate::quantity::unit::UNITS;

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// A kind of file (site, policy, targets …), or `units`; without one, all kinds are listed
    kind: Option<String>,
    /// Write the schemas of all kinds into a folder, for an editor to find
    #[arg(long, value_name = "DIR", conflicts_with = "kind")]
    dir: Option<PathBuf>,
}

/// Writes the schemas of all kinds into a folder; gives how many there are, or the path that cannot be written.
pub(super) fn write_all(dir: &Path) -> Result<usize, (PathBuf, std::io::Error)> {
    fs::create_dir_all(dir).map_err(|e| (dir.to_owned(), e))?;
    for (kind, _) in schema::KINDS {
        let path = dir.join(format!("{kind}.json"));
        let text = schema::of(kind).map(|s| format!("{:#}\n", s.as_value())).unwrap_or_default();
        fs::write(&path, text).map_err(|e| (path, e))?;
    }
    Ok(schema::KINDS.len())
}

impl Schema {
    pub(super) fn run(&self) -> u8 {
        if let Some(dir) = &self.dir {
            return match write_all(dir) {
                Ok(count) => {
                    println!("wrote {count} schemas into {}", dir.display());
                    FINE
                }
                Err((path, error)) => {
                    eprintln!("error: {}: {error}", path.display());
                    BROKEN
                }
            };
        }
        let Some(kind) = &self.kind else {
            let kinds = schema::KINDS.iter().map(|(kind, path)| format!("{kind:<12}{path}\n"));
            let units = "units       the units that targets may be counted in\n".to_owned();
            emit(&kinds.chain([units]).collect::<String>());
            return FINE;
        };
        if kind == "units" {
            let units = UNITS.iter().filter(|u| !u.zh.is_empty()).map(|u| {
                let power = if u.power > 0 { format!("× 10^{} ", u.power) } else { String::new() };
                format!("{}\t{power}{}\n", u.zh, u.en)
            });
            emit(&units.collect::<String>());
            return FINE;
        }
        if let Some(schema) = schema::of(kind) {
            emit(&format!("{:#}\n", schema.as_value()));
            return FINE;
        }
        eprintln!("error: there is no kind of file `{kind}`");
        match nearest(kind, schema::KINDS.iter().map(|(k, _)| *k)) {
            Some(near) => eprintln!("  = help: did you mean `{near}`?"),
            None => eprintln!("  = help: `duizhao schema` lists all kinds"),
        }
        BROKEN
    }
}
