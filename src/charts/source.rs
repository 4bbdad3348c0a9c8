//! What charts are drawn from: a folder of tables, and the account of the run.

use std::path::Path;

use serde_json::Value;

use crate::output::{Manifest, OutputError, RawTable, read_table};

/// A folder of tables with what its manifest says, which need not be written yet.
#[derive(Clone, Debug)]
pub(super) struct Source<'a> {
    dir: &'a Path,
    pub(super) manifest: Option<Value>,
}

impl<'a> Source<'a> {
    /// A finished folder, or one that has only tables.
    pub(super) fn finished(dir: &'a Path) -> Result<Self, OutputError> {
        Ok(Self { dir, manifest: Manifest::read(dir)? })
    }

    /// A folder whose manifest is to be written last.
    pub(super) fn unfinished(dir: &'a Path, manifest: &Manifest) -> Self {
        Self { dir, manifest: Some(manifest.account()) }
    }

    pub(super) fn has(&self, table: &str) -> bool {
        self.dir.join(table).is_file()
    }

    pub(super) fn table(&self, name: &str) -> Result<RawTable, OutputError> {
        read_table(&self.dir.join(name))
    }

    /// The seed of all luck.
    pub(super) fn seed(&self) -> Option<u64> {
        self.manifest.as_ref().and_then(|manifest| manifest["seed"].as_u64())
    }
}
