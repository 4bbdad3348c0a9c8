//! What can be wrong with a store of blocks, kept apart by what the reader of the message has to do about it.

use std::path::PathBuf;

use crate::output::OutputError;

/// A store that cannot be used, or not yet.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BlockError {
    /// A file operation failed; what was committed before stays.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// Another program works in the folder.
    #[error(
        "another introsim is at work in {}{}; wait for it, or choose another folder",
        path.display(), if holder.is_empty() { String::new() } else { format!(" ({holder})") }
    )]
    InUse {
        /// The output folder.
        path: PathBuf,
        /// Which process on which machine, and since when; empty if that is not known.
        holder: String,
    },
    /// The folder holds something already, and nobody said what to do with it; nothing was touched.
    #[error("{what}")]
    Occupied {
        /// What it holds, and what can be done.
        what: String,
    },
    /// Not every block is there.
    #[error("{} of {of} blocks are missing", missing.len())]
    Incomplete {
        /// Those missing, in ascending order.
        missing: Vec<u64>,
        /// Blocks of the plan.
        of: u64,
    },
    /// Two results for one block: a build or a machine that computes something else.
    #[error(
        "block {block} differs between {} and {}: a program that does not repeat itself, or machines that compute \
         differently",
        one.display(), other.display()
    )]
    Differ {
        /// The block.
        block: u64,
        /// A file that holds it.
        one: PathBuf,
        /// Another one.
        other: PathBuf,
    },
    /// Blocks or results of something else.
    #[error("{} belongs to another plan: {what}", path.display())]
    OtherPlan {
        /// What belongs to it.
        path: PathBuf,
        /// How the plans differ.
        what: String,
    },
    /// Bytes that are not those that were written.
    #[error("{} is corrupt: {what}", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What gives it away, and what can be done.
        what: String,
    },
}
