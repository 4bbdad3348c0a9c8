//! Coaching and résumé writing: seekers buy help to look for work themselves. Steps after buying, paying
//! and learning.
//!
//! Who acts: every seeker out of work who was never coached. Reads: what coaching is known to do, the price, savings.
//! Writes: who is coached, the coaches' cohort.
//! Draws: `ConsiderCoach` by 64 seekers at once; `CoachLot` by worker.
//! Keeps: nobody is coached twice; the lottery knows nothing of a person; nobody pays from savings he does not have.
//! Source: our assumption; the rule of buying is that of introductions.

use super::diary::{Event, Who};
use super::search::wages_gained_by_finding_sooner;
use super::{Step, telling};
use crate::beliefs::running_mean;
use crate::ids;
use crate::streams::Purpose;
use crate::world::bits::members;
use crate::world::institutions::Coached;
use crate::world::ledger::{self, Party, Reason, Transfer};
use crate::world::market::Member;

/// Weeks in which coaching should lead to work: what its rating counts.
const JUDGED_AFTER: u32 = 26;

/// Who wants to be coached.
pub(super) fn run(step: &mut Step<'_>) {
    let price = step.scenario.coaching.price;
    let Some(market) = &step.world.market else { return };
    let head = step.world.draws.head(Purpose::ConsiderCoach, step.world.week);
    let rating = market.coaching.rating();
    for word in 0..step.world.workers.unemployed.n_words() {
        let w = &step.world.workers;
        let open = w.unemployed.word(word) & !w.coached.word(word) & !w.coach_held_out.word(word);
        if open == 0 {
            continue;
        }
        let considering = head.gates_among(ids::row(word), step.rules.consider, open);
        for lane in members(considering) {
            let worker = word * 64 + lane;
            let benefit = rating * wages_gained_by_finding_sooner(step, worker);
            if benefit > price && step.world.workers.savings_cents[worker] >= ledger::cents(price) {
                step.pipeline.coached.push(ids::row(worker));
            }
        }
    }
}

/// The lot, then payment; who paid is coached from now on.
pub(super) fn pay(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    let earlier = market.ledger.transfers.len();
    let (week, price) = (step.world.week, ledger::cents(step.scenario.coaching.price));
    for position in 0..step.pipeline.coached.len() {
        let id = step.pipeline.coached[position];
        let worker = id as usize;
        // The same test for both sides of the lottery: else those without means would be in one of them alone.
        let held_out = step.world.draws.at(Purpose::CoachLot, week, id, 0).yes(step.scenario.buyers.holdout);
        let workers = &mut step.world.workers;
        if workers.savings_cents[worker] < price {
            continue;
        }
        let mut member = Member::new(workers, worker, u32::MAX, week, !held_out);
        if held_out {
            workers.coach_held_out.set(worker, true);
        } else {
            workers.savings_cents[worker] -= price;
            workers.paid_cents[worker] += price;
            member.prepaid_cents = price;
            market.ledger.transfer(Transfer {
                from: Party::Seeker(id),
                to: Party::Coaches,
                reason: Reason::Coaching,
                cents: price,
            });
            step.tally.transfers.coaching += ledger::dollars(price);
            workers.coach(step.scenario, &step.world.draws, worker);
        }
        step.tally.coached[usize::from(held_out)] += 1;
        step.record.emit(week, Who::worker(worker), Event::Coached { held_out });
        market.coaching.cohort.push(Coached { member, worked: false });
    }
    telling::transfers(step, &market, earlier);
    step.world.market = Some(market);
}

/// The cohort is followed, and after 26 weeks it counts in what coaching is known to do.
pub(super) fn learn(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    let week = step.world.week;
    let (workers, benefit) = (&step.world.workers, step.scenario.workers.benefit_share);
    let coaching = &mut market.coaching;
    for coached in &mut coaching.cohort[coaching.follow_from..] {
        let worker = coached.member.search.worker.at();
        let same = workers.generation[worker] == coached.member.generation;
        coached.worked |= same && !workers.unemployed.has(worker);
        coached.member.follow(workers, week, benefit);
    }
    let mut counts = [(0, 0); 2];
    while let Some(coached) = coaching.cohort.get(coaching.count_from) {
        if week < coached.member.week + JUDGED_AFTER {
            break;
        }
        let (n, worked) = &mut counts[usize::from(!coached.member.treated)];
        *n += 1;
        *worked += u32::from(coached.worked);
        coaching.count_from += 1;
    }
    for (share, (n, worked)) in coaching.worked.iter_mut().zip(counts) {
        if n > 0 {
            let weight = step.scenario.buyers.rating_weight;
            *share = running_mean(*share, weight, n, f64::from(worked) / f64::from(n));
        }
    }
    let done = |c: &Coached| c.member.followed >= Member::FOLLOWED;
    while coaching.cohort.get(coaching.follow_from).is_some_and(done) {
        coaching.follow_from += 1;
    }
    step.tally.coaching_rating = Some(coaching.rating());
    step.world.market = Some(market);
}
