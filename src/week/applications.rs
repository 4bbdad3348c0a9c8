//! Phase 4: seekers write to decision-makers they do not know.
//!
//! Who acts: every seeker. Reads: vacancies, salaries, his own level and reservation. Writes: requests.
//! Draws: `Applications` by worker: the number, then for each application the vacancies compared.
//! Keeps: one application per decision-maker and week; none to one whom he has met about this vacancy.
//! Source: our assumption.

use rayon::prelude::*;

use super::Now;
use super::desk::{Block, Request};
use super::rules::Rules;
use super::search::{level_sought, reservation};
use super::tally::Channel;
use crate::ids::{self, TieId};
use crate::scenario::Scenario;
use crate::streams::{self, Purpose};
use crate::world::World;
use crate::world::bits::members;

/// Words of 64 workers in a block; the layout never depends on threads.
const BLOCK_WORDS: usize = 64;

pub(super) fn run(now: &mut Now<'_>) {
    if now.world.decision_makers.open.count() == 0 {
        return;
    }
    let (scenario, rules, world) = (now.scenario, now.rules, &*now.world);
    let n_blocks = world.workers.unemployed.n_words().div_ceil(BLOCK_WORDS);
    if now.desk.blocks.len() < n_blocks {
        now.desk.blocks.resize(n_blocks, Block::default());
    }
    let blocks = &mut now.desk.blocks[..n_blocks];
    if rules.parallel {
        blocks
            .par_iter_mut()
            .enumerate()
            .for_each(|(i, block)| apply(scenario, rules, world, i, &mut block.requests));
    } else {
        blocks
            .iter_mut()
            .enumerate()
            .for_each(|(i, block)| apply(scenario, rules, world, i, &mut block.requests));
    }
    for block in blocks {
        now.desk.requests.append(&mut block.requests);
    }
    now.tally.requests[Channel::Cold as usize] = ids::row(now.desk.requests.len());
}

/// Applications of one block of workers.
fn apply(scenario: &Scenario, rules: &Rules, world: &World, block: usize, requests: &mut Vec<Request>) {
    let workers = &world.workers;
    let last = (block * BLOCK_WORDS + BLOCK_WORDS).min(workers.unemployed.n_words());
    for word in block * BLOCK_WORDS..last {
        for lane in members(workers.unemployed.word(word) | workers.looking.word(word)) {
            write_to_vacancies(scenario, rules, world, word * 64 + lane, requests);
        }
    }
}

fn write_to_vacancies(
    scenario: &Scenario,
    rules: &Rules,
    world: &World,
    worker: usize,
    requests: &mut Vec<Request>,
) {
    let workers = &world.workers;
    let luck = world.draws.at(Purpose::Applications, world.week, ids::row(worker), 0);
    let table = &rules.applications[usize::from(!workers.unemployed.has(worker))];
    let n = table.count(luck.uniform());
    if n == 0 {
        return;
    }
    let sought = level_sought(scenario, rules, workers, worker, world.week);
    let lowest = reservation(scenario, rules, workers, worker, world.week);
    let from = requests.len();
    for application in 0..n {
        let target = closest_of(world, luck.branch(application), scenario.search.vacancies_compared, sought);
        let written = requests[from..].iter().any(|r| r.decision_maker == target);
        let row = target as usize;
        if !written
            && world.decision_makers.salary[row] >= lowest
            && !world.decision_makers.has_met(row, worker)
        {
            let worker = ids::row(worker);
            requests.push(Request {
                decision_maker: target,
                worker,
                channel: Channel::Cold,
                tie: TieId::NONE,
            });
        }
    }
}

/// Of so many random vacancies the one closest in level; of equally close ones the first drawn. A random vacancy is a
/// random decision-maker, drawn again while she has none: the first `compared` of one sequence who have one.
///
/// There is no branch on whether she has one: it could not be predicted, and this loop is the hottest of a week. Where
/// she has none, the distance is infinite and never the least.
pub(super) fn closest_of(world: &World, luck: streams::Draw, compared: u32, sought: f64) -> u32 {
    let levels = &world.decision_makers.open_level;
    let bound = ids::row(levels.len());
    let mut best = (f64::INFINITY, u32::MAX);
    let (mut found, mut position) = (0, 0);
    while found < compared {
        let row = streams::below(luck.sub(position), bound);
        let distance = (levels[row as usize] - sought).abs();
        best = if distance < best.0 { (distance, row) } else { best };
        found += u32::from(distance < f64::INFINITY);
        position += 1;
    }
    best.1
}
