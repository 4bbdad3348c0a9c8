//! `chart`: draws the charts of a run folder again, from its tables; of a study, those of every part, and the report.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::common::be_folder;
use crate::charts::{self, ChartError};
use crate::output::Manifest;
use serde_json::Value;

use crate::output::checkpoint::{BlockError, Company, Hold, State, settle};
use crate::output::study::{is_study, parts_of, place_of, tell_of_parts};
use crate::output::sweep::{Broken, broken_outputs};
use crate::report::{NAME, write_run};

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
    be_folder(&args.folder, "a run, as in output/run")?;
    let Some(manifest) = finished(&args.folder)? else {
        // Tables that somebody has put together.
        return draw(&args.folder, "", None).map(|()| ExitCode::SUCCESS);
    };
    let hold = Hold::take(&args.folder, Company::Alone)?;
    let done = if is_study(&manifest) {
        study(&args.folder, manifest)
    } else {
        draw(&args.folder, "", Some(manifest))
    };
    hold.leave();
    done.map(|()| ExitCode::SUCCESS)
}

/// Draws the charts of every part of a study, and writes its report again.
fn study(folder: &Path, manifest: Value) -> anyhow::Result<()> {
    let mut drawn = Vec::new();
    for part in parts_of(&manifest) {
        let place = place_of(folder, part);
        let Some(of_part) = Manifest::read(&place)?.filter(Manifest::is_ours) else { continue };
        match draw(&place, &format!("{part}/"), Some(of_part)) {
            // Not every part has a chart.
            Err(error) if error.is::<super::BadInput>() => {}
            done => done?,
        }
        drawn.push(part.to_owned());
    }
    report(folder, manifest, &drawn)
}

/// The manifest of what is finished in a folder, `None` where there is none; what was stopped on the way is refused.
pub(super) fn finished(folder: &Path) -> anyhow::Result<Option<Value>> {
    settle(folder)?;
    let place = folder.display();
    match State::of(folder)? {
        State::Finished(manifest) => Ok(Some(manifest)),
        State::Replacing { earlier, .. } => {
            super::say(&format!(
                "note: {place} also holds unfinished work that is to replace this; --resume goes on with it"
            ));
            Ok(Some(earlier))
        }
        State::Empty | State::Other => Ok(None),
        State::Unfinished(_) => {
            let text = format!("{place} holds unfinished work; --resume of its command goes on with it");
            Err(super::BadInput(text).into())
        }
    }
}

/// Draws the charts of one folder, whose tables must be those that were written; its manifest then tells of the new ones.
fn draw(folder: &Path, prefix: &str, manifest: Option<Value>) -> anyhow::Result<()> {
    if let Some(manifest) = &manifest {
        let (broken, _) = broken_outputs(folder, manifest)?;
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
    if let Some(manifest) = manifest {
        let has_page = manifest["outputs"].as_object().is_some_and(|files| files.contains_key(NAME));
        let page = if has_page { Some(write_run(folder, &manifest, &drawn)?) } else { None };
        Manifest::tell_of(folder, manifest, drawn.iter().flat_map(|chart| &chart.files).chain(&page))?;
    }
    let mut out = super::terminal::out();
    for chart in &drawn {
        let line = format!("{prefix}{}: {}", chart.name, chart.found);
        writeln!(out, "{}", super::terminal::wrapped(&line))?;
    }
    Ok(())
}

/// Writes the report of a study again, and says what it says.
fn report(folder: &Path, mut manifest: Value, drawn: &[String]) -> anyhow::Result<()> {
    let written = crate::report::write(folder)?;
    tell_of_parts(folder, &mut manifest, drawn)?;
    Manifest::tell_of(folder, manifest, [&written])?;
    let mut out = super::terminal::out();
    for said in crate::report::sentences(folder)? {
        let line = format!("{} [{}]: {}", said.label, said.standing, said.sentence.replace('`', ""));
        writeln!(out, "{}", super::terminal::wrapped(&line))?;
    }
    writeln!(out, "{}", written.path.display())?;
    Ok(())
}
