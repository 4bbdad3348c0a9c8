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
use super::search::{closest_of, closest_of_four, wanted};
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
        writing.of_block(i, &mut block.targets, &mut block.applications);
        block.sort(n_ranges);
    });
    let written = step.pipeline.workers.iter().map(|block| block.applications.len()).sum();
    step.tally.requests[Channel::Cold as usize] = ids::row(written);
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
    fn of_block(&self, block: usize, targets: &mut Vec<u32>, applications: &mut Vec<Application>) {
        let workers = &self.world.workers;
        let first = block * (WORKERS / 64);
        for word in first..(first + WORKERS / 64).min(workers.unemployed.n_words()) {
            for lane in members(workers.unemployed.word(word) | workers.looking.word(word)) {
                self.of_worker(word * 64 + lane, targets, applications);
            }
        }
    }

    fn of_worker(&self, worker: usize, targets: &mut Vec<u32>, applications: &mut Vec<Application>) {
        let (workers, week) = (&self.world.workers, self.world.week);
        let luck = self.head.branch(ids::row(worker));
        let n = self.rules.applications[usize::from(!workers.unemployed.has(worker))].count(luck.rank());
        if n == 0 {
            return;
        }
        let (sought, lowest) = wanted(self.scenario, self.rules, workers, worker, week);
        let choice = Choice { sought, lowest, compared: self.scenario.search.vacancies_compared };
        if targets.len() < n as usize {
            targets.resize(n as usize, 0);
        }
        let kept = choice.write(self.vacancies, luck.numbers(), &mut targets[..n as usize]);
        self.drop_repeated(worker, &targets[..kept], applications);
    }

    /// Puts down those that would not be written twice, nor to somebody who has met him.
    fn drop_repeated(&self, worker: usize, targets: &[u32], applications: &mut Vec<Application>) {
        let (id, resume) = (ids::row(worker), self.world.workers.resume_signal[worker]);
        let table = &self.world.decision_makers;
        let mut written = 0_u64;
        for (position, &decision_maker) in targets.iter().enumerate() {
            let target = decision_maker as usize;
            // One bit for the last binary digits of each: where it is not set, nothing is repeated.
            let bit = 1 << (target % 64);
            let maybe = written & bit != 0 || table.may_have_met(target, worker);
            if maybe && (targets[..position].contains(&decision_maker) || table.has_met(target, worker)) {
                continue;
            }
            applications.push(Application { decision_maker, worker: id, resume });
            written |= bit;
        }
    }
}

/// What decides which vacancies somebody writes to.
#[derive(Clone, Copy)]
struct Choice {
    sought: f64,
    lowest: f64,
    compared: u32,
}

impl Choice {
    /// Chooses as many vacancies as there is room for; returns how many of them pay enough, which come first.
    ///
    /// By itself, so that all it works on stays in registers; without a branch on whether the salary will do, which is
    /// a coin's toss.
    #[inline(never)]
    fn write(self, vacancies: &Vacancies, mut luck: Numbers, targets: &mut [u32]) -> usize {
        let (levels, offers) = (vacancies.levels.as_slice(), vacancies.offers.as_slice());
        let mut kept = 0;
        // Mostly four are compared: laid out for that, so that no step waits for the one before.
        if self.compared == 4 {
            for _ in 0..targets.len() {
                let offer = offers[closest_of_four(levels, &mut luck, self.sought) as usize];
                targets[kept] = offer.1;
                kept += usize::from(offer.0 >= self.lowest);
            }
            return kept;
        }
        for _ in 0..targets.len() {
            let offer = offers[closest_of(vacancies, &mut luck, self.compared, self.sought)];
            targets[kept] = offer.1;
            kept += usize::from(offer.0 >= self.lowest);
        }
        kept
    }
}
