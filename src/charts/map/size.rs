//! Where the market lasts, over two knobs of a sweep, and how large it is there.

use super::{Map, Panel, Spot};
use crate::charts::figure::{Axis, Entry, Figure, Layer, Point, Shape};
use crate::charts::page::title_fits;
use crate::charts::source::Source;
use crate::charts::style::{AXIS, GREY, INK, PALE, Rgb};
use crate::experiments::verdict::{ALIVE_ABOVE, Verdict};
use crate::maths;
use crate::output::OutputError;
use crate::stats::Estimate;
use crate::text::{capital, count, fixed, joined, number, rounded};

pub(in crate::charts) const NAME: &str = "size-map";

/// The chart, from map.csv.
pub(in crate::charts) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let map = Map::read(source)?;
    let title = title(&map);
    let subtitle = format!(
        "Placements by sellers per 10,000 workers and year, in the judged weeks, where the market {}: the 95\u{a0}% interval \
         lies above {ALIVE_ABOVE}.",
        Verdict::Lasts.name()
    );
    if let Some(trouble) = map.trouble() {
        return Ok(Some(Figure::nothing(title, &subtitle, map.footer, &trouble)));
    }
    let subtitle = format!("{subtitle}{}", map.says_what_is_left_out());
    let (key, rows) = if map.y.is_none() {
        (
            Vec::new(),
            map.plots(|panel| strip(&map, panel), &Axis::linear(crate::charts::scale::plain), Some(240.0)),
        )
    } else {
        let highest = highest(&map);
        let layers = |panel: &Panel| [cells(&map, panel, highest), vec![edge(&map, panel)]].concat();
        (key(&map, highest), map.plots(layers, &Axis::default(), None))
    };
    let key = key.into_iter().chain(map.badges()).collect();
    Ok(Some(Figure { title, subtitle, footer: map.footer.clone(), key, rows, ..Figure::default() }))
}

/// The most placements of a market that lasts.
fn highest(map: &Map) -> f64 {
    let lasts = map.spots.iter().filter(|spot| spot.verdict == Some(Verdict::Lasts));
    lasts.filter_map(|spot| Some(spot.placements?.value)).fold(ALIVE_ABOVE, f64::max)
}

fn key(map: &Map, highest: f64) -> Vec<Entry> {
    let ends = [rounded(ALIVE_ABOVE), format!("{} placements, by ratios", people(highest))];
    let mut key = vec![
        Entry::Ramp(ramp, ends),
        Entry::Swatch(Some(PALE), 1.0, format!("?: {}", Verdict::CannotBeTold.name())),
        Entry::Swatch(Some(PALE), 1.0, "!: lives at newcomers' or employers' loss".to_owned()),
        Entry::Swatch(None, 1.0, format!("{}, or nobody may sell", Verdict::Dies.name())),
        Entry::Edge(format!("edge of {ALIVE_ABOVE}, as estimated")),
    ];
    if map.spots.iter().any(Spot::is_split) {
        key.push(Entry::Speck("nobody is placed in some replications; k/n: lives in k of n".to_owned()));
    }
    key
}

/// A number of people: whole from ten on.
fn people(x: f64) -> String {
    fixed(x, usize::from(x < 10.0))
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

/// The colour of a part of the way through the ramp.
fn ramp(part: f64) -> Rgb {
    let at = part.clamp(0.0, 1.0) * 8.0;
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

/// The colour of a size, by ratios from the edge to the largest.
fn colour(placements: f64, highest: f64) -> Rgb {
    let way = |to: f64| maths::ln(to / ALIVE_ABOVE);
    ramp(if highest > ALIVE_ABOVE { way(placements) / way(highest) } else { 1.0 })
}

/// A cell for each setting: the size where the market lasts, else the verdict.
fn cells(map: &Map, panel: &Panel, highest: f64) -> Vec<Layer> {
    let cell = |(column, row, spot): (usize, usize, Option<&Spot>)| {
        let at = column as f64;
        let found = spot.and_then(|spot| Some((spot, spot.verdict?, spot.placements?)));
        let point = match found {
            Some((spot, verdict, placements)) => {
                let point = Point { is_open: spot.is_split(), ..Point::of(at, &placements) };
                match verdict {
                    Verdict::Lasts => {
                        point.coloured(colour(placements.value, highest)).saying(people(placements.value))
                    }
                    Verdict::OnNewcomers | Verdict::AtEmployersCost => {
                        point.coloured(PALE).saying(format!("!{}", people(placements.value)))
                    }
                    Verdict::CannotBeTold if spot.is_split() => point.coloured(PALE).saying(format!(
                        "{}/{}",
                        count(spot.lives),
                        count(spot.replications)
                    )),
                    Verdict::CannotBeTold => point.coloured(PALE).saying("?"),
                    Verdict::Dies => point,
                }
            }
            None if spot.is_some_and(Spot::is_closed) => {
                Point { n: spot.map(|spot| spot.replications), ..Point::without(at, NOBODY) }
            }
            None => Point::without(at, ""),
        };
        let series = match found {
            Some((_, verdict, _)) => verdict.name(),
            None if spot.is_some_and(Spot::is_closed) => NOBODY,
            None => "unknown",
        };
        Layer { row, ..Layer::new(series, Shape::Cell, GREY, vec![point]) }
    };
    map.cells(panel).map(cell).collect()
}

/// A setting in which nobody may sell.
const NOBODY: &str = "nobody may sell";

/// Lines between neighbours on different sides of the threshold, as estimated.
fn edge(map: &Map, panel: &Panel) -> Layer {
    let cells: Vec<_> = map.cells(panel).collect();
    let side = |place: usize| cells[place].2.and_then(is_above);
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
    Layer::new("", Shape::Edge, INK, points)
}

/// Whether more are placed than the threshold, as estimated; where nobody may sell there are none.
fn is_above(spot: &Spot) -> Option<bool> {
    match spot.placements {
        Some(placements) => Some(placements.value > ALIVE_ABOVE),
        None => spot.is_closed().then_some(false),
    }
}

/// The size over the values of one knob.
fn strip(map: &Map, panel: &Panel) -> Vec<Layer> {
    let dot = |(column, _, spot): (usize, usize, Option<&Spot>)| {
        let Some((placements, verdict)) = spot.and_then(|spot| spot.placements.zip(spot.verdict)) else {
            return Point::without(column as f64, "");
        };
        let colour = if verdict == Verdict::CannotBeTold { GREY } else { INK };
        Point::of(column as f64, &placements).coloured(colour)
    };
    let dots = map.cells(panel).map(dot).collect();
    vec![
        Layer::new("", Shape::Across, AXIS, vec![Point::at(0.0, ALIVE_ABOVE)]),
        Layer::new("placements", Shape::Dot { has_caps: false }, INK, dots),
    ]
}

/// Settings in which the market lasts, those that cannot be told, and all that are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Count {
    lasts: usize,
    open: usize,
    of: usize,
}

impl Count {
    fn of<'a>(spots: impl Iterator<Item = &'a Spot>) -> Self {
        let mut count = Self { lasts: 0, open: 0, of: 0 };
        for spot in spots.filter(|spot| spot.verdict.is_some() || spot.is_closed()) {
            count.of += 1;
            count.lasts += usize::from(spot.verdict == Some(Verdict::Lasts));
            count.open += usize::from(spot.verdict == Some(Verdict::CannotBeTold));
        }
        count
    }

    /// "3 of 6 settings, 1 cannot be told".
    fn text(&self) -> String {
        let lasts = if self.lasts == 0 { "none".to_owned() } else { count(self.lasts) };
        let open = match self.open {
            0 => String::new(),
            n => format!(" ({} {})", count(n), Verdict::CannotBeTold.name()),
        };
        format!("{lasts} of {} settings{open}", count(self.of))
    }
}

fn title(map: &Map) -> String {
    let all = if map.panels.is_empty() {
        Count::of(map.spots.iter())
    } else {
        Count::of(map.panels.iter().flat_map(|panel| map.of(panel)))
    };
    if all.of == 0 {
        return "The sweep tells nothing of where markets last: no setting has a number".to_owned();
    }
    if map.spots.iter().all(|spot| spot.verdict.is_none()) {
        return "In no setting may anybody sell: there is no market to last or die".to_owned();
    }
    if let [only] = map.spots.as_slice()
        && let Some((verdict, placements)) = only.verdict.zip(only.placements)
    {
        let size = format!("{} placements per 10,000 workers and year", number(&placements));
        return capital(&format!("{} in the only setting, with {size}", verdict.clause()));
    }
    let lasts = Verdict::Lasts.name();
    let short = format!("The market {lasts} in {}", all.text());
    let long = if map.panels.len() < 2 {
        let Some(best) = best(map) else { return short };
        format!("{short}; it is largest with {best}")
    } else {
        let each = |panel: &Panel| format!("{} with {}", Count::of(map.of(panel)).text(), panel.name);
        let parts: Vec<String> = map.panels.iter().map(each).collect();
        format!("The market {lasts} in {}", joined(&parts))
    };
    if title_fits(&long) { long } else { short }
}

/// Where a market that lasts is largest, if that is one setting alone.
fn best(map: &Map) -> Option<String> {
    let lasts = || map.spots.iter().filter(|spot| spot.verdict == Some(Verdict::Lasts));
    let size = |spot: &&Spot| spot.placements.map_or(0.0, |placements: Estimate| placements.value);
    let best = lasts().max_by(|a, b| size(a).total_cmp(&size(b)))?;
    let ties = lasts().filter(|spot| size(spot) >= size(&best)).count();
    let axes = std::iter::once(map.x).chain(map.y);
    let words = axes.map(|k| map.knobs[k].setting(best.levels[k])).collect::<Vec<_>>();
    (ties == 1).then(|| joined(&words))
}
