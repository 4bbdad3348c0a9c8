//! Columns of cells.csv and map.csv. Knobs are columns of their own, so the tables of two sweeps differ.

use crate::experiments::sweep::{Axis, Sweep, map};
use crate::experiments::{gain, outcomes};
use crate::output::Column;
use crate::output::columns::REPLICATION;

const CELL: Column = Column::new("cell", "", "number of the cell, from 0: one setting of the knobs");

const STATUS: Column =
    Column::new("status", "", "ok, or why the replication did not finish; then all other cells are empty");

const OPENING_HASH: Column = Column::new(
    "opening_hash",
    "",
    "BLAKE3 of the labour market at the opening; equal where luck and market are",
);

/// Columns of the map between the knobs and the means.
const COUNTS: [Column; 4] = [
    Column::new("replications", "replications", "replications that finished"),
    Column::new("failed", "replications", "replications that did not; cells.csv says why"),
    Column::new(
        "verdict",
        "",
        "lasts: the 95 % interval of placements_per_10000 lies above 5; dies: it lies below; cannot be told: it holds 5, or \
         there is none; empty where nobody may sell",
    ),
    Column::new(
        "lives",
        "replications",
        "in which sellers place anybody in the judged weeks; empty where nobody may sell",
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
    columns.extend([REPLICATION, STATUS, OPENING_HASH]);
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
    for name in map::SIZE.into_iter().chain(sweep.means()) {
        columns.extend(with_interval(name));
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
    let short = Column::new("short", "", "what charts call it");
    [scenario, short].into_iter().chain(sweep.axes.iter().map(knob)).collect()
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
fn with_interval(name: &'static str) -> [Column; 3] {
    let known = outcomes::columns().into_iter().find(|(column, _, _)| *column == name);
    let (_, unit, meaning) = known.unwrap_or((name, "", ""));
    let what = if gain::POOLED.contains(&name) {
        "pooled over replications, with its interval of 95 %, clustered by replication"
    } else {
        "mean over replications, with its t interval of 95 %"
    };
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
