//! Intervals for means, shares, differences and ratios.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use super::Moments;

/// A number and how far it can be trusted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// Observations behind it: values, trials or clusters.
    pub n: usize,
    /// The estimate itself.
    pub value: f64,
    /// Lower and upper end; `None` where the data cannot tell (a single value).
    pub interval: Option<(f64, f64)>,
}

impl Estimate {
    /// Lower end of the interval.
    #[must_use]
    pub fn low(&self) -> Option<f64> {
        self.interval.map(|ends| ends.0)
    }

    /// Upper end of the interval.
    #[must_use]
    pub fn high(&self) -> Option<f64> {
        self.interval.map(|ends| ends.1)
    }

    /// The interval for whoever reads it: `None` where it has no width, since cases that are all alike, and one alone, say
    /// nothing of how far the next one may lie.
    #[must_use]
    pub fn told(&self) -> Option<(f64, f64)> {
        self.interval.filter(|(low, high)| low < high)
    }

    /// Whether the interval lies wholly on one side of `x`; false without an interval.
    #[must_use]
    pub fn excludes(&self, x: f64) -> bool {
        self.interval.is_some_and(|(low, high)| low > x || high < x)
    }

    /// With an interval that ends where the quantity does. What is cut away cannot be true, so that it covers the truth as
    /// often as before.
    #[must_use]
    pub fn within(self, least: f64, most: f64) -> Self {
        let ends = |(low, high): (f64, f64)| (low.clamp(least, most), high.clamp(least, most));
        Self { interval: self.interval.map(ends), ..self }
    }

    /// In another unit, or with the other sign.
    #[must_use]
    pub fn scaled(&self, by: f64) -> Self {
        let ends = |(low, high): (f64, f64)| (by * low, by * high);
        let interval = self.interval.map(ends).map(|(a, b)| (a.min(b), a.max(b)));
        Self { value: by * self.value, interval, ..*self }
    }
}

/// Degrees of freedom above which Student's t is taken as normal: they differ there by less than 2e-5, while the
/// numerical inversion of the t distribution loses digits.
pub(super) const NORMAL_ABOVE: f64 = 1e5;

/// Quantile of the standard normal distribution; `None` unless 0 < p < 1.
#[must_use]
pub fn normal_quantile(p: f64) -> Option<f64> {
    inside(p).then(|| Normal::standard().inverse_cdf(p))
}

/// Quantile of Student's t with `df` degrees of freedom.
///
/// Source: inverse of the incomplete beta function (statrs); the normal quantile above 100,000 degrees of freedom.
/// Limits: `None` unless 0 < p < 1 and df > 0.
#[must_use]
pub fn t_quantile(p: f64, df: f64) -> Option<f64> {
    if !(inside(p) && df > 0.0) {
        return None;
    }
    if df > NORMAL_ABOVE {
        return normal_quantile(p);
    }
    StudentsT::new(0.0, 1.0, df).ok().map(|t| t.inverse_cdf(p))
}

/// Mean with its t interval: mean ± t(n − 1) · sd/√n.
///
/// - `level`: coverage, such as 0.95
///
/// Source: Student (1908), *Biometrika* 6(1); exact for normal values.
/// Limits: `None` without values, with one that is not finite, or a level outside (0, 1); one value has no interval;
/// constant values have an interval of width 0.
#[must_use]
pub fn mean_interval(values: &[f64], level: f64) -> Option<Estimate> {
    if !all_finite(values) || !inside(level) {
        return None;
    }
    let moments = Moments::of(values);
    let value = moments.mean()?;
    let interval = moments.standard_error().and_then(|se| around(value, se, values.len(), level));
    Some(Estimate { n: values.len(), value, interval })
}

/// Share of successes with the score interval of Wilson.
///
/// Centre (p + z²/2n)/(1 + z²/n), half width z √(p(1 − p)/n + z²/4n²)/(1 + z²/n).
/// Source: Wilson (1927), *JASA* 22; recommended for small n by Brown, Cai and DasGupta (2001).
/// Limits: `None` without trials, with more successes than trials, or a level outside (0, 1); never leaves [0, 1],
/// and has a width even where all or none succeed.
#[must_use]
pub fn wilson(successes: usize, trials: usize, level: f64) -> Option<Estimate> {
    if trials == 0 || successes > trials || !inside(level) {
        return None;
    }
    let z = normal_quantile(0.5 + level / 2.0)?;
    let n = trials as f64;
    let p = successes as f64 / n;
    let scale = 1.0 + z * z / n;
    let centre = (p + z * z / (2.0 * n)) / scale;
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt() / scale;
    let low = if successes == 0 { 0.0 } else { (centre - half).max(0.0) };
    let high = if successes == trials { 1.0 } else { (centre + half).min(1.0) };
    Some(Estimate { n: trials, value: p, interval: Some((low, high)) })
}

/// Mean of treatment minus baseline over pairs, with the t interval of the differences.
///
/// Pairs on the same luck have correlated outcomes, so the interval is narrower than that of two separate means.
/// Limits: `None` if the lengths differ, else as [`mean_interval`].
#[must_use]
pub fn paired_difference(treatment: &[f64], baseline: &[f64], level: f64) -> Option<Estimate> {
    if treatment.len() != baseline.len() {
        return None;
    }
    let differences: Vec<f64> = treatment.iter().zip(baseline).map(|(t, b)| t - b).collect();
    mean_interval(&differences, level)
}

/// Pooled mean R = Σ sums / Σ counts over clusters, with an interval that lets members of a cluster move together.
///
/// Variance by linearisation: k/(k − 1) · Σ (yᵢ − R xᵢ)² / (Σ xᵢ)² for k clusters with sum yᵢ and count xᵢ; t with
/// k − 1 degrees of freedom. Source: Cochran (1977), *Sampling Techniques*, 3rd ed., ch. 6 and 9A.
///
/// - `clusters`: (sum of values, number of values or exposure), such as one pair per replication; those with
///   neither sum nor count say nothing and are left out
///
/// Limits: `None` without counts, with a number that is not finite or a negative count; one cluster has no interval.
#[must_use]
pub fn ratio_of_sums(clusters: &[(f64, f64)], level: f64) -> Option<Estimate> {
    let broken = |&(y, x): &(f64, f64)| !(y.is_finite() && x.is_finite() && x >= 0.0);
    if clusters.iter().any(broken) || !inside(level) {
        return None;
    }
    let speaking: Vec<(f64, f64)> = clusters.iter().copied().filter(|&(y, x)| y != 0.0 || x > 0.0).collect();
    let total: f64 = speaking.iter().map(|c| c.1).sum();
    if total <= 0.0 {
        return None;
    }
    let value = speaking.iter().map(|c| c.0).sum::<f64>() / total;
    let k = speaking.len();
    let squares: f64 = speaking.iter().map(|&(y, x)| (y - value * x) * (y - value * x)).sum();
    let interval = (k > 1).then(|| (squares * k as f64 / (k - 1) as f64).sqrt() / total);
    Some(Estimate { n: k, value, interval: interval.and_then(|se| around(value, se, k, level)) })
}

/// One cluster's two sides, each a sum of values and their number.
pub type Sides = ((f64, f64), (f64, f64));

/// Difference of two pooled means over the same clusters, with an interval that lets a cluster's two sides move
/// together.
///
/// Value: Σ y/Σ x over the first pairs less the same over the second. Variance by linearisation: k/(k − 1) · Σ uᵢ²
/// with uᵢ = (yᵢ − R xᵢ)/Σ x of the first less that of the second side; t with k − 1 degrees of freedom. Source: as
/// for [`ratio_of_sums`].
///
/// - `clusters`: for each cluster (sum, count) of the one and of the other side
///
/// Limits: `None` if a side has no count or a number is not finite; one cluster has no interval.
#[must_use]
pub fn difference_of_ratios(clusters: &[Sides], level: f64) -> Option<Estimate> {
    let broken = |&(y, x): &(f64, f64)| !(y.is_finite() && x.is_finite() && x >= 0.0);
    if clusters.iter().any(|(a, b)| broken(a) || broken(b)) || !inside(level) {
        return None;
    }
    let speaking: Vec<Sides> = clusters.iter().copied().filter(|(a, b)| a.1 > 0.0 || b.1 > 0.0).collect();
    let (value, pulls) = linearised(&speaking)?;
    let k = speaking.len();
    let squares: f64 = pulls.iter().map(|pull| pull * pull).sum();
    let se = (k > 1).then(|| (squares * k as f64 / (k - 1) as f64).sqrt());
    Some(Estimate { n: k, value, interval: se.and_then(|se| around(value, se, k, level)) })
}

/// One number for each cluster that stands for its part in a difference of pooled means: their mean is the difference,
/// and the t interval of their mean is that of [`difference_of_ratios`]. So pooled differences can be compared pair by
/// pair like any other number.
///
/// Value R + k uᵢ for k clusters, with R and uᵢ as there.
///
/// - `clusters`: as there; all count, those that say nothing too
///
/// Limits: `None` if a side has no count or a number is not finite.
#[must_use]
pub fn pseudo_values(clusters: &[Sides]) -> Option<Vec<f64>> {
    let (value, pulls) = linearised(clusters)?;
    let parts: Vec<f64> = pulls.iter().map(|pull| value + clusters.len() as f64 * pull).collect();
    all_finite(&parts).then_some(parts)
}

/// A difference of pooled means, and how far each cluster pulls it.
fn linearised(clusters: &[Sides]) -> Option<(f64, Vec<f64>)> {
    let total = |side: fn(&Sides) -> (f64, f64)| {
        clusters.iter().fold((0.0, 0.0), |sum, pair| (sum.0 + side(pair).0, sum.1 + side(pair).1))
    };
    let (one, other) = (total(|pair| pair.0), total(|pair| pair.1));
    if !(one.1 > 0.0 && other.1 > 0.0) {
        return None;
    }
    let (r, q) = (one.0 / one.1, other.0 / other.1);
    let pull = |(a, b): &Sides| (a.0 - r * a.1) / one.1 - (b.0 - q * b.1) / other.1;
    Some((r - q, clusters.iter().map(pull).collect()))
}

fn around(value: f64, se: f64, n: usize, level: f64) -> Option<(f64, f64)> {
    let half = t_quantile(0.5 + level / 2.0, n.checked_sub(1)? as f64)? * se;
    Some((value - half, value + half))
}

fn inside(p: f64) -> bool {
    p > 0.0 && p < 1.0
}

fn all_finite(values: &[f64]) -> bool {
    values.iter().all(|value| value.is_finite())
}

/// Replications after which an interval of a mean would leave out a number, if the mean and the scatter stay as they are; none
/// where it does already, where they would be more than anybody runs, or where the mean is the number itself.
#[must_use]
pub fn replications_to_exclude(estimate: &Estimate, of: f64) -> Option<usize> {
    const MOST: f64 = 10_000.0;
    let (low, high) = estimate.interval?;
    let distance = (estimate.value - of).abs();
    // One end may be cut where nothing lies beyond it.
    let half = (estimate.value - low).max(high - estimate.value);
    if distance <= 1e-9 || half <= distance {
        return None;
    }
    // The width goes with the root of their number, and a little over.
    let n = 1.05 * estimate.n as f64 * (half / distance) * (half / distance);
    (n < MOST).then(|| whole(libm::ceil(n)))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count; casts saturate")]
fn whole(x: f64) -> usize {
    x as usize
}
