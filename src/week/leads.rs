//! Phase 3: workers hear of outside jobs, take them or pass them to a friend.
//!
//! Who acts: every worker, employed or not. Reads: the recorded state, friendships. Writes: jobs.
//! Draws: `Lead` by 64 workers at once; `PassLead` by (hearer, friend).
//! Keeps: further leads to the same person are lost; a lead is at the usual salary of whoever takes it.
//! Source: Calvó-Armengol and Jackson (2004), "The effects of social networks on employment and inequality",
//! *American Economic Review* 94(3).

use super::{Now, hiring};
use crate::ids;
use crate::streams::Purpose;
use crate::world::World;
use crate::world::bits::members;

pub(super) fn run(now: &mut Now<'_>) {
    let (rules, week) = (now.rules, now.world.week);
    for word in 0..now.world.workers.unemployed.n_words() {
        let heard = now.world.draws.gates(Purpose::Lead, week, ids::row(word), rules.lead);
        for lane in members(heard & now.world.workers.unemployed.valid(word)) {
            if let Some(taker) = taker(now.world, word * 64 + lane) {
                now.desk.leads.push(taker);
            }
        }
    }
    now.desk.leads.sort_unstable();
    now.desk.leads.dedup();
    for position in 0..now.desk.leads.len() {
        let worker = now.desk.leads[position] as usize;
        hiring::hire_outside(now, worker);
    }
}

/// Who gets the job that this worker hears of: himself, or one of his friends out of work, chosen uniformly.
fn taker(world: &World, hearer: usize) -> Option<u32> {
    let out = &world.workers.recorded_unemployed;
    let id = ids::row(hearer);
    if out.has(hearer) {
        return Some(id);
    }
    let friends = world.friends.of(hearer).iter().copied().filter(|&friend| out.has(friend as usize));
    friends.min_by_key(|&friend| (world.draws.at(Purpose::PassLead, world.week, id, friend).rank(), friend))
}
