//! A table: columns that say what they mean, and rows of cells.

use super::OutputError;
use super::row::Row;

/// One value of a table.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing happened, so there is no value; never a stand-in for zero.
    Empty,
    /// A count.
    Int(i64),
    /// A number; writing one that is not finite is an error.
    Num(f64),
    /// Words.
    Text(String),
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name in the header.
    pub name: &'static str,
    /// Its unit, such as "weeks" or "share"; empty for words and identifiers.
    pub unit: &'static str,
    /// What it counts, over what, and what an empty cell means.
    pub meaning: &'static str,
}

/// Rows under columns, to be written as `name.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// File stem.
    pub name: &'static str,
    /// Columns in the order of the cells.
    pub columns: Vec<Column>,
    /// Rows, each with one cell for each column.
    pub rows: Vec<Vec<Cell>>,
}

impl Column {
    /// A column, for lists of constants.
    #[must_use]
    pub const fn new(name: &'static str, unit: &'static str, meaning: &'static str) -> Self {
        Self { name, unit, meaning }
    }
}

impl Table {
    /// A table without rows.
    #[must_use]
    pub fn new(name: &'static str, columns: &[Column]) -> Self {
        Self { name, columns: columns.to_vec(), rows: Vec::new() }
    }

    /// The table of rows.
    #[must_use]
    pub fn of<R: Row>(rows: impl IntoIterator<Item = R>) -> Self {
        let mut table = Self::new(R::NAME, R::COLUMNS);
        table.rows.extend(rows.into_iter().map(R::cells));
        table
    }

    /// A table without rows that has more columns than its row: those that only this run knows.
    #[must_use]
    pub fn with<R: Row>(more: impl IntoIterator<Item = Column>) -> Self {
        let mut table = Self::new(R::NAME, R::COLUMNS);
        table.columns.extend(more);
        table
    }

    /// Adds a row and its cells in the further columns; those that are not given are empty.
    pub fn push_with<R: Row>(&mut self, row: R, more: impl IntoIterator<Item = Cell>) {
        let mut cells = row.cells();
        cells.extend(more);
        cells.resize(cells.len().max(self.columns.len()), Cell::Empty);
        self.rows.push(cells);
    }

    /// Adds a row.
    pub fn push(&mut self, row: Vec<Cell>) {
        self.rows.push(row);
    }
}

impl Cell {
    /// The cell of a value that may be missing.
    #[must_use]
    pub fn maybe<T: Into<Self>>(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }

    /// The text of the cell as it stands in the file: floats in the shortest form that reads back the same, −0 as 0.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Int(value) => value.to_string(),
            Self::Num(value) => format!("{}", value + 0.0),
            Self::Text(value) => value.clone(),
        }
    }
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Self::Num(value)
    }
}

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<u32> for Cell {
    fn from(value: u32) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<u64> for Cell {
    /// Counts above 2⁶³ − 1, which no run reaches, are written as that.
    fn from(value: u64) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<usize> for Cell {
    /// As from `u64`.
    fn from(value: usize) -> Self {
        Self::Int(i64::try_from(value).unwrap_or(i64::MAX))
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Int(i64::from(value))
    }
}

impl From<&str> for Cell {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Cell {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

/// Refuses a row of the wrong width or with a number that is not finite.
pub(crate) fn check_row(
    table: &str,
    columns: &[Column],
    row: usize,
    cells: &[Cell],
) -> Result<(), OutputError> {
    if cells.len() != columns.len() {
        return Err(OutputError::Width {
            table: table.to_owned(),
            row,
            found: cells.len(),
            expected: columns.len(),
        });
    }
    for (column, cell) in columns.iter().zip(cells) {
        if let Cell::Num(value) = cell
            && !value.is_finite()
        {
            let (table, column) = (table.to_owned(), column.name.to_owned());
            return Err(OutputError::NotFinite { table, row, column, value: *value });
        }
    }
    Ok(())
}
