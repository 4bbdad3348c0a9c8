//! The `introsim` program: parse, run, print the error chain, exit code; nothing else.

use std::process::ExitCode;

use introsim::cli::{Cli, report};

fn main() -> ExitCode {
    Cli::read().run().unwrap_or_else(|error| report(&error))
}
