//! A batch: many scenarios and replications, spread over threads, collected in order.

use std::sync::Arc;

use rayon::prelude::*;

use super::openings;
use super::replication::{
    BurnIn, Failure, History, continue_as_fork, continue_from, is_organic, weeks_of_fork,
};
use crate::scenario::Scenario;
use crate::week::tally::Tally;
use crate::world::World;

/// One scenario of a batch.
#[derive(Clone, Debug)]
pub struct Arm {
    /// Name, unique in the batch.
    pub name: String,
    /// Its scenario.
    pub scenario: Scenario,
}

/// One replication of all arms that share a labour market.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Arms, by their numbers in the batch.
    pub arms: Vec<usize>,
    /// Number of the replication.
    pub replication: u32,
}

/// Jobs of a batch: arms of one labour market together, replication by replication.
#[must_use]
pub fn plan(arms: &[Arm]) -> Vec<Job> {
    let mut markets: Vec<(String, Vec<usize>)> = Vec::new();
    for (number, arm) in arms.iter().enumerate() {
        let market = arm.scenario.labour_market();
        match markets.iter_mut().find(|(text, _)| *text == market) {
            Some((_, members)) => members.push(number),
            None => markets.push((market, vec![number])),
        }
    }
    let mut jobs = Vec::new();
    for (_, members) in markets {
        let most = members.iter().map(|&arm| arms[arm].scenario.run.replications).max().unwrap_or(0);
        for replication in 0..most {
            let takes_part = |&arm: &usize| arms[arm].scenario.run.replications > replication;
            jobs.push(Job { arms: members.iter().copied().filter(takes_part).collect(), replication });
        }
    }
    jobs
}

/// Weeks that a batch will simulate: what its progress is measured in.
#[must_use]
pub fn total_weeks(arms: &[Arm]) -> u64 {
    weeks_from(arms, 0)
}

/// The same, of the replications from a number on.
#[must_use]
pub fn weeks_from(arms: &[Arm], from: u32) -> u64 {
    let weeks = |job: &Job| {
        let first = &arms[job.arms[0]].scenario;
        let histories: u64 = job.arms.iter().map(|&arm| u64::from(arms[arm].scenario.run.weeks)).sum();
        let fork = if own_fork(arms, job).is_some() { 0 } else { weeks_of_fork(scenarios(arms, job)) };
        u64::from(first.run.burn_in) + u64::from(fork) + histories
    };
    plan(arms).iter().filter(|job| job.replication >= from).map(weeks).sum()
}

/// Runs every job of a batch and hands each to `finish`, which reduces histories to rows; the results come in the
/// order of the jobs, whatever the threads did.
///
/// `finish` gets the job, the weeks of the burn-in and the history of each of its arms, or why there is none.
pub fn run_batch<R: Send>(
    arms: &[Arm],
    week_done: &(dyn Fn() + Sync),
    finish: impl Fn(&Job, Result<&[Tally], &Failure>, Vec<Result<History, Failure>>) -> R + Sync,
) -> Vec<R> {
    let jobs = plan(arms);
    run_jobs(arms, &jobs, week_done, finish)
}

fn scenarios<'a>(arms: &'a [Arm], job: &'a Job) -> impl Iterator<Item = &'a Scenario> {
    job.arms.iter().map(|&arm| &arms[arm].scenario)
}

/// Position of an arm of a job that is the organic fork of the others, if they need one and it lives as long.
fn own_fork(arms: &[Arm], job: &Job) -> Option<usize> {
    let weeks = weeks_of_fork(scenarios(arms, job));
    let is_fork = |scenario: &Scenario| weeks > 0 && scenario.run.weeks >= weeks && is_organic(scenario);
    scenarios(arms, job).position(is_fork)
}

/// The history of each arm of a job, from one opening, and the weeks before it. The organic fork is lived first: that of
/// an arm if it is its own, otherwise one of which no history is kept.
fn live(
    arms: &[Arm],
    job: &Job,
    mut opening: Arc<BurnIn>,
    week_done: &(dyn Fn() + Sync),
) -> (Vec<Tally>, Vec<Result<History, Failure>>) {
    let all: Vec<&Scenario> = scenarios(arms, job).collect();
    let own =
        own_fork(arms, job).filter(|_| !openings::is_forked(&opening, weeks_of_fork(scenarios(arms, job))));
    let mut first = None;
    if let Some(position) = own {
        let lived = continue_as_fork(all[position], opening.world.clone(), week_done);
        let lived = lived.map(|(history, organic)| {
            opening = openings::keep_fork(all[position], job.replication, Arc::clone(&opening), organic);
            history
        });
        first = Some((position, lived));
    } else if own_fork(arms, job).is_none() {
        match openings::fork(&all, job.replication, Arc::clone(&opening), week_done) {
            Ok(forked) => opening = forked,
            Err(failure) => return (opening.weeks.clone(), vec![Err(failure); job.arms.len()]),
        }
    }
    let BurnIn { world, weeks } = Arc::unwrap_or_clone(opening);
    let others =
        job.arms.iter().enumerate().filter(|(position, _)| first.as_ref().is_none_or(|f| f.0 != *position));
    let others: Vec<usize> = others.map(|(_, &arm)| arm).collect();
    let history = |arm: usize, world: World| continue_from(&arms[arm].scenario, world, week_done);
    let mut histories: Vec<_> = match others[..] {
        // The only one takes the world itself.
        [arm] => vec![history(arm, world)],
        _ => others.par_iter().map(|&arm| history(arm, world.clone())).collect(),
    };
    if let Some((position, lived)) = first {
        histories.insert(position, lived);
    }
    (weeks, histories)
}

/// The same for some of the jobs.
pub fn run_jobs<R: Send>(
    arms: &[Arm],
    jobs: &[Job],
    week_done: &(dyn Fn() + Sync),
    finish: impl Fn(&Job, Result<&[Tally], &Failure>, Vec<Result<History, Failure>>) -> R + Sync,
) -> Vec<R> {
    let one = |job: &Job| match openings::begin(&arms[job.arms[0]].scenario, job.replication, week_done) {
        Ok(opening) => {
            let (weeks, histories) = live(arms, job, opening, week_done);
            finish(job, Ok(&weeks), histories)
        }
        Err(failure) => finish(job, Err(&failure), vec![Err(failure.clone()); job.arms.len()]),
    };
    jobs.par_iter().map(one).collect()
}
