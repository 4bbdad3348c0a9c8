//! The tables of `sensitivity`: indices, the points they come from, and what happened at each.

use crate::experiments::sensitivity::{Analysis, IndexKind};
use crate::output::row::{YesNo, table};
use crate::output::{Cell, Column, Table};
use crate::scenario::experiment::{Experiment, Setting};
use crate::stats::Estimate;

table! {
    /// sensitivity.csv: an index of a knob's importance for an outcome.
    Index: "sensitivity" {
        metric: String, "", "the outcome, named as in outcomes.csv of a run";
        knob: String, "", "the key that is moved, as a dotted path";
        label: String, "", "what the experiment file calls the knob";
        index: String, "",
            "mu_star: mean size of the outcome's change when the knob alone moves over its whole range; sigma: \
             spread of these changes; mu: their mean, with its sign; ST: share of the outcome's variance owed \
             to the knob, alone and together with others; S1: alone";
        unit: String, "", "unit of the index: the outcome's own, or a share of its variance";
        n: usize, "trajectories or base points", "those behind the index";
        value: Option<f64>, "as unit",
            "the index, with what luck adds to it taken out by comparing replications; empty where the outcome \
             is missing or does not vary";
        low: Option<f64>, "as unit", "lower end of the 95 % bootstrap interval over trajectories or base points";
        high: Option<f64>, "as unit", "upper end of that interval";
        plain: Option<f64>, "as unit",
            "the index of the means over replications, as the textbooks have it: luck is in it";
        detected: Option<YesNo>, "",
            "yes where the interval lies above 0, of mu also below it; else no: no detectable effect; empty where that \
             cannot be told";
    }
}

table! {
    /// points.csv: a point of the design, before the settings of the knobs.
    DesignPoint: "points" {
        point: usize, "", "number of the point";
        group: usize, "", "number of its trajectory or base point";
        role: String, "",
            "start: the first of a trajectory; moved: the point before with one knob moved; a, b: a base point \
             and another; mixed: a with one knob as in b";
        knob: Option<String>, "", "the knob that was moved or mixed; empty for start, a and b";
    }
}

table! {
    /// responses.csv: what a replication had at a point, before the outcomes.
    Response: "responses" {
        point: usize, "", "number of the point in points.csv";
        replication: u32, "", "number of the replication; the same number is the same luck";
        status: String, "", "ok, or why the replication did not finish; then all other cells are empty";
    }
}

/// Indices, points and responses of an analysis.
#[must_use]
pub fn sensitivity_tables(experiment: &Experiment, analysis: &Analysis) -> [Table; 3] {
    [indices(experiment, analysis), points(experiment, analysis), responses(analysis)]
}

fn indices(experiment: &Experiment, analysis: &Analysis) -> Table {
    Table::of(analysis.rows.iter().map(|row| {
        let (metric, knob) = (&analysis.metrics[row.metric], &experiment.knobs[row.knob]);
        let is_share = matches!(row.kind, IndexKind::Total | IndexKind::First);
        let estimate = row.index.as_ref().map(|index| &index.estimate);
        Index {
            metric: metric.name.to_owned(),
            knob: knob.key.path.to_owned(),
            label: knob.label.clone(),
            index: row.kind.name().to_owned(),
            unit: if is_share { "share" } else { metric.unit }.to_owned(),
            n: row.n,
            value: estimate.map(|e| e.value),
            low: estimate.and_then(Estimate::low),
            high: estimate.and_then(Estimate::high),
            plain: row.index.map(|index| index.plain),
            detected: row.detected.map(YesNo),
        }
    }))
}

fn points(experiment: &Experiment, analysis: &Analysis) -> Table {
    let knobs = experiment.knobs.iter();
    let knobs = knobs.map(|knob| Column::new(knob.key.path, knob.key.unit.name(), knob.key.meaning()));
    let mut table = Table::with::<DesignPoint>(knobs);
    for (number, point) in analysis.design.points.iter().enumerate() {
        let row = DesignPoint {
            point: number,
            group: point.group,
            role: point.role.name().to_owned(),
            knob: point.role.knob().map(|knob| experiment.knobs[knob].key.path.to_owned()),
        };
        table.push_with(row, analysis.design.settings[point.settings].iter().map(cell));
    }
    table
}

fn cell(setting: &Setting) -> Cell {
    setting.number().map_or_else(|| setting.plain().into(), Cell::from)
}

fn responses(analysis: &Analysis) -> Table {
    let metrics = analysis.metrics.iter().map(|m| Column::new(m.name, m.unit, m.meaning));
    let mut table = Table::with::<Response>(metrics);
    for (point, replications) in analysis.responses.iter().enumerate() {
        for (replication, response) in (0..).zip(replications) {
            let row = |status: String| Response { point, replication, status };
            match response {
                Ok(values) => {
                    table.push_with(row("ok".to_owned()), values.iter().map(|&value| Cell::maybe(value)));
                }
                Err(failure) => table.push_with(row(failure.to_string()), []),
            }
        }
    }
    table
}
