//! The command line: one file per command, and nothing below this room prints or exits.

mod against;
mod chart;
mod check;
mod common;
mod compare;
mod completions;
mod cost;
mod differences;
mod ends;
mod explain;
mod facts;
mod keeper;
mod library;
mod list;
mod map;
mod memory;
mod merge;
mod new;
mod older;
mod place;
mod precise;
mod preflight;
mod progress;
mod run;
mod schema;
mod sensitivity;
mod shard;
mod studies;
mod study;
mod sweep;
mod table;
mod terminal;
mod threshold;
mod trace;
mod validate;
mod verify;

use std::ffi::OsString;
use std::fmt;
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{CommandFactory, Parser, Subcommand};

use crate::charts::ChartError;
use crate::output::OutputError;
use crate::output::checkpoint::BlockError;
use crate::output::funnel::ExplanationError;
use crate::report::ReportError;
use terminal::say;

/// Bad input: nothing was started.
const BAD_INPUT: u8 = 2;
/// Something is missing that others have to make.
const MISSING: u8 = 3;
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
    Breakeven(threshold::breakeven::Args),
    Flip(threshold::flip::Args),
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
    Library(library::Args),
    New(new::Args),
    Schema(schema::Args),
    Completions(completions::Args),
}

/// Options that may stand alone or before a number, and the number that they then have.
const OPTIONAL: [(&str, &str); 2] = [("--assumptions", "200"), ("--interesting", "5")];

/// The words of a command line in which an option that may stand alone does not take the file after it for its value.
fn told_apart(words: impl Iterator<Item = OsString>) -> Vec<OsString> {
    let mut all: Vec<OsString> = Vec::new();
    let mut options_end = false;
    let mut words = words.peekable();
    while let Some(word) = words.next() {
        options_end |= word == "--";
        let usual = OPTIONAL.iter().find(|(option, _)| !options_end && word == *option);
        match usual {
            Some((option, usual)) if !words.peek().is_some_and(is_value) => {
                all.push(format!("{option}={usual}").into());
            }
            _ => all.push(word),
        }
    }
    all
}

/// What was wrong with a command line, with what may have been meant: a command whose name is a letter off, which clap
/// finds too unlike where names are short, and no more like than others where they are long; and where files are found.
fn advised(mut error: clap::Error) -> clap::Error {
    match (error.kind(), error.get(ContextKind::InvalidSubcommand), error.get(ContextKind::InvalidArg)) {
        (ErrorKind::InvalidSubcommand, Some(ContextValue::String(word)), _) => {
            let cli = Cli::command();
            let near = cli.get_subcommands().map(clap::Command::get_name);
            let near = near.filter(|name| strsim::osa_distance(name, word) == 1);
            let near: Vec<String> = near.map(str::to_owned).collect();
            if !near.is_empty() {
                error.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(near));
            }
        }
        (ErrorKind::MissingRequiredArgument, _, Some(ContextValue::Strings(missing)))
            if missing.iter().any(|one| one.starts_with("<FILE>")) =>
        {
            let tip = "a file of yours, or a name of the library: `introsim list` shows scenarios, `introsim list \
                       library:studies` studies";
            error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
        }
        _ => {}
    }
    error
}

/// Whether a word is meant for a number, right or wrong, and for no file.
fn is_value(word: &OsString) -> bool {
    let text = word.to_string_lossy();
    text.parse::<f64>().is_ok()
        || (text.starts_with(|c: char| c.is_ascii_digit()) && !std::path::Path::new(word).exists())
}

impl Cli {
    /// Reads the command line; where it cannot be read the program ends and says why.
    #[must_use]
    pub fn read() -> Self {
        let words = told_apart(std::env::args_os());
        let is_plain = words.iter().all(|word| !word.to_string_lossy().contains(crate::foreign::steers));
        Self::try_parse_from(words).map_err(advised).unwrap_or_else(|error| {
            if is_plain {
                error.exit();
            }
            // What is said repeats the words.
            say(&error.render().to_string());
            std::process::exit(error.exit_code())
        })
    }

    /// Does what the command line asks for.
    ///
    /// # Errors
    ///
    /// Whatever stopped the command; [`report`] says with which code the program should end.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        #[cfg(debug_assertions)]
        plant_failure();
        if self.command.outlives_reader() {
            terminal::outlive_reader();
        }
        match self.command {
            Command::Run(args) => run::run(&args),
            Command::Compare(args) => compare::run(&args),
            Command::Sweep(args) => sweep::run(&args),
            Command::Breakeven(args) => threshold::breakeven::run(&args),
            Command::Flip(args) => threshold::flip::run(&args),
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
            Command::Library(args) => library::run(&args),
            Command::New(args) => new::run(&args),
            Command::Schema(args) => schema::run(&args),
            Command::Completions(args) => completions::run(&args),
        }
    }
}

impl Command {
    /// Whether it is done for more than what it says: a folder is made, or its code tells what was found.
    fn outlives_reader(&self) -> bool {
        match self {
            Self::Run(_)
            | Self::Compare(_)
            | Self::Sweep(_)
            | Self::Breakeven(_)
            | Self::Flip(_)
            | Self::Sensitivity(_)
            | Self::Facts(_)
            | Self::Study(_)
            | Self::Validate(_)
            | Self::Merge(_)
            | Self::Verify(_)
            | Self::Chart(_)
            | Self::Check(_)
            | Self::Library(_)
            | Self::New(_) => true,
            Self::Trace(_) | Self::Explain(_) | Self::List(_) | Self::Schema(_) | Self::Completions(_) => {
                false
            }
        }
    }
}

/// What `INTROSIM_PLANT_FAILURE=KEY=NUMBER` asks for, in tests.
#[cfg(debug_assertions)]
fn plant_failure() {
    let asked = std::env::var("INTROSIM_PLANT_FAILURE").unwrap_or_default();
    if let Some((path, number)) = asked.split_once('=')
        && let Ok(number) = number.parse()
    {
        crate::engine::plant_failure(path, number);
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
/// A reader that went away, as `head` does, is no error: a command that does nothing but talk stops then.
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
        terminal::say_problems(problems, "");
        return ExitCode::from(BAD_INPUT);
    }
    if let Some(text) = older::lacks(error) {
        say(&format!("error: {text}"));
        return ExitCode::from(BAD_INPUT);
    }
    say(&format!("error: {error:#}"));
    if let Some(error) = error.downcast_ref::<BlockError>() {
        return ExitCode::from(code_of(error));
    }
    if let Some(error) = of_files(error) {
        return ExitCode::from(code_of_files(error));
    }
    if error.is::<BadInput>() { ExitCode::from(BAD_INPUT) } else { ExitCode::FAILURE }
}

/// The trouble with a file behind an error.
fn of_files(error: &anyhow::Error) -> Option<&OutputError> {
    if let Some(error) = error.downcast_ref::<OutputError>() {
        return Some(error);
    }
    if let Some(ExplanationError::Output(error)) = error.downcast_ref() {
        return Some(error);
    }
    let charts = match error.downcast_ref() {
        Some(ReportError::Files(error)) => return Some(error),
        Some(ReportError::Charts(error)) => Some(error),
        _ => error.downcast_ref(),
    };
    match charts {
        Some(ChartError::Files(error)) => Some(error),
        _ => None,
    }
}

/// The code of trouble with a file, by its cause alone, whichever command and whichever moment it comes to: a place that
/// may not be written to is for the user to change, a disk that is full is a file operation that failed.
fn code_of_files(error: &OutputError) -> u8 {
    use std::io::ErrorKind::{NotADirectory, PermissionDenied, ReadOnlyFilesystem};
    match error {
        OutputError::Corrupt { .. } => CORRUPT,
        OutputError::Io { source, .. }
            if matches!(source.kind(), NotADirectory | PermissionDenied | ReadOnlyFilesystem) =>
        {
            BAD_INPUT
        }
        _ => 1,
    }
}

/// The code of a store of blocks that cannot be used, or not yet.
fn code_of(error: &BlockError) -> u8 {
    match error {
        BlockError::InUse { .. } | BlockError::Occupied { .. } => BAD_INPUT,
        BlockError::Incomplete { .. } => MISSING,
        BlockError::Differ { .. } => DIFFERENT,
        BlockError::OtherPlan { .. } => 5,
        BlockError::Corrupt { .. } => CORRUPT,
        BlockError::Output(error) => code_of_files(error),
    }
}
