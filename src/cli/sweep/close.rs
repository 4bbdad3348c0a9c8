//! The end of a sweep: blocks are merged into tables, and the terminal is told what came out.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use anyhow::Context;

use crate::charts::{self, Drawn};
use crate::cli::{BadInput, common, map, say, table};
use crate::experiments::sweep::Warning;
use crate::output::Provenance;
use crate::output::blocks::{BlockError, State, Store};
use crate::output::sweep::{Merged, finish, merge, shards_to_run};

/// Merges the blocks of a folder into its tables, removes them, and reports.
pub(in crate::cli) fn close(
    out: &Path,
    quiet: bool,
    started: SystemTime,
    threads: usize,
    warnings: &[Warning],
) -> anyhow::Result<ExitCode> {
    let Some(store) = Store::open(out)? else { return merged_already(out) };
    let (merged, mut folder) = merge(out, &store).inspect_err(|error| {
        if let BlockError::Incomplete { missing, .. } = error {
            hint(&store, missing);
        }
    })?;
    let provenance = Provenance {
        commit: option_env!("INTROSIM_COMMIT").map(str::to_owned),
        threads,
        command: common::command_line(),
        started,
        ended: SystemTime::now(),
    };
    let mut drawn = Ok(Vec::new());
    finish(&merged, &mut folder, store, &provenance, |folder| {
        folder.write_dictionary(&charts::tables())?;
        drawn = charts::draw_all(folder.path());
        let files = drawn.iter().flatten().flat_map(|chart: &Drawn| &chart.files);
        folder.claim(files.map(PathBuf::as_path));
        Ok(())
    })?;
    let drawn = drawn.context("the tables are written; the charts are not")?;
    if !quiet {
        report(&merged, &drawn)?;
    }
    for warning in warnings.iter().chain(&merged.warnings()) {
        say(&format!("warning: {warning}"));
    }
    Ok(if merged.failed > 0 { ExitCode::FAILURE } else { ExitCode::SUCCESS })
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

fn report(merged: &Merged, drawn: &[Drawn]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", map::render(&merged.sweep, &merged.map, table::terminal_width()))?;
    writeln!(out)?;
    let (files, twice) = merged.files_and_duplicates;
    if twice > 0 {
        writeln!(out, "{twice} blocks of {files} files were computed more than once, each time the same")?;
    }
    for chart in drawn {
        writeln!(out, "{}", chart.title)?;
    }
    for file in &merged.files {
        writeln!(out, "wrote {}", file.display())?;
    }
    Ok(())
}
