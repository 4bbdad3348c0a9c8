//! Tables read back from their files, with the line and column of whatever does not fit.

use std::path::{Path, PathBuf};

use super::{OutputError, Row};
use crate::files;

/// A table as it stands in its file, cells as text.
///
/// All texts lie behind one another in one string: the weeks of a long run are ten million cells.
#[derive(Clone, Debug)]
pub struct RawTable {
    path: PathBuf,
    columns: Vec<String>,
    text: String,
    /// Where each cell ends in the text, row by row.
    ends: Vec<u32>,
    /// Line of the file on which each row begins.
    lines: Vec<u64>,
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
    let mut table = RawTable::new(path, columns);
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(bad)? {
        table.add(record.iter(), record.position().map_or(0, csv::Position::line))?;
    }
    Ok(table)
}

impl RawTable {
    fn new(path: &Path, columns: Vec<String>) -> Self {
        Self { path: path.to_path_buf(), columns, text: String::new(), ends: Vec::new(), lines: Vec::new() }
    }

    /// Adds a row, which has a cell for each column.
    fn add<'a>(&mut self, cells: impl Iterator<Item = &'a str>, line: u64) -> Result<(), OutputError> {
        for cell in cells {
            self.text.push_str(cell);
            let end = u32::try_from(self.text.len()).map_err(|_| {
                let message = "it has more text than a table can have, 4 GiB".to_owned();
                OutputError::Csv { path: self.path.clone(), message }
            })?;
            self.ends.push(end);
        }
        self.lines.push(line);
        Ok(())
    }

    /// The table with its rows made anew by `row`, or left out where that gives `None`.
    fn made_anew<'a>(
        &'a self,
        row: impl Fn(Vec<&'a str>) -> Option<Vec<&'a str>>,
    ) -> Result<Self, OutputError> {
        let mut table = Self::new(&self.path, self.columns.clone());
        for (number, &line) in self.lines.iter().enumerate() {
            let cells = (0..self.columns.len()).map(|column| self.text(number, column)).collect();
            if let Some(cells) = row(cells) {
                table.add(cells.into_iter(), line)?;
            }
        }
        Ok(table)
    }

    /// Its rows, by their type.
    ///
    /// # Errors
    /// If a column is lacking, or a cell does not hold what its column promises.
    pub fn rows<R: Row>(&self) -> Result<Vec<R>, OutputError> {
        R::read(self)
    }

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
        self.lines.len()
    }

    /// Whether it has no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The table with other words in one column; as it is where there is no such column.
    ///
    /// - `says`: the new words for a cell, where it is to have others
    ///
    /// # Errors
    /// If the words are longer than a table can have.
    pub(crate) fn with_words<'a>(
        self,
        column: &str,
        says: impl Fn(&str) -> Option<&'a str>,
    ) -> Result<Self, OutputError> {
        let Ok(place) = self.column(column) else { return Ok(self) };
        if (0..self.len()).all(|row| says(self.text(row, place)).is_none()) {
            return Ok(self);
        }
        self.made_anew(|mut row| {
            row[place] = says(row[place]).unwrap_or(row[place]);
            Some(row)
        })
    }

    /// The table without the rows that have such a cell in one column; as it is where there is no such column.
    ///
    /// # Errors
    /// As [`Self::with_words`].
    pub(crate) fn without(self, column: &str, is_such: impl Fn(&str) -> bool) -> Result<Self, OutputError> {
        let Ok(place) = self.column(column) else { return Ok(self) };
        if !(0..self.len()).any(|row| is_such(self.text(row, place))) {
            return Ok(self);
        }
        self.made_anew(|row| (!is_such(row[place])).then_some(row))
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
        if row >= self.lines.len() || column >= self.columns.len() {
            return "";
        }
        let cell = row * self.columns.len() + column;
        let start = cell.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.text[start as usize..self.ends[cell] as usize]
    }

    /// A cell as a number, `None` where it is empty; the number may be one that is not finite.
    ///
    /// # Errors
    /// If it is anything else.
    pub fn number(&self, row: usize, column: usize) -> Result<Option<f64>, OutputError> {
        match self.text(row, column) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| self.wrong(row, column, "a number")),
        }
    }

    /// A cell that must hold a finite number.
    ///
    /// # Errors
    /// If it is empty, not a number, or not finite.
    pub fn finite(&self, row: usize, column: usize) -> Result<f64, OutputError> {
        let found = self.number(row, column)?.filter(|value| value.is_finite());
        found.ok_or_else(|| self.wrong(row, column, "a finite number"))
    }

    /// A cell that must hold a whole number.
    ///
    /// # Errors
    /// If it is empty or anything else.
    pub fn whole(&self, row: usize, column: usize) -> Result<i64, OutputError> {
        self.text(row, column).parse().map_err(|_| self.wrong(row, column, "a whole number"))
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
        let line = self.lines.get(row).copied().unwrap_or(0);
        OutputError::Cell {
            path: self.path.clone(),
            line,
            column: self.columns.get(column).cloned().unwrap_or_default(),
            expected,
            found: self.text(row, column).to_owned(),
        }
    }
}
