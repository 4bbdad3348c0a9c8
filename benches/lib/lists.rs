//! Work made of many markets: the library, and a map.

use introsim::engine::Arm;
use introsim::scenario::Scenario;

use super::markets::{self, Kind};

/// Every shipped scenario that can be run, so many replications each; in the order of names.
///
/// # Panics
/// If the folder cannot be read.
#[must_use]
pub fn library(replications: u32) -> Vec<Arm> {
    let entries = std::fs::read_dir(markets::folder()).expect("the folder of scenarios");
    let names = entries.map(|entry| entry.expect("an entry of it").file_name().into_string());
    let mut names: Vec<String> = names.map(|name| name.expect("a name in UTF-8")).collect();
    names.retain(|name| name.ends_with(".toml") && name != "base.toml");
    names.sort();
    names.into_iter().map(|name| arm(&name, markets::load(&name), replications)).collect()
}

/// A map of 100 cells, one replication each: ten shares of salary by ten shares of introducers who sell.
#[must_use]
pub fn map() -> Vec<Arm> {
    let paid = Kind::Paid.scenario(10_000);
    let cells = (0..100_u32).map(|cell| {
        let mut scenario = paid.clone();
        scenario.contract.share_of_salary = 0.05 * f64::from(1 + cell / 10);
        scenario.sellers.share = 0.02 * f64::from(1 + cell % 10);
        arm(&cell.to_string(), scenario, 1)
    });
    cells.collect()
}

fn arm(name: &str, mut scenario: Scenario, replications: u32) -> Arm {
    scenario.run.replications = replications;
    Arm { name: name.to_owned(), scenario }
}

/// Worker-weeks that a list asks for: burn-ins that are shared once, and every history.
#[must_use]
pub fn worker_weeks(arms: &[Arm]) -> f64 {
    let of = |job: introsim::engine::Job| {
        let first = &arms[job.arms[0]].scenario;
        let weeks: u32 = job.arms.iter().map(|&arm| arms[arm].scenario.run.weeks).sum();
        f64::from(first.run.burn_in + weeks) * f64::from(first.workers.count)
    };
    introsim::engine::batch::plan(arms).into_iter().map(of).sum()
}
