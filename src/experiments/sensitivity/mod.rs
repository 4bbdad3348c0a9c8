//! Sensitivity: which knobs matter, and how much, when all of them move at once.
//!
//! Morris's trajectories ([`Plan::Morris`]) move one knob at a time from many starting points; Sobol' indices
//! ([`Plan::Indices`]) divide the variance of an outcome among the knobs. Every point is run on the same luck, so a knob
//! that moves nothing changes nothing, to the last bit. What luck adds to an index where a knob does move something is
//! taken out by comparing replications ([`crate::stats::elementary_effects`]).
//!
//! [`Plan::Morris`]: crate::scenario::experiment::Plan::Morris
//! [`Plan::Indices`]: crate::scenario::experiment::Plan::Indices

mod design;
mod indices;
mod warning;
mod work;

pub use design::{Design, Point, Role};
pub use indices::{IndexKind, Row, rows};
pub use warning::Warning;
pub use work::{Response, total_weeks};

use super::outcomes::{Metric, metric};
use crate::experiments::keep::{Keep, Missing};
use crate::scenario::Problems;
use crate::scenario::experiment::Experiment;

/// Outcomes that are looked at where the file names none: does the paid market live, who gains, who is placed.
const USUAL: [Metric; 7] = metric![
    "placements_per_10000",
    "active_share_judged",
    "sellers_profit_dollars",
    "hires_paid",
    "decision_makers_gain_paid",
    "welfare_workers",
    "unemployment_share",
];

/// The outcomes that an experiment looks at: those that it names, or the usual ones.
#[must_use]
pub fn metrics(experiment: &Experiment) -> Vec<Metric> {
    if experiment.metrics.is_empty() {
        return USUAL.to_vec();
    }
    experiment.metrics.iter().filter_map(|name| Metric::of(name)).collect()
}

/// A finished analysis.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// Outcomes looked at.
    pub metrics: Vec<Metric>,
    /// Points and what they have in common.
    pub design: Design,
    /// For each point and replication, the outcomes in the order of `metrics`, or why there are none.
    pub responses: Vec<Vec<Response>>,
    /// Indices: by outcome, then by knob.
    pub rows: Vec<Row>,
    /// What not to believe.
    pub warnings: Vec<Warning>,
}

/// Lays out the points of an experiment and checks each, before anything is run.
///
/// # Errors
///
/// Rules between keys that points break.
pub fn prepare(experiment: &Experiment) -> Result<Design, Problems> {
    let design = Design::of(experiment);
    experiment.check(&design.settings)?;
    Ok(design)
}

/// Runs the points of a design and estimates the indices; `week_done` is called after every simulated week, from any
/// thread. What is kept is not run again.
///
/// # Errors
/// [`Missing`] if others have not run theirs.
pub fn analyse(
    experiment: &Experiment,
    design: Design,
    week_done: &(dyn Fn() + Sync),
    kept: &dyn Keep,
) -> Result<Analysis, Missing> {
    let metrics = metrics(experiment);
    let positions: Vec<usize> = metrics.iter().map(|metric| metric.place).collect();
    let lived = work::respond(experiment, &design.settings, &positions, week_done, kept)?;
    let responses: Vec<Vec<Response>> = design.points.iter().map(|p| lived[p.settings].clone()).collect();
    let rows = rows(&design, &responses, &metrics, experiment);
    let warnings = warning::warnings(&design, &responses, &metrics, &rows, experiment);
    Ok(Analysis { metrics, design, responses, rows, warnings })
}
