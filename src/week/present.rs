//! Which institutions there are: what decides whether a phase takes place.

use super::Step;
use crate::scenario::{Entry, Payer};
use crate::world::institutions::is_programme;

/// The market has opened, whoever sells in it.
pub(super) fn market(step: &Step<'_>) -> bool {
    step.world.market.is_some()
}

/// Seekers pay those who sell.
pub(super) fn seekers_pay(step: &Step<'_>) -> bool {
    market(step) && step.scenario.contract.payer == Payer::Seeker
}

/// Employers pay those who sell.
pub(super) fn employers_pay(step: &Step<'_>) -> bool {
    market(step) && step.scenario.contract.payer == Payer::Employer
}

/// Introducers may begin and stop to sell.
pub(super) fn free_entry(step: &Step<'_>) -> bool {
    market(step) && step.scenario.sellers.entry == Entry::Free
}

/// Coaching is sold.
pub(super) fn coaches(step: &Step<'_>) -> bool {
    market(step) && step.scenario.coaching.price > 0.0
}

/// Firms take names from employees.
pub(super) fn forms(step: &Step<'_>) -> bool {
    market(step) && is_programme(step.scenario)
}

/// Clients are talked of.
pub(super) fn word(step: &Step<'_>) -> bool {
    market(step) && step.scenario.word.listeners > 0.0
}

/// An experiment sends strangers through ties.
pub(super) fn bombardment(step: &Step<'_>) -> bool {
    market(step) && step.scenario.bombardment.requests_per_week > 0.0
}
