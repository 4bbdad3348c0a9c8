//! Experiment files in words, for `check` and `list`.

use std::path::Path;

use crate::experiments::memory::Need;
use crate::experiments::outcomes;
use crate::experiments::sensitivity;
use crate::experiments::sweep::Sweep;
use crate::scenario::Problems;
use crate::scenario::experiment::{Experiment, Plan, Purpose, is_claims, load};
use crate::text::counted;

/// What an experiment tries, knob by knob; its points are checked too, where the file decides them.
pub(super) fn check(file: &Path, settings: &[String]) -> Result<String, Problems> {
    if is_claims(file) {
        return super::threshold::flip::check(file, settings);
    }
    let experiment = read(file, settings)?;
    if matches!(experiment.plan, Plan::Morris { .. } | Plan::Indices { .. }) {
        sensitivity::prepare(&experiment)?;
    } else {
        Sweep::of(&experiment)?;
    }
    let mut text = format!("{}: {}\n", experiment.name, experiment.title);
    if let Some(question) = &experiment.question {
        text += &format!("  asks: {question}\n");
    }
    text += &format!("  {}\n", what(&experiment));
    for knob in &experiment.knobs {
        let path = knob.paths().join(", ");
        let label = if knob.label == path { String::new() } else { format!(", \"{}\"", knob.label) };
        text += &format!("    {path}: {}{label}\n", knob.domain_text());
    }
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    if let Some(shortage) = super::memory::shortage(Need::of_experiment(&experiment), threads, None) {
        text += &format!("  note: {shortage}\n");
    }
    Ok(text + "\n")
}

/// An experiment in a few lines.
pub(super) fn list(file: &Path) -> Result<String, Problems> {
    if is_claims(file) {
        return super::threshold::flip::list(file);
    }
    let experiment = read(file, &[])?;
    let mut text = format!("{}\n  {}\n", experiment.name, experiment.title);
    if let Some(question) = &experiment.question {
        text += &format!("  asks:      {question}\n");
    }
    let command = match experiment.plan {
        Plan::Morris { .. } | Plan::Indices { .. } => "sensitivity",
        Plan::Grid | Plan::Latin { .. } | Plan::Sobol { .. } => "sweep",
    };
    text += &format!("  tries:     {}\n", what(&experiment));
    text += &format!("  run it by: introsim {command} {}\n", crate::cli::place::typed(file));
    Ok(text)
}

fn read(file: &Path, settings: &[String]) -> Result<Experiment, Problems> {
    let known = outcomes::names();
    load(file, settings, &known, Purpose::Any)
}

/// How many points of what kind, in which scenario.
fn what(experiment: &Experiment) -> String {
    let knobs = experiment.knobs.len();
    let points = match experiment.plan {
        Plan::Grid => {
            let cells: usize = experiment.knobs.iter().filter_map(|k| k.values()).map(<[_]>::len).product();
            format!("a grid of {cells} points")
        }
        Plan::Latin { points } => format!("a Latin hypercube of {points} points"),
        Plan::Sobol { points } => format!("{points} points of a Sobol' sequence"),
        Plan::Morris { trajectories } => {
            format!("{trajectories} trajectories of {} points", knobs + 1)
        }
        Plan::Indices { points } => format!("{points} base points with {} others each", knobs + 1),
    };
    let base = &experiment.base;
    let replications = base.scenario.run.replications;
    let looks = match experiment.looks {
        0 | 1 => String::new(),
        looks => format!(
            ", and up to {} of those that cannot be told, in {looks} looks",
            u64::from(replications) << (looks - 1)
        ),
    };
    let weeks = base.scenario.run.weeks;
    let longer = match experiment.most_weeks.filter(|most| most / 2 >= weeks) {
        Some(most) => format!(", {weeks} weeks, while markets move up to {most}"),
        None => String::new(),
    };
    format!(
        "{points}, {} of {}, replications of each: {replications}{looks}{longer}",
        counted(knobs, "knob"),
        base.name
    )
}
