//! At the door of a study: what its folder holds, and whether the study may go in.

use std::path::Path;

use crate::cli::{BadInput, say};
use crate::output::Folder;
use crate::output::blocks::{BlockError, Company, HIDDEN, PlanFile, State, Store};
use crate::output::study::{
    REPORT, damage, foreign_file, is_study, parts_of, place_of, remove_accounts, remove_parts,
};

/// Whether the study is there already, finished; if not, the folder is ready for it, or it is said why it cannot be.
///
/// - `parts`: names of the parts of the study
pub(super) fn is_done(
    out: &Path,
    plan: &PlanFile,
    parts: &[&str],
    resume: bool,
    force: bool,
) -> anyhow::Result<bool> {
    if out.exists() && !out.is_dir() {
        return Err(BadInput(format!("{} is a file; give a folder to write to", out.display())).into());
    }
    let state = match State::of(out) {
        // A plan that cannot be read is still ours to replace; a manifest that cannot be may be anybody's.
        Err(BlockError::Corrupt { path, .. }) if force && path.starts_with(out.join(HIDDEN)) => {
            refuse_foreign(out, parts)?;
            remove_parts(out, parts)?;
            remove_accounts(out)?;
            return Ok(false);
        }
        state => state?,
    };
    match state {
        State::Empty => Ok(false),
        State::Unfinished(there) if !is_study(&there.identity) => {
            let what = format!("{} holds an unfinished sweep; choose another folder", out.display());
            Err(BlockError::Occupied { what }.into())
        }
        State::Unfinished(there) if force => clear(out, there, parts).map(|()| false),
        State::Unfinished(there) if resume => {
            same(out, plan, &there.identity, &there.hash())?;
            refuse_damaged(out, parts)?;
            Ok(false)
        }
        State::Unfinished(there) => {
            let place = out.display();
            let what = if there.hash() == plan.hash() {
                format!("{place} holds this study, unfinished; --resume goes on with it, --force starts anew")
            } else {
                let other = plan.differences(&there.identity);
                format!("{place} holds another study, unfinished ({other}); --force replaces it")
            };
            Err(BlockError::Occupied { what }.into())
        }
        State::Finished(manifest) if is_study(&manifest) && force => {
            let there: Vec<&str> = parts_of(&manifest).into_iter().chain(parts.iter().copied()).collect();
            refuse_foreign(out, &there)?;
            remove_parts(out, &there)?;
            remove_accounts(out)?;
            Ok(false)
        }
        State::Finished(manifest) if is_study(&manifest) && resume => {
            let hash = manifest["plan_hash"].as_str().unwrap_or_default();
            same(out, plan, &manifest["plan"], hash)?;
            refuse_damaged(out, parts)?;
            let is_whole =
                parts.iter().all(|part| place_of(out, part).is_dir()) && out.join(REPORT).is_file();
            if is_whole {
                say(&format!("{} holds this study already, finished", out.display()));
            }
            Ok(is_whole)
        }
        State::Finished(_) | State::Other => {
            Folder::create(out, force)
                .map_err(|error| BadInput(format!("{:#}", anyhow::Error::from(error))))?;
            // Parts of a study whose own account is gone are of nobody knows which plan.
            refuse_foreign(out, parts)?;
            remove_parts(out, parts)?;
            Ok(false)
        }
    }
}

fn same(out: &Path, plan: &PlanFile, there: &serde_json::Value, hash: &str) -> Result<(), BlockError> {
    if hash == plan.hash() {
        return Ok(());
    }
    Err(BlockError::OtherPlan { path: out.to_path_buf(), what: plan.differences(there) })
}

/// Removes what an unfinished study left, while nobody else can come in.
fn clear(out: &Path, there: PlanFile, parts: &[&str]) -> anyhow::Result<()> {
    let store = Store::begin(out, there, Company::Alone)?;
    refuse_foreign(out, parts)?;
    remove_parts(out, parts)?;
    drop(store);
    Ok(remove_accounts(out)?)
}

/// No report is made of parts that are not what was written.
fn refuse_damaged(out: &Path, parts: &[&str]) -> anyhow::Result<()> {
    for part in parts {
        let place = place_of(out, part);
        if place.exists() && !place.is_dir() {
            let text = format!("{} is a file, where a part of the study belongs; move it", place.display());
            return Err(BadInput(text).into());
        }
        if place.is_dir()
            && let Some((path, what)) = damage(out, part)?
        {
            let what = format!("it {what}; remove {} and --resume makes it again", place.display());
            return Err(BlockError::Corrupt { path, what }.into());
        }
    }
    Ok(())
}

/// Nothing of anybody else is removed.
fn refuse_foreign(out: &Path, parts: &[&str]) -> anyhow::Result<()> {
    for part in parts {
        if let Some(path) = foreign_file(out, part)? {
            let text = format!("{} is no file of this program's; move it before --force", path.display());
            return Err(BadInput(text).into());
        }
    }
    Ok(())
}
