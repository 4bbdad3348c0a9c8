//! Rows of plots of lines: a row for each scenario, a column for each measure, lines with bands and a name each.

use super::font;
use super::marks::{Label, Mark, labels};
use super::page::Page;
use super::panel::{Panel, Point, stretches};
use super::scale::{Scale, Tick, round_range};
use super::style::{HEADING, INK, LABEL, MARGIN, Rgb, SMALL, SOFT, WIDTH};
use super::weeks::Line;

/// A line with its name.
#[derive(Clone, Debug)]
pub(super) struct Series {
    pub(super) label: String,
    pub(super) colour: Rgb,
    pub(super) line: Line,
}

/// One row: a name, and for each column its lines.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) name: String,
    pub(super) colour: Rgb,
    pub(super) plots: Vec<Vec<Series>>,
}

/// What a column shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) heading: &'static str,
    pub(super) unit: &'static str,
    /// Shares never go above 1.
    pub(super) share: bool,
    /// Whether the axis begins at zero.
    pub(super) from_zero: bool,
    pub(super) format: fn(f64, usize) -> String,
    /// What a plot without a line says.
    pub(super) absent: &'static str,
}

const GAP: f64 = 14.0;
/// Left of a plot: its ticks.
const TICKS: f64 = 40.0;
const HEAD: f64 = 46.0;
const FOOT: f64 = 34.0;
/// Under a plot: the gap to the next row.
const UNDER: f64 = 17.0;
/// Above a row: its name, where there are too many columns for a column of names.
const ABOVE: f64 = 30.0;
/// A line of the key.
const KEY: f64 = 20.0;
/// Width of the names of scenarios, where there are several.
const NAMES: f64 = 142.0;
/// Least height of a row.
const LOWEST: f64 = 60.0;

/// How a page is cut up.
struct Layout {
    height: f64,
    above: f64,
    names: f64,
    each: f64,
    /// Room for labels beside a plot; 0 where a key above all plots names the lines.
    label_room: f64,
}

/// The page; texts are its title, subtitle and footer, `last` is the last week of all axes.
pub(super) fn page(texts: [&str; 3], columns: &[Column], rows: &[Row], last: f64) -> Page {
    let layout = layout(columns.len(), rows);
    let key = if layout.label_room > 0.0 { Vec::new() } else { key_lines(rows) };
    let head = HEAD + if key.is_empty() { 0.0 } else { KEY * key.len() as f64 + 8.0 };
    let [title, subtitle, footer] = texts;
    let body = head + layout.height * rows.len() as f64 + FOOT - UNDER;
    let mut page = Page::new(title, subtitle, footer, body);
    draw_key(&mut page, &key);
    let top = page.top + head;
    for (place, column) in columns.iter().enumerate() {
        let left = MARGIN + layout.names + place as f64 * (layout.each + GAP);
        page.add(Mark::text((left, top - HEAD), column.heading, HEADING, INK).bold());
        let unit = font::cut(column.unit, layout.each, SMALL, false);
        page.add(Mark::text((left, top - HEAD + 17.0), unit, SMALL, SOFT));
    }
    for (place, row) in rows.iter().enumerate() {
        let top = top + layout.height * place as f64;
        draw_row(&mut page, (columns, rows), row, &layout, (top, last, place + 1 == rows.len()));
    }
    page
}

fn layout(columns: usize, rows: &[Row]) -> Layout {
    let aside = columns < 3 && rows.len() > 1;
    let (names, above) = (if aside { NAMES } else { 0.0 }, if aside || rows.len() < 2 { 0.0 } else { ABOVE });
    let n = columns as f64;
    let each = (WIDTH - 2.0 * MARGIN - names - GAP * (n - 1.0)) / n;
    let height = above + (620.0 / rows.len().max(1) as f64).clamp(LOWEST, 250.0);
    let series = || rows.iter().flat_map(|row| &row.plots).flatten();
    let widest = series().map(|series| font::width(&series.label, SMALL, false)).fold(0.0, f64::max);
    let room = (widest + 18.0).min(0.36 * each);
    let fit = |plot: &Vec<Series>| {
        let label = |series: &Series| Label::new(0.0, &series.label, INK, room - 14.0, 2).height();
        plot.iter().filter(|series| !series.line.is_empty()).map(label).sum::<f64>() <= height - above - 12.0
    };
    let several = rows.iter().flat_map(|row| &row.plots).any(|plot| plot.len() > 1);
    let labelled = several && rows.iter().flat_map(|row| &row.plots).all(fit);
    Layout { height, above, names, each, label_room: if labelled { room } else { 0.0 } }
}

/// Names and colours of all lines, in order, cut into lines of the page; none where each plot has but one line.
fn key_lines(rows: &[Row]) -> Vec<Vec<(String, Rgb, f64)>> {
    let mut all: Vec<(String, Rgb)> = Vec::new();
    let drawn = rows.iter().flat_map(|row| &row.plots).flatten();
    for series in drawn.filter(|series| !series.line.is_empty()) {
        if all.iter().all(|(label, _)| *label != series.label) {
            all.push((series.label.clone(), series.colour));
        }
    }
    if all.len() < 2 {
        return Vec::new();
    }
    let mut lines = vec![Vec::new()];
    let mut x = MARGIN;
    for (label, colour) in all {
        let wide = 28.0 + font::width(&label, LABEL, false) + 22.0;
        if x + wide > WIDTH - MARGIN && x > MARGIN {
            lines.push(Vec::new());
            x = MARGIN;
        }
        if let Some(line) = lines.last_mut() {
            line.push((label, colour, x));
        }
        x += wide;
    }
    lines
}

fn draw_key(page: &mut Page, lines: &[Vec<(String, Rgb, f64)>]) {
    for (place, line) in lines.iter().enumerate() {
        let y = page.top + 6.0 + KEY * place as f64;
        for (label, colour, x) in line {
            page.add(Mark::line(vec![(*x, y), (x + 20.0, y)], *colour, 2.5));
            page.add(Mark::text((x + 27.0, y), label.as_str(), LABEL, colour.as_text()).middle());
        }
    }
}

fn draw_row(
    page: &mut Page,
    (columns, rows): (&[Column], &[Row]),
    row: &Row,
    layout: &Layout,
    (top, last, is_last): (f64, f64, bool),
) {
    let bottom = top + layout.height - UNDER;
    let top = top + layout.above;
    if layout.names > 0.0 {
        // As many lines as 13 pixels each leave room for, and a gap to the next name.
        let most = if layout.height < 72.0 { 4 } else { 5 };
        let name = Label::new(f64::midpoint(top, bottom), &row.name, row.colour, layout.names - 16.0, most);
        page.extend(labels(vec![name], MARGIN, top - 7.0, top + layout.height - 7.0));
    } else if layout.above > 0.0 {
        let text = font::cut(&row.name, WIDTH - 2.0 * MARGIN, LABEL, true);
        page.add(Mark::text((MARGIN, top - layout.above + 2.0), text, LABEL, row.colour.as_text()).bold());
    }
    for (place, column) in columns.iter().enumerate() {
        let left = MARGIN + layout.names + place as f64 * (layout.each + GAP);
        let right = left + layout.each - if layout.label_room > 0.0 { layout.label_room + 8.0 } else { 22.0 };
        let (low, high) = range(rows, place, column);
        let panel = Panel {
            x: Scale::linear(0.0, last, left + TICKS, right),
            y: Scale::linear(low, high, bottom, top),
            left: left + TICKS,
            right,
            top,
            bottom,
        };
        let mut weeks = week_ticks(&panel.x);
        if !is_last {
            weeks.retain(|tick| !tick.below.is_empty());
            weeks.iter_mut().for_each(|tick| (tick.text, tick.below) = (String::new(), " ".to_owned()));
        }
        panel.axes(page, &weeks, &levels(&panel, layout.height - layout.above, column.format));
        plot(page, &panel, &row.plots[place], column.absent, layout.label_room);
    }
}

fn plot(page: &mut Page, panel: &Panel, plot: &[Series], absent: &str, label_room: f64) {
    if plot.iter().all(|series| series.line.is_empty()) {
        panel.says(page, absent);
        return;
    }
    for series in plot {
        if series.line.each.is_empty() {
            panel.band(page, &stretches(series.line.points.clone()), series.colour);
        }
        for each in &series.line.each {
            panel.hairs(page, &stretches(each.clone()), series.colour);
        }
    }
    let mut wishes = Vec::new();
    for series in plot {
        let line = stretches(series.line.points.clone());
        panel.line(page, &line, series.colour);
        let last = line.last().and_then(|stretch| stretch.last());
        if let Some(last) = last.filter(|_| label_room > 0.0) {
            let y = panel.y.at(last.y);
            let label = Label::new(y, &series.label, series.colour, label_room - 14.0, 2);
            let ends_early = panel.x.at(last.x) < panel.right - 4.0;
            wishes.push(if ends_early { label } else { label.led_from(panel.right + 2.0) });
        }
    }
    page.extend(labels(wishes, panel.right + 15.0, panel.top - 6.0, panel.bottom + 6.0));
}

/// Ticks of a week axis; those of a year or so are quarters.
fn week_ticks(x: &Scale) -> Vec<Tick> {
    if !(26.0..=78.0).contains(&x.high()) {
        return x.week_ticks(44.0);
    }
    let quarters = (0_u8..=6).filter(|&quarter| 13.0 * f64::from(quarter) <= x.high());
    let below = |quarter: u8| if quarter == 4 { "1 year" } else { "" };
    let tick = |quarter: u8| {
        let at = 13.0 * f64::from(quarter);
        Tick { at, text: format!("{at}"), below: below(quarter).to_owned() }
    };
    quarters.map(tick).collect()
}

/// Ticks of a low plot: its first and its last where there is no room for more.
pub(super) fn levels(panel: &Panel, height: f64, format: fn(f64, usize) -> String) -> Vec<Tick> {
    let ticks = panel.y.ticks(if height >= 150.0 { 4.0 } else { 3.0 }, format);
    match ticks.as_slice() {
        [first, .., last] if height < 76.0 => vec![first.clone(), last.clone()],
        _ => ticks,
    }
}

/// Ends of the axis of a column: all lines, and bands as far as they do not leave the lines far behind.
fn range(rows: &[Row], column: usize, of: &Column) -> (f64, f64) {
    let points: Vec<Point> = rows
        .iter()
        .flat_map(|row| &row.plots[column])
        .flat_map(|series| series.line.points.iter().chain(series.line.each.iter().flatten()))
        .flatten()
        .copied()
        .collect();
    let first = points.first().map_or(0.0, |point| point.y);
    let start = if of.from_zero { 0.0 } else { first };
    let (low, high) =
        points.iter().fold((start, start), |(low, high), point| (low.min(point.y), high.max(point.y)));
    let room = 0.3 * (high - low);
    let ends = points.iter().filter_map(|point| point.interval);
    let (far_low, far_high) = ends.fold((low, high), |(l, h), end| (l.min(end.0), h.max(end.1)));
    let (low, top) = round_range([far_low.max(low - room), far_high.min(high + room)], start, 4.0);
    (low, if of.share { top.min(1.0) } else { top })
}
