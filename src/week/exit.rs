//! Phase 14: sellers count what the week brought, and those who lose by it for long stop selling.
//!
//! Who acts: each seller. Reads: fees, refunds, costs, hours, social capital. Writes: running profit, who sells.
//! Draws: `Return` by seller.
//! Keeps: one who stops sets his clients and applicants free.
//! Source: our assumption.

use super::Now;
use super::diary::{Books, End, What, Who};
use super::learning::release;
use super::representation::forget;
use crate::ids;
use crate::streams::Purpose;
use crate::world::market::{Flows, Hours, Market, Seller};

pub(super) fn run(now: &mut Now<'_>) {
    let Some(mut market) = now.world.market.take() else { return };
    for row in 0..market.sellers.len() {
        if market.sellers[row].active {
            count(now, row, &mut market.sellers[row]);
            if market.sellers[row].weeks_below >= now.scenario.sellers.exit_after {
                stop_selling(now, &mut market, row);
            }
        } else {
            count_idle(now, row, &mut market.sellers[row]);
        }
        market.sellers[row].flows = Flows::default();
        market.sellers[row].hours = Hours::default();
    }
    come_back(now, &mut market);
    now.world.market = Some(market);
}

/// Books the week into the seller's running profit and the tally.
fn count(now: &mut Now<'_>, row: usize, seller: &mut Seller) {
    let s = &now.scenario.sellers;
    let flows = seller.flows;
    let hours = seller.hours.total();
    let money = flows.fees - flows.refunds - flows.costs - hours * now.scenario.introducers.hour_value;
    let liability = seller.liability - seller.liability_before;
    let profit = money - liability - s.foresight * flows.social_capital;
    seller.lifetime_profit += money - liability - flows.social_capital;
    seller.profit += (profit - seller.profit) / s.exit_window.max(1.0);
    let market_age = f64::from(now.world.week - seller.since);
    seller.weeks_below =
        if market_age >= s.exit_window && seller.profit < 0.0 { seller.weeks_below + 1 } else { 0 };
    now.record.tell(now.world.week, Who::introducer(row), What::Books(books(seller, profit)));
    let sums = &mut now.tally.sellers;
    sums.active += 1;
    add_hours(&mut sums.hours, &seller.hours);
    sums.flows.fees += flows.fees;
    sums.flows.refunds += flows.refunds;
    sums.flows.costs += flows.costs;
    sums.flows.social_capital += flows.social_capital;
    sums.flows.social_capital_gross += flows.social_capital_gross;
    sums.rating += seller.rating;
    sums.uplift += seller.uplift;
    sums.clients += ids::row(seller.clients.len());
}

/// Books the week of one who has stopped: social capital goes on recovering and guarantees fall due; both count in his
/// lifetime.
fn count_idle(now: &mut Now<'_>, row: usize, seller: &mut Seller) {
    let flows = seller.flows;
    let liability = seller.liability - seller.liability_before;
    seller.lifetime_profit -= flows.social_capital + flows.refunds + liability;
    if flows.refunds > 0.0 {
        let what = What::Books(books(seller, -flows.refunds - liability));
        now.record.tell(now.world.week, Who::introducer(row), what);
    }
    let sums = &mut now.tally.sellers.flows;
    sums.refunds += flows.refunds;
    sums.social_capital += flows.social_capital;
    sums.social_capital_gross += flows.social_capital_gross;
}

/// Counts the sellers of a market that has just opened.
pub(super) fn record_state(now: &mut Now<'_>) {
    let Some(market) = &now.world.market else { return };
    let sums = &mut now.tally.sellers;
    for seller in market.sellers.iter().filter(|seller| seller.active) {
        sums.active += 1;
        sums.rating += seller.rating;
        sums.uplift += seller.uplift;
    }
    now.tally.market_uplift = Some(market.uplift);
}

/// The week as the seller's diary has it; `profit` as he counts it, dollars.
fn books(seller: &Seller, profit: f64) -> Books {
    let flows = seller.flows;
    Books {
        fees: flows.fees,
        refunds: flows.refunds,
        costs: flows.costs,
        hours: seller.hours.total(),
        social_capital: flows.social_capital,
        profit,
        running: seller.profit,
        weeks_below: seller.weeks_below,
        active: seller.active,
    }
}

fn add_hours(sum: &mut Hours, week: &Hours) {
    sum.finding += week.finding;
    sum.screening += week.screening;
    sum.contact += week.contact;
    sum.pitching += week.pitching;
    sum.sham += week.sham;
    sum.rebuilding += week.rebuilding;
}

fn stop_selling(now: &mut Now<'_>, market: &mut Market, row: usize) {
    let seller = &mut market.sellers[row];
    seller.active = false;
    seller.stopped = now.world.week;
    while let Some(last) = seller.clients.len().checked_sub(1) {
        let who = Who::worker(seller.clients[last].search.worker.at()).through(ids::IntroducerId::new(row));
        now.record.tell(now.world.week, who, What::Ends(End::SellerStopped));
        release(now.world, seller, last);
    }
    for applicant in seller.applicants.drain(..) {
        forget(now.world, applicant.search);
    }
    super::mandates::hand_back(market, row);
    now.record.tell(now.world.week, Who::introducer(row), What::StopsSelling);
}

/// Those who stopped come back at a rate while the ones who sell earn well.
fn come_back(now: &mut Now<'_>, market: &mut Market) {
    let s = &now.scenario.sellers;
    if s.return_rate <= 0.0 {
        return;
    }
    let earners = market.sellers.iter().filter(|seller| seller.active);
    let (profit, n) = earners.fold((0.0, 0.0), |(sum, n), seller| (sum + seller.profit, n + 1.0));
    if n > 0.0 && profit / (n * s.hours) > s.return_above {
        for (row, seller) in market.sellers.iter_mut().enumerate() {
            // One who stops this week does not come back in it.
            if seller.active || seller.stopped == now.world.week {
                continue;
            }
            if now.world.draws.at(Purpose::Return, now.world.week, ids::row(row), 0).yes(s.return_rate) {
                seller.active = true;
                seller.profit = 0.0;
                seller.weeks_below = 0;
                seller.since = now.world.week;
                seller.rating = now.scenario.buyers.opening_rating;
                now.record.tell(now.world.week, Who::introducer(row), What::SellsAgain);
            }
        }
    }
}
