//! Validation: how far the program's figures are from what they should be, all on one axis.
//!
//! Above, a row for each limit, and a dot for each figure: (figure − target) in its own standard errors, in the band
//! that the rule allows. Below, a row for each fact of the world: the figure in its range.

use std::collections::BTreeMap;

use crate::output::{Cell as Field, Column, OutputError, RawTable, Table};
use crate::text::{counted, minus};

use super::Picture;
use super::font;
use super::marks::{Anchor, Mark};
use super::page::Page;
use super::scale::{Scale, plain};
use super::source::Source;
use super::style::{AMISS, GREY, GRID, HEADING, INK, MARGIN, ORGANIC, Rgb, SMALL, SOFT, WIDTH};

pub(super) const NAME: &str = "validation";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("panel", "", "limit: distances in standard errors; fact: places in the range"),
    Column::new("row", "", "the limit, or the fact"),
    Column::new("check", "", "what is compared"),
    Column::new(
        "place",
        "standard errors, or half-ranges",
        "of limits (figure − target)/error, 0 where both are equal without any luck; of facts distance from the middle of \
         the range in half-ranges",
    ),
    Column::new("low", "as place", "of facts: lower end of the 95 % interval; empty of limits"),
    Column::new("high", "as place", "of facts: upper end"),
    Column::new("verdict", "", "as in validation.csv"),
];

const ROW: f64 = 16.0;
const NAMES: f64 = 370.0;
const SIDE: f64 = 160.0;
const HEAD: f64 = 42.0;
const FOOT: f64 = 30.0;
/// Standard errors shown on either side.
const SPAN: f64 = 6.0;
/// Half-ranges shown on either side.
const HALVES: f64 = 3.0;

const SUBTITLE: &str = "Above: each dot is a figure of the program in a limit where the answer is known; its distance from \
                        that answer is in its own standard errors, and within the band it passes. Rings at 0: figures \
                        without luck that are equal. Below: facts of the world, each in its range, with 95\u{a0}% \
                        intervals; a miss is no failure.";

/// One figure.
struct Point {
    check: String,
    place: f64,
    interval: Option<(f64, f64)>,
    verdict: String,
    is_exact: bool,
}

/// One row of the chart.
struct Row {
    name: String,
    points: Vec<Point>,
}

/// Both panels.
struct Content {
    limits: Vec<Row>,
    facts: Vec<Row>,
    allowed: f64,
}

/// Draws the chart from validation.csv; `None` where nothing was compared.
pub(super) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let content = read(&source.table("validation.csv")?)?;
    if content.limits.is_empty() && content.facts.is_empty() {
        return Ok(None);
    }
    let panel = |rows: &[Row]| if rows.is_empty() { 0.0 } else { HEAD + ROW * rows.len() as f64 + FOOT };
    let body = panel(&content.limits) + panel(&content.facts);
    let footer = format!(
        "Each row of limits is a file of scenarios/validation, or a part of it; validation.csv has every figure. Beyond \
         ±{} standard errors, or {} half-ranges, a figure stands at the edge.",
        SPAN, HALVES
    );
    let mut page = Page::new(&title(&content), SUBTITLE, &footer, body);
    let top = page.top;
    let band = (content.allowed, SPAN);
    draw(&mut page, top, ["Limits", "standard errors from the known answer"], &content.limits, band);
    draw(
        &mut page,
        top + panel(&content.limits),
        ["Facts", "half-ranges from the middle of the fact’s range"],
        &content.facts,
        (1.0, HALVES),
    );
    Ok(Some(Picture { page, numbers: numbers(&content) }))
}

fn read(table: &RawTable) -> Result<Content, OutputError> {
    let column = |name| table.column(name);
    let (check, group, verdict) = (column("check")?, column("group")?, column("verdict")?);
    let (z, target, figure) = (table.numbers("z")?, table.numbers("target")?, table.numbers("figure")?);
    let (low, high) = (table.numbers("low")?, table.numbers("high")?);
    let ends = (table.numbers("range_low")?, table.numbers("range_high")?);
    let parts = Parts::of((0..table.len()).map(|row| (table.text(row, group), table.text(row, check))));
    let mut content = Content { limits: Vec::new(), facts: Vec::new(), allowed: 4.0 };
    for row in 0..table.len() {
        let point = |place, interval, is_exact| Point {
            check: table.text(row, check).to_owned(),
            place,
            interval,
            verdict: table.text(row, verdict).to_owned(),
            is_exact,
        };
        let Some(value) = figure[row] else { continue };
        if let (Some(from), Some(to)) = (ends.0[row], ends.1[row]) {
            let scaled = |x: f64| (2.0 * x - from - to) / (to - from);
            let interval = low[row].zip(high[row]).map(|(low, high)| (scaled(low), scaled(high)));
            let name = table.text(row, check).to_owned();
            content.facts.push(Row { name, points: vec![point(scaled(value), interval, false)] });
        } else if let Some(target) =
            target[row].filter(|_| ["pass", "fail", "too rough"].contains(&table.text(row, verdict)))
        {
            let place = z[row].unwrap_or(if table.text(row, verdict) == "pass" {
                0.0
            } else {
                f64::INFINITY.copysign(value - target)
            });
            let name = parts.name(table.text(row, group), table.text(row, check));
            let added = point(place, None, z[row].is_none());
            match content.limits.last_mut() {
                Some(last) if last.name == name => last.points.push(added),
                _ => content.limits.push(Row { name, points: vec![added] }),
            }
        }
    }
    Ok(content)
}

/// Parts of the groups, by what stands before the colon of their checks, and how many figures each has.
struct Parts(BTreeMap<String, BTreeMap<String, usize>>);

/// Figures that a part of a group must have to get a row of its own.
const ROW_OF_ITS_OWN: usize = 4;

impl Parts {
    fn of<'a>(checks: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut parts = BTreeMap::<String, BTreeMap<String, usize>>::new();
        for (group, check) in checks {
            let part = check.split_once(": ").map_or("", |(part, _)| part);
            *parts.entry(group.to_owned()).or_default().entry(part.to_owned()).or_default() += 1;
        }
        Self(parts)
    }

    /// The row of a check: its group; where each part of that has several figures, the part.
    fn name(&self, group: &str, check: &str) -> String {
        let own = self.0.get(group).is_some_and(|parts| parts.values().all(|n| *n >= ROW_OF_ITS_OWN));
        match check.split_once(": ") {
            Some((part, _)) if own => format!("{group}: {part}"),
            _ => group.to_owned(),
        }
    }
}

fn title(content: &Content) -> String {
    let points: Vec<&Point> = content.limits.iter().flat_map(|row| &row.points).collect();
    let passed = points.iter().filter(|point| point.verdict == "pass").count();
    let hits =
        content.facts.iter().flat_map(|row| &row.points).filter(|point| point.verdict == "hit").count();
    let facts = content.facts.len();
    let mut parts = Vec::new();
    if passed == points.len() && passed > 0 {
        parts.push(format!(
            "The program solves its model: all {} with known answers agree",
            counted(passed, "figure")
        ));
    } else if !points.is_empty() {
        let failed = points.len() - passed;
        parts.push(format!(
            "{} of {} with known answers do not agree",
            failed,
            counted(points.len(), "figure")
        ));
    }
    if facts > 0 {
        parts.push(format!("{hits} of {} of the world with a range are hit", counted(facts, "figure")));
    }
    parts.join("; ")
}

fn draw(page: &mut Page, top: f64, [heading, unit]: [&str; 2], rows: &[Row], (allowed, span): (f64, f64)) {
    if rows.is_empty() {
        return;
    }
    let (left, right) = (MARGIN + NAMES, WIDTH - MARGIN - SIDE);
    let (first, bottom) = (top + HEAD, top + HEAD + ROW * rows.len() as f64);
    let x = Scale::linear(-span, span, left, right);
    page.add(Mark::text((MARGIN, top), heading, HEADING, INK).bold());
    page.add(Mark::text((left, top + 2.0), unit, SMALL, SOFT));
    let band = [(-allowed, first), (allowed, first), (allowed, bottom), (-allowed, bottom)];
    let points = band.map(|(at, y)| (x.at(at), y)).to_vec();
    page.add(Mark::Area { points, colour: GRID, alpha: 0.45 });
    for tick in x.ticks(6.0, plain) {
        let at = x.at(tick.at);
        let colour = if tick.at.abs() < 1e-12 { GREY } else { GRID };
        page.add(Mark::line(vec![(at, first), (at, bottom)], colour, 0.75));
        page.add(Mark::text((at, bottom + 6.0), tick.text, SMALL, SOFT).anchored(Anchor::Middle));
    }
    for (place, row) in rows.iter().enumerate() {
        let y = first + ROW * (place as f64 + 0.5);
        let name =
            font::wrap(&row.name, NAMES - 10.0, SMALL, false, 1).into_iter().next().unwrap_or_default();
        page.add(Mark::text((MARGIN, y), name, SMALL, INK).middle());
        for point in &row.points {
            dot(page, &x, y, point);
        }
        page.add(Mark::text((WIDTH - MARGIN, y), side(row), SMALL, SOFT).middle().anchored(Anchor::End));
    }
}

fn dot(page: &mut Page, x: &Scale, y: f64, point: &Point) {
    let colour = if ["pass", "hit"].contains(&point.verdict.as_str()) { ORGANIC } else { AMISS };
    if let Some((low, high)) = point.interval {
        page.add(Mark::line(vec![(x.at(low), y), (x.at(high), y)], colour, 1.5));
    }
    let at = (x.at(point.place), y);
    page.add(Mark::Dot { at, radius: 3.0, colour });
    if point.is_exact {
        page.add(Mark::Dot { at, radius: 1.7, colour: Rgb(255, 255, 255) });
    }
}

/// What stands at the side: how many, and the farthest.
fn side(row: &Row) -> String {
    let signed = |x: f64| {
        if x.is_finite() { minus(&format!("{x:+.1}")) } else { "other".to_owned() }
    };
    match row.points.as_slice() {
        [one] if one.is_exact && one.verdict == "pass" => "equal".to_owned(),
        [one] if one.verdict == "pass" => signed(one.place),
        [one] => format!("{}, {}", signed(one.place), one.verdict),
        many => {
            let farthest = many.iter().max_by(|a, b| a.place.abs().total_cmp(&b.place.abs()));
            let failed = many.iter().filter(|point| point.verdict != "pass").count();
            let worst = farthest.map_or(0.0, |point| point.place);
            match (many.iter().all(|point| point.is_exact), failed) {
                (true, 0) => format!("{}, all equal", counted(many.len(), "figure")),
                (_, 0) => format!("{}, farthest {}", counted(many.len(), "figure"), signed(worst)),
                _ => format!("{} of {} fail", failed, counted(many.len(), "figure")),
            }
        }
    }
}

fn numbers(content: &Content) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for (panel, rows) in [("limit", &content.limits), ("fact", &content.facts)] {
        for row in rows {
            for point in &row.points {
                let finite = |x: f64| Some(x).filter(|x| x.is_finite());
                table.push(vec![
                    panel.into(),
                    row.name.as_str().into(),
                    point.check.as_str().into(),
                    Field::maybe(finite(point.place)),
                    Field::maybe(point.interval.and_then(|ends| finite(ends.0))),
                    Field::maybe(point.interval.and_then(|ends| finite(ends.1))),
                    point.verdict.as_str().into(),
                ]);
            }
        }
    }
    table
}
