//! Bombardment: an experiment that sends a steady stream of strangers through one tie of each seller.
//!
//! Who acts: nobody; the experiment sends. Reads: ties of those who have sold. Writes: traffic, trust.
//! Evenly spaced: by week k after the opening ⌊r · k⌋ requests have been sent. They bypass the desk: they cost the tie
//! its goodwill and, if met, teach the decision-maker, but take no attention from anybody else.
//! Draws: `Bombard` for the tie; `Stranger` for what an interview shows.
//! Keeps: nothing is sent through a blocked tie.
//! Source: the experiment's own rate.

use super::Step;
use super::diary::{Event, Who};
use crate::beliefs::Belief;
use crate::ids::{self, IntroducerId, TieId};
use crate::maths::normal_quantile;
use crate::streams::{Purpose, unit};
use crate::world::World;

pub(super) fn run(step: &mut Step<'_>) {
    let rate = step.scenario.bombardment.requests_per_week;
    let Some(opened) = step.world.market.as_ref().map(|m| m.opened) else { return };
    let week = f64::from(step.world.week - opened);
    let n = whole(rate * week) - whole(rate * (week - 1.0));
    if n == 0 {
        return;
    }
    for row in 0..step.scenario.introducers.count as usize {
        if !step.world.has_sold(row) {
            continue;
        }
        let Some(tie) = target(step.world, IntroducerId::new(row)) else { continue };
        if step.world.ties.is_open(tie) {
            let who = Who::decision_maker(step.world.ties.decision_maker[tie.at()].at());
            let who = who.through(IntroducerId::new(row));
            step.record.emit(step.world.week, who, Event::Bombarded { requests: n });
            for nth in 0..n {
                send(step, tie, nth);
            }
        }
    }
}

/// The tie of a seller that is bombarded: the one with the smallest draw. None if he has no ties.
pub(crate) fn target(world: &World, introducer: IntroducerId) -> Option<TieId> {
    let rank = |tie: &TieId| {
        let decision_maker = world.ties.decision_maker[tie.at()].0;
        (world.draws.at(Purpose::Bombard, 0, introducer.0, decision_maker).rank(), *tie)
    };
    world.ties.of(introducer).iter().copied().min_by_key(rank)
}

fn send(step: &mut Step<'_>, tie: TieId, nth: u32) {
    let world = &mut *step.world;
    world.ties.stir(tie.at()).requests += 1;
    world.ties.life[tie.at()].requests += 1;
    if !step.scenario.bombardment.met {
        return;
    }
    let (decision_maker, introducer) =
        (world.ties.decision_maker[tie.at()].0, world.ties.introducer[tie.at()].0);
    let draw = world.draws.at(Purpose::Stranger, world.week, decision_maker, introducer);
    let noise = step.rules.interview.noise_variance;
    let trust = world.ties.trust_mut(tie.at(), false);
    let belief = Belief {
        mean: trust.mean,
        variance: 1.0 / trust.precision + step.scenario.beliefs.within_source_variance,
    };
    let passed = if noise.is_finite() {
        let shown =
            step.scenario.bombardment.quality_above_bar + noise.sqrt() * normal_quantile(unit(draw.sub(nth)));
        trust.learn(shown, step.rules.source_look);
        step.rules.interview.posterior_margin(belief.mean, belief.variance, shown) >= 0.0
    } else {
        belief.mean >= 0.0
    };
    let stirred = world.ties.stir(tie.at());
    stirred.passed += u32::from(passed);
    stirred.failed += u32::from(!passed);
}

/// ⌊x⌋ of a number of requests; a hair is added so that thirds and tenths land on their week.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rates and weeks are small and positive"
)]
fn whole(x: f64) -> u32 {
    ids::row((x + 1e-9).max(0.0) as usize)
}
