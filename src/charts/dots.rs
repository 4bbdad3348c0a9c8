//! Rows of dots with their intervals: a row for each scenario, a column for each measure, the number beside each dot.

use super::assumed;
use super::font;
use super::marks::{Anchor, Mark};
use super::page::Page;
use super::scale::{Scale, Tick};
use super::style::{GREY, GRID, HEADING, INK, MARGIN, Rgb, SMALL, SOFT, WIDTH};
use crate::stats::Estimate;

/// What a column shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) heading: &'static str,
    pub(super) unit: &'static str,
    /// Writes a number beside its dot.
    pub(super) number: fn(f64) -> String,
    /// Writes a tick of the axis, with so many digits.
    pub(super) tick: fn(f64, usize) -> String,
    /// Whether zero is what is asked about: then dots whose interval holds it are hollow.
    pub(super) about_zero: bool,
}

/// What stands where a row meets a column.
#[derive(Clone, Debug)]
pub(super) enum Cell {
    Dot(Estimate),
    /// With its interval over the assumed constants.
    Banded(Estimate, (f64, f64)),
    Words(&'static str),
}

impl Cell {
    fn estimate(&self) -> Option<&Estimate> {
        match self {
            Self::Dot(estimate) | Self::Banded(estimate, _) => Some(estimate),
            Self::Words(_) => None,
        }
    }
}

/// One row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) colour: Rgb,
    pub(super) cells: Vec<Cell>,
}

/// How the columns' axes are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Axes {
    Each,
    /// The same for all, so that columns can be compared.
    Common,
}

const NAMES: f64 = 186.0;
const GAP: f64 = 18.0;
const HEAD: f64 = 48.0;
const FOOT: f64 = 22.0;
/// Least height of a row: two lines of a name.
const LOWEST: f64 = 28.0;

/// The page; texts are its title, subtitle and footer.
pub(super) fn page(texts: [&str; 3], columns: &[Column], rows: &[Row], axes: Axes) -> Page {
    let [title, subtitle, footer] = texts;
    let height = (480.0 / rows.len().max(1) as f64).clamp(LOWEST, 46.0);
    let mut page = Page::new(title, subtitle, footer, HEAD + height * rows.len() as f64 + FOOT);
    let n = columns.len() as f64;
    let each = (WIDTH - 2.0 * MARGIN - NAMES - GAP * (n - 1.0)) / n;
    let top = page.top + HEAD;
    for (place, row) in rows.iter().enumerate() {
        let middle = top + height * (place as f64 + 0.5);
        if place > 0 {
            let y = top + height * place as f64;
            page.add(Mark::line(vec![(MARGIN, y), (WIDTH - MARGIN, y)], GRID, 0.5));
        }
        name(&mut page, row, middle);
    }
    let ranges: Vec<(f64, f64)> = (0..columns.len())
        .map(|place| match axes {
            Axes::Each => range(rows.iter().filter_map(|row| row.cells.get(place))),
            Axes::Common => range(rows.iter().flat_map(|row| &row.cells)),
        })
        .collect();
    for (place, (column, range)) in columns.iter().zip(ranges).enumerate() {
        let left = MARGIN + NAMES + place as f64 * (each + GAP);
        let cells: Vec<(&Cell, Rgb)> = rows.iter().map(|row| (&row.cells[place], row.colour)).collect();
        draw_column(&mut page, column, &cells, (left, left + each), (top, height, range));
    }
    page
}

fn name(page: &mut Page, row: &Row, middle: f64) {
    let lines = font::wrap(&row.name, NAMES - 16.0, SMALL, true, 2);
    let first = middle - 6.5 * (lines.len() - 1) as f64;
    for (line, text) in lines.into_iter().enumerate() {
        let at = (MARGIN, first + 13.0 * line as f64);
        page.add(Mark::text(at, text, SMALL, row.colour.as_text()).bold().middle());
    }
}

fn draw_column(
    page: &mut Page,
    column: &Column,
    cells: &[(&Cell, Rgb)],
    (left, right): (f64, f64),
    (top, height, range): (f64, f64, (f64, f64)),
) {
    let bottom = top + height * cells.len() as f64;
    page.add(Mark::text((left, top - HEAD), column.heading, HEADING, INK).bold());
    for (line, text) in font::wrap(column.unit, right - left, SMALL, false, 2).into_iter().enumerate() {
        page.add(Mark::text((left, top - HEAD + 16.0 + 13.0 * line as f64), text, SMALL, SOFT));
    }
    let width = |estimate: &Estimate| font::width(&(column.number)(estimate.value), SMALL, false);
    let numbers = cells.iter().filter_map(|(cell, _)| cell.estimate().map(width));
    let room = numbers.fold(0.0, f64::max) + 10.0;
    let x = Scale::linear(range.0, range.1, left + 5.0, right - room);
    let any = cells.iter().any(|(cell, _)| cell.estimate().is_some());
    for tick in ticks(&x, 4.0, column.tick).into_iter().filter(|_| any) {
        let at = x.at(tick.at);
        let colour = if tick.at.abs() < 1e-12 { GREY } else { GRID };
        page.add(Mark::line(vec![(at, top), (at, bottom)], colour, 0.75));
        page.add(Mark::text((at, bottom + 6.0), tick.text, SMALL, SOFT).anchored(Anchor::Middle));
    }
    for (place, (cell, colour)) in cells.iter().enumerate() {
        let y = top + height * (place as f64 + 0.5);
        if let Cell::Banded(_, (low, high)) = cell {
            assumed::band(page, (x.at(*low), x.at(*high)), y, *colour);
        }
        match cell {
            Cell::Words(words) => page.add(Mark::text((left + 5.0, y), *words, SMALL, SOFT).middle()),
            Cell::Dot(estimate) | Cell::Banded(estimate, _) => {
                let open = column.about_zero && holds_zero(estimate);
                dot(page, &x, y, (estimate, *colour, open));
                let ink = if open { SOFT } else { INK };
                let text = (column.number)(estimate.value);
                page.add(Mark::text((right, y), text, SMALL, ink).middle().anchored(Anchor::End));
            }
        }
    }
}

/// As many ticks as find room side by side, about `most` at most.
pub(super) fn ticks(x: &Scale, most: f64, format: fn(f64, usize) -> String) -> Vec<Tick> {
    let apart = |ticks: &[Tick]| {
        let half = |tick: &Tick| font::width(&tick.text, SMALL, false) / 2.0;
        ticks
            .windows(2)
            .all(|pair| x.at(pair[0].at) + half(&pair[0]) + 8.0 < x.at(pair[1].at) - half(&pair[1]))
    };
    // Of each step every tick, or every second one from zero on.
    let every = |ticks: &[Tick], second: bool| -> Vec<Tick> {
        let step = ticks.get(1).map_or(1.0, |next| next.at - ticks[0].at);
        // Of small numbers several may read the same.
        let mut ticks = ticks.to_vec();
        ticks.dedup_by(|next, tick| next.text == tick.text);
        let kept = |tick: &&Tick| !second || (tick.at / step).round() % 2.0 == 0.0;
        ticks.iter().filter(kept).cloned().collect()
    };
    let tries: Vec<Vec<Tick>> = [1.0, 0.75, 0.5, 0.25]
        .into_iter()
        .map(|part| x.ticks(most * part, format))
        .flat_map(|ticks| [every(&ticks, false), every(&ticks, true)])
        .collect();
    let fits = |several: bool| tries.iter().find(|ticks| apart(ticks) && (!several || ticks.len() > 1));
    fits(true).or_else(|| fits(false)).cloned().unwrap_or_default()
}

/// Whether an estimate has an interval and it holds zero.
pub(super) fn holds_zero(estimate: &Estimate) -> bool {
    estimate.interval.is_some() && !estimate.excludes(0.0)
}

/// Whether an estimate is known to be on one side of zero; without an interval nothing is known.
pub(super) fn clear_of_zero(estimate: &Estimate) -> bool {
    estimate.excludes(0.0)
}

/// A dot with its interval, which ends in an arrow where the axis ends first; hollow if `open`. Beyond the axis there is
/// no dot, only the arrow.
pub(super) fn dot(page: &mut Page, x: &Scale, y: f64, (estimate, colour, open): (&Estimate, Rgb, bool)) {
    let (low, high) = estimate.interval.unwrap_or((estimate.value, estimate.value));
    let ends = [x.at(low), x.at(high)];
    page.add(Mark::line(vec![(ends[0], y), (ends[1], y)], colour, 2.0));
    for (end, inward, beyond) in
        [(x.at(x.low()), 4.0, low < x.low()), (x.at(x.high()), -4.0, high > x.high())]
    {
        if beyond {
            let tip = vec![(end + inward, y - 3.5), (end, y), (end + inward, y + 3.5)];
            page.add(Mark::line(tip, colour, 1.75));
        }
    }
    if !(x.low()..=x.high()).contains(&estimate.value) {
        return;
    }
    let at = (x.at(estimate.value), y);
    page.add(Mark::Dot { at, radius: 4.0, colour });
    if open {
        page.add(Mark::Dot { at, radius: 2.4, colour: Rgb(255, 255, 255) });
    }
}

/// An axis with zero that holds all values, and intervals as far as they do not leave the values far behind.
fn range<'a>(cells: impl Iterator<Item = &'a Cell>) -> (f64, f64) {
    let cells: Vec<&Cell> = cells.collect();
    let estimates: Vec<&Estimate> = cells.iter().filter_map(|cell| cell.estimate()).collect();
    let bands: Vec<(f64, f64)> = cells
        .iter()
        .filter_map(|cell| if let Cell::Banded(_, ends) = cell { Some(*ends) } else { None })
        .collect();
    let values = estimates.iter().map(|estimate| estimate.value);
    let (low, high) = values.fold((0.0_f64, 0.0_f64), |(low, high), x| (low.min(x), high.max(x)));
    let mut widths: Vec<f64> =
        estimates.iter().filter_map(|e| e.interval).chain(bands.clone()).map(|end| end.1 - end.0).collect();
    widths.sort_by(f64::total_cmp);
    // The middle interval is always seen whole; of wider ones, as much as half the spread of the values.
    let room = (0.5 * (high - low)).max(widths.get(widths.len() / 2).copied().unwrap_or_default());
    let ends = estimates.iter().filter_map(|estimate| estimate.interval).chain(bands);
    let (far_low, far_high) = ends.fold((low, high), |(l, h), end| (l.min(end.0), h.max(end.1)));
    let (low, high) = (far_low.max(low - room), far_high.min(high + room));
    let margin = 0.03 * (high - low);
    match high - low {
        wide if wide > 1e-12 => (if low < 0.0 { low - margin } else { 0.0 }, high + margin),
        _ => (0.0, 1.0),
    }
}
