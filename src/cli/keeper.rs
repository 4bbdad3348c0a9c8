//! The keeper of finished pieces, and whoever waits for signals while work goes on: so that every long command can be
//! stopped at any moment and gone on with.

use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow};
use indicatif::ProgressBar;

use super::common::{Shared, Work, Workspace};
use super::shard::{Gap, Part};
use super::{preflight, say};
use crate::experiments::keep::{Asked, Keep, Missing, deal, name_of};
use crate::experiments::run::{Place, Tables};
use crate::output::checkpoint::{BlockError, Found, PlanFile, Store, Writer};
use crate::text::counted;

/// How often a signal is looked for.
const TICK: Duration = Duration::from_millis(50);

/// Puts finished pieces on disk, and finds those that are there.
#[derive(Debug)]
pub(super) struct Keeper {
    part: Part,
    found: Found,
    /// Finished, and not on disk yet.
    pending: Mutex<Vec<(u64, Vec<u8>)>>,
    collector: Mutex<Collector>,
    /// Whether anything was to be done here.
    did: AtomicBool,
    shown: Mutex<Shown>,
}

/// What a bar shows of the pieces that are made here.
#[derive(Debug, Default)]
struct Shown {
    bar: Option<ProgressBar>,
    /// Weeks of all pieces, of whoever they are.
    weeks: u64,
    /// Pieces that are made here, and how many of them are.
    own: usize,
    done: usize,
}

impl Shown {
    /// The pieces of a round are known: how many are made here, how many of them are there, and which part of the weeks of
    /// all is to be lived.
    fn begin(&mut self, (own, done): (usize, usize), (todo, all): (u64, u64)) {
        (self.own, self.done) = (own, done);
        if let Some(bar) = &self.bar {
            bar.set_length(part_of(self.weeks, todo, all));
        }
    }

    fn tell(&self) {
        if let Some(bar) = &self.bar {
            bar.set_message(self.words());
        }
    }

    fn words(&self) -> String {
        format!("{} of {}, ", self.done, counted(self.own, "own piece"))
    }
}

/// Weeks of some pieces, by their part in the costs of all; a week at least, so that a bar has a length.
fn part_of(weeks: u64, cost: u64, all: u64) -> u64 {
    let part = u128::from(weeks) * u128::from(cost) / u128::from(all.max(1));
    u64::try_from(part).unwrap_or(u64::MAX).max(1)
}

#[derive(Debug)]
struct Collector {
    /// None once nothing is to be written any more.
    writer: Option<Writer>,
    started: Instant,
    last: Instant,
    saved: usize,
    failed: Option<BlockError>,
}

/// What a mutex guards; whoever panicked had nothing half done, as pieces go in whole.
fn own<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Keeper {
    fn of(store: &Store, part: Part) -> Result<Self, BlockError> {
        let found = store.scan()?;
        let writes = part != Part::Rest;
        let writer = writes.then(|| store.writer(part.numbers(), option_env!("INTROSIM_COMMIT")));
        let saved = found.count();
        let collector = Mutex::new(Collector {
            writer,
            started: Instant::now(),
            last: Instant::now(),
            saved,
            failed: None,
        });
        let (pending, did, shown) = (Mutex::default(), AtomicBool::new(false), Mutex::default());
        Ok(Self { part, found, pending, collector, did, shown })
    }

    /// A bar over so many weeks, those of all pieces: once these are asked for it runs over those alone that are made here
    /// and are not there yet, and of a shard it counts its pieces.
    pub(super) fn bar(&self, weeks: u64, quiet: bool) -> ProgressBar {
        let bar = super::progress::bar(weeks, quiet);
        *own(&self.shown) = Shown { bar: Some(bar.clone()), weeks, own: 0, done: 0 };
        bar
    }

    /// Whether it keeps the pieces of one shard.
    pub(super) fn is_shard(&self) -> bool {
        self.part.is_shard()
    }

    /// Puts on disk what has waited long enough, or everything. Whoever computes does not wait for the disk.
    fn commit(&self, all: bool) {
        let mut collector = own(&self.collector);
        if !(all || collector.last.elapsed() >= self.part.commit_every(collector.started.elapsed())) {
            return;
        }
        let pending = std::mem::take(&mut *own(&self.pending));
        let Some(writer) = collector.writer.as_mut().filter(|_| !pending.is_empty()) else { return };
        match writer.commit(&pending) {
            Ok(()) => collector.saved += pending.len(),
            Err(error) => collector.failed = Some(error),
        }
        collector.last = Instant::now();
    }

    /// Puts everything on disk.
    ///
    /// # Errors
    /// If the disk refuses, now or before.
    fn settle(&self) -> Result<(), BlockError> {
        self.commit(true);
        self.failed().map_or(Ok(()), Err)
    }

    /// A reader of rows that were let go of as they were kept; everything is put on disk first.
    ///
    /// # Errors
    /// If the disk refuses, or not all is there.
    pub(super) fn reader(
        &self,
        store: &Store,
    ) -> Result<impl Fn(&Place) -> Result<Tables, BlockError> + use<>, BlockError> {
        self.settle()?;
        let found = store.scan()?;
        Ok(move |place: &Place| {
            let (block, start) = (number(&place.piece), place.piece.len());
            let bytes = found.read_part(block, start + place.bytes.start..start + place.bytes.end)?;
            place.tables(&bytes).ok_or_else(|| found.changed(block))
        })
    }

    /// Ends the keeping, as soon as what is being written is: the results are there, and the blocks will go.
    pub(super) fn close(&self) {
        own(&self.collector).writer = None;
    }

    /// Whether anything was to be done here.
    fn did(&self) -> bool {
        self.did.load(Ordering::Relaxed)
    }

    /// Pieces on disk.
    fn saved(&self) -> usize {
        own(&self.collector).saved
    }

    fn failed(&self) -> Option<BlockError> {
        own(&self.collector).failed.take()
    }
}

/// The number of a block: the first half of its name's first half; the block itself begins with the whole name.
fn number(name: &str) -> u64 {
    name.get(..16).and_then(|start| u64::from_str_radix(start, 16).ok()).unwrap_or(0)
}

impl Keep for Keeper {
    fn recall(&self, name: &str) -> Option<Vec<u8>> {
        let bytes = self.found.read(number(name)).ok()??;
        Some(bytes.strip_prefix(name.as_bytes())?.to_vec())
    }

    fn keep(&self, name: &str, bytes: Vec<u8>) {
        own(&self.pending).push((number(name), [name.as_bytes(), &bytes].concat()));
        if self.is_shard() {
            let mut shown = own(&self.shown);
            shown.done += 1;
            shown.tell();
        }
    }

    fn lends(&self) -> bool {
        true
    }

    /// Others must not wait for it.
    fn fail(&self, name: &str) {
        if self.is_shard() {
            self.keep(&failure_of(name), Vec::new());
        }
    }

    fn share(&self, asked: &[Asked]) -> Vec<bool> {
        let costs: Vec<u64> = asked.iter().map(|asked| asked.cost).collect();
        let mine: Vec<bool> = match self.part {
            Part::Whole => vec![true; asked.len()],
            Part::Shard(one, all) => deal(&costs, all).into_iter().map(|hand| hand == one).collect(),
            Part::Rest => vec![false; asked.len()],
        };
        // What failed fails again wherever it is needed.
        let fails = |asked: &Asked| self.found.has(number(&failure_of(&asked.name)));
        let is_new = |(own, asked): (&bool, &Asked)| *own && !self.found.has(number(&asked.name));
        let new = mine.iter().zip(asked).filter(|&(own, asked)| is_new((own, asked)));
        let (new, todo) = new.fold((0, 0), |(n, cost), (_, asked)| (n + 1, cost + asked.cost));
        self.did.fetch_or(new > 0, Ordering::Relaxed);
        if self.part != Part::Rest {
            let count = mine.iter().filter(|own| **own).count();
            let mut shown = own(&self.shown);
            shown.begin((count, count - new), (todo, costs.iter().sum()));
            if self.is_shard() {
                shown.tell();
            }
        }
        mine.into_iter().zip(asked).map(|(own, asked)| own || fails(asked)).collect()
    }
}

/// The name under which it is kept that a piece failed.
fn failure_of(name: &str) -> String {
    name_of("failed", [name].into_iter(), 0)
}

/// What became of work.
pub(super) enum Ended<T> {
    /// It is done, and everything is in its place.
    Done(T),
    /// It was there already, finished.
    There,
    /// A signal came; so many pieces are saved.
    Stopped(usize),
    /// The shard is done; whether there was anything for it to do.
    Shared(bool),
    /// There is not yet all that is to be put together.
    Missing(Gap),
}

/// Why work ended before it was done, and how many pieces are saved.
pub(super) struct Failed {
    pub(super) error: anyhow::Error,
    saved: usize,
}

impl<E: Into<anyhow::Error>> From<E> for Failed {
    /// Nothing was begun yet.
    fn from(error: E) -> Self {
        Self { error: error.into(), saved: 0 }
    }
}

/// What became of a job that ended.
fn ended<T>(done: anyhow::Result<T>, keeper: &Keeper, among: Option<u64>) -> anyhow::Result<Ended<T>> {
    let error = match done {
        Ok(done) => return Ok(Ended::Done(done)),
        Err(error) => error,
    };
    keeper.settle()?;
    match error.downcast_ref::<Missing>() {
        Some(_) if keeper.is_shard() => Ok(Ended::Shared(keeper.did())),
        Some(missing) => Ok(Ended::Missing(Gap::of_round(missing, among))),
        None if error.is::<Shared>() => Ok(Ended::Shared(keeper.did())),
        None => Err(error),
    }
}

/// Does the preflight and the work, on a thread of its own, so that this one can listen for signals.
///
/// What is in progress when a signal comes goes on until the program ends; nobody will read it.
pub(super) fn attend<T: Send + 'static>(
    workspace: &Workspace,
    kind: &'static str,
    plan: PlanFile,
    stop: &AtomicBool,
    job: impl FnOnce(Work) -> anyhow::Result<T> + Send + 'static,
) -> Result<Ended<T>, Failed> {
    let hash = plan.hash();
    let Some(store) = workspace.enter(kind, plan)? else { return Ok(absent(workspace, &hash)) };
    let keeper = Arc::new(Keeper::of(&store, workspace.part)?);
    let among = store.shards().filter(|&all| all > 1);
    let (sender, receiver) = channel();
    let work = Work::new(store, Arc::clone(&keeper));
    let thread = std::thread::Builder::new().spawn(move || {
        // If nobody listens any more, nobody needs it.
        let _ = sender.send(job(work));
    });
    thread.context("cannot start a thread")?;
    let failed = |error: anyhow::Error| Failed { error, saved: keeper.saved() };
    loop {
        match receiver.recv_timeout(TICK) {
            Ok(done) => match ended(done, &keeper, among) {
                Err(_) if is_put_together(workspace, &hash) => return Ok(Ended::There),
                ended => return ended.map_err(failed),
            },
            Err(RecvTimeoutError::Disconnected) => {
                return Err(failed(anyhow!("it ended before it was done")));
            }
            Err(RecvTimeoutError::Timeout) => keeper.commit(stop.load(Ordering::Relaxed)),
        }
        match keeper.failed() {
            Some(_) if is_put_together(workspace, &hash) => return Ok(Ended::There),
            Some(error) => return Err(failed(error.into())),
            None => {}
        }
        if stop.load(Ordering::Relaxed) {
            return Ok(Ended::Stopped(keeper.saved()));
        }
    }
}

/// Whether somebody has put the shards together while this one was still at it, as when a task was run twice.
fn is_put_together(workspace: &Workspace, hash: &str) -> bool {
    let is_so = workspace.part.is_shard() && preflight::is_merged(&workspace.out, hash);
    if is_so {
        say(&format!("{} has been merged meanwhile", workspace.out.display()));
    }
    is_so
}

/// Where there is nothing to work on: it is finished, or nobody has begun what is to be put together.
fn absent<T>(workspace: &Workspace, hash: &str) -> Ended<T> {
    let is_begun = workspace.part != Part::Rest || preflight::is_merged(&workspace.out, hash);
    if is_begun { Ended::There } else { Ended::Missing(Gap::default()) }
}

/// The same for a command by itself: `Err` with the code to end with where nothing is to be reported.
pub(super) fn carry_through<T: Send + 'static>(
    workspace: &Workspace,
    kind: &'static str,
    plan: PlanFile,
    job: impl FnOnce(Work) -> anyhow::Result<T> + Send + 'static,
) -> anyhow::Result<Result<T, ExitCode>> {
    let stop = super::sweep::listen()?;
    let place = workspace.out.display();
    match attend(workspace, kind, plan, &stop, job) {
        Ok(Ended::Done(done)) => Ok(Ok(done)),
        Ok(Ended::There) => Ok(Err(ExitCode::SUCCESS)),
        Ok(Ended::Shared(did)) => {
            if !workspace.quiet {
                workspace.part.tell_done(&workspace.out, did);
            }
            Ok(Err(ExitCode::SUCCESS))
        }
        Ok(Ended::Missing(gap)) => Err(gap.tell().into()),
        Ok(Ended::Stopped(saved)) => {
            let pieces = crate::text::counted(saved, "piece");
            say(&format!(
                "stopped; {pieces} of the {kind} are saved in {place}\ngo on with: {}",
                preflight::go_on(workspace.part.is_shard())
            ));
            Ok(Err(ExitCode::from(super::STOPPED)))
        }
        Err(Failed { error, saved }) => {
            if saved > 0 && is_of_disk(&error) {
                let pieces = crate::text::counted(saved, "piece");
                say(&format!(
                    "{pieces} of the {kind} are saved in {place}; when this is mended, go on with: {}",
                    preflight::go_on(workspace.part.is_shard())
                ));
            }
            Err(error)
        }
    }
}

/// Whether an error came from the disk, so that the same work can go on once there is room.
fn is_of_disk(error: &anyhow::Error) -> bool {
    let is_full = |error: &crate::output::OutputError| {
        matches!(error, crate::output::OutputError::Io { .. }) && super::code_of_files(error) == 1
    };
    match error.downcast_ref::<BlockError>() {
        Some(BlockError::Output(error)) => is_full(error),
        _ => super::of_files(error).is_some_and(is_full),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_runs_over_the_pieces_that_are_made_here_and_counts_them() {
        let bar = ProgressBar::hidden();
        let mut shown = Shown { bar: Some(bar.clone()), weeks: 3_000, own: 0, done: 0 };
        // Of six pieces of one cost two are this shard's, and one of these is there.
        shown.begin((2, 1), (10, 60));
        shown.tell();
        assert_eq!((bar.length(), bar.message()), (Some(500), "1 of 2 own pieces, ".to_owned()));
        assert_eq!([part_of(7, 0, 60), part_of(7, 60, 60), part_of(7, 1, 0)], [1, 7, 7]);
        assert_eq!(part_of(u64::MAX, u64::MAX, u64::MAX), u64::MAX);
    }
}
