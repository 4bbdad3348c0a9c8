//! How much memory work needs, from its sizes and its plan, before any of it is started.
//!
//! An estimate on the safe side: a test holds it between what a world really takes and three times that.

pub use crate::engine::size::world;
use crate::engine::{Arm, openings};
use crate::experiments::{measures, outcomes};
use crate::ids;
use crate::scenario::Scenario;
use crate::scenario::experiment::{Experiment, Plan};

/// Bytes of a cell of a table in memory.
const CELL: f64 = 16.0;
/// Bytes of a point of a sweep in its plan, and in the table that is made of all of them.
const POINT: f64 = 400.0;
/// Worlds that a thread holds: the opening that it has burnt in, and the one that goes on from it.
const WORLDS: f64 = 2.0;

/// What work needs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Need {
    /// Bytes of the largest world, and of what it leaves.
    pub world: f64,
    /// Bytes that are kept until the end, beside openings that others may need.
    pub kept: f64,
}

impl Need {
    /// What replications of scenarios need, of each of which a row of outcomes is kept; the rows of its tables are in
    /// memory until they are on disk.
    #[must_use]
    pub fn of_runs(arms: &[Arm]) -> Self {
        let replications: f64 = arms.iter().map(|arm| f64::from(arm.scenario.run.replications)).sum();
        let piece: f64 = arms.iter().map(|arm| tables(&arm.scenario)).sum();
        Self {
            world: arms.iter().map(|arm| world(&arm.scenario)).fold(0.0, f64::max) + piece,
            kept: replications * outcomes_row(),
        }
    }

    /// What so many points of one scenario need, of each of which a row is kept.
    #[must_use]
    pub fn of_points(scenario: &Scenario, points: f64) -> Self {
        Self { world: world(scenario), kept: points * (POINT + outcomes_row()) }
    }

    /// What all points of an experiment need, in the largest of the worlds that its knobs make.
    #[must_use]
    pub fn of_experiment(experiment: &Experiment) -> Self {
        let knobs = f64::from(ids::row(experiment.knobs.len()));
        let points = match experiment.plan {
            Plan::Grid => {
                let values = experiment.knobs.iter().filter_map(|knob| Some(knob.values()?.len()));
                values.map(|n| f64::from(ids::row(n))).product()
            }
            Plan::Latin { points } | Plan::Sobol { points } => f64::from(ids::row(points)),
            Plan::Morris { trajectories } => f64::from(ids::row(trajectories)) * (knobs + 1.0),
            Plan::Indices { points } => f64::from(ids::row(points)) * (knobs + 2.0),
        };
        let mut largest = experiment.base.scenario.clone();
        largest.run.weeks = largest.run.weeks.max(experiment.most_weeks.unwrap_or(0));
        for knob in &experiment.knobs {
            let turned = [0.0, 1.0].map(|end| {
                let mut scenario = largest.clone();
                knob.turn(&mut scenario, &knob.at(end));
                scenario
            });
            largest = turned.into_iter().fold(largest, |a, b| if world(&b) > world(&a) { b } else { a });
        }
        Self::of_points(&largest, points * f64::from(largest.run.replications))
    }

    /// What is needed for two things that are done one after the other.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { world: self.world.max(other.world), kept: self.kept.max(other.kept) }
    }

    /// Bytes with so many threads.
    #[must_use]
    pub fn bytes(&self, threads: usize) -> f64 {
        WORLDS * f64::from(ids::row(threads)) * self.world + self.kept_at_most()
    }

    /// Bytes that are kept, openings included.
    #[must_use]
    pub fn kept_at_most(&self) -> f64 {
        self.kept + openings::bytes(self.world)
    }
}

/// Bytes of a row of outcomes.
fn outcomes_row() -> f64 {
    CELL * f64::from(ids::row(outcomes::columns().len()))
}

/// Bytes of what a replication leaves: its weeks, its outcomes, the searches that are written down.
fn tables(scenario: &Scenario) -> f64 {
    let run = &scenario.run;
    let columns = f64::from(ids::row(measures::weekly().count() + 1));
    // Half of the labour force begins a search in a year.
    let searches = f64::from(scenario.workers.count) * run.spells_sample * f64::from(run.weeks) / 104.0;
    outcomes_row() + CELL * (f64::from(run.weeks) * columns + 12.0 * searches)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1,000 workers begin 500 searches a year, 1,000 in 104 weeks; a tenth of them is written down in rows of 12 cells.
    #[test]
    fn searches_that_are_written_down_take_their_rows() {
        let of_sample = |sample: f64| {
            let mut scenario = Scenario::default();
            (scenario.workers.count, scenario.run.weeks, scenario.run.spells_sample) = (1_000, 104, sample);
            tables(&scenario)
        };
        assert!((of_sample(0.1) - of_sample(0.0) - 100.0 * 12.0 * CELL).abs() < 1e-6);
        let weeks = f64::from(ids::row(measures::weekly().count() + 1));
        assert!((of_sample(0.0) - outcomes_row() - 104.0 * weeks * CELL).abs() < 1e-6);
    }
}
