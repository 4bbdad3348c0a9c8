//! `verify`: whether the files of a folder are what was written, and whether they come out again.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use rayon::prelude::*;
use serde_json::Value;

use super::common::be_folder;
use crate::output::Manifest;
use crate::output::checkpoint::{BlockError, State, Store, settle};
use crate::output::study::{broken_parts, is_study, parts_of, place_of};
use crate::output::sweep::{
    Sample, SampleError, broken_outputs, complete, sample_of_blocks, sample_of_tables,
};
use crate::text::counted;

/// Check the hashes of all files of a folder, and compute a sample of its rows again
///
/// Works on the folder of a run or a sweep, finished or not, and on every part of a finished study. The code is 6 if a file is not what was written, 4 if a row
/// comes out differently, 5 if another version of the program made it, 3 if blocks are missing.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim verify output/screening-by-payout
  introsim verify output/run --sample 20
  introsim verify output/run --sample 0    (hashes only)")]
pub(super) struct Args {
    /// Folder of a run, a sweep or a study
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Rows to compute again
    #[arg(long, value_name = "N", default_value_t = 3, allow_negative_numbers = true)]
    sample: usize,
    /// Another number, another sample
    #[arg(long, value_name = "S", default_value_t = 1, allow_negative_numbers = true)]
    seed: u64,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let folder = &args.folder;
    be_folder(folder, "a run or a sweep")?;
    settle(folder)?;
    match State::of(folder)? {
        State::Replacing { earlier, .. } if !is_study(&earlier) => {
            super::say(&format!(
                "note: {} also holds unfinished work that is to replace this; --resume goes on with it",
                folder.display()
            ));
            tables(args, folder, &earlier)
        }
        State::Replacing { earlier, .. } => study(args, &earlier),
        State::Finished(manifest) if is_study(&manifest) => study(args, &manifest),
        State::Finished(manifest) => tables(args, folder, &manifest),
        State::Unfinished(plan) if is_study(&plan.identity) => {
            let text = format!(
                "{} holds an unfinished study; `introsim study … --resume` goes on with it",
                folder.display()
            );
            Err(super::BadInput(text).into())
        }
        State::Unfinished(plan) if plan.identity["kind"] == "sweep" => blocks(args),
        State::Unfinished(_) => pieces(folder),
        State::Empty | State::Other => {
            let text = format!("{} holds no run of this program", folder.display());
            Err(super::BadInput(text).into())
        }
    }
}

/// The report, the manifest of every part, and every part by itself; the first code that is not 0.
fn study(args: &Args, manifest: &Value) -> anyhow::Result<ExitCode> {
    let (mut broken, _) = broken_outputs(&args.folder, manifest)?;
    broken.extend(broken_parts(&args.folder, manifest)?);
    for (path, what) in &broken {
        super::say(&format!("error: {} {what}", path.display()));
    }
    let mut code = if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(super::CORRUPT) };
    for part in manifest["parts"].as_array().into_iter().flatten().filter(|part| part["manifest"].is_null()) {
        let name = part["name"].as_str().unwrap_or_default();
        super::say(&format!(
            "error: {name} failed when the study was made; --resume of the study tries it again"
        ));
        if code == ExitCode::SUCCESS {
            code = ExitCode::FAILURE;
        }
    }
    for part in parts_of(manifest) {
        let folder = place_of(&args.folder, part);
        let Some(of_part) = Manifest::read(&folder)? else { continue };
        let mut out = super::terminal::out();
        writeln!(out, "{part}:")?;
        out.flush()?;
        drop(out);
        let found = tables(args, &folder, &of_part)?;
        if code == ExitCode::SUCCESS {
            code = found;
        }
    }
    Ok(code)
}

fn tables(args: &Args, folder: &Path, manifest: &Value) -> anyhow::Result<ExitCode> {
    let (broken, listed) = broken_outputs(folder, manifest)?;
    for (path, what) in &broken {
        super::say(&format!("error: {} {what}", path.display()));
    }
    if !broken.is_empty() {
        return Ok(ExitCode::from(super::CORRUPT));
    }
    let mut out = super::terminal::out();
    writeln!(out, "{listed} files are what the manifest says")?;
    out.flush()?;
    if args.sample == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    same_version(folder, &manifest["version"])?;
    let samples = sample_of_tables(folder, manifest, args.sample, args.seed).map_err(unreadable)?;
    if samples.is_empty() {
        writeln!(out, "there are no rows here that could be computed again")?;
    }
    again(&samples)
}

fn blocks(args: &Args) -> anyhow::Result<ExitCode> {
    let Some(store) = Store::open(&args.folder)? else {
        return Err(super::BadInput(format!("{} is being merged", args.folder.display())).into());
    };
    if args.sample > 0 {
        same_version(&args.folder, &store.plan().identity["version"])?;
    }
    let (samples, there, now) = sample_of_blocks(&store, args.sample, args.seed).map_err(unreadable)?;
    writeln!(super::terminal::out(), "{there} of {} blocks are there, and what was written", now.points())?;
    let code = again(&samples)?;
    if code == ExitCode::SUCCESS {
        complete(&now)?;
    }
    Ok(code)
}

/// Unfinished work that only the same command can go on with.
fn pieces(folder: &Path) -> anyhow::Result<ExitCode> {
    let Some(store) = Store::open(folder)? else {
        return Err(super::BadInput(format!("{} is being finished", folder.display())).into());
    };
    let there = counted(store.scan()?.count(), "piece");
    let text =
        format!("{there} of unfinished work are what was written; --resume of its command goes on with it");
    writeln!(super::terminal::out(), "{text}")?;
    Ok(ExitCode::from(super::MISSING))
}

/// The error itself, so that it ends with its own code.
fn unreadable(error: SampleError) -> anyhow::Error {
    match error {
        SampleError::Output(error) => error.into(),
        SampleError::Blocks(error) => error.into(),
        SampleError::Problems(problems) => problems.into(),
        SampleError::Input(text) => super::BadInput(text).into(),
    }
}

/// Another version may compute other numbers, which proves nothing.
fn same_version(folder: &Path, version: &Value) -> Result<(), BlockError> {
    let own = env!("CARGO_PKG_VERSION");
    if *version == own {
        return Ok(());
    }
    let version = version.as_str().unwrap_or("unknown");
    let what = format!("it was made by version {version}, this is {own}; --sample 0 checks the hashes alone");
    Err(BlockError::OtherPlan { path: folder.to_path_buf(), what })
}

/// Computes rows again, and says which differ.
fn again(samples: &[Sample]) -> anyhow::Result<ExitCode> {
    let repeats: Vec<bool> = samples.par_iter().map(Sample::repeats).collect();
    let different = samples.iter().zip(&repeats).filter(|(_, repeats)| !**repeats);
    let mut code = ExitCode::SUCCESS;
    for (sample, _) in different {
        super::say(&format!("error: {} comes out differently", sample.what));
        code = ExitCode::from(super::DIFFERENT);
    }
    if code == ExitCode::SUCCESS && !samples.is_empty() {
        let names: Vec<&str> = samples.iter().map(|sample| sample.what.as_str()).collect();
        writeln!(super::terminal::out(), "computed again, the same to the last digit: {}", names.join("; "))?;
    }
    Ok(code)
}
