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
    /// Heard from others of the introducer's: people who passed with them.
    pub heard_good: u32,
    /// People who failed with them.
    pub heard_bad: u32,
}

/// A tie through which something went this week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stirred {
    /// Which.
    pub tie: TieId,
    /// The traffic of this week.
    pub traffic: Traffic,
}

/// Goodwill after a week: what the traffic did, summed before it is held within 0 and 1, then recovery of a share of
/// what is missing.
///
/// `hearsay`: what is heard of somebody counts as this share of what is seen.
#[must_use]
pub fn after_week(s: &Goodwill, hearsay: f64, goodwill: f64, traffic: Traffic) -> f64 {
    let bad = f64::from(traffic.failed) + hearsay * f64::from(traffic.heard_bad);
    let good = f64::from(traffic.passed) + hearsay * f64::from(traffic.heard_good);
    let used = s.per_request * f64::from(traffic.requests) + s.bad * bad;
    let after = (goodwill - used + s.good * good).clamp(0.0, 1.0);
    after + s.recovery * (1.0 - after)
}
