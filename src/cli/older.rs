//! Folders of other versions: what a table lacks, and which version wrote it.

use std::path::Path;

use super::of_files;
use crate::output::{Manifest, OutputError};

/// What to say where a table lacks a column that this version reads; none for any other error.
pub(super) fn lacks(error: &anyhow::Error) -> Option<String> {
    let OutputError::NoColumn { path, column, .. } = of_files(error)? else { return None };
    let text = format!("{}: no column {column:?}", path.display());
    let this = env!("CARGO_PKG_VERSION");
    Some(match written_by(path) {
        Some(version) if version == this => {
            format!("{text}; introsim {version} wrote the folder: run it again")
        }
        Some(version) => format!(
            "{text}; introsim {version} wrote the folder, and this one is {this}: run it again, or read it with that one"
        ),
        None => format!("{text}, and the folder does not say which version wrote it: run it again"),
    })
}

/// The version of the program that wrote a table: by the manifest beside it, or of the study around it.
fn written_by(table: &Path) -> Option<String> {
    let folders = table.ancestors().skip(1).take(2);
    let manifests =
        folders.filter_map(|folder| Manifest::read(folder).ok().flatten()).filter(Manifest::is_ours);
    manifests.filter_map(|manifest| Some(manifest["version"].as_str()?.to_owned())).next()
}
