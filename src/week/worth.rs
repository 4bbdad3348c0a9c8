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
use super::pipeline::Prospect;
use super::prospect::{lowest_salary, prospect, weighs_hours};
use crate::beliefs::Belief;
use crate::ids::{IntroducerId, TieId};
use crate::maths;
use crate::scenario::Scenario;
use crate::world::market::Seller;

/// What λ rises or falls by in a week.
const STEP: f64 = 0.02;

/// Hours that are no more than a rounding.
const ROUNDING: f64 = 1e-9;

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
    let target = |tie: TieId| step.world.ties.decision_maker[tie.at()].at();
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
