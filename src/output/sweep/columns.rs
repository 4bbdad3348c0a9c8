//! Columns of cells.csv and map.csv. Knobs are columns of their own, so the tables of two sweeps differ.

use crate::experiments::outcomes;
use crate::experiments::sweep::{Axis, Sweep, map};
use crate::output::Column;
use crate::output::columns::REPLICATION;

const CELL: Column = Column::new("cell", "", "number of the cell, from 0: one setting of the knobs");

const STATUS: Column =
    Column::new("status", "", "ok, or why the replication did not finish; then all other cells are empty");

const FAILED_FIRST: Column = Column::new(
    "failed_first",
    "",
    "the side whose condition fails in the earliest moving year: sellers, decision-makers, both, nobody, or too small \
     where sellers worked under 100 hours in the first year; an empty cell where nobody opened",
);

const OPENING_HASH: Column = Column::new(
    "opening_hash",
    "",
    "BLAKE3 of the labour market at the opening; equal where luck and market are",
);

/// Columns of the map between the knobs and the conditions.
const COUNTS: [Column; 2] = [
    Column::new("replications", "replications", "replications that finished"),
    Column::new("failed", "replications", "replications that did not; cells.csv says why"),
];

/// Columns of the map on the clients' condition.
const CLIENTS: [Column; 4] = [
    Column::new(
        "clients",
        "",
        "the clients' condition over all replications: yes if the interval of their gain lies at or above 0, no if below, \
         else undecided; not measured where nobody was treated or nobody turned away by lot",
    ),
    Column::new(
        "clients_gain",
        "years' salary",
        "gain of represented clients over those turned away by lot, pooled",
    ),
    Column::new(
        "clients_gain_low",
        "years' salary",
        "lower end of its 95 % interval, clustered by replication",
    ),
    Column::new(
        "clients_gain_high",
        "years' salary",
        "upper end of its 95 % interval, clustered by replication",
    ),
];

/// Columns of the map on the side that fails first.
const FIRST: [Column; 6] = [
    Column::new(
        "fails_first",
        "",
        "the side that fails first in most replications, as in cells.csv; tied where two are named equally often; empty \
         where nobody opened",
    ),
    Column::new("first_nobody", "replications", "in which no condition fails in any moving year"),
    Column::new("first_sellers", "replications", "in which the sellers' condition fails first"),
    Column::new(
        "first_decision_makers",
        "replications",
        "in which the decision-makers' condition fails first",
    ),
    Column::new("first_both", "replications", "in which both fail in the same week"),
    Column::new(
        "first_too_small",
        "replications",
        "in which sellers worked under 100 hours in the first year",
    ),
];

/// A text that lives as long as the program: columns are named by constants, and only knobs by files. There are a few of
/// them in a program's life.
fn forever(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn knob(axis: &Axis) -> Column {
    Column::new(forever(&axis.name), forever(&axis.unit), forever(&axis.meaning))
}

/// Columns of cells.csv, one row for each cell and replication.
#[must_use]
pub(super) fn cells_columns(sweep: &Sweep) -> Vec<Column> {
    let mut columns = vec![CELL];
    columns.extend(sweep.axes.iter().map(knob));
    columns.extend([REPLICATION, STATUS, FAILED_FIRST, OPENING_HASH]);
    columns.extend(
        outcomes::columns().into_iter().map(|(name, unit, meaning)| Column::new(name, unit, meaning)),
    );
    columns
}

/// Columns of map.csv, one row for each cell.
#[must_use]
pub(super) fn map_columns(sweep: &Sweep) -> Vec<Column> {
    let mut columns = vec![CELL];
    columns.extend(sweep.axes.iter().map(knob));
    columns.extend(COUNTS);
    for name in map::CONDITIONS {
        columns.extend(with_interval(
            name,
            "share",
            "share of replications, with its Wilson interval of 95 %",
        ));
    }
    columns.extend(CLIENTS);
    columns.extend(FIRST);
    for name in sweep.means() {
        columns.extend(with_interval(name, "", "mean over replications, with its t interval of 95 %"));
    }
    columns
}

/// Columns of library.csv, one row for each scenario of a file that lies among the settings.
#[must_use]
pub(super) fn library_columns(sweep: &Sweep) -> Vec<Column> {
    let scenario = Column::new(
        "scenario",
        "",
        "a scenario file beside the base that differs from it in nothing but the knobs",
    );
    std::iter::once(scenario).chain(sweep.axes.iter().map(knob)).collect()
}

/// The name of a knob that a column of the tables has already.
#[must_use]
pub fn clash(sweep: &Sweep) -> Option<&str> {
    let mut names: Vec<&str> = cells_columns(sweep).iter().map(|column| column.name).collect();
    names.extend(map_columns(sweep).iter().map(|column| column.name));
    names.extend(library_columns(sweep).iter().map(|column| column.name));
    // Each knob stands once in each of the three tables.
    let is_taken = |axis: &&Axis| names.iter().filter(|name| **name == axis.name).count() > 3;
    sweep.axes.iter().find(is_taken).map(|axis| axis.name.as_str())
}

/// An outcome and the ends of its interval.
fn with_interval(name: &'static str, unit: &'static str, what: &str) -> [Column; 3] {
    let known = outcomes::columns().into_iter().find(|(column, _, _)| *column == name);
    let (_, own, meaning) = known.unwrap_or((name, "", ""));
    let unit = if unit.is_empty() { own } else { unit };
    [
        Column::new(name, unit, forever(&format!("{meaning}; {what}"))),
        Column::new(
            forever(&format!("{name}_low")),
            unit,
            "lower end of the interval; empty below two replications",
        ),
        Column::new(
            forever(&format!("{name}_high")),
            unit,
            "upper end of the interval; empty below two replications",
        ),
    ]
}
