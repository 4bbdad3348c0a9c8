//! `sweep`: the same market at many settings of its knobs, and a map of where it lives.

mod collector;
mod finish;

pub(super) use finish::{close, merged_already};

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::Context;
use serde_json::{Map, Value, json};
use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
use signal_hook::flag;

use super::common::{Common, Outcome, Workspace};
use super::cost::{self, Budget, Planned};
use super::preflight;
use super::shard::{Gap, Part};
use crate::experiments::memory::Need;
use crate::experiments::outcomes;
use crate::experiments::rest;
use crate::experiments::sweep::{BurnIns, Neighbour, Sweep, Task, Warning, neighbours, share, start};
use crate::output::checkpoint::{BlockError, Found, PlanFile, Store};
use crate::output::inputs::{names_of, places_of};
use crate::output::sweep::{clash, identity, progress};
use crate::scenario::SourceFile;
use crate::scenario::experiment::{self, Experiment, Purpose};
use crate::text::count;
use collector::{Collector, Ended};

/// Run the same market at many settings, and map where it lives
///
/// An experiment file names a scenario, the knobs to turn, a design and replications. Finished cells are on disk within a
/// second: a sweep that was stopped, by Ctrl-C or by a power cut, goes on with --resume and ends with the same files.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim sweep screening-by-payout
  introsim sweep screening-by-payout --resume
  introsim sweep healing --budget 10min
  introsim sweep study.toml --out shared --shard 0/3    (and 1/3, 2/3 elsewhere; then: introsim merge shared)
  introsim sweep study.toml --out shared --shard auto/16    (in an array job of 16 tasks, from 0)")]
pub(super) struct Args {
    /// An experiment file with `design`, or the name of one of the library
    #[arg(value_name = "FILE", value_parser = super::place::experiment())]
    file: PathBuf,
    /// Spend so many weeks of markets on more replications where it cannot be told whether the market lasts, nearest the edge
    /// first, as in 500000 or 2M; or a time, as in 10min, which becomes weeks of markets by a rate measured here and now
    #[arg(long, value_name = "WEEKS|TIME", value_parser = super::cost::budget)]
    budget: Option<Budget>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let common = &args.common;
    let known = outcomes::names();
    common.say_where(&args.file);
    let experiment = experiment::load(&args.file, &common.settings(), &known, Purpose::Sweep)?;
    let workspace = common.workspace(Path::new("output").join(&experiment.name))?;
    workspace.afford(Need::of_experiment(&experiment))?;
    let base = &experiment.base.scenario;
    let budget = args.budget.map(|budget| budget.weeks(&workspace, base)).transpose()?;
    let prepared = prepare(&experiment, &common.settings(), budget)?;
    super::common::warn_of_networks(std::slice::from_ref(&experiment.base));
    let out = &workspace.out;
    let stop = listen()?;
    let Some(store) = workspace.enter("sweep", prepared.plan.clone())? else { return Ok(ExitCode::SUCCESS) };
    let more = Arc::clone(&prepared.sweep);
    let worked = work(&workspace, &store, prepared, &stop, true)?;
    drop(store);
    let saved = worked.saved(out);
    let resume = format!("go on with: {}", preflight::go_on(common.shards.shard.is_some()));
    match worked.ended {
        Err(_) if preflight::is_merged(out, &worked.hash) => {
            super::say(&format!("{} has been merged meanwhile", out.display()));
            return Ok(ExitCode::SUCCESS);
        }
        Err(error) => {
            stop.store(true, Ordering::Relaxed);
            super::say(&format!("{saved}; when this is mended, {resume}"));
            return Err(error.into());
        }
        Ok(Ended::Stopped) => {
            super::say(&format!("stopped; {saved}\n{resume}"));
            return Ok(ExitCode::from(super::STOPPED));
        }
        Ok(Ended::Done) => {}
    }
    if workspace.part.is_shard() {
        if !common.site.quiet {
            workspace.part.tell_done(out, worked.did);
            if more.looks > 1 {
                super::say(
                    "settings may be open then that get more replications: merge names the shards to run again",
                );
            }
            if more.horizons() > 1 {
                super::say("markets may move then: merge names the shards to run again for twice the weeks");
            }
        }
        return Ok(ExitCode::SUCCESS);
    }
    close(out, common.site.quiet, workspace.provenance(), &worked.warnings)
}

/// A sweep that can be begun: every cell checked, its plan made.
pub(super) struct Prepared {
    pub(super) sweep: Arc<Sweep>,
    pub(super) plan: PlanFile,
}

impl Prepared {
    /// The same under a budget of weeks of markets.
    pub(super) fn under(self, budget: u64) -> Self {
        let sweep = Arc::new(Sweep::clone(&self.sweep).under(Some(budget)));
        let plan = PlanFile { identity: identity(&sweep, env!("CARGO_PKG_VERSION")), ..self.plan };
        Self { sweep, plan }
    }
}

/// Makes the plan of an experiment.
///
/// - `settings`: what `--set` and its like change in its scenario, and so in those that may lie on its map
/// - `budget`: weeks of markets of all looks together
pub(super) fn prepare(
    experiment: &Experiment,
    settings: &[String],
    budget: Option<u64>,
) -> anyhow::Result<Prepared> {
    let sweep = Arc::new(Sweep::of(experiment)?.under(budget));
    if let Some(name) = clash(&sweep) {
        let text =
            format!("a knob cannot be called {name}: a column of the tables is; give it another `label`");
        return Err(super::BadInput(text).into());
    }
    // A cell that cannot be is told before anything is begun.
    sweep.tasks(0..1, |_| true).map_err(crate::scenario::Problems::from)?;
    if let Some(budget) = budget.filter(|&budget| budget < sweep.first_look()) {
        return Err(cost::too_little(budget, sweep.first_look(), "the first look at all settings"));
    }
    let plan = PlanFile {
        identity: identity(&sweep, env!("CARGO_PKG_VERSION")),
        beside: beside(experiment, &sweep, settings),
    };
    Ok(Prepared { sweep, plan })
}

/// What became of the points of a shard.
struct Worked {
    ended: Result<Ended, BlockError>,
    saved: usize,
    mine: usize,
    /// Whether anything was to be done.
    did: bool,
    warnings: Vec<Warning>,
    hash: String,
}

impl Worked {
    /// What is on disk, in words.
    fn saved(&self, out: &Path) -> String {
        format!("{} of {} points are saved in {}", self.saved, self.mine, out.display())
    }
}

/// Works on the points of a shard that are not on disk, until all are or a signal comes.
///
/// - `is_alone`: whether nobody has said yet how long all takes
fn work(
    workspace: &Workspace,
    store: &Store,
    prepared: Prepared,
    stop: &Arc<AtomicBool>,
    is_alone: bool,
) -> anyhow::Result<Worked> {
    let shard = workspace.part.numbers();
    let Prepared { sweep: plan, .. } = prepared;
    let mut sweep = Arc::clone(&plan);
    let mut worked = Worked {
        ended: Ok(Ended::Done),
        saved: 0,
        mine: 0,
        did: false,
        warnings: Vec::new(),
        hash: store.hash().to_owned(),
    };
    let mut burn_ins = BurnIns::default();
    loop {
        // A thousand shards do not read the rows of a thousand others; whoever merges reads them all.
        let found = if workspace.part.is_shard() { store.list(shard)? } else { store.scan()? };
        let now = progress(&plan, &found, &workspace.out)?;
        if now.horizon != sweep.doubled {
            sweep = Arc::new(plan.at(now.horizon));
            // The same burn-ins again, of the same replications.
            burn_ins = BurnIns::default();
            tell_doubled(workspace, &sweep, now.moved);
        }
        let tasks = now.tasks(&sweep).map_err(crate::scenario::Problems::from)?;
        let (mine, todo) = own(&sweep, &tasks, shard, &found);
        if now.look.is_none() || (todo.is_empty() && worked.mine > 0) {
            // Nothing more is open, or the rest of the look is for other shards.
            return Ok(worked);
        }
        let has_work = !todo.is_empty();
        if worked.mine == 0 && is_alone {
            foretell(workspace, &sweep, &todo);
        }
        let bar = super::progress::bar(sweep.weeks(&todo), workspace.quiet);
        let mut collector = Collector::new(
            &sweep,
            store.writer(shard, option_env!("INTROSIM_COMMIT")),
            mine,
            &todo,
            burn_ins,
        );
        let ticking = bar.clone();
        let events = start(&workspace.pool, &sweep, todo, stop, Box::new(move || ticking.inc(1)));
        worked.ended = collector.collect(workspace.part, &events, stop, &bar);
        bar.finish_and_clear();
        worked.saved += collector.saved();
        worked.mine += mine;
        worked.did |= has_work;
        burn_ins = collector.into_burn_ins();
        worked.warnings = burn_ins.warnings(sweep.base.run.burn_in);
        if !matches!(worked.ended, Ok(Ended::Done)) || mine == 0 {
            return Ok(worked);
        }
    }
}

/// Says that all is done again for twice the weeks, and why.
fn tell_doubled(workspace: &Workspace, sweep: &Sweep, moved: usize) {
    if !workspace.quiet {
        let (weeks, cells) = (sweep.base.run.weeks, sweep.cells.len());
        let said = rest::said(moved, cells, weeks / 2).unwrap_or_default();
        super::say(&format!("{said} All are run for {} weeks now", count(weeks as usize)));
    }
}

/// Says how long the first look takes that is to be done.
fn foretell(workspace: &Workspace, sweep: &Sweep, todo: &[Task]) {
    let more = match (sweep.looks, sweep.budget) {
        (..2, _) if sweep.horizons() > 1 => "; where markets move then, all are run for twice the weeks",
        (..2, _) => "",
        (_, None) => "; settings that cannot be told then get more",
        (_, Some(_)) => "; the rest of the budget goes to settings that cannot be told then",
    };
    Planned { market: sweep.base.clone(), weeks: sweep.weeks(todo), more }.foretell(workspace);
}

/// What became of a whole sweep.
pub(super) enum Swept {
    /// Its tables are written.
    Done(Outcome),
    /// A signal came; so much is on disk, in words.
    Stopped(String),
    /// The shard is done; whether there was anything for it to do.
    Shared(bool),
    /// There is not yet all that is to be put together.
    Missing(Gap),
}

/// Does a sweep, or a shard of it, in a folder that is its own, going on with what is there of it; or puts shards together.
pub(super) fn execute(
    workspace: &Workspace,
    prepared: Prepared,
    stop: &Arc<AtomicBool>,
) -> anyhow::Result<Swept> {
    if workspace.part == Part::Rest {
        return finish::together(workspace, &prepared.plan);
    }
    let Some(store) = workspace.enter("sweep", prepared.plan.clone())? else {
        return Ok(Swept::Done(Outcome::default()));
    };
    let worked = work(workspace, &store, prepared, stop, false)?;
    drop(store);
    if worked.ended? == Ended::Stopped {
        let (saved, of) = (worked.saved, worked.mine);
        return Ok(Swept::Stopped(format!("{saved} of {of} points")));
    }
    if workspace.part.is_shard() {
        return Ok(Swept::Shared(worked.did));
    }
    let merged = finish::tables(&workspace.out, &workspace.provenance())?.map_err(|gap| gap.tell())?;
    let outcome = merged.map(|(merged, _)| finish::outcome(&merged, &worked.warnings));
    Ok(Swept::Done(outcome.unwrap_or_default()))
}

/// How many points are a shard's own, and its tasks without the points that are done.
fn own(sweep: &Sweep, tasks: &[Task], shard: (u64, u64), found: &Found) -> (usize, Vec<Task>) {
    let all = share(tasks, shard, |_, _| false);
    let todo = share(tasks, shard, |cell, replication| found.has(sweep.point(cell, replication)));
    (all.iter().map(|task| task.cells.len()).sum(), todo)
}

/// Sets a flag at the first Ctrl-C, request to end or end of the terminal, and lets the second one end the program on the spot.
pub(super) fn listen() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let hang_up = (!ignores_hang_up()).then_some(SIGHUP);
    for signal in [SIGINT, SIGTERM].into_iter().chain(hang_up) {
        flag::register_conditional_shutdown(signal, 128 + signal, Arc::clone(&stop))
            .and_then(|_| flag::register(signal, Arc::clone(&stop)))
            .context("cannot listen for signals")?;
    }
    Ok(stop)
}

/// Whether whoever started the program wants it to outlive its terminal, as `nohup` does.
fn ignores_hang_up() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let mask = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    mask.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).is_some_and(|mask| mask & 1 == 1)
}

/// What the tables say beside: which files were read, and which of the scenarios beside the base lie among the settings.
fn beside(experiment: &Experiment, sweep: &Sweep, settings: &[String]) -> Value {
    let base = experiment.base.chain.first().map(|file| neighbours(sweep, Path::new(&file.path), settings));
    let library = base.unwrap_or_default();
    let row = |one: &Neighbour| {
        let name = one.loaded.name.as_str();
        let short = one.loaded.scenario.short_name(name);
        Value::from_iter([name, &short].into_iter().chain(one.values.iter().map(String::as_str)))
    };
    let (inputs, places) = inputs_of(experiment, &library);
    json!({
        "inputs": inputs,
        "places": places,
        "library": library.iter().map(row).collect::<Vec<_>>(),
    })
}

/// Hashes of the files that were read, and where they lie, by their names.
fn inputs_of(experiment: &Experiment, library: &[Neighbour]) -> (Map<String, Value>, Map<String, Value>) {
    let base = &experiment.base;
    let files = std::iter::once(&experiment.file).chain(&base.chain).chain(&base.graph);
    let files: Vec<&SourceFile> = files.chain(library.iter().flat_map(|one| &one.loaded.chain)).collect();
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    let hashes = files.iter().map(|file| Value::from(blake3::hash(&file.bytes).to_hex().as_str()));
    (names_of(&paths).into_iter().zip(hashes).collect(), places_of(&paths))
}
