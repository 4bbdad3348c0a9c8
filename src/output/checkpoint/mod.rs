//! Blocks: finished pieces of long work on disk, so that it can be stopped at any moment, shared out, and merged.
//!
//! A plan says which blocks there are; nothing about threads, shards or time does. `.blocks/` in the output folder holds
//! the plan and, as work goes on, segments: rows of finished blocks with a sidecar that bears the plan's hash and one
//! hash for each block. A merge takes every block once, checks it, and makes the final tables, so one machine, many
//! machines, and one that was killed ten times end with the same bytes. Results are made beside those of before and put
//! in their place when they are whole.

mod error;
mod found;
mod lock;
mod made;
mod plan;
mod seal;
mod segment;
mod state;
mod store;

pub use error::BlockError;
pub use found::Found;
pub use lock::Company;
pub use made::{is_to_settle, settle};
pub use plan::PlanFile;
pub use segment::Writer;
pub use state::State;
pub use store::{HIDDEN, Hold, Store};
