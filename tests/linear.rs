//! A text four times as long takes about four times the work: texts made to be slow, by the processor time of this
//! thread, so that what else the machine does counts little. What grows with the square would take sixteen times.

use std::fs;
use std::time::Instant;

use duizhao::content::fields::Lang;
use duizhao::content::markdown;
use duizhao::import;
use duizhao::quantity::{chinese, english};
use duizhao::source::quote::Wanted;
use duizhao::source::{Hints, SourceText};

/// Most that four times the text may cost.
const MOST: f64 = 9.0;

/// Nanoseconds that this thread has run; of the clock, where the system does not say.
fn run_time(start: Instant) -> u64 {
    let scheduled = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let ran = scheduled.and_then(|s| s.split(' ').next()?.parse().ok());
    ran.unwrap_or_else(|| u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX))
}

/// The least that a few runs took.
fn cost(work: &dyn Fn()) -> u64 {
    let start = Instant::now();
    (0..3)
        .map(|_| {
            let before = run_time(start);
            work();
            run_time(start).saturating_sub(before).max(1)
        })
        .min()
        .unwrap_or(1)
}

/// Holds that a work on `n` pieces grows with their number. Small works are made larger first: what takes no time
/// grows by chance.
fn grows(name: &str, work: &dyn Fn(usize)) {
    let mut n = 250;
    let mut once = cost(&|| work(n));
    while once < 3_000_000 && n < 64_000 {
        n *= 2;
        once = cost(&|| work(n));
    }
    let four = cost(&|| work(4 * n));
    let ratio = four as f64 / once as f64;
    println!(
        "{name}: {n} pieces {:.1} ms, four times {:.1} ms: {ratio:.1} times",
        once as f64 / 1e6,
        four as f64 / 1e6
    );
    assert!(ratio < MOST, "{name}: {ratio:.1} times the work for four times the text");
}

fn parse(text: &str) {
    let _ = markdown::parse("d.md", text, Lang::Zh);
}

#[test]
fn markdown_made_to_be_slow() {
    let cases: &[(&str, fn(usize) -> String)] = &[
        ("opening brackets", |n| "[".repeat(n)),
        ("opening double brackets", |n| "[[".repeat(n)),
        ("links that never end", |n| "[a](".repeat(n)),
        ("links with titles that never end", |n| "[a](b \"".repeat(n)),
        ("images that never end", |n| "![".repeat(n)),
        ("opening emphasis", |n| "*a ".repeat(n)),
        ("emphasis of two kinds", |n| "*a _b ".repeat(n)),
        ("strong beside full-width marks", |n| "**真，**她".repeat(n)),
        ("strong that never closes", |n| "**（甲".repeat(n)),
        ("runs of asterisks", |n| "*".repeat(n)),
        ("struck out", |n| "~~a ".repeat(n)),
        ("backticks of growing runs", |n| (1..n / 20).map(|i| "`".repeat(i % 200 + 1) + " ").collect()),
        ("backslashes", |n| "\\".repeat(n)),
        ("quotations in quotations", |n| format!("{} 甲", ">".repeat(n))),
        ("lists in lists", |n| format!("{}甲", "- ".repeat(n))),
        ("many items", |n| "- 甲\n".repeat(n)),
        ("many headings", |n| (0..n).map(|i| format!("## 甲 {{#h{i}}}\n\n")).collect()),
        ("many citations", |n| format!("{}\n\n[^a]: 甲\n", "甲[^a]".repeat(n))),
        ("many definitions", |n| (0..n).map(|i| format!("[^n{i}]: 甲\n\n")).collect()),
        ("definitions of links", |n| {
            (0..n).map(|i| format!("[n{i}]: http://a.b/\n")).collect::<String>() + &"[n1] ".repeat(n)
        }),
        ("wide tables", |n| format!("{}|\n{}|\n{}|\n", "|a".repeat(n), "|-".repeat(n), "|b".repeat(n))),
        ("long tables", |n| format!("|a|b|\n|-|-|\n{}", "|c|d|\n".repeat(n))),
        ("entities", |n| "&#x202e;&amp;".repeat(n)),
        ("comments that never end", |n| "<!-- ".repeat(n)),
        ("tags that never end", |n| "<a ".repeat(n)),
        ("lines between Chinese characters", |n| "甲\n".repeat(n)),
    ];
    for &(name, make) in cases {
        grows(name, &|n| parse(&make(n)));
    }
}

fn source(raw: &str) -> SourceText {
    SourceText::new(raw, &Hints::default())
}

#[test]
fn sources_made_to_be_slow() {
    let cases: &[(&str, fn(usize) -> String)] = &[
        ("one line", |n| "到2027年，规模突破8000亿元，".repeat(n)),
        ("short lines", |n| "到2027年\n".repeat(n)),
        ("empty lines", |n| "\n".repeat(n * 4)),
        ("paragraphs", |n| "到2027年，规模突破8000亿元。\n\n".repeat(n)),
        ("headings", |n| "一、目标\n\n（一）任务\n\n".repeat(n)),
        ("a long table", |n| format!("指标\t2022年\t2027年\n{}", "规模\t5000\t8000\n".repeat(n))),
        ("many tables", |n| "指标\t2022年\t2027年\n规模\t5000\t8000\n\n甲乙丙。\n\n".repeat(n)),
        ("a flattened table", |n| format!("指标\n单位\n2022年\n2027年\n{}", "规模\n亿元\n5000\n8000\n".repeat(n))),
        ("notes on who is responsible", |n| "甲乙。（牵头单位：市科技局；责任单位：市卫健委）\n\n".repeat(n)),
        ("brackets that never close", |n| "（牵头单位：".repeat(n)),
        ("marks of the extraction", |n| "- 3 -\n".repeat(n)),
        ("the same running header", |n| "某市人民政府公报\n到2027年，规模\n".repeat(n)),
        ("dashes and blanks", |n| "— ".repeat(n)),
        ("boxes", |n| "专栏1 工程\n甲。\n".repeat(n)),
    ];
    for &(name, make) in cases {
        grows(name, &|n| drop(source(&make(n))));
    }
}

#[test]
fn quotes_made_to_be_slow() {
    type Case = (&'static str, fn(usize) -> (String, String));
    let cases: &[Case] = &[
        ("one character, everywhere", |n| ("甲".repeat(n), "甲".repeat(n / 4 + 1))),
        ("a word, everywhere", |n| ("甲乙".repeat(n), "甲乙".repeat(n / 8 + 1) + "甲")),
        ("all but the last character", |n| ("甲".repeat(n) + "丙", "甲".repeat(n / 2) + "乙")),
        ("digits", |n| ("1".repeat(n), "1".repeat(n / 3 + 1))),
        ("many near misses", |n| ("规模突破8000亿元。\n\n".repeat(n), "规模突破8000万元".to_owned())),
    ];
    for &(name, make) in cases {
        grows(name, &|n| {
            let (raw, text) = make(n);
            let source = source(&raw);
            for _ in 0..4 {
                let _ = source.find(&Wanted { text: &text, ..Wanted::default() });
            }
        });
    }
}

#[test]
fn figures_made_to_be_slow() {
    let cases: &[(&str, fn(usize) -> String)] = &[
        ("figures", |n| "到2027年，规模突破8000亿元、".repeat(n)),
        ("digits", |n| "1".repeat(n)),
        ("Han numerals", |n| "一百二十".repeat(n)),
        ("ranges", |n| "3—5、".repeat(n)),
        ("ranges without end", |n| "3—".repeat(n)),
        ("English figures", |n| "RMB 800 billion, at least two thousand companies and ".repeat(n)),
        ("English numerals", |n| "two hundred and ".repeat(n)),
        ("names that are none", |n| "“十四五”规划第三条".repeat(n)),
    ];
    for &(name, make) in cases {
        grows(name, &|n| {
            let text = make(n);
            let _ = (chinese::read(&text), english::read(&text));
        });
    }
}

#[test]
fn imports_made_to_be_slow() {
    let cases: &[(&str, &str, fn(usize) -> String)] = &[
        ("a long text", "a.txt", |n| format!("方案\n\n一、目标\n\n{}", "到2027年，规模突破8000亿元。\n\n".repeat(n))),
        ("elements in elements", "a.html", |n| format!("{}甲", "<div>".repeat(n))),
        ("tables in tables", "a.html", |n| format!("{}甲", "<table><tr><td>".repeat(n))),
        ("tags that never end", "a.html", |n| format!("甲{}", "<a ".repeat(n))),
        ("a page of paragraphs", "a.html", |n| "<p>到2027年，规模突破8000亿元。</p>".repeat(n)),
        ("Markdown", "a.md", |n| "## 目标\n\n- **到2027年**，规模突破8000亿元\n\n".repeat(n)),
    ];
    for &(name, file, make) in cases {
        grows(name, &|n| {
            let _ = import::read(make(n).as_bytes(), file);
        });
    }
}
