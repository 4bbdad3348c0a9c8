//! The plan of a sweep: cells, points, and the tasks that points are worked on in.

use std::ops::Range;

use super::contrasts::Contrasted;
use super::map;
use crate::experiments::keep::deal;
use crate::experiments::outcomes::Metric;
use crate::scenario::{Problem, Scenario};

/// One knob of a sweep, as tables and maps show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Axis {
    /// What tables call it: its label, or the dotted path of its key.
    pub name: String,
    /// The dotted path of its key; empty where it chooses between alternatives of several keys.
    pub path: String,
    /// Unit of its numbers; empty where it has none.
    pub unit: String,
    /// What it means.
    pub meaning: String,
    /// Values in the order of a grid, as cells have them; empty where a design draws from a range.
    pub levels: Vec<String>,
    /// What each of its names stands for; empty for a knob of one key.
    pub alternatives: Vec<Alternative>,
}

/// One of several settings of many keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// Its name.
    pub name: String,
    /// Keys and their values as TOML.
    pub set: Vec<(String, String)>,
}

/// What is swept.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// Name of the experiment.
    pub name: String,
    /// One line on it.
    pub title: String,
    /// How the cells were chosen, in a word: "grid", "latin", "sobol".
    pub design: String,
    /// Name of the scenario that the knobs are turned in.
    pub base_name: String,
    /// The scenario; its replications and weeks hold for every cell.
    pub base: Scenario,
    /// Outcomes that the file asks for, beside those that every map has.
    pub metrics: Vec<String>,
    /// The knobs.
    pub axes: Vec<Axis>,
    /// Cells: a value of each knob, as TOML in plain numbers, or the name of an alternative.
    pub cells: Vec<Vec<String>>,
    /// Knobs along which settings are compared.
    pub contrasts: Vec<Contrasted>,
    /// How often cells that are open are given more replications, and looked at again; 1 for never.
    pub looks: u32,
    /// Weeks from the opening on to which the horizon may double while a market moves; `None` where it does not.
    pub most_weeks: Option<u32>,
    /// How often it has doubled, so that the base has its weeks.
    pub doubled: u32,
    /// Weeks of markets that all looks together may take, the first in any case; `None` without a bound.
    pub budget: Option<u64>,
}

/// Cells of one labour market in one replication, to be worked on one after the other on one burn-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Number of the labour market, by its first cell.
    pub market: usize,
    /// Number of the replication.
    pub replication: u32,
    /// Cells.
    pub cells: Vec<usize>,
    /// What it is thought to cost, in weeks of a worker.
    pub cost: u64,
}

/// Weeks of cells that a task should have for each week of its burn-in, so that living through it again on another
/// machine costs a quarter at most.
const WORTH_A_BURN_IN: u64 = 4;

impl Sweep {
    /// Replications of each cell at the first look.
    #[must_use]
    pub fn replications(&self) -> u32 {
        self.base.run.replications
    }

    /// Most replications that a cell may come to have.
    #[must_use]
    pub fn most_replications(&self) -> u32 {
        self.replications() << (self.looks.max(1) - 1)
    }

    /// How many points there may be.
    #[must_use]
    pub fn points(&self) -> u64 {
        self.points_of_horizon() * u64::from(self.horizons())
    }

    /// How many points a horizon may have.
    fn points_of_horizon(&self) -> u64 {
        self.cells.len() as u64 * u64::from(self.most_replications())
    }

    /// The number of a point.
    #[must_use]
    pub fn point(&self, cell: usize, replication: u32) -> u64 {
        let before = self.points_of_horizon() * u64::from(self.doubled);
        before + cell as u64 * u64::from(self.most_replications()) + u64::from(replication)
    }

    /// The scenario of a cell.
    ///
    /// # Errors
    /// If a value does not fit its key, which a plan that was read from a checked file never has.
    pub fn scenario(&self, cell: usize) -> Result<Scenario, Problem> {
        self.turned(&self.cells[cell])
    }

    /// The base with a value of each knob.
    pub(super) fn turned(&self, values: &[String]) -> Result<Scenario, Problem> {
        let mut scenario = self.base.clone();
        for (axis, value) in self.axes.iter().zip(values) {
            if axis.alternatives.is_empty() {
                scenario.set(&axis.path, value)?;
            }
            let chosen = axis.alternatives.iter().filter(|alternative| alternative.name == *value);
            for (path, value) in chosen.flat_map(|alternative| &alternative.set) {
                scenario.set(path, value)?;
            }
        }
        Ok(scenario)
    }

    /// The tasks of some replications of some cells, replication by replication: the same for any number of threads or shards.
    ///
    /// # Errors
    /// As [`Sweep::scenario`].
    pub fn tasks(&self, replications: Range<u32>, has: impl Fn(usize) -> bool) -> Result<Vec<Task>, Problem> {
        // Of each labour market its cells, and its workers, who are the same in all of them.
        let mut markets: Vec<(Vec<usize>, u64)> = Vec::new();
        let mut known = std::collections::BTreeMap::new();
        for cell in 0..self.cells.len() {
            let scenario = self.scenario(cell)?;
            let market = blake3::hash(scenario.labour_market().as_bytes());
            let number = *known.entry(*market.as_bytes()).or_insert(markets.len());
            if number == markets.len() {
                markets.push((Vec::new(), u64::from(scenario.workers.count)));
            }
            // A labour market has its number whether or not any of its cells is asked for.
            if has(cell) {
                markets[number].0.push(cell);
            }
        }
        let run = &self.base.run;
        let least = WORTH_A_BURN_IN * u64::from(run.burn_in);
        let cells = usize::try_from(least.div_ceil(u64::from(run.weeks.max(1)))).unwrap_or(usize::MAX).max(1);
        let mut tasks = Vec::new();
        for replication in replications {
            for (market, (members, workers)) in markets.iter().enumerate() {
                let task = |cells: &[usize]| {
                    let weeks = u64::from(run.burn_in) + u64::from(run.weeks) * cells.len() as u64;
                    Task { market, replication, cells: cells.to_vec(), cost: workers * weeks }
                };
                tasks.extend(members.chunks(cells).map(task));
            }
        }
        Ok(tasks)
    }

    /// Outcomes whose means stand in the map: the usual ones, then those that the file asks for beside them.
    #[must_use]
    pub fn means(&self) -> Vec<&'static str> {
        let asked = self.metrics.iter().filter_map(|name| Metric::of(name)).map(|metric| metric.name);
        let mut means = map::MEANS.to_vec();
        let there = |name: &&str| [&map::MEANS[..], &map::SIZE].concat().contains(name);
        means.extend(asked.filter(|name| !there(name)));
        means
    }

    /// Weeks of markets of one replication of one cell by itself.
    #[must_use]
    pub fn weeks_of_one(&self, cell: usize) -> u64 {
        self.weeks(&[Task { market: 0, replication: 0, cells: vec![cell], cost: 0 }])
    }

    /// Weeks that these tasks simulate, burn-ins and organic forks included.
    #[must_use]
    pub fn weeks(&self, tasks: &[Task]) -> u64 {
        let run = &self.base.run;
        let sells = |&cell: &usize| self.scenario(cell).is_ok_and(|scenario| scenario.may_sell());
        let sells: Vec<bool> = (0..self.cells.len()).map(|cell| sells(&cell)).collect();
        let weeks = |task: &Task| {
            let lives = task.cells.len() as u64 + u64::from(task.cells.iter().any(|&cell| sells[cell]));
            u64::from(run.burn_in) + u64::from(run.weeks) * lives
        };
        tasks.iter().map(weeks).sum()
    }
}

/// To which of so many shards each task goes, so that all have about as much to do.
#[must_use]
pub fn dealt(tasks: &[Task], of: u64) -> Vec<u64> {
    deal(&tasks.iter().map(|task| task.cost).collect::<Vec<_>>(), of)
}

/// The tasks of shard `index` of `of`, without the points that are done, neighbours of one labour market and replication
/// put together: on one machine every burn-in is lived through once.
#[must_use]
pub fn share(tasks: &[Task], (index, of): (u64, u64), is_done: impl Fn(usize, u32) -> bool) -> Vec<Task> {
    let mut own: Vec<Task> = Vec::new();
    let hands = dealt(tasks, of);
    for (task, _) in tasks.iter().zip(hands).filter(|(_, hand)| *hand == index) {
        let mut task = task.clone();
        task.cells.retain(|&cell| !is_done(cell, task.replication));
        match own.last_mut() {
            Some(last) if (last.market, last.replication) == (task.market, task.replication) => {
                last.cells.extend(task.cells);
                last.cost += task.cost;
            }
            _ if task.cells.is_empty() => {}
            _ => own.push(task),
        }
    }
    own
}

#[cfg(test)]
impl Sweep {
    /// A grid without a name whose points a test gives, looked at once.
    pub(super) fn of_points(base: Scenario, axis: Axis, cells: Vec<Vec<String>>) -> Self {
        Self {
            name: String::new(),
            title: String::new(),
            design: "grid".to_owned(),
            base_name: String::new(),
            base,
            metrics: Vec::new(),
            axes: vec![axis],
            cells,
            contrasts: Vec::new(),
            looks: 1,
            most_weeks: None,
            doubled: 0,
            budget: None,
        }
    }
}

#[cfg(test)]
impl Axis {
    /// A knob of one key.
    pub(super) fn of_key(path: &str) -> Self {
        Self {
            name: path.to_owned(),
            path: path.to_owned(),
            unit: String::new(),
            meaning: String::new(),
            levels: Vec::new(),
            alternatives: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_have_about_as_much_to_do_where_markets_differ_in_size() {
        // By turns the second shard would have all large markets.
        let task = |number: usize| {
            let cost = if number.is_multiple_of(2) { 1 } else { 10 };
            Task { market: number, replication: 0, cells: vec![number], cost }
        };
        let tasks: Vec<Task> = (0..8).map(task).collect();
        let shards = [0, 1].map(|one| share(&tasks, (one, 2), |_, _| false));
        assert_eq!(shards.each_ref().map(|own| own.iter().map(|task| task.cost).sum::<u64>()), [22, 22]);
        let mut cells: Vec<usize> = shards.iter().flatten().flat_map(|task| task.cells.clone()).collect();
        cells.sort_unstable();
        assert_eq!(cells, (0..8).collect::<Vec<_>>());
    }

    #[test]
    fn a_task_costs_the_weeks_of_all_its_workers() {
        let mut base = Scenario::default();
        (base.run.burn_in, base.run.weeks, base.run.replications) = (10, 52, 1);
        let cells = [["200"], ["1000"]].map(|cell| cell.map(str::to_owned).to_vec()).to_vec();
        let sweep = Sweep::of_points(base, Axis::of_key("workers.count"), cells);
        let costs: Vec<u64> = sweep.tasks(0..1, |_| true).unwrap().iter().map(|task| task.cost).collect();
        assert_eq!(costs, [200 * 62, 1000 * 62]);
    }
}
