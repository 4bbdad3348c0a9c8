//! What the tables of a run say of each market in the order of the story: from asking to hired, from fee to profit.

mod reader;

use std::path::{Path, PathBuf};

use super::tables::{Outcome, Summary, Week};
use super::{Manifest, Measured, OutputError, read_table};
use crate::stats::Estimate;
use crate::text::Form;
use reader::Reader;

/// Why a folder cannot be explained.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExplanationError {
    /// A table or the manifest cannot be read, or lacks a column.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// There is no run in the folder.
    #[error("{} holds no run: {what}", path.display())]
    NoRun {
        /// The folder.
        path: PathBuf,
        /// What is missing.
        what: &'static str,
    },
    /// Two tables that must agree do not.
    #[error("{}: of {scenario}, replication {replication}, {column} is {outcomes} in outcomes.csv and {other} by {by}; the tables are not of one run", path.display())]
    DoNotAddUp {
        /// The folder.
        path: PathBuf,
        /// Scenario.
        scenario: String,
        /// Replication.
        replication: i64,
        /// Column of outcomes.csv.
        column: &'static str,
        /// What it says.
        outcomes: f64,
        /// What it should be.
        other: f64,
        /// By what.
        by: &'static str,
    },
}

/// A way to a job and its steps.
#[derive(Clone, Debug)]
pub struct Way {
    /// Name of the channel, as in the tables.
    pub channel: &'static str,
    /// In words.
    pub words: &'static str,
    /// Number of each of [`STEPS`], mean over replications; `None` where the way has no such step.
    pub counts: [Option<Estimate>; 9],
    /// Share of an earlier step that gets there; `None` where the step is the first or nothing happened.
    pub rates: [Option<Estimate>; 9],
    /// What the share is one of.
    pub of: [&'static str; 9],
}

/// Steps from asking to hired.
pub const STEPS: [&str; 9] = [
    "ask",
    "accepted or helped",
    "become clients",
    "introductions promised",
    "requests made",
    "met",
    "passed",
    "offers",
    "hired",
];

/// A row of a seller's account, dollars.
#[derive(Clone, Debug)]
pub struct Post {
    /// In words.
    pub words: String,
    /// +1 for what comes in, −1 for what goes out, 0 for what is left.
    pub sign: i8,
    /// All sellers, all weeks, mean over replications.
    pub total: Option<Estimate>,
    /// Per placement, pooled over replications; `None` without one.
    pub per_placement: Option<Estimate>,
}

/// A figure with its words.
#[derive(Clone, Debug)]
pub struct Figure {
    /// In words.
    pub words: &'static str,
    /// How to write it.
    pub form: Form,
    /// The figure; `None` where nothing happened.
    pub estimate: Option<Estimate>,
}

/// One scenario.
#[derive(Clone, Debug)]
pub struct Market {
    /// Its name.
    pub name: String,
    /// Replications that finished, and that failed.
    pub replications: (usize, usize),
    /// Weeks of each.
    pub weeks: i64,
    /// Somebody sells.
    pub sells: bool,
    /// Ways to a job on which something happened; buying, asking for nothing and writing always.
    pub ways: Vec<Way>,
    /// Outside jobs that people heard of, which nobody asked for.
    pub outside: Option<Estimate>,
    /// From fee to profit, where somebody sells.
    pub account: Vec<Post>,
    /// What else concerns seekers.
    pub seekers: Vec<Figure>,
    /// What else concerns sellers.
    pub sellers: Vec<Figure>,
    /// What concerns decision-makers.
    pub decision_makers: Vec<Figure>,
}

/// The tables of a run.
struct Tables {
    folder: PathBuf,
    outcomes: Measured<Outcome>,
    weekly: Measured<Week>,
    summary: Vec<Summary>,
    manifest: serde_json::Value,
}

/// Reads a folder: that of a run, or that of a study, whose run is in `library`.
///
/// # Errors
/// [`ExplanationError`] if there is no run, a table or column is missing, a cell is not a number, or the tables do not
/// agree with each other.
pub fn explain(folder: &Path) -> Result<Vec<Market>, ExplanationError> {
    let inner = folder.join("library");
    let has = |path: &Path| path.join("outcomes.csv").exists();
    let folder = if !has(folder) && has(&inner) { inner } else { folder.to_path_buf() };
    if !has(&folder) {
        let what = "there is no outcomes.csv, neither in it nor in its folder library";
        return Err(ExplanationError::NoRun { path: folder, what });
    }
    let table = |name: &str| read_table(&folder.join(name));
    let manifest = Manifest::read(&folder)?;
    let missing = || ExplanationError::NoRun {
        path: folder.clone(),
        what: "there is no manifest.json, which says what each scenario was",
    };
    let tables = Tables {
        outcomes: Measured::of(table("outcomes.csv")?)?,
        weekly: Measured::of(table("weekly.csv")?)?,
        summary: table("summary.csv")?.rows()?,
        manifest: manifest.ok_or_else(missing)?,
        folder,
    };
    let mut names: Vec<&str> = Vec::new();
    for Outcome { scenario, .. } in &tables.outcomes.rows {
        if !names.contains(&scenario.as_str()) {
            names.push(scenario);
        }
    }
    names.iter().map(|name| Reader::new(&tables, name).market()).collect()
}
