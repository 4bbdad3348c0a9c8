//! Convergence: intervals that cover, errors that fall, and markets that grow to a limit.

use rayon::prelude::*;

use super::errors;
use super::judge::{Check, Rule};
use super::{Effort, Stop, not_the_limit};
use crate::engine::{Failure, burn_in, continue_from};
use crate::experiments::gain::{Arms, pooled};
use crate::experiments::outcomes::{Metric, Summary, metric};
use crate::experiments::verdict::LEVEL;
use crate::maths::ln;
use crate::scenario::Scenario;
use crate::stats::{Estimate, Moments, mean_interval};

/// Replications of one experiment.
const EACH: usize = 10;
/// Coverage may be off by as much as 400 experiments make it with 3.3 standard errors: 0.036.
const COVERAGE_ERRORS: f64 = 3.3;
const NOMINAL: f64 = 0.95;
/// Outcomes looked at.
const OUTCOMES: [(Metric, &str); 3] = [
    (metric!("unemployment_share"), "unemployment"),
    (metric!("goodwill"), "goodwill of sellers' ties"),
    (metric!("requests_paid"), "paid requests"),
];
const GAIN: Metric = metric!("clients_gain");
/// Replications of each experiment in which errors are to fall.
const SIZES: [usize; 4] = [5, 10, 20, 40];
/// By how much the market grows.
const GROWTH: [u32; 4] = [2, 4, 8, 16];

pub(super) fn check(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    let replications =
        if effort == Effort::Quick { scenario.run.replications.min(400) } else { scenario.run.replications };
    if replications < 100 {
        return Err(not_the_limit("run.replications must be 100 or more"));
    }
    let rows = outcomes_of(scenario, replications)?;
    let mut checks = Vec::new();
    for (metric, words) in OUTCOMES {
        let values: Vec<f64> = rows.iter().filter_map(|row| metric.read(row)).collect();
        let truth = errors::mean(&values).0;
        let intervals = values.chunks_exact(EACH).map(|some| mean_interval(some, NOMINAL));
        checks.push(coverage(
            &format!("{words}: experiments whose interval holds the truth"),
            truth,
            intervals,
        ));
    }
    checks.extend(coverage_of_gain(&rows));
    for (metric, words) in OUTCOMES {
        let values: Vec<f64> = rows.iter().filter_map(|row| metric.read(row)).collect();
        checks.push(falls(words, &values));
    }
    let each = if effort == Effort::Quick { 12 } else { 100 };
    checks.extend(growth(scenario, each)?);
    Ok(checks)
}

type Row = Vec<Option<f64>>;

/// Outcomes of each replication.
fn outcomes_of(scenario: &Scenario, replications: u32) -> Result<Vec<Row>, Failure> {
    let one = |replication: u32| {
        let opening = burn_in(scenario, replication, &|| {})?;
        let history = continue_from(scenario, opening.world, &|| {})?;
        Ok(Summary::of(scenario, &history).values())
    };
    (0..replications).into_par_iter().map(one).collect()
}

fn coverage(what: &str, truth: f64, intervals: impl Iterator<Item = Option<Estimate>>) -> Check {
    let (mut n, mut hold) = (0.0, 0.0);
    for (low, high) in intervals.flatten().filter_map(|estimate| estimate.interval) {
        n += 1.0;
        hold += f64::from(u8::from((low..=high).contains(&truth)));
    }
    let rule = Rule::Errors { most: COVERAGE_ERRORS, precision: None };
    Check::new(what, "share", (NOMINAL, "the level of the interval"), errors::share(hold, n, NOMINAL), rule)
        .noted(format!("{n} experiments of {EACH} replications"))
}

/// The same of the clients' gain, pooled and clustered by replication.
fn coverage_of_gain(rows: &[Row]) -> Option<Check> {
    let arms: Vec<Arms> = rows.iter().map(|row| Arms::behind(row, GAIN.place)).collect();
    let truth = pooled(&arms, LEVEL)?.value;
    let what = "clients' gain: experiments whose interval holds the truth";
    Some(coverage(what, truth, arms.chunks_exact(EACH).map(|arms| pooled(arms, LEVEL))))
}

/// Slope of ln(sd of the mean) by ln(replications), each size on replications of its own: −1/2.
fn falls(words: &str, values: &[f64]) -> Check {
    let part = values.len() / SIZES.len();
    let sds = SIZES.iter().zip(values.chunks_exact(part)).map(|(&size, own)| {
        let means: Vec<f64> = own.chunks_exact(size).map(|some| errors::mean(some).0).collect();
        (size, sd(&means), means.len())
    });
    let points: Vec<(f64, f64, f64)> =
        sds.map(|(size, sd, n)| (ln(errors::count(size)), ln(sd), 2.0 * errors::count(n - 1))).collect();
    let what = format!("{words}: slope of log error by log replications");
    Check::new(what, "", (-0.5, "1/√n"), slope(&points), Rule::errors())
}

fn sd(values: &[f64]) -> f64 {
    Moments::of(values).sd().unwrap_or(f64::NAN)
}

/// Weighted least squares: points of x, y and 1/variance of y.
fn slope(points: &[(f64, f64, f64)]) -> (f64, f64) {
    let weight: f64 = points.iter().map(|(_, _, w)| w).sum();
    let middle = points.iter().map(|(x, _, w)| w * x).sum::<f64>() / weight;
    let spread: f64 = points.iter().map(|(x, _, w)| w * (x - middle) * (x - middle)).sum();
    let slope = points.iter().map(|(x, y, w)| w * (x - middle) * y).sum::<f64>() / spread;
    (slope, 1.0 / spread.sqrt())
}

/// Markets of 2, 4, 8 and 16 times the size: the spread falls with the root of the size, and the figure at 16 is what
/// a deviation from the limit that falls as 1/size leads one to expect from 4 and 8.
fn growth(scenario: &Scenario, replications: u32) -> Result<Vec<Check>, Stop> {
    let mut rows = Vec::new();
    for factor in GROWTH {
        let mut market = scenario.clone();
        market.workers.count *= factor;
        market.decision_makers.count *= factor;
        market.introducers.count *= factor;
        rows.push(outcomes_of(&market, replications)?);
    }
    let mut checks = Vec::new();
    for (metric, words) in OUTCOMES {
        let each: Vec<Vec<f64>> = rows
            .iter()
            .zip(GROWTH)
            .map(|(rows, factor)| {
                // Counts are taken per worker.
                let per = if metric.name.starts_with("requests") { f64::from(factor) } else { 1.0 };
                rows.iter().filter_map(|row| Some(metric.read(row)? / per)).collect()
            })
            .collect();
        let points: Vec<(f64, f64, f64)> = each
            .iter()
            .zip(GROWTH)
            .map(|(values, factor)| {
                (ln(f64::from(factor)), ln(sd(values)), 2.0 * errors::count(values.len() - 1))
            })
            .collect();
        let what = format!("{words}: slope of log spread by log size of the market");
        checks.push(Check::new(what, "", (-0.5, "law of large numbers"), slope(&points), Rule::errors()));
        let means: Vec<(f64, f64)> = each.iter().map(|values| errors::mean(values)).collect();
        let (small, middle, large) = (means[1], means[2], means[3]);
        // m(N) = m + c/N: m(16) = 1.5 m(8) − 0.5 m(4).
        let expected = 1.5 * middle.0 - 0.5 * small.0;
        let error = large.1.hypot(1.5 * middle.1).hypot(0.5 * small.1);
        let what = format!("{words}: 16 times the market, expected from 4 and 8 times");
        let source = "deviation from the limit falls as 1/size";
        checks.push(Check::new(what, "", (expected, source), (large.0, error), Rule::errors()));
    }
    Ok(checks)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// y = 2 − x/2 with weights 1, 2 and 3 at 0, 1 and 2: the weighted mean of x is 4/3, the spread about it 10/3.
    #[test]
    fn a_slope_is_that_of_weighted_least_squares() {
        let (slope, error) = slope(&[(0.0, 2.0, 1.0), (1.0, 1.5, 2.0), (2.0, 1.0, 3.0)]);
        assert!((slope + 0.5).abs() < 1e-12, "{slope}");
        assert!((error - 0.3_f64.sqrt()).abs() < 1e-12, "{error}");
    }
}
