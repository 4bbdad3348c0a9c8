//! The knobs along which points of a grid are compared.

use std::ops::Range;

use super::entry::{Reading, Spot};
use super::forms::Line;
use super::knob::{Domain, Knob};
use super::read::inside;
use super::tables::ExperimentFile;
use super::{At, Plan, Problem};
use crate::scenario::Scenario;
use crate::scenario::read::suggest;
use crate::scenario::suggest::nearest;

/// Numbers of the knobs that a file names, each with its place; what is wrong goes to the problems.
pub(super) fn named(
    reading: &mut Reading<'_>,
    written: &ExperimentFile<'_>,
    plan: Option<Plan>,
    knobs: &[Knob],
) -> Vec<(usize, Range<usize>)> {
    if plan.is_some_and(|plan| plan != Plan::Grid) {
        let why = "no two points of this plan differ in one knob alone: they are for `design = \"grid\"`";
        reading.refuse(written.contrasts.as_ref(), "contrasts", why);
        return Vec::new();
    }
    let mut named: Vec<(usize, Range<usize>)> = Vec::new();
    for line in written.contrasts.iter().flat_map(|list| &list.value) {
        match knobs.iter().position(|knob| knob.is_called(&line.value)) {
            Some(number) if named.iter().any(|(known, _)| *known == number) => {
                let title = format!("`{}` is named twice", line.value);
                let problem = reading.problem(line.span.clone(), title);
                reading.problems.push(problem);
            }
            Some(number) => named.push((number, line.span.clone())),
            None => unknown(reading, line, knobs),
        }
    }
    named
}

fn unknown(reading: &mut Reading<'_>, line: &Spot<Line>, knobs: &[Knob]) {
    let names: Vec<&str> = knobs.iter().map(|knob| knob.label.as_str()).collect();
    let title = format!("no knob is called `{}`", line.value);
    let problem = reading.problem(line.span.clone(), title).label("not a knob of this file");
    reading.problems.push(match nearest(&line.value, names.iter().copied()) {
        Some(near) => suggest(problem, inside(line), Some(near)),
        None => problem.help(format!("the knobs are: {}", names.join(", "))),
    });
}

/// A knob that has not the value of the scenario, with which points would be compared.
pub(super) fn without_a_base(
    at: &At<'_>,
    named: &[(usize, Range<usize>)],
    knobs: &[Knob],
    base: &Scenario,
) -> Option<Problem> {
    let (number, span) = named.iter().find(|(number, _)| knobs[*number].own(base).is_none())?;
    let knob = &knobs[*number];
    let title = format!("`{}` has no value to compare with", knob.label);
    let values: Vec<String> =
        knob.values().unwrap_or_default().iter().map(|value| knob.text(value)).collect();
    let problem = at.problem(span.clone(), title).label("none of its values is that of the scenario");
    let own = match knob.domain {
        Domain::Named { .. } => String::new(),
        _ => format!("the scenario has {}; ", knob.key.friendly(&(knob.key.read)(base))),
    };
    Some(problem.help(format!("{own}the knob has {}", values.join(", "))))
}
