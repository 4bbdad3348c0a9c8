//! Prospects: what a request is expected to bring to the tie that it goes through and to a seller who makes it. Used by
//! networking, referral forms, screening, pitching and learning.

use super::pipeline::Prospect;
use super::search::reservation;
use super::{Step, contract, looks};
use crate::beliefs::Belief;
use crate::ids::TieId;
use crate::scenario::{AcceptAbove, Scenario};
use crate::world::market::{Met, Seller};

/// Edges of the bands of a résumé's estimate less the bar, sd, by which a seller counts who is met.
const EDGES: [f64; 3] = [-0.75, 0.0, 0.75];

/// Cases that his first guess weighs as, in each band.
const GUESS: f64 = 4.0;

/// E\[Δg\] = −per_request + a (good · Φ − bad · (1 − Φ)): what one request is expected to do to a tie.
#[must_use]
pub(super) fn expected_goodwill(scenario: &Scenario, acceptance: f64, pass: f64) -> f64 {
    let g = &scenario.goodwill;
    acceptance * (g.good * pass - g.bad * (1.0 - pass)) - g.per_request
}

impl Prospect {
    /// What it is expected to bring, its hours not counted: pay and, as far as he looks ahead, goodwill; dollars.
    pub(super) fn value(&self, step: &Step<'_>) -> f64 {
        let worth = step.scenario.introducers.goodwill_value * self.goodwill;
        self.pay + step.scenario.sellers.foresight * worth
    }

    /// Whether that pays for its hours; sellers who weigh nothing pitch whatever there is.
    pub(super) fn pays(&self, step: &Step<'_>, seller: &Seller) -> bool {
        let hours = step.scenario.sellers.pitch_hours;
        !weighs_hours(step.scenario, seller) || self.value(step) >= seller.hour * hours
    }
}

/// The prospect of a pitch through a tie, by the seller's own experience and his belief about the client; `seat`: as if
/// she had a vacancy of which he has heard.
pub(super) fn prospect(
    step: &Step<'_>,
    seller: &Seller,
    worker: usize,
    belief: Belief,
    tie: TieId,
    seat: bool,
) -> Prospect {
    let (ties, table) = (&step.world.ties, &step.world.decision_makers);
    let row = ties.decision_maker[tie.at()].at();
    let (introducer, episode) = (ties.introducer[tie.at()], table.episode[row]);
    let bar = looks::seen_bar(step.scenario, step.world, introducer, row, episode);
    let interview = &step.rules.interview;
    let pass = interview.chance_to_pass_unsure(belief.mean - bar, belief.variance, step.rules.doubt);
    let conversion = if seat || ties.has_seat(tie.at()) { seller.conversion } else { 0.0 };
    let resume = looks::by_resume(step.scenario, step.world, worker).mean;
    let met = chance_to_be_met(step.scenario, seller, resume - bar);
    let success = met * pass * conversion;
    let due = contract::due_on_placement(&step.scenario.contract, table.salary[row]);
    let pay = success * due + met * step.scenario.contract.per_introduction;
    let goodwill = expected_goodwill(step.scenario, met, pass);
    let time = step.scenario.sellers.pitch_hours * seller.wage;
    Prospect { tie, met, success, pay, goodwill, time }
}

/// Lowest salary that a worker accepts, dollars a year.
pub(super) fn lowest_salary(step: &Step<'_>, worker: usize) -> f64 {
    reservation(step.scenario, step.rules, &step.world.workers, worker, step.world.week)
}

/// The band of a résumé's estimate less the bar.
#[must_use]
pub(super) fn band(margin: f64) -> usize {
    EDGES.iter().filter(|&&edge| margin >= edge).count()
}

/// Whether sellers read résumés.
pub(super) fn reads(scenario: &Scenario) -> bool {
    !scenario.screening.stages.is_empty()
}

/// Whether a seller weighs his hours: one who screens for profit does, and one who looks ahead.
pub(super) fn weighs_hours(scenario: &Scenario, seller: &Seller) -> bool {
    let mut stages = scenario.screening.stages.iter();
    let for_profit =
        seller.own_bar.is_none() && stages.any(|stage| stage.accept_above == AcceptAbove::Profit);
    for_profit || scenario.sellers.foresight > 0.0
}

/// Chance that a request is met, by the seller's experience with such résumés; his first guess counts as some cases.
pub(super) fn chance_to_be_met(scenario: &Scenario, seller: &Seller, margin: f64) -> f64 {
    if !reads(scenario) {
        return seller.acceptance;
    }
    let Met { requests, met } = seller.bands[band(margin)];
    (met + GUESS * scenario.sellers.opening_acceptance) / (requests + GUESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_part_resumes_at_their_edges() {
        assert_eq!([-2.0, -0.75, -0.1, 0.0, 0.7, 0.75].map(band), [0, 1, 1, 2, 2, 3]);
    }
}
