//! Who pays: ability, contacts and time out of work of those who pay, beside all who seek.
//!
//! A row of densities for each scenario; of many scenarios only the ranks of their payers among all who seek.

mod draw;
mod histogram;
mod ranks;
mod title;

use crate::output::{Cell, Column, OutputError, Table};
use crate::stats::Estimate;
use crate::text::counted;

use super::Picture;
use super::data::{FEWEST_FOR_BANDS, Facts};
use super::page::Page;
use super::source::Source;
use histogram::{GROUPS, Groups, ORGANIC, PAYERS, PLACED, POOL, VARIABLES};

pub(super) const NAME: &str = "who-pays";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("scenario", "", "name of the scenario"),
    Column::new("variable", "", "ability, contacts or weeks_out"),
    Column::new("group", "", "pool, payers, organic or placed"),
    Column::new(
        "measure",
        "",
        "density of a bin, mean of the group, or mean rank among the pool (share of it below a member, equals half)",
    ),
    Column::new("at", "sd, people or weeks", "middle of the bin; empty for a mean or a rank"),
    Column::new("n", "replications", "replications in which the group has members"),
    Column::new("value", "share per unit, unit, or share", "density, mean or rank, pooled over replications"),
    Column::new("low", "as value", "lower end of the 95 % interval over replications; empty without one"),
    Column::new("high", "as value", "upper end of the 95 % interval over replications; empty without one"),
];

/// Scenarios with fewer payers than this, in all replications together, are not shown.
const FEWEST_PAYERS: f64 = 30.0;
/// More scenarios than this are shown by their ranks alone.
const MOST_ROWS: usize = 5;
/// Rows of ranks; further scenarios are said to be left out.
const MOST_RANKS: usize = 40;

/// Draws the chart from densities.csv.
pub(super) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let table = source.table("densities.csv")?;
    let (mut facts, owners) = Facts::of(source, &table)?;
    let all = histogram::groups(&table, &mut facts, &owners)?;
    let sells = |name: &str| all.iter().any(|groups| groups.name == name && groups.total(PAYERS) > 0.0);
    let colours = facts.colours(sells);
    let paying: Vec<&Groups> = all.iter().filter(|groups| groups.total(PAYERS) >= FEWEST_PAYERS).collect();
    let few = all.iter().filter(|groups| groups.total(PAYERS) > 0.0).count() - paying.len();
    let free = histogram::together(&all).filter(|groups| groups.total(ORGANIC) >= FEWEST_PAYERS);
    let title = title::title(&all, &paying, free.as_ref());
    let bands = if paying.len() > MOST_ROWS {
        "bars and brackets: 95\u{a0}% intervals over replications"
    } else if facts.replications.len() < FEWEST_FOR_BANDS {
        "bars and brackets: 95\u{a0}% intervals over replications; too few for bands"
    } else {
        "bands, bars and brackets: 95\u{a0}% intervals over replications"
    };
    let footer = facts.footer(bands);
    let mut shown = &paying[..];
    let page = if paying.is_empty() && free.is_none() {
        let why = match (table.is_empty(), all.iter().all(|groups| groups.total(PAYERS) <= 0.0)) {
            (true, _) => "densities.csv has no rows.",
            (_, true) => "There are no payers to draw.",
            _ => "There are too few payers to draw.",
        };
        let what = "Ability, contacts and time out of work of those who pay and those who seek";
        Page::message(&title, what, &footer, why)
    } else if paying.len() > MOST_ROWS {
        shown = &paying[..paying.len().min(MOST_RANKS)];
        ranks::page(&title, &footer, shown, &left_out(paying.len(), shown.len(), few), &colours)
    } else {
        let said = left_out(paying.len(), paying.len(), few);
        draw::page(&title, &footer, (&paying, free.as_ref()), &said, &colours)
    };
    Ok(Some(Picture { page, numbers: numbers(shown, free.as_ref().filter(|_| paying.is_empty())) }))
}

/// What the subtitle says of scenarios that are not shown.
fn left_out(paying: usize, shown: usize, few: usize) -> String {
    if paying > shown {
        let more = counted(paying - shown, "more scenario");
        return format!(" Shown are the first {shown} scenarios with payers; {more} not shown.");
    }
    match few {
        0 => String::new(),
        n => format!(" {} with fewer than {FEWEST_PAYERS} payers not shown.", counted(n, "scenario")),
    }
}

fn numbers(shown: &[&Groups], free: Option<&Groups>) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for groups in shown.iter().copied().chain(free) {
        for (v, variable) in VARIABLES.iter().enumerate() {
            for (g, group) in GROUPS.iter().enumerate() {
                let mut push = |measure: &str, at: Option<f64>, estimate: Estimate| {
                    table.push(vec![
                        groups.name.as_str().into(),
                        variable.column.into(),
                        (*group).into(),
                        measure.into(),
                        Cell::maybe(at),
                        estimate.n.into(),
                        estimate.value.into(),
                        Cell::maybe(estimate.low()),
                        Cell::maybe(estimate.high()),
                    ]);
                };
                for (at, density) in groups.densities(v, g) {
                    push("density", Some(at), density);
                }
                if let Some(mean) = groups.mean(v, g) {
                    push("mean", None, mean);
                }
                if let Some(rank) = groups.rank(v, g).filter(|_| g != POOL) {
                    push("rank", None, rank);
                }
            }
        }
    }
    table
}

/// People of a group as a whole number.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of people, ≥ 0; casts saturate"
)]
fn people(groups: &Groups, group: usize) -> usize {
    groups.total(group) as usize
}

/// The groups of a row: the one drawn first, and those placed where anybody was.
fn second(group: usize) -> Option<usize> {
    (group == PAYERS).then_some(PLACED)
}
