//! The knobs of a sweep as its tables have them: columns that only the sweep knows, after the number of the cell.

use std::path::Path;

use crate::output::tables::Entry;
use crate::output::{OutputError, RawTable, Row, read_table};

/// A knob, by the rows of a table.
#[derive(Clone, Debug)]
pub struct KnobColumn {
    /// Name of the column.
    pub name: String,
    /// What the dictionary of the folder says of it.
    pub entry: Option<Entry>,
    /// Its value in each row, as it stands there.
    pub values: Vec<String>,
    place: usize,
}

impl KnobColumn {
    /// The knobs of a table: what stands between the first column of its row and the second.
    ///
    /// # Errors
    /// If the table lacks either.
    pub fn all<R: Row>(table: &RawTable, dictionary: &[Entry]) -> Result<Vec<Self>, OutputError> {
        let [first, second] = [0, 1].map(|column| table.column(R::COLUMNS[column].name));
        let first = first? + 1;
        let entry = |name: &str| {
            let is_it =
                |entry: &&Entry| entry.table.trim_end_matches(".csv") == R::NAME && entry.column == name;
            dictionary.iter().find(is_it).cloned()
        };
        let knob = |place: usize| Self { entry: entry(&table.columns()[place]), ..Self::at(table, place) };
        Ok((first..second?.max(first)).map(knob).collect())
    }

    /// A knob by its name, without what the dictionary says; `None` if the table does not have it.
    #[must_use]
    pub fn named(table: &RawTable, name: &str) -> Option<Self> {
        table.column(name).ok().map(|place| Self::at(table, place))
    }

    fn at(table: &RawTable, place: usize) -> Self {
        let values = (0..table.len()).map(|row| table.text(row, place).to_owned()).collect();
        Self { name: table.columns()[place].clone(), entry: None, values, place }
    }

    /// Its value in a row of the table that it is of, which must be a finite number.
    ///
    /// # Errors
    /// If it is not.
    pub fn number(&self, table: &RawTable, row: usize) -> Result<f64, OutputError> {
        table.finite(row, self.place)
    }
}

/// The dictionary of a folder; nothing where it has none.
///
/// # Errors
/// If it cannot be read.
pub fn dictionary(folder: &Path) -> Result<Vec<Entry>, OutputError> {
    let path = folder.join("columns.csv");
    if path.is_file() { read_table(&path)?.rows() } else { Ok(Vec::new()) }
}
