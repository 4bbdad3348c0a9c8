//! At the door: what an output folder holds before a sweep goes in, and whether it may.

use std::path::Path;

use serde_json::Value;

use crate::charts;
use crate::cli::{BadInput, say};
use crate::output::Folder;
use crate::output::blocks::{BlockError, HIDDEN, PlanFile, State, clear};
use crate::output::sweep::TABLES;

/// Whether the sweep is finished already; if not, the folder is made ready, or it is said why it cannot be.
pub(super) fn is_done(out: &Path, plan: &PlanFile, goes_on: bool, force: bool) -> anyhow::Result<bool> {
    if out.exists() && !out.is_dir() {
        return Err(BadInput(format!("{} is a file; give a folder to write to", out.display())).into());
    }
    match State::of(out) {
        // A plan that cannot be read is still ours to replace; a manifest that cannot be may be anybody's.
        Err(BlockError::Corrupt { path, .. }) if force && path.starts_with(out.join(HIDDEN)) => {
            clear(out, &made())?;
        }
        Err(error) => return Err(error.into()),
        Ok(State::Empty) => {}
        Ok(State::Unfinished(_)) if goes_on => {}
        Ok(State::Unfinished(_)) if force => clear(out, &made())?,
        Ok(State::Unfinished(there)) => {
            let is_same = there.hash() == plan.hash();
            let place = out.display();
            let what = if is_same {
                format!(
                    "{place} holds an unfinished sweep of this plan; --resume goes on with it, --force starts anew"
                )
            } else {
                let other = there.differences(&plan.identity);
                format!("{place} holds an unfinished sweep of another plan ({other}); --force replaces it")
            };
            return Err(BlockError::Occupied { what }.into());
        }
        Ok(State::Finished(manifest)) if goes_on => return finished(out, plan, &manifest),
        Ok(State::Finished(_) | State::Other) => {
            Folder::create(out, force)
                .map_err(|error| BadInput(format!("{:#}", anyhow::Error::from(error))))?;
            clear(out, &[])?;
        }
    }
    Ok(false)
}

/// Files that a merge makes, by their paths in the folder.
fn made() -> Vec<String> {
    let charts = charts::tables().into_iter().map(|(path, _)| path);
    let charts = charts.flat_map(|path| ["svg", "png", "csv"].map(|ending| format!("{path}.{ending}")));
    TABLES.iter().map(|&table| table.to_owned()).chain(charts).collect()
}

/// A folder whose run is finished holds this sweep, or something that must not be touched.
fn finished(out: &Path, plan: &PlanFile, manifest: &Value) -> anyhow::Result<bool> {
    if manifest["plan_hash"] == plan.hash() {
        clear(out, &[])?;
        say(&format!("{} holds this sweep already, finished", out.display()));
        return Ok(true);
    }
    let what = if manifest["plan"].is_null() {
        "it is no sweep".to_owned()
    } else {
        plan.differences(&manifest["plan"])
    };
    Err(BlockError::OtherPlan { path: out.to_path_buf(), what }.into())
}

/// Whether somebody has merged the sweep while this shard was still at work, as when a task was run twice.
pub(super) fn is_merged(out: &Path, hash: &str) -> bool {
    matches!(State::of(out), Ok(State::Finished(manifest)) if manifest["plan_hash"] == hash)
}

/// A folder that may not be written to is bad input, as nothing has been started.
pub(in crate::cli) fn at_the_door(error: BlockError) -> anyhow::Error {
    match error {
        BlockError::Output(error) => BadInput(format!("{:#}", anyhow::Error::from(error))).into(),
        other => other.into(),
    }
}
