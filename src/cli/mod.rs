//! The command line: one file per command, and nothing below this room prints or exits.

mod against;
mod breakeven;
mod chart;
mod check;
mod common;
mod compare;
mod completions;
mod crossings;
mod differences;
mod explain;
mod facts;
mod flip;
mod list;
mod map;
mod merge;
mod new;
mod precise;
mod progress;
mod run;
mod schema;
mod sensitivity;
mod studies;
mod study;
mod sweep;
mod table;
mod trace;
mod validate;
mod verify;

use std::fmt;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::output::blocks::BlockError;

/// Bad input: nothing was started.
const BAD_INPUT: u8 = 2;
/// Results differ that must not.
const DIFFERENT: u8 = 4;
/// Bytes are not those that were written.
const CORRUPT: u8 = 6;
/// Stopped by a signal, with the work saved.
const STOPPED: u8 = 75;

/// Can a job seeker buy introductions to people who hire? An agent-based market that answers with numbers.
#[derive(Debug, Parser)]
#[command(name = "introsim", version, max_term_width = 110, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 done; 1 a replication or a file failed; 2 bad input, nothing was started; 3 shards are \
missing; 4 results differ; 5 another plan; 6 corrupt; 75 stopped by a signal, what was finished is saved"
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Args),
    Compare(compare::Args),
    Sweep(sweep::Args),
    Breakeven(breakeven::Args),
    Flip(flip::Args),
    Sensitivity(sensitivity::Args),
    Facts(facts::Args),
    Study(study::Args),
    Validate(validate::Args),
    Merge(merge::Args),
    Verify(verify::Args),
    Trace(trace::Args),
    Explain(explain::Args),
    Chart(chart::Args),
    Check(check::Args),
    List(list::Args),
    New(new::Args),
    Schema(schema::Args),
    Completions(completions::Args),
}

impl Cli {
    /// Does what the command line asks for.
    ///
    /// # Errors
    ///
    /// Whatever stopped the command; [`report`] says with which code the program should end.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        match self.command {
            Command::Run(args) => run::run(&args),
            Command::Compare(args) => compare::run(&args),
            Command::Sweep(args) => sweep::run(&args),
            Command::Breakeven(args) => breakeven::run(&args),
            Command::Flip(args) => flip::run(&args),
            Command::Sensitivity(args) => sensitivity::run(&args),
            Command::Facts(args) => facts::run(&args),
            Command::Study(args) => study::run(&args),
            Command::Validate(args) => validate::run(&args),
            Command::Merge(args) => merge::run(&args),
            Command::Verify(args) => verify::run(&args),
            Command::Trace(args) => trace::run(&args),
            Command::Explain(args) => explain::run(&args),
            Command::Chart(args) => chart::run(&args),
            Command::Check(args) => check::run(&args),
            Command::List(args) => list::run(&args),
            Command::New(args) => new::run(&args),
            Command::Schema(args) => schema::run(&args),
            Command::Completions(args) => completions::run(&args),
        }
    }
}

/// Input that the user has to change; the program ends with code 2.
#[derive(Debug)]
struct BadInput(String);

impl fmt::Display for BadInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadInput {}

/// Reports an error on the terminal, and gives the code that the program should end with.
///
/// A reader that went away, as `head` does, is no error.
#[must_use]
pub fn report(error: &anyhow::Error) -> ExitCode {
    let is_gone = |cause: &(dyn std::error::Error + 'static)| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|error| error.kind() == std::io::ErrorKind::BrokenPipe)
    };
    if error.chain().any(is_gone) {
        return ExitCode::SUCCESS;
    }
    if let Some(problems) = error.downcast_ref::<crate::scenario::Problems>() {
        say(&problems.styled());
        return ExitCode::from(BAD_INPUT);
    }
    say(&format!("error: {error:#}"));
    if let Some(error) = error.downcast_ref::<BlockError>() {
        return ExitCode::from(code_of(error));
    }
    if error.is::<BadInput>() { ExitCode::from(BAD_INPUT) } else { ExitCode::FAILURE }
}

/// The code of a store of blocks that cannot be used, or not yet.
fn code_of(error: &BlockError) -> u8 {
    match error {
        BlockError::InUse { .. } | BlockError::Occupied { .. } => BAD_INPUT,
        BlockError::Incomplete { .. } => 3,
        BlockError::Differ { .. } => 4,
        BlockError::OtherPlan { .. } => 5,
        BlockError::Corrupt { .. } => 6,
        _ => 1,
    }
}

/// Writes a line to standard error, with colours where they belong; if nobody listens, there is nobody to tell.
fn say(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(anstream::stderr(), "{text}");
}
