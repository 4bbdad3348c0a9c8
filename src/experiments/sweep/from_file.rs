//! From an experiment file to the plan of a sweep.

use super::contrasts::Contrasted;
use super::plan::{Alternative, Axis, Sweep};
use crate::experiments::designs::{grid, latin, sobol};
use crate::scenario::experiment::{Domain, Experiment, Knob, Plan, Setting};
use crate::scenario::{Problem, Problems};

impl Sweep {
    /// The sweep that an experiment file asks for, every cell checked.
    ///
    /// # Errors
    /// If a cell breaks a rule between keys.
    pub fn of(experiment: &Experiment) -> Result<Self, Problems> {
        let base = &experiment.base;
        let (design, points) = points(experiment)?;
        experiment.check(&points)?;
        let cell = |point: &Vec<Setting>| {
            experiment.knobs.iter().zip(point).map(|(knob, setting)| value(knob, setting)).collect()
        };
        Ok(Self {
            name: experiment.name.clone(),
            title: experiment.title.clone(),
            design: design.to_owned(),
            base_name: base.name.clone(),
            base: base.scenario.clone(),
            metrics: experiment.metrics.iter().map(|&name| name.to_owned()).collect(),
            axes: experiment.knobs.iter().map(axis).collect(),
            cells: points.iter().map(cell).collect(),
            contrasts: experiment.contrasts.iter().filter_map(|&axis| contrasted(experiment, axis)).collect(),
            looks: experiment.looks,
            most_weeks: experiment.most_weeks,
            doubled: 0,
            budget: None,
        })
    }
}

/// The name of the design and its points.
fn points(experiment: &Experiment) -> Result<(&'static str, Vec<Vec<Setting>>), Problems> {
    let (knobs, seed) = (experiment.knobs.len(), experiment.base.scenario.run.seed);
    let settings = |unit: Vec<Vec<f64>>| unit.iter().map(|point| experiment.settings(point)).collect();
    match experiment.plan {
        Plan::Grid => {
            let values: Vec<&[Setting]> =
                experiment.knobs.iter().map(|knob| knob.values().unwrap_or_default()).collect();
            let levels: Vec<usize> = values.iter().map(|values| values.len()).collect();
            let pick = |row: &Vec<usize>| {
                row.iter().zip(&values).map(|(&level, values)| values[level].clone()).collect()
            };
            Ok(("grid", grid(&levels).iter().map(pick).collect()))
        }
        Plan::Latin { points } => Ok(("latin", settings(latin(points, knobs, seed)))),
        Plan::Sobol { points } => Ok(("sobol", settings(sobol(points, knobs, seed)))),
        Plan::Morris { .. } | Plan::Indices { .. } => {
            Err(Problem::new("this experiment has a `method`: it is for `introsim sensitivity`").into())
        }
    }
}

/// A value of a knob as cells have it.
fn value(knob: &Knob, setting: &Setting) -> String {
    knob.chosen(setting).map_or_else(|| setting.plain(), |alternative| alternative.name.clone())
}

/// A knob along which settings are compared with those that have the value of the scenario.
fn contrasted(experiment: &Experiment, axis: usize) -> Option<Contrasted> {
    let knob = experiment.knobs.get(axis)?;
    let own = knob.own(&experiment.base.scenario)?;
    Some(Contrasted { axis, with: value(knob, knob.values()?.get(own)?) })
}

fn axis(knob: &Knob) -> Axis {
    let levels: Vec<String> =
        knob.values().unwrap_or_default().iter().map(|setting| value(knob, setting)).collect();
    let Domain::Named { alternatives, .. } = &knob.domain else {
        return Axis {
            name: knob.label.clone(),
            path: knob.key.path.to_owned(),
            unit: knob.key.unit.name().to_owned(),
            meaning: format!("{}: {}", knob.key.path, knob.key.meaning()),
            levels,
            alternatives: Vec::new(),
        };
    };
    let alternatives: Vec<Alternative> = alternatives
        .iter()
        .map(|alternative| Alternative {
            name: alternative.name.clone(),
            set: alternative.set.iter().map(|(key, to)| (key.path.to_owned(), to.plain())).collect(),
        })
        .collect();
    Axis {
        name: knob.label.clone(),
        path: String::new(),
        unit: String::new(),
        meaning: format!("a choice of {} together", knob.paths().join(", ")),
        levels,
        alternatives,
    }
}
