//! Figures with standard errors, over independent cases.

use crate::ids;

/// Mean of independent values and its standard error.
pub(super) fn mean(values: &[f64]) -> (f64, f64) {
    let n = count(values.len());
    let mean = values.iter().sum::<f64>() / n;
    let square = values.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / (n - 1.0);
    (mean, (square / n).sqrt())
}

/// Ratio of sums over independent cases (y of x), and its standard error by the delta method.
pub(super) fn ratio(cases: impl Iterator<Item = (f64, f64)> + Clone) -> (f64, f64) {
    let (y, x, n) = cases.clone().fold((0.0, 0.0, 0.0), |(y, x, n), case| (y + case.0, x + case.1, n + 1.0));
    let ratio = y / x;
    let square: f64 = cases.map(|(y, x)| (y - ratio * x) * (y - ratio * x)).sum();
    (ratio, (square * n / (n - 1.0)).sqrt() / x)
}

/// A share of independent cases, with the error that it has if it is what it should be.
pub(super) fn share(successes: f64, n: f64, expected: f64) -> (f64, f64) {
    (successes / n, (expected * (1.0 - expected) / n).sqrt())
}

/// A number of things as a float.
pub(super) fn count(n: usize) -> f64 {
    f64::from(ids::row(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_has_the_error_that_it_has_where_it_is_as_expected() {
        // √(0.2·0.8/64) = 0.05.
        let (found, error) = share(16.0, 64.0, 0.2);
        assert!((found - 0.25).abs() < 1e-12 && (error - 0.05).abs() < 1e-12, "{found} {error}");
    }
}
