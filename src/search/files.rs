//! A set of pages as files: `meta.json`, shards of postings, chunks of texts, the pages' beginnings.
//!
//! Postings are numbers of segments, each written as the difference to the one before it in base 36, so
//! that a host that compresses nothing still sends little. A shard is text: a line for each token, the
//! token, a tab, its postings. Lines that begin with `=` are translations of a term, with `|` between
//! them; with `@p:` and `@t:` the pages of a place and of a topic.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use rayon::prelude::*;
use serde_json::{Value, json};

use super::Page;
use super::tokens::{Token, each};
use crate::render::Output;
use crate::site::Site;

/// Bytes of a shard and of a chunk of texts, about.
const SHARD: usize = 8 * 1024;
const CHUNK: usize = 8 * 1024;

/// All files of a set.
pub(super) fn set(site: &Site, name: &str, pages: &[Page], translations: Vec<(String, Vec<String>)>) -> Vec<Output> {
    let mut starts: Vec<usize> = Vec::with_capacity(pages.len());
    let mut segments = 0;
    for page in pages {
        starts.push(segments);
        segments += page.segments.len();
    }
    let mut lines = postings(pages, &starts);
    lines.extend(filters(site, pages));
    // What parts lines and words in a shard is no part of a word.
    let word = |to: &String| to.replace(|c: char| c == '|' || c.is_control() || crate::text::is_hidden(c), " ");
    lines.extend(
        translations
            .into_iter()
            .map(|(from, to)| (format!("={}", word(&from)), to.iter().map(word).collect::<Vec<_>>().join("|"))),
    );
    let total: usize = lines.iter().map(|(token, list)| token.len() + list.len() + 2).sum();
    let shards = total.div_ceil(SHARD).max(1);
    let mut texts: Vec<String> = vec![String::new(); shards];
    for (token, list) in &lines {
        let shard = hash(token) as usize % shards;
        let _ = writeln!(texts[shard], "{token}\t{list}");
    }
    let mut out: Vec<Output> = texts
        .into_iter()
        .enumerate()
        .map(|(n, text)| Output { path: format!("search/{name}/s{n}.txt"), bytes: text.into_bytes() })
        .collect();
    let chunks = chunks(pages, &starts);
    let firsts: Vec<usize> = chunks.iter().map(|(first, _)| *first).collect();
    out.extend(chunks.into_iter().enumerate().map(|(n, (_, value))| Output {
        path: format!("search/{name}/t{n}.json"),
        bytes: value.to_string().into_bytes(),
    }));
    let mut kinds: BTreeMap<&str, [usize; 2]> = BTreeMap::new();
    for (page, start) in pages.iter().zip(&starts) {
        let end = start + page.segments.len();
        kinds.entry(page.kind.name()).or_insert([*start, end])[1] = end;
    }
    out.push(Output { path: format!("search/{name}/pages.txt"), bytes: deltas(starts.iter().copied()).into_bytes() });
    let meta = json!({ "shards": shards, "segments": segments, "chunks": deltas(firsts.into_iter()), "kinds": kinds });
    out.push(Output { path: format!("search/{name}/meta.json"), bytes: format!("{meta}\n").into_bytes() });
    out
}

/// Each token with its postings.
fn postings(pages: &[Page], starts: &[usize]) -> Vec<(String, String)> {
    let found: Vec<(Vec<(u64, u32)>, Vec<(String, u32)>)> = pages
        .par_iter()
        .zip(starts)
        .map(|(page, start)| {
            let (mut pairs, mut words) = (Vec::new(), Vec::new());
            for (n, segment) in page.segments.iter().enumerate() {
                let at = u32::try_from(start + n).unwrap_or(u32::MAX);
                each(&segment.text, &mut |token| match token {
                    Token::Pair(a, b) => pairs.push((u64::from(u32::from(a)) << 32 | u64::from(u32::from(b)), at)),
                    Token::Word(word) => words.push((word, at)),
                });
            }
            pairs.sort_unstable();
            pairs.dedup();
            words.sort_unstable();
            words.dedup();
            (pairs, words)
        })
        .collect();
    let mut pairs: Vec<(u64, u32)> = Vec::with_capacity(found.iter().map(|(p, _)| p.len()).sum());
    let mut words: Vec<(String, u32)> = Vec::with_capacity(found.iter().map(|(_, w)| w.len()).sum());
    for (p, w) in found {
        pairs.extend(p);
        words.extend(w);
    }
    pairs.par_sort_unstable();
    words.par_sort_unstable();
    let mut out: Vec<(String, String)> = pairs
        .chunk_by(|a, b| a.0 == b.0)
        .map(|group| {
            let char_at = |n: u64| u32::try_from(n & 0xFFFF_FFFF).ok().and_then(char::from_u32);
            let token: String = [char_at(group[0].0 >> 32), char_at(group[0].0)].into_iter().flatten().collect();
            (token, deltas(group.iter().map(|(_, at)| *at as usize)))
        })
        .collect();
    out.extend(
        words
            .chunk_by(|a, b| a.0 == b.0)
            .map(|group| (group[0].0.clone(), deltas(group.iter().map(|(_, at)| *at as usize)))),
    );
    out
}

/// Pages by place and by topic.
fn filters(site: &Site, pages: &[Page]) -> Vec<(String, String)> {
    let mut places: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut topics: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (n, page) in pages.iter().enumerate() {
        if let Some(place) = page.place {
            places.entry(place).or_default().push(n);
        }
        let mut own = page.topics.clone();
        own.sort_unstable();
        own.dedup();
        for topic in own {
            topics.entry(topic).or_default().push(n);
        }
    }
    let places = places.into_iter().map(|(p, list)| (format!("@p:{}", site.places[p].id), deltas(list.into_iter())));
    let topics = topics.into_iter().map(|(t, list)| (format!("@t:{}", site.topics[t].id), deltas(list.into_iter())));
    places.chain(topics).collect()
}

/// The texts of segments, with the pages that they are of: the first segment's number, and the chunk.
///
/// A chunk is a list of pages, or parts of pages: address, title, kind, segments as anchor and text.
fn chunks(pages: &[Page], starts: &[usize]) -> Vec<(usize, Value)> {
    let mut out: Vec<(usize, Value)> = Vec::new();
    let mut current: Vec<Value> = Vec::new();
    let (mut first, mut size) = (0, 0);
    for (page, start) in pages.iter().zip(starts) {
        let mut segments: Vec<Value> = Vec::new();
        let part = |segments: Vec<Value>| json!([page.url, page.title, page.kind.name(), segments]);
        for (n, segment) in page.segments.iter().enumerate() {
            if size >= CHUNK {
                if !segments.is_empty() {
                    current.push(part(std::mem::take(&mut segments)));
                }
                out.push((first, Value::from(std::mem::take(&mut current))));
                (first, size) = (start + n, 0);
            }
            size += segment.text.len() + segment.anchor.len() + 8;
            segments.push(json!([segment.anchor, segment.text]));
        }
        if !segments.is_empty() {
            size += page.url.len() + page.title.len();
            current.push(part(segments));
        }
    }
    if !current.is_empty() {
        out.push((first, Value::from(current)));
    }
    out
}

/// Numbers that grow, each as the difference to the one before it, in base 36.
fn deltas(numbers: impl Iterator<Item = usize>) -> String {
    let mut out = String::new();
    let mut last = 0;
    for (i, n) in numbers.enumerate() {
        if i > 0 {
            out.push(' ');
        }
        base36(&mut out, n - last);
        last = n;
    }
    out
}

fn base36(out: &mut String, mut n: usize) {
    let mut digits = Vec::new();
    loop {
        // A remainder of 36 is one digit.
        digits.push(u32::try_from(n % 36).ok().and_then(|d| char::from_digit(d, 36)).unwrap_or('0'));
        n /= 36;
        if n == 0 {
            break;
        }
    }
    out.extend(digits.iter().rev());
}

/// FNV-1a of a token's UTF-8 bytes, as the script reckons it.
fn hash(token: &str) -> u32 {
    token.bytes().fold(0x811C_9DC5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_hashes() {
        assert_eq!(deltas([0, 1, 36, 1332].into_iter()), "0 1 z 100");
        assert_eq!(hash("a"), 0xE40C_292C);
        assert_eq!(hash(""), 0x811C_9DC5);
    }
}
