//! The families of checks, each with the file of its limit.

use super::judge::Check;
use super::{Effort, Stop, networks};
use crate::scenario::Scenario;

/// Checks of one limit.
#[derive(Clone, Copy)]
pub struct Family {
    /// Name of its file in `scenarios/validation`, without the ending.
    pub name: &'static str,
    /// What it is about, as tables and charts say it.
    pub title: &'static str,
    /// Runs the limit that a file describes.
    run: fn(&Scenario, Effort) -> Result<Vec<Check>, Stop>,
}

/// All families, in the order of the scorecard.
pub const FAMILIES: &[Family] =
    &[Family { name: "networks", title: "Jobs through friends", run: networks::check }];

impl Family {
    /// The family of a file, by its name without the ending.
    #[must_use]
    pub fn of(name: &str) -> Option<&'static Self> {
        FAMILIES.iter().find(|family| family.name == name)
    }

    /// Runs the checks.
    ///
    /// # Errors
    /// Where the engine stops, or the file does not describe the limit.
    pub fn checks(&self, scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
        finished(self.title, (self.run)(scenario, effort)?, effort)
    }
}

/// Checks of a network that a user gives.
///
/// # Errors
/// Where the engine stops, or the file does not describe the limit.
pub fn check_graph(
    scenario: &Scenario,
    graph: &super::graphs::Graph,
    effort: Effort,
) -> Result<Vec<Check>, Stop> {
    finished("Networks given", networks::check_graph(scenario, graph, effort)?, effort)
}

fn finished(group: &str, checks: Vec<Check>, effort: Effort) -> Result<Vec<Check>, Stop> {
    let finish = |check: Check| {
        let check = Check { group: group.to_owned(), ..check };
        if effort == Effort::Quick { check.without_precision() } else { check }
    };
    Ok(checks.into_iter().map(finish).collect())
}
