//! Cold applications: seekers write to decision-makers they do not know.
//!
//! Who acts: every seeker. Reads: vacancies, salaries, his own level and reservation. Writes: requests.
//! Draws: `Applications` by worker: the number, then for each application the vacancies compared, by their places in the
//! list of vacancies.
//! Keeps: one application per decision-maker and week; none to one whom he has met about this vacancy.
//! Source: our assumption.

use super::Step;
use super::blocks::for_each;
use super::pipeline::{Application, Vacancies, WORKERS};
use super::rules::Rules;
use super::search::{Wants, closest_of, closest_of_four, numbers_to_compare};
use super::tally::Channel;
use crate::ids;
use crate::scenario::Scenario;
use crate::streams::{Draw, Numbers, Purpose};
use crate::world::World;
use crate::world::bits::members;

pub(super) fn run(step: &mut Step<'_>) {
    if step.pipeline.vacancies.is_empty() {
        return;
    }
    let (world, vacancies) = (&*step.world, &step.pipeline.vacancies);
    let head = world.draws.head(Purpose::Applications, world.week);
    let writing = Writing { scenario: step.scenario, rules: step.rules, world, vacancies, head };
    let n_ranges = step.pipeline.decision_makers.len();
    for_each(step.rules.parallel, &mut step.pipeline.workers, |i, block| {
        writing.of_block(i, &mut block.applications);
        block.sort(n_ranges);
    });
    let written = step.pipeline.workers.iter().map(|block| block.applications.len()).sum();
    step.tally.requests[Channel::Cold as usize] = ids::row(written);
}

/// Words of 64 workers whose seekers think together.
const WORDS: usize = 4;
/// Applications that are chosen in one go.
const BATCH: usize = 256;

/// A seeker who writes, and what decides to whom.
#[derive(Clone, Copy, Default)]
struct Seeker {
    /// Level sought, sd.
    sought: f64,
    /// Lowest salary that he accepts, dollars a year.
    lowest: f64,
    /// What his résumé says, sd.
    resume: f64,
    /// His numbers, so far back that those of an application are found by its place among those of all who think together.
    luck: Numbers,
    worker: u32,
    /// One past the place of his last application.
    end: u32,
}

/// What writing needs.
struct Writing<'a> {
    scenario: &'a Scenario,
    rules: &'a Rules,
    world: &'a World,
    vacancies: &'a Vacancies,
    head: Draw,
}

impl Writing<'_> {
    /// Some seekers after the other say how many they write; then all of these are chosen in one loop, then those are
    /// dropped that must not be written. A loop for each seeker would be as short as chance has it, and the processor
    /// would go wrong at its end every time.
    fn of_block(&self, block: usize, applications: &mut Vec<Application>) {
        let workers = &self.world.workers;
        let first = block * (WORKERS / 64);
        let last = (first + WORKERS / 64).min(workers.unemployed.n_words());
        let mut seekers = [Seeker::default(); WORDS * 64];
        let mut chosen = [Application::default(); BATCH];
        let compared = self.scenario.search.vacancies_compared;
        for word in (first..last).step_by(WORDS) {
            let n = self.think(word..(word + WORDS).min(last), &mut seekers);
            let mut choice =
                Choice { vacancies: self.vacancies, compared, seekers: &seekers[..n], at: 0, written: 0 };
            let all = n.checked_sub(1).map_or(0, |last| seekers[last].end);
            while choice.written < all {
                let kept = choice.write(&mut chosen, all);
                self.drop_repeated(&chosen[..kept], applications);
            }
        }
    }

    /// Puts down those of some words who write, without a branch on who does; says how many.
    fn think(&self, words: std::ops::Range<usize>, seekers: &mut [Seeker; WORDS * 64]) -> usize {
        let (workers, week) = (&self.world.workers, self.world.week);
        let each = numbers_to_compare(self.scenario.search.vacancies_compared);
        let wants = Wants::of_all(self.scenario, self.rules, workers);
        let (mut n, mut end) = (0, 0);
        for word in words {
            for lane in members(workers.unemployed.word(word) | workers.looking.word(word)) {
                let worker = word * 64 + lane;
                let luck = self.head.branch(ids::row(worker));
                let employed = usize::from(!workers.unemployed.has(worker));
                let count = self.rules.applications[employed].count(luck.rank());
                let (sought, lowest) = wants.of(worker, week);
                let resume = workers.resume_signal[worker];
                let luck = luck.numbers().back(end * each);
                end += count;
                seekers[n] = Seeker { sought, lowest, resume, luck, worker: ids::row(worker), end };
                n += usize::from(count > 0);
            }
        }
        n
    }

    /// Puts down those that would not be written twice, nor to somebody who has met him.
    fn drop_repeated(&self, chosen: &[Application], applications: &mut Vec<Application>) {
        let table = &self.world.decision_makers;
        let (mut writer, mut written) = (u32::MAX, 0_u64);
        if let Some(last) = applications.last() {
            // Somebody may have begun to write in the batch before.
            writer = last.worker;
            written = own(applications, writer).fold(0, |bits, target| bits | bit(target));
        }
        for application in chosen {
            let Application { decision_maker, worker, .. } = *application;
            written = if worker == writer { written } else { 0 };
            writer = worker;
            // Where the bit is not set, nothing is repeated.
            let repeated = written & bit(decision_maker) != 0
                && own(applications, worker).any(|target| target == decision_maker);
            if repeated || table.has_met(decision_maker as usize, worker as usize) {
                continue;
            }
            applications.push(*application);
            written |= bit(decision_maker);
        }
    }
}

/// One bit for the last binary digits of a decision-maker.
const fn bit(decision_maker: u32) -> u64 {
    1 << (decision_maker % 64)
}

/// To whom the worker has written who wrote last, if this is he.
fn own(applications: &[Application], worker: u32) -> impl Iterator<Item = u32> {
    let own = applications.iter().rev().take_while(move |application| application.worker == worker);
    own.map(|application| application.decision_maker)
}

/// Choosing the vacancies to which some seekers write.
struct Choice<'a> {
    vacancies: &'a Vacancies,
    compared: u32,
    seekers: &'a [Seeker],
    /// Who is next.
    at: usize,
    /// Applications of all of them that have been chosen.
    written: u32,
}

impl Choice<'_> {
    /// Chooses as many as there is room for, up to `all`; returns how many of them pay enough, which come first.
    ///
    /// By itself, so that all it works on stays in registers; without a branch on whose turn it is or whether the salary
    /// will do, which are a coin's toss.
    #[inline(never)]
    fn write(&mut self, chosen: &mut [Application; BATCH], all: u32) -> usize {
        let (levels, offers) = (self.vacancies.levels.as_slice(), self.vacancies.offers.as_slice());
        let each = numbers_to_compare(self.compared);
        let (mut at, mut kept) = (self.at, 0);
        let until = all.min(self.written + ids::row(BATCH));
        for position in self.written..until {
            let seeker = &self.seekers[at];
            let mut luck = seeker.luck.ahead(position * each);
            // Mostly four are compared: laid out for that, so that no step waits for the one before.
            let place = if self.compared == 4 {
                closest_of_four(levels, &mut luck, seeker.sought)
            } else {
                closest_of(levels, &mut luck, self.compared, seeker.sought)
            };
            let (salary, decision_maker) = offers[place as usize];
            chosen[kept] = Application { decision_maker, worker: seeker.worker, resume: seeker.resume };
            kept += usize::from(salary >= seeker.lowest);
            at += usize::from(position + 1 == seeker.end);
        }
        (self.at, self.written) = (at, until);
        kept
    }
}
