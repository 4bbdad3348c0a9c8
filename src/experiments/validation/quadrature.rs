//! Integrals against the normal density, and what a screen leaves of a normal population.

use crate::maths::{normal_below, normal_density};

/// Integral of `f` against the standard normal density: midpoint rule from −9 to 9 in 18,000 steps.
///
/// The error is below 1e-6 for bounded `f` with a few jumps.
#[must_use]
pub fn normal_integral(f: impl Fn(f64) -> f64) -> f64 {
    let step = 0.001;
    (0..18_000).map(|i| -9.0 + (f64::from(i) + 0.5) * step).map(|x| f(x) * normal_density(x) * step).sum()
}

/// Whom a look accepts whose score correlates with ability by `validity`, if only scores above `z` are accepted; both
/// are standard normal.
///
/// - gives the share accepted and their mean ability, sd
///
/// Source: Brogden (1946), *Journal of Educational Psychology* 37; mean of a truncated normal.
#[must_use]
pub fn accepted(validity: f64, z: f64) -> (f64, f64) {
    let share = normal_below(-z);
    (share, validity * normal_density(z) / share)
}

/// Share of those accepted whose ability is above `best`.
///
/// Source: Taylor and Russell (1939), *Journal of Applied Psychology* 23; over the score by Simpson's rule from the line
/// that it must reach.
#[must_use]
pub fn best_of_accepted(validity: f64, z: f64, best: f64) -> f64 {
    let rest = (1.0 - validity * validity).sqrt();
    let of = |score: f64| normal_below((validity * score - best) / rest) * normal_density(score);
    let steps = 2_000_u32;
    let step = (9.0 - z) / f64::from(steps);
    let weight = |i: u32| match i {
        _ if i == 0 || i == steps => 1.0,
        _ if i % 2 == 1 => 4.0,
        _ => 2.0,
    };
    let sum: f64 = (0..=steps).map(|i| weight(i) * of(z + f64::from(i) * step)).sum();
    sum * step / 3.0 / normal_below(-z)
}

/// Whom a chain of looks accepts that all share one draw of noise ε: stage s shows θ + ε/√π and goes on from a posterior
/// mean of c on, which is θ ≥ c (1 + π)/π − ε/√π. Over ability in closed form, over the noise by quadrature.
///
/// - `stages`: precision of all looks so far, and the posterior mean asked for
/// - gives the share accepted and their mean ability, sd
#[must_use]
pub fn staged(stages: &[(f64, f64)]) -> (f64, f64) {
    let lowest = |noise: f64| {
        let needed = |&(precision, score): &(f64, f64)| {
            score * (1.0 + precision) / precision - noise / precision.sqrt()
        };
        stages.iter().map(needed).fold(f64::NEG_INFINITY, f64::max)
    };
    let share = normal_integral(|noise| normal_below(-lowest(noise)));
    (share, normal_integral(|noise| normal_density(lowest(noise))) / share)
}
