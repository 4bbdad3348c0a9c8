//! Scenarios of the library on a map: where each lies.

use super::Map;
use crate::charts::source::Source;
use crate::output::OutputError;
use crate::output::sweep::KnobColumn;
use crate::output::tables::LibraryPoint;

/// Scenarios at one place of one panel.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Point {
    /// The scenarios that lie there, by their short names.
    pub(super) names: Vec<String>,
    /// Whether the scenario is among them that was swept.
    pub(super) is_base: bool,
    pub(super) panel: usize,
    /// Column and row, counted from the middle of the first; between two values where it lies between them.
    pub(super) at: (f64, f64),
}

impl Point {
    /// Points of one panel.
    pub(super) fn of(points: &[Self], panel: usize) -> impl Iterator<Item = &Self> {
        points.iter().filter(move |point| point.panel == panel)
    }

    /// The scenarios in words.
    pub(super) fn words(&self) -> String {
        self.names.join(", ")
    }

    /// Whether it is the setting of a cell, not one between two.
    pub(super) fn is_in(&self, column: usize, row: usize) -> bool {
        (self.at.0 - column as f64).abs() < 0.05 && (self.at.1 - row as f64).abs() < 0.05
    }
}

/// The market of the offer that the study asks about.
const OFFER: &str = "contingency";

/// The scenario that was swept, by its short name.
fn swept<'a>(source: &'a Source<'a>) -> Option<&'a String> {
    source.manifest.as_ref().and_then(|manifest| manifest["scenarios"].as_object()?.keys().next())
}

/// What the scenario that was swept is, in words.
pub(super) fn base(source: &Source) -> String {
    match swept(source) {
        Some(name) if source.file(name) == OFFER => "the offer that was made".to_owned(),
        Some(name) => format!("“{name}”"),
        None => "the scenario that was swept".to_owned(),
    }
}

/// Reads library.csv; without one, or with columns that are not the map's, there are no points.
pub(super) fn read(source: &Source, map: &Map) -> Result<Vec<Point>, OutputError> {
    if !source.has("library.csv") {
        return Ok(Vec::new());
    }
    let table = source.table("library.csv")?;
    let columns = map.knobs.iter().map(|knob| KnobColumn::named(&table, &knob.column));
    let Some(columns) = columns.collect::<Option<Vec<KnobColumn>>>() else { return Ok(Vec::new()) };
    let base = swept(source);
    let mut points: Vec<Point> = Vec::new();
    for (row, LibraryPoint { scenario, short }) in table.rows()?.into_iter().enumerate() {
        let level = |k: usize| map.knobs[k].level(&columns[k].values[row]);
        let others = map.others();
        let exactly = |k: &usize| level(*k).filter(|at| at.fract().abs() < 1e-9);
        let Some(key) = others.iter().map(exactly).collect::<Option<Vec<f64>>>() else { continue };
        let is_panel = |levels: &Vec<usize>| {
            levels.iter().zip(&key).all(|(&level, at)| (level as f64 - at).abs() < 1e-9)
        };
        let panel = map.panels.iter().position(|panel| is_panel(&panel.levels));
        let y = map.y.map_or(Some(0.0), level);
        let (Some(panel), Some(x), Some(y)) = (panel, level(map.x), y) else { continue };
        let near = |point: &&mut Point| {
            point.panel == panel && (point.at.0 - x).abs() < 0.25 && (point.at.1 - y).abs() < 0.25
        };
        let is_base = base == Some(&scenario);
        // Older tables have no short names.
        let name = short.0.unwrap_or(scenario);
        if let Some(point) = points.iter_mut().find(near) {
            point.is_base |= is_base;
            point.names.push(name);
        } else {
            points.push(Point { names: vec![name], is_base, panel, at: (x, y) });
        }
    }
    Ok(points)
}
