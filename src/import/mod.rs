//! A text becomes a policy's folder: record, source, proposed targets, skeletons of both digests.
//!
//! 1. [`decode`] reads the bytes; [`html`] and [`markdown`] make a page's text of them.
//! 2. The text is reflowed ([`crate::source`]); [`noise`] proposes what else the extraction has left in it.
//! 3. [`record`] reads what the text says of itself, [`commitments`] judges its figures.
//! 4. [`names`] finds the site's own places, agencies and topics in it, and names new ones.
//! 5. [`entry`], [`quote`] and [`write`] put it all into files; [`again`] compares a text that has been imported before.
//!
//! Functions from values to values: the command reads and writes the files. What the rules do not recognise
//! is left out, never guessed; what they are not sure of says so.

pub mod again;
pub mod commitments;
mod dates;
pub mod decode;
mod entry;
mod html;
mod markdown;
mod names;
mod noise;
mod plain;
mod quote;
pub mod record;
mod write;

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::content::Content;
use crate::site::hex;
use crate::source::{Hints, NoiseHint, SourceText};
use commitments::Judged;
use decode::{Decoded, Format, Unreadable};
use names::Finder;
use noise::Noise;
use record::About;

/// What a seed was made from, where it was not plain text in UTF-8: media type and SHA-256.
pub type Original = Option<(String, String)>;

/// A text read, reflowed and understood.
#[derive(Debug)]
pub struct Text {
    /// The text that goes to `seeds/`, byte for byte.
    pub seed: Vec<u8>,
    /// What it was made from.
    pub original: Original,
    /// The reflowed source, proposed noise taken out.
    pub source: SourceText,
    /// Noise that the record has to name.
    pub noise: Vec<Noise>,
    /// What it says of itself.
    pub about: About,
    /// Its figures, judged.
    pub judged: Judged,
}

/// Reads a text. `name` is the file's name, which only tells Markdown and HTML from plain text.
///
/// # Errors
/// Why the bytes cannot be read as text.
pub fn read(bytes: &[u8], name: &str) -> Result<Text, Unreadable> {
    let (seed, original) = seed(bytes, name)?;
    let raw = String::from_utf8_lossy(&seed).into_owned();
    let plain = SourceText::new(&raw, &Hints::default());
    let title = record::about(&plain).title;
    let noise = noise::propose(&raw, &plain, title.as_deref());
    let source = if noise.is_empty() {
        plain
    } else {
        let hints = noise.iter().map(|n| NoiseHint::Words(n.words.clone())).collect();
        SourceText::new(&raw, &Hints { noise: hints, ..Hints::default() })
    };
    let about = record::about(&source);
    let judged = commitments::judge(&source, &about.calendar(), about.period.as_ref().map(|p| &p.1));
    Ok(Text { seed, original, source, noise, about, judged })
}

/// The text of a file as `seeds/` keeps it, and what it was made from.
///
/// # Errors
/// Why the bytes cannot be read as text.
pub fn seed(bytes: &[u8], name: &str) -> Result<(Vec<u8>, Original), Unreadable> {
    let decoded: Decoded = decode::decode(bytes, name)?;
    if decoded.is_text_itself() {
        return Ok((bytes.to_vec(), None));
    }
    let text = match decoded.format {
        Format::Plain => decoded.text.clone(),
        Format::Html => html::text(&decoded.text),
        Format::Markdown => markdown::text(&decoded.text),
    };
    if text.chars().all(crate::text::is_blank) {
        return Err(Unreadable::Empty);
    }
    Ok((text.into_bytes(), Some((decoded.media_type(), hex(&Sha256::digest(bytes))))))
}

/// What an import gives: files to be made, words to be added at the end of files, and what to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Import {
    /// New files by path from the site's root.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Words for the end of files that there may be already.
    pub additions: BTreeMap<String, String>,
    /// What was recognised, a line each.
    pub recognised: Vec<String>,
    /// What was not, and why.
    pub missing: Vec<String>,
    /// What a curator should look at first.
    pub doubts: Vec<String>,
}

/// Puts a text into a site as the policy `id`.
pub fn propose(text: &Text, id: &str, content: &Content) -> Import {
    let mut out = Import::default();
    let seed = format!("seeds/{id}.txt");
    let record = entry::record(text, content, &seed, &mut out);
    let folder = format!("content/policies/{id}/");
    let (targets, doubts) = write::targets(&text.source, &text.judged, &Finder::topics(content));
    out.doubts.extend(doubts);
    let skeleton = write::skeleton(&text.source);
    // Strings have control characters escaped; a comment must not have any.
    let plain = |mut text: String| {
        text.retain(|c| !c.is_control() || matches!(c, '\n' | '\t'));
        text.into_bytes()
    };
    out.files.insert(format!("{folder}policy.toml"), plain(record));
    out.files.insert(format!("{folder}targets.toml"), plain(targets));
    for lang in ["zh", "en"] {
        out.files.insert(format!("{folder}digest.{lang}.md"), skeleton.clone().into_bytes());
    }
    out.files.insert(seed, text.seed.clone());
    let judged = &text.judged;
    out.recognised.push(format!(
        "figures: {} proposed as targets, {} as facts, {} left out with the reason",
        judged.targets.len(),
        judged.facts.len(),
        judged.left_out.len()
    ));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Words of which texts that try the rules are made.
    const LETTERS: &str = "(到|2027年|达到|8000|亿元|家|以上|%|力争|新增|由|提高到|、|，|。|；|：|\n|\t| |（|）|一、|（一）|给予|最高|的|企业|指标|单位|2020年|5|≥97|\\[3\\]|〔2024〕|48号|责任单位|市科技局|十四五|期间|分别|和|2025年|目标|每年|零的突破|翻一番|“|”|《|》|方案|人民政府|- 3 -|x|\\u{1F600}){0,60}";

    proptest! {
        #[test]
        fn import_never_panics(raw in LETTERS) {
            if let Ok(text) = read(raw.as_bytes(), "a.txt") {
                write::targets(&text.source, &text.judged, &Finder::places(&empty()));
                write::skeleton(&text.source);
            }
        }

        #[test]
        fn import_never_panics_on_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), name in "a\\.(txt|html|md)") {
            let _ = read(&bytes, &name);
        }

        #[test]
        fn import_never_panics_on_any_text(raw in "\\PC{0,200}") {
            if let Ok(text) = read(raw.as_bytes(), "a.txt") {
                let import = propose(&text, "a", &empty());
                prop_assert!(import.files.len() >= 5);
            }
        }

        #[test]
        fn a_proposal_reads_back(raw in LETTERS) {
            let Ok(text) = read(raw.as_bytes(), "a.txt") else { return Ok(()) };
            let import = propose(&text, "a", &empty());
            for (path, bytes) in import.files.iter().filter(|(p, _)| p.ends_with(".toml")) {
                let file = String::from_utf8_lossy(bytes);
                prop_assert!(toml::from_str::<toml::Table>(&file).is_ok(), "{}: {}", path, file);
            }
        }
    }

    fn empty() -> Content {
        let tree = crate::read::Tree::from_files([(
            "site.toml".to_owned(),
            "title = { zh = \"站\", en = \"Site\" }\n".as_bytes().to_vec(),
        )]);
        crate::content::parse(&tree, true).0.expect("the settings are whole")
    }
}
