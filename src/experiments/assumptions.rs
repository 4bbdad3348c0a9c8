//! Assumptions: how far answers move when constants that nobody has measured move over their believable ranges.
//!
//! A Latin hypercube over the ranges; at each point every scenario is run once, with a labour market and a burn-in of
//! its own. Where a scenario is the labour market alone, it is run first, and a point at which it is implausibly far from
//! the facts that the labour market is fitted to is put aside (history matching: Andrianakis et al. 2015, *PLOS
//! Computational Biology* 11(1)). The interval over assumptions holds the middle 95 % of the others. One replication a
//! point: the luck of a single market is part of the interval, which errs on the wide side.

use rayon::prelude::*;

use super::designs;
use super::facts::fitted_in_labour_markets;

use super::keep::{self, Asked, Back, Keep, Missing, Out, name_of};
use super::outcomes::{Metric, Summary};
use crate::engine::batch::plan;
use crate::engine::replication::is_organic;
use crate::engine::{Arm, Failure, continue_from, openings};
use crate::scenario::{Scenario, key};
use crate::stats::quantile;

/// Constants that nobody has measured and on which answers about relationships hang.
pub const ASSUMED: [&str; 13] = [
    "goodwill.start",
    "goodwill.per_request",
    "goodwill.good",
    "goodwill.bad",
    "goodwill.recovery",
    "goodwill.block_below",
    "introducers.goodwill_value",
    "introducers.gratitude",
    "decision_makers.courtesy",
    "word.listeners",
    "word.hearsay",
    "word.bad_news",
    "sellers.livelihood",
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
    /// Whether the labour market alone is near enough to the facts; true where nobody ran it.
    pub hits: bool,
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

/// Halves of a fact's range beyond which a figure is implausible: three standard deviations, where the range is the middle
/// 95 %, as Pukelsheim (1994, *American Statistician* 48(2)) allows any distribution with one mode.
pub const IMPLAUSIBLE: f64 = 1.5;

/// Fewest points from which a percentile at either end is read.
pub const FEWEST: usize = 40;

/// Runs scenarios at every point; `point_done` is called after each point.
///
/// - `run`: of each scenario, whether it is run there
///
/// # Errors
/// [`Missing`] if others have not run theirs.
pub fn explore(
    arms: &[Arm],
    run: &[bool],
    points: usize,
    point_done: &(dyn Fn() + Sync),
    kept: &dyn Keep,
) -> Result<Vec<Point>, Missing> {
    let seed = arms[0].scenario.run.seed;
    let design = designs::latin(points, ASSUMED.len(), seed);
    let most = arms.iter().map(|arm| arm.scenario.run.replications).max().unwrap_or(1).max(1);
    let texts = keep::texts(arms);
    let place = |(number, cube): (usize, &Vec<f64>)| {
        let values: Vec<f64> = ASSUMED.iter().zip(cube).map(|(path, &x)| value(path, x)).collect();
        // Luck goes round: the points do not all hang on one market's.
        Place { number, values, replication: u32::try_from(number).unwrap_or(u32::MAX) % most }
    };
    let places: Vec<Place> = design.iter().enumerate().map(place).collect();
    let name = |place: &Place| {
        let kind = format!("assumptions {:?} {run:?}", place.values);
        name_of(&kind, texts.iter().map(String::as_str), place.replication)
    };
    let asked = places.iter().map(|place| Asked::new(name(place), [&arms[0].scenario])).collect();
    let back = |place: &Place, bytes: &[u8]| {
        let found = decode(bytes, &place.values, place.number)?;
        point_done();
        Some(found)
    };
    let live = |place: &Place| {
        let done = run_point(arms, run, &place.values, place.replication, place.number);
        keep::put(kept, &name(place), encode(&done));
        point_done();
        done
    };
    let found = keep::woven(&places, asked, kept, back, |todo| todo.par_iter().map(live).collect())?;
    let mut found: Vec<Point> = found.into_iter().flatten().collect();
    found.sort_by_key(|point| (point.arm, point.number));
    Ok(found)
}

/// A point of the hypercube, and whose luck it has.
#[derive(Clone)]
struct Place {
    number: usize,
    values: Vec<f64>,
    replication: u32,
}

fn encode(points: &[Point]) -> Option<Vec<u8>> {
    let mut out = Out::default();
    for point in points {
        out.whole(point.arm as u64);
        out.whole(point.hits.into());
        out.values(point.outcomes.as_ref().ok()?);
    }
    Some(out.bytes())
}

fn decode(bytes: &[u8], values: &[f64], number: usize) -> Option<Vec<Point>> {
    let mut back = Back::of(bytes);
    let mut points = Vec::new();
    while !back.is_done() {
        let arm = usize::try_from(back.whole()?).ok()?;
        let hits = back.whole()? == 1;
        points.push(Point { number, arm, values: values.to_vec(), outcomes: Ok(back.values()?), hits });
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

fn run_point(arms: &[Arm], run: &[bool], values: &[f64], replication: u32, number: usize) -> Vec<Point> {
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
    for mut job in plan(&moved) {
        job.arms.retain(|&arm| run[arm]);
        // The labour market alone says whether the others are worth it.
        job.arms.sort_by_key(|&arm| !is_organic(&arms[arm].scenario));
        let Some(&first) = job.arms.first() else { continue };
        let opening = openings::begin(&moved[first].scenario, replication, &|| {});
        let mut hits = true;
        if is_organic(&arms[first].scenario) {
            let outcomes = match &opening {
                Ok(opening) => history(&moved[first].scenario, opening.world.clone()),
                Err(failure) => Err(failure.clone()),
            };
            hits = outcomes.as_ref().is_ok_and(|row| is_plausible(row));
            points.push(Point { number, arm: first, values: values.to_vec(), outcomes, hits });
            job.arms.remove(0);
        }
        if !hits || job.arms.is_empty() {
            continue;
        }
        let shared: Vec<&Scenario> = job.arms.iter().map(|&arm| &moved[arm].scenario).collect();
        let opening = opening.and_then(|opening| openings::fork(&shared, replication, opening, &|| {}));
        for &arm in &job.arms {
            let outcomes = match &opening {
                Ok(opening) => history(&moved[arm].scenario, opening.world.clone()),
                Err(failure) => Err(failure.clone()),
            };
            points.push(Point { number, arm, values: values.to_vec(), outcomes, hits });
        }
    }
    points
}

/// Whether the outcomes of a labour market in which nobody sells are near enough to the facts that it is fitted to.
#[must_use]
pub fn is_plausible(row: &[Option<f64>]) -> bool {
    fitted_in_labour_markets().all(|fact| {
        let value = Metric::of(fact.metric).and_then(|metric| metric.read(row));
        value.is_some_and(|value| fact.half_ranges(value).abs() <= IMPLAUSIBLE)
    })
}

fn history(scenario: &Scenario, world: crate::world::World) -> Result<Vec<Option<f64>>, Failure> {
    let history = continue_from(scenario, world, &|| {})?;
    Ok(Summary::of(scenario, &history).values())
}

/// The interval of an outcome in a scenario; `None` from fewer than 40 points that have it.
#[must_use]
pub fn over(points: &[Point], arm: usize, metric: &str) -> Option<Over> {
    let metric = Metric::of(metric)?;
    let own = points.iter().filter(|point| point.arm == arm && point.hits);
    let values: Vec<f64> = own.filter_map(|p| metric.read(p.outcomes.as_ref().ok()?)).collect();
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
