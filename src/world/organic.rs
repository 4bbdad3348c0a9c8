//! The organic fork: what goodwill there would be if nobody sold.
//!
//! The same world at the opening lives on with the same luck and nobody selling. Of that life one pair of sums is kept
//! for each introducer and week; what selling does to relationships is read off against it.

use super::ties::{Goodwills, Ties};
use crate::ids::{self, IntroducerId};

/// Goodwill of each introducer's ties in the organic fork, week by week.
#[derive(Clone, Debug, PartialEq)]
pub struct Organic {
    /// The last week before the opening.
    opened: u32,
    introducers: usize,
    /// Goodwill of open ties, by week, then by introducer.
    open: Vec<f64>,
    /// What more there is of those who have blocked ties, by week, then by introducer. They are few.
    blocked: Vec<Blocked>,
    /// First of each week in `blocked`, and one past the last.
    weeks: Vec<usize>,
}

/// An introducer with blocked ties in one week.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Blocked {
    introducer: u32,
    /// How many.
    ties: u32,
    /// Goodwill of all his ties.
    all: f64,
}

impl Organic {
    /// A fork that has not lived yet.
    ///
    /// - `opened`: the last week before the opening
    /// - `weeks`: how long it will live
    #[must_use]
    pub fn new(opened: u32, introducers: usize, weeks: u32) -> Self {
        let open = Vec::with_capacity(introducers * weeks as usize);
        Self { opened, introducers, open, blocked: Vec::new(), weeks: vec![0] }
    }

    /// Keeps a week of the fork, at its end.
    pub fn keep(&mut self, ties: &Ties) {
        for row in 0..self.introducers {
            let now = ties.together(IntroducerId::new(row)).goodwill;
            self.open.push(now.open);
            if now.blocked > 0 || now.all.to_bits() != now.open.to_bits() {
                let introducer = ids::row(row);
                self.blocked.push(Blocked { introducer, ties: now.blocked, all: now.all });
            }
        }
        self.weeks.push(self.blocked.len());
    }

    /// Whether it lives for so many weeks.
    #[must_use]
    pub fn lasts(&self, weeks: u32) -> bool {
        self.weeks.len() > weeks as usize
    }

    /// Goodwill of an introducer's ties at the end of a week after the opening.
    #[must_use]
    pub fn at(&self, week: u32, introducer: usize) -> Goodwills {
        let weeks = (week - self.opened - 1) as usize;
        let open = self.open[weeks * self.introducers + introducer];
        let blocked = &self.blocked[self.weeks[weeks]..self.weeks[weeks + 1]];
        match blocked.binary_search_by_key(&ids::row(introducer), |one| one.introducer) {
            Ok(at) => Goodwills { all: blocked[at].all, open, blocked: blocked[at].ties },
            Err(_) => Goodwills { all: open, open, blocked: 0 },
        }
    }
}
