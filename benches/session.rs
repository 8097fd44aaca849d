//! A site on a disk loaded by one session: the first time, again with nothing changed, and after an edit:
//! `cargo bench --bench session -- 1000 5000`. Prints the median of nine edits each.

mod corpus;

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use duizhao::pipeline::Session;
use duizhao::site::DateSource;

const RUNS: usize = 9;

fn main() {
    // Cargo adds `--bench`.
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    for policies in if sizes.is_empty() { vec![100, 1000, 5000] } else { sizes } {
        let dir = tempfile::tempdir().expect("a temporary folder can be made");
        corpus::duizhao::write(policies, |path, text| {
            let path = dir.path().join(path);
            fs::create_dir_all(path.parent().expect("a file has a folder")).expect("it can be made");
            fs::write(path, text).expect("the folder is ours");
        });
        measure(policies, dir.path());
    }
}

fn measure(policies: usize, root: &Path) {
    let mut session = Session::open(root, false, DateSource::default());
    let first = timed(|| {
        session.load();
    });
    println!("\n{policies} policies\n{} first load", ms(first));
    let again = median(
        (0..RUNS)
            .map(|_| {
                timed(|| {
                    session.load();
                })
            })
            .collect(),
    );
    println!("{} nothing changed, every file looked at", ms(again));
    let folders: Vec<PathBuf> = fs::read_dir(root.join("content/policies"))
        .expect("the corpus has policies")
        .map(|e| e.expect("it can be listed").path())
        .collect();
    let policy = folders.iter().max().expect("there is one");
    for (what, path, from, to) in [
        ("a word of a digest", policy.join("digest.en.md"), "the ", "the very "),
        ("a target", policy.join("targets.toml"), "quote_en", "# edited\nquote_en"),
        ("a title", policy.join("policy.toml"), "en = \"", "en = \"New "),
        ("a term", root.join("content/glossary.toml"), "en", "# edited\nen"),
    ] {
        let old = fs::read_to_string(&path).expect("it is there");
        let new = old.replacen(from, to, 1);
        let edit = |text: &str| {
            fs::write(&path, text).expect("the folder is ours");
        };
        let mut times = Vec::new();
        for run in 0..RUNS {
            edit(if run % 2 == 0 { &new } else { &old });
            times.push(timed(|| {
                session.load_paths(&[&path]);
            }));
        }
        edit(&old);
        session.load_paths(&[&path]);
        println!("{} {what} changed", ms(median(times)));
    }
    assert!(session.loaded().site.is_some(), "the corpus has no errors");
}

fn timed(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn ms(time: Duration) -> String {
    format!("{:>9.2} ms", time.as_secs_f64() * 1e3)
}
