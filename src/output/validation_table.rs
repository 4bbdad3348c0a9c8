//! The table of `validate`: targets, the model's figures with their errors, rules and verdicts.

use super::{Cell, Column, Table};
use crate::experiments::validation::{Check, Rule};

/// Columns of `validation.csv`.
pub const VALIDATION: &[Column] = &[
    Column::new("check", "", "what is compared; rows of one limit follow each other"),
    Column::new("group", "", "the limit, or the facts, that the row belongs to"),
    Column::new("unit", "", "unit of the figures of this row; empty for numbers without one"),
    Column::new("target", "as unit", "what the figure should be; empty where nothing is compared"),
    Column::new("source", "", "where the target is from"),
    Column::new("figure", "as unit", "the model's figure; empty if it has none"),
    Column::new("error", "as unit", "its standard error; empty of a figure without luck, and of facts"),
    Column::new(
        "low",
        "as unit",
        "figure less the standard errors that the rule allows; of facts, of its 95 % interval",
    ),
    Column::new("high", "as unit", "figure plus the same"),
    Column::new("z", "standard errors", "(figure − target)/error; empty without an error"),
    Column::new("rule", "", "when the row passes, stated before anything is run"),
    Column::new(
        "allowed",
        "standard errors",
        "how far the figure may be from the target; empty where the rule is another",
    ),
    Column::new("range_low", "as unit", "of facts: lower end of what counts as a hit; empty of a sign"),
    Column::new("range_high", "as unit", "of facts: upper end"),
    Column::new(
        "verdict",
        "",
        "pass or fail; too rough (a failure): the error is larger than asked for; hit, miss or no detectable difference \
         (of facts); not applicable",
    ),
    Column::new("note", "", "what else is to say; why nothing is compared"),
];

/// The scorecard.
#[must_use]
pub fn validation_table(checks: &[Check]) -> Table {
    let mut table = Table::new("validation", VALIDATION);
    for check in checks {
        let figure = check.figure.filter(|figure| figure.value.is_finite());
        let (allowed, range) = match check.rule {
            Rule::Errors { most, .. } => (Some(most), (None, None)),
            Rule::Fact(low, high) => (None, (finite(low), finite(high))),
            Rule::AtMost | Rule::Equal(_) | Rule::Nothing => (None, (None, None)),
        };
        table.push(vec![
            check.what.as_str().into(),
            check.group.as_str().into(),
            check.unit.into(),
            Cell::maybe(check.target),
            check.source.as_str().into(),
            Cell::maybe(figure.map(|figure| figure.value)),
            Cell::maybe(figure.and_then(|figure| figure.error).and_then(finite)),
            Cell::maybe(check.interval.and_then(|(low, _)| finite(low))),
            Cell::maybe(check.interval.and_then(|(_, high)| finite(high))),
            Cell::maybe(check.z().and_then(finite)),
            check.rule.text().into(),
            Cell::maybe(allowed),
            Cell::maybe(range.0),
            Cell::maybe(range.1),
            check.verdict.name().into(),
            check.note.as_str().into(),
        ]);
    }
    table
}

fn finite(x: f64) -> Option<f64> {
    Some(x).filter(|x| x.is_finite())
}
