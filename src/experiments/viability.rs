//! Viability: whether the paid market lives, condition by condition, and which side's condition fails first.
//!
//! Judged over the last 52 weeks. *Sellers*: at least half as many sell as opened, each with two placements or more, and their profit with social capital counted is not negative. *Decision-makers*: paid meetings bring them
//! more than they cost, by true quality. The clients' condition is judged over all replications together, by the
//! lottery ([`super::gain`]). A market in which sellers work less than 100 hours is *empty*, an outcome of its own.

use super::period::Period;
use crate::week::tally::{Channel, Tally};

/// Weeks over which viability is judged.
pub const JUDGED_WEEKS: usize = 52;
/// Hours of all sellers below which a market is empty.
pub(super) const EMPTY_BELOW_HOURS: f64 = 100.0;
/// Placements an active seller needs in a year.
const PLACEMENTS: f64 = 2.0;

/// The conditions over one stretch of weeks; none where there is no paid market to judge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conditions {
    /// Sellers worked too little for anything to be said.
    pub empty: bool,
    /// The sellers' condition holds.
    pub sellers: bool,
    /// The decision-makers' condition holds.
    pub decision_makers: bool,
    /// Mean number of those who sell, by the number of those who opened.
    pub active_share: f64,
    /// Placements per active seller.
    pub placements: f64,
    /// Profit of all who opened, social capital counted, dollars.
    pub profit: f64,
    /// Gain of decision-makers from paid meetings, dollars.
    pub decision_makers_gain: f64,
}

/// Judges a stretch of weeks; none if nobody opened.
#[must_use]
pub fn judge(sellers: usize, weeks: &[Tally]) -> Option<Conditions> {
    if sellers == 0 || weeks.is_empty() {
        return None;
    }
    let period = Period::of(weeks);
    let opened = f64::from(crate::ids::row(sellers));
    let active = period.active[0] / f64::from(period.weeks);
    let placed = period.hires[Channel::Paid as usize] + period.hires[Channel::Submitted as usize];
    let profit = profit(&period);
    let placements = if active > 0.0 { placed / active } else { 0.0 };
    // Two placements a year, in proportion where fewer weeks were run.
    let needed = PLACEMENTS * f64::from(period.weeks) / 52.0;
    Some(Conditions {
        empty: period.hours.total() < EMPTY_BELOW_HOURS,
        sellers: active / opened >= 0.5 && placements >= needed && profit >= 0.0,
        decision_makers: period.welfare[0] >= 0.0,
        active_share: active / opened,
        placements,
        profit,
        decision_makers_gain: period.welfare[0],
    })
}

/// Sellers' profit: fees less refunds (paid and newly expected), costs, hours worked and open at what they are worth
/// elsewhere, and social capital.
#[must_use]
pub fn profit(period: &Period) -> f64 {
    let f = &period.flows;
    f.fees - f.refunds - f.costs - period.liability - period.time - f.social_capital
}

/// The side whose condition is the first to fail, over moving years from week 52 on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailedFirst {
    /// No condition fails in any year.
    Nobody,
    /// The sellers'.
    Sellers,
    /// The decision-makers'.
    DecisionMakers,
    /// Both in the same week.
    Both,
    /// Sellers never worked enough to judge.
    Empty,
}

impl FailedFirst {
    /// Everything that can be said.
    pub const ALL: [Self; 5] = [Self::Nobody, Self::Sellers, Self::DecisionMakers, Self::Both, Self::Empty];

    /// Name used in tables.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Nobody => "nobody",
            Self::Sellers => "sellers",
            Self::DecisionMakers => "decision-makers",
            Self::Both => "both",
            Self::Empty => "too small",
        }
    }
}

/// Looks for the first moving year in which a condition fails.
#[must_use]
pub fn failed_first(sellers: usize, weeks: &[Tally]) -> Option<FailedFirst> {
    let span = JUDGED_WEEKS.min(weeks.len()).max(1);
    let mut judged = weeks.windows(span).map(|year| judge(sellers, year)).peekable();
    judged.peek()?.as_ref()?;
    for (year, conditions) in judged.flatten().enumerate() {
        if year == 0 && conditions.empty {
            return Some(FailedFirst::Empty);
        }
        match (conditions.sellers, conditions.decision_makers) {
            (true, true) => {}
            (false, true) => return Some(FailedFirst::Sellers),
            (true, false) => return Some(FailedFirst::DecisionMakers),
            (false, false) => return Some(FailedFirst::Both),
        }
    }
    Some(FailedFirst::Nobody)
}
