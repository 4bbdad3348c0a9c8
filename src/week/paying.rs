//! Paying: clients pay what their contracts say, and get back what the guarantee promises.
//!
//! Who acts: nobody decides anything; contracts are carried out. Reads: signings, meetings, shams, placements.
//! Writes: the ledger, savings, accounts of the cohort, expected refunds.
//! Draws: none.
//! Keeps: money paid = money received; every entry has a cause, used once; nobody pays from savings he does not have.
//! Source: the contract of the scenario.

use super::diary::{Event, Who};
use super::tally::Channel;
use super::{Step, contract, telling};
use crate::ids::IntroducerId;
use crate::world::ledger::{self, Cause, Entry};
use crate::world::market::Market;

pub(super) fn run(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    market.ledger.entries.clear();
    market.ledger.transfers.clear();
    book_placements(step, &mut market);
    pay_at_signing(step, &mut market);
    pay_for_introductions(step, &mut market);
    for row in 0..market.sellers.len() {
        pay_retainers_and_placements(step, &mut market, row);
    }
    settle_guarantees(step, &mut market);
    expect_refunds(step, &mut market);
    telling::payments(step, &market);
    step.world.market = Some(market);
}

/// Clients who were hired on requests of their sellers are placed, at salaries that fees are shares of.
fn book_placements(step: &Step<'_>, market: &mut Market) {
    for placed in step.pipeline.placed.iter().filter(|placed| placed.channel == Channel::Paid) {
        let seller = &mut market.sellers[placed.seller as usize];
        let position = placed.search.and_then(|search| seller.position_of(search));
        let position = position.expect("a paid request is about a client, promised by pitching");
        let client = &mut seller.clients[position];
        client.placed = true;
        let member = &mut market.cohort[client.member];
        member.placed_salary = placed.salary;
        member.log_uplift = placed.log_uplift;
    }
}

/// Pays an amount due before a placement, from savings; what they do not cover ends the representation, and nothing more is
/// paid in it.
fn pay(
    step: &mut Step<'_>,
    market: &mut Market,
    member: usize,
    cause: Cause,
    ordinal: u32,
    dollars: f64,
) -> bool {
    let cents = ledger::cents(dollars);
    if cents == 0 {
        return true;
    }
    let account = &mut market.cohort[member];
    let worker = account.search.worker.at();
    let clients = &market.sellers[account.seller as usize].clients;
    if clients.iter().any(|client| client.member == member && client.out_of_money) {
        return false;
    }
    let same = step.world.workers.generation[worker] == account.generation;
    let savings = &mut step.world.workers.savings_cents[worker];
    if !same || *savings < cents {
        return false;
    }
    *savings -= cents;
    step.world.workers.paid_cents[worker] += cents;
    account.prepaid_cents += cents;
    match cause {
        Cause::Introduction => account.introductions += 1,
        Cause::Retainer => account.retained_weeks += 1,
        Cause::Upfront | Cause::Placement | Cause::Refund => {}
    }
    let seller = IntroducerId(account.seller);
    market.sellers[seller.at()].flows.fees += ledger::dollars(cents);
    market.ledger.book(Entry { member, cause, ordinal, seller, cents });
    true
}

fn end_for_lack_of_money(market: &mut Market, member: usize) {
    let seller = market.cohort[member].seller as usize;
    if let Some(client) = market.sellers[seller].clients.iter_mut().find(|c| c.member == member) {
        client.out_of_money = true;
    }
}

fn pay_at_signing(step: &mut Step<'_>, market: &mut Market) {
    let week = step.world.week;
    let upfront = step.scenario.contract.upfront;
    let signed = market.cohort.iter().rposition(|m| m.week < week).map_or(0, |last| last + 1);
    for member in signed..market.cohort.len() {
        if market.cohort[member].treated && !pay(step, market, member, Cause::Upfront, 0, upfront) {
            end_for_lack_of_money(market, member);
        }
    }
}

fn pay_for_introductions(step: &mut Step<'_>, market: &mut Market) {
    let price = step.scenario.contract.per_introduction;
    let mut ordinal = 0;
    for position in 0..step.pipeline.meetings.len() {
        let request = step.pipeline.meetings[position].request;
        if request.channel != Channel::Paid {
            continue;
        }
        let seller = step.world.ties.introducer[request.tie.at()].at();
        let position =
            market.sellers[seller].position_of(step.world.workers.search_of(request.worker as usize));
        let position = position.expect("a paid request is about a client, promised by pitching");
        let member = market.sellers[seller].clients[position].member;
        ordinal += 1;
        market.cohort[member].introductions_held += 1;
        if !pay(step, market, member, Cause::Introduction, ordinal, price) {
            end_for_lack_of_money(market, member);
        }
    }
    for position in 0..step.pipeline.shams.len() {
        let member = step.pipeline.shams[position].1;
        ordinal += 1;
        market.cohort[member].introductions_held += 1;
        if pay(step, market, member, Cause::Introduction, ordinal, price) {
            step.tally.sham_fees += price;
        } else {
            end_for_lack_of_money(market, member);
        }
    }
}

/// Retainers of those still represented; share and fee of those placed, out of the new salary.
fn pay_retainers_and_placements(step: &mut Step<'_>, market: &mut Market, row: usize) {
    for position in 0..market.sellers[row].clients.len() {
        let client = &market.sellers[row].clients[position];
        let (member, placed, search) = (client.member, client.placed, client.search);
        if placed {
            let salary = market.cohort[member].placed_salary;
            let cents = ledger::cents(contract::due_on_placement(&step.scenario.contract, salary));
            market.cohort[member].placement_cents += cents;
            step.world.workers.paid_cents[search.worker.at()] += cents;
            market.cohort[member].settled = true;
            market.sellers[row].flows.fees += ledger::dollars(cents);
            let seller = IntroducerId::new(row);
            market.ledger.book(Entry { member, cause: Cause::Placement, ordinal: 0, seller, cents });
        } else if step.world.workers.is_current(search)
            && !pay(step, market, member, Cause::Retainer, 0, step.scenario.contract.retainer_per_week)
        {
            market.sellers[row].clients[position].out_of_money = true;
        }
    }
}

/// Under a guarantee all that was paid comes back to one who still searches when it falls due: from the seller's
/// account, then from his bond; the rest is the client's loss.
fn settle_guarantees(step: &mut Step<'_>, market: &mut Market) {
    let weeks = step.scenario.contract.guarantee_weeks;
    for member in market.follow_from..market.cohort.len() {
        let account = market.cohort[member];
        if account.settled {
            continue;
        }
        // A search that ended, with a job or given up, leaves nothing to guarantee.
        if !step.world.workers.is_current(account.search) {
            market.cohort[member].settled = true;
        } else if step.world.week >= account.week + weeks {
            market.cohort[member].settled = true;
            refund(step, market, member);
        }
    }
}

fn refund(step: &mut Step<'_>, market: &mut Market, member: usize) {
    let account = market.cohort[member];
    let row = account.seller as usize;
    let held = market.ledger.sellers_cents[row].max(0);
    let from_account = account.prepaid_cents.min(held);
    let from_bond = (account.prepaid_cents - from_account).min(market.sellers[row].bond_cents);
    market.sellers[row].bond_cents -= from_bond;
    // The bond is the seller's own money: it passes through his account.
    market.ledger.outside_cents -= from_bond;
    market.ledger.sellers_cents[row] += from_bond;
    let cents = from_account + from_bond;
    let entry =
        Entry { member, cause: Cause::Refund, ordinal: 0, seller: IntroducerId(account.seller), cents };
    market.ledger.book(entry);
    market.cohort[member].refunded_cents += cents;
    step.world.workers.savings_cents[account.search.worker.at()] += cents;
    step.world.workers.paid_cents[account.search.worker.at()] -= cents;
    market.sellers[row].flows.refunds += ledger::dollars(cents);
    let lost = account.prepaid_cents - cents;
    step.tally.refunds_lost += ledger::dollars(lost);
    if lost > 0 {
        let who = Who::worker(account.search.worker.at()).through(IntroducerId(account.seller));
        step.record.emit(step.world.week, who, Event::LosesRefund { cents: lost });
    }
}

/// Each seller's liability: what he holds under open guarantees, times his own chance of failing.
fn expect_refunds(step: &mut Step<'_>, market: &mut Market) {
    if step.scenario.contract.guarantee_weeks == 0 {
        return;
    }
    let before: f64 = market.sellers.iter().map(|s| s.liability).sum();
    for seller in &mut market.sellers {
        seller.liability_before = seller.liability;
        seller.liability = 0.0;
    }
    for account in market.cohort[market.follow_from..].iter().filter(|m| !m.settled) {
        let seller = &mut market.sellers[account.seller as usize];
        seller.liability += (1.0 - seller.rating) * ledger::dollars(account.prepaid_cents);
    }
    let after: f64 = market.sellers.iter().map(|s| s.liability).sum();
    step.tally.sellers.liability = after - before;
}
