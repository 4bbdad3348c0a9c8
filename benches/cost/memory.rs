//! Resident bytes a worker.

use introsim_benches::life::Life;
use introsim_benches::markets::Kind;
use introsim_benches::tables::{markdown, short};

/// The argument with which the program starts itself: a market and a number of workers follow.
pub(crate) const ALONE: &str = "--resident";

/// Resident memory of the process, bytes; none where the system does not tell.
fn resident() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<f64>().ok()? * 1024.0)
}

/// Prints the resident bytes a worker of one market that has lived for a while; in a process of its own, so that no market
/// before it leaves memory behind.
pub(crate) fn alone(market: &str, workers: &str) -> Option<()> {
    let (kind, workers) = (Kind::named(market)?, workers.parse::<u32>().ok()?);
    let before = resident()?;
    let life = Life::steady(kind.scenario(workers));
    let after = resident()?;
    drop(life);
    println!("{}", (after - before) / f64::from(workers));
    Some(())
}

/// Resident bytes a worker of each market in the largest size.
pub(crate) fn table(sizes: &[u32]) -> String {
    let Some(workers) = sizes.last().map(u32::to_string) else { return String::new() };
    let row = |kind: Kind| {
        eprintln!("memory of {} with {workers} workers", kind.name());
        let bytes = measured(kind, &workers).map_or("not told by this system".to_owned(), short);
        vec![kind.name().to_owned(), workers.clone(), bytes]
    };
    markdown(&["market", "workers", "resident bytes a worker"], &Kind::ALL.map(row))
}

fn measured(kind: Kind, workers: &str) -> Option<f64> {
    let program = std::env::current_exe().ok()?;
    let said = std::process::Command::new(program).args([ALONE, kind.name(), workers]).output().ok()?;
    String::from_utf8(said.stdout).ok()?.trim().parse().ok()
}
