//! The deterministic account of a run: what went in, what came out, and the hashes of both.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::inputs::{names_of, places_of};
use super::{OutputError, Written, write_whole};
use crate::files;

/// Version of the layout of a run folder; rises when a reader of the old one would misread the new one, or the other way
/// round: from 2 on a manifest bears a seal.
pub const FORMAT: u32 = 2;

/// The key of the seal, the last one of a manifest.
const SEAL: &str = "seal";

/// What a manifest of ours says of who wrote it.
pub(super) const PROGRAM: &str = "introsim";

/// A resolved scenario, as it was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scenario {
    /// Its name in every table.
    pub name: String,
    /// Its canonical text, every value spelled out.
    pub text: String,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its path as given.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What `manifest.json` says; equal runs on any machine give equal bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// Version of the program.
    pub program_version: String,
    /// Seed of all luck.
    pub seed: u64,
    /// Replications of each scenario.
    pub replications: u32,
    /// Scenarios in the order of the tables.
    pub scenarios: Vec<Scenario>,
    /// Files that were read, in the order given.
    pub inputs: Vec<Input>,
}

impl Manifest {
    /// The text of the file, with the hashes of the output files by their names.
    pub(crate) fn text(&self, outputs: &BTreeMap<String, String>, more: Map<String, Value>) -> String {
        let outputs = outputs.iter().map(|(name, hash)| (name.clone(), Value::from(hash.as_str())));
        let mut value = self.account();
        value["outputs"] = outputs.collect::<Map<_, _>>().into();
        for (key, what) in more {
            value[key] = what;
        }
        sealed(&value)
    }

    /// What the file will say of the run beside its outputs.
    pub(crate) fn account_with(&self, more: &Map<String, Value>) -> Value {
        let mut value = self.account();
        for (key, what) in more {
            value[key] = what.clone();
        }
        value
    }

    /// What the file says of the run; the outputs are not listed yet.
    pub(crate) fn account(&self) -> Value {
        let scenarios = self.scenarios.iter().map(|s| (s.name.clone(), Value::from(s.text.as_str())));
        let paths: Vec<&str> = self.inputs.iter().map(|input| input.name.as_str()).collect();
        let names = names_of(&paths);
        let inputs = names.into_iter().zip(&self.inputs);
        let inputs = inputs.map(|(name, input)| (name, Value::from(hash(&input.bytes))));
        json!({
            "format": FORMAT,
            "program": PROGRAM,
            "version": self.program_version,
            "seed": self.seed,
            "replications": self.replications,
            "hash": "BLAKE3",
            "scenarios": scenarios.collect::<Map<_, _>>(),
            "inputs": inputs.collect::<Map<_, _>>(),
        })
    }

    /// Where the files lie that were read, by the names that the manifest has for them; for the provenance, as this
    /// differs between machines.
    #[must_use]
    pub fn places(&self) -> Map<String, Value> {
        let paths: Vec<&str> = self.inputs.iter().map(|input| input.name.as_str()).collect();
        places_of(&paths)
    }

    /// Reads `manifest.json` as a JSON value; `None` where there is no such file.
    ///
    /// # Errors
    /// If it is there and cannot be read, is not JSON, or is one of this program and not what was written.
    pub fn read(folder: &Path) -> Result<Option<Value>, OutputError> {
        let path = folder.join(super::folder::MANIFEST);
        if !path.is_file() {
            return Ok(None);
        }
        let text = files::text(&path, files::MOST_TABLE).map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidData => {
                OutputError::Corrupt { path: path.clone(), what: error.to_string() }
            }
            _ => OutputError::io("read", &path)(error),
        })?;
        let value: Value = serde_json::from_str(&text)
            .map_err(|error| OutputError::Corrupt { path: path.clone(), what: error.to_string() })?;
        if Self::is_ours(&value) && !keeps_its_seal(&value, &text) {
            let what = "its seal does not fit: it is not what was written".to_owned();
            return Err(OutputError::Corrupt { path, what });
        }
        Ok(Some(value))
    }

    /// Writes a manifest again that tells of files that were written anew.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn tell_of<'a>(
        folder: &Path,
        mut manifest: Value,
        files: impl IntoIterator<Item = &'a Written>,
    ) -> Result<(), OutputError> {
        let path = folder.join(super::folder::MANIFEST);
        let before = sealed(&manifest);
        for file in files {
            let name = file.path.strip_prefix(folder).unwrap_or(&file.path);
            manifest["outputs"][name.to_string_lossy().replace('\\', "/")] = file.hash.as_str().into();
        }
        let text = sealed(&manifest);
        let is_told =
            text == before && files::text(&path, files::MOST_TABLE).is_ok_and(|there| there == text);
        if is_told { Ok(()) } else { write_whole(&path, text.as_bytes()).map(drop) }
    }

    /// Whether a manifest that was read is one of this program.
    #[must_use]
    pub fn is_ours(value: &Value) -> bool {
        value["program"] == PROGRAM
    }

    /// Whether a file says of itself that it is a manifest of this program, damaged or not.
    #[must_use]
    pub fn is_one_of_ours(path: &Path) -> bool {
        Self::listed_outputs(path).is_some()
    }

    /// Output files that a manifest of this program lists; `None` if there is no such manifest.
    pub(crate) fn listed_outputs(path: &Path) -> Option<Vec<PathBuf>> {
        let value: Value = serde_json::from_str(&files::text(path, files::MOST_TABLE).ok()?).ok()?;
        if !Self::is_ours(&value) {
            return None;
        }
        Some(value["outputs"].as_object().into_iter().flat_map(Map::keys).map(PathBuf::from).collect())
    }
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// The text of a manifest with its seal: the hash of the text without it.
#[must_use]
pub fn sealed(value: &Value) -> String {
    let mut value = value.clone();
    if let Some(object) = value.as_object_mut() {
        object.shift_remove(SEAL);
        let bare = format!("{:#}\n", Value::Object(object.clone()));
        object.insert(SEAL.to_owned(), hash(bare.as_bytes()).into());
    }
    format!("{value:#}\n")
}

/// Whether a manifest is to the byte what was written. Those of format 1 had no seal; a seal that is there is looked at in
/// any case, so that no one flipped bit makes a manifest pass for an old one.
fn keeps_its_seal(value: &Value, text: &str) -> bool {
    let is_old = value["format"].is_null() || value["format"] == 1;
    (value[SEAL].is_null() && is_old) || text == sealed(value)
}
