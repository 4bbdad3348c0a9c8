//! Collects finished cells from all threads and puts them on disk.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

use crate::cli::shard::Part;
use crate::experiments::sweep::{BurnIns, Event, Sweep, Task};
use crate::output::checkpoint::{BlockError, Writer};
use crate::output::sweep::encode;

/// How often a signal is looked for.
const TICK: Duration = Duration::from_millis(50);

/// How the work ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    Done,
    Stopped,
}

/// Takes events in and writes blocks.
pub(super) struct Collector<'a> {
    sweep: &'a Sweep,
    writer: Writer,
    pending: Vec<(u64, Vec<u8>)>,
    burn_ins: BurnIns,
    mine: usize,
    saved: usize,
}

impl<'a> Collector<'a> {
    /// - `mine`: points of this shard
    /// - `todo`: those that are not on disk
    /// - `burn_ins`: of looks before this one
    pub(super) fn new(
        sweep: &'a Sweep,
        writer: Writer,
        mine: usize,
        todo: &[Task],
        burn_ins: BurnIns,
    ) -> Self {
        let saved = mine - todo.iter().map(|task| task.cells.len()).sum::<usize>();
        Self { sweep, writer, pending: Vec::new(), burn_ins, mine, saved }
    }

    /// Points of this shard that are on disk.
    pub(super) fn saved(&self) -> usize {
        self.saved
    }

    /// The burn-ins of this run.
    pub(super) fn into_burn_ins(self) -> BurnIns {
        self.burn_ins
    }

    /// Takes events until all work is done or a signal comes; what was finished is then on disk.
    ///
    /// # Errors
    /// If blocks cannot be written.
    pub(super) fn collect(
        &mut self,
        part: Part,
        events: &Receiver<Event>,
        stop: &AtomicBool,
        bar: &ProgressBar,
    ) -> Result<Ended, BlockError> {
        let started = Instant::now();
        let mut last = started;
        loop {
            let event = events.recv_timeout(TICK);
            let is_closed = matches!(event, Err(RecvTimeoutError::Disconnected));
            if let Ok(event) = event {
                self.take(event);
            }
            let is_stopped = stop.load(Ordering::Relaxed);
            if is_stopped {
                events.try_iter().for_each(|event| self.take(event));
            }
            if is_closed || is_stopped || last.elapsed() >= part.commit_every(started.elapsed()) {
                self.commit()?;
                last = Instant::now();
                bar.set_message(format!("{} of {} points, ", self.saved, self.mine));
            }
            // Work that came to its end in the very moment of a signal is done.
            if is_closed && self.saved == self.mine {
                return Ok(Ended::Done);
            }
            if is_stopped {
                return Ok(Ended::Stopped);
            }
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Row(row) => {
                let point = self.sweep.point(row.cell, row.replication);
                self.pending.push((point, encode(self.sweep, &row)));
            }
            Event::BurnIn { market, blocks } => self.burn_ins.add(market, blocks),
        }
    }

    fn commit(&mut self) -> Result<(), BlockError> {
        if !self.pending.is_empty() {
            self.writer.commit(&self.pending)?;
            self.saved += self.pending.len();
            self.pending.clear();
        }
        Ok(())
    }
}
