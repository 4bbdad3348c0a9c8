//! Work that is made of many weeks: a world, a fork, a replication, the library, a map.

use introsim::engine::{burn_in, continue_from};
use introsim::experiments::run::run;
use introsim::world::World;
use introsim_benches::life::Life;
use introsim_benches::markets::Kind;
use introsim_benches::tables::{markdown, short};
use introsim_benches::{allocations, floor, lists};

use crate::measure::{on, repeated, time};
use crate::weeks::Measured;

/// What each costs on one thread and on two, s, beside its floor.
pub(crate) fn table(measured: &[Measured], small: bool) -> String {
    let mut sizes: Vec<u32> = measured.iter().map(|m| m.workers).collect();
    sizes.sort_unstable();
    sizes.dedup();
    let mut rows = Vec::new();
    for workers in sizes {
        rows.push(build(workers));
        rows.push(fork(workers));
    }
    let worst = |kind| measured.iter().find(|m| m.kind == kind && m.workers == 10_000);
    let floor = worst(Kind::Paid).map_or(f64::NAN, |m| m.floor / m.events.workers);
    rows.push(replication(floor));
    if !small {
        rows.push(list("the library, one replication each", &lists::library(1), floor));
        rows.push(list("a map of 100 cells, 10000 workers", &lists::map(), floor));
    }
    let head = ["work", "one thread, ms", "two threads, ms", "times faster", "floor, ms", "times the floor"];
    markdown(&head, &rows)
}

/// Milliseconds of one thread and of two beside a floor, all given in ns.
fn row(work: String, one: f64, two: f64, floor: f64) -> Vec<String> {
    let ms = |ns: f64| short(ns / 1e6);
    vec![work, ms(one), ms(two), short(one / two), ms(floor), short(one / floor)]
}

fn build(workers: u32) -> Vec<String> {
    eprintln!("a world of {workers} workers");
    let scenario = Kind::Paid.scenario(workers);
    let bytes = bytes_of(|| World::build(&scenario, 0));
    let times = [1, 2].map(|threads| on(threads, || repeated(5, || World::build(&scenario, 0))));
    let floor = repeated(5, || floor::build(&scenario, bytes));
    row(format!("a world of {workers} workers"), times[0], times[1], floor)
}

fn fork(workers: u32) -> Vec<String> {
    let world = on(2, || Life::steady(Kind::Paid.scenario(workers))).world;
    let bytes = bytes_of(|| world.clone());
    let times = [1, 2].map(|threads| on(threads, || repeated(9, || world.clone())));
    row(format!("a fork of {workers} workers"), times[0], times[1], repeated(9, || floor::copy(bytes)))
}

/// A paid replication with its burn-in; two at once on two threads count for half.
fn replication(floor: f64) -> Vec<String> {
    eprintln!("replications");
    let scenario = Kind::Paid.scenario(10_000);
    let live = |number: u32| {
        let opening = burn_in(&scenario, number, &|| {}).expect("a market that keeps the laws");
        continue_from(&scenario, opening.world, &|| {}).expect("a market that keeps the laws")
    };
    let one = on(1, || repeated(3, || live(0)));
    let two = on(2, || repeated(3, || rayon::join(|| live(0), || live(1)))) / 2.0;
    let weeks = f64::from(scenario.run.burn_in + scenario.run.weeks);
    row("a replication, 10000 workers".to_owned(), one, two, floor * weeks * 10_000.0)
}

fn list(name: &str, arms: &[introsim::engine::Arm], floor: f64) -> Vec<String> {
    eprintln!("{name}");
    let times = [1, 2].map(|threads| on(threads, || time(|| run(arms, &|| {}))));
    row(name.to_owned(), times[0], times[1], floor * lists::worker_weeks(arms))
}

/// Bytes that some work asks the allocator for.
fn bytes_of<T>(work: impl FnOnce() -> T) -> usize {
    let before = allocations::bytes_so_far();
    drop(work());
    usize::try_from(allocations::bytes_so_far() - before).expect("less than there is memory")
}
