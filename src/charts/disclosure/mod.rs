//! Known and hidden: the same market where decision-makers know who paid and where they do not.
//!
//! A row for each pair of scenarios that differ in nothing but this; both markets in each plot.

mod title;

use crate::output::{Cell, Column, OutputError, Table};

use super::Picture;
use super::data::{FEWEST_FOR_BANDS, Facts};
use super::rows::{self, Row, Series};
use super::scale::{percent, plain};
use super::source::Source;
use super::style::INK;
use super::weeks::{self, Line, Weeks};

pub(super) const NAME: &str = "known-and-hidden";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("scenario", "", "name of the scenario"),
    Column::new("payment", "", "known or hidden"),
    Column::new("pair", "", "name of the scenario that differs in this alone"),
    Column::new("measure", "", "acceptance_paid, trust_organic, trust_paid or placements"),
    Column::new("week", "weeks", "weeks since the opening"),
    Column::new("n", "replications", "replications behind the value"),
    Column::new(
        "value",
        "share, sd, sd, placements a week",
        "of requests that were paid for, those met, over 26 weeks; trust of the ties in those introduced free of charge \
         and in those who pay (where payment is hidden, one belief for both); hires on paid requests, mean of 26 weeks",
    ),
    Column::new("low", "as value", "lower end of the 95 % interval over replications; empty without one"),
    Column::new("high", "as value", "upper end of the 95 % interval over replications; empty without one"),
];

const MEASURES: [&str; 4] = ["acceptance_paid", "trust_organic", "trust_paid", "placements"];

/// Columns of weekly.csv: requests, met and hires of sellers, then of strangers' forms, then trust.
const READ: [&str; 8] = [
    "requests_paid",
    "met_paid",
    "hires_paid",
    "requests_stranger",
    "met_stranger",
    "hires_stranger",
    "trust_organic",
    "trust_paid",
];
const TRUST_FREE: usize = 6;
const TRUST_PAID: usize = 7;

/// Weeks that are counted together.
const SPAN: usize = 26;
/// Paid requests below which a share of them says too little to be drawn.
const FEWEST: f64 = 50.0;

const PLOTS: [rows::Column; 4] = [
    rows::Column {
        heading: "Paid requests met",
        unit: "% of requests, over 26 weeks",
        share: true,
        from_zero: true,
        format: percent,
        absent: "too few requests",
    },
    rows::Column {
        heading: "Trust: introduced free",
        unit: "sd above the bar",
        share: false,
        from_zero: false,
        format: plain,
        absent: "not recorded",
    },
    rows::Column {
        heading: "Trust: those who pay",
        unit: "sd above the bar; hidden: the same",
        share: false,
        from_zero: false,
        format: plain,
        absent: "not recorded",
    },
    rows::Column {
        heading: "Placed",
        unit: "people a week, over 26 weeks",
        share: false,
        from_zero: true,
        format: plain,
        absent: "not recorded",
    },
];

/// Two scenarios that differ in one thing: payment known, and hidden.
struct Pair<'a> {
    sides: [&'a Weeks; 2],
    /// First of the columns of the requests that are paid for: sellers', or strangers' forms.
    bought: usize,
    lines: [[Line; 4]; 2],
}

/// Draws the chart from weekly.csv and the scenarios in the manifest; `None` without a pair in which anything is sold.
pub(super) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let table = source.table("weekly.csv")?;
    let (mut facts, owners) = Facts::of(source, &table)?;
    let names = facts.scenarios.clone();
    let found = facts.rules.pairs(&names, "disclosure", "payment_known");
    if found.is_empty() {
        return Ok(None);
    }
    let all = weeks::read(&table, &mut facts, &owners, &READ)?;
    let of = |name: &String| all.iter().find(|weeks| weeks.name == *name);
    let pairs: Vec<Pair> =
        found.into_iter().filter_map(|(known, hidden)| pair([of(known)?, of(hidden)?])).collect();
    if pairs.is_empty() {
        return Ok(None);
    }
    let title = title::title(&pairs);
    let footer = facts.footer(if facts.replications.len() < FEWEST_FOR_BANDS {
        "thin lines: each replication (too few for bands) · brackets: 95\u{a0}% over replications"
    } else {
        "bands and brackets: 95\u{a0}% over replications, of differences paired"
    });
    let colours = facts.colours(|_| true);
    let row = |pair: &Pair| {
        let series = |measure: usize| {
            let one = |side: usize| Series {
                label: ["known", "hidden"][side].to_owned(),
                colour: colours[&pair.sides[side].name],
                line: pair.lines[side][measure].clone(),
            };
            vec![one(0), one(1)]
        };
        let name = format!("{} and {}", pair.sides[0].name, pair.sides[1].name);
        Row { name, colour: INK, plots: (0..PLOTS.len()).map(series).collect() }
    };
    let rows: Vec<Row> = pairs.iter().map(row).collect();
    let last = all.iter().map(|weeks| weeks.last_week).max().unwrap_or_default().max(1) as f64;
    let page = rows::page([&title, SUBTITLE, &footer], &PLOTS, &rows, last);
    Ok(Some(Picture { page, numbers: numbers(&pairs) }))
}

const SUBTITLE: &str = "By week after the opening, markets that differ in one thing: whether decision-makers know that a request was paid for. \
                        Trust is what they believe of the people who come through a tie, quality less their bar; \
                        where payment is hidden, one belief holds for all.";

/// The lines of a pair; `None` where nothing is sold in either.
fn pair(sides: [&Weeks; 2]) -> Option<Pair<'_>> {
    let asked = |first: usize| sides.iter().map(|side| side.sums(first).iter().sum::<f64>()).sum::<f64>();
    let bought = if asked(0) >= asked(3) { 0 } else { 3 };
    (asked(bought) > 0.0).then(|| Pair { lines: sides.map(|side| lines(side, bought)), sides, bought })
}

fn lines(weeks: &Weeks, bought: usize) -> [Line; 4] {
    let mut paid = weeks.mean_line(TRUST_PAID, 1, f64::NEG_INFINITY);
    if paid.is_empty() {
        paid = weeks.mean_line(TRUST_FREE, 1, f64::NEG_INFINITY);
    }
    [
        weeks.share_line(bought + 1, bought, SPAN, FEWEST),
        weeks.mean_line(TRUST_FREE, 1, f64::NEG_INFINITY),
        paid,
        weeks.mean_line(bought + 2, SPAN, 0.0),
    ]
}

fn numbers(pairs: &[Pair]) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for pair in pairs {
        for (side, payment) in ["known", "hidden"].into_iter().enumerate() {
            for (measure, line) in MEASURES.iter().zip(&pair.lines[side]) {
                for (point, n) in line.points.iter().zip(&line.n) {
                    let Some(point) = point else { continue };
                    table.push(vec![
                        pair.sides[side].name.as_str().into(),
                        payment.into(),
                        pair.sides[1 - side].name.as_str().into(),
                        (*measure).into(),
                        point.x.into(),
                        (*n).into(),
                        point.y.into(),
                        Cell::maybe(point.interval.map(|ends| ends.0)),
                        Cell::maybe(point.interval.map(|ends| ends.1)),
                    ]);
                }
            }
        }
    }
    table
}
