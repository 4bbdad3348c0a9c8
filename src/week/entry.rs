//! Entry and exit: where entry is free, sellers who expect to lose stop, and introducers who expect to gain begin.
//!
//! Who acts: each introducer whose clock rings, and each seller whose purse is empty. Reads: what all know of selling,
//! his own weeks of it, what his hour is worth elsewhere. Writes: who sells.
//! Draws: `Reconsider` and `Try`, by 64 introducers at once.
//! Keeps: one who stops sets his clients and applicants free; nobody stops and begins in one week; where entry is
//! closed, the number of sellers stays.
//! Source: Hopenhayn (1992), *Econometrica* 60(5), for entry and exit by what selling is expected to bring; Cabral and
//! Hortaçsu (2010), *Journal of Industrial Economics* 58(1), for names that last. Brokers who enter and leave: Hsieh and
//! Moretti (2003), *Journal of Political Economy* 111(5); Barwick and Pathak (2015), *RAND Journal of Economics* 46(1).

use super::Step;
use super::diary::{Begins, End, Event, Stops, Who};
use crate::ids::{self, IntroducerId};
use crate::streams::{Gate, Purpose};
use crate::world::market::{Entrant, Market};
use crate::world::wages::expected_net;

pub(super) fn run(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    reconsider_all(step, &mut market);
    step.world.market = Some(market);
}

/// Chance a week that a given introducer tries to sell whatever he expects.
#[must_use]
pub(super) fn trial_chance(scenario: &crate::scenario::Scenario) -> f64 {
    let a_year = scenario.sellers.trials * f64::from(scenario.workers.count) / 10_000.0;
    a_year / 52.0 / f64::from(scenario.introducers.count.max(1))
}

fn reconsider_all(step: &mut Step<'_>, market: &mut Market) {
    let clock = Gate::new(step.scenario.sellers.reconsider_rate);
    let trial = Gate::new(trial_chance(step.scenario));
    let head = |purpose| step.world.draws.head(purpose, step.world.week);
    let (reconsiders, attempts) = (head(Purpose::Reconsider), head(Purpose::Try));
    for word in 0..market.sellers.len().div_ceil(64) {
        let rings = reconsiders.gates(ids::row(word), clock);
        let tries = attempts.gates(ids::row(word), trial);
        for row in word * 64..(word * 64 + 64).min(market.sellers.len()) {
            reconsider(step, market, row, (rings >> (row % 64) & 1 == 1, tries >> (row % 64) & 1 == 1));
        }
    }
    market.list_selling();
}

/// One introducer begins to sell, stops, or goes on as he was.
fn reconsider(step: &mut Step<'_>, market: &mut Market, row: usize, (rings, tries): (bool, bool)) {
    let seller = &market.sellers[row];
    let expects = || expected_net(&market.known, &seller.own, seller.wage, step.scenario.sellers.open_hours);
    if seller.active {
        if seller.cash_peak - seller.cash > seller.purse {
            stop(step, market, row, Stops::PurseEmpty);
        } else if rings && expects() < 0.0 {
            stop(step, market, row, Stops::ExpectsLoss);
        }
    } else if rings && expects() > 0.0 {
        begin(step, market, row, Begins { again: seller.has_sold, tries: false });
    } else if tries {
        begin(step, market, row, Begins { again: seller.has_sold, tries: true });
    }
}

fn begin(step: &mut Step<'_>, market: &mut Market, row: usize, how: Begins) {
    let uplift = market.uplift;
    let seller = &mut market.sellers[row];
    if !seller.has_sold {
        seller.uplift = uplift;
        seller.gap = step.world.goodwill_gap(row);
    } else if step.scenario.sellers.new_name {
        seller.rating = step.scenario.buyers.opening_rating;
    }
    seller.active = true;
    seller.entrant = Some(ids::row(market.entrants.len()));
    market.entrants.push(Entrant { since: step.world.week, net: 0.0, weeks: 0 });
    seller.hour = seller.wage;
    seller.has_sold = true;
    seller.since = step.world.week;
    seller.cash = 0.0;
    seller.cash_peak = 0.0;
    step.tally.sellers.began += 1;
    step.record.emit(step.world.week, Who::introducer(row), Event::BeginsSelling(how));
}

fn stop(step: &mut Step<'_>, market: &mut Market, row: usize, why: Stops) {
    let seller = &mut market.sellers[row];
    seller.active = false;
    while let Some(last) = seller.clients.len().checked_sub(1) {
        let who = Who::worker(seller.clients[last].search.worker.at()).through(IntroducerId::new(row));
        step.record.emit(step.world.week, who, Event::Ends(End::SellerStopped));
        seller.release(&mut step.world.workers, last);
    }
    for applicant in seller.applicants.drain(..) {
        step.world.workers.forget_seller(applicant.search);
    }
    market.hand_back(row);
    step.tally.sellers.stopped += 1;
    step.record.emit(step.world.week, Who::introducer(row), Event::StopsSelling(why));
}
