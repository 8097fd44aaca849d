//! Rules of the folder that a site is read from, which a site in memory cannot break.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::PathBuf;

use crate::common::{Run, TestSite};

/// A rule, the arguments of a run, what breaks the rule, and what nearly does.
struct Case {
    code: &'static str,
    spoil: Change,
    near: &'static [Change],
}

/// A change of a site's folder, and the run that shows it.
type Change = fn(&TestSite) -> Run;

const CASES: &[Case] = &[
    Case {
        code: "no-site",
        spoil: |s| {
            s.remove("site.toml");
            s.run(&["check"])
        },
        near: &[|s| s.run(&["check", "--root", "."]), |s| s.run(&["check", "--root", "./content/.."])],
    },
    Case {
        code: "bad-file-name",
        spoil: |s| {
            let name = std::ffi::OsStr::from_bytes(b"\xC1\xD9.txt");
            fs::write(s.root().join("seeds").join(name), "").expect("the file can be written");
            s.run(&["check"])
        },
        near: &[
            |s| s.write("seeds/临江 1.txt", "").run(&["check"]),
            // Hidden files are nobody's.
            |s| {
                let name = std::ffi::OsStr::from_bytes(b".\xC1\xD9.txt");
                fs::write(s.root().join("seeds").join(name), "").expect("the file can be written");
                s.run(&["check"])
            },
        ],
    },
    Case {
        code: "symbolic-link",
        spoil: |s| {
            link(s, "../site.toml", "seeds/linked.txt");
            s.run(&["check"])
        },
        near: &[
            // Beside the folders that are read, and the folder itself.
            |s| {
                link(s, "site.toml", "linked.toml");
                s.run(&["check"])
            },
            |s| {
                let root = s.root().join("../linked");
                std::os::unix::fs::symlink(s.root(), &root).expect("a link can be made");
                s.run(&["check", "--root", "../linked"])
            },
        ],
    },
    Case {
        code: "unreadable-file",
        spoil: |s| {
            // A folder stands where a file is read.
            s.remove("site.toml");
            fs::create_dir(s.root().join("site.toml")).expect("a folder can be made");
            s.run(&["check"])
        },
        near: &[
            |s| s.write("seeds/empty.txt", "").run(&["check"]),
            |s| {
                fs::create_dir(s.root().join("seeds/empty")).expect("a folder can be made");
                s.run(&["check"])
            },
        ],
    },
    Case {
        code: "no-base-url",
        spoil: |s| s.build(),
        near: &[
            |s| s.run(&["build", "--base-url", "https://example.org/digests"]),
            |s| s.replace("site.toml", "title", "base_url = \"https://example.org/\"\ntitle").build(),
            |s| s.run(&["check"]),
        ],
    },
];

fn link(site: &TestSite, to: &str, at: &str) {
    let at: PathBuf = site.root().join(at);
    std::os::unix::fs::symlink(to, at).expect("a link can be made");
}

/// The codes that are broken here.
pub(crate) fn codes() -> impl Iterator<Item = (&'static str, usize)> {
    CASES.iter().map(|c| (c.code, c.near.len()))
}

/// The problems of a rule among what a run printed.
fn of(code: &str, run: &Run) -> String {
    let of = |p: &&str| p.lines().next().is_some_and(|l| l.contains(&format!("[{code}]: ")));
    run.stderr.split("\n\n").filter(of).map(|p| format!("{p}\n\n")).collect()
}

#[test]
fn a_broken_rule_of_the_folder_is_reported() {
    for case in CASES {
        let site = TestSite::small();
        let run = (case.spoil)(&site);
        let found = of(case.code, &run);
        assert!(!found.is_empty(), "{} is not reported, but:\n{}", case.code, run.stderr);
        insta::assert_snapshot!(case.code.replace('-', "_"), found);
    }
}

#[test]
fn what_comes_close_to_it_is_not() {
    for case in CASES {
        for (n, near) in case.near.iter().enumerate() {
            let run = near(&TestSite::small());
            assert_eq!((run.code, of(case.code, &run)), (0, String::new()), "{n} of {}: {}", case.code, run.stderr);
            assert!(!run.stderr.contains("warning["), "{n} of {}: {}", case.code, run.stderr);
        }
    }
}
