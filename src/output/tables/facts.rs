//! The tables of `facts`: comparisons with the world, and the points that a fit has tried.

use crate::experiments::facts::{Comparison, Figure, Use};
use crate::experiments::fit::{self, MOVED};
use crate::output::row::table;
use crate::output::{Cell, Column, Table};
use crate::stats::Estimate;

table! {
    /// facts.csv: a fact beside the model's figure.
    Fact: "facts" {
        scenario;
        fact: u32, "", "number of the fact; several figures may belong to one";
        what: String, "", "what the fact says";
        unit: String, "", "unit of the figures of this row";
        used_to: String, "", "fit: calibration may use it; check: never used to fit";
        target: f64, "as unit", "figure of the world; 1 and −1 where it is a sign and one end of the range is empty";
        range_low: Option<f64>, "as unit", "lower end of the range that counts as a hit";
        range_high: Option<f64>, "as unit", "upper end of that range";
        figure: Option<f64>, "as unit", "the model's figure; empty if it has none";
        figure_low: Option<f64>, "as unit", "lower end of its 95 % interval over replications";
        figure_high: Option<f64>, "as unit", "upper end of that interval";
        distance: Option<f64>, "half-ranges",
            "figure less target, in halves of the range; empty where there is no range";
        verdict: String, "", "hit, miss, no detectable difference (of a sign), or not in the model";
        source: String, "", "where the figure of the world is from; vendors' figures are rough";
        note: String, "", "why the model has no figure";
    }
}

table! {
    /// trials.csv: a point that a fit has tried, before the values tried.
    Trial: "trials" {
        trial: usize, "", "number of the point; 0 is the scenario as it was";
        misses: Option<usize>, "facts", "fitted figures outside their range; empty if the run failed";
        distance: Option<f64>, "half-ranges²", "sum of squared distances from the facts; empty if the run failed";
    }
}

/// Facts beside the model's figures.
#[must_use]
pub fn facts_table(compared: &[(String, Vec<Comparison>)]) -> Table {
    let rows = |(scenario, comparisons): &'_ (String, Vec<Comparison>)| -> Vec<Fact> {
        comparisons.iter().map(|comparison| fact(scenario, comparison)).collect()
    };
    Table::of(compared.iter().flat_map(rows))
}

fn fact(scenario: &str, c: &Comparison) -> Fact {
    let figure = c.figure.as_ref();
    // An end of a range is infinite where there is none.
    let finite = |end: f64| Some(end).filter(|end| end.is_finite());
    Fact {
        scenario: scenario.to_owned(),
        fact: c.fact.number.into(),
        what: c.fact.what.to_owned(),
        unit: c.fact.unit.to_owned(),
        used_to: if c.fact.used == Use::Fit { "fit" } else { "check" }.to_owned(),
        target: c.fact.target,
        range_low: finite(c.fact.range.0),
        range_high: finite(c.fact.range.1),
        figure: figure.map(|e| e.value),
        figure_low: figure.and_then(Estimate::low),
        figure_high: figure.and_then(Estimate::high),
        distance: c.half_ranges(),
        verdict: c.verdict.name().to_owned(),
        source: c.fact.source.to_owned(),
        note: if let Figure::Missing(why) = c.fact.figure { why } else { "" }.to_owned(),
    }
}

/// Every point that a fit has tried, in order.
#[must_use]
pub fn trials_table(trials: &[fit::Trial]) -> Table {
    let moved = |path: &&'static str| Column::new(path, "", "value tried, in the unit of the key");
    let mut table = Table::with::<Trial>(MOVED.iter().map(moved));
    for (number, trial) in trials.iter().enumerate() {
        let distance = Some(trial.distance).filter(|distance| distance.is_finite());
        let row = Trial { trial: number, misses: distance.map(|_| trial.misses), distance };
        table.push_with(row, trial.values.iter().map(|&value| Cell::from(value)));
    }
    table
}
