//! Each stage of a build, in one process and without a disk, at growing numbers of policies:
//! `cargo bench --bench stages -- 100 1000 5000`. Prints the fastest of three runs.

mod corpus;

use std::time::{Duration, Instant};

use duizhao::pipeline;
use duizhao::publish::{self, Stage, memory::Nowhere};
use duizhao::read::Tree;
use duizhao::render::{Options, Renderer};
use duizhao::site::DateSource;

const RUNS: usize = 3;

fn main() {
    // Cargo adds `--bench`.
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|a| a.parse().ok()).collect();
    for policies in if sizes.is_empty() { vec![100, 1000, 5000] } else { sizes } {
        let mut best: Vec<Stage> = Vec::new();
        for run in (0..RUNS).map(|_| measure(policies)) {
            if best.is_empty() {
                best = run;
            } else {
                best.iter_mut().zip(run).for_each(|(b, r)| b.time = b.time.min(r.time));
            }
        }
        println!("\n{policies} policies\n{:>10} {:>12} {:>8} {:>9}", "seconds", "µs a policy", "things", "MB");
        for Stage { name, count, bytes, time } in best {
            let each = time.as_secs_f64() * 1e6 / policies as f64;
            println!("{:>10.3} {each:>12.0} {count:>8} {:>9.1} {name}", time.as_secs_f64(), bytes as f64 / 1e6);
        }
    }
}

fn measure(policies: usize) -> Vec<Stage> {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    corpus::duizhao::write(policies, |path, text| files.push((path, text.into_bytes())));
    let (count, bytes) = (files.len(), files.iter().map(|(_, b)| b.len()).sum());
    let tree = Tree::from_files(files);
    let (loaded, time) = timed(|| pipeline::load_tree(tree, Vec::new(), false, DateSource::default()));
    let mut stages = vec![Stage { name: "parsed, linked, checked", count, bytes, time }];
    let site = loaded.site.as_ref().expect("there is no error");
    let (made, time) = timed(|| {
        let options = Options { base_url: Some("https://digest.example/".into()), ..Options::default() };
        let renderer =
            Renderer::new(site, &loaded.tree, &loaded.verification, &options).expect("the templates are sound");
        publish::make(site, &renderer, &Nowhere).expect("no page has a problem")
    });
    stages.push(Stage { name: "pages made and checked", count: made.files.len(), bytes: made.bytes(), time });
    stages.extend(made.stages);
    let (index, time) = timed(|| duizhao::search::index(site));
    let bytes = index.iter().map(|o| o.bytes.len()).sum();
    stages.push(Stage { name: "search index", count: index.len(), bytes, time });
    stages
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}
