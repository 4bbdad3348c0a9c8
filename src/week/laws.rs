//! Laws of a week: what no phase may break. Checked after every phase in builds with debug assertions.

use super::contract::{due_on_placement, owed};
use super::pipeline::Pipeline;
use crate::scenario::Scenario;
use crate::world::World;
use crate::world::ledger::{Party, Reason, cents};
use crate::world::requirements::{self, Broken, require};

/// Checks the tables of the world and what is on its way.
///
/// # Errors
/// The first law found broken, with ids.
pub(super) fn check(scenario: &Scenario, world: &World, pipeline: &Pipeline) -> Result<(), Broken> {
    requirements::check(scenario, world)?;
    check_meetings(scenario, pipeline)?;
    check_hires(pipeline)?;
    check_payments(scenario, world)?;
    check_transfers(scenario, world)
}

/// Meetings ≤ attention, and nobody is met twice by the same decision-maker in a week.
fn check_meetings(scenario: &Scenario, pipeline: &Pipeline) -> Result<(), Broken> {
    let mut start = 0;
    while start < pipeline.meetings.len() {
        let row = pipeline.meetings[start].request.decision_maker;
        let len = pipeline.meetings[start..].iter().take_while(|m| m.request.decision_maker == row).count();
        require(len <= scenario.decision_makers.attention as usize, || {
            format!("decision-maker {row} held {len} meetings")
        })?;
        let mut met: Vec<u32> =
            pipeline.meetings[start..start + len].iter().map(|m| m.request.worker).collect();
        met.sort_unstable();
        require(met.windows(2).all(|pair| pair[0] < pair[1]), || {
            format!("decision-maker {row} met somebody twice: {met:?}")
        })?;
        start += len;
    }
    Ok(())
}

/// One hire per vacancy and per worker.
fn check_hires(pipeline: &Pipeline) -> Result<(), Broken> {
    let request = |&meeting: &u32| pipeline.meetings[meeting as usize].request;
    for side in [|r: &super::pipeline::Request| r.decision_maker, |r: &super::pipeline::Request| r.worker] {
        let mut ids: Vec<u32> = pipeline.hires.iter().map(|meeting| side(&request(meeting))).collect();
        ids.sort_unstable();
        require(ids.windows(2).all(|pair| pair[0] < pair[1]), || format!("two hires of one: {ids:?}"))?;
    }
    Ok(())
}

/// Every other payment is what its institution asks, and nobody pays twice in a week for the same reason.
fn check_transfers(scenario: &Scenario, world: &World) -> Result<(), Broken> {
    let Some(market) = &world.market else { return Ok(()) };
    let mut payers: Vec<_> = market.ledger.transfers.iter().map(|t| (t.reason, t.from)).collect();
    payers.sort_unstable();
    require(payers.windows(2).all(|pair| pair[0] != pair[1]), || {
        "somebody paid twice for the same reason".to_owned()
    })?;
    for transfer in &market.ledger.transfers {
        let owed = match (transfer.reason, transfer.from) {
            (Reason::Fee, Party::Employer(row)) => {
                due_on_placement(&scenario.contract, world.decision_makers.salary[row as usize])
            }
            (Reason::Bonus, Party::Employer(_)) => scenario.referral.employee_bonus,
            (Reason::Form, Party::Seeker(_)) => scenario.referral.stranger_price,
            (Reason::Coaching, Party::Seeker(_)) => scenario.coaching.price,
            _ => f64::NAN,
        };
        require(transfer.cents == cents(owed), || format!("{transfer:?} should be {owed} dollars"))?;
    }
    Ok(())
}

/// Every payment of the week has a cause of its own, and every client has paid what his contract says.
fn check_payments(scenario: &Scenario, world: &World) -> Result<(), Broken> {
    let Some(market) = &world.market else { return Ok(()) };
    let mut causes: Vec<_> = market.ledger.entries.iter().map(|e| (e.member, e.cause, e.ordinal)).collect();
    causes.sort_unstable();
    require(causes.windows(2).all(|pair| pair[0] != pair[1]), || {
        "a cause of payment was used twice".to_owned()
    })?;
    require(market.ledger.entries.iter().all(|e| e.cents >= 0), || "a payment is negative".to_owned())?;
    for (member, account) in market.cohort.iter().enumerate().skip(market.follow_from) {
        let owed = owed(&scenario.contract, account);
        require(account.prepaid_cents == owed, || {
            format!("client {member} paid {} cents, by contract {owed}", account.prepaid_cents)
        })?;
        require(account.refunded_cents <= account.prepaid_cents, || {
            format!("client {member} got back too much")
        })?;
        require(account.treated || account.prepaid_cents == 0, || format!("held-out {member} paid"))?;
    }
    Ok(())
}
