//! What a sweep leaves on disk: its plan as JSON, rows as they lie in blocks, and the tables that a merge makes of them.

mod columns;
mod knobs;
mod merge;
mod plan;
mod rows;
mod sample;

pub use columns::clash;
pub use knobs::{KnobColumn, dictionary};
pub use merge::{Merged, TABLES, beside, complete, finish, manifest_of, merge, progress, shards_to_run};
pub use plan::{identity, sweep_of};
pub use rows::{decode, encode};
pub use sample::{Broken, Sample, SampleError, broken_outputs, sample_of_blocks, sample_of_tables};
