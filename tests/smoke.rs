//! A generated site of 2,000 policies is built; its time and memory are printed, not asserted.
//!
//! What is asserted: it is published without a problem, in both languages, and its lists are paged.

use std::fmt::Write as _;
use std::fs;
use std::time::Instant;

use duizhao::pipeline;
use duizhao::publish::{self, folder::Staging};
use duizhao::read::Tree;
use duizhao::render::{Options, Renderer};
use duizhao::site::DateSource;
use sha2::{Digest as _, Sha256};

const POLICIES: usize = 2_000;
const PLACES: usize = 100;
const TARGETS: usize = 8;
const TOPICS: usize = 40;
const TERMS: usize = 120;

fn source(n: usize) -> String {
    let mut out = format!("第{n}号城市产业发展行动方案\n\n一、工作目标\n\n");
    for t in 0..TARGETS {
        let _ = writeln!(
            out,
            "到2027年，第{t}类企业达到{}家，新增平台{}个以上，产值突破{}亿元。\n",
            100 + n + t,
            3 + t,
            50 + n
        );
    }
    let _ = writeln!(out, "二、主要任务\n");
    for task in 1..=12 {
        let _ = writeln!(
            out,
            "（{}）推进事项。支持第{task}类企业建设研发机构，完善服务体系，推动产业链上下游协同，引进人才和资金，\
             建设公共技术平台，开展国际合作，学习第{}市做法，发展第{}主题和第{}术语，编号{n}之{task}。（牵头单位：市科技局；责任单位：市经信局、市卫健委）\n",
            ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"][task - 1],
            (n * 7 + task) % PLACES,
            (n + task) % TOPICS,
            (n * 3 + task) % TERMS
        );
    }
    out
}

/// As English house style writes a count.
fn thousands(n: usize) -> String {
    if n < 1000 { n.to_string() } else { format!("{},{:03}", n / 1000, n % 1000) }
}

fn add_policy(files: &mut Vec<(String, Vec<u8>)>, n: usize) {
    let id = format!("policy-{n:05}");
    let folder = format!("content/policies/{id}");
    let text = source(n);
    let hash: String = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    let (year, place) = (2020 + n % 6, n % PLACES);
    let record = format!(
        "title = {{ zh = \"第{n}号行动方案\", en = \"Action plan {n}\" }}\nissuer = \"gov\"\nplace = \"place-{place:03}\"\n\
         kind = \"plan\"\nissued = {year}-05-01\ntopics = [\"topic-{:02}\"]\n\n[source]\nfile = \"seeds/{id}.txt\"\nsha256 = \"{hash}\"\n",
        n % TOPICS
    );
    let mut targets = String::new();
    let (mut zh, mut en) = ("## 目标 {#goals}\n\n".to_owned(), "## Goals {#goals}\n\n".to_owned());
    for t in 0..TARGETS {
        let _ = writeln!(
            targets,
            "[[target]]\nid = \"t{t}\"\nindicator = \"companies-{t}\"\nmeasure = {{ zh = \"第{t}类企业\", en = \"Companies of kind {t}\" }}\nbound = \"reach\"\n\
             value = \"{}\"\nunit = {{ zh = \"家\", en = \"companies\" }}\ndue = {}\ntopics = [\"topic-{:02}\"]\n\
             quote = '到2027年，第{t}类企业达到{}家'\nquote_en = \"By 2027 there are to be {} companies\"\n",
            100 + n + t,
            2027,
            (n + t) % TOPICS,
            100 + n + t,
            thousands(100 + n + t)
        );
        let _ = writeln!(zh, "到2027年，第{t}类企业达到{}家，见[[place-{place:03}]]。[^t{t}]\n", 100 + n + t);
        let _ = writeln!(
            en,
            "By 2027 there are to be {} companies of kind {t} in [[place-{place:03}]].[^t{t}]\n",
            thousands(100 + n + t)
        );
    }
    zh.push_str("## 任务 {#tasks}\n\n支持企业建设研发机构。[^one]\n\n[^one]: 支持第1类企业建设研发机构\n");
    en.push_str("## Tasks {#tasks}\n\nResearch units are supported.[^one]\n\n[^one]: 支持第1类企业建设研发机构\n    support companies in building research units\n");
    for (name, text) in [("policy.toml", record), ("targets.toml", targets), ("digest.zh.md", zh), ("digest.en.md", en)]
    {
        files.push((format!("{folder}/{name}"), text.into_bytes()));
    }
    files.push((format!("seeds/{id}.txt"), text.into_bytes()));
}

fn site() -> Tree {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    let mut add = |path: &str, text: String| files.push((path.to_owned(), text.into_bytes()));
    add(
        "site.toml",
        "title = { zh = \"大站\", en = \"Large site\" }\n[kinds.plan]\nname = { zh = \"方案\", en = \"Plan\" }\n"
            .into(),
    );
    let mut agencies = "[gov]\nname = { zh = \"市政府\", en = \"City government\" }\n".to_owned();
    for (p, bureau) in (0..PLACES).flat_map(|p| ["科技局", "经信局", "卫健委"].map(|b| (p, b))) {
        let kind = bureau.chars().next().map_or(0, u32::from);
        let _ = writeln!(
            agencies,
            "[office-{p:03}-{kind}]\nplace = \"place-{p:03}\"\nname = {{ zh = \"第{p}市{bureau}\", en = \"Office {kind} of city {p}\" }}\naliases = {{ zh = [\"市{bureau}\"] }}"
        );
    }
    add("content/agencies.toml", agencies);
    for t in 0..TOPICS {
        let text = format!("name = {{ zh = \"第{t}主题\", en = \"Topic {t}\" }}\n");
        add(&format!("content/topics/topic-{t:02}.toml"), text);
    }
    let mut indicators = String::new();
    for t in 0..TARGETS {
        let _ = writeln!(
            indicators,
            "[companies-{t}]\nname = {{ zh = \"第{t}类企业数\", en = \"Number of companies of kind {t}\" }}\nunit = {{ zh = \"家\", en = \"companies\" }}"
        );
    }
    add("content/indicators.toml", indicators);
    let mut terms = String::new();
    for t in 0..TERMS {
        let _ = writeln!(terms, "[term-{t}]\nzh = \"第{t}术语\"\nen = \"term number {t}\"");
    }
    add("content/glossary.toml", terms);
    for p in 0..PLACES {
        let text = format!("name = {{ zh = \"第{p}市\", en = \"City {p}\" }}\nkind = \"city\"\n");
        add(&format!("content/places/place-{p:03}.toml"), text);
    }
    (0..POLICIES).for_each(|n| add_policy(&mut files, n));
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
    let errors: Vec<_> =
        loaded.problems.sorted().into_iter().filter(|p| p.severity == duizhao::diagnostic::Severity::Error).collect();
    assert!(errors.is_empty(), "{:?}", &errors[..errors.len().min(5)]);
    let site = loaded.site.expect("there are no problems");
    let renderer = Renderer::new(&site, &loaded.tree, &loaded.verification, &Options::default())
        .expect("the templates compiled in are sound");
    let staging = Staging::begin(&out, &dir.path().join("site")).expect("the folder is new");
    let made = publish::make(&site, &renderer, &staging).expect("no page has a problem");
    staging.publish(&made).expect("the folder can be published");
    let whole = start.elapsed();
    let longest = made.files.iter().filter(|(p, _)| p.ends_with(".html")).max_by_key(|(_, (_, size))| *size);
    for page in [
        "en/policies/page/10/index.html",
        "zh/targets/page/80/index.html",
        "en/places/place-042/index.html",
        "zh/topics/topic-07/page/2/index.html",
        "en/agencies/page/2/index.html",
        "en/indicators/companies-3/page/10/index.html",
        "zh/compare/page/20/index.html",
        "en/glossary/page/100/index.html",
        "en/places/place-000/vs/place-001/index.html",
        "zh/policies/policy-01999/targets/t7/index.html",
        "en/policies/policy-00000/parallel/index.html",
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
