//! Files that are whole or absent, whatever stops the program.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::OutputError;

/// Writes a file whole: beside its place, synced, renamed into it, and the folder synced. Mode 0644 on Unix.
///
/// # Errors
/// With path and operation if the system refuses any of these; the old file, if any, is then still there.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), OutputError> {
    let mut draft = Draft::new(path)?;
    draft.write_all(bytes).map_err(OutputError::io("write", path))?;
    draft.persist()
}

/// A file that is being written and not yet in its place; dropped, it leaves nothing behind.
pub(crate) struct Draft {
    file: tempfile::NamedTempFile,
    path: PathBuf,
}

impl Draft {
    pub(crate) fn new(path: &Path) -> Result<Self, OutputError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".writing-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            builder.permissions(std::fs::Permissions::from_mode(0o644));
        }
        let file = builder.tempfile_in(folder_of(path)).map_err(plain);
        let file = file.map_err(OutputError::io("create", path))?;
        Ok(Self { file, path: path.to_path_buf() })
    }

    pub(crate) fn persist(self) -> Result<(), OutputError> {
        let Self { file, path } = self;
        #[cfg(unix)]
        {
            // The mode asked for at creation passes through the umask; a shared folder needs exactly this one.
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::Permissions::from_mode(0o644);
            file.as_file().set_permissions(mode).map_err(OutputError::io("set the mode of", &path))?;
        }
        file.as_file().sync_all().map_err(OutputError::io("sync", &path))?;
        file.persist(&path).map_err(|error| OutputError::io("put in place", &path)(error.error))?;
        sync_folder(folder_of(&path))
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes).map_err(plain)
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
fn sync_folder(folder: &Path) -> Result<(), OutputError> {
    if cfg!(unix) {
        File::open(folder).and_then(|f| f.sync_all()).map_err(OutputError::io("sync", folder))?;
    }
    Ok(())
}
