//! Where columns of panels stand across the page, and how much room is left for what is written beside their plots.

use super::axes::{self, Ends};
use super::labels::Label;
use super::lettering::{says_width, widest_name};
use crate::charts::figure::{Entry, Figure, Kind, Layer, Panel, Row, Shape};
use crate::charts::font;
use crate::charts::style::{INK, LABEL, Rgb, SMALL};

/// Pixels from left to right: words, plot, words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) outer: f64,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) end: f64,
    /// Room for names of lines of its plots; 0 where they share those of the column before.
    pub(super) names: f64,
    /// Room for labels at the ends of lines.
    pub(super) labels: f64,
}

/// Between columns.
const GAP: f64 = 16.0;
/// Half of a wide number below the end of an axis, such as "100 %", so that it keeps off the first one of the next.
const TICK: f64 = 20.0;

/// - `names`: room at the left for names of rows
/// - `labels`: room in each column for labels of lines
pub(super) fn columns(figure: &Figure, ends: &[Vec<Ends>], names: f64, labels: &[f64]) -> Vec<Column> {
    let count = labels.len();
    let gutters: Vec<(f64, f64, f64)> = (0..count)
        .map(|column| {
            let cells = || figure.rows.iter().zip(ends).filter(|(row, _)| row.panels.len() > column);
            let named = cells().filter(|(row, _)| is_named(row, column));
            let names =
                named.map(|(row, _)| room_for_names(&row.panels[column], row, figure)).fold(0.0, f64::max);
            let ticks = cells().map(|(row, ends)| ticks_width(&row.panels[column], &ends[column]));
            let before = ticks.fold(names, f64::max);
            let says =
                cells().map(|(row, _)| says_width(&row.panels[column], figure.is_narrow)).fold(0.0, f64::max);
            let after = says.max(labels[column]).max(if column + 1 < count { TICK } else { 12.0 });
            (before, after, names)
        })
        .collect();
    let taken: f64 = gutters.iter().map(|(before, after, _)| before + after).sum();
    let each = (figure.room() - names - taken - GAP * (count - 1) as f64) / count as f64;
    let mut outer = figure.margin() + names;
    let place = |(&(before, after, names), &labels): (&(f64, f64, f64), &f64)| {
        let left = outer + before;
        let column = Column { outer, left, right: left + each, end: left + each + after, names, labels };
        outer = column.end + GAP;
        column
    };
    gutters.iter().zip(labels).map(place).collect()
}

/// Whether the names of a panel's lines are not those at its left.
pub(super) fn is_named(row: &Row, column: usize) -> bool {
    let names = |column: usize| row.panels.get(column).map(|panel| panel.y.list());
    names(column).is_some_and(|own| !own.is_empty() && (column == 0 || names(column - 1) != Some(own)))
}

/// Room for the names of a panel's lines, with the gap to the plot.
fn room_for_names(panel: &Panel, row: &Row, figure: &Figure) -> f64 {
    let room = figure.room();
    let own = (0..row.panels.len()).filter(|&column| is_named(row, column)).count();
    let most = match (row.panels.len(), own) {
        _ if figure.is_narrow => 0.38 * room,
        (1, _) if panel.y.list().iter().all(|name| name.is_bold) => 0.22 * room,
        (1, _) => 0.36 * room,
        (panels, own) if panels == own => 0.33 * room / panels as f64,
        _ if panel.x.has_names() => 0.21 * room,
        (panels, _) if panels < 4 => 0.28 * room,
        _ => 0.2 * room,
    };
    let title = font::width(&panel.y.title, SMALL, true);
    // Words in the middle of their place reach beyond the plot.
    let half = if panel.layers.iter().any(|layer| layer.shape == Shape::Word) { 26.0 } else { 0.0 };
    widest_name(panel.y.list()).max(if panel.x.has_names() { title } else { 0.0 }).min(most) + 14.0 + half
}

/// Room for the ticks of a vertical axis.
fn ticks_width(panel: &Panel, ends: &Ends) -> f64 {
    if panel.y.has_names() || panel.y.kind == Kind::Bare {
        return 0.0;
    }
    let y = axes::scale(&panel.y, ends.y, panel.height.unwrap_or(100.0), 0.0);
    let ticks = axes::up(&panel.y, &y).into_iter().chain(y.ticks(4.0, panel.y.tick));
    ticks.map(|tick| font::width(&tick.text, SMALL, false)).fold(0.0, f64::max) + 10.0
}

/// Room at the left for names of rows.
pub(super) fn names_of_rows(figure: &Figure) -> f64 {
    let names = figure.rows.iter().filter_map(|row| row.name.as_ref());
    let widest = names.clone().map(|name| font::width(&name.text, LABEL, true));
    let notes = names.flat_map(|name| &name.notes).map(|note| font::width(note, SMALL, false));
    let most = if figure.rows.iter().any(|row| row.panels.len() > 3) { 206.0 } else { 158.0 };
    widest.chain(notes).fold(0.0, f64::max).min(most - 18.0) + 18.0
}

/// Lines of a panel that have a label and a point.
fn labelled(panel: &Panel) -> impl Iterator<Item = &Layer> {
    let has_point = |layer: &&Layer| layer.points.iter().any(|point| point.value.is_some());
    panel.layers.iter().filter(|layer| !layer.label.is_empty()).filter(has_point)
}

/// Room in each column for labels at the ends of lines; none anywhere if those of one plot do not fit, or if no plot has
/// several.
pub(super) fn labels(figure: &Figure, across: usize) -> Vec<f64> {
    let all = || figure.rows.iter().flat_map(|row| row.panels.iter().enumerate());
    if !all().any(|(_, panel)| panel.layers.iter().filter(|layer| !layer.label.is_empty()).count() > 1) {
        return vec![0.0; across];
    }
    let each = figure.room() / across as f64;
    // Where a line ends early, its label says so, if there is room.
    let text = |layer: &Layer, panel: &Panel| {
        let is_weeks = panel.x.kind == Kind::Weeks && matches!(layer.shape, Shape::Line { .. });
        format!("{}{}", layer.label, if is_weeks { ", to week\u{a0}100" } else { "" })
    };
    let room = |column: usize| {
        let layers = all().filter(|(place, _)| *place == column).flat_map(|(_, panel)| labelled(panel));
        let widest = layers.map(|layer| font::width(&layer.label, SMALL, false)).fold(0.0, f64::max);
        if widest > 0.0 { (widest + 20.0).clamp(64.0, (0.34 * each).max(64.0)) } else { 0.0 }
    };
    let rooms: Vec<f64> = (0..across).map(room).collect();
    let rows = figure.rows.len() as f64;
    let fits = |(column, panel): (usize, &Panel)| {
        let height = panel.height.unwrap_or((620.0 / rows).clamp(60.0, 250.0) - 17.0);
        let label = |layer: &Layer| Label::new(0.0, &text(layer, panel), INK, rooms[column] - 16.0).height();
        labelled(panel).map(label).sum::<f64>() <= height + 14.0
    };
    if all().all(fits) { rooms } else { vec![0.0; across] }
}

/// Names and colours of all lines, once each; none where there are not several.
pub(super) fn key_of_lines(figure: &Figure) -> Vec<Entry> {
    let mut lines: Vec<(Rgb, &str)> = Vec::new();
    for layer in figure.rows.iter().flat_map(|row| &row.panels).flat_map(labelled) {
        if lines.iter().all(|line| line.1 != layer.label) {
            lines.push((layer.colour, &layer.label));
        }
    }
    let entry = |(colour, label): (Rgb, &str)| Entry::Line(colour, label.to_owned());
    if lines.len() > 1 { lines.into_iter().map(entry).collect() } else { Vec::new() }
}
