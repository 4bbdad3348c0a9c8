//! What goes through a tie in a week, and what it does to goodwill.

use crate::ids::TieId;
use crate::scenario::Goodwill;

/// What went through a tie this week.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Requests that cost goodwill.
    pub requests: u32,
    /// People met through it who passed.
    pub passed: u32,
    /// People met through it who failed.
    pub failed: u32,
}

/// A tie through which something went this week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stirred {
    /// Which.
    pub tie: TieId,
    /// All traffic of this week.
    pub all: Traffic,
    /// The organic part of it.
    pub organic: Traffic,
}

/// Goodwill after a week: what the traffic did, then recovery of a share of what is missing.
#[must_use]
pub fn after_week(s: &Goodwill, goodwill: f64, traffic: Traffic) -> f64 {
    let used = s.per_request * f64::from(traffic.requests) + s.bad * f64::from(traffic.failed);
    let after = (goodwill - used + s.good * f64::from(traffic.passed)).clamp(0.0, 1.0);
    after + s.recovery * (1.0 - after)
}
