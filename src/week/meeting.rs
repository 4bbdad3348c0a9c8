//! Meeting: decision-makers meet, learn, and make offers; workers take them.
//!
//! Who acts: every decision-maker who chose somebody; then every worker with an offer. Reads: hidden quality through
//! the interview. Writes: trust, who has met whom, jobs, vacancies.
//! Draws: `Interview` by (decision-maker, worker), for each episode; `Word` of those who tell others.
//! Keeps: hires ≤ vacancies; one offer a week and vacancy; a declined seat stays open.
//! Source: normal beliefs; our assumption for the rule of offers.

use rayon::prelude::*;

use super::appraisal::{felt_margin, is_apart};
use super::pipeline::{Chosen, Meeting, Offer};
use super::rules::Rules;
use super::search::reservation;
use super::tally::Channel;
use super::{Step, forms, hiring, looks, mandates, telling, word};
use crate::ids::{self, DecisionMakerId};
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
    word::spread(step);
    telling::interviews(step);
    make_offers(step);
    take_offers(step);
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
    if let Some(form) = channel.form() {
        forms::teach(step, &meeting, form);
    }
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

/// Each vacancy's offer goes to the best who pass; the meetings of one decision-maker are neighbours.
fn make_offers(step: &mut Step<'_>) {
    let meetings = &step.pipeline.meetings;
    let mut start = 0;
    while start < meetings.len() {
        let row = meetings[start].request.decision_maker;
        let len = meetings[start..].iter().take_while(|m| m.request.decision_maker == row).count();
        if meetings[start].vacant {
            let passing = (start..start + len).filter(|&i| meetings[i].passed());
            let better = |&a: &usize, &b: &usize| {
                let (a, b) = (&meetings[a], &meetings[b]);
                a.posterior.total_cmp(&b.posterior).then(b.request.worker.cmp(&a.request.worker))
            };
            if let Some(best) = passing.max_by(better) {
                let worker = meetings[best].request.worker;
                step.pipeline.offers.push(Offer { worker, meeting: ids::row(best) });
                step.tally.offers[meetings[best].request.channel as usize] += 1;
            }
        }
        start += len;
    }
}

/// Each worker takes the best paid offer that reaches the reservation; of equal ones the first decision-maker's.
fn take_offers(step: &mut Step<'_>) {
    let mut offers = std::mem::take(&mut step.pipeline.offers);
    let (meetings, table) = (&step.pipeline.meetings, &step.world.decision_makers);
    let salary =
        |offer: &Offer| table.salary[meetings[offer.meeting as usize].request.decision_maker as usize];
    offers.sort_unstable_by(|a, b| {
        a.worker.cmp(&b.worker).then(salary(b).total_cmp(&salary(a))).then(a.meeting.cmp(&b.meeting))
    });
    telling::offers(step, &offers);
    offers.dedup_by_key(|offer| offer.worker);
    for offer in &offers {
        let meeting = step.pipeline.meetings[offer.meeting as usize];
        let worker = offer.worker as usize;
        let lowest = reservation(step.scenario, step.rules, &step.world.workers, worker, step.world.week);
        let employer = DecisionMakerId(meeting.request.decision_maker);
        if step.world.decision_makers.salary[employer.at()] < lowest {
            continue;
        }
        let value = step.world.decision_makers.value_per_sd[employer.at()] * meeting.true_margin;
        step.tally.welfare.all_meetings += value;
        if meeting.request.channel.is_sold() {
            let felt = felt_margin(step.scenario, step.world, &meeting.request);
            let cost = felt * step.world.decision_makers.value_per_sd[employer.at()];
            step.tally.welfare.paid_meetings += value - cost;
            step.record.count(super::record::Crowd::Placed, step.world, worker);
            step.tally.placed.count(step.world, worker);
            step.tally.placed_not_looking += u32::from(!step.world.workers.is_seeking(worker));
            if meeting.request.channel == Channel::Submitted {
                mandates::place(step, meeting.request);
            } else {
                place(step, offer.meeting);
            }
        }
        telling::hired(step, worker, Some(meeting.request));
        step.pipeline.hires.push(offer.meeting);
        hiring::hire_inside(step, worker, employer, meeting.true_margin, meeting.request.channel);
    }
    step.pipeline.offers = offers;
}

/// Marks the client of a paid hire as placed, with the salary that the fee is a share of.
fn place(step: &mut Step<'_>, position: u32) {
    let request = step.pipeline.meetings[position as usize].request;
    let salary = step.world.decision_makers.salary[request.decision_maker as usize];
    let before = step.world.workers.salary[request.worker as usize];
    let seller = step.world.ties.introducer[request.tie.at()];
    let market = step.world.market.as_mut().expect("only sellers make paid requests, promised by pitching");
    let search = step.world.workers.search_of(request.worker as usize);
    let position = market.sellers[seller.at()].position_of(search);
    let position = position.expect("a paid request is about a client, promised by pitching");
    let client = &mut market.sellers[seller.at()].clients[position];
    client.placed = true;
    let member = &mut market.cohort[client.member];
    member.placed_salary = salary;
    member.log_uplift = crate::maths::ln(salary / before);
}
