//! Which side leaves first: the map of a sweep coloured by the condition that fails first in most replications.

use super::{Map, Panel, Spot};
use crate::charts::figure::{Axis, Entry, Figure, Layer, Point, Shape};
use crate::charts::page::title_fits;
use crate::charts::source::Source;
use crate::charts::style::{GREY, ORGANIC, Rgb};
use crate::output::OutputError;
use crate::text::{capital, count, joined};

pub(in crate::charts) const NAME: &str = "who-leaves-first";

/// A side in words, with its letter and its colour: Okabe and Ito's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Side {
    name: &'static str,
    letter: &'static str,
    colour: Option<Rgb>,
    says: &'static str,
}

const SIDES: [Side; 7] = [
    side("sellers", "S", Some(Rgb(0xd5, 0x5e, 0x00)), "sellers failed first"),
    side("decision-makers", "D", Some(Rgb(0x56, 0xb4, 0xe9)), "decision-makers failed first"),
    side("clients", "C", Some(Rgb(0xe6, 0x9f, 0x00)), "clients alone lost"),
    side("both", "B", Some(Rgb(0xcc, 0x79, 0xa7)), "sellers and decision-makers failed together"),
    side("nobody", "N", Some(ORGANIC), "no side failed"),
    side("tied", "=", Some(GREY), "no side came first most often"),
    side("empty", "", None, "the market was empty"),
];

const fn side(name: &'static str, letter: &'static str, colour: Option<Rgb>, says: &'static str) -> Side {
    Side { name, letter, colour, says }
}

const SUBTITLE: &str = "The side whose condition fails first in most replications: sellers no longer live by the market, \
                        or requests bring decision-makers a loss; clients where both hold but clients lose.";

/// The chart, from map.csv.
pub(in crate::charts) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let map = Map::read(source)?;
    let title = title(&map);
    if let Some(trouble) = map.trouble() {
        return Ok(Some(Figure::nothing(title, SUBTITLE, map.footer, &trouble)));
    }
    let subtitle = format!("{SUBTITLE}{}", map.says_what_is_left_out());
    let names = Axis::names(vec![crate::charts::figure::Name::plain("", GREY)]);
    let rows = map.plots(|panel| cells(&map, panel), &names, None);
    let key = keys(&map).into_iter().chain(map.badges()).collect();
    Ok(Some(Figure { title, subtitle, footer: map.footer.clone(), key, rows, ..Figure::default() }))
}

/// Which side it is; `None` without a replication that finished.
fn which(spot: &Spot) -> Option<&'static Side> {
    if spot.replications == 0 {
        return None;
    }
    let name = match spot.first.as_str() {
        _ if spot.is_empty => "empty",
        "" | "too small" => "empty",
        "nobody" if spot.clients == "no" => "clients",
        name => name,
    };
    SIDES.iter().find(|side| side.name == name)
}

/// Whether replications disagree; what stands in no column of counts is not asked.
fn is_uncertain(spot: &Spot) -> bool {
    let share = spot.first_count.map(|count| count < spot.replications as f64);
    which(spot).is_some_and(|side| side.name != "empty") && share.unwrap_or(spot.first == "tied")
}

/// How many settings a side has, the sides with any, in order.
fn tally<'a>(spots: impl Iterator<Item = &'a Spot>) -> Vec<(&'static Side, usize)> {
    let found: Vec<&Side> = spots.filter_map(which).collect();
    let count = |side: &'static Side| (side, found.iter().filter(|&&other| other == side).count());
    SIDES.iter().map(count).filter(|(_, n)| *n > 0).collect()
}

fn keys(map: &Map) -> Vec<Entry> {
    let spots = map.panels.iter().flat_map(|panel| map.of(panel));
    let words = |(side, n): (&'static Side, usize)| {
        let letter = if side.letter.is_empty() { String::new() } else { format!("{}: ", side.letter) };
        Entry::Swatch(side.colour, 1.0, format!("{letter}{} ({})", side.name, count(n)))
    };
    let mut keys: Vec<Entry> = tally(spots).into_iter().map(words).collect();
    keys.push(Entry::Speck("replications disagree".to_owned()));
    keys
}

/// A cell for each setting: the side with its letter, and in how many replications it is so.
fn cells(map: &Map, panel: &Panel) -> Vec<Layer> {
    let cell = |(column, row, spot): (usize, usize, Option<&Spot>)| {
        let side = spot.and_then(which);
        let point = Point::without(column as f64, side.map_or("", |side| side.letter));
        let point = spot.zip(side).map_or(point.clone(), |(spot, side)| Point {
            value: spot.first_count.filter(|_| side.name == spot.first),
            n: Some(spot.replications),
            colour: side.colour,
            is_open: is_uncertain(spot),
            words: if side.letter.is_empty() { side.name.to_owned() } else { side.letter.to_owned() },
            ..point
        });
        Layer { row, ..Layer::new(side.map_or("", |side| side.name), Shape::Cell, GREY, vec![point]) }
    };
    map.cells(panel).map(cell).collect()
}

fn title(map: &Map) -> String {
    let all = tally(map.spots.iter());
    let total: usize = all.iter().map(|(_, n)| n).sum();
    match all.as_slice() {
        [] => "The sweep tells nothing of who leaves first: no replication finished".to_owned(),
        [(side, 1)] => format!("{} in the only setting", capital(side.says)),
        [(side, n)] => format!("{} in all {} settings", capital(side.says), count(*n)),
        _ => {
            let each = |panel: &Panel| Some(format!("{} with {}", leading(map.of(panel))?, panel.name));
            let parts: Vec<String> = map.panels.iter().filter_map(each).collect();
            let long = capital(&parts.join("; "));
            if parts.len() > 1 && title_fits(&long) { long } else { overall(&all, total) }
        }
    }
}

fn overall(all: &[(&'static Side, usize)], total: usize) -> String {
    let mut sorted = all.to_vec();
    sorted.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let mut parts: Vec<String> =
        sorted.iter().map(|(side, n)| format!("{} in {}", side.says, count(*n))).collect();
    parts[0] = format!("{} of {} settings", parts[0], count(total));
    let long = capital(&joined(&parts));
    if title_fits(&long) { long } else { capital(&parts[0]) }
}

/// The side with most settings of a panel; beside it nobody's settings, or those of the side that fails most often.
fn leading<'a>(spots: impl Iterator<Item = &'a Spot>) -> Option<String> {
    let all = tally(spots);
    let total: usize = all.iter().map(|(_, n)| n).sum();
    let most = |sides: &dyn Fn(&Side) -> bool| {
        all.iter().rev().filter(|(side, _)| sides(side)).max_by_key(|(_, n)| *n).copied()
    };
    let (side, n) = most(&|_| true)?;
    let beside = if side.name == "nobody" {
        most(&|other| !["nobody", "tied", "empty"].contains(&other.name))
    } else {
        most(&|other| other.name == "nobody")
    };
    let beside = beside.map_or(String::new(), |(other, n)| format!(" ({} in {})", other.says, count(n)));
    Some(format!("{} in {} of {} settings{beside}", side.says, count(n), count(total)))
}
