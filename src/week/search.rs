//! What a seeker wants: the level sought, and the salary below which nothing is accepted.

use super::rules::Rules;
use crate::scenario::Scenario;
use crate::world::workers::Workers;

/// Level that a seeker looks for, sd: felt ability less what weeks out of work have taken from it, or the present
/// level and a step up.
#[must_use]
#[inline]
pub fn level_sought(scenario: &Scenario, rules: &Rules, workers: &Workers, worker: usize, week: u32) -> f64 {
    if workers.unemployed.has(worker) {
        workers.felt_ability[worker] - rules.level_fade[capped(rules, workers, worker, week)]
    } else {
        workers.job_level[worker] + scenario.search.level_reach
    }
}

/// Lowest salary that a seeker accepts, dollars a year.
#[must_use]
#[inline]
pub fn reservation(scenario: &Scenario, rules: &Rules, workers: &Workers, worker: usize, week: u32) -> f64 {
    if workers.unemployed.has(worker) {
        let fade = rules.reservation_fade[capped(rules, workers, worker, week)];
        scenario.search.reservation_unemployed * workers.usual_salary[worker] * fade
    } else {
        scenario.search.reservation_employed * workers.salary[worker]
    }
}

fn capped(rules: &Rules, workers: &Workers, worker: usize, week: u32) -> usize {
    (workers.weeks_out(worker, week) as usize).min(rules.level_fade.len() - 1)
}
