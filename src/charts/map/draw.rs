//! Cells of a map: fills, hatches, numbers, the edge between them, and the key.

use super::layout::Layout;
use super::{Map, Panel};
use crate::charts::font;
use crate::charts::marks::{Anchor, Mark};
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
    Dot(String),
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
            Key::Swatch(_, words) | Key::Edge(words) | Key::Dot(words) => 24.0 + text(words),
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
            Key::Swatch(_, text) | Key::Edge(text) | Key::Dot(text) => words(x + 24.0, text),
            Key::Ramp(from, to) => {
                words(x, from);
                words(x + 132.0 + font::width(from, LABEL, false), to);
            }
        }
        match key {
            Key::Swatch(fill, _) => cell(page, (x, y - 7.0), (18.0, 14.0), *fill),
            Key::Edge(_) => page.add(Mark::line(vec![(x, y), (x + 18.0, y)], INK, 3.0)),
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
    paints: &[Option<Paint>],
    columns: usize,
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
        let fits = font::width(&paint.text, SMALL, false) + 4.0 <= size.0 && size.1 >= 12.0;
        if fits {
            page.add(Mark::text(middle, paint.text.as_str(), SMALL, ink).middle().anchored(Anchor::Middle));
        }
        if paint.is_uncertain {
            let at = (at.0 + size.0 - 4.0, at.1 + 4.0);
            page.add(Mark::Dot { at, radius: 1.6, colour: ink });
        }
    }
}

fn is_dark(colour: Rgb) -> bool {
    299 * u32::from(colour.0) + 587 * u32::from(colour.1) + 114 * u32::from(colour.2) < 140_000
}

/// Lines between neighbours on different sides; `sides` is `None` where nothing is known.
pub(super) fn edge(
    page: &mut Page,
    layout: &Layout,
    corner: (f64, f64),
    sides: &[Option<bool>],
    columns: usize,
) -> usize {
    let mut drawn = 0;
    let differ = |a: usize, b: usize| sides[a].zip(sides[b]).is_some_and(|(a, b)| a != b);
    for place in 0..sides.len() {
        let (column, row) = (place % columns, layout.row_from_top(place / columns));
        let (left, top) =
            (corner.0 + layout.wide * column as f64 - 0.5, corner.1 + layout.high * row as f64 - 0.5);
        let (right, bottom) = (left + layout.wide, top + layout.high);
        let mut stroke = |from, to| {
            page.add(Mark::line(vec![from, to], WHITE, 5.0));
            page.add(Mark::line(vec![from, to], INK, 3.0));
            drawn += 1;
        };
        if column + 1 < columns && differ(place, place + 1) {
            stroke((right, top), (right, bottom));
        }
        if place + columns < sides.len() && differ(place, place + columns) {
            stroke((left, top), (right, top));
        }
    }
    drawn
}

/// One page of maps.
pub(super) fn page(
    texts: [&str; 3],
    map: &Map,
    keys: &[Key],
    paint: &dyn Fn(&Panel) -> Vec<Option<Paint>>,
    side: &dyn Fn(&Panel) -> Vec<Option<bool>>,
) -> Page {
    let layout = Layout::of(map, None);
    let key = key_height(keys);
    let mut page = Page::new(texts[0], texts[1], texts[2], key + layout.height());
    let top = page.top;
    draw_key(&mut page, keys, top);
    for (number, panel) in map.panels.iter().enumerate() {
        layout.frame(&mut page, map, number, top + key);
        let corner = layout.corner(number, top + key);
        cells(&mut page, &layout, corner, &paint(panel), map.columns());
        edge(&mut page, &layout, corner, &side(panel), map.columns());
    }
    page
}
