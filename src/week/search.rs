//! What a seeker wants: the level sought, and the salary below which nothing is accepted.

use super::rules::Rules;
use crate::scenario::Scenario;
use crate::world::workers::Workers;

/// Level that a seeker looks for, sd, and lowest salary that he accepts, dollars a year.
///
/// Out of work he looks for his felt ability less what weeks out of work have taken from it, and wants a share of his
/// usual salary that they shrink too; from a job he looks a step up from its level, and wants a share more than it pays.
#[must_use]
#[inline]
pub fn wanted(scenario: &Scenario, rules: &Rules, workers: &Workers, worker: usize, week: u32) -> (f64, f64) {
    let s = &scenario.search;
    if workers.unemployed.has(worker) {
        let weeks = (week - workers.out_since[worker]) as usize;
        let (level, share) = rules.fade[weeks.min(rules.fade.len() - 1)];
        let lowest = s.reservation_unemployed * workers.usual_salary[worker] * share;
        (workers.felt_ability[worker] - level, lowest)
    } else {
        (workers.job_level[worker] + s.level_reach, s.reservation_employed * workers.salary[worker])
    }
}

/// Level that a seeker looks for, sd.
#[must_use]
pub fn level_sought(scenario: &Scenario, rules: &Rules, workers: &Workers, worker: usize, week: u32) -> f64 {
    wanted(scenario, rules, workers, worker, week).0
}

/// Lowest salary that a seeker accepts, dollars a year.
#[must_use]
pub fn reservation(scenario: &Scenario, rules: &Rules, workers: &Workers, worker: usize, week: u32) -> f64 {
    wanted(scenario, rules, workers, worker, week).1
}
