//! Where the market lasts, over two knobs of a sweep, and how large it is there.

use super::edge::{Turn, turn};
use super::knob::LISTENERS;
use super::{Map, Panel, Point, Spot};
use crate::charts::figure::{Axis, Entry, Figure, Layer, Point as Mark, Shape};
use crate::charts::source::Source;
use crate::charts::style::{AXIS, DEAD, GREY, INK, LOSING, ON_DARK, ON_PALE, PALE, Rgb};
use crate::experiments::verdict::{ALIVE_ABOVE, AT_CLIENTS_COST, Verdict};
use crate::maths;
use crate::output::OutputError;
use crate::text::{capital, count, fixed, joined, number, rounded, small_letter};

pub(in crate::charts) const NAME: &str = "size-map";

/// The chart, from map.csv; `None` where the speed of healing was turned, of which there are charts of their own, and where
/// ties were bombarded, since that experiment has no market to judge.
pub(in crate::charts) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let map = Map::read(source)?;
    let is_of_ties = map.knobs.iter().any(|knob| knob.path.starts_with("bombardment."));
    Ok((!is_of_ties && !super::healing::is_of(&map)).then(|| of(&map)))
}

/// The map as a figure.
pub(super) fn of(map: &Map) -> Figure {
    let title = title(map);
    let what = map.says_what("");
    if let Some(trouble) = map.trouble() {
        return Figure::nothing(title, &what, map.footer.clone(), &trouble);
    }
    let subtitle =
        [map.says_unfinished(), others(map), said_of_costs(map), what, map.says_what_is_left_out()].concat();
    let (key, rows) = if map.y.is_none() {
        let y = Axis::linear(crate::charts::scale::plain);
        (Vec::new(), map.plots(|_, panel| strip(map, panel), &y, Some(240.0)))
    } else {
        let highest = highest(map);
        let layers = |number: usize, panel: &Panel| {
            [cells(map, (number, panel), highest), costs(map, panel), marks(map, number)].concat()
        };
        (key(map, highest), map.plots(layers, &Axis::default(), None))
    };
    Figure { title, subtitle, footer: map.footer.clone(), key, rows, ..Figure::default() }
}

/// The most placements of a market that lasts.
fn highest(map: &Map) -> f64 {
    let lasts = map.spots.iter().filter(|spot| spot.verdict == Some(Verdict::Lasts));
    lasts.filter_map(|spot| Some(spot.placements?.value)).fold(ALIVE_ABOVE, f64::max)
}

fn key(map: &Map, highest: f64) -> Vec<Entry> {
    let has = |verdict: Verdict| map.spots.iter().any(|spot| spot.verdict == Some(verdict));
    let mut key = Vec::new();
    if has(Verdict::Dies) {
        key.push(Entry::Swatch(Some(DEAD), 1.0, Verdict::Dies.name().to_owned()));
    }
    let losing = [Verdict::OnNewcomers, Verdict::AtEmployersCost, Verdict::DoesNotLast];
    let losing = losing.into_iter().filter(|it| has(*it));
    let losing: Vec<&str> = losing.map(Verdict::name).collect();
    if !losing.is_empty() {
        key.push(Entry::Swatch(Some(LOSING), 1.0, format!("!: {}", losing.join(", or "))));
    }
    if has(Verdict::CannotBeTold) {
        key.push(Entry::Swatch(None, 1.0, Verdict::CannotBeTold.name().to_owned()));
    }
    if has(Verdict::Lasts) {
        let low = format!("{}: {}", Verdict::Lasts.name(), rounded(ALIVE_ABOVE));
        key.push(Entry::Ramp(ramp, [low, format!("{} placements", people(highest))]));
    }
    if map.spots.iter().any(Spot::is_closed) {
        key.push(Entry::Swatch(Some(PALE), 1.0, NOBODY.to_owned()));
    }
    if map.spots.iter().any(|spot| spot.is_costly) {
        key.push(Entry::Corner(AT_CLIENTS_COST.to_owned()));
    }
    if map.offer.is_some() {
        key.push(Entry::Frame(map.offered.clone()));
    }
    if map.points.iter().any(|point| !point.is_base) {
        key.push(Entry::Speck("a scenario of the library".to_owned()));
    }
    key
}

/// A number of people: whole from ten on.
fn people(x: f64) -> String {
    fixed(x, usize::from(x < 10.0))
}

/// From pale to full, in steps of even lightness; what is dead is darker than any of them.
const RAMP: [Rgb; 5] = [
    Rgb(0xe3, 0xf1, 0xee),
    Rgb(0xb4, 0xdd, 0xd6),
    Rgb(0x7c, 0xc3, 0xba),
    Rgb(0x43, 0xa6, 0x9c),
    Rgb(0x1d, 0x86, 0x7f),
];

/// The colour of a part of the way through the ramp.
fn ramp(part: f64) -> Rgb {
    let last = RAMP.len() - 1;
    let at = part.clamp(0.0, 1.0) * last as f64;
    let below =
        RAMP.iter().enumerate().rev().find(|(step, _)| *step as f64 <= at).map_or(0, |(step, _)| step);
    let (from, to, part) = (RAMP[below], RAMP[(below + 1).min(last)], at - below as f64);
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

/// A cell for each setting: the verdict, and the size where the market lasts; under it the scenarios that lie there.
fn cells(map: &Map, (number, panel): (usize, &Panel), highest: f64) -> Vec<Layer> {
    let cell = |(column, row, spot): (usize, usize, Option<&Spot>)| {
        let at = column as f64;
        let found = spot.and_then(|spot| Some((spot, spot.verdict?, spot.placements?)));
        let is_costly = spot.is_some_and(|spot| spot.is_costly);
        let (series, point) = match found {
            Some((spot, verdict, placements)) => {
                let point = Mark::of(at, &placements);
                let point = match verdict {
                    Verdict::Lasts => {
                        let size = people(placements.value);
                        point.coloured(colour(placements.value, highest)).saying(size)
                    }
                    Verdict::OnNewcomers | Verdict::AtEmployersCost | Verdict::DoesNotLast => {
                        point.coloured(LOSING).saying(format!("!\u{a0}{}", people(placements.value)))
                    }
                    Verdict::Dies => point.coloured(DEAD).saying(Verdict::Dies.name()),
                    Verdict::CannotBeTold if spot.is_split() => {
                        let lives = format!("lives in {} of {}", count(spot.lives), count(spot.replications));
                        point.saying(format!("?\n{lives}"))
                    }
                    Verdict::CannotBeTold => point.saying("?"),
                };
                (verdict.name(), point)
            }
            None if spot.is_some_and(Spot::is_closed) => {
                let point = Mark { n: spot.map(|spot| spot.replications), ..Mark::without(at, NOBODY) };
                (NOBODY, point.coloured(PALE))
            }
            None => ("unknown", Mark::without(at, "")),
        };
        let here = Point::of(&map.points, number).filter(|point| point.is_in(column, map.rows() - 1 - row));
        let names: Vec<String> = here.map(Point::words).collect();
        let point = if names.is_empty() || point.words.is_empty() {
            point
        } else {
            let words =
                format!("{}\n{}", point.words.split('\n').next().unwrap_or_default(), names.join(", "));
            point.saying(words)
        };
        let series = if is_costly { format!("{series}, {AT_CLIENTS_COST}") } else { series.to_owned() };
        Layer { row, ..Layer::new(&series, Shape::Cell, GREY, vec![point]) }
    };
    map.cells(panel).map(cell).collect()
}

/// A corner of each cell in which clients are shown to lose.
fn costs(map: &Map, panel: &Panel) -> Vec<Layer> {
    let corner = |(column, row, spot): (usize, usize, Option<&Spot>)| {
        let spot = spot.filter(|spot| spot.is_costly)?;
        let ink = match spot.verdict {
            Some(Verdict::Dies) => ON_DARK,
            Some(Verdict::CannotBeTold) | None => INK,
            Some(_) => ON_PALE,
        };
        let layer = Layer::new("", Shape::Corner, ink, vec![Mark::at(column as f64, 0.0)]);
        Some(Layer { row, ..layer })
    };
    map.cells(panel).filter_map(corner).collect()
}

/// How many of the markets that live do so while their clients lose, for a subtitle.
fn said_of_costs(map: &Map) -> String {
    let lives = |spot: &&Spot| spot.verdict.is_some_and(Verdict::is_alive);
    let alive = map.spots.iter().filter(lives).count();
    match map.spots.iter().filter(|spot| lives(spot) && spot.is_costly).count() {
        0 => String::new(),
        n => format!(
            "At the cost of its clients, who are shown to lose, it lives in {} of {} settings (a corner). ",
            count(n),
            count(alive)
        ),
    }
}

/// A setting in which nobody may sell.
const NOBODY: &str = "nobody may sell";

/// The offer that was made, and pins for the scenarios that lie on the map.
fn marks(map: &Map, number: usize) -> Vec<Layer> {
    let row = |at: f64| (map.rows() - 1) as f64 - at;
    let offer = map.offer.filter(|at| at.0.fract().abs().max(at.1.fract().abs()) < 1e-9).map(|at| {
        let place = (0..map.rows()).find(|place| (*place as f64 - row(at.1)).abs() < 0.5).unwrap_or(0);
        Layer { row: place, ..Layer::new("", Shape::Frame, INK, vec![Mark::at(at.0, row(at.1))]) }
    });
    let others = Point::of(&map.points, number).filter(|point| !point.is_base);
    let pins: Vec<Mark> = others.map(|point| Mark::at(point.at.0, row(point.at.1))).collect();
    let pins = (!pins.is_empty()).then(|| Layer::new("", Shape::Pin, INK, pins));
    offer.into_iter().chain(pins).collect()
}

/// The size over the values of one knob.
fn strip(map: &Map, panel: &Panel) -> Vec<Layer> {
    let dot = |(column, _, spot): (usize, usize, Option<&Spot>)| {
        let Some((placements, verdict)) = spot.and_then(|spot| spot.placements.zip(spot.verdict)) else {
            return Mark::without(column as f64, "");
        };
        told(Mark::of(column as f64, &placements), verdict)
    };
    let dots = map.cells(panel).map(dot).collect();
    vec![
        Layer::new("", Shape::Across, AXIS, vec![Mark::at(0.0, ALIVE_ABOVE)]),
        Layer::new("placements", Shape::Dot { has_caps: false }, INK, dots),
    ]
}

/// A point with the sign of its verdict: a dot where the market lasts, a cross where it dies, else a ring.
pub(super) fn told(point: Mark, verdict: Verdict) -> Mark {
    Mark { is_open: verdict == Verdict::CannotBeTold, is_cross: verdict.is_no(), ..point }
}

/// The row in which the offer lies, else the first.
fn first_row(map: &Map) -> usize {
    let wanted = map.offer.map_or(0.0, |at| at.1);
    (0..map.rows()).find(|row| (*row as f64 - wanted).abs() < 0.5).unwrap_or(0)
}

/// Where a row of a panel turns.
pub(super) fn turn_of(map: &Map, panel: &Panel, row: usize) -> Turn {
    let knob = &map.knobs[map.x];
    let known = (0..map.columns()).filter_map(|column| {
        let spot = &map.spots[panel.places[row * map.columns() + column]?];
        let verdict = spot.verdict.or_else(|| spot.is_closed().then_some(Verdict::Dies))?;
        Some((*knob.numbers.get(column).unwrap_or(&(column as f64)), verdict))
    });
    turn(&known.collect::<Vec<_>>())
}

/// A row of a panel in words, without a subject where the panel or the row is the only one.
pub(super) fn row_says(map: &Map, panel: &Panel, row: usize) -> String {
    let knob = &map.knobs[map.x];
    let words = turn_of(map, panel, row).short(&knob.say());
    match map.y {
        Some(y) if map.knobs[y].path == LISTENERS => {
            format!("{}: it {words}", capital(&map.knobs[y].setting(row)))
        }
        Some(y) => format!("{}, the market {words}", map.knobs[y].beginning(row)),
        None => format!("The market {words}"),
    }
}

fn title(map: &Map) -> String {
    if map.spots.iter().all(|spot| spot.verdict.is_none() && !spot.is_closed()) {
        return "The sweep tells nothing of where markets last".to_owned();
    }
    if map.spots.iter().all(|spot| spot.verdict.is_none()) {
        return "Nobody may sell anywhere: there is no market".to_owned();
    }
    if let [only] = map.spots.as_slice()
        && let Some((verdict, placements)) = only.verdict.zip(only.placements)
    {
        let size = format!("{} placements per 10,000 workers and year", number(&placements));
        return capital(&format!("{} in the only setting, with {size}", verdict.clause()));
    }
    if !map.knobs.get(map.x).is_some_and(super::Knob::is_number) {
        return best(map);
    }
    map.first_panel().map_or_else(String::new, |panel| row_says(map, panel, first_row(map)))
}

/// What the other rows and panels say, for a subtitle; rows that say the same in one sentence.
fn others(map: &Map) -> String {
    let Some(knob) = map.knobs.get(map.x).filter(|knob| knob.is_number()) else { return String::new() };
    let (Some(first), Some(y)) = (map.first_panel(), map.y) else { return String::new() };
    let own = first_row(map);
    let words = |turn: Turn| turn.words(&knob.say());
    let is_whole = |turn: Turn| turn.short(&knob.say()) == words(turn);
    let mut groups: Vec<(Turn, Vec<String>)> = Vec::new();
    for row in (0..map.rows()).filter(|row| *row != own || !is_whole(turn_of(map, first, *row))) {
        let (turn, name) = (turn_of(map, first, row), map.knobs[y].setting(row));
        match groups.iter_mut().find(|(known, _)| *known == turn) {
            Some((_, names)) => names.push(name),
            None => groups.push((turn, vec![name])),
        }
    }
    let said = groups.iter().map(|(turn, names)| format!("With {} it {}", joined(names), words(*turn)));
    let mut said: Vec<String> = said.collect();
    said.truncate(MOST_SAID);
    for panel in map.panels.iter().filter(|panel| panel.levels != first.levels) {
        let turn = turn_of(map, panel, own);
        let words =
            if turn == turn_of(map, first, own) { "is told the same".to_owned() } else { words(turn) };
        let beginning = small_letter(&map.knobs[y].beginning(own));
        said.push(format!("{}: {beginning}, it {words}", capital(&panel.name)));
    }
    said.iter().map(|text| format!("{text}. ")).collect()
}

/// Sentences of a subtitle about other rows.
const MOST_SAID: usize = 3;

/// Of settings that have no order: where a market that lasts is largest.
fn best(map: &Map) -> String {
    let lasts = || map.spots.iter().filter(|spot| spot.verdict == Some(Verdict::Lasts));
    let size = |spot: &&Spot| spot.placements.map_or(0.0, |placements| placements.value);
    let Some(best) = lasts().max_by(|a, b| size(a).total_cmp(&size(b))) else {
        let is_open = map.spots.iter().any(|spot| spot.verdict == Some(Verdict::CannotBeTold));
        let words = if is_open { "cannot be told to last in any setting" } else { "lasts in no setting" };
        return format!("The market {words}");
    };
    let axes = std::iter::once(map.x).chain(map.y);
    let words: Vec<String> = axes.map(|k| map.knobs[k].setting(best.levels[k])).collect();
    format!("The market is largest with {}", joined(&words))
}
