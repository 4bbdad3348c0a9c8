//! Where the money goes: what a placement by a seller brings and costs, and what is left.
//!
//! A row for each scenario: the fee, what it is spent on, and the profit with its interval.

mod title;

use crate::experiments::outcomes::{Metric, metric};
use crate::output::OutputError;
use crate::stats::Estimate;
use crate::text::{counted, dollars, dollars_between, listed};

use super::assumed::{Assumed, Point as Assumption, quotient, wider};
use super::figure::{Axis, Entry, Figure, Layer, Name, Panel, Point, Row, Shape};
use super::holds_zero;
use super::outcomes::{Outcomes, Values, plus, ratio, total};
use super::scale::{round_range, whole_dollars};
use super::source::Source;
use super::style::{GREY, Rgb};

pub(super) const NAME: &str = "where-the-money-goes";

/// Parts of a placement's account but the profit, in the order of [`Account::parts`]: what they are called, and their
/// colours, from Tol's muted palette.
const PARTS: [(&str, Rgb); 6] = [
    ("fee", Rgb(0x33, 0x22, 0x88)),
    ("hours at their wage", Rgb(0xdd, 0xcc, 0x77)),
    ("social capital", Rgb(0xcc, 0x66, 0x77)),
    ("refunds", Rgb(0x88, 0xcc, 0xee)),
    ("paid to others", Rgb(0x99, 0x99, 0x33)),
    ("refunds still expected", Rgb(0x44, 0xaa, 0x99)),
];
const FEE: usize = 0;
const HOURS: usize = 1;
const SOCIAL: usize = 2;
const PROFIT: usize = 6;

/// What a placement brought and cost in one scenario.
struct Account {
    name: String,
    parts: [Option<Estimate>; 7],
    /// Over the assumed constants: profit, and social capital a dollar of fees.
    assumed: [Option<(f64, f64)>; 2],
}

impl Account {
    /// What was left, with the wider of its intervals.
    fn left(&self) -> Option<Estimate> {
        self.parts[PROFIT].map(|profit| wider(profit, self.assumed[0]))
    }

    fn value(&self, part: usize) -> f64 {
        self.parts[part].map_or(0.0, |part| part.value)
    }

    /// Where each part but the profit is drawn: on the side of what the placement brought, or of what was spent on it,
    /// after the parts before. What would be a cost but is below zero was brought.
    fn spans(&self) -> [(bool, (f64, f64)); 6] {
        let mut ends = [0.0, 0.0];
        std::array::from_fn(|part| {
            let value = self.value(part);
            let is_brought = part == FEE || value < 0.0;
            let end = &mut ends[usize::from(!is_brought)];
            let from = *end;
            *end += value.abs();
            (is_brought, (from, *end))
        })
    }

    /// All that it brought, and all that was spent.
    fn sums(&self) -> [f64; 2] {
        let spans = self.spans();
        [true, false].map(|side| {
            spans.iter().filter(|(brought, _)| *brought == side).map(|(_, span)| span.1).fold(0.0, f64::max)
        })
    }
}

/// Dollars a placement below which a part is not worth a word.
const SLIGHT: f64 = 0.5;

/// What the columns of outcomes.csv say, of all scenarios.
struct Sums {
    placements: Values,
    fees: Values,
    hours: Values,
    social: Values,
    refunds: Values,
    costs: Values,
    profit: Values,
}

/// The chart, from outcomes.csv; `None` where nobody sells.
pub(super) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let mut outcomes = Outcomes::read(source)?;
    let active = outcomes.of(metric!("active_share"))?;
    let selling: Vec<usize> = (0..active.len()).filter(|&s| active[s].iter().any(Option::is_some)).collect();
    if selling.is_empty() && !outcomes.is_empty() {
        return Ok(None);
    }
    let sums = read(&mut outcomes)?;
    let names = &outcomes.facts.scenarios;
    let (placing, idle): (Vec<usize>, Vec<usize>) =
        selling.into_iter().partition(|&s| total(&sums.placements[s]) > 0.0);
    let mut accounts: Vec<Account> = placing.iter().map(|&s| account(&names[s], &sums, s)).collect();
    let assumed = Assumed::read(source, &ASSUMED)?;
    if let Some(assumed) = &assumed {
        accounts.iter_mut().for_each(|account| account.assumed = spreads(assumed, &account.name));
    }
    accounts.sort_by(|a, b| b.value(PROFIT).total_cmp(&a.value(PROFIT)));
    let mut footer = outcomes.facts.footer("bars and brackets: 95\u{a0}% over replications");
    footer.push_str(&assumed.map_or_else(
        || " The worth of a relationship is assumed; the intervals do not cover other worths.".to_owned(),
        |assumed| assumed.footer(),
    ));
    let idle: Vec<&str> = idle.iter().map(|&s| names[s].as_str()).collect();
    let (title, found) = (title::headline(&accounts), title::title(&accounts, &idle));
    if accounts.is_empty() {
        let why = if outcomes.is_empty() {
            "outcomes.csv has no rows."
        } else {
            "Sellers worked, or waited, without a single placement."
        };
        return Ok(Some(Figure::nothing(found, SUBTITLE, footer, why)));
    }
    let colours = outcomes.facts.colours(|name| accounts.iter().any(|account| account.name == name));
    let panel = panel(&accounts, |account| colours[&account.name]);
    let (subtitle, rows) =
        (format!("{SUBTITLE}{}", without(&idle)), vec![Row { name: None, panels: vec![panel] }]);
    Ok(Some(Figure { title, found, subtitle, footer, key: key(&accounts), rows, ..Figure::default() }))
}

/// Pixels from the middle of a scenario's line to what it brought, to what was spent, and to what was left.
const LANES: [f64; 3] = [-13.5, -0.5, 14.0];
const BAR: Shape = Shape::Bar { half: 5.5, alpha: 1.0 };
/// Words alone.
const SUM: Shape = Shape::Bar { half: 0.0, alpha: 1.0 };

/// For each scenario a bar of what a placement brought, a bar of what was spent on it, and a dot for what was left.
fn panel(accounts: &[Account], colour: impl Fn(&Account) -> Rgb) -> Panel {
    let all = || accounts.iter().enumerate().map(|(place, account)| (place as f64, account));
    let (low, high) = range(accounts);
    let names = all().map(|(_, account)| Name::bold(&account.name, colour(account))).collect();
    let x =
        Axis { title: "dollars a placement".to_owned(), ..Axis::linear(whole_dollars).between(low, high) };
    let mut layers = Vec::new();
    for (part, (name, ink)) in PARTS.iter().enumerate() {
        for (is_brought, lane) in [(true, LANES[0]), (false, LANES[1])] {
            let points = all().filter_map(|(at, account)| {
                let (side, span) = account.spans()[part];
                let estimate = account.parts[part].filter(|_| side == is_brought)?;
                Some(Point { span: Some(span), ..Point::of(at, &estimate) })
            });
            layers.push(Layer::new(name, BAR, *ink, points.collect()).in_lane(lane));
        }
    }
    for (side, lane) in [LANES[0], LANES[1]].into_iter().enumerate() {
        let sums = all().map(|(at, account)| (at, account.sums()[side])).filter(|(_, sum)| *sum > SLIGHT);
        let points = sums.map(|(at, sum)| Point::over(at, (sum, sum)).saying(dollars(sum)));
        layers.push(Layer::new("", SUM, GREY, points.collect()).in_lane(lane));
    }
    let left = all().filter_map(|(at, account)| {
        let profit = account.parts[PROFIT]?;
        let point = Point::of(at, &profit).coloured(colour(account)).saying(dollars_between(&profit));
        Some(Point { assumed: account.assumed[0], is_open: holds_zero(&profit), ..point })
    });
    layers.push(Layer::new("profit", Shape::Dot { has_caps: false }, GREY, left.collect()).in_lane(LANES[2]));
    let height = Some((560.0 / accounts.len() as f64).clamp(46.0, 64.0));
    Panel { height, ..Panel::new("", "", x, Axis::names(names)).with(layers) }
}

/// Bars longer than so many times the middle one are cut.
const CUT: f64 = 3.0;

/// The axis holds what most scenarios need; a few longer bars are cut and say so.
fn range(accounts: &[Account]) -> (f64, f64) {
    let longest = |account: &Account| account.sums().into_iter().fold(0.0, f64::max);
    let mut longest: Vec<f64> = accounts.iter().map(longest).collect();
    longest.sort_by(f64::total_cmp);
    let middle = longest[longest.len() / 2];
    let high = longest[longest.len() - 1].min(CUT * middle);
    let left = |account: &Account| account.value(PROFIT).min(account.assumed[0].map_or(0.0, |ends| ends.0));
    let lowest = accounts.iter().map(left).fold(0.0, f64::min);
    round_range([high, lowest.max(-high / 2.0)], 0.0, 6.0)
}

/// Parts that occur.
fn key(accounts: &[Account]) -> Vec<Entry> {
    let occurs = |part: usize| {
        part == FEE || part == HOURS || accounts.iter().any(|account| account.value(part).abs() > SLIGHT)
    };
    let parts = PARTS.iter().enumerate().filter(|(part, _)| occurs(*part));
    let mut key: Vec<Entry> =
        parts.map(|(_, (name, colour))| Entry::Swatch(Some(*colour), 1.0, (*name).to_owned())).collect();
    key.push(Entry::Dot(GREY, "left to the seller".to_owned()));
    key
}

const SUBTITLE: &str = "Dollars per placement by sellers, over all weeks after the opening: what it brought above, what \
                        was spent on it below, hours on those never placed included; the dot is what is left.";

/// What the subtitle says of scenarios without a placement.
fn without(idle: &[&str]) -> String {
    match idle {
        [] => String::new(),
        few if few.len() <= 3 => format!(" No placement at all: {}.", listed(few.iter().copied())),
        many => format!(" No placement at all in {}.", counted(many.len(), "further scenario")),
    }
}

fn read(outcomes: &mut Outcomes) -> Result<Sums, OutputError> {
    let [paid, submitted] = [outcomes.of(metric!("hires_paid"))?, outcomes.of(metric!("hires_submitted"))?];
    Ok(Sums {
        placements: paid.iter().zip(&submitted).map(|(a, b)| plus(a, b)).collect(),
        fees: outcomes.of(metric!("fees_dollars"))?,
        hours: outcomes.of(metric!("time_dollars"))?,
        social: outcomes.of(metric!("social_capital_dollars"))?,
        refunds: outcomes.of(metric!("refunds_dollars"))?,
        costs: outcomes.of(metric!("costs_dollars"))?,
        profit: outcomes.of(metric!("sellers_profit_dollars"))?,
    })
}

fn account(name: &str, sums: &Sums, s: usize) -> Account {
    let replications = sums.placements[s].len();
    let rest = |r: usize| {
        let of = |values: &Values| values[s][r];
        Some(of(&sums.fees)? - of(&sums.refunds)? - of(&sums.costs)? - of(&sums.social)? - of(&sums.profit)?)
    };
    let hours = |r: usize| sums.hours[s][r];
    let each = |of: &dyn Fn(usize) -> Option<f64>| (0..replications).map(of).collect::<Vec<_>>();
    // To the cent: the rest is dust of adding up.
    let to_the_cent = |dollars: f64| (100.0 * dollars).round() / 100.0;
    let (hours_cost, expected) = (each(&hours), each(&|r| Some(to_the_cent(rest(r)? - hours(r)?))));
    let per = |values: &[Option<f64>]| ratio(values, &sums.placements[s]);
    let parts = [
        per(&sums.fees[s]),
        per(&hours_cost),
        per(&sums.social[s]),
        per(&sums.refunds[s]),
        per(&sums.costs[s]),
        per(&expected),
        per(&sums.profit[s]),
    ];
    Account { name: name.to_owned(), parts, assumed: [None; 2] }
}

/// Columns of assumptions.csv behind [`spreads`].
const ASSUMED: [Metric; 5] = metric![
    "sellers_profit_dollars",
    "hires_paid",
    "hires_submitted",
    "social_capital_dollars",
    "fees_dollars"
];

/// Profit a placement and social capital a dollar of fees over the assumed constants.
fn spreads(assumed: &Assumed, scenario: &str) -> [Option<(f64, f64)>; 2] {
    let profit = |point: &Assumption| {
        let placements = point[1].zip(point[2]).map(|(paid, submitted)| paid + submitted);
        quotient(point[0], placements)
    };
    [assumed.spread(scenario, profit), assumed.spread(scenario, |point| quotient(point[3], point[4]))]
}
