//! The books of sellers: what a week brought each, and what all learn of selling from it.
//!
//! Who acts: nobody decides. Reads: fees, refunds, costs, hours, social capital. Writes: accounts of sellers, what is
//! known of selling, the tally.
//! Draws: none.
//! Keeps: every dollar and hour of a week counts once; what is known fades evenly, so that its means outlast a market.
//! Source: our assumption; learning by selling after Jovanovic (1982), *Econometrica* 50(3).

use super::diary::{Books, Event, Who};
use super::{Step, worth};
use crate::ids;
use crate::world::market::{Entrant, Flows, Hours, Market, Seller};
use crate::world::wages::{Experience, LEARNING_WEEKS, expected_net, halved_in_a_year};

/// Closes the books of a week.
pub(super) fn run(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    let mut seen = Experience::default();
    for seller in &mut market.sellers {
        follow(step, seller, &mut market.entrants);
        if seller.active {
            let week = count(step, seller);
            if seller.weeks_sold < LEARNING_WEEKS {
                seen.join(week);
            }
            seller.weeks_sold += 1;
        } else {
            count_idle(step, seller);
        }
    }
    market.known.fade(1.0 - 1.0 / f64::from(LEARNING_WEEKS));
    market.known.join(seen);
    if step.record.diary.is_some() {
        tell(step, &market);
    }
    for seller in &mut market.sellers {
        seller.flows = Flows::default();
        seller.hours = Hours::default();
        seller.undone = false;
    }
    step.world.market = Some(market);
}

/// Adds the week of one who began to sell to his account among the entrants.
fn follow(step: &Step<'_>, seller: &Seller, entrants: &mut [Entrant]) {
    let Some(entrant) = seller.entrant.map(|row| &mut entrants[row as usize]) else { return };
    if step.world.week - entrant.since > Entrant::FOLLOWED {
        return;
    }
    let (s, flows) = (&step.scenario.sellers, seller.flows);
    let open_hours = if seller.active { s.open_hours } else { 0.0 };
    let time = (seller.hours.total() + open_hours) * seller.organic_wage;
    let owed = seller.liability - seller.liability_before;
    entrant.net +=
        flows.fees - flows.refunds - flows.costs - owed - time - s.foresight * flows.social_capital;
    entrant.weeks += u32::from(seller.active);
}

/// Books the week of one who sells into his accounts and the tally; gives what there is to learn from it.
fn count(step: &mut Step<'_>, seller: &mut Seller) -> Experience {
    let s = &step.scenario.sellers;
    let flows = seller.flows;
    let worked = seller.hours.total();
    let held = worked + s.open_hours;
    let (time, today) = (held * seller.organic_wage, held * seller.wage);
    let takings = flows.fees - flows.refunds - flows.costs;
    let owed = seller.liability - seller.liability_before;
    let mut week = Experience::default();
    week.add(takings - owed - s.foresight * flows.social_capital, worked);
    seller.own.join(week);
    seller.hour = worth::of_an_hour(step.scenario, seller);
    seller.own.weigh_at_most(f64::from(LEARNING_WEEKS));
    seller.cash += takings - today;
    seller.cash_peak = seller.cash_peak.max(seller.cash);
    seller.lifetime_profit += takings - owed - time - flows.social_capital;
    let sums = &mut step.tally.sellers;
    sums.active += 1;
    add_hours(&mut sums.hours, &seller.hours);
    sums.open_hours += s.open_hours;
    sums.time += time;
    sums.livelihood += time - today;
    sums.flows.fees += flows.fees;
    sums.flows.refunds += flows.refunds;
    sums.flows.costs += flows.costs;
    sums.flows.social_capital += flows.social_capital;
    sums.flows.social_capital_gross += flows.social_capital_gross;
    sums.rating += seller.rating;
    sums.uplift += seller.uplift;
    sums.clients += ids::row(seller.clients.len());
    week
}

/// Books the week of one who does not sell: social capital goes on recovering and guarantees fall due, both in his
/// lifetime; what he remembers, and what is remembered of him, fade.
fn count_idle(step: &mut Step<'_>, seller: &mut Seller) {
    let flows = seller.flows;
    let owed = seller.liability - seller.liability_before;
    seller.lifetime_profit -= flows.social_capital + flows.refunds + owed;
    let sums = &mut step.tally.sellers.flows;
    sums.refunds += flows.refunds;
    sums.social_capital += flows.social_capital;
    sums.social_capital_gross += flows.social_capital_gross;
    if seller.has_sold {
        let kept = halved_in_a_year();
        let opening = step.scenario.buyers.opening_rating;
        seller.own.fade(kept);
        seller.rating = opening + kept * (seller.rating - opening);
    }
}

/// Tells the diary of each who sold this week, or paid somebody back.
fn tell(step: &mut Step<'_>, market: &Market) {
    for (row, seller) in market.sellers.iter().enumerate() {
        if seller.active || seller.flows.refunds > 0.0 {
            let books = books(step, market, seller);
            step.record.emit(step.world.week, Who::introducer(row), Event::Books(books));
        }
    }
}

/// The week as the seller's diary has it.
fn books(step: &Step<'_>, market: &Market, seller: &Seller) -> Books {
    let (s, flows) = (&step.scenario.sellers, seller.flows);
    let open_hours = if seller.active { s.open_hours } else { 0.0 };
    let hours = seller.hours.total();
    let owed = seller.liability - seller.liability_before;
    let time = (hours + open_hours) * seller.wage;
    let money = flows.fees - flows.refunds - flows.costs - owed - time;
    Books {
        fees: flows.fees,
        refunds: flows.refunds,
        costs: flows.costs,
        hours,
        open_hours,
        social_capital: flows.social_capital,
        profit: money - s.foresight * flows.social_capital,
        expects: expected_net(&market.known, &seller.own, seller.wage, s.open_hours),
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

/// Counts the sellers of a market that has just opened.
pub(super) fn record_state(step: &mut Step<'_>) {
    let Some(market) = &step.world.market else { return };
    let sums = &mut step.tally.sellers;
    for seller in market.sellers.iter().filter(|seller| seller.active) {
        sums.active += 1;
        sums.rating += seller.rating;
        sums.uplift += seller.uplift;
    }
    step.tally.market_uplift = Some(market.uplift);
}
