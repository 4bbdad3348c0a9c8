//! A period: the tallies of many weeks added up.

use crate::week::tally::{Summed as _, Sums, Tally};

/// Sums over weeks.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Weeks.
    pub weeks: u32,
    /// What was counted in them.
    pub sum: Sums,
}

impl Period {
    /// The period of these weeks.
    #[must_use]
    pub fn of<'a>(weeks: impl IntoIterator<Item = &'a Tally>) -> Self {
        let mut period = Self { weeks: 0, sum: Tally::zero() };
        for week in weeks {
            period.weeks += 1;
            week.add_to(&mut period.sum);
        }
        period
    }
}
