//! Representation: how a seller picks a target for a client, and what a client is worth to him. Used by screening
//! and pitching.

use super::contract;
use super::networking::expected_goodwill;
use super::search::{level_sought, reservation};
use super::{Step, looks, worth};
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
    pub(super) fn value(&self, step: &Step<'_>) -> f64 {
        let worth = step.scenario.introducers.goodwill_value * self.goodwill;
        self.pay + step.scenario.sellers.foresight * worth
    }

    /// Whether that pays for its hours; sellers who weigh nothing pitch whatever there is.
    pub(super) fn pays(&self, step: &Step<'_>, seller: &Seller) -> bool {
        let hours = step.scenario.sellers.pitch_hours;
        !worth::weighs_hours(step.scenario, seller) || self.value(step) >= seller.hour * hours
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
    let met = worth::chance_to_be_met(step.scenario, seller, resume - bar);
    let success = met * pass * conversion;
    let due = contract::due_on_placement(&step.scenario.contract, table.salary[row]);
    let pay = success * due + met * step.scenario.contract.per_introduction;
    let goodwill = expected_goodwill(step.scenario, met, pass);
    let time = step.scenario.sellers.pitch_hours * seller.wage;
    Prospect { tie, met, success, pay, goodwill, time }
}

/// The target for a client's next pitch, by the seller's way of targeting; none if nobody is left to ask.
pub(super) fn choose_target(
    step: &Step<'_>,
    seller: &Seller,
    row: usize,
    client: &Client,
) -> Option<Prospect> {
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

pub(super) fn lowest_salary(step: &Step<'_>, worker: usize) -> f64 {
    reservation(step.scenario, step.rules, &step.world.workers, worker, step.world.week)
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
