//! assumptions.csv: every scenario at every point of the assumed constants.

use super::run::outcome_columns;
use crate::experiments::assumptions::{ASSUMED, Point};
use crate::output::row::{Added, YesNo, table};
use crate::output::{Cell, Column, Table};

table! {
    /// assumptions.csv: a scenario at a point of the assumed constants, before the constants and the outcomes.
    AssumedPoint: "assumptions" {
        scenario;
        point: usize, "", "number of the point of the hypercube";
        status: String, "", "ok, or why the run did not finish; then the outcomes are empty";
        hits: Added<YesNo>, "",
            "yes if the labour market alone is within 1.5 halves of the range of each fact that it is fitted \
             to, or was not run; at other points nothing else is run";
    }
}

impl AssumedPoint {
    /// Whether the labour market hits the facts there; an older program held no point against them.
    #[must_use]
    pub fn hits_the_facts(&self) -> bool {
        self.hits != Added(Some(YesNo(false)))
    }
}

/// A row for each scenario and point.
#[must_use]
pub fn assumptions_table(names: &[String], points: &[Point]) -> Table {
    let assumed = |path: &&'static str| Column::new(path, "", "value at this point, in the unit of the key");
    let mut table = Table::with::<AssumedPoint>(ASSUMED.iter().map(assumed).chain(outcome_columns()));
    for point in points {
        let status = point.outcomes.as_ref().err().map_or_else(|| "ok".to_owned(), ToString::to_string);
        let row = AssumedPoint {
            scenario: names[point.arm].clone(),
            point: point.number,
            status,
            hits: Added(Some(YesNo(point.hits))),
        };
        let values = point.values.iter().map(|&value| Cell::from(value));
        let outcomes = point.outcomes.iter().flatten().map(|&value| Cell::maybe(value));
        table.push_with(row, values.chain(outcomes));
    }
    table
}
