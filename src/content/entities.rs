//! Places, topics, agencies, indicators, terms and the site's own settings.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::fields::{Bilingual, Names, Unit, contact_address};
use super::targets::Basis;

/// What kind of place a place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    /// 省
    Province,
    /// 市
    City,
    /// 区县
    District,
    /// 开发区
    Zone,
    /// 园区
    Park,
}

/// A place: `content/places/<place>.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its name.
    pub name: Bilingual,
    /// What kind of place it is.
    pub kind: PlaceKind,
    /// The place that it belongs to.
    #[schemars(with = "Option<String>")]
    pub parent: Option<Spanned<String>>,
    /// Other names that texts use.
    #[serde(default)]
    pub aliases: Names,
    /// Longer words that contain its name and are not it.
    #[serde(default)]
    pub except: Names,
    /// Kept off the site unless `--drafts`.
    #[serde(default)]
    pub draft: bool,
}

/// A topic: `content/topics/<topic>.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// Its name.
    pub name: Bilingual,
    /// Other names that texts use.
    #[serde(default)]
    pub aliases: Names,
    /// Longer words that contain its name and are not it.
    #[serde(default)]
    pub except: Names,
    /// Kept off the site unless `--drafts`.
    #[serde(default)]
    pub draft: bool,
}

/// An agency: an entry of `content/agencies.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Its name.
    pub name: Bilingual,
    /// The place whose agency it is.
    #[schemars(with = "Option<String>")]
    pub place: Option<Spanned<String>>,
    /// Names that texts of its place use.
    #[serde(default)]
    pub aliases: Names,
    /// `ours`, or where the English name can be looked up.
    #[serde(default)]
    pub source: String,
    /// Kept off the site unless `--drafts`.
    #[serde(default)]
    pub draft: bool,
}

/// An indicator: an entry of `content/indicators.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Indicator {
    /// Its name.
    pub name: Bilingual,
    /// The unit that its targets share.
    pub unit: Unit,
    /// The basis that its targets share.
    #[serde(default)]
    pub basis: Basis,
    /// What makes places comparable, or not quite.
    pub note: Option<Bilingual>,
}

/// A glossary entry: an entry of `content/glossary.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The Chinese.
    pub zh: String,
    /// The English to use.
    #[serde(default)]
    pub en: String,
    /// Other English that may be used.
    #[serde(default)]
    pub variants: Vec<String>,
    /// English not to use.
    #[serde(default)]
    pub avoid: Vec<String>,
    /// What a reader must know.
    pub note: Option<Bilingual>,
    /// `ours`, or where the rendering can be looked up.
    #[serde(default)]
    pub source: String,
}

/// `site.toml`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteSettings {
    /// The site's name.
    pub title: Bilingual,
    /// One sentence on what the site is.
    #[serde(default)]
    pub description: Bilingual,
    /// Where it is published; needed for canonical addresses, sitemap and feeds.
    #[schemars(with = "Option<String>")]
    pub base_url: Option<Spanned<String>>,
    /// The theme: a folder below `themes/`; `gazette` is built in.
    #[serde(default = "default_theme")]
    pub theme: String,
    /// Where readers report errors; `{page}` and `{anchor}` are filled in.
    #[serde(default, deserialize_with = "contact_address")]
    pub report: Option<String>,
    /// Names of the kinds of documents.
    #[serde(default)]
    pub kinds: BTreeMap<String, DocumentKind>,
    /// Severities by rule.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, SeveritySetting>")]
    pub checks: BTreeMap<String, Spanned<SeveritySetting>>,
    /// Coverage floors, as shares.
    #[serde(default)]
    pub coverage: CoverageFloors,
}

fn default_theme() -> String {
    "gazette".to_owned()
}

/// A kind of document.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DocumentKind {
    /// Its name.
    pub name: Bilingual,
}

/// A rule's severity as a site sets it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SeveritySetting {
    /// Stops publication.
    Error,
    /// Should be mended before publication.
    Warning,
    /// Worth knowing.
    Note,
    /// Not reported.
    Off,
}

/// Least coverage that a site demands of every policy.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverageFloors {
    /// Share of figures accounted for.
    #[schemars(with = "Option<f64>")]
    pub figures: Option<Spanned<f64>>,
    /// Share of blocks cited.
    #[schemars(with = "Option<f64>")]
    pub blocks: Option<Spanned<f64>>,
}
