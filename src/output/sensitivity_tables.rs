//! The tables of `sensitivity`: indices, the points they come from, and what happened at each.

use super::{Cell, Column, Table};
use crate::experiments::sensitivity::{Analysis, IndexKind};
use crate::scenario::experiment::{Experiment, Setting};
use crate::stats::Estimate;

/// Indices, points and responses of an analysis.
#[must_use]
pub fn sensitivity_tables(experiment: &Experiment, analysis: &Analysis) -> [Table; 3] {
    [indices(experiment, analysis), points(experiment, analysis), responses(analysis)]
}

fn indices(experiment: &Experiment, analysis: &Analysis) -> Table {
    let columns = [
        Column::new("metric", "", "the outcome, named as in outcomes.csv of a run"),
        Column::new("knob", "", "the key that is moved, as a dotted path"),
        Column::new("label", "", "what the experiment file calls the knob"),
        Column::new(
            "index",
            "",
            "mu_star: mean size of the outcome's change when the knob alone moves over its whole range; sigma: spread of \
             these changes; mu: their mean, with its sign; ST: share of the outcome's variance owed to the knob, alone \
             and together with others; S1: alone",
        ),
        Column::new("unit", "", "unit of the index: the outcome's own, or a share of its variance"),
        Column::new("n", "trajectories or base points", "those behind the index"),
        Column::new(
            "value",
            "as unit",
            "the index, with what luck adds to it taken out by comparing replications; empty where the outcome is \
             missing or does not vary",
        ),
        Column::new(
            "low",
            "as unit",
            "lower end of the 95 % bootstrap interval over trajectories or base points",
        ),
        Column::new("high", "as unit", "upper end of that interval"),
        Column::new(
            "plain",
            "as unit",
            "the index of the means over replications, as the textbooks have it: luck is in it",
        ),
        Column::new(
            "detected",
            "",
            "yes where the interval leaves out 0; no where it holds 0: no detectable effect; empty where that cannot be \
             told",
        ),
    ];
    let mut table = Table::new("sensitivity", &columns);
    for row in &analysis.rows {
        let (metric, knob) = (&analysis.metrics[row.metric], &experiment.knobs[row.knob]);
        let is_share = matches!(row.kind, IndexKind::Total | IndexKind::First);
        let estimate = row.index.as_ref().map(|index| &index.estimate);
        table.push(vec![
            metric.name.into(),
            knob.key.path.into(),
            knob.label.as_str().into(),
            row.kind.name().into(),
            if is_share { "share" } else { metric.unit }.into(),
            row.n.into(),
            Cell::maybe(estimate.map(|e| e.value)),
            Cell::maybe(estimate.and_then(Estimate::low)),
            Cell::maybe(estimate.and_then(Estimate::high)),
            Cell::maybe(row.index.map(|index| index.plain)),
            Cell::maybe(row.detected.map(|is_detected| if is_detected { "yes" } else { "no" })),
        ]);
    }
    table
}

fn points(experiment: &Experiment, analysis: &Analysis) -> Table {
    let mut columns = vec![
        Column::new("point", "", "number of the point"),
        Column::new("group", "", "number of its trajectory or base point"),
        Column::new(
            "role",
            "",
            "start: the first of a trajectory; moved: the point before with one knob moved; a, b: a base point and \
             another; mixed: a with one knob as in b",
        ),
        Column::new("knob", "", "the knob that was moved or mixed; empty for start, a and b"),
    ];
    columns.extend(
        experiment
            .knobs
            .iter()
            .map(|knob| Column::new(knob.key.path, knob.key.unit.name(), knob.key.meaning())),
    );
    let mut table = Table::new("points", &columns);
    for (number, point) in analysis.design.points.iter().enumerate() {
        let knob = point.role.knob().map(|knob| experiment.knobs[knob].key.path);
        let mut row = vec![number.into(), point.group.into(), point.role.name().into(), Cell::maybe(knob)];
        row.extend(analysis.design.settings[point.settings].iter().map(cell));
        table.push(row);
    }
    table
}

fn cell(setting: &Setting) -> Cell {
    setting.number().map_or_else(|| setting.plain().into(), Cell::from)
}

fn responses(analysis: &Analysis) -> Table {
    let mut columns = vec![
        Column::new("point", "", "number of the point in points.csv"),
        Column::new("replication", "", "number of the replication; the same number is the same luck"),
        Column::new(
            "status",
            "",
            "ok, or why the replication did not finish; then all other cells are empty",
        ),
    ];
    columns.extend(analysis.metrics.iter().map(|m| Column::new(m.name, m.unit, m.meaning)));
    let n = columns.len();
    let mut table = Table::new("responses", &columns);
    for (point, replications) in analysis.responses.iter().enumerate() {
        for (replication, response) in replications.iter().enumerate() {
            let mut row: Vec<Cell> = vec![point.into(), replication.into()];
            match response {
                Ok(values) => {
                    row.push("ok".into());
                    row.extend(values.iter().map(|&value| Cell::maybe(value)));
                }
                Err(failure) => row.push(failure.to_string().into()),
            }
            row.resize(n, Cell::Empty);
            table.push(row);
        }
    }
    table
}
