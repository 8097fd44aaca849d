//! `duizhao new`: a small complete site to begin with, with schemas for editors and workflows that publish it.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::{BROKEN, FINE, schema};

/// The folder of the schemas that `.taplo.toml` names.
const SCHEMAS: &str = ".schema";
/// What workflows install: this version.
const VERSION: (&str, &str) = ("duizhao@VERSION", concat!("duizhao@", env!("CARGO_PKG_VERSION")));

/// The files of a new site, with where they go. A test holds this list against the folder.
const FILES: &[(&str, &str)] = &[
    (".github/workflows/pages.yml", include_str!("../starter/github/workflows/pages.yml")),
    (".gitignore", include_str!("../starter/gitignore")),
    (".gitlab-ci.yml", include_str!("../starter/gitlab-ci.yml")),
    (".taplo.toml", include_str!("../starter/taplo.toml")),
    ("README.md", include_str!("../starter/README.md")),
    ("content/agencies.toml", include_str!("../starter/content/agencies.toml")),
    ("content/glossary.toml", include_str!("../starter/content/glossary.toml")),
    ("content/places/example-city.toml", include_str!("../starter/content/places/example-city.toml")),
    (
        "content/policies/example-plan-2025/digest.en.md",
        include_str!("../starter/content/policies/example-plan-2025/digest.en.md"),
    ),
    (
        "content/policies/example-plan-2025/digest.zh.md",
        include_str!("../starter/content/policies/example-plan-2025/digest.zh.md"),
    ),
    (
        "content/policies/example-plan-2025/policy.toml",
        include_str!("../starter/content/policies/example-plan-2025/policy.toml"),
    ),
    (
        "content/policies/example-plan-2025/targets.toml",
        include_str!("../starter/content/policies/example-plan-2025/targets.toml"),
    ),
    ("content/topics/ports.toml", include_str!("../starter/content/topics/ports.toml")),
    ("seeds/example-plan-2025.txt", include_str!("../starter/seeds/example-plan-2025.txt")),
    ("site.toml", include_str!("../starter/site.toml")),
];

#[derive(Debug, Args)]
pub(super) struct New {
    /// The folder to make; it may exist if it is empty
    dir: PathBuf,
}

impl New {
    pub(super) fn run(&self) -> u8 {
        match make(&self.dir) {
            Ok(count) => {
                let dir = self.dir.display();
                println!("made a site in {dir}: {count} files");
                println!("next:");
                println!("  cd {dir}");
                println!("  duizhao check    see what is wrong with it");
                println!("  duizhao serve    look at it in a browser");
                println!("  duizhao build    write the website into public/");
                FINE
            }
            Err(error) => {
                eprintln!("error: {error}");
                BROKEN
            }
        }
    }
}

/// Why no site was made.
#[derive(Debug, thiserror::Error)]
enum NotMade {
    #[error("{0} is not empty; name a new folder")]
    NotEmpty(PathBuf),
    #[error("{0} cannot be written: {1}")]
    Io(PathBuf, std::io::Error),
}

/// Makes the site; gives how many files it has.
fn make(dir: &Path) -> Result<usize, NotMade> {
    let fails = |path: &Path| {
        let path = path.to_owned();
        move |error| NotMade::Io(path, error)
    };
    fs::create_dir_all(dir).map_err(fails(dir))?;
    if fs::read_dir(dir).map_err(fails(dir))?.next().is_some() {
        return Err(NotMade::NotEmpty(dir.to_owned()));
    }
    for (path, text) in FILES {
        let path = dir.join(path);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(fails(folder))?;
        }
        fs::write(&path, text.replace(VERSION.0, VERSION.1)).map_err(fails(&path))?;
    }
    let schemas = schema::write_all(&dir.join(SCHEMAS)).map_err(|(path, error)| NotMade::Io(path, error))?;
    Ok(FILES.len() + schemas)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn all_files_are_compiled_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/starter");
        let found: BTreeSet<String> = walkdir::WalkDir::new(&folder)
            .into_iter()
            .map(|e| e.expect("the folder is part of the repository"))
            .filter(|e| e.file_type().is_file())
            .map(|e| e.path().strip_prefix(&folder).expect("it is below").to_string_lossy().replace('\\', "/"))
            .collect();
        let listed: BTreeSet<String> = FILES.iter().map(|(path, _)| path.trim_start_matches('.').to_owned()).collect();
        assert_eq!(found, listed);
    }

    #[test]
    fn editors_and_workflows_are_told_of_this_version() {
        let text = |path: &str| FILES.iter().find(|(p, _)| *p == path).map(|(_, text)| *text).unwrap_or_default();
        for path in [".github/workflows/pages.yml", ".gitlab-ci.yml"] {
            assert_eq!(text(path).matches(VERSION.0).count(), 1, "{path}");
        }
        // Every kind of file has its schema, by the path that the schema is of.
        let rules: toml::Table = text(".taplo.toml").parse().expect("it is TOML");
        let rules: Vec<(&str, String)> = rules["rule"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|r| Some((r["include"][0].as_str()?, r["schema"]["path"].as_str()?.to_owned())))
            .collect();
        let kinds = crate::content::schema::KINDS.map(|(kind, path)| (path, format!("{SCHEMAS}/{kind}.json")));
        assert_eq!(rules, kinds);
    }
}
