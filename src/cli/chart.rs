//! `chart`: draws the charts of a run folder again, from its tables.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::charts::{self, ChartError};

/// Draw the charts of a run folder again, from its tables
///
/// The model is not run; old folders can be drawn with a newer program.
#[derive(Debug, clap::Args)]
#[command(after_help = "Example:
  introsim chart output/run")]
pub(super) struct Args {
    /// Folder of a run
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if !args.folder.is_dir() {
        let text =
            format!("{} is not a folder; give the folder of a run, as in output/run", args.folder.display());
        return Err(super::BadInput(text).into());
    }
    if crate::report::is_study(&args.folder) {
        return report(&args.folder);
    }
    let drawn = charts::draw_all(&args.folder).map_err(|error| match error {
        ChartError::NothingToDraw { .. } => anyhow::Error::new(super::BadInput(error.to_string())),
        other => other.into(),
    })?;
    let mut out = std::io::stdout().lock();
    for chart in &drawn {
        writeln!(out, "{}: {}", chart.name, chart.title)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the report of a study again, and says what it says.
fn report(folder: &std::path::Path) -> anyhow::Result<ExitCode> {
    let path = crate::report::write(folder)?;
    let mut out = std::io::stdout().lock();
    for said in crate::report::sentences(folder)? {
        writeln!(out, "{} [{}]: {}", said.label, said.standing, said.sentence.replace('`', ""))?;
    }
    writeln!(out, "{}", path.display())?;
    Ok(ExitCode::SUCCESS)
}
