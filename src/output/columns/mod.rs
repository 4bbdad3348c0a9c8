//! The columns of every table: name, unit, and what is counted over what.

mod densities;
mod differences;
mod spells;
mod summary;
mod ties;
mod weekly;

pub use densities::DENSITIES;
pub use differences::DIFFERENCES;
pub use spells::SPELLS;
pub use summary::SUMMARY;
pub use ties::TIES;
pub use weekly::WEEKLY;

use super::Column;

/// The scenario's name, the first column of all tables.
pub const SCENARIO: Column = Column::new("scenario", "", "name of the scenario");
/// The replication, the second column of all tables that have one row for each.
pub const REPLICATION: Column =
    Column::new("replication", "", "replication, from 0; equal numbers share their luck across scenarios");

/// `columns.csv` itself.
pub const DICTIONARY: &[Column] = &[
    Column::new("table", "", "file stem of the table"),
    Column::new("column", "", "name of the column in the header"),
    Column::new("unit", "", "unit of its numbers; empty for words and identifiers"),
    Column::new("meaning", "", "what is counted, over what, and what an empty cell means"),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_column_has_a_name_of_its_own_and_a_meaning() {
        for table in [DENSITIES, DIFFERENCES, SPELLS, SUMMARY, TIES, WEEKLY, DICTIONARY] {
            let names: BTreeSet<&str> = table.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), table.len());
            assert!(table.iter().all(|column| !column.meaning.is_empty()));
        }
    }

    #[test]
    fn tables_begin_with_scenario_and_replication() {
        for table in [DENSITIES, SPELLS, TIES, WEEKLY] {
            assert_eq!(table[..2], [SCENARIO, REPLICATION]);
        }
    }
}
