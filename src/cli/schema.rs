//! `schema`: the JSON Schema of scenario files, and the text of the base.

use std::io::Write;
use std::process::ExitCode;

use crate::scenario::{base_toml, json_schema};

/// Print the JSON Schema of scenario files, for editors
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim schema > introsim.schema.json
  introsim schema --base > scenarios/base.toml    (after the registry of keys has changed)")]
pub(super) struct Args {
    /// Print base.toml instead: every key with its default, meaning, unit, range and source
    #[arg(long)]
    base: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let text = if args.base { base_toml() } else { format!("{:#}\n", json_schema()) };
    std::io::stdout().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
