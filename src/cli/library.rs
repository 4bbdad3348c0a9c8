//! `library`: the scenarios, studies and limits that are part of the program, listed or written to a folder.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context as _;

use super::BadInput;
use crate::files;
use crate::output::write_whole;
use crate::scenario::library::{self, LIMITS, STUDIES};
use crate::text::counted;

/// List what comes with the program, or write it to a folder to be changed
///
/// Each of these can be named from any folder: `introsim run contingency`, `introsim sweep healing`, and in a file of your
/// own `extends = "library:contingency"`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim library
  introsim library --write scenarios")]
pub(super) struct Args {
    /// Write all files to this folder; made if it is not there. A file that is there and differs is left as it is
    #[arg(short, long, value_name = "DIR")]
    write: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    match &args.write {
        Some(folder) => write(folder),
        None => list(),
    }
}

fn list() -> anyhow::Result<ExitCode> {
    let mut out = super::terminal::out();
    for folder in ["", STUDIES] {
        super::list::write(&mut out, &library::paths(folder))?;
        writeln!(out)?;
    }
    let limits: Vec<&str> = library::names(LIMITS).collect();
    writeln!(out, "Limits in which the answer is known, for `introsim validate`:")?;
    let width = super::table::terminal_width().map(usize::from);
    writeln!(out, "{}", super::trace::wrapped(&format!("  {}", limits.join(", ")), "  ", width))?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Writes what is not there; a file that is there is only ever kept.
fn write(folder: &Path) -> anyhow::Result<ExitCode> {
    if folder.exists() && !folder.is_dir() {
        return Err(BadInput(format!("{} is a file, not a folder", folder.display())).into());
    }
    let (mut written, mut same, mut kept, mut failed) = (0, 0, Vec::new(), Vec::new());
    for (name, text) in library::files() {
        let path = folder.join(name);
        match files::bytes(&path, files::MOST_TEXT) {
            Ok(there) if there == text.as_bytes() => same += 1,
            Ok(_) => kept.push(path.display().to_string()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => match make(&path, text) {
                Ok(()) => written += 1,
                Err(error) => failed.push(format!("{error:#}")),
            },
            Err(error) => failed.push(format!("{}: {}", path.display(), files::why(&error))),
        }
    }
    let mut out = super::terminal::out();
    let there = written + same + kept.len();
    let also = if same > 0 { format!("; {} there already", counted(same, "file")) } else { String::new() };
    // Where nothing could be written, what stopped it says all.
    if there > 0 {
        writeln!(out, "wrote {} to {}{also}", counted(written, "file"), folder.display())?;
        writeln!(out, "look at them with: introsim list {}", crate::foreign::shell_path(folder))?;
    }
    out.flush()?;
    if !kept.is_empty() {
        super::say(&format!("left as they are, since they differ from the library: {}", kept.join(", ")));
    }
    if let Some(first) = failed.first() {
        super::say(&format!("{} could not be written, the first: {first}", counted(failed.len(), "file")));
    }
    Ok(if kept.is_empty() && failed.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Writes a file whole or not at all.
fn make(path: &Path, text: &str) -> anyhow::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    write_whole(path, text.as_bytes())?;
    Ok(())
}
