//! Verification: whether files are what the manifest says, and whether a sample of their rows comes out again.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::merge::progress;
use super::plan::sweep_of;
use super::rows::decode;
use crate::experiments::sweep::{Progress, Sweep, Values, repeat};
use crate::files;
use crate::output::checkpoint::{BlockError, Store};
use crate::output::inputs::{Again, graph_again};
use crate::output::scenario_of;
use crate::output::tables::{CellReplication, Finished, Outcome};
use crate::output::{Measured, OutputError, Provenance, RawTable, read_table};
use crate::scenario::{Problems, Scenario};

/// One row that can be computed again.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Which row, in words.
    pub what: String,
    scenario: Scenario,
    replication: u32,
    expected: Result<Values, String>,
}

impl Sample {
    /// Computes the row again and compares every digit.
    #[must_use]
    pub fn repeats(&self) -> bool {
        repeat(&self.scenario, self.replication) == self.expected
    }
}

/// A file that is not what it should be, and what is wrong with it.
pub type Broken = (PathBuf, &'static str);

/// Output files of a manifest that are not what it says, and how many it lists.
///
/// # Errors
/// If a file is there and cannot be read.
pub fn broken_outputs(folder: &Path, manifest: &Value) -> Result<(Vec<Broken>, usize), OutputError> {
    let mut broken = Vec::new();
    let listed = manifest["outputs"].as_object();
    for (name, hash) in listed.into_iter().flatten() {
        let path = folder.join(name);
        if !path.is_file() {
            broken.push((path, "is not there"));
            continue;
        }
        let bytes = files::bytes(&path, files::MOST_TABLE).map_err(OutputError::io("read", &path))?;
        if *hash != blake3::hash(&bytes).to_hex().as_str() {
            broken.push((path, "is not what was written"));
        }
    }
    let plan = &manifest["plan"];
    if !plan.is_null() && manifest["plan_hash"] != blake3::hash(plan.to_string().as_bytes()).to_hex().as_str()
    {
        broken.push((folder.join("manifest.json"), "holds a plan that does not have its hash"));
    }
    Ok((broken, listed.map_or(0, serde_json::Map::len)))
}

/// Why no sample can be drawn.
#[derive(Debug, thiserror::Error)]
pub enum SampleError {
    /// A table cannot be read.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// The blocks cannot be.
    #[error(transparent)]
    Blocks(#[from] BlockError),
    /// A scenario cannot be.
    #[error(transparent)]
    Problems(#[from] Problems),
    /// A file that was read then is another one now, or gone.
    #[error("{0}")]
    Input(String),
}

/// Rows of a finished sweep (cells.csv) or run (outcomes.csv) to compute again: `n` of them, chosen by `luck`; none where
/// a folder has neither table.
///
/// # Errors
/// If a table or a scenario cannot be read.
pub fn sample_of_tables(
    folder: &Path,
    manifest: &Value,
    n: usize,
    luck: u64,
) -> Result<Vec<Sample>, SampleError> {
    let is_sweep = manifest["plan"]["kind"] == "sweep";
    let path = folder.join(if is_sweep { "cells.csv" } else { "outcomes.csv" });
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let (table, inputs, places) = (read_table(&path)?, &manifest["inputs"], Provenance::places_in(folder));
    if is_sweep {
        let sweep = sweep_with_graph(&manifest["plan"], inputs, &places)?;
        return sampled::<CellReplication>(table, n, luck, |row| {
            let cell = row.cell.min(sweep.cells.len().saturating_sub(1));
            let mut scenario = sweep.scenario(cell).map_err(Problems::from)?;
            // Where a market moved, all ran for longer than the plan begins with.
            scenario.run.weeks = row.weeks.0.flatten().unwrap_or(scenario.run.weeks);
            Ok((format!("cell {cell}"), scenario))
        });
    }
    sampled::<Outcome>(table, n, luck, |row| {
        let text = manifest["scenarios"][&row.scenario].as_str().unwrap_or_default();
        let graph = graph_of(text, inputs, &places)?;
        Ok((row.scenario.clone(), scenario_of(&row.scenario, text, graph.as_deref())?))
    })
}

/// A sample of the rows of a table.
///
/// - `of`: whose replication a row is, in words, and its scenario
fn sampled<R: Finished>(
    table: RawTable,
    n: usize,
    luck: u64,
    of: impl Fn(&R) -> Result<(String, Scenario), SampleError>,
) -> Result<Vec<Sample>, SampleError> {
    let table = Measured::<R>::of(table)?;
    let chosen = choose(table.rows.len(), n, luck);
    let outcomes = table.outcomes_in(chosen.iter().copied())?;
    let sample = |(row, outcomes): (usize, Vec<Option<f64>>)| {
        let row = &table.rows[row];
        let replication = u32::try_from(row.replication()).unwrap_or(0);
        let (whose, scenario) = of(row)?;
        let values = |opening_hash: &str| Values { opening_hash: opening_hash.to_owned(), outcomes };
        let expected = row.finished().map(values).map_err(str::to_owned);
        Ok(Sample { what: format!("{whose}, replication {replication}"), scenario, replication, expected })
    };
    chosen.iter().copied().zip(outcomes).map(sample).collect()
}

/// Blocks of an unfinished sweep to compute again; also how many blocks there are, and how far it has come.
///
/// # Errors
/// If a block is corrupt or of another plan, or the scenario cannot be read.
pub fn sample_of_blocks(
    store: &Store,
    n: usize,
    luck: u64,
) -> Result<(Vec<Sample>, usize, Progress), SampleError> {
    let plan = store.plan();
    let sweep = sweep_with_graph(&plan.identity, &plan.beside["inputs"], &plan.beside["places"])?;
    let found = store.scan()?;
    let now = progress(&sweep, &found, store.output())?;
    let sweep = sweep.at(now.horizon);
    let wanted = |cell: usize| (0..now.replications[cell]).map(move |replication| (cell, replication));
    let wanted: Vec<u64> = (0..sweep.cells.len())
        .flat_map(wanted)
        .map(|(cell, replication)| sweep.point(cell, replication))
        .collect();
    let there: Vec<u64> = wanted.iter().copied().filter(|&point| found.has(point)).collect();
    let mut samples = Vec::new();
    for position in choose(there.len(), n, luck) {
        let point = there[position];
        let bytes = found.read(point)?.unwrap_or_default();
        let (row, _) = decode(&sweep, point, &bytes).map_err(|what| {
            let path = store.folder().to_path_buf();
            BlockError::Corrupt { path, what: format!("block {point}: {what}") }
        })?;
        samples.push(Sample {
            what: format!("cell {}, replication {}", row.cell, row.replication),
            scenario: sweep.scenario(row.cell).map_err(Problems::from)?,
            replication: row.replication,
            expected: row.result,
        });
    }
    Ok((samples, there.len(), now))
}

fn sweep_with_graph(plan: &Value, inputs: &Value, places: &Value) -> Result<Sweep, SampleError> {
    let graph = graph_of(plan["base"].as_str().unwrap_or_default(), inputs, places)?;
    Ok(sweep_of(plan, graph.as_deref())?)
}

/// The graph of friends that a canonical text names, as it was when it was read; `None` where it names none.
fn graph_of(text: &str, inputs: &Value, places: &Value) -> Result<Option<String>, SampleError> {
    match graph_again(text, inputs, places) {
        None => Ok(None),
        Some(Again::Here(path)) => Ok(Some(path.display().to_string())),
        Some(Again::Changed(path)) => Err(SampleError::Input(format!(
            "{} is not the list of friendships that was read: its bytes are others, so no row can be computed again; \
             --sample 0 checks the hashes alone",
            path.display()
        ))),
        Some(Again::Gone(name)) => Err(SampleError::Input(format!(
            "the list of friendships {name} is where it was read no more, so no row can be computed again; --sample 0 \
             checks the hashes alone"
        ))),
    }
}

/// `n` different numbers below `below`, by luck, in ascending order.
fn choose(below: usize, n: usize, luck: u64) -> Vec<usize> {
    let place = |number: &usize| *blake3::hash(format!("{luck} {number}").as_bytes()).as_bytes();
    let mut numbers: Vec<usize> = (0..below).collect();
    numbers.sort_by_key(place);
    numbers.truncate(n);
    numbers.sort_unstable();
    numbers
}
