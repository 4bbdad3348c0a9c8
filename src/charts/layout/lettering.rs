//! What is written around a plot: headings, ticks, names of lines, words at their right.

use super::axes;
use super::layers::Frame;
use crate::charts::figure::{Axis, Kind, Name, Panel, Shape};
use crate::charts::font;
use crate::charts::marks::{Anchor, Mark};
use crate::charts::page::Page;
use crate::charts::scale::Tick;
use crate::charts::style::{
    AXIS, GREY, GRID, HEADING, INK, LABEL, MARGIN, NARROW_MARGIN, Rgb, SMALL, SOFT, WIDTH,
};

use super::LINE;

/// A line of a heading.
const HEADING_LINE: f64 = 17.0;
/// Widest words at the right of a line.
const SAYS: f64 = 217.0;
/// The same on a narrow screen.
const NARROW_SAYS: f64 = 96.0;
/// Left of these words.
const SAYS_GAP: f64 = 14.0;
/// Lines of the name of a column.
const MOST_LINES: usize = 6;

/// How the axes of a panel are drawn.
pub(super) struct Ticks {
    /// Whether the words of the horizontal axis are.
    pub(super) is_shown: bool,
    /// Whether its ticks have lines from top to bottom.
    pub(super) has_grid: bool,
    /// Room for names of lines.
    pub(super) names: f64,
    pub(super) is_named: bool,
    /// Whether other panels have the same axes.
    pub(super) is_alike: bool,
}

/// Heading and unit in lines: side by side, or one under the other.
fn heading_lines(panel: &Panel, room: f64, is_row: bool) -> (Vec<String>, Vec<String>, bool) {
    let heading = font::wrap(&panel.heading, room, HEADING, true, 3);
    if is_row {
        return (heading, vec![panel.unit.clone()], true);
    }
    let unit =
        if panel.unit.is_empty() { Vec::new() } else { font::wrap(&panel.unit, room, SMALL, false, 2) };
    (heading, unit, false)
}

/// Whether a heading and its unit find room side by side.
pub(super) fn is_one_line(panel: &Panel, room: f64) -> bool {
    let wide = font::width(&panel.heading, HEADING, true) + 7.0 + font::width(&panel.unit, SMALL, false);
    wide <= room && !panel.heading.is_empty()
}

/// - `is_row`: whether units stand beside headings in this row
pub(super) fn head_height(panel: &Panel, room: f64, is_row: bool) -> f64 {
    let (heading, unit, is_beside) = heading_lines(panel, room, is_row);
    let units = if is_beside { 0.0 } else { LINE * unit.len() as f64 };
    let title =
        if panel.y.has_names() && panel.x.has_names() && !panel.y.title.is_empty() { 6.0 } else { 0.0 };
    HEADING_LINE * heading.len() as f64 + units + 9.0 + title
}

pub(super) fn heading(page: &mut Page, panel: &Panel, (left, top): (f64, f64), room: f64, is_row: bool) {
    let (heading, unit, is_beside) = heading_lines(panel, room, is_row);
    let mut y = top;
    for text in heading {
        page.add(Mark::text((left, y), text, HEADING, INK).bold());
        y += HEADING_LINE;
    }
    let (x, mut y) = if is_beside {
        (left + font::width(&panel.heading, HEADING, true) + 7.0, y - HEADING_LINE + 1.4)
    } else {
        (left, y)
    };
    for text in unit {
        page.add(Mark::text((x, y), text, SMALL, SOFT));
        y += LINE;
    }
}

pub(super) fn caption(page: &mut Page, text: &str, colour: Rgb, at: (f64, f64)) {
    page.add(Mark::text(at, text, SMALL, colour).middle().anchored(Anchor::End));
}

/// How far marks under a plot reach.
pub(super) fn lanes(panel: &Panel) -> f64 {
    if panel.y.has_names() {
        return 0.0;
    }
    let lanes = panel.layers.iter().filter_map(|layer| layer.lane).filter(|lane| *lane > 0.0);
    lanes.map(|lane| lane + 7.0).fold(0.0, f64::max)
}

/// Height of the words under a plot.
pub(super) fn foot_height(panel: &Panel, width: f64) -> f64 {
    let title = if panel.x.title.is_empty() { 0.0 } else { 17.0 };
    title
        + match &panel.x.kind {
            Kind::Bare => 0.0,
            Kind::Names(_) => {
                let lines = column_names(&panel.x, width).into_iter().map(|(_, lines)| lines.len()).max();
                6.0 + LINE * lines.unwrap_or(1) as f64
            }
            Kind::Weeks => 34.0,
            _ => 21.0,
        }
}

/// The most lines that a name needs.
pub(super) fn lines_of(names: &[Name], room: f64) -> usize {
    let lines = |name: &Name| wrapped(name, room).len() + name.notes.len();
    if room <= 0.0 { 1 } else { names.iter().map(lines).max().unwrap_or(1) }
}

fn wrapped(name: &Name, room: f64) -> Vec<String> {
    font::wrap(&name.text, (room - 14.0).max(40.0), SMALL, name.is_bold, 9)
}

pub(super) fn widest_name(names: &[Name]) -> f64 {
    let own = names.iter().map(|name| font::width(&name.text, SMALL, name.is_bold));
    let notes = names.iter().flat_map(|name| &name.notes).map(|note| font::width(note, SMALL, false));
    own.chain(notes).fold(0.0, f64::max)
}

/// The name of a row at its left, in the middle of its height or from its top on.
pub(super) fn name_at_side(page: &mut Page, name: &Name, room: f64, (top, bottom): (f64, f64), is_top: bool) {
    let fits = ((bottom - top + 12.0 - 14.0 * name.notes.len() as f64) / 14.0).clamp(1.0, 5.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 1 and 5")]
    let lines = font::wrap(&name.text, room, LABEL, true, fits as usize);
    let height = 14.0 * (lines.len() + name.notes.len()) as f64;
    let mut y = if is_top { top + 7.0 } else { f64::midpoint(top, bottom) - height / 2.0 + 7.0 };
    for text in lines {
        page.add(Mark::text((MARGIN, y), text, LABEL, name.colour.as_text()).bold().middle());
        y += 14.0;
    }
    for note in &name.notes {
        page.add(Mark::text((MARGIN, y), note.as_str(), SMALL, SOFT).middle());
        y += 14.0;
    }
}

/// Grid, ticks and names.
pub(super) fn axes(page: &mut Page, frame: &Frame, ticks: &Ticks) {
    let panel = frame.panel;
    // An axis that follows its numbers says nothing without any.
    let is_told = panel.y.ends.is_some() || panel.has_numbers();
    for tick in axes::up(&panel.y, &frame.y).into_iter().filter(|_| is_told || ticks.is_alike) {
        let y = frame.y.at(tick.at);
        let colour = if tick.at.abs() < 1e-12 { AXIS } else { GRID };
        page.add(Mark::line(vec![(frame.left, y), (frame.right, y)], colour, 0.75));
        let text = Mark::text((frame.left - 6.0, y), tick.text, SMALL, SOFT);
        page.add(text.middle().anchored(Anchor::End));
    }
    for tick in axes::across(&panel.x, &frame.x) {
        tick_across(page, frame, ticks, &tick);
    }
    if !panel.y.has_names() && panel.x.kind != Kind::Bare || panel.y.kind == Kind::Bare {
        page.add(Mark::line(vec![(frame.left, frame.bottom), (frame.right, frame.bottom)], AXIS, 0.75));
    }
    let has_names = panel.x.has_names();
    if has_names && ticks.is_shown {
        for (column, lines) in column_names(&panel.x, frame.right - frame.left) {
            for (line, text) in lines.into_iter().enumerate() {
                let at = (frame.x.at(column as f64), frame.foot + 6.0 + LINE * line as f64);
                let name = &panel.x.list()[column];
                let mark = Mark::text(at, text, SMALL, name.colour).anchored(Anchor::Middle);
                page.add(if name.is_bold { mark.bold() } else { mark });
            }
        }
    }
    if ticks.is_shown && !panel.x.title.is_empty() {
        axis_title(page, frame);
    }
    names(page, frame, ticks);
    lines_between(page, frame, ticks);
}

fn tick_across(page: &mut Page, frame: &Frame, ticks: &Ticks, tick: &Tick) {
    let (x, is_zero) = (frame.x.at(tick.at), tick.at.abs() < 1e-12 && ticks.has_grid);
    if ticks.has_grid || !tick.below.is_empty() {
        let colour = if is_zero && frame.panel.y.has_names() { GREY } else { GRID };
        page.add(Mark::line(vec![(x, frame.top), (x, frame.foot)], colour, 0.75));
    }
    if !frame.panel.y.has_names() && frame.foot <= frame.bottom {
        page.add(Mark::line(vec![(x, frame.bottom), (x, frame.bottom + 4.0)], AXIS, 0.75));
    }
    if ticks.is_shown {
        for (line, text) in [&tick.text, &tick.below].into_iter().enumerate() {
            // The last one may be wider than what is left of the drawing beside it.
            let most = page.canvas.width - font::width(text, SMALL, false) / 2.0 - 1.0;
            let at = (x.min(most), frame.foot + 7.0 + LINE * line as f64);
            page.add(Mark::text(at, text.as_str(), SMALL, SOFT).anchored(Anchor::Middle));
        }
    }
}

/// The title of a horizontal axis, under its middle if it fits there.
fn axis_title(page: &mut Page, frame: &Frame) {
    // On a narrow page nothing stands beside a plot.
    let is_alone = page.canvas.width < WIDTH;
    let least = if is_alone { page.canvas.width - 2.0 * NARROW_MARGIN } else { 160.0 };
    let title = font::cut(&frame.panel.x.title, (frame.right - frame.left).max(least), SMALL, true);
    let wide = font::width(&title, SMALL, true);
    let most = page.canvas.width - NARROW_MARGIN - wide;
    let at =
        (f64::midpoint(frame.left, frame.right) - wide / 2.0).clamp(NARROW_MARGIN, most.max(NARROW_MARGIN));
    let y = frame.foot + foot_height(frame.panel, frame.right - frame.left) - 14.0;
    page.add(Mark::text((at, y), title, SMALL, SOFT).bold());
}

/// Names of lines, at the left of values or at the right end of their room beside cells, and what is said of each.
fn names(page: &mut Page, frame: &Frame, ticks: &Ticks) {
    let list = frame.panel.y.list();
    let beside_cells = frame.panel.x.has_names();
    let (at, anchor) = if beside_cells {
        (frame.left - 10.0, Anchor::End)
    } else {
        (frame.left - ticks.names, Anchor::Start)
    };
    let pitch = if list.is_empty() { 1.0 } else { (frame.bottom - frame.top) / list.len() as f64 };
    // Where they do not all fit, from the bottom up, as values on an axis.
    let every = (14.0 / pitch).ceil().max(1.0);
    let is_written = |place: usize| (list.len() - 1 - place) as f64 % every < 0.5;
    for (place, name) in list.iter().enumerate() {
        if ticks.is_named && is_written(place) {
            let lines = wrapped(name, ticks.names);
            let count = lines.len() + name.notes.len();
            let mut y = frame.y.at(place as f64) - LINE / 2.0 * count.saturating_sub(1) as f64;
            for text in lines {
                let mark = Mark::text((at, y), text, SMALL, name.colour.as_text()).middle().anchored(anchor);
                page.add(if name.is_bold { mark.bold() } else { mark });
                y += LINE;
            }
            for note in &name.notes {
                page.add(Mark::text((at, y), note.as_str(), SMALL, SOFT).middle().anchored(anchor));
                y += LINE;
            }
        }
        says(page, frame, place);
    }
    if !ticks.is_named {
        return;
    }
    let title = font::wrap(&frame.panel.y.title, ticks.names - 10.0, SMALL, true, 4);
    for (line, text) in title.into_iter().rev().enumerate() {
        let at = (frame.left - 10.0, frame.top - 18.0 - LINE * line as f64);
        page.add(Mark::text(at, text, SMALL, SOFT).bold().anchored(Anchor::End));
    }
}

/// Between the lines of scenarios, whose names are bold.
fn lines_between(page: &mut Page, frame: &Frame, ticks: &Ticks) {
    let names = frame.panel.y.list();
    if frame.panel.x.has_names() || !names.first().is_some_and(|name| name.is_bold) {
        return;
    }
    let (left, right) = (frame.left - ticks.names, frame.end);
    for place in 1..names.len() {
        let y = frame.y.at(place as f64 - 0.5);
        page.add(Mark::line(vec![(left, y), (right, y)], GRID, 0.5));
    }
}

/// Names of the columns that find room, each in lines.
fn column_names(axis: &Axis, width: f64) -> Vec<(usize, Vec<String>)> {
    let names = axis.list();
    if !axis.places.is_empty() {
        return names_apart(axis, width);
    }
    let each = width / names.len().max(1) as f64;
    let widest = names.iter().map(|name| font::width(&name.text, SMALL, false)).fold(0.0, f64::max);
    let is_number = |name: &Name| name.text.chars().all(|c| c.is_ascii_digit() || "$,.−".contains(c));
    let needed = if names.iter().all(is_number) { widest + 5.0 } else { widest.min(60.0) + 5.0 };
    let every = (needed / each).ceil().max(1.0);
    let named = names.iter().enumerate().filter(|(column, _)| *column as f64 % every < 0.5);
    let room = (each * every - 5.0).max(20.0);
    named.map(|(column, name)| (column, font::wrap(&name.text, room, SMALL, false, MOST_LINES))).collect()
}

/// Names in one line each, of columns of many widths: those that do not run into the one before.
fn names_apart(axis: &Axis, width: f64) -> Vec<(usize, Vec<String>)> {
    let mut free = f64::NEG_INFINITY;
    let mut kept = Vec::new();
    for (column, name) in axis.list().iter().enumerate() {
        let half = font::width(&name.text, SMALL, name.is_bold) / 2.0;
        let at = width * axis.places.get(2 * column + 1).copied().unwrap_or_default();
        if at - half >= free {
            kept.push((column, vec![name.text.clone()]));
            free = at + half + 4.0;
        }
    }
    kept
}

/// What is said at the right of a line, in lines.
fn said(words: &[(String, Rgb)], is_narrow: bool) -> Vec<(String, Rgb)> {
    let lines = |(text, ink): &(String, Rgb)| {
        font::wrap(
            text,
            if is_narrow { NARROW_SAYS } else { SAYS },
            SMALL,
            false,
            if is_narrow { 5 } else { 2 },
        )
        .into_iter()
        .map(|line| (line, *ink))
        .collect::<Vec<_>>()
    };
    words.iter().flat_map(lines).filter(|(text, _)| !text.is_empty()).collect()
}

pub(super) fn lines_said(panel: &Panel, is_narrow: bool) -> usize {
    panel.says.iter().map(|words| said(words, is_narrow).len()).max().unwrap_or(1)
}

/// Room for words at the right of lines, and for numbers beside dots.
pub(super) fn says_width(panel: &Panel, is_narrow: bool) -> f64 {
    if !panel.y.has_names() {
        return 0.0;
    }
    let words = panel.says.iter().flat_map(|words| said(words, is_narrow)).map(|(text, _)| text);
    let beside = |shape: Shape| matches!(shape, Shape::Dot { .. });
    let dots = panel.layers.iter().filter(|layer| beside(layer.shape)).flat_map(|layer| &layer.points);
    let numbers = dots.filter(|point| point.value.is_some()).map(|point| point.words.clone());
    let widest = words.chain(numbers).map(|text| font::width(&text, SMALL, false)).fold(0.0, f64::max);
    let bars = panel.layers.iter().filter(|layer| matches!(layer.shape, Shape::Bar { .. }));
    let sums = bars.flat_map(|layer| &layer.points).map(|point| font::width(&point.words, SMALL, false));
    let sums = sums.fold(0.0, f64::max);
    (if widest > 0.0 { widest + SAYS_GAP } else { 0.0 }) + if sums > 0.0 { sums + 8.0 } else { 0.0 }
}

/// Words at the right of a line: set right if those of all fit one, else left.
fn says(page: &mut Page, frame: &Frame, place: usize) {
    let panel = frame.panel;
    let Some(words) = panel.says.get(place) else { return };
    let is_narrow = page.canvas.width < WIDTH;
    let is_short = lines_said(panel, is_narrow) < 2;
    let all = panel.says.iter().flat_map(|words| said(words, is_narrow));
    let widest = all.map(|(text, _)| font::width(&text, SMALL, false)).fold(0.0, f64::max);
    let lines = said(words, is_narrow);
    let first = frame.y.at(place as f64) - LINE / 2.0 * lines.len().saturating_sub(1) as f64;
    for (line, (text, ink)) in lines.into_iter().enumerate() {
        let y = first + LINE * line as f64;
        let (x, anchor) =
            if is_short { (frame.end, Anchor::End) } else { (frame.end - widest, Anchor::Start) };
        page.add(Mark::text((x, y), text, SMALL, ink).middle().anchored(anchor));
    }
}

/// Words in the middle of a plot that has nothing to show.
pub(super) fn absent(page: &mut Page, frame: &Frame) {
    let lines = font::wrap(&frame.panel.absent, frame.right - frame.left - 12.0, SMALL, false, 4);
    let middle = f64::midpoint(frame.top, frame.bottom);
    for (row, line) in lines.iter().enumerate() {
        let y = middle + 14.0 * (row as f64 - (lines.len() - 1) as f64 / 2.0);
        let at = (f64::midpoint(frame.left, frame.right), y);
        page.add(Mark::text(at, line.as_str(), SMALL, SOFT).middle().anchored(Anchor::Middle));
    }
}
