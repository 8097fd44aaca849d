//! What `cargo package` packs: all that the program is compiled from, and nothing of the site and the tests.

mod common;

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use common::repository;
use regex::Regex;

fn packed() -> BTreeSet<String> {
    let output = Command::new(env!("CARGO"))
        .args(["package", "--list", "--offline", "--allow-dirty"])
        .current_dir(repository())
        .output()
        .expect("cargo runs: it runs this test");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("names are Unicode").lines().map(|l| l.replace('\\', "/")).collect()
}

/// A path without `..`, relative to the repository.
fn plain(path: &Path) -> String {
    let mut out = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => _ = out.pop(),
            part => out.push(part),
        }
    }
    let relative = out.strip_prefix(repository()).expect("it lies in the repository");
    relative.to_string_lossy().replace('\\', "/")
}

#[test]
fn the_package_has_what_the_program_is_made_of_and_no_more() {
    let packed = packed();
    let include = Regex::new(r#"include_(?:str|bytes)!\(\s*"([^"]+)""#).expect("it is a regular expression");
    let mut compiled_in = 0;
    for entry in walkdir::WalkDir::new(repository().join("src")).into_iter().map(|e| e.expect("it can be read")) {
        if !entry.file_type().is_file() {
            continue;
        }
        let path = entry.path();
        assert!(packed.contains(&plain(path)), "{} is not packed", path.display());
        if path.extension().is_some_and(|e| e == "rs") {
            let text = std::fs::read_to_string(path).expect("it can be read");
            for found in include.captures_iter(&text) {
                let file = plain(&path.parent().expect("a file has a folder").join(&found[1]));
                assert!(packed.contains(&file), "{file}, which {} includes, is not packed", path.display());
                compiled_in += 1;
            }
        }
    }
    assert!(compiled_in > 40, "{compiled_in}");
    let about = [
        "Cargo.toml",
        "Cargo.lock",
        "README.md",
        "CHANGELOG.md",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "THIRD-PARTY-LICENSES.txt",
    ];
    for file in about {
        assert!(packed.contains(file), "{file} is not packed");
    }
    // cargo adds two files of its own.
    let own = |f: &String| f.as_str() == "Cargo.toml.orig" || f.as_str() == ".cargo_vcs_info.json";
    let folder = |f: &String| ["src/", "templates/", "themes/"].iter().any(|d| f.starts_with(d));
    let others: Vec<&String> =
        packed.iter().filter(|f| !own(f) && !folder(f) && !about.contains(&f.as_str())).collect();
    assert!(others.is_empty(), "{others:?}");
}

/// `.ci/third-party --check`, which needs every crate's source, holds the texts; this holds the versions.
#[test]
fn licences_are_those_of_the_locked_versions() {
    let read = |name: &str| std::fs::read_to_string(repository().join(name)).expect("it is part of the repository");
    let lock: toml::Table = read("Cargo.lock").parse().expect("it is TOML");
    let locked: BTreeSet<String> = lock["package"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|p| Some(format!("{} {}", p["name"].as_str()?, p["version"].as_str()?)))
        .collect();
    let licences = read("THIRD-PARTY-LICENSES.txt");
    let list = licences.split("\n====").next().unwrap_or_default();
    let listed: BTreeSet<&str> = list.lines().filter_map(|l| Some(l.split_once(": ")?.0)).collect();
    let stale: Vec<&&str> = listed.iter().filter(|l| !locked.contains(**l)).collect();
    assert!(stale.is_empty(), "{stale:?} are not what Cargo.lock has: write the list anew with .ci/third-party");
    // Every direct dependency is there; what they depend on, the script knows.
    let manifest: toml::Table = read("Cargo.toml").parse().expect("it is TOML");
    for name in manifest["dependencies"].as_table().into_iter().flat_map(|t| t.keys()) {
        let found = listed.iter().any(|l| l.split(' ').next() == Some(name.as_str()));
        assert!(found, "{name} is missing: write the list anew with .ci/third-party");
    }
}
