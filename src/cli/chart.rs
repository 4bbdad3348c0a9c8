//! `chart`: draws the charts of a run folder again, from its tables; of a study, those of every part, and the report.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::common::folder_hint;
use crate::charts::{self, ChartError};
use crate::output::Manifest;
use crate::output::blocks::BlockError;
use crate::output::study::{is_study, parts_of, place_of};
use crate::output::sweep::{Broken, broken_outputs};

/// Draw the charts of a folder again, from its tables
///
/// The model is not run; old folders can be drawn with a newer program. Of a study all parts are drawn, and the report is
/// written again.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim chart output/run
  introsim chart output/can-you-buy-introductions")]
pub(super) struct Args {
    /// Folder of a run or a study
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if !args.folder.is_dir() {
        let text = format!(
            "{} is not a folder{}",
            args.folder.display(),
            folder_hint(&args.folder, "a run, as in output/run")
        );
        return Err(super::BadInput(text).into());
    }
    let manifest = Manifest::read(&args.folder)?.filter(is_study);
    let Some(manifest) = manifest else { return draw(&args.folder, "") };
    for part in parts_of(&manifest) {
        let place = place_of(&args.folder, part);
        if !place.is_dir() {
            continue;
        }
        match draw(&place, &format!("{part}/")) {
            // Not every part has a chart.
            Err(error) if error.is::<super::BadInput>() => {}
            drawn => {
                drawn?;
            }
        }
    }
    report(&args.folder)
}

/// Draws the charts of one folder, whose tables must be those that were written.
fn draw(folder: &Path, prefix: &str) -> anyhow::Result<ExitCode> {
    if let Some(manifest) = Manifest::read(folder)?.filter(Manifest::is_ours) {
        let (broken, _) = broken_outputs(folder, &manifest)?;
        let is_table = |(path, _): &Broken| path.parent() == Some(folder) && path.is_file();
        if let Some((path, what)) = broken.into_iter().find(is_table) {
            let what = format!("it {what}; nothing is drawn from it");
            return Err(BlockError::Corrupt { path, what }.into());
        }
    }
    let drawn = charts::draw_all(folder).map_err(|error| match error {
        ChartError::NothingToDraw { .. } => anyhow::Error::new(super::BadInput(error.to_string())),
        other => other.into(),
    })?;
    let mut out = super::terminal::out();
    for chart in &drawn {
        writeln!(out, "{prefix}{}: {}", chart.name, chart.found)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the report of a study again, and says what it says.
fn report(folder: &Path) -> anyhow::Result<ExitCode> {
    let path = crate::report::write(folder)?;
    let mut out = super::terminal::out();
    for said in crate::report::sentences(folder)? {
        writeln!(out, "{} [{}]: {}", said.label, said.standing, said.sentence.replace('`', ""))?;
    }
    writeln!(out, "{}", path.display())?;
    Ok(ExitCode::SUCCESS)
}
