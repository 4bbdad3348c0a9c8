//! The families of checks, each with the file of its limit.

use super::judge::Check;
use super::{
    Effort, Stop, attention, collapse, convergence, fees, hazards, identities, interviews, lemons, lottery,
    networks, pool, profit, screening, ties,
};
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

const fn family(
    name: &'static str,
    title: &'static str,
    run: fn(&Scenario, Effort) -> Result<Vec<Check>, Stop>,
) -> Family {
    Family { name, title, run }
}

/// All families, in the order of the scorecard.
pub const FAMILIES: &[Family] = &[
    family("networks", "Jobs through friends", networks::check),
    family("hazards", "Unemployment under constant hazards", hazards::check),
    family("screening", "Screening", screening::check),
    family("interviews", "Interviews", interviews::check),
    family("bombardment", "Ties under steady requests", ties::bombardment),
    family("trust", "Trust in the long run", ties::trust),
    family("collapse", "Reputation as a ruin", collapse::check),
    family("pool", "The pool left by referrals", pool::check),
    family("lemons", "A market for lemons", lemons::check),
    family("fees", "The fee from which a seller pitches", fees::pitching),
    family("screens", "The fee that pays for a screen", fees::screens),
    family("profit", "Screening for profit", profit::check),
    family("attention", "Attention as a commons", attention::check),
    family("lottery", "The lottery", lottery::check),
    family("identities", "Identities of every week", identities::check),
    family("convergence", "Convergence", convergence::check),
];

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

/// Checks under the name of their group. Without one nothing agrees, and nobody may believe that it does.
fn finished(group: &str, checks: Vec<Check>, effort: Effort) -> Result<Vec<Check>, Stop> {
    if checks.is_empty() {
        return Err(super::not_the_limit(format!("nothing is compared under “{group}”")));
    }
    let finish = |check: Check| {
        let check = Check { group: group.to_owned(), ..check };
        if effort == Effort::Quick { check.without_precision() } else { check }
    };
    Ok(checks.into_iter().map(finish).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_without_a_figure_agrees_with_nothing() {
        assert!(matches!(finished("A limit", Vec::new(), Effort::Quick), Err(Stop::NotTheLimit(_))));
    }
}
