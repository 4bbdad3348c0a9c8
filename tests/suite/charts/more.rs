//! Rules, outcomes, searches and requests nobody pays for, of made-up runs.

use introsim::output::{Cell, Column, Table};
use rand::{Rng, RngExt, SeedableRng, rngs::Xoshiro256PlusPlus};
use rand_distr::{Distribution, Exp, Normal};

use super::Market;

pub(super) fn rules(market: &Market) -> String {
    let share = if market.leave.is_some() { 0.05 } else { 0.0 };
    format!(
        "title = \"{}\"\n[goodwill]\nper_request = 0.04\nrecovery = 0.02\nblock_below = 0.15\n[sellers]\nentry = \"closed\"\nshare = \
         {share}\n[introducers]\nhour_value = 100.0\n[disclosure]\npayment_known = {}\n",
        market.name.replace('"', ""),
        !market.hidden
    )
}

const fn column(name: &'static str) -> Column {
    Column::new(name, "", "made up")
}

pub(super) const OUTCOMES: &[Column] = &[
    column("scenario"),
    column("replication"),
    column("status"),
    column("active_share"),
    column("new_clients"),
    column("introductions_made"),
    column("shams"),
    column("hires_paid"),
    column("hires_submitted"),
    column("fees_dollars"),
    column("refunds_dollars"),
    column("costs_dollars"),
    column("social_capital_dollars"),
    column("hours"),
    column("sellers_profit_dollars"),
    column("gain_treated_sum"),
    column("gain_treated_n"),
    column("gain_held_out_sum"),
    column("gain_held_out_n"),
    column("welfare_workers"),
    column("welfare_decision_makers"),
    column("welfare_sellers"),
];

/// A row of outcomes: 200 clients, 20 of them placed for a fee of $10,000 each.
pub(super) fn outcomes(market: &Market, replication: i64) -> Vec<Cell> {
    // The luck of a replication is the same in all scenarios.
    let mut luck = Xoshiro256PlusPlus::seed_from_u64(replication.unsigned_abs());
    let mut noise = |sd: f64| Normal::new(0.0, sd).unwrap().sample(&mut luck);
    let (common, own) = (noise(300.0), noise(1.0));
    let sells = market.leave.is_some();
    let (clients, placed) = if sells { (200.0, 20.0) } else { (0.0, 0.0) };
    let profit = placed * (market.profit + 200.0 * own);
    let (fees, social) = (placed * 10_000.0, placed * 150.0);
    let hours = (fees - social - profit) / 100.0;
    let treated = clients * (0.5 + market.gain + 0.005 * own);
    let numbers = [
        clients,
        70.0 * clients / 200.0,
        clients * market.shams,
        placed,
        0.0,
        fees,
        0.0,
        0.0,
        social,
        hours,
        profit,
        treated,
        clients,
        clients / 4.0 * 0.5,
        clients / 4.0,
        50_000.0 + common + market.worth + 3.0 * own * market.profit.signum(),
        500.0 + common / 10.0,
        profit / 1000.0,
    ];
    let mut row: Vec<Cell> = vec![market.name.as_str().into(), replication.into(), "ok".into()];
    row.push(if sells { 0.5.into() } else { Cell::Empty });
    row.extend(numbers.map(Cell::Num));
    row
}

/// Searches out of work, a few of them of people with a job or from before the opening.
pub(super) fn spells(
    market: &Market,
    replication: i64,
    weeks: i64,
    random: &mut impl Rng,
    table: &mut Table,
) {
    for search in 0..150_i64 {
        let ability: f64 = Normal::new(0.0, 1.0).unwrap().sample(random);
        let networking = libm::exp(Normal::new(0.0_f64, 0.5).unwrap().sample(random));
        let rate = 0.06 * libm::exp(market.ability_slope * ability) * networking.sqrt();
        let length = Exp::new(rate).unwrap().sample(random).ceil() as i64;
        let start = random.random_range(-10..=weeks);
        let open = start + length > weeks;
        let bought = market.leave.is_some() && search % 5 == 0;
        table.push(vec![
            market.name.as_str().into(),
            replication.into(),
            search.into(),
            Cell::Int(1),
            if search % 7 == 0 { "employed" } else { "unemployed" }.into(),
            start.into(),
            if open { Cell::Empty } else { (start + length).into() },
            if open { "open" } else { ["cold", "organic", "lead", "left"][search as usize % 4] }.into(),
            (length.min(weeks - start)).into(),
            ability.into(),
            networking.into(),
            Cell::Int(2),
            bought.into(),
            80_000.0.into(),
            Cell::Empty,
        ]);
    }
}

/// Requests of a week for which nobody pays: 8 % of 100 and 45 % of 20 are met.
pub(super) fn free_requests(random: &mut impl Rng, set: &mut impl FnMut(&str, Cell)) {
    for (channel, requests, acceptance) in [("cold", 100_i64, 0.08), ("organic", 20, 0.45)] {
        let met = (0..requests).filter(|_| random.random_bool(acceptance)).count() as i64;
        let passed = (0..met).filter(|_| random.random_bool(0.3)).count() as i64;
        for (count, number) in [("requests", requests), ("met", met), ("passed", passed)] {
            set(&format!("{count}_{channel}"), number.into());
        }
    }
}
