//! A small site in a temporary folder, changed file by file, and the built binary run on it.

#![allow(dead_code, unreachable_pub, reason = "each test program uses its own part")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// Where this repository stands: the real site.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A site in a folder of its own.
pub struct TestSite {
    dir: TempDir,
}

/// What a run of the binary gave.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl TestSite {
    /// The small site of `tests/sites/small`.
    pub fn small() -> Self {
        let site = Self::empty();
        copy_tree(&repository().join("tests/sites/small"), &site.root());
        site
    }

    /// A copy of the real site's inputs.
    pub fn real() -> Self {
        let site = Self::empty();
        for name in ["content", "seeds", "templates", "themes"] {
            copy_tree(&repository().join(name), &site.root().join(name));
        }
        fs::copy(repository().join("site.toml"), site.root().join("site.toml")).expect("site.toml can be copied");
        site
    }

    pub fn empty() -> Self {
        let site = TestSite { dir: tempfile::tempdir().expect("a temporary folder can be made") };
        fs::create_dir(site.root()).expect("the site's folder can be made");
        site
    }

    pub fn root(&self) -> PathBuf {
        self.dir.path().join("site")
    }

    pub fn out(&self) -> PathBuf {
        self.root().join("public")
    }

    pub fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().expect("a file of the site has a folder")).expect("it can be made");
        fs::write(path, text).expect("the file can be written");
        self
    }

    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    pub fn remove(&self, path: &str) -> &Self {
        fs::remove_file(self.root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"));
        self
    }

    /// Replaces words of a file; they must stand in it.
    pub fn replace(&self, path: &str, from: &str, to: &str) -> &Self {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not contain {from:?}");
        self.write(path, &text.replacen(from, to, 1))
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        run(&self.root(), arguments, &[])
    }

    pub fn build(&self) -> Run {
        self.run(&["build"])
    }

    /// Standard error of a build that must fail.
    pub fn problems(&self) -> String {
        let run = self.build();
        assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
        assert!(!self.out().exists(), "nothing may be published");
        run.stderr
    }
}

/// Runs the binary in a folder.
pub fn run(folder: &Path, arguments: &[&str], environment: &[(&str, &str)]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_duizhao"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .envs(environment.iter().copied())
        .output()
        .expect("the binary was built for this test");
    Run {
        code: output.status.code().expect("the binary was not killed"),
        stdout: String::from_utf8(output.stdout).expect("it prints UTF-8"),
        stderr: String::from_utf8(output.stderr).expect("it prints UTF-8"),
    }
}

/// Copies a folder.
pub fn copy_tree(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from) {
        let entry = entry.expect("the folder can be read");
        let target = to.join(entry.path().strip_prefix(from).expect("it is below the folder"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("the folder can be made");
        } else {
            fs::copy(entry.path(), target).expect("the file can be copied");
        }
    }
}

/// All files of a folder with their bytes, by relative path.
pub fn files(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|e| e.expect("the folder can be read"))
        .filter(|e| e.file_type().is_file())
        .map(|e| {
            let path = e.path().strip_prefix(folder).expect("it is below the folder");
            let name = path.to_str().expect("names are Unicode").replace('\\', "/");
            (name, fs::read(e.path()).expect("the file can be read"))
        })
        .collect()
}
