//! Where the cells of a map stand: panels side by side, names of rows at the left, of columns below.

use super::Map;
use crate::charts::font;
use crate::charts::marks::{Anchor, Mark};
use crate::charts::page::Page;
use crate::charts::style::{HEADING, INK, MARGIN, SMALL, SOFT, WIDTH};

/// Between the panels.
const GAP: f64 = 22.0;
/// Above a panel: its heading.
const HEAD: f64 = 30.0;
/// Below the names of columns: the knob, and the gap to the next panel.
const FOOT: f64 = 40.0;
/// A line of the names of columns.
const LINE: f64 = 12.5;
/// Widest names of rows.
const NAMES: f64 = 170.0;
/// Widest a cell may be.
const WIDEST: f64 = 74.0;

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
}

impl Layout {
    /// - `high`: height of a cell, or `None` for what suits their number
    pub(super) fn of(map: &Map, high: Option<f64>) -> Self {
        let (columns, rows, panels) = (map.columns().max(1), map.rows(), map.panels.len().max(1));
        let labels = map.y.map_or(Vec::new(), |y| (0..rows).map(|row| map.knobs[y].label(row)).collect());
        let title = map.y.map_or(0.0, |y| font::width(&map.knobs[y].title(), SMALL, true));
        let widest = labels.iter().map(|label| font::width(label, SMALL, false)).fold(title, f64::max);
        let names = if map.y.is_some() { widest.min(NAMES) + 10.0 } else { 40.0 };
        let across = if panels == 1 { 1 } else { 2 };
        let room = WIDTH - 2.0 * MARGIN - names - GAP * (across - 1) as f64;
        let wide = (room / across as f64 / columns as f64).min(WIDEST);
        let high = high.unwrap_or_else(|| (420.0 / rows as f64).clamp(13.0, 34.0));
        let mut layout = Self { wide, high, names, across, columns, rows, panels, lines: 1 };
        let lines = layout.column_names(map).into_iter().map(|(_, lines)| lines.len());
        layout.lines = lines.max().unwrap_or(1);
        layout
    }

    fn panel_height(&self) -> f64 {
        HEAD + self.high * self.rows as f64 + LINE * self.lines as f64 + FOOT
    }

    /// Height of all panels.
    pub(super) fn height(&self) -> f64 {
        self.panel_height() * self.panels.div_ceil(self.across) as f64 - 6.0
    }

    /// Left and top of the cells of a panel, under `top`.
    pub(super) fn corner(&self, panel: usize, top: f64) -> (f64, f64) {
        let place = (panel % self.across) as f64;
        let left = MARGIN + self.names + place * (self.wide * self.columns as f64 + GAP);
        (left, top + HEAD + self.panel_height() * (panel / self.across) as f64)
    }

    /// Heading, names of rows and columns of a panel.
    pub(super) fn frame(&self, page: &mut Page, map: &Map, panel: usize, top: f64) {
        let (left, top) = self.corner(panel, top);
        let room = self.wide * self.columns as f64;
        // A lone panel may be narrower than its name.
        let heading = font::cut(&map.panels[panel].name, room.max(300.0 / self.across as f64), HEADING, true);
        page.add(Mark::text((left, top - 22.0), heading, HEADING, INK).bold());
        let bottom = top + self.high * self.rows as f64;
        for (column, lines) in self.column_names(map) {
            let x = left + self.wide * (column as f64 + 0.5);
            for (line, text) in lines.into_iter().enumerate() {
                let at = (x, bottom + 6.0 + LINE * line as f64);
                page.add(Mark::text(at, text, SMALL, SOFT).anchored(Anchor::Middle));
            }
        }
        let title = font::cut(&map.knobs[map.x].title(), room.max(160.0), SMALL, true);
        let wide = font::width(&title, SMALL, true);
        let at = (left + room / 2.0 - wide / 2.0).max(MARGIN);
        page.add(Mark::text((at, bottom + 14.0 + LINE * self.lines as f64), title, SMALL, SOFT).bold());
        let Some(y) = map.y.filter(|_| panel.is_multiple_of(self.across)) else { return };
        let every = (14.0 / self.high).ceil().max(1.0);
        let title = font::cut(&map.knobs[y].title(), self.names - 10.0, SMALL, true);
        page.add(Mark::text((left - 10.0, top - 20.0), title, SMALL, SOFT).bold().anchored(Anchor::End));
        for row in (0..self.rows).filter(|&row| (row as f64 % every).abs() < 0.5) {
            let text = font::cut(&map.knobs[y].label(row), self.names - 10.0, SMALL, false);
            let at = (left - 10.0, top + self.high * (self.row_from_top(row) as f64 + 0.5));
            page.add(Mark::text(at, text, SMALL, SOFT).middle().anchored(Anchor::End));
        }
    }

    /// Rows stand from the bottom up, as values on an axis.
    pub(super) fn row_from_top(&self, row: usize) -> usize {
        self.rows - 1 - row
    }

    /// Names of the columns that find room, each cut into lines.
    fn column_names(&self, map: &Map) -> Vec<(usize, Vec<String>)> {
        let Some(knob) = map.knobs.get(map.x) else { return Vec::new() };
        let labels: Vec<String> = (0..map.columns()).map(|column| knob.label(column)).collect();
        let widest = labels.iter().map(|label| font::width(label, SMALL, false)).fold(0.0, f64::max);
        let needed = if knob.is_number() { widest + 5.0 } else { widest.min(60.0) + 5.0 };
        let every = (needed / self.wide).ceil().max(1.0);
        let named = labels.iter().enumerate().filter(|(column, _)| *column as f64 % every < 0.5);
        let room = (self.wide * every - 5.0).max(20.0);
        named.map(|(column, label)| (column, font::wrap(label, room, SMALL, false, 3))).collect()
    }
}
