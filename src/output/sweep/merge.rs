//! The merge: every block once, checked, into the final tables; then the blocks are gone.
//!
//! Rows are summed up here and nowhere else, in the order of the plan, so no number can depend on who computed what.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::columns::{cells_columns, contrasts_columns, library_table, map_columns};
use super::plan::sweep_of;
use super::rows::{cells_with_knobs, decode, knob_cell};
use crate::experiments::rest;
use crate::experiments::sweep::map::{self, Summary};
use crate::experiments::sweep::{Difference, Inert, Pair, Progress, Row, Sweep, Task, Warning, dealt};
use crate::experiments::verdict;
use crate::experiments::warning::Warning as OfRun;
use crate::output::checkpoint::{BlockError, Found, HIDDEN, Store};
use crate::output::tables::{CellContrast, CellJudged, LibraryPoint};
use crate::output::{Added, Cell, Folder, Manifest, Provenance, Scenario, Table, YesNo};
use crate::stats::Estimate;

/// A merged sweep.
#[derive(Debug)]
pub struct Merged {
    /// What was swept.
    pub sweep: Sweep,
    /// The map, cell by cell: of the outcomes the size and those that the experiment asks for.
    pub map: Vec<Summary>,
    /// Settings beside those that differ from them in one knob alone.
    pub contrasts: Vec<(Pair, Option<Difference>)>,
    /// By which share all settings together changed at the end.
    pub together: Option<Estimate>,
    /// Knobs along which nothing differs.
    pub idle: Vec<String>,
    /// Points that failed.
    pub failed: usize,
    /// Points.
    pub points: u64,
    /// Files with blocks, and blocks that were computed more than once.
    pub files_and_duplicates: (usize, u64),
    /// Commits of the programs that computed them.
    pub commits: Vec<String>,
    /// The tables that were written.
    pub files: Vec<PathBuf>,
}

/// The names of the files that a merge makes.
pub const TABLES: [&str; 6] =
    ["map.csv", "cells.csv", "library.csv", "contrasts.csv", "columns.csv", "provenance.json"];

impl Merged {
    /// By which share all settings together are shown to change at the end; `None` where they are not, or there is but one.
    #[must_use]
    pub fn drift(&self) -> Option<Estimate> {
        self.together.filter(|change| self.map.len() > 1 && change.excludes(0.0))
    }

    /// What not to believe.
    #[must_use]
    pub fn warnings(&self) -> Vec<Warning> {
        let run = &self.sweep.base.run;
        let mut warnings = Vec::new();
        if run.replications < 5 {
            warnings.push(Warning::OfRun(OfRun::FewReplications { replications: run.replications }));
        }
        let anybody_sells = self.map.iter().any(|cell| cell.outcomes.judged.is_some());
        if anybody_sells && run.weeks < 53 {
            warnings.push(Warning::OfRun(OfRun::ShortHorizon { weeks: run.weeks }));
        }
        warnings.extend(self.drift().map(Warning::Together));
        warnings.extend(self.idle.iter().map(|knob| Warning::Idle { knob: knob.clone() }));
        if self.failed > 0 {
            warnings.push(Warning::Failed { failed: self.failed, of: self.points });
        }
        if self.commits.len() > 1 {
            warnings.push(Warning::Commits(self.commits.clone()));
        }
        warnings
    }
}

/// Makes the tables of a sweep from its checkpoint; nothing is final before [`finish`].
///
/// # Errors
/// If a block is missing, corrupt, of another plan or there in two versions, or the system refuses.
pub fn merge(output: &Path, store: &Store) -> Result<(Merged, Folder), BlockError> {
    let plan_path = output.join(HIDDEN);
    let sweep = sweep_of(&store.plan().identity, None)
        .map_err(|why| BlockError::Corrupt { path: plan_path, what: why.to_string() })?;
    let found = store.scan()?;
    let progress = progress(&sweep, &found, output)?;
    complete(&progress)?;
    let sweep = sweep.at(progress.horizon);
    let mut folder = store.results()?;
    let mut cells = folder.start("cells", &cells_columns(&sweep))?;
    let mut table = folder.start("map", &map_columns(&sweep))?;
    let (mut still, mut failed, mut map) = (Inert::new(), 0, Vec::new());
    let (mut placed, mut blocks) = (Vec::new(), Vec::new());
    for cell in 0..sweep.cells.len() {
        let mut rows = Vec::new();
        for replication in 0..progress.replications[cell] {
            let (row, texts) = block(&sweep, &found, output, sweep.point(cell, replication))?;
            still.see(cell, replication, &texts[3 + sweep.axes.len()..].join(","));
            cells.row(&texts.into_iter().map(Cell::Text).collect::<Vec<_>>())?;
            rows.push(row);
        }
        placed.push(rows.iter().map(Row::placed).collect::<Vec<_>>());
        blocks.push(
            rows.iter().map(|row| rest::blocks(&row.result.as_ref().ok()?.outcomes)).collect::<Vec<_>>(),
        );
        let mut summary = Summary::of(cell, &rows, sweep.levels());
        failed += summary.outcomes.finished.1;
        table.row(&map_row(&sweep, &summary))?;
        // A large sweep must not be kept whole in memory.
        let is_shown = |name: &str| map::SIZE.contains(&name) || sweep.metrics.iter().any(|m| m == name);
        summary.outcomes.lines.retain(|line| is_shown(line.metric));
        // The room of those that went is most of it.
        summary.outcomes.lines.shrink_to_fit();
        map.push(summary);
    }
    folder.claim([&cells.finish()?, &table.finish()?]);
    folder.write(&library(&sweep, &store.plan().beside["library"]))?;
    let contrasts = contrasts(&sweep, &placed);
    if !contrasts.is_empty() {
        let mut table = folder.start("contrasts", &contrasts_columns(&sweep))?;
        contrasts
            .iter()
            .try_for_each(|(pair, difference)| table.row(&contrast_row(&sweep, pair, difference.as_ref())))?;
        folder.claim([&table.finish()?]);
    }
    folder.write_dictionary(&[])?;
    let idle = still.idle(&sweep).into_iter().map(str::to_owned).collect();
    let is_there = |name: &&str| **name != *"contrasts.csv" || !contrasts.is_empty();
    let files = TABLES[..5].iter().filter(|name| is_there(name)).map(|name| output.join(name)).collect();
    let (commits, counts) = (found.commits().iter().cloned().collect(), found.files_and_duplicates());
    let points = progress.points();
    let merged = Merged {
        sweep,
        map,
        contrasts,
        together: rest::together(&blocks),
        idle,
        failed,
        points,
        files_and_duplicates: counts,
        commits,
        files,
    };
    Ok((merged, folder))
}

/// Writes the accounts of a merged sweep, puts everything in its place, and removes the blocks.
///
/// # Errors
/// If the system refuses.
pub fn finish(
    manifest: &Manifest,
    folder: &Folder,
    store: Store,
    provenance: &Provenance,
) -> Result<(), BlockError> {
    let more = beside(&store);
    store.finish(folder, manifest, more, provenance)
}

/// What the manifest of a merged sweep says beside what every manifest says.
#[must_use]
pub fn beside(store: &Store) -> Map<String, Value> {
    let plan = store.plan();
    [("inputs", plan.beside["inputs"].clone()), ("plan", plan.identity.clone())]
        .map(|(key, value)| (key.to_owned(), value))
        .into_iter()
        .collect()
}

/// What the manifest of a merged sweep says of it.
#[must_use]
pub fn manifest_of(merged: &Merged, store: &Store) -> Manifest {
    let sweep = &merged.sweep;
    let identity = &store.plan().identity;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    Manifest {
        program_version: text(&identity["version"]),
        seed: sweep.base.run.seed,
        replications: sweep.replications(),
        scenarios: vec![Scenario { name: sweep.base_name.clone(), text: text(&identity["base"]) }],
        inputs: Vec::new(),
    }
}

/// How far the looks of a sweep have come with the blocks that are there.
///
/// # Errors
/// If a block cannot be read, or is of another plan.
pub fn progress(sweep: &Sweep, found: &Found, output: &Path) -> Result<Progress, BlockError> {
    found.within(sweep.points())?;
    let row = |at: &Sweep, cell, replication| Ok(block(at, found, output, at.point(cell, replication))?.0);
    Progress::of(sweep, |point| found.has(point), row)
}

/// That nothing is left to be done.
///
/// # Errors
/// [`BlockError::Incomplete`] with what is missing.
pub fn complete(progress: &Progress) -> Result<(), BlockError> {
    if progress.look.is_none() {
        return Ok(());
    }
    Err(BlockError::Incomplete { missing: progress.missing.clone(), of: progress.points() })
}

/// Shards that would compute these missing blocks, and of how many shards; `None` if nothing that is there says how the
/// plan was shared out.
#[must_use]
pub fn shards_to_run(output: &Path, store: &Store, missing: &[u64]) -> Option<(Vec<u64>, u64)> {
    let of = store.shards().filter(|&of| of > 1)?;
    let sweep = sweep_of(&store.plan().identity, None).ok()?;
    let progress = progress(&sweep, &store.scan().ok()?, output).ok()?;
    let sweep = sweep.at(progress.horizon);
    let is_missing = |task: &Task| {
        task.cells.iter().any(|&cell| missing.binary_search(&sweep.point(cell, task.replication)).is_ok())
    };
    let tasks = progress.tasks(&sweep).ok()?;
    let shards: BTreeSet<u64> = dealt(&tasks, of)
        .into_iter()
        .zip(&tasks)
        .filter(|(_, task)| is_missing(task))
        .map(|(hand, _)| hand)
        .collect();
    Some((shards.into_iter().collect(), of))
}

/// library.csv, from what the plan says beside itself: of each scenario its name, its short name and a value of each knob.
fn library(sweep: &Sweep, beside: &Value) -> Table {
    let mut table = library_table(sweep);
    for one in beside.as_array().into_iter().flatten() {
        let texts: Vec<&str> = one.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let [name, short, values @ ..] = texts.as_slice() else { continue };
        if values.len() == sweep.axes.len() {
            let knobs = sweep.axes.iter().zip(values).map(|(axis, value)| knob_cell(axis, value));
            let row = LibraryPoint { scenario: (*name).to_owned(), short: Added(Some((*short).to_owned())) };
            table.push_with(row, knobs);
        }
    }
    table
}

/// The row of a point, from its block.
fn block(sweep: &Sweep, found: &Found, output: &Path, point: u64) -> Result<(Row, Vec<String>), BlockError> {
    let bytes = found.read(point)?.unwrap_or_default();
    decode(sweep, point, &bytes).map_err(|why| BlockError::Corrupt {
        path: output.join(HIDDEN),
        what: format!("block {point}: {why}"),
    })
}

/// What is said of each pair of settings.
fn contrasts(sweep: &Sweep, placed: &[Vec<Option<f64>>]) -> Vec<(Pair, Option<Difference>)> {
    let level = sweep.levels().outcomes;
    let said = |pair: Pair| (pair, Difference::of([&placed[pair.cell], &placed[pair.with]], level));
    sweep.pairs().into_iter().map(said).collect()
}

fn contrast_row(sweep: &Sweep, pair: &Pair, difference: Option<&Difference>) -> Vec<Cell> {
    let by = difference.map(|difference| &difference.by);
    let row = CellContrast {
        cell: pair.cell,
        knob: sweep.axes[pair.axis].name.clone(),
        with: pair.with,
        pairs: by.map_or(0, |by| by.n),
        difference: Added(Some(by.map(|by| by.value))),
        difference_low: Added(Some(by.and_then(Estimate::low))),
        difference_high: Added(Some(by.and_then(Estimate::high))),
        says: Added(Some(difference.map(|difference| difference.says))),
    };
    cells_with_knobs(sweep, pair.cell, row)
}

fn map_row(sweep: &Sweep, summary: &Summary) -> Vec<Cell> {
    let outcomes = &summary.outcomes;
    let ((replications, failed), judged) = (outcomes.finished, outcomes.judged.as_ref());
    let is_provisional = YesNo(verdict::provisional(sweep.base.run.weeks).is_some());
    let by = summary.change.as_ref().map(|change| &change.by);
    let head = CellJudged {
        cell: summary.cell,
        replications,
        failed: Added(Some(failed)),
        verdict: judged.map(|judged| judged.verdict),
        provisional: Added(Some(judged.map(|_| is_provisional))),
        lives: Added(Some(judged.map(|judged| judged.lives))),
        weeks: Added(Some(Some(sweep.base.run.weeks))),
        rest: Added(Some(summary.change.map(|change| change.rest))),
        change: Added(Some(by.map(|by| by.value))),
        change_low: Added(Some(by.and_then(Estimate::low))),
        change_high: Added(Some(by.and_then(Estimate::high))),
    };
    let mut row = cells_with_knobs(sweep, summary.cell, head);
    let interval = |row: &mut Vec<Cell>, name: &str| {
        let estimate = outcomes.of(name);
        row.push(Cell::maybe(estimate.map(|e| e.value)));
        row.push(Cell::maybe(estimate.and_then(Estimate::low)));
        row.push(Cell::maybe(estimate.and_then(Estimate::high)));
    };
    for name in map::SIZE.into_iter().chain(sweep.means()) {
        interval(&mut row, name);
    }
    row
}
