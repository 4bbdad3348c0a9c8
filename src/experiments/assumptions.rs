//! Assumptions: how far answers move when constants that nobody has measured move over their believable ranges.
//!
//! A Latin hypercube over the ranges; at each point every scenario is run once, with a labour market and a burn-in of
//! its own. The interval over assumptions holds the middle 95 % of the points. One replication a point: the luck of a
//! single market is part of the interval, which errs on the wide side.

use rayon::prelude::*;

use super::designs;
use super::keep::{self, Back, Keep, Out, name_of};
use super::outcomes::{self, Summary};
use crate::engine::batch::plan;
use crate::engine::{Arm, Failure, burn_in, continue_from, live_fork};
use crate::scenario::{Scenario, key};
use crate::stats::quantile;

/// Constants that nobody has measured and on which answers about relationships hang.
pub const ASSUMED: [&str; 9] = [
    "goodwill.start",
    "goodwill.per_request",
    "goodwill.good",
    "goodwill.bad",
    "goodwill.recovery",
    "goodwill.block_below",
    "introducers.goodwill_value",
    "introducers.gratitude",
    "decision_makers.courtesy",
];

/// One point of the hypercube in one scenario.
#[derive(Clone, Debug)]
pub struct Point {
    /// Number of the point.
    pub number: usize,
    /// Number of the scenario.
    pub arm: usize,
    /// Values of [`ASSUMED`].
    pub values: Vec<f64>,
    /// Outcomes, by `outcomes::columns`, or why there are none.
    pub outcomes: Result<Vec<Option<f64>>, Failure>,
}

/// An interval over assumptions of one outcome in one scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Over {
    /// Lower end: the 2.5th percentile of the points.
    pub low: f64,
    /// Median of the points.
    pub median: f64,
    /// Upper end: the 97.5th percentile.
    pub high: f64,
    /// Points that have the outcome.
    pub n: usize,
}

/// Fewest points from which a percentile at either end is read.
pub const FEWEST: usize = 40;

/// Runs every scenario at every point; `point_done` is called after each point.
#[must_use]
pub fn explore(arms: &[Arm], points: usize, point_done: &(dyn Fn() + Sync), kept: &dyn Keep) -> Vec<Point> {
    let seed = arms[0].scenario.run.seed;
    let design = designs::latin(points, ASSUMED.len(), seed);
    let most = arms.iter().map(|arm| arm.scenario.run.replications).max().unwrap_or(1).max(1);
    let texts = keep::texts(arms);
    let mut found: Vec<Point> = design
        .par_iter()
        .enumerate()
        .flat_map_iter(|(number, cube)| {
            let values: Vec<f64> = ASSUMED.iter().zip(cube).map(|(path, &x)| value(path, x)).collect();
            // Luck goes round: the points do not all hang on one market's.
            let replication = u32::try_from(number).unwrap_or(u32::MAX) % most;
            let name =
                name_of(&format!("assumptions {values:?}"), texts.iter().map(String::as_str), replication);
            let recalled = kept.recall(&name).and_then(|bytes| decode(&bytes, &values, number));
            let done = recalled.unwrap_or_else(|| {
                let done = run_point(arms, &values, replication, number);
                if let Some(bytes) = encode(&done) {
                    kept.keep(&name, bytes);
                }
                done
            });
            point_done();
            done
        })
        .collect();
    found.sort_by_key(|point| (point.arm, point.number));
    found
}

fn encode(points: &[Point]) -> Option<Vec<u8>> {
    let mut out = Out::default();
    for point in points {
        out.whole(point.arm as u64);
        out.values(point.outcomes.as_ref().ok()?);
    }
    Some(out.bytes())
}

fn decode(bytes: &[u8], values: &[f64], number: usize) -> Option<Vec<Point>> {
    let mut back = Back::of(bytes);
    let mut points = Vec::new();
    while !back.is_done() {
        let arm = usize::try_from(back.whole()?).ok()?;
        points.push(Point { number, arm, values: values.to_vec(), outcomes: Ok(back.values()?) });
    }
    Some(points)
}

/// A coordinate in [0, 1) as a value of the key's believable range; ranges over more than a factor of ten, above 0,
/// are cut in equal ratios.
fn value(path: &str, x: f64) -> f64 {
    let key = key(path).expect("assumed constants are keys, checked by a test");
    let range = key.plausible.unwrap_or(key.range);
    if range.low > 0.0 && range.high / range.low > 10.0 {
        return range.low * crate::maths::pow(range.high / range.low, x);
    }
    range.low + (range.high - range.low) * x
}

fn run_point(arms: &[Arm], values: &[f64], replication: u32, number: usize) -> Vec<Point> {
    let mut moved = arms.to_vec();
    for arm in &mut moved {
        arm.scenario.run.replications = 1;
        for (path, value) in ASSUMED.iter().zip(values) {
            arm.scenario
                .set(path, &value.to_string())
                .expect("believable values are allowed, checked by a test");
        }
    }
    let mut points = Vec::new();
    for job in plan(&moved) {
        let opening = burn_in(&moved[job.arms[0]].scenario, replication, &|| {}).and_then(|mut opening| {
            live_fork(job.arms.iter().map(|&arm| &moved[arm].scenario), &mut opening.world, &|| {})?;
            Ok(opening)
        });
        for &arm in &job.arms {
            let outcomes = match &opening {
                Ok(opening) => history(&moved[arm].scenario, opening.world.clone()),
                Err(failure) => Err(failure.clone()),
            };
            points.push(Point { number, arm, values: values.to_vec(), outcomes });
        }
    }
    points
}

fn history(scenario: &Scenario, world: crate::world::World) -> Result<Vec<Option<f64>>, Failure> {
    let history = continue_from(scenario, world, &|| {})?;
    Ok(Summary::of(scenario, &history).values())
}

/// The interval of an outcome in a scenario; none from fewer than 40 points that have it.
#[must_use]
pub fn over(points: &[Point], arm: usize, metric: &str) -> Option<Over> {
    let column = outcomes::columns().iter().position(|(name, ..)| *name == metric)?;
    let own = points.iter().filter(|point| point.arm == arm);
    let values: Vec<f64> = own.filter_map(|p| p.outcomes.as_ref().ok()?[column]).collect();
    if values.len() < FEWEST {
        return None;
    }
    Some(Over {
        low: quantile(&values, 0.025)?,
        median: quantile(&values, 0.5)?,
        high: quantile(&values, 0.975)?,
        n: values.len(),
    })
}
