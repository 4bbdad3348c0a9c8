//! Known and hidden: the same market where decision-makers know who paid and where they do not.
//!
//! A row for each pair of scenarios that differ in nothing but this; both markets in each plot.

mod title;

use crate::experiments::measures::{Weekly, of_week};
use crate::output::OutputError;

use super::data::FEWEST_FOR_BANDS;
use super::figure::{Axis, Figure, Name, Panel, Row};
use super::scale::plain;
use super::source::Source;
use super::style::{INK, Rgb};
use super::weeks::{self, Line, Weeks};

pub(super) const NAME: &str = "known-and-hidden";

/// Columns of weekly.csv: requests, met and hires of sellers, then of strangers' forms, then trust.
const READ: [Weekly; 8] = of_week![
    "requests_paid",
    "met_paid",
    "hires_paid",
    "requests_stranger",
    "met_stranger",
    "hires_stranger",
    "trust_organic",
    "trust_paid"
];
const TRUST_FREE: usize = 6;
const TRUST_PAID: usize = 7;

/// Weeks that are counted together.
const SPAN: usize = 26;
/// Paid requests below which a share of them says too little to be drawn.
const FEWEST: f64 = 50.0;

/// Two scenarios that differ in one thing: payment known, and hidden.
struct Pair<'a> {
    sides: [&'a Weeks; 2],
    /// First of the columns of the requests that are paid for: sellers', or strangers' forms.
    bought: usize,
    lines: [[Line; 4]; 2],
}

/// The chart, from weekly.csv and the scenarios in the manifest; `None` without a pair in which anything is sold.
pub(super) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let (facts, all) = weeks::read(source, &[], &READ)?;
    let names = facts.scenarios.clone();
    let found = facts.rules.known_and_hidden(&names);
    if found.is_empty() {
        return Ok(None);
    }
    let of = |name: &String| all.iter().find(|weeks| weeks.name == *name);
    let pairs: Vec<Pair> =
        found.into_iter().filter_map(|(known, hidden)| pair([of(known)?, of(hidden)?])).collect();
    if pairs.is_empty() {
        return Ok(None);
    }
    let footer = facts.footer(if facts.replications.len() < FEWEST_FOR_BANDS {
        "thin lines: each replication (too few for bands) · brackets: 95\u{a0}% over replications"
    } else {
        "bands and brackets: 95\u{a0}% over replications, of differences paired"
    });
    let colours = facts.colours(|_| true);
    let last = all.iter().map(|weeks| weeks.last_week).max().unwrap_or_default() as f64;
    let row = |pair: &Pair| Row {
        name: (pairs.len() > 1)
            .then(|| Name::bold(format!("{} and {}", pair.sides[0].name, pair.sides[1].name), INK)),
        panels: panels(pair, pair.sides.map(|side| colours[&side.name]), last),
    };
    let (title, found) = (title::headline(&pairs), title::title(&pairs));
    let rows = pairs.iter().map(row).collect();
    Ok(Some(Figure { title, found, subtitle: SUBTITLE.to_owned(), footer, rows, ..Figure::default() }))
}

const SUBTITLE: &str = "By week after the opening, markets that differ in one thing: whether decision-makers know that a request was paid for. \
                        Trust is what they believe of the people who come through a tie, quality less their bar; \
                        where payment is hidden, one belief holds for all.";

/// The lines of a pair; `None` where too little is sold in both to say anything of it.
fn pair(sides: [&Weeks; 2]) -> Option<Pair<'_>> {
    let asked = |first: usize| sides.iter().map(|side| side.sums(first).iter().sum::<f64>()).sum::<f64>();
    let bought = if asked(0) >= asked(3) { 0 } else { 3 };
    (asked(bought) >= FEWEST).then(|| Pair { lines: sides.map(|side| lines(side, bought)), sides, bought })
}

fn lines(weeks: &Weeks, bought: usize) -> [Line; 4] {
    let anything = (f64::NEG_INFINITY, f64::INFINITY);
    let mut paid = weeks.mean_line(TRUST_PAID, 1, anything);
    if paid.is_empty() {
        paid = weeks.mean_line(TRUST_FREE, 1, anything);
    }
    [
        weeks.share_line(bought + 1, bought, SPAN, FEWEST),
        weeks.mean_line(TRUST_FREE, 1, anything),
        paid,
        weeks.mean_line(bought + 2, SPAN, (0.0, f64::INFINITY)),
    ]
}

/// Acceptance, trust in those who do not pay and in those who do, and placements; a line for either side.
fn panels(pair: &Pair, colours: [Rgb; 2], last: f64) -> Vec<Panel> {
    let trust = Axis { has_zero: false, ..Axis::linear(plain) };
    let measures = [
        ("Paid requests met", "% of requests, over 26 weeks", Axis::share(), "too few requests"),
        ("Trust: introduced free", "sd above the bar", trust.clone(), "not recorded"),
        ("Trust: those who pay", "sd above the bar; hidden: the same", trust, "not recorded"),
        ("Placed", "people a week, over 26 weeks", Axis::linear(plain), "not recorded"),
    ];
    let panel = |(place, (heading, unit, y, absent)): (usize, (&str, &str, Axis, &str))| {
        let line = |side: usize| {
            let payment = ["known", "hidden"][side];
            pair.lines[side][place].clone().layers(&pair.sides[side].name, payment, colours[side])
        };
        let panel = Panel::new(heading, unit, Axis::weeks(last), y).with(line(0)).with(line(1));
        Panel { absent: absent.to_owned(), ..panel }
    };
    measures.into_iter().enumerate().map(panel).collect()
}
