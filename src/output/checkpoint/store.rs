//! The store: `.blocks/` with its plan, its segments and its locks.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use super::found::Found;
use super::lock::{Company, Lock};
use super::made;
use super::segment::{self, Sidecar, Writer};
use super::{BlockError, PlanFile};
use crate::files;
use crate::output::whole::DRAFT;
use crate::output::{Folder, Manifest, OutputError, Provenance, write_whole};

/// Name of the folder of blocks inside an output folder.
pub const HIDDEN: &str = ".blocks";
pub(super) const PLAN_STEM: &str = "plan";
pub(super) const PLAN: &str = "plan.json";
/// Held by whoever computes blocks.
const LOCK: &str = "lock";
/// Held by whoever merges them, and puts results in their place.
pub(super) const MERGE_LOCK: &str = "merging";
/// Where charts are drawn, in an output folder.
const CHARTS: &str = "charts";

/// An output folder in which nobody else is at work.
#[derive(Debug)]
pub struct Hold {
    output: PathBuf,
    lock: Lock,
}

impl Hold {
    /// Makes the folder if it is not there and takes its lock; puts results in their place that are whole.
    ///
    /// # Errors
    /// [`BlockError::InUse`] if somebody else is at work; or the system refuses.
    pub fn take(output: &Path, company: Company) -> Result<Self, BlockError> {
        let folder = output.join(HIDDEN);
        for path in [output, &folder] {
            fs::create_dir_all(path).map_err(OutputError::io("create", path))?;
        }
        let lock = Lock::try_take(&folder.join(LOCK), company)?;
        made::settle(output)?;
        Ok(Self { output: output.to_path_buf(), lock })
    }

    /// Begins the work of a plan, or goes on with it.
    ///
    /// # Errors
    /// [`BlockError::OtherPlan`] if another plan's blocks lie there; or the system refuses.
    pub fn begin(self, plan: PlanFile, company: Company) -> Result<Store, BlockError> {
        let folder = self.output.join(HIDDEN);
        let path = folder.join(PLAN);
        let hash = plan.hash();
        if path.is_file() {
            let there = PlanFile::read(&path)?;
            if there.hash() != hash {
                return Err(BlockError::OtherPlan { path, what: there.differences(&plan.identity) });
            }
        } else {
            plan.write(&path)?;
        }
        if company == Company::Alone {
            remove_leftovers(&folder, true)?;
            remove_drafts(&self.output)?;
        }
        Ok(Store { folder, plan, hash, lock: Some(self.lock) })
    }

    /// Removes what was begun in the folder; what is finished there stays.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn clear(&self) -> Result<(), BlockError> {
        let folder = self.output.join(HIDDEN);
        let merging = Lock::try_take(&folder.join(MERGE_LOCK), Company::Alone)?;
        remove_drafts(&self.output)?;
        empty(&folder)?;
        merging.remove();
        Ok(())
    }

    /// Leaves the folder as it was found, but for locks that nobody needs.
    pub fn leave(self) {
        let folder = self.output.join(HIDDEN);
        drop(self.lock);
        // Other shards may hold it still.
        if let Ok(lock) = Lock::try_take(&folder.join(LOCK), Company::Alone) {
            lock.remove();
        }
        // Only if nothing else lies there; and a folder that was made for nothing goes too.
        let _ = fs::remove_dir(&folder).and_then(|()| fs::remove_dir(&self.output));
    }
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
        Hold::take(output, company)?.begin(plan, company)
    }

    /// Opens the blocks that lie in an output folder to merge them; `None` where there are none. Waits for another merge.
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
        if made::is_to_settle(output) {
            made::swap(output, &folder)?;
        }
        // Another merge may have been quicker.
        if !path.is_file() {
            return Ok(None);
        }
        let plan = PlanFile::read(&path)?;
        let hash = plan.hash();
        Ok(Some(Self { folder, plan, hash, lock: Some(lock) }))
    }

    /// Says whether it holds the blocks of a plan.
    ///
    /// # Errors
    /// [`BlockError::OtherPlan`] if they are another's.
    pub fn is_of(&self, plan: &PlanFile) -> Result<(), BlockError> {
        if plan.hash() == self.hash {
            return Ok(());
        }
        let path = self.folder.join(PLAN);
        Err(BlockError::OtherPlan { path, what: self.plan.differences(&plan.identity) })
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
        self.find(|sidecar, data| sidecar.check(data).map(|_| ()))
    }

    /// Finds every block by what sidecars say, and checks every byte of those of one shard; the others are for whoever
    /// merges to read.
    ///
    /// # Errors
    /// As [`Self::scan`], but for what is wrong with blocks of other shards.
    pub fn list(&self, shard: (u64, u64)) -> Result<Found, BlockError> {
        let own = segment::stem(shard);
        let is_own =
            |data: &Path| data.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&own));
        self.find(|sidecar, data| if is_own(data) { sidecar.check(data).map(|_| ()) } else { Ok(()) })
    }

    fn find(&self, check: impl Fn(&Sidecar, &Path) -> Result<(), BlockError>) -> Result<Found, BlockError> {
        let mut found = Found::default();
        for path in sidecars(&self.folder)? {
            let sidecar = Sidecar::read(&path)?;
            if sidecar.plan != self.hash {
                let what = "its blocks bear the hash of other settings or of another version".to_owned();
                return Err(BlockError::OtherPlan { path, what });
            }
            let data = path.with_extension("csv");
            check(&sidecar, &data)?;
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

    /// An empty folder beside the results of before, to make new ones in.
    ///
    /// # Errors
    /// If the system refuses.
    pub fn results(&self) -> Result<Folder, BlockError> {
        remove_drafts(self.output())?;
        made::folder(&self.folder)
    }

    /// The output folder.
    #[must_use]
    pub fn output(&self) -> &Path {
        self.folder.parent().unwrap_or(&self.folder)
    }

    /// Writes the accounts of finished work, the manifest last, puts all results in their place, and removes the blocks.
    ///
    /// Whatever else belongs to the results must be in the folder before: once the manifest is, nobody goes on with the
    /// blocks.
    ///
    /// - `more`: what the manifest says beside what every manifest says, or instead of it
    ///
    /// # Errors
    /// If the system refuses. What is whole by then is put in place by whoever comes next.
    pub fn finish(
        self,
        folder: &Folder,
        manifest: &Manifest,
        more: Map<String, Value>,
        provenance: &Provenance,
    ) -> Result<(), BlockError> {
        let places = match self.plan.beside["places"].as_object() {
            Some(places) => places.clone(),
            None => manifest.places(),
        };
        folder.write_provenance(provenance, places)?;
        let mut more = more;
        more.insert("plan_hash".to_owned(), self.hash.as_str().into());
        folder.write_manifest(manifest, more)?;
        // A merge holds this lock already; nobody else waits for one that holds the other.
        let is_merging = self.lock.as_ref().is_some_and(|lock| lock.is(MERGE_LOCK));
        let merging = if is_merging { None } else { Some(Lock::wait_for(&self.folder.join(MERGE_LOCK))?) };
        made::swap(self.output(), &self.folder)?;
        drop(merging);
        self.remove()
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
        if name != PLAN && !name.starts_with('.') && name.ends_with(".json") && path.is_file() {
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
        if (is_orphan || name.starts_with(DRAFT)) && path.is_file() {
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

/// Removes the blocks while nobody can come in, then the locks and the folder itself, unless somebody just did.
fn remove(folder: &Path, lock: Option<Lock>) -> Result<(), BlockError> {
    empty(folder)?;
    let merging = folder.join(MERGE_LOCK);
    if lock.as_ref().is_none_or(|lock| !lock.is(MERGE_LOCK)) && merging.is_file() {
        // Whoever waits for it finds that it is gone.
        let _ = fs::remove_file(&merging);
    }
    if lock.as_ref().is_some_and(|lock| lock.is(MERGE_LOCK)) {
        // Left by work that ended before it was merged. Held, it is somebody's.
        if let Ok(work) = Lock::try_take(&folder.join(LOCK), Company::Alone) {
            work.remove();
        }
    }
    if let Some(lock) = lock {
        lock.remove();
    }
    // What fails here leaves an empty folder, or one with somebody else's files, which is in nobody's way.
    let _ = fs::remove_dir(folder);
    Ok(())
}

/// Removes plan and blocks, and what was made of them. Folders that are not ours stay.
pub(super) fn empty(folder: &Path) -> Result<(), BlockError> {
    // Sidecars first: data without one do not count, a sidecar without its data would be corrupt.
    for path in sidecars(folder)? {
        fs::remove_file(&path).map_err(OutputError::io("remove", &path))?;
    }
    let mut plan = None;
    for entry in fs::read_dir(folder).map_err(OutputError::io("open", folder))? {
        let path = entry.map_err(OutputError::io("open", folder))?.path();
        if path.ends_with(PLAN) {
            plan = Some(path);
        } else if !path.ends_with(LOCK) && !path.ends_with(MERGE_LOCK) && !path.is_dir() {
            fs::remove_file(&path).map_err(OutputError::io("remove", &path))?;
        }
    }
    made::discard(folder)?;
    // Last: as long as it is there, what is left can be told for what it is.
    match plan {
        Some(path) => Ok(fs::remove_file(&path).map_err(OutputError::io("remove", &path))?),
        None => Ok(()),
    }
}
