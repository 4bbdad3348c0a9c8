//! The report of a study: one HTML file with a verdict, an answer to each question, and what they rest on.
//!
//! Sentences are computed from the tables by the functions in `answers`: other data make them say the opposite, that
//! there is no detectable difference, or that the study cannot tell. Nothing here runs the model.

mod answers;
mod appendix;
mod explorer;
mod league;
mod library;
mod life;
mod noted;
mod page;
mod phrasing;
mod points;
mod run;
mod study;
mod sweep;
mod thresholds;
mod ties;
mod warnings;
mod week;

use std::path::{Path, PathBuf};

use crate::charts::{ChartError, Drawn};
use crate::output::{OutputError, Written, write_whole};

/// File name of the report in a study folder.
pub const NAME: &str = "report.html";

/// Why there is no report.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// A table could not be read, or the report not written.
    #[error(transparent)]
    Files(#[from] OutputError),
    /// A chart could not be drawn.
    #[error(transparent)]
    Charts(#[from] ChartError),
    /// The folder holds no part of a study.
    #[error("{}: no part of a study here; a report needs at least one of {}", path.display(), study::PARTS.map(|part| part.folder).join(", "))]
    NoStudy {
        /// The folder.
        path: PathBuf,
    },
}

/// Reads a study folder and writes its `report.html`, which is given back.
///
/// Parts that are not there are said to be missing, with the command that makes them.
///
/// # Errors
/// If the folder holds no part of a study, a table is malformed (with file, line and column), or the report cannot be
/// written. Data that are empty or not finite are no error: the report says so.
pub fn write(dir: &Path) -> Result<Written, ReportError> {
    let study = study::Study::read(dir)?;
    let text = page::html(&study)?;
    Ok(write_whole(&dir.join(NAME), text.as_bytes())?)
}

/// Writes the page of a run by itself, `report.html`, from its tables and the charts that were drawn of them.
///
/// - `account`: what its manifest says, or will say
///
/// # Errors
/// If a table is malformed (with file, line and column), or the page cannot be written.
pub fn write_run(dir: &Path, account: &serde_json::Value, drawn: &[Drawn]) -> Result<Written, ReportError> {
    let pictures = drawn.iter().map(|drawn| (drawn.name, &drawn.picture)).collect();
    let text = page::html_of_run(&run::Run::read(dir, account, pictures)?)?;
    Ok(write_whole(&dir.join(NAME), text.as_bytes())?)
}

/// Whether a folder holds a part of a study.
#[must_use]
pub fn is_study(dir: &Path) -> bool {
    study::Study::is_one(dir)
}

/// What a study says to one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// "Verdict", "Q1" to "Q5", "C1" to "C7".
    pub label: String,
    /// What has become of it, in a word or two: "Answered", "The claim holds", "Cannot be told", "Not run"; of the
    /// verdict its headline.
    pub standing: String,
    /// The answer, with its interval.
    pub sentence: String,
    /// What else the tables say.
    pub more: Vec<String>,
}

/// The large numbers as a sentence.
fn in_words(numbers: &[(String, String)]) -> Option<String> {
    let each: Vec<String> = numbers
        .iter()
        .map(|(value, what)| {
            let space = if what.starts_with('[') { '\u{a0}' } else { ' ' };
            format!("{value}{space}{what}")
        })
        .collect();
    (!each.is_empty()).then(|| format!("In numbers: {}.", each.join("; ")))
}

/// What a study says to each question, the verdict first; for the terminal.
///
/// # Errors
/// As of [`write()`], but nothing is written.
pub fn sentences(dir: &Path) -> Result<Vec<Said>, ReportError> {
    let study = study::Study::read(dir)?;
    let verdict = answers::verdict(&study);
    let first = Said {
        label: "Verdict".to_owned(),
        standing: verdict.headline,
        sentence: verdict
            .sentences
            .into_iter()
            .chain(in_words(&verdict.numbers))
            .collect::<Vec<_>>()
            .join(" "),
        more: verdict.flips.into_iter().chain(verdict.sure).collect(),
    };
    let said = |answer: answers::Answer| Said {
        label: answer.asked.label.to_owned(),
        standing: answer.word(),
        sentence: answer.sentence,
        more: answer.more.into_iter().chain(answer.assumed).collect(),
    };
    Ok(std::iter::once(first).chain(answers::all(&study).into_iter().map(said)).collect())
}
