//! Work on a sweep: tasks spread over threads, rows handed over as they are finished, in whatever order.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};

use super::plan::{Sweep, Task};
use super::row::{Row, reduce};
use crate::engine::replication::weeks_of_fork;
use crate::engine::{Failure, continue_from, openings};
use crate::experiments::known;
use crate::experiments::stationarity::{self, Blocks};
use crate::scenario::Scenario;

/// Something that was finished.
#[derive(Clone, Debug)]
pub enum Event {
    /// A point.
    Row(Row),
    /// A burn-in of a labour market; its last two blocks, if it is long enough.
    BurnIn {
        /// Number of the labour market.
        market: usize,
        /// Its blocks.
        blocks: Option<Blocks>,
    },
}

/// What every task of one sweep shares.
struct Shared {
    sweep: Arc<Sweep>,
    stop: Arc<AtomicBool>,
    week_done: Box<dyn Fn() + Send + Sync>,
    events: Sender<Event>,
}

/// Starts the tasks on a pool and returns at once; the channel closes when all are done.
///
/// Nothing new is begun once `stop` is set. What is in progress then goes on until the caller ends the program: a cell
/// that nobody will read may be dropped anywhere.
pub fn start(
    pool: &rayon::ThreadPool,
    sweep: &Arc<Sweep>,
    tasks: Vec<Task>,
    stop: &Arc<AtomicBool>,
    week_done: Box<dyn Fn() + Send + Sync>,
) -> Receiver<Event> {
    let (events, receiver) = channel();
    let shared = Arc::new(Shared { sweep: Arc::clone(sweep), stop: Arc::clone(stop), week_done, events });
    for task in tasks {
        let shared = Arc::clone(&shared);
        pool.spawn(move || shared.burn_in(&task));
    }
    receiver
}

impl Shared {
    /// Lives through the burn-in and the organic fork that its cells share, then leaves each cell to whatever thread is free; the own thread takes them first, so
    /// that there are never many more worlds than threads.
    fn burn_in(self: &Arc<Self>, task: &Task) {
        if self.stop.load(Ordering::Relaxed) {
            return;
        }
        let market = self.sweep.scenario(task.cells[0]);
        let market = market.map_err(|problem| Failure::Bug(problem.title().to_owned()));
        let opening = market.and_then(|market| openings::begin(&market, task.replication, &*self.week_done));
        if let Ok(opening) = &opening {
            self.say(Event::BurnIn { market: task.market, blocks: stationarity::blocks(&opening.weeks) });
        }
        let forked = opening.and_then(|opening| {
            let cells = task.cells.iter().filter_map(|&cell| self.sweep.scenario(cell).ok());
            let (known, cells): (Vec<Scenario>, Vec<Scenario>) =
                cells.partition(|scenario| known::find(scenario, task.replication).is_some());
            if cells.is_empty() {
                (0..weeks_of_fork(&known)).for_each(|_| (self.week_done)());
                return Ok(opening);
            }
            let shared: Vec<&Scenario> = cells.iter().collect();
            openings::fork(&shared, task.replication, opening, &*self.week_done)
        });
        let opening = Arc::new(forked);
        // The last one spawned is the first that this thread takes up.
        for &cell in task.cells.iter().rev() {
            let (shared, opening, replication) = (Arc::clone(self), Arc::clone(&opening), task.replication);
            rayon::spawn(move || {
                if shared.stop.load(Ordering::Relaxed) {
                    return;
                }
                let result = shared.sweep.scenario(cell).map_err(|problem| problem.title().to_owned());
                let live = |scenario: Scenario| {
                    if let Some(values) = known::find(&scenario, replication) {
                        (0..scenario.run.weeks).for_each(|_| (shared.week_done)());
                        return Ok(values);
                    }
                    let opening = opening.as_ref().as_ref().map_err(Failure::clone);
                    let history = opening
                        .and_then(|one| continue_from(&scenario, one.world.clone(), &*shared.week_done));
                    let reduced = reduce(&scenario, history);
                    if let Ok(values) = &reduced {
                        known::keep(&scenario, replication, values);
                    }
                    reduced
                };
                shared.say(Event::Row(Row { cell, replication, result: result.and_then(live) }));
            });
        }
    }

    /// Hands an event over; if nobody listens any more, nobody needs it.
    fn say(&self, event: Event) {
        let _ = self.events.send(event);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiments::sweep::{Axis, Values};

    /// One point of a small market, two replications.
    fn sweep() -> Sweep {
        let mut base = Scenario::default();
        let settings = [
            ("workers.count", "200"),
            ("decision_makers.count", "20"),
            ("introducers.count", "10"),
            ("introducers.ties", "5"),
            ("run.burn_in", "3"),
            ("run.weeks", "2"),
        ];
        for (path, value) in settings {
            base.set(path, value).unwrap();
        }
        Sweep::of_points(base, Axis::of_key("run.seed"), vec![vec!["31".to_owned()]])
    }

    #[test]
    fn a_market_whose_outcomes_are_known_is_not_lived_again() {
        let sweep = Arc::new(sweep());
        let planted = Values { opening_hash: "planted".to_owned(), outcomes: vec![Some(7.0)] };
        known::keep(&sweep.scenario(0).unwrap(), 1, &planted);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let tasks = sweep.tasks(0..2, |_| true).unwrap();
        let events = start(&pool, &sweep, tasks, &Arc::default(), Box::new(|| {}));
        let mut rows: Vec<Row> = events
            .iter()
            .filter_map(|event| match event {
                Event::Row(row) => Some(row),
                Event::BurnIn { .. } => None,
            })
            .collect();
        rows.sort_by_key(|row| row.replication);
        assert_eq!(rows[1].result, Ok(planted));
        let lived = rows[0].result.clone().unwrap();
        assert_ne!(lived.opening_hash, "planted");
        assert_eq!(known::find(&sweep.scenario(0).unwrap(), 0), Some(lived));
    }
}
