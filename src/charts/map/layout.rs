//! Where the cells of a map stand: panels side by side, names of rows at the left, of columns below.

use super::Map;
use crate::charts::font;
use crate::charts::marks::{Anchor, Mark};
use crate::charts::page::Page;
use crate::charts::style::{HEADING, INK, MARGIN, SMALL, SOFT, WIDTH};

/// Between the panels.
const GAP: f64 = 22.0;
/// Between the heading and the cells.
const HEAD: f64 = 14.0;
/// Below the names of columns: the knob, and the gap to the next panel.
const FOOT: f64 = 40.0;
/// A line of a name.
const LINE: f64 = 12.5;
/// A line of a heading.
const HEAD_LINE: f64 = 16.0;
/// Widest names of rows.
const NAMES: f64 = 190.0;
/// Widest and highest a cell may be.
const WIDEST: f64 = 240.0;
const HIGHEST: f64 = 110.0;
/// Lines of the name of a column; those of a row may be as many as it needs.
const MOST_LINES: usize = 6;

/// The measures of a page of maps.
pub(super) struct Layout {
    pub(super) wide: f64,
    pub(super) high: f64,
    names: f64,
    across: usize,
    columns: usize,
    rows: usize,
    panels: usize,
    /// Lines of the names of columns.
    lines: usize,
    /// Height of the headings of panels.
    head: f64,
}

impl Layout {
    /// - `high`: height of a cell, or `None` for what suits their number
    pub(super) fn of(map: &Map, high: Option<f64>) -> Self {
        let (columns, rows, panels) = (map.columns().max(1), map.rows(), map.panels.len().max(1));
        let labels = map.y.map_or(Vec::new(), |y| (0..rows).map(|row| map.knobs[y].label(row)).collect());
        let title = map.y.map_or(0.0, |y| font::width(&map.knobs[y].title(), SMALL, true));
        let widest = labels.iter().map(|label| font::width(label, SMALL, false)).fold(title, f64::max);
        let names = if map.y.is_some() { (widest + 2.0).min(NAMES) + 10.0 } else { 40.0 };
        let across = if panels == 1 { 1 } else { 2 };
        let room = WIDTH - 2.0 * MARGIN - names - GAP * (across - 1) as f64;
        let wide = (room / across as f64 / columns as f64).min(WIDEST);
        let lines = labels.iter().map(|label| font::wrap(label, names - 10.0, SMALL, false, 99).len());
        let needed = LINE * lines.max().unwrap_or(1) as f64 + 4.0;
        let is_counted = map.y.is_none_or(|y| map.knobs[y].is_number());
        let suits = (420.0 / rows as f64).clamp(13.0, (0.6 * wide).clamp(34.0, HIGHEST));
        let high = high.unwrap_or(if is_counted { suits } else { suits.max(needed) });
        let mut layout = Self { wide, high, names, across, columns, rows, panels, lines: 1, head: 0.0 };
        let lines = layout.column_names(map).into_iter().map(|(_, lines)| lines.len());
        layout.lines = lines.max().unwrap_or(1);
        let headings = (0..map.panels.len()).map(|panel| layout.heading(map, panel).len());
        let headings = HEAD_LINE * headings.max().unwrap_or(1) as f64;
        layout.head = HEAD + headings.max(LINE * layout.row_title(map).len() as f64);
        layout
    }

    fn panel_height(&self) -> f64 {
        self.head + self.high * self.rows as f64 + LINE * self.lines as f64 + FOOT
    }

    /// Height of all panels.
    pub(super) fn height(&self) -> f64 {
        self.panel_height() * self.panels.div_ceil(self.across) as f64 - 6.0
    }

    /// Left and top of the cells of a panel, under `top`.
    pub(super) fn corner(&self, panel: usize, top: f64) -> (f64, f64) {
        let place = (panel % self.across) as f64;
        let left = MARGIN + self.names + place * (self.wide * self.columns as f64 + GAP);
        (left, top + self.head + self.panel_height() * (panel / self.across) as f64)
    }

    /// Heading, names of rows and columns of a panel.
    pub(super) fn frame(&self, page: &mut Page, map: &Map, panel: usize, top: f64) {
        let (left, top) = self.corner(panel, top);
        for (line, text) in self.heading(map, panel).into_iter().rev().enumerate() {
            let y = top - 22.0 - HEAD_LINE * line as f64;
            page.add(Mark::text((left, y), text, HEADING, INK).bold());
        }
        let bottom = top + self.high * self.rows as f64;
        for (column, lines) in self.column_names(map) {
            let x = left + self.wide * (column as f64 + 0.5);
            for (line, text) in lines.into_iter().enumerate() {
                let at = (x, bottom + 6.0 + LINE * line as f64);
                page.add(Mark::text(at, text, SMALL, SOFT).anchored(Anchor::Middle));
            }
        }
        let room = self.wide * self.columns as f64;
        let title = font::cut(&map.knobs[map.x].title(), room.max(160.0), SMALL, true);
        let wide = font::width(&title, SMALL, true);
        let at = (left + room / 2.0 - wide / 2.0).max(MARGIN);
        page.add(Mark::text((at, bottom + 14.0 + LINE * self.lines as f64), title, SMALL, SOFT).bold());
        if panel.is_multiple_of(self.across) {
            self.row_names(page, map, (left, top));
        }
    }

    fn row_names(&self, page: &mut Page, map: &Map, (left, top): (f64, f64)) {
        let Some(y) = map.y else { return };
        for (line, text) in self.row_title(map).into_iter().rev().enumerate() {
            let at = (left - 10.0, top - 20.0 - LINE * line as f64);
            page.add(Mark::text(at, text, SMALL, SOFT).bold().anchored(Anchor::End));
        }
        let every = (14.0 / self.high).ceil().max(1.0);
        for row in (0..self.rows).filter(|&row| (row as f64 % every).abs() < 0.5) {
            let lines = font::wrap(&map.knobs[y].label(row), self.names - 10.0, SMALL, false, 99);
            let middle = top + self.high * (self.row_from_top(row) as f64 + 0.5);
            let first = middle - LINE / 2.0 * (lines.len() - 1) as f64;
            for (line, text) in lines.into_iter().enumerate() {
                let at = (left - 10.0, first + LINE * line as f64);
                page.add(Mark::text(at, text, SMALL, SOFT).middle().anchored(Anchor::End));
            }
        }
    }

    /// Rows stand from the bottom up, as values on an axis.
    pub(super) fn row_from_top(&self, row: usize) -> usize {
        self.rows - 1 - row
    }

    /// The name of a panel, in lines; a lone panel may be narrower than its name.
    fn heading(&self, map: &Map, panel: usize) -> Vec<String> {
        let room = (self.wide * self.columns as f64).max(300.0 / self.across as f64);
        font::wrap(&map.panels[panel].name, room, HEADING, true, 3)
    }

    /// The knob of the rows, in lines.
    fn row_title(&self, map: &Map) -> Vec<String> {
        map.y.map_or_else(Vec::new, |y| font::wrap(&map.knobs[y].title(), self.names - 10.0, SMALL, true, 4))
    }

    /// Names of the columns that find room, each in lines.
    fn column_names(&self, map: &Map) -> Vec<(usize, Vec<String>)> {
        let Some(knob) = map.knobs.get(map.x) else { return Vec::new() };
        let labels: Vec<String> = (0..map.columns()).map(|column| knob.label(column)).collect();
        let widest = labels.iter().map(|label| font::width(label, SMALL, false)).fold(0.0, f64::max);
        let needed = if knob.is_number() { widest + 5.0 } else { widest.min(60.0) + 5.0 };
        let every = (needed / self.wide).ceil().max(1.0);
        let named = labels.iter().enumerate().filter(|(column, _)| *column as f64 % every < 0.5);
        let room = (self.wide * every - 5.0).max(20.0);
        named.map(|(column, label)| (column, font::wrap(label, room, SMALL, false, MOST_LINES))).collect()
    }
}
