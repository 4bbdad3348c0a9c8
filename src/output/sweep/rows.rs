//! Rows of cells.csv as they lie in blocks: one record each, without a header.

use super::columns::cells_columns;
use crate::experiments::outcomes;
use crate::experiments::sweep::{Axis, Row, Sweep, Values};
use crate::output::tables::{CellReplication, SweepCell};
use crate::output::{Cell, Row as _};

/// A value of a knob as tables show it.
pub(super) fn knob_cell(axis: &Axis, value: &str) -> Cell {
    match value.parse::<f64>() {
        Ok(number) if axis.alternatives.is_empty() && number.is_finite() => Cell::Num(number),
        _ => Cell::Text(value.trim_matches('"').to_owned()),
    }
}

/// The knobs of a cell as tables show them.
pub(super) fn knob_cells(sweep: &Sweep, cell: usize) -> Vec<Cell> {
    sweep.axes.iter().zip(&sweep.cells[cell]).map(|(axis, value)| knob_cell(axis, value)).collect()
}

/// The texts of a row from `status` on, the same in cells.csv and in the outcomes.csv of a run.
#[must_use]
pub fn result_texts(result: &Result<Values, String>) -> Vec<String> {
    let mut cells = Vec::new();
    match result {
        Ok(values) => {
            cells.push("ok".into());
            cells.push(values.opening_hash.as_str().into());
            cells.extend(values.outcomes.iter().map(|&value| Cell::maybe(value)));
        }
        Err(why) => cells.push(why.as_str().into()),
    }
    cells.resize(2 + outcomes::columns().len(), Cell::Empty);
    cells.iter().map(Cell::text).collect()
}

/// The texts of a row, one for each column of cells.csv.
fn texts(sweep: &Sweep, row: &Row) -> Vec<String> {
    let mut cells = SweepCell { cell: row.cell }.cells();
    cells.extend(knob_cells(sweep, row.cell));
    cells.push(row.replication.into());
    let mut texts: Vec<String> = cells.iter().map(Cell::text).collect();
    texts.extend(result_texts(&row.result));
    texts
}

/// Cells of a row.
fn width(sweep: &Sweep) -> usize {
    let fixed = SweepCell::COLUMNS.len() + CellReplication::COLUMNS.len();
    fixed + sweep.axes.len() + outcomes::columns().len()
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
    let status = replication + 1;
    let key = (texts[0].parse(), texts[replication].parse());
    let (Ok(cell), Ok(number)) = key else { return Err(wrong(0)) };
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
