//! Representation: how a seller picks a target for a client, and what a client is worth to him. Used by screening
//! and pitching.

use super::contract;
use super::networking::expected_goodwill;
use super::search::{level_sought, reservation};
use super::{Now, looks, worth};
use crate::beliefs::Belief;
use crate::ids::{self, IntroducerId, TieId};
use crate::scenario::Targeting;
use crate::streams::Purpose;
use crate::world::World;
use crate::world::market::{Client, Search, Seller};

/// A target and what a pitch at it is expected to bring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Prospect {
    /// Through which tie.
    pub(super) tie: TieId,
    /// Chance that it is met.
    pub(super) met: f64,
    /// Chance that the pitch ends in a job.
    pub(super) success: f64,
    /// Expected pay, dollars.
    pub(super) pay: f64,
    /// Expected change of goodwill.
    pub(super) goodwill: f64,
    /// Its hours at what they are worth to him elsewhere, dollars.
    pub(super) time: f64,
}

impl Prospect {
    /// What it is expected to bring, its hours not counted: pay and, as far as he looks ahead, goodwill; dollars.
    pub(super) fn value(&self, now: &Now<'_>) -> f64 {
        let worth = now.scenario.introducers.goodwill_value * self.goodwill;
        self.pay + now.scenario.sellers.foresight * worth
    }

    /// Whether that pays for its hours; sellers who weigh nothing pitch whatever there is.
    pub(super) fn pays(&self, now: &Now<'_>, seller: &Seller) -> bool {
        let hours = now.scenario.sellers.pitch_hours;
        !worth::weighs_hours(now.scenario, seller) || self.value(now) >= seller.hour * hours
    }
}

/// Ends the link between a worker and the seller he applied to or was represented by.
pub(super) fn forget(world: &mut World, search: Search) {
    let worker = search.worker.at();
    if world.workers.searches[worker] == search.number {
        world.workers.seller[worker] = IntroducerId::NONE;
    }
}

/// The prospect of a pitch through a tie, by the seller's own experience and his belief about the client; `seat`: as if
/// she had a vacancy of which he has heard.
pub(super) fn prospect(
    now: &Now<'_>,
    seller: &Seller,
    worker: usize,
    belief: Belief,
    tie: TieId,
    seat: bool,
) -> Prospect {
    let (ties, table) = (&now.world.ties, &now.world.decision_makers);
    let row = ties.decision_maker[tie.at()].at();
    let (introducer, episode) = (ties.introducer[tie.at()], table.episode[row]);
    let bar = looks::seen_bar(now.scenario, now.world, introducer, row, episode);
    let interview = &now.rules.interview;
    let pass = interview.chance_to_pass_unsure(belief.mean - bar, belief.variance, now.rules.doubt);
    let conversion = if seat || ties.has_seat(tie.at()) { seller.conversion } else { 0.0 };
    let resume = looks::by_resume(now.scenario, now.world, worker).mean;
    let met = worth::chance_to_be_met(now.scenario, seller, resume - bar);
    let success = met * pass * conversion;
    let due = contract::due_on_placement(&now.scenario.contract, table.salary[row]);
    let pay = success * due + met * now.scenario.contract.per_introduction;
    let goodwill = expected_goodwill(now.scenario, met, pass);
    let time = now.scenario.sellers.pitch_hours * seller.wage;
    Prospect { tie, met, success, pay, goodwill, time }
}

/// The target for a client's next pitch, by the seller's way of targeting; none if nobody is left to ask.
pub(super) fn choose_target(now: &Now<'_>, seller: &Seller, row: usize, client: &Client) -> Option<Prospect> {
    let worker = client.search.worker.at();
    let asked = |decision_maker: usize| {
        let episode = now.world.decision_makers.episode[decision_maker];
        client.pitched.contains(&(ids::row(decision_maker), episode))
    };
    let tie = match now.scenario.sellers.targeting {
        Targeting::Random => random_tie(now, row, worker, asked),
        Targeting::StatedLevel => stated_tie(now, row, worker, asked),
        Targeting::BestFit => return best_fit(now, seller, row, worker, client.belief, asked),
    };
    tie.map(|tie| prospect(now, seller, worker, client.belief, tie, false))
}

/// Whether a request about the worker could go through the tie: it is open, she has not met him in this episode, and
/// if the seller has heard of a vacancy the client would not refuse its salary.
fn is_possible(
    now: &Now<'_>,
    worker: usize,
    tie: TieId,
    lowest: f64,
    asked: &impl Fn(usize) -> bool,
) -> bool {
    let row = now.world.ties.decision_maker[tie.at()].at();
    let table = &now.world.decision_makers;
    let refused = now.world.ties.has_seat(tie.at()) && table.salary[row] < lowest;
    now.world.ties.is_open(tie) && !refused && !table.has_met(row, worker) && !asked(row)
}

pub(super) fn lowest_salary(now: &Now<'_>, worker: usize) -> f64 {
    reservation(now.scenario, now.rules, &now.world.workers, worker, now.world.week)
}

/// Any open tie, vacancy or not.
fn random_tie(now: &Now<'_>, row: usize, worker: usize, asked: impl Fn(usize) -> bool) -> Option<TieId> {
    let lowest = lowest_salary(now, worker);
    let ties = now.world.ties.of(IntroducerId::new(row)).iter().copied();
    let rank = |tie: TieId| {
        let target = now.world.ties.decision_maker[tie.at()].0;
        (now.world.draws.at(Purpose::Target, now.world.week, ids::row(worker), target).rank(), target)
    };
    ties.filter(|&tie| is_possible(now, worker, tie, lowest, &asked)).min_by_key(|&tie| rank(tie))
}

/// The vacancy closest to the level that the client states, which is a step above the level he seeks.
fn stated_tie(now: &Now<'_>, row: usize, worker: usize, asked: impl Fn(usize) -> bool) -> Option<TieId> {
    let (world, lowest) = (&*now.world, lowest_salary(now, worker));
    let stated = level_sought(now.scenario, now.rules, &world.workers, worker, world.week)
        + now.scenario.search.level_reach;
    let target = |tie: TieId| world.ties.decision_maker[tie.at()].at();
    let distance = |tie: TieId| (world.decision_makers.level[target(tie)] - stated).abs();
    // Of equally near ones the lowest decision-maker: the search goes on until they are farther off.
    let mut best: Option<TieId> = None;
    for tie in world.ties.seats_near(IntroducerId::new(row), stated, now.scenario.sellers.near) {
        if best.is_some_and(|best| distance(tie) > distance(best)) {
            break;
        }
        if is_possible(now, worker, tie, lowest, &asked) && best.is_none_or(|best| target(tie) < target(best))
        {
            best = Some(tie);
        }
    }
    best
}

/// The tie with the best expected gain; of equal ones that with the best chance of a job, then the first. Without a
/// vacancy only where the introduction itself is paid.
fn best_fit(
    now: &Now<'_>,
    seller: &Seller,
    row: usize,
    worker: usize,
    belief: Belief,
    asked: impl Fn(usize) -> bool,
) -> Option<Prospect> {
    let lowest = lowest_salary(now, worker);
    let introducer = IntroducerId::new(row);
    let fits = |tie: &TieId| is_possible(now, worker, *tie, lowest, &asked);
    let all = now.world.ties.of(introducer).iter().copied();
    if now.scenario.contract.per_introduction > 0.0 {
        best_of(now, seller, worker, belief, all.filter(fits))
    } else {
        best_of(now, seller, worker, belief, now.world.ties.seats(introducer).filter(fits))
    }
}

fn best_of(
    now: &Now<'_>,
    seller: &Seller,
    worker: usize,
    belief: Belief,
    ties: impl Iterator<Item = TieId>,
) -> Option<Prospect> {
    let prospects = ties.map(|tie| prospect(now, seller, worker, belief, tie, false));
    prospects.max_by(|a, b| {
        let order = a.value(now).total_cmp(&b.value(now)).then(a.success.total_cmp(&b.success));
        order.then(b.tie.cmp(&a.tie))
    })
}
