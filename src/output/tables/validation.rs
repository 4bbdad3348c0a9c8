//! The table of `validate`: targets, the model's figures with their errors, rules and verdicts.

use crate::experiments::validation::{Check, Rule};
use crate::output::Table;
use crate::output::row::table;

table! {
    /// validation.csv: a figure beside what it should be.
    Validation: "validation" {
        check: String, "", "what is compared; rows of one limit follow each other";
        group: String, "", "the limit, or the facts, that the row belongs to";
        unit: String, "", "unit of the figures of this row; empty for numbers without one";
        target: Option<f64>, "as unit", "what the figure should be; empty where nothing is compared";
        source: String, "", "where the target is from";
        figure: Option<f64>, "as unit", "the model's figure; empty if it has none";
        error: Option<f64>, "as unit", "its standard error; empty of a figure without luck, and of facts";
        low: Option<f64>, "as unit",
            "figure less the standard errors that the rule allows; of facts, of its 95 % interval";
        high: Option<f64>, "as unit", "figure plus the same";
        z: Option<f64>, "standard errors", "(figure − target)/error; empty without an error";
        rule: String, "", "when the row passes, stated before anything is run";
        allowed: Option<f64>, "standard errors",
            "how far the figure may be from the target; empty where the rule is another";
        range_low: Option<f64>, "as unit", "of facts: lower end of what counts as a hit; empty of a sign";
        range_high: Option<f64>, "as unit", "of facts: upper end";
        verdict: String, "",
            "pass or fail; too rough (a failure): the error is larger than asked for; hit, miss or no \
             detectable difference (of facts); not applicable";
        note: String, "", "what else is to say; why nothing is compared";
    }
}

/// The scorecard.
#[must_use]
pub fn validation_table(checks: &[Check]) -> Table {
    Table::of(checks.iter().map(row))
}

fn row(check: &Check) -> Validation {
    let figure = check.figure.filter(|figure| figure.value.is_finite());
    let (allowed, range) = match check.rule {
        Rule::Errors { most, .. } => (Some(most), (None, None)),
        Rule::Fact(low, high) => (None, (finite(low), finite(high))),
        Rule::AtMost | Rule::Equal(_) | Rule::Nothing => (None, (None, None)),
    };
    Validation {
        check: check.what.clone(),
        group: check.group.clone(),
        unit: check.unit.to_owned(),
        target: check.target,
        source: check.source.clone(),
        figure: figure.map(|figure| figure.value),
        error: figure.and_then(|figure| figure.error).and_then(finite),
        low: check.interval.and_then(|(low, _)| finite(low)),
        high: check.interval.and_then(|(_, high)| finite(high)),
        z: check.z().and_then(finite),
        rule: check.rule.text(),
        allowed,
        range_low: range.0,
        range_high: range.1,
        verdict: check.verdict.name().to_owned(),
        note: check.note.clone(),
    }
}

fn finite(x: f64) -> Option<f64> {
    Some(x).filter(|x| x.is_finite())
}
