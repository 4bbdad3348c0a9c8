//! What the parts of a study cost, and what of a budget each may spend.

use super::prepare::{Job, Ready};
use crate::cli::BadInput;
use crate::cli::common::arms_of;
use crate::cli::cost::{Planned, too_little};
use crate::cli::threshold::flip;
use crate::cli::{run, sweep};
use crate::engine::batch;
use crate::experiments::sensitivity;
use crate::scenario::Scenario;

/// What a part does in any case: of maps the first look, of searches the coarse points; of validation nothing is known.
fn weeks(job: &Job) -> u64 {
    match job {
        Job::Run { scenarios, precise, .. } => run::planned(precise, scenarios).weeks,
        Job::Sweep(prepared) => prepared.sweep.first_look(),
        Job::BreakEven { question, .. } => question.coarse_weeks(),
        Job::Flip { claims, points } => flip::search(claims, *points).planned().weeks,
        Job::Sensitivity { experiment, design } => sensitivity::total_weeks(experiment, &design.settings),
        Job::Facts { scenarios } => batch::total_weeks(&arms_of(scenarios)),
        Job::Validation { .. } => 0,
    }
}

/// A market of a part, where somebody sells if that is in any.
fn market(job: &Job) -> Option<&Scenario> {
    match job {
        Job::Run { scenarios, .. } | Job::Facts { scenarios } => {
            let sells = scenarios.iter().find(|one| one.scenario.may_sell());
            sells.or(scenarios.first()).map(|one| &one.scenario)
        }
        Job::Sweep(prepared) => Some(&prepared.sweep.base),
        Job::BreakEven { base, .. } => Some(&base.scenario),
        Job::Flip { claims, .. } => claims.claims.first().map(|claim| &claim.scenario.scenario),
        Job::Sensitivity { experiment, .. } => Some(&experiment.base.scenario),
        Job::Validation { .. } => None,
    }
}

/// What those parts cost together that are to be done.
pub(super) fn planned<'a>(parts: impl Iterator<Item = &'a Ready> + Clone) -> Option<Planned> {
    let market = parts.clone().find_map(|part| market(&part.job))?.clone();
    let is_counted = |part: &Ready| matches!(part.job, Job::Run { .. } | Job::Sweep(_) | Job::Facts { .. });
    let more = if parts.clone().all(is_counted) {
        "; settings that cannot be told then get more"
    } else {
        "; settings that cannot be told get more, searches look at further points, and validation is not counted"
    };
    let weeks = parts.map(|part| weeks(&part.job)).sum();
    Some(Planned { market, weeks, more })
}

/// The parts under a budget: what is left of it beyond what is done in any case goes to the sweeps that look more than once, as
/// their first looks cost.
///
/// # Errors
/// If it is less than what is done in any case, or nothing may have more.
pub(super) fn within(parts: Vec<Ready>, budget: u64) -> anyhow::Result<Vec<Ready>> {
    let least = parts.iter().map(|part| weeks(&part.job)).sum();
    if budget < least {
        return Err(too_little(budget, least, "what this study does in any case"));
    }
    let first_look = |job: &Job| match job {
        Job::Sweep(prepared) if prepared.sweep.looks > 1 => prepared.sweep.first_look(),
        _ => 0,
    };
    let all: u64 = parts.iter().map(|part| first_look(&part.job)).sum();
    if all == 0 {
        let text = "--budget: no part of this study is looked at more than once (`looks`), so there is nothing to spend it on";
        return Err(BadInput(text.to_owned()).into());
    }
    let share = |first: u64| {
        let rest = u128::from(budget - least) * u128::from(first) / u128::from(all);
        first.saturating_add(u64::try_from(rest).unwrap_or(u64::MAX))
    };
    let under = |part: Ready| {
        let first = first_look(&part.job);
        match part.job {
            Job::Sweep(prepared) if first > 0 => {
                let prepared: sweep::Prepared = prepared.under(share(first));
                Ready { plan: prepared.plan.clone(), job: Job::Sweep(Box::new(prepared)), ..part }
            }
            _ => part,
        }
    };
    Ok(parts.into_iter().map(under).collect())
}
