//! Phase 7: sellers look at their applicants, stage by stage, and choose clients.
//!
//! Who acts: each active seller; sellers do not see each other. Applicants in keyed random order until the week's
//! hours are gone, after the hours promised to clients. Reads: applicants, résumés. Writes: posteriors, clients, the
//! cohort, hours spent.
//! Draws: `IntroducersLook` by (worker, seller); `Queue` and `Holdout` by (seller, worker).
//! Keeps: hours spent ≤ hours held; no posterior less precise than its prior; the lottery knows nothing of a person.
//! Source: screening in stages as in executive search; our assumption for the curve of precision over hours.

use super::diary::{self, Decision};
use super::jobs::count;
use super::record::Crowd;
use super::representation::{self, forget};
use super::{Now, looks};
use crate::beliefs::{Belief, screening_precision};
use crate::ids::{self, IntroducerId};
use crate::scenario::{AcceptAbove, Payer};
use crate::streams::Purpose;
use crate::world::World;
use crate::world::market::{Applicant, Client, Market, Member, Search, Seller};

/// Weeks that an applicant waits for a decision.
const PATIENCE: u32 = 4;

/// What a look at somebody led to.
pub(super) enum Verdict {
    Accepted(Belief),
    TurnedDown(Belief),
    /// The week's hours are gone; the applicant goes on at this stage next week.
    Waits(u8),
}

pub(super) fn run(now: &mut Now<'_>) {
    if now.scenario.contract.payer == Payer::Employer {
        return;
    }
    let Some(mut market) = now.world.market.take() else { return };
    for row in 0..market.sellers.len() {
        if market.sellers[row].active {
            screen(now, &mut market, row);
        }
    }
    now.world.market = Some(market);
}

fn screen(now: &mut Now<'_>, market: &mut Market, row: usize) {
    let week = now.world.week;
    let seller = &mut market.sellers[row];
    seller.turned_down.retain(|&search| is_current(now.world, search));
    let mut applicants = std::mem::take(&mut seller.applicants);
    applicants.retain(|a| is_current(now.world, a.search));
    let draws = now.world.draws;
    applicants.sort_unstable_by_key(|a| {
        (draws.at(Purpose::Queue, week, ids::row(row), a.search.worker.0).rank(), a.search.worker)
    });
    let promised = now.scenario.sellers.contact_hours * f64::from(ids::row(seller.clients.len()));
    let mut hours_left = (now.scenario.sellers.hours - promised).max(0.0);
    let mut kept = 0;
    for position in 0..applicants.len() {
        let applicant = applicants[position];
        let before = hours_left;
        let verdict = look(now, &market.sellers[row], row, applicant, &mut hours_left);
        let (search, hours) = (applicant.search, before - hours_left);
        match verdict {
            Verdict::Accepted(belief) => {
                let treated = accept(now, market, row, search, belief);
                let decision = if treated { Decision::Signed } else { Decision::HeldOut };
                diary::bought(now, row, search, decision, (hours, Some(belief)));
            }
            Verdict::TurnedDown(belief) => {
                market.sellers[row].turned_down.push(search);
                forget(now.world, search);
                diary::bought(now, row, search, Decision::TurnedDown, (hours, Some(belief)));
            }
            Verdict::Waits(_) if week - applicant.since >= PATIENCE => {
                forget(now.world, search);
                diary::bought(now, row, search, Decision::GivenUp, (hours, None));
            }
            Verdict::Waits(stage) => {
                applicants[kept] = Applicant { stage, ..applicant };
                kept += 1;
            }
        }
    }
    applicants.truncate(kept);
    let seller = &mut market.sellers[row];
    seller.applicants = applicants;
    seller.hours.screening = (now.scenario.sellers.hours - promised).max(0.0) - hours_left;
}

/// Whether the person still searches, in the same search.
#[must_use]
pub(super) fn is_current(world: &World, search: Search) -> bool {
    let worker = search.worker.at();
    world.workers.is_seeking(worker) && world.workers.searches[worker] == search.number
}

/// Looks at one applicant, stage after stage, as long as hours are left.
fn look(now: &Now<'_>, seller: &Seller, row: usize, applicant: Applicant, hours_left: &mut f64) -> Verdict {
    if now.scenario.screening.stages.is_empty() {
        return Verdict::Accepted(Belief::WORKFORCE);
    }
    let worker = applicant.search.worker.at();
    let worth = |belief| representation::expected_profit(now, seller, row, worker, belief);
    through_stages(now, row, worker, applicant.stage, hours_left, worth)
}

/// Takes a worker through the stages from one on; `worth` is what going on is expected to bring, dollars.
pub(super) fn through_stages(
    now: &Now<'_>,
    row: usize,
    worker: usize,
    from: u8,
    hours_left: &mut f64,
    worth: impl Fn(Belief) -> f64,
) -> Verdict {
    let s = &now.scenario.screening;
    let mut done: f64 = s.stages[..from as usize].iter().map(|stage| stage.hours).sum();
    let mut belief = looks::by_resume(now.scenario, now.world, worker);
    for position in from as usize..s.stages.len() {
        let stage = &s.stages[position];
        if *hours_left < stage.hours {
            return Verdict::Waits(
                u8::try_from(position).expect("at most 16 stages, promised by the reader"),
            );
        }
        *hours_left -= stage.hours;
        done += stage.hours;
        let precision = screening_precision(s.most_precision, s.half_hours, done);
        let resume = looks::resume_precision(now.scenario, now.world, worker);
        belief = looks::through_own_eyes(now.world, worker, IntroducerId::new(row), precision, resume);
        if s.salary_history {
            belief = looks::after_past_salary(now.scenario, now.world, worker, belief);
        }
        let to_come: f64 = s.stages[position + 1..].iter().map(|stage| stage.hours).sum();
        let goes_on = match stage.accept_above {
            AcceptAbove::Score(score) => belief.mean >= score,
            AcceptAbove::Profit => {
                let cost = to_come * now.scenario.introducers.hour_value;
                worth(belief) >= cost
            }
        };
        if !goes_on {
            return Verdict::TurnedDown(belief);
        }
    }
    Verdict::Accepted(belief)
}

/// Signs a client, or turns him away by lot: the experiment inside the market. Says whether he signed him.
fn accept(now: &mut Now<'_>, market: &mut Market, row: usize, search: Search, belief: Belief) -> bool {
    let (week, worker) = (now.world.week, search.worker.at());
    let luck = now.world.draws.at(Purpose::Holdout, week, ids::row(row), search.worker.0);
    let treated = !luck.yes(now.scenario.buyers.holdout);
    let member = market.cohort.len();
    market.cohort.push(Member {
        settled: now.scenario.contract.guarantee_weeks == 0 || !treated,
        ..Member::new(&now.world.workers, worker, ids::row(row), week, treated)
    });
    if !treated {
        now.tally.held_out += 1;
        now.world.workers.held_out.set(worker, true);
        forget(now.world, search);
        return false;
    }
    count(&mut now.tally.new_clients, now.world, worker);
    now.record.count(Crowd::Payers, now.world, worker);
    now.record.clients.push((week, now.world.workers.true_ability[worker]));
    now.tally.introductions_promised +=
        f64::from(now.scenario.sellers.pitches_per_week) * f64::from(now.scenario.sellers.representation);
    now.world.workers.bought.set(worker, true);
    let seller = &mut market.sellers[row];
    let mut pitched = seller.spare.pop().unwrap_or_default();
    pitched.clear();
    seller.clients.push(Client {
        search,
        signed: week,
        belief,
        member,
        placed: false,
        out_of_money: false,
        pitched,
    });
    true
}
