//! Folders of other versions: what a table lacks, and which version wrote it.

use std::path::Path;

use crate::charts::ChartError;
use crate::output::explanation::ExplanationError;
use crate::output::{Manifest, OutputError};
use crate::report::ReportError;

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

/// The trouble with a file behind an error.
fn of_files(error: &anyhow::Error) -> Option<&OutputError> {
    if let Some(error) = error.downcast_ref::<OutputError>() {
        return Some(error);
    }
    if let Some(ExplanationError::Output(error)) = error.downcast_ref() {
        return Some(error);
    }
    let charts = match error.downcast_ref() {
        Some(ReportError::Files(error)) => return Some(error),
        Some(ReportError::Charts(error)) => Some(error),
        _ => error.downcast_ref(),
    };
    match charts {
        Some(ChartError::Files(error)) => Some(error),
        _ => None,
    }
}

/// The version of the program that wrote a table: by the manifest beside it, or of the study around it.
fn written_by(table: &Path) -> Option<String> {
    let folders = table.ancestors().skip(1).take(2);
    let manifests =
        folders.filter_map(|folder| Manifest::read(folder).ok().flatten()).filter(Manifest::is_ours);
    manifests.filter_map(|manifest| Some(manifest["version"].as_str()?.to_owned())).next()
}
