//! Market life: does the paid market live, and which side leaves first?
//!
//! Active sellers, acceptance of paid requests, goodwill and placements over weeks, a line with its band for each
//! scenario; beyond a few scenarios a row of plots for each.

mod draw;
mod series;
mod title;

use crate::output::{Cell, Column, OutputError, Table};

use super::Picture;
use super::assumed::{Assumed, Point};
use super::data::{FEWEST_FOR_BANDS, Facts};
use super::page::Page;
use super::source::Source;
use series::{Line, MEASURES, Market};

pub(super) const NAME: &str = "market-life";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("scenario", "", "name of the scenario"),
    Column::new("measure", "", "active_sellers, acceptance_paid, goodwill or placements_paid"),
    Column::new("week", "weeks", "weeks since the opening"),
    Column::new("n", "replications", "replications behind the value"),
    Column::new(
        "value",
        "sellers, share, share, placements a week",
        "mean over replications; of acceptance meetings over requests, pooled; acceptance and placements over 13 weeks",
    ),
    Column::new("low", "as value", "lower end of the 95 % t interval over replications; empty without one"),
    Column::new("high", "as value", "upper end of the 95 % t interval over replications; empty without one"),
];

/// Draws the chart from weekly.csv.
pub(super) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let table = source.table("weekly.csv")?;
    let (mut facts, owners) = Facts::of(source, &table)?;
    let mut markets = series::markets(&table, &mut facts, &owners)?;
    let assumed = Assumed::read(source, &["market_end_week", "active_share"])?;
    for market in &mut markets {
        let last = market.last_week as f64;
        // Where somebody sold to the end, the market ended later than anybody watched.
        let end = |point: &Point| point[0].or(point[1].map(|_| last));
        let ends = assumed.as_ref().and_then(|assumed| assumed.spread(&market.name, end));
        market.assumed_end = ends.filter(|ends| ends.0 < last);
    }
    let lines: Vec<[Line; 4]> = markets.iter().map(series::lines).collect();
    let mut footer = facts.footer(&if facts.replications.len() < FEWEST_FOR_BANDS {
        format!(
            "thin lines: each replication; thick: their mean (fewer than {FEWEST_FOR_BANDS}: no band) · share of \
             markets: 95\u{a0}% Wilson interval"
        )
    } else {
        "bands and brackets: 95\u{a0}% over replications (t; shares of markets: Wilson)".to_owned()
    });
    if let Some(assumed) = assumed.filter(|_| markets.iter().any(|market| market.assumed_end.is_some())) {
        footer.push_str(&assumed.footer());
        footer.push_str(" The strip under the sellers is the week in which the last was gone.");
    }
    let title = title::title(&markets);
    let shown = lines.iter().flatten().any(|line| line.points.iter().any(Option::is_some));
    let page = if shown {
        let sells = |name: &str| markets.iter().any(|market| market.name == name && market.sells);
        draw::page(&title, &footer, &markets, &lines, &facts.colours(sells))
    } else {
        let why = if table.is_empty() {
            "weekly.csv has no rows."
        } else {
            "weekly.csv has no finite numbers to draw."
        };
        Page::message(&title, "Active sellers, acceptance, goodwill and placements, by week", &footer, why)
    };
    Ok(Some(Picture { page, numbers: numbers(&markets, &lines) }))
}

fn numbers(markets: &[Market], lines: &[[Line; 4]]) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for (market, lines) in markets.iter().zip(lines) {
        for (measure, line) in MEASURES.iter().zip(lines) {
            for (point, n) in line.points.iter().zip(&line.n) {
                let Some(point) = point else { continue };
                table.push(vec![
                    market.name.as_str().into(),
                    measure.column.into(),
                    point.x.into(),
                    (*n).into(),
                    point.y.into(),
                    Cell::maybe(point.interval.map(|ends| ends.0)),
                    Cell::maybe(point.interval.map(|ends| ends.1)),
                ]);
            }
        }
    }
    table
}
