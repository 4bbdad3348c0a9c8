//! What a client is worth to a seller over the whole representation, and what an hour of his is. Used by screening,
//! pitching, learning, and entry and exit.
//!
//! A client is judged by the seats of which news comes through all his seller's ties at the rate at which it comes, each
//! once, and
//! by the chance to be met that people with such a résumé had. A seller takes on work that brings at least λ an hour: the
//! shadow price of his time, which rises while work worth more is left undone and falls while hours are left over, never
//! below what an hour is worth to him elsewhere.
//! Source: McCall (1970), *Quarterly Journal of Economics* 84(1), for reservation by expected gain; Charnov (1976),
//! *Theoretical Population Biology* 9(2), for the marginal value of time.

use super::Step;
use super::contract::{self, Outlook};
use super::representation::{Prospect, lowest_salary, prospect};
use crate::beliefs::Belief;
use crate::ids::IntroducerId;
use crate::maths;
use crate::scenario::{AcceptAbove, Scenario};
use crate::world::market::{Met, Seller};

/// Edges of the bands of a résumé's estimate less the bar, sd, by which a seller counts who is met.
const EDGES: [f64; 3] = [-0.75, 0.0, 0.75];

/// Cases that his first guess weighs as, in each band.
const GUESS: f64 = 4.0;

/// What λ rises or falls by in a week.
const STEP: f64 = 0.02;

/// Hours that are no more than a rounding.
const ROUNDING: f64 = 1e-9;

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

/// What a representation is expected to bring, dollars, and the hours that it takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Worth {
    gross: f64,
    hours: f64,
}

impl Worth {
    /// Whether it pays for its hours and some to come at what an hour is worth to the seller.
    pub(super) fn pays(self, hours_to_come: f64, hour: f64) -> bool {
        self.gross >= hour * (self.hours + hours_to_come)
    }

    /// What each of its hours and of some to come brings, dollars; all that it brings where nothing takes hours.
    pub(super) fn of_an_hour(self, hours_to_come: f64) -> f64 {
        let hours = self.hours + hours_to_come;
        if hours > 0.0 { self.gross / hours } else { self.gross }
    }
}

/// What representing a person is expected to bring: pitches at the best of the seats that open through all ties in the
/// time of a representation, as many as it has.
pub(super) fn of_client(
    step: &Step<'_>,
    seller: &Seller,
    row: usize,
    worker: usize,
    belief: Belief,
) -> Worth {
    let s = &step.scenario.sellers;
    let weeks = f64::from(s.representation);
    let mut left = weeks * f64::from(s.pitches_per_week);
    let (mut n, mut jobs, mut salary, mut held, mut goodwill) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (seats, seat) in seats(step, seller, row, worker, belief) {
        let pitched: f64 = left.min(seats);
        left -= pitched;
        n += pitched;
        jobs += pitched * seat.success;
        let target = step.world.ties.decision_maker[seat.tie.at()].at();
        salary += pitched * seat.success * step.world.decision_makers.salary[target];
        held += pitched * seat.met;
        goodwill += pitched * seat.goodwill;
    }
    // Jobs come as they fall, and the first ends it: (1 − e^−x)/x of what it would take to pitch at all seats.
    let placed = 1.0 - maths::exp(-jobs);
    let share = if jobs > 0.0 { placed / jobs } else { 1.0 };
    let salary = if jobs > 0.0 { salary / jobs } else { 0.0 };
    let outlook = Outlook { placed, salary, weeks: weeks * share, introductions: held * share };
    let ahead = s.foresight * step.scenario.introducers.goodwill_value;
    Worth {
        gross: contract::expected(&step.scenario.contract, outlook) + ahead * goodwill * share,
        hours: share * (weeks * s.contact_hours + n * s.pitch_hours),
    }
}

/// Seats that a seller would pitch a person at, the best first, of equals the better chance of a job, then the lower
/// tie: how many are expected through a tie, and what a pitch at one brings. Those of today that she has met him for are
/// no seats.
fn seats(
    step: &Step<'_>,
    seller: &Seller,
    row: usize,
    worker: usize,
    belief: Belief,
) -> Vec<(f64, Prospect)> {
    let (s, table) = (&step.scenario.sellers, &step.world.decision_makers);
    let ties = step.world.ties.of(IntroducerId::new(row));
    let target = |tie: crate::ids::TieId| step.world.ties.decision_maker[tie.at()].at();
    let opening = f64::from(s.representation) * step.world.ties.news();
    let lowest = lowest_salary(step, worker);
    let mut seats = Vec::new();
    for &tie in ties {
        let she = target(tie);
        if !step.world.ties.is_open(tie) || table.salary[she] < lowest {
            continue;
        }
        let today = step.world.ties.has_seat(tie.at()) && !table.has_met(she, worker);
        let seat = prospect(step, seller, worker, belief, tie, true);
        if seat.value(step) >= seller.hour * s.pitch_hours {
            seats.push((opening + f64::from(u8::from(today)), seat));
        }
    }
    seats.sort_by(|(_, a), (_, b)| {
        let order = b.value(step).total_cmp(&a.value(step)).then(b.success.total_cmp(&a.success));
        order.then(a.tie.cmp(&b.tie))
    });
    seats
}

/// What an hour is worth to a seller after a week: more if work worth more than it was left undone, else less if hours
/// were left over; never less than it is worth elsewhere, nor than the hours he can work have brought him.
pub(super) fn of_an_hour(scenario: &Scenario, seller: &Seller) -> f64 {
    if !weighs_hours(scenario, seller) {
        return seller.wage;
    }
    let can_work = scenario.sellers.work_hours();
    let hour = if seller.undone {
        seller.hour * (1.0 + STEP)
    } else if can_work - seller.hours.total() > ROUNDING {
        seller.hour * (1.0 - STEP)
    } else {
        seller.hour
    };
    hour.max(seller.wage).max(seller.own.rate(seller.wage, can_work))
}

#[cfg(test)]
mod frozen;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_part_resumes_at_their_edges() {
        assert_eq!([-2.0, -0.75, -0.1, 0.0, 0.7, 0.75].map(band), [0, 1, 1, 2, 2, 3]);
    }
}
