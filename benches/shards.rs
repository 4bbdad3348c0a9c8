//! What a large sweep in shards leaves on disk, and what its merge takes: made-up rows through the real writer and the real
//! merge. The figures of docs/cluster.md are made by
//!
//!   cargo bench -p introsim-benches --bench shards -- CELLS SHARDS COMMITS [FOLDER]
//!
//! - `CELLS`: cells of the map, each once; rounded down to a square
//! - `COMMITS`: how often each shard puts its rows on disk
//! - `FOLDER`: where; on a disk in memory (`/dev/shm`) it is the program that is measured, elsewhere the disk too

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use introsim::experiments::outcomes;
use introsim::experiments::sweep::{Row, Sweep, repeat, share};
use introsim::output::checkpoint::{Company, HIDDEN, PlanFile, Store};
use introsim::output::sweep::{encode, identity, merge};
use introsim::scenario::experiment::{Purpose, load};

const MARKET: &str = "title = \"Small\"
[run]
weeks = 60
burn_in = 10
replications = 1
[workers]
count = 200
[decision_makers]
count = 40
[introducers]
count = 20
ties = 8
[sellers]
entry = \"closed\"
share = \"20%\"
";

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let number = |place: usize, usual: u64| words.get(place).map_or(Ok(usual), |word| word.parse::<u64>());
    let (cells, shards, commits) = (number(0, 10_000)?, number(1, 100)?, number(2, 10)?);
    let root = words.get(3).map_or_else(std::env::temp_dir, PathBuf::from);
    let folder = root.join(format!("introsim-shards-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let done = measure(&folder, cells, shards, commits);
    fs::remove_dir_all(&folder)?;
    done
}

fn measure(folder: &Path, cells: u64, shards: u64, commits: u64) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let sweep = sweep(folder, cells)?;
    let every = 0..sweep.replications();
    let tasks = sweep.tasks(every, |_| true).map_err(|problem| problem.title().to_owned())?;
    let planned = started.elapsed();
    let out = folder.join("out");
    let plan = PlanFile { identity: identity(&sweep, "bench"), beside: serde_json::Value::Null };
    let mut row = Row { cell: 0, replication: 0, result: repeat(&sweep.base, 0) };
    let mut written = Duration::ZERO;
    for shard in 0..shards {
        let store = Store::begin(&out, plan.clone(), Company::Shards)?;
        let mut writer = store.writer((shard, shards), None);
        let mut blocks = Vec::new();
        for task in share(&tasks, (shard, shards), |_, _| false) {
            for cell in task.cells {
                (row.cell, row.replication) = (cell, task.replication);
                blocks.push((sweep.point(cell, task.replication), encode(&sweep, &row)));
            }
        }
        let now = Instant::now();
        let size = blocks.len().div_ceil(usize::try_from(commits)?).max(1);
        blocks.chunks(size).try_for_each(|some| writer.commit(some))?;
        written += now.elapsed();
    }
    let (files, bytes) = counted(&out.join(HIDDEN))?;
    let before = memory("VmRSS");
    let now = Instant::now();
    let store = Store::open(&out)?.ok_or("no blocks")?;
    let found = store.scan()?;
    let scanned = now.elapsed();
    let held = memory("VmRSS").saturating_sub(before);
    drop(found);
    let now = Instant::now();
    let (merged, _) = merge(&out, &store)?;
    let took = now.elapsed();
    println!(
        "{} cells, {shards} shards: {files} files, {:.0} MB; planned in {:.1} s; written in {:.1} s; scanned in {:.1} s, \
         {held} MB; merged in {:.1} s, at most {} MB in all; {} bytes a row",
        merged.sweep.cells.len(),
        bytes as f64 / 1e6,
        planned.as_secs_f64(),
        written.as_secs_f64(),
        scanned.as_secs_f64(),
        took.as_secs_f64(),
        memory("VmHWM"),
        encode(&sweep, &row).len(),
    );
    Ok(())
}

/// A grid of two knobs that leave the labour market as it is.
fn sweep(folder: &Path, cells: u64) -> Result<Sweep, Box<dyn Error>> {
    let side = cells.isqrt().max(2);
    let knob = |path: &str, low: &str, high: &str| {
        format!("[[knobs]]\npath = \"{path}\"\nrange = [\"{low}\", \"{high}\"]\nsteps = {side}\n")
    };
    let text = format!(
        "title = \"Map\"\nscenario = \"market.toml\"\ndesign = \"grid\"\nreplications = 1\n{}{}",
        knob("contract.upfront", "$20", "$2,000"),
        knob("contract.share_of_salary", "1%", "50%")
    );
    fs::write(folder.join("market.toml"), MARKET)?;
    let file = folder.join("map.toml");
    fs::write(&file, text)?;
    let known: Vec<&'static str> = outcomes::columns().into_iter().map(|(name, ..)| name).collect();
    let experiment = load(&file, &[], &known, Purpose::Sweep).map_err(|problems| format!("{problems:?}"))?;
    Ok(Sweep::of(&experiment).map_err(|problems| format!("{problems:?}"))?)
}

/// Files of a folder, and their bytes.
fn counted(folder: &Path) -> Result<(u64, u64), Box<dyn Error>> {
    let mut all = (0, 0);
    for entry in fs::read_dir(folder)? {
        all = (all.0 + 1, all.1 + entry?.metadata()?.len());
    }
    Ok(all)
}

/// A line of the account that the system keeps of this process, in MB; 0 where it keeps none.
fn memory(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok()).unwrap_or(0) / 1000
}
