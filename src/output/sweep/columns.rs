//! Columns of cells.csv and map.csv. Knobs are columns of their own, so the tables of two sweeps differ.

use crate::experiments::gain;
use crate::experiments::outcomes::Metric;
use crate::experiments::sweep::{Axis, Sweep, map};
use crate::output::tables::{CellContrast, CellJudged, CellReplication, LibraryPoint, outcome_columns};
use crate::output::{Column, Row, Table};

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
    with_knobs::<CellReplication>(sweep).chain(outcome_columns()).collect()
}

/// Columns of map.csv, one row for each cell.
#[must_use]
pub(super) fn map_columns(sweep: &Sweep) -> Vec<Column> {
    let means = map::SIZE.into_iter().chain(sweep.means()).flat_map(with_interval);
    with_knobs::<CellJudged>(sweep).chain(means).collect()
}

/// The columns of a row, and after its first, the number of the cell, the knobs.
fn with_knobs<R: Row>(sweep: &Sweep) -> impl Iterator<Item = Column> {
    let (cell, rest) = R::COLUMNS.split_at(1);
    cell.iter().copied().chain(sweep.axes.iter().map(knob)).chain(rest.iter().copied())
}

/// library.csv without rows.
#[must_use]
pub(super) fn library_table(sweep: &Sweep) -> Table {
    Table::with::<LibraryPoint>(sweep.axes.iter().map(knob))
}

/// Columns of contrasts.csv, one row for each pair of cells.
#[must_use]
pub(super) fn contrasts_columns(sweep: &Sweep) -> Vec<Column> {
    with_knobs::<CellContrast>(sweep).collect()
}

/// The name of a knob that a column of the tables has already.
#[must_use]
pub fn clash(sweep: &Sweep) -> Option<&str> {
    let mut names: Vec<&str> = cells_columns(sweep).iter().map(|column| column.name).collect();
    names.extend(map_columns(sweep).iter().map(|column| column.name));
    names.extend(contrasts_columns(sweep).iter().map(|column| column.name));
    names.extend(library_table(sweep).columns.iter().map(|column| column.name));
    // Each knob stands once in each of the four tables.
    let is_taken = |axis: &&Axis| names.iter().filter(|name| **name == axis.name).count() > 4;
    sweep.axes.iter().find(is_taken).map(|axis| axis.name.as_str())
}

/// An outcome and the ends of its interval.
fn with_interval(name: &'static str) -> [Column; 3] {
    let (unit, meaning) = Metric::of(name).map_or(("", ""), |metric| (metric.unit, metric.meaning));
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
