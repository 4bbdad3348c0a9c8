//! The rate of requests that a tie sustains for ever, from the rules that the scenarios were run with.

use super::super::rules::Rules;
use crate::scenario::key;
use crate::stats::quantile;

/// Highest rate of unmet, evenly spread requests that never blocks a tie: the fixed point of
/// g − per_request · r + recovery · (1 − g + per_request · r) is at or above block_below if
/// r ≤ recovery · (1 − block_below) / (per_request · (1 − recovery)).
///
/// `None` without a manifest, where a scenario does not spell out its goodwill rules, or where two differ.
pub(super) fn lasting_rate(rules: &Rules, scenarios: &[String]) -> Option<f64> {
    let rates: Vec<Option<f64>> = scenarios.iter().map(|name| rate(rules, name)).collect();
    let first = rates.first().copied().flatten();
    let agree = |rate: &Option<f64>| rate.zip(first).is_some_and(|(a, b)| (a - b).abs() <= 1e-9 * b.abs());
    first.filter(|_| rates.iter().all(agree))
}

fn rate(rules: &Rules, scenario: &str) -> Option<f64> {
    let number = |key: &str| rules.number(scenario, "goodwill", key);
    let (recovery, block_below, per_request) =
        (number("recovery")?, number("block_below")?, number("per_request")?);
    of(recovery, block_below, per_request)
}

fn of(recovery: f64, block_below: f64, per_request: f64) -> Option<f64> {
    let rate = recovery * (1.0 - block_below) / (per_request * (1.0 - recovery));
    (rate.is_finite() && rate > 0.0).then_some(rate)
}

/// The middle 95 % of the rate over the believable ranges of what it is computed from: arithmetic, without luck.
pub(super) fn over_ranges() -> Option<(f64, f64)> {
    let [recovery, block_below, per_request] = KEYS.map(strata);
    let (recovery, block_below, per_request) = (recovery?, block_below?, per_request?);
    let mut rates = Vec::with_capacity(STRATA.pow(3));
    for &recovery in &recovery {
        for &block_below in &block_below {
            rates
                .extend(per_request.iter().filter_map(|&per_request| of(recovery, block_below, per_request)));
        }
    }
    Some((quantile(&rates, 0.025)?, quantile(&rates, 0.975)?))
}

const KEYS: [&str; 3] = ["goodwill.recovery", "goodwill.block_below", "goodwill.per_request"];
/// Equal parts of each range, whose middles are tried.
const STRATA: usize = 20;

/// Middles of equal parts of a key's believable range; of ranges over more than a factor of ten in equal ratios.
fn strata(path: &str) -> Option<Vec<f64>> {
    let range = key(path)?.plausible?;
    let part = |k: usize| (k as f64 + 0.5) / STRATA as f64;
    let is_log = range.low > 0.0 && range.high / range.low > 10.0;
    let at = |part: f64| {
        if is_log {
            range.low * crate::maths::pow(range.high / range.low, part)
        } else {
            range.low + (range.high - range.low) * part
        }
    };
    Some((0..STRATA).map(|k| at(part(k))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lasting_rate_is_that_of_the_closed_form() {
        let of_text =
            |text: &str| rate(&Rules::of(Some(&serde_json::json!({ "scenarios": { "a": text } }))), "a");
        let text = "[goodwill]\nper_request = 0.04\nrecovery = \"2%\"\nblock_below = 0.15\n";
        assert!((of_text(text).unwrap() - 0.433_673).abs() < 1e-6);
        assert_eq!(of_text("[goodwill]\nper_request = 0.0\nrecovery = 0.1\nblock_below = 0.1"), None);
        assert_eq!(of_text("title = 3"), None);
        assert_eq!(of_text("not toml"), None);
    }
}
