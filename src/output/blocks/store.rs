//! The store: `.blocks/` with its plan, its segments and its locks.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::BlockError;
use super::found::Found;
use super::lock::{Company, Lock};
use super::seal::{hash, seal, unseal};
use super::segment::{Sidecar, Writer};
use crate::files;
use crate::output::{Manifest, OutputError, write_whole};

/// Name of the folder of blocks inside an output folder.
pub const HIDDEN: &str = ".blocks";
pub(super) const PLAN_STEM: &str = "plan";
const PLAN: &str = "plan.json";
/// Held by whoever computes blocks.
const LOCK: &str = "lock";
/// Held by whoever merges them.
const MERGE_LOCK: &str = "merging";
/// Where charts are drawn, in an output folder.
const CHARTS: &str = "charts";
/// What files are called while they are being written.
const DRAFT: &str = ".writing-";

/// What is to be done, as the folder of blocks keeps it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanFile {
    /// All that the blocks depend on; its hash names the plan.
    pub identity: Value,
    /// What the accounts of the run say beside: names of files, and their hashes.
    pub beside: Value,
}

impl PlanFile {
    /// BLAKE3 of the identity.
    #[must_use]
    pub fn hash(&self) -> String {
        hash(self.identity.to_string().as_bytes())
    }

    fn read(path: &Path) -> Result<Self, BlockError> {
        let mut value = unseal(path)?;
        Ok(Self { identity: value["plan"].take(), beside: value["beside"].take() })
    }

    /// In what the identity differs from another one: keys, and of texts of many lines the lines.
    #[must_use]
    pub fn differences(&self, other: &Value) -> String {
        let (Some(own), Some(others)) = (self.identity.as_object(), other.as_object()) else {
            return "it is no plan of this program".to_owned();
        };
        let mut names: Vec<String> = Vec::new();
        for (key, value) in own.iter().filter(|(key, value)| others.get(*key) != Some(value)) {
            match (value.as_str(), others.get(key).and_then(Value::as_str)) {
                (Some(one), Some(two)) if one.contains('\n') => {
                    names.push(format!("{key} ({})", other_lines(one, two).join(", ")));
                }
                _ => names.push(key.clone()),
            }
        }
        if names.is_empty() { "other keys".to_owned() } else { format!("other {}", names.join(", ")) }
    }
}

/// The names, up to the first ` = `, of the first lines in which two texts differ.
fn other_lines<'a>(one: &'a str, two: &'a str) -> Vec<&'a str> {
    const MOST: usize = 5;
    let pairs = one.lines().zip(two.lines()).filter(|(a, b)| a != b);
    let mut names: Vec<&str> =
        pairs.map(|(line, _)| line.split_once(" = ").map_or(line, |(name, _)| name)).collect();
    if names.len() > MOST {
        names.truncate(MOST);
        names.push("…");
    }
    names
}

/// What an output folder holds.
#[derive(Clone, Debug, PartialEq)]
pub enum State {
    /// Nothing, or not even a folder.
    Empty,
    /// Work that was begun.
    Unfinished(PlanFile),
    /// A finished run, with its manifest.
    Finished(Value),
    /// Something else.
    Other,
}

impl State {
    /// Looks into a folder.
    ///
    /// # Errors
    /// If it cannot be read, or the plan that lies there is corrupt.
    pub fn of(folder: &Path) -> Result<Self, BlockError> {
        if !folder.exists() {
            return Ok(Self::Empty);
        }
        let finished = Manifest::read(folder).map_err(|error| match error {
            OutputError::Json { path, message } => BlockError::Corrupt { path, what: message },
            other => other.into(),
        })?;
        let finished = finished.filter(Manifest::is_ours);
        let plan = folder.join(HIDDEN).join(PLAN);
        let plan = if plan.is_file() { Some(PlanFile::read(&plan)?) } else { None };
        Ok(match (finished, plan) {
            (Some(manifest), None) => Self::Finished(manifest),
            // Killed between the last file and the removal of what was merged into it.
            (Some(manifest), Some(plan)) if manifest["plan_hash"] == plan.hash() => Self::Finished(manifest),
            (_, Some(plan)) => Self::Unfinished(plan),
            (None, None) if holds_nothing(folder)? => Self::Empty,
            (None, None) => Self::Other,
        })
    }
}

/// Whether there is nothing that anybody could miss; what a start that was killed leaves does not count.
fn holds_nothing(folder: &Path) -> Result<bool, BlockError> {
    for entry in fs::read_dir(folder).map_err(OutputError::io("open", folder))? {
        let name = entry.map_err(OutputError::io("open", folder))?.file_name();
        let name = name.to_string_lossy();
        if name != HIDDEN && !name.starts_with(DRAFT) {
            return Ok(false);
        }
    }
    Ok(true)
}

/// A folder of blocks with its plan.
#[derive(Debug)]
pub struct Store {
    folder: PathBuf,
    plan: PlanFile,
    hash: String,
    lock: Option<Lock>,
}

impl Store {
    /// Opens the blocks of a plan in an output folder to add to them, and makes them if they are not there.
    ///
    /// # Errors
    /// [`BlockError::InUse`] if somebody else is at work; [`BlockError::OtherPlan`] if another plan's blocks lie there; or
    /// the system refuses.
    pub fn begin(output: &Path, plan: PlanFile, company: Company) -> Result<Self, BlockError> {
        let folder = output.join(HIDDEN);
        fs::create_dir_all(&folder).map_err(OutputError::io("create", &folder))?;
        let lock = Lock::try_take(&folder.join(LOCK), company)?;
        let path = folder.join(PLAN);
        let hash = plan.hash();
        if path.is_file() {
            let there = PlanFile::read(&path)?;
            if there.hash() != hash {
                return Err(BlockError::OtherPlan { path, what: there.differences(&plan.identity) });
            }
        } else {
            let text = seal(&json!({ "plan": plan.identity, "beside": plan.beside }));
            write_whole(&path, text.as_bytes())?;
        }
        if company == Company::Alone {
            remove_leftovers(&folder, true)?;
        }
        Ok(Self { folder, plan, hash, lock: Some(lock) })
    }

    /// Opens the blocks that lie in an output folder to merge them; none where there are none. Waits for another merge.
    ///
    /// # Errors
    /// If the plan is corrupt or the system refuses.
    pub fn open(output: &Path) -> Result<Option<Self>, BlockError> {
        let folder = output.join(HIDDEN);
        let path = folder.join(PLAN);
        if !path.is_file() {
            return Ok(None);
        }
        let lock = Lock::wait_for(&folder.join(MERGE_LOCK))?;
        // Another merge may have been quicker.
        if !path.is_file() {
            return Ok(None);
        }
        let plan = PlanFile::read(&path)?;
        let hash = plan.hash();
        Ok(Some(Self { folder, plan, hash, lock: Some(lock) }))
    }

    /// Where the blocks are.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What is to be done.
    #[must_use]
    pub fn plan(&self) -> &PlanFile {
        &self.plan
    }

    /// The hash that names the plan.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// A writer of segments for shard `shard.0` of `shard.1`.
    #[must_use]
    pub fn writer(&self, shard: (u64, u64), commit: Option<&str>) -> Writer {
        Writer::new(&self.folder, &self.hash, commit, shard)
    }

    /// Finds every block and checks every byte.
    ///
    /// # Errors
    /// [`BlockError::Corrupt`], [`BlockError::OtherPlan`], [`BlockError::Differ`], or if a file cannot be read.
    pub fn scan(&self) -> Result<Found, BlockError> {
        let mut found = Found::default();
        for path in sidecars(&self.folder)? {
            let sidecar = Sidecar::read(&path)?;
            if sidecar.plan != self.hash {
                let what = "its blocks bear the hash of other settings or of another version".to_owned();
                return Err(BlockError::OtherPlan { path, what });
            }
            let data = path.with_extension("csv");
            sidecar.check(&data)?;
            found.add(data, sidecar)?;
        }
        Ok(found)
    }

    /// Copies the segments of the same plan from another output folder, each checked; gives how many.
    ///
    /// # Errors
    /// [`BlockError::OtherPlan`] or [`BlockError::Corrupt`], or if the system refuses.
    pub fn import(&self, output: &Path) -> Result<usize, BlockError> {
        let folder = output.join(HIDDEN);
        let path = folder.join(PLAN);
        if !path.is_file() {
            let what = format!("{} holds no blocks", output.display());
            return Err(BlockError::Occupied { what });
        }
        let plan = PlanFile::read(&path)?;
        if plan.hash() != self.hash {
            return Err(BlockError::OtherPlan { path, what: plan.differences(&self.plan.identity) });
        }
        let sidecars = sidecars(&folder)?;
        for path in &sidecars {
            let data = path.with_extension("csv");
            let bytes = Sidecar::read(path)?.check(&data)?;
            let text = files::bytes(path, files::MOST_TABLE).map_err(OutputError::io("read", path))?;
            for (path, bytes) in [(&data, bytes), (path, text)] {
                write_whole(&self.folder.join(path.file_name().unwrap_or_default()), &bytes)?;
            }
        }
        Ok(sidecars.len())
    }

    /// Of how many shards the plan was made, as far as names of files tell: the largest number.
    #[must_use]
    pub fn shards(&self) -> Option<u64> {
        let of = |path: &PathBuf| {
            let name = path.file_name()?.to_str()?;
            name.split_once("-of-")?.1.split('.').next()?.parse().ok()
        };
        sidecars(&self.folder).ok()?.iter().filter_map(of).max()
    }

    /// Removes drafts that a merge that was killed left in the output folder.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn tidy(&self, output: &Path) -> Result<(), BlockError> {
        remove_drafts(output)
    }

    /// Removes the folder of blocks, once all that it held is in its place.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn remove(mut self) -> Result<(), BlockError> {
        remove(&self.folder, self.lock.take())
    }
}

/// Paths of all sidecars, in the order of their names.
fn sidecars(folder: &Path) -> Result<Vec<PathBuf>, BlockError> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(OutputError::io("open", folder))? {
        let path = entry.map_err(OutputError::io("open", folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name != PLAN && !name.starts_with('.') && name.ends_with(".json") {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

/// Removes what a program that was killed left: drafts and, among blocks, data whose sidecar was never written.
fn remove_leftovers(folder: &Path, are_blocks: bool) -> Result<(), BlockError> {
    for entry in fs::read_dir(folder).map_err(OutputError::io("open", folder))? {
        let path = entry.map_err(OutputError::io("open", folder))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let is_orphan = are_blocks && name.ends_with(".csv") && !path.with_extension("json").is_file();
        if is_orphan || name.starts_with(DRAFT) {
            fs::remove_file(&path).map_err(OutputError::io("remove", &path))?;
        }
    }
    Ok(())
}

/// Removes drafts from an output folder and from the folder of charts in it.
fn remove_drafts(output: &Path) -> Result<(), BlockError> {
    let charts = output.join(CHARTS);
    let charts = if charts.is_dir() { Some(charts) } else { None };
    std::iter::once(output.to_path_buf())
        .chain(charts)
        .try_for_each(|folder| remove_leftovers(&folder, false))
}

/// Removes the blocks in an output folder, finished or not, and what a merge that was killed left beside them.
///
/// - `made`: paths in it of the files that a merge makes
///
/// # Errors
/// [`BlockError::InUse`] if somebody is at work there, or the system refuses.
pub fn clear(output: &Path, made: &[String]) -> Result<(), BlockError> {
    let folder = output.join(HIDDEN);
    if !folder.is_dir() {
        return Ok(());
    }
    let lock = Lock::try_take(&folder.join(LOCK), Company::Alone)?;
    for name in made {
        let path = output.join(name);
        if path.is_file() {
            fs::remove_file(&path).map_err(OutputError::io("remove", &path))?;
        }
    }
    remove_drafts(output)?;
    remove(&folder, Some(lock))
}

/// Removes the blocks while nobody can come in, then the locks and the folder itself, unless somebody just did.
fn remove(folder: &Path, lock: Option<Lock>) -> Result<(), BlockError> {
    let mut locks = Vec::new();
    for entry in fs::read_dir(folder).map_err(OutputError::io("open", folder))? {
        let path = entry.map_err(OutputError::io("open", folder))?.path();
        if path.ends_with(LOCK) || path.ends_with(MERGE_LOCK) {
            locks.push(path);
        } else {
            fs::remove_file(&path).map_err(OutputError::io("remove", &path))?;
        }
    }
    // Some systems remove no file that is open.
    drop(lock);
    // What fails from here on leaves an empty folder, which is in nobody's way.
    let _ = locks.iter().try_for_each(fs::remove_file).and_then(|()| fs::remove_dir(folder));
    Ok(())
}
