//! `merge`: the shards of a sweep become one result.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use super::common::folder_hint;
use crate::output::Provenance;
use crate::output::blocks::Store;

/// Merge the shards of a sweep into its tables, once all are done
///
/// Every block is checked and taken once; the tables are byte for byte those of a sweep on one machine. Where blocks are
/// missing, the code is 3, and the shards to run again are named.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim merge output/shared
  introsim merge node1/study node2/study node3/study    (the tables go to the first)")]
pub(super) struct Args {
    /// Folders with blocks of one sweep; the tables are written to the first
    #[arg(required = true, value_name = "DIR")]
    folders: Vec<PathBuf>,
    /// No table
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let started = SystemTime::now();
    for folder in &args.folders {
        if !folder.is_dir() {
            let text = format!("{} is not a folder{}", folder.display(), folder_hint(folder, "a sweep"));
            return Err(super::BadInput(text).into());
        }
    }
    let (first, others) = (&args.folders[0], &args.folders[1..]);
    if !others.is_empty() {
        let Some(store) = Store::open(first)? else {
            let text = format!("{} holds no blocks of a sweep", first.display());
            return Err(super::BadInput(text).into());
        };
        for other in others {
            store.import(other)?;
        }
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
