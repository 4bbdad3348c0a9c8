//! Tables read back from their files, with the line and column of whatever does not fit.

use std::path::{Path, PathBuf};

use super::OutputError;
use crate::files;

/// A table as it stands in its file, cells as text.
#[derive(Clone, Debug)]
pub struct RawTable {
    path: PathBuf,
    columns: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

/// Reads a CSV file with a header.
///
/// # Errors
/// If it cannot be read, or a row has another width than the header.
pub fn read_table(path: &Path) -> Result<RawTable, OutputError> {
    let bad = |error: csv::Error| {
        let message = error.to_string();
        match error.into_kind() {
            csv::ErrorKind::Io(source) => OutputError::io("read", path)(source),
            _ => OutputError::Csv { path: path.to_path_buf(), message },
        }
    };
    let mut reader = csv::Reader::from_reader(files::open(path).map_err(OutputError::io("read", path))?);
    let columns: Vec<String> = reader.headers().map_err(bad)?.iter().map(str::to_owned).collect();
    if columns.is_empty() {
        let message = "the file is empty; a table begins with the names of its columns".to_owned();
        return Err(OutputError::Csv { path: path.to_path_buf(), message });
    }
    let rows = reader.records().collect::<Result<_, _>>().map_err(bad)?;
    Ok(RawTable { path: path.to_path_buf(), columns, rows })
}

impl RawTable {
    /// The file it was read from.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Column names in order.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    /// Number of rows.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table with other words in one column; as it is where there is no such column.
    ///
    /// - `says`: the new words for a cell, where it is to have others
    #[must_use]
    pub(crate) fn with_words<'a>(mut self, column: &str, says: impl Fn(&str) -> Option<&'a str>) -> Self {
        let Ok(place) = self.column(column) else { return self };
        for row in &mut self.rows {
            if let Some(words) = row.get(place).and_then(&says) {
                *row =
                    row.iter().enumerate().map(|(at, cell)| if at == place { words } else { cell }).collect();
            }
        }
        self
    }

    /// The table without the rows that have such a cell in one column; as it is where there is no such column.
    #[must_use]
    pub(crate) fn without(mut self, column: &str, is_such: impl Fn(&str) -> bool) -> Self {
        if let Ok(place) = self.column(column) {
            self.rows.retain(|row| !row.get(place).is_some_and(&is_such));
        }
        self
    }

    /// Position of a column.
    ///
    /// # Errors
    /// If there is none of that name.
    pub fn column(&self, name: &str) -> Result<usize, OutputError> {
        self.columns.iter().position(|column| column == name).ok_or_else(|| OutputError::NoColumn {
            path: self.path.clone(),
            column: name.to_owned(),
            found: self.columns.clone(),
        })
    }

    /// A cell as text; empty outside the table.
    #[must_use]
    pub fn text(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|cells| cells.get(column)).unwrap_or_default()
    }

    /// A cell as a number, `None` where it is empty; the number may be one that is not finite.
    ///
    /// # Errors
    /// If it is anything else.
    pub fn number(&self, row: usize, column: usize) -> Result<Option<f64>, OutputError> {
        self.parse(row, column, "a number")
    }

    /// A cell that must hold a finite number.
    ///
    /// # Errors
    /// If it is empty, not a number, or not finite.
    pub fn finite(&self, row: usize, column: usize) -> Result<f64, OutputError> {
        let found = self.number(row, column)?.filter(|value| value.is_finite());
        found.ok_or_else(|| self.wrong(row, column, "a finite number"))
    }

    /// A cell as a whole number, `None` where it is empty.
    ///
    /// # Errors
    /// If it is anything else.
    pub fn integer(&self, row: usize, column: usize) -> Result<Option<i64>, OutputError> {
        self.parse(row, column, "a whole number")
    }

    /// A cell that says yes or no, `None` where it is empty: where it could not be told.
    ///
    /// # Errors
    /// If it is anything else.
    pub fn yes_or_no(&self, row: usize, column: usize) -> Result<Option<bool>, OutputError> {
        match self.text(row, column) {
            "" => Ok(None),
            "yes" => Ok(Some(true)),
            "no" => Ok(Some(false)),
            _ => Err(self.wrong(row, column, "yes or no")),
        }
    }

    /// A cell that must hold a whole number.
    ///
    /// # Errors
    /// If it is empty or anything else.
    pub fn whole(&self, row: usize, column: usize) -> Result<i64, OutputError> {
        self.integer(row, column)?.ok_or_else(|| self.wrong(row, column, "a whole number"))
    }

    /// A whole column of numbers, `None` where a cell is empty.
    ///
    /// # Errors
    /// If there is no such column, or a cell is anything else.
    pub fn numbers(&self, name: &str) -> Result<Vec<Option<f64>>, OutputError> {
        let column = self.column(name)?;
        (0..self.len()).map(|row| self.number(row, column)).collect()
    }

    /// The error of a cell that does not hold what it should.
    #[must_use]
    pub fn wrong(&self, row: usize, column: usize, expected: &'static str) -> OutputError {
        let line = self.rows.get(row).and_then(|cells| cells.position()).map_or(0, csv::Position::line);
        OutputError::Cell {
            path: self.path.clone(),
            line,
            column: self.columns.get(column).cloned().unwrap_or_default(),
            expected,
            found: self.text(row, column).to_owned(),
        }
    }

    fn parse<T: std::str::FromStr>(
        &self,
        row: usize,
        column: usize,
        expected: &'static str,
    ) -> Result<Option<T>, OutputError> {
        match self.text(row, column) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| self.wrong(row, column, expected)),
        }
    }
}
