//! Cells of a map: fills, hatches, numbers, the edge between them, and the key.

use super::layout::Layout;
use super::library::Point;
use super::{Map, Panel};
use crate::charts::font;
use crate::charts::marks::{Anchor, Mark, dashes};
use crate::charts::page::Page;
use crate::charts::style::{AXIS, INK, LABEL, MARGIN, Rgb, SMALL, SOFT, WIDTH};

/// Viridis at nine even steps: lightness grows evenly, for every kind of eye.
const RAMP: [Rgb; 9] = [
    Rgb(68, 1, 84),
    Rgb(71, 45, 123),
    Rgb(59, 82, 139),
    Rgb(44, 114, 142),
    Rgb(33, 145, 140),
    Rgb(40, 174, 128),
    Rgb(94, 201, 98),
    Rgb(173, 220, 48),
    Rgb(253, 231, 37),
];
const WHITE: Rgb = Rgb(255, 255, 255);
const PALE: Rgb = Rgb(0xf1, 0xf1, 0xf1);

/// The colour of a share.
pub(super) fn ramp(share: f64) -> Rgb {
    let at = share.clamp(0.0, 1.0) * 8.0;
    let below =
        RAMP.iter().enumerate().rev().find(|(step, _)| *step as f64 <= at).map_or(0, |(step, _)| step);
    let (from, to, part) = (RAMP[below], RAMP[(below + 1).min(8)], at - below as f64);
    let mix = |a: u8, b: u8| byte(f64::from(a) + (f64::from(b) - f64::from(a)) * part);
    Rgb(mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mean of two bytes is one")]
fn byte(x: f64) -> u8 {
    x.round() as u8
}

/// How a cell looks.
#[derive(Clone, Debug)]
pub(super) struct Paint {
    /// `None` for an empty market, which is hatched.
    pub(super) fill: Option<Rgb>,
    pub(super) text: String,
    pub(super) is_uncertain: bool,
}

/// One entry of the key.
pub(super) enum Key {
    /// A colour, or the hatch.
    Swatch(Option<Rgb>, String),
    /// The ramp between two words.
    Ramp(String, String),
    Edge(String),
    /// The dashes within which the edge may lie.
    Band(String),
    Dot(String),
    /// A letter, and the scenarios that it stands for.
    Point(char, String),
}

/// Height of the key.
pub(super) fn key_height(keys: &[Key]) -> f64 {
    20.0 * placed(keys).last().map_or(1.0, |(_, line, _)| line + 1.0) + 12.0
}

fn placed(keys: &[Key]) -> Vec<(f64, f64, &Key)> {
    let (mut x, mut line, mut placed) = (MARGIN, 0.0, Vec::new());
    for key in keys {
        let text = |text: &str| font::width(text, LABEL, false);
        let wide = match key {
            Key::Swatch(_, words)
            | Key::Edge(words)
            | Key::Band(words)
            | Key::Dot(words)
            | Key::Point(_, words) => 24.0 + text(words),
            Key::Ramp(from, to) => 132.0 + text(from) + text(to),
        };
        if x > MARGIN && x + wide > WIDTH - MARGIN {
            (x, line) = (MARGIN, line + 1.0);
        }
        placed.push((x, line, key));
        x += wide + 20.0;
    }
    placed
}

pub(super) fn draw_key(page: &mut Page, keys: &[Key], top: f64) {
    for (x, line, key) in placed(keys) {
        let y = top + 7.0 + 20.0 * line;
        let mut words = |x: f64, text: &str| page.add(Mark::text((x, y), text, LABEL, SOFT).middle());
        match key {
            Key::Swatch(_, text) | Key::Edge(text) | Key::Band(text) | Key::Dot(text) => {
                words(x + 24.0, text);
            }
            Key::Point(_, text) => {
                words(x + 24.0, &font::cut(text, WIDTH - 2.0 * MARGIN - 24.0, LABEL, false))
            }
            Key::Ramp(from, to) => {
                words(x, from);
                words(x + 132.0 + font::width(from, LABEL, false), to);
            }
        }
        match key {
            Key::Swatch(fill, _) => cell(page, (x, y - 7.0), (18.0, 14.0), *fill),
            Key::Edge(_) => page.add(Mark::line(vec![(x, y), (x + 18.0, y)], INK, 3.0)),
            Key::Band(_) => page.extend(dashes((x, y), (x + 18.0, y), INK, 1.5)),
            Key::Point(letter, _) => badge(page, (x + 9.0, y), *letter),
            Key::Dot(_) => page.add(Mark::Dot { at: (x + 9.0, y), radius: 2.0, colour: INK }),
            Key::Ramp(from, _) => {
                let left = x + font::width(from, LABEL, false) + 6.0;
                for step in 0..40 {
                    let part = f64::from(step) / 40.0;
                    let at = (left + 120.0 * part, y - 7.0);
                    page.add(rectangle(at, (3.0, 14.0), ramp(part + 0.0125)));
                }
            }
        }
    }
}

fn rectangle((x, y): (f64, f64), (wide, high): (f64, f64), colour: Rgb) -> Mark {
    Mark::Area {
        points: vec![(x, y), (x + wide, y), (x + wide, y + high), (x, y + high)],
        colour,
        alpha: 1.0,
    }
}

fn cell(page: &mut Page, (x, y): (f64, f64), (wide, high): (f64, f64), fill: Option<Rgb>) {
    page.add(rectangle((x, y), (wide, high), fill.unwrap_or(PALE)));
    if fill.is_some() {
        return;
    }
    // Rising strokes, cut at the sides of the cell.
    let mut start = 7.0;
    while start < wide + high {
        let low = if start <= high { (x, y + start) } else { (x + start - high, y + high) };
        let top = if start <= wide { (x + start, y) } else { (x + wide, y + start - wide) };
        page.add(Mark::line(vec![low, top], AXIS, 0.75));
        start += 7.0;
    }
}

/// The cells of one panel.
pub(super) fn cells(
    page: &mut Page,
    layout: &Layout,
    corner: (f64, f64),
    (paints, columns): (&[Option<Paint>], usize),
    points: &[&Point],
) {
    // A hair of white between cells.
    let size = (layout.wide - 1.0, layout.high - 1.0);
    for (place, paint) in paints.iter().enumerate() {
        let (column, row) = (place % columns, layout.row_from_top(place / columns));
        let at = (corner.0 + layout.wide * column as f64, corner.1 + layout.high * row as f64);
        let middle = (at.0 + size.0 / 2.0, at.1 + size.1 / 2.0);
        let Some(paint) = paint else {
            page.add(Mark::line(vec![(middle.0 - 3.0, middle.1), (middle.0 + 3.0, middle.1)], AXIS, 1.0));
            continue;
        };
        cell(page, at, size, paint.fill);
        let ink = match paint.fill {
            Some(fill) if is_dark(fill) => WHITE,
            _ => INK,
        };
        let marked = points.iter().any(|point| {
            let away = (point.at.0 - column as f64).abs().max((point.at.1 - (place / columns) as f64).abs());
            away < 0.75
        });
        let fits = font::width(&paint.text, SMALL, false) + 4.0 <= size.0
            && size.1 >= if marked { BOTH - 1.0 } else { 12.0 };
        // Under the letter.
        let middle = if marked { (middle.0, middle.1.max(at.1 + 24.0)) } else { middle };
        if fits {
            page.add(Mark::text(middle, paint.text.as_str(), SMALL, ink).middle().anchored(Anchor::Middle));
        }
        if paint.is_uncertain {
            let at = (at.0 + size.0 - 4.0, at.1 + 4.0);
            page.add(Mark::Dot { at, radius: 1.6, colour: ink });
        }
    }
}

/// Room for a letter above the number of a cell.
const BOTH: f64 = 29.0;

/// A letter in a disc.
fn badge(page: &mut Page, at: (f64, f64), letter: char) {
    page.add(Mark::Dot { at, radius: 8.0, colour: INK });
    page.add(Mark::Dot { at, radius: 7.0, colour: WHITE });
    page.add(Mark::text(at, letter.to_string(), SMALL, INK).bold().middle().anchored(Anchor::Middle));
}

/// The scenarios that lie in a panel.
pub(super) fn points<'a>(
    page: &mut Page,
    layout: &Layout,
    corner: (f64, f64),
    rows: usize,
    points: impl Iterator<Item = &'a Point>,
) {
    for point in points {
        let x = corner.0 + layout.wide * (point.at.0 + 0.5);
        let middle = corner.1 + layout.high * ((rows - 1) as f64 - point.at.1 + 0.5);
        let y = if layout.high < BOTH { middle } else { middle - layout.high / 2.0 + 9.0 };
        badge(page, (x, y), point.letter);
    }
}

fn is_dark(colour: Rgb) -> bool {
    299 * u32::from(colour.0) + 587 * u32::from(colour.1) + 114 * u32::from(colour.2) < 140_000
}

/// How a line between cells is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    Whole,
    Dashed,
}

/// Lines between neighbours on different sides; `sides` is `None` where nothing is known.
pub(super) fn edge(
    page: &mut Page,
    layout: &Layout,
    corner: (f64, f64),
    (sides, columns): (&[Option<bool>], usize),
    stroke: Stroke,
) {
    let differ = |a: usize, b: usize| sides[a].zip(sides[b]).is_some_and(|(a, b)| a != b);
    for place in 0..sides.len() {
        let (column, row) = (place % columns, layout.row_from_top(place / columns));
        let (left, top) =
            (corner.0 + layout.wide * column as f64 - 0.5, corner.1 + layout.high * row as f64 - 0.5);
        let (right, bottom) = (left + layout.wide, top + layout.high);
        let mut line = |from, to| match stroke {
            Stroke::Whole => {
                page.add(Mark::line(vec![from, to], WHITE, 5.0));
                page.add(Mark::line(vec![from, to], INK, 3.0));
            }
            Stroke::Dashed => {
                page.add(Mark::line(vec![from, to], WHITE, 3.5));
                page.extend(dashes(from, to, INK, 1.5));
            }
        };
        if column + 1 < columns && differ(place, place + 1) {
            line((right, top), (right, bottom));
        }
        if place + columns < sides.len() && differ(place, place + columns) {
            line((left, top), (right, top));
        }
    }
}

/// What a map shows of a panel: its cells, and on which side of the edge each is; surely, as estimated, possibly.
pub(super) struct Shown {
    pub(super) paints: Vec<Option<Paint>>,
    pub(super) sides: Option<[Vec<Option<bool>>; 3]>,
}

/// One page of maps.
pub(super) fn page(texts: [&str; 3], map: &Map, mut keys: Vec<Key>, show: &dyn Fn(&Panel) -> Shown) -> Page {
    let layout = Layout::of(map, None);
    keys.extend(map.points.iter().map(|point| Key::Point(point.letter, point.words())));
    let key = key_height(&keys);
    let mut page = Page::new(texts[0], texts[1], texts[2], key + layout.height());
    let top = page.top;
    draw_key(&mut page, &keys, top);
    for (number, panel) in map.panels.iter().enumerate() {
        layout.frame(&mut page, map, number, top + key);
        let (corner, columns) = (layout.corner(number, top + key), map.columns());
        let (shown, here): (Shown, Vec<&Point>) = (show(panel), Point::of(&map.points, number).collect());
        cells(&mut page, &layout, corner, (&shown.paints, columns), &here);
        if let Some([surely, here, maybe]) = &shown.sides {
            for sides in [surely, maybe] {
                edge(&mut page, &layout, corner, (sides, columns), Stroke::Dashed);
            }
            edge(&mut page, &layout, corner, (here, columns), Stroke::Whole);
        }
        points(&mut page, &layout, corner, map.rows(), here.into_iter());
    }
    page
}
