//! The one place that asks for the report of a study.

use std::path::{Path, PathBuf};

/// Whether this program writes reports.
pub(in crate::cli) const IS_WRITTEN: bool = false;

/// Writes the report of a study folder from its tables; gives where it is.
///
/// # Errors
/// If a table cannot be read or the report not be written.
#[expect(clippy::unnecessary_wraps, reason = "a report can fail; this program has none yet")]
pub(in crate::cli) fn write(_study: &Path) -> anyhow::Result<Option<PathBuf>> {
    Ok(None)
}
