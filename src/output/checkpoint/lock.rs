//! Locks that the system lets go of when their holder dies, however it dies.

use std::fs::{self, File, TryLockError};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use super::BlockError;
use crate::output::OutputError;
use crate::output::provenance::{host_name, utc};

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
    _file: File,
    path: PathBuf,
}

/// Most of what a lock says of its holder.
const MOST_WORDS: usize = 300;

impl Lock {
    /// Takes the lock, or says who holds it.
    ///
    /// A file system that knows no locks gives one that keeps nobody out: blocks are safe without, only work may be done
    /// twice.
    ///
    /// # Errors
    /// [`BlockError::InUse`], or if the file cannot be made.
    pub(super) fn try_take(path: &Path, company: Company) -> Result<Self, BlockError> {
        loop {
            let mut file = open(path)?;
            let taken = match company {
                Company::Alone => file.try_lock(),
                Company::Shards => file.try_lock_shared(),
            };
            if matches!(taken, Err(TryLockError::WouldBlock)) {
                let folder = path.parent().and_then(Path::parent).unwrap_or(path);
                return Err(BlockError::InUse { path: folder.to_path_buf(), holder: holder(path) });
            }
            if !is_still(&file, path) {
                continue;
            }
            // For the words of a refusal alone; without them the lock holds as well.
            let words = format!(
                "process {} on {}, since {}",
                std::process::id(),
                host_name().as_str().unwrap_or("this machine"),
                utc(std::time::SystemTime::now())
            );
            let _ = file.set_len(0).and_then(|()| file.write_all(words.as_bytes()));
            return Ok(Self { _file: file, path: path.to_path_buf() });
        }
    }

    /// Takes the lock as soon as nobody holds it.
    ///
    /// # Errors
    /// If the file cannot be made.
    pub(super) fn wait_for(path: &Path) -> Result<Self, BlockError> {
        loop {
            let file = open(path)?;
            // As above: without locks nothing is lost.
            let _ = file.lock();
            if is_still(&file, path) {
                return Ok(Self { _file: file, path: path.to_path_buf() });
            }
        }
    }

    /// Whether it is the lock of this name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.path.ends_with(name)
    }

    /// Removes the file while the lock is held; whoever waits for it finds that it is gone, and makes another.
    pub(super) fn remove(self) {
        // A file that stays is in nobody's way.
        let _ = fs::remove_file(&self.path);
    }
}

fn open(path: &Path) -> Result<File, BlockError> {
    let file = File::options().create(true).truncate(false).write(true).open(path);
    Ok(file.map_err(OutputError::io("open", path))?)
}

/// Who holds a lock and since when, as far as the file tells.
fn holder(path: &Path) -> String {
    let words = fs::read(path).unwrap_or_default();
    String::from_utf8_lossy(&words[..words.len().min(MOST_WORDS)]).trim().to_owned()
}

/// Whether an open file is the one that has the name now: its last holder may have removed it while this one waited.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |data: fs::Metadata| (data.dev(), data.ino());
    match (file.metadata().map(number), fs::metadata(path).map(number)) {
        (Ok(open), Ok(named)) => open == named,
        _ => false,
    }
}

#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}
