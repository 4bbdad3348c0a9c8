//! Validation: how far the program's figures are from what they should be, all on one axis.
//!
//! Above, a row for each limit, and a dot for each figure: (figure − target) in its own standard errors, in the band
//! that the rule allows. Below, a row for each fact of the world: the figure in its range.

use std::collections::BTreeMap;

use super::figure::{Axis, Figure, Layer, Name, Panel, Point as Dot, Row as Plots, Shape, whispered};
use super::how_many;
use super::scale::plain;
use super::source::Source;
use super::style::{AMISS, GREY, INK, ORGANIC};
use crate::output::OutputError;
use crate::output::tables::Validation;
use crate::text::{capital, counted};

pub(super) const NAME: &str = "validation";

/// Standard errors shown on either side.
const SPAN: f64 = 6.0;
/// Half-ranges shown on either side.
const HALVES: f64 = 3.0;
/// Standard errors that the usual rule allows.
const ALLOWED: f64 = 4.0;

/// What the dots of limits are.
const OF_LIMITS: &str = "Each dot is a figure of the program in a limit where the answer is known; its distance from that \
                         answer is in its own standard errors, and within the band it passes. Rings at 0: figures without \
                         luck that are equal.";
/// What those of facts are.
const OF_FACTS: &str =
    "Facts of the world stand each in its range, with 95\u{a0}% intervals; a miss is no failure.";

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
}

/// The chart, from validation.csv; `None` where nothing was compared.
pub(super) fn figure(source: &Source) -> Result<Option<Figure>, OutputError> {
    let content = content(&source.rows()?);
    if content.limits.is_empty() && content.facts.is_empty() {
        return Ok(None);
    }
    let footer = format!(
        "Each row of limits is a file of scenarios/validation, or a part of it; validation.csv has every figure. Beyond \
         ±{SPAN} standard errors, or {HALVES} half-ranges, a figure is an arrow at the edge."
    );
    let limits = panel("Limits", "standard errors from the known answer", &content.limits, (ALLOWED, SPAN));
    let facts =
        panel("Facts", "half-ranges from the middle of the fact’s range", &content.facts, (1.0, HALVES));
    let panels = [limits, facts].into_iter().filter(Panel::has_numbers);
    let rows = panels.map(|panel| Plots { name: None, panels: vec![panel] }).collect();
    let told = [(!content.limits.is_empty(), OF_LIMITS), (!content.facts.is_empty(), OF_FACTS)];
    let told: Vec<&str> =
        told.into_iter().filter_map(|(is_drawn, words)| is_drawn.then_some(words)).collect();
    let (title, found, subtitle) = (headline(&content), title(&content), told.join(" "));
    Ok(Some(Figure { title, found, subtitle, footer, rows, ..Figure::default() }))
}

/// A line for each row, a dot for each of its figures, before the band that is allowed.
fn panel(heading: &str, unit: &str, rows: &[Row], (allowed, span): (f64, f64)) -> Panel {
    let names = rows.iter().map(|row| Name::plain(&row.name, INK)).collect();
    let band = Layer::new("", Shape::Shade, GREY, vec![Dot::over(0.0, (-allowed, allowed))]);
    let dots = rows.iter().enumerate().flat_map(|(place, row)| {
        row.points.iter().map(move |point| {
            let is_right = ["pass", "hit"].contains(&point.verdict.as_str());
            let dot =
                Dot { ends: point.interval, is_open: point.is_exact, ..Dot::at(place as f64, point.place) };
            let colour = if is_right { ORGANIC } else { AMISS };
            Layer::new(&point.check, Shape::Dot { has_caps: false }, colour, vec![dot])
        })
    });
    let x = Axis::linear(plain).between(-span, span);
    let panel = Panel::new(heading, unit, x, Axis::names(names)).with([band]).with(dots);
    Panel { says: rows.iter().map(|row| whispered(side(row))).collect(), height: Some(16.0), ..panel }
}

fn content(rows: &[Validation]) -> Content {
    let parts = Parts::of(rows.iter().map(|row| (row.group.as_str(), row.check.as_str())));
    let mut content = Content { limits: Vec::new(), facts: Vec::new() };
    for row in rows {
        let point = |place, interval, is_exact| Point {
            check: row.check.clone(),
            place,
            interval,
            verdict: row.verdict.clone(),
            is_exact,
        };
        let Some(value) = row.figure else { continue };
        if let (Some(from), Some(to)) = (row.range_low, row.range_high) {
            let scaled = |x: f64| (2.0 * x - from - to) / (to - from);
            let interval = row.low.zip(row.high).map(|(low, high)| (scaled(low), scaled(high)));
            let points = vec![point(scaled(value), interval, false)];
            content.facts.push(Row { name: row.check.clone(), points });
        } else if let Some(target) =
            row.target.filter(|_| ["pass", "fail", "too rough"].contains(&row.verdict.as_str()))
        {
            let apart = || f64::INFINITY.copysign(value - target);
            let place = row.z.unwrap_or_else(|| if row.verdict == "pass" { 0.0 } else { apart() });
            let name = parts.name(&row.group, &row.check);
            let added = point(place, None, row.z.is_none());
            match content.limits.last_mut() {
                Some(last) if last.name == name => last.points.push(added),
                _ => content.limits.push(Row { name, points: vec![added] }),
            }
        }
    }
    content
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

/// What was found in a few words.
fn headline(content: &Content) -> String {
    let limits: Vec<&Point> = content.limits.iter().flat_map(|row| &row.points).collect();
    let facts: Vec<&Point> = content.facts.iter().flat_map(|row| &row.points).collect();
    let failed = limits.iter().filter(|point| point.verdict != "pass").count();
    let missed = facts.iter().filter(|point| point.verdict != "hit").count();
    let theory = match (limits.len(), failed) {
        (0, _) => None,
        (_, 0) => Some("The program solves its model".to_owned()),
        (_, n) => {
            Some(format!("{} with a known answer went wrong", capital(&how_many(n, limits.len(), "figure"))))
        }
    };
    let world = match (facts.len(), missed) {
        (0, _) => None,
        (_, 0) => Some("every fact is hit".to_owned()),
        (of, n) => Some(format!("{} of the world missed", how_many(n, of, "fact"))),
    };
    capital(&theory.into_iter().chain(world).collect::<Vec<_>>().join("; "))
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

/// What stands at the side: how many, and the farthest.
fn side(row: &Row) -> String {
    let signed = |x: f64| {
        if x.is_finite() { crate::text::signed(x, 1) } else { "other".to_owned() }
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
