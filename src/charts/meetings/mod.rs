//! Why they would not meet: how often decision-makers meet on a request, and how many of those met pass, by who asks.
//!
//! A row for each scenario; a line with its band for each channel in which there were requests.

mod title;

use crate::output::{Cell, Column, OutputError, Table};
use crate::stats::Estimate;

use super::Picture;
use super::data::{FEWEST_FOR_BANDS, Facts};
use super::page::Page;
use super::rows::{self, Row, Series};
use super::scale::percent;
use super::source::Source;
use super::style::{ORGANIC, Rgb};
use super::weeks::{self, Line, Weeks};

pub(super) const NAME: &str = "why-they-would-not-meet";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("scenario", "", "name of the scenario"),
    Column::new(
        "channel",
        "",
        "cold, organic, paid, submitted, referred (a friend's form) or stranger (a stranger's form)",
    ),
    Column::new("measure", "", "acceptance (met of requests) or pass (passed of those met)"),
    Column::new("week", "weeks", "last of the 26 weeks that are counted; empty for all weeks of the run"),
    Column::new("n", "replications", "replications behind the value"),
    Column::new("value", "share", "pooled over replications"),
    Column::new("low", "share", "lower end of the 95 % interval over replications; empty without one"),
    Column::new("high", "share", "upper end of the 95 % interval over replications; empty without one"),
];

/// A way to a decision-maker's desk: its name in the table, at a line's end and in a sentence, and its colour.
struct Channel {
    column: &'static str,
    label: &'static str,
    words: &'static str,
    colour: Rgb,
}

const CHANNELS: [Channel; 6] = [
    Channel { column: "cold", label: "cold", words: "cold applications", colour: Rgb(0x80, 0x80, 0x80) },
    Channel {
        column: "organic",
        label: "introduced free",
        words: "introductions free of charge",
        colour: ORGANIC,
    },
    Channel {
        column: "paid",
        label: "by a seller",
        words: "sellers’ introductions",
        colour: Rgb(0xd5, 0x5e, 0x00),
    },
    Channel {
        column: "submitted",
        label: "submitted, employer pays",
        words: "submissions to employers who pay",
        colour: Rgb(0x88, 0x22, 0x55),
    },
    Channel {
        column: "referred",
        label: "friend’s form",
        words: "friends’ forms",
        colour: Rgb(0x00, 0x72, 0xb2),
    },
    Channel {
        column: "stranger",
        label: "stranger’s form",
        words: "strangers’ forms",
        colour: Rgb(0xe6, 0x9f, 0x00),
    },
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

/// One line of the picture and of the numbers.
struct Shown {
    channel: usize,
    /// Acceptance, then passes.
    lines: [Line; 2],
    totals: [Option<Estimate>; 2],
}

/// Draws the chart from weekly.csv.
pub(super) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let table = source.table("weekly.csv")?;
    let (mut facts, owners) = Facts::of(source, &table)?;
    let names: Vec<String> = CHANNELS
        .iter()
        .flat_map(|channel| ["requests", "met", "passed"].map(|count| format!("{count}_{}", channel.column)))
        .collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let all = weeks::read(&table, &mut facts, &owners, &names)?;
    let shown: Vec<(&Weeks, Vec<Shown>)> = all.iter().map(|weeks| (weeks, shown(weeks))).collect();
    let title = title::title(&all);
    let footer = facts.footer(if facts.replications.len() < FEWEST_FOR_BANDS {
        "thin lines: each replication (too few for bands) · brackets: 95\u{a0}% over replications"
    } else {
        "bands and brackets: 95\u{a0}% over replications"
    });
    let colours = facts.colours(|name| all.iter().any(|weeks| weeks.name == name && sells(weeks)));
    let rows: Vec<Row> = shown.iter().map(|(weeks, shown)| row(weeks, shown, colours[&weeks.name])).collect();
    let any = rows.iter().flat_map(|row| &row.plots).flatten().any(|series| !series.line.is_empty());
    let page = if any {
        let last = all.iter().map(|weeks| weeks.last_week).max().unwrap_or_default().max(1) as f64;
        rows::page([&title, SUBTITLE, &footer], &PLOTS, &rows, last)
    } else if table.is_empty() {
        Page::message(&title, SUBTITLE, &footer, "weekly.csv has no rows.")
    } else {
        Page::message(&title, SUBTITLE, &footer, "There are too few requests to draw.")
    };
    Ok(Some(Picture { page, numbers: numbers(&shown) }))
}

const SUBTITLE: &str = "Of all requests on decision-makers’ desks, those on which they met, and of the people met, \
                        those who passed the interview; by who asked, over the 26 weeks before each. Drawn while there \
                        are 50 requests, or people met, in these weeks.";

const PLOTS: [rows::Column; 2] = [
    rows::Column {
        heading: "Met",
        unit: "% of requests",
        share: true,
        from_zero: true,
        format: percent,
        absent: "too few requests",
    },
    rows::Column {
        heading: "Passed",
        unit: "% of those met",
        share: true,
        from_zero: true,
        format: percent,
        absent: "too few meetings",
    },
];

fn sells(weeks: &Weeks) -> bool {
    BOUGHT.iter().any(|&channel| weeks.sums(columns_of(channel)[0]).iter().sum::<f64>() > 0.0)
}

fn shown(weeks: &Weeks) -> Vec<Shown> {
    let mut found = Vec::new();
    for channel in 0..CHANNELS.len() {
        let [requests, met, passed] = columns_of(channel);
        if weeks.sums(requests).iter().sum::<f64>() > 0.0 {
            let lines =
                [(met, requests), (passed, met)].map(|(of, per)| weeks.share_line(of, per, SPAN, FEWEST));
            let totals = [(met, requests), (passed, met)].map(|(of, per)| weeks.share(of, per));
            found.push(Shown { channel, lines, totals });
        }
    }
    found
}

fn row(weeks: &Weeks, shown: &[Shown], colour: Rgb) -> Row {
    let series = |measure: usize| {
        let one = |shown: &Shown| Series {
            label: CHANNELS[shown.channel].label.to_owned(),
            colour: CHANNELS[shown.channel].colour,
            line: shown.lines[measure].clone(),
        };
        shown.iter().map(one).collect()
    };
    Row { name: weeks.name.clone(), colour, plots: vec![series(0), series(1)] }
}

fn numbers(all: &[(&Weeks, Vec<Shown>)]) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for (weeks, shown) in all {
        for one in shown {
            for (place, measure) in ["acceptance", "pass"].into_iter().enumerate() {
                let mut push = |week: Cell, n: usize, value: f64, ends: Option<(f64, f64)>| {
                    table.push(vec![
                        weeks.name.as_str().into(),
                        CHANNELS[one.channel].column.into(),
                        measure.into(),
                        week,
                        n.into(),
                        value.into(),
                        Cell::maybe(ends.map(|ends| ends.0)),
                        Cell::maybe(ends.map(|ends| ends.1)),
                    ]);
                };
                if let Some(total) = &one.totals[place] {
                    push(Cell::Empty, total.n, total.value, total.interval);
                }
                let line = &one.lines[place];
                for (point, n) in line.points.iter().zip(&line.n) {
                    let Some(point) = point else { continue };
                    push(point.x.into(), *n, point.y, point.interval);
                }
            }
        }
    }
    table
}
