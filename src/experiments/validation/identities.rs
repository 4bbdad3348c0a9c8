//! Identities: money, attention and hours in every week of a market in which everything is sold.

use super::judge::Check;
use super::observe::watch;
use super::{Effort, Stop, not_the_limit};
use crate::engine::WeekView;
use crate::scenario::Scenario;
use crate::world::ledger::{Cause, cents};

const ZERO: (f64, &str) = (0.0, "identity");

/// Breaches of each identity, and what shows that there was something to breach.
#[derive(Clone, Copy, Debug, Default)]
struct Books {
    imbalance_cents: i64,
    purses_cents: i64,
    flows_cents: i64,
    crowded: u32,
    overworked: u32,
    hired_twice: u32,
    fabricated: u32,
    /// What clients' purses should hold by the entries so far.
    clients_cents: i64,
    payments: u32,
    meetings: u32,
    refunds: u32,
}

pub(super) fn check(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    let replications = if effort == Effort::Quick { 1 } else { scenario.run.replications };
    let each = watch(
        scenario,
        0..replications,
        |_| Books::default(),
        |books, lived| books.see(scenario, lived),
        |books, _| books,
    )?;
    let sum = |of: fn(&Books) -> f64| each.iter().map(of).sum::<f64>();
    if each.iter().any(|books| books.payments == 0 || books.meetings == 0 || books.refunds == 0) {
        return Err(not_the_limit("nothing is paid, nothing paid back or nobody met"));
    }
    let weeks = replications * scenario.run.weeks;
    let (paid, met) = (sum(|b| f64::from(b.payments)), sum(|b| f64::from(b.meetings)));
    let note = format!("{weeks} weeks, {paid} payments, {met} meetings");
    let row = |what: &str, unit, value| Check::exact(what, unit, ZERO, value, 0.0).noted(note.clone());
    Ok(vec![
        row("sum of all accounts, all weeks", "cents", sum(|b| dollars(b.imbalance_cents))),
        row("what clients paid less what purses lost", "cents", sum(|b| dollars(b.purses_cents))),
        row(
            "fees and refunds of the weekly table less the entries",
            "cents",
            sum(|b| dollars(b.flows_cents)),
        ),
        row("desks with more meetings than attention", "weeks", sum(|b| f64::from(b.crowded))),
        row("sellers with more hours spent than held", "weeks", sum(|b| f64::from(b.overworked))),
        row("second hires of a person or onto a seat in a week", "hires", sum(|b| f64::from(b.hired_twice))),
        row(
            "more met than asked, passed than met, or hired than offered",
            "weeks",
            sum(|b| f64::from(b.fabricated)),
        ),
    ])
}

/// Cents as a float, far below 2⁵³.
#[allow(clippy::cast_precision_loss, reason = "sums of a few runs")]
fn dollars(cents: i64) -> f64 {
    cents as f64
}

impl Books {
    fn see(&mut self, scenario: &Scenario, lived: &WeekView<'_>) {
        let Some(market) = &lived.world.market else { return };
        let ledger = &market.ledger;
        self.imbalance_cents += ledger.imbalance_cents().abs();
        let (mut fees, mut refunds) = (0, 0);
        for entry in &ledger.entries {
            let side = if entry.cause == Cause::Refund { &mut refunds } else { &mut fees };
            *side += entry.cents;
        }
        self.payments += crate::ids::row(ledger.entries.len());
        self.refunds += u32::from(refunds > 0);
        self.clients_cents += refunds - fees;
        self.purses_cents += (ledger.clients_cents - self.clients_cents).abs();
        let flows = &lived.tally.sellers.flows;
        self.flows_cents += (cents(flows.fees) - fees).abs() + (cents(flows.refunds) - refunds).abs();
        self.see_desks(scenario, lived);
        let held = scenario.sellers.hours * (1.0 + 1e-12);
        let over = market.sellers.iter().filter(|seller| seller.hours.total() > held).count();
        self.overworked += crate::ids::row(over);
    }

    fn see_desks(&mut self, scenario: &Scenario, lived: &WeekView<'_>) {
        let pipeline = lived.pipeline;
        self.meetings += crate::ids::row(pipeline.meetings.len());
        let mut met = vec![0_u32; lived.world.decision_makers.len()];
        pipeline.meetings.iter().for_each(|meeting| met[meeting.request.decision_maker as usize] += 1);
        self.crowded +=
            crate::ids::row(met.iter().filter(|n| **n > scenario.decision_makers.attention).count());
        let hired = pipeline.hires.iter().map(|hire| pipeline.meetings[*hire as usize].request);
        let mut sides: [Vec<u32>; 2] =
            [hired.clone().map(|r| r.worker).collect(), hired.map(|r| r.decision_maker).collect()];
        for side in &mut sides {
            side.sort_unstable();
            self.hired_twice += crate::ids::row(side.windows(2).filter(|pair| pair[0] == pair[1]).count());
        }
        let t = lived.tally;
        for channel in 0..t.requests.len() {
            // Leads are jobs outside: nobody asks for them.
            let desks = t.requests[channel] > 0;
            let grows = t.met[channel] > t.requests[channel] || t.passed[channel] > t.met[channel];
            self.fabricated += u32::from(grows || (desks && t.hires[channel] > t.offers[channel]));
        }
    }
}
