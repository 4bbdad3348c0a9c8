//! What a run leaves on disk: tables, their dictionary, what made them, and a reader for all of it.
//!
//! Files are whole or absent: each is written beside its place, synced and renamed. The same rows give the same
//! bytes, with numbers in the shortest form that reads back to the same value.

mod assumptions_table;
pub mod blocks;
mod breakeven_tables;
pub mod columns;
mod differences_table;
pub mod earlier;
mod error;
pub mod explanation;
mod facts_tables;
mod flip_tables;
mod folder;
pub mod inputs;
mod manifest;
mod provenance;
mod reader;
mod run_tables;
mod sensitivity_tables;
pub mod study;
pub mod sweep;
mod table;
mod validation_table;
mod whole;

pub use assumptions_table::assumptions_table;
pub use breakeven_tables::{breakeven_table, curve_table, finding_name};
pub use differences_table::differences_table;
pub use error::OutputError;
pub use facts_tables::{facts_table, trials_table};
pub use flip_tables::{flip_curve_table, flip_table};
pub use folder::{Folder, TableWriter};
pub use manifest::{FORMAT, Input, Manifest, Scenario, sealed};
pub use provenance::Provenance;
pub use reader::{RawTable, read_table};
pub use run_tables::{Fetch, outputs_markdown, run_columns, write_run};
pub use sensitivity_tables::sensitivity_tables;
pub use table::{Cell, Column, Table};
pub use validation_table::{VALIDATION, validation_table};
pub use whole::{Written, write_whole};

/// Whether a name that a manifest lists leads nowhere else than into its folder.
fn is_inside(name: &std::path::Path) -> bool {
    name.components().all(|part| matches!(part, std::path::Component::Normal(_)))
}
