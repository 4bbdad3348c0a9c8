//! A sealed text: one line of JSON and below it the BLAKE3 of that line, so that a flipped bit shows.

use std::path::Path;

use serde_json::Value;

use super::BlockError;
use crate::files;
use crate::output::OutputError;

/// BLAKE3 in hexadecimal.
pub(crate) fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// The value with its seal.
pub(super) fn seal(value: &Value) -> String {
    let line = value.to_string();
    let hash = hash(line.as_bytes());
    format!("{line}\n{hash}\n")
}

/// Reads a sealed file.
///
/// # Errors
/// If it cannot be read, or the seal does not fit.
pub(super) fn unseal(path: &Path) -> Result<Value, BlockError> {
    let bytes = files::bytes(path, files::MOST_TABLE).map_err(OutputError::io("read", path))?;
    let corrupt = |what: &str| BlockError::Corrupt {
        path: path.to_path_buf(),
        what: format!("{what}; {}", advice(path)),
    };
    let text = String::from_utf8(bytes).map_err(|_| corrupt("it is no text"))?;
    let (line, seal) = text.split_once('\n').ok_or_else(|| corrupt("its seal is missing"))?;
    if seal.trim_end() != hash(line.as_bytes()) {
        return Err(corrupt("its seal does not fit"));
    }
    serde_json::from_str(line).map_err(|error| corrupt(&error.to_string()))
}

/// What to do about a corrupt file.
pub(super) fn advice(path: &Path) -> String {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    if name == super::store::PLAN_STEM {
        return "the plan is lost; start anew with --force".to_owned();
    }
    format!("remove {name}.json and {name}.csv, and --resume computes their blocks again")
}
