//! From the rows of weekly.csv to lines with bands.

use crate::output::{OutputError, RawTable};
use crate::stats::{mean_interval, ratio_of_sums};

use super::super::data::{FEWEST_FOR_BANDS, Facts, LEVEL, Owners};
use super::super::panel::Point;
pub(super) use super::super::weeks::Line;
use super::super::weeks::{MOST_WEEKS, window};

/// One replication of one scenario, by week from 0.
#[derive(Clone, Debug, Default)]
pub(super) struct Weeks {
    pub(super) sellers: Vec<Option<f64>>,
    requests: Vec<Option<f64>>,
    met: Vec<Option<f64>>,
    pub(super) goodwill: Vec<Option<f64>>,
    placed: Vec<Option<f64>>,
}

/// A scenario with its replications; one that has no rows has no weeks.
#[derive(Clone, Debug)]
pub(super) struct Market {
    pub(super) name: String,
    pub(super) replications: Vec<Weeks>,
    pub(super) sells: bool,
    pub(super) last_week: usize,
    /// Weeks in which the last sellers were gone, over the assumed constants.
    pub(super) assumed_end: Option<(f64, f64)>,
}

/// What is plotted: its name among the numbers, its heading and its unit.
pub(super) struct Measure {
    pub(super) column: &'static str,
    pub(super) heading: &'static str,
    pub(super) unit: &'static str,
    pub(super) share: bool,
}

/// The four plots, in order.
pub(super) const MEASURES: [Measure; 4] = [
    Measure { column: "active_sellers", heading: "Active sellers", unit: "people", share: false },
    Measure {
        column: "acceptance_paid",
        heading: "Sellers’ requests met",
        unit: "% of requests, over 13 weeks",
        share: true,
    },
    Measure { column: "goodwill", heading: "Goodwill", unit: "mean of ties, % of full", share: true },
    Measure {
        column: "placements_paid",
        heading: "Placed by sellers",
        unit: "people a week, over 13 weeks",
        share: false,
    },
];

/// Weeks that a moving mean looks back on, its own included.
const WINDOW: usize = 13;
/// Markets that must still have paid requests for their acceptance to be drawn: fewer say little of the others.
pub(super) const FEWEST_ASKING: usize = 3;
/// Sorts the rows of weekly.csv into markets.
pub(super) fn markets(
    table: &RawTable,
    facts: &mut Facts,
    owners: &Owners,
) -> Result<Vec<Market>, OutputError> {
    let names = ["active_sellers", "requests_paid", "met_paid", "goodwill", "hires_paid"];
    let mut columns = Vec::with_capacity(names.len());
    for name in names {
        columns.push(facts.numbers(table, name)?);
    }
    // Whoever pays a seller, his requests are his. Older tables know no employers who pay.
    for (column, name) in [(1, "requests_submitted"), (2, "met_submitted"), (4, "hires_submitted")] {
        if table.column(name).is_ok() {
            let more = facts.numbers(table, name)?;
            let both = |(a, b): (&mut Option<f64>, Option<f64>)| {
                *a = a.zip(b).map(|(a, b)| a + b).or(*a).or(b);
            };
            columns[column].iter_mut().zip(more).for_each(both);
        }
    }
    let empty = vec![Weeks::default(); facts.replications.len()];
    let market = |name: &String| Market {
        name: name.clone(),
        replications: empty.clone(),
        sells: false,
        last_week: 0,
        assumed_end: None,
    };
    let mut markets: Vec<Market> = facts.scenarios.iter().map(market).collect();
    let week_column = table.column("week")?;
    for (row, &(scenario, replication)) in owners.iter().enumerate() {
        let week = usize::try_from(table.whole(row, week_column)?).ok().filter(|&week| week <= MOST_WEEKS);
        let week = week.ok_or_else(|| table.wrong(row, week_column, "a week from 0"))?;
        let market = &mut markets[scenario];
        market.last_week = market.last_week.max(week);
        market.sells |= columns[0][row].is_some_and(|sellers| sellers > 0.0);
        let weeks = &mut market.replications[replication];
        let places =
            [&mut weeks.sellers, &mut weeks.requests, &mut weeks.met, &mut weeks.goodwill, &mut weeks.placed];
        for (place, column) in places.into_iter().zip(&columns) {
            if place.len() <= week {
                place.resize(week + 1, None);
            }
            place[week] = column[row];
        }
    }
    for market in &mut markets {
        market.replications.retain(|weeks| !weeks.sellers.is_empty());
    }
    Ok(markets)
}

/// The four lines of a market, in the order of [`MEASURES`]; where nobody sells, only goodwill has one.
pub(super) fn lines(market: &Market) -> [Line; 4] {
    let mut all = means(market);
    if (2..FEWEST_FOR_BANDS).contains(&market.replications.len()) {
        for weeks in &market.replications {
            let alone = Market { replications: vec![weeks.clone()], ..market.clone() };
            for (line, one) in all.iter_mut().zip(means(&alone)) {
                line.each.push(one.points);
            }
        }
    }
    all
}

fn means(market: &Market) -> [Line; 4] {
    let mut all: [Line; 4] = Default::default();
    let most_sellers =
        market.replications.iter().flat_map(|w| w.sellers.iter().flatten()).copied().fold(0.0, f64::max);
    for week in 0..=market.last_week {
        let of = |pick: fn(&Weeks) -> &Vec<Option<f64>>| values(market, pick, week);
        push(&mut all[2], week, mean_interval(&of(|w| &w.goodwill), LEVEL), (0.0, 1.0));
        if !market.sells {
            continue;
        }
        push(&mut all[0], week, mean_interval(&of(|w| &w.sellers), LEVEL), (0.0, most_sellers));
        let windows = |pick: fn(&Weeks) -> &Vec<Option<f64>>| -> Vec<Option<(f64, f64)>> {
            market.replications.iter().map(|weeks| window(pick(weeks), week, WINDOW)).collect()
        };
        let (met, requests) = (windows(|w| &w.met), windows(|w| &w.requests));
        let both =
            met.iter().zip(&requests).filter_map(|(met, asked)| Some((met.as_ref()?.0, asked.as_ref()?.0)));
        let clusters: Vec<(f64, f64)> = both.filter(|&(_, requests)| requests > 0.0).collect();
        let enough = clusters.len() >= FEWEST_ASKING.min(market.replications.len());
        let acceptance = if enough { ratio_of_sums(&clusters, LEVEL) } else { None };
        push(&mut all[1], week, acceptance, (0.0, 1.0));
        let means = windows(|w| &w.placed).into_iter().flatten().map(|(sum, n)| sum / n).collect::<Vec<_>>();
        push(&mut all[3], week, mean_interval(&means, LEVEL), (0.0, f64::INFINITY));
    }
    all
}

fn values(market: &Market, pick: fn(&Weeks) -> &Vec<Option<f64>>, week: usize) -> Vec<f64> {
    market.replications.iter().filter_map(|weeks| pick(weeks).get(week).copied().flatten()).collect()
}

/// Adds a point whose interval stays where the quantity can be.
fn push(line: &mut Line, week: usize, estimate: Option<crate::stats::Estimate>, range: (f64, f64)) {
    line.n.push(estimate.map_or(0, |estimate| estimate.n));
    line.points.push(estimate.map(|estimate| Point {
        x: week as f64,
        y: estimate.value,
        interval: estimate.interval.map(|(low, high)| (low.max(range.0), high.min(range.1))),
    }));
}
