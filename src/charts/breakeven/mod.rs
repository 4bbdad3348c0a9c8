//! Break-even: the value of a knob from which a seller's hour pays, for each level, beside the fees that are asked today.

mod draw;
mod fees;
mod title;

use crate::output::{Cell as Field, Column, OutputError, RawTable, Table};
use crate::scenario::key;
use crate::stats::{Estimate, mean_interval};
use crate::text::counted;
use crate::units::Unit;

use super::Picture;
use super::data::LEVEL;
use super::page::Page;
use super::panel::Point;
use super::rules::Rules;
use super::source::Source;
use super::turns::{Finding, Measure, Rows, Turning};
use fees::Fee;

pub(super) const NAME: &str = "break-even";

pub(super) const COLUMNS: &[Column] = &[
    Column::new("part", "", "break-even, curve (of profit per hour) or fee (asked today)"),
    Column::new("level", "", "the scenario or its setting; of a fee its name"),
    Column::new("criterion", "", "hour_pays, hour_pays_all_weeks or viable; empty for a fee"),
    Column::new("finding", "", "of a break-even, as in breakeven.csv"),
    Column::new("direction", "", "begins or ends: whether the criterion holds above the value or below it"),
    Column::new("value", "as the knob", "value of the knob; empty without a break-even"),
    Column::new("low", "as the knob", "lower end of its 95 % interval, or of a fee's range"),
    Column::new("high", "as the knob", "upper end of it"),
    Column::new("profit", "dollars an hour", "of a curve, mean over replications at this value"),
    Column::new("profit_low", "dollars an hour", "lower end of its 95 % t interval"),
    Column::new("profit_high", "dollars an hour", "upper end of it"),
    Column::new("n", "replications", "replications behind it"),
];

/// Criteria in the order of the table, each with what is said of it.
const CRITERIA: [(&str, &str, &str); 3] = [
    ("hour_pays", "A seller’s hour pays", "A seller’s hour pays, last 52 weeks"),
    ("hour_pays_all_weeks", "A seller’s hour pays, all weeks together,", "A seller’s hour pays, all weeks"),
    ("viable", "Half of the markets or more are viable", "Half of the markets are viable"),
];

/// One setting that the knob was turned in.
#[derive(Clone, Debug)]
struct Level {
    name: String,
    /// By criterion.
    turnings: [Option<Turning>; 3],
    /// Profit per hour along the knob.
    curve: Vec<Point>,
    /// Replications behind each point of the curve.
    behind: Vec<usize>,
}

/// All that the tables say.
struct Answer {
    knob: String,
    measure: Measure,
    range: (f64, f64),
    /// Whether the range was walked through by ratios.
    is_log: bool,
    levels: Vec<Level>,
    fees: Vec<Fee>,
    replications: usize,
    not_finite: usize,
}

/// Draws the chart from breakeven.csv and curve.csv.
pub(super) fn picture(source: &Source) -> Result<Option<Picture>, OutputError> {
    let answer = read(source)?;
    let (title, footer) = (title::title(&answer), footer(source, &answer));
    let numbers = numbers(&answer);
    let page = if answer.levels.is_empty() {
        Page::message(&title, SUBTITLE, &footer, "breakeven.csv has no rows.")
    } else {
        draw::page([&title, SUBTITLE, &footer], &answer)
    };
    Ok(Some(Picture { page, numbers }))
}

const SUBTITLE: &str = "What an hour of a seller earns along the knob, hours at their value and social capital counted; \
                        below, in pale colour, where it pays, with the value at which it turns.";

fn read(source: &Source) -> Result<Answer, OutputError> {
    let table = source.table("breakeven.csv")?;
    let rows = Rows::read(&table, ["value", "low", "high", "from", "to", "n"])?;
    let [level, knob, criterion] = ["level", "knob", "criterion"].map(|name| table.column(name));
    let (level, knob, criterion) = (level?, knob?, criterion?);
    let mut levels: Vec<Level> = Vec::new();
    for row in 0..table.len() {
        let place = place(&mut levels, table.text(row, level));
        let wanted = |(name, ..): &(&str, &str, &str)| *name == table.text(row, criterion);
        if let Some(which) = CRITERIA.iter().position(wanted) {
            rows.add(&table, row, &mut levels[place].turnings[which]);
        }
    }
    let (mut is_log, mut not_finite) = (false, rows.not_finite);
    if source.has("curve.csv") {
        let curve = source.table("curve.csv")?;
        not_finite += curves(&curve, &mut levels)?;
        is_log = walked_by_ratios(&curve)?;
    }
    let names = short_names(levels.iter().map(|level| level.name.as_str()));
    levels.iter_mut().zip(names).for_each(|(level, name)| level.name = name);
    let knob = if table.is_empty() { String::new() } else { table.text(0, knob).to_owned() };
    let turnings = || levels.iter().flat_map(|level| level.turnings.iter().flatten());
    let rules = Rules::of(source.manifest.as_ref());
    let salary = rules.names().find_map(|name| rules.number(name, "workers", "salary_reference"));
    Ok(Answer {
        measure: measure(&knob),
        range: (0..table.len()).find_map(|row| rows.range(row)).unwrap_or((0.0, 1.0)),
        is_log,
        fees: fees::along(&knob, salary),
        replications: turnings().map(|turning| turning.replications).max().unwrap_or(0),
        knob,
        levels,
        not_finite,
    })
}

fn place(levels: &mut Vec<Level>, name: &str) -> usize {
    levels.iter().position(|level| level.name == name).unwrap_or_else(|| {
        let name = name.to_owned();
        levels.push(Level { name, turnings: [None, None, None], curve: Vec::new(), behind: Vec::new() });
        levels.len() - 1
    })
}

/// The measure of a key; of one that this program does not know a plain number.
fn measure(knob: &str) -> Measure {
    match key(knob).map(|key| key.unit) {
        Some(Unit::Share | Unit::Rate) => Measure::Share,
        Some(Unit::Dollars) => Measure::Dollars,
        Some(Unit::Sd) => Measure::Plain("sd"),
        Some(unit @ (Unit::Hours | Unit::Weeks | Unit::Years)) => Measure::Plain(unit.name()),
        None if knob == "screening.hours" => Measure::Plain("hours"),
        _ => Measure::Plain(""),
    }
}

/// Adds profit per hour at each value tried, by level; gives how many numbers are not finite.
fn curves(table: &RawTable, levels: &mut [Level]) -> Result<usize, OutputError> {
    let level = table.column("level")?;
    let (value, profit) = (table.numbers("value")?, table.numbers("profit_per_hour")?);
    let mut not_finite = 0;
    let mut found: Vec<Vec<(f64, Vec<f64>)>> = vec![Vec::new(); levels.len()];
    for row in 0..table.len() {
        let name = table.text(row, level);
        let Some(place) = levels.iter().position(|level| level.name == name) else { continue };
        let (Some(x), Some(y)) = (value[row], profit[row]) else { continue };
        if !x.is_finite() || !y.is_finite() {
            not_finite += 1;
            continue;
        }
        match found[place].iter_mut().find(|(known, _)| known.total_cmp(&x).is_eq()) {
            Some((_, values)) => values.push(y),
            None => found[place].push((x, vec![y])),
        }
    }
    for (level, mut points) in levels.iter_mut().zip(found) {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let estimates = points.iter().filter_map(|(x, values)| Some((*x, mean_interval(values, LEVEL)?)));
        (level.curve, level.behind) =
            estimates.map(|(x, e)| (Point { x, y: e.value, interval: e.interval }, e.n)).unzip();
    }
    Ok(not_finite)
}

/// Whether the values of the coarse grid stand in equal ratios.
fn walked_by_ratios(table: &RawTable) -> Result<bool, OutputError> {
    let (value, round) = (table.numbers("value")?, table.numbers("round")?);
    let coarse = value.iter().zip(&round).filter(|(_, round)| round.is_some_and(|round| round < 0.5));
    let mut values: Vec<f64> = coarse.filter_map(|(value, _)| *value).filter(|x| x.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    values.dedup();
    let [first, second, .., last] = values.as_slice() else { return Ok(false) };
    let step = (last - first) / (values.len() - 1) as f64;
    Ok(*first > 0.0 && second - first < 0.9 * step)
}

/// Screens by their hours and other settings by their last word, where all remain apart.
fn short_names<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let long: Vec<String> = names.map(str::to_owned).collect();
    let short: Vec<String> = long.iter().map(|name| short_name(name)).collect();
    let mut apart = short.clone();
    apart.sort();
    apart.dedup();
    if apart.len() == short.len() { short } else { long }
}

fn short_name(name: &str) -> String {
    let Some((path, value)) = name.split_once(" = ") else { return name.to_owned() };
    if path != "screening.stages" {
        let last = path.rsplit('.').next().unwrap_or(path);
        return format!("{}: {}", last.replace('_', " "), value.replace('%', "\u{a0}%"));
    }
    let hours: Vec<&str> = value
        .split("hours = ")
        .skip(1)
        .filter_map(|rest| rest.split([',', ' ', '}']).next())
        .map(|hours| hours.trim_matches('"').trim_end_matches('h').trim_end_matches(".0"))
        .collect();
    if hours.is_empty() { "no screen".to_owned() } else { format!("screen of {}\u{a0}h", hours.join(" + ")) }
}

fn footer(source: &Source, answer: &Answer) -> String {
    let scenarios = source.manifest.as_ref().and_then(|manifest| manifest["scenarios"].as_object());
    let mut parts = vec![
        scenarios.map_or_else(
            || "Scenario not recorded".to_owned(),
            |scenarios| format!("{} of one scenario", counted(scenarios.len(), "setting")),
        ),
        counted(answer.replications, "replication"),
        source.seed().map_or_else(|| "seed not recorded".to_owned(), |seed| format!("seed {seed}")),
        "dots and brackets: 95\u{a0}% bootstrap over replications; bands: 95\u{a0}% t intervals".to_owned(),
    ];
    if !answer.fees.is_empty() {
        parts.push("fees asked today: trade press, not checked against contracts".to_owned());
    }
    if answer.not_finite > 0 {
        parts.push(format!("{} that are not finite left out", counted(answer.not_finite, "number")));
    }
    format!("{}.", parts.join(" · "))
}

fn numbers(answer: &Answer) -> Table {
    let mut table = Table::new(NAME, COLUMNS);
    for level in &answer.levels {
        for ((criterion, ..), turning) in CRITERIA.iter().zip(&level.turnings) {
            let Some(turning) = turning else { continue };
            for row in turning_rows(turning) {
                let [finding, direction, value, low, high] = row;
                let head = ["break-even".into(), level.name.as_str().into(), (*criterion).into()];
                let tail = [Field::Empty, Field::Empty, Field::Empty, turning.replications.into()];
                table.push(
                    head.into_iter().chain([finding, direction, value, low, high]).chain(tail).collect(),
                );
            }
        }
        for (point, &n) in level.curve.iter().zip(&level.behind) {
            let estimate = Estimate { n, value: point.y, interval: point.interval };
            table.push(vec![
                "curve".into(),
                level.name.as_str().into(),
                CRITERIA[0].0.into(),
                Field::Empty,
                Field::Empty,
                point.x.into(),
                Field::Empty,
                Field::Empty,
                point.y.into(),
                Field::maybe(estimate.low()),
                Field::maybe(estimate.high()),
                n.into(),
            ]);
        }
    }
    for fee in &answer.fees {
        let mut row: Vec<Field> = vec!["fee".into(), fee.name.into()];
        row.extend([Field::Empty, Field::Empty, Field::Empty, Field::Empty, fee.low.into(), fee.high.into()]);
        row.resize(COLUMNS.len(), Field::Empty);
        table.push(row);
    }
    table
}

/// Finding, direction, value and its ends, of each crossing or of none.
fn turning_rows(turning: &Turning) -> Vec<[Field; 5]> {
    let finding = match turning.finding {
        Finding::Crossings => "crossing",
        Finding::Everywhere => "holds everywhere",
        Finding::Nowhere => "holds nowhere",
        Finding::Unknown => "cannot be told",
        Finding::NoData => "no replication finished",
    };
    if turning.crossings.is_empty() {
        return vec![[finding.into(), Field::Empty, Field::Empty, Field::Empty, Field::Empty]];
    }
    let row = |crossing: &super::turns::Crossing| {
        let direction = if crossing.begins { "begins" } else { "ends" };
        let (low, high) = (crossing.interval.map(|i| i.0), crossing.interval.map(|i| i.1));
        [finding.into(), direction.into(), crossing.value.into(), Field::maybe(low), Field::maybe(high)]
    };
    turning.crossings.iter().map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn screens_are_named_by_their_hours_unless_two_would_be_alike() {
        let none = "screening.stages = []";
        let [one, other] = ["profit", "0.4"]
            .map(|bar| format!("screening.stages = [{{ hours = 1.0h, accept_above = {bar} }}]"));
        let names = |names: &[&str]| short_names(names.iter().copied());
        assert_eq!(names(&[none, &one]), ["no screen", "screen of 1\u{a0}h"]);
        assert_eq!(names(&[none, &one, &other]), [none, &one, &other]);
        assert_eq!(names(&["contract.share_of_salary = 20%"]), ["share of salary: 20\u{a0}%"]);
        assert_eq!(names(&["contingency"]), ["contingency"]);
    }
}
