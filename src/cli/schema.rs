//! `schema`: the JSON Schema of scenario files, the text of the base, and tables of all keys and columns.

use std::io::Write;
use std::process::ExitCode;

use crate::output::outputs_markdown;
use crate::scenario::{base_toml, json_schema, parameters_markdown};

/// Print the JSON Schema of scenario files, for editors
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim schema > introsim.schema.json
  introsim schema --base > scenarios/base.toml    (after the registry of keys has changed)
  introsim schema --parameters > docs/parameters.md
  introsim schema --outputs > docs/outputs.md")]
pub(super) struct Args {
    /// Print base.toml instead: every key with its default, meaning, unit, range and source
    #[arg(long)]
    base: bool,
    /// Print every key as tables in Markdown
    #[arg(long, conflicts_with = "base")]
    parameters: bool,
    /// Print every column of the tables of a run, in Markdown
    #[arg(long, conflicts_with_all = ["base", "parameters"])]
    outputs: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let text = match args {
        Args { base: true, .. } => base_toml(),
        Args { parameters: true, .. } => parameters_markdown(),
        Args { outputs: true, .. } => outputs_markdown(),
        _ => format!("{:#}\n", json_schema()),
    };
    super::terminal::raw().write_all(text.as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
