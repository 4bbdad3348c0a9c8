//! What the commands that simulate have in common: options, scenario files, the output folder, threads.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::SystemTime;

use anyhow::Context;
use serde_json::{Map, Value};

use super::keeper::Keeper;
use super::preflight::{Caller, enter};
use super::shard::Part;
use crate::charts::{self, ChartError, Drawn};
use crate::engine::Arm;
use crate::experiments::memory::Need;
use crate::output::checkpoint::{PlanFile, Store};
use crate::output::{Folder, Manifest, Provenance};
use crate::scenario::{Idle, Loaded, idle, key, load_with, network_notes, or_nearest};

/// Refuses what is not a folder, and names the one beside it that was meant, or what to give.
pub(super) fn be_folder(folder: &Path, of: &str) -> anyhow::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let hint = match or_nearest(folder) {
        hint if hint.is_empty() => format!("; give the folder of {of}"),
        hint => hint,
    };
    Err(super::BadInput(format!("{} is not a folder{hint}", folder.display())).into())
}

/// Options of every command that simulates.
#[derive(Debug, clap::Args)]
pub(super) struct Common {
    /// Replications of each scenario, each with its own luck [default: run.replications]
    #[arg(short = 'n', long, value_name = "N", allow_negative_numbers = true, value_parser = replications)]
    pub(super) replications: Option<u32>,
    /// Seed of all luck [default: run.seed]
    #[arg(short, long, value_name = "S", allow_negative_numbers = true)]
    pub(super) seed: Option<u64>,
    /// Weeks after the opening [default: run.weeks]
    #[arg(short, long, value_name = "W", allow_negative_numbers = true, value_parser = weeks)]
    pub(super) weeks: Option<u32>,
    /// Change a key in every scenario, as in contract.share_of_salary=15%; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub(super) settings: Vec<String>,
    #[command(flatten)]
    pub(super) site: Site,
    #[command(flatten)]
    pub(super) shards: Shards,
}

/// Options of where and with what a command works.
#[derive(Clone, Debug, clap::Args)]
pub(super) struct Site {
    /// Folder to write to; made if it is not there [default: output/ and the name of the command, experiment or study]
    #[arg(short, long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// Replace the files of an earlier run in the folder, once those of this one are whole
    #[arg(short, long)]
    pub(super) force: bool,
    /// Go on with what was begun in the folder and stopped
    #[arg(long, conflicts_with = "force")]
    pub(super) resume: bool,
    /// Threads; the results do not depend on it [default: all cores]
    #[arg(short = 't', long, alias = "jobs", value_name = "T", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
    /// Memory that may be used, such as 8GiB [default: what the machine or its control group can give]
    #[arg(long, value_name = "SIZE", value_parser = super::memory::parse)]
    pub(super) memory: Option<u64>,
    /// No progress bar and no table
    #[arg(short, long)]
    pub(super) quiet: bool,
}

/// Options of work that several processes share.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Shards {
    /// Do only part I of N, from 0, beside others; implies --resume, and `merge` makes the results. `auto` takes both from
    /// the array job that this is a task of (Slurm, PBS, Grid Engine, Kubernetes, AWS Batch, GCP Batch), `auto/N` the index
    #[arg(long, value_name = "I/N", conflicts_with = "force", value_parser = super::shard::parse)]
    pub(super) shard: Option<(u64, u64)>,
    /// Whether what shards have done is put together, and nothing else is.
    #[arg(skip)]
    pub(super) joins: bool,
}

/// Calls scenarios whose files have one name by the paths of these: `contingency` and `library:contingency`.
pub(super) fn tell_apart(loaded: &mut [Loaded]) -> anyhow::Result<()> {
    let names: Vec<String> = loaded.iter().map(|one| one.name.clone()).collect();
    let path = |one: &Loaded| one.chain.first().map_or_else(|| one.name.clone(), |file| file.path.clone());
    for one in loaded.iter_mut() {
        if names.iter().filter(|name| **name == one.name).count() > 1 {
            one.name = path(one).trim_end_matches(".toml").to_owned();
        }
    }
    for (position, one) in loaded.iter().enumerate() {
        if loaded[..position].iter().any(|earlier| earlier.name == one.name) {
            return Err(super::BadInput(format!("{} is given twice", path(one))).into());
        }
    }
    Ok(())
}

/// Warns of networks that leave workers out, each once.
pub(super) fn warn_of_networks(loaded: &[Loaded]) {
    let mut said: Vec<String> = Vec::new();
    for one in loaded {
        let Some(list) = &one.scenario.friends.edges else { continue };
        for note in network_notes(list, one.scenario.workers.count) {
            if !said.contains(&note) {
                super::say(&format!("warning: {note}"));
                said.push(note);
            }
        }
    }
}

/// Warns of what is odd about scenarios that can be run: networks that leave workers out, and keys that are set and do
/// nothing; of those set for all scenarios at once, if they do nothing in any.
pub(super) fn warn_of_notes(loaded: &[Loaded]) {
    warn_of_networks(loaded);
    let found: Vec<Vec<Idle>> = loaded.iter().map(idle).collect();
    let everywhere = |path: &str| found.iter().all(|list| list.iter().any(|idle| idle.path == path));
    for (one, list) in loaded.iter().zip(&found) {
        for idle in list.iter().filter(|i| !one.overridden.contains(&i.path) || everywhere(i.path)) {
            super::say(&format!("warning: {}: {idle}", one.name));
        }
    }
}

impl Common {
    /// Says where a file was found, where that may surprise.
    pub(super) fn say_where(&self, file: &PathBuf) {
        if !self.site.quiet {
            super::place::say_where([file]);
        }
    }

    /// Says where files were found, and reads them.
    pub(super) fn load(&self, files: &[PathBuf]) -> anyhow::Result<Vec<Loaded>> {
        if !self.site.quiet {
            super::place::say_where(files);
        }
        self.read(files)
    }

    /// Reads every file before anything is started; all problems of all files are told.
    pub(super) fn read(&self, files: &[PathBuf]) -> anyhow::Result<Vec<Loaded>> {
        let settings = self.settings();
        let mut loaded = Vec::new();
        let mut problems = None;
        for file in files {
            match (load_with(file, &settings), &mut problems) {
                (Ok(one), _) => loaded.push(one),
                (Err(found), None) => problems = Some(found),
                (Err(found), Some(all)) => all.join(found),
            }
        }
        match problems {
            Some(all) => Err(all.into()),
            None => {
                let chosen = self.choose(loaded)?;
                warn_of_notes(&chosen);
                Ok(chosen)
            }
        }
    }

    /// Settings that the options make, those of `--set` last.
    pub(super) fn settings(&self) -> Vec<String> {
        let mut settings = Vec::new();
        settings.extend(self.replications.map(|n| format!("run.replications={n}")));
        settings.extend(self.seed.map(|seed| format!("run.seed={seed}")));
        settings.extend(self.weeks.map(|weeks| format!("run.weeks={weeks}")));
        settings.extend(self.settings.iter().cloned());
        settings
    }

    /// Leaves out abstract scenarios where there are others; those of one name are told apart by where they lie.
    fn choose(&self, loaded: Vec<Loaded>) -> anyhow::Result<Vec<Loaded>> {
        let several = loaded.len() > 1;
        let (skipped, mut kept): (Vec<_>, Vec<_>) =
            loaded.into_iter().partition(|l| several && l.scenario.is_abstract);
        for base in skipped.iter().filter(|_| !self.site.quiet) {
            super::say(&format!("{} is abstract, a base for the others: not run by itself", base.name));
        }
        if kept.is_empty() {
            let text = "all of these scenarios are abstract; give one that is not";
            return Err(super::BadInput(text.to_owned()).into());
        }
        tell_apart(&mut kept)?;
        Ok(kept)
    }

    /// Where the command works; the folder is not made yet.
    pub(super) fn workspace(&self, default: impl AsRef<Path>) -> anyhow::Result<Workspace> {
        self.site.workspace(default, &self.shards)
    }

    /// Puts together in a folder what shards of this command have done there.
    pub(super) fn join(&mut self, out: &Path, quiet: bool) {
        self.site.resume = false;
        self.site.join(&mut self.shards, out, quiet);
    }
}

impl Site {
    /// Where the command works; the folder is not made yet.
    ///
    /// - `default`: that folder where nobody names one
    pub(super) fn workspace(&self, default: impl AsRef<Path>, shards: &Shards) -> anyhow::Result<Workspace> {
        let out = self.out.clone().unwrap_or_else(|| default.as_ref().to_path_buf());
        let workspace = Workspace::new(out, self.quiet, self.threads)?;
        let part = Part::of(shards.shard, shards.joins);
        let resume = self.resume || shards.shard.is_some();
        Ok(Workspace { memory: self.memory, force: self.force, resume, part, ..workspace })
    }

    /// Puts together in a folder what shards have done there.
    pub(super) fn join(&mut self, shards: &mut Shards, out: &Path, quiet: bool) {
        shards.joins = true;
        self.out = Some(out.to_path_buf());
        self.force = false;
        self.quiet |= quiet;
    }
}

/// Where a command works: a folder to fill, threads, and whether it shows its progress.
#[derive(Clone, Debug)]
pub(super) struct Workspace {
    pub(super) out: PathBuf,
    /// Whether the files of an earlier run are replaced.
    pub(super) force: bool,
    /// Whether what was begun is gone on with.
    pub(super) resume: bool,
    /// How much of the work is done.
    pub(super) part: Part,
    pub(super) quiet: bool,
    pub(super) pool: Arc<rayon::ThreadPool>,
    /// Bytes that may be used, where somebody has said.
    pub(super) memory: Option<u64>,
    pub(super) started: SystemTime,
}

impl Workspace {
    pub(super) fn new(out: PathBuf, quiet: bool, threads: Option<u16>) -> anyhow::Result<Self> {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.map_or(0, usize::from));
        let pool = Arc::new(pool.build().context("cannot start threads")?);
        let started = SystemTime::now();
        let part = Part::Whole;
        Ok(Self { out, force: false, resume: false, part, quiet, pool, memory: None, started })
    }

    /// Refuses work that needs more memory than there is; nothing has been started.
    pub(super) fn afford(&self, need: Need) -> anyhow::Result<()> {
        Ok(super::memory::afford(need, self.pool.current_num_threads(), self.memory)?)
    }

    /// Takes the output folder for work; `None` if it is finished there already.
    ///
    /// - `kind`: what is done, as "run"
    pub(super) fn enter(&self, kind: &'static str, plan: PlanFile) -> anyhow::Result<Option<Store>> {
        if self.part == Part::Rest {
            let Some(store) = Store::open(&self.out)? else { return Ok(None) };
            store.is_of(&plan)?;
            return Ok(Some(store));
        }
        let company = self.part.company();
        let caller = Caller { out: &self.out, kind, goes_on: self.resume, force: self.force, company };
        enter(&caller, plan)
    }

    /// The account of when and where, as of now.
    pub(super) fn provenance(&self) -> Provenance {
        Provenance {
            commit: option_env!("INTROSIM_COMMIT").map(str::to_owned),
            threads: self.pool.current_num_threads(),
            command: command_line(),
            started: self.started,
            ended: SystemTime::now(),
        }
    }
}

/// Work in an output folder: its blocks, the folder in which its results are made, and the keeper of finished pieces.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) store: Store,
    pub(super) keeper: Arc<Keeper>,
    /// Made when the first result is.
    folder: Option<Folder>,
}

impl Work {
    pub(super) fn new(store: Store, keeper: Arc<Keeper>) -> Self {
        Self { store, keeper, folder: None }
    }

    /// The folder in which results are made.
    ///
    /// # Errors
    /// [`Shared`] where somebody else makes them of the pieces that are kept; or the system refuses.
    pub(super) fn folder(&mut self) -> anyhow::Result<&mut Folder> {
        if self.keeper.is_shard() {
            return Err(Shared.into());
        }
        match &mut self.folder {
            Some(folder) => Ok(folder),
            empty => Ok(empty.insert(self.store.results()?)),
        }
    }

    /// Draws the charts, writes the accounts, and puts everything in its place.
    ///
    /// - `more`: what the manifest says beside what every manifest says
    pub(super) fn finish(
        self,
        workspace: &Workspace,
        manifest: &Manifest,
        more: Map<String, Value>,
    ) -> anyhow::Result<Vec<Drawn>> {
        self.finish_with(workspace, manifest, more, |_, _| Ok(()))
    }

    /// As [`Self::finish`], with what else is made of the tables and charts in between.
    pub(super) fn finish_with(
        mut self,
        workspace: &Workspace,
        manifest: &Manifest,
        more: Map<String, Value>,
        also: impl FnOnce(&mut Folder, &[Drawn]) -> anyhow::Result<()>,
    ) -> anyhow::Result<Vec<Drawn>> {
        let folder = self.folder()?;
        let drawn = match draw(folder, manifest, &more) {
            Err(ChartError::NothingToDraw { .. }) => Vec::new(),
            drawn => drawn?,
        };
        also(folder, &drawn)?;
        self.keeper.close();
        self.folder()?;
        let Self { store, folder: Some(folder), .. } = self else { return Ok(drawn) };
        store.finish(&folder, manifest, more, &workspace.provenance())?;
        Ok(drawn)
    }
}

/// All pieces are there, and their results are for others to make.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("the results are for `merge` to make")]
pub(super) struct Shared;

/// The plan of work on scenarios: two commands of one plan end with the same bytes.
///
/// - `command`: what is done, as on the command line
/// - `more`: whatever else the results depend on
pub(super) fn plan_of<'a>(
    command: &str,
    loaded: impl IntoIterator<Item = &'a Loaded>,
    more: impl IntoIterator<Item = (&'static str, Value)>,
) -> PlanFile {
    let mut identity = Map::new();
    identity.insert("command".to_owned(), command.into());
    identity.insert("version".to_owned(), env!("CARGO_PKG_VERSION").into());
    for one in loaded {
        identity.insert(one.name.clone(), one.scenario.canonical().into());
        let files = one.chain.iter().chain(&one.graph);
        let hashes: Vec<String> = files.map(|file| blake3::hash(&file.bytes).to_hex().to_string()).collect();
        identity.insert(format!("files of {}", one.name), hashes.into());
    }
    identity.extend(more.into_iter().map(|(key, value)| (key.to_owned(), value)));
    PlanFile { identity: identity.into(), beside: beside() }
}

/// What a plan says beside itself: how it came to be, so that shards of it can be put together.
pub(super) fn beside() -> Value {
    let mut is_value = false;
    let mut words = command_line();
    words.retain(|word| {
        let is_shard = std::mem::replace(&mut is_value, word == "--shard");
        !is_shard && word != "--shard" && !word.starts_with("--shard=")
    });
    serde_json::json!({ "command": words })
}

/// What became of work whose files are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Outcome {
    /// What not to believe.
    pub(super) warnings: Vec<String>,
    /// Whether something failed, with the rest on disk.
    pub(super) failed: bool,
}

impl Outcome {
    pub(super) fn new(warnings: impl IntoIterator<Item: ToString>, failed: bool) -> Self {
        Self { warnings: warnings.into_iter().map(|warning| warning.to_string()).collect(), failed }
    }

    /// Warns, and gives the code to end with.
    pub(super) fn report(&self) -> ExitCode {
        for warning in &self.warnings {
            super::say(&format!("warning: {warning}"));
        }
        if self.failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
    }
}

/// Warnings as a manifest keeps them: nobody who reads the tables later should believe more than whoever ran them.
pub(super) fn warned(warnings: &[impl ToString]) -> serde_json::Map<String, serde_json::Value> {
    let warnings: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    serde_json::Map::from_iter([("warnings".to_owned(), warnings.into())])
}

fn replications(text: &str) -> Result<u32, String> {
    count("run.replications", text)
}

fn weeks(text: &str) -> Result<u32, String> {
    count("run.weeks", text)
}

/// A whole number in the range of a key.
fn count(path: &str, text: &str) -> Result<u32, String> {
    let range = key(path).map(|key| key.range);
    let number = text.parse().ok().filter(|&n: &u32| range.is_none_or(|range| range.contains(f64::from(n))));
    number.ok_or_else(|| {
        let allowed = key(path).map(crate::scenario::Key::range_text).unwrap_or_default();
        format!("takes a whole number, {allowed}")
    })
}

/// The words of the command line, the program by its name alone; what is not UTF-8 is shown as well as can be.
pub(super) fn command_line() -> Vec<String> {
    let words = std::env::args_os().skip(1).map(|word| word.to_string_lossy().into_owned());
    std::iter::once("introsim".to_owned()).chain(words).collect()
}

/// Scenarios as arms of a batch.
pub(super) fn arms_of(loaded: &[Loaded]) -> Vec<Arm> {
    loaded.iter().map(|l| Arm { name: l.name.clone(), scenario: l.scenario.clone() }).collect()
}

/// Draws the charts of a folder whose tables are written, and counts them among its files; the manifest, which bears the
/// hashes of all, comes after.
///
/// - `more`: what it will say beside what every manifest says
pub(super) fn draw(
    folder: &mut Folder,
    manifest: &Manifest,
    more: &Map<String, Value>,
) -> Result<Vec<Drawn>, ChartError> {
    folder.write_dictionary(&charts::tables_in(folder.path()))?;
    let drawn = charts::draw_before(folder.path(), manifest, more)?;
    folder.claim(drawn.iter().flat_map(|chart| &chart.files));
    Ok(drawn)
}
