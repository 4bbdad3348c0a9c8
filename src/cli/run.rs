//! `run`: burn-in, opening and weeks of each scenario; tables and charts.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::against::{Against, Chosen, unasked};
use super::common::{Common, Outcome, Work, Workspace, arms_of, plan_of, warned};
use super::cost::Planned;
use super::keeper::carry_through;
use super::precise::{Effort, Precise};
use crate::charts;
use crate::engine::{Arm, batch};
use crate::experiments::memory::Need;
use crate::experiments::paired::{self, Comparison};
use crate::experiments::run::Run;
use crate::experiments::summary;
use crate::output::checkpoint::PlanFile;
use crate::output::{Input, Manifest, Scenario as Resolved, assumptions_table, differences_table, write_run};
use crate::scenario::Loaded;

/// Run scenarios on the same luck, and write tables and charts
///
/// Each replication lives through one burn-in for each labour market and forks at the opening into every scenario.
/// Two scenarios or more are also compared with one of them, as `compare` does.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim run scenarios/*.toml
  introsim run scenarios/organic.toml scenarios/contingency.toml --replications 40 --out output/mine
  introsim run scenarios/contingency.toml --precision 5% --most 100
  introsim run scenarios/contingency.toml --assumptions 200
  introsim run scenarios/contingency.toml --set contract.share_of_salary=15% --set sellers.share=10%")]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) asked: Asked,
}

/// Files and options of the commands that run scenarios and compare them.
#[derive(Debug, clap::Args)]
pub(super) struct Asked {
    /// Scenario files, or names of the library; those marked abstract are skipped if there are others
    #[arg(required = true, value_name = "FILE", value_parser = super::place::scenario())]
    pub(super) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) against: Against,
    #[command(flatten)]
    pub(super) precise: Precise,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let Asked { files, against, precise, common } = &args.asked;
    let loaded = common.load(files)?;
    let chosen = if loaded.len() > 1 {
        Some(against.choose(&loaded, unasked(&arms_of(&loaded)))?)
    } else if against.is_asked() {
        let text =
            format!("--baseline and --metric compare scenarios; {} is the only one to run", loaded[0].name);
        return Err(super::BadInput(text).into());
    } else {
        None
    };
    let workspace = common.workspace("output/run")?;
    let done = match begin(&workspace, "run", precise, &loaded, chosen.as_ref())? {
        Ok(done) => done,
        Err(code) => return Ok(code),
    };
    if !common.site.quiet {
        let width = super::table::terminal_width();
        let baseline = chosen.as_ref().map(|chosen| chosen.baseline.first());
        super::terminal::show(&super::table::render(&done.run.summaries, baseline, width))?;
    }
    done.report(&workspace, chosen.as_ref())
}

/// Runs scenarios as a command by itself; the code to end with where nothing is to be reported.
pub(super) fn begin(
    workspace: &Workspace,
    kind: &'static str,
    precise: &Precise,
    loaded: &[Loaded],
    chosen: Option<&Chosen>,
) -> anyhow::Result<Result<Done, ExitCode>> {
    workspace.afford(Need::of_runs(&arms_of(loaded)))?;
    let plan = plan(kind, precise, loaded, chosen);
    let (at, precise, loaded, chosen) =
        (workspace.clone(), precise.clone(), loaded.to_vec(), chosen.cloned());
    carry_through(workspace, kind, plan, move |work| {
        planned(&precise, &loaded).foretell(&at);
        execute(&at, work, &precise, &loaded, chosen.as_ref(), Page::Own)
    })
}

/// What a run costs; where replications are added until it is precise, what it costs at least.
pub(super) fn planned(precise: &Precise, loaded: &[Loaded]) -> Planned {
    let arms = arms_of(loaded);
    let mut once: Vec<Arm> = arms.iter().filter(|arm| precise.is_assumed(&arm.name)).cloned().collect();
    once.iter_mut().for_each(|arm| arm.scenario.run.replications = 1);
    let points = precise.points().unwrap_or(0) as u64 * batch::total_weeks(&once);
    let sells = loaded.iter().find(|one| one.scenario.may_sell()).unwrap_or(&loaded[0]);
    let more = if precise.adds_replications() { "; more where it is not precise enough" } else { "" };
    Planned { market: sells.scenario.clone(), weeks: batch::total_weeks(&arms) + points, more }
}

/// All that the results depend on.
pub(super) fn plan(kind: &str, precise: &Precise, loaded: &[Loaded], chosen: Option<&Chosen>) -> PlanFile {
    let baseline = chosen.map_or(Value::Null, |chosen| held_against(chosen, loaded));
    plan_of(kind, loaded, [("baseline", baseline), ("precision", precise.text().into())])
}

/// The baseline by its name; by scenario where it is not the same for all.
fn held_against(chosen: &Chosen, loaded: &[Loaded]) -> Value {
    let arms = arms_of(loaded);
    let first = chosen.baseline.first();
    let each = chosen.baseline.of_each(&arms);
    if each.iter().enumerate().all(|(arm, other)| arm == first || *other == Some(first)) {
        return arms[first].name.as_str().into();
    }
    let name = |other: Option<usize>| other.map_or(Value::Null, |other| arms[other].name.as_str().into());
    let named: Map<String, Value> =
        arms.iter().zip(each).map(|(arm, other)| (arm.name.clone(), name(other))).collect();
    named.into()
}

/// What was run, and is written.
pub(super) struct Done {
    run: Run,
    comparisons: Vec<Comparison>,
    drawn: Vec<charts::Drawn>,
    effort: Option<Effort>,
    /// Weeks of the shortest run.
    weeks: u32,
    /// What charts call a scenario, and its name.
    names: Vec<(String, String)>,
}

/// Whether a run gets a page of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    Own,
    /// It is told of on the page of its study.
    OfStudy,
}

/// Runs scenarios, compares them if there is a baseline, and leaves tables and charts in the folder.
pub(super) fn execute(
    workspace: &Workspace,
    mut work: Work,
    precise: &Precise,
    loaded: &[Loaded],
    chosen: Option<&Chosen>,
    page: Page,
) -> anyhow::Result<Done> {
    let mut arms = arms_of(loaded);
    let keeper = Arc::clone(&work.keeper);
    let (pool, quiet) = (&workspace.pool, workspace.quiet);
    let ran = pool.install(|| precise.run(&mut arms, quiet, &keeper));
    let names: Vec<String> = arms.iter().map(|arm| arm.name.clone()).collect();
    // A shard does its part of both, where the second does not hang on the first.
    let points = precise.points().filter(|_| ran.is_ok() || !precise.adds_replications()).map(|points| {
        let run_there: Vec<bool> = names.iter().map(|name| precise.is_assumed(name)).collect();
        pool.install(|| super::precise::explore(&arms, &run_there, points, quiet, &keeper))
    });
    let (mut run, effort) = ran?;
    let points = points.transpose()?;
    work.folder()?;
    let fetch = keeper.reader(&work.store)?;
    let folder = work.folder()?;
    if let Some(points) = points {
        summary::add_assumptions(&mut run.summaries, &points);
        folder.write(&assumptions_table(&names, &points))?;
    }
    write_run(folder, &names, &run, &fetch)?;
    let mut comparisons = Vec::new();
    if let Some(Chosen { baseline, .. }) = chosen {
        comparisons = paired::compare(&arms, &run.replications, *baseline);
        folder.write(&differences_table(&comparisons))?;
        run.warnings.extend(paired::warnings(&arms, *baseline, &comparisons));
    }
    let mut manifest = manifest_of(loaded);
    manifest.replications = arms.iter().map(|arm| arm.scenario.run.replications).max().unwrap_or(0);
    for (resolved, arm) in manifest.scenarios.iter_mut().zip(&arms) {
        resolved.text = arm.scenario.canonical();
    }
    let more = warned(&run.warnings);
    let account = manifest.account_with(&more);
    let drawn = work.finish_with(workspace, &manifest, more, |folder, drawn| {
        if page == Page::Own {
            let written = crate::report::write_run(folder.path(), &account, drawn)?;
            folder.claim([&written]);
        }
        Ok(())
    })?;
    let weeks = arms.iter().map(|arm| arm.scenario.run.weeks).min().unwrap_or(0);
    let short = |arm: &Arm| (arm.scenario.short_name(&arm.name), arm.name.clone());
    let names = arms.iter().map(short).filter(|(short, name)| short != name).collect();
    Ok(Done { run, comparisons, drawn, effort, weeks, names })
}

impl Done {
    /// Says what came out unless asked to be quiet, warns in any case, and gives the code to end with.
    pub(super) fn report(&self, workspace: &Workspace, chosen: Option<&Chosen>) -> anyhow::Result<ExitCode> {
        if !workspace.quiet {
            if let Some(Chosen { metrics, .. }) = chosen {
                let width = super::table::terminal_width();
                let text = super::differences::render(&self.comparisons, metrics, width);
                super::terminal::show(&format!("\n{text}\n"))?;
            }
            super::terminal::found(self.drawn.iter().map(|chart| chart.found.as_str()), &self.names)?;
            let ends = super::ends::lines(&self.run.summaries, &self.comparisons, self.weeks);
            let mut out = super::terminal::out();
            if !ends.is_empty() {
                writeln!(out)?;
            }
            for line in ends {
                super::terminal::show(&super::terminal::wrapped(&line))?;
            }
            for line in self.effort.iter().flat_map(Effort::lines) {
                writeln!(out, "{line}")?;
            }
            let page = workspace.out.join(crate::report::NAME);
            writeln!(out, "\nAll of it on one page: {}", page.display())?;
            writeln!(out, "Tables and charts are in {}", workspace.out.display())?;
        }
        Ok(self.outcome().report())
    }

    /// What to warn of, and whether a replication failed.
    pub(super) fn outcome(&self) -> Outcome {
        let failed = self.run.replications.iter().any(|replication| replication.result.is_err());
        Outcome::new(&self.run.warnings, failed)
    }
}

pub(super) fn manifest_of(loaded: &[Loaded]) -> Manifest {
    let mut inputs: Vec<Input> = Vec::new();
    for file in loaded.iter().flat_map(|l| l.chain.iter().chain(&l.graph)) {
        if inputs.iter().all(|known| known.name != file.path) {
            inputs.push(Input { name: file.path.clone(), bytes: file.bytes.clone() });
        }
    }
    let run = &loaded[0].scenario.run;
    Manifest {
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        seed: run.seed,
        replications: loaded.iter().map(|l| l.scenario.run.replications).max().unwrap_or(0),
        scenarios: loaded
            .iter()
            .map(|l| Resolved { name: l.name.clone(), text: l.scenario.canonical() })
            .collect(),
        inputs,
    }
}
