//! Results that are whole and not yet in their place.
//!
//! Files are made beside the output folder's own, in `.blocks/made/`, the manifest last. Only then does anything that an
//! earlier run left go: files are renamed over it, one by one, the manifest again last. Whatever stops the program on the
//! way, either the earlier result is whole or the new one is; and whoever comes next finishes the renames.

use std::fs;
use std::path::{Path, PathBuf};

use super::BlockError;
use super::lock::Lock;
use super::state::State;
use super::store::{HIDDEN, MERGE_LOCK, empty};
use crate::output::folder::{MANIFEST, PROVENANCE};
use crate::output::whole::sync_folder;
use crate::output::{Folder, Manifest, OutputError, is_inside};

/// Where results are made, in the folder of blocks.
pub(super) const MADE: &str = "made";

/// An empty folder to make results in.
///
/// # Errors
/// If what an attempt that was stopped left cannot be removed, or no folder can be made.
pub(super) fn folder(blocks: &Path) -> Result<Folder, BlockError> {
    let path = blocks.join(MADE);
    discard(blocks)?;
    Ok(Folder::create(&path)?)
}

/// Removes what was made and not put in its place.
///
/// # Errors
/// If the system refuses.
pub(super) fn discard(blocks: &Path) -> Result<(), BlockError> {
    let path = blocks.join(MADE);
    if path.is_dir() {
        fs::remove_dir_all(&path).map_err(OutputError::io("remove", &path))?;
    }
    Ok(())
}

/// Whether results lie in an output folder that are whole and not yet in their place.
#[must_use]
pub fn is_to_settle(output: &Path) -> bool {
    output.join(HIDDEN).join(MADE).join(MANIFEST).is_file()
}

/// Puts results in their place that are whole, if there are any; what an earlier run left goes.
///
/// # Errors
/// If the system refuses; the next call goes on.
pub fn settle(output: &Path) -> Result<(), BlockError> {
    let blocks = output.join(HIDDEN);
    if !is_to_settle(output) {
        return Ok(());
    }
    let lock = Lock::wait_for(&blocks.join(MERGE_LOCK))?;
    swap(output, &blocks)?;
    // The blocks that the results were made of.
    if matches!(State::of(output)?, State::Finished(_)) {
        empty(&blocks)?;
    }
    lock.remove();
    // Only if nobody else has a lock there.
    let _ = fs::remove_dir(&blocks);
    Ok(())
}

/// The same, for whoever holds the lock of merges.
pub(super) fn swap(output: &Path, blocks: &Path) -> Result<(), BlockError> {
    let made = blocks.join(MADE);
    // A manifest is the last file that is made: with it everything is there.
    let Some(new) = Manifest::listed_outputs(&made.join(MANIFEST)) else { return Ok(()) };
    let earlier = Manifest::listed_outputs(&output.join(MANIFEST)).unwrap_or_default();
    for file in earlier.iter().filter(|file| is_inside(file) && !new.contains(file)) {
        let path = output.join(file);
        if path.is_file() {
            fs::remove_file(&path).map_err(OutputError::io("remove", &path))?;
        }
    }
    for file in new.iter().filter(|file| is_inside(file)).chain(&[PathBuf::from(PROVENANCE)]) {
        put(&made, output, file)?;
    }
    sync_folder(output)?;
    put(&made, output, Path::new(MANIFEST))?;
    sync_folder(output)?;
    discard(blocks)
}

/// Renames one file into its place, unless that was done before.
fn put(made: &Path, output: &Path, file: &Path) -> Result<(), OutputError> {
    let (from, to) = (made.join(file), output.join(file));
    if !from.is_file() {
        return Ok(());
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(OutputError::io("create", folder))?;
    }
    fs::rename(&from, &to).map_err(OutputError::io("put in place", &to))?;
    match to.parent() {
        Some(folder) if folder != output => sync_folder(folder),
        _ => Ok(()),
    }
}
