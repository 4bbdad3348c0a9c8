//! Sums over ties, kept as ties change: a tie that nothing goes through costs nothing.

use super::Ties;
use crate::ids;

/// Sums over the ties that are not stirred, as they stand now.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Sums {
    /// Σ (1 − goodwill) over open ties.
    pub(super) missing: f64,
    /// Σ goodwill over blocked ties.
    pub(super) blocked_goodwill: f64,
    /// Σ (mean of trust − resting mean).
    pub(super) trust: f64,
}

impl Ties {
    /// Counts a tie into the sums, or with −1 out of them.
    pub(super) fn count(&mut self, tie: usize, sign: f64) {
        self.sums.trust += sign * (self.trust[tie].mean - self.drift.rest().mean);
        if self.blocked_since[tie] == Self::OPEN {
            self.sums.missing += sign * (1.0 - self.goodwill[tie]);
        } else {
            self.sums.blocked_goodwill += sign * self.goodwill[tie];
        }
    }

    /// Sums over all ties: goodwill, and means of trust.
    #[must_use]
    pub fn summed(&self) -> (f64, f64) {
        let n = f64::from(ids::row(self.len()));
        let n_blocked = f64::from(self.n_blocked());
        let mut sums = self.sums;
        for stirred in &self.stirred {
            let tie = stirred.tie.at();
            sums.trust += self.trust(tie).mean - self.drift.rest().mean;
            if self.blocked_since[tie] == Self::OPEN {
                sums.missing += 1.0 - self.goodwill(tie);
            } else {
                sums.blocked_goodwill += self.goodwill(tie);
            }
        }
        (n - n_blocked - sums.missing + sums.blocked_goodwill, n * self.drift.rest().mean + sums.trust)
    }
}
