//! `run`: burn-in, opening and weeks of each scenario; tables and charts.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use super::common::{Common, arms_of};
use crate::charts;
use crate::engine::batch;
use crate::experiments::run::{Run, run as run_scenarios};
use crate::output::{Folder, Input, Manifest, Provenance, Scenario as Resolved, write_run};
use crate::scenario::Loaded;

/// Run scenarios on the same luck, and write tables and charts
///
/// Each replication lives through one burn-in for each labour market and forks at the opening into every scenario.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim run scenarios/*.toml
  introsim run scenarios/organic.toml scenarios/contingency.toml --replications 40 --out output/mine
  introsim run scenarios/contingency.toml --set contract.share_of_salary=15% --set sellers.share=10%")]
pub(super) struct Args {
    /// Scenario files; those marked abstract are skipped if there are others
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let started = SystemTime::now();
    let common = &args.common;
    let loaded = common.load(&args.files)?;
    let mut folder = common.folder("output/run")?;
    let arms = arms_of(&loaded);
    let pool = common.pool()?;
    let bar = super::progress::bar(batch::total_weeks(&arms), common.quiet);
    let finished = pool.install(|| run_scenarios(&arms, &|| bar.inc(1)));
    bar.finish_and_clear();
    let names: Vec<String> = arms.iter().map(|arm| arm.name.clone()).collect();
    write_run(&mut folder, &names, &finished)?;
    // The charts read their footers from the manifest; it is written again when they are there to be hashed.
    let manifest = manifest_of(&loaded);
    folder.write_dictionary(&charts::tables())?;
    folder.write_manifest(&manifest)?;
    let drawn = charts::draw_all(folder.path())?;
    folder.claim(drawn.iter().flat_map(|chart| &chart.files).map(PathBuf::as_path));
    folder.write_manifest(&manifest)?;
    folder.write_provenance(&Provenance {
        commit: option_env!("INTROSIM_COMMIT").map(str::to_owned),
        threads: pool.current_num_threads(),
        command: super::common::command_line(),
        started,
        ended: SystemTime::now(),
    })?;
    if !common.quiet {
        report(&folder, &finished, &drawn)?;
    }
    for warning in &finished.warnings {
        super::say(&format!("warning: {warning}"));
    }
    let failed = finished.replications.iter().any(|r| r.result.is_err());
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
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

fn report(folder: &Folder, run: &Run, drawn: &[charts::Drawn]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", super::table::render(&run.summaries, super::table::terminal_width()))?;
    for chart in drawn {
        writeln!(out, "{}", chart.title)?;
    }
    writeln!(out, "\nTables and charts are in {}", folder.path().display())?;
    Ok(())
}
