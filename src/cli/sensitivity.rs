//! `sensitivity`: which knobs matter, when all of them move at once.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use comfy_table::{Cell, Table};

use super::common::{Common, Outcome, Work, Workspace, plan_of, warned};
use super::cost::Planned;
use super::keeper::carry_through;
use super::table::right;
use crate::charts::Drawn;
use crate::experiments::memory::Need;
use crate::experiments::outcomes;
use crate::experiments::sensitivity::{self, Analysis, Design, IndexKind, Row};
use crate::output::checkpoint::PlanFile;
use crate::output::{Input, Manifest, sensitivity_tables};
use crate::scenario::experiment::{self, Experiment, Plan, Purpose};
use crate::text::three;

/// Find out which knobs of a scenario matter, moving all of them over their ranges
///
/// The experiment file names the scenario, the knobs and the method: `morris` for a first look at many knobs, `sobol` for
/// shares of variance. All points are run on the same luck. A knob whose interval holds 0 has no detectable effect.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim sensitivity importance
  introsim sensitivity my-study.toml --replications 4 --out output/mine")]
pub(super) struct Args {
    /// An experiment file with a `method`, or the name of one of the library
    #[arg(value_name = "FILE", value_parser = super::place::experiment())]
    file: PathBuf,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let common = &args.common;
    let known = outcomes::names();
    common.say_where(&args.file);
    let experiment = experiment::load(&args.file, &common.settings(), &known, Purpose::Sensitivity)?;
    super::common::warn_of_networks(std::slice::from_ref(&experiment.base));
    let workspace = common.workspace(format!("output/{}", experiment.name))?;
    workspace.afford(Need::of_experiment(&experiment))?;
    let design = sensitivity::prepare(&experiment)?;
    let plan = plan(&experiment);
    let (at, own) = (workspace.clone(), experiment.clone());
    let ended = carry_through(&workspace, "sensitivity analysis", plan, move |work| {
        planned(&own, &design).foretell(&at);
        execute(&at, work, &own, design)
    })?;
    let (analysis, drawn) = match ended {
        Ok(done) => done,
        Err(code) => return Ok(code),
    };
    if !common.site.quiet {
        report(&workspace.out, &experiment, &analysis)?;
        super::terminal::found(drawn.iter().map(|chart| chart.found.as_str()), &[])?;
    }
    Ok(outcome(&analysis).report())
}

/// What an analysis costs.
fn planned(experiment: &Experiment, design: &Design) -> Planned {
    let weeks = sensitivity::total_weeks(experiment, &design.settings);
    Planned { market: experiment.base.scenario.clone(), weeks, more: "" }
}

/// All that an analysis depends on.
pub(super) fn plan(experiment: &Experiment) -> PlanFile {
    let hash = blake3::hash(&experiment.file.bytes).to_hex().to_string();
    let how = format!("{:?}", experiment.plan);
    plan_of("sensitivity", [&experiment.base], [("experiment", hash.into()), ("method", how.into())])
}

/// Moves all knobs at once, writes the tables and draws the chart.
pub(super) fn execute(
    workspace: &Workspace,
    mut work: Work,
    experiment: &Experiment,
    design: Design,
) -> anyhow::Result<(Analysis, Vec<Drawn>)> {
    let weeks = sensitivity::total_weeks(experiment, &design.settings);
    let bar = work.keeper.bar(weeks, workspace.quiet);
    let analysis =
        workspace.pool.install(|| sensitivity::analyse(experiment, design, &|| bar.inc(1), &*work.keeper));
    bar.finish_and_clear();
    let analysis = analysis?;
    for table in &sensitivity_tables(experiment, &analysis) {
        work.folder()?.write(table)?;
    }
    let drawn = work.finish(workspace, &manifest_of(experiment), warned(&analysis.warnings))?;
    Ok((analysis, drawn))
}

/// What to warn of, and whether a replication failed.
pub(super) fn outcome(analysis: &Analysis) -> Outcome {
    Outcome::new(&analysis.warnings, analysis.responses.iter().flatten().any(Result::is_err))
}

fn manifest_of(experiment: &Experiment) -> Manifest {
    let mut manifest = super::run::manifest_of(std::slice::from_ref(&experiment.base));
    let file = Input { name: experiment.file.path.clone(), bytes: experiment.file.bytes.clone() };
    manifest.inputs.insert(0, file);
    manifest
}

fn report(folder: &Path, experiment: &Experiment, analysis: &Analysis) -> anyhow::Result<()> {
    let mut out = super::terminal::out();
    writeln!(out, "{}\n", experiment.title)?;
    for metric in 0..analysis.metrics.len() {
        writeln!(out, "{}", heading(analysis, metric))?;
        writeln!(out, "{}\n", table(experiment, analysis, metric))?;
    }
    let how = match experiment.plan {
        Plan::Morris { trajectories } => format!("{trajectories} trajectories"),
        Plan::Indices { points } => format!("{points} base points"),
        Plan::Grid | Plan::Latin { .. } | Plan::Sobol { .. } => String::new(),
    };
    let replications = experiment.base.scenario.run.replications;
    let points = analysis.design.points.len();
    writeln!(
        out,
        "{points} points ({how}), replications of each: {replications}; intervals: 95 %, bootstrap"
    )?;
    writeln!(out, "The tables are in {}", folder.display())?;
    Ok(())
}

fn heading(analysis: &Analysis, metric: usize) -> String {
    let metric = &analysis.metrics[metric];
    let meaning = metric.meaning.split(';').next().unwrap_or_default();
    format!("{} ({}): {meaning}", metric.name, metric.unit)
}

/// The knobs of one outcome, the most important first.
fn table(experiment: &Experiment, analysis: &Analysis, metric: usize) -> Table {
    let (kinds, names): (&[IndexKind], &[&str]) = match experiment.plan {
        Plan::Morris { .. } => (
            &[IndexKind::MuStar, IndexKind::Mu, IndexKind::Sigma],
            &["size of effect, mu*", "effect, mu", "spread, sigma"],
        ),
        _ => (&[IndexKind::Total, IndexKind::First], &["share in all, ST", "alone, S1"]),
    };
    // The total index holds what the first-order one says; the mean effect may be clear where its size is not.
    let telling = if matches!(experiment.plan, Plan::Morris { .. }) { 2 } else { 1 };
    let row = |knob: usize, kind: IndexKind| {
        analysis.rows.iter().find(|row| (row.metric, row.knob, row.kind) == (metric, knob, kind))
    };
    let size = |knob: usize| {
        let index = row(knob, kinds[0]).and_then(|row| row.index);
        index.map_or(f64::NEG_INFINITY, |index| index.estimate.value)
    };
    let mut knobs: Vec<usize> = (0..experiment.knobs.len()).collect();
    knobs.sort_by(|&one, &other| size(other).total_cmp(&size(one)));
    let untold = match experiment.base.scenario.run.replications {
        1 => "cannot be told with one replication",
        _ => "cannot be told from so few points",
    };
    let mut table = super::table::empty(super::table::terminal_width());
    let heads = names.iter().map(right);
    table.set_header(std::iter::once(Cell::new("knob")).chain(heads).chain([Cell::new("")]));
    for knob in knobs {
        let cells = kinds.iter().map(|&kind| right(row(knob, kind).map_or(String::new(), text)));
        let label = Cell::new(&experiment.knobs[knob].label);
        let found = |kind: &IndexKind| row(knob, *kind);
        let verdict = if found(&kinds[0]).is_none_or(|row| row.index.is_none()) {
            "not measured"
        } else if kinds[..telling].iter().filter_map(found).any(|row| row.detected.is_none()) {
            untold
        } else if kinds[..telling].iter().filter_map(found).all(|row| row.detected == Some(false)) {
            "no detectable effect"
        } else {
            ""
        };
        table.add_row(std::iter::once(label).chain(cells).chain([Cell::new(verdict)]));
    }
    table
}

/// An index with its interval.
fn text(row: &Row) -> String {
    let Some(index) = &row.index else { return "–".to_owned() };
    match index.estimate.interval {
        Some((low, high)) => format!("{} [{}, {}]", three(index.estimate.value), three(low), three(high)),
        None => three(index.estimate.value),
    }
}
