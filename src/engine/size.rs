//! How much memory a world takes, from the sizes in its scenario.
//!
//! An estimate on the safe side: a test holds it between what a world really takes and three times that.

use crate::scenario::Scenario;

/// Bytes of a worker beside his contacts and friends: the columns of his table, and of a week's work.
const WORKER: f64 = 260.0;
/// Bytes of a contact.
const CONTACT: f64 = 8.0;
/// Bytes of a friendship, while the graph is drawn and once it is there.
const FRIENDSHIP: f64 = 24.0;
/// Bytes of a decision-maker with the list of those she has met.
const DECISION_MAKER: f64 = 190.0;
/// Bytes of an introducer.
const INTRODUCER: f64 = 120.0;
/// Bytes that are kept of an introducer and week of the organic fork.
const FORK: f64 = 24.0;
/// Bytes of a tie.
const TIE: f64 = 100.0;
/// Bytes of the counts of a week.
const TALLY: f64 = 1_200.0;
/// Bytes of whatever does not depend on sizes.
const LEAST: f64 = 1e6;
/// Bytes of a world with its history, at their most.
#[must_use]
pub fn world(scenario: &Scenario) -> f64 {
    let Scenario { workers, friends, contacts, decision_makers, introducers, run, .. } = scenario;
    let friendships = match &friends.edges {
        Some(list) => list.pairs.len() as f64,
        None => f64::from(workers.count) * f64::from(friends.mean_degree) / 2.0,
    };
    let weeks = f64::from(run.burn_in) + f64::from(run.weeks);
    let forked = if scenario.may_sell() { f64::from(run.weeks) } else { 0.0 };
    LEAST
        + f64::from(workers.count) * (WORKER + CONTACT * f64::from(contacts.most))
        + friendships * FRIENDSHIP
        + f64::from(decision_makers.count) * DECISION_MAKER
        + f64::from(introducers.count) * (INTRODUCER + TIE * f64::from(introducers.ties) + FORK * forked)
        + weeks * TALLY
}
