//! Which side leaves first: the map of a sweep coloured by the condition that fails first in most replications.

use super::draw::{self, Key, Paint, Shown};
use super::{Map, Panel, Spot};
use crate::charts::Picture;
use crate::charts::page::{Page, title_fits};
use crate::charts::source::Source;
use crate::charts::style::{GREY, ORGANIC, Rgb};
use crate::output::{Cell as Field, Column, OutputError, Table};
use crate::text::{capital, count, joined};

pub(in crate::charts) const NAME: &str = "who-leaves-first";

pub(in crate::charts) const COLUMNS: &[Column] = &[
    Column::new("cell", "", "number of the cell in map.csv"),
    Column::new("panel", "", "values of the knobs that are on no axis"),
    Column::new("x", "", "value of the knob on the horizontal axis"),
    Column::new("y", "", "value of the knob on the vertical axis; empty where there is none"),
    Column::new("replications", "replications", "replications that finished"),
    Column::new(
        "side",
        "",
        "the side whose condition fails first in most replications: sellers, decision-makers, both; clients where \
         neither does but all replications together show their loss; nobody; tied; empty: hardly anybody sells",
    ),
    Column::new("count", "replications", "replications in which it is so; empty for clients, tied and empty"),
    Column::new("uncertain", "", "yes where replications disagree"),
];

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

/// Draws the chart from map.csv.
pub(in crate::charts) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let map = Map::read(source)?;
    let (title, numbers) = (title(&map), numbers(&map));
    if let Some(trouble) = map.trouble() {
        let page = Page::message(&title, SUBTITLE, &map.footer, &trouble);
        return Ok(Some(Picture { page, numbers }));
    }
    let subtitle = format!("{SUBTITLE}{}", map.says_what_is_left_out());
    let texts = [title.as_str(), &subtitle, &map.footer];
    let show = |panel: &Panel| Shown { paints: paints(&map, panel), sides: None };
    let page = draw::page(texts, &map, keys(&map), &show);
    Ok(Some(Picture { page, numbers }))
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

fn keys(map: &Map) -> Vec<Key> {
    let spots = map.panels.iter().flat_map(|panel| map.of(panel));
    let words = |(side, n): (&'static Side, usize)| {
        let letter = if side.letter.is_empty() { String::new() } else { format!("{}: ", side.letter) };
        Key::Swatch(side.colour, format!("{letter}{} ({})", side.name, count(n)))
    };
    let mut keys: Vec<Key> = tally(spots).into_iter().map(words).collect();
    keys.push(Key::Dot("replications disagree".to_owned()));
    keys
}

fn paints(map: &Map, panel: &Panel) -> Vec<Option<Paint>> {
    let paint = |spot: &Spot| {
        which(spot).map(|side| Paint {
            fill: side.colour,
            text: side.letter.to_owned(),
            is_uncertain: is_uncertain(spot),
        })
    };
    panel.places.iter().map(|place| paint(&map.spots[(*place)?])).collect()
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

fn numbers(map: &Map) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for panel in &map.panels {
        for spot in map.of(panel) {
            let [x, y, panel] = map.words(panel, spot);
            let side = which(spot);
            let counted = side.filter(|side| side.name == spot.first).and(spot.first_count);
            table.push(vec![
                spot.number.as_str().into(),
                panel.into(),
                x.into(),
                y.into(),
                spot.replications.into(),
                side.map_or("", |side| side.name).into(),
                Field::maybe(counted),
                if is_uncertain(spot) { "yes" } else { "no" }.into(),
            ]);
        }
    }
    table
}
