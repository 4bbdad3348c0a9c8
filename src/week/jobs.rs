//! Jobs and people: jobs end, people look, stop looking, leave the labour force and enter it.
//!
//! Who acts: every worker; nobody reads another. Reads: jobs, states. Writes: states, searches, entrants; then
//! records the state of the week.
//! Draws: `Separation` and `Look`, `Leave` by 64 workers at once; `StopLooking` by worker.
//! Keeps: one state per worker; one who leaves is replaced at once.
//! Source: our assumption; the order is that of Calvó-Armengol and Jackson (2004), where jobs end last in a period.

use super::Step;
use super::blocks::for_each;
use super::diary::{Event, Portrait, Who};
use super::pipeline::Moves;
use super::record::Ending;
use super::rules::Rules;
use super::tally::Group;
use crate::ids;
use crate::scenario::Scenario;
use crate::streams::{Draw, Purpose};
use crate::world::World;
use crate::world::bits::members;
use crate::world::workers::Workers;

pub(super) fn run(step: &mut Step<'_>) {
    let heads = Heads::of(step);
    let (scenario, rules, world) = (step.scenario, step.rules, &*step.world);
    step.pipeline.moves.resize(world.workers.unemployed.n_words(), Moves::default());
    for_each(rules.parallel, &mut step.pipeline.moves, |word, moves| {
        *moves = decide(scenario, rules, world, &heads, word);
    });
    for word in 0..step.pipeline.moves.len() {
        if step.pipeline.moves[word] != Moves::default() {
            apply(step, word);
        }
    }
    let workers = &mut step.world.workers;
    workers.recorded_unemployed.copy_from(&workers.unemployed);
    record_state(step);
}

/// Where this week's luck of workers is read.
struct Heads {
    leave: Draw,
    look: Draw,
    stop_looking: Draw,
    separation: Draw,
}

impl Heads {
    fn of(step: &Step<'_>) -> Self {
        let head = |purpose| step.world.draws.head(purpose, step.world.week);
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

fn apply(step: &mut Step<'_>, word: usize) {
    let Moves { leaving, separated, starting, stopping } = step.pipeline.moves[word];
    let week = step.world.week;
    for lane in members(leaving) {
        leave(step, word * 64 + lane);
    }
    for lane in members(separated) {
        separate(step, word * 64 + lane);
    }
    for lane in members(starting) {
        let worker = word * 64 + lane;
        step.world.change(worker, |workers, contacts| {
            let known = narrow(contacts.fade(worker, week).len());
            workers.looking.set(worker, true);
            workers.begin_search(worker, week, true, known);
        });
        count_search(step, worker);
        step.record.emit(week, Who::worker(worker), Event::StartsLooking);
    }
    for lane in members(stopping) {
        let worker = word * 64 + lane;
        step.record.end_search(step.world, worker, Ending::Stopped, None);
        step.record.emit(week, Who::worker(worker), Event::StopsLooking);
        step.world.change(worker, |workers, _| {
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

fn leave(step: &mut Step<'_>, worker: usize) {
    if step.world.workers.is_seeking(worker) {
        step.record.end_search(step.world, worker, Ending::Left, None);
    }
    let (scenario, draws, week) = (step.scenario, step.world.draws, step.world.week);
    step.record.emit(week, Who::worker(worker), Event::Leaves);
    step.world.change(worker, |workers, contacts| {
        contacts.clear(worker, week);
        workers.seller[worker] = ids::IntroducerId::NONE;
        workers.replace(scenario, &draws, worker, week);
    });
    count_search(step, worker);
    if step.record.sees(Who::worker(worker)) {
        step.record.emit(week, Who::worker(worker), Event::Enters(Portrait::of(step.world, worker)));
    }
}

fn separate(step: &mut Step<'_>, worker: usize) {
    let week = step.world.week;
    step.tally.separations += 1;
    step.record.emit(week, Who::worker(worker).at(step.world.workers.employer[worker]), Event::LosesJob);
    if !step.world.workers.looking.has(worker) {
        count_search(step, worker);
    }
    step.world.change(worker, |workers, contacts| {
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
fn count_search(step: &mut Step<'_>, worker: usize) {
    step.tally.searches[step.world.workers.third(worker)] += 1;
}

fn narrow(contacts: usize) -> u8 {
    u8::try_from(contacts).expect("a worker has at most 16 contacts, promised by the range of contacts.most")
}

/// Counts who is out of work, who looks, for how long, and who they are.
pub(super) fn record_state(step: &mut Step<'_>) {
    let (world, tally) = (&*step.world, &mut *step.tally);
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
    step.record.count_pool(step.world);
}
