//! `targets.toml`: targets, facts, outcomes, waivers and derived figures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::fields::{Bilingual, CivilDate, Quote, Unit, web_address};

/// How a value binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// 达到, or no bound word: met when reached or exceeded.
    Reach,
    /// 以上, 不少于: inclusive (Civil Code, art. 1259).
    AtLeast,
    /// 超过, 突破 before a count: exclusive (Civil Code, art. 1259).
    MoreThan,
    /// 以内, 不超过: inclusive.
    AtMost,
    /// 低于, 不足: exclusive.
    LessThan,
    /// 3—5家, 3至5个: from low to high, both included.
    Range,
    /// 前10: a place in a ranking, the smaller the better.
    Rank,
    /// 左右, 约: roughly.
    About,
    /// 百亿级: an order of magnitude.
    Magnitude,
    /// 倍增: a multiple of a baseline.
    Multiple,
}

/// What a value counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// What there is at a time.
    #[default]
    Level,
    /// 新增: what is added.
    Increase,
    /// 累计: what has come together.
    Cumulative,
    /// 每年, 年度: in each year.
    Annual,
    /// 年均增长: average growth a year.
    Growth,
    /// 占比: a share of a whole.
    Share,
}

/// How firm the source's own word is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Commitment {
    /// Without a hedge.
    #[default]
    Firm,
    /// 力争, 争取.
    Strive,
    /// 有望, 预计.
    Expected,
}

/// One quantitative commitment, or a fact: the same without due year and commitment.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Id within the policy.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// What it measures, if that can be compared with others.
    #[schemars(with = "Option<String>")]
    pub indicator: Option<Spanned<String>>,
    /// What it measures, in words.
    pub measure: Bilingual,
    /// How the value binds.
    #[schemars(with = "Bound")]
    pub bound: Spanned<Bound>,
    /// The value as written: a decimal or a fraction.
    #[schemars(with = "Option<String>")]
    pub value: Option<Spanned<String>>,
    /// Lower end of a range.
    #[schemars(with = "Option<String>")]
    pub low: Option<Spanned<String>>,
    /// Upper end of a range.
    #[schemars(with = "Option<String>")]
    pub high: Option<Spanned<String>>,
    /// What the value is counted in.
    #[schemars(with = "Unit")]
    pub unit: Spanned<Unit>,
    /// What the value counts.
    #[schemars(with = "Option<Basis>")]
    pub basis: Option<Spanned<Basis>>,
    /// How firm the word is.
    #[schemars(with = "Option<Commitment>")]
    pub commitment: Option<Spanned<Commitment>>,
    /// The year by which it is due.
    #[schemars(with = "Option<i16>")]
    pub due: Option<Spanned<i16>>,
    /// The words that give the year, where the quote does not.
    #[schemars(with = "Option<Quote>")]
    pub due_from: Option<Spanned<Quote>>,
    /// The year that a fact is of.
    #[schemars(with = "Option<i16>")]
    pub year: Option<Spanned<i16>>,
    /// The words that state it.
    #[schemars(with = "Quote")]
    pub quote: Spanned<Quote>,
    /// Our translation of the quote.
    #[schemars(with = "Option<String>")]
    pub quote_en: Option<Spanned<String>>,
    /// Ids of its topics.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub topics: Vec<Spanned<String>>,
    /// The bar that each thing counted must pass.
    pub each: Option<Each>,
    /// Who or where, if narrower than the policy or not plain.
    pub scope: Option<Bilingual>,
    /// Id of the place that it is about, if not the policy's own.
    #[schemars(with = "Option<String>")]
    pub place: Option<Spanned<String>>,
    /// What the value is a rate of, such as «per 10,000 residents».
    pub per: Option<Bilingual>,
    /// The same commitment given elsewhere in the policy.
    #[schemars(with = "Option<String>")]
    pub same_as: Option<Spanned<String>>,
    /// From where it starts.
    pub baseline: Option<Baseline>,
    /// What a reader must know besides.
    pub note: Option<Bilingual>,
    /// `false` for a proposal of `import` that no curator has read yet.
    #[serde(default = "yes")]
    pub reviewed: bool,
}

impl Target {
    /// What the value counts: what stands there, else [`Basis::Level`].
    pub fn basis(&self) -> Basis {
        self.basis.as_ref().map_or_else(Basis::default, |b| *b.get_ref())
    }

    /// How firm the word is: what stands there, else [`Commitment::Firm`].
    pub fn commitment(&self) -> Commitment {
        self.commitment.as_ref().map_or_else(Commitment::default, |c| *c.get_ref())
    }
}

fn yes() -> bool {
    true
}

/// The bar that each thing counted must pass.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Each {
    /// How the bar binds.
    #[schemars(with = "Bound")]
    pub bound: Spanned<Bound>,
    /// Its value as written.
    #[schemars(with = "Option<String>")]
    pub value: Option<Spanned<String>>,
    /// Lower end of a range.
    #[schemars(with = "Option<String>")]
    pub low: Option<Spanned<String>>,
    /// Upper end of a range.
    #[schemars(with = "Option<String>")]
    pub high: Option<Spanned<String>>,
    /// Its unit.
    #[schemars(with = "Unit")]
    pub unit: Spanned<Unit>,
}

/// From where a target starts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// The value as written, in the target's unit.
    #[schemars(with = "String")]
    pub value: Spanned<String>,
    /// Its year.
    #[schemars(with = "Option<i16>")]
    pub year: Option<Spanned<i16>>,
    /// The words that state it.
    #[schemars(with = "Option<Quote>")]
    pub quote: Option<Spanned<Quote>>,
}

/// What later came of a target.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The target's id.
    #[schemars(with = "String")]
    pub target: Spanned<String>,
    /// The value as written, in the target's unit.
    #[schemars(with = "String")]
    pub value: Spanned<String>,
    /// The day it holds for.
    pub as_of: CivilDate,
    /// Who reported it.
    pub source: OutcomeSource,
    /// The words that report it.
    #[schemars(with = "Quote")]
    pub quote: Spanned<Quote>,
}

/// Who reported an outcome.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutcomeSource {
    /// Title of the report.
    pub title: Bilingual,
    /// Address.
    #[serde(deserialize_with = "web_address")]
    pub url: String,
    /// When it was retrieved.
    pub retrieved: CivilDate,
}

/// A figure of the source that is neither target nor fact, and why.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Words that the figure stands in.
    #[schemars(with = "Quote")]
    pub quote: Spanned<Quote>,
    /// The figure, as the quote has it.
    #[schemars(with = "String")]
    pub figure: Spanned<String>,
    /// Why it is neither.
    pub reason: Bilingual,
}

/// A figure that a digest computes from others.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Derived {
    /// Id within the policy.
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// What it measures.
    pub measure: Bilingual,
    /// The value as written.
    #[schemars(with = "String")]
    pub value: Spanned<String>,
    /// Its unit.
    #[schemars(with = "Unit")]
    pub unit: Spanned<Unit>,
    /// Ids of targets and facts of this file, numbers, `+ - * /` and brackets.
    #[schemars(with = "String")]
    pub arithmetic: Spanned<String>,
}

/// All of one `targets.toml`.
#[derive(Clone, Debug, Default)]
pub struct TargetsFile {
    /// `[[target]]`
    pub targets: Vec<Spanned<Target>>,
    /// `[[fact]]`
    pub facts: Vec<Spanned<Target>>,
    /// `[[outcome]]`
    pub outcomes: Vec<Spanned<Outcome>>,
    /// `[[waiver]]`
    pub waivers: Vec<Spanned<Waiver>>,
    /// `[[derived]]`
    pub derived: Vec<Spanned<Derived>>,
    /// Ids of entries that could not be read.
    pub unreadable: Vec<String>,
}
