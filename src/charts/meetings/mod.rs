//! Why they would not meet: how often decision-makers meet on a request, and how many of those met pass, by who asks.
//!
//! A row for each scenario; a line with its band for each channel in which there were requests.

mod title;

use crate::experiments::measures::{Weekly, of_week};
use crate::output::OutputError;

use super::data::FEWEST_FOR_BANDS;
use super::figure::{Axis, Figure, Name, Panel, Point, Row};
use super::source::Source;
use super::style::{ORGANIC, Rgb};
use super::weeks::{self, Weeks};

pub(super) const NAME: &str = "why-they-would-not-meet";

/// A way to a decision-maker's desk: its requests, meetings and passes in the table, its name at a line's end and in a
/// sentence, its colour.
struct Channel {
    columns: [Weekly; 3],
    label: &'static str,
    words: &'static str,
    colour: Rgb,
}

macro_rules! channel {
    ($name:literal, $label:literal, $words:literal, $colour:expr) => {
        Channel {
            columns: of_week![concat!("requests_", $name), concat!("met_", $name), concat!("passed_", $name)],
            label: $label,
            words: $words,
            colour: $colour,
        }
    };
}

const CHANNELS: [Channel; 6] = [
    channel!("cold", "cold", "cold applications", Rgb(0x80, 0x80, 0x80)),
    channel!("organic", "introduced free", "introductions free of charge", ORGANIC),
    channel!("paid", "by a seller", "sellers’ introductions", Rgb(0xd5, 0x5e, 0x00)),
    channel!(
        "submitted",
        "submitted, employer pays",
        "submissions to employers who pay",
        Rgb(0x88, 0x22, 0x55)
    ),
    channel!("referred", "friend’s form", "friends’ forms", Rgb(0x00, 0x72, 0xb2)),
    channel!("stranger", "stranger’s form", "strangers’ forms", Rgb(0xe6, 0x9f, 0x00)),
];

const COLD: usize = 0;
const FREE: usize = 1;
/// Channels in which somebody pays for the request itself, in the order in which a title looks for them.
const BOUGHT: [usize; 3] = [2, 5, 3];

/// Columns of weekly.csv of a channel: requests, met, passed.
const fn columns_of(channel: usize) -> [usize; 3] {
    [3 * channel, 3 * channel + 1, 3 * channel + 2]
}

/// Weeks that are counted together.
const SPAN: usize = 26;
/// Requests, or people met, below which a share of them says too little to be drawn.
const FEWEST: f64 = 50.0;

const SUBTITLE: &str = "Of all requests on decision-makers’ desks, those on which they met, and of the people met, \
                        those who passed the interview; by who asked. The finding is over all weeks after the opening; \
                        lines are over the 26 weeks before each, while there are 50 requests, or people met, in these.";
const OF_DOTS: &str = "Of all requests on decision-makers’ desks, those on which they met, and of the people met, those who \
                       passed the interview; by who asked, over all weeks after the opening. Drawn where there are 50 \
                       requests, or people met, in all.";

/// The chart, from weekly.csv.
pub(super) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let columns: Vec<Weekly> = CHANNELS.iter().flat_map(|channel| channel.columns).collect();
    let (facts, all) = weeks::read(source, &[], &columns)?;
    let (title, found) = (title::headline(&all), title::title(&all));
    let footer = facts.footer(if facts.replications.len() < FEWEST_FOR_BANDS {
        "thin lines: each replication (too few for bands) · brackets: 95\u{a0}% over replications"
    } else {
        "bands and brackets: 95\u{a0}% over replications"
    });
    let colours = facts.colours(|name| all.iter().any(|weeks| weeks.name == name && sells(weeks)));
    let last = all.iter().map(|weeks| weeks.last_week).max().unwrap_or_default() as f64;
    let row = |weeks: &Weeks| Row {
        name: (all.len() > 1).then(|| Name::bold(&weeks.name, colours[&weeks.name])),
        panels: panels(weeks, last),
    };
    let rows: Vec<Row> = all.iter().map(row).collect();
    if !rows.iter().flat_map(|row| &row.panels).any(Panel::has_numbers) {
        let why =
            if all.is_empty() { "weekly.csv has no rows." } else { "There are too few requests to draw." };
        return Ok(Some(Figure::nothing(found, SUBTITLE, footer, why)));
    }
    let (subtitle, of_dots) = (SUBTITLE.to_owned(), OF_DOTS.to_owned());
    Ok(Some(Figure { title, found, subtitle, of_dots, footer, rows, ..Figure::default() }))
}

/// Acceptance and passes of one scenario, a line for each channel in which there were requests.
fn panels(weeks: &Weeks, last: f64) -> Vec<Panel> {
    let asked = |channel: usize| weeks.sums(columns_of(channel)[0]).iter().sum::<f64>() > 0.0;
    let panel = |heading: &str, unit: &str, absent: &str, [of, per]: [usize; 2]| {
        let panel = Panel::new(heading, unit, Axis::weeks(last), Axis::share());
        let lines = (0..CHANNELS.len()).filter(|&channel| asked(channel)).flat_map(|channel| {
            let (Channel { label, colour, .. }, columns) = (&CHANNELS[channel], columns_of(channel));
            let mut layers =
                weeks.share_line(columns[of], columns[per], SPAN, FEWEST).layers(label, label, *colour);
            let is_enough = weeks.sums(columns[per]).iter().sum::<f64>() >= FEWEST;
            let whole = weeks.share(columns[of], columns[per]).filter(|_| is_enough);
            let whole = whole.map_or_else(Point::default, |share| Point::of(0.0, &share));
            layers.iter_mut().for_each(|layer| layer.whole = Some(whole.clone()));
            layers
        });
        Panel { absent: absent.to_owned(), ..panel.with(lines) }
    };
    vec![
        panel("Met", "% of requests", "too few requests", [1, 0]),
        panel("Passed", "% of those met", "too few meetings", [2, 1]),
    ]
}

fn sells(weeks: &Weeks) -> bool {
    BOUGHT.iter().any(|&channel| weeks.sums(columns_of(channel)[0]).iter().sum::<f64>() > 0.0)
}
