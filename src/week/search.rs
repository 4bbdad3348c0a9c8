//! What a seeker wants: the level sought, the salary below which nothing is accepted, the vacancy that is closest, and
//! what finding sooner is worth to him.

use std::hint::select_unpredictable;

use super::Step;
use super::rules::Rules;
use crate::ids;
use crate::scenario::Scenario;
use crate::streams::{self, Numbers};
use crate::world::workers::Workers;

/// What decides what seekers want.
///
/// Columns and shares stand in pairs, of those out of work and of those who look from a job: which of the two somebody is
/// cannot be foreseen, so there is no branch on it.
pub(super) struct Wants<'a> {
    workers: &'a Workers,
    rules: &'a Rules,
    levels: [&'a [f64]; 2],
    salaries: [&'a [f64]; 2],
    shares: [f64; 2],
}

impl<'a> Wants<'a> {
    /// What everybody wants.
    #[inline]
    pub(super) fn of_all(scenario: &Scenario, rules: &'a Rules, workers: &'a Workers) -> Self {
        let s = &scenario.search;
        Self {
            workers,
            rules,
            levels: [&workers.felt_ability, &workers.job_level],
            salaries: [&workers.usual_salary, &workers.salary],
            shares: [s.reservation_unemployed, s.reservation_employed],
        }
    }

    /// Level that a seeker looks for, sd, and lowest salary that he accepts, dollars a year.
    ///
    /// Out of work he looks for his felt ability less what weeks out of work have taken from it, and wants a share of his
    /// usual salary that they shrink too; from a job he looks a step up from its level, and wants a share more than it
    /// pays.
    #[inline]
    pub(super) fn of(&self, worker: usize, week: u32) -> (f64, f64) {
        let rules = self.rules;
        let employed = usize::from(!self.workers.unemployed.has(worker));
        let weeks = ((week - self.workers.out_since[worker]) as usize).min(rules.weeks_cap);
        let (level, left) = rules.fade[[weeks, rules.weeks_cap + 1][employed]];
        let lowest = self.shares[employed] * self.salaries[employed][worker] * left;
        (self.levels[employed][worker] - level, lowest)
    }
}

/// What one seeker wants, read as those of many seekers are.
#[must_use]
#[inline]
pub fn wanted(scenario: &Scenario, rules: &Rules, workers: &Workers, worker: usize, week: u32) -> (f64, f64) {
    Wants::of_all(scenario, rules, workers).of(worker, week)
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

/// What one out of work would earn in the weeks that he expects to save, dollars; 0 for the employed.
///
/// Weeks left by Bayes: with a gamma(shape, rate) belief about the weekly chance of a job, weeks spent without one
/// leave (rate + weeks)/(shape − 1) weeks to expect.
pub(super) fn wages_gained_by_finding_sooner(step: &Step<'_>, worker: usize) -> f64 {
    let (s, workers) = (&step.scenario.buyers, &step.world.workers);
    if !workers.unemployed.has(worker) {
        return 0.0;
    }
    let cap = ids::row(step.rules.weeks_cap);
    let spent = f64::from((step.world.week - workers.search_since[worker]).min(cap));
    let left = (s.hazard_weeks + spent) / (s.hazard_shape - 1.0);
    let weekly = (1.0 - step.scenario.workers.benefit_share) * workers.usual_salary[worker] / 52.0;
    weekly * (left - s.placement_lag).max(0.0)
}

/// Numbers that comparing so many vacancies takes.
#[must_use]
pub(super) const fn numbers_to_compare(compared: u32) -> u32 {
    compared.div_ceil(2)
}

/// Place in the list of the vacancy closest in level, of so many drawn at random, of equally close ones the first drawn.
///
/// Two vacancies are drawn from 64 bits; a place is drawn with a bias below n/2³². There is no branch on which is
/// closer: it could not be predicted, and this loop is the hottest of a week.
#[inline]
pub(super) fn closest_of(levels: &[f64], luck: &mut Numbers, compared: u32, sought: f64) -> u32 {
    let bound = ids::row(levels.len());
    let far = |place: u32| distance(levels, place, sought);
    let mut best = (u64::MAX, 0);
    for pair in 0..numbers_to_compare(compared) {
        let (one, other) = streams::two_below(luck.draw(), bound);
        best = nearer(best, far(one));
        if pair * 2 + 1 < compared {
            best = nearer(best, far(other));
        }
    }
    best.1
}

/// The same as [`closest_of`] with four drawn.
#[inline]
pub(super) fn closest_of_four(levels: &[f64], luck: &mut Numbers, sought: f64) -> u32 {
    let bound = ids::row(levels.len());
    let far = |place: u32| (levels[place as usize] - sought).abs();
    let less = |one: f64, other: f64| if other < one { other } else { one };
    let (a, b) = streams::two_below(luck.draw(), bound);
    let (c, d) = streams::two_below(luck.draw(), bound);
    let (to_a, to_b, to_c) = (far(a), far(b), far(c));
    let nearest = less(less(to_a, to_b), less(to_c, far(d)));
    let last = select_unpredictable(to_c <= nearest, c, d);
    select_unpredictable(to_a <= nearest, a, select_unpredictable(to_b <= nearest, b, last))
}

/// How far a vacancy is from the level sought, as the bits of a number that is not negative, which sort as it does; and
/// its place.
#[inline]
fn distance(levels: &[f64], place: u32, sought: f64) -> (u64, u32) {
    ((levels[place as usize] - sought).abs().to_bits(), place)
}

/// The nearer of two, of equally near ones the first.
#[inline]
fn nearer(first: (u64, u32), second: (u64, u32)) -> (u64, u32) {
    let closer = second.0 < first.0;
    (select_unpredictable(closer, second.0, first.0), select_unpredictable(closer, second.1, first.1))
}
