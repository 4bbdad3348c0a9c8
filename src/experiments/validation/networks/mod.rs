//! Networks: unemployment, correlations and durations of many copies of a network against its exact chain.
//!
//! A replication is a market of as many copies as `workers.count` holds, watched week by week. Rounds of
//! `run.replications` are added until the errors are as small as is asked for; errors are those between replications,
//! which share no luck, so that what weeks have in common is in them.

mod seen;

use super::chains::{DURATIONS, Solution, solve, solve_complete};
use super::errors;
use super::graphs::{Graph, published};
use super::judge::{Check, Rule, Verdict};
use super::observe::watch;
use super::{Effort, Stop, not_the_limit};
use crate::ids;
use crate::scenario::{EdgeList, Scenario};
use seen::{Counts, Watcher};

/// Largest allowance of a level, of the level.
const LEVEL: f64 = 0.01;
/// Largest allowance of a correlation.
const CORRELATION: f64 = 0.002;
/// Rounds after which a check is too rough.
const MOST_ROUNDS: u32 = 40;
/// Shares closer than this are one class of workers or of pairs.
const ALIKE: f64 = 1e-9;

/// Spells are compared if more than this share of workers is in one so long: others would hardly be seen.
const SEEN: f64 = 2e-5;

const SOURCE: &str = "Calvó-Armengol and Jackson 2004: exact chain";

/// Checks every network of the paper.
pub(super) fn check(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    let mut checks = Vec::new();
    for graph in published() {
        checks.extend(check_graph(scenario, &graph, effort)?);
    }
    Ok(checks)
}

/// Checks one network.
///
/// # Errors
/// Where the engine stops, or the scenario does not hold one copy.
pub(super) fn check_graph(scenario: &Scenario, graph: &Graph, effort: Effort) -> Result<Vec<Check>, Stop> {
    let (a, b) = (scenario.friends.lead_rate, scenario.jobs.separation);
    if !(a > 0.0 && b > 0.0) {
        return Err(not_the_limit("friends.lead_rate and jobs.separation must be above 0"));
    }
    let copies = scenario.workers.count / graph.n;
    if copies == 0 {
        return Err(not_the_limit(format!("workers.count must be at least {}", graph.n)));
    }
    // Beyond ten workers only numbers are told apart; all the same solution where both can be had.
    let exact = if graph.is_complete() { solve_complete(graph.n, a, b) } else { solve(graph, a, b) };
    let mut market = scenario.clone();
    market.workers.count = copies * graph.n;
    market.friends.edges =
        Some(EdgeList { path: format!("copies of {}", graph.name), pairs: graph.copies(copies) });
    let each = match effort {
        Effort::Quick => scenario.run.replications.min(20),
        Effort::Full => scenario.run.replications,
    };
    let rounds = if effort == Effort::Quick { 1 } else { MOST_ROUNDS };
    let mut seen: Vec<Counts> = Vec::new();
    for round in 0..rounds {
        seen.extend(watch(
            &market,
            round * each..(round + 1) * each,
            |_| Watcher::new(graph),
            |watcher, lived| watcher.see(&lived.world.workers.recorded_unemployed),
            |watcher, _| watcher.counts(),
        )?);
        let checks = compare(graph, &exact, &seen);
        if round + 1 == rounds || checks.iter().all(|check| check.verdict != Verdict::TooRough) {
            return Ok(checks);
        }
    }
    Ok(Vec::new())
}

fn compare(graph: &Graph, exact: &Solution, seen: &[Counts]) -> Vec<Check> {
    let n = graph.n as usize;
    let name = &graph.name;
    let mut checks = vec![level(
        format!("{name}: out of work"),
        exact.mean_unemployed(),
        errors::ratio(seen.iter().map(|counts| (counts.out_of(0..n), errors::count(n) * counts.weeks))),
    )];
    if graph.n > super::graphs::MOST_WORKERS {
        checks.push(correlation(graph, "of any two", &[], exact.correlations[0], seen));
    } else {
        let classes = alike(&exact.unemployed);
        for members in classes.iter().filter(|_| classes.len() > 1) {
            let of = |counts: &Counts| counts.out_of(members.iter().copied());
            let size = errors::count(members.len());
            let figure = errors::ratio(seen.iter().map(|counts| (of(counts), size * counts.weeks)));
            let what = format!("{name}: out of work, {}", workers(members, graph.first));
            checks.push(level(what, exact.unemployed[members[0]], figure));
        }
        let pairs: Vec<(usize, usize)> = (0..n).flat_map(|i| (i + 1..n).map(move |j| (i, j))).collect();
        for class in alike(&exact.correlations) {
            let members: Vec<_> = class.iter().map(|&pair| pairs[pair]).collect();
            let (i, j) = members[0];
            let first = graph.first as usize;
            let what = format!("of {} and {}", i + first, j + first);
            checks.push(correlation(graph, &what, &members, exact.correlations[class[0]], seen));
        }
    }
    for (number, periods) in DURATIONS.iter().enumerate().filter(|(number, _)| exact.so_long[*number] > SEEN)
    {
        let figure = errors::ratio(seen.iter().map(|counts| counts.found[number]));
        let what = format!("{name}: find work after {periods} or more weeks");
        checks.push(level(what, exact.hazards[number], figure));
    }
    checks
}

/// A level with the allowance of one per cent of it.
fn level(what: String, target: f64, figure: (f64, f64)) -> Check {
    Check::new(what, "share", (target, SOURCE), figure, Rule::precise(LEVEL * target))
}

/// Correlation of alike pairs, over all of them; of any two where only numbers are known.
fn correlation(graph: &Graph, whose: &str, pairs: &[(usize, usize)], target: f64, seen: &[Counts]) -> Check {
    let of = |counts: &Counts| counts.correlation(pairs);
    let figure = errors::mean(&seen.iter().map(of).collect::<Vec<_>>());
    let what = format!("{}: correlation of work {whose}", graph.name);
    Check::new(what, "", (target, SOURCE), figure, Rule::precise(CORRELATION))
}

/// Classes of equal values, by first member.
fn alike(values: &[f64]) -> Vec<Vec<usize>> {
    let mut classes: Vec<Vec<usize>> = Vec::new();
    for (member, value) in values.iter().enumerate() {
        match classes.iter_mut().find(|class| (values[class[0]] - value).abs() < ALIKE) {
            Some(class) => class.push(member),
            None => classes.push(vec![member]),
        }
    }
    classes
}

/// Names of workers, counted from 1 as the paper does, or as the file names them.
fn workers(members: &[usize], first: u32) -> String {
    let names: Vec<String> = members.iter().map(|&member| (ids::row(member) + first).to_string()).collect();
    if names.len() == 1 { format!("worker {}", names[0]) } else { format!("workers {}", names.join(", ")) }
}
