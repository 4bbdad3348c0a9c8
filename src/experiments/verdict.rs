//! The verdict on a market: whether it lasts, by how many people sellers place in the weeks that are judged.
//!
//! A condition is *met*, *failed* or *open* by the 95 % t interval of its measure over replications, never by a share of
//! replications. There is one condition today: *alive*, more than [`ALIVE_ABOVE`] placements per 10,000 workers and
//! year. Who pays does not matter. All words for a verdict come from here.

use crate::stats::{self, Estimate};

/// The measure that the verdict goes by, as named in the table of outcomes.
pub const MEASURE: &str = "placements_per_10000";

/// Placements per 10,000 workers and year above which a market is alive: one worker in 2,000 is placed in a year. Source:
/// our assumption; it lies above what lone trials bring.
pub const ALIVE_ABOVE: f64 = 5.0;

/// Coverage of the interval that decides.
pub const LEVEL: f64 = 0.95;

/// Weeks at the end of a run over which a market is judged: the last 104, or the second half of fewer than 208.
#[must_use]
pub const fn judged_weeks(weeks: usize) -> usize {
    if weeks < 208 { weeks.div_ceil(2) } else { 104 }
}

/// What an interval says of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Its lower end lies above the threshold.
    Met,
    /// Its upper end lies below the threshold.
    Failed,
    /// It holds the threshold, or there is no interval.
    Open,
}

impl Condition {
    /// Whether a measure lies above a threshold.
    #[must_use]
    pub fn above(threshold: f64, estimate: &Estimate) -> Self {
        match estimate.interval {
            Some((low, _)) if low > threshold => Self::Met,
            Some((_, high)) if high < threshold => Self::Failed,
            _ => Self::Open,
        }
    }
}

/// What is said of a market.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Alive is met.
    Lasts,
    /// Alive is open.
    CannotBeTold,
    /// Alive is failed.
    Dies,
}

impl Verdict {
    /// Everything that can be said, from the best.
    pub const ALL: [Self; 3] = [Self::Lasts, Self::CannotBeTold, Self::Dies];

    /// By the placements per 10,000 workers and year.
    #[must_use]
    pub fn of(placements: &Estimate) -> Self {
        match Condition::above(ALIVE_ABOVE, placements) {
            Condition::Met => Self::Lasts,
            Condition::Failed => Self::Dies,
            Condition::Open => Self::CannotBeTold,
        }
    }

    /// Said of one market, and name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lasts => "lasts",
            Self::CannotBeTold => "cannot be told",
            Self::Dies => "dies",
        }
    }

    /// The same as a clause: "the market lasts", "whether the market lasts cannot be told".
    #[must_use]
    pub const fn clause(self) -> &'static str {
        match self {
            Self::Lasts => "the market lasts",
            Self::CannotBeTold => "whether the market lasts cannot be told",
            Self::Dies => "the market dies",
        }
    }

    /// The verdict of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.name() == name)
    }
}

/// A market over its replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// What is said of it.
    pub verdict: Verdict,
    /// Placements per 10,000 workers and year.
    pub placements: Estimate,
    /// Replications in which anybody is placed.
    pub lives: usize,
}

impl Judged {
    /// Judges placements per 10,000 workers and year, one number a replication; none without a replication.
    #[must_use]
    pub fn of(placements: &[f64]) -> Option<Self> {
        let estimate = stats::mean_interval(placements, LEVEL)?;
        // Nobody places fewer than none.
        let interval = estimate.interval.map(|(low, high)| (low.max(0.0), high));
        let estimate = Estimate { interval, ..estimate };
        let lives = placements.iter().filter(|number| **number > 0.0).count();
        Some(Self { verdict: Verdict::of(&estimate), placements: estimate, lives })
    }

    /// Whether anybody is placed in some replications, and in some nobody.
    #[must_use]
    pub const fn is_split(&self) -> bool {
        0 < self.lives && self.lives < self.placements.n
    }

    /// "lasts", or where some replications are at zero and some are not "cannot be told, lives in 3 of 8".
    #[must_use]
    pub fn words(&self) -> String {
        let name = self.verdict.name();
        if self.is_split() {
            format!("{name}, lives in {} of {}", self.lives, self.placements.n)
        } else {
            name.to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 97.5 % quantile of t with three degrees of freedom: 3.182446 (any table of t).
    const T3: f64 = 3.182_446;

    fn judged(placements: &[f64]) -> Judged {
        Judged::of(placements).unwrap()
    }

    #[test]
    fn the_interval_is_that_of_students_t() {
        // Mean 10; deviations −3, −1, 1, 3, so that s² = 20/3 and s/√4 = √(5/3).
        let found = judged(&[7.0, 9.0, 11.0, 13.0]).placements;
        let half = T3 * (5.0_f64 / 3.0).sqrt();
        let (low, high) = found.interval.unwrap();
        assert!((low - (10.0 - half)).abs() < 1e-5 && (high - (10.0 + half)).abs() < 1e-5, "{low} {high}");
        // Half of it is 4.11: 10 less that is above 5, 9 less that is not, and 0.8 more is below.
        let words = |mean: f64| judged(&[mean - 3.0, mean - 1.0, mean + 1.0, mean + 3.0]).verdict;
        assert_eq!(
            [10.0, 9.0, 3.0, 0.8].map(words).map(Verdict::name),
            ["lasts", "cannot be told", "cannot be told", "dies"]
        );
        assert_eq!(
            [5.0 + half + 1e-4, 5.0 + half - 1e-4].map(words),
            [Verdict::Lasts, Verdict::CannotBeTold]
        );
        assert_eq!([5.0 - half - 1e-4, 5.0 - half + 1e-4].map(words), [Verdict::Dies, Verdict::CannotBeTold]);
    }

    #[test]
    fn one_replication_tells_nothing_and_none_has_no_verdict() {
        assert_eq!(judged(&[300.0]).words(), "cannot be told");
        assert_eq!(Judged::of(&[]), None);
    }

    #[test]
    fn where_some_replications_are_at_zero_and_some_are_not_it_says_in_how_many_the_market_lives() {
        assert_eq!(judged(&[0.0, 0.0, 40.0, 60.0]).words(), "cannot be told, lives in 2 of 4");
        assert_eq!(judged(&[0.0, 0.0, 0.0, 0.4]).words(), "dies, lives in 1 of 4");
        assert_eq!(
            judged(&[0.0, 90.0, 95.0, 100.0, 99.0, 98.0, 101.0, 97.0]).words(),
            "lasts, lives in 7 of 8"
        );
        assert_eq!(judged(&[0.0, 0.0, 0.0]).words(), "dies");
        assert_eq!(judged(&[60.0, 40.0, 50.0]).words(), "lasts");
    }

    #[test]
    fn the_second_half_of_a_short_run_is_judged_and_two_years_of_a_longer_one() {
        let of = [0, 1, 2, 60, 207, 208, 520, 2_080];
        assert_eq!(of.map(judged_weeks), [0, 1, 1, 30, 104, 104, 104, 104]);
    }

    #[test]
    fn every_verdict_is_found_by_its_name() {
        assert!(Verdict::ALL.iter().all(|verdict| Verdict::named(verdict.name()) == Some(*verdict)));
        assert_eq!(Verdict::named("viable"), None);
    }
}
