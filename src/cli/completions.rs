//! `completions`: what a shell needs to complete commands and options.

use std::io::Write;
use std::process::ExitCode;

use clap::CommandFactory;
use clap_complete::Shell;

/// Print completions for a shell
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  introsim completions bash > ~/.local/share/bash-completion/completions/introsim")]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut super::Cli::command(), "introsim", &mut script);
    super::terminal::raw().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}
