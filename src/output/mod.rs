//! What a run leaves on disk: tables, their dictionary, what made them, and a reader for all of it.
//!
//! Files are whole or absent: each is written beside its place, synced and renamed. The same rows give the same
//! bytes, with numbers in the shortest form that reads back to the same value.

pub mod checkpoint;
pub mod earlier;
mod error;
mod folder;
pub mod funnel;
pub mod inputs;
mod manifest;
mod measured;
mod provenance;
mod reader;
mod resolved;
pub(crate) mod row;
pub mod study;
pub mod sweep;
mod table;
pub mod tables;
mod whole;

pub use error::OutputError;
pub use folder::{Folder, TableWriter};
pub use manifest::{FORMAT, Input, Manifest, Scenario, sealed};
pub use measured::{Measured, left_out};
pub use provenance::Provenance;
pub use reader::{RawTable, read_table};
pub(crate) use resolved::{Resolved, resolved, scenario_of};
pub use row::{Added, OfReplication, Row, YesNo};
pub use table::{Cell, Column, Table};
pub use tables::{
    Fetch, assumptions_table, breakeven_tables, differences_table, facts_table, flip_tables,
    outputs_markdown, run_columns, sensitivity_tables, trials_table, validation_table, write_run,
};
pub use whole::{Written, write_whole};

/// Whether a name that a manifest lists leads nowhere else than into its folder.
fn is_inside(name: &std::path::Path) -> bool {
    name.components().all(|part| matches!(part, std::path::Component::Normal(_)))
}
