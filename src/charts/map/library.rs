//! Scenarios of the library on a map: where each lies, and the letter that it is marked with.

use super::Map;
use crate::charts::source::Source;
use crate::output::OutputError;

/// Scenarios at one place of one panel.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Point {
    /// What it is marked with.
    pub(super) letter: char,
    /// The scenarios that lie there.
    pub(super) names: Vec<String>,
    panel: usize,
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
}

/// Reads library.csv; without one, or with columns that are not the map's, there are no points.
pub(super) fn read(source: &Source, map: &Map) -> Result<Vec<Point>, OutputError> {
    if !source.has("library.csv") {
        return Ok(Vec::new());
    }
    let table = source.table("library.csv")?;
    let scenario = table.column("scenario")?;
    let columns: Result<Vec<usize>, OutputError> =
        map.knobs.iter().map(|knob| table.column(&knob.name)).collect();
    let Ok(columns) = columns else { return Ok(Vec::new()) };
    let mut points: Vec<Point> = Vec::new();
    let mut letters = 'A'..='Z';
    for row in 0..table.len() {
        let name = table.text(row, scenario).to_owned();
        let level = |k: usize| map.knobs[k].level(table.text(row, columns[k]));
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
        if let Some(point) = points.iter_mut().find(near) {
            point.names.push(name);
        } else if let Some(letter) = letters.next() {
            points.push(Point { letter, names: vec![name], panel, at: (x, y) });
        }
    }
    Ok(points)
}

impl super::Knob {
    /// Where a value lies among the levels, from 0; between two of them where it is a number between them.
    fn level(&self, text: &str) -> Option<f64> {
        if let Some(level) = self.values.iter().position(|value| value == text) {
            return Some(level as f64);
        }
        let number: f64 = text.parse().ok().filter(|_| self.is_number())?;
        let levels: Vec<f64> = self.values.iter().filter_map(|value| value.parse().ok()).collect();
        let below = levels.windows(2).position(|pair| pair[0] <= number && number <= pair[1])?;
        let (low, high) = (levels[below], levels[below + 1]);
        Some(below as f64 + (number - low) / (high - low))
    }
}
