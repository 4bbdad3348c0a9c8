//! Employers who pay: they engage sellers, who find, screen and submit. Part of phases 8 and 12.
//!
//! Who acts: decision-makers whose vacancy stays open; then each active seller, engagement by engagement. Reads:
//! vacancies, jobs, résumés, reservations, those who asked. Writes: engagements, requests, hours.
//! Draws: `Engage` by decision-maker; `Find` by (decision-maker, introducer); `Queue` by (seller, worker);
//! `IntroducersLook` by (worker, seller).
//! Keeps: hours spent ≤ hours held; one engagement a vacancy; nobody is submitted whom she has met about it.
//! Source: our assumption, after the trade's funnel of many found, few screened, fewer submitted.

use super::desk::Request;
use super::diary::{What, Who};
use super::screening::{Looked, Progress, Verdict, is_current, through_stages};
use super::tally::Channel;
use super::{Now, contract, looks, search};
use crate::ids::{self, IntroducerId, TieId};
use crate::maths;
use crate::scenario::{Among, round_hours};
use crate::streams::{self, Purpose};
use crate::world::institutions::Mandate;
use crate::world::market::{Market, Search, Seller};

/// Names that a seller goes through for each person he wants to find.
const NAMES_PER_FIND: u32 = 100;

/// Phase 8 where employers pay.
pub(super) fn run(now: &mut Now<'_>, market: &mut Market) {
    drop_ended(now, market);
    engage(now, market);
    let full = round_hours(now.scenario);
    for row in 0..market.sellers.len() {
        for position in 0..market.sellers[row].mandates.len() {
            let left = now.scenario.sellers.work_hours() - market.sellers[row].hours.total();
            if !market.sellers[row].active || left < full {
                market.sellers[row].undone = true;
                break;
            }
            work(now, &mut market.sellers[row], row, position);
        }
    }
}

/// Engagements end with the vacancy.
fn drop_ended(now: &Now<'_>, market: &mut Market) {
    let episodes = &now.world.decision_makers.episode;
    for seller in &mut market.sellers {
        seller.mandates.retain(|m| episodes[m.decision_maker as usize] == m.episode);
    }
}

/// Every decision-maker who has waited long enough engages the seller tied to her whose people she trusts most.
fn engage(now: &mut Now<'_>, market: &mut Market) {
    let (week, e) = (now.world.week, &now.scenario.employer);
    let table = &now.world.decision_makers;
    for row in 0..table.len() {
        let waited = table.open.has(row) && week - table.open_since[row] >= e.after_weeks;
        if !waited || market.engaged[row] == table.episode[row] {
            continue;
        }
        let id = ids::row(row);
        if !now.world.draws.at(Purpose::Engage, week, id, 0).yes(e.engages) {
            continue;
        }
        if let Some(seller) = most_trusted(now, market, row) {
            let episode = table.episode[row];
            market.engaged[row] = episode;
            market.sellers[seller].mandates.push(Mandate { decision_maker: id, episode, since: week });
            now.tally.mandates += 1;
            let who = Who::decision_maker(row).through(IntroducerId::new(seller));
            now.record.tell(week, who, What::Engages);
        }
    }
}

fn most_trusted(now: &Now<'_>, market: &Market, decision_maker: usize) -> Option<usize> {
    let ties = &now.world.ties;
    let own = ties.first[decision_maker] as usize..ties.first[decision_maker + 1] as usize;
    let sells = |tie: &usize| market.sellers.get(ties.introducer[*tie].at()).is_some_and(|s| s.active);
    let candidates = own.filter(sells).filter(|&tie| ties.is_open(TieId::new(tie)));
    let trust = |tie: usize| ties.paid_trust(tie).mean;
    let best = candidates.max_by(|&a, &b| trust(a).total_cmp(&trust(b)).then(b.cmp(&a)));
    best.map(|tie| ties.introducer[tie].at())
}

/// One search: finds, screens and submits.
fn work(now: &mut Now<'_>, seller: &mut Seller, row: usize, position: usize) {
    let decision_maker = seller.mandates[position].decision_maker;
    let ties = now.world.ties.of(IntroducerId::new(row));
    let tie = ties.iter().copied().find(|tie| now.world.ties.decision_maker[tie.at()].0 == decision_maker);
    let tie = tie.expect("she engaged one who is tied to her, promised by engaging");
    if !now.world.ties.is_open(tie) {
        return;
    }
    let e = &now.scenario.employer;
    let mut found = std::mem::take(&mut now.desk.found);
    find(now, seller, row, decision_maker, &mut found);
    seller.hours.finding += e.find_hours * f64::from(ids::row(found.len()));
    best_first(&mut found);
    found.truncate(e.screened as usize);
    // Without stages the résumé decides alone.
    if !now.scenario.screening.stages.is_empty() {
        screen(now, seller, row, decision_maker, &mut found);
    }
    best_first(&mut found);
    found.truncate(e.submits as usize);
    for &(_, worker) in &found {
        now.desk.requests.push(Request { decision_maker, worker, channel: Channel::Submitted, tie });
        now.tally.requests[Channel::Submitted as usize] += 1;
        seller.pitched.0 += 1;
        let search = now.world.workers.search_of(worker as usize);
        if let Some(asker) = seller.applicants.iter_mut().find(|a| a.search == search && a.stage == 0) {
            asker.stage = 1;
            now.tally.askers_helped += 1;
        }
    }
    now.desk.found = found;
}

/// The highest estimate first, of equal ones the lower id.
fn best_first(found: &mut [(f64, u32)]) {
    found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
}

/// Finds people whose job is near hers in level and who would not refuse her salary, with the estimate that their
/// résumé gives.
fn find(
    now: &mut Now<'_>,
    seller: &mut Seller,
    row: usize,
    decision_maker: u32,
    found: &mut Vec<(f64, u32)>,
) {
    let (week, draws) = (now.world.week, now.world.draws);
    let want = now.scenario.employer.found as usize;
    found.clear();
    match now.scenario.employer.among {
        Among::All => {
            let luck = draws.at(Purpose::Find, week, decision_maker, ids::row(row));
            let bound = ids::row(now.world.workers.len());
            let most = NAMES_PER_FIND.saturating_mul(now.scenario.employer.found);
            let names = (0..most).map(|position| streams::below(luck.sub(position), bound));
            fill(now, decision_maker, want, names, found);
        }
        Among::Askers => {
            let world = &*now.world;
            let waiting = seller.applicants.iter().filter(|a| is_current(world, a.search));
            let mut names: Vec<u32> = waiting.map(|a| a.search.worker.0).collect();
            names.sort_unstable_by_key(|&w| (draws.at(Purpose::Queue, week, ids::row(row), w).rank(), w));
            fill(now, decision_maker, want, names.into_iter(), found);
        }
    }
}

fn fill(
    now: &Now<'_>,
    decision_maker: u32,
    want: usize,
    names: impl Iterator<Item = u32>,
    found: &mut Vec<(f64, u32)>,
) {
    for worker in names {
        if found.len() >= want {
            break;
        }
        if is_fit(now, decision_maker as usize, worker as usize) && found.iter().all(|f| f.1 != worker) {
            let belief = looks::by_resume(now.scenario, now.world, worker as usize);
            found.push((belief.mean, worker));
        }
    }
}

fn is_fit(now: &Now<'_>, decision_maker: usize, worker: usize) -> bool {
    let (world, table) = (&*now.world, &now.world.decision_makers);
    let lowest = search::reservation(now.scenario, now.rules, &world.workers, worker, world.week);
    (world.workers.job_level[worker] - table.level[decision_maker]).abs() <= now.scenario.sellers.near
        && table.salary[decision_maker] >= lowest
        && world.workers.employer[worker].0 != ids::row(decision_maker)
        && !table.has_met(decision_maker, worker)
}

/// Takes each through the stages; those who stay have the estimate of the last look.
fn screen(now: &Now<'_>, seller: &mut Seller, row: usize, decision_maker: u32, found: &mut Vec<(f64, u32)>) {
    let table = &now.world.decision_makers;
    let (bar, salary) = (table.bar[decision_maker as usize], table.salary[decision_maker as usize]);
    let fee = contract::due_on_placement(&now.scenario.contract, salary);
    let (acceptance, conversion, hour) = (seller.acceptance, seller.conversion, seller.hour);
    let mut left = now.scenario.sellers.work_hours() - seller.hours.total();
    let before = left;
    found.retain_mut(|(estimate, worker)| {
        let pays = |belief: crate::beliefs::Belief, to_come: f64| {
            let pass = now.rules.interview.chance_to_pass(belief.mean - bar, belief.variance);
            fee * acceptance * pass * conversion >= hour * to_come
        };
        let from = Progress { stage: 0, spent: 0.0 };
        let looked = Looked { worker: *worker as usize, seller: row, from, has_room: true };
        match through_stages(now, &looked, &mut left, pays) {
            Verdict::Accepted(belief) => {
                *estimate = belief.mean;
                true
            }
            Verdict::TurnedDown(_) | Verdict::Waits(_) => false,
        }
    });
    seller.hours.screening += before - left;
}

/// A hire on a submission: what the fee and the ratings need.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Row of the seller.
    pub seller: u32,
    /// Who pays.
    pub decision_maker: u32,
    /// The search that it ended; none of one who did not look.
    pub search: Option<Search>,
    /// The new salary, dollars a year.
    pub salary: f64,
    /// ln(new/previous salary).
    pub log_uplift: f64,
}

/// Writes down a hire on a submission, before the worker takes the job.
pub(super) fn place(now: &mut Now<'_>, request: Request) {
    let salary = now.world.decision_makers.salary[request.decision_maker as usize];
    let (world, worker) = (&now.world.workers, request.worker as usize);
    let before = world.salary[worker];
    now.desk.placed.push(Placed {
        seller: now.world.ties.introducer[request.tie.at()].0,
        decision_maker: request.decision_maker,
        search: world.is_seeking(worker).then(|| world.search_of(worker)),
        salary,
        log_uplift: maths::ln(salary / before),
    });
}

/// Phase 12: askings end, and ratings learn from them as from representations.
pub(super) fn end_askings(now: &mut Now<'_>, market: &mut Market) {
    let b = &now.scenario.buyers;
    for row in 0..market.sellers.len() {
        let id = ids::row(row);
        let seller = &mut market.sellers[row];
        let (mut ended, mut placed) = (0, 0);
        seller.applicants.retain(|asker| {
            let current = is_current(now.world, asker.search);
            if current && now.world.week + 1 < asker.since + now.scenario.sellers.representation {
                return true;
            }
            ended += 1;
            let own = |p: &Placed| p.seller == id && p.search == Some(asker.search);
            placed += u32::from(now.desk.placed.iter().any(own));
            super::representation::forget(now.world, asker.search);
            false
        });
        now.tally.askers_placed += placed;
        seller.rating = super::learning::learn_share(seller.rating, b.rating_weight, (ended, placed));
        let (mut sum, mut n) = (0.0, 0);
        for p in now.desk.placed.iter().filter(|p| p.seller == id) {
            sum += p.log_uplift;
            n += 1;
        }
        if n > 0 {
            seller.uplift =
                crate::beliefs::running_mean(seller.uplift, b.uplift_weight, n, sum / f64::from(n));
        }
    }
}

/// One who stops selling hands his engagements back.
pub(super) fn hand_back(market: &mut Market, row: usize) {
    while let Some(mandate) = market.sellers[row].mandates.pop() {
        market.engaged[mandate.decision_maker as usize] = Market::NOBODY;
    }
}
