//! Locks that the system lets go of when their holder dies, however it dies.

use std::fs::{File, TryLockError};
use std::path::Path;

use super::BlockError;
use crate::output::OutputError;

/// Who else may work in the folder meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Company {
    /// Nobody: one machine works on the whole plan.
    Alone,
    /// Other shards.
    Shards,
}

/// A lock, held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    _file: Option<File>,
}

impl Lock {
    /// Takes the lock, or says that somebody holds it.
    ///
    /// A file system that knows no locks gives one that keeps nobody out: blocks are safe without, only work may be done
    /// twice.
    ///
    /// # Errors
    /// [`BlockError::InUse`], or if the file cannot be made.
    pub(super) fn try_take(path: &Path, company: Company) -> Result<Self, BlockError> {
        let file = open(path)?;
        let taken = match company {
            Company::Alone => file.try_lock(),
            Company::Shards => file.try_lock_shared(),
        };
        match taken {
            Err(TryLockError::WouldBlock) => {
                let folder = path.parent().and_then(Path::parent).unwrap_or(path);
                Err(BlockError::InUse { path: folder.to_path_buf() })
            }
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Self { _file: Some(file) }),
        }
    }

    /// Takes the lock as soon as nobody holds it.
    ///
    /// # Errors
    /// If the file cannot be made.
    pub(super) fn wait_for(path: &Path) -> Result<Self, BlockError> {
        let file = open(path)?;
        // As above: without locks nothing is lost.
        let _ = file.lock();
        Ok(Self { _file: Some(file) })
    }
}

fn open(path: &Path) -> Result<File, BlockError> {
    let file = File::options().create(true).truncate(false).write(true).open(path);
    Ok(file.map_err(OutputError::io("open", path))?)
}
