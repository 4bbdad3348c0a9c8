//! The tables of `facts`: comparisons with the world, and the points that a fit has tried.

use super::{Cell, Column, Table};
use crate::experiments::facts::{Comparison, Figure, Use};
use crate::experiments::fit::{MOVED, Trial};
use crate::stats::Estimate;

/// Facts beside the model's figures.
#[must_use]
pub fn facts_table(compared: &[(String, Vec<Comparison>)]) -> Table {
    let columns = [
        super::columns::SCENARIO,
        Column::new("fact", "", "number of the fact; several figures may belong to one"),
        Column::new("what", "", "what the fact says"),
        Column::new("unit", "", "unit of the figures of this row"),
        Column::new("used_to", "", "fit: calibration may use it; check: never used to fit"),
        Column::new(
            "target",
            "as unit",
            "figure of the world; 1 and −1 where it is a sign and one end of the range is empty",
        ),
        Column::new("range_low", "as unit", "lower end of the range that counts as a hit"),
        Column::new("range_high", "as unit", "upper end of that range"),
        Column::new("figure", "as unit", "the model's figure; empty if it has none"),
        Column::new("figure_low", "as unit", "lower end of its 95 % interval over replications"),
        Column::new("figure_high", "as unit", "upper end of that interval"),
        Column::new(
            "distance",
            "half-ranges",
            "figure less target, in halves of the range; empty where there is no range",
        ),
        Column::new("verdict", "", "hit, miss, no detectable difference (of a sign), or not in the model"),
        Column::new("source", "", "where the figure of the world is from; vendors' figures are rough"),
        Column::new("note", "", "why the model has no figure"),
    ];
    let mut table = Table::new("facts", &columns);
    for (scenario, comparisons) in compared {
        for c in comparisons {
            let note = if let Figure::Missing(why) = c.fact.figure { why } else { "" };
            let figure = c.figure.as_ref();
            table.push(vec![
                scenario.as_str().into(),
                u32::from(c.fact.number).into(),
                c.fact.what.into(),
                c.fact.unit.into(),
                if c.fact.used == Use::Fit { "fit" } else { "check" }.into(),
                c.fact.target.into(),
                finite(c.fact.range.0),
                finite(c.fact.range.1),
                Cell::maybe(figure.map(|e| e.value)),
                Cell::maybe(figure.and_then(Estimate::low)),
                Cell::maybe(figure.and_then(Estimate::high)),
                Cell::maybe(c.half_ranges()),
                c.verdict.name().into(),
                c.fact.source.into(),
                note.into(),
            ]);
        }
    }
    table
}

/// An end of a range; empty where there is none.
fn finite(end: f64) -> Cell {
    Cell::maybe(Some(end).filter(|end| end.is_finite()))
}

/// Every point that a fit has tried, in order.
#[must_use]
pub fn trials_table(trials: &[Trial]) -> Table {
    let mut columns = vec![
        Column::new("trial", "", "number of the point; 0 is the scenario as it was"),
        Column::new("misses", "facts", "fitted figures outside their range; empty if the run failed"),
        Column::new(
            "distance",
            "half-ranges²",
            "sum of squared distances from the facts; empty if the run failed",
        ),
    ];
    columns.extend(MOVED.iter().map(|path| Column::new(path, "", "value tried, in the unit of the key")));
    let mut table = Table::new("trials", &columns);
    for (number, trial) in trials.iter().enumerate() {
        let distance = if trial.distance.is_finite() { Cell::Num(trial.distance) } else { Cell::Empty };
        let misses = if trial.distance.is_finite() { trial.misses.into() } else { Cell::Empty };
        let mut row = vec![number.into(), misses, distance];
        row.extend(trial.values.iter().map(|&value| Cell::from(value)));
        table.push(row);
    }
    table
}
