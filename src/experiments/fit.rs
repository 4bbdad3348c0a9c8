//! Fit: moves a few parameters of the labour market inside their plausible ranges towards the facts marked for it.
//!
//! A Latin hypercube over the ranges, then rounds of trials around the best point with a step that shrinks when a
//! round brings nothing better. Every point is run on the same luck, so that points differ by their parameters and not
//! by noise. The seed of the search is the scenario's own; the same file gives the same fit.

use rayon::prelude::*;

use super::designs::latin;
use super::facts::{self, Comparison};
use super::run::run;
use crate::engine::Arm;
use crate::scenario::key;
use crate::streams::{Draws, Purpose};

/// Parameters that the fit may move.
pub const MOVED: [&str; 12] = [
    "friends.lead_rate",
    "search.applications_unemployed",
    "search.applications_employed",
    "decision_makers.bar_mean",
    "workers.overconfidence_mean",
    "decision_makers.interview_precision",
    "decision_makers.attention",
    "contacts.meet_rate",
    "contacts.ask_rate",
    "decision_makers.vacancy_rate",
    "beliefs.trust_mean",
    "employer.find_hours",
];

/// Points tried at once around the best one; fixed, so that the search does not depend on threads.
const ROUND: usize = 8;

/// A point that was tried.
#[derive(Clone, Debug)]
pub struct Trial {
    /// Values of [`MOVED`].
    pub values: Vec<f64>,
    /// Facts missed.
    pub misses: usize,
    /// Distance from the facts; infinite if the run failed.
    pub distance: f64,
    /// The comparisons, arm by arm.
    pub comparisons: Vec<Vec<Comparison>>,
}

/// Looks for the parameters closest to the facts.
///
/// - `arms`: the scenarios compared with the facts; the labour market of all is moved together
/// - `trials`: how many points to try, a third of them spread over the ranges
/// - `trial_done`: called after each
///
/// The first trial is the scenario as it is.
#[must_use]
pub fn fit(arms: &[Arm], trials: usize, trial_done: &(dyn Fn(&Trial) + Sync)) -> Vec<Trial> {
    let ranges: Vec<(f64, f64)> = MOVED.iter().map(|path| plausible(path)).collect();
    let first = &arms[0].scenario;
    let draws = Draws::new(first.run.seed, u32::MAX);
    let start: Vec<f64> = MOVED.iter().map(|path| first.number(path).unwrap_or(0.0)).collect();
    let attempt = |points: Vec<Vec<f64>>| -> Vec<Trial> {
        let one = |values: Vec<f64>| {
            let trial = try_point(arms, values);
            trial_done(&trial);
            trial
        };
        points.into_par_iter().map(one).collect()
    };
    let spread = trials / 3;
    let mut points = vec![start];
    points.extend(latin(spread, MOVED.len(), first.run.seed).iter().map(|point| within(&ranges, point)));
    let mut tried = attempt(points);
    let mut step = 0.25;
    while tried.len() < trials {
        let best = best_of(&tried);
        let numbers = tried.len()..(tried.len() + ROUND).min(trials);
        let round = numbers.map(|number| near(&draws, &ranges, &tried[best].values, step, number)).collect();
        tried.extend(attempt(round));
        step = if best_of(&tried) == best { (step * 0.9_f64).max(0.01) } else { (step * 1.2).min(0.25) };
    }
    tried
}

/// Position of the best trial: the fewest facts missed, then the closest.
#[must_use]
pub fn best_of(trials: &[Trial]) -> usize {
    let closest = trials
        .iter()
        .enumerate()
        .min_by(|(_, a), (_, b)| a.misses.cmp(&b.misses).then(a.distance.total_cmp(&b.distance)));
    closest.map_or(0, |(position, _)| position)
}

fn plausible(path: &str) -> (f64, f64) {
    let key = key(path).expect("the fit moves keys that exist, checked by a test");
    let range = key.plausible.unwrap_or(key.range);
    (range.low, range.high)
}

fn try_point(arms: &[Arm], values: Vec<f64>) -> Trial {
    let mut moved = arms.to_vec();
    for arm in &mut moved {
        for (path, value) in MOVED.iter().zip(&values) {
            let text = if is_whole(path) { format!("{value:.0}") } else { format!("{value}") };
            if arm.scenario.set(path, &text).is_err() {
                return Trial {
                    values,
                    misses: usize::MAX,
                    distance: f64::INFINITY,
                    comparisons: Vec::new(),
                };
            }
        }
    }
    let finished = run(&moved, &|| {});
    let comparisons: Vec<Vec<Comparison>> = moved
        .iter()
        .zip(&finished.summaries)
        .map(|(arm, summary)| facts::compare(&arm.scenario, summary, &|_| None))
        .collect();
    let failed = finished.replications.iter().any(|r| r.result.is_err());
    let distance = if failed { f64::INFINITY } else { facts::distance(&comparisons) };
    let misses = if failed { usize::MAX } else { facts::misses(&comparisons) };
    Trial { values, misses, distance, comparisons }
}

fn is_whole(path: &str) -> bool {
    path == "decision_makers.attention"
}

/// A point of the unit cube, in the parameters' units.
fn within(ranges: &[(f64, f64)], point: &[f64]) -> Vec<f64> {
    let coordinate = |(dimension, (&(low, high), &x)): (usize, (&(f64, f64), &f64))| {
        rounded(low + (high - low) * x, dimension)
    };
    ranges.iter().zip(point).enumerate().map(coordinate).collect()
}

/// A point near another: each coordinate moves with chance a half by a normal step, in shares of its range.
fn near(draws: &Draws, ranges: &[(f64, f64)], centre: &[f64], step: f64, number: usize) -> Vec<f64> {
    let coordinate = |(dimension, (&(low, high), &x)): (usize, (&(f64, f64), &f64))| {
        let draw = draws.at(Purpose::Design, 2, crate::ids::row(dimension), crate::ids::row(number));
        let moved = if draw.second_yes(0.5) { x + (high - low) * step * draw.normal() } else { x };
        rounded(moved.clamp(low, high), dimension)
    };
    ranges.iter().zip(centre).enumerate().map(coordinate).collect()
}

/// Three significant digits: a fitted value is not known better.
fn rounded(x: f64, dimension: usize) -> f64 {
    if is_whole(MOVED[dimension]) {
        return x.round();
    }
    crate::text::three_digits(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn the_fit_moves_numbers_that_exist_inside_their_ranges() {
        for path in MOVED {
            let (low, high) = plausible(path);
            assert!(low < high && high.is_finite(), "{path}");
            let default = Scenario::default().number(path).unwrap();
            assert!((low..=high).contains(&default), "{path} = {default} outside {low}..{high}");
        }
    }

    /// About half of the coordinates move, by a normal step of a tenth of their range.
    #[test]
    fn a_point_near_another_lies_inside_the_ranges_and_about_a_step_away() {
        let ranges: Vec<(f64, f64)> = MOVED.iter().map(|path| plausible(path)).collect();
        let centre: Vec<f64> =
            ranges.iter().enumerate().map(|(at, &(low, high))| rounded((low + high) / 2.0, at)).collect();
        let draws = Draws::new(1, u32::MAX);
        let (mut moved, mut squares, mut n) = (0.0, 0.0, 0.0);
        for number in 0..100 {
            let point = near(&draws, &ranges, &centre, 0.1, number);
            assert_eq!(point.len(), MOVED.len());
            for ((x, centre), (low, high)) in point.iter().zip(&centre).zip(&ranges) {
                assert!((low..=high).contains(&x), "{x} outside {low}..{high}");
                let by = (x - centre) / (high - low);
                (moved, squares, n) = (moved + f64::from(u8::from(by != 0.0)), squares + by * by, n + 1.0);
            }
        }
        // 1,200 coordinates: 3.3 standard errors of a half are 0.048; of the mean square among those moved 13 %, and the
        // rounding of values adds to it.
        assert!((moved / n - 0.5_f64).abs() < 0.05, "{}", moved / n);
        assert!((squares / moved / 0.01 - 1.0_f64).abs() < 0.2, "{}", squares / moved);
    }

    #[test]
    fn a_search_begins_where_the_scenario_is_and_has_as_many_trials_as_asked_for() {
        let mut scenario = Scenario::default();
        for (path, value) in [
            ("workers.count", "300"),
            ("decision_makers.count", "40"),
            ("introducers.count", "12"),
            ("introducers.ties", "12"),
            ("run.burn_in", "8"),
            ("run.weeks", "8"),
            ("run.replications", "1"),
        ] {
            scenario.set(path, value).unwrap();
        }
        let trials = fit(&[Arm { name: "small".into(), scenario: scenario.clone() }], 23, &|_| {});
        assert_eq!(trials.len(), 23);
        for (path, value) in MOVED.iter().zip(&trials[0].values) {
            assert_eq!(scenario.number(path).map(f64::to_bits), Some(value.to_bits()), "{path}");
        }
        let best = &trials[best_of(&trials)];
        for (number, trial) in trials.iter().enumerate() {
            assert!(!trial.comparisons.is_empty() && trial.distance > 0.0, "{number}");
            assert!(best.misses <= trial.misses, "{number}");
            assert!(number == 0 || trial.values != trials[0].values, "{number} is another point");
        }
        // The scenario, 7 points spread, 8 and 7 around the best: steps of a quarter of a range seldom leave it.
        let ends = |trial: &Trial| {
            let at_end = |(path, x): (&&str, &f64)| {
                let (low, high) = plausible(path);
                *x <= low || *x >= high
            };
            MOVED.iter().zip(&trial.values).filter(|one| at_end(*one)).count()
        };
        let at_ends: usize = trials[16..].iter().map(ends).sum();
        assert!(at_ends < 7 * MOVED.len() / 4, "{at_ends} of {}", 7 * MOVED.len());
    }
}
