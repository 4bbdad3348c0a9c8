//! A run: scenarios on the same luck, reduced to rows while it goes on.

mod pieces;

pub use pieces::Place;

use super::keep::{self, Keep, Missing, Nothing};
use super::known;
use super::measures::{weekly, weekly_rows};
use super::outcomes::{self, Summary};
use super::rest::{self, Change};
use super::stationarity::{self, Blocks};
use super::summary::{ScenarioSummary, summarise};
use super::sweep::Values;
use super::warning::Warning;
use crate::engine::batch::{plan, run_jobs};
use crate::engine::{Arm, Failure, History, Job};
use crate::scenario::Scenario;
use crate::week::record::{Densities, Spell, TieLife};
use crate::week::tally::Tally;

/// What one replication of one scenario leaves.
#[derive(Clone, Debug)]
pub struct Replication {
    /// Number of the scenario in the run.
    pub arm: usize,
    /// Number of the replication.
    pub number: u32,
    /// The rows, or why there are none.
    pub result: Result<Rows, Failure>,
}

/// Rows of one replication.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Hash of the world at the opening.
    pub opening_hash: String,
    /// Outcomes, by `outcomes::columns`.
    pub outcomes: Vec<Option<f64>>,
    /// Number of the week before the first one of the history.
    pub opened: u32,
    /// What its longer tables are made of.
    pub detail: Detail,
}

/// Rows that are here, or lie where they are kept.
#[derive(Clone, Debug)]
pub enum Detail {
    /// Here.
    Here(Box<Tables>),
    /// There.
    Kept(Place),
}

/// Rows of the tables that have many for one replication.
#[derive(Clone, Debug)]
pub struct Tables {
    /// Weekly rows from week 0 on.
    pub weekly: Vec<Vec<Option<f64>>>,
    /// Searches of sampled workers.
    pub spells: Vec<Spell>,
    /// Lives of followed ties.
    pub tie_lives: Vec<TieLife>,
    /// Densities by group.
    pub densities: [Densities; 5],
}

/// A finished run.
#[derive(Clone, Debug)]
pub struct Run {
    /// Replications, by scenario, then by number.
    pub replications: Vec<Replication>,
    /// A summary for each scenario.
    pub summaries: Vec<ScenarioSummary>,
    /// What not to believe.
    pub warnings: Vec<Warning>,
}

/// Runs scenarios; `week_done` is called after every simulated week, from any thread.
#[must_use]
pub fn run(arms: &[Arm], week_done: &(dyn Fn() + Sync)) -> Run {
    let mut finished = Finished::default();
    if more(arms, 0, &mut finished, week_done, &Nothing).is_err() {
        unreachable!("all is run here where nobody shares it");
    }
    conclude(arms, &finished)
}

/// Replications that have been run, before anything is made of them.
#[derive(Clone, Debug, Default)]
pub struct Finished {
    /// Last years of the burn-ins, by labour market and replication.
    blocks: Vec<(usize, u32, Option<Blocks>)>,
    replications: Vec<Replication>,
}

/// Runs the replications from a number on, up to what each scenario says, and adds them to the finished ones; those that
/// are kept are not run again.
///
/// # Errors
/// [`Missing`] if others have not run theirs.
pub fn more(
    arms: &[Arm],
    from: u32,
    finished: &mut Finished,
    week_done: &(dyn Fn() + Sync),
    kept: &dyn Keep,
) -> Result<(), Missing> {
    let mut jobs = plan(arms);
    jobs.retain(|job| job.replication >= from);
    let texts = keep::texts(arms);
    let name = |job: &Job| keep::name_of_job("run", &texts, job);
    let asked = jobs.iter().map(|job| keep::asked(arms, job, name(job))).collect();
    let back = |job: &Job, bytes: &[u8]| {
        let ((blocks, mut rows), places) = pieces::decode(job, bytes)?;
        if kept.lends() {
            pieces::let_go(&mut rows, &name(job), bytes, places);
        }
        Some((job.arms[0], blocks, rows))
    };
    let reduced = keep::woven(&jobs, asked, kept, back, |todo| {
        run_jobs(arms, todo, week_done, |job, weeks, histories| {
            let mut reduced = reduce(arms, job, weeks, histories);
            let name = name(job);
            let encoded = pieces::encode(reduced.1.as_ref(), &reduced.2);
            let bytes = encoded.map(|(bytes, places)| {
                if kept.lends() {
                    pieces::let_go(&mut reduced.2, &name, &bytes, places);
                }
                bytes
            });
            keep::put(kept, &name, bytes);
            reduced
        })
    })?;
    for (job, (market, opening, rows)) in jobs.iter().zip(reduced) {
        if let Some(opening) = opening {
            finished.blocks.push((market, job.replication, opening));
        }
        finished.replications.extend(rows);
    }
    // As if all had been run at once.
    finished.blocks.sort_by_key(|(market, replication, _)| (*market, *replication));
    finished.replications.sort_by_key(|r| (r.arm, r.number));
    Ok(())
}

/// What finished replications say.
#[must_use]
pub fn conclude(arms: &[Arm], finished: &Finished) -> Run {
    let replications = finished.replications.clone();
    let blocks: Vec<_> =
        finished.blocks.iter().map(|(market, _, blocks)| (*market, blocks.clone())).collect();
    let summaries: Vec<_> =
        (0..arms.len()).map(|arm| summary_of(&arms[arm].name, arm, &replications)).collect();
    let mut warnings = warnings(arms, &blocks, &summaries);
    warnings.extend(restless(arms, &replications));
    Run { replications, summaries, warnings }
}

type Reduced = (usize, Option<Option<Blocks>>, Vec<Replication>);

fn reduce(
    arms: &[Arm],
    job: &Job,
    weeks: Result<&[Tally], &Failure>,
    histories: Vec<Result<History, Failure>>,
) -> Reduced {
    let rows = job.arms.iter().zip(histories).map(|(&arm, history)| {
        let scenario = &arms[arm].scenario;
        let result = history.and_then(|history| finite(rows_of(scenario, history)));
        if let Ok(rows) = &result {
            known::keep(scenario, job.replication, &Values::of(rows));
        }
        Replication { arm, number: job.replication, result }
    });
    let blocks = weeks.ok().map(stationarity::blocks);
    (job.arms[0], blocks, rows.collect())
}

/// Reduces a history to its rows.
pub(super) fn rows_of(scenario: &Scenario, history: History) -> Rows {
    let summary = Summary::of(scenario, &history);
    let tables = Tables {
        weekly: weekly_rows(scenario, &history),
        spells: history.record.spells,
        tie_lives: history.record.tie_lives,
        densities: history.record.densities,
    };
    Rows {
        outcomes: summary.values(),
        opened: history.opening.week,
        opening_hash: history.opening_hash,
        detail: Detail::Here(Box::new(tables)),
    }
}

/// One number that is not finite fails its replication and no other.
pub(super) fn finite(rows: Rows) -> Result<Rows, Failure> {
    let broken = |value: &Option<f64>| value.is_some_and(|x| !x.is_finite());
    let names = outcomes::names();
    if let Some(position) = rows.outcomes.iter().position(broken) {
        return Err(Failure::NotFinite(names[position]));
    }
    let Detail::Here(tables) = &rows.detail else { return Ok(rows) };
    match tables.weekly.iter().flat_map(|row| row.iter().position(broken)).next() {
        Some(column) => Err(Failure::NotFinite(weekly().nth(column).map_or("", |measure| measure.name))),
        None => Ok(rows),
    }
}

fn summary_of(name: &str, arm: usize, replications: &[Replication]) -> ScenarioSummary {
    let own = || replications.iter().filter(|r| r.arm == arm);
    let rows: Vec<_> = own().filter_map(|r| r.result.as_ref().ok()).map(|r| r.outcomes.clone()).collect();
    summarise(name, &rows, own().count() - rows.len())
}

/// Markets that had not come to rest, all judged together.
fn restless(arms: &[Arm], replications: &[Replication]) -> Vec<Warning> {
    let level = rest::level(arms.iter().filter(|arm| arm.scenario.may_sell()).count(), 1);
    let warning = |(number, arm): (usize, &Arm)| {
        let own = replications.iter().filter(|one| one.arm == number);
        let rows = own.filter_map(|one| Some(&one.result.as_ref().ok()?.outcomes));
        let change = Change::of_rows(rows, level).filter(Change::moves)?;
        Some(Warning::Restless { scenario: arm.name.clone(), weeks: arm.scenario.run.weeks, by: change.by })
    };
    arms.iter().enumerate().filter_map(warning).collect()
}

fn warnings(arms: &[Arm], blocks: &[(usize, Option<Blocks>)], summaries: &[ScenarioSummary]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let mut markets: Vec<usize> = blocks.iter().map(|(market, _)| *market).collect();
    markets.dedup();
    for market in markets {
        let own: Vec<Blocks> =
            blocks.iter().filter(|(m, _)| *m == market).filter_map(|(_, b)| b.clone()).collect();
        if own.is_empty() {
            warnings.push(Warning::BurnInTooShort { weeks: arms[market].scenario.run.burn_in });
        }
        warnings.extend(
            stationarity::drifts(&own).into_iter().filter(|d| !d.stands_still()).map(Warning::Drifts),
        );
    }
    let fewest = arms.iter().map(|arm| arm.scenario.run.replications).min().unwrap_or(0);
    if fewest < 5 {
        warnings.push(Warning::FewReplications { replications: fewest });
    }
    let sells = |arm: &&Arm| arm.scenario.may_sell();
    let shortest = arms.iter().filter(sells).map(|arm| arm.scenario.run.weeks).min();
    if let Some(weeks) = shortest.filter(|&weeks| weeks < 53) {
        warnings.push(Warning::ShortHorizon { weeks });
    }
    let failed = summaries.iter().filter(|s| s.finished.1 > 0);
    warnings.extend(failed.map(|s| Warning::Failed { scenario: s.scenario.clone(), failed: s.finished.1 }));
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One market too short to be checked, one of which a quantity doubled in both of its burn-ins.
    #[test]
    fn each_labour_market_is_warned_of_by_its_own_burn_in() {
        let arm = |name: &str, weeks: u32| {
            let mut scenario = Scenario::default();
            scenario.run.burn_in = weeks;
            Arm { name: name.to_owned(), scenario }
        };
        let arms = [arm("short", 100), arm("long", 300)];
        let rest = Blocks { values: vec![Some((1.0, 1.0, 0.1)); 5] };
        let blocks = [(0, None), (0, None), (1, Some(rest.clone())), (1, Some(rest))];
        let found = warnings(&arms, &blocks, &[]);
        let short: Vec<&Warning> =
            found.iter().filter(|warning| matches!(warning, Warning::BurnInTooShort { .. })).collect();
        assert_eq!(short, [&Warning::BurnInTooShort { weeks: 100 }]);
        assert!(!found.iter().any(|warning| matches!(warning, Warning::Drifts(_))), "{found:?}");
        let drifting = Blocks { values: vec![Some((1.0, 2.0, 0.1)); 5] };
        let found = warnings(&arms, &[(0, Some(drifting.clone())), (0, Some(drifting))], &[]);
        assert!(found.iter().any(|warning| matches!(warning, Warning::Drifts(_))), "{found:?}");
    }
}
