//! Requirements: what must be true of the tables at any time. One function checks them all.

use super::World;
use super::institutions::Mandate;
use super::market::Market;
use super::ties::Ties;
use super::totals::Totals;
use crate::ids;
use crate::scenario::{Entry, Scenario};

/// What was found broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken(pub String);

impl Broken {
    /// The breach at a week and phase.
    #[must_use]
    pub fn at(self, week: u32, phase: &'static str) -> Breach {
        Breach { week: i64::from(week) - i64::from(super::START), phase, what: self.0 }
    }
}

/// A broken law or a number that is not finite: it fails its replication.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("week {week} of the simulation, after {phase}: {what}")]
pub struct Breach {
    /// Week, counted from the start of the burn-in.
    pub week: i64,
    /// Phase after which it was found.
    pub phase: &'static str,
    /// What, with ids.
    pub what: String,
}

/// Fails with a message if a condition does not hold.
///
/// # Errors
/// [`Broken`] with the message.
pub fn require(holds: bool, what: impl FnOnce() -> String) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(Broken(what())) }
}

/// Checks every table.
///
/// # Errors
/// The first requirement found broken.
pub fn check(scenario: &Scenario, world: &World) -> Result<(), Broken> {
    check_workers(world)?;
    check_totals(scenario, world)?;
    check_ties(scenario, world)?;
    check_market(scenario, world)?;
    check_finite(world)?;
    check_sums(world)
}

fn check_workers(world: &World) -> Result<(), Broken> {
    let w = &world.workers;
    for worker in 0..w.len() {
        let out = w.unemployed.has(worker);
        require(!(out && w.looking.has(worker)), || {
            format!("worker {worker} is out of work and looks from a job")
        })?;
        require(!(out && w.employer[worker].is_some()), || {
            format!("worker {worker} is out of work and has an employer")
        })?;
        require(w.savings_cents[worker] >= 0, || {
            format!("worker {worker} has savings of {}", w.savings_cents[worker])
        })?;
        require(w.salary[worker] > 0.0, || format!("worker {worker} has a salary of {}", w.salary[worker]))?;
        require(w.search_since[worker] <= world.week, || {
            format!("worker {worker} searches since a week to come")
        })?;
        require(!w.seller[worker].is_some() || w.is_seeking(worker), || {
            format!("worker {worker} has a seller and does not search")
        })?;
    }
    Ok(())
}

/// What is counted as people change is what counting everybody gives.
fn check_totals(scenario: &Scenario, world: &World) -> Result<(), Broken> {
    let afresh = Totals::count(&world.workers, &world.contacts, scenario.workers.benefit_share);
    require(world.totals.agrees_with(&afresh), || {
        format!("the running totals are {:?}, a count gives {afresh:?}", world.totals)
    })?;
    let alive: u32 = (0..world.workers.len()).map(|w| world.contacts.alive_of(w, world.week)).sum();
    require(world.contacts.alive() == alive, || {
        format!("{} contacts are counted, {alive} are alive", world.contacts.alive())
    })
}

fn check_ties(scenario: &Scenario, world: &World) -> Result<(), Broken> {
    let t = &world.ties;
    for tie in 0..t.len() {
        let g = t.goodwill(tie);
        require((0.0..=1.0).contains(&g), || format!("tie {tie} has goodwill {g}"))?;
        let open = t.blocked_since(tie) == Ties::OPEN;
        require(open || t.goodwill(tie) < scenario.goodwill.block_below, || {
            format!("tie {tie} is blocked with goodwill {}", t.goodwill(tie))
        })?;
        let row = t.decision_maker[tie].at();
        let vacant = world.decision_makers.open.has(row);
        let (heard, unheard) = t.news_of(tie);
        require(vacant == (heard != unheard) && !(heard && unheard), || {
            format!("tie {tie} has news {heard}, none {unheard} of a vacancy that is there: {vacant}")
        })?;
        let seat = open && heard;
        require(t.has_seat(tie) == seat, || format!("tie {tie} is thought to lead to a vacancy: {}", !seat))?;
        for trust in [t.trust(tie), t.paid_trust(tie)] {
            require(trust.precision > 0.0, || {
                format!("tie {tie} has trust of precision {}", trust.precision)
            })?;
        }
    }
    Ok(())
}

/// What is summed as ties change is what adding up all of them gives.
fn check_sums(world: &World) -> Result<(), Broken> {
    let t = &world.ties;
    let goodwill: f64 = (0..t.len()).map(|tie| t.goodwill(tie)).sum();
    let trusted: f64 = (0..t.len()).map(|tie| t.trust(tie).mean).sum();
    // Sums of as many terms, each rounded once a week: 1e-9 a tie is a thousand times what that can be where
    // terms are of the size of goodwill, and of large ones the last digits are lost.
    let rounding = |sum: f64| 1e-9 * (1.0 + f64::from(ids::row(t.len()))) + 1e-12 * sum.abs();
    let near = |a: f64, b: f64| (a - b).abs() <= rounding(b);
    require(near(t.summed().0, goodwill) && near(t.summed().1, trusted), || {
        format!("sums over ties are {:?}, adding them up gives {:?}", t.summed(), (goodwill, trusted))
    })?;
    if world.market.is_none() || !t.stirred().is_empty() {
        return Ok(());
    }
    for row in 0..world.introducers.acceptance.len() {
        let introducer = ids::IntroducerId::new(row);
        let add = |of: &dyn Fn(usize) -> f64| t.of(introducer).iter().map(|tie| of(tie.at())).sum::<f64>();
        let is_open = |tie: usize| f64::from(u8::from(t.is_open(ids::TieId::new(tie))));
        let added = [
            add(&|tie| t.goodwill(tie)),
            add(&|tie| is_open(tie) * t.goodwill(tie)),
            add(&|tie| t.trust(tie).mean),
            add(&|tie| t.paid_trust(tie).mean),
            add(&|tie| 1.0 - is_open(tie)),
        ];
        let own = t.together(introducer);
        let kept =
            [own.goodwill.all, own.goodwill.open, own.trust, own.paid_trust, f64::from(own.goodwill.blocked)];
        require(kept.iter().zip(added).all(|(&kept, added)| near(kept, added)), || {
            format!(
                "goodwill, open goodwill, trust, paid trust and blocked ties of introducer {row} are {kept:?}, \
                 adding them up gives {added:?}"
            )
        })?;
    }
    Ok(())
}

fn check_market(scenario: &Scenario, world: &World) -> Result<(), Broken> {
    let Some(market) = &world.market else { return Ok(()) };
    require(market.ledger.imbalance_cents() == 0, || {
        format!("the ledger is out of balance by {} cents", market.ledger.imbalance_cents())
    })?;
    for share in market.coaching.worked.iter().chain(&market.forms.acceptance).chain(&market.forms.conversion)
    {
        require((0.0..=1.0).contains(share), || format!("a running share of the market is {share}"))?;
    }
    check_who_sells(scenario, market)?;
    for (row, seller) in market.sellers.iter().enumerate() {
        let hours = seller.hours.total();
        require(hours <= scenario.sellers.work_hours() * (1.0 + 1e-12), || {
            format!("seller {row} worked {hours} hours")
        })?;
        require(
            seller.active || hours <= 0.0 && seller.clients.is_empty() && seller.mandates.is_empty(),
            || format!("seller {row} does not sell and has {hours} hours, clients or engagements"),
        )?;
        require(!seller.active || seller.hour >= seller.wage, || {
            format!("seller {row} counts his hour at {}, below {}", seller.hour, seller.wage)
        })?;
        require(seller.bond_cents >= 0, || {
            format!("seller {row} has a bond of {} cents", seller.bond_cents)
        })?;
        for share in [seller.acceptance, seller.conversion, seller.rating] {
            require((0.0..=1.0).contains(&share), || format!("seller {row} has a running share of {share}"))?;
        }
        let twice = |m: &Mandate| seller.mandates.iter().filter(|n| *n == m).count() > 1;
        require(!seller.mandates.iter().any(twice), || format!("seller {row} has an engagement twice"))?;
        for client in &seller.clients {
            let worker = client.search.worker.0;
            require(client.belief.variance <= 1.0, || {
                format!(
                    "seller {row} knows less of client {worker} than of anybody: {}",
                    client.belief.variance
                )
            })?;
        }
    }
    Ok(())
}

/// Those listed sell, and nobody else; where entry is closed, as many as opened.
fn check_who_sells(scenario: &Scenario, market: &Market) -> Result<(), Broken> {
    let active = market.sellers.iter().enumerate().filter(|(_, seller)| seller.active);
    let rows = active.map(|(row, _)| crate::ids::row(row));
    require(rows.eq(market.selling.iter().copied()), || {
        "the list of those who sell is not theirs".to_owned()
    })?;
    let opened = scenario.n_openers();
    let closed = scenario.sellers.entry == Entry::Closed;
    require(!closed || market.selling.len() == opened, || {
        format!("{} sell where entry is closed and {opened} opened", market.selling.len())
    })
}

/// Checks that the numbers everything else follows from are finite.
///
/// # Errors
/// The first number that is not.
pub fn check_finite(world: &World) -> Result<(), Broken> {
    check_trust(world, 0..world.ties.len())?;
    check_accounts(world)
}

/// Checks that trust in some ties is finite: a week changes that of few.
///
/// # Errors
/// The first tie of which it is not.
pub fn check_trust(world: &World, ties: impl Iterator<Item = usize>) -> Result<(), Broken> {
    for tie in ties {
        let trust = world.ties.trust(tie);
        require(trust.mean.is_finite() && trust.precision.is_finite(), || {
            format!("trust of tie {tie} is not finite")
        })?;
    }
    Ok(())
}

/// Checks that beliefs and accounts of all but ties are finite.
///
/// # Errors
/// The first number that is not.
pub fn check_accounts(world: &World) -> Result<(), Broken> {
    require(world.applicants.mean.is_finite(), || {
        "the belief about cold applicants is not finite".to_owned()
    })?;
    let forms = world.market.iter().flat_map(|m| m.forms.trust.iter().flatten());
    for trust in forms {
        require(trust.mean.is_finite() && trust.precision.is_finite(), || {
            "trust in forms is not finite".to_owned()
        })?;
    }
    for (introducer, acceptance) in world.introducers.acceptance.iter().enumerate() {
        require(acceptance.is_finite(), || format!("acceptance of introducer {introducer} is not finite"))?;
    }
    for (row, seller) in world.market.iter().flat_map(|m| &m.sellers).enumerate() {
        let own = [seller.own.revenue, seller.own.hours, seller.own.weeks, seller.cash, seller.hour];
        let numbers = [seller.lifetime_profit, seller.rating, seller.uplift, seller.liability];
        require(numbers.iter().chain(&own).all(|x| x.is_finite()), || {
            format!("an account of seller {row} is not finite")
        })?;
    }
    Ok(())
}
