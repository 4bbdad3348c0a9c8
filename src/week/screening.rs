//! Screening: sellers look at their applicants, stage by stage, and choose clients.
//!
//! Who acts: each active seller; sellers do not see each other. Applicants in keyed random order, or those first who look
//! as if an hour spent on them brought most, until the week's hours are gone, after those that serving the clients takes;
//! a stage goes on over weeks. Reads: applicants, résumés.
//! Writes: posteriors, clients, the cohort, hours spent.
//! Draws: `IntroducersLook` by (worker, seller); `Queue` and `Holdout` by (seller, worker).
//! Keeps: hours spent ≤ hours held; nobody is signed whom the hours do not serve; no posterior less precise than its prior; the lottery knows nothing of a person.
//! Source: screening in stages as in executive search; our assumption for the curve of precision over hours.

use std::cmp::{Ordering, Reverse};

use super::diary::Decision;
use super::record::Crowd;
use super::stages::{Looked, Progress, Verdict, belief_after, through_stages};
use super::worth::Worth;
use super::{Step, prospect, telling, worth};
use crate::beliefs::Belief;
use crate::ids;
use crate::streams::Purpose;
use crate::world::market::{Applicant, Client, Market, Member, Search, Seller};

/// Weeks that an applicant waits for a decision.
const PATIENCE: u32 = 4;

pub(super) fn run(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    for row in 0..market.sellers.len() {
        if market.sellers[row].active {
            screen(step, &mut market, row);
        }
    }
    step.world.market = Some(market);
}

fn screen(step: &mut Step<'_>, market: &mut Market, row: usize) {
    let week = step.world.week;
    let seller = &mut market.sellers[row];
    seller.turned_down.retain(|&search| step.world.workers.is_current(search));
    let mut applicants = std::mem::take(&mut seller.applicants);
    applicants.retain(|a| step.world.workers.is_current(a.search));
    in_order(step, &market.sellers[row], row, &mut applicants);
    let seller = &market.sellers[row];
    let s = &step.scenario.sellers;
    let served = s.hours_per_client() * f64::from(ids::row(seller.clients.len()));
    let available = (s.work_hours() - served).max(0.0);
    let mut hours_left = available;
    let mut kept = 0;
    for position in 0..applicants.len() {
        let applicant = applicants[position];
        let before = hours_left;
        let others = applicants[..kept].iter().chain(&applicants[position + 1..]);
        let has_room = has_room(step, &market.sellers[row], promised(step, others));
        let (verdict, seen) = look(step, &market.sellers[row], row, applicant, has_room, &mut hours_left);
        let (search, hours) = (applicant.search, before - hours_left);
        let worker = search.worker.at();
        market.sellers[row].remember(worker, step.world.workers.generation[worker], seen);
        match verdict {
            Verdict::Accepted(belief) => {
                let treated = accept(step, market, row, search, belief);
                let decision = if treated { Decision::Signed } else { Decision::HeldOut };
                telling::bought(step, row, search, decision, (hours, Some(belief)));
            }
            Verdict::TurnedDown(belief) => {
                market.sellers[row].turned_down.push(search);
                step.world.workers.forget_seller(search);
                telling::bought(step, row, search, Decision::TurnedDown, (hours, Some(belief)));
            }
            Verdict::Waits(_) if week - applicant.since >= PATIENCE => {
                step.world.workers.forget_seller(search);
                telling::bought(step, row, search, Decision::GivenUp, (hours, None));
            }
            Verdict::Waits(Progress { stage, spent }) => {
                applicants[kept] = Applicant { stage, spent, ..applicant };
                kept += 1;
            }
        }
    }
    applicants.truncate(kept);
    let undone = prospect::weighs_hours(step.scenario, &market.sellers[row])
        && leaves_undone(step, &market.sellers[row], row, &applicants);
    market.sellers[row].undone = undone;
    let seller = &mut market.sellers[row];
    seller.applicants = applicants;
    seller.hours.screening = available - hours_left;
}

/// Puts applicants in the order in which a seller looks at them: who was begun with first, then at random. One who reads
/// résumés and weighs his hours looks first where an hour seems to bring most: else the price of his hour would count
/// those who wait, the best of them above all, and he would spend it on whoever comes.
fn in_order(step: &Step<'_>, seller: &Seller, row: usize, applicants: &mut [Applicant]) {
    let luck = step.world.draws.head(Purpose::Queue, step.world.week).branch(ids::row(row));
    applicants.sort_unstable_by_key(|a| (a.spent <= 0.0, luck.sub(a.search.worker.0), a.search.worker));
    if !prospect::reads(step.scenario) || !prospect::weighs_hours(step.scenario, seller) {
        return;
    }
    applicants.sort_by_cached_key(|applicant| {
        let (worth, to_come) = so_far(step, seller, row, applicant);
        (applicant.spent <= 0.0, Reverse(Rate(worth.of_an_hour(to_come))))
    });
}

/// Dollars an hour, in the order of numbers.
#[derive(PartialEq)]
struct Rate(f64);

impl Eq for Rate {}

impl Ord for Rate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Rate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What an applicant is worth by what is known of him, and the hours of screening to come.
fn so_far(step: &Step<'_>, seller: &Seller, row: usize, applicant: &Applicant) -> (Worth, f64) {
    let stages = &step.scenario.screening.stages;
    let worker = applicant.search.worker.at();
    let known = seller.stages_known(worker, step.world.workers.generation[worker]);
    let done = known.max(applicant.stage as usize);
    let to_come = stages[done..].iter().map(|stage| stage.hours).sum::<f64>() - applicant.spent;
    let belief = belief_after(step, row, worker, done);
    (worth::of_client(step, seller, row, worker, belief), to_come)
}

/// Whether somebody waits who, by what is known of him, would pay for his hours.
fn leaves_undone(step: &Step<'_>, seller: &Seller, row: usize, applicants: &[Applicant]) -> bool {
    applicants.iter().any(|applicant| {
        let (worth, to_come) = so_far(step, seller, row, applicant);
        worth.pays(to_come, seller.hour)
    })
}

/// Hours that stages begun with these applicants still take.
fn promised<'a>(step: &Step<'_>, applicants: impl Iterator<Item = &'a Applicant>) -> f64 {
    let stages = &step.scenario.screening.stages;
    applicants.filter(|a| a.spent > 0.0).map(|a| stages[a.stage as usize].hours - a.spent).sum()
}

/// Whether one more client could be served at full pace, beside the screening that was begun.
fn has_room(step: &Step<'_>, seller: &Seller, promised: f64) -> bool {
    let s = &step.scenario.sellers;
    let clients = f64::from(ids::row(seller.clients.len() + 1));
    clients * s.hours_per_client() <= s.work_hours() - promised
}

/// Looks at one applicant, stage after stage, as long as hours are left; says also how many stages he has seen him through.
fn look(
    step: &Step<'_>,
    seller: &Seller,
    row: usize,
    applicant: Applicant,
    has_room: bool,
    hours_left: &mut f64,
) -> (Verdict, usize) {
    let worker = applicant.search.worker.at();
    let known = seller.stages_known(worker, step.world.workers.generation[worker]);
    let pays = |belief: Belief, to_come| match seller.own_bar {
        Some(bar) => belief.mean >= bar,
        None => worth::of_client(step, seller, row, worker, belief).pays(to_come, seller.hour),
    };
    let from = Progress { stage: applicant.stage, spent: applicant.spent };
    let looked = Looked { worker, seller: row, from, has_room, known };
    through_stages(step, &looked, hours_left, pays)
}

/// Signs a client, or turns him away by lot: the experiment inside the market. Says whether he signed him.
fn accept(step: &mut Step<'_>, market: &mut Market, row: usize, search: Search, belief: Belief) -> bool {
    let (week, worker) = (step.world.week, search.worker.at());
    let luck = step.world.draws.at(Purpose::Holdout, week, ids::row(row), search.worker.0);
    let treated = !luck.yes(step.scenario.buyers.holdout);
    let member = market.cohort.len();
    market.cohort.push(Member {
        settled: step.scenario.contract.guarantee_weeks == 0 || !treated,
        ..Member::new(&step.world.workers, worker, ids::row(row), week, treated)
    });
    if !treated {
        step.tally.held_out += 1;
        step.world.workers.held_out.set(worker, true);
        step.world.workers.forget_seller(search);
        return false;
    }
    step.tally.new_clients.count(step.world, worker);
    if !step.world.workers.bought.has(worker) {
        step.tally.represented[step.world.workers.third(worker)] += 1;
    }
    step.record.count(Crowd::Payers, step.world, worker);
    step.record.clients.push((week, step.world.workers.true_ability[worker]));
    step.tally.introductions_promised +=
        f64::from(step.scenario.sellers.pitches_per_week) * f64::from(step.scenario.sellers.representation);
    step.world.workers.bought.set(worker, true);
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
