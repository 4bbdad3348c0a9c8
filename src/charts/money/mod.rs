//! Where the money goes: what a placement by a seller brings and costs, and what is left.
//!
//! A row for each scenario: the fee, what it is spent on, and the profit with its interval.

mod draw;
mod title;

use crate::output::{Cell, Column, OutputError, Table};
use crate::stats::Estimate;

use super::Picture;
use super::assumed::{Assumed, Point, quotient, wider};
use super::outcomes::{Outcomes, Values, plus, ratio, total};
use super::page::Page;
use super::source::Source;
use super::words::{counted, listed};

pub(super) const NAME: &str = "where-the-money-goes";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("scenario", "", "name of the scenario"),
    Column::new(
        "part",
        "",
        "fee, hours (worked and open, at what they are worth elsewhere), social_capital (spent, recovery credited), refunds (paid), costs (paid to others), \
         expected (refunds still to be expected at the end) or profit (fee less all of these)",
    ),
    Column::new("n", "replications", "replications behind the value"),
    Column::new("value", "dollars a placement", "pooled: sum over replications per placement by sellers"),
    Column::new("low", "as value", "lower end of the 95 % interval over replications; empty without one"),
    Column::new("high", "as value", "upper end of the 95 % interval over replications; empty without one"),
    Column::new(
        "assumed_low",
        "as value",
        "of profit the 2.5th percentile of the points over the assumed constants; empty without them",
    ),
    Column::new("assumed_high", "as value", "the 97.5th percentile"),
];

/// Parts of a placement's account, in the order of [`Account::parts`].
const PARTS: [&str; 7] = ["fee", "hours", "social_capital", "refunds", "costs", "expected", "profit"];
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

    /// Parts that cost something, and by how much, in their order.
    fn spent(&self) -> impl Iterator<Item = (usize, f64)> {
        (HOURS..PROFIT).map(|part| (part, self.value(part))).filter(|&(_, value)| value > SLIGHT)
    }

    /// Parts that brought something beside the fee: what would be a cost is below zero.
    fn brought(&self) -> impl Iterator<Item = (usize, f64)> {
        (HOURS..PROFIT).map(|part| (part, -self.value(part))).filter(|&(_, value)| value > SLIGHT)
    }
}

/// Dollars a placement below which a part is not drawn.
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

/// Draws the chart from outcomes.csv; `None` where nobody sells.
pub(super) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let mut outcomes = Outcomes::read(source)?;
    let active = outcomes.column("active_share")?;
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
    let title = title::title(&accounts, &idle);
    let subtitle = format!("{SUBTITLE}{}", without(&idle));
    let page = if accounts.is_empty() {
        let why = if outcomes.is_empty() {
            "outcomes.csv has no rows.".to_owned()
        } else {
            "Sellers worked, or waited, without a single placement.".to_owned()
        };
        Page::message(&title, SUBTITLE, &footer, &why)
    } else {
        let colours = outcomes.facts.colours(|name| accounts.iter().any(|account| account.name == name));
        draw::page([&title, &subtitle, &footer], &accounts, &colours)
    };
    Ok(Some(Picture { page, numbers: numbers(&accounts) }))
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
    let (paid, submitted) = (outcomes.column("hires_paid")?, outcomes.column("hires_submitted")?);
    Ok(Sums {
        placements: paid.iter().zip(&submitted).map(|(a, b)| plus(a, b)).collect(),
        fees: outcomes.column("fees_dollars")?,
        hours: outcomes.column("time_dollars")?,
        social: outcomes.column("social_capital_dollars")?,
        refunds: outcomes.column("refunds_dollars")?,
        costs: outcomes.column("costs_dollars")?,
        profit: outcomes.column("sellers_profit_dollars")?,
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
    let (hours_cost, expected) = (each(&hours), each(&|r| Some(rest(r)? - hours(r)?)));
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
const ASSUMED: [&str; 5] =
    ["sellers_profit_dollars", "hires_paid", "hires_submitted", "social_capital_dollars", "fees_dollars"];

/// Profit a placement and social capital a dollar of fees over the assumed constants.
fn spreads(assumed: &Assumed, scenario: &str) -> [Option<(f64, f64)>; 2] {
    let profit = |point: &Point| {
        let placements = point[1].zip(point[2]).map(|(paid, submitted)| paid + submitted);
        quotient(point[0], placements)
    };
    [assumed.spread(scenario, profit), assumed.spread(scenario, |point| quotient(point[3], point[4]))]
}

fn numbers(accounts: &[Account]) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for account in accounts {
        for (part, value) in PARTS.iter().zip(&account.parts) {
            let Some(value) = value else { continue };
            let assumed = account.assumed[0].filter(|_| *part == PARTS[PROFIT]);
            table.push(vec![
                account.name.as_str().into(),
                (*part).into(),
                value.n.into(),
                value.value.into(),
                Cell::maybe(value.low()),
                Cell::maybe(value.high()),
                Cell::maybe(assumed.map(|ends| ends.0)),
                Cell::maybe(assumed.map(|ends| ends.1)),
            ]);
        }
    }
    table
}
