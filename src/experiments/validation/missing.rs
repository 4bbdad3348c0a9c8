//! Published results that the model cannot be set to, each with the mechanism that it has not got and why.

use super::judge::{Check, Rule, Verdict};

/// One result that is not compared.
#[derive(Clone, Copy, Debug)]
pub struct Missing {
    /// What would be compared.
    pub what: &'static str,
    /// Where the result is from.
    pub source: &'static str,
    /// The mechanism that is missing, and why it was not added.
    pub why: &'static str,
}

const fn missing(what: &'static str, source: &'static str, why: &'static str) -> Missing {
    Missing { what, source, why }
}

/// All of them.
pub const MISSING: &[Missing] = &[
    missing(
        "referrals that reach any contact",
        "Galenianos 2014",
        "a lead goes to friends out of work only, as in Calvó-Armengol and Jackson; one that is lost on a friend in work \
         would be a second rule for the same thing",
    ),
    missing(
        "dropping out of the network",
        "Calvó-Armengol and Jackson 2004",
        "nobody weighs the cost of staying in the labour force: people leave at a constant rate, as the question is what \
         they do while they look",
    ),
];

/// The rows of the scorecard that say so.
#[must_use]
pub fn rows() -> Vec<Check> {
    let row = |missing: &Missing| Check {
        group: "Not in the model".to_owned(),
        what: missing.what.to_owned(),
        unit: "",
        target: None,
        source: missing.source.to_owned(),
        figure: None,
        interval: None,
        rule: Rule::Nothing,
        verdict: Verdict::NotApplicable,
        note: missing.why.to_owned(),
    };
    MISSING.iter().map(row).collect()
}
