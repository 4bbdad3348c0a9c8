//! The tables of `flip`: the costs of a burnt relationship at which claims turn, and the curves behind them.

use super::breakeven_tables::finding_name;
use super::columns::REPLICATION;
use super::{Cell, Column, Table};
use crate::experiments::flip::{Flip, Flips, Judged, Numbers, Turn};
use crate::scenario::experiment::{Claim, Claims, Holds};

const CLAIM: Column = Column::new("claim", "", "the claim, in the words of the file");

/// flip.csv: a row for each crossing, and one for each claim that has none.
#[must_use]
pub fn flip_table(claims: &Claims, flips: &Flips) -> Table {
    let columns = [
        CLAIM,
        Column::new("question", "", "which question it belongs to; empty if the file does not say"),
        Column::new("scenario", "", "the scenario that it is about"),
        Column::new("against", "", "the scenario whose outcome is taken off; empty if none is"),
        Column::new(
            "metric",
            "",
            "the outcome, named as in outcomes.csv of a run, or profit_per_hour as in curve.csv of a break-even",
        ),
        Column::new(
            "holds",
            "",
            "on which side of the threshold the claim is true, the threshold itself included",
        ),
        Column::new("threshold", "as the metric", "the threshold of the mean over replications"),
        Column::new("from", "dollars", "lowest cost searched, per unit of goodwill"),
        Column::new("to", "dollars", "highest cost searched"),
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
        Column::new("direction", "", "begins: the claim is true above the cost; ends: it is true below"),
        Column::new("goodwill_value", "dollars", "cost per unit of goodwill at which it turns"),
        Column::new(
            "goodwill_value_low",
            "dollars",
            "lower end of its 95 % interval: bootstrap over replications",
        ),
        Column::new("goodwill_value_high", "dollars", "upper end of that interval"),
        Column::new(
            "per_bad_introduction",
            "dollars",
            "the same per bad introduction: times goodwill.per_request + goodwill.bad",
        ),
        Column::new("per_bad_introduction_low", "dollars", "lower end of its interval"),
        Column::new("per_bad_introduction_high", "dollars", "upper end of its interval"),
        Column::new(
            "share_without",
            "share",
            "resamples of the replications that do not have this crossing; without a crossing, those whose curve stays on \
             one side",
        ),
        Column::new("n", "replications", "replications behind it: those that have the metric at every cost"),
    ];
    let mut table = Table::new("flip", &columns);
    for (claim, flip) in claims.claims.iter().zip(&flips.claims) {
        for (number, turn) in flip.turns.iter().enumerate() {
            let mut row = head(claims, claim, flip);
            row.push((number + 1).into());
            row.extend(cells(turn));
            row.push(n(flip));
            table.push(row);
        }
        if flip.turns.is_empty() {
            let mut row = head(claims, claim, flip);
            row.resize(columns.len() - 2, Cell::Empty);
            row.push(Cell::maybe(flip.found.as_ref().map(|found| found.whole)));
            row.push(n(flip));
            table.push(row);
        }
    }
    table
}

fn head(claims: &Claims, claim: &Claim, flip: &Flip) -> Vec<Cell> {
    let side = if claim.holds == Holds::Below { "below" } else { "above" };
    vec![
        claim.name.as_str().into(),
        Cell::maybe(claim.question.as_deref()),
        claim.scenario.name.as_str().into(),
        Cell::maybe(claim.against.as_ref().map(|other| other.name.as_str())),
        claim.metric.into(),
        side.into(),
        claim.threshold.into(),
        Cell::maybe(claims.knob.along(0.0)),
        Cell::maybe(claims.knob.along(1.0)),
        finding_name(flip.found.as_ref()).into(),
    ]
}

fn n(flip: &Flip) -> Cell {
    flip.found.as_ref().map_or(0, |found| found.replications).into()
}

fn cells(turn: &Turn) -> [Cell; 8] {
    let (low, high) = (turn.interval.map(|ends| ends.0), turn.interval.map(|ends| ends.1));
    let times = |cost: f64| cost * turn.goodwill;
    [
        if turn.crossing.rises { "begins" } else { "ends" }.into(),
        turn.cost.into(),
        Cell::maybe(low),
        Cell::maybe(high),
        times(turn.cost).into(),
        Cell::maybe(low.map(times)),
        Cell::maybe(high.map(times)),
        turn.crossing.missing.into(),
    ]
}

/// curve.csv: what every replication had at every cost tried.
#[must_use]
pub fn flip_curve_table(claims: &Claims, flips: &Flips) -> Table {
    let columns = [
        CLAIM,
        Column::new("goodwill_value", "dollars", "cost per unit of goodwill"),
        Column::new("per_bad_introduction", "dollars", "the same per bad introduction"),
        Column::new("round", "", "round in which the cost was tried; 0 is the coarse grid"),
        REPLICATION,
        Column::new(
            "status",
            "",
            "ok, or why the replication did not finish; then the cells after it are empty",
        ),
        Column::new(
            "metric",
            "as the metric",
            "the claim's metric in its scenario; empty if nothing happened",
        ),
        Column::new("against", "as the metric", "the same in the scenario that it is held against"),
        Column::new("margin", "as the metric", "by how much the claim holds; negative where it does not"),
    ];
    let mut table = Table::new("curve", &columns);
    for (claim, flip) in claims.claims.iter().zip(&flips.claims) {
        for point in &flip.points {
            for (replication, numbers) in point.rows.iter().enumerate() {
                table.push(curve_row(claim, point, replication, numbers));
            }
        }
    }
    table
}

fn curve_row(
    claim: &Claim,
    point: &Judged,
    replication: usize,
    numbers: &Result<Numbers, String>,
) -> Vec<Cell> {
    let mut row: Vec<Cell> = vec![
        claim.name.as_str().into(),
        point.cost.into(),
        point.per_bad.into(),
        point.round.into(),
        replication.into(),
    ];
    match numbers {
        Ok(numbers) => {
            row.push("ok".into());
            row.extend([numbers.metric, numbers.against, numbers.margin].map(Cell::maybe));
        }
        Err(why) => {
            row.push(why.as_str().into());
            row.resize(9, Cell::Empty);
        }
    }
    row
}
