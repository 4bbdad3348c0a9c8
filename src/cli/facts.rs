//! `facts`: what is known of the world beside the model's figures, and the fit of the parameters to it.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use comfy_table::{Cell, Table};

use super::common::{Common, Outcome, Work, Workspace, arms_of, plan_of, warned};
use super::keeper::carry_through;
use crate::engine::{Arm, batch};
use crate::experiments::facts::{self, Comparison, Use, Verdict};
use crate::experiments::fit;
use crate::experiments::keep::Missing;
use crate::experiments::memory::Need;
use crate::experiments::run::{Finished, conclude, more};
use crate::experiments::variants::{self, Contrast};
use crate::output::checkpoint::PlanFile;
use crate::output::{Folder, facts_table, trials_table};
use crate::scenario::Loaded;
use crate::text::{signed, three};

/// Compare the model with facts about labour markets: hit or miss
///
/// Facts marked "fit" were used to choose parameters of the base; facts marked "check" never are. A miss is shown and
/// is no error.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim facts scenarios/organic.toml
  introsim facts scenarios/organic.toml --fit 300 --replications 2 --weeks 104")]
pub(super) struct Args {
    /// Scenario files, or names of the library
    #[arg(required = true, value_name = "FILE", value_parser = super::place::scenario())]
    files: Vec<PathBuf>,
    /// Move parameters towards the facts marked "fit", trying so many points, before comparing
    #[arg(long, value_name = "TRIALS", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..))]
    fit: Option<u32>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let common = &args.common;
    let loaded = common.load(&args.files)?;
    if args.fit.is_some() && common.shards.shard.is_some() {
        let text = "--fit tries one point after the other and cannot be shared out; leave out --shard";
        return Err(super::BadInput(text.to_owned()).into());
    }
    let workspace = common.workspace("output/facts")?;
    workspace.afford(Need::of_runs(&variants::with_variants(&arms_of(&loaded))))?;
    let fit = args.fit;
    let plan = plan(&loaded, fit);
    let (at, own) = (workspace.clone(), loaded.clone());
    let ended =
        carry_through(&workspace, "comparison with facts", plan, move |work| execute(&at, work, &own, fit))?;
    let done = match ended {
        Ok(done) => done,
        Err(code) => return Ok(code),
    };
    if !common.site.quiet {
        report(&workspace.out, &done.compared)?;
    }
    Ok(done.outcome.report())
}

/// What was compared, and is written.
pub(super) struct Done {
    compared: Vec<(String, Vec<Comparison>)>,
    pub(super) outcome: Outcome,
}

/// All that a comparison depends on.
pub(super) fn plan(loaded: &[Loaded], fit: Option<u32>) -> PlanFile {
    plan_of("facts", loaded, [("fit", fit.into())])
}

/// Compares scenarios with facts and writes the tables.
///
/// - `fit`: points to try first, if parameters are to be moved
pub(super) fn execute(
    workspace: &Workspace,
    mut work: Work,
    loaded: &[Loaded],
    fit: Option<u32>,
) -> anyhow::Result<Done> {
    let mut arms = arms_of(loaded);
    let (pool, quiet) = (&workspace.pool, workspace.quiet);
    let keeper = Arc::clone(&work.keeper);
    if let Some(trials) = fit {
        let folder = work.folder()?;
        pool.install(|| fit_parameters(&mut arms, trials, quiet, folder))?;
    }
    let all = variants::with_variants(&arms);
    let bar = keeper.bar(batch::total_weeks(&all), quiet);
    let ran = pool.install(|| -> Result<_, Missing> {
        let mut finished = Finished::default();
        more(&all, 0, &mut finished, &|| bar.inc(1), &*keeper)?;
        Ok(conclude(&all, &finished))
    });
    bar.finish_and_clear();
    let finished = ran?;
    let compared: Vec<(String, Vec<Comparison>)> = arms
        .iter()
        .zip(&finished.summaries)
        .enumerate()
        .map(|(number, (arm, summary))| {
            let contrast = |of: &Contrast| variants::figure(&all, &finished, number, of);
            (arm.name.clone(), facts::compare(&arm.scenario, summary, &contrast))
        })
        .collect();
    work.folder()?.write(&facts_table(&compared))?;
    let mut manifest = super::run::manifest_of(loaded);
    for (resolved, arm) in manifest.scenarios.iter_mut().zip(&arms) {
        resolved.text = arm.scenario.canonical();
    }
    work.finish(workspace, &manifest, warned(&finished.warnings))?;
    let failed = finished.replications.iter().any(|replication| replication.result.is_err());
    Ok(Done { compared, outcome: Outcome::new(&finished.warnings, failed) })
}

/// Fits, writes every trial, and sets the arms to the best point.
fn fit_parameters(arms: &mut [Arm], trials: u32, quiet: bool, folder: &mut Folder) -> anyhow::Result<()> {
    let bar = super::progress::bar(u64::from(trials), quiet);
    let tried = fit::fit(arms, trials as usize, &|_| bar.inc(1));
    bar.finish_and_clear();
    folder.write(&trials_table(&tried))?;
    let best = &tried[fit::best_of(&tried)];
    let mut out: Box<dyn Write> =
        if quiet { Box::new(std::io::sink()) } else { Box::new(super::terminal::out()) };
    writeln!(
        out,
        "best of {} points ({} facts missed, distance {:.3}; before: {}, {:.3}):",
        tried.len(),
        best.misses,
        best.distance,
        tried[0].misses,
        tried[0].distance
    )?;
    for (path, value) in fit::MOVED.iter().zip(&best.values) {
        writeln!(out, "  {path} = {value}")?;
        for arm in arms.iter_mut() {
            if let Err(problem) = arm.scenario.set(path, &value.to_string()) {
                anyhow::bail!("{problem}");
            }
        }
    }
    writeln!(out)?;
    Ok(())
}

fn report(folder: &Path, compared: &[(String, Vec<Comparison>)]) -> anyhow::Result<()> {
    let mut out = super::terminal::out();
    let all = facts::once(compared);
    let part = |of_market: bool| -> Vec<(&str, &Comparison)> {
        all.iter().copied().filter(|(_, one)| one.of_labour_market() == of_market).collect()
    };
    for (title, facts) in [("Labour market", part(true)), ("Introductions that are paid for", part(false))] {
        if facts.is_empty() {
            continue;
        }
        writeln!(out, "{title}\n{}", table_of(&facts))?;
        let count = |used, hit: bool| {
            let judged =
                facts.iter().filter(|(_, c)| c.fact.used == used && c.verdict != Verdict::NotInTheModel);
            judged.filter(|(_, c)| !hit || c.verdict == Verdict::Hit).count()
        };
        writeln!(
            out,
            "{} of {} facts used to fit are hit, {} of {} that were not\n",
            count(Use::Fit, true),
            count(Use::Fit, false),
            count(Use::Check, true),
            count(Use::Check, false)
        )?;
    }
    writeln!(out, "The tables are in {}", folder.display())?;
    Ok(())
}

fn table_of(facts: &[(&str, &Comparison)]) -> Table {
    let mut table = super::table::empty(super::table::terminal_width());
    table.set_header(
        ["fact", "in", "used to", "target [range]", "model [95 %]", "off by", "verdict"].map(Cell::new),
    );
    for (name, c) in facts {
        let (low, high) = c.fact.range;
        let figure = c.figure.map_or("–".to_owned(), |e| match e.told() {
            Some((low, high)) => format!("{} [{}, {}]", three(e.value), three(low), three(high)),
            None => three(e.value),
        });
        table.add_row([
            format!("{}, {}", c.fact.what, c.fact.unit),
            (*name).to_owned(),
            if c.fact.used == Use::Fit { "fit" } else { "check" }.to_owned(),
            target(c.fact.target, low, high),
            figure,
            c.half_ranges().map_or("–".to_owned(), |off| signed(off, 1)),
            c.verdict.name().to_owned(),
        ]);
    }
    table
}

/// The figure of the world with its range, or its sign.
fn target(target: f64, low: f64, high: f64) -> String {
    match (low.is_finite(), high.is_finite()) {
        (true, false) => "more".to_owned(),
        (false, true) => "less".to_owned(),
        _ => format!("{} [{}, {}]", three(target), three(low), three(high)),
    }
}
