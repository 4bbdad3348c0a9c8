//! Stages of screening: how far a look goes, and what a seller believes after it. Used by screening and by searches for
//! employers.

use super::{Step, looks};
use crate::beliefs::{Belief, screening_precision};
use crate::ids::IntroducerId;
use crate::scenario::AcceptAbove;

/// What a look at somebody led to.
pub(super) enum Verdict {
    Accepted(Belief),
    TurnedDown(Belief),
    /// The week's hours are gone, or there is no room for him; he goes on at this stage next week.
    Waits(Progress),
}

/// One who is looked at.
pub(super) struct Looked {
    /// Row of the worker.
    pub(super) worker: usize,
    /// Row of the seller who looks.
    pub(super) seller: usize,
    /// Where he goes on.
    pub(super) from: Progress,
    /// Whether further stages may begin, and he can be accepted: a full seller finishes what he began.
    pub(super) has_room: bool,
    /// Stages that he has been through with this seller before: they take no hours.
    pub(super) known: usize,
}

/// How far an applicant has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Progress {
    /// The stage that comes next; all are done where it is their number.
    pub(super) stage: u8,
    /// Hours spent on it so far.
    pub(super) spent: f64,
}

/// What a seller believes of a worker after so many stages; nothing is read without any.
pub(super) fn belief_after(step: &Step<'_>, row: usize, worker: usize, stages: usize) -> Belief {
    let s = &step.scenario.screening;
    if s.stages.is_empty() {
        return Belief::WORKFORCE;
    }
    let done: f64 = s.stages[..stages].iter().map(|stage| stage.hours).sum();
    let precision = screening_precision(s.most_precision, s.half_hours, done);
    let resume = looks::resume_precision(step.scenario, step.world, worker);
    let belief = looks::through_own_eyes(step.world, worker, IntroducerId::new(row), precision, resume);
    if s.salary_history {
        looks::after_past_salary(step.scenario, step.world, worker, belief)
    } else {
        belief
    }
}

/// Takes a worker through the stages from one on, and says how many he has then been through; `pays`: whether going on
/// pays for so many hours to come. Stages that he has been through before take no hours, and nothing that they showed is
/// forgotten.
pub(super) fn through_stages(
    step: &Step<'_>,
    looked: &Looked,
    hours_left: &mut f64,
    pays: impl Fn(Belief, f64) -> bool,
) -> (Verdict, usize) {
    let s = &step.scenario.screening;
    let &Looked { worker, seller: row, from, has_room, known } = looked;
    let waits = |position: usize, spent: f64| {
        let stage = u8::try_from(position).expect("at most 16 stages, promised by the reader");
        Verdict::Waits(Progress { stage, spent })
    };
    let mut spent = from.spent;
    for position in from.stage as usize..s.stages.len() {
        let stage = &s.stages[position];
        if position >= known {
            if spent <= 0.0 && !has_room {
                return (waits(position, 0.0), position);
            }
            let needed = stage.hours - spent;
            if *hours_left < needed {
                let spent = spent + *hours_left;
                *hours_left = 0.0;
                return (waits(position, spent), position);
            }
            *hours_left -= needed;
            spent = 0.0;
        }
        let seen = known.max(position + 1);
        let belief = belief_after(step, row, worker, seen);
        let to_come: f64 = s.stages[seen..].iter().map(|stage| stage.hours).sum();
        let goes_on = match stage.accept_above {
            AcceptAbove::Score(score) => belief.mean >= score,
            AcceptAbove::Profit => pays(belief, to_come),
        };
        if !goes_on {
            return (Verdict::TurnedDown(belief), seen);
        }
    }
    let all = s.stages.len();
    if !has_room {
        return (waits(all, 0.0), all);
    }
    (Verdict::Accepted(belief_after(step, row, worker, all)), all)
}
