//! The rate of requests that a tie sustains for ever, from the rules that the scenarios were run with.

use super::super::rules::Rules as Texts;
use crate::experiments::goodwill::Rules;

/// The rate that the rules of the scenarios let last; `None` without a manifest, where a scenario does not spell out its
/// goodwill rules, or where two differ.
pub(super) fn lasting_rate(texts: &Texts, scenarios: &[String]) -> Option<f64> {
    let rates: Vec<Option<f64>> = scenarios.iter().map(|name| rate(texts, name)).collect();
    let first = rates.first().copied().flatten();
    let agree = |rate: &Option<f64>| rate.zip(first).is_some_and(|(a, b)| (a - b).abs() <= 1e-9 * b.abs());
    first.filter(|_| rates.iter().all(agree))
}

fn rate(texts: &Texts, scenario: &str) -> Option<f64> {
    let number = |key: &str| texts.number(scenario, "goodwill", key);
    let rules = Rules {
        start: 1.0,
        per_request: number("per_request")?,
        recovery: number("recovery")?,
        block_below: number("block_below")?,
    };
    rules.for_ever()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lasting_rate_is_that_of_the_closed_form() {
        let of_text =
            |text: &str| rate(&Texts::of(Some(&serde_json::json!({ "scenarios": { "a": text } }))), "a");
        let text = "[goodwill]\nper_request = 0.04\nrecovery = \"2%\"\nblock_below = 0.15\n";
        assert!((of_text(text).unwrap() - 0.433_673).abs() < 1e-6);
        assert_eq!(of_text("[goodwill]\nper_request = 0.0\nrecovery = 0.1\nblock_below = 0.1"), None);
        assert_eq!(of_text("title = 3"), None);
        assert_eq!(of_text("not toml"), None);
    }
}
