//! The end of a sweep: blocks are merged into tables, and the terminal is told what came out.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use super::Swept;
use crate::charts::{ChartError, Drawn};
use crate::cli::common::{Outcome, Workspace};
use crate::cli::preflight::is_merged;
use crate::cli::shard::Gap;
use crate::cli::{BadInput, common, map, say, table};
use crate::experiments::rest;
use crate::experiments::sweep::Warning;
use crate::foreign;
use crate::output::Provenance;
use crate::output::checkpoint::{BlockError, Company, HIDDEN, Hold, PlanFile, State, Store};
use crate::output::sweep::{Merged, beside, finish, manifest_of, merge, shards_to_run};

/// Merges the blocks of a folder into its tables, removes them, and reports.
pub(in crate::cli) fn close(
    out: &Path,
    quiet: bool,
    provenance: Provenance,
    warnings: &[Warning],
) -> anyhow::Result<ExitCode> {
    let made = tables(out, &provenance)?.map_err(|gap| gap.tell())?;
    let Some((merged, drawn)) = made else { return merged_already(out) };
    if !quiet {
        report(&merged, &drawn)?;
    }
    Ok(outcome(&merged, warnings).report())
}

/// Puts together what shards of a part of a study have done.
pub(super) fn together(workspace: &Workspace, plan: &PlanFile) -> anyhow::Result<Swept> {
    let Some(store) = Store::open(&workspace.out)? else { return Ok(Swept::Missing(Gap::default())) };
    store.is_of(plan)?;
    drop(store);
    Ok(match tables(&workspace.out, &workspace.provenance())? {
        Err(gap) => Swept::Missing(gap),
        Ok(made) => Swept::Done(made.map(|(merged, _)| outcome(&merged, &[])).unwrap_or_default()),
    })
}

/// What a merge makes: tables and charts, nothing where there are no blocks, or what is missing.
type Made = Result<Option<(Merged, Vec<Drawn>)>, Gap>;

/// Merges the blocks of a folder into its tables, draws its charts, and removes the blocks.
pub(super) fn tables(out: &Path, provenance: &Provenance) -> anyhow::Result<Made> {
    let Some(store) = Store::open(out)? else { return Ok(Ok(None)) };
    let (merged, mut folder) = match merge(out, &store) {
        // Merged before; only the removal of the blocks was stopped on the way.
        Err(BlockError::Incomplete { .. }) if is_merged(out, store.hash()) => return Ok(Ok(None)),
        Err(BlockError::Incomplete { missing, of }) => {
            return Ok(Err(Gap::new(missing.len(), of, shards_to_run(out, &store, &missing))));
        }
        merged => merged?,
    };
    let manifest = manifest_of(&merged, &store);
    let drawn = match common::draw(&mut folder, &manifest, &beside(&store)) {
        // A second try would draw it no better.
        Err(error @ ChartError::Drawing { .. }) => Err(error),
        Err(error) => return Err(error).with_context(|| kept(out)),
        Ok(drawn) => Ok(drawn),
    };
    finish(&manifest, &folder, store, provenance)?;
    let drawn = drawn.context("the tables are written; the charts are not")?;
    Ok(Ok(Some((merged, drawn))))
}

/// What to warn of, and whether a point failed.
pub(super) fn outcome(merged: &Merged, warnings: &[Warning]) -> Outcome {
    Outcome::new(warnings.iter().chain(&merged.warnings()), merged.failed > 0)
}

fn kept(out: &Path) -> String {
    format!(
        "nothing is lost: when this is mended, introsim merge {} writes tables and charts",
        foreign::shell_path(out)
    )
}

/// There are no blocks: another merge was quicker, or there never were any.
pub(in crate::cli) fn merged_already(out: &Path) -> anyhow::Result<ExitCode> {
    match State::of(out)? {
        State::Finished(manifest) if !manifest["plan_hash"].is_null() => {
            // What is left of its blocks is in nobody's way any more.
            if out.join(HIDDEN).is_dir() {
                let hold = Hold::take(out, Company::Alone)?;
                hold.clear()?;
                hold.leave();
            }
            say(&format!("{} is merged already", out.display()));
            Ok(ExitCode::SUCCESS)
        }
        _ => {
            let text = format!("{} holds no work of shards", out.display());
            Err(BadInput(text).into())
        }
    }
}

fn report(merged: &Merged, drawn: &[Drawn]) -> anyhow::Result<()> {
    let mut out = crate::cli::terminal::out();
    crate::cli::terminal::show(&map::render(&merged.sweep, &merged.map, table::terminal_width()))?;
    // What is shown is a warning.
    let luck = merged.together.filter(|_| merged.map.len() > 1 && merged.drift().is_none());
    if let Some(said) = luck.as_ref().and_then(rest::said_together) {
        writeln!(out, "{}", crate::cli::terminal::wrapped(&said))?;
    }
    for line in map::contrasts(&merged.sweep, &merged.contrasts) {
        writeln!(out, "{}", crate::cli::terminal::wrapped(&line))?;
    }
    if let Some(price) = map::price_of_open(&merged.sweep, &merged.map) {
        writeln!(out, "{price}")?;
    }
    writeln!(out)?;
    let (files, twice) = merged.files_and_duplicates;
    if twice > 0 {
        writeln!(out, "{twice} blocks of {files} files were computed more than once, each time the same")?;
    }
    for chart in drawn {
        writeln!(out, "{}", crate::cli::terminal::wrapped(&chart.found))?;
    }
    for file in &merged.files {
        writeln!(out, "wrote {}", file.display())?;
    }
    Ok(())
}
