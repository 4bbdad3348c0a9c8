//! Where the market lives: share of replications that are viable, over two knobs of a sweep, with the edge of one half.

use super::draw::{self, Key, Paint, Shown, ramp};
use super::{Map, Panel, Spot, strip};
use crate::charts::Picture;
use crate::charts::page::{Page, title_fits};
use crate::charts::source::Source;
use crate::output::{Cell as Field, Column, OutputError, Table};
use crate::stats::Estimate;
use crate::text::{count, joined};

pub(in crate::charts) const NAME: &str = "viability-map";

pub(in crate::charts) const COLUMNS: &[Column] = &[
    Column::new("cell", "", "number of the cell in map.csv"),
    Column::new("panel", "", "values of the knobs that are on no axis"),
    Column::new("x", "", "value of the knob on the horizontal axis"),
    Column::new("y", "", "value of the knob on the vertical axis; empty where there is none"),
    Column::new("replications", "replications", "replications that finished"),
    Column::new("value", "share", "share of replications viable; empty where nobody opened"),
    Column::new("low", "share", "lower end of its 95 % Wilson interval; empty without one"),
    Column::new("high", "share", "upper end of its 95 % Wilson interval; empty without one"),
    Column::new(
        "state",
        "",
        "viable: one half or more; not viable: less; empty: hardly anybody sells; unknown",
    ),
    Column::new("uncertain", "", "yes where the interval holds one half"),
];

/// What divides the map.
const HALF: f64 = 0.5;

/// Draws the chart from map.csv.
pub(in crate::charts) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let map = Map::read(source)?;
    let numbers = numbers(&map);
    let title = title(&map);
    let subtitle = "Share of replications in which the market is viable: sellers live by it, and their requests bring \
                    decision-makers no loss.";
    if let Some(trouble) = map.trouble() {
        let page = Page::message(&title, subtitle, &map.footer, &trouble);
        return Ok(Some(Picture { page, numbers }));
    }
    let subtitle = format!(
        "{subtitle} Brackets: settings surely above one half – settings that may be, by their 95\u{a0}% intervals.{}",
        map.says_what_is_left_out()
    );
    let texts = [title.as_str(), &subtitle, &map.footer];
    let page = if map.y.is_none() {
        strip::page(texts, &map)
    } else {
        draw::page(texts, &map, keys(), &|panel| {
            let sides = |side: &dyn Fn(&Spot) -> Option<bool>| {
                panel.places.iter().map(|place| side(&map.spots[(*place)?])).collect()
            };
            let surely = |spot: &Spot| side(spot).map(|is_viable| is_viable && !is_uncertain(spot));
            let maybe = |spot: &Spot| side(spot).map(|is_viable| is_viable || is_uncertain(spot));
            let sides = [sides(&surely), sides(&side), sides(&maybe)];
            Shown { paints: paints(&map, panel), sides: Some(sides) }
        })
    };
    Ok(Some(Picture { page, numbers }))
}

fn keys() -> Vec<Key> {
    vec![
        Key::Ramp("0\u{a0}%".to_owned(), "100\u{a0}% of markets viable".to_owned()),
        Key::Edge("edge of 50\u{a0}%".to_owned()),
        Key::Band("the edge may lie between these: intervals hold 50\u{a0}%".to_owned()),
        Key::Swatch(None, "empty: hardly anybody sells".to_owned()),
    ]
}

fn paints(map: &Map, panel: &Panel) -> Vec<Option<Paint>> {
    let paint = |spot: &Spot| {
        side(spot)?;
        let fill = spot.viable.filter(|_| !spot.is_empty);
        Some(Paint {
            fill: fill.map(|share| ramp(share.value)),
            text: fill.map_or(String::new(), |share| format!("{:.0}", 100.0 * share.value)),
            is_uncertain: false,
        })
    };
    panel.places.iter().map(|place| paint(&map.spots[(*place)?])).collect()
}

/// Whether half the markets are viable; where nobody opened, none is.
fn side(spot: &Spot) -> Option<bool> {
    match spot.viable {
        Some(share) => Some(share.value >= HALF),
        None => spot.is_empty.then_some(false),
    }
}

fn is_uncertain(spot: &Spot) -> bool {
    let ends = spot.viable.and_then(|share| share.interval);
    spot.viable.is_some() && ends.is_none_or(|(low, high)| low <= HALF && HALF <= high)
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
            format!("{:.0}\u{a0}% of the markets were viable", 100.0 * highest)
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
            format!("the highest share was {:.0}\u{a0}%", 100.0 * highest)
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

fn numbers(map: &Map) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for panel in &map.panels {
        for spot in map.of(panel) {
            let [x, y, panel] = map.words(panel, spot);
            let state = match side(spot) {
                None => "unknown",
                Some(_) if spot.is_empty => "empty",
                Some(true) => "viable",
                Some(false) => "not viable",
            };
            let share = spot.viable.as_ref();
            table.push(vec![
                spot.number.as_str().into(),
                panel.into(),
                x.into(),
                y.into(),
                spot.replications.into(),
                Field::maybe(share.map(|share| share.value)),
                Field::maybe(share.and_then(Estimate::low)),
                Field::maybe(share.and_then(Estimate::high)),
                state.into(),
                if is_uncertain(spot) { "yes" } else { "no" }.into(),
            ]);
        }
    }
    table
}
