//! The command line: one file per command, and nothing below this room prints or exits.

mod breakeven;
mod chart;
mod check;
mod common;
mod completions;
mod crossings;
mod facts;
mod flip;
mod list;
mod new;
mod progress;
mod run;
mod schema;
mod sensitivity;
mod studies;
mod table;

use std::fmt;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Bad input: nothing was started.
const BAD_INPUT: u8 = 2;

/// Can a job seeker buy introductions to people who hire? An agent-based market that answers with numbers.
#[derive(Debug, Parser)]
#[command(name = "introsim", version, max_term_width = 110, arg_required_else_help = true)]
#[command(
    after_help = "Exit codes: 0 done; 1 a replication or a file failed; 2 bad input, nothing was started"
)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Run(run::Args),
    Breakeven(breakeven::Args),
    Flip(flip::Args),
    Sensitivity(sensitivity::Args),
    Facts(facts::Args),
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
            Command::Breakeven(args) => breakeven::run(&args),
            Command::Flip(args) => flip::run(&args),
            Command::Sensitivity(args) => sensitivity::run(&args),
            Command::Facts(args) => facts::run(&args),
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
    if error.is::<BadInput>() { ExitCode::from(BAD_INPUT) } else { ExitCode::FAILURE }
}

/// Writes a line to standard error, with colours where they belong; if nobody listens, there is nobody to tell.
fn say(text: &str) {
    use std::io::Write as _;
    let _ = writeln!(anstream::stderr(), "{text}");
}
