//! Rows of cells.csv as they lie in blocks: one record each, without a header.

use super::columns::cells_columns;
use crate::experiments::outcomes;
use crate::experiments::sweep::{Axis, Row, Sweep, Values};
use crate::output::tables::CellReplication;
use crate::output::{Added, Cell, Row as _};

/// A value of a knob as tables show it.
pub(super) fn knob_cell(axis: &Axis, value: &str) -> Cell {
    match value.parse::<f64>() {
        Ok(number) if axis.alternatives.is_empty() && number.is_finite() => Cell::Num(number),
        _ => Cell::Text(value.trim_matches('"').to_owned()),
    }
}

/// The cells of a row, and after its first, the number of the cell, the knobs.
pub(super) fn cells_with_knobs(sweep: &Sweep, cell: usize, row: impl crate::output::Row) -> Vec<Cell> {
    let mut cells = row.cells();
    let knobs = sweep.axes.iter().zip(&sweep.cells[cell]);
    cells.splice(1..1, knobs.map(|(axis, value)| knob_cell(axis, value)));
    cells
}

/// The texts of a row, one for each column of cells.csv.
fn texts(sweep: &Sweep, row: &Row) -> Vec<String> {
    let result = row.result.as_ref();
    let head = CellReplication {
        cell: row.cell,
        replication: row.replication.into(),
        weeks: Added(Some(Some(sweep.base.run.weeks))),
        status: result.map_or_else(Clone::clone, |_| "ok".to_owned()),
        opening_hash: Added(Some(result.ok().map(|values| values.opening_hash.clone()))),
    };
    let mut cells = cells_with_knobs(sweep, row.cell, head);
    cells.extend(result.into_iter().flat_map(|values| &values.outcomes).map(|&value| Cell::maybe(value)));
    cells.resize(width(sweep), Cell::Empty);
    cells.iter().map(Cell::text).collect()
}

/// Cells of a row.
fn width(sweep: &Sweep) -> usize {
    CellReplication::COLUMNS.len() + sweep.axes.len() + outcomes::columns().len()
}

/// The row as a block holds it.
#[must_use]
pub fn encode(sweep: &Sweep, row: &Row) -> Vec<u8> {
    let mut out = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    let written = out.write_record(texts(sweep, row));
    written.ok().and_then(|()| out.into_inner().ok()).expect("memory takes every byte, promised by Vec")
}

/// The row of a block, with its texts.
///
/// # Errors
/// What is wrong, if the bytes are no row of this point.
pub fn decode(sweep: &Sweep, point: u64, bytes: &[u8]) -> Result<(Row, Vec<String>), String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(bytes);
    let mut records = reader.records();
    let (Some(Ok(record)), None) = (records.next(), records.next()) else {
        return Err("it is not one row".to_owned());
    };
    let texts: Vec<String> = record.iter().map(str::to_owned).collect();
    let row = parse(sweep, &texts)?;
    if sweep.point(row.cell, row.replication) != point || row.cell >= sweep.cells.len() {
        return Err(format!("it is the row of cell {}, replication {}", row.cell, row.replication));
    }
    Ok((row, texts))
}

/// Reads the texts of a row.
fn parse(sweep: &Sweep, texts: &[String]) -> Result<Row, String> {
    if texts.len() != width(sweep) {
        return Err(format!("it has {} cells for {} columns", texts.len(), width(sweep)));
    }
    let wrong = |position: usize| {
        format!("{:?} cannot stand in column {}", texts[position], cells_columns(sweep)[position].name)
    };
    let replication = 1 + sweep.axes.len();
    let weeks = replication + 1;
    let status = weeks + 1;
    let key = (texts[0].parse(), texts[replication].parse());
    let (Ok(cell), Ok(number)) = key else { return Err(wrong(0)) };
    if texts[weeks] != sweep.base.run.weeks.to_string() {
        return Err(wrong(weeks));
    }
    if texts[status] != "ok" {
        return Ok(Row { cell, replication: number, result: Err(texts[status].clone()) });
    }
    let start = status + 2;
    let number_at = |position: usize| match texts[position].as_str() {
        "" => Ok(None),
        text => text.parse::<f64>().map(Some).map_err(|_| wrong(position)),
    };
    let outcomes: Result<Vec<Option<f64>>, String> =
        (start..start + outcomes::columns().len()).map(number_at).collect();
    let values = Values { opening_hash: texts[status + 1].clone(), outcomes: outcomes? };
    Ok(Row { cell, replication: number, result: Ok(values) })
}
