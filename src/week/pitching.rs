//! Pitching: sellers keep in touch with their clients and pitch them, or stage a sham.
//!
//! Who acts: each active seller, clients by week of signing. Reads: ties, vacancies, his own experience. Writes:
//! requests, shams, hours.
//! Draws: `Target` by (worker, decision-maker) for random targets; `FoundOut` by seller and number of the sham.
//! Keeps: hours spent ≤ hours held; nobody is pitched twice to one decision-maker in an episode.
//! Source: our assumption; the office rented and the actors hired are the question's own words.

use super::Step;
use super::blocks::for_each;
use super::diary::{Event, Who};
use super::pipeline::{Prospect, Request};
use super::prospect::{lowest_salary, prospect};
use super::search::level_sought;
use super::tally::Channel;
use crate::beliefs::Belief;
use crate::ids::{self, IntroducerId, TieId};
use crate::scenario::Targeting;
use crate::streams::Purpose;
use crate::world::ledger;
use crate::world::market::{Client, Market, Seller};

/// Sellers whose targets are looked for together.
const SELLERS: usize = 256;

pub(super) fn run(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    let mut prospects = std::mem::take(&mut step.pipeline.prospects);
    prospects.resize_with(market.sellers.len().div_ceil(SELLERS), Vec::new);
    let seen = &*step;
    for_each(step.rules.parallel, &mut prospects, |block, prospects| {
        prospects.clear();
        let first = block * SELLERS;
        for (row, seller) in market.sellers.iter().enumerate().skip(first).take(SELLERS) {
            if seller.active {
                prospects.extend(seller.clients.iter().map(|client| first_target(seen, seller, row, client)));
            }
        }
    });
    for (block, prospects) in prospects.iter().enumerate() {
        let mut prospects = prospects.iter().copied();
        for row in block * SELLERS..((block + 1) * SELLERS).min(market.sellers.len()) {
            if market.sellers[row].active {
                serve(step, &mut market, row, &mut prospects);
            }
        }
    }
    step.pipeline.prospects = prospects;
    step.world.market = Some(market);
}

/// The target of a client's first pitch of the week: what other pitches of the week do to it is nothing.
fn first_target(step: &Step<'_>, seller: &Seller, row: usize, client: &Client) -> Option<Prospect> {
    step.world.workers.is_current(client.search).then(|| choose_target(step, seller, row, client)).flatten()
}

/// `first`: for each of his clients, the target of the first pitch.
fn serve(
    step: &mut Step<'_>,
    market: &mut Market,
    row: usize,
    first: &mut impl Iterator<Item = Option<Prospect>>,
) {
    let s = &step.scenario.sellers;
    let mut clients = std::mem::take(&mut market.sellers[row].clients);
    let seller = &mut market.sellers[row];
    let current = clients.iter().filter(|c| step.world.workers.is_current(c.search)).count();
    let mut left = s.work_hours() - seller.hours.screening;
    seller.hours.contact = (s.contact_hours * f64::from(ids::row(current))).min(left);
    left -= seller.hours.contact;
    let due = pay_still_due(step, &clients);
    for (client, first) in clients.iter_mut().zip(first) {
        if !step.world.workers.is_current(client.search) {
            continue;
        }
        for pitch in 0..s.pitches_per_week {
            let seller = &mut market.sellers[row];
            let target = if pitch == 0 { first } else { choose_target(step, seller, row, client) };
            let prospect = target.filter(|p| p.pays(step, seller));
            if sham_pays(step, seller, prospect, due) && left >= step.scenario.sham.hours {
                left -= step.scenario.sham.hours;
                stage_sham(step, market, row, client.member);
            } else if let Some(prospect) = prospect.filter(|_| left >= s.pitch_hours) {
                left -= s.pitch_hours;
                seller.hours.pitching += s.pitch_hours;
                seller.pitched.0 += 1;
                let target = step.world.ties.decision_maker[prospect.tie.at()];
                client.pitched.push((target.0, step.world.decision_makers.episode[target.at()]));
                step.pipeline.requests.push(Request {
                    decision_maker: target.0,
                    worker: client.search.worker.0,
                    channel: Channel::Paid,
                    tie: prospect.tie,
                });
                step.tally.requests[Channel::Paid as usize] += 1;
            } else {
                market.sellers[row].undone |= prospect.is_some();
                break;
            }
        }
    }
    market.sellers[row].clients = clients;
}

/// Pay that a seller's clients are still expected to bring before a placement: what being found out would lose.
fn pay_still_due(step: &Step<'_>, clients: &[Client]) -> f64 {
    let (s, contract) = (&step.scenario.sellers, &step.scenario.contract);
    let weekly = contract.retainer_per_week + contract.per_introduction * f64::from(s.pitches_per_week);
    let weeks = clients.iter().map(|c| (c.signed + s.representation).saturating_sub(step.world.week));
    weekly * f64::from(weeks.sum::<u32>())
}

/// Whether a sham pays more than a real introduction by more than the seller's integrity.
fn sham_pays(step: &Step<'_>, seller: &Seller, real: Option<Prospect>, due: f64) -> bool {
    let pay = step.scenario.contract.per_introduction;
    if pay <= 0.0 {
        return false;
    }
    let (sham, hour) = (&step.scenario.sham, seller.wage);
    let staged = pay - sham.cost - sham.hours * hour - sham.found_out * due;
    let ahead = step.scenario.sellers.foresight * step.scenario.introducers.goodwill_value;
    let honest = real.map_or(0.0, |p| p.pay - p.time + ahead * p.goodwill);
    staged - honest > seller.integrity
}

fn stage_sham(step: &mut Step<'_>, market: &mut Market, row: usize, member: usize) {
    let nth = step.pipeline.shams.iter().filter(|(seller, _)| *seller == ids::row(row)).count();
    let luck = step.world.draws.at(Purpose::FoundOut, step.world.week, ids::row(row), ids::row(nth));
    let found_out = luck.yes(step.scenario.sham.found_out);
    step.pipeline.shams.push((ids::row(row), member));
    step.tally.shams += 1;
    step.tally.shams_found_out += u32::from(found_out);
    let client = market.cohort[member].search.worker.at();
    let who = Who::worker(client).through(IntroducerId::new(row));
    step.record.emit(step.world.week, who, Event::Sham { found_out });
    let seller = &mut market.sellers[row];
    seller.exposed |= found_out;
    seller.hours.sham += step.scenario.sham.hours;
    seller.flows.costs += step.scenario.sham.cost;
    market.ledger.book_cost(IntroducerId::new(row), ledger::cents(step.scenario.sham.cost));
}

/// The target for a client's next pitch, by the seller's way of targeting; `None` if nobody is left to ask.
fn choose_target(step: &Step<'_>, seller: &Seller, row: usize, client: &Client) -> Option<Prospect> {
    let worker = client.search.worker.at();
    let asked = |decision_maker: usize| {
        let episode = step.world.decision_makers.episode[decision_maker];
        client.pitched.contains(&(ids::row(decision_maker), episode))
    };
    let tie = match step.scenario.sellers.targeting {
        Targeting::Random => random_tie(step, row, worker, asked),
        Targeting::StatedLevel => stated_tie(step, row, worker, asked),
        Targeting::BestFit => return best_fit(step, seller, row, worker, client.belief, asked),
    };
    tie.map(|tie| prospect(step, seller, worker, client.belief, tie, false))
}

/// Whether a request about the worker could go through the tie: it is open, she has not met him in this episode, and
/// if the seller has heard of a vacancy the client would not refuse its salary.
fn is_possible(
    step: &Step<'_>,
    worker: usize,
    tie: TieId,
    lowest: f64,
    asked: &impl Fn(usize) -> bool,
) -> bool {
    let row = step.world.ties.decision_maker[tie.at()].at();
    let table = &step.world.decision_makers;
    let refused = step.world.ties.has_seat(tie.at()) && table.salary[row] < lowest;
    step.world.ties.is_open(tie) && !refused && !table.has_met(row, worker) && !asked(row)
}

/// Any open tie, vacancy or not.
fn random_tie(step: &Step<'_>, row: usize, worker: usize, asked: impl Fn(usize) -> bool) -> Option<TieId> {
    let lowest = lowest_salary(step, worker);
    let ties = step.world.ties.of(IntroducerId::new(row)).iter().copied();
    let rank = |tie: TieId| {
        let target = step.world.ties.decision_maker[tie.at()].0;
        (step.world.draws.at(Purpose::Target, step.world.week, ids::row(worker), target).rank(), target)
    };
    ties.filter(|&tie| is_possible(step, worker, tie, lowest, &asked)).min_by_key(|&tie| rank(tie))
}

/// The vacancy closest to the level that the client states, which is a step above the level he seeks.
fn stated_tie(step: &Step<'_>, row: usize, worker: usize, asked: impl Fn(usize) -> bool) -> Option<TieId> {
    let (world, lowest) = (&*step.world, lowest_salary(step, worker));
    let stated = level_sought(step.scenario, step.rules, &world.workers, worker, world.week)
        + step.scenario.search.level_reach;
    let target = |tie: TieId| world.ties.decision_maker[tie.at()].at();
    let distance = |tie: TieId| (world.decision_makers.level[target(tie)] - stated).abs();
    // Of equally near ones the lowest decision-maker: the search goes on until they are farther off.
    let mut best: Option<TieId> = None;
    for tie in world.ties.seats_near(IntroducerId::new(row), stated, step.scenario.sellers.near) {
        if best.is_some_and(|best| distance(tie) > distance(best)) {
            break;
        }
        if is_possible(step, worker, tie, lowest, &asked)
            && best.is_none_or(|best| target(tie) < target(best))
        {
            best = Some(tie);
        }
    }
    best
}

/// The tie with the best expected gain; of equal ones that with the best chance of a job, then the first. Without a
/// vacancy only where the introduction itself is paid.
fn best_fit(
    step: &Step<'_>,
    seller: &Seller,
    row: usize,
    worker: usize,
    belief: Belief,
    asked: impl Fn(usize) -> bool,
) -> Option<Prospect> {
    let lowest = lowest_salary(step, worker);
    let introducer = IntroducerId::new(row);
    let fits = |tie: &TieId| is_possible(step, worker, *tie, lowest, &asked);
    let all = step.world.ties.of(introducer).iter().copied();
    if step.scenario.contract.per_introduction > 0.0 {
        best_of(step, seller, worker, belief, all.filter(fits))
    } else {
        best_of(step, seller, worker, belief, step.world.ties.seats(introducer).filter(fits))
    }
}

fn best_of(
    step: &Step<'_>,
    seller: &Seller,
    worker: usize,
    belief: Belief,
    ties: impl Iterator<Item = TieId>,
) -> Option<Prospect> {
    let prospects = ties.map(|tie| prospect(step, seller, worker, belief, tie, false));
    prospects.max_by(|a, b| {
        let order = a.value(step).total_cmp(&b.value(step)).then(a.success.total_cmp(&b.success));
        order.then(b.tie.cmp(&a.tie))
    })
}
