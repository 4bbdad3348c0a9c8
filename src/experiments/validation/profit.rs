//! Screening for profit against plain bars: one seller deviates while all others go on.
//!
//! In a market that nobody enters or leaves, one seller takes whom he thinks above a bar, and weighs no hours. The best
//! bar of a grid is chosen on one half of the luck and judged on the other, and the other way round. What `profit`
//! brings a week may fall short of it by a tenth.

use rayon::prelude::*;

use super::errors;
use super::judge::{Check, Rule};
use super::{Effort, Stop, not_the_limit};
use crate::engine::{Failure, burn_in, continue_deviating, continue_from, live_fork};
use crate::scenario::{AcceptAbove, Entry, Scenario};
use crate::text::counted;
use crate::world::World;
use crate::world::wages::by_wage;

/// Beliefs from which the one who deviates takes people on, sd; the first takes everybody.
const BARS: [f64; 8] = [-9.0, -0.8, -0.5, -0.2, 0.1, 0.4, 0.7, 1.0];
/// Share of what the best bar brings by which `profit` may fall short.
const SHORTFALL: f64 = 0.1;
/// Shares of the salary that are paid, as on the map.
const SHARES: [f64; 5] = [0.05, 0.1, 0.2, 0.35, 0.5];
/// How many sell.
const SELLERS: [u32; 3] = [1, 10, 40];

pub(super) fn check(scenario: &Scenario, effort: Effort) -> Result<Vec<Check>, Stop> {
    if scenario.sellers.entry != Entry::Closed {
        return Err(not_the_limit("sellers.entry must be \"closed\""));
    }
    if scenario.screening.stages.iter().all(|stage| stage.accept_above != AcceptAbove::Profit) {
        return Err(not_the_limit("a stage of screening.stages must have accept_above = \"profit\""));
    }
    let is_quick = effort == Effort::Quick;
    let replications = if is_quick { scenario.run.replications.min(4) } else { scenario.run.replications };
    let cells = cells(scenario, is_quick);
    let rows: Vec<Vec<Row>> = (0..replications)
        .into_par_iter()
        .map(|replication| rows(&cells, scenario, replication))
        .collect::<Result<_, _>>()?;
    let of_cell = |(place, cell): (usize, &Cell)| {
        let own: Vec<Row> = rows.iter().map(|row| row[place]).collect();
        judge(cell, &own)
    };
    Ok(cells.iter().enumerate().map(of_cell).collect())
}

/// A market in which one deviates.
struct Cell {
    words: String,
    scenario: Scenario,
}

/// Payouts by whether payment is known, as on the map, by how many sell; a quick look has the scenario's own.
fn cells(scenario: &Scenario, is_quick: bool) -> Vec<Cell> {
    let own = (&[scenario.contract.share_of_salary][..], &[scenario.disclosure.payment_known][..]);
    let (shares, payments) = if is_quick { own } else { (&SHARES[..], &[true, false][..]) };
    let mut cells = Vec::new();
    for &share in shares {
        for &known in payments {
            for sellers in SELLERS {
                let mut scenario = scenario.clone();
                scenario.contract.share_of_salary = share;
                scenario.disclosure.payment_known = known;
                scenario.sellers.share = f64::from(sellers) / f64::from(scenario.introducers.count);
                let payment = if known { "known" } else { "hidden" };
                let words = format!("{}%, {payment}, {}", 100.0 * share, counted(sellers as usize, "seller"));
                cells.push(Cell { words, scenario });
            }
        }
    }
    cells
}

/// What a week brought to the one who deviates, under `profit` and under each bar, dollars.
#[derive(Clone, Copy)]
struct Row {
    profit: f64,
    bars: [f64; BARS.len()],
}

/// All cells on the luck of one replication. Who deviates goes round among those who sell.
fn rows(cells: &[Cell], market: &Scenario, replication: u32) -> Result<Vec<Row>, Failure> {
    let mut world = burn_in(market, replication, &|| {})?.world;
    live_fork([market], &mut world, &|| {})?;
    let order = by_wage(market, &world.draws);
    let row = |cell: &Cell| {
        let seller = order[replication as usize % cell.scenario.n_openers()];
        let weeks = f64::from(cell.scenario.run.weeks);
        let brought = |world: &World| {
            let market = world.market.as_ref().expect("the file opens a market");
            market.sellers[seller].cash / weeks
        };
        let mut bars = [0.0; BARS.len()];
        for (brings, bar) in bars.iter_mut().zip(BARS) {
            *brings = brought(&continue_deviating(&cell.scenario, world.clone(), (seller, bar))?.world);
        }
        let profit = brought(&continue_from(&cell.scenario, world.clone(), &|| {})?.world);
        Ok(Row { profit, bars })
    };
    cells.iter().map(row).collect()
}

fn judge(cell: &Cell, rows: &[Row]) -> Check {
    let half =
        |parity: usize| rows.iter().enumerate().filter(move |(at, _)| at % 2 == parity).map(|(_, row)| row);
    let best = [0, 1].map(|parity| {
        let brings = |bar: usize| half(parity).map(|row| row.bars[bar]).sum::<f64>();
        (0..BARS.len()).max_by(|&a, &b| brings(a).total_cmp(&brings(b))).expect("there are bars")
    });
    // Judged on the luck on which it was not chosen.
    let judged = rows.iter().enumerate().map(|(at, row)| (row.profit, row.bars[best[1 - at % 2]]));
    let short: Vec<f64> = judged.clone().map(|(profit, bar)| (1.0 - SHORTFALL) * bar - profit).collect();
    let bar = judged.clone().map(|(_, bar)| bar).sum::<f64>() / errors::count(rows.len());
    let profit = judged.map(|(profit, _)| profit).sum::<f64>() / errors::count(rows.len());
    let chosen = best.map(|bar| if bar == 0 { "all".to_owned() } else { BARS[bar].to_string() });
    Check::new(
        format!("{}: a week of the best bar · 0.9 − one of profit", cell.words),
        "$",
        (0.0, "profit falls short of the best bar by a tenth at most"),
        errors::mean(&short),
        Rule::AtMost,
    )
    .noted(format!("profit brings ${profit:.0} a week, the best bar ({}) ${bar:.0}", chosen.join(" or ")))
}
