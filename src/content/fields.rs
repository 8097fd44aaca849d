//! Small types that many files share: words in two languages, quotes, dates, units.

use std::fmt;
use std::marker::PhantomData;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::text::is_hidden;

/// One of the two languages of a site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, `zh-Hans`.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both, in the order in which pages are written.
    pub const BOTH: [Lang; 2] = [Lang::Zh, Lang::En];

    /// The path segment and file suffix: `zh`, `en`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// The BCP 47 tag for `lang` attributes.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Zh => "zh-Hans",
            Lang::En => "en",
        }
    }

    /// The other language.
    pub fn other(self) -> Lang {
        match self {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        }
    }

    /// 0 for Chinese, 1 for English: index into pairs.
    pub fn index(self) -> usize {
        self as usize
    }
}

/// Words in both languages. A language left out is empty, and reported where it is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    /// Chinese.
    #[serde(default)]
    pub zh: String,
    /// English.
    #[serde(default)]
    pub en: String,
}

impl Bilingual {
    /// The words in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Names in both languages, several each.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Names {
    /// Chinese.
    #[serde(default)]
    pub zh: Vec<String>,
    /// English.
    #[serde(default)]
    pub en: Vec<String>,
}

impl Names {
    /// Those of one language.
    pub fn get(&self, lang: Lang) -> &[String] {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// Reads the address of a page elsewhere, or nothing.
pub(super) fn web_address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    if text.is_empty() || is_web_address(&text) { Ok(text) } else { Err(not_an_address(&text)) }
}

/// Reads where readers write to: the address of a page, or `mailto:`.
pub(super) fn contact_address<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let mail = text.strip_prefix("mailto:").is_some_and(|to| to.contains('@') && !to.contains(not_in_an_address));
    if mail || is_web_address(&text) { Ok(Some(text)) } else { Err(not_an_address(&text)) }
}

fn not_an_address<E: Error>(text: &str) -> E {
    E::custom(format!("invalid value: `{text}`, expected an address such as https://example.org/"))
}

/// Whether a page may link to an address elsewhere: http or https, written in full.
pub(super) fn is_web_address(text: &str) -> bool {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let rest = ["https://", "http://"].iter().find(|s| lower.starts_with(**s)).map(|s| &text[s.len()..]);
    rest.is_some_and(|r| !r.is_empty() && !r.starts_with(['/', '?', '#']) && !r.contains(not_in_an_address))
}

/// Characters that end an address for some of its readers, or that nobody sees.
fn not_in_an_address(c: char) -> bool {
    c.is_whitespace() || c.is_control() || is_hidden(c) || matches!(c, '<' | '>' | '"' | '\\')
}

/// A quote: its words, and where it stands if they are not enough to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// The words, verbatim.
    pub text: String,
    /// Address of the block.
    pub anchor: Option<String>,
    /// Words right before.
    pub prefix: Option<String>,
    /// Words right after.
    pub suffix: Option<String>,
}

/// A unit: one that duizhao knows, or the words to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A unit by its Chinese name, such as `亿元`.
    Known(String),
    /// Words in both languages.
    Words(Bilingual),
}

/// A document that another one refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DocumentRef {
    /// A policy of the site.
    Policy(String),
    /// A document that is not on the site.
    Other {
        /// Its title.
        title: Bilingual,
        /// Its document number, where known.
        number: String,
    },
}

/// Extraction noise as a record names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Noise {
    /// By its words.
    Words(String),
    /// From … to ….
    Span {
        /// The words that it begins with.
        from: String,
        /// The words that it ends with.
        to: String,
    },
}

/// Reads a value that is written as a string or as a table.
struct StringOrTable<S, T>(fn(String) -> T, fn(S) -> T, &'static str, PhantomData<S>);

impl<'de, S: Deserialize<'de>, T> Visitor<'de> for StringOrTable<S, T> {
    type Value = T;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.2)
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok((self.0)(text.to_owned()))
    }
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        S::deserialize(MapAccessDeserializer::new(map)).map(self.1)
    }
}

fn string_or_table<'de, D: Deserializer<'de>, S: Deserialize<'de>, T>(
    deserializer: D,
    expecting: &'static str,
    string: fn(String) -> T,
    table: fn(S) -> T,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(StringOrTable(string, table, expecting, PhantomData))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuoteTable {
    text: String,
    anchor: Option<String>,
    prefix: Option<String>,
    suffix: Option<String>,
}

impl<'de> Deserialize<'de> for Quote {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        string_or_table(
            deserializer,
            "a quote: a string, or { text, anchor, prefix, suffix }",
            |text| Quote { text, ..Quote::default() },
            |t: QuoteTable| Quote { text: t.text, anchor: t.anchor, prefix: t.prefix, suffix: t.suffix },
        )
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        string_or_table(deserializer, "a unit such as \"亿元\", or { zh, en }", Unit::Known, Unit::Words)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OtherDocument {
    zh: String,
    #[serde(default)]
    en: String,
    #[serde(default)]
    number: String,
}

impl<'de> Deserialize<'de> for DocumentRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        string_or_table(
            deserializer,
            "a policy's id, or { zh, en, number }",
            DocumentRef::Policy,
            |t: OtherDocument| DocumentRef::Other { title: Bilingual { zh: t.zh, en: t.en }, number: t.number },
        )
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoiseSpan {
    from: String,
    to: String,
}

impl<'de> Deserialize<'de> for Noise {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        string_or_table(deserializer, "the noise's words, or { from, to }", Noise::Words, |t: NoiseSpan| Noise::Span {
            from: t.from,
            to: t.to,
        })
    }
}

/// A civil date, written as TOML's own: `2024-12-31`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CivilDate(pub Date);

impl<'de> Deserialize<'de> for CivilDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let written = toml::value::Datetime::deserialize(deserializer)?;
        let bad = || D::Error::custom(format!("invalid value: `{written}` is not a date such as 2024-12-31"));
        let date = match (written.date, written.time, written.offset) {
            (Some(date), None, None) => date,
            _ => return Err(bad()),
        };
        let year = i16::try_from(date.year).map_err(|_| bad())?;
        let (month, day) = (date.month, date.day);
        let narrow = |n: u8| i8::try_from(n).map_err(|_| bad());
        Date::new(year, narrow(month)?, narrow(day)?).map(CivilDate).map_err(|_| bad())
    }
}
