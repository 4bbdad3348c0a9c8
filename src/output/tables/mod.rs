//! Every table that the program writes, each declared once: its row, its columns, what they mean.

mod assumptions;
mod dictionary;
mod differences;
mod facts;
mod run;
mod sensitivity;
mod sweep;
mod threshold;
mod validation;

pub use assumptions::{AssumedPoint, assumptions_table};
pub use dictionary::Entry;
pub use differences::{Difference, differences_table};
pub use facts::{Fact, Trial, facts_table, trials_table};
pub(crate) use run::outcome_columns;
pub use run::{
    Density, Fetch, Finished, Outcome, Spell, Status, Summary, Tie, TieEnd, Week, outputs_markdown,
    run_columns, weekly_table, write_run,
};
pub use sensitivity::{DesignPoint, Index, Response, sensitivity_tables};
pub use sweep::{CellContrast, CellJudged, CellReplication, LibraryPoint};
pub use threshold::{
    Breakeven, BreakevenPoint, Direction, Finding, Flip, FlipPoint, Side, Told, breakeven_tables, flip_tables,
};
pub use validation::{Validation, validation_table};

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::output::row::{REPLICATION, Row, SCENARIO};

    #[test]
    fn every_column_has_a_name_of_its_own_and_a_meaning() {
        let others = [
            Entry::COLUMNS,
            Fact::COLUMNS,
            Index::COLUMNS,
            Breakeven::COLUMNS,
            BreakevenPoint::COLUMNS,
            Flip::COLUMNS,
            FlipPoint::COLUMNS,
            Validation::COLUMNS,
        ];
        for table in run_columns().into_iter().map(|(_, columns)| columns).chain(others.map(Vec::from)) {
            let names: BTreeSet<&str> = table.iter().map(|column| column.name).collect();
            assert_eq!(names.len(), table.len());
            assert!(table.iter().all(|column| !column.meaning.is_empty()));
        }
    }

    #[test]
    fn tables_of_replications_begin_with_scenario_and_replication() {
        for table in [Density::COLUMNS, Outcome::COLUMNS, Spell::COLUMNS, Tie::COLUMNS, Week::COLUMNS] {
            assert_eq!(table[..2], [SCENARIO, REPLICATION]);
        }
    }
}
