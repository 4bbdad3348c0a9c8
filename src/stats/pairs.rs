//! Two sides of the same pairs: what pairing saves, whether the sides differ, and many differences at once.

use statrs::distribution::{Binomial, ContinuousCDF, DiscreteCDF, Normal, StudentsT};

use super::Moments;
use super::intervals::NORMAL_ABOVE;

/// Sums of squares and products around the means of two sides.
struct Spread {
    treatment: f64,
    baseline: f64,
    together: f64,
}

impl Spread {
    fn of(treatment: &[f64], baseline: &[f64]) -> Option<Self> {
        if treatment.len() != baseline.len() {
            return None;
        }
        let (a, b) = (Moments::of(treatment).mean()?, Moments::of(baseline).mean()?);
        let mut spread = Self { treatment: 0.0, baseline: 0.0, together: 0.0 };
        for (x, y) in treatment.iter().map(|x| x - a).zip(baseline.iter().map(|y| y - b)) {
            spread.treatment += x * x;
            spread.baseline += y * y;
            spread.together += x * y;
        }
        Some(spread)
    }
}

/// Share of variance that pairing takes off a difference: 1 − var(t − b)/(var(t) + var(b)).
///
/// Equal to 2 cov(t, b)/(var(t) + var(b)): 1 for equal sides, 0 where one side never varies, near 0 for independent
/// sides, below 0 where the sides move against each other.
/// Source: common random numbers, Glasserman and Yao (1992), *Management Science* 38(6).
/// Limits: `None` if the lengths differ, below two pairs, or where neither side varies.
#[must_use]
pub fn variance_saved(treatment: &[f64], baseline: &[f64]) -> Option<f64> {
    let spread = Spread::of(treatment, baseline)?;
    let apart = spread.treatment + spread.baseline;
    (apart > 0.0).then(|| 2.0 * spread.together / apart)
}

/// Chance that independent sides are as closely correlated as these or closer, upwards; small where pairs move together.
///
/// Student's t of the correlation r: r √((n − 2)/(1 − r²)) with n − 2 degrees of freedom, one-sided.
/// Source: Fisher (1915), *Biometrika* 10(4); exact for normal values.
/// Limits: `None` if the lengths differ, below three pairs, or where a side does not vary.
#[must_use]
pub fn together_by_chance(treatment: &[f64], baseline: &[f64]) -> Option<f64> {
    let spread = Spread::of(treatment, baseline)?;
    let df = treatment.len().checked_sub(2).filter(|&df| df > 0)? as f64;
    if !(spread.treatment > 0.0 && spread.baseline > 0.0) {
        return None;
    }
    let r = (spread.together / (spread.treatment.sqrt() * spread.baseline.sqrt())).clamp(-1.0, 1.0);
    Some(t_above(r * (df / ((1.0 - r) * (1.0 + r))).sqrt(), df))
}

/// Chance of a mean as far from 0 as this one, either way, if the true mean is 0: Student's t test.
///
/// Below 1 − level exactly where the interval of that level in [`super::mean_interval`] excludes 0.
/// Limits: `None` below two values or with one that is not finite; constant values give 0, or 1 if they are 0.
#[must_use]
pub fn t_test(values: &[f64]) -> Option<f64> {
    let moments = Moments::of(values);
    let (mean, se) = (moments.mean()?, moments.standard_error()?);
    if !(mean.is_finite() && se.is_finite()) {
        return None;
    }
    if mean == 0.0 {
        return Some(1.0);
    }
    Some(2.0 * t_above(mean.abs() / se, (values.len() - 1) as f64))
}

/// Chance of a split of pairs as uneven as this one, either way, if up and down are equally likely.
///
/// - `up`, `down`: pairs in which the treatment is above, and below, the baseline; ties are not counted
///
/// Source: sign test; for yes and no McNemar's test in its exact form, McNemar (1947), *Psychometrika* 12(2).
/// Limits: 1 where no pair differs; below 0.05 takes six pairs or more.
#[must_use]
pub fn sign_test(up: usize, down: usize) -> f64 {
    let tail = Binomial::new(0.5, (up + down) as u64).map(|split| split.cdf(up.min(down) as u64));
    tail.map_or(1.0, |tail| (2.0 * tail).min(1.0))
}

/// Chances adjusted for their number, in the order given: whoever believes those below α alone is wrong about any
/// of them with a chance of at most α, however they depend on each other.
///
/// Source: Holm (1979), *Scandinavian Journal of Statistics* 6(2).
/// Limits: none for none; one stays as it is; never above 1.
#[must_use]
pub fn holm(chances: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|&a, &b| chances[a].total_cmp(&chances[b]));
    let mut adjusted = vec![1.0; chances.len()];
    let mut highest = 0.0_f64;
    for (rank, &position) in order.iter().enumerate() {
        highest = highest.max(chances[position] * (chances.len() - rank) as f64).min(1.0);
        adjusted[position] = highest;
    }
    adjusted
}

/// Chance that Student's t lies above `t`.
fn t_above(t: f64, df: f64) -> f64 {
    if t.is_infinite() {
        return if t > 0.0 { 0.0 } else { 1.0 };
    }
    if df > NORMAL_ABOVE {
        return Normal::standard().sf(t);
    }
    StudentsT::new(0.0, 1.0, df).map_or(1.0, |distribution| distribution.sf(t))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() <= tolerance, "found {found}, expected {expected} ± {tolerance}");
    }

    /// Student (1908): hours of sleep gained by ten patients on two drugs.
    const ONE: [f64; 10] = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    const TWO: [f64; 10] = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    #[test]
    fn students_sleep_data_give_the_figures_of_the_textbook() {
        // R: t.test(two, one, paired = TRUE): p-value = 0.002833; cor.test(two, one, alternative = "greater"): r =
        // 0.7951702, p-value = 0.002982. Variances 4.009, 3.200556 and, of differences, 1.512889.
        let differences: Vec<f64> = TWO.iter().zip(ONE).map(|(two, one)| two - one).collect();
        close(t_test(&differences).unwrap(), 0.002_833, 5e-7);
        close(together_by_chance(&TWO, &ONE).unwrap(), 0.002_982_5, 5e-7);
        close(variance_saved(&TWO, &ONE).unwrap(), 1.0 - 1.512_889 / (4.009 + 3.200_556), 1e-6);
    }

    #[test]
    fn equal_sides_save_everything_and_a_constant_side_nothing() {
        assert_eq!((variance_saved(&TWO, &TWO), together_by_chance(&TWO, &TWO)), (Some(1.0), Some(0.0)));
        assert_eq!(
            (variance_saved(&TWO, &[0.3; 10]), together_by_chance(&TWO, &[0.3; 10])),
            (Some(0.0), None)
        );
        let against: Vec<f64> = TWO.iter().map(|x| -x).collect();
        assert_eq!(
            (variance_saved(&TWO, &against), together_by_chance(&TWO, &against)),
            (Some(-1.0), Some(1.0))
        );
        assert_eq!((variance_saved(&[1.0; 4], &[2.0; 4]), variance_saved(&TWO, &ONE[1..])), (None, None));
        assert_eq!((variance_saved(&[], &[]), together_by_chance(&[1.0, 2.0], &[1.0, 3.0])), (None, None));
    }

    #[test]
    fn a_t_test_of_nothing_one_or_constants_says_what_it_can() {
        assert_eq!((t_test(&[]), t_test(&[3.0]), t_test(&[f64::NAN, 1.0])), (None, None, None));
        assert_eq!(
            (t_test(&[3.0; 4]), t_test(&[0.0; 4]), t_test(&[1.0, -1.0])),
            (Some(0.0), Some(1.0), Some(1.0))
        );
    }

    #[test]
    fn signs_are_judged_by_the_binomial_distribution() {
        // Exact sums of binomial coefficients: 2/64, 2/32, 2 · (1 + 9)/512, 2 · (1 + 22 + 231 + …)/2²² for 6 against 16.
        close(sign_test(6, 0), 2.0 / 64.0, 1e-12);
        close(sign_test(0, 5), 2.0 / 32.0, 1e-12);
        close(sign_test(1, 8), 20.0 / 512.0, 1e-12);
        close(sign_test(6, 16), 2.0 * 110_056.0 / 4_194_304.0, 1e-12);
        close(sign_test(3, 3), 1.0, 0.0);
        close(sign_test(0, 0), 1.0, 0.0);
    }

    #[test]
    fn holm_steps_down_from_the_smallest_chance() {
        // By hand: 4 · 0.005, 3 · 0.01, then 2 · 0.03 and 0.04, which must not fall below it.
        for (found, expected) in holm(&[0.01, 0.04, 0.03, 0.005]).iter().zip([0.03, 0.06, 0.06, 0.02]) {
            close(*found, expected, 1e-15);
        }
        assert_eq!(holm(&[0.7, 0.8]), [1.0, 1.0]);
        assert_eq!(holm(&[]), [0.0; 0]);
    }
}
