//! Files that are read whole: regular ones, and none larger than somebody could have meant.
//!
//! A pipe would be waited for without end, a device read without end; both are refused before a byte is read. The one
//! way in for text from another program is `-`, standard input, where a caller asks for it.

use std::fs::{File, FileType};
use std::io::{self, Error, ErrorKind, Read};
use std::path::Path;
use std::sync::OnceLock;

/// Most bytes of a file that is written by hand: scenarios, experiments, claims, studies.
pub const MOST_TEXT: u64 = 1 << 20;

/// Most bytes of a list of friendships: twenty friends for each of ten million workers.
pub const MOST_EDGES: u64 = 2 << 30;

/// Most bytes of a table, a block or a manifest of a folder that a command reads back.
pub const MOST_TABLE: u64 = 4 << 30;

/// What stands for standard input on the command line.
pub const STANDARD_INPUT: &str = "-";

/// Opens a file that ends: a regular one.
///
/// # Errors
///
/// If there is none, it may not be read, or it is a folder, a pipe, a device or a socket.
pub fn open(path: &Path) -> io::Result<File> {
    // Looked at before it is opened: opening a pipe waits for whoever writes to it.
    refuse(std::fs::metadata(path)?.file_type())?;
    let file = File::open(path)?;
    refuse(file.metadata()?.file_type())?;
    Ok(file)
}

/// The bytes of a regular file.
///
/// # Errors
///
/// As [`open`], and if it holds more than `most` bytes.
pub fn bytes(path: &Path, most: u64) -> io::Result<Vec<u8>> {
    read(open(path)?, most)
}

/// The text of a regular file.
///
/// # Errors
///
/// As [`bytes`], and if it is no UTF-8, with the first line that is not.
pub fn text(path: &Path, most: u64) -> io::Result<String> {
    utf8(bytes(path, most)?)
}

/// The text of standard input, which is read once and kept: several readers may look at it.
///
/// # Errors
///
/// If it cannot be read, holds more than [`MOST_TEXT`], or is no UTF-8.
pub fn standard_input() -> io::Result<String> {
    static READ: OnceLock<Result<String, (ErrorKind, String)>> = OnceLock::new();
    let read = || read(io::stdin().lock(), MOST_TEXT).and_then(utf8);
    READ.get_or_init(|| read().map_err(|error| (error.kind(), error.to_string())))
        .clone()
        .map_err(|(kind, text)| Error::new(kind, text))
}

/// Whether a path of the command line stands for standard input.
#[must_use]
pub fn is_standard_input(path: &Path) -> bool {
    path.as_os_str() == STANDARD_INPUT
}

/// Why a file cannot be read, in words for whoever named it.
#[must_use]
pub fn why(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "there is no such file".to_owned(),
        ErrorKind::PermissionDenied => "you are not allowed to read it".to_owned(),
        _ => error.to_string(),
    }
}

fn read(from: impl Read, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    // The size that a file tells of itself may be wrong; what comes is counted.
    from.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let text = format!("it holds more than {}, the most that is read of such a file", size(most));
        return Err(Error::new(ErrorKind::FileTooLarge, text));
    }
    Ok(bytes)
}

fn utf8(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
        Error::new(ErrorKind::InvalidData, format!("line {line} is not UTF-8 text"))
    })
}

/// Bytes as people write them: "1 MiB", "1.5 GiB".
#[must_use]
pub fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
    if bytes < 1024 {
        return format!("{bytes} bytes");
    }
    #[expect(clippy::cast_precision_loss, reason = "shown with two digits")]
    let mut number = bytes as f64 / 1024.0;
    let mut unit = 0;
    while number >= 1024.0 && unit + 1 < UNITS.len() {
        number /= 1024.0;
        unit += 1;
    }
    let digits = usize::from(number < 10.0 && number.fract() > 0.05);
    format!("{number:.digits$} {}", UNITS[unit])
}

fn refuse(kind: FileType) -> io::Result<()> {
    if kind.is_file() {
        return Ok(());
    }
    let what = if kind.is_dir() {
        return Err(Error::new(ErrorKind::IsADirectory, "this is a folder, not a file"));
    } else {
        special(kind)
    };
    Err(Error::new(ErrorKind::InvalidInput, format!("this is {what}; only regular files are read")))
}

#[cfg(unix)]
fn special(kind: FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    if kind.is_fifo() {
        "a pipe"
    } else if kind.is_char_device() || kind.is_block_device() {
        "a device"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "no file"
    }
}

#[cfg(not(unix))]
fn special(_: FileType) -> &'static str {
    "no file"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_refused_with_the_bound_and_what_fits_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, vec![b'x'; 2048]).unwrap();
        assert_eq!(bytes(&path, 2048).unwrap().len(), 2048);
        let error = bytes(&path, 2047).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        let one = bytes(&path, 1024).unwrap_err().to_string();
        assert_eq!(one, "it holds more than 1 KiB, the most that is read of such a file");
    }

    #[test]
    fn folders_and_devices_are_refused_before_a_byte_is_read() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(open(folder.path()).unwrap_err().to_string(), "this is a folder, not a file");
        #[cfg(target_os = "linux")]
        for device in ["/dev/zero", "/dev/null"] {
            let error = bytes(Path::new(device), 10).unwrap_err().to_string();
            assert_eq!(error, "this is a device; only regular files are read", "{device}");
        }
    }

    #[test]
    fn sizes_are_written_with_the_unit_that_fits() {
        let gib = 1_u64 << 30;
        let cases =
            [(1023, "1023 bytes"), (1 << 20, "1 MiB"), (gib + gib / 2, "1.5 GiB"), (8 << 40, "8 TiB")];
        for (number, text) in cases {
            assert_eq!(size(number), text);
        }
    }
}
