//! Looking on: replications of a limit side by side, each week seen as it ends, and the hidden truth that checks compare.

use rayon::prelude::*;

use crate::engine::{Failure, WeekView, burn_in, continue_watched};
use crate::scenario::Scenario;
use crate::world::World;

/// Runs replications; each makes a watcher of the world at the opening, who sees every week and gives his account at the
/// end. Accounts come in the order of replications.
pub(super) fn watch<W: Send, A: Send>(
    scenario: &Scenario,
    replications: std::ops::Range<u32>,
    watcher: impl Fn(&World) -> W + Sync,
    see: impl Fn(&mut W, &WeekView<'_>) + Sync,
    account: impl Fn(W, &World) -> A + Sync,
) -> Result<Vec<A>, Failure> {
    let one = |replication: u32| {
        let opening = burn_in(scenario, replication, &|| {})?;
        let mut seen = watcher(&opening.world);
        let history = continue_watched(scenario, opening.world, &mut |lived| see(&mut seen, lived))?;
        Ok(account(seen, &history.world))
    };
    replications.into_par_iter().map(one).collect()
}

/// The same with an account of every week and none of the end, week after week within each replication.
pub(super) fn weeks<A: Send>(
    scenario: &Scenario,
    see: impl Fn(&WeekView<'_>) -> A + Sync,
) -> Result<Vec<Vec<A>>, Failure> {
    let every = 0..scenario.run.replications;
    watch(scenario, every, |_| Vec::new(), |seen, lived| seen.push(see(lived)), |seen, _| seen)
}

/// True ability of a worker, sd: what checks compare with theory and nobody in the market sees.
pub(super) fn ability_of(world: &World, worker: usize) -> f64 {
    world.workers.true_ability[worker]
}
