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

    /// Difference of means; none if an arm is empty.
    #[must_use]
    pub fn gain(&self) -> Option<f64> {
        Some(super::ratio(self.treated.0, self.treated.1)? - super::ratio(self.held_out.0, self.held_out.1)?)
    }
}

/// What the lottery says of the clients' condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The lower end of the interval is not below 0.
    Yes,
    /// The upper end is below 0.
    No,
    /// The interval holds both.
    Undecided,
    /// Nobody was treated, or nobody held out.
    Unmeasured,
}

impl Verdict {
    /// Verdict of an interval.
    #[must_use]
    pub fn of(gain: Option<&Estimate>) -> Self {
        let Some(gain) = gain else { return Self::Unmeasured };
        match gain.interval {
            Some((low, _)) if low >= 0.0 => Self::Yes,
            Some((_, high)) if high < 0.0 => Self::No,
            _ => Self::Undecided,
        }
    }

    /// Name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Undecided => "undecided",
            Self::Unmeasured => "not measured",
        }
    }
}

/// Outcomes that are gains, measured by a lottery and pooled over replications.
pub const POOLED: [&str; 2] = ["clients_gain", "coaching_gain"];

/// Pooled gain with its interval, one pair of arms a replication.
#[must_use]
pub fn pooled(replications: &[Arms]) -> Option<Estimate> {
    let pairs: Vec<_> = replications.iter().map(|a| (a.treated, a.held_out)).collect();
    crate::stats::difference_of_ratios(&pairs, 0.95)
}
