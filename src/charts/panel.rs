//! One plot on a page: a grid, two axes, lines with their bands.

use super::font;
use super::marks::{Anchor, Mark};
use super::page::Page;
use super::scale::{Scale, Tick};
use super::style::{AXIS, GRID, HEADING, INK, Rgb, SMALL, SOFT};

/// A point of a line, with its interval where there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) interval: Option<(f64, f64)>,
}

/// A rectangle with two axes; `x` runs from its left to its right edge, `y` from its bottom to its top.
#[derive(Clone, Copy, Debug)]
pub(super) struct Panel {
    pub(super) x: Scale,
    pub(super) y: Scale,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

const BAND: f64 = 0.16;
const HAIR: f64 = 0.9;
const STROKE: f64 = 2.0;

impl Panel {
    /// Heading above the panel, cut to its room; the unit follows in a lighter ink.
    pub(super) fn heading(&self, page: &mut Page, from: f64, heading: &str, unit: &str) {
        let at = |x| (x, self.top - 24.0);
        page.add(Mark::text(at(from), heading, HEADING, INK).bold());
        let after = from + font::width(heading, HEADING, true) + 7.0;
        page.add(Mark::text((after, self.top - 22.8), unit, SMALL + 0.5, SOFT));
    }

    /// Grid lines and tick labels of both axes.
    pub(super) fn axes(&self, page: &mut Page, xs: &[Tick], ys: &[Tick]) {
        for tick in ys {
            let y = self.y.at(tick.at);
            let colour = if tick.at.abs() < 1e-12 { AXIS } else { GRID };
            page.add(Mark::line(vec![(self.left, y), (self.right, y)], colour, 0.75));
            page.add(
                Mark::text((self.left - 6.0, y), tick.text.as_str(), SMALL, SOFT)
                    .middle()
                    .anchored(Anchor::End),
            );
        }
        for tick in xs {
            let x = self.x.at(tick.at);
            if !tick.below.is_empty() {
                page.add(Mark::line(vec![(x, self.top), (x, self.bottom)], GRID, 0.75));
            }
            page.add(Mark::line(vec![(x, self.bottom), (x, self.bottom + 4.0)], AXIS, 0.75));
            let at = (x, self.bottom + 7.0);
            page.add(Mark::text(at, tick.text.as_str(), SMALL, SOFT).anchored(Anchor::Middle));
            if !tick.below.is_empty() {
                let at = (x, self.bottom + 20.0);
                page.add(Mark::text(at, tick.below.as_str(), SMALL, SOFT).anchored(Anchor::Middle));
            }
        }
        page.add(Mark::line(vec![(self.left, self.bottom), (self.right, self.bottom)], AXIS, 0.75));
    }

    /// Words in the middle of a panel that has nothing to show.
    pub(super) fn says(&self, page: &mut Page, text: &str) {
        let lines = font::wrap(text, self.right - self.left - 12.0, SMALL, false, 4);
        let middle = f64::midpoint(self.top, self.bottom);
        for (row, line) in lines.iter().enumerate() {
            let y = middle + 14.0 * (row as f64 - (lines.len() - 1) as f64 / 2.0);
            let at = (f64::midpoint(self.left, self.right), y);
            page.add(Mark::text(at, line.as_str(), SMALL, SOFT).middle().anchored(Anchor::Middle));
        }
    }

    /// The bands of a line, one area for each unbroken stretch of points with intervals.
    pub(super) fn band(&self, page: &mut Page, stretches: &[Vec<Point>], colour: Rgb) {
        for stretch in stretches {
            for part in stretch.split(|point| point.interval.is_none()).filter(|part| part.len() > 1) {
                let end = |point: &Point, upper: bool| {
                    let (low, high) = point.interval.unwrap_or((point.y, point.y));
                    (self.x.at(point.x), self.y.at(if upper { high } else { low }))
                };
                let mut points: Vec<_> = part.iter().map(|point| end(point, true)).collect();
                points.extend(part.iter().rev().map(|point| end(point, false)));
                page.add(Mark::Area { points, colour, alpha: BAND });
            }
        }
    }

    /// Thin lines, one of each replication, where there are too few for a band.
    pub(super) fn hairs(&self, page: &mut Page, stretches: &[Vec<Point>], colour: Rgb) {
        for stretch in stretches.iter().filter(|stretch| stretch.len() > 1) {
            let points = stretch.iter().map(|point| (self.x.at(point.x), self.y.at(point.y)));
            page.add(Mark::line(points.collect(), colour.lighter(), HAIR));
        }
    }

    /// A line through each unbroken stretch; a lone point becomes a dot.
    pub(super) fn line(&self, page: &mut Page, stretches: &[Vec<Point>], colour: Rgb) {
        for stretch in stretches {
            let points: Vec<_> =
                stretch.iter().map(|point| (self.x.at(point.x), self.y.at(point.y))).collect();
            match points.as_slice() {
                [] => {}
                [at] => page.add(Mark::Dot { at: *at, radius: 3.0, colour }),
                _ => page.add(Mark::line(points, colour, STROKE)),
            }
        }
    }
}

/// Cuts a series where it has no value.
pub(super) fn stretches(points: impl IntoIterator<Item = Option<Point>>) -> Vec<Vec<Point>> {
    let mut found = vec![Vec::new()];
    for point in points {
        match (point, found.last_mut()) {
            (Some(point), Some(last)) => last.push(point),
            (None, Some(last)) if !last.is_empty() => found.push(Vec::new()),
            _ => {}
        }
    }
    found.retain(|stretch| !stretch.is_empty());
    found
}
