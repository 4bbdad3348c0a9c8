//! Clients' gain: what the lottery among accepted applicants says.
//!
//! Gain = mean over the treated of (52-week income − fees + refunds)/usual salary, fees to any seller in those weeks counted, minus the same mean over those held
//! out by lot; pooled over replications and over all who were followed for 52 weeks after they were accepted, with an
//! interval clustered by replication.

use crate::stats::Estimate;
use crate::world::market::Member;

/// Sums of outcomes of one replication's cohort.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Arms {
    /// Sum over the treated, and their number.
    pub treated: (f64, f64),
    /// Sum over those held out, and their number.
    pub held_out: (f64, f64),
}

impl Arms {
    /// Sums over those who were followed for a full year.
    #[must_use]
    pub fn of<'a>(cohort: impl IntoIterator<Item = &'a Member>) -> Self {
        let mut arms = Self::default();
        for member in cohort.into_iter().filter(|m| m.followed >= 52) {
            let arm = if member.treated { &mut arms.treated } else { &mut arms.held_out };
            arm.0 += member.outcome();
            arm.1 += 1.0;
        }
        arms
    }

    /// The sums behind the gain in this column of a row of outcomes: the four columns before it hold them.
    #[must_use]
    pub fn behind(row: &[Option<f64>], column: usize) -> Self {
        let of = |back: usize| column.checked_sub(back).and_then(|at| row[at]).unwrap_or(0.0);
        Self { treated: (of(4), of(3)), held_out: (of(2), of(1)) }
    }

    /// Difference of means; `None` if an arm is empty.
    #[must_use]
    pub fn gain(&self) -> Option<f64> {
        Some(super::ratio(self.treated.0, self.treated.1)? - super::ratio(self.held_out.0, self.held_out.1)?)
    }
}

/// Outcomes that are gains, measured by a lottery and pooled over replications.
pub const POOLED: [&str; 2] = ["clients_gain", "coaching_gain"];

/// Pooled gain with its interval, one pair of arms a replication.
#[must_use]
pub fn pooled(replications: &[Arms], level: f64) -> Option<Estimate> {
    let pairs: Vec<_> = replications.iter().map(|a| (a.treated, a.held_out)).collect();
    crate::stats::difference_of_ratios(&pairs, level)
}
