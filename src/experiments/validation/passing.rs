//! Who passes an interview: the line that what it shows must reach, and chances and mixtures of people in closed form.

use crate::maths::{normal_below, normal_quantile, pow};
use crate::scenario::Scenario;

/// A desk that believes N(trust_mean, 1/trust_precision + within_source_variance) of ability minus bar, and reads
/// nothing before the interview.
#[derive(Clone, Copy, Debug)]
pub(super) struct Desk {
    /// What quality minus bar plus noise must reach.
    line: f64,
    /// Spread of match and noise, sd.
    rest: f64,
    bar: f64,
}

impl Desk {
    /// The desks of a scenario, whose bars are all the same. `mean` and `precision`: of trust.
    pub(super) fn of(scenario: &Scenario, mean: f64, precision: f64) -> Self {
        let match_variance = pow(scenario.jobs.match_sd, 2.0);
        let noise = 1.0 / scenario.decision_makers.interview_precision;
        let belief = 1.0 / precision + scenario.beliefs.within_source_variance + match_variance;
        // mean + V/(V + n) (y − mean) ≥ 0.
        let line = -mean * noise / belief;
        Self { line, rest: (match_variance + noise).sqrt(), bar: scenario.decision_makers.bar_mean }
    }

    /// The same desk with trust in people who pay: at the opening the common belief about applicants, with
    /// `trust_precision`.
    pub(super) fn of_paid(scenario: &Scenario) -> Self {
        Self::of(scenario, scenario.beliefs.applicants_mean, scenario.beliefs.trust_precision)
    }

    /// Chance that a person of this ability passes.
    pub(super) fn passes(&self, ability: f64) -> f64 {
        normal_below((ability - self.bar - self.line) / self.rest)
    }
}

/// Quality above the bar of a stranger who passes with chance q, where nothing but noise is between it and what shows.
pub(super) fn quality_for(scenario: &Scenario, q: f64) -> f64 {
    let b = &scenario.beliefs;
    let noise = 1.0 / scenario.decision_makers.interview_precision;
    let belief = 1.0 / b.trust_precision + b.within_source_variance + pow(scenario.jobs.match_sd, 2.0);
    noise.sqrt() * normal_quantile(q) - b.trust_mean * noise / belief
}

/// The share of those who pass who get the job, where each is sent through one random tie of a random seller and
/// `per_seat` of them come to a seat on average: of two on one seat one goes without.
///
/// The ties of a desk are binomial, each introducer having so many distinct ones; given n of them, those who come are
/// Poisson with a mean in proportion to n.
pub(super) fn filled(scenario: &Scenario, per_seat: f64) -> f64 {
    let introducers = f64::from(scenario.introducers.count);
    let known_by = f64::from(scenario.introducers.ties) / f64::from(scenario.decision_makers.count);
    let a_tie_brings_somebody = 1.0 - crate::maths::exp(-per_seat / (introducers * known_by));
    (1.0 - pow(1.0 - known_by * a_tie_brings_somebody, introducers)) / per_seat
}
