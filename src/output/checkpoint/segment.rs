//! Segments: a file with the rows of one or more blocks, and a sidecar that says which, where and with which hash.
//!
//! The data are written beside their place, synced and renamed; then the sidecar, the same way. So a sidecar proves its
//! data, and whatever has no sidecar does not count. Names bear the shard and 48 random bits, so that two copies of a
//! task never write the same file.

use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::BlockError;
use super::seal::{advice, hash, seal, unseal};
use crate::files;
use crate::output::{OutputError, write_whole};

/// Where one block lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) block: u64,
    pub(super) offset: usize,
    pub(super) length: usize,
    pub(super) hash: String,
}

/// What a sidecar says.
#[derive(Clone, Debug)]
pub(super) struct Sidecar {
    pub(super) plan: String,
    pub(super) commit: Option<String>,
    pub(super) entries: Vec<Entry>,
}

impl Sidecar {
    fn value(&self, data: &str) -> Value {
        let entry = |e: &Entry| json!([e.block, e.offset, e.length, e.hash]);
        json!({
            "plan": self.plan,
            "commit": self.commit,
            "data": data,
            "blocks": self.entries.iter().map(entry).collect::<Vec<_>>(),
        })
    }

    /// Reads a sidecar.
    ///
    /// # Errors
    /// If it cannot be read or its seal does not fit.
    pub(super) fn read(path: &Path) -> Result<Self, BlockError> {
        let value = unseal(path)?;
        let entry = |e: &Value| {
            let at = |position: usize| usize::try_from(e[position].as_u64()?).ok();
            Some(Entry {
                block: e[0].as_u64()?,
                offset: at(1)?,
                length: at(2)?,
                hash: e[3].as_str()?.to_owned(),
            })
        };
        let read = || {
            Some(Self {
                plan: value["plan"].as_str()?.to_owned(),
                commit: value["commit"].as_str().map(str::to_owned),
                entries: value["blocks"].as_array()?.iter().map(entry).collect::<Option<_>>()?,
            })
        };
        read().ok_or_else(|| BlockError::Corrupt {
            path: path.to_path_buf(),
            what: format!("it does not say which blocks it holds; {}", advice(path)),
        })
    }

    /// Checks that the data file holds every block unchanged, and gives its bytes.
    ///
    /// # Errors
    /// If it cannot be read, or a byte of it is another.
    pub(super) fn check(&self, data: &Path) -> Result<Vec<u8>, BlockError> {
        let corrupt = |what: String| BlockError::Corrupt {
            path: data.to_path_buf(),
            what: format!("{what}; {}", advice(data)),
        };
        if !data.is_file() {
            return Err(corrupt("it is not there, though its sidecar is".to_owned()));
        }
        let bytes = files::bytes(data, files::MOST_TABLE).map_err(OutputError::io("read", data))?;
        for entry in &self.entries {
            let end = entry.offset.saturating_add(entry.length);
            let piece = bytes.get(entry.offset..end);
            if piece.is_none_or(|piece| hash(piece) != entry.hash) {
                return Err(corrupt(format!("block {} is not what was written", entry.block)));
            }
        }
        if self.entries.iter().map(|entry| entry.length).sum::<usize>() != bytes.len() {
            return Err(corrupt("it is longer than what was written".to_owned()));
        }
        Ok(bytes)
    }
}

/// How the names of the files of a shard begin.
pub(super) fn stem((one, all): (u64, u64)) -> String {
    format!("{one:06}-of-{all:06}.")
}

/// Writes segments of one shard.
#[derive(Debug)]
pub struct Writer {
    folder: PathBuf,
    plan: String,
    commit: Option<String>,
    prefix: String,
    next: u32,
}

impl Writer {
    pub(super) fn new(folder: &Path, plan: &str, commit: Option<&str>, shard: (u64, u64)) -> Self {
        let moment = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let unique = format!("{moment:?} {} {}", std::process::id(), folder.display());
        let prefix = format!("{}{}", stem(shard), &hash(unique.as_bytes())[..12]);
        Self {
            folder: folder.to_path_buf(),
            plan: plan.to_owned(),
            commit: commit.map(str::to_owned),
            prefix,
            next: 0,
        }
    }

    /// Puts finished blocks on disk, for good when this returns.
    ///
    /// # Errors
    /// If the system refuses; these blocks are then lost, and none of those before.
    pub fn commit(&mut self, blocks: &[(u64, Vec<u8>)]) -> Result<(), BlockError> {
        let name = format!("{}.{:06}", self.prefix, self.next);
        self.next += 1;
        let mut bytes = Vec::new();
        let mut entries = Vec::new();
        for (block, data) in blocks {
            let (offset, length) = (bytes.len(), data.len());
            entries.push(Entry { block: *block, offset, length, hash: hash(data) });
            bytes.extend_from_slice(data);
        }
        let data = format!("{name}.csv");
        let sidecar = Sidecar { plan: self.plan.clone(), commit: self.commit.clone(), entries };
        write_whole(&self.folder.join(&data), &bytes)?;
        let text = seal(&sidecar.value(&data));
        write_whole(&self.folder.join(format!("{name}.json")), text.as_bytes())?;
        Ok(())
    }
}
