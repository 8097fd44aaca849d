//! Policies made up for measuring: as many as are asked for, in the sizes of real ones, the same on every
//! machine. A policy has a source text of 60 paragraphs under 16 headings (some 8,400 characters), two
//! digests (some 2,100 characters, 650 words) with citations, a table, links and code, and ten targets;
//! there is a city for every 20 policies, and 40 topics. Every check passes; only that digests of this
//! length cite half of the paragraphs, and that nobody has signed them, is not reported.
//!
//! [`duizhao`] and [`hugo`] write the same policies as sites of the two generators.

#![allow(dead_code, reason = "each program that includes this uses its own part")]

pub(crate) mod duizhao;
pub(crate) mod hugo;
mod words;

use words::{HOW, METRICS, MONEY, NUMERALS, Pair, SECTIONS, SYLLABLES, TERMS, TOPICS, WHAT, WHO, WHY};

/// Targets of a policy.
pub(crate) const TARGETS: usize = 10;
/// Paragraphs of a source text.
const PARAGRAPHS: usize = 60;
/// Sentences of a paragraph.
const SENTENCES: usize = 5;

/// A text in both languages.
#[derive(Clone, Default)]
pub(crate) struct Both {
    zh: String,
    en: String,
}

impl Both {
    fn get(&self, lang: &str) -> &str {
        if lang == "zh" { &self.zh } else { &self.en }
    }
}

pub(crate) struct City {
    pub(crate) id: String,
    name: Both,
}

/// A sentence of a digest and what it cites.
struct Sentence {
    words: Both,
    cites: Cite,
}

#[derive(Clone)]
enum Cite {
    Target(usize),
    /// Words of the source, their translation, and the block they stand in.
    Quote(Both, usize),
}

enum Block {
    Heading(&'static str, Pair),
    Paragraph(Vec<Sentence>),
    List(Vec<Sentence>),
    Quotation(Sentence),
    /// These targets as a table.
    Table(std::ops::Range<usize>),
    Code(String),
}

struct Target {
    metric: &'static words::Metric,
    value: usize,
    year: usize,
    /// `reach`, `at-least`, `more-than`
    bound: &'static str,
    strive: bool,
    /// Words of the source.
    quote: String,
    /// The block they stand in, from 1.
    block: usize,
}

pub(crate) struct Policy {
    pub(crate) id: String,
    city: usize,
    topics: [usize; 3],
    date: String,
    number: String,
    title: Both,
    /// Headings and paragraphs; a heading begins with `#` for each level.
    source: Vec<String>,
    targets: Vec<Target>,
    digest: Vec<Block>,
}

/// Numbers that look drawn by lot and are the same everywhere (SplitMix64).
struct Lot(u64);

impl Lot {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).expect("it is less than n")
    }
}

/// The cities of so many policies.
pub(crate) fn cities(policies: usize) -> Vec<City> {
    let k = SYLLABLES.len();
    let name = |i: usize| {
        let parts = [i % k, (i / k + i) % k, i / (k * k)].map(|at| SYLLABLES[at]);
        let parts = &parts[..if i < k * k { 2 } else { 3 }];
        let en = parts.iter().map(|p| p.1).collect::<String>();
        let zh = format!("{}市", parts.iter().map(|p| p.0).collect::<String>());
        let name = Both { zh, en: en[..1].to_uppercase() + &en[1..] };
        City { id: format!("c{i:04}-{en}"), name }
    };
    (0..(policies / 20).max(3)).map(name).collect()
}

/// A policy of so many.
pub(crate) fn policy(i: usize, policies: usize, cities: &[City]) -> Policy {
    let mut lot = Lot(i as u64);
    let city = i % cities.len();
    let first = lot.below(TOPICS.len());
    let topics = [first, (first + 7) % TOPICS.len(), (first + 19) % TOPICS.len()];
    let year = 2021 + lot.below(4);
    let date = format!("{year}-{:02}-{:02}", 1 + lot.below(12), 1 + lot.below(28));
    let mut blocks = Vec::new();
    // Every sentence of a policy is another: 5 × 8 × 12 × 12 combinations, in steps that meet each once.
    let start = lot.below(5760);
    let mut said: Vec<(Both, usize)> = Vec::new();
    let mut step = 0;
    for section in 0..SECTIONS.len() {
        blocks.push(format!("#{}、{}", NUMERALS[section], SECTIONS[section].0));
        for part in 0..2 {
            blocks.push(match part {
                0 => format!("##（一）{}", TOPICS[topics[section % 3]].1),
                _ => format!("##（二）{}", WHY[(start + section) % WHY.len()].0),
            });
            let paragraphs = (PARAGRAPHS - said_paragraphs(&blocks)).div_ceil(16 - (section * 2 + part));
            for _ in 0..paragraphs {
                let mut text = String::new();
                for s in 0..SENTENCES {
                    let combination = (start + step * 1103) % 5760;
                    let mut words = sentence(combination);
                    match (step % 20, s) {
                        (3 | 13, _) => on_topic(&mut words, topics[step / 20 % 3]),
                        (8, _) => on_topic(&mut words, combination % TOPICS.len()),
                        (6 | 16, _) => prefix(&mut words, &term_words(combination % TERMS.len())),
                        (11, _) if step == 111 => {
                            let other = &cities[(city + 1 + combination) % cities.len()].name;
                            prefix(
                                &mut words,
                                &Both {
                                    zh: format!("学习{}经验，", other.zh),
                                    en: format!("learn from {} and ", other.en),
                                },
                            );
                        }
                        _ => {}
                    }
                    text.push_str(&words.zh);
                    text.push('。');
                    said.push((words, blocks.len() + 1));
                    step += 1;
                }
                if said.len() / SENTENCES % 5 == 2 {
                    text.push_str("（牵头单位：市科技局；责任单位：市经信局、市卫健委）");
                }
                blocks.push(text);
            }
        }
    }
    let mut metrics: Vec<usize> = (0..METRICS.len()).collect();
    let targets: Vec<Target> = (0..TARGETS)
        .map(|t| {
            let metric = &METRICS[metrics.swap_remove(lot.below(metrics.len()))];
            let (least, most, multiple) = metric.range;
            let value = (least + lot.below(most - least)).div_ceil(multiple) * multiple;
            let year = 2025 + lot.below(5);
            let (bound, strive) =
                [("reach", false), ("at-least", false), ("more-than", false), ("reach", true)][lot.below(4)];
            let unit = metric.unit.0;
            let quote = match bound {
                "at-least" => format!("到{year}年，{}达到{value}{unit}以上", metric.words.0),
                "more-than" => format!("到{year}年，{}超过{value}{unit}", metric.words.0),
                _ => format!("到{year}年，{}{}达到{value}{unit}", metric.words.0, if strive { "力争" } else { "" }),
            };
            // A paragraph without a note.
            let block = said[(t * 5 + 3) * SENTENCES].1;
            blocks[block - 1].push_str(&format!("{quote}。"));
            Target { metric, value, year, bound, strive, quote, block }
        })
        .collect();
    let kind = [("行动方案", "Action plan"), ("实施意见", "Implementation opinions"), ("发展规划", "Development plan")]
        [lot.below(3)];
    let (place, topic) = (&cities[city].name, TOPICS[first]);
    let title = Both {
        zh: format!("{}{}{}（第{i}号）", place.zh, topic.1, kind.0),
        en: format!("{} of {} for {} (no. {i})", kind.1, place.en, lower(topic.2)),
    };
    let number = format!("{}政发〔{year}〕{}号", place.zh.chars().next().unwrap_or('市'), 1 + i % 99);
    let others =
        [(i + 1 + lot.below(policies.max(2) - 1)) % policies, (i + 1 + lot.below(policies.max(2) - 1)) % policies];
    let id = format!("p{i:05}");
    let digest = digest(&id, &cities[city], topics, others, &targets, &said);
    Policy { id, city, topics, date, number, title, source: blocks, targets, digest }
}

fn said_paragraphs(blocks: &[String]) -> usize {
    blocks.iter().filter(|b| !b.starts_with('#')).count()
}

fn lower(text: &str) -> String {
    text[..1].to_lowercase() + &text[1..]
}

fn upper(text: &str) -> String {
    text[..1].to_uppercase() + &text[1..]
}

fn sentence(combination: usize) -> Both {
    let (how, rest) = (HOW[combination % 5], combination / 5);
    let (who, what, why) = (WHO[rest % 8], WHAT[rest / 8 % 12], WHY[rest / 96 % 12]);
    Both {
        zh: format!("{}{}{}，{}", how.0, who.0, what.0, why.0),
        en: format!("{} {} {} {}", how.1, who.1, what.1, why.1),
    }
}

fn prefix(words: &mut Both, with: &Both) {
    words.zh.insert_str(0, &with.zh);
    words.en.insert_str(0, &with.en);
}

fn on_topic(words: &mut Both, topic: usize) {
    let (_, zh, en) = TOPICS[topic];
    words.zh.insert_str(0, &format!("在{zh}领域，"));
    words.en.push_str(&format!(", in the field of {}", lower(en)));
}

fn term_words(term: usize) -> Both {
    let (_, zh, en) = TERMS[term];
    Both { zh: format!("用好{zh}，"), en: format!("make use of the {en} and ") }
}

/// What both digests say; links are written `[[id|words]]`.
fn digest(
    id: &str,
    city: &City,
    topics: [usize; 3],
    others: [usize; 2],
    targets: &[Target],
    said: &[(Both, usize)],
) -> Vec<Block> {
    // Sentences of the source that have not been cited, far from each other.
    let mut next = 0;
    let mut cited = |lead: Both| {
        let (quote, block) = &said[next * 11 % said.len()];
        next += 1;
        Sentence {
            words: Both { zh: format!("{}{}。", lead.zh, quote.zh), en: format!("{} {}.", lead.en, quote.en) },
            cites: Cite::Quote(quote.clone(), *block),
        }
    };
    let plain = || Both { zh: "文件要".into(), en: "The document is to".into() };
    let mut some = |n: usize| (0..n).map(|_| cited(plain())).collect::<Vec<_>>();
    let (more, list, measures, further, related, judged, words) =
        (some(2), some(3), some(5), some(4), some(2), some(4), some(1));
    let lead = |zh: String, en: String| Both { zh, en };
    let mut about = vec![cited(lead(
        format!("[[{}|{}]]在[[{}|{}]]方面要", city.id, city.name.zh, TOPICS[topics[0]].0, TOPICS[topics[0]].1),
        format!(
            "In [[{}|{}]], [[{}|{}]] is to",
            TOPICS[topics[0]].0,
            lower(TOPICS[topics[0]].2),
            city.id,
            city.name.en
        ),
    ))];
    about.extend(more);
    let mut links = vec![cited(lead(
        format!("可与[[p{:05}|文件甲]]和[[p{:05}|文件乙]]对照。文件要", others[0], others[1]),
        format!("Compare [[p{:05}|document A]] and [[p{:05}|document B]]. The document is to", others[0], others[1]),
    ))];
    links.extend(related);
    let goals = (6..TARGETS).map(|t| Sentence { words: targets[t].sentence(), cites: Cite::Target(t) }).collect();
    let mut words = words;
    let code = format!(
        "{{\n  \"id\": \"{id}\",\n  \"city\": \"{}\",\n  \"topics\": [{}],\n  \"targets\": [{}]\n}}",
        city.id,
        topics.map(|t| format!("\"{}\"", TOPICS[t].0)).join(", "),
        targets[..6].iter().map(|t| format!("\"{}\"", t.metric.id)).collect::<Vec<_>>().join(", ")
    );
    vec![
        Block::Heading("about", ("要点", "Key points")),
        Block::Paragraph(about),
        Block::List(list),
        Block::Heading("measures", ("主要举措", "Main measures")),
        Block::Paragraph(measures),
        Block::Paragraph(further),
        Block::Heading("goals", ("量化目标", "Quantitative targets")),
        Block::Table(0..6),
        Block::Paragraph(goals),
        Block::Heading("related", ("关联文件", "Related documents")),
        Block::Paragraph(links),
        Block::Heading("data", ("数据", "Data")),
        Block::Code(code),
        Block::Heading("assessment", ("评析", "Assessment")),
        Block::Paragraph(judged),
        Block::Quotation(words.remove(0)),
    ]
}

impl Target {
    /// The figure in both languages: `120家以上`, `at least 120 companies`.
    fn figure(&self) -> Both {
        let (zh, en) = match self.metric.unit {
            (MONEY, _) => (format!("{}{MONEY}", self.value), format!("RMB {}", yuan(self.value))),
            (zh, en) => (format!("{}{zh}", self.value), format!("{} {en}", self.value)),
        };
        match self.bound {
            "at-least" => Both { zh: format!("{zh}以上"), en: format!("at least {en}") },
            "more-than" => Both { zh: format!("超过{zh}"), en: format!("more than {en}") },
            _ => Both { zh, en },
        }
    }

    /// The figure with its hedge, as in a table.
    fn table_figure(&self) -> Both {
        let Both { zh, en } = self.figure();
        if self.strive {
            Both { zh: format!("力争达到{zh}"), en: format!("strive for {en}") }
        } else {
            Both { zh, en }
        }
    }

    /// The commitment as a sentence of a digest.
    fn sentence(&self) -> Both {
        let (figure, (zh, en)) = (self.figure(), self.metric.words);
        let (reach_zh, reach_en) = match (self.strive, self.bound) {
            (true, _) => ("力争达到", "is one that the city strives to bring to"),
            (_, "more-than") => ("要", "is to be"),
            _ => ("要达到", "is to be"),
        };
        Both {
            zh: format!("到{}年，{zh}{reach_zh}{}。", self.year, figure.zh),
            en: format!("By {} the {en} {reach_en} {}.", self.year, figure.en),
        }
    }

    /// Our translation of the quote.
    fn translation(&self) -> String {
        let strive = if self.strive { "strive to bring" } else { "bring" };
        format!("By {}, {strive} the {} to {}", self.year, self.metric.words.1, self.figure().en)
    }
}

/// So many 亿 in English, a multiple of ten.
fn yuan(value: usize) -> String {
    format!("{} billion", value / 10)
}
