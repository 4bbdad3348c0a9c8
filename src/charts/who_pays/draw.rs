//! Who pays on the page: a row for each scenario, a plot for each variable, densities over means.

use crate::text::count;
use std::collections::BTreeMap;

use super::super::font;
use super::super::marks::Mark;
use super::super::page::Page;
use super::super::panel::{Panel, Point};
use super::super::scale::{Scale, Tick, plain};
use super::super::style::{self, AXIS, GREY, GRID, HEADING, INK, LABEL, MARGIN, Rgb, SMALL, SOFT, WIDTH};
use super::histogram::{Groups, ORGANIC, PAYERS, POOL, VARIABLES};
use super::title::surpassed;
use super::{people, second};

/// Room for names and numbers at the left of the rows.
const NAMES: f64 = 158.0;
const GAP: f64 = 24.0;
/// Above the rows: what each column shows.
const HEAD: f64 = 26.0;
/// Under the rows: the ticks.
const FOOT: f64 = 34.0;
/// Above a density: what it says.
const SAYING: f64 = 17.0;
/// Under a density: means with their intervals.
const MEANS: f64 = 24.0;

/// One row: a group of people beside all who seek, and perhaps a second group.
struct Row<'a> {
    groups: &'a Groups,
    name: &'a str,
    group: usize,
    colour: Rgb,
}

/// The page; `shown` are the scenarios with payers and all of them together, for those introduced free of charge.
pub(super) fn page(
    title: &str,
    footer: &str,
    shown: (&[&Groups], Option<&Groups>),
    left_out: &str,
    colours: &BTreeMap<String, Rgb>,
) -> Page {
    let (paying, free) = shown;
    let name = if colours.len() > 1 {
        "Introduced free of charge, all scenarios"
    } else {
        "Introduced free of charge"
    };
    let mut rows: Vec<Row> = Vec::new();
    for groups in paying {
        let colour = colours[&groups.name];
        rows.push(Row { groups, name: &groups.name, group: PAYERS, colour });
    }
    rows.extend(free.map(|groups| Row { groups, name, group: ORGANIC, colour: style::ORGANIC }));
    let height = (460.0 / rows.len() as f64).clamp(94.0, 190.0);
    let body = HEAD + height * rows.len() as f64 + FOOT;
    let mut page = Page::new(title, &subtitle(&rows, left_out), footer, body);
    let each = (WIDTH - 2.0 * MARGIN - NAMES - 2.0 * GAP) / 3.0;
    let bottom = page.top + HEAD + height * rows.len() as f64;
    for v in 0..VARIABLES.len() {
        let left = MARGIN + NAMES + v as f64 * (each + GAP);
        column(&mut page, &rows, v, (left, left + each), bottom);
    }
    key(&mut page);
    for (place, row) in rows.iter().enumerate() {
        let top = page.top + HEAD + height * place as f64;
        if place > 0 {
            page.add(Mark::line(vec![(MARGIN, top - 4.0), (WIDTH - MARGIN, top - 4.0)], GRID, 0.75));
        }
        label(&mut page, row, top, height);
    }
    page
}

fn subtitle(rows: &[Row], left_out: &str) -> String {
    let paid = rows.iter().any(|row| row.group == PAYERS);
    let who = if paid {
        " ● and thick lines: new clients of sellers. ○ and thin lines: those placed by sellers."
    } else {
        ""
    };
    format!(
        "Hills show how a group is spread over all weeks after the opening, all of the same area, over those of all who \
         seek, with a line at their mean.{who} Dots are means. Per cents: mean rank among all who seek, or among the \
         jobless in time out of work; 50\u{a0}% is no difference.{left_out}"
    )
}

/// What grey means.
fn key(page: &mut Page) {
    let y = page.top + 6.0;
    let box_of = |(left, right): (f64, f64)| {
        vec![(left, y - 5.0), (right, y - 5.0), (right, y + 5.0), (left, y + 5.0)]
    };
    page.add(Mark::Area { points: box_of((MARGIN, MARGIN + 16.0)), colour: GREY, alpha: SEEKERS });
    page.add(Mark::text((MARGIN + 22.0, y), "all who seek", SMALL, SOFT).middle());
}

/// Opacity of the hills of all who seek.
const SEEKERS: f64 = 0.3;

/// The name of a row, and how many people it tells of.
fn label(page: &mut Page, row: &Row, top: f64, height: f64) {
    let lines = font::wrap(row.name, NAMES - 20.0, LABEL, true, if height < 110.0 { 3 } else { 5 });
    let mut y = top + 14.0;
    for line in lines {
        page.add(Mark::text((MARGIN, y), line, LABEL, row.colour.as_text()).bold().middle());
        y += 15.0;
    }
    let mut count = |group: usize, words: &str, ring: bool| {
        dot(page, (MARGIN + 4.0, y), row.colour, ring);
        let text = format!("{} {words}", count(people(row.groups, group)));
        page.add(Mark::text((MARGIN + 14.0, y), text, SMALL, SOFT).middle());
        y += 14.0;
    };
    if row.group == PAYERS {
        count(PAYERS, "paid", false);
        count(super::PLACED, "placed", true);
    } else {
        count(ORGANIC, "introductions", false);
    }
}

fn dot(page: &mut Page, at: (f64, f64), colour: Rgb, ring: bool) {
    page.add(Mark::Dot { at, radius: 3.6, colour });
    if ring {
        page.add(Mark::Dot { at, radius: 2.2, colour: Rgb(255, 255, 255) });
    }
}

/// One variable, down all rows.
fn column(page: &mut Page, rows: &[Row], v: usize, (left, right): (f64, f64), bottom: f64) {
    let top = page.top;
    let ranges: Vec<(f64, f64)> = rows.iter().filter_map(|row| row.groups.range(v)).collect();
    let low = ranges.iter().map(|range| range.0).fold(f64::INFINITY, f64::min);
    let high = ranges.iter().map(|range| range.1).fold(f64::NEG_INFINITY, f64::max);
    let tallest = rows.iter().flat_map(|row| {
        [Some(POOL), Some(row.group), second(row.group)]
            .into_iter()
            .flatten()
            .flat_map(|g| row.groups.densities(v, g))
    });
    let tallest = tallest.map(|(_, density)| density.value).fold(0.0, f64::max);
    let x = Scale::linear(low, high, left, right);
    page.add(Mark::text((left, top), VARIABLES[v].heading, HEADING, INK).bold());
    let after = left + font::width(VARIABLES[v].heading, HEADING, true) + 7.0;
    page.add(Mark::text((after, top + 1.4), VARIABLES[v].unit, SMALL, SOFT));
    let foot = bottom - 2.0;
    for tick in ticks(&x, v) {
        let at = x.at(tick.at);
        page.add(Mark::line(vec![(at, top + HEAD + SAYING), (at, foot)], GRID, 0.75));
        for (row, text) in [tick.text, tick.below].into_iter().enumerate() {
            let at = (at, foot + 5.0 + 13.0 * row as f64);
            page.add(Mark::text(at, text, SMALL, SOFT).anchored(super::super::marks::Anchor::Middle));
        }
    }
    let height = (bottom - top - HEAD) / rows.len() as f64;
    for (place, row) in rows.iter().enumerate() {
        let top = top + HEAD + height * place as f64;
        let (roof, floor) = (top + SAYING, top + height - MEANS - 6.0);
        let y = Scale::linear(0.0, tallest * 1.04, floor, roof);
        let panel = Panel { x, y, left, right, top: roof, bottom: floor };
        if ranges.is_empty() {
            panel.says(page, "No finite number to draw");
            continue;
        }
        plot(page, row, v, &panel);
        says(page, row, v, (right, top + 6.0));
    }
}

/// Round numbers; years on weeks, and a word where ability is that of the average worker.
fn ticks(x: &Scale, v: usize) -> Vec<Tick> {
    if VARIABLES[v].column == "weeks_out" {
        return x.week_ticks(36.0);
    }
    let mut ticks = x.ticks(5.0, plain);
    if VARIABLES[v].column == "ability" {
        for tick in ticks.iter_mut().filter(|tick| tick.at.abs() < 1e-9) {
            tick.below = "average worker".to_owned();
        }
    }
    ticks
}

fn plot(page: &mut Page, row: &Row, v: usize, panel: &Panel) {
    let points = |group: usize| -> Vec<Point> {
        let inside = |x: &f64| (panel.x.low() - 1e-9..=panel.x.high() + 1e-9).contains(x);
        let densities = row.groups.densities(v, group).into_iter().filter(|(x, _)| inside(x));
        densities.map(|(x, density)| Point { x, y: density.value, interval: density.interval }).collect()
    };
    let seekers = points(POOL);
    if let [first, .., last] = seekers.as_slice() {
        let corner = |point: &Point, y: f64| (panel.x.at(point.x), panel.y.at(y));
        let mut hill: Vec<_> = seekers.iter().map(|point| corner(point, point.y)).collect();
        hill.extend([corner(last, 0.0), corner(first, 0.0)]);
        page.add(Mark::Area { points: hill, colour: GREY, alpha: SEEKERS });
    }
    page.add(Mark::line(vec![(panel.left, panel.bottom), (panel.right, panel.bottom)], AXIS, 0.75));
    if let Some(mean) = row.groups.mean(v, POOL) {
        let x = panel.x.at(mean.value);
        page.add(Mark::line(vec![(x, panel.top), (x, panel.bottom + MEANS - 2.0)], GREY, 1.0));
    }
    let mut at = panel.bottom + 7.0;
    for (group, ring) in [(Some(row.group), false), (second(row.group), true)] {
        let Some(group) = group else { continue };
        let line = [points(group)];
        if ring {
            let points = line[0].iter().map(|point| (panel.x.at(point.x), panel.y.at(point.y))).collect();
            page.add(Mark::line(points, row.colour, 1.0));
        } else {
            panel.band(page, &line, row.colour);
            panel.line(page, &line, row.colour);
        }
        mean(page, row, (v, group), panel, at);
        at += 10.0;
    }
}

/// A dot with its interval, which stays in the panel and ends in an arrow where it would leave it.
fn mean(page: &mut Page, row: &Row, (v, group): (usize, usize), panel: &Panel, y: f64) {
    let Some(mean) = row.groups.mean(v, group) else { return };
    if let Some((low, high)) = mean.interval {
        let ends = [panel.x.at(low), panel.x.at(high)];
        page.add(Mark::line(vec![(ends[0], y), (ends[1], y)], row.colour, 1.75));
        for (end, inward, beyond) in
            [(ends[0], 4.0, low < panel.x.low()), (ends[1], -4.0, high > panel.x.high())]
        {
            if beyond {
                let tip = vec![(end + inward, y - 3.5), (end, y), (end + inward, y + 3.5)];
                page.add(Mark::line(tip, row.colour, 1.75));
            }
        }
    }
    dot(page, (panel.x.at(mean.value), y), row.colour, group != row.group);
}

/// The rank of the row's group in words, above its hill.
fn says(page: &mut Page, row: &Row, v: usize, at: (f64, f64)) {
    let Some(rank) = row.groups.rank(v, row.group) else { return };
    let up = rank.value >= 0.5;
    let doubtful = rank.interval.is_some() && !rank.excludes(0.5);
    let slight = rank.interval.is_none() && (rank.value - 0.5).abs() < super::title::NOTABLE;
    let text = if slight {
        format!("hardly a difference: {}", surpassed(&rank, true))
    } else if doubtful {
        format!("no clear difference: {}", surpassed(&rank, true))
    } else {
        format!("{} {}", VARIABLES[v].short[usize::from(!up)], surpassed(&rank, up))
    };
    let colour = if doubtful || slight { SOFT } else { row.colour.as_text() };
    page.add(Mark::text(at, text, SMALL, colour).middle().anchored(super::super::marks::Anchor::End));
}
