//! Meeting: decision-makers meet those whom they chose, and learn.
//!
//! Who acts: every decision-maker who chose somebody. Reads: hidden quality through the interview. Writes: trust in ties,
//! who has met whom.
//! Draws: `Interview` by (decision-maker, worker), for each episode.
//! Keeps: meetings ≤ attention; nobody is met twice in an episode.
//! Source: normal beliefs.

use rayon::prelude::*;

use super::appraisal::{felt_margin, is_apart};
use super::pipeline::{Chosen, Meeting};
use super::rules::Rules;
use super::tally::Channel;
use super::{Step, looks, telling};
use crate::scenario::Scenario;
use crate::world::World;

/// Meetings from which a week is worth spreading over threads.
const MANY_MEETINGS: usize = 4_096;

pub(super) fn run(step: &mut Step<'_>) {
    let (rules, world) = (step.rules, &*step.world);
    let meet = |chosen: &Chosen| interview(step.scenario, rules, world, chosen);
    if rules.parallel && step.pipeline.chosen.len() >= MANY_MEETINGS {
        step.pipeline.chosen.par_iter().map(meet).collect_into_vec(&mut step.pipeline.meetings);
    } else {
        step.pipeline.meetings.extend(step.pipeline.chosen.iter().map(meet));
    }
    for position in 0..step.pipeline.meetings.len() {
        learn(step, position);
    }
    telling::interviews(step);
}

/// Holds an interview: quality q = ability + match, seen with noise.
fn interview(scenario: &Scenario, rules: &Rules, world: &World, chosen: &Chosen) -> Meeting {
    let (row, worker) = (chosen.request.decision_maker as usize, chosen.request.worker as usize);
    let (matching, noise) = looks::interview_luck(world, row, worker);
    let interview = &rules.interview;
    let true_match = interview.match_variance.sqrt() * matching;
    let true_margin = world.workers.true_ability[worker] + true_match - world.decision_makers.bar[row];
    let blind = interview.noise_variance.is_infinite();
    let shown = if blind { chosen.margin } else { true_margin + interview.noise_variance.sqrt() * noise };
    let felt = felt_margin(scenario, world, &chosen.request);
    let posterior = interview.posterior_margin(chosen.margin, chosen.variance, shown) - felt;
    let vacant = world.decision_makers.open.has(row);
    Meeting { request: chosen.request, margin: chosen.margin, shown, posterior, true_margin, vacant }
}

/// Books one meeting: trust of the tie, traffic, whom she has met, the tally.
fn learn(step: &mut Step<'_>, position: usize) {
    let meeting = step.pipeline.meetings[position];
    let request = meeting.request;
    let (row, channel) = (request.decision_maker as usize, request.channel);
    let passed = meeting.passed();
    step.tally.met[channel as usize] += 1;
    step.tally.passed[channel as usize] += u32::from(passed);
    step.tally.interviews[channel as usize] += u32::from(meeting.vacant);
    let cost = step.scenario.decision_makers.meeting_cost;
    step.tally.welfare.all_meetings -= cost;
    if channel.is_sold() {
        step.tally.welfare.paid_meetings -= cost;
    }
    step.world.decision_makers.meet(row, request.worker);
    if !request.tie.is_some() {
        return;
    }
    let tie = request.tie.at();
    let apart = is_apart(step.scenario, channel);
    let ties = &mut step.world.ties;
    ties.trust_mut(tie, apart).learn(meeting.shown, step.rules.source_look);
    let stirred = ties.stir(tie);
    // She knows that most of those whom she asked to see will not do.
    let failed = u32::from(!passed && channel != Channel::Submitted);
    stirred.passed += u32::from(passed);
    stirred.failed += failed;
}
