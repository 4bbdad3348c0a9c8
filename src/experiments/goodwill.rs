//! What becomes of a tie through which unwanted people are sent, by the rules of goodwill alone: arithmetic, without luck,
//! and so with a range over what these rules assume and no interval.

use crate::maths;
use crate::scenario::{Scenario, key};

/// The rules of goodwill under requests that are never met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// Goodwill of a new tie.
    pub start: f64,
    /// What a request takes.
    pub per_request: f64,
    /// Share of what is missing that comes back each week.
    pub recovery: f64,
    /// Goodwill below which the tie is blocked.
    pub block_below: f64,
}

/// The keys of [`Rules`], in their order.
const KEYS: [&str; 4] =
    ["goodwill.start", "goodwill.per_request", "goodwill.recovery", "goodwill.block_below"];

/// Equal parts of each believable range, whose middles are tried: of three keys, and of all four.
const STRATA: [usize; 2] = [20, 8];

impl Rules {
    /// Those of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Self {
        let goodwill = &scenario.goodwill;
        Self {
            start: goodwill.start,
            per_request: goodwill.per_request,
            recovery: goodwill.recovery,
            block_below: goodwill.block_below,
        }
    }

    /// Requests a week, evenly spread, that never block a tie: the fixed point of goodwill,
    /// g − `per_request` · r + recovery · (1 − g + `per_request` · r), is at or above `block_below` if
    /// r ≤ recovery (1 − `block_below`)/(`per_request` (1 − recovery)). `None` where every rate does, or none.
    #[must_use]
    pub fn for_ever(self) -> Option<f64> {
        let rate = self.recovery * (1.0 - self.block_below) / (self.per_request * (1.0 - self.recovery));
        (rate.is_finite() && rate > 0.0).then_some(rate)
    }

    /// The week in which a tie is blocked of which nothing is asked but one request a week; `None` if it never is.
    #[must_use]
    pub fn blocked_at_one_a_week(self) -> Option<u32> {
        if self.per_request <= 0.0 || self.for_ever().is_some_and(|rate| rate >= 1.0) {
            return None;
        }
        let mut goodwill = self.start;
        (1..=5_200).find(|_| {
            let asked = (goodwill - self.per_request).max(0.0);
            goodwill = asked + self.recovery * (1.0 - asked);
            goodwill < self.block_below
        })
    }
}

/// The middle 95 % of the rate that is borne for ever, over the believable ranges of what it is computed from.
#[must_use]
pub fn for_ever_over_ranges() -> Option<(f64, f64)> {
    // The goodwill of a new tie does not matter to what lasts for ever.
    let rules = grid([1, STRATA[0], STRATA[0], STRATA[0]])?;
    middle(rules.into_iter().filter_map(Rules::for_ever).collect())
}

/// The middle 95 % of the week in which a tie is blocked at one request a week; infinite where it never is.
#[must_use]
pub fn blocked_over_ranges() -> Option<(f64, f64)> {
    let week = |rules: Rules| rules.blocked_at_one_a_week().map_or(f64::INFINITY, f64::from);
    middle(grid([STRATA[1]; 4])?.into_iter().map(week).collect())
}

/// Rules at the middles of so many parts of each believable range, each with each.
fn grid(strata: [usize; 4]) -> Option<Vec<Rules>> {
    let mut rules = vec![[0.0; 4]];
    for (place, (path, n)) in KEYS.into_iter().zip(strata).enumerate() {
        let values = middles(path, n)?;
        let with = |known: &[f64; 4]| {
            let known = *known;
            values.iter().map(move |&value| {
                let mut next = known;
                next[place] = value;
                next
            })
        };
        rules = rules.iter().flat_map(with).collect();
    }
    let of = |[start, per_request, recovery, block_below]: [f64; 4]| Rules {
        start,
        per_request,
        recovery,
        block_below,
    };
    Some(rules.into_iter().map(of).collect())
}

/// Middles of equal parts of a key's believable range; of ranges over more than a factor of ten in equal ratios.
fn middles(path: &str, n: usize) -> Option<Vec<f64>> {
    let range = key(path)?.plausible?;
    let is_log = range.low > 0.0 && range.high / range.low > 10.0;
    let at = |part: f64| {
        if is_log {
            range.low * maths::pow(range.high / range.low, part)
        } else {
            range.low + (range.high - range.low) * part
        }
    };
    Some((0..n).map(|k| at((k as f64 + 0.5) / n as f64)).collect())
}

/// The 2.5th and the 97.5th percentile, of numbers that may be infinite.
fn middle(mut values: Vec<f64>) -> Option<(f64, f64)> {
    values.sort_by(f64::total_cmp);
    let place =
        |permille: usize| values.get((values.len() * permille / 1_000).min(values.len().saturating_sub(1)));
    Some((*place(25)?, *place(975)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goodwill_runs_out_as_the_model_says() {
        // Section 10 of the model: from 0.8 under one unmet request a week a tie is blocked in week 23, and 0.434 a week
        // last for ever.
        let rules = Rules { start: 0.8, per_request: 0.04, recovery: 0.02, block_below: 0.15 };
        assert_eq!(rules.blocked_at_one_a_week(), Some(23));
        assert!((rules.for_ever().unwrap() - 0.433_673).abs() < 1e-6);
        assert_eq!(Rules { per_request: 0.01, ..rules }.blocked_at_one_a_week(), None);
        let free = Rules { per_request: 0.0, ..rules };
        assert_eq!((free.for_ever(), free.blocked_at_one_a_week()), (None, None));
        // Without recovery 0.8 lasts for 17 requests of 0.04, the seventeenth of which takes it below 0.15.
        assert_eq!(Rules { recovery: 0.0, ..rules }.blocked_at_one_a_week(), Some(17));
    }

    /// Drawn at random over the believable ranges by another program (200,000 draws): 0.077 to 2.30 a week, and week 5 to
    /// never, which it is in 16 of 100.
    #[test]
    fn ranges_are_those_of_random_draws() {
        let (low, high) = for_ever_over_ranges().unwrap();
        assert!((low - 0.077).abs() < 0.004 && (high - 2.30).abs() < 0.05, "{low} {high}");
        let (low, high) = blocked_over_ranges().unwrap();
        assert!((low - 5.0).abs() <= 1.0 && high.is_infinite(), "{low} {high}");
    }
}
