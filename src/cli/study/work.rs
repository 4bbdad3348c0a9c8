//! One part after the other, each made beside its place and put there when it is whole.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::anyhow;

use super::prepare::{Job, Ready};
use crate::cli::common::{Outcome, Work, Workspace};
use crate::cli::keeper::{Ended, attend};
use crate::cli::shard::{Gap, Part};
use crate::cli::sweep::Swept;
use crate::cli::threshold::{breakeven, flip};
use crate::cli::{facts, run, say, sensitivity, sweep, validate};
use crate::output::study::{draft_of, has_failures, is_draft_finished, place_of, put_in_place};
use crate::text::counted;

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
    /// The shard has done what it can of it; whether there was anything for it to do.
    Shared(bool),
    /// There is not yet all that is to be put together.
    Missing(Gap),
}

/// What became of all parts.
pub(super) enum Parts {
    /// All were seen to.
    Seen(Vec<End>),
    /// A signal came: so many parts are in their place; and what there is of the next, in words, if anything.
    Stopped { done: usize, begun: Option<String> },
}

/// Does the parts in turn; one that fails does not keep the others from being done.
pub(super) fn all(workspace: &Workspace, parts: Vec<Ready>, stop: &Arc<AtomicBool>) -> Parts {
    let of = parts.len();
    let mut ends = Vec::new();
    for (number, part) in parts.into_iter().enumerate() {
        let (name, words) = (part.name, part.words.clone());
        let tell = |text: &str| {
            if !workspace.quiet {
                say(&format!("[{}/{of}] {name}: {text}", number + 1));
            }
        };
        if place_of(&workspace.out, name).is_dir() {
            tell("there already");
            let failed = has_failures(&workspace.out, name).unwrap_or(true);
            ends.push(End::Kept { failed });
            continue;
        }
        // Made by whoever puts the rest together, once there is a rest to be put together.
        let waits = workspace.part == Part::Rest && matches!(part.job, Job::Validation { .. });
        if waits && ends.iter().any(|end| matches!(end, End::Missing(_))) {
            ends.push(End::Shared(false));
            continue;
        }
        tell(&words);
        match one(workspace, part, stop) {
            Ok(Swept::Done(outcome)) => {
                for warning in &outcome.warnings {
                    say(&format!("warning: {name}: {warning}"));
                }
                ends.push(End::Done(outcome));
            }
            Ok(Swept::Shared(did)) => ends.push(End::Shared(did)),
            Ok(Swept::Missing(gap)) => {
                say(&format!("{name}: {}", gap.words()));
                ends.push(End::Missing(gap));
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
fn one(workspace: &Workspace, part: Ready, stop: &Arc<AtomicBool>) -> anyhow::Result<Swept> {
    let (name, study) = (part.name, workspace.out.clone());
    let workspace =
        Workspace { out: draft_of(&study, name), force: false, resume: true, ..workspace.clone() };
    // Of these nothing is shared out.
    let whole = matches!(part.job, Job::Validation { .. }) && workspace.part == Part::Rest;
    let how_much = if whole { Part::Whole } else { workspace.part };
    let workspace = Workspace { started: std::time::SystemTime::now(), part: how_much, ..workspace };
    if is_draft_finished(&study, name, &part.plan.hash())? {
        put_in_place(&study, name)?;
        let failed = has_failures(&study, name)?;
        return Ok(Swept::Done(Outcome { warnings: Vec::new(), failed }));
    }
    let done = match part.job {
        // Its checks are not kept one by one: whoever puts the shards together makes them.
        Job::Validation { .. } if workspace.part.is_shard() => Swept::Shared(false),
        Job::Sweep(prepared) => sweep::execute(&workspace, *prepared, stop)?,
        job => {
            let at = workspace.clone();
            match attend(&workspace, name, part.plan, stop, move |work| alone(&at, work, job))
                .map_err(|failed| failed.error)?
            {
                Ended::Done(outcome) => Swept::Done(outcome),
                Ended::There => Swept::Done(Outcome::default()),
                Ended::Stopped(0) => Swept::Stopped(String::new()),
                Ended::Stopped(pieces) => Swept::Stopped(counted(pieces, "piece")),
                Ended::Shared(did) => Swept::Shared(did),
                Ended::Missing(gap) => Swept::Missing(gap),
            }
        }
    };
    if matches!(done, Swept::Done(_)) {
        put_in_place(&study, name)?;
    }
    Ok(done)
}

fn alone(workspace: &Workspace, work: Work, job: Job) -> anyhow::Result<Outcome> {
    match job {
        Job::Run { scenarios, precise, chosen } => {
            Ok(run::execute(workspace, work, &precise, &scenarios, chosen.as_ref(), run::Page::OfStudy)?
                .outcome())
        }
        Job::BreakEven { base, question } => {
            let search = breakeven::search(&base, *question);
            Ok(search.outcome(&search.execute(workspace, work)?.0))
        }
        Job::Flip { claims, points } => {
            let search = flip::search(&claims, points);
            Ok(search.outcome(&search.execute(workspace, work)?.0))
        }
        Job::Sensitivity { experiment, design } => {
            let (analysis, _) = sensitivity::execute(workspace, work, &experiment, *design)?;
            Ok(sensitivity::outcome(&analysis))
        }
        Job::Facts { scenarios } => Ok(facts::execute(workspace, work, &scenarios, None)?.outcome),
        Job::Validation { plan, effort } => {
            Ok(validate::outcome(&validate::execute(workspace, work, &plan, effort, true)?))
        }
        Job::Sweep(_) => Err(anyhow!("a sweep saves its own work")),
    }
}
