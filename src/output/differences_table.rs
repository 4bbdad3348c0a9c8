//! The table of differences: every outcome of every scenario against the baseline.

use super::columns::DIFFERENCES;
use super::{Cell, Table};
use crate::experiments::contrast::{Pairing, Verdict};
use crate::experiments::paired::{Comparison, Difference};
use crate::stats::Estimate;

/// Differences, scenario by scenario, outcome by outcome.
#[must_use]
pub fn differences_table(comparisons: &[Comparison]) -> Table {
    let mut table = Table::new("differences", DIFFERENCES);
    for comparison in comparisons {
        for difference in &comparison.differences {
            table.push(row(comparison, difference));
        }
    }
    table
}

fn row(comparison: &Comparison, difference: &Difference) -> Vec<Cell> {
    let contrast = &difference.contrast;
    let estimate = contrast.estimate.as_ref();
    vec![
        comparison.scenario.as_str().into(),
        comparison.baseline.as_str().into(),
        comparison.luck.name().into(),
        difference.metric.into(),
        difference.unit.into(),
        contrast.n().into(),
        Cell::maybe(contrast.means.map(|means| means.0)),
        Cell::maybe(contrast.means.map(|means| means.1)),
        Cell::maybe(estimate.map(|e| e.value)),
        Cell::maybe(estimate.and_then(Estimate::low)),
        Cell::maybe(estimate.and_then(Estimate::high)),
        Cell::maybe(contrast.verdict.map(Verdict::name)),
        Cell::maybe(contrast.p_value),
        Cell::maybe(contrast.variance_saved),
        Cell::maybe(contrast.pairing.map(Pairing::name)),
        difference.kind.method().into(),
    ]
}
