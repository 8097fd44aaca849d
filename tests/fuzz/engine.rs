//! The fuzzer: mutation, search, making a finding smaller.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// What must hold of every input.
pub(crate) struct Target {
    pub(crate) name: &'static str,
    pub(crate) corpus: Vec<Vec<u8>>,
    pub(crate) check: fn(&[u8]) -> Result<(), String>,
}

/// An input of which it does not hold, and what the check said.
pub(crate) struct Fault {
    pub(crate) input: Vec<u8>,
    pub(crate) said: String,
}

pub(crate) struct Tried {
    pub(crate) corpus: usize,
    pub(crate) mutations: usize,
}

/// Longest input that is tried.
const LONGEST: usize = 4096;

/// Pieces that mean something somewhere.
const PIECES: &[&str] = &[
    "到",
    "2027年",
    "2023—2025年",
    "8000",
    "亿元",
    "万",
    "家",
    "%",
    "1/3",
    "零的突破",
    "翻一番",
    "以上",
    "不少于",
    "超过",
    "前10",
    "百亿级",
    "力争",
    "新增",
    "累计",
    "每年",
    "年均增长",
    "左右",
    "每万人口",
    "（牵头单位：市科技局）",
    "责任单位：",
    "一、",
    "（一）",
    "1.",
    "第三条",
    "专栏1",
    "\t",
    " | ",
    "——",
    "·",
    "。",
    "，",
    "；",
    "：",
    "“",
    "”",
    "《",
    "》",
    "\n",
    "\n\n",
    "\r\n",
    "- ",
    "* ",
    "**",
    "__",
    "~~",
    "`",
    "```",
    "```\n",
    "~~~",
    "# ",
    "## 目标 {#goals}",
    "{#",
    "}",
    "[",
    "](",
    "[^a]",
    "[^a]: ",
    "[[",
    "|",
    "]]",
    "\\",
    "&amp;",
    "&#x202e;",
    "<",
    ">",
    "<b>",
    "<!--",
    "http://",
    "javascript:",
    "{anchor=L1}",
    "{prefix=\"",
    "'''",
    "\"\"\"",
    "'",
    "\"",
    "=",
    "[[target]]",
    "[source]",
    "value = \"8\"",
    "2024-02-30",
    "2024-05-01",
    "\u{0}",
    "\u{1}",
    "\u{202E}",
    "\u{200B}",
    "\u{FEFF}",
    "\u{3000}",
    "e\u{301}",
    "😀",
    "\u{FFFD}",
    "99999999999999999999999999999999999999999",
];

/// A small generator of numbers (xorshift64*), the same everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    fn draw(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        if n == 0 { 0 } else { usize::try_from(self.draw() % n as u64).expect("it is below a usize") }
    }
}

fn folder(kind: &str, name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz").join(kind).join(name)
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.map(|e| e.expect("the folder can be read").path()).collect();
    paths.sort();
    paths.iter().map(|p| fs::read(p).expect("a file of the corpus can be read")).collect()
}

fn number(variable: &str, otherwise: u64) -> u64 {
    std::env::var(variable).map_or(otherwise, |v| v.parse().unwrap_or_else(|_| panic!("{variable} is a whole number")))
}

/// Runs a check; a panic is a fault like another.
fn fault(target: &Target, input: &[u8]) -> Option<String> {
    match catch_unwind(AssertUnwindSafe(|| (target.check)(input))) {
        Ok(result) => result.err(),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().cloned();
            Some(
                text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
                    .unwrap_or_else(|| "panic".into()),
            )
        }
    }
}

/// A mutation of one input of the corpus, or of two.
fn mutation(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut out = corpus[random.below(corpus.len())].clone();
    if out.len() > LONGEST / 2 {
        let from = random.below(out.len() - LONGEST / 4);
        let length = random.below(LONGEST / 4);
        out = out[from..from + length].to_vec();
    }
    for _ in 0..=random.below(6) {
        let at = random.below(out.len() + 1);
        match random.below(7) {
            0 | 1 => _ = out.splice(at..at, PIECES[random.below(PIECES.len())].bytes()),
            2 => {
                let end = (at + 1 + random.below(24)).min(out.len());
                out.drain(at.min(end)..end);
            }
            3 => {
                let end = (at + random.below(64)).min(out.len());
                let piece = out[at..end].to_vec();
                let to = random.below(out.len() + 1);
                let _ = out.splice(to..to, piece);
            }
            4 => {
                let other = &corpus[random.below(corpus.len())];
                let from = random.below(other.len() + 1);
                let piece = other[from..(from + random.below(200)).min(other.len())].to_vec();
                let _ = out.splice(at..at, piece);
            }
            5 if !out.is_empty() => {
                let at = at.min(out.len() - 1);
                out[at] = out[at].wrapping_add(u8::try_from(random.below(256)).expect("it is below 256"));
            }
            _ => {
                let piece = PIECES[random.below(PIECES.len())].repeat(1 + random.below(40));
                let _ = out.splice(at..at, piece.into_bytes());
            }
        }
    }
    out.truncate(LONGEST);
    out
}

/// Takes away what the fault does not need.
fn smaller(target: &Target, mut input: Vec<u8>) -> Vec<u8> {
    let until = Instant::now() + Duration::from_secs(20);
    let mut piece = input.len().div_ceil(2);
    while piece > 0 {
        let mut at = 0;
        while at < input.len() && Instant::now() < until {
            let mut less = input.clone();
            less.drain(at..(at + piece).min(input.len()));
            if fault(target, &less).is_some() { input = less } else { at += piece }
        }
        piece /= 2;
    }
    input
}

/// Tries a number of mutations.
pub(crate) fn search(target: &Target, mutations: usize, seed: u64) -> Option<Fault> {
    let mut random = Random::new(seed);
    for _ in 0..mutations {
        let input = mutation(&target.corpus, &mut random);
        if fault(target, &input).is_some() {
            let input = smaller(target, input);
            let said = fault(target, &input).unwrap_or_default();
            return Some(Fault { input, said });
        }
    }
    None
}

/// Mutations that every run of the tests tries.
const BOUNDED: usize = 300;

/// Tries the corpus, what once failed, and mutations for as long as is asked for.
pub(crate) fn run(target: &Target) -> Tried {
    let corpus = [target.corpus.clone(), files(&folder("corpus", target.name))].concat();
    let known = [corpus, files(&folder("regressions", target.name))].concat();
    for input in &known {
        if let Some(said) = fault(target, input) {
            panic!("{}: {said}\n{:?}", target.name, String::from_utf8_lossy(input));
        }
    }
    let whole = Target { name: target.name, corpus: known, check: target.check };
    let seconds = number("FUZZ_SECONDS", 0);
    let until = Instant::now() + Duration::from_secs(seconds);
    let seed = number("FUZZ_SEED", 1);
    let (mut mutations, step) = (0usize, 50usize);
    // The same mutations on every machine, unless time is given to find new ones.
    while if seconds == 0 { mutations < BOUNDED } else { Instant::now() < until } {
        if let Some(fault) = search(&whole, step, seed.wrapping_mul(1_000_003).wrapping_add(mutations as u64)) {
            let name = fault.input.iter().fold(0u64, |h, b| h.wrapping_mul(31).wrapping_add(u64::from(*b)));
            let path = std::env::temp_dir().join(format!("{}-{name:x}", target.name));
            fs::write(&path, &fault.input).expect("the temporary folder can be written");
            panic!(
                "{}: {}\n{:?}\nput {} into tests/fuzz/regressions/{}/",
                target.name,
                fault.said,
                String::from_utf8_lossy(&fault.input),
                path.display(),
                target.name
            );
        }
        mutations += step;
    }
    Tried { corpus: whole.corpus.len(), mutations }
}
