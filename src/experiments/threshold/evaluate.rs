//! Evaluation: what comes out of many scenarios on the same luck, without their weekly rows.

use crate::engine::batch::{plan, run_jobs};
use crate::engine::{Arm, Failure, Job};
use crate::experiments::keep::{self, Back, Keep, Missing, Out};
use crate::experiments::run::{finite, rows_of};
use crate::experiments::stationarity::{self, Blocks};
use crate::experiments::warning::Warning;

/// Outcomes of one replication, by [`outcomes::columns`](crate::experiments::outcomes::columns), or why there are none.
pub type Row = Result<Vec<Option<f64>>, Failure>;

/// What came out.
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// Rows by arm, then by replication.
    pub rows: Vec<Vec<Row>>,
    /// What is to be said of labour markets at the opening, each by its first arm.
    pub warnings: Vec<(usize, Warning)>,
}

/// What a job leaves: its labour market, blocks of its burn-in, and a row of each arm.
type WeekView = (usize, Option<Option<Blocks>>, Vec<(usize, Row)>);

/// Runs arms, all on the same luck; arms of one labour market share its burn-in in each replication. What is kept is not
/// run again.
///
/// # Errors
/// [`Missing`] if others have not run theirs.
pub fn outcomes_of(
    arms: &[Arm],
    week_done: &(dyn Fn() + Sync),
    kept: &dyn Keep,
) -> Result<Evaluated, Missing> {
    let jobs = plan(arms);
    let texts = keep::texts(arms);
    let name = |job: &Job| keep::name_of_job("tries", &texts, job);
    let asked = jobs.iter().map(|job| keep::asked(arms, job, name(job))).collect();
    let finished = keep::woven(&jobs, asked, kept, decode, |todo| {
        run_jobs(arms, todo, week_done, |job, weeks, histories| {
            let blocks = weeks.ok().map(stationarity::blocks);
            let row = |(&arm, history): (&usize, Result<_, Failure>)| {
                let rows = history.and_then(|history| finite(rows_of(&arms[arm].scenario, history)));
                (arm, rows.map(|rows| rows.outcomes))
            };
            let rows: Vec<(usize, Row)> = job.arms.iter().zip(histories).map(row).collect();
            keep::put(kept, &name(job), encode(blocks.as_ref(), &rows));
            (job.arms[0], blocks, rows)
        })
    })?;
    let mut rows: Vec<Vec<Row>> = vec![Vec::new(); arms.len()];
    let mut openings: Vec<(usize, Vec<Option<Blocks>>)> = Vec::new();
    // Jobs come by labour market, then by replication.
    for (market, blocks, of_job) in finished {
        match openings.last_mut() {
            Some((known, all)) if *known == market => all.extend(blocks),
            _ => openings.push((market, blocks.into_iter().collect())),
        }
        for (arm, row) in of_job {
            rows[arm].push(row);
        }
    }
    let warnings = openings.into_iter().flat_map(|(market, blocks)| {
        let burn_in = arms[market].scenario.run.burn_in;
        rest(burn_in, blocks).into_iter().map(move |warning| (market, warning))
    });
    Ok(Evaluated { rows, warnings: warnings.collect() })
}

fn encode(blocks: Option<&Option<Blocks>>, rows: &[(usize, Row)]) -> Option<Vec<u8>> {
    let mut out = Out::default();
    out.blocks(blocks);
    for (_, row) in rows {
        out.values(row.as_ref().ok()?);
    }
    Some(out.bytes())
}

fn decode(job: &Job, bytes: &[u8]) -> Option<WeekView> {
    let mut back = Back::of(bytes);
    let blocks = back.blocks()?;
    let rows = job.arms.iter().map(|&arm| Some((arm, Ok(back.values()?)))).collect::<Option<_>>()?;
    back.is_done().then_some((job.arms[0], blocks, rows))
}

/// Whether a labour market had come to rest.
fn rest(burn_in: u32, blocks: Vec<Option<Blocks>>) -> Vec<Warning> {
    let blocks: Vec<Blocks> = blocks.into_iter().flatten().collect();
    if blocks.is_empty() {
        return vec![Warning::BurnInTooShort { weeks: burn_in }];
    }
    let drifts = stationarity::drifts(&blocks).into_iter();
    drifts.filter(|drift| !drift.stands_still()).map(Warning::Drifts).collect()
}
