//! Axes: where they end, so that all panels of one column and one heading have the same, and their ticks.

use crate::charts::figure::{Axis, Figure, Kind, Layer, Panel, Point, Shape};
use crate::charts::font;
use crate::charts::scale::{Scale, Tick, round_range};
use crate::charts::style::SMALL;

/// Ends of the two axes of a panel.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Ends {
    pub(super) x: (f64, f64),
    pub(super) y: (f64, f64),
}

/// Ends of the axes of all panels, by row and column.
pub(super) fn resolve(figure: &Figure) -> Vec<Vec<Ends>> {
    let of = |column: usize, panel: &Panel| {
        let is_alike = |(other_column, other): &(usize, &Panel)| {
            let is_common = figure.is_common && other.y.has_names() && panel.y.has_names();
            is_common || figure.is_alike || (*other_column == column && other.heading == panel.heading)
        };
        let all = figure.rows.iter().flat_map(|row| row.panels.iter().enumerate());
        let alike: Vec<&Panel> = all.filter(is_alike).map(|(_, panel)| panel).collect();
        ends(panel, &alike)
    };
    figure.rows.iter().map(|row| row.panels.iter().enumerate().map(|(c, p)| of(c, p)).collect()).collect()
}

fn ends(panel: &Panel, alike: &[&Panel]) -> Ends {
    let layers = || alike.iter().flat_map(|panel| &panel.layers).filter(|layer| layer.shape != Shape::Cell);
    let places = || {
        layers().filter(|layer| layer.lane.is_none()).flat_map(|layer| &layer.points).map(|point| point.at)
    };
    let named = |axis: &Axis| (!axis.list().is_empty()).then(|| (-0.5, axis.list().len() as f64 - 0.5));
    let known = |axis: &Axis| named(axis).or(axis.ends);
    let (x, y) = if panel.y.has_names() {
        (known(&panel.x).unwrap_or_else(|| along(&panel.x, layers())), known(&panel.y))
    } else {
        let x = known(&panel.x).unwrap_or_else(|| {
            places().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)))
        });
        (
            x,
            Some(
                known(&panel.y)
                    .unwrap_or_else(|| upright(&panel.y, layers().filter(|layer| layer.lane.is_none()))),
            ),
        )
    };
    Ends { x, y: y.unwrap_or((-0.5, 0.5)) }
}

/// Values and ends of layers of points; of an end that is infinite nothing.
fn extents<'a>(layers: impl Iterator<Item = &'a Layer>) -> (Vec<f64>, Vec<(f64, f64)>) {
    let points: Vec<&Point> = layers.flat_map(|layer| &layer.points).collect();
    let values = points.iter().filter_map(|point| point.value).collect();
    let ends = points.iter().flat_map(|point| [point.ends, point.assumed]).flatten();
    (values, ends.filter(|ends| ends.0.is_finite() && ends.1.is_finite()).collect())
}

/// An axis that goes up: all values, and bands as far as they do not leave the values far behind.
fn upright<'a>(axis: &Axis, layers: impl Iterator<Item = &'a Layer>) -> (f64, f64) {
    let is_along = |layer: &&Layer| matches!(layer.shape, Shape::Upright { .. } | Shape::Shade);
    let (values, ends) = extents(layers.filter(|layer| !is_along(layer)));
    let start = if axis.has_zero { 0.0 } else { values.first().copied().unwrap_or(0.0) };
    let (low, high) = values.iter().fold((start, start), |(low, high), &x| (low.min(x), high.max(x)));
    if axis.kind == Kind::Bare {
        return (0.0, 1.04 * high);
    }
    let room = 0.3 * (high - low);
    let (far_low, far_high) = ends.iter().fold((low, high), |(l, h), end| (l.min(end.0), h.max(end.1)));
    let (low, top) = round_range([far_low.max(low - room), far_high.min(high + room)], start, 4.0);
    (low, top.min(axis.most))
}

/// An axis that runs along: zero, all values, and intervals as far as they do not leave the values far behind.
fn along<'a>(axis: &Axis, layers: impl Iterator<Item = &'a Layer>) -> (f64, f64) {
    let (values, ends) = extents(layers);
    let start = if axis.has_zero { 0.0 } else { values.first().copied().unwrap_or(0.0) };
    let (low, high) = values.iter().fold((start, start), |(low, high), &x| (low.min(x), high.max(x)));
    let mut widths: Vec<f64> = ends.iter().map(|end| end.1 - end.0).collect();
    widths.sort_by(f64::total_cmp);
    // The middle interval is always seen whole; of wider ones, as much as half the spread of the values.
    let room = (0.5 * (high - low)).max(widths.get(widths.len() / 2).copied().unwrap_or_default());
    let (far_low, far_high) = ends.iter().fold((low, high), |(l, h), end| (l.min(end.0), h.max(end.1)));
    let (low, high) = (far_low.max(low - room), far_high.min(high + room));
    let margin = 0.03 * (high - low);
    match high - low {
        wide if wide > 1e-12 => (if low < 0.0 || !axis.has_zero { low - margin } else { 0.0 }, high + margin),
        // Where nothing has a size the last tick keeps off the next plot.
        _ => (0.0, 1.15),
    }
}

/// The scale of an axis between pixels.
pub(super) fn scale(axis: &Axis, ends: (f64, f64), from: f64, to: f64) -> Scale {
    if axis.kind == Kind::Log {
        Scale::log(ends.0, ends.1, from, to)
    } else {
        Scale::linear(ends.0, ends.1, from, to).with_places(&axis.places)
    }
}

/// Ticks of a horizontal axis that find room side by side.
pub(super) fn across(axis: &Axis, x: &Scale) -> Vec<Tick> {
    match axis.kind {
        Kind::Names(_) | Kind::Bare => Vec::new(),
        Kind::Weeks => weeks(x),
        _ => apart(x, (x.length() / 52.0).clamp(3.0, 6.0), axis.tick),
    }
}

/// Ticks of a vertical axis; its first and its last where there is no room for more.
pub(super) fn up(axis: &Axis, y: &Scale) -> Vec<Tick> {
    if axis.kind == Kind::Bare || axis.has_names() {
        return Vec::new();
    }
    let height = y.length();
    let ticks = y.ticks(if height >= 150.0 { 4.0 } else { 3.0 }, axis.tick);
    match ticks.as_slice() {
        [first, .., last] if height < 66.0 => vec![first.clone(), last.clone()],
        _ => ticks,
    }
}

/// Ticks of weeks; those of a year or so are quarters.
fn weeks(x: &Scale) -> Vec<Tick> {
    if !(26.0..=78.0).contains(&x.high()) {
        return x.week_ticks(46.0);
    }
    let quarters = (0_u8..=6).filter(|&quarter| 13.0 * f64::from(quarter) <= x.high());
    let tick = |quarter: u8| {
        let at = 13.0 * f64::from(quarter);
        Tick { at, text: format!("{at}"), below: if quarter == 4 { "1 year" } else { "" }.to_owned() }
    };
    quarters.map(tick).collect()
}

/// As many ticks as find room side by side, about `most` at most.
fn apart(x: &Scale, most: f64, format: fn(f64, usize) -> String) -> Vec<Tick> {
    let fits = |ticks: &[Tick]| {
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
    // By ratios steps differ, so that those are left out which would lie on the last that is kept.
    let kept = |ticks: Vec<Tick>| {
        ticks.into_iter().fold(Vec::new(), |mut kept: Vec<Tick>, tick| {
            if kept.last().is_none_or(|last| fits(&[last.clone(), tick.clone()])) {
                kept.push(tick);
            }
            kept
        })
    };
    let tries = if x.is_log() { vec![kept(x.ticks(most, format))] } else { tries };
    let best = |several: bool| tries.iter().find(|ticks| fits(ticks) && (!several || ticks.len() > 1));
    best(true).or_else(|| best(false)).cloned().unwrap_or_default()
}
