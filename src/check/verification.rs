//! What was checked, for the verification page and `/data/coverage.json`.

use std::sync::Arc;

use super::coverage::Coverage;
use super::review::ReviewState;

/// What was checked of a site.
#[derive(Clone, Debug, Default)]
pub struct Verification {
    /// For each policy, in the order of the site's.
    pub policies: Vec<Arc<PolicyVerification>>,
}

/// What was checked of a policy.
#[derive(Clone, Debug, Default)]
pub struct PolicyVerification {
    /// Which figures and blocks of its source are accounted for.
    pub coverage: Coverage,
    /// Quoted passages, each found verbatim: a site with one that is not is not published.
    pub quotes: usize,
    /// Outcomes, whose quotes have no source text here to be checked against.
    pub outcomes: usize,
    /// Figures, years and translations compared.
    pub compared: usize,
    /// How the Chinese and the English digest stand with their reviews.
    pub reviews: [ReviewState; 2],
    /// Warnings that stand.
    pub warnings: usize,
}
