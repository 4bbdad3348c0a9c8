//! Leads: workers hear of outside jobs, take them or pass them to a friend.
//!
//! Who acts: every worker, employed or not. Reads: the recorded state, friendships. Writes: jobs.
//! Draws: `Lead` by 64 workers at once; `PassLead` by (hearer, friend), where there is more than one.
//! Keeps: further leads to the same person are lost; a lead is at the usual salary of whoever takes it.
//! Source: Calvó-Armengol and Jackson (2004), "The effects of social networks on employment and inequality",
//! *American Economic Review* 94(3).

use super::blocks::for_each;
use super::pipeline::WORKERS;
use super::{Step, hiring};
use crate::ids;
use crate::streams::{Draw, Purpose};
use crate::world::World;
use crate::world::bits::members;

pub(super) fn run(step: &mut Step<'_>) {
    let (rules, week) = (step.rules, step.world.week);
    let (world, heard) = (&*step.world, step.world.draws.head(Purpose::Lead, week));
    let passed = world.draws.head(Purpose::PassLead, week);
    for_each(rules.parallel, &mut step.pipeline.workers, |block, buffers| {
        let first = block * (WORKERS / 64);
        for word in first..(first + WORKERS / 64).min(world.workers.unemployed.n_words()) {
            let hearers = rules.lead.of(heard, ids::row(word)) & world.workers.unemployed.valid(word);
            buffers.leads.extend(members(hearers).filter_map(|lane| taker(world, passed, word * 64 + lane)));
        }
    });
    for block in &mut step.pipeline.workers {
        step.pipeline.leads.append(&mut block.leads);
    }
    step.pipeline.leads.sort_unstable();
    step.pipeline.leads.dedup();
    for position in 0..step.pipeline.leads.len() {
        let worker = step.pipeline.leads[position] as usize;
        hiring::hire_outside(step, worker);
    }
}

/// Who gets the job that this worker hears of: himself, or one of his friends out of work, chosen uniformly.
fn taker(world: &World, passed: Draw, hearer: usize) -> Option<u32> {
    let out = &world.workers.recorded_unemployed;
    let id = ids::row(hearer);
    if out.has(hearer) {
        return Some(id);
    }
    let mut friends = world.friends.of(hearer).iter().copied().filter(|&friend| out.has(friend as usize));
    let first = friends.next()?;
    let Some(second) = friends.next() else { return Some(first) };
    let luck = passed.branch(id);
    [first, second].into_iter().chain(friends).min_by_key(|&friend| (luck.sub(friend), friend))
}
