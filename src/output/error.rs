//! What can go wrong with files, said with the path and what was being done.

use std::io;
use std::path::{Path, PathBuf};

/// A failure to write or read a run folder.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OutputError {
    /// An operation on a file or folder failed.
    #[error("cannot {operation} {}", path.display())]
    Io {
        /// What was tried, as a verb: "write", "create".
        operation: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A number that no reader could use.
    #[error("table {table}, row {row}, column {column}: {value} is not a finite number")]
    NotFinite {
        /// File stem of the table.
        table: String,
        /// Row, from 1, the header not counted.
        row: usize,
        /// Column name.
        column: String,
        /// The value.
        value: f64,
    },
    /// A row with too many or too few cells.
    #[error("table {table}, row {row}: {found} cells for {expected} columns")]
    Width {
        /// File stem of the table.
        table: String,
        /// Row, from 1, the header not counted.
        row: usize,
        /// Cells found.
        found: usize,
        /// Columns declared.
        expected: usize,
    },
    /// A file is not the CSV that it should be.
    #[error("{}: {message}", path.display())]
    Csv {
        /// The file.
        path: PathBuf,
        /// What the reader of CSV said, with the line.
        message: String,
    },
    /// A column that a reader needs is not there.
    #[error("{}: no column {column:?}; it has {}", path.display(), found.join(", "))]
    NoColumn {
        /// The file.
        path: PathBuf,
        /// The column sought.
        column: String,
        /// The columns there are.
        found: Vec<String>,
    },
    /// A cell that does not hold what its column promises.
    #[error("{}, line {line}, column {column}: expected {expected}, found {found:?}", path.display())]
    Cell {
        /// The file.
        path: PathBuf,
        /// Line in the file, the header being line 1.
        line: u64,
        /// Column name.
        column: String,
        /// What it should be: "a number".
        expected: &'static str,
        /// What it is.
        found: String,
    },
    /// Bytes that are not those that were written.
    #[error("{} is corrupt: {what}", path.display())]
    Corrupt {
        /// The file.
        path: PathBuf,
        /// What gives it away.
        what: String,
    },
}

impl OutputError {
    pub(crate) fn io(operation: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_path_buf();
        move |source| Self::Io { operation, path, source }
    }
}
