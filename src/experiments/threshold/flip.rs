//! Flip points: how dear a burnt relationship must be for a claim to be true.
//!
//! Nobody has measured that cost, `introducers.goodwill_value`: what a unit of goodwill on a tie is worth to the one who
//! loses it. So a claim is judged over the whole believable range, and the answer is the cost at which it turns. The
//! cost guides those who help for nothing too; it belongs to the labour market, and every value has a burn-in of its
//! own.

use super::breakeven::Criterion;
use super::crossing::Crossing;
use super::{Point, Question, Subject};
use crate::experiments::outcomes::{self, Metric};
use crate::scenario::Scenario;
use crate::scenario::experiment::{Claim, Claims, Holds};

/// Names that a claim's metric may have: every outcome, and what `breakeven` averages per hour.
#[must_use]
pub fn metrics() -> Vec<&'static str> {
    outcomes::names().into_iter().chain(HOURS.iter().map(|(name, _)| *name)).collect()
}

/// Profit per hour, which exists wherever somebody may sell: an hour without use earns nothing.
const HOURS: [(&str, Criterion); 2] =
    [("profit_per_hour", Criterion::HourPays), ("profit_per_hour_all_weeks", Criterion::HourPaysAllWeeks)];

/// The metric of one replication; `None` where nothing happened.
#[must_use]
pub fn metric_of(name: &str, row: &[Option<f64>]) -> Option<f64> {
    match HOURS.iter().find(|(hour, _)| *hour == name) {
        Some((_, criterion)) => criterion.margin(row),
        None => Metric::of(name)?.read(row),
    }
}

/// What a file claims, as a question.
///
/// - `points`: of the coarse grid
#[must_use]
pub fn question(claims: &Claims, points: usize) -> Question<Claim> {
    Question { knob: claims.knob.clone(), subjects: claims.claims.clone(), points }
}

/// Numbers of one replication at one cost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numbers {
    /// The metric in the claim's scenario.
    pub metric: Option<f64>,
    /// The same in the scenario that it is held against.
    pub against: Option<f64>,
    /// By how much the claim holds, in the metric's unit; negative where it does not.
    pub margin: Option<f64>,
}

/// Goodwill that a bad introduction takes, its request included: dollars of one are that times the cost.
#[must_use]
pub fn goodwill_of_one(scenario: &Scenario) -> f64 {
    scenario.goodwill.per_request + scenario.goodwill.bad
}

impl Subject for Claim {
    type Reading = Numbers;
    /// Goodwill that a bad introduction takes.
    type Meaning = f64;
    const CRITERIA: usize = 1;
    const SAYS_WHAT_LACKS_A_NUMBER: bool = true;

    fn name(&self) -> &str {
        &self.name
    }

    fn scenario(&self) -> &Scenario {
        &self.scenario.scenario
    }

    fn against(&self) -> Option<&Scenario> {
        self.against.as_ref().map(|other| &other.scenario)
    }

    fn reading(&self, own: &[Option<f64>], against: Option<&[Option<f64>]>) -> Numbers {
        let metric = metric_of(self.metric, own);
        let other = against.and_then(|row| metric_of(self.metric, row));
        let number = if against.is_some() { metric.zip(other).map(|(a, b)| a - b) } else { metric };
        let margin = number.map(|number| match self.holds {
            Holds::Above => number - self.threshold,
            Holds::Below => self.threshold - number,
        });
        Numbers { metric, against: other, margin }
    }

    fn margin(&self, _: usize, reading: &Numbers) -> Option<f64> {
        reading.margin
    }

    fn meaning(&self, _: usize, _: &Crossing, _: &[Point<Numbers>]) -> f64 {
        goodwill_of_one(&self.scenario.scenario)
    }
}
