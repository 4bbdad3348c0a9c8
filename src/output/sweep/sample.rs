//! Verification: whether files are what the manifest says, and whether a sample of their rows comes out again.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::merge::progress;
use super::plan::{scenario_of, sweep_of};
use super::rows::{decode, result_texts};
use crate::experiments::sweep::{Progress, Sweep, repeat};
use crate::files;
use crate::output::checkpoint::{BlockError, Store};
use crate::output::inputs::{Again, graph_again};
use crate::output::{OutputError, Provenance, read_table};
use crate::scenario::{Problems, Scenario};

/// One row that can be computed again.
#[derive(Clone, Debug)]
pub struct Sample {
    /// Which row, in words.
    pub what: String,
    scenario: Scenario,
    replication: u32,
    expected: Vec<String>,
}

impl Sample {
    /// Computes the row again and compares every digit.
    #[must_use]
    pub fn repeats(&self) -> bool {
        result_texts(&repeat(&self.scenario, self.replication)) == self.expected
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
    let table = read_table(&path)?;
    let (inputs, places) = (&manifest["inputs"], Provenance::places_in(folder));
    let sweep = if is_sweep { Some(sweep_with_graph(&manifest["plan"], inputs, &places)?) } else { None };
    let (status, replication) = (table.column("status")?, table.column("replication")?);
    let mut samples = Vec::new();
    for row in choose(table.len(), n, luck) {
        let number = u32::try_from(table.whole(row, replication)?).unwrap_or(0);
        let name = table.text(row, 0);
        let (what, scenario) = match &sweep {
            Some(sweep) => {
                let cell = usize::try_from(table.whole(row, 0)?).unwrap_or(usize::MAX);
                let cell = cell.min(sweep.cells.len().saturating_sub(1));
                (format!("cell {cell}, replication {number}"), sweep.scenario(cell).map_err(Problems::from)?)
            }
            None => {
                let text = manifest["scenarios"][name].as_str().unwrap_or_default();
                let graph = graph_of(text, inputs, &places)?;
                (format!("{name}, replication {number}"), scenario_of(name, text, graph.as_deref())?)
            }
        };
        let expected = (status..table.columns().len()).map(|column| table.text(row, column).to_owned());
        samples.push(Sample { what, scenario, replication: number, expected: expected.collect() });
    }
    Ok(samples)
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
            expected: result_texts(&row.result),
        });
    }
    Ok((samples, there.len(), now))
}

fn sweep_with_graph(plan: &Value, inputs: &Value, places: &Value) -> Result<Sweep, SampleError> {
    let graph = graph_of(plan["base"].as_str().unwrap_or_default(), inputs, places)?;
    Ok(sweep_of(plan, graph.as_deref())?)
}

/// The graph of friends that a canonical text names, as it was when it was read; none where it names none.
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
