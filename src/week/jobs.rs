//! Jobs and people: jobs end, people look, stop looking, leave the labour force and enter it.
//!
//! Who acts: every worker; nobody reads another. Reads: jobs, states. Writes: states, searches, entrants; then
//! records the state of the week.
//! Draws: `Separation` and `Look`, `Leave` by 64 workers at once; `StopLooking` by worker.
//! Keeps: one state per worker; one who leaves is replaced at once.
//! Source: our assumption; the order is that of Calvó-Armengol and Jackson (2004), where jobs end last in a period.

use super::Now;
use super::blocks::for_each;
use super::desk::Moves;
use super::diary::{Portrait, What, Who};
use super::record::Ending;
use super::rules::Rules;
use super::tally::Group;
use crate::ids;
use crate::scenario::Scenario;
use crate::streams::{Draw, Purpose};
use crate::world::World;
use crate::world::bits::members;
use crate::world::workers::Workers;

pub(super) fn run(now: &mut Now<'_>) {
    let heads = Heads::of(now);
    let (scenario, rules, world) = (now.scenario, now.rules, &*now.world);
    now.desk.moves.resize(world.workers.unemployed.n_words(), Moves::default());
    for_each(rules.parallel, &mut now.desk.moves, |word, moves| {
        *moves = decide(scenario, rules, world, &heads, word);
    });
    for word in 0..now.desk.moves.len() {
        if now.desk.moves[word] != Moves::default() {
            apply(now, word);
        }
    }
    let workers = &mut now.world.workers;
    workers.recorded_unemployed.copy_from(&workers.unemployed);
    record_state(now);
}

/// Where this week's luck of workers is read.
struct Heads {
    leave: Draw,
    look: Draw,
    stop_looking: Draw,
    separation: Draw,
}

impl Heads {
    fn of(now: &Now<'_>) -> Self {
        let head = |purpose| now.world.draws.head(purpose, now.world.week);
        Self {
            leave: head(Purpose::Leave),
            look: head(Purpose::Look),
            stop_looking: head(Purpose::StopLooking),
            separation: head(Purpose::Separation),
        }
    }
}

/// Decides for 64 workers on their state at the start of the week.
fn decide(scenario: &Scenario, rules: &Rules, world: &World, heads: &Heads, word: usize) -> Moves {
    let (workers, id) = (&world.workers, ids::row(word));
    let out = workers.unemployed.word(word);
    let employed = workers.unemployed.valid(word) & !out;
    let looking = workers.looking.word(word);
    let mut leaving = employed & rules.leave_employed.of(heads.leave, id);
    if out != 0 {
        let patience = scenario.workers.leave_after;
        for lane in members(out & rules.leave_unemployed.of(heads.leave, id)) {
            if workers.weeks_out(word * 64 + lane, world.week) >= patience {
                leaving |= 1 << lane;
            }
        }
    }
    let separated = separated(workers, heads, rules, word, employed & !leaving);
    let staying = employed & !leaving & !separated;
    let starting = staying & !looking & rules.look.of(heads.look, id);
    // Few look, and many of them stop: each has a number of his own.
    let mut stopping = 0;
    for lane in members(looking & staying) {
        let stops = rules.stop_looking.passes(heads.stop_looking.sub(ids::row(word * 64 + lane)));
        stopping |= u64::from(stops) << lane;
    }
    Moves { leaving, separated, starting, stopping }
}

fn apply(now: &mut Now<'_>, word: usize) {
    let Moves { leaving, separated, starting, stopping } = now.desk.moves[word];
    let week = now.world.week;
    for lane in members(leaving) {
        leave(now, word * 64 + lane);
    }
    for lane in members(separated) {
        separate(now, word * 64 + lane);
    }
    for lane in members(starting) {
        let worker = word * 64 + lane;
        now.world.change(worker, |workers, contacts| {
            let known = narrow(contacts.fade(worker, week).len());
            workers.looking.set(worker, true);
            workers.begin_search(worker, week, true, known);
        });
        count_search(now, worker);
        now.record.tell(week, Who::worker(worker), What::StartsLooking);
    }
    for lane in members(stopping) {
        let worker = word * 64 + lane;
        now.record.end_search(now.world, worker, Ending::Stopped, None);
        now.record.tell(week, Who::worker(worker), What::StopsLooking);
        now.world.change(worker, |workers, _| {
            workers.looking.set(worker, false);
            workers.seller[worker] = ids::IntroducerId::NONE;
        });
    }
}

/// Whose jobs end. A gate of 64 at the chance of a frail job says who is looked at: each of them keeps the share of that
/// chance that his own job has. The few whose jobs are frailer are looked at every week.
fn separated(workers: &Workers, heads: &Heads, rules: &Rules, word: usize, employed: u64) -> u64 {
    let frail = workers.frail.word(word);
    let drawn = rules.frail_job.of(heads.separation, ids::row(word));
    let mut separated = 0_u64;
    for lane in members(employed & (drawn | frail)) {
        let worker = word * 64 + lane;
        let ends = workers.separation[worker].passes(heads.separation.branch(ids::row(worker)).second_bits());
        separated |= u64::from(ends) << lane;
    }
    separated
}

fn leave(now: &mut Now<'_>, worker: usize) {
    if now.world.workers.is_seeking(worker) {
        now.record.end_search(now.world, worker, Ending::Left, None);
    }
    let (scenario, draws, week) = (now.scenario, now.world.draws, now.world.week);
    now.record.tell(week, Who::worker(worker), What::Leaves);
    now.world.change(worker, |workers, contacts| {
        contacts.clear(worker, week);
        workers.seller[worker] = ids::IntroducerId::NONE;
        workers.replace(scenario, &draws, worker, week);
    });
    count_search(now, worker);
    if now.record.sees(Who::worker(worker)) {
        now.record.tell(week, Who::worker(worker), What::Enters(Portrait::of(now.world, worker)));
    }
}

fn separate(now: &mut Now<'_>, worker: usize) {
    let week = now.world.week;
    now.tally.separations += 1;
    now.record.tell(week, Who::worker(worker).at(now.world.workers.employer[worker]), What::LosesJob);
    if !now.world.workers.looking.has(worker) {
        count_search(now, worker);
    }
    now.world.change(worker, |workers, contacts| {
        let known = narrow(contacts.fade(worker, week).len());
        workers.unemployed.set(worker, true);
        workers.out_since[worker] = week;
        workers.employer[worker] = ids::DecisionMakerId::NONE;
        // One who was looking already goes on with the same search.
        if workers.looking.has(worker) {
            workers.looking.set(worker, false);
        } else {
            workers.begin_search(worker, week, false, known);
        }
    });
}

/// Counts a search that begins.
fn count_search(now: &mut Now<'_>, worker: usize) {
    now.tally.searches[now.world.workers.third(worker)] += 1;
}

fn narrow(contacts: usize) -> u8 {
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
    let out = world.totals.weeks_out(world.week);
    tally.workers = ids::row(world.workers.len());
    tally.looking = world.totals.seekers - out.n;
    tally.unemployed = out.n;
    tally.median_weeks_out = out.median;
    tally.long_unemployed = out.long;
    tally.pool = Group {
        n: world.totals.seekers,
        ability: world.totals.ability(),
        contacts: world.totals.contacts,
        n_out: out.n,
        weeks_out: out.sum,
    };
    if world.week.is_multiple_of(4) {
        tally.contacts = Some(world.contacts.alive());
    }
    now.record.count_pool(now.world);
}
