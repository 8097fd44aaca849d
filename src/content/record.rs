//! A policy's record: `policy.toml`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::fields::{Bilingual, CivilDate, DocumentRef, Noise, web_address};

/// The record of a policy.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Full and short title.
    pub title: Title,
    /// The agency that issued it.
    #[schemars(with = "String")]
    pub issuer: Spanned<String>,
    /// The place that it is a policy of.
    #[schemars(with = "String")]
    pub place: Spanned<String>,
    /// What kind of document it is: a key of `site.toml`'s `kinds`.
    #[schemars(with = "String")]
    pub kind: Spanned<String>,
    /// Document number, as the text has it.
    #[serde(default)]
    pub number: String,
    /// Day of issue.
    pub issued: Option<CivilDate>,
    /// First and last year, where the text states a period.
    #[schemars(with = "Option<(i16, i16)>")]
    pub period: Option<Spanned<(i16, i16)>>,
    /// Whether it is in force.
    #[serde(default)]
    pub status: Status,
    /// Last day in force, where stated.
    pub expires: Option<CivilDate>,
    /// Documents that it carries out.
    #[serde(default)]
    #[schemars(with = "Vec<DocumentRef>")]
    pub carries_out: Vec<Spanned<DocumentRef>>,
    /// Documents that it amends.
    #[serde(default)]
    #[schemars(with = "Vec<DocumentRef>")]
    pub amends: Vec<Spanned<DocumentRef>>,
    /// Documents that it takes the place of.
    #[serde(default)]
    #[schemars(with = "Vec<DocumentRef>")]
    pub supersedes: Vec<Spanned<DocumentRef>>,
    /// Documents that it mentions.
    #[serde(default)]
    #[schemars(with = "Vec<DocumentRef>")]
    pub mentions: Vec<Spanned<DocumentRef>>,
    /// Ids of its topics.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub topics: Vec<Spanned<String>>,
    /// Kept off the site unless `--drafts`.
    #[serde(default)]
    pub draft: bool,
    /// The source text.
    pub source: SourceRecord,
    /// What reviews have signed.
    #[serde(default)]
    pub review: Reviews,
    /// Corrections and additions.
    #[serde(default)]
    pub change: Vec<Change>,
}

/// Full and short title.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Title {
    /// In Chinese, as the document has it.
    #[serde(default)]
    pub zh: String,
    /// In English.
    #[serde(default)]
    pub en: String,
    /// For lists.
    pub short: Option<Bilingual>,
}

impl Title {
    /// The full title in both languages.
    pub fn full(&self) -> Bilingual {
        Bilingual { zh: self.zh.clone(), en: self.en.clone() }
    }

    /// The short title, or the full one.
    pub fn brief(&self) -> Bilingual {
        self.short.clone().unwrap_or_else(|| self.full())
    }
}

/// Whether a policy is in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// In force.
    #[default]
    InForce,
    /// Its term is over.
    Expired,
    /// Another policy took its place.
    Superseded,
}

/// Where a policy's source text is and what is known of it.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceRecord {
    /// Path relative to the site's root: `seeds/<policy>.txt`.
    #[schemars(with = "String")]
    pub file: Spanned<String>,
    /// SHA-256 of its bytes, in hexadecimal.
    #[schemars(with = "String")]
    pub sha256: Spanned<String>,
    /// Official address; empty if it is not known.
    #[serde(default, deserialize_with = "web_address")]
    pub url: String,
    /// When it was retrieved.
    pub retrieved: Option<CivilDate>,
    /// Address of an archived copy.
    #[serde(default, deserialize_with = "web_address")]
    pub archived: String,
    /// Extraction noise that rules do not find.
    #[serde(default)]
    #[schemars(with = "Vec<Noise>")]
    pub noise: Vec<Spanned<Noise>>,
    /// Heading levels that rules do not find, by anchor; 0 for «no heading».
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, u8>")]
    pub headings: BTreeMap<String, Spanned<u8>>,
    /// Old anchors and what they have become, where the bytes have changed.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub moved: BTreeMap<String, Spanned<String>>,
    /// What the text was made from, if it did not come as UTF-8 text.
    pub original: Option<Original>,
}

/// The file that a source text was made from.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Original {
    /// Its media type.
    pub format: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// What reviews of the two languages have signed.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reviews {
    /// Of the Chinese digest.
    pub zh: Option<Review>,
    /// Of the English digest.
    pub en: Option<Review>,
}

/// What one review has signed: BLAKE3 hashes in hexadecimal.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// Hash of this digest.
    pub digest: String,
    /// Hash of the digest in the other language.
    pub other: String,
    /// Hash of `targets.toml`.
    pub targets: String,
    /// Hash of the source text.
    pub source: String,
    /// The day of the signature.
    pub date: CivilDate,
}

/// A correction or addition.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The day of the change.
    pub date: CivilDate,
    /// What has changed, in Chinese.
    #[serde(default)]
    pub zh: String,
    /// What has changed, in English.
    #[serde(default)]
    pub en: String,
}
