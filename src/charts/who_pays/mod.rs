//! Who pays: ability, contacts and time out of work of those who pay, beside all who seek.
//!
//! A row of densities for each scenario; of many scenarios only the ranks of their payers among all who seek.

mod histogram;
mod title;

use std::collections::BTreeMap;

use super::data::{FEWEST_FOR_BANDS, Facts};
use super::figure::{Axis, Entry, Figure, Kind, Layer, Name, Panel, Point, Row, Shape};
use super::holds_half;
use super::layout::SEEN_THROUGH;
use super::scale::{percent, plain};
use super::source::Source;
use super::style::{self, GREY, INK, Rgb, SOFT};
use crate::output::OutputError;
use crate::stats::Estimate;
use crate::text::{count, counted};
use histogram::{Groups, ORGANIC, PAYERS, PLACED, POOL, VARIABLES};

pub(super) const NAME: &str = "who-pays";

/// Scenarios with fewer payers than this, in all replications together, are not shown.
const FEWEST_PAYERS: f64 = 30.0;
/// More scenarios than this are shown by their ranks alone.
const MOST_ROWS: usize = 5;
/// Rows of ranks; further scenarios are said to be left out.
const MOST_RANKS: usize = 40;

/// The chart, from densities.csv.
pub(super) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let rows = source.rows()?;
    let (facts, owners) = Facts::of(source, &rows)?;
    let all = histogram::groups(&rows, &facts, &owners);
    let sells = |name: &str| all.iter().any(|groups| groups.name == name && groups.total(PAYERS) > 0.0);
    let colours = facts.colours(sells);
    let paying: Vec<&Groups> = all.iter().filter(|groups| groups.total(PAYERS) >= FEWEST_PAYERS).collect();
    let few = all.iter().filter(|groups| groups.total(PAYERS) > 0.0).count() - paying.len();
    let free = histogram::together(&all).filter(|groups| groups.total(ORGANIC) >= FEWEST_PAYERS);
    let found = title::title(&all, &paying, free.as_ref());
    let title = title::headline(&paying).unwrap_or_else(|| found.clone());
    let footer = facts.footer(if paying.len() > MOST_ROWS {
        "bars and brackets: 95\u{a0}% intervals over replications"
    } else if facts.replications.len() < FEWEST_FOR_BANDS {
        "bars and brackets: 95\u{a0}% intervals over replications; too few for bands"
    } else {
        "bands, bars and brackets: 95\u{a0}% intervals over replications"
    });
    if paying.is_empty() && free.is_none() {
        let why = match (rows.is_empty(), all.iter().all(|groups| groups.total(PAYERS) <= 0.0)) {
            (true, _) => "densities.csv has no rows.",
            (_, true) => "There are no payers to draw.",
            _ => "There are too few payers to draw.",
        };
        let what = "Ability, contacts and time out of work of those who pay and those who seek";
        return Ok(Some(Figure::nothing(title, what, footer, why)));
    }
    let figure = Figure {
        found: if found == title { String::new() } else { found },
        title,
        footer,
        ..Figure::default()
    };
    if paying.len() > MOST_ROWS {
        let shown = &paying[..paying.len().min(MOST_RANKS)];
        let subtitle = format!("{RANKS}{}", left_out(paying.len(), shown.len(), few));
        let rows = vec![Row { name: None, panels: ranks(shown, &colours) }];
        return Ok(Some(Figure { subtitle, rows, ..figure }));
    }
    let rows = hills(&paying, free.as_ref(), &colours);
    let who = if paying.is_empty() {
        ""
    } else {
        " ● and thick lines: new clients of sellers. ○ and thin lines: those placed by sellers."
    };
    let subtitle = format!("{HILLS}{who}{MEANS}{}", left_out(paying.len(), paying.len(), few));
    let key = vec![Entry::Swatch(Some(GREY), SEEN_THROUGH, "all who seek".to_owned())];
    // Three hills for each scenario one under the other are a long way on a narrow screen.
    let narrow = (!paying.is_empty()).then(|| {
        let subtitle = format!("{RANKS}{}", left_out(paying.len(), paying.len(), few));
        let rows = vec![Row { name: None, panels: ranks(&paying, &colours) }];
        Box::new(Figure { subtitle, rows, ..figure.clone() })
    });
    Ok(Some(Figure { subtitle, key, rows, narrow, ..figure }))
}

const RANKS: &str = "Mean rank of new clients of sellers among all who seek, in ability and contacts, and among the \
                     jobless in time out of work: the per cent of seekers below them, equals counted half. 50\u{a0}% is \
                     no difference.";
const HILLS: &str = "Hills show how a group is spread over all weeks after the opening, all of the same area, over those of \
                     all who seek, with a line at their mean.";
const MEANS: &str = " Dots are means. Per cents: mean rank among all who seek, or among the jobless in time out of work; \
                     50\u{a0}% is no difference.";

/// What the subtitle says of scenarios that are not shown.
fn left_out(paying: usize, shown: usize, few: usize) -> String {
    if paying > shown {
        let more = counted(paying - shown, "more scenario");
        return format!(" Shown are the first {shown} scenarios with payers; {more} not shown.");
    }
    match few {
        0 => String::new(),
        n => format!(" {} with fewer than {FEWEST_PAYERS} payers not shown.", counted(n, "scenario")),
    }
}

/// A row for each scenario, and one for those introduced free of charge.
fn hills(paying: &[&Groups], free: Option<&Groups>, colours: &BTreeMap<String, Rgb>) -> Vec<Row> {
    let height = (460.0 / (paying.len() + usize::from(free.is_some())) as f64).clamp(94.0, 190.0) - 47.0;
    let of_free = if colours.len() > 1 {
        "Introduced free of charge, all scenarios"
    } else {
        "Introduced free of charge"
    };
    let all = paying.iter().map(|groups| (*groups, groups.name.as_str(), PAYERS, colours[&groups.name]));
    let all: Vec<_> = all.chain(free.map(|groups| (groups, of_free, ORGANIC, style::ORGANIC))).collect();
    let range = |v: usize| {
        let ranges = all.iter().filter_map(|(groups, ..)| groups.range(v));
        ranges.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), range| {
            (low.min(range.0), high.max(range.1))
        })
    };
    let ranges = [0, 1, 2].map(range);
    let row = |&(groups, name, group, colour): &(&Groups, &str, usize, Rgb)| {
        let people = |group: usize| count(people(groups, group));
        let notes = if group == PAYERS {
            vec![format!("● {} paid", people(PAYERS)), format!("○ {} placed", people(PLACED))]
        } else {
            vec![format!("● {} introductions", people(ORGANIC))]
        };
        let panel = |v: usize| Panel { height: Some(height), ..hill(groups, v, (group, colour), ranges[v]) };
        Row { name: Some(Name { notes, ..Name::bold(name, colour) }), panels: [0, 1, 2].map(panel).to_vec() }
    };
    all.iter().map(row).collect()
}

/// The densities of a group and of those of it who were placed over that of all who seek, their means under them.
fn hill(groups: &Groups, v: usize, (group, colour): (usize, Rgb), (low, high): (f64, f64)) -> Panel {
    let variable = &VARIABLES[v];
    let kind = if variable.column == "weeks_out" { Kind::Weeks } else { Kind::Linear };
    let x = Axis { kind, title: variable.axis.to_owned(), ..Axis::linear(plain) };
    let y = Axis { kind: Kind::Bare, ..Axis::default() };
    if low >= high {
        let panel = Panel::new(variable.heading, variable.unit, x.between(0.0, 1.0), y);
        return Panel { absent: "No finite number to draw".to_owned(), ..panel };
    }
    let points = |group: usize| -> Vec<Point> {
        groups.densities(v, group).into_iter().map(|(at, density)| Point::of(at, &density)).collect()
    };
    let mut panel = Panel::new(variable.heading, variable.unit, x.between(low, high), y);
    panel.layers.push(Layer::new("all who seek", Shape::Hill, GREY, points(POOL)));
    let mean = |group: usize| groups.mean(v, group).map(|mean| Point::of(0.0, &mean));
    let upright = Shape::Upright { is_dashed: false };
    panel.layers.push(Layer::new("all who seek", upright, GREY, mean(POOL).into_iter().collect()));
    let [who, placed] = if group == PAYERS { ["paid", "placed"] } else { ["introduced free", ""] };
    panel.layers.push(Layer::line(who, "", colour, points(group)));
    let dot = Shape::Dot { has_caps: false };
    panel.layers.push(Layer::new(who, dot, colour, mean(group).into_iter().collect()).in_lane(7.0));
    if group == PAYERS {
        panel.layers.push(Layer::new(placed, Shape::Hair, colour, points(PLACED)));
        let hollow = mean(PLACED).map(|point| Point { is_open: true, ..point });
        panel.layers.push(Layer::new(placed, dot, colour, hollow.into_iter().collect()).in_lane(17.0));
    }
    panel.caption = groups.rank(v, group).map(|rank| caption(v, &rank, colour));
    panel
}

/// The rank of a group in words.
fn caption(v: usize, rank: &Estimate, colour: Rgb) -> (String, Rgb) {
    let up = rank.value >= 0.5;
    if rank.interval.is_none() && (rank.value - 0.5).abs() < title::NOTABLE {
        return (format!("hardly a difference: {}", title::surpassed(rank, true)), SOFT);
    }
    if holds_half(rank) {
        return (format!("no clear difference: {}", title::surpassed(rank, true)), SOFT);
    }
    let words = VARIABLES[v].short[usize::from(!up)];
    // What is shown, and too little for the title to call it a difference.
    let little = if (rank.value - 0.5).abs() < title::NOTABLE { " (a little)" } else { "" };
    (format!("{words} {}{little}", title::surpassed(rank, up)), colour.as_text())
}

/// A dot for each scenario: the rank of its payers among all who seek.
fn ranks(shown: &[&Groups], colours: &BTreeMap<String, Rgb>) -> Vec<Panel> {
    let name = |groups: &&Groups| {
        let notes = vec![format!("{} paid", count(people(groups, PAYERS)))];
        Name { notes, ..Name::plain(&groups.name, colours[&groups.name]) }
    };
    let names: Vec<Name> = shown.iter().map(name).collect();
    let all = shown.iter().flat_map(|groups| (0..VARIABLES.len()).filter_map(|v| groups.rank(v, PAYERS)));
    let ends = all.flat_map(|rank| rank.interval.map_or([rank.value; 2], |(low, high)| [low, high]));
    let (low, high) = ends.fold((0.45_f64, 0.55_f64), |(low, high), end| (low.min(end), high.max(end)));
    let x =
        Axis::linear(percent).between((10.0 * low - 0.2).floor() / 10.0, (10.0 * high + 0.2).ceil() / 10.0);
    let panel = |(v, variable): (usize, &histogram::Variable)| {
        let rank = |(place, groups): (usize, &&Groups)| {
            Some(Point::of(place as f64, &groups.rank(v, PAYERS)?).coloured(colours[&groups.name]))
        };
        let points = shown.iter().enumerate().filter_map(rank).collect();
        let half = Layer::new("", Shape::Upright { is_dashed: false }, GREY, vec![Point::at(0.0, 0.5)]);
        let unit = format!("higher than … of {}", variable.among);
        let dots = Layer::new("mean rank", Shape::Dot { has_caps: false }, INK, points);
        let panel = Panel::new(variable.heading, &unit, x.clone(), Axis::names(names.clone()));
        Panel { height: Some((520.0 / shown.len() as f64).clamp(28.0, 46.0)), ..panel.with([half, dots]) }
    };
    VARIABLES.iter().enumerate().map(panel).collect()
}

/// People of a group as a whole number.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of people, ≥ 0; casts saturate"
)]
fn people(groups: &Groups, group: usize) -> usize {
    groups.total(group) as usize
}
