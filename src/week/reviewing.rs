//! Phase 9: decision-makers read what lies on their desks and choose whom to meet.
//!
//! Who acts: every decision-maker with requests; they do not see each other. Reads: requests, résumés, trust,
//! goodwill. Writes: whom she will meet; the traffic on every tie, met or not.
//! Draws: none.
//! Keeps: meetings ≤ attention; nobody of negative value is met; each person is valued once, at the best request.
//! Source: worth of an interview as the option value of a normal posterior; our assumption for the rest.

use rayon::prelude::*;

use super::desk::{Block, Chosen, Desk, Request};
use super::rules::Rules;
use super::tally::Channel;
use super::{Now, contract, looks};
use crate::beliefs::Belief;
use crate::ids::TieId;
use crate::scenario::Scenario;
use crate::world::World;

/// Decision-makers in a block; the layout never depends on threads.
const BLOCK: usize = 256;

pub(super) fn run(now: &mut Now<'_>) {
    let n = now.world.decision_makers.len();
    now.desk.sort(n);
    let n_blocks = n.div_ceil(BLOCK);
    if now.desk.blocks.len() < n_blocks {
        now.desk.blocks.resize(n_blocks, Block::default());
    }
    let mut blocks = std::mem::take(&mut now.desk.blocks);
    let (scenario, rules, world, desk) = (now.scenario, now.rules, &*now.world, &*now.desk);
    let review_block = |(i, block): (usize, &mut Block)| {
        for row in i * BLOCK..(i * BLOCK + BLOCK).min(n) {
            review(scenario, rules, world, desk, row, block);
        }
    };
    if rules.parallel {
        blocks[..n_blocks].par_iter_mut().enumerate().for_each(review_block);
    } else {
        blocks[..n_blocks].iter_mut().enumerate().for_each(review_block);
    }
    for block in &mut blocks[..n_blocks] {
        now.desk.chosen.append(&mut block.chosen);
    }
    now.desk.blocks = blocks;
    count_traffic(now);
    super::diary::reviews(now);
}

fn count_traffic(now: &mut Now<'_>) {
    let ties = &mut now.world.ties;
    for request in now.desk.requests.iter().filter(|r| r.tie.is_some()) {
        let tie = request.tie.at();
        // What she asked for costs nothing.
        if request.channel == Channel::Submitted {
            continue;
        }
        ties.traffic[tie].requests += 1;
        ties.life_requests[tie] += 1;
        if request.channel == Channel::Organic {
            ties.organic_traffic[tie].requests += 1;
        }
    }
}

/// One decision-maker's choice, best first.
fn review(scenario: &Scenario, rules: &Rules, world: &World, desk: &Desk, row: usize, block: &mut Block) {
    let requests = desk.of(row);
    if requests.is_empty() || scenario.decision_makers.attention == 0 {
        return;
    }
    let attention = scenario.decision_makers.attention as usize;
    block.candidates.clear();
    best_cold(scenario, rules, world, row, requests, block);
    for request in requests.iter().filter(|r| r.channel != Channel::Cold) {
        block.candidates.push(candidate(
            scenario,
            rules,
            world,
            source_belief(scenario, world, request),
            *request,
        ));
    }
    let candidates = &mut block.candidates;
    if candidates.len() > 1 {
        // One entry a person: the best value, and of equal ones the first by channel, then by introducer.
        candidates.sort_unstable_by(|(va, a), (vb, b)| {
            let key = |c: &Chosen| (c.request.channel.precedence(), c.request.tie);
            a.request.worker.cmp(&b.request.worker).then(vb.total_cmp(va)).then(key(a).cmp(&key(b)))
        });
        candidates.dedup_by_key(|(_, c)| c.request.worker);
        candidates.sort_unstable_by(|(va, a), (vb, b)| {
            vb.total_cmp(va).then(a.request.worker.cmp(&b.request.worker))
        });
    }
    let willing = candidates.iter().take(attention).take_while(|(value, _)| *value >= 0.0);
    block.chosen.extend(willing.map(|(_, chosen)| *chosen));
}

/// The cold applicants with the best résumés, as many as she has attention for: all cold applicants share one prior,
/// and all plain résumés one precision, so the order of values is the order of résumés, and only the best need a value.
/// Clearer résumés have another precision and are a choice of their own.
fn best_cold(
    scenario: &Scenario,
    rules: &Rules,
    world: &World,
    row: usize,
    requests: &[Request],
    block: &mut Block,
) {
    let attention = scenario.decision_makers.attention as usize;
    let by_resume = |a: &(f64, u32), b: &(f64, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
    let kinds: &[bool] = if scenario.coaching.price > 0.0 { &[false, true] } else { &[false] };
    for &clear in kinds {
        block.cold.clear();
        let cold = requests.iter().filter(|r| r.channel == Channel::Cold);
        let cold = cold.filter(|r| world.workers.coached.has(r.worker as usize) == clear);
        block.cold.extend(cold.map(|r| (world.workers.resume_signal[r.worker as usize], r.worker)));
        if block.cold.len() > attention {
            block.cold.select_nth_unstable_by(attention - 1, by_resume);
            block.cold.truncate(attention);
        }
        for &(_, worker) in &block.cold {
            let decision_maker = crate::ids::row(row);
            let request = Request { decision_maker, worker, channel: Channel::Cold, tie: TieId::NONE };
            let prior = source_belief(scenario, world, &request);
            block.candidates.push(candidate(scenario, rules, world, prior, request));
        }
    }
}

/// What she believes about people who come this request's way: quality minus bar, before the résumé.
pub(super) fn source_belief(scenario: &Scenario, world: &World, request: &Request) -> Belief {
    if request.channel == Channel::Cold {
        return Belief { mean: world.applicants.mean, variance: world.applicants.variance };
    }
    if let Some(form) = request.channel.form() {
        return super::forms::belief(scenario, world, request.decision_maker as usize, form);
    }
    let ties = &world.ties;
    let apart = is_apart(scenario, request.channel);
    let trust = if apart { ties.paid_trust[request.tie.at()] } else { ties.trust[request.tie.at()] };
    Belief { mean: trust.mean, variance: 1.0 / trust.precision + scenario.beliefs.within_source_variance }
}

/// Whether the people of a channel have a trust of their own in a tie: those who pay, where she knows it, and those
/// who are submitted to her.
pub(super) fn is_apart(scenario: &Scenario, channel: Channel) -> bool {
    channel == Channel::Submitted || channel == Channel::Paid && scenario.disclosure.payment_known
}

/// What the one who hires feels of a fee or bonus that her firm would pay on a hire, in sd of quality.
pub(super) fn felt_margin(scenario: &Scenario, world: &World, request: &Request) -> f64 {
    let row = request.decision_maker as usize;
    let due = match request.channel {
        Channel::Submitted => {
            contract::due_on_placement(&scenario.contract, world.decision_makers.salary[row])
        }
        Channel::Referred | Channel::Stranger => scenario.referral.employee_bonus,
        Channel::Cold | Channel::Lead | Channel::Organic | Channel::Paid => 0.0,
    };
    let felt = scenario.employer.fee_felt * due;
    if felt > 0.0 { felt / world.decision_makers.value_per_sd[row] } else { 0.0 }
}

/// The value of meeting on a request: what the interview is expected to bring, and courtesy to the introducer, less
/// the cost of the meeting.
pub(super) fn candidate(
    scenario: &Scenario,
    rules: &Rules,
    world: &World,
    source: Belief,
    request: Request,
) -> (f64, Chosen) {
    let row = request.decision_maker as usize;
    let table = &world.decision_makers;
    let signal = world.workers.resume_signal[request.worker as usize] - table.bar[row];
    let precision = looks::resume_precision(scenario, world, request.worker as usize);
    let belief = source.after_look(signal, precision);
    let margin = belief.mean - felt_margin(scenario, world, &request);
    let s = &scenario.decision_makers;
    let gain = table.value_per_sd[row]
        * rules.interview.expected_gain(margin, rules.interview.spread(belief.variance));
    let use_of_it = if table.open.has(row) { 1.0 } else { s.value_without_vacancy };
    let courtesy =
        if request.tie.is_some() { world.ties.goodwill[request.tie.at()] * s.courtesy } else { 0.0 };
    (
        gain * use_of_it + courtesy - s.meeting_cost,
        Chosen { request, margin: belief.mean, variance: belief.variance },
    )
}
