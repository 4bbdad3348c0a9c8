//! Phase 1: jobs end, people look, stop looking, leave the labour force and enter it.
//!
//! Who acts: every worker; nobody reads another. Reads: jobs, states. Writes: states, searches, entrants; then
//! records the state of the week.
//! Draws: `Separation` and `Look`, `StopLooking`, `Leave` by 64 workers at once.
//! Keeps: one state per worker; one who leaves is replaced at once.
//! Source: our assumption; the order is that of Calvó-Armengol and Jackson (2004), where jobs end last in a period.

use super::Now;
use super::diary::{Portrait, What, Who};
use super::record::{Crowd, Ending};
use super::tally::Group;
use crate::ids;
use crate::streams::Purpose;
use crate::world::bits::members;

/// Weeks counted one by one for the median; more are counted as this many.
const MEDIAN_WEEKS: usize = 1_040;

pub(super) fn run(now: &mut Now<'_>) {
    for word in 0..now.world.workers.unemployed.n_words() {
        change_states(now, word);
    }
    let workers = &mut now.world.workers;
    workers.recorded_unemployed.copy_from(&workers.unemployed);
    record_state(now);
}

/// Decides for 64 workers on their state at the start, then applies.
fn change_states(now: &mut Now<'_>, word: usize) {
    let (rules, week) = (now.rules, now.world.week);
    let id = ids::row(word);
    let draws = now.world.draws;
    let gates = |purpose, gate| draws.gates(purpose, week, id, gate);
    let workers = &now.world.workers;
    let out = workers.unemployed.word(word);
    let employed = workers.unemployed.valid(word) & !out;
    let looking = workers.looking.word(word);
    let mut leaving = employed & gates(Purpose::Leave, rules.leave_employed);
    if out != 0 {
        let patience = now.scenario.workers.leave_after;
        for lane in members(out & gates(Purpose::Leave, rules.leave_unemployed)) {
            if workers.weeks_out(word * 64 + lane, week) >= patience {
                leaving |= 1 << lane;
            }
        }
    }
    let luck = draws.at(Purpose::Separation, week, id, u32::MAX);
    let mut separated = 0_u64;
    for lane in members(employed & !leaving) {
        let ends = workers.separation[word * 64 + lane].passes(luck.sub(ids::row(lane)));
        separated |= u64::from(ends) << lane;
    }
    let staying = employed & !leaving & !separated;
    let starting = staying & !looking & gates(Purpose::Look, rules.look);
    let stopping = if looking & staying == 0 {
        0
    } else {
        looking & staying & gates(Purpose::StopLooking, rules.stop_looking)
    };
    for lane in members(leaving) {
        leave(now, word * 64 + lane);
    }
    for lane in members(separated) {
        separate(now, word * 64 + lane);
    }
    for lane in members(starting) {
        let worker = word * 64 + lane;
        let contacts = ids::row(now.world.contacts.fade(worker, week).len());
        now.world.workers.looking.set(worker, true);
        now.world.workers.begin_search(worker, week, true, narrow(contacts));
        now.record.tell(week, Who::worker(worker), What::StartsLooking);
    }
    for lane in members(stopping) {
        let worker = word * 64 + lane;
        now.record.end_search(now.world, worker, Ending::Stopped, None);
        now.record.tell(week, Who::worker(worker), What::StopsLooking);
        now.world.workers.looking.set(worker, false);
        now.world.workers.seller[worker] = ids::IntroducerId::NONE;
    }
}

fn leave(now: &mut Now<'_>, worker: usize) {
    if now.world.workers.is_seeking(worker) {
        now.record.end_search(now.world, worker, Ending::Left, None);
    }
    let (scenario, draws, week) = (now.scenario, now.world.draws, now.world.week);
    now.world.contacts.clear(worker);
    now.world.workers.seller[worker] = ids::IntroducerId::NONE;
    now.record.tell(week, Who::worker(worker), What::Leaves);
    now.world.workers.replace(scenario, &draws, worker, week);
    if now.record.sees(Who::worker(worker)) {
        now.record.tell(week, Who::worker(worker), What::Enters(Portrait::of(now.world, worker)));
    }
}

fn separate(now: &mut Now<'_>, worker: usize) {
    let week = now.world.week;
    now.tally.separations += 1;
    let contacts = ids::row(now.world.contacts.fade(worker, week).len());
    let workers = &mut now.world.workers;
    now.record.tell(week, Who::worker(worker).at(workers.employer[worker]), What::LosesJob);
    workers.unemployed.set(worker, true);
    workers.out_since[worker] = week;
    workers.employer[worker] = ids::DecisionMakerId::NONE;
    // One who was looking already goes on with the same search.
    if workers.looking.has(worker) {
        workers.looking.set(worker, false);
    } else {
        workers.begin_search(worker, week, false, narrow(contacts));
    }
}

fn narrow(contacts: u32) -> u8 {
    u8::try_from(contacts).expect("a worker has at most 16 contacts, promised by the range of contacts.most")
}

/// Adds a worker to the sums of a group.
pub(super) fn count(group: &mut Group, now_world: &crate::world::World, worker: usize) {
    group.n += 1;
    group.ability += now_world.workers.true_ability[worker];
    group.contacts += u32::from(now_world.contacts.count(worker));
    if now_world.workers.unemployed.has(worker) {
        group.n_out += 1;
        group.weeks_out += now_world.workers.weeks_out(worker, now_world.week);
    }
}

/// Counts who is out of work, who looks, for how long, and who they are.
pub(super) fn record_state(now: &mut Now<'_>) {
    let (world, tally) = (&*now.world, &mut *now.tally);
    tally.workers = ids::row(world.workers.len());
    tally.looking = world.workers.looking.count();
    now.desk.weeks_out.clear();
    now.desk.weeks_out.resize(MEDIAN_WEEKS + 1, 0);
    for word in 0..world.workers.unemployed.n_words() {
        for lane in members(world.workers.unemployed.word(word) | world.workers.looking.word(word)) {
            let worker = word * 64 + lane;
            count(&mut tally.pool, world, worker);
            now.record.count(Crowd::Pool, world, worker);
            if world.workers.unemployed.has(worker) {
                let weeks = world.workers.weeks_out(worker, world.week) as usize;
                now.desk.weeks_out[weeks.min(MEDIAN_WEEKS)] += 1;
                tally.long_unemployed += u32::from(weeks >= 27);
            }
        }
    }
    tally.unemployed = tally.pool.n_out;
    tally.median_weeks_out = median(&now.desk.weeks_out);
    if world.week % 4 == 0 {
        tally.contacts = Some((0..world.workers.len()).map(|w| world.contacts.alive(w, world.week)).sum());
    }
}

/// Median of a histogram of whole weeks: the middle one, or the mean of the two in the middle.
fn median(counts: &[u32]) -> Option<f64> {
    let n: u32 = counts.iter().sum();
    let at = |rank: u32| {
        let mut seen = 0;
        counts.iter().position(|&c| {
            seen += c;
            seen > rank
        })
    };
    let (low, high) = (at((n.max(1) - 1) / 2)?, at(n / 2)?);
    Some((f64::from(ids::row(low)) + f64::from(ids::row(high))) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_the_middle_one_or_between_the_two_in_the_middle() {
        assert_eq!(median(&[0, 0, 0]), None);
        assert_eq!(median(&[1, 0, 2]), Some(2.0));
        assert_eq!(median(&[2, 0, 1, 1]), Some(1.0));
        assert_eq!(median(&[0, 5]), Some(1.0));
    }
}
