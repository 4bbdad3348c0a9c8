//! One part after the other, each made beside its place and put there when it is whole.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use anyhow::{Context, anyhow};

use super::prepare::{Job, Ready};
use crate::cli::common::{Bench, Outcome};
use crate::cli::sweep::Swept;
use crate::cli::{breakeven, facts, flip, run, say, sensitivity, sweep, validate};
use crate::output::study::{draft_of, has_failures, is_draft_finished, place_of, put_in_place, remove_draft};

/// How often a signal is looked for.
const TICK: Duration = Duration::from_millis(50);

/// What became of a part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// It is in its place.
    Done(Outcome),
    /// It was there already.
    Kept {
        /// Whether a replication failed in it.
        failed: bool,
    },
    /// It could not be made; why was said.
    Failed,
}

/// What became of all parts.
pub(super) enum Parts {
    /// All were seen to.
    Seen(Vec<End>),
    /// A signal came: so many parts are in their place; and what there is of the next, in words, if anything.
    Stopped { done: usize, begun: Option<String> },
}

/// Does the parts in turn; one that fails does not keep the others from being done.
pub(super) fn all(bench: &Bench, parts: Vec<Ready>, stop: &Arc<AtomicBool>) -> Parts {
    let of = parts.len();
    let mut ends = Vec::new();
    for (number, part) in parts.into_iter().enumerate() {
        let (name, words) = (part.name, part.words.clone());
        let tell = |text: &str| {
            if !bench.quiet {
                say(&format!("[{}/{of}] {name}: {text}", number + 1));
            }
        };
        if place_of(&bench.out, name).is_dir() {
            tell("there already");
            let failed = has_failures(&bench.out, name).unwrap_or(true);
            ends.push(End::Kept { failed });
            continue;
        }
        tell(&words);
        match one(bench, part, stop) {
            Ok(Swept::Done(outcome)) => {
                for warning in &outcome.warnings {
                    say(&format!("warning: {name}: {warning}"));
                }
                ends.push(End::Done(outcome));
            }
            Ok(Swept::Stopped(begun)) => {
                let done = ends.iter().filter(|end| !matches!(end, End::Failed)).count();
                let begun = (!begun.is_empty()).then(|| format!("{begun} of {name}"));
                return Parts::Stopped { done, begun };
            }
            Err(error) => {
                say(&format!("error: {name}: {error:#}"));
                ends.push(End::Failed);
            }
        }
    }
    Parts::Seen(ends)
}

/// Does a part and puts it in its place.
fn one(bench: &Bench, part: Ready, stop: &Arc<AtomicBool>) -> anyhow::Result<Swept> {
    let (name, study) = (part.name, bench.out.clone());
    let bench = Bench { out: draft_of(&study, name), force: false, ..bench.clone() };
    let bench = Bench { started: std::time::SystemTime::now(), ..bench };
    let outcome = if let Job::Sweep(prepared) = part.job {
        if is_draft_finished(&study, name, &prepared.plan.hash())? {
            put_in_place(&study, name)?;
            let failed = has_failures(&study, name)?;
            return Ok(Swept::Done(Outcome { warnings: Vec::new(), failed }));
        }
        match sweep::carry_out(&bench, *prepared, stop)? {
            Swept::Done(outcome) => outcome,
            stopped @ Swept::Stopped(_) => return Ok(stopped),
        }
    } else {
        remove_draft(&study, name)?;
        match beside(bench, part.job, stop)? {
            Some(outcome) => outcome,
            None => return Ok(Swept::Stopped(String::new())),
        }
    };
    put_in_place(&study, name)?;
    Ok(Swept::Done(outcome))
}

/// Does a part on a thread of its own, so that this one can listen for signals; none if one came. What is in progress
/// then goes on until the program ends, and is removed when the study goes on.
fn beside(bench: Bench, job: Job, stop: &AtomicBool) -> anyhow::Result<Option<Outcome>> {
    let (sender, receiver) = channel();
    let thread = std::thread::Builder::new().spawn(move || {
        // If nobody listens any more, nobody needs it.
        let _ = sender.send(alone(&bench, job));
    });
    thread.context("cannot start a thread")?;
    loop {
        match receiver.recv_timeout(TICK) {
            Ok(done) => return done.map(Some),
            Err(RecvTimeoutError::Disconnected) => return Err(anyhow!("it ended before it was done")),
            Err(RecvTimeoutError::Timeout) if stop.load(Ordering::Relaxed) => return Ok(None),
            Err(RecvTimeoutError::Timeout) => {}
        }
    }
}

fn alone(bench: &Bench, job: Job) -> anyhow::Result<Outcome> {
    match job {
        Job::Run { scenarios, precise, chosen } => {
            Ok(run::carry_out(bench, &precise, &scenarios, chosen.as_ref())?.outcome())
        }
        Job::BreakEven { base, question } => {
            let (answer, _) = breakeven::carry_out(bench, &base, &question)?;
            Ok(breakeven::outcome(&base, &answer))
        }
        Job::Flip { claims, points } => {
            let (found, _) = flip::carry_out(bench, &claims, points)?;
            Ok(flip::outcome(&claims, &found))
        }
        Job::Sensitivity { experiment, design } => {
            let (analysis, _) = sensitivity::carry_out(bench, &experiment, *design)?;
            Ok(sensitivity::outcome(&analysis))
        }
        Job::Facts { scenarios } => Ok(facts::carry_out(bench, &scenarios, None)?.outcome),
        Job::Validation { plan, is_quick } => {
            let effort = if is_quick { validate::Effort::Quick } else { validate::Effort::Full };
            Ok(validate::outcome(&validate::carry_out(bench, &plan, effort, true)?))
        }
        Job::Sweep(_) => Err(anyhow!("a sweep saves its own work")),
    }
}
