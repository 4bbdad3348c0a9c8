//! Employers who pay: they engage sellers, who find, screen and submit. Steps after pitching,
//! paying and learning.
//!
//! Who acts: decision-makers whose vacancy stays open; then each active seller, engagement by engagement. Reads:
//! vacancies, jobs, résumés, reservations, those who asked. Writes: engagements, requests, hours.
//! Draws: `Engage` by decision-maker; `Find` by (decision-maker, introducer); `Queue` by (seller, worker);
//! `IntroducersLook` by (worker, seller).
//! Keeps: hours spent ≤ hours held; one engagement a vacancy; nobody is submitted whom she has met about it; nobody is
//! screened twice for the same. She tells him her bar, and a round may take weeks.
//! Source: our assumption, after the trade's funnel of many found, few screened, fewer submitted.

use super::diary::{Event, Who};
use super::pipeline::{Placed, Request};
use super::stages::{Looked, Progress, Verdict, belief_after, through_stages};
use super::tally::Channel;
use super::{Step, contract, looks, search, telling};
use crate::beliefs::{running_mean, running_share};
use crate::ids::{self, IntroducerId, TieId};
use crate::scenario::Among;
use crate::streams::{self, Purpose};
use crate::world::institutions::{Mandate, Round, Shortlisted};
use crate::world::ledger::{self, Party, Reason, Transfer};
use crate::world::market::{Market, Seller};

/// Names that a seller goes through for each person he wants to find.
const NAMES_PER_FIND: u32 = 100;

/// Decision-makers engage sellers, who search for them.
pub(super) fn run(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    drop_ended(step, &mut market);
    engage(step, &mut market);
    for row in 0..market.sellers.len() {
        for position in 0..market.sellers[row].mandates.len() {
            if !market.sellers[row].active || !work(step, &mut market.sellers[row], row, position) {
                market.sellers[row].undone = true;
                break;
            }
        }
    }
    step.world.market = Some(market);
}

/// Engagements end with the vacancy.
fn drop_ended(step: &Step<'_>, market: &mut Market) {
    let episodes = &step.world.decision_makers.episode;
    for seller in &mut market.sellers {
        seller.mandates.retain(|m| episodes[m.decision_maker as usize] == m.episode);
    }
}

/// Every decision-maker who has waited long enough engages the seller tied to her whose people she trusts most.
fn engage(step: &mut Step<'_>, market: &mut Market) {
    let (week, e) = (step.world.week, &step.scenario.employer);
    let table = &step.world.decision_makers;
    for row in 0..table.len() {
        let waited = table.open.has(row) && week - table.open_since[row] >= e.after_weeks;
        if !waited || market.engaged[row] == table.episode[row] {
            continue;
        }
        let id = ids::row(row);
        if !step.world.draws.at(Purpose::Engage, week, id, 0).yes(e.engages) {
            continue;
        }
        if let Some(seller) = most_trusted(step, market, row) {
            let episode = table.episode[row];
            market.engaged[row] = episode;
            let mandate = Mandate { decision_maker: id, episode, since: week, round: None };
            market.sellers[seller].mandates.push(mandate);
            // She tells him of the vacancy.
            let tie = tie_with(step, seller, id);
            step.world.ties.hear(tie.at());
            step.tally.mandates += 1;
            let who = Who::decision_maker(row).through(IntroducerId::new(seller));
            step.record.emit(week, who, Event::Engages);
        }
    }
}

/// The tie of a seller with a decision-maker who engages him.
fn tie_with(step: &Step<'_>, seller: usize, decision_maker: u32) -> TieId {
    let ties = step.world.ties.of(IntroducerId::new(seller));
    let tie = ties.iter().copied().find(|tie| step.world.ties.decision_maker[tie.at()].0 == decision_maker);
    tie.expect("she engages one who is tied to her")
}

/// Trusts that lie no farther apart are equal, sd: what has faded for weeks is rounded.
const SAME: f64 = 1e-9;

/// The seller whom she trusts most; of equals the first.
fn most_trusted(step: &Step<'_>, market: &Market, decision_maker: usize) -> Option<usize> {
    let ties = &step.world.ties;
    let own = ties.first[decision_maker] as usize..ties.first[decision_maker + 1] as usize;
    let sells = |tie: &usize| market.sellers.get(ties.introducer[*tie].at()).is_some_and(|s| s.active);
    let mut candidates = own.filter(sells).filter(|&tie| ties.is_open(TieId::new(tie)));
    let trust = |tie: usize| ties.paid_trust(tie).mean;
    let most = candidates.clone().map(trust).fold(f64::NEG_INFINITY, f64::max);
    let best = candidates.find(|&tie| trust(tie) >= most - SAME);
    best.map(|tie| ties.introducer[tie].at())
}

/// One search, as far as the week's hours go: finds, screens and submits. Says whether the hours were enough.
fn work(step: &mut Step<'_>, seller: &mut Seller, row: usize, position: usize) -> bool {
    let decision_maker = seller.mandates[position].decision_maker;
    let tie = tie_with(step, row, decision_maker);
    if !step.world.ties.is_open(tie) {
        return true;
    }
    let round = seller.mandates[position].round.take();
    let mut round = round.unwrap_or_else(|| begin_round(step, seller, row, decision_maker));
    let left = step.scenario.sellers.work_hours() - seller.hours.total();
    let finding = round.finding.min(left);
    round.finding -= finding;
    seller.hours.finding += finding;
    if round.finding > 0.0 || !screen(step, seller, row, decision_maker, &mut round) {
        seller.mandates[position].round = Some(round);
        return false;
    }
    submit(step, seller, tie, round.passed);
    true
}

/// A round begins with a list: those whom he knows from other searches, and those whom he finds, the best of them by what
/// he knows.
fn begin_round(step: &mut Step<'_>, seller: &Seller, row: usize, decision_maker: u32) -> Round {
    let e = &step.scenario.employer;
    let mut found = std::mem::take(&mut step.pipeline.found);
    let n_found = find(step, seller, row, decision_maker, &mut found);
    best_first(&mut found);
    found.truncate(e.screened as usize);
    let shortlisted = |&(estimate, worker): &(f64, u32)| Shortlisted {
        worker,
        generation: step.world.workers.generation[worker as usize],
        estimate,
        stage: 0,
        spent: 0.0,
    };
    let list = found.iter().map(shortlisted).collect();
    step.pipeline.found = found;
    Round { finding: e.find_hours * f64::from(n_found), list, next: 0, passed: Vec::new() }
}

/// Submits the best of those who passed.
fn submit(step: &mut Step<'_>, seller: &mut Seller, tie: TieId, mut passed: Vec<(f64, u32)>) {
    let decision_maker = step.world.ties.decision_maker[tie.at()].0;
    best_first(&mut passed);
    passed.truncate(step.scenario.employer.submits as usize);
    for (_, worker) in passed {
        step.pipeline.requests.push(Request { decision_maker, worker, channel: Channel::Submitted, tie });
        step.tally.requests[Channel::Submitted as usize] += 1;
        seller.pitched.0 += 1;
        let search = step.world.workers.search_of(worker as usize);
        if let Some(asker) = seller.applicants.iter_mut().find(|a| a.search == search && a.stage == 0) {
            asker.stage = 1;
            step.tally.askers_helped += 1;
        }
    }
}

/// The highest estimate first, of equal ones the lower id.
fn best_first(found: &mut [(f64, u32)]) {
    found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
}

/// Finds people whose job is near hers in level and who would not refuse her salary, with what he knows of them; says how
/// many of them he had to look for. Of those whom he has screened before he knows without looking.
fn find(
    step: &Step<'_>,
    seller: &Seller,
    row: usize,
    decision_maker: u32,
    found: &mut Vec<(f64, u32)>,
) -> u32 {
    let (week, draws, world) = (step.world.week, step.world.draws, &*step.world);
    let want = step.scenario.employer.found as usize;
    let fits = |worker: u32| is_fit(step, decision_maker as usize, worker as usize);
    found.clear();
    match step.scenario.employer.among {
        Among::All => {
            for (&worker, known) in &seller.known {
                if known.generation == world.workers.generation[worker as usize] && fits(worker) {
                    found.push((estimate(step, seller, row, worker), worker));
                }
            }
            let before = found.len();
            let luck = draws.at(Purpose::Find, week, decision_maker, ids::row(row));
            let bound = ids::row(world.workers.len());
            let most = NAMES_PER_FIND.saturating_mul(step.scenario.employer.found);
            for worker in (0..most).map(|position| streams::below(luck.sub(position), bound)) {
                if found.len() >= before + want {
                    break;
                }
                if fits(worker) && found.iter().all(|f| f.1 != worker) {
                    found.push((estimate(step, seller, row, worker), worker));
                }
            }
            ids::row(found.len() - before)
        }
        Among::Askers => {
            let waiting = seller.applicants.iter().filter(|a| world.workers.is_current(a.search));
            let mut names: Vec<u32> = waiting.map(|a| a.search.worker.0).collect();
            let luck = world.draws.head(Purpose::Queue, week).branch(ids::row(row));
            names.sort_unstable_by_key(|&w| (luck.sub(w), w));
            let fitting = names.into_iter().filter(|&worker| fits(worker)).take(want);
            found.extend(fitting.map(|worker| (estimate(step, seller, row, worker), worker)));
            let is_new = |f: &&(f64, u32)| {
                let worker = f.1 as usize;
                seller.stages_known(worker, world.workers.generation[worker]) == 0
            };
            ids::row(found.iter().filter(is_new).count())
        }
    }
}

/// What a seller expects of a person's ability: by all that he has seen, else by the résumé.
fn estimate(step: &Step<'_>, seller: &Seller, row: usize, worker: u32) -> f64 {
    let worker = worker as usize;
    match seller.stages_known(worker, step.world.workers.generation[worker]) {
        0 => looks::by_resume(step.scenario, step.world, worker).mean,
        stages => belief_after(step, row, worker, stages).mean,
    }
}

fn is_fit(step: &Step<'_>, decision_maker: usize, worker: usize) -> bool {
    let (world, table) = (&*step.world, &step.world.decision_makers);
    let lowest = search::reservation(step.scenario, step.rules, &world.workers, worker, world.week);
    (world.workers.job_level[worker] - table.level[decision_maker]).abs() <= step.scenario.sellers.near
        && table.salary[decision_maker] >= lowest
        && world.workers.employer[worker].0 != ids::row(decision_maker)
        && !table.has_met(decision_maker, worker)
}

/// Whether one on the list is the same person, fits as before and, where the seller searches among those who asked him, still
/// asks.
fn still_fits(step: &Step<'_>, seller: &Seller, decision_maker: u32, one: &Shortlisted) -> bool {
    let (workers, worker) = (&step.world.workers, one.worker as usize);
    let search = workers.search_of(worker);
    let asks = || {
        seller.applicants.iter().any(|asker| asker.search == search && step.world.workers.is_current(search))
    };
    workers.generation[worker] == one.generation
        && is_fit(step, decision_maker as usize, worker)
        && (step.scenario.employer.among == Among::All || asks())
}

/// Takes those on the list through the stages, one after the other; those who pass have the estimate of the last look.
/// Says whether the hours were enough for all. Who no longer fits is passed over.
fn screen(step: &Step<'_>, seller: &mut Seller, row: usize, decision_maker: u32, round: &mut Round) -> bool {
    let table = &step.world.decision_makers;
    let (bar, salary) = (table.bar[decision_maker as usize], table.salary[decision_maker as usize]);
    let fee = contract::due_on_placement(&step.scenario.contract, salary);
    let (acceptance, conversion, hour) = (seller.acceptance, seller.conversion, seller.hour);
    let pays = |belief: crate::beliefs::Belief, to_come: f64| {
        let pass = step.rules.interview.chance_to_pass(belief.mean - bar, belief.variance);
        fee * acceptance * pass * conversion >= hour * to_come
    };
    let before = step.scenario.sellers.work_hours() - seller.hours.total();
    let mut left = before;
    while let Some(one) = round.list.get_mut(round.next) {
        let worker = one.worker as usize;
        if still_fits(step, seller, decision_maker, one) {
            let known = seller.stages_known(worker, one.generation);
            let from = Progress { stage: one.stage, spent: one.spent };
            let looked = Looked { worker, seller: row, from, has_room: true, known };
            let (verdict, seen) = through_stages(step, &looked, &mut left, pays);
            seller.remember(worker, one.generation, seen);
            match verdict {
                // Without stages the résumé decides alone.
                Verdict::Accepted(_) if seen == 0 => round.passed.push((one.estimate, one.worker)),
                Verdict::Accepted(belief) => round.passed.push((belief.mean, one.worker)),
                Verdict::TurnedDown(_) => {}
                Verdict::Waits(Progress { stage, spent }) => {
                    (one.stage, one.spent) = (stage, spent);
                    break;
                }
            }
        }
        round.next += 1;
    }
    seller.hours.screening += before - left;
    let list = &round.list;
    round.passed.retain(|&(_, worker)| {
        list.iter().any(|one| one.worker == worker && still_fits(step, seller, decision_maker, one))
    });
    round.next == round.list.len()
}

/// Employers pay for hires on submissions what the contract says.
pub(super) fn pay(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    let earlier = market.ledger.transfers.len();
    for placed in &step.pipeline.placed {
        let cents = ledger::cents(contract::due_on_placement(&step.scenario.contract, placed.salary));
        market.sellers[placed.seller as usize].flows.fees += ledger::dollars(cents);
        step.tally.transfers.employer_fees += ledger::dollars(cents);
        market.ledger.transfer(Transfer {
            from: Party::Employer(placed.decision_maker),
            to: Party::Seller(placed.seller),
            reason: Reason::Fee,
            cents,
        });
    }
    telling::transfers(step, &market, earlier);
    step.world.market = Some(market);
}

/// Askings end, and ratings learn from them as from representations.
pub(super) fn learn(step: &mut Step<'_>) {
    let Some(mut market) = step.world.market.take() else { return };
    let b = &step.scenario.buyers;
    for row in 0..market.sellers.len() {
        let id = ids::row(row);
        let seller = &mut market.sellers[row];
        let (mut ended, mut placed) = (0, 0);
        seller.applicants.retain(|asker| {
            let current = step.world.workers.is_current(asker.search);
            if current && step.world.week + 1 < asker.since + step.scenario.sellers.representation {
                return true;
            }
            ended += 1;
            let own = |p: &Placed| p.seller == id && p.search == Some(asker.search);
            placed += u32::from(step.pipeline.placed.iter().any(own));
            step.world.workers.forget_seller(asker.search);
            false
        });
        step.tally.askers_placed += placed;
        seller.rating = running_share(seller.rating, b.rating_weight, (ended, placed));
        let (mut sum, mut n) = (0.0, 0);
        for p in step.pipeline.placed.iter().filter(|p| p.seller == id) {
            sum += p.log_uplift;
            n += 1;
        }
        if n > 0 {
            seller.uplift = running_mean(seller.uplift, b.uplift_weight, n, sum / f64::from(n));
        }
    }
    step.world.market = Some(market);
}
