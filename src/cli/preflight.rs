//! Before the work: what an output folder holds, and whether a command may go in. One check for every command that
//! writes, so that none of them mixes its files with those of another, or loses what was there before.

use std::path::Path;

use serde_json::Value;

use super::{BadInput, say};
use crate::output::Manifest;
use crate::output::checkpoint::{BlockError, Company, HIDDEN, Hold, PlanFile, State, Store};
use crate::output::study::is_study;

/// Which command wants to go in, and what for.
pub(super) struct Caller<'a> {
    pub(super) out: &'a Path,
    /// What is done, as "sweep".
    pub(super) kind: &'static str,
    /// Whether what was begun is gone on with.
    pub(super) goes_on: bool,
    /// Whether what is there is replaced.
    pub(super) force: bool,
    pub(super) company: Company,
}

/// Takes the folder and begins the work, or goes on with it; `None` if it is finished already, which is said.
///
/// The folder is locked before it is looked at, and whatever is refused leaves it as it was.
pub(super) fn enter(caller: &Caller<'_>, plan: PlanFile) -> anyhow::Result<Option<Store>> {
    let out = caller.out;
    refuse_file(out)?;
    // Somebody else's folder is not even locked.
    if !out.join(HIDDEN).is_dir() {
        caller.judge(look(out, caller.force)?, &plan)?;
    }
    let hold = Hold::take(out, caller.company)?;
    let judged = look(out, caller.force).and_then(|state| caller.judge(state, &plan));
    match judged {
        Ok(Next::Begin) => {}
        Ok(Next::Clear) => hold.clear()?,
        Ok(Next::Finished) => {
            if caller.company == Company::Alone {
                hold.clear()?;
            }
            hold.leave();
            say(&format!("{} holds this {} already, finished", out.display(), caller.kind));
            return Ok(None);
        }
        Err(error) => {
            hold.leave();
            return Err(error);
        }
    }
    Ok(Some(hold.begin(plan, caller.company)?))
}

/// A file is no folder to write to.
pub(super) fn refuse_file(out: &Path) -> Result<(), BadInput> {
    if out.exists() && !out.is_dir() {
        return Err(BadInput(format!("{} is a file; give a folder to write to", out.display())));
    }
    Ok(())
}

/// What a folder holds; `None` where what is ours is corrupt, and may be replaced as that is asked for.
pub(super) fn look(out: &Path, force: bool) -> anyhow::Result<Option<State>> {
    match State::of(out) {
        Ok(state) => Ok(Some(state)),
        // A plan that cannot be read is still ours to replace; so is a manifest that says that it is, and no other.
        Err(BlockError::Corrupt { path, what }) => {
            let is_ours = path.starts_with(out.join(HIDDEN)) || Manifest::is_one_of_ours(&path);
            if force && is_ours { Ok(None) } else { Err(BlockError::Corrupt { path, what }.into()) }
        }
        Err(error) => Err(error.into()),
    }
}

/// What is done with what is there.
enum Next {
    Begin,
    Clear,
    Finished,
}

impl Caller<'_> {
    fn judge(&self, seen: Option<State>, plan: &PlanFile) -> anyhow::Result<Next> {
        let place = self.out.display();
        let Some(state) = seen else { return Ok(Next::Clear) };
        let (earlier, begun) = match state {
            State::Empty => return Ok(Next::Begin),
            State::Other if self.force => return Err(foreign(self.out)),
            State::Other => return Err(not_empty(self.out)),
            State::Finished(manifest) => (Some(manifest), None),
            State::Replacing { earlier, plan } => (Some(earlier), Some(plan)),
            State::Unfinished(plan) => (None, Some(plan)),
        };
        let is_of_study = begun.iter().any(|plan| is_study(&plan.identity)) || earlier.iter().any(is_study);
        if is_of_study {
            if !self.force && !self.goes_on && begun.is_none() {
                return Err(not_empty(self.out));
            }
            return Err(BadInput(format!("{place} holds a study; choose another folder")).into());
        }
        match (earlier, begun) {
            (Some(manifest), None) if self.goes_on => self.finished(plan, &manifest),
            (None | Some(_), None) if self.force => Ok(Next::Clear),
            (_, None) => Err(not_empty(self.out)),
            (_, Some(_)) if self.force => Ok(Next::Clear),
            // Whether it is this plan is looked at when it is opened.
            (_, Some(_)) if self.goes_on => Ok(Next::Begin),
            (earlier, Some(there)) => Err(self.occupied(plan, &there, earlier.is_some())),
        }
    }

    fn occupied(&self, plan: &PlanFile, there: &PlanFile, is_replacing: bool) -> anyhow::Error {
        let (place, kind) = (self.out.display(), self.kind);
        let beside = if is_replacing { ", and a finished run that it was to replace" } else { "" };
        let what = if there.hash() == plan.hash() {
            format!(
                "{place} holds an unfinished {kind} of this plan{beside}; --resume goes on with it, --force starts anew"
            )
        } else if there.identity["command"] == plan.identity["command"] {
            let other = there.differences(&plan.identity);
            format!(
                "{place} holds an unfinished {kind} of another plan ({other}){beside}; --force replaces it"
            )
        } else {
            format!("{place} holds unfinished work of another command{beside}; --force replaces it")
        };
        BlockError::Occupied { what }.into()
    }

    /// A folder whose run is finished holds this work, or something that must not be touched.
    fn finished(&self, plan: &PlanFile, manifest: &Value) -> anyhow::Result<Next> {
        if manifest["plan_hash"] == plan.hash() {
            return Ok(Next::Finished);
        }
        let what = match manifest["plan"].is_null() {
            true => format!("it is not this {}", self.kind),
            false => plan.differences(&manifest["plan"]),
        };
        Err(BlockError::OtherPlan { path: self.out.to_path_buf(), what }.into())
    }
}

pub(super) fn not_empty(out: &Path) -> anyhow::Error {
    let text = format!("{} exists and is not empty; --force replaces an earlier run there", out.display());
    BadInput(text).into()
}

pub(super) fn foreign(out: &Path) -> anyhow::Error {
    let text =
        format!("{} holds no finished run of this program; empty it or choose another folder", out.display());
    BadInput(text).into()
}

/// Whether somebody has merged the work while this shard was still at it, as when a task was run twice.
pub(super) fn is_merged(out: &Path, hash: &str) -> bool {
    matches!(State::of(out), Ok(State::Finished(manifest)) if manifest["plan_hash"] == hash)
}

/// The command line that goes on with what this one began: the same words, `--force` and
/// `--quiet` left out.
pub(super) fn go_on(is_shard: bool) -> String {
    let mut words = super::common::command_line();
    let is_flags = |word: &str| word.starts_with('-') && !word.starts_with("--") && word.len() > 1;
    let mut takes_value = false;
    let mut kept = Vec::new();
    for word in words.drain(..) {
        let is_value = std::mem::replace(&mut takes_value, false);
        if !is_value && ["--force", "-f", "--quiet", "-q"].contains(&word.as_str()) {
            continue;
        }
        takes_value = !is_value
            && ["-o", "--out", "--set", "-k", "--knob", "--at", "-r", "--range"].contains(&word.as_str());
        // `-fq`: flags in one word.
        if !is_value && is_flags(&word) && word[1..].chars().all(|flag| flag == 'f' || flag == 'q') {
            continue;
        }
        kept.push(word);
    }
    if !is_shard && !kept.iter().any(|word| word == "--resume") {
        kept.push("--resume".to_owned());
    }
    kept.iter().map(|word| crate::foreign::shell(word)).collect::<Vec<_>>().join(" ")
}
