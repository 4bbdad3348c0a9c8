//! The `introsim` program: parse, run, print the error chain, exit code; nothing else.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use introsim::cli::{Cli, report};

fn main() -> ExitCode {
    Cli::read().run().unwrap_or_else(|error| report(&error))
}
