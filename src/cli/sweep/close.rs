//! The end of a sweep: blocks are merged into tables, and the terminal is told what came out.

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

use crate::cli::common::Outcome;
use crate::cli::{BadInput, map, say, table};
use crate::experiments::sweep::Warning;
use crate::output::Provenance;
use crate::output::blocks::{BlockError, State, Store};
use crate::output::study::is_study;
use crate::output::sweep::{Merged, finish, merge, shards_to_run};

/// Merges the blocks of a folder into its tables, removes them, and reports.
pub(in crate::cli) fn close(
    out: &Path,
    quiet: bool,
    provenance: Provenance,
    warnings: &[Warning],
) -> anyhow::Result<ExitCode> {
    let Some(merged) = tables(out, &provenance)? else { return merged_already(out) };
    if !quiet {
        report(&merged)?;
    }
    Ok(outcome(&merged, warnings).report())
}

/// Merges the blocks of a folder into its tables, and removes them; none where there are no blocks.
pub(super) fn tables(out: &Path, provenance: &Provenance) -> anyhow::Result<Option<Merged>> {
    let Some(store) = Store::open(out)? else { return Ok(None) };
    if is_study(&store.plan().identity) {
        let text = format!(
            "{} holds an unfinished study; `introsim study … --resume` goes on with it",
            out.display()
        );
        return Err(BadInput(text).into());
    }
    let (merged, folder) = merge(out, &store).inspect_err(|error| {
        if let BlockError::Incomplete { missing, .. } = error {
            hint(&store, missing);
        }
    })?;
    finish(&merged, &folder, store, provenance)?;
    Ok(Some(merged))
}

/// What to warn of, and whether a point failed.
pub(super) fn outcome(merged: &Merged, warnings: &[Warning]) -> Outcome {
    Outcome::new(warnings.iter().chain(&merged.warnings()), merged.failed > 0)
}

/// There are no blocks: another merge was quicker, or there never were any.
fn merged_already(out: &Path) -> anyhow::Result<ExitCode> {
    match State::of(out)? {
        State::Finished(manifest) if !manifest["plan"].is_null() => {
            say(&format!("{} is merged already", out.display()));
            Ok(ExitCode::SUCCESS)
        }
        _ => {
            let text = format!("{} holds no blocks of a sweep", out.display());
            Err(BadInput(text).into())
        }
    }
}

/// Says which shards to run again: in words, and as an option that array jobs take.
fn hint(store: &Store, missing: &[u64]) {
    let Some((shards, of)) = shards_to_run(store, missing) else { return };
    let names: Vec<String> = shards.iter().map(|shard| format!("{shard}/{of}")).collect();
    say(&format!("not finished: --shard {}", names.join(", ")));
    let numbers: Vec<String> = shards.iter().map(u64::to_string).collect();
    let _ = writeln!(std::io::stdout(), "--array={}", numbers.join(","));
}

fn report(merged: &Merged) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", map::render(&merged.sweep, &merged.map, table::terminal_width()))?;
    writeln!(out)?;
    let (files, twice) = merged.files_and_duplicates;
    if twice > 0 {
        writeln!(out, "{twice} blocks of {files} files were computed more than once, each time the same")?;
    }
    for file in &merged.files {
        writeln!(out, "wrote {}", file.display())?;
    }
    Ok(())
}
