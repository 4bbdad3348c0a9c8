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
    /// Σ (mean of trust − resting mean).
    trust: f64,
    /// Σ (mean of trust in those who pay − that of a trust that learned nothing).
    paid_trust: f64,
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

    /// Something of it, to have it fetched.
    pub(super) fn first_bits(&self) -> u64 {
        self.missing.to_bits()
    }

    /// Counts a tie in with 1, or out with −1.
    fn count(&mut self, tie: Standing, sign: i32) {
        let by = f64::from(sign);
        self.trust += by * tie.trust;
        self.paid_trust += by * tie.paid_trust;
        if tie.is_open {
            self.missing += by * (1.0 - tie.goodwill);
            self.open = self.open.wrapping_add_signed(sign);
            // Roundings of those that are gone would look like goodwill.
            if self.open == 0 {
                self.missing = 0.0;
            }
        } else {
            self.blocked_goodwill += by * tie.goodwill;
        }
    }
}

/// What one tie adds to the sums.
#[derive(Clone, Copy, Debug)]
struct Standing {
    goodwill: f64,
    is_open: bool,
    /// What sets the mean of trust apart from the resting one.
    trust: f64,
    /// What sets that in those who pay apart from one that learned nothing.
    paid_trust: f64,
}

/// Goodwill of all ties of an introducer together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Goodwills {
    /// Of all of them.
    pub all: f64,
    /// Of those that are open.
    pub open: f64,
    /// How many are blocked.
    pub blocked: u32,
}

/// Goodwill and trust of all ties of an introducer together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Together {
    /// Goodwill.
    pub goodwill: Goodwills,
    /// Means of trust in those who do not pay, sd.
    pub trust: f64,
    /// Means of trust in those who pay, sd.
    pub paid_trust: f64,
}

impl Ties {
    /// Counts a tie into the sums with 1, or out of them with −1.
    pub(super) fn count(&mut self, tie: usize, sign: i32) {
        let (state, by) = (self.state[tie], f64::from(sign));
        self.sums.trust += by * (state.trust.mean - self.drift.rest().mean);
        if state.is_open() {
            self.sums.missing += by * (1.0 - state.goodwill);
        } else {
            self.sums.blocked_goodwill += by * state.goodwill;
        }
        if !self.own.is_empty() {
            let standing = self.standing(tie);
            let (goodwill, trust) = (&self.drift.recovery, &self.drift.fading);
            let own = &mut self.own[self.introducer[tie].at()];
            let weeks = self.now - own.as_of;
            own.missing *= goodwill.after(weeks);
            own.trust *= trust.after(weeks);
            own.paid_trust *= trust.after(weeks);
            own.as_of = self.now;
            own.count(standing, sign);
        }
    }

    /// What a tie that is up to date adds to the sums.
    fn standing(&self, tie: usize) -> Standing {
        let state = &self.state[tie];
        Standing {
            goodwill: state.goodwill,
            is_open: state.is_open(),
            trust: state.trust.mean - self.drift.rest().mean,
            paid_trust: self.paid.apart(self.paid_place(tie), &self.drift, self.now),
        }
    }

    /// Sums over the ties of each introducer that are not stirred, all of them up to date.
    pub(super) fn own_afresh(&self, introducers: usize) -> Vec<Own> {
        let mut own = vec![Own::empty(self.now); introducers];
        for tie in (0..self.len()).filter(|&tie| self.state[tie].stirred_at == Self::CALM) {
            own[self.introducer[tie].at()].count(self.standing(tie), 1);
        }
        own
    }

    /// Goodwill and trust of all ties of an introducer together, after the opening, at the end of a week.
    ///
    /// What sets ties apart from where they rest shrinks by one share for all, so it is one number whatever their
    /// number.
    #[must_use]
    pub fn together(&self, introducer: IntroducerId) -> Together {
        let own = &self.own[introducer.at()];
        let (weeks, n) = (self.now - own.as_of, ids::row(self.per_introducer));
        let open = f64::from(own.open) - own.missing * self.drift.recovery.after(weeks);
        let share = self.drift.fading.after(weeks);
        let (rest, paid_rest) = (self.drift.rest().mean, self.paid.rest_now());
        Together {
            goodwill: Goodwills { all: open + own.blocked_goodwill, open, blocked: n - own.open },
            trust: f64::from(n) * rest + share * own.trust,
            paid_trust: f64::from(n) * paid_rest + share * own.paid_trust,
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
            if self.state[tie].is_open() {
                sums.missing += 1.0 - self.goodwill(tie);
            } else {
                sums.blocked_goodwill += self.goodwill(tie);
            }
        }
        (n - n_blocked - sums.missing + sums.blocked_goodwill, n * self.drift.rest().mean + sums.trust)
    }
}
