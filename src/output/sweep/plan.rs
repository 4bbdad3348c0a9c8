//! The plan of a sweep as JSON: all that its blocks depend on, enough to run any of them again.

use serde_json::{Map, Value, json};

use super::columns::cells_columns;
use crate::experiments::sweep::{Alternative, Axis, Contrasted, MOST_LOOKS, Sweep};
use crate::output::{FORMAT, scenario_of};
use crate::scenario::Problems;

/// The plan as JSON; equal plans have equal texts. `version` is that of the program.
#[must_use]
pub fn identity(sweep: &Sweep, version: &str) -> Value {
    let alternative = |a: &Alternative| {
        let set = a.set.iter().map(|(path, value)| (path.clone(), Value::from(value.as_str())));
        (a.name.clone(), Value::Object(set.collect::<Map<_, _>>()))
    };
    let axis = |axis: &Axis| {
        json!({
            "name": axis.name,
            "key": axis.path,
            "unit": axis.unit,
            "meaning": axis.meaning,
            "levels": axis.levels,
            "alternatives": axis.alternatives.iter().map(alternative).collect::<Map<_, _>>(),
        })
    };
    let mut identity = json!({
        "kind": "sweep",
        "format": FORMAT,
        "version": version,
        "name": sweep.name,
        "title": sweep.title,
        "design": sweep.design,
        "base_name": sweep.base_name,
        "base": sweep.base.canonical(),
        "knobs": sweep.axes.iter().map(axis).collect::<Vec<_>>(),
        "metrics": sweep.metrics,
        "columns": cells_columns(sweep).iter().map(|column| column.name).collect::<Vec<_>>(),
        "looks": sweep.looks,
        "cells": sweep.cells,
    });
    if !sweep.contrasts.is_empty() {
        let contrasted = |it: &Contrasted| json!({ "knob": sweep.axes[it.axis].name, "with": it.with });
        identity["contrasts"] = sweep.contrasts.iter().map(contrasted).collect();
    }
    if let Some(budget) = sweep.budget {
        identity["budget"] = budget.into();
    }
    if let Some(weeks) = sweep.most_weeks {
        identity["most_weeks"] = weeks.into();
    }
    identity
}

/// Reads a plan back.
///
/// - `graph`: the file of friendships, where the base names one; without it the sweep can be merged and not run
///
/// # Errors
/// If it is no plan of a sweep, or its scenario cannot be read.
pub fn sweep_of(identity: &Value, graph: Option<&str>) -> Result<Sweep, Problems> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let texts = |value: &Value| value.as_array().into_iter().flatten().map(text).collect::<Vec<_>>();
    let alternative = |(name, set): (&String, &Value)| {
        let set = set.as_object().into_iter().flatten();
        Alternative {
            name: name.clone(),
            set: set.map(|(path, value)| (path.clone(), text(value))).collect(),
        }
    };
    let axis = |axis: &Value| Axis {
        name: text(&axis["name"]),
        path: text(&axis["key"]),
        unit: text(&axis["unit"]),
        meaning: text(&axis["meaning"]),
        levels: texts(&axis["levels"]),
        alternatives: axis["alternatives"].as_object().into_iter().flatten().map(alternative).collect(),
    };
    let axes: Vec<Axis> = identity["knobs"].as_array().into_iter().flatten().map(axis).collect();
    let contrasted = |it: &Value| {
        let axis = axes.iter().position(|axis| axis.name == text(&it["knob"]))?;
        Some(Contrasted { axis, with: text(&it["with"]) })
    };
    Ok(Sweep {
        contrasts: identity["contrasts"].as_array().into_iter().flatten().filter_map(contrasted).collect(),
        name: text(&identity["name"]),
        title: text(&identity["title"]),
        design: text(&identity["design"]),
        base_name: text(&identity["base_name"]),
        base: scenario_of(&text(&identity["base_name"]), &text(&identity["base"]), graph)?,
        metrics: texts(&identity["metrics"]),
        axes,
        looks: identity["looks"]
            .as_u64()
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(1)
            .clamp(1, MOST_LOOKS),
        most_weeks: identity["most_weeks"].as_u64().and_then(|weeks| u32::try_from(weeks).ok()),
        doubled: 0,
        budget: identity["budget"].as_u64(),
        cells: identity["cells"].as_array().into_iter().flatten().map(texts).collect(),
    })
}
