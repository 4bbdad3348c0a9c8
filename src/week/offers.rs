//! Offers: decision-makers make offers, and workers take them.
//!
//! Who acts: every decision-maker with a vacancy whom somebody convinced; then every worker with an offer. Reads:
//! meetings, reservations. Writes: jobs, vacancies, who was placed.
//! Draws: `Reopen` by worker, of the job that he leaves.
//! Keeps: hires ≤ vacancies; one offer a week and vacancy; a declined seat stays open.
//! Source: our assumption for the rule of offers.

use super::appraisal::felt_margin;
use super::pipeline::{Offer, Placed, Request};
use super::record::Crowd;
use super::search::reservation;
use super::{Step, hiring, telling};
use crate::ids::{self, DecisionMakerId};
use crate::maths;

pub(super) fn run(step: &mut Step<'_>) {
    make_offers(step);
    take_offers(step);
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
            step.record.count(Crowd::Placed, step.world, worker);
            step.tally.placed.count(step.world, worker);
            step.tally.placed_not_looking += u32::from(!step.world.workers.is_seeking(worker));
            place(step, meeting.request);
        }
        telling::hired(step, worker, Some(meeting.request));
        step.pipeline.hires.push(offer.meeting);
        hiring::hire_inside(step, worker, employer, meeting.true_margin, meeting.request.channel);
    }
    step.pipeline.offers = offers;
}

/// Writes down a hire on a request of a seller, before the worker takes the job.
fn place(step: &mut Step<'_>, request: Request) {
    let salary = step.world.decision_makers.salary[request.decision_maker as usize];
    let (world, worker) = (&step.world.workers, request.worker as usize);
    step.pipeline.placed.push(Placed {
        seller: step.world.ties.introducer[request.tie.at()].0,
        decision_maker: request.decision_maker,
        channel: request.channel,
        search: world.is_seeking(worker).then(|| world.search_of(worker)),
        salary,
        log_uplift: maths::ln(salary / world.salary[worker]),
    });
}
