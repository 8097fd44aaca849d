//! Names in running text: of places, topics and terms, all of them found in one pass.
//!
//! Takes texts; gives where each entity is named. One Aho–Corasick automaton a language holds the
//! names, the aliases and the longer words that are not meant (`except`), in the comparison form of
//! quotes, so that a half-width bracket or a blank of an extraction hides nothing.

use std::collections::BTreeMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::content::entities::Term;
use crate::content::fields::{Lang, Names as Words};
use crate::site::{Entity, LinkedPlace, LinkedTopic, Named};
use crate::source::normal::{fold, normalise};

/// All names of one language.
#[derive(Clone, Debug, Default)]
pub struct Names {
    automaton: Option<AhoCorasick>,
    patterns: Vec<String>,
    /// For each pattern: whose name it is, and for whom it is a longer word that is not meant.
    owners: Vec<Vec<(Entity, Sense)>>,
}

impl PartialEq for Names {
    fn eq(&self, other: &Self) -> bool {
        // The automaton is made of the patterns.
        (&self.patterns, &self.owners) == (&other.patterns, &other.owners)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sense {
    Name,
    Except,
}

/// An entity named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What is named.
    pub entity: Entity,
    /// Bytes of the text.
    pub range: Range<usize>,
}

impl Names {
    /// Collects the names of a language.
    pub fn new(places: &[LinkedPlace], topics: &[LinkedTopic], terms: &[Named<Term>], lang: Lang) -> Self {
        let of = |words: &Words| match lang {
            Lang::Zh => words.zh.clone(),
            Lang::En => words.en.clone(),
        };
        let mut patterns: BTreeMap<String, Vec<(Entity, Sense)>> = BTreeMap::new();
        let mut add = |word: &str, entity: Entity, sense: Sense| {
            let word = normalise(word);
            if !word.is_empty() {
                let owners = patterns.entry(word).or_default();
                if !owners.contains(&(entity, sense)) {
                    owners.push((entity, sense));
                }
            }
        };
        for (i, place) in places.iter().enumerate() {
            add(place.place.name.get(lang), Entity::Place(i), Sense::Name);
            of(&place.place.aliases).iter().for_each(|w| add(w, Entity::Place(i), Sense::Name));
            of(&place.place.except).iter().for_each(|w| add(w, Entity::Place(i), Sense::Except));
        }
        for (i, topic) in topics.iter().enumerate() {
            add(topic.topic.name.get(lang), Entity::Topic(i), Sense::Name);
            of(&topic.topic.aliases).iter().for_each(|w| add(w, Entity::Topic(i), Sense::Name));
            of(&topic.topic.except).iter().for_each(|w| add(w, Entity::Topic(i), Sense::Except));
        }
        for (i, term) in terms.iter().enumerate() {
            match lang {
                Lang::Zh => add(&term.value.zh, Entity::Term(i), Sense::Name),
                Lang::En => {
                    add(&term.value.en, Entity::Term(i), Sense::Name);
                    term.value.variants.iter().for_each(|w| add(w, Entity::Term(i), Sense::Name));
                }
            }
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(patterns.keys())
            // Only more patterns than memory could hold are refused; then nothing is named.
            .ok();
        let (patterns, owners) = patterns.into_iter().unzip();
        Names { automaton, patterns, owners }
    }

    /// Where entities are named in a text: by entity and place, none within another of the same entity.
    ///
    /// The longest match wins: among all places, since the longer word names another place, and for a
    /// topic or term among its own names.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut folded = String::with_capacity(text.len());
        let mut map: Vec<(usize, Range<usize>)> = Vec::new();
        fold(text, |c, range| {
            map.push((folded.len(), range));
            folded.push(c);
        });
        let mut found: BTreeMap<Option<Entity>, Vec<(Range<usize>, Vec<(Entity, Sense)>)>> = BTreeMap::new();
        for matched in automaton.find_overlapping_iter(&folded) {
            let range = matched.range();
            if cuts_word(&folded, range.start) || cuts_word(&folded, range.end) {
                continue;
            }
            for &(entity, sense) in &self.owners[matched.pattern().as_usize()] {
                let key = if matches!(entity, Entity::Place(_)) { None } else { Some(entity) };
                let list = found.entry(key).or_default();
                match list.iter_mut().rev().take_while(|(r, _)| r.end == range.end).find(|(r, _)| *r == range) {
                    Some((_, owners)) => owners.push((entity, sense)),
                    None => list.push((range.clone(), vec![(entity, sense)])),
                }
            }
        }
        let at = |byte: usize| map.partition_point(|(start, _)| *start < byte);
        let mut out = Vec::new();
        for list in found.into_values() {
            for (range, owners) in longest(list) {
                // A pattern is never empty, so it covers at least one character of the text.
                let original = map[at(range.start)].1.start..map[at(range.end) - 1].1.end;
                let names = owners.into_iter().filter(|(_, sense)| *sense == Sense::Name);
                out.extend(names.map(|(entity, _)| Hit { entity, range: original.clone() }));
            }
        }
        out.sort_by_key(|h| (h.entity, h.range.start, h.range.end));
        out.dedup();
        out
    }
}

/// Whether a name that begins or ends here would be cut out of a longer Latin word or number.
fn cuts_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at..].chars().next();
    before.is_some_and(|c| c.is_ascii_alphanumeric()) && after.is_some_and(|c| c.is_ascii_alphanumeric())
}

/// Of matches that overlap the longest, and of equally long ones the first.
fn longest<T>(mut list: Vec<(Range<usize>, T)>) -> Vec<(Range<usize>, T)> {
    list.sort_by_key(|(r, _)| (std::cmp::Reverse(r.len()), r.start));
    let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
    list.retain(|(range, _)| {
        let free = taken.range(..range.end).next_back().is_none_or(|(_, &end)| end <= range.start);
        if free {
            taken.insert(range.start, range.end);
        }
        free
    });
    list
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::content::entities::{Place, PlaceKind, Topic};
    use crate::content::fields::Bilingual;

    fn words(zh: &[&str]) -> Words {
        Words { zh: zh.iter().map(|w| (*w).to_owned()).collect(), en: Vec::new() }
    }

    fn place(name: &str, aliases: &[&str], except: &[&str]) -> LinkedPlace {
        LinkedPlace {
            id: String::new(),
            place: Arc::new(Place {
                name: Bilingual { zh: name.into(), en: name.into() },
                kind: PlaceKind::City,
                parent: None,
                aliases: words(aliases),
                except: words(except),
                draft: false,
            }),
            parent: None,
            children: Vec::new(),
            policies: Vec::new(),
            targets: Vec::new(),
            prose: Arc::new([None, None]),
        }
    }

    fn topic(name: &str, aliases: &[&str], except: &[&str]) -> LinkedTopic {
        LinkedTopic {
            id: String::new(),
            topic: Arc::new(Topic {
                name: Bilingual { zh: name.into(), en: name.into() },
                aliases: words(aliases),
                except: words(except),
                draft: false,
            }),
            prose: Arc::new([None, None]),
        }
    }

    fn found(names: &Names, text: &str) -> Vec<(Entity, String)> {
        names.find(text).into_iter().map(|h| (h.entity, text[h.range].to_owned())).collect()
    }

    #[test]
    fn the_longest_place_wins_and_exceptions_are_no_place() {
        let places =
            [place("长沙市", &["长沙"], &[]), place("长沙县", &[], &[]), place("武汉市", &["武汉"], &["武汉大学"])];
        let names = Names::new(&places, &[], &[], Lang::Zh);
        assert_eq!(
            found(&names, "长沙县和长沙、武汉 大学与武 汉市"),
            [
                (Entity::Place(0), "长沙".into()),
                (Entity::Place(1), "长沙县".into()),
                (Entity::Place(2), "武 汉市".into())
            ]
        );
    }

    #[test]
    fn topics_do_not_hide_each_other() {
        let topics = [
            topic("疫苗", &[], &[]),
            topic("创新药", &["新型疫苗", "MAH"], &["创新药品"]),
            topic("审批", &["MAH"], &[]),
        ];
        let names = Names::new(&[], &topics, &[], Lang::Zh);
        assert_eq!(
            found(&names, "新型疫苗、创新药品、ＭＡＨ制度，MAHX"),
            [
                (Entity::Topic(0), "疫苗".into()),
                (Entity::Topic(1), "新型疫苗".into()),
                (Entity::Topic(1), "ＭＡＨ".into()),
                (Entity::Topic(2), "ＭＡＨ".into())
            ]
        );
    }

    #[test]
    fn latin_names_are_whole_words_in_any_case() {
        let terms = [Named {
            id: String::new(),
            value: Term {
                zh: "药品上市许可持有人".into(),
                en: "marketing authorisation holder".into(),
                variants: vec!["MAH".into()],
                avoid: Vec::new(),
                note: None,
                source: String::new(),
            },
        }];
        let names = Names::new(&[], &[], &terms, Lang::En);
        let text = "Marketing authorisation\nholder (MAH), not MAHs";
        assert_eq!(
            found(&names, text),
            [(Entity::Term(0), "Marketing authorisation\nholder".into()), (Entity::Term(0), "MAH".into())]
        );
    }
}
