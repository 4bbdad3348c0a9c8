//! What fades by a share a week: trust towards a resting belief, goodwill towards its fullness.

use crate::maths;

/// A trust: normal belief of a decision-maker about quality minus bar of the people who come through a tie.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trust {
    /// Mean, sd.
    pub mean: f64,
    /// Precision, 1/sd².
    pub precision: f64,
}

impl Trust {
    /// Trust after one more person, whose showing is a look of the given precision.
    pub fn learn(&mut self, shown: f64, precision: f64) {
        let total = self.precision + precision;
        if total > 0.0 {
            self.mean += precision / total * (shown - self.mean);
        }
        self.precision = total;
    }

    /// Trust after a week's fading towards a resting belief.
    pub fn fade(&mut self, rest: Self, rate: f64) {
        self.mean += rate * (rest.mean - self.mean);
        self.precision += rate * (rest.precision - self.precision);
    }

    /// Trust of which a share is left of what sets it apart from a resting belief.
    #[must_use]
    pub(super) fn left(self, rest: Self, share: f64) -> Self {
        Self {
            mean: rest.mean + share * (self.mean - rest.mean),
            precision: rest.precision + share * (self.precision - rest.precision),
        }
    }
}

/// Shares left after k weeks in each of which a share is lost: (1 − rate)^k.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Decay {
    rate: f64,
    powers: Vec<f64>,
}

impl Decay {
    /// Powers kept; more weeks than these are computed.
    const KEPT: usize = 1_024;

    pub(super) fn new(rate: f64) -> Self {
        let mut powers = vec![1.0];
        for k in 1..Self::KEPT {
            powers.push(powers[k - 1] * (1.0 - rate));
        }
        Self { rate, powers }
    }

    /// Share lost in a week.
    pub(super) const fn rate(&self) -> f64 {
        self.rate
    }

    pub(super) fn after(&self, weeks: u32) -> f64 {
        match self.powers.get(weeks as usize) {
            Some(&share) => share,
            None => maths::pow(1.0 - self.rate, f64::from(weeks)),
        }
    }
}
