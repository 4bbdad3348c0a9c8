//! Sensitivity: how much of what an output does is owed to one of its inputs, with luck told apart from effect.
//!
//! The output of a simulation is a mean over replications, and differs a little from its expectation by luck. Luck makes
//! every index that sums squares or sizes too large: an input without any effect, but with different luck at every
//! point, would look important. With two replications or more the indices here are made of products of *different*
//! replications, in which luck has mean zero; the plain index of the textbooks, made of means over replications, is
//! given beside them. Without luck, or with one replication, the two are the same.
//!
//! Sources: Morris (1991); Campolongo, Cariboni and Saltelli (2007), "An effective screening design for sensitivity
//! analysis of large models", Environmental Modelling & Software 22, 1509–1518, for μ*; Saltelli and others (2010) for
//! first-order indices; Jansen (1999), "Analysis of variance designs for model output", Computer Physics Communications
//! 117, 35–43, for total indices. Products of different replications: our addition, the usual way to an unbiased square
//! of a mean.

use rand::Rng;

use super::{Estimate, bootstrap_interval, mean_interval};

/// An index and the same as the textbooks have it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Index {
    /// The index without luck, with its percentile interval; `n` is the number of trajectories or base points.
    pub estimate: Estimate,
    /// The index of the means over replications, luck included.
    pub plain: f64,
}

/// What the elementary effects of an input say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elementary {
    /// Mean effect: which way the output goes.
    pub mu: Index,
    /// Mean size of an effect, μ*: how far it goes.
    pub mu_star: Index,
    /// Standard deviation of effects, σ: how much they depend on the other inputs, or on where the input stands.
    pub sigma: Index,
}

/// Mean, mean size and spread of elementary effects.
///
/// μ* without luck: the effect in each replication, with the sign that the *other* replications give it. That sign is
/// taken from their mean effect at the same place and, as far as effects do not differ more from place to place than
/// luck makes them, from their mean effect at all places. Where the effect is nothing but luck, it then counts as often
/// against as for; where it is larger than luck it counts in full; in between the index is a little too small.
///
/// - `effects`: for each trajectory, the effect in each replication; all of the same number of replications
/// - `resamples`, `level`, `random`: of the bootstrap over trajectories; μ has a t interval
///
/// Limits: `None` without trajectories or replications; one trajectory has no interval, and a σ of 0.
pub fn elementary_effects<R: Rng + ?Sized>(
    effects: &[Vec<f64>],
    resamples: usize,
    level: f64,
    random: &mut R,
) -> Option<Elementary> {
    if effects.first()?.is_empty() {
        return None;
    }
    let means: Vec<f64> = effects.iter().map(|effect| mean(effect)).collect();
    let all: Vec<&[f64]> = effects.iter().map(Vec::as_slice).collect();
    let size = |sample: &[&[f64]]| Some(mean_size(sample));
    let spread = |sample: &[&[f64]]| Some(covariance(sample.iter().copied()).0.max(0.0).sqrt());
    let mu = mean_interval(&means, level)?;
    let mu_star = bootstrap_interval(&all, size, resamples, level, random)?;
    let sigma = bootstrap_interval(&all, spread, resamples, level, random)?;
    let plain: Vec<&[f64]> = means.iter().map(std::slice::from_ref).collect();
    Some(Elementary {
        mu: Index { plain: mu.value, estimate: mu },
        mu_star: Index { estimate: mu_star, plain: mean_size(&plain) },
        sigma: Index { estimate: sigma, plain: spread(&plain)? },
    })
}

/// Mean over trajectories and replications of the effect, with the sign that the other replications give it; with one
/// replication its mean size.
#[expect(clippy::cast_precision_loss, reason = "a number of replications")]
fn mean_size(effects: &[&[f64]]) -> f64 {
    let replications = effects[0].len();
    if replications == 1 {
        return mean_of(effects.iter().map(|effect| effect[0].abs()));
    }
    let others = (replications - 1) as f64;
    // Variance of the effect from place to place, and of the mean of the others by luck.
    let (of_places, _) = covariance(effects.iter().copied());
    let of_luck = mean_of(effects.iter().map(|effect| within(effect))) / others;
    let of_places = of_places.max(0.0);
    let total = of_places + of_luck;
    let weight = if total > 0.0 { of_places / total } else { 1.0 };
    let one = |r: usize| {
        let rest = |effect: &[f64]| (effect.iter().sum::<f64>() - effect[r]) / others;
        let everywhere = mean_of(effects.iter().map(|effect| rest(effect)));
        mean_of(effects.iter().map(|effect| {
            let expected = weight * rest(effect) + (1.0 - weight) * everywhere;
            if expected > 0.0 {
                effect[r]
            } else if expected < 0.0 {
                -effect[r]
            } else {
                0.0
            }
        }))
    };
    mean_of((0..replications).map(one))
}

/// Variance between replications.
#[expect(clippy::cast_precision_loss, reason = "a number of replications")]
fn within(x: &[f64]) -> f64 {
    let centre = mean(x);
    x.iter().map(|x| (x - centre) * (x - centre)).sum::<f64>() / (x.len() - 1) as f64
}

/// Outputs at a base point, by replication.
#[derive(Clone, Debug, PartialEq)]
pub struct BasePoint {
    /// At the base point.
    pub a: Vec<f64>,
    /// At the other point, independent of it.
    pub b: Vec<f64>,
    /// At the base point with one input taken from the other.
    pub mixed: Vec<f64>,
}

/// Shares of the output's variance that are owed to an input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VarianceShares {
    /// To the input alone, S₁.
    pub first: Index,
    /// To the input alone and together with others, S_T.
    pub total: Index,
}

/// First-order and total index of one input.
///
/// S₁ = mean of (f(B) − c)(f(AB) − f(A)) / V, with c the mean output, which changes nothing but makes the estimate
/// sharper; S_T = mean of (f(A) − f(AB))² / 2V; V the variance of the output over all points A and B.
///
/// - `points`: base points, all of the same number of replications
/// - `resamples`, `level`, `random`: of the bootstrap over base points, which draws the variance again too
///
/// Limits: `None` below two base points, or where the output does not vary; single estimates may leave [0, 1], as the
/// sources say.
pub fn variance_shares<R: Rng + ?Sized>(
    points: &[BasePoint],
    resamples: usize,
    level: f64,
    random: &mut R,
) -> Option<VarianceShares> {
    let replications = points.first()?.a.len();
    if points.len() < 2 || replications == 0 {
        return None;
    }
    let centre: Vec<f64> = (0..replications)
        .map(|r| mean(&points.iter().flat_map(|p| [p.a[r], p.b[r]]).collect::<Vec<_>>()))
        .collect();
    let terms: Vec<Terms> = points.iter().map(|p| Terms::of(p, &centre)).collect();
    let plain: Vec<Terms> = points
        .iter()
        .map(|p| {
            let means = BasePoint { a: vec![mean(&p.a)], b: vec![mean(&p.b)], mixed: vec![mean(&p.mixed)] };
            Terms::of(&means, &[mean(&centre)])
        })
        .collect();
    let mut index = |part: fn(&Terms) -> f64| {
        let share = |sample: &[&Terms]| {
            let outputs = sample.iter().flat_map(|t| [t.a.as_slice(), t.b.as_slice()]);
            let (variance, scale) = covariance(outputs);
            // A variance within rounding of 0 is none.
            (variance > 1e-12 * scale).then(|| mean_of(sample.iter().map(|t| part(t))) / variance)
        };
        let plain = share(&plain.iter().collect::<Vec<_>>())?;
        let refs: Vec<&Terms> = terms.iter().collect();
        let estimate = bootstrap_interval(&refs, share, resamples, level, random)?;
        Some(Index { estimate, plain })
    };
    Some(VarianceShares { first: index(|t| t.first)?, total: index(|t| t.total)? })
}

/// What a base point adds to the sums, and its outputs by replication, less the centre.
struct Terms {
    first: f64,
    total: f64,
    a: Vec<f64>,
    b: Vec<f64>,
}

impl Terms {
    fn of(point: &BasePoint, centre: &[f64]) -> Self {
        let less = |x: &[f64]| x.iter().zip(centre).map(|(x, c)| x - c).collect::<Vec<f64>>();
        let change: Vec<f64> = point.mixed.iter().zip(&point.a).map(|(m, a)| m - a).collect();
        let (a, b) = (less(&point.a), less(&point.b));
        Self { first: across(&b, &change), total: across(&change, &change) / 2.0, a, b }
    }
}

fn mean(x: &[f64]) -> f64 {
    mean_of(x.iter().copied())
}

#[expect(clippy::cast_precision_loss, reason = "counts of observations are far below 2^53")]
fn mean_of(x: impl Iterator<Item = f64>) -> f64 {
    let (n, sum) = x.fold((0_usize, 0.0), |(n, sum), x| (n + 1, sum + x));
    sum / n as f64
}

/// Mean product of two numbers from different replications; with one replication their product.
#[expect(clippy::cast_precision_loss, reason = "a number of replications")]
fn across(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len() as f64;
    let same: f64 = x.iter().zip(y).map(|(x, y)| x * y).sum();
    if x.len() == 1 {
        return same;
    }
    (x.iter().sum::<f64>() * y.iter().sum::<f64>() - same) / (n * (n - 1.0))
}

/// Mean covariance, over the observations, between different replications, and the mean square of all numbers to
/// measure it by; with one replication their variance. 0 below two observations.
#[expect(clippy::cast_precision_loss, reason = "counts of observations are far below 2^53")]
fn covariance<'a>(observations: impl Iterator<Item = &'a [f64]>) -> (f64, f64) {
    let (mut n, mut products, mut squares) = (0.0_f64, 0.0, 0.0);
    let mut sums: Vec<f64> = Vec::new();
    for x in observations {
        sums.resize(x.len(), 0.0);
        for (sum, x) in sums.iter_mut().zip(x) {
            *sum += x;
            squares += x * x;
        }
        products += across(x, x);
        n += 1.0;
    }
    if n < 2.0 {
        return (0.0, 0.0);
    }
    ((products - across(&sums, &sums) / n) / (n - 1.0), squares / (n * sums.len() as f64))
}

#[cfg(test)]
mod tests {
    use super::covariance;

    /// 1 and 3 have a variance of 2, and a mean square of 5; of one number alone nothing is known.
    #[test]
    fn two_observations_have_a_variance() {
        let of = |observations: &[[f64; 1]]| covariance(observations.iter().map(|x| &x[..]));
        let (variance, square) = of(&[[1.0], [3.0]]);
        assert!((variance - 2.0).abs() < 1e-12 && (square - 5.0).abs() < 1e-12, "{variance} {square}");
        assert!(of(&[[3.0]]).0.abs() < 1e-12);
        // Over two replications only products of different ones count: of (1, 2) and (3, 5) the covariance of 1, 3 with 2, 5.
        let (across, square) = covariance([[1.0, 2.0], [3.0, 5.0]].iter().map(|x| &x[..]));
        assert!((across - 3.0).abs() < 1e-12 && (square - 39.0 / 4.0).abs() < 1e-12, "{across} {square}");
    }
}
