//! The blocks that were found in a store, and how to read them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::ops::Range;
use std::path::PathBuf;

use super::BlockError;
use super::seal::{advice, hash};
use super::segment::{Entry, Sidecar};
use crate::output::OutputError;

/// The blocks that were found, each checked.
#[derive(Debug, Default)]
pub struct Found {
    files: Vec<PathBuf>,
    places: BTreeMap<u64, (usize, Entry)>,
    duplicates: u64,
    commits: BTreeSet<String>,
}

impl Found {
    /// Takes the blocks of one file.
    pub(super) fn add(&mut self, data: PathBuf, sidecar: Sidecar) -> Result<(), BlockError> {
        let file = self.files.len();
        self.files.push(data);
        self.commits.extend(sidecar.commit);
        sidecar.entries.into_iter().try_for_each(|entry| self.add_block(file, entry))
    }

    fn add_block(&mut self, file: usize, entry: Entry) -> Result<(), BlockError> {
        match self.places.get(&entry.block) {
            Some((first, known)) if known.hash != entry.hash => Err(BlockError::Differ {
                block: entry.block,
                one: self.files[*first].clone(),
                other: self.files[file].clone(),
            }),
            Some(_) => {
                self.duplicates += 1;
                Ok(())
            }
            None => {
                self.places.insert(entry.block, (file, entry));
                Ok(())
            }
        }
    }

    /// Whether a block is there.
    #[must_use]
    pub fn has(&self, block: u64) -> bool {
        self.places.contains_key(&block)
    }

    /// Blocks found.
    #[must_use]
    pub fn count(&self) -> usize {
        self.places.len()
    }

    /// Files that they lie in, and blocks that were computed more than once.
    #[must_use]
    pub fn files_and_duplicates(&self) -> (usize, u64) {
        (self.files.len(), self.duplicates)
    }

    /// Commits of the programs that computed them.
    #[must_use]
    pub fn commits(&self) -> &BTreeSet<String> {
        &self.commits
    }

    /// That there are no blocks but those of a plan of `of`.
    ///
    /// # Errors
    /// [`BlockError::OtherPlan`] if there is one that the plan does not have.
    pub fn within(&self, of: u64) -> Result<(), BlockError> {
        if let Some((file, entry)) = self.places.range(of..).next().map(|(_, place)| place) {
            let what = format!("it holds block {}, and the plan has {of}", entry.block);
            return Err(BlockError::OtherPlan { path: self.files[*file].clone(), what });
        }
        Ok(())
    }

    /// The bytes of a block; `None` if it is not there.
    ///
    /// # Errors
    /// If it cannot be read, or is not any more what it was when it was found.
    pub fn read(&self, block: u64) -> Result<Option<Vec<u8>>, BlockError> {
        let Some((_, entry)) = self.places.get(&block) else { return Ok(None) };
        let bytes = self.read_part(block, 0..entry.length)?;
        if hash(&bytes) == entry.hash { Ok(Some(bytes)) } else { Err(self.changed(block)) }
    }

    /// Some bytes of a block, unchecked.
    ///
    /// # Errors
    /// If they are not there or cannot be read.
    pub fn read_part(&self, block: u64, part: Range<usize>) -> Result<Vec<u8>, BlockError> {
        let within = self.places.get(&block).filter(|(_, entry)| part.end <= entry.length);
        let (file, entry) = within.ok_or_else(|| self.changed(block))?;
        let path = &self.files[*file];
        let mut bytes = vec![0; part.len()];
        let mut read = || {
            let mut file = File::open(path)?;
            file.seek(SeekFrom::Start((entry.offset + part.start) as u64))?;
            file.read_exact(&mut bytes)
        };
        read().map_err(OutputError::io("read", path))?;
        Ok(bytes)
    }

    /// Says that a block is not what was found.
    #[must_use]
    pub fn changed(&self, block: u64) -> BlockError {
        let path = self.places.get(&block).map(|(file, _)| self.files[*file].clone()).unwrap_or_default();
        let what = format!("block {block} changed while it was being read; {}", advice(&path));
        BlockError::Corrupt { path, what }
    }
}
