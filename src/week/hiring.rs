//! Taking a job: what changes for the worker, the old employer and the search. Used by leads and meeting.

use super::Step;
use super::record::Ending;
use super::tally::Channel;
use crate::ids::{self, DecisionMakerId, IntroducerId};
use crate::maths;
use crate::streams::Purpose;

/// A worker takes an outside job at his usual salary.
pub(super) fn hire_outside(step: &mut Step<'_>, worker: usize) {
    super::telling::hired(step, worker, None);
    let salary = step.world.workers.usual_salary[worker];
    let s = &step.scenario.workers;
    let level = maths::ln(salary / s.salary_reference) / s.salary_slope;
    let separation = step.scenario.jobs.separation;
    take_job(step, worker, Job { employer: DecisionMakerId::NONE, salary, level, separation }, Channel::Lead);
}

/// A worker takes the job of a decision-maker; her vacancy is filled.
///
/// The job ends with chance separation · exp(−slope · (q − bar)) a week.
pub(super) fn hire_inside(
    step: &mut Step<'_>,
    worker: usize,
    employer: DecisionMakerId,
    true_margin: f64,
    channel: Channel,
) {
    let jobs = &step.scenario.jobs;
    let separation = (jobs.separation * maths::exp(-jobs.separation_match_slope * true_margin)).min(1.0);
    let table = &step.world.decision_makers;
    let (salary, level) = (table.salary[employer.at()], table.level[employer.at()]);
    step.world.set_vacancy(employer.at(), false);
    take_job(step, worker, Job { employer, salary, level, separation }, channel);
}

struct Job {
    employer: DecisionMakerId,
    salary: f64,
    level: f64,
    /// Chance that it ends in a week.
    separation: f64,
}

fn take_job(step: &mut Step<'_>, worker: usize, job: Job, channel: Channel) {
    let week = step.world.week;
    step.record.end_search(step.world, worker, Ending::Hired(channel), Some(job.salary));
    let workers = &step.world.workers;
    let was_out = workers.unemployed.has(worker);
    let log_uplift = maths::ln(job.salary / workers.salary[worker]);
    let left = workers.employer[worker];
    if left.is_some() {
        let again =
            step.world.draws.at(Purpose::Reopen, week, ids::row(worker), 0).yes(step.scenario.jobs.reopened);
        let reopening = &mut step.world.decision_makers.reopening;
        reopening.set(left.at(), reopening.has(left.at()) || again);
    }
    let scenario = step.scenario;
    step.world.change(worker, |workers, _| {
        workers.unemployed.set(worker, false);
        workers.looking.set(worker, false);
        workers.employer[worker] = job.employer;
        workers.salary[worker] = job.salary;
        workers.job_level[worker] = job.level;
        workers.set_separation(scenario, worker, job.separation);
        workers.savings_cents[worker] = workers.own_savings_cents[worker];
        workers.seller[worker] = IntroducerId::NONE;
    });
    step.tally.hires[channel as usize] += 1;
    step.tally.separation_at_hire[channel as usize] += job.separation;
    step.tally.hires_from_unemployment += u32::from(was_out);
    let (sum, n) = &mut step.world.recent_uplift.weeks[week as usize % 52];
    *sum += log_uplift;
    *n += 1;
}
