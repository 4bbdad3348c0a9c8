//! assumptions.csv: every scenario at every point of the assumed constants.

use super::{Cell, Column, Table};
use crate::experiments::assumptions::{ASSUMED, Point};
use crate::experiments::outcomes;

/// A row for each scenario and point.
#[must_use]
pub fn assumptions_table(names: &[String], points: &[Point]) -> Table {
    let mut columns = vec![
        super::columns::SCENARIO,
        Column::new("point", "", "number of the point of the hypercube"),
        Column::new("status", "", "ok, or why the run did not finish; then the outcomes are empty"),
        Column::new(
            "hits",
            "",
            "yes if the labour market alone is within 1.5 halves of the range of each fact that it is fitted to, or was not run; \
             at other points nothing else is run",
        ),
    ];
    columns.extend(
        ASSUMED.iter().map(|path| Column::new(path, "", "value at this point, in the unit of the key")),
    );
    columns.extend(
        outcomes::columns().into_iter().map(|(name, unit, meaning)| Column::new(name, unit, meaning)),
    );
    let n = columns.len();
    let mut table = Table::new("assumptions", &columns);
    for point in points {
        let mut row: Vec<Cell> = vec![names[point.arm].as_str().into(), point.number.into()];
        row.push(
            point
                .outcomes
                .as_ref()
                .map_or_else(|failure| failure.to_string(), |_| "ok".to_owned())
                .as_str()
                .into(),
        );
        row.push(if point.hits { "yes" } else { "no" }.into());
        row.extend(point.values.iter().map(|&value| Cell::from(value)));
        if let Ok(outcomes) = &point.outcomes {
            row.extend(outcomes.iter().map(|&value| Cell::maybe(value)));
        }
        row.resize(n, Cell::Empty);
        table.push(row);
    }
    table
}
