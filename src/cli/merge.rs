//! `merge`: shards become one result.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::SystemTime;

use clap::Parser as _;
use serde_json::Value;

use super::common::be_folder;
use super::{BadInput, Cli, Command};
use crate::foreign;
use crate::output::Provenance;
use crate::output::checkpoint::{BlockError, PlanFile, State, Store};
use crate::output::study::is_study;

/// Merge shards into one result, once all are done
///
/// Every block is checked and taken once; tables, charts and report are byte for byte those of one machine. Where blocks are
/// missing, the code is 3, and the shards to run again are named.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim merge output/shared
  introsim merge node1/study node2/study node3/study    (the tables go to the first)")]
pub(super) struct Args {
    /// Folders with blocks of the same work; the tables are written to the first
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// No table
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let started = SystemTime::now();
    args.folders.iter().try_for_each(|folder| be_folder(folder, "shards"))?;
    let (first, others) = (&args.folders[0], &args.folders[1..]);
    let plan = match State::of(first)? {
        State::Unfinished(plan) | State::Replacing { plan, .. } => plan,
        _ if others.is_empty() => return super::sweep::merged_already(first),
        _ => return Err(BadInput(format!("{} holds no work of shards", first.display())).into()),
    };
    import(first, others, &plan)?;
    if plan.identity["kind"] != "sweep" {
        return again(first, &plan, args.quiet);
    }
    let provenance = Provenance {
        commit: option_env!("INTROSIM_COMMIT").map(str::to_owned),
        threads: 1,
        command: super::common::command_line(),
        started,
        ended: SystemTime::now(),
    };
    super::sweep::close(first, args.quiet, provenance, &[])
}

/// Takes the blocks of other folders over.
fn import(first: &Path, others: &[PathBuf], plan: &PlanFile) -> anyhow::Result<()> {
    if others.is_empty() {
        return Ok(());
    }
    if is_study(&plan.identity) {
        let text = format!(
            "a study has blocks in many folders; copy the others into {} (`rsync -a {}/ {}`) and merge that",
            first.display(),
            foreign::shell_path(&others[0]),
            foreign::shell_path(first)
        );
        return Err(BadInput(text).into());
    }
    if let Some(store) = Store::open(first)? {
        for other in others {
            store.import(other)?;
        }
    }
    Ok(())
}

/// Does the command again by which the work was begun, with everything from its blocks: only results are made.
fn again(out: &Path, plan: &PlanFile, quiet: bool) -> anyhow::Result<ExitCode> {
    let words: Vec<&str> =
        plan.beside["command"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let read = Cli::try_parse_from(super::told_apart(words.iter().map(OsString::from)));
    let Ok(mut cli) = read else {
        let text = format!(
            "{} does not say how it was begun; --resume of its command goes on with it",
            out.display()
        );
        return Err(BadInput(text).into());
    };
    match &mut cli.command {
        Command::Run(args) => args.asked.common.join(out, quiet),
        Command::Compare(args) => args.asked.common.join(out, quiet),
        Command::Breakeven(args) => args.common.join(out, quiet),
        Command::Flip(args) => args.common.join(out, quiet),
        Command::Sensitivity(args) => args.common.join(out, quiet),
        Command::Facts(args) => args.common.join(out, quiet),
        Command::Study(args) => args.join(out, quiet),
        _ => {
            let text = format!("{} holds unfinished work that is not shared out", out.display());
            return Err(BadInput(text).into());
        }
    }
    let done = cli.run();
    if let Err(error) = &done
        && let Some(BlockError::Incomplete { .. }) = error.downcast_ref()
    {
        let resume = (!words.contains(&"--resume")).then_some("--resume");
        let line: Vec<String> = words.into_iter().chain(resume).map(foreign::shell).collect();
        super::say(&format!("the rest on one machine: {}", line.join(" ")));
    }
    done
}
