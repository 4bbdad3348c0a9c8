//! An earlier result that is to be replaced by a study: set aside whole, and removed when the new one is whole.
//!
//! A study puts its parts in their places one by one, for people to look at, so its results cannot all change places at
//! once, as those of other commands do.

use std::fs;
use std::path::{Path, PathBuf};

use super::folder::{MANIFEST, PROVENANCE};
use super::study::parts_of;
use super::{Manifest, OutputError};

/// Where an earlier result waits, in an output folder.
pub const EARLIER: &str = ".earlier";

/// Whether an earlier result waits in an output folder, whole.
#[must_use]
pub fn is_set_aside(output: &Path) -> bool {
    output.join(EARLIER).join(MANIFEST).is_file()
}

/// Sets aside what the manifest of an output folder names; the manifest goes last, so that whoever is stopped on the way
/// can go on.
///
/// # Errors
/// If the system refuses.
pub fn set_aside(output: &Path) -> Result<(), OutputError> {
    let path = output.join(MANIFEST);
    let Some(mut names) = Manifest::listed_outputs(&path) else { return Ok(()) };
    if let Some(manifest) = Manifest::read(output).ok().flatten() {
        names.extend(parts_of(&manifest).into_iter().map(PathBuf::from));
    }
    names.extend([PROVENANCE, MANIFEST].map(PathBuf::from));
    for name in names.iter().filter(|name| super::is_inside(name)) {
        let (from, to) = (output.join(name), output.join(EARLIER).join(name));
        if !from.exists() {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder).map_err(OutputError::io("create", folder))?;
        }
        fs::rename(&from, &to).map_err(OutputError::io("set aside", &from))?;
    }
    Ok(())
}

/// Removes an earlier result, now that there is another.
///
/// # Errors
/// If the system refuses.
pub fn remove_earlier(output: &Path) -> Result<(), OutputError> {
    let path = output.join(EARLIER);
    if !path.is_dir() {
        return Ok(());
    }
    // First what makes it a result: a removal that is stopped leaves none.
    let manifest = path.join(MANIFEST);
    if manifest.is_file() {
        fs::remove_file(&manifest).map_err(OutputError::io("remove", &manifest))?;
    }
    fs::remove_dir_all(&path).map_err(OutputError::io("remove", &path))
}
