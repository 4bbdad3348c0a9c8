//! What an output folder holds, told before anything is touched.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::store::{HIDDEN, PLAN};
use super::{BlockError, PlanFile};
use crate::output::whole::DRAFT;
use crate::output::{Manifest, OutputError};

/// What an output folder holds.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Nothing, or not even a folder.
    Empty,
    /// Work that was begun.
    Unfinished(PlanFile),
    /// Work that was begun to replace a finished run, which is still there.
    Replacing {
        /// The manifest of the finished run.
        earlier: Value,
        /// What was begun.
        plan: PlanFile,
    },
    /// A finished run, with its manifest.
    Finished(Value),
    /// Something else.
    Other,
}

impl State {
    /// Looks into a folder.
    ///
    /// # Errors
    /// If it cannot be read, or the plan or the manifest that lies there is corrupt.
    pub fn of(folder: &Path) -> Result<Self, BlockError> {
        if !folder.exists() {
            return Ok(Self::Empty);
        }
        let finished = Manifest::read(folder).map_err(|error| match error {
            OutputError::Corrupt { path, what } => BlockError::Corrupt { path, what },
            other => other.into(),
        })?;
        let finished = finished.filter(Manifest::is_ours);
        let plan = folder.join(HIDDEN).join(PLAN);
        let plan = if plan.is_file() { Some(PlanFile::read(&plan)?) } else { None };
        Ok(match (finished, plan) {
            (Some(manifest), None) => Self::Finished(manifest),
            // Killed between the last file and the removal of what was merged into it.
            (Some(manifest), Some(plan)) if manifest["plan_hash"] == plan.hash() => Self::Finished(manifest),
            (Some(earlier), Some(plan)) => Self::Replacing { earlier, plan },
            (None, Some(plan)) => Self::Unfinished(plan),
            (None, None) if holds_nothing(folder)? => Self::Empty,
            (None, None) => Self::Other,
        })
    }
}

/// Whether there is nothing that anybody could miss; what a start that was killed leaves does not count.
fn holds_nothing(folder: &Path) -> Result<bool, BlockError> {
    for entry in fs::read_dir(folder).map_err(OutputError::io("open", folder))? {
        let name = entry.map_err(OutputError::io("open", folder))?.file_name();
        let name = name.to_string_lossy();
        if name != HIDDEN && !name.starts_with(DRAFT) {
            return Ok(false);
        }
    }
    Ok(true)
}
