//! Where the market lives: share of replications that are viable, over two knobs of a sweep, with the edge of one half.

use super::{Map, Panel, Spot};
use crate::charts::figure::{Axis, Entry, Figure, Layer, Point, Shape};
use crate::charts::holds_half;
use crate::charts::page::title_fits;
use crate::charts::source::Source;
use crate::charts::style::{AXIS, GREY, INK, Rgb};
use crate::output::OutputError;
use crate::stats::Estimate;
use crate::text::{count, joined, rounded};

pub(in crate::charts) const NAME: &str = "viability-map";

/// What divides the map.
const HALF: f64 = 0.5;

const SUBTITLE: &str = "Share of replications in which the market is viable: sellers live by it, and their requests bring \
                        decision-makers no loss.";

/// The chart, from map.csv.
pub(in crate::charts) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let map = Map::read(source)?;
    let title = title(&map);
    if let Some(trouble) = map.trouble() {
        return Ok(Some(Figure::nothing(title, SUBTITLE, map.footer, &trouble)));
    }
    let subtitle = format!(
        "{SUBTITLE} Brackets: settings surely above one half – settings that may be, by their 95\u{a0}% intervals.{}",
        map.says_what_is_left_out()
    );
    let (key, rows) = if map.y.is_none() {
        (Vec::new(), map.plots(|panel| strip(&map, panel), &Axis::share().between(0.0, 1.0), Some(240.0)))
    } else {
        let layers = |panel: &Panel| [cells(&map, panel), edges(&map, panel)].concat();
        (key(), map.plots(layers, &Axis::default(), None))
    };
    let key = key.into_iter().chain(map.badges()).collect();
    Ok(Some(Figure { title, subtitle, footer: map.footer.clone(), key, rows, ..Figure::default() }))
}

fn key() -> Vec<Entry> {
    vec![
        Entry::Ramp(ramp, ["0\u{a0}%".to_owned(), "100\u{a0}% of markets viable".to_owned()]),
        Entry::Edge("edge of 50\u{a0}%".to_owned()),
        Entry::Dashes(INK, "the edge may lie between these: intervals hold 50\u{a0}%".to_owned()),
        Entry::Swatch(None, 1.0, "empty: hardly anybody sells".to_owned()),
    ]
}

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

/// The colour of a share.
fn ramp(share: f64) -> Rgb {
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

/// A cell for each setting: its share, or that the market was empty.
fn cells(map: &Map, panel: &Panel) -> Vec<Layer> {
    let cell = |(column, row, spot): (usize, usize, Option<&Spot>)| {
        let at = column as f64;
        let state = spot.map_or("", state);
        let share = spot.and_then(|spot| spot.viable.filter(|_| !spot.is_empty));
        let point = match (share, state) {
            (Some(share), _) => {
                Point::of(at, &share).coloured(ramp(share.value)).saying(rounded(100.0 * share.value))
            }
            (None, "empty") => Point { n: spot.map(|spot| spot.replications), ..Point::without(at, "empty") },
            _ => Point::without(at, ""),
        };
        Layer { row, ..Layer::new(state, Shape::Cell, GREY, vec![point]) }
    };
    map.cells(panel).map(cell).collect()
}

fn state(spot: &Spot) -> &'static str {
    match side(spot) {
        None => "unknown",
        Some(_) if spot.is_empty => "empty",
        Some(true) => "viable",
        Some(false) => "not viable",
    }
}

/// Lines between neighbours on different sides of one half: as estimated, and within which they may be.
fn edges(map: &Map, panel: &Panel) -> Vec<Layer> {
    let surely = |spot: &Spot| side(spot).map(|is_viable| is_viable && !is_uncertain(spot));
    let maybe = |spot: &Spot| side(spot).map(|is_viable| is_viable || is_uncertain(spot));
    let edge = |of: &dyn Fn(&Spot) -> Option<bool>, is_dashed: bool| {
        let cells: Vec<_> = map.cells(panel).collect();
        let side = |place: usize| cells[place].2.and_then(of);
        let differ = |a: usize, b: usize| side(a).zip(side(b)).is_some_and(|(a, b)| a != b);
        let columns = map.columns();
        let mut points = Vec::new();
        for (place, &(column, row, _)) in cells.iter().enumerate() {
            let (x, y) = (column as f64, row as f64);
            if column + 1 < columns && differ(place, place + 1) {
                points.extend([Point::at(x + 0.5, y - 0.5), Point::at(x + 0.5, y + 0.5)]);
            }
            if place + columns < cells.len() && differ(place, place + columns) {
                points.extend([Point::at(x - 0.5, y - 0.5), Point::at(x + 0.5, y - 0.5)]);
            }
        }
        Layer::new("", Shape::Edge { is_dashed }, INK, points)
    };
    vec![edge(&surely, true), edge(&maybe, true), edge(&side, false)]
}

/// The share over the values of one knob.
fn strip(map: &Map, panel: &Panel) -> Vec<Layer> {
    let dot = |(column, _, spot): (usize, usize, Option<&Spot>)| {
        let Some(share) = spot.and_then(|spot| spot.viable) else { return Point::without(column as f64, "") };
        let colour = if share.excludes(HALF) { INK } else { GREY };
        Point::of(column as f64, &share).coloured(colour)
    };
    let dots = map.cells(panel).map(dot).collect();
    vec![
        Layer::new("", Shape::Across, AXIS, vec![Point::at(0.0, HALF)]),
        Layer::new("share viable", Shape::Dot { has_caps: false }, INK, dots),
    ]
}

/// Whether half the markets are viable; where nobody opened, none is.
fn side(spot: &Spot) -> Option<bool> {
    match spot.viable {
        Some(share) => Some(share.value >= HALF),
        None => spot.is_empty.then_some(false),
    }
}

fn is_uncertain(spot: &Spot) -> bool {
    spot.viable.is_some_and(|share| share.interval.is_none() || holds_half(&share))
}

/// Settings on the viable side: surely, as estimated, possibly; and all that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Count {
    surely: usize,
    here: usize,
    maybe: usize,
    of: usize,
}

impl Count {
    fn of<'a>(spots: impl Iterator<Item = &'a Spot>) -> Self {
        let mut count = Self { surely: 0, here: 0, maybe: 0, of: 0 };
        for spot in spots {
            let Some(is_viable) = side(spot) else { continue };
            count.of += 1;
            count.here += usize::from(is_viable);
            count.surely += usize::from(is_viable && !is_uncertain(spot));
            count.maybe += usize::from(is_viable || is_uncertain(spot));
        }
        count
    }

    fn text(&self) -> String {
        let bounds = if self.surely == self.maybe {
            String::new()
        } else {
            format!("\u{a0}[{}–{}]", count(self.surely), count(self.maybe))
        };
        format!("{}{bounds} of {} settings", count(self.here), count(self.of))
    }
}

fn title(map: &Map) -> String {
    let all = if map.panels.is_empty() {
        Count::of(map.spots.iter())
    } else {
        Count::of(map.panels.iter().flat_map(|panel| map.of(panel)))
    };
    let highest = map.spots.iter().filter_map(|spot| spot.viable).map(|share: Estimate| share.value);
    let highest = highest.fold(f64::NEG_INFINITY, f64::max);
    if all.of == 0 {
        return "The sweep tells nothing of where markets live: no setting has a number".to_owned();
    }
    if all.of == 1 {
        let what = if highest >= 0.0 {
            format!("{}\u{a0}% of the markets were viable", rounded(100.0 * highest))
        } else {
            "nobody sells".to_owned()
        };
        return format!("In the only setting {what}; there is no edge to find");
    }
    if map.spots.iter().all(|spot| spot.is_empty) {
        return format!(
            "In all {} settings hardly anybody sold: there was no market to live or die",
            count(all.of)
        );
    }
    if all.here == 0 {
        let most = if highest > 0.0 {
            format!("the highest share was {}\u{a0}%", rounded(100.0 * highest))
        } else {
            "not one market was".to_owned()
        };
        let doubt = match all.maybe {
            0 => String::new(),
            n => format!("; {} may still be", count(n)),
        };
        return format!(
            "In none of {} settings were half of the markets viable, {most}; no edge inside the grid{doubt}",
            count(all.of)
        );
    }
    if all.here == all.of {
        let sure =
            if all.surely == all.of { String::new() } else { format!(", in {} surely", count(all.surely)) };
        return format!(
            "In all {} settings at least half of the markets were viable{sure}; no edge inside the grid",
            count(all.of)
        );
    }
    let short = format!("At least half of the markets were viable in {}", all.text());
    if map.panels.len() < 2 {
        let Some(best) = best(map) else { return short };
        let long = format!("{short}; the share was highest with {best}");
        return if title_fits(&long) { long } else { short };
    }
    let each = |panel: &Panel| format!("{} with {}", Count::of(map.of(panel)).text(), panel.name);
    let parts: Vec<String> = map.panels.iter().map(each).collect();
    let long = format!("At least half of the markets were viable in {}", joined(&parts));
    if title_fits(&long) { long } else { short }
}

/// Where the share is highest, if that is one setting alone.
fn best(map: &Map) -> Option<String> {
    let share = |spot: &&Spot| spot.viable.map_or(-1.0, |share| share.value);
    let best = map.spots.iter().max_by(|a, b| share(a).total_cmp(&share(b)))?;
    let ties = map.spots.iter().filter(|spot| share(spot) >= share(&best)).count();
    let axes = std::iter::once(map.x).chain(map.y);
    let words = axes.map(|k| map.knobs[k].setting(best.levels[k])).collect::<Vec<_>>();
    (ties == 1).then(|| joined(&words))
}
