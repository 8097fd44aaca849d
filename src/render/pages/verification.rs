//! What was checked: for each policy its quotes, figures, coverage and reviews; waivers with their reasons
//! and what rules exclude.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::views::{LinkView, date};
use super::{PageInfo, Pager};
use crate::check::{PolicyVerification, ReviewState, Structure};
use crate::content::fields::Lang;
use crate::diagnostic::Problem;
use crate::render::{Output, Renderer, data, urls};

/// Policies a page: each has a section of its own.
pub(in crate::render) const POLICIES: usize = 25;

#[derive(Serialize)]
struct VerificationPage {
    page: PageInfo,
    rows: Vec<Row>,
    totals: Totals,
    pager: Pager,
}

/// Sums over the whole site.
#[derive(Default, Serialize)]
struct Totals {
    policies: usize,
    quotes: usize,
    compared: usize,
    figures: usize,
    accounted: usize,
    blocks: usize,
    cited: usize,
    unsigned: usize,
    stale: usize,
}

#[derive(Serialize)]
struct Row {
    id: String,
    policy: LinkView,
    source: String,
    #[serde(flatten)]
    mark: Mark,
    cannot_check: usize,
    compared: usize,
    reviews: Vec<ReviewView>,
    warnings: usize,
    waivers: Vec<WaiverView>,
    excluded: Vec<ExcludedView>,
}

/// The quiet mark on a policy's pages.
#[derive(Serialize)]
pub(super) struct Mark {
    quotes: usize,
    figures: usize,
    accounted: usize,
    blocks: usize,
    cited: usize,
    /// Key of the state of the review of the digest in the page's language, and its day.
    review: &'static str,
    review_date: String,
    /// Where the whole is told.
    url: String,
}

#[derive(Serialize)]
struct ReviewView {
    /// Language tag of the digest.
    tag: &'static str,
    /// Key of the language's name.
    language: &'static str,
    /// Key of the state's name.
    state: &'static str,
    date: String,
}

#[derive(Serialize)]
struct WaiverView {
    figure: String,
    quote: String,
    url: String,
    reason: String,
}

#[derive(Serialize)]
struct ExcludedView {
    /// Key of the reason's name.
    why: &'static str,
    count: usize,
    /// Each number once, in order of first use.
    words: Vec<String>,
}

impl Renderer<'_> {
    pub(in crate::render) fn verification_pages(&self) -> usize {
        self.site.policies.len().div_ceil(POLICIES).max(1)
    }

    /// The mark of a policy: its own figures, and a link to the page that tells the whole.
    pub(super) fn mark(&self, policy: usize, lang: Lang) -> Mark {
        let checked = &self.verification.policies[policy];
        let list = urls::section("verification", lang);
        let page = self.urls.page(&urls::paged(&list, policy / POLICIES + 1));
        let (review, day) = told(&checked.reviews[lang.index()]);
        Mark {
            review,
            review_date: day.map(|d| date(d, lang)).unwrap_or_default(),
            quotes: checked.quotes,
            figures: checked.coverage.figures,
            accounted: checked.coverage.accounted,
            blocks: checked.coverage.blocks,
            cited: checked.coverage.cited,
            url: format!("{page}#{}", self.site.policies[policy].id),
        }
    }

    pub(in crate::render) fn verification(&self, lang: Lang, number: usize) -> Result<Output, Problem> {
        let list = urls::section("verification", lang);
        let (folder, page) = self.page_at(
            lang,
            "verification",
            |l| urls::paged(&urls::section("verification", l), number),
            self.word(lang, "verification").to_owned(),
            self.word(lang, "verification_lead").to_owned(),
        );
        let count = self.site.policies.len();
        let first = ((number - 1) * POLICIES).min(count);
        let rows = (first..(first + POLICIES).min(count)).map(|i| self.verification_row(i, lang)).collect();
        let pager = Pager::of(self.urls(), &list, number, self.verification_pages());
        let values = VerificationPage { page, rows, totals: self.totals(), pager };
        self.folder_page("verification.html", &folder, lang, &values)
    }

    fn totals(&self) -> Totals {
        let mut totals = Totals { policies: self.site.policies.len(), ..Totals::default() };
        for checked in &self.verification.policies {
            totals.quotes += checked.quotes;
            totals.compared += checked.compared;
            totals.figures += checked.coverage.figures;
            totals.accounted += checked.coverage.accounted;
            totals.blocks += checked.coverage.blocks;
            totals.cited += checked.coverage.cited;
            totals.unsigned += checked.reviews.iter().filter(|r| **r == ReviewState::Missing).count();
            totals.stale += checked.reviews.iter().filter(|r| matches!(r, ReviewState::Stale(_))).count();
        }
        totals
    }

    fn verification_row(&self, index: usize, lang: Lang) -> Row {
        let policy = &self.site.policies[index];
        let checked = &self.verification.policies[index];
        let waivers = policy.waivers.iter().map(|(waiver, span)| WaiverView {
            figure: waiver.figure.get_ref().clone(),
            quote: self.site.quoted(*span).to_owned(),
            url: self.urls().span(self.site, *span, lang),
            reason: waiver.reason.get(lang).to_owned(),
        });
        Row {
            id: policy.id.clone(),
            policy: self.policy_link(index, lang),
            source: self.urls.page(&format!("{}source/", urls::policy(&policy.id, lang))),
            mark: self.mark(index, lang),
            cannot_check: checked.outcomes,
            compared: checked.compared,
            reviews: reviews(checked, lang),
            warnings: checked.warnings,
            waivers: waivers.collect(),
            excluded: excluded(checked),
        }
    }

    /// `/data/coverage.json`
    pub(in crate::render) fn coverage_json(&self) -> Output {
        let policies: serde_json::Map<String, Value> = self
            .site
            .policies
            .iter()
            .zip(&self.verification.policies)
            .map(|(policy, checked)| {
                let review = |state: &ReviewState| {
                    let (state, day) = told(state);
                    json!({ "state": state.trim_start_matches("review_"), "date": day.map(|d| d.to_string()) })
                };
                let value = json!({
                    "figures": { "total": checked.coverage.figures, "accounted": checked.coverage.accounted },
                    "blocks": { "total": checked.coverage.blocks, "cited": checked.coverage.cited },
                    "quotes": { "verbatim": checked.quotes, "absent": 0, "cannot_check": checked.outcomes },
                    "figures_compared": checked.compared,
                    "reviews": { "zh": review(&checked.reviews[0]), "en": review(&checked.reviews[1]) },
                });
                (policy.id.clone(), value)
            })
            .collect();
        data::json_output("data/coverage.json".to_owned(), "coverage", json!({ "policies": policies }))
    }
}

/// Key of a review's state, and its day.
fn told(state: &ReviewState) -> (&'static str, Option<jiff::civil::Date>) {
    match state {
        ReviewState::Missing => ("review_missing", None),
        ReviewState::Current(day) => ("review_current", Some(*day)),
        ReviewState::Stale(day) => ("review_stale", Some(*day)),
    }
}

fn reviews(checked: &PolicyVerification, lang: Lang) -> Vec<ReviewView> {
    Lang::BOTH
        .iter()
        .zip(&checked.reviews)
        .map(|(digest, state)| {
            let (state, day) = told(state);
            ReviewView {
                tag: digest.tag(),
                language: if *digest == Lang::Zh { "chinese" } else { "english" },
                state,
                date: day.map(|d| date(d, lang)).unwrap_or_default(),
            }
        })
        .collect()
}

fn excluded(checked: &PolicyVerification) -> Vec<ExcludedView> {
    let mut by_why: BTreeMap<Structure, (usize, Vec<String>)> = BTreeMap::new();
    for number in &checked.coverage.excluded {
        let (count, words) = by_why.entry(number.why).or_default();
        *count += 1;
        if !words.contains(&number.words) {
            words.push(number.words.clone());
        }
    }
    by_why.into_iter().map(|(why, (count, words))| ExcludedView { why: why.key(), count, words }).collect()
}
