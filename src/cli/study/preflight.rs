//! Before a study: what its folder holds, and whether the study may go in.

use std::path::Path;

use crate::cli::preflight::{foreign, look, not_empty, refuse_file};
use crate::cli::{BadInput, say};
use crate::output::Manifest;
use crate::output::checkpoint::{BlockError, Company, HIDDEN, Hold, PlanFile, State, Store};
use crate::output::earlier::{EARLIER, is_set_aside, remove_earlier, set_aside};
use crate::output::study::{
    REPORT, damage, foreign_file, is_study, parts_of, place_of, remove_accounts, remove_draft, remove_parts,
};

/// What is done with what is there.
enum Next {
    GoOn,
    Finished,
    /// The earlier result is set aside and what was begun is removed; these are all parts that may be there.
    Replace(Vec<String>),
}

/// Who wants to go in.
pub(super) struct Caller<'a> {
    pub(super) out: &'a Path,
    pub(super) plan: &'a PlanFile,
    /// Names of the parts of the study.
    pub(super) parts: &'a [&'a str],
    /// Whether what was begun is gone on with.
    pub(super) resume: bool,
    /// Whether what is there is replaced.
    pub(super) force: bool,
    pub(super) company: Company,
}

impl Caller<'_> {
    /// Takes the folder and begins the study, or goes on with it; `None` if it is finished already, which is said.
    pub(super) fn enter(&self) -> anyhow::Result<Option<Store>> {
        let Self { out, plan, company, .. } = *self;
        refuse_file(out)?;
        // Somebody else's folder is not even locked.
        if !out.join(HIDDEN).is_dir() {
            self.judge(look(out, self.force)?)?;
        }
        let is_alone = company == Company::Alone;
        let hold = Hold::take(out, company)?;
        match look(out, self.force).and_then(|seen| self.judge(seen)) {
            Ok(Next::GoOn) => {
                // Stopped while the earlier result was set aside.
                if is_alone && matches!(State::of(out)?, State::Replacing { .. }) {
                    set_aside(out)?;
                }
            }
            Ok(Next::Finished) => {
                if is_alone {
                    self.parts.iter().try_for_each(|part| remove_draft(out, part))?;
                    remove_earlier(out)?;
                    hold.clear()?;
                }
                hold.leave();
                say(&format!("{} holds this study already, finished", out.display()));
                return Ok(None);
            }
            Ok(Next::Replace(there)) => {
                hold.clear()?;
                let store = hold.begin(plan.clone(), company)?;
                self.make_room(&there)?;
                return Ok(Some(store));
            }
            Err(error) => {
                hold.leave();
                return Err(error);
            }
        }
        Ok(Some(hold.begin(plan.clone(), company)?))
    }

    fn judge(&self, seen: Option<State>) -> anyhow::Result<Next> {
        let (out, place) = (self.out, self.out.display());
        let Some(state) = seen else { return self.replace(None) };
        match state {
            State::Empty => Ok(Next::GoOn),
            // Killed when the earlier result was aside, and nothing else there yet.
            State::Other if is_set_aside(out) && (self.resume || self.force) => Ok(Next::GoOn),
            State::Other if self.force => Err(foreign(out)),
            State::Other => Err(not_empty(out)),
            State::Unfinished(there) | State::Replacing { plan: there, .. }
                if !is_study(&there.identity) && !self.force =>
            {
                let what = format!("{place} holds unfinished work of another command; choose another folder");
                Err(BlockError::Occupied { what }.into())
            }
            State::Unfinished(_) if self.force => self.replace(None),
            State::Replacing { earlier, .. } if self.force => self.replace(Some(&earlier)),
            State::Unfinished(there) | State::Replacing { plan: there, .. } if self.resume => {
                self.same(&there.identity, &there.hash())?;
                self.refuse_damaged()?;
                Ok(Next::GoOn)
            }
            State::Unfinished(there) | State::Replacing { plan: there, .. } => {
                let what = if there.hash() == self.plan.hash() {
                    format!(
                        "{place} holds this study, unfinished; --resume goes on with it, --force starts anew"
                    )
                } else {
                    let other = self.plan.differences(&there.identity);
                    format!("{place} holds another study, unfinished ({other}); --force replaces it")
                };
                Err(BlockError::Occupied { what }.into())
            }
            State::Finished(manifest) if self.force => self.replace(Some(&manifest)),
            State::Finished(manifest) if is_study(&manifest) && self.resume => {
                let hash = manifest["plan_hash"].as_str().unwrap_or_default();
                self.same(&manifest["plan"], hash)?;
                self.refuse_damaged()?;
                Ok(if self.is_whole() { Next::Finished } else { Next::GoOn })
            }
            State::Finished(_) => Err(not_empty(out)),
        }
    }

    /// Whether every part and the report are in their places.
    fn is_whole(&self) -> bool {
        self.parts.iter().all(|part| place_of(self.out, part).is_dir()) && self.out.join(REPORT).is_file()
    }

    fn same(&self, there: &serde_json::Value, hash: &str) -> Result<(), BlockError> {
        if hash == self.plan.hash() {
            return Ok(());
        }
        Err(BlockError::OtherPlan { path: self.out.to_path_buf(), what: self.plan.differences(there) })
    }

    /// Nothing of anybody else is removed.
    fn replace(&self, earlier: Option<&serde_json::Value>) -> anyhow::Result<Next> {
        let named = earlier.into_iter().flat_map(parts_of).chain(self.parts.iter().copied());
        let mut there: Vec<String> = named.map(str::to_owned).collect();
        there.sort();
        there.dedup();
        for part in &there {
            if let Some(path) = foreign_file(self.out, part)? {
                let text = format!("{} is no file of this program's; move it before --force", path.display());
                return Err(BadInput(text).into());
            }
        }
        Ok(Next::Replace(there))
    }

    /// Sets an earlier result aside, and removes what was begun. Of two results the one is kept that is whole.
    fn make_room(&self, there: &[String]) -> anyhow::Result<()> {
        let is_result = Manifest::is_one_of_ours(&self.out.join("manifest.json"));
        let is_kept = is_set_aside(self.out) && !(is_result && self.is_whole());
        if is_result && !is_kept {
            if is_set_aside(self.out) {
                remove_earlier(self.out)?;
            }
            set_aside(self.out)?;
        }
        if is_kept {
            remove_accounts(self.out)?;
        }
        let there: Vec<&str> = there.iter().map(String::as_str).collect();
        remove_parts(self.out, &there)?;
        debug_assert!(!is_kept || self.out.join(EARLIER).is_dir());
        Ok(())
    }

    /// No report is made of parts that are not what was written.
    fn refuse_damaged(&self) -> anyhow::Result<()> {
        for part in self.parts {
            let place = place_of(self.out, part);
            if place.exists() && !place.is_dir() {
                let text =
                    format!("{} is a file, where a part of the study belongs; move it", place.display());
                return Err(BadInput(text).into());
            }
            if !place.is_dir() {
                continue;
            }
            let advice = format!("remove {} and --resume makes it again", place.display());
            match damage(self.out, part) {
                Ok(None) => {}
                Ok(Some((path, what))) => {
                    return Err(BlockError::Corrupt { path, what: format!("it {what}; {advice}") }.into());
                }
                Err(crate::output::OutputError::Corrupt { path, what }) => {
                    return Err(BlockError::Corrupt { path, what: format!("{what}; {advice}") }.into());
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(())
    }
}
