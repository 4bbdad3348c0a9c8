//! Looks: what an introducer or a decision-maker sees of a worker. The only place where noise meets true ability.

use crate::beliefs::Belief;
use crate::ids::{self, IntroducerId};
use crate::maths;
use crate::scenario::Scenario;
use crate::streams::Purpose;
use crate::world::World;

/// What an introducer believes about a worker's ability: the workforce, the résumé, and a look of his own.
///
/// The noise of his look is one draw per pair for life, scaled by the precision: looking longer shows more, looking
/// again shows nothing new.
///
/// - `own_precision`: of all his looks together, ≥ 0, 1/sd²; screening and familiarity share the one draw, so a seller
///   who screens does not add what he knows as a contact
/// - `resume_precision`: 0 if he does not read it
#[must_use]
pub(super) fn through_own_eyes(
    world: &World,
    worker: usize,
    introducer: IntroducerId,
    own_precision: f64,
    resume_precision: f64,
) -> Belief {
    let read = Belief::WORKFORCE.after_look(world.workers.resume_signal[worker], resume_precision);
    if own_precision <= 0.0 {
        return read;
    }
    let generation = world.workers.generation[worker];
    let noise = world.draws.at(Purpose::IntroducersLook, generation, ids::row(worker), introducer.0).normal();
    read.after_look(world.workers.true_ability[worker] + noise / own_precision.sqrt(), own_precision)
}

/// Precision with which everybody reads a worker's résumé: coaching makes it clearer.
#[must_use]
pub(super) fn resume_precision(scenario: &Scenario, world: &World, worker: usize) -> f64 {
    let plain = scenario.workers.resume_precision;
    if world.workers.coached.has(worker) { plain + scenario.coaching.resume_precision_gain } else { plain }
}

/// What the résumé alone tells of a worker's ability.
#[must_use]
pub(super) fn by_resume(scenario: &Scenario, world: &World, worker: usize) -> Belief {
    let precision = resume_precision(scenario, world, worker);
    Belief::WORKFORCE.after_look(world.workers.resume_signal[worker], precision)
}

/// What a friend believes about a seeker's ability: the résumé, and a look that only a friend has.
///
/// The noise of his look is one draw per pair for life, as that of an introducer's.
#[must_use]
pub(super) fn through_friends_eyes(scenario: &Scenario, world: &World, worker: usize, friend: u32) -> Belief {
    let read = by_resume(scenario, world, worker);
    let precision = scenario.introducers.familiarity_precision;
    if precision <= 0.0 {
        return read;
    }
    let generation = world.workers.generation[worker];
    let noise = world.draws.at(Purpose::FriendsLook, generation, ids::row(worker), friend).normal();
    read.after_look(world.workers.true_ability[worker] + noise / precision.sqrt(), precision)
}

/// A belief after seeing the past salary.
///
/// ln(salary) = slope · (ability − offset) + noise, so ln(salary/reference)/slope + offset is a look at ability with
/// precision (slope/sd of the noise)²; what the market paid after the first job is not read as ability.
#[must_use]
pub(super) fn after_past_salary(scenario: &Scenario, world: &World, worker: usize, belief: Belief) -> Belief {
    let s = &scenario.workers;
    let signal = maths::ln(world.workers.usual_salary[worker] / s.salary_reference) / s.salary_slope;
    let noise = s.salary_log_sd / s.salary_slope;
    let precision = if noise > 0.0 { 1.0 / (noise * noise) } else { 1e12 };
    belief.after_look(signal + s.salary_ability_offset, precision)
}

/// A decision-maker's bar as an introducer sees it: with noise, one draw for each tie and episode of hers.
#[must_use]
pub(super) fn seen_bar(
    scenario: &Scenario,
    world: &World,
    introducer: IntroducerId,
    decision_maker: usize,
    episode: u32,
) -> f64 {
    let bar = world.decision_makers.bar[decision_maker];
    let noise = scenario.introducers.bar_noise;
    if noise <= 0.0 {
        return bar;
    }
    bar + noise * world.draws.aim(introducer.0, ids::row(decision_maker), episode)
}

/// The match of a worker with a decision-maker's job, and the noise of her interview, standard normal both: one
/// draw for each worker and episode of hers.
#[must_use]
pub(super) fn interview_luck(world: &World, decision_maker: usize, worker: usize) -> (f64, f64) {
    let episode = world.decision_makers.episode[decision_maker];
    let person = world.workers.generation[worker] << 20;
    let draw =
        world.draws.at(Purpose::Interview, episode ^ person, ids::row(decision_maker), ids::row(worker));
    (draw.normal(), draw.second_normal())
}
