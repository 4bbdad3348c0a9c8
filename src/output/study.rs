//! The folder of a study: parts, each a complete folder of its own, put in its place only when it is whole; and the
//! manifest that binds them.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::checkpoint::{BlockError, Company, Hold, PlanFile, State, settle};
use super::folder::{MANIFEST, PROVENANCE};
use super::inputs::names_of;
use super::manifest::{FORMAT, PROGRAM, sealed};
use super::sweep::broken_outputs;
use super::tables::Status;
use super::{Manifest, OutputError, Written, read_table, write_whole};
use crate::files;

/// What a manifest says the command was, where its folder is that of a study.
const STUDY: &str = "study";
/// The report.
pub const REPORT: &str = "report.html";

/// Whether a manifest, or the identity of a plan, is that of a study.
#[must_use]
pub fn is_study(value: &Value) -> bool {
    value["command"] == STUDY
}

/// The folders that a part may have.
pub const PARTS: [&str; 10] = [
    "library",
    "map",
    "healing",
    "word",
    "bombardment",
    "break-even",
    "flip",
    "importance",
    "facts",
    "validation",
];

/// Names of the parts of a study, as its manifest has them. A name that is no part's is passed over: it might lead out of
/// the folder.
#[must_use]
pub fn parts_of(manifest: &Value) -> Vec<&str> {
    let names = manifest["parts"].as_array().into_iter().flatten().filter_map(|part| part["name"].as_str());
    names.filter(|name| PARTS.contains(name)).collect()
}

/// The first file of a part that is not what the part's own manifest says, and what is wrong with it.
///
/// # Errors
/// If a file cannot be read.
pub fn damage(study: &Path, part: &str) -> Result<Option<(PathBuf, &'static str)>, OutputError> {
    let place = place_of(study, part);
    match Manifest::read(&place)? {
        Some(manifest) => Ok(broken_outputs(&place, &manifest)?.0.into_iter().next()),
        None => Ok(Some((place.join(MANIFEST), "is not there"))),
    }
}

/// Where a part lies once it is whole.
#[must_use]
pub fn place_of(study: &Path, part: &str) -> PathBuf {
    study.join(part)
}

/// Where a part is made: hidden, so that whatever has the name of a part is whole.
#[must_use]
pub fn draft_of(study: &Path, part: &str) -> PathBuf {
    study.join(format!(".{part}"))
}

/// Puts a part that is whole in its place.
///
/// # Errors
/// If the system refuses, as where something lies there.
pub fn put_in_place(study: &Path, part: &str) -> Result<(), OutputError> {
    let place = place_of(study, part);
    fs::rename(draft_of(study, part), &place).map_err(OutputError::io("put in place", &place))
}

/// Removes what was begun of a part.
///
/// # Errors
/// If the system refuses.
pub fn remove_draft(study: &Path, part: &str) -> Result<(), OutputError> {
    let draft = draft_of(study, part);
    if draft.is_dir() {
        fs::remove_dir_all(&draft).map_err(OutputError::io("remove", &draft))?;
    }
    Ok(())
}

/// Whether work of this plan was finished where it is made, and only not put in its place; what is left of its blocks is
/// removed. Its manifest is its last file, so whatever has one is whole.
///
/// # Errors
/// If the system refuses, or what is there is corrupt.
pub fn is_draft_finished(study: &Path, part: &str, plan_hash: &str) -> Result<bool, BlockError> {
    let draft = draft_of(study, part);
    if !draft.is_dir() {
        return Ok(false);
    }
    settle(&draft)?;
    match State::of(&draft)? {
        State::Finished(manifest) if manifest["plan_hash"] == plan_hash => {
            // What is left of its blocks.
            let hold = Hold::take(&draft, Company::Alone)?;
            hold.clear()?;
            hold.leave();
            Ok(true)
        }
        State::Finished(_) | State::Other => {
            remove_draft(study, part)?;
            Ok(false)
        }
        State::Empty | State::Unfinished(_) | State::Replacing { .. } => Ok(false),
    }
}

/// A file in a place of a part that no run of this program wrote, if there is one.
///
/// # Errors
/// If the folder cannot be read.
pub fn foreign_file(study: &Path, part: &str) -> Result<Option<PathBuf>, OutputError> {
    let place = place_of(study, part);
    if !place.exists() {
        return Ok(None);
    }
    let manifest = if place.is_dir() { Manifest::read(&place).ok().flatten() } else { None };
    let Some(manifest) = manifest.filter(Manifest::is_ours) else { return Ok(Some(place)) };
    let mut folders = vec![(String::new(), place)];
    while let Some((prefix, folder)) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(OutputError::io("open", &folder))? {
            let path = entry.map_err(OutputError::io("open", &folder))?.path();
            let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
            if path.is_dir() {
                folders.push((format!("{name}/"), path));
            } else if ![MANIFEST, PROVENANCE].contains(&name.as_str()) && manifest["outputs"][&name].is_null()
            {
                return Ok(Some(path));
            }
        }
    }
    Ok(None)
}

/// Removes parts, whole or begun; [`foreign_file`] says before whether anybody else's file would go with them.
///
/// # Errors
/// If the system refuses.
pub fn remove_parts(study: &Path, parts: &[&str]) -> Result<(), OutputError> {
    for part in parts {
        remove_draft(study, part)?;
        let place = place_of(study, part);
        if place.is_dir() {
            fs::remove_dir_all(&place).map_err(OutputError::io("remove", &place))?;
        }
    }
    Ok(())
}

/// Removes the report and the accounts, the manifest last.
///
/// # Errors
/// If the system refuses.
pub fn remove_accounts(study: &Path) -> Result<(), OutputError> {
    for name in [REPORT, PROVENANCE, MANIFEST] {
        let path = study.join(name);
        if path.is_file() {
            fs::remove_file(&path).map_err(OutputError::io("remove", &path))?;
        }
    }
    Ok(())
}

/// Whether a replication failed in a part, as its tables say.
///
/// # Errors
/// If a table cannot be read.
pub fn has_failures(study: &Path, part: &str) -> Result<bool, OutputError> {
    for name in ["outcomes.csv", "cells.csv", "curve.csv"] {
        let path = place_of(study, part).join(name);
        let rows: Vec<Status> = if path.is_file() { read_table(&path)?.rows()? } else { Vec::new() };
        if rows.iter().any(|row| row.status.0.as_deref().is_some_and(|status| status != "ok")) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What a study's manifest says beside its plan.
#[derive(Clone, Debug)]
pub struct StudyAccount<'a> {
    /// Version of the program.
    pub version: &'a str,
    /// Title of the study.
    pub title: &'a str,
    /// Its question.
    pub question: Option<&'a str>,
    /// How thoroughly it was done.
    pub effort: &'a str,
    /// Seed of all luck.
    pub seed: u64,
    /// Path and bytes of the study file.
    pub file: (&'a str, &'a [u8]),
    /// Names and commands of the parts.
    pub parts: Vec<(&'a str, &'a str)>,
    /// What was to be done.
    pub plan: &'a PlanFile,
}

impl StudyAccount<'_> {
    /// Writes the manifest of a study folder, with the hash of each part's manifest, `None` where the part failed, and of
    /// the report if there is one.
    ///
    /// - `is_last`: whether nothing more will be written; only then does it name the plan
    ///
    /// # Errors
    /// If a manifest cannot be read or written.
    pub fn write(&self, study: &Path, report: Option<&Written>, is_last: bool) -> Result<(), OutputError> {
        let mut parts = Vec::new();
        for (name, command) in &self.parts {
            let path = place_of(study, name).join(MANIFEST);
            let hash = if path.is_file() {
                let bytes = files::bytes(&path, files::MOST_TABLE).map_err(OutputError::io("read", &path))?;
                Value::from(hash(&bytes))
            } else {
                Value::Null
            };
            parts.push(json!({ "name": name, "command": command, "manifest": hash }));
        }
        let report = report.map(|written| (REPORT.to_owned(), Value::from(written.hash.as_str())));
        let file = names_of(&[self.file.0]).remove(0);
        let mut value = json!({
            "format": FORMAT,
            "program": PROGRAM,
            "command": STUDY,
            "version": self.version,
            "title": self.title,
            "question": self.question,
            "effort": self.effort,
            "seed": self.seed,
            "hash": "BLAKE3",
            "inputs": { file: hash(self.file.1) },
            "parts": parts,
            "outputs": report.into_iter().collect::<serde_json::Map<_, _>>(),
        });
        if is_last {
            value["plan_hash"] = self.plan.hash().into();
            value["plan"] = self.plan.identity.clone();
        }
        write_whole(&study.join(MANIFEST), sealed(&value).as_bytes()).map(drop)
    }
}

/// Puts the hashes that the manifests of parts have now into the manifest of their study.
///
/// # Errors
/// If a manifest cannot be read.
pub fn tell_of_parts(study: &Path, manifest: &mut Value, parts: &[String]) -> Result<(), OutputError> {
    for part in manifest["parts"].as_array_mut().into_iter().flatten() {
        let name = part["name"].as_str().unwrap_or_default().to_owned();
        if parts.contains(&name) {
            let path = place_of(study, &name).join(MANIFEST);
            let bytes = files::bytes(&path, files::MOST_TABLE).map_err(OutputError::io("read", &path))?;
            part["manifest"] = hash(&bytes).into();
        }
    }
    Ok(())
}

/// Parts of a study whose manifest is not the one that the study's manifest names.
///
/// # Errors
/// If a manifest cannot be read.
pub fn broken_parts(study: &Path, manifest: &Value) -> Result<Vec<(PathBuf, &'static str)>, OutputError> {
    let mut broken = Vec::new();
    for part in manifest["parts"].as_array().into_iter().flatten() {
        let name = part["name"].as_str().unwrap_or_default();
        if !PARTS.contains(&name) {
            broken.push((study.join(MANIFEST), "names a part that no study has"));
            continue;
        }
        let path = place_of(study, name).join(MANIFEST);
        let expected = &part["manifest"];
        if !path.is_file() {
            if !expected.is_null() {
                broken.push((path, "is not there"));
            }
            continue;
        }
        let bytes = files::bytes(&path, files::MOST_TABLE).map_err(OutputError::io("read", &path))?;
        if *expected != hash(&bytes).as_str() {
            broken.push((path, "is not what was written"));
        }
    }
    Ok(broken)
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
