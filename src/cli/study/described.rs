//! A study in words: what its parts are, for `check`, `list` and the terminal.

use crate::experiments::sensitivity::Design;
use crate::experiments::sweep::Sweep;
use crate::experiments::threshold::Question;
use crate::experiments::threshold::breakeven::Level;
use crate::scenario::experiment::{Claims, Effort, Experiment};
use crate::scenario::{Loaded, Problem, Problems};
use crate::text::counted;

use super::prepare;

fn times(n: u32) -> String {
    match n {
        1 => "once each".to_owned(),
        2 => "twice each".to_owned(),
        n => format!("{n} times each"),
    }
}

fn replications<'a>(loaded: impl IntoIterator<Item = &'a Loaded>) -> u32 {
    loaded.into_iter().map(|one| one.scenario.run.replications).max().unwrap_or(0)
}

pub(super) fn run(scenarios: &[Loaded], assumptions: Option<usize>) -> String {
    let also = assumptions.map_or(String::new(), |points| {
        format!("; and at {points} believable values of what nobody has measured")
    });
    let (n, times) = (counted(scenarios.len(), "market"), times(replications(scenarios)));
    format!("{n} on the same luck, {times}{also}")
}

pub(super) fn sweep(sweep: &Sweep) -> String {
    let knobs: Vec<&str> = sweep.axes.iter().map(|axis| axis.name.as_str()).collect();
    let (n, times) = (counted(sweep.cells.len(), "setting"), times(sweep.replications()));
    format!("{n} of {}, {times}", knobs.join(", "))
}

pub(super) fn break_even(question: &Question<Level>) -> String {
    let n = question.subjects.first().map_or(0, |level| level.scenario.run.replications);
    let (path, levels) = (question.knob.key.path, counted(question.subjects.len(), "setting"));
    format!("from which {path} on selling pays, for {levels}, {}", times(n))
}

pub(super) fn flip(claims: &Claims) -> String {
    let n = replications(claims.claims.iter().map(|claim| &claim.scenario));
    let turn = if claims.claims.len() == 1 { "turns" } else { "turn" };
    let claims = counted(claims.claims.len(), "claim");
    format!("at which price of a relationship {claims} {turn}, {}", times(n))
}

pub(super) fn sensitivity(experiment: &Experiment, design: &Design) -> String {
    let n = experiment.base.scenario.run.replications;
    let (knobs, points) = (counted(experiment.knobs.len(), "number"), counted(design.points.len(), "point"));
    format!("which of {knobs} matter most: {points}, {}", times(n))
}

pub(super) fn facts(scenarios: &[Loaded]) -> String {
    format!("the model's figures beside those of the world, {}", times(replications(scenarios)))
}

pub(super) fn validation(limits: usize) -> String {
    format!("{} in which the answer is known", counted(limits, "limit"))
}

/// What a study does at each effort, for `check`.
pub(in crate::cli) fn check(file: &std::path::Path) -> Result<String, Problems> {
    let mut text = String::new();
    for effort in Effort::ALL {
        let study = prepare::read(file, effort, None)?;
        let parts = prepare::prepare(&study).map_err(|error| match error.downcast::<Problems>() {
            Ok(problems) => problems,
            Err(other) => Problem::new(format!("{other:#}")).into(),
        })?;
        if text.is_empty() {
            text = format!("{}: {}\n", study.name, study.title);
            if let Some(question) = &study.question {
                text += &format!("  asks: {question}\n");
            }
        }
        text += &format!("  {}:\n", option(effort));
        for part in &parts {
            text += &format!("    {}: {}\n", part.name, part.words);
        }
    }
    Ok(text + "\n")
}

fn option(effort: Effort) -> &'static str {
    match effort {
        Effort::Quick => "with --quick",
        Effort::Default => "without --quick or --full",
        Effort::Full => "with --full",
    }
}

/// A study in a few lines, for `list`.
pub(in crate::cli) fn list(file: &std::path::Path) -> Result<String, Problems> {
    let study = prepare::read(file, Effort::Default, None)?;
    let mut text = format!("{}\n  {}\n", study.name, study.title);
    if let Some(question) = &study.question {
        text += &format!("  asks:      {question}\n");
    }
    let names: Vec<&str> = study.parts.iter().map(|part| part.name).collect();
    text += &format!("  parts:     {}\n", names.join(", "));
    text += &format!("  run it by: introsim study {} --quick\n", crate::cli::place::typed(file));
    Ok(text)
}
