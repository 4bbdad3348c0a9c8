//! Files that are whole or absent, whatever stops the program.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::OutputError;

/// A file that was written, and the hash of what was written: taken from the bytes on their way out, not from the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where it is.
    pub path: PathBuf,
    /// BLAKE3 of its bytes, in hexadecimal.
    pub hash: String,
}

impl AsRef<Path> for Written {
    fn as_ref(&self) -> &Path {
        &self.path
    }
}

/// Writes a file whole: beside its place, synced, renamed into it, and the folder synced. Mode 0644 on Unix.
///
/// # Errors
/// With path and operation if the system refuses any of these; the old file, if any, is then still there.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<Written, OutputError> {
    let mut draft = Draft::new(path)?;
    draft.write_all(bytes).map_err(OutputError::io("write", path))?;
    draft.persist()
}

/// A file that is being written and not yet in its place; dropped, it leaves nothing behind.
pub(crate) struct Draft {
    file: tempfile::NamedTempFile,
    path: PathBuf,
    hasher: blake3::Hasher,
}

/// What files are called while they are being written.
pub(super) const DRAFT: &str = ".writing-";

impl Draft {
    pub(crate) fn new(path: &Path) -> Result<Self, OutputError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(DRAFT);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o644));
        }
        let file = builder.tempfile_in(folder_of(path)).map_err(plain);
        let file = file.map_err(OutputError::io("create", path))?;
        Ok(Self { file, path: path.to_path_buf(), hasher: blake3::Hasher::new() })
    }

    pub(crate) fn persist(self) -> Result<Written, OutputError> {
        let Self { file, path, hasher } = self;
        #[cfg(unix)]
        {
            // The mode asked for at creation passes through the umask; a shared folder needs exactly this one.
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::Permissions::from_mode(0o644);
            file.as_file().set_permissions(mode).map_err(OutputError::io("set the mode of", &path))?;
        }
        file.as_file().sync_all().map_err(OutputError::io("sync", &path))?;
        file.persist(&path).map_err(|error| OutputError::io("put in place", &path)(error.error))?;
        sync_folder(folder_of(&path))?;
        Ok(Written { path, hash: hasher.finalize().to_hex().to_string() })
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.file.write(bytes).map_err(plain)?;
        self.hasher.update(&bytes[..taken]);
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().map_err(plain)
    }
}

/// What the system said, without the name of the draft, which is gone when anybody reads of it.
fn plain(error: io::Error) -> io::Error {
    if error.raw_os_error().is_some() { error } else { error.kind().into() }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A rename is durable only once the folder itself is.
///
/// # Errors
/// If the system refuses.
pub(super) fn sync_folder(folder: &Path) -> Result<(), OutputError> {
    if cfg!(unix) {
        File::open(folder).and_then(|f| f.sync_all()).map_err(OutputError::io("sync", folder))?;
    }
    Ok(())
}
