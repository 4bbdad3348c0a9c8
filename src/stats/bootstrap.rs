//! Intervals by drawing the sample again.

use rand::Rng;
use rand_distr::{Distribution, Uniform};

use super::{Estimate, quantile_of_sorted};

/// Percentile interval of a statistic over samples drawn from `values` with replacement.
///
/// - `values`: numbers, or whatever is observed as one: clusters, trajectories
/// - `statistic`: from a sample of the same size to a number; a `None` or non-finite result drops that resample
/// - `resamples`: how many; 1,000 or more for a 95 % interval
/// - `random`: decides the resamples, so the same generator gives the same interval
///
/// Source: Efron and Tibshirani (1993), *An Introduction to the Bootstrap*, ch. 13.
/// Limits: `None` without values or where the statistic of the sample itself is not finite; one value, or fewer than
/// 20 usable resamples, give no interval; constant values one of width 0. Too narrow for small samples.
pub fn bootstrap_interval<T: Clone, R: Rng + ?Sized>(
    values: &[T],
    statistic: impl Fn(&[T]) -> Option<f64>,
    resamples: usize,
    level: f64,
    random: &mut R,
) -> Option<Estimate> {
    let n = values.len();
    if n == 0 || !(level > 0.0 && level < 1.0) {
        return None;
    }
    let value = statistic(values).filter(|v| v.is_finite())?;
    if n == 1 {
        return Some(Estimate { n, value, interval: None });
    }
    let one = Uniform::new(0, n).ok()?;
    let mut sample = values.to_vec();
    let mut drawn = Vec::with_capacity(resamples);
    for _ in 0..resamples {
        for slot in &mut sample {
            slot.clone_from(&values[one.sample(random)]);
        }
        drawn.extend(statistic(&sample).filter(|v| v.is_finite()));
    }
    drawn.sort_by(f64::total_cmp);
    let tail = (1.0 - level) / 2.0;
    let ends = quantile_of_sorted(&drawn, tail).zip(quantile_of_sorted(&drawn, 1.0 - tail));
    Some(Estimate { n, value, interval: ends.filter(|_| drawn.len() >= FEWEST_RESAMPLES) })
}

/// Below this, the 2.5 % tail of the resamples is a guess.
const FEWEST_RESAMPLES: usize = 20;
