//! Tables in which measures stand beside typed columns, as in outcomes.csv and weekly.csv.

use super::{OutputError, RawTable, Row};
use crate::experiments::Named;
use crate::experiments::outcomes::Metric;

/// Rows by their type, and the measures that stand beside them.
#[derive(Clone, Debug)]
pub struct Measured<R> {
    /// The rows.
    pub rows: Vec<R>,
    table: RawTable,
}

impl<R: Row> Measured<R> {
    /// A table that was read.
    ///
    /// # Errors
    /// As [`RawTable::rows`].
    pub fn of(table: RawTable) -> Result<Self, OutputError> {
        Ok(Self { rows: table.rows()?, table })
    }

    /// As [`Self::of`], of a table that has a measure; without it nothing can be said, whatever else it has.
    ///
    /// # Errors
    /// If the table does not have it, before anything else that is amiss.
    pub fn with(measure: impl Named, table: RawTable) -> Result<Self, OutputError> {
        table.column(measure.name())?;
        Self::of(table)
    }

    /// Whether the table has a measure; older programs wrote fewer.
    pub fn has(&self, measure: impl Named) -> bool {
        self.table.column(measure.name()).is_ok()
    }

    /// A measure in each row, `None` where there is none or an older program did not write it.
    ///
    /// # Errors
    /// If a cell is no number.
    pub fn numbers(&self, measure: impl Named) -> Result<Vec<Option<f64>>, OutputError> {
        if self.has(measure) { self.needed(measure) } else { Ok(vec![None; self.rows.len()]) }
    }

    /// As [`Self::numbers`], of a measure without which nothing can be said.
    ///
    /// # Errors
    /// If the table does not have it, or a cell is no number.
    pub fn needed(&self, measure: impl Named) -> Result<Vec<Option<f64>>, OutputError> {
        self.needed_in(0..self.rows.len(), measure)
    }

    /// As [`Self::needed`], in some rows.
    ///
    /// # Errors
    /// As there.
    pub fn needed_in(
        &self,
        rows: impl IntoIterator<Item = usize>,
        measure: impl Named,
    ) -> Result<Vec<Option<f64>>, OutputError> {
        let column = self.table.column(measure.name())?;
        rows.into_iter().map(|row| self.table.number(row, column)).collect()
    }

    /// All outcomes of each row, in the order of the registry.
    ///
    /// # Errors
    /// If a cell is no number.
    pub fn outcomes(&self) -> Result<Vec<Vec<Option<f64>>>, OutputError> {
        self.outcomes_in(0..self.rows.len())
    }

    /// As [`Self::outcomes`], of some rows.
    ///
    /// # Errors
    /// As there.
    pub fn outcomes_in(
        &self,
        rows: impl IntoIterator<Item = usize>,
    ) -> Result<Vec<Vec<Option<f64>>>, OutputError> {
        let places: Vec<Option<usize>> = Metric::all().map(|m| self.table.column(m.name()).ok()).collect();
        let number =
            |row: usize, place: &Option<usize>| place.map_or(Ok(None), |at| self.table.number(row, at));
        rows.into_iter().map(|row| places.iter().map(|place| number(row, place)).collect()).collect()
    }

    /// The means of an outcome and the ends of their intervals, as in a map of cells.
    ///
    /// # Errors
    /// If the table does not have the means, or a cell is no number.
    pub fn with_ends(&self, metric: Metric) -> Result<[Vec<Option<f64>>; 3], OutputError> {
        let end = |end: &str| {
            let name = format!("{}_{end}", metric.name());
            let has = self.table.column(&name).is_ok();
            if has { self.table.numbers(&name) } else { Ok(vec![None; self.rows.len()]) }
        };
        Ok([self.needed(metric)?, end("low")?, end("high")?])
    }

    /// The table that it was read from.
    #[must_use]
    pub fn table(&self) -> &RawTable {
        &self.table
    }

    /// The error of a cell that does not hold what it should.
    ///
    /// # Errors
    /// If there is no such column.
    pub fn wrong(
        &self,
        row: usize,
        column: &str,
        expected: &'static str,
    ) -> Result<OutputError, OutputError> {
        Ok(self.table.wrong(row, self.table.column(column)?, expected))
    }
}

/// Takes out numbers that are not finite, and says how many there were.
pub fn left_out(values: &mut [Option<f64>]) -> usize {
    let broken = values.iter_mut().filter(|value| value.is_some_and(|number| !number.is_finite()));
    broken.map(|value| *value = None).count()
}
