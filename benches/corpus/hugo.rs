//! The same policies as a site of Hugo, whose layouts lie in `benches/hugo`: the same pages as far as Hugo
//! has them, the same text, citations, links, tables and code.

use std::fmt::Write as _;

use super::words::TOPICS;
use super::{Block, Cite, City, Policy, Sentence, cities, policy};

/// The site's content: path and text, one at a time.
pub(crate) fn write(policies: usize, mut put: impl FnMut(String, String)) {
    let cities = cities(policies);
    for (lang, end) in [("zh", ""), ("en", ".en")] {
        let pick = |zh: &str, en: &str| if lang == "zh" { zh.to_owned() } else { en.to_owned() };
        let mut list = |folder: &str, title: String| {
            put(format!("content/{folder}/_index{end}.md"), format!("+++\ntitle = {title:?}\n+++\n"))
        };
        list("policies", pick("文件", "Policies"));
        list("cities", pick("城市", "Cities"));
        list("topics", pick("主题", "Topics"));
        for City { id, name } in &cities {
            list(&format!("cities/{id}"), name.get(lang).to_owned());
        }
        for (id, zh, en) in TOPICS {
            list(&format!("topics/{id}"), pick(zh, en));
        }
        let title = pick("目标时间线", "Target timeline");
        put(format!("content/timeline{end}.md"), format!("+++\ntitle = {title:?}\nlayout = \"timeline\"\n+++\n"));
    }
    put("content/sources/_index.md".into(), "+++\ntitle = \"原文\"\n+++\n".into());
    for i in 0..policies {
        let policy = policy(i, policies, &cities);
        for (lang, end) in [("zh", ""), ("en", ".en")] {
            let text = front_matter(&policy, &cities, lang) + &digest(&policy, lang);
            put(format!("content/policies/{}{end}.md", policy.id), text);
        }
        put(format!("content/sources/{}.md", policy.id), source(&policy));
    }
}

fn front_matter(policy: &Policy, cities: &[City], lang: &str) -> String {
    let city = &cities[policy.city];
    let issuer = match lang {
        "zh" => format!("{}人民政府", city.name.zh),
        _ => format!("Municipal Government of {}", city.name.en),
    };
    let topics = policy.topics.map(|t| format!("{:?}", TOPICS[t].0)).join(", ");
    let mut out = format!(
        "+++\ntitle = {:?}\ndate = {}\ncities = [{:?}]\ntopics = [{topics}]\n[params]\npid = {:?}\nsource = \"/sources/{}\"\nissuer = {issuer:?}\ndoc_no = {:?}\n",
        policy.title.get(lang),
        policy.date,
        city.id,
        policy.id,
        policy.id,
        policy.number
    );
    for target in &policy.targets {
        let words = if lang == "zh" { target.metric.words.0 } else { target.metric.words.1 };
        let _ = writeln!(
            out,
            "[[params.targets]]\nmetric = {words:?}\nfigure = {:?}\nyear = {}\nquote = {:?}\npara = \"p{}\"",
            target.table_figure().get(lang),
            target.year,
            target.quote,
            target.block
        );
    }
    out + "+++\n\n"
}

/// A source text as Markdown, each block with an anchor.
fn source(policy: &Policy) -> String {
    let mut out = format!(
        "+++\ntitle = {:?}\n[params]\ndoc_no = {:?}\ndigest = \"/policies/{}\"\n+++\n",
        policy.title.zh, policy.number, policy.id
    );
    for (k, block) in policy.source.iter().enumerate() {
        let k = k + 1;
        let words = block.trim_start_matches('#');
        let _ = match block.len() - words.len() {
            0 => write!(out, "\n<a id=\"p{k}\"></a>{words}\n"),
            level => write!(out, "\n{} {words} {{#p{k}}}\n", "#".repeat(level + 1)),
        };
    }
    out
}

fn digest(policy: &Policy, lang: &str) -> String {
    let mut out = String::new();
    let mut notes = String::new();
    let mut count = 0;
    let note = |notes: &mut String, name: &str, quote: &str, translation: &str, block: usize| {
        let _ = writeln!(notes, "\n[^{name}]: {quote} [¶](/sources/{}#p{block})", policy.id);
        if lang == "en" {
            let _ = writeln!(notes, "    {translation}");
        }
    };
    let mut said = |sentence: &Sentence| {
        let words = relink(sentence.words.get(lang));
        match &sentence.cites {
            Cite::Target(t) => {
                let target = &policy.targets[*t];
                note(&mut notes, &format!("t{t}"), &target.quote, &target.translation(), target.block);
                format!("{words}[^t{t}]")
            }
            Cite::Quote(quote, block) => {
                count += 1;
                note(&mut notes, &format!("s{count}"), &quote.zh, &quote.en, *block);
                format!("{words}[^s{count}]")
            }
        }
    };
    let gap = if lang == "zh" { "" } else { " " };
    for block in &policy.digest {
        let text = match block {
            Block::Heading(id, (zh, en)) => format!("## {} {{#{id}}}", if lang == "zh" { zh } else { en }),
            Block::Paragraph(sentences) => sentences.iter().map(&mut said).collect::<Vec<_>>().join(gap),
            Block::List(items) => items.iter().map(|s| format!("- {}", said(s))).collect::<Vec<_>>().join("\n"),
            Block::Quotation(sentence) => format!("> {}", said(sentence)),
            Block::Code(code) => format!("```json\n{code}\n```"),
            Block::Table(range) => {
                let head = if lang == "zh" { "| 指标 | 目标 | 年份 |" } else { "| Measure | Target | Year |" };
                let rows = range.clone().map(|t| {
                    let target = &policy.targets[t];
                    let words = if lang == "zh" { target.metric.words.0 } else { target.metric.words.1 };
                    let figure = Sentence { words: target.table_figure(), cites: Cite::Target(t) };
                    format!("\n| {words} | {} | {} |", said(&figure), target.year)
                });
                format!("{head}\n|---|---|---:|{}", rows.collect::<String>())
            }
        };
        let _ = writeln!(out, "{text}\n");
    }
    out.push_str(notes.trim_start());
    out
}

/// `[[id|words]]` as a link.
fn relink(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[[") {
        let (link, after) = link.split_once("]]").expect("links are closed");
        let (id, words) = link.split_once('|').expect("links have words");
        let numbered =
            |letter: char| id.strip_prefix(letter).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let folder = if numbered('p') {
            "policies"
        } else if numbered('c') {
            "cities"
        } else {
            "topics"
        };
        let _ = write!(out, "{before}[{words}](/{folder}/{id})");
        rest = after;
    }
    out + rest
}
