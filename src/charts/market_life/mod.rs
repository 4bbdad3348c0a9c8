//! Market life: does the paid market live, and which side leaves first?
//!
//! Active sellers, acceptance of paid requests, goodwill and placements over weeks, a line with its band for each
//! scenario; beyond a few scenarios a row of plots for each.

mod title;

use super::assumed::{Assumed, Point as Assumption};
use super::data::{FEWEST_FOR_BANDS, Facts};
use super::figure::{Axis, Figure, Layer, Name, Panel, Point, Row, Shape};
use super::scale::plain;
use super::source::Source;
use super::style::Rgb;
use super::weeks::{self, FEWEST_MARKETS, Line, Weeks};
use crate::experiments::measures::{Weekly, of_week};
use crate::experiments::outcomes::metric;
use crate::output::OutputError;
use crate::text::percent;

pub(super) const NAME: &str = "market-life";

/// Columns of weekly.csv, by their places below; whoever pays a seller, his requests are his, so that the last three are
/// added. Older tables know no employers who pay.
const COLUMNS: [Weekly; 8] = of_week![
    "active_sellers",
    "requests_paid",
    "met_paid",
    "goodwill",
    "hires_paid",
    "requests_submitted",
    "met_submitted",
    "hires_submitted"
];
const SELLERS: usize = 0;
const REQUESTS: usize = 1;
const MET: usize = 2;
const GOODWILL: usize = 3;
const PLACED: usize = 4;

/// Weeks that a moving mean looks back on, its own included.
const WINDOW: usize = 13;
/// More scenarios than this get a row each.
const OVERLAID: usize = 6;
/// Height of a plot of all scenarios.
const HIGH: f64 = 180.0;
/// Goodwill that stays above this is not squeezed under the upper edge.
const STAYS_HIGH: f64 = 0.5;

/// A scenario.
struct Market {
    weeks: Weeks,
    sells: bool,
    /// Weeks in which the last sellers were gone, over the assumed constants.
    assumed_end: Option<(f64, f64)>,
}

/// The chart, from weekly.csv.
pub(super) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let (facts, weeks) = weeks::read(source, &COLUMNS[..5], &COLUMNS[5..])?;
    let assumed = Assumed::read(source, &metric!["market_end_week", "active_share"])?;
    let markets: Vec<Market> = weeks.into_iter().map(|weeks| market(weeks, assumed.as_ref())).collect();
    let (title, found) = (title::headline(&markets), title::title(&markets));
    let footer = footer(&facts, &markets, assumed.as_ref());
    let shown: Vec<Line> = markets.iter().map(|market| lines(market)[2].clone()).collect();
    if shown.iter().all(Line::is_empty) {
        let why = if facts.scenarios.is_empty() {
            "weekly.csv has no rows."
        } else {
            "weekly.csv has no finite numbers to draw."
        };
        let subtitle = "Active sellers, acceptance, goodwill and placements, by week";
        return Ok(Some(Figure::nothing(found, subtitle, footer, why)));
    }
    let sells = |name: &str| markets.iter().any(|market| market.weeks.name == name && market.sells);
    let colours = facts.colours(sells);
    let colour = |market: &Market| colours[&market.weeks.name];
    let rows =
        if markets.len() > OVERLAID { row_for_each(&markets, colour) } else { overlaid(&markets, colour) };
    let subtitle = subtitle(&markets, found.contains("gone by"));
    Ok(Some(Figure { title, found, subtitle, footer, rows, ..Figure::default() }))
}

fn market(mut weeks: Weeks, assumed: Option<&Assumed>) -> Market {
    for (to, from) in [(REQUESTS, 5), (MET, 6), (PLACED, 7)] {
        weeks.add(to, from);
    }
    let last = weeks.last_week as f64;
    // Where somebody sold to the end, the market ended later than anybody watched.
    let end = |point: &Assumption| point[0].or(point[1].map(|_| last));
    let ends = assumed.and_then(|assumed| assumed.spread(&weeks.name, end));
    let sells = weeks.column(SELLERS).flatten().flatten().any(|sellers| *sellers > 0.0);
    Market { weeks, sells, assumed_end: ends.filter(|ends| ends.0 < last) }
}

fn footer(facts: &Facts, markets: &[Market], assumed: Option<&Assumed>) -> String {
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
    footer
}

/// What is plotted, over whom.
fn subtitle(markets: &[Market], weeks_in_title: bool) -> String {
    let replications = markets.iter().map(|market| market.weeks.replications()).max().unwrap_or_default();
    let what = if replications > 1 { "mean over replications" } else { "in the one market that was run" };
    if !sold(markets) {
        return format!(
            "By week, {what}. Goodwill is that of all ties; nobody sells, so nothing else can be drawn."
        );
    }
    let mut text = format!(
        "By week after the paid market opened, {what}. Goodwill is that of sellers’ ties, or of all ties where nobody \
         sells."
    );
    if replications > FEWEST_MARKETS {
        text.push_str(&format!(
            " Requests met are drawn while {FEWEST_MARKETS} markets or more still have some."
        ));
    }
    if weeks_in_title && replications >= FEWEST_FOR_BANDS {
        text.push_str(" Weeks in the title: mean of the first without sellers.");
    }
    text
}

fn sold(markets: &[Market]) -> bool {
    markets.iter().any(|market| market.sells)
}

/// Sellers, acceptance, goodwill and placements; where nobody sells, only goodwill has a line.
fn lines(market: &Market) -> [Line; 4] {
    let weeks = &market.weeks;
    let goodwill = weeks.mean_line(GOODWILL, 1, (0.0, 1.0));
    if !market.sells {
        return [Line::default(), Line::default(), goodwill, Line::default()];
    }
    let most = weeks.column(SELLERS).flatten().flatten().copied().fold(0.0, f64::max);
    [
        weeks.mean_line(SELLERS, 1, (0.0, most)),
        weeks.share_line(MET, REQUESTS, WINDOW, 0.0),
        goodwill,
        weeks.mean_line(PLACED, WINDOW, (0.0, f64::INFINITY)),
    ]
}

/// The four plots of some scenarios, without their words for nothing.
fn panels(
    shown: &[&Market],
    all: &[Market],
    colour: &impl Fn(&Market) -> Rgb,
    is_labelled: bool,
) -> [Panel; 4] {
    let last = all.iter().map(|market| market.weeks.last_week).max().unwrap_or_default() as f64;
    let lowest =
        all.iter().flat_map(|market| lines(market)[2].clone().points).filter_map(|point| point.value);
    let floor = (10.0 * lowest.fold(1.0, f64::min) - 0.5).floor() / 10.0;
    let stays_high = floor >= STAYS_HIGH - 0.1;
    let goodwill = if stays_high { Axis::share().between(floor, 1.0) } else { Axis::share() };
    let unit = if stays_high {
        format!("mean of ties, % of full; axis from {}", percent(floor))
    } else {
        "mean of ties, % of full".to_owned()
    };
    let mut panels = [
        Panel::new("Active sellers", "people", Axis::weeks(last), Axis::linear(plain)),
        Panel::new("Sellers’ requests met", "% of requests, over 13 weeks", Axis::weeks(last), Axis::share()),
        Panel::new("Goodwill", &unit, Axis::weeks(last), goodwill),
        Panel::new(
            "Placed by sellers",
            "people a week, over 13 weeks",
            Axis::weeks(last),
            Axis::linear(plain),
        ),
    ];
    for market in shown {
        let (name, ink) = (market.weeks.name.as_str(), colour(market));
        let label = if is_labelled { name } else { "" };
        for (panel, line) in panels.iter_mut().zip(lines(market)) {
            panel.layers.extend(line.layers(name, label, ink));
        }
        let end = market.assumed_end.map(|ends| Point::over(0.0, ends));
        let strip = |end| Layer::new(name, Shape::Strip, ink, vec![end]).in_lane(-5.5);
        panels[0].layers.extend(end.map(strip));
    }
    panels
}

/// Four plots for all scenarios; one where nobody sells.
fn overlaid(markets: &[Market], colour: impl Fn(&Market) -> Rgb) -> Vec<Row> {
    let shown: Vec<&Market> = markets.iter().collect();
    let all = panels(&shown, markets, &colour, true);
    let [sellers, met, goodwill, placed] = all.map(|panel| Panel {
        absent: if panel.heading.contains("requests") {
            "No seller made a request".to_owned()
        } else {
            "No finite number to draw".to_owned()
        },
        height: Some(HIGH),
        ..panel
    });
    let row = |panels| Row { name: None, panels };
    if sold(markets) {
        vec![row(vec![sellers, met]), row(vec![goodwill, placed])]
    } else {
        vec![row(vec![goodwill])]
    }
}

/// A row of four plots for each scenario.
fn row_for_each(markets: &[Market], colour: impl Fn(&Market) -> Rgb) -> Vec<Row> {
    let height = Some((640.0 / markets.len() as f64).clamp(42.0, 84.0) - 13.0);
    let row = |market: &Market| {
        let absent = if market.sells { "none" } else { "nobody sells" };
        let panels = panels(&[market], markets, &colour, false);
        let panels = panels.map(|panel| Panel { absent: absent.to_owned(), height, ..panel });
        Row { name: Some(Name::bold(&market.weeks.name, colour(market))), panels: panels.to_vec() }
    };
    markets.iter().map(row).collect()
}
