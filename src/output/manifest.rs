//! The deterministic account of a run: what went in, what came out, and the hashes of both.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};

use super::OutputError;
use crate::files;

/// Version of the layout of a run folder; rises when a reader of the old one would misread the new one.
pub const FORMAT: u32 = 1;

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
    /// Its name as given, without what differs between machines.
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
    /// The text of the file, with the hashes of the output files that lie in `folder`; `foreign` ones are not ours.
    pub(crate) fn text(
        &self,
        folder: &Path,
        foreign: &BTreeSet<String>,
        more: Map<String, Value>,
    ) -> Result<String, OutputError> {
        let ours = |(name, _): &(String, String)| !foreign.contains(name);
        let outputs = outputs_of(folder)?.into_iter().filter(ours);
        let outputs = outputs.map(|(name, hash)| (name, Value::from(hash)));
        let mut value = self.account();
        value["outputs"] = outputs.collect::<Map<_, _>>().into();
        for (key, what) in more {
            value[key] = what;
        }
        Ok(format!("{value:#}\n"))
    }

    /// What the file says of the run; the outputs are not listed yet.
    pub(crate) fn account(&self) -> Value {
        let scenarios = self.scenarios.iter().map(|s| (s.name.clone(), Value::from(s.text.as_str())));
        let hashed = |input: &Input| (input.name.clone(), Value::from(hash(&input.bytes)));
        json!({
            "format": FORMAT,
            "program": PROGRAM,
            "version": self.program_version,
            "seed": self.seed,
            "replications": self.replications,
            "hash": "BLAKE3",
            "scenarios": scenarios.collect::<Map<_, _>>(),
            "inputs": self.inputs.iter().map(hashed).collect::<Map<_, _>>(),
        })
    }

    /// Reads `manifest.json` as a JSON value; `None` where there is no such file.
    ///
    /// # Errors
    /// If it is there and cannot be read, or is not JSON.
    pub fn read(folder: &Path) -> Result<Option<Value>, OutputError> {
        let path = folder.join(super::folder::MANIFEST);
        if !path.is_file() {
            return Ok(None);
        }
        let text = files::text(&path, files::MOST_TABLE).map_err(OutputError::io("read", &path))?;
        let value = serde_json::from_str(&text);
        value.map(Some).map_err(|error| OutputError::Json { path, message: error.to_string() })
    }

    /// Whether a manifest that was read is one of this program.
    #[must_use]
    pub fn is_ours(value: &Value) -> bool {
        value["program"] == PROGRAM
    }

    /// Output files that a manifest of this program lists; none if there is no such manifest.
    pub(crate) fn listed_outputs(path: &Path) -> Option<Vec<PathBuf>> {
        let value: Value = serde_json::from_str(&files::text(path, files::MOST_TABLE).ok()?).ok()?;
        if !Self::is_ours(&value) {
            return None;
        }
        Some(value["outputs"].as_object()?.keys().map(PathBuf::from).collect())
    }
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

/// Tables, charts and reports of a folder by name, with their hashes; hidden files and the two accounts are left out.
pub(super) fn outputs_of(folder: &Path) -> Result<BTreeMap<String, String>, OutputError> {
    let mut found = BTreeMap::new();
    for (prefix, place) in [("", folder.to_path_buf()), ("charts/", folder.join("charts"))] {
        if !place.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&place).map_err(OutputError::io("open", &place))? {
            let path = entry.map_err(OutputError::io("open", &place))?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or(".");
            let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
            if name.starts_with('.') || !OUTPUT_ENDINGS.contains(&ending) || !path.is_file() {
                continue;
            }
            let bytes = files::bytes(&path, files::MOST_TABLE).map_err(OutputError::io("read", &path))?;
            found.insert(format!("{prefix}{name}"), hash(&bytes));
        }
    }
    Ok(found)
}

const OUTPUT_ENDINGS: [&str; 4] = ["csv", "svg", "png", "html"];
