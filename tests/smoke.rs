//! A site of many made-up policies is built; its time and memory are printed, not asserted.
//!
//! What is asserted: it is published without an error or a warning, in both languages, and its lists are paged.

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::fs;
use std::time::Instant;

use duizhao::diagnostic::Severity;
use duizhao::pipeline;
use duizhao::publish::{self, folder::Staging};
use duizhao::read::Tree;
use duizhao::render::{Options, Renderer};
use duizhao::site::DateSource;

const POLICIES: usize = 420;

fn site() -> Tree {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    corpus::duizhao::write(POLICIES, |path, text| files.push((path, text.into_bytes())));
    Tree::from_files(files)
}

/// Most memory the process has held, in MiB, where the system tells.
fn peak_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kib| kib / 1024)
}

fn main() {
    let tree = site();
    let before = peak_memory();
    let dir = tempfile::tempdir().expect("a temporary folder can be made");
    let out = dir.path().join("public");
    let start = Instant::now();
    let loaded = pipeline::load_tree(tree, Vec::new(), false, DateSource::default());
    let linked = start.elapsed();
    let found: Vec<_> = loaded.problems.sorted().into_iter().filter(|p| p.severity != Severity::Note).collect();
    assert!(found.is_empty(), "{:?}", &found[..found.len().min(5)]);
    let site = loaded.site.expect("there are no problems");
    let renderer = Renderer::new(&site, &loaded.tree, &loaded.verification, &Options::default())
        .expect("the templates compiled in are sound");
    let staging = Staging::begin(&out, &dir.path().join("site")).expect("the folder is new");
    let made = publish::make(&site, &renderer, &staging).expect("no page has a problem");
    staging.publish(&made).expect("the folder can be published");
    let whole = start.elapsed();
    let longest = made.files.iter().filter(|(p, _)| p.ends_with(".html")).max_by_key(|(_, (_, size))| *size);
    for page in [
        "en/policies/page/3/index.html",
        "zh/targets/page/21/index.html",
        "en/places/c0003-anan/index.html",
        "zh/topics/exports/page/2/index.html",
        "en/indicators/m-labs/page/2/index.html",
        "zh/compare/page/4/index.html",
        "en/glossary/page/10/index.html",
        "en/places/c0000-jiangjiang/vs/c0001-haihai/index.html",
        "zh/policies/p00419/targets/t7/index.html",
        "en/policies/p00000/parallel/index.html",
    ] {
        assert!(made.files.contains_key(page), "{page}");
    }
    println!(
        "smoke: {POLICIES} policies, {} files, {} MB: linked in {:.2} s, published in {:.2} s; peak memory {} MiB (inputs alone {} MiB); largest page {:?}",
        made.files.len(),
        made.bytes() / 1_000_000,
        linked.as_secs_f64(),
        whole.as_secs_f64(),
        peak_memory().unwrap_or_default(),
        before.unwrap_or_default(),
        longest.map(|(path, (_, size))| (path, size / 1000))
    );
}
