//! Precision: replications are added in batches until the intervals of some outcomes are narrow enough.
//!
//! The relative half-width of a t interval, looked at after each batch of [`BATCH`]. Because the data say when to stop,
//! the interval at the end holds the truth a little less often than one of a number of replications fixed beforehand;
//! a test measures how much less.

use super::outcomes::Metric;
use super::summary::ScenarioSummary;
use crate::engine::Arm;
use crate::stats::Estimate;

/// Replications added at once; fixed, so that where a run stops depends on its numbers alone.
pub const BATCH: u32 = 10;

/// How narrow the interval of an outcome should be.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// The outcome; none means the jobs found through sellers, or through free introductions where nobody sells.
    pub metric: Option<&'static str>,
    /// Half-width over the value itself.
    pub half_width: f64,
}

/// What is left to do for one outcome of one scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    /// The scenario.
    pub scenario: String,
    /// The outcome.
    pub metric: &'static str,
    /// Half-width over the value; `None` where there is no interval, or the value is 0.
    pub half_width: Option<f64>,
    /// What was asked for.
    pub target: f64,
    /// Replications that it rests on.
    pub n: usize,
}

impl Reached {
    /// Whether the interval is narrow enough; an outcome that does not exist cannot become so.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.half_width.is_some_and(|width| width <= self.target)
    }

    /// Replications that a half-width would take, by the square-root law; `None` where nothing is known.
    #[must_use]
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of replications")]
    pub fn replications_for(&self, half_width: f64) -> Option<u64> {
        let now = self.half_width?;
        let n = f64::from(u32::try_from(self.n).ok()?);
        Some((n * (now / half_width).powi(2)).ceil() as u64)
    }
}

/// Half-width over the value.
#[must_use]
pub fn relative_half_width(estimate: &Estimate) -> Option<f64> {
    let (low, high) = estimate.interval?;
    super::ratio((high - low) / 2.0, estimate.value.abs())
}

/// How near each scenario is to its targets.
#[must_use]
pub fn reached(arms: &[Arm], summaries: &[ScenarioSummary], targets: &[Target]) -> Vec<Reached> {
    let mut list = Vec::new();
    for (arm, summary) in arms.iter().zip(summaries) {
        for target in targets {
            let metric = target.metric.unwrap_or_else(|| headline(arm));
            let estimate = summary.of(metric);
            list.push(Reached {
                scenario: arm.name.clone(),
                metric,
                half_width: estimate.and_then(relative_half_width),
                target: target.half_width,
                n: estimate.map_or(0, |e| e.n),
            });
        }
    }
    list
}

/// The outcome that a scenario is about where nobody names one.
fn headline(arm: &Arm) -> &'static str {
    use crate::scenario::Payer;
    match (arm.scenario.may_sell(), arm.scenario.contract.payer) {
        (false, _) => "hires_organic",
        (_, Payer::Seeker) => "hires_paid",
        (_, Payer::Employer) => "hires_submitted",
    }
}

/// The outcome of a name.
#[must_use]
pub fn metric(name: &str) -> Option<&'static str> {
    Metric::of(name).map(|metric| metric.name)
}
