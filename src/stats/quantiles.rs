//! Quantiles of a sample, by the definition that most software uses.

/// Quantile of type 7: linear between order statistics, at position (n − 1) p.
///
/// - `values`: any order, finite
/// - `p`: from 0 (smallest) to 1 (largest)
///
/// Source: Hyndman and Fan (1996), *The American Statistician* 50(4), definition 7; R's and NumPy's default.
/// Limits: `None` without values, with a value that is not finite, or with `p` outside [0, 1]; one value is every
/// quantile of itself.
#[must_use]
pub fn quantile(values: &[f64], p: f64) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    quantile_of_sorted(&sorted, p)
}

/// As [`quantile`], of values that are already in ascending order.
#[must_use]
pub fn quantile_of_sorted(sorted: &[f64], p: f64) -> Option<f64> {
    // `total_cmp` puts whatever is not finite at the ends.
    let (first, last) = (sorted.first()?, sorted.last()?);
    if !(first.is_finite() && last.is_finite() && (0.0..=1.0).contains(&p)) {
        return None;
    }
    let position = (sorted.len() - 1) as f64 * p;
    let below = floor_index(position);
    let low = *sorted.get(below)?;
    let high = sorted.get(below + 1).copied().unwrap_or(low);
    Some(low + (position - below as f64) * (high - low))
}

/// The median, quantile 0.5 of [`quantile`].
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "position lies in [0, n − 1]")]
fn floor_index(position: f64) -> usize {
    position as usize
}
