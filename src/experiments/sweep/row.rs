//! Rows of a sweep: what one replication of one cell leaves.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::engine::{Failure, History, burn_in, continue_from};
use crate::experiments::outcomes::metric;
use crate::experiments::run::{Rows, finite, rows_of};
use crate::experiments::verdict::MEASURE;
use crate::scenario::Scenario;

/// One replication of one cell.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Number of the cell.
    pub cell: usize,
    /// Number of the replication.
    pub replication: u32,
    /// What happened, or why there is nothing.
    pub result: Result<Values, String>,
}

impl Row {
    /// Placements per 10,000 workers and year of the judged weeks; `None` where nobody may sell, or it did not finish.
    #[must_use]
    pub fn placed(&self) -> Option<f64> {
        metric!(MEASURE).read(&self.result.as_ref().ok()?.outcomes)
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Values {
    /// Hash of the world at the opening.
    pub opening_hash: String,
    /// Outcomes, by `outcomes::columns`.
    pub outcomes: Vec<Option<f64>>,
}

impl Values {
    /// What of a replication's rows a sweep keeps.
    pub(in crate::experiments) fn of(rows: &Rows) -> Self {
        Self { opening_hash: rows.opening_hash.clone(), outcomes: rows.outcomes.clone() }
    }
}

/// Lives through one replication of a scenario from the beginning: what a row should be, whoever computed it.
///
/// # Errors
/// Why the replication did not finish, in words.
pub fn repeat(scenario: &Scenario, replication: u32) -> Result<Values, String> {
    let opening = burn_in(scenario, replication, &|| {});
    reduce(scenario, opening.and_then(|opening| continue_from(scenario, opening.world, &|| {})))
}

/// Reduces a history, exactly as a run does; a bug that shows only here fails the row and no other.
pub(super) fn reduce(scenario: &Scenario, history: Result<History, Failure>) -> Result<Values, String> {
    let reduced = catch_unwind(AssertUnwindSafe(|| {
        let rows = history.and_then(|history| finite(rows_of(scenario, history)))?;
        Ok(Values::of(&rows))
    }));
    let result: Result<Values, Failure> =
        reduced.unwrap_or_else(|_| Err(Failure::Bug("the outcomes could not be computed".to_owned())));
    result.map_err(|failure| failure.to_string())
}
