//! Sums over ties, kept as ties change: a tie that nothing goes through costs nothing.

use super::Ties;
use crate::ids::{self, IntroducerId};

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

/// Sums over the ties of one introducer that are not stirred, as they stood at the end of a week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Own {
    /// Σ (1 − goodwill) over open ties.
    missing: f64,
    /// Σ goodwill over blocked ties.
    blocked_goodwill: f64,
    /// Open ties.
    open: u32,
    /// The week.
    as_of: u32,
}

impl Own {
    /// Sums over no ties.
    pub(super) fn empty(as_of: u32) -> Self {
        Self { as_of, ..Self::default() }
    }

    /// Counts a tie in with 1, or out with −1.
    fn count(&mut self, goodwill: f64, is_open: bool, sign: i32) {
        let by = f64::from(sign);
        if is_open {
            self.missing += by * (1.0 - goodwill);
            self.open = self.open.wrapping_add_signed(sign);
            // Roundings of those that are gone would look like goodwill.
            if self.open == 0 {
                self.missing = 0.0;
            }
        } else {
            self.blocked_goodwill += by * goodwill;
        }
    }
}

/// Goodwill of all ties of an introducer together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Goodwills {
    /// Of all of them.
    pub all: f64,
    /// Of those that are open.
    pub open: f64,
}

impl Ties {
    /// Counts a tie into the sums with 1, or out of them with −1.
    pub(super) fn count(&mut self, tie: usize, sign: i32) {
        let (goodwill, is_open) = (self.goodwill[tie], self.blocked_since[tie] == Self::OPEN);
        let by = f64::from(sign);
        self.sums.trust += by * (self.trust[tie].mean - self.drift.rest().mean);
        if is_open {
            self.sums.missing += by * (1.0 - goodwill);
        } else {
            self.sums.blocked_goodwill += by * goodwill;
        }
        if let Some(own) = self.own.get_mut(self.introducer[tie].at()) {
            own.missing *= self.drift.recovery.after(self.now - own.as_of);
            own.as_of = self.now;
            own.count(goodwill, is_open, sign);
        }
    }

    /// Sums over the ties of each introducer that are not stirred, all of them up to date.
    pub(super) fn own_afresh(&self, introducers: usize) -> Vec<Own> {
        let mut own = vec![Own::empty(self.now); introducers];
        for tie in (0..self.len()).filter(|&tie| self.stirred_at[tie] == Self::CALM) {
            own[self.introducer[tie].at()].count(
                self.goodwill[tie],
                self.blocked_since[tie] == Self::OPEN,
                1,
            );
        }
        own
    }

    /// Goodwill of all ties of an introducer together, after the opening, at the end of a week.
    ///
    /// What is missing of open ties shrinks by one share for all, so it is one number whatever their number.
    #[must_use]
    pub fn goodwills(&self, introducer: IntroducerId) -> Goodwills {
        let own = &self.own[introducer.at()];
        let missing = own.missing * self.drift.recovery.after(self.now - own.as_of);
        let open = f64::from(own.open) - missing;
        Goodwills { all: open + own.blocked_goodwill, open }
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
