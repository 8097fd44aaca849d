//! Made-up policies as a site of duizhao.

use std::fmt::Write as _;

use sha2::{Digest as _, Sha256};

use super::words::{METRICS, MONEY, Metric, TERMS, TOPICS};
use super::{Block, Cite, City, Policy, Sentence, cities, policy};

/// The site's files: path and text, one at a time.
pub(crate) fn write(policies: usize, mut put: impl FnMut(String, String)) {
    let cities = cities(policies);
    shared(&cities, &mut put);
    for i in 0..policies {
        let policy = policy(i, policies, &cities);
        let folder = format!("content/policies/{}", policy.id);
        let source = source(&policy);
        put(format!("{folder}/policy.toml"), record(&policy, &cities, &source));
        put(format!("{folder}/targets.toml"), targets(&policy));
        put(format!("{folder}/digest.zh.md"), digest(&policy, "zh"));
        put(format!("{folder}/digest.en.md"), digest(&policy, "en"));
        put(format!("seeds/{}.txt", policy.id), source);
    }
}

/// What policies share.
fn shared(cities: &[City], put: &mut impl FnMut(String, String)) {
    let kinds = "[kinds.plan]\nname = { zh = \"方案\", en = \"Plan\" }\n";
    put(
        "site.toml".into(),
        format!(
            "title = {{ zh = \"政策摘要\", en = \"Policy digests\" }}\nbase_url = \"https://digest.example/\"\n{kinds}[checks]\ntask-uncited = \"off\"\nreview-missing = \"off\"\n"
        ),
    );
    let mut agencies = String::new();
    for City { id, name } in cities {
        let _ = writeln!(
            agencies,
            "[gov-{id}]\nplace = \"{id}\"\nname = {{ zh = \"{}人民政府\", en = \"Municipal Government of {}\" }}",
            name.zh, name.en
        );
        for (bureau, zh, en) in [
            ("science", "科技局", "Science Bureau"),
            ("industry", "经信局", "Industry Bureau"),
            ("health", "卫健委", "Health Commission"),
        ] {
            let _ = writeln!(
                agencies,
                "[{bureau}-{id}]\nplace = \"{id}\"\nname = {{ zh = \"{}{zh}\", en = \"{en} of {}\" }}\naliases = {{ zh = [\"市{zh}\"] }}",
                name.zh, name.en
            );
        }
        put(
            format!("content/places/{id}.toml"),
            format!("name = {{ zh = \"{}\", en = \"{}\" }}\nkind = \"city\"\n", name.zh, name.en),
        );
    }
    put("content/agencies.toml".into(), agencies);
    for (id, zh, en) in TOPICS {
        put(format!("content/topics/{id}.toml"), format!("name = {{ zh = \"{zh}\", en = \"{en}\" }}\n"));
    }
    let mut indicators = String::new();
    for metric in &METRICS {
        let Metric { id, words, .. } = metric;
        let _ = writeln!(
            indicators,
            "[{id}]\nname = {{ zh = \"{}\", en = \"{}\" }}\n{}",
            words.0,
            super::upper(words.1),
            unit(metric)
        );
    }
    put("content/indicators.toml".into(), indicators);
    let terms = TERMS.map(|(id, zh, en)| format!("[{id}]\nzh = \"{zh}\"\nen = \"{en}\"\n"));
    put("content/glossary.toml".into(), terms.concat());
}

fn unit(metric: &Metric) -> String {
    match metric.unit {
        (MONEY, _) => format!("unit = \"{MONEY}\""),
        (zh, en) => format!("unit = {{ zh = \"{zh}\", en = \"{en}\" }}"),
    }
}

/// The source text as it would come: a title, headings, paragraphs.
fn source(policy: &Policy) -> String {
    let mut out = format!("{}\n", policy.title.zh);
    for block in &policy.source {
        let _ = write!(out, "\n{}\n", block.trim_start_matches('#'));
    }
    out
}

fn record(policy: &Policy, cities: &[City], source: &str) -> String {
    let city = &cities[policy.city].id;
    let hash: String = Sha256::digest(source.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    let topics = policy.topics.map(|t| format!("\"{}\"", TOPICS[t].0)).join(", ");
    format!(
        "title  = {{ zh = \"{}\", en = \"{}\" }}\nissuer = \"gov-{city}\"\nplace  = \"{city}\"\nkind   = \"plan\"\nnumber = \"{}\"\n\
         issued = {}\ntopics = [{topics}]\n\n[source]\nfile   = \"seeds/{}.txt\"\nsha256 = \"{hash}\"\n",
        policy.title.zh, policy.title.en, policy.number, policy.date, policy.id
    )
}

fn targets(policy: &Policy) -> String {
    let mut out = String::new();
    for (t, target) in policy.targets.iter().enumerate() {
        let metric = target.metric;
        let _ = writeln!(
            out,
            "[[target]]\nid = \"t{t}\"\nindicator = \"{}\"\nmeasure = {{ zh = \"{}\", en = \"{}\" }}\nbound = \"{}\"\nvalue = \"{}\"\n{}\n\
             commitment = \"{}\"\ndue = {}\nquote = '{}'\nquote_en = \"{}\"\ntopics = [\"{}\"]\n",
            metric.id,
            metric.words.0,
            super::upper(metric.words.1),
            target.bound,
            target.value,
            unit(metric),
            if target.strive { "strive" } else { "firm" },
            target.year,
            target.quote,
            target.translation(),
            TOPICS[policy.topics[t % 3]].0,
        );
    }
    out
}

fn digest(policy: &Policy, lang: &str) -> String {
    let mut out = String::new();
    let mut notes = String::new();
    let mut count = 0;
    let mut said = |sentence: &Sentence| {
        let words = sentence.words.get(lang);
        match &sentence.cites {
            Cite::Target(t) => format!("{words}[^t{t}]"),
            Cite::Quote(quote, _) => {
                count += 1;
                let _ = writeln!(notes, "\n[^s{count}]: {}", quote.zh);
                if lang == "en" {
                    let _ = writeln!(notes, "    {}", quote.en);
                }
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
                let mut table = format!("{head}\n|---|---|---:|");
                for t in range.clone() {
                    let target = &policy.targets[t];
                    let (measure, figure) = (target.metric.words, target.table_figure());
                    let measure = if lang == "zh" { measure.0.to_owned() } else { super::upper(measure.1) };
                    let _ = write!(table, "\n| {measure} | {}[^t{t}] | {} |", figure.get(lang), target.year);
                }
                table
            }
        };
        let _ = writeln!(out, "{text}\n");
    }
    out.push_str(notes.trim_start());
    out
}
