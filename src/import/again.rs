//! A text that has been imported before: what has changed in the source, and what of the curated work that touches.
//!
//! Takes the source as it is and as it comes; gives lines to read. Nothing is written: the seed, its hash and
//! the old addresses are changed by a curator who has seen what they touch.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::Text;
use super::commitments::Proposal;
use crate::content::PolicyContent;
use crate::content::fields::{Lang, Noise, Quote};
use crate::source::normal::normalise;
use crate::source::quote::{Found, NotFound, Wanted};
use crate::source::{Anchor, Hints, Kind, NoiseHint, SourceText};

/// What comparing gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// Whether anything has changed.
    pub changed: bool,
    /// What to tell, a line each.
    pub lines: Vec<String>,
}

/// Compares the source of a policy with a text that comes anew.
pub fn compare(policy: &PolicyContent, old_seed: &str, new: &Text) -> Compared {
    let mut out = Compared::default();
    let new_seed = String::from_utf8_lossy(&new.seed);
    if old_seed == new_seed {
        out.lines.push("the text is the same, byte for byte: nothing to do".to_owned());
        return out;
    }
    out.changed = true;
    let hints = hints(policy);
    let before = SourceText::new(old_seed, &hints);
    // Headings go by addresses of the old text: they cannot be asked of the new one.
    let after = SourceText::new(&new_seed, &Hints { noise: hints.noise.clone(), ..Hints::default() });
    let pairs = pairs(&before, &after);
    blocks(&before, &after, &pairs, &mut out.lines);
    uses(policy, &before, &after, &pairs, &mut out.lines);
    addresses(policy, &before, &after, &pairs, &mut out.lines);
    reviews(policy, &mut out.lines);
    figures(&before, &after, &pairs, new, &mut out.lines);
    out
}

fn hints(policy: &PolicyContent) -> Hints {
    let record = &policy.record.source;
    let noise = record
        .noise
        .iter()
        .map(|n| match n.get_ref() {
            Noise::Words(words) => NoiseHint::Words(words.clone()),
            Noise::Span { from, to } => NoiseHint::Span { from: from.clone(), to: to.clone() },
        })
        .collect();
    let headings =
        record.headings.iter().filter_map(|(anchor, level)| Some((anchor.parse().ok()?, *level.get_ref()))).collect();
    Hints { noise, headings }
}

/// For each block of the old text the block of the new one that has the same words, in order: blocks whose words
/// stand once in both and rise together, and what agrees between two of these from either side.
fn pairs(before: &SourceText, after: &SourceText) -> BTreeMap<usize, usize> {
    let keys = |source: &SourceText| -> Vec<String> {
        source.blocks.iter().map(|b| if b.is_text() { normalise(&b.text) } else { String::new() }).collect()
    };
    let (old, new) = (keys(before), keys(after));
    let once = |keys: &[String]| -> BTreeMap<String, usize> {
        let mut seen: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for (i, key) in keys.iter().enumerate().filter(|(_, k)| !k.is_empty()) {
            let entry = seen.entry(key).or_insert((0, i));
            entry.0 += 1;
        }
        seen.into_iter().filter(|(_, (n, _))| *n == 1).map(|(k, (_, i))| (k.to_owned(), i)).collect()
    };
    let new_once = once(&new);
    let mut common: Vec<(usize, usize)> =
        once(&old).into_iter().filter_map(|(key, i)| Some((i, *new_once.get(&key)?))).collect();
    common.sort_unstable();
    let rising = rising(&common);
    let mut out: BTreeMap<usize, usize> = rising.iter().copied().collect();
    let mut edges = vec![(usize::MAX, usize::MAX)];
    edges.extend(rising);
    edges.push((old.len(), new.len()));
    for pair in edges.windows(2) {
        let next = |i: usize| i.wrapping_add(1);
        let (mut i, mut j) = (next(pair[0].0), next(pair[0].1));
        let (mut k, mut l) = pair[1];
        while i < k && j < l && old[i] == new[j] {
            out.insert(i, j);
            (i, j) = (i + 1, j + 1);
        }
        while k > i && l > j && old[k - 1] == new[l - 1] {
            (k, l) = (k - 1, l - 1);
            out.insert(k, l);
        }
    }
    out
}

/// The longest run of pairs, sorted by their first, whose second rises.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = Vec::new();
    let mut from: Vec<Option<usize>> = vec![None; pairs.len()];
    for (i, (_, value)) in pairs.iter().enumerate() {
        let at = ends.partition_point(|&e| pairs[e].1 < *value);
        from[i] = at.checked_sub(1).map(|b| ends[b]);
        if at == ends.len() {
            ends.push(i);
        } else {
            ends[at] = i;
        }
    }
    let mut out = Vec::new();
    let mut at = ends.last().copied();
    while let Some(i) = at {
        out.push(pairs[i]);
        at = from[i];
    }
    out.reverse();
    out
}

/// What became of the blocks.
fn blocks(before: &SourceText, after: &SourceText, pairs: &BTreeMap<usize, usize>, lines: &mut Vec<String>) {
    let taken: BTreeMap<usize, usize> = pairs.iter().map(|(o, n)| (*n, *o)).collect();
    let text = |source: &SourceText, i: usize| source.blocks[i].is_text();
    let gone: Vec<usize> = (0..before.blocks.len()).filter(|i| text(before, *i) && !pairs.contains_key(i)).collect();
    let come: Vec<usize> = (0..after.blocks.len()).filter(|i| text(after, *i) && !taken.contains_key(i)).collect();
    // Between the same two neighbours a block gone and a block come are one that has changed.
    let place_old = |i: usize| pairs.range(..i).next_back().map(|(o, _)| *o);
    let place_new = |j: usize| taken.range(..j).next_back().map(|(_, o)| *o);
    let mut news: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    for j in come {
        news.entry(place_new(j)).or_default().push(j);
    }
    for list in news.values_mut() {
        list.reverse();
    }
    let same = pairs.len();
    lines.push(format!("blocks: {same} the same, {} of the old text changed or gone", gone.len()));
    for i in gone {
        let old = &before.blocks[i];
        match news.get_mut(&place_old(i)).and_then(Vec::pop) {
            Some(j) => {
                let new = &after.blocks[j];
                let (was, is) = difference(&old.text, &new.text);
                lines.push(format!("changed {} (now {}): «{was}» is now «{is}»", old.anchor, new.anchor));
            }
            None => lines.push(format!("gone    {}: {}", old.anchor, shortened(&old.text))),
        }
    }
    for j in news.into_values().flatten() {
        lines.push(format!("new     {}: {}", after.blocks[j].anchor, shortened(&after.blocks[j].text)));
    }
}

/// Where two texts differ, with a few characters before.
fn difference(old: &str, new: &str) -> (String, String) {
    const BEFORE: usize = 8;
    const MOST: usize = 40;
    let (a, b): (Vec<char>, Vec<char>) = (old.chars().collect(), new.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[start..].iter().rev().zip(b[start..].iter().rev()).take_while(|(x, y)| x == y).count();
    let cut = |chars: &[char]| -> String {
        let from = start.saturating_sub(BEFORE);
        let to = (chars.len() - tail + BEFORE / 2).min(chars.len());
        let words: String = chars[from..to.max(from)].iter().take(MOST).collect();
        if to - from > MOST { format!("{words}…") } else { words }
    };
    (cut(&a), cut(&b))
}

fn shortened(text: &str) -> String {
    const MOST: usize = 40;
    let words: String = text.chars().take(MOST).collect();
    if text.chars().count() > MOST { format!("{words}…") } else { words }
}

fn find(source: &SourceText, quote: &Quote, with_anchor: bool) -> Option<Found> {
    let anchor = quote.anchor.as_deref().filter(|_| with_anchor).and_then(|a| a.parse().ok());
    let wanted = Wanted { text: &quote.text, anchor, prefix: quote.prefix.as_deref(), suffix: quote.suffix.as_deref() };
    source.find(&wanted).ok()
}

/// Which of the policy's digests cite one of its targets or facts, as words to follow its name.
fn cited_by(policy: &PolicyContent, id: &str) -> String {
    let files: Vec<String> = Lang::BOTH
        .into_iter()
        .filter(|l| policy.digests[l.index()].iter().any(|d| d.citations.iter().any(|c| c.label == id)))
        .map(|l| format!("digest.{}.md", l.code()))
        .collect();
    if files.is_empty() { String::new() } else { format!(", cited by {}", files.join(" and ")) }
}

/// Every quote of the policy's own files that the change touches.
fn uses(
    policy: &PolicyContent,
    before: &SourceText,
    after: &SourceText,
    pairs: &BTreeMap<usize, usize>,
    lines: &mut Vec<String>,
) {
    let mut all: Vec<(String, &Quote)> = Vec::new();
    let data = &policy.targets;
    for (kind, list) in [("target", &data.targets), ("fact", &data.facts)] {
        for entry in list {
            let entry = entry.get_ref();
            let id = entry.id.get_ref();
            let cited = cited_by(policy, id);
            all.push((format!("{kind} {id}{cited}"), entry.quote.get_ref()));
            if let Some(from) = &entry.due_from {
                all.push((format!("the year of {kind} {id}"), from.get_ref()));
            }
            if let Some(quote) = entry.baseline.as_ref().and_then(|b| b.quote.as_ref()) {
                all.push((format!("the baseline of {kind} {id}"), quote.get_ref()));
            }
        }
    }
    for waiver in &data.waivers {
        all.push((format!("the waiver of {}", waiver.get_ref().figure), waiver.get_ref().quote.get_ref()));
    }
    for lang in Lang::BOTH {
        if let Some(digest) = &policy.digests[lang.index()] {
            for note in digest.footnotes.iter().filter(|n| n.policy.is_none()) {
                all.push((format!("citation {} of digest.{}.md", note.label, lang.code()), &note.quote));
            }
        }
    }
    let mut sound = 0;
    for (what, quote) in all {
        let was = find(before, quote, true);
        match (was, find(after, quote, false)) {
            (_, Some(_)) => sound += 1,
            // Its block has the same words, wherever it stands now.
            (Some(was), None) if pairs.contains_key(&was.block) => sound += 1,
            (Some(was), None) => {
                let again = after.find(&Wanted { text: &quote.text, ..Wanted::default() });
                let why = match again {
                    Err(NotFound::Ambiguous(places)) => {
                        let places: Vec<String> = places.iter().map(Anchor::to_string).collect();
                        format!("its words stand at {}: say which", places.join(", "))
                    }
                    _ => "its words are no longer in the text".to_owned(),
                };
                lines.push(format!("touched {what} (at {}): {why}", before.blocks[was.block].anchor));
            }
            (None, None) => lines.push(format!("touched {what}: its words are in neither text")),
        }
    }
    lines.push(format!("quotes: {sound} still stand in the new text"));
}

/// Addresses that the record, the targets and the digests use and that are another block's now.
fn addresses(
    policy: &PolicyContent,
    before: &SourceText,
    after: &SourceText,
    pairs: &BTreeMap<usize, usize>,
    lines: &mut Vec<String>,
) {
    let mut used: Vec<&str> = policy.record.source.headings.keys().map(String::as_str).collect();
    let data = &policy.targets;
    let quotes = data
        .targets
        .iter()
        .chain(&data.facts)
        .map(|t| t.get_ref())
        .flat_map(|t| [Some(t.quote.get_ref()), t.due_from.as_ref().map(|d| d.get_ref())].into_iter().flatten());
    used.extend(quotes.filter_map(|q| q.anchor.as_deref()));
    for digest in policy.digests.iter().flatten() {
        used.extend(digest.footnotes.iter().filter_map(|n| n.quote.anchor.as_deref()));
    }
    used.sort_unstable();
    used.dedup();
    let mut moved = String::new();
    for anchor in used {
        let Some(block) = anchor.parse().ok().and_then(|a| before.block_at(a)) else { continue };
        match pairs.get(&block) {
            Some(new) if after.blocks[*new].anchor == before.blocks[block].anchor => {}
            Some(new) => {
                let _ = write!(
                    moved,
                    "{}{anchor} = \"{}\"",
                    if moved.is_empty() { "" } else { ", " },
                    after.blocks[*new].anchor
                );
            }
            None => lines.push(format!("touched address {anchor}: its block has changed")),
        }
    }
    if !moved.is_empty() {
        lines.push(format!("moved   = {{ {moved} }} belongs in [source] of the record"));
    }
}

/// Reviews that were signed against the old text.
fn reviews(policy: &PolicyContent, lines: &mut Vec<String>) {
    let reviews = &policy.record.review;
    for (lang, review) in [("zh", &reviews.zh), ("en", &reviews.en)] {
        if let Some(review) = review {
            lines.push(format!("touched review.{lang} of {}: it signed the old text", review.date.0));
        }
    }
}

/// Figures of blocks that are new or have changed, as import would propose them; not those whose words stood in
/// the old text as they do now.
fn figures(
    before: &SourceText,
    after: &SourceText,
    pairs: &BTreeMap<usize, usize>,
    new: &Text,
    lines: &mut Vec<String>,
) {
    let same: BTreeSet<String> = pairs.values().map(|j| normalise(&after.blocks[*j].text)).collect();
    let words = |p: &Proposal| {
        let block = &new.source.blocks[p.figure.block];
        let words = &block.text[p.quote.range.clone()];
        // Found twice is found: the words are not new.
        let stood = |words: &str| {
            let found = before.find(&Wanted { text: words, ..Wanted::default() });
            matches!(found, Ok(_) | Err(NotFound::Ambiguous(_)))
        };
        (block.kind != Kind::Noise && !same.contains(&normalise(&block.text)) && !stood(words))
            .then(|| format!("{} {words}", block.anchor))
    };
    for (kind, list) in [("target", &new.judged.targets), ("fact", &new.judged.facts)] {
        for line in list.iter().filter_map(words) {
            lines.push(format!("{kind} to propose in what has changed: {line}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(raw: &str) -> SourceText {
        SourceText::new(raw, &Hints::default())
    }

    #[test]
    fn pairs_of_blocks() {
        let old = source("甲方案\n一、目标\n达到三家。\n相同。\n二、任务\n相同。\n末段在此。\n");
        let new = source("甲方案\n新的一段在此。\n一、目标\n达到五家。\n相同。\n二、任务\n相同。\n末段在此。\n");
        let found = pairs(&old, &new);
        assert_eq!(found.get(&0), Some(&0));
        assert_eq!(found.get(&1), Some(&2));
        assert_eq!(found.get(&2), None);
        assert_eq!(found.get(&3), Some(&4));
        assert_eq!(found.get(&5), Some(&6));
        let mut lines = Vec::new();
        blocks(&old, &new, &found, &mut lines);
        assert!(lines.iter().any(|l| l.starts_with("changed L3 (now L4)")), "{lines:?}");
        assert!(lines.iter().any(|l| l.starts_with("new     L2")), "{lines:?}");
    }

    #[test]
    fn longest_rising_run() {
        assert_eq!(rising(&[(0, 3), (1, 1), (2, 2), (3, 0), (4, 4)]), [(1, 1), (2, 2), (4, 4)]);
        assert!(rising(&[]).is_empty());
    }
}
