//! A job search: the share of those out of work who have a job, by week of search; by how they search, and by ability.
//!
//! Kaplan–Meier curves of searches that began out of work and after the opening.

mod title;

use crate::output::{Cell, Column, OutputError, RawTable, Table};
use crate::stats::{Duration, KaplanMeier};

use super::Picture;
use super::data::{FEWEST_FOR_BANDS, Facts, LEVEL, Owners};
use super::page::Page;
use super::panel::Point;
use super::rows::{self, Row, Series};
use super::scale::percent;
use super::source::Source;
use super::style::{ORGANIC, Rgb};
use super::weeks::Line;

pub(super) const NAME: &str = "a-job-search";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("scenario", "", "name of the scenario"),
    Column::new("by", "", "channel (how they search) or ability (thirds of all workers)"),
    Column::new("group", "", "bought, networked_more, networked_less; least_able, middle, most_able"),
    Column::new("week", "weeks", "weeks since the search began"),
    Column::new("at_risk", "searches", "searches still watched just before"),
    Column::new("value", "share", "with a job by then: 1 − Kaplan–Meier"),
    Column::new("low", "share", "lower end of the 95 % band"),
    Column::new("high", "share", "upper end of the 95 % band"),
];

/// A group of searches: its name in the numbers, at a line's end and in a sentence, and its colour.
struct Group {
    column: &'static str,
    label: &'static str,
    words: &'static str,
    colour: Rgb,
}

const CHANNEL: [Group; 3] = [
    Group { column: "bought", label: "bought", words: "those who bought", colour: Rgb(0xd5, 0x5e, 0x00) },
    Group {
        column: "networked_more",
        label: "network more",
        words: "those who network more than the median",
        colour: ORGANIC,
    },
    Group {
        column: "networked_less",
        label: "network less",
        words: "those who network less",
        colour: Rgb(0x80, 0x80, 0x80),
    },
];

const ABILITY: [Group; 3] = [
    Group {
        column: "least_able",
        label: "least able third",
        words: "the least able third",
        colour: Rgb(0x7f, 0xb3, 0xd5),
    },
    Group {
        column: "middle",
        label: "middle third",
        words: "the middle third",
        colour: Rgb(0x2e, 0x75, 0xb6),
    },
    Group {
        column: "most_able",
        label: "most able third",
        words: "the most able third",
        colour: Rgb(0x1a, 0x2f, 0x5e),
    },
];

const BY: [(&str, &[Group; 3]); 2] = [("channel", &CHANNEL), ("ability", &ABILITY)];

/// Upper end of the lowest third of a standard normal, as ability is among all workers.
const THIRD: f64 = 0.430_727_3;
/// The networking of the median worker.
const MEDIAN_NETWORKING: f64 = 1.0;
/// Searches still watched below which a line is not drawn on.
const FEWEST: usize = 20;
/// Last week of search that is drawn.
const MOST_WEEKS: f64 = 52.0;

/// Searches of one scenario, by [`BY`] and group.
type Searches = [[Vec<Duration>; 3]; 2];

/// Draws the chart from spells.csv.
pub(super) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let table = source.table("spells.csv")?;
    let (mut facts, owners) = Facts::of(source, &table)?;
    let all = searches(&table, &mut facts, &owners)?;
    let few = facts.replications.len() < FEWEST_FOR_BANDS;
    let curves: Vec<Curves> = all.iter().map(|searches| curves(searches, few)).collect();
    let title = title::title(&all, few);
    let footer = footer(&facts, few);
    let count = |searches: &Searches| searches[1].iter().map(Vec::len).sum::<usize>();
    let total: usize = all.iter().map(count).sum();
    let subtitle = format!(
        "Share with a job by week of search, of {} searches that began out of work and after the opening. Searches that \
         go on, or end outside the labour force, count as far as they were watched; lines end where fewer than {FEWEST} \
         are left.",
        crate::text::count(total)
    );
    let bought = |name: &str| {
        facts.scenarios.iter().zip(&all).any(|(known, searches)| known == name && !searches[0][0].is_empty())
    };
    let colours = facts.colours(bought);
    let rows: Vec<Row> = facts
        .scenarios
        .iter()
        .zip(&curves)
        .filter(|(_, curves)| curves.iter().flatten().any(Option::is_some))
        .map(|(name, curves)| row(name, colours[name], curves))
        .collect();
    let page = if rows.is_empty() {
        let why =
            if table.is_empty() { "spells.csv has no rows." } else { "There are too few searches to draw." };
        Page::message(&title, "Share with a job by week of search", &footer, why)
    } else {
        let points = rows.iter().flat_map(|row| &row.plots).flatten().flat_map(|one| &one.line.points);
        let last = points.flatten().map(|point| point.x).fold(1.0, f64::max);
        rows::page([&title, &subtitle, &footer], &PLOTS, &rows, last)
    };
    Ok(Some(Picture { page, numbers: numbers(&facts.scenarios, &curves) }))
}

const PLOTS: [rows::Column; 2] = [
    rows::Column {
        heading: "By how they search",
        unit: "% with a job",
        share: true,
        from_zero: true,
        format: percent,
        absent: "too few searches",
    },
    rows::Column {
        heading: "By ability",
        unit: "% with a job, thirds of all workers",
        share: true,
        from_zero: true,
        format: percent,
        absent: "too few searches",
    },
];

fn footer(facts: &Facts, few: bool) -> String {
    let bands = if few {
        "bands: 95\u{a0}% as if searches were independent (Greenwood, log–log); too few replications to tell how they \
         move together"
    } else {
        "bands and brackets: 95\u{a0}% over replications (robust, log–log)"
    };
    let footer = facts.footer(bands);
    let footer = footer.replace("no band: one market alone cannot tell its own uncertainty", bands);
    format!(
        "{footer} People buy after weeks of search, so their line begins low whatever buying does; what it does is told \
         by the lot among applicants, in the chart of contracts."
    )
}

/// Sorts the rows of spells.csv; a search that began before the opening was seen only if it was long, and is left out.
fn searches(table: &RawTable, facts: &mut Facts, owners: &Owners) -> Result<Vec<Searches>, OutputError> {
    let weeks = facts.numbers(table, "weeks")?;
    let starts = facts.numbers(table, "start_week")?;
    let ability = facts.numbers(table, "ability")?;
    let networking = facts.numbers(table, "networking")?;
    let bought = facts.numbers(table, "bought")?;
    let (kind, ended) = (table.column("kind")?, table.column("ended")?);
    let mut all: Vec<Searches> = vec![Default::default(); facts.scenarios.len()];
    for (row, &(scenario, replication)) in owners.iter().enumerate() {
        let after = starts[row].is_some_and(|start| start >= 1.0);
        if table.text(row, kind) != "unemployed" || !after {
            continue;
        }
        let (Some(time), Some(ability)) = (weeks[row].filter(|&weeks| weeks >= 0.0), ability[row]) else {
            continue;
        };
        let ended = !matches!(table.text(row, ended), "open" | "left" | "stopped");
        // Replications share their luck across scenarios, so they are the clusters.
        let search = Duration { time, ended, cluster: replication };
        let channel = match (bought[row].is_some_and(|bought| bought > 0.0), networking[row]) {
            (true, _) => Some(0),
            (false, Some(networking)) => Some(if networking > MEDIAN_NETWORKING { 1 } else { 2 }),
            (false, None) => None,
        };
        if let Some(channel) = channel {
            all[scenario][0][channel].push(search);
        }
        let third = if ability < -THIRD { 0 } else { 1 + usize::from(ability > THIRD) };
        all[scenario][1][third].push(search);
    }
    Ok(all)
}

/// Curves by [`BY`] and group; `None` where there are too few searches.
type Curves = [[Option<KaplanMeier>; 3]; 2];

fn curves(searches: &Searches, few: bool) -> Curves {
    [0, 1].map(|by| [0, 1, 2].map(|group| curve(&searches[by][group], few)))
}

/// - `few`: whether there are too few replications for a band over them
fn curve(searches: &[Duration], few: bool) -> Option<KaplanMeier> {
    if searches.len() < FEWEST {
        return None;
    }
    if few { KaplanMeier::independent(searches, LEVEL) } else { KaplanMeier::clustered(searches, LEVEL) }
}

fn row(name: &str, colour: Rgb, curves: &Curves) -> Row {
    let plot = |by: usize| {
        let groups = BY[by].1.iter().zip(&curves[by]);
        let series = groups.filter_map(|(group, curve)| {
            Some(Series { label: group.label.to_owned(), colour: group.colour, line: line(curve.as_ref()?) })
        });
        series.collect()
    };
    Row { name: name.to_owned(), colour, plots: vec![plot(0), plot(1)] }
}

/// The share with a job after each week, as long as enough are still watched.
fn line(curve: &KaplanMeier) -> Line {
    let mut line = Line::default();
    let mut week = 0.0;
    while week <= curve.last_time().min(MOST_WEEKS) && curve.at_risk(week) >= FEWEST {
        let (survival, low, high) = curve.at(week);
        line.points.push(Some(Point { x: week, y: 1.0 - survival, interval: Some((1.0 - high, 1.0 - low)) }));
        line.n.push(curve.at_risk(week));
        week += 1.0;
    }
    line
}

fn numbers(scenarios: &[String], all: &[Curves]) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for (name, curves) in scenarios.iter().zip(all) {
        for ((by, groups), curves) in BY.iter().zip(curves) {
            for (group, curve) in groups.iter().zip(curves) {
                let Some(line) = curve.as_ref().map(line) else { continue };
                for (point, at_risk) in line.points.iter().flatten().zip(&line.n) {
                    table.push(vec![
                        name.as_str().into(),
                        (*by).into(),
                        group.column.into(),
                        point.x.into(),
                        (*at_risk).into(),
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
