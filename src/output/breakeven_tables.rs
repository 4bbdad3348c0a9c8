//! The tables of `breakeven`: the values at which something turns, and the curves behind them.

use super::columns::REPLICATION;
use super::{Cell, Column, Table};
use crate::experiments::breakeven::{Answer, Breakeven, Finding, Point, Question};
use crate::experiments::crossing::Found;
use crate::experiments::tries::{Column as Outcome, Row};
use crate::experiments::verdict;

const LEVEL: Column = Column::new("level", "", "the scenario, or the setting of `--at` that it was run with");
const KNOB: Column = Column::new("knob", "", "the key that was turned");

/// What became of a search for crossings, in a word or two.
#[must_use]
pub fn finding_name(found: Option<&Found>) -> &'static str {
    match found {
        None => "no replication finished",
        Some(found) if !found.crossings.is_empty() => "crossing",
        Some(found) => match found.above {
            Some(true) => "holds everywhere",
            Some(false) => "holds nowhere",
            None => "cannot be told",
        },
    }
}

/// breakeven.csv: a row for each crossing, and one for each criterion that has none.
#[must_use]
pub fn breakeven_table(question: &Question, answer: &Answer) -> Table {
    let columns = [
        LEVEL,
        KNOB,
        Column::new("from", "as the knob", "lower end of the range searched"),
        Column::new("to", "as the knob", "upper end of the range searched"),
        Column::new(
            "criterion",
            "",
            "hour_pays: profit per hour worked or open over the judged weeks (the last 104, or the second half of a run of \
             fewer than 208), each seller's hours at what they are worth to him elsewhere and social capital counted, is 0 \
             or more on average over replications; a market in which sellers hold under 100 hours counts as an hour that \
             earns nothing and costs the least wage; hour_pays_all_weeks: the same over all weeks after the opening; \
             alive: placements per 10,000 workers and year in the judged weeks are 5 or more on average",
        ),
        Column::new(
            "finding",
            "",
            "crossing; holds everywhere or holds nowhere in the range; cannot be told: noise hides on which side it is",
        ),
        Column::new(
            "crossing",
            "",
            "number of the crossing, from 1 at the lower end; empty if there is none",
        ),
        Column::new("direction", "", "begins: the criterion holds above the value; ends: it holds below"),
        Column::new("value", "as the knob", "value of the knob at the crossing"),
        Column::new("low", "as the knob", "lower end of its 95 % interval: bootstrap over replications"),
        Column::new("high", "as the knob", "upper end of that interval"),
        Column::new(
            "share_without",
            "share",
            "resamples of the replications that do not have this crossing; without a crossing, those whose curve stays on \
             one side",
        ),
        Column::new(
            "fee_per_placement",
            "dollars",
            "fees per placement at the crossing, over the weeks that the criterion speaks of",
        ),
        Column::new("hours_per_placement", "hours", "sellers' hours per placement there"),
        Column::new("n", "replications", "replications behind it: those that finished at every value"),
    ];
    let mut table = Table::new("breakeven", &columns);
    let ends = [0.0, 1.0].map(|place| Cell::maybe(question.knob.along(place)));
    for (level, found) in question.levels.iter().zip(&answer.levels) {
        for finding in &found.findings {
            let head = || {
                let [from, to] = ends.clone();
                let (name, knob) = (level.name.as_str(), question.knob.key.path);
                let criterion = finding.criterion.name();
                let word = finding_name(finding.found.as_ref());
                vec![name.into(), knob.into(), from, to, criterion.into(), word.into()]
            };
            let n: Cell = finding.found.as_ref().map_or(0, |found| found.replications).into();
            for (number, breakeven) in finding.breakevens.iter().enumerate() {
                let mut row = head();
                row.push((number + 1).into());
                row.extend(cells(breakeven));
                row.push(n.clone());
                table.push(row);
            }
            if finding.breakevens.is_empty() {
                let mut row = head();
                row.extend(none(finding));
                row.push(n);
                table.push(row);
            }
        }
    }
    table
}

fn cells(breakeven: &Breakeven) -> [Cell; 7] {
    let crossing = &breakeven.crossing;
    [
        if crossing.rises { "begins" } else { "ends" }.into(),
        breakeven.value.into(),
        Cell::maybe(breakeven.interval.map(|(low, _)| low)),
        Cell::maybe(breakeven.interval.map(|(_, high)| high)),
        crossing.missing.into(),
        Cell::maybe(breakeven.fee_per_placement),
        Cell::maybe(breakeven.hours_per_placement),
    ]
}

fn none(finding: &Finding) -> [Cell; 8] {
    let mut cells = [const { Cell::Empty }; 8];
    cells[5] = Cell::maybe(finding.found.as_ref().map(|found| found.whole));
    cells
}

/// Outcomes that stand beside the margins in curve.csv.
const BESIDE: [(&str, &str); 7] = [
    ("full_time_per_10000", "people"),
    ("active_share_judged", "share"),
    ("hours_judged", "hours"),
    ("hours_open_judged", "hours"),
    ("fees_dollars_judged", "dollars"),
    ("social_capital_dollars_judged", "dollars"),
    ("sellers_profit_dollars_judged", "dollars"),
];

/// curve.csv: what every replication had at every value tried.
#[must_use]
pub fn curve_table(question: &Question, answer: &Answer) -> Table {
    let mut columns = vec![
        LEVEL,
        KNOB,
        Column::new("value", "as the knob", "value of the knob"),
        Column::new("round", "", "round in which the value was tried; 0 is the coarse grid"),
        REPLICATION,
        Column::new(
            "status",
            "",
            "ok, or why the replication did not finish; then the cells after it are empty",
        ),
        Column::new("profit_per_hour", "dollars", "what criterion hour_pays averages"),
        Column::new("profit_per_hour_all_weeks", "dollars", "what criterion hour_pays_all_weeks averages"),
        Column::new(verdict::MEASURE, "placements", "what criterion alive averages"),
    ];
    columns.extend(BESIDE.map(|(name, unit)| Column::new(name, unit, "as in outcomes.csv of a run")));
    let mut table = Table::new("curve", &columns);
    for (level, found) in question.levels.iter().zip(&answer.levels) {
        for point in &found.points {
            for (replication, row) in point.rows.iter().enumerate() {
                let mut cells = key(&level.name, question, point, replication);
                let margin = |criterion: usize| point.margins[criterion][replication];
                cells.extend(outcomes(row, [0, 1].map(margin)));
                table.push(cells);
            }
        }
    }
    table
}

fn key(level: &str, question: &Question, point: &Point, replication: usize) -> Vec<Cell> {
    let path = question.knob.key.path;
    vec![level.into(), path.into(), point.value.into(), point.round.into(), replication.into()]
}

fn outcomes(row: &Row, hours: [Option<f64>; 2]) -> Vec<Cell> {
    let row = match row {
        Ok(row) => row,
        Err(failure) => {
            let mut cells = vec![failure.to_string().into()];
            cells.resize(4 + BESIDE.len(), Cell::Empty);
            return cells;
        }
    };
    let read = |name: &str| Cell::maybe(Outcome::of(name).and_then(|column| column.read(row)));
    let mut cells = vec![Cell::from("ok")];
    cells.extend(hours.map(Cell::maybe));
    cells.push(read(verdict::MEASURE));
    cells.extend(BESIDE.map(|(name, _)| read(name)));
    cells
}
