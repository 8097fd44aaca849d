//! `duizhao templates`: copies of the templates and theme files compiled in, for a site to change.

use std::fs;
use std::path::PathBuf;

use clap::Args;

use super::{BROKEN, FINE, emit};
use crate::diagnostic::nearest;
use crate::render::compiled_in;

#[derive(Debug, Args)]
pub(super) struct Templates {
    /// What to copy into the site, such as policy.html or style.css; without a name, everything is listed
    names: Vec<String>,
    /// The site's folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

impl Templates {
    pub(super) fn run(&self) -> u8 {
        let files: Vec<(String, &[u8])> = compiled_in().collect();
        if self.names.is_empty() {
            emit(&files.iter().map(|(path, _)| format!("{path}\n")).collect::<String>());
            return FINE;
        }
        let name_of = |path: &str| path.rsplit('/').next().unwrap_or_default().to_owned();
        for name in &self.names {
            let Some((path, bytes)) = files.iter().find(|(path, _)| path == name || name_of(path) == *name) else {
                eprintln!("error: there is no template and no theme file `{name}`");
                let names: Vec<String> = files.iter().map(|(path, _)| name_of(path)).collect();
                match nearest(name, names.iter().map(String::as_str)) {
                    Some(near) => eprintln!("  = help: did you mean `{near}`?"),
                    None => eprintln!("  = help: `duizhao templates` lists all"),
                }
                return BROKEN;
            };
            let to = self.root.join(path);
            if to.exists() {
                eprintln!("error: {} is there already; it is left as it is", to.display());
                return BROKEN;
            }
            let folder = to.parent().map_or(Ok(()), fs::create_dir_all);
            if let Err(error) = folder.and_then(|()| fs::write(&to, bytes)) {
                eprintln!("error: {}: {error}", to.display());
                return BROKEN;
            }
            println!("copied {}", to.display());
        }
        FINE
    }
}
