//! The organic fork: what goodwill there would be if nobody sold.
//!
//! The same world at the opening lives on with the same luck and nobody selling. Of that life one pair of sums is kept
//! for each introducer and week; what selling does to relationships is read off against it.

use super::ties::{Goodwills, Ties};
use crate::ids::IntroducerId;

/// Goodwill of each introducer's ties in the organic fork, week by week.
#[derive(Clone, Debug, PartialEq)]
pub struct Organic {
    /// The last week before the opening.
    opened: u32,
    introducers: usize,
    /// By week, then by introducer.
    sums: Vec<Goodwills>,
}

impl Organic {
    /// A fork that has not lived yet.
    ///
    /// - `opened`: the last week before the opening
    /// - `weeks`: how long it will live
    #[must_use]
    pub fn new(opened: u32, introducers: usize, weeks: u32) -> Self {
        Self { opened, introducers, sums: Vec::with_capacity(introducers * weeks as usize) }
    }

    /// Keeps a week of the fork, at its end.
    pub fn keep(&mut self, ties: &Ties) {
        let rows = 0..self.introducers;
        self.sums.extend(rows.map(|row| ties.together(IntroducerId::new(row)).goodwill));
    }

    /// Whether it lives for so many weeks.
    #[must_use]
    pub fn lasts(&self, weeks: u32) -> bool {
        self.sums.len() >= self.introducers * weeks as usize
    }

    /// Goodwill of an introducer's ties at the end of a week after the opening.
    #[must_use]
    pub fn at(&self, week: u32, introducer: usize) -> Goodwills {
        let weeks = (week - self.opened - 1) as usize;
        self.sums[weeks * self.introducers + introducer]
    }
}
