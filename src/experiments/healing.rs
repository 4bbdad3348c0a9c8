//! How fast relationships heal: the half-life of lost goodwill, and what is believed of it.

use crate::maths;
use crate::scenario::key;
use crate::text;

/// The key whose half-life it is: the share of what a tie lacks in goodwill that comes back in a week.
pub const RECOVERY: &str = "goodwill.recovery";

/// Weeks in which half of what a tie lacks in goodwill comes back.
///
/// - `recovery`: share of it that comes back in a week, above 0 and below 1
#[must_use]
pub fn half_life(recovery: f64) -> f64 {
    -std::f64::consts::LN_2 / maths::ln(1.0 - recovery)
}

/// A half-life in words: "34 weeks", or "6.7 years" where weeks are many.
#[must_use]
pub fn weeks(half_life: f64) -> String {
    if half_life < 104.0 {
        format!("{} weeks", text::rounded(half_life.round()))
    } else {
        format!("{} years", text::fixed(half_life / 52.0, 1))
    }
}

/// The shortest and the longest half-life that is believed, weeks, by the range of the key; `None` without one.
#[must_use]
pub fn believed() -> Option<(f64, f64)> {
    let range = key(RECOVERY)?.plausible?;
    (range.low > 0.0 && range.high < 1.0).then(|| (half_life(range.high), half_life(range.low)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_what_is_missing_is_back_after_the_half_life() {
        // (1 − 0.02)^34.31 = 1/2; (1 − 1/2)^1 = 1/2.
        assert!((half_life(0.02) - 34.309_618).abs() < 1e-5);
        assert!((half_life(0.5) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn many_weeks_are_told_as_years() {
        assert_eq!(weeks(34.3), "34 weeks");
        assert_eq!(weeks(138.3), "2.7 years");
    }
}
