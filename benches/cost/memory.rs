//! Bytes a worker: what the tables hold, table by table, and what is resident.

use introsim::world::World;
use introsim_benches::allocations::bytes_held;
use introsim_benches::life::Life;
use introsim_benches::markets::Kind;
use introsim_benches::tables::{markdown, short};

/// The argument with which the program starts itself: a market and a number of workers follow.
pub(crate) const ALONE: &str = "--resident";

/// Resident memory of the process, bytes: now (`VmRSS`) or at its most (`VmHWM`); none where the system does not tell.
fn resident(which: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(which)?.strip_prefix(':'))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? * 1024.0)
}

/// Prints bytes a worker of one market that has lived for a while, a line each with its name and a tab before it: the
/// tables, their sum, what is resident and what was at most. In a process of its own, so that no market before it leaves
/// memory behind.
pub(crate) fn alone(market: &str, workers: &str) -> Option<()> {
    let (kind, workers) = (Kind::named(market)?, workers.parse::<u32>().ok()?);
    let before = resident("VmRSS")?;
    let life = Life::steady(kind.scenario(workers));
    let (now, most) = (resident("VmRSS")? - before, resident("VmHWM")? - before);
    let mut tables = tables(life);
    let all = tables.iter().map(|(_, bytes)| bytes).sum();
    tables.extend([("all tables", all), ("resident", now), ("resident at most", most)]);
    for (name, bytes) in tables {
        println!("{name}\t{}", bytes / f64::from(workers));
    }
    Some(())
}

/// Bytes of each table: what it gives back when it goes. Room that it keeps for more is counted.
fn tables(life: Life) -> Vec<(&'static str, f64)> {
    let Life { world, pipeline, record, .. } = life;
    let World { workers, decision_makers, introducers, ties, friends, contacts, mut market, organic, .. } =
        world;
    let cohort = market.as_mut().map(|market| std::mem::take(&mut market.cohort));
    vec![
        ("workers", given_back(workers)),
        ("contacts", given_back(contacts)),
        ("friendships", given_back(friends)),
        ("decision-makers", given_back(decision_makers)),
        ("introducers", given_back(introducers)),
        ("ties", given_back(ties)),
        ("organic fork", given_back(organic)),
        ("accounts of accepted applicants", given_back(cohort)),
        ("sellers, their clients and ledger", given_back(market)),
        ("what is on its way in a week", given_back(pipeline)),
        ("record of single lives", given_back(record)),
    ]
}

fn given_back<T>(table: T) -> f64 {
    let before = bytes_held();
    drop(table);
    (before - bytes_held()) as f64
}

/// Bytes a worker of each market in the largest size.
pub(crate) fn table(sizes: &[u32]) -> String {
    let Some(workers) = sizes.last().map(u32::to_string) else { return String::new() };
    let columns = Kind::ALL.map(|kind| {
        eprintln!("memory of {} with {workers} workers", kind.name());
        measured(kind, &workers).unwrap_or_default()
    });
    let Some(names) = columns.iter().find(|column| !column.is_empty()) else {
        return "This system does not tell.".to_owned();
    };
    let row = |position: usize| {
        let cells =
            columns.iter().map(|column| column.get(position).map_or("–".to_owned(), |cell| short(cell.1)));
        std::iter::once(names[position].0.clone()).chain(cells).collect::<Vec<_>>()
    };
    let head = format!("bytes a worker, {workers} workers");
    let head: Vec<&str> = std::iter::once(head.as_str()).chain(Kind::ALL.map(Kind::name)).collect();
    markdown(&head, &(0..names.len()).map(row).collect::<Vec<_>>())
}

fn measured(kind: Kind, workers: &str) -> Option<Vec<(String, f64)>> {
    let program = std::env::current_exe().ok()?;
    let said = std::process::Command::new(program).args([ALONE, kind.name(), workers]).output().ok()?;
    let line = |line: &str| {
        line.split_once('\t').and_then(|(name, bytes)| Some((name.to_owned(), bytes.parse().ok()?)))
    };
    String::from_utf8(said.stdout).ok()?.lines().map(line).collect()
}
