//! Layers of a panel as marks of the page.

use crate::charts::figure::{Axis, Kind, Layer, Panel, Point, Shape};
use crate::charts::font;
use crate::charts::marks::{Anchor, Mark, dashes, rectangle};
use crate::charts::page::Page;
use crate::charts::scale::Scale;
use crate::charts::style::{AXIS, DEAD, INK, ON_DARK, ON_PALE, PALE, Rgb, SMALL, SOFT, WHITE};
use crate::text::decimals;

/// A panel with its place on the page; `x` runs from its left to its right edge, a `y` of numbers from its bottom up.
pub(super) struct Frame<'a> {
    pub(super) panel: &'a Panel,
    pub(super) x: Scale,
    pub(super) y: Scale,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// Right end of the words beside the plot.
    pub(super) end: f64,
    /// How far marks under the plot reach.
    pub(super) foot: f64,
}

const BAND: f64 = 0.16;
const STROKE: f64 = 2.0;
const HAIR: f64 = 0.9;
/// Opacity and half the thickness of what shows other assumptions.
const ASSUMED: f64 = 0.22;
const HALF: f64 = 5.5;
/// Opacity of what lies behind everything.
const SHADE: f64 = 0.14;
/// Points of one line of which the reader is told.
const MOST_TOLD: usize = 12;
/// Half the width of the ends of an interval.
const CAP: f64 = 6.0;
/// From line to line in a cell.
const CELL_LINE: f64 = 12.5;

/// Left upper and right lower corner.
type Corners = ((f64, f64), (f64, f64));

impl Frame<'_> {
    /// Draws what lies behind lines and dots.
    pub(super) fn background(&self, page: &mut Page) {
        for layer in &self.panel.layers {
            let colour = layer.colour;
            match layer.shape {
                Shape::Shade => {
                    for (from, to) in layer.points.iter().filter_map(|point| point.span) {
                        let (from, to) = ((self.x.at(from), self.top), (self.x.at(to), self.bottom));
                        page.add(rectangle(from, to, colour, SHADE));
                    }
                }
                Shape::Line { has_band: true } | Shape::Stairs => {
                    stretches(layer).iter().for_each(|stretch| self.band(page, layer, stretch));
                }
                Shape::Hill => stretches(layer).iter().for_each(|stretch| self.hill(page, layer, stretch)),
                Shape::Strip => {
                    for point in &layer.points {
                        self.strip(page, point.span, self.level(layer, point), colour);
                    }
                }
                _ => {}
            }
        }
    }

    /// Draws everything else, in the order of the layers.
    pub(super) fn foreground(&self, page: &mut Page) {
        for layer in &self.panel.layers {
            match layer.shape {
                Shape::Line { .. } | Shape::Stairs => self.line(page, layer, STROKE, layer.colour),
                Shape::Hair => self.line(page, layer, HAIR, layer.colour),
                Shape::Hill | Shape::Shade | Shape::Strip => {}
                Shape::Dot { has_caps } => {
                    layer.points.iter().for_each(|point| self.dot(page, layer, point, has_caps));
                }
                Shape::Bar { half, alpha } => {
                    layer.points.iter().for_each(|point| self.bar(page, layer, point, (half, alpha)));
                }
                Shape::Thread { is_dashed } => {
                    layer.points.iter().for_each(|point| self.thread(page, layer, point, is_dashed));
                }
                Shape::Across => {
                    for y in layer.points.iter().filter_map(|point| point.value) {
                        let y = self.y.at(y);
                        page.add(Mark::line(vec![(self.left, y), (self.right, y)], layer.colour, 1.5));
                    }
                }
                Shape::Upright { is_dashed } => {
                    layer.points.iter().for_each(|point| self.upright(page, layer, point, is_dashed));
                }
                Shape::Cell => layer.points.iter().for_each(|point| self.cell(page, layer, point)),
                Shape::Corner => layer.points.iter().for_each(|point| self.corner(page, layer, point)),
                Shape::Frame => layer.points.iter().for_each(|point| self.framed(page, layer, point)),
                Shape::Pin => layer.points.iter().for_each(|point| self.pin(page, point)),
                Shape::Word => layer.points.iter().for_each(|point| self.word(page, layer, point)),
            }
        }
    }

    /// Notes for a reader who points at them what the points of all layers with a name are.
    pub(super) fn tell(&self, page: &mut Page) {
        for layer in self.panel.layers.iter().filter(|layer| !layer.series.is_empty() || layer.lane.is_some())
        {
            let is_line = matches!(layer.shape, Shape::Line { .. } | Shape::Stairs);
            let known: Vec<&Point> = layer.points.iter().filter(|point| point.value.is_some()).collect();
            let step = if is_line { known.len().div_ceil(MOST_TOLD).max(1) } else { 1 };
            for point in known.iter().rev().step_by(step) {
                let value = point.value.unwrap_or_default();
                let at = match layer.shape {
                    Shape::Dot { .. } | Shape::Line { .. } | Shape::Stairs => self.spot(layer, point, value),
                    Shape::Cell => {
                        let (from, to) = self.corners(point.at, layer.row as f64);
                        (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1))
                    }
                    Shape::Bar { .. } => {
                        let (from, to) = point.span.unwrap_or_default();
                        (self.x.at(f64::midpoint(from, to)), self.level(layer, point))
                    }
                    _ => continue,
                };
                page.canvas.tell(at, self.told(layer, point, value));
            }
        }
    }

    /// "unscreened, week 104: 12 % [10–14]".
    fn told(&self, layer: &Layer, point: &Point, value: f64) -> String {
        let panel = self.panel;
        let name = |axis: &Axis, at: f64| {
            axis.list()
                .iter()
                .enumerate()
                .find(|(place, _)| (*place as f64 - at).abs() < 0.5)
                .map(|(_, name)| name.text.clone())
        };
        let is_cell = layer.shape == Shape::Cell;
        let along = self.is_along(layer);
        let place = match (is_cell, panel.y.has_names(), &panel.x.kind) {
            (true, ..) => {
                let row = name(&panel.y, layer.row as f64).unwrap_or_default();
                format!("{row}, {}", name(&panel.x, point.at).unwrap_or_default())
            }
            (_, true, _) => name(&panel.y, point.at).unwrap_or_default(),
            (.., Kind::Weeks) => format!("week\u{a0}{}", point.at),
            _ if along => String::new(),
            _ => {
                name(&panel.x, point.at).unwrap_or_else(|| (panel.x.tick)(point.at, decimals(point.at.abs())))
            }
        };
        let axis = if along { &panel.x } else { &panel.y };
        let write = |x: f64| (axis.tick)(x, decimals(value.abs()));
        let number = if point.note.is_empty() {
            let ends = point.ends.filter(|(low, high)| low.is_finite() && high.is_finite());
            let ends =
                ends.map_or_else(String::new, |(low, high)| format!(" [{} to {}]", write(low), write(high)));
            format!("{}{ends}", write(value))
        } else {
            point.note.clone()
        };
        let parts = [layer.series.as_str(), &place].into_iter().filter(|part| !part.is_empty());
        format!("{}: {number}", parts.collect::<Vec<_>>().join(", "))
    }

    /// Height of a mark whose value runs along the horizontal axis.
    fn level(&self, layer: &Layer, point: &Point) -> f64 {
        let lane = layer.lane.unwrap_or(0.0);
        if self.panel.y.has_names() { self.y.at(point.at) + lane } else { self.bottom + lane }
    }

    /// Whether values of a layer run along the horizontal axis.
    fn is_along(&self, layer: &Layer) -> bool {
        self.panel.y.has_names() || layer.lane.is_some()
    }

    fn spot(&self, layer: &Layer, point: &Point, value: f64) -> (f64, f64) {
        if self.is_along(layer) {
            (self.x.at(value), self.level(layer, point))
        } else {
            (self.x.at(point.at), self.y.at(value))
        }
    }

    fn band(&self, page: &mut Page, layer: &Layer, stretch: &[Point]) {
        for part in stretch.split(|point| point.ends.is_none()).filter(|part| part.len() > 1) {
            let end = |point: &Point, upper: bool| {
                let (low, high) = point.ends.unwrap_or_default();
                self.spot(layer, point, if upper { high } else { low })
            };
            let mut points: Vec<_> = part.iter().map(|point| end(point, true)).collect();
            points.extend(part.iter().rev().map(|point| end(point, false)));
            page.add(Mark::Area { points, colour: layer.colour, alpha: BAND });
        }
    }

    fn hill(&self, page: &mut Page, layer: &Layer, stretch: &[Point]) {
        let inside: Vec<&Point> = stretch.iter().filter(|point| self.holds(point.at)).collect();
        let [first, .., last] = inside.as_slice() else { return };
        let mut points: Vec<_> =
            inside.iter().map(|point| self.spot(layer, point, point.value.unwrap_or(0.0))).collect();
        points.extend([last, first].map(|point| (self.x.at(point.at), self.y.at(0.0))));
        page.add(Mark::Area { points, colour: layer.colour, alpha: super::SEEN_THROUGH });
    }

    /// Whether a place lies on the horizontal axis.
    fn holds(&self, at: f64) -> bool {
        (self.x.low() - 1e-9..=self.x.high() + 1e-9).contains(&at)
    }

    fn line(&self, page: &mut Page, layer: &Layer, width: f64, colour: Rgb) {
        for stretch in stretches(layer) {
            let points = stretch.iter().filter(|point| self.holds(point.at));
            let points: Vec<_> =
                points.map(|point| self.spot(layer, point, point.value.unwrap_or_default())).collect();
            match points.as_slice() {
                [] => {}
                [at] if layer.shape != Shape::Hair => page.add(Mark::Dot { at: *at, radius: 3.0, colour }),
                _ => page.add(Mark::line(points, colour, width)),
            }
        }
    }

    /// A thick pale band behind an interval.
    fn strip(&self, page: &mut Page, span: Option<(f64, f64)>, y: f64, colour: Rgb) {
        let Some((from, to)) = span else { return };
        page.add(rectangle((self.x.at(from), y - HALF), (self.x.at(to), y + HALF), colour, ASSUMED));
    }

    fn bar(&self, page: &mut Page, layer: &Layer, point: &Point, (half, alpha): (f64, f64)) {
        let Some((from, to)) = point.span else { return };
        let (y, colour) = (self.level(layer, point), point.colour.unwrap_or(layer.colour));
        let (left, right) = (self.x.at(from.min(to)), self.x.at(from.max(to)));
        if right > left && half > 0.0 {
            page.add(rectangle((left, y - half), (right, y + half), colour, alpha));
        }
        if from.max(to) > self.x.high() * (1.0 + 1e-9) && half > 0.0 {
            // Two white strokes across the bar: it goes on.
            for back in [9.0, 5.0] {
                let stroke = vec![(right - back - 2.0, y + half + 1.0), (right - back + 2.0, y - half - 1.0)];
                page.add(Mark::line(stroke, WHITE, 1.75));
            }
        }
        if !point.words.is_empty() {
            page.add(Mark::text((right + 5.0, y), point.words.as_str(), SMALL, SOFT).middle());
        }
    }

    fn thread(&self, page: &mut Page, layer: &Layer, point: &Point, is_dashed: bool) {
        let Some((from, to)) = point.span else { return };
        let y = self.level(layer, point);
        let (from, to) = ((self.x.at(from), y), (self.x.at(to), y));
        if is_dashed {
            page.extend(dashes(from, to, layer.colour, 1.0));
        } else {
            page.add(Mark::line(vec![from, to], layer.colour, 0.75));
        }
    }

    fn upright(&self, page: &mut Page, layer: &Layer, point: &Point, is_dashed: bool) {
        let Some(value) = point.value else { return };
        let x = self.x.at(value);
        let (top, bottom) = ((x, self.top), (x, self.foot.max(self.bottom)));
        if is_dashed {
            page.extend(dashes(top, bottom, layer.colour, 1.25));
        } else {
            page.add(Mark::line(vec![top, bottom], layer.colour, 1.25));
        }
        if point.words.is_empty() {
            return;
        }
        let (before, after) = (x - 12.0 - self.left, self.right - x - 12.0);
        let is_left = font::width(&point.words, SMALL, false) <= before || before > after;
        let (at, anchor, room) =
            if is_left { (x - 6.0, Anchor::End, before) } else { (x + 6.0, Anchor::Start, after) };
        let lines = font::wrap(&point.words, room, SMALL, false, 4);
        for (line, text) in lines.into_iter().rev().enumerate() {
            let y = self.bottom - 12.0 - 13.0 * line as f64;
            page.add(Mark::text((at, y), text, SMALL, INK).middle().anchored(anchor));
        }
    }

    fn dot(&self, page: &mut Page, layer: &Layer, point: &Point, has_caps: bool) {
        let colour = point.colour.unwrap_or(layer.colour);
        let along = self.is_along(layer);
        self.strip(page, point.assumed, self.level(layer, point), colour);
        self.interval(page, (layer, point), colour, has_caps);
        let axis = if along { &self.x } else { &self.y };
        let Some(value) = point.value else {
            if along && !point.words.is_empty() {
                let at = (self.left + 5.0, self.level(layer, point));
                page.add(Mark::text(at, point.words.as_str(), SMALL, SOFT).middle());
            } else if !along && point.ends.is_none() {
                let (x, y) = (self.x.at(point.at), f64::midpoint(self.top, self.bottom));
                page.add(Mark::line(vec![(x - 4.0, y), (x + 4.0, y)], AXIS, 1.0));
            }
            return;
        };
        let at = self.spot(layer, point, value);
        if point.is_cross {
            cross(page, at, colour);
        } else if (axis.low()..=axis.high()).contains(&value) {
            page.add(Mark::Dot { at, radius: 4.0, colour });
            if point.is_open {
                page.add(Mark::Dot { at, radius: 2.4, colour: WHITE });
            }
        }
        if point.words.is_empty() {
            return;
        }
        if along {
            let ink = if point.is_open { SOFT } else { INK };
            let text = Mark::text((self.end, at.1), point.words.as_str(), SMALL, ink);
            page.add(text.middle().anchored(Anchor::End));
        } else {
            self.beside(page, &point.words, at, colour);
        }
    }

    /// Words beside a dot in a plot, on the side where nothing is in their way.
    fn beside(&self, page: &mut Page, words: &str, at: (f64, f64), colour: Rgb) {
        let far = at.0 + CAP + 9.0 + font::width(words, SMALL, true);
        let uprights = self.panel.layers.iter().filter(|layer| matches!(layer.shape, Shape::Upright { .. }));
        let mut lines = uprights.flat_map(|layer| &layer.points).filter_map(|point| point.value);
        let is_crossed = lines.any(|value| (at.0..far).contains(&self.x.at(value)));
        let (x, anchor) = if far <= self.right && !is_crossed {
            (at.0 + CAP + 7.0, Anchor::Start)
        } else {
            (at.0 - CAP - 7.0, Anchor::End)
        };
        page.add(Mark::text((x, at.1), words, SMALL, colour.as_text()).bold().middle().anchored(anchor));
    }

    /// An interval, which ends in an arrow where the axis ends first.
    fn interval(&self, page: &mut Page, (layer, point): (&Layer, &Point), colour: Rgb, has_caps: bool) {
        let along = self.is_along(layer);
        let axis = if along { &self.x } else { &self.y };
        let beyond = point.value.filter(|value| !(axis.low()..=axis.high()).contains(value));
        let Some((low, high)) = point.ends.or(beyond.map(|value| (value, value))) else { return };
        let place = |value: f64| self.spot(layer, point, value.clamp(axis.low(), axis.high()));
        page.add(Mark::line(vec![place(low), place(high)], colour, 2.0));
        // A step inward and one aside, from an end.
        let moved = |(x, y): (f64, f64), inward: f64, aside: f64| {
            if along { (x + inward, y + aside) } else { (x + aside, y - inward) }
        };
        let sides = [(low, low < axis.low(), 4.0), (high, high > axis.high(), -4.0)];
        for (end, is_beyond, inward) in sides {
            let at = place(end);
            if is_beyond {
                let tip = vec![moved(at, inward, -3.5), at, moved(at, inward, 3.5)];
                page.add(Mark::line(tip, colour, 1.75));
            } else if has_caps {
                page.add(Mark::line(vec![moved(at, 0.0, -CAP), moved(at, 0.0, CAP)], colour, 1.5));
            }
        }
    }

    /// Left upper and right lower corner of a cell; a hair of white stays between cells.
    fn corners(&self, at: f64, row: f64) -> Corners {
        let (left, top) = (self.x.at(at - 0.5), self.y.at(row - 0.5));
        ((left, top), (self.x.at(at + 0.5) - 1.0, self.y.at(row + 0.5) - 1.0))
    }

    fn cell(&self, page: &mut Page, layer: &Layer, point: &Point) {
        let row = layer.row as f64;
        let (from, to) = self.corners(point.at, row);
        let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
        if !point.is_drawn() && point.words.is_empty() {
            page.add(Mark::line(vec![(middle.0 - 3.0, middle.1), (middle.0 + 3.0, middle.1)], AXIS, 1.0));
            return;
        }
        match point.colour {
            Some(fill) => page.add(rectangle(from, to, fill, 1.0)),
            None => hatched(page, from, (to.0 - from.0, to.1 - from.1)),
        }
        let ink = match point.colour {
            None | Some(PALE) => INK,
            Some(DEAD) => ON_DARK,
            Some(colour) if colour.is_dark() => ON_DARK,
            Some(_) => ON_PALE,
        };
        self.words_in_cell(page, point, (from, to), ink);
        if point.is_open {
            page.add(Mark::Dot { at: (to.0 - 4.0, from.1 + 4.0), radius: 1.6, colour: ink });
        }
    }

    /// A triangle in the upper right corner of a cell.
    fn corner(&self, page: &mut Page, layer: &Layer, point: &Point) {
        let (from, to) = self.corners(point.at, layer.row as f64);
        let side = CORNER.min((to.0 - from.0) / 2.0).min((to.1 - from.1) / 2.0);
        page.add(triangle((to.0 - INSET, from.1 + INSET), side, layer.colour));
    }

    /// The words of a cell in its middle: the first line alone if there is no room for more, nothing if not even for that.
    fn words_in_cell(&self, page: &mut Page, point: &Point, (from, to): Corners, ink: Rgb) {
        let wide = to.0 - from.0;
        let first = point.words.split('\n').next().unwrap_or_default();
        if font::width(first, SMALL, true) + 4.0 > wide || to.1 - from.1 < 12.0 {
            return;
        }
        let rest = lines_in_cell(point, (from, to)).unwrap_or_default();
        let middle = (f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
        let mut y = middle.1 - CELL_LINE / 2.0 * rest.len() as f64;
        page.add(Mark::text((middle.0, y), first, SMALL, ink).bold().middle().anchored(Anchor::Middle));
        for line in rest {
            y += CELL_LINE;
            page.add(Mark::text((middle.0, y), line, SMALL, ink).middle().anchored(Anchor::Middle));
        }
    }

    /// Whether the names of the scenarios in the cell of a pin are written there.
    fn is_named(&self, pin: &Point) -> bool {
        let row = pin.value.unwrap_or_default();
        let cells = self.panel.layers.iter().filter(|layer| layer.shape == Shape::Cell);
        let mut here = cells.filter(|layer| (layer.row as f64 - row).abs() < 0.5);
        here.any(|layer| {
            let mut points = layer.points.iter().filter(|point| (point.at - pin.at).abs() < 0.5);
            points.any(|point| lines_in_cell(point, self.corners(point.at, layer.row as f64)).is_some())
        })
    }

    /// A pin stands near the foot of its cell, or where it lies between two.
    fn pin_at(&self, point: &Point) -> (f64, f64) {
        let row = point.value.unwrap_or_default();
        let y = if row.fract().abs() < 1e-9 { self.y.at(row + 0.5) - 8.0 } else { self.y.at(row) };
        (self.x.at(point.at), y)
    }

    fn framed(&self, page: &mut Page, layer: &Layer, point: &Point) {
        let (from, to) = self.corners(point.at, layer.row as f64);
        frame(page, from, to);
    }

    fn pin(&self, page: &mut Page, point: &Point) {
        if self.is_named(point) {
            return;
        }
        let at = self.pin_at(point);
        page.add(Mark::Dot { at, radius: 4.0, colour: WHITE });
        page.add(Mark::Dot { at, radius: 2.6, colour: INK });
    }

    fn word(&self, page: &mut Page, layer: &Layer, point: &Point) {
        let (at, colour) = (self.spot(layer, point, point.value.unwrap_or_default()), point.colour);
        let ink = colour.unwrap_or(layer.colour).as_text();
        page.add(Mark::text(at, point.words.as_str(), SMALL, ink).middle().anchored(Anchor::Middle));
    }
}

/// The points of a line, cut where one has no value; those of stairs with their corners.
fn stretches(layer: &Layer) -> Vec<Vec<Point>> {
    let mut found = vec![Vec::new()];
    for point in &layer.points {
        match found.last_mut() {
            Some(last) if point.value.is_some() => {
                let before: Option<&Point> = last.last();
                if let (Shape::Stairs, Some(before)) = (layer.shape, before) {
                    let corner = Point { at: point.at, ..before.clone() };
                    last.push(corner);
                }
                last.push(point.clone());
            }
            Some(last) if !last.is_empty() => found.push(Vec::new()),
            _ => {}
        }
    }
    found.retain(|stretch| !stretch.is_empty());
    found
}

/// The lines under the first of a cell, where they find room.
fn lines_in_cell(point: &Point, (from, to): Corners) -> Option<Vec<String>> {
    let (wide, high) = (to.0 - from.0 - 6.0, to.1 - from.1 - 8.0);
    let (_, rest) = point.words.split_once('\n')?;
    let even = font::wrap_evenly(rest, wide, SMALL, false, 9);
    let lines = if even.join(" ") == rest { even } else { font::wrap(rest, wide, SMALL, false, 9) };
    // A word that is broken is not read.
    let is_whole = rest.split(' ').all(|word| font::width(word, SMALL, false) <= wide);
    (is_whole && CELL_LINE * (lines.len() + 1) as f64 <= high).then_some(lines)
}

/// A frame inside two corners, white within ink, so that it is seen on every colour.
pub(super) fn frame(page: &mut Page, from: (f64, f64), to: (f64, f64)) {
    let ring = |by: f64| {
        let (left, top, right, bottom) = (from.0 + by, from.1 + by, to.0 - by, to.1 - by);
        vec![(left, top), (right, top), (right, bottom), (left, bottom), (left, top - 0.75)]
    };
    page.add(Mark::line(ring(3.0), WHITE, 2.0));
    page.add(Mark::line(ring(1.0), INK, 2.5));
}

/// Sides of the triangle in a corner of a cell.
const CORNER: f64 = 10.0;
/// Between it and the corner, so that it is no piece cut off the cell.
const INSET: f64 = 4.0;

/// A triangle in a right upper corner.
pub(super) fn triangle((x, y): (f64, f64), side: f64, colour: Rgb) -> Mark {
    Mark::Area { points: vec![(x - side, y), (x, y), (x, y + side)], colour, alpha: 1.0 }
}

/// A cross.
pub(super) fn cross(page: &mut Page, (x, y): (f64, f64), colour: Rgb) {
    for (dx, dy) in [(3.5, 3.5), (3.5, -3.5)] {
        page.add(Mark::line(vec![(x - dx, y - dy), (x + dx, y + dy)], colour, 2.0));
    }
}

/// A pale rectangle with rising strokes, cut at its sides.
pub(super) fn hatched(page: &mut Page, (x, y): (f64, f64), (wide, high): (f64, f64)) {
    page.add(rectangle((x, y), (x + wide, y + high), PALE, 1.0));
    let mut start = 7.0;
    while start < wide + high {
        let low = if start <= high { (x, y + start) } else { (x + start - high, y + high) };
        let top = if start <= wide { (x + start, y) } else { (x + wide, y + start - wide) };
        page.add(Mark::line(vec![low, top], AXIS, 0.75));
        start += 7.0;
    }
}
