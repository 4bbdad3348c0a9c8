//! `run`: burn-in, opening and weeks of each scenario; tables and charts.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::SystemTime;

use anyhow::Context;

use crate::charts;
use crate::engine::{Arm, batch};
use crate::experiments::run::{Run, run as run_scenarios};
use crate::output::{Folder, Input, Manifest, OutputError, Provenance, Scenario as Resolved, write_run};
use crate::scenario::{Loaded, load_with};

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
    /// Replications of each scenario, each with its own luck
    #[arg(short = 'n', long, value_name = "N")]
    replications: Option<u32>,
    /// Seed of all luck
    #[arg(short, long, value_name = "S")]
    seed: Option<u64>,
    /// Weeks after the opening
    #[arg(short, long, value_name = "W")]
    weeks: Option<u32>,
    /// Change a key in every scenario, as in contract.share_of_salary=15%; may be repeated
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// Folder to write to; made if it is not there
    #[arg(short, long, value_name = "DIR", default_value = "output/run")]
    out: PathBuf,
    /// Replace the files of an earlier run in the folder
    #[arg(short, long)]
    force: bool,
    /// Threads; the results do not depend on it [default: all cores]
    #[arg(short = 't', long, alias = "jobs", value_name = "T", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// No progress bar and no table
    #[arg(short, long)]
    quiet: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let started = SystemTime::now();
    let loaded = load_all(args)?;
    let mut folder = Folder::create(&args.out, args.force).map_err(bad_folder)?;
    let arms: Vec<Arm> =
        loaded.iter().map(|l| Arm { name: l.name.clone(), scenario: l.scenario.clone() }).collect();
    let mut pool = rayon::ThreadPoolBuilder::new();
    if let Some(threads) = args.threads {
        pool = pool.num_threads(usize::from(threads));
    }
    let pool = pool.build().context("cannot start threads")?;
    let bar = super::progress::bar(batch::total_weeks(&arms), args.quiet);
    let finished = pool.install(|| run_scenarios(&arms, &|| bar.inc(1)));
    bar.finish_and_clear();
    let names: Vec<String> = arms.iter().map(|arm| arm.name.clone()).collect();
    write_run(&mut folder, &names, &finished)?;
    // The charts read their footers from the manifest; it is written again when they are there to be hashed.
    let manifest = manifest_of(&loaded);
    folder.write_dictionary(&charts::tables())?;
    folder.write_manifest(&manifest)?;
    let drawn = charts::draw_all(&args.out)?;
    folder.write_manifest(&manifest)?;
    folder.write_provenance(&Provenance {
        commit: option_env!("INTROSIM_COMMIT").map(str::to_owned),
        threads: pool.current_num_threads(),
        command: std::env::args().collect(),
        started,
        ended: SystemTime::now(),
    })?;
    if !args.quiet {
        report(args, &finished, &drawn)?;
    }
    for warning in &finished.warnings {
        super::say(&format!("warning: {warning}"));
    }
    let failed = finished.replications.iter().any(|r| r.result.is_err());
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// Reads every file before anything is started; all problems of all files are told.
fn load_all(args: &Args) -> anyhow::Result<Vec<Loaded>> {
    let mut settings = Vec::new();
    settings.extend(args.replications.map(|n| format!("run.replications={n}")));
    settings.extend(args.seed.map(|seed| format!("run.seed={seed}")));
    settings.extend(args.weeks.map(|weeks| format!("run.weeks={weeks}")));
    settings.extend(args.settings.iter().cloned());
    let mut loaded = Vec::new();
    let mut problems = None;
    for file in &args.files {
        match load_with(file, &settings) {
            Ok(one) => loaded.push(one),
            Err(found) => {
                if let Some(earlier) = problems.replace(found) {
                    super::say(&format!("{}\n", earlier.styled()));
                }
            }
        }
    }
    if let Some(last) = problems {
        return Err(last.into());
    }
    let several = loaded.len() > 1;
    let (skipped, kept): (Vec<_>, Vec<_>) =
        loaded.into_iter().partition(|l| several && l.scenario.is_abstract);
    for base in skipped {
        if !args.quiet {
            super::say(&format!("{} is abstract, a base for the others: not run by itself", base.name));
        }
    }
    if kept.is_empty() {
        return Err(
            super::BadInput("all of these scenarios are abstract; give one that is not".to_owned()).into()
        );
    }
    let mut seen: BTreeMap<&str, ()> = BTreeMap::new();
    for one in &kept {
        if seen.insert(&one.name, ()).is_some() {
            let text = format!("two scenarios are called {}; rename one of the files", one.name);
            return Err(super::BadInput(text).into());
        }
    }
    Ok(kept)
}

/// A folder that may not be written to is bad input: nothing has been started.
fn bad_folder(error: OutputError) -> anyhow::Error {
    match error {
        OutputError::NotEmpty { .. } | OutputError::Foreign { .. } => {
            super::BadInput(error.to_string()).into()
        }
        other => other.into(),
    }
}

fn manifest_of(loaded: &[Loaded]) -> Manifest {
    let mut inputs: Vec<Input> = Vec::new();
    for file in loaded.iter().flat_map(|l| &l.chain) {
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

fn report(args: &Args, run: &Run, drawn: &[charts::Drawn]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", super::table::render(&run.summaries))?;
    for chart in drawn {
        writeln!(out, "{}", chart.title)?;
    }
    writeln!(out, "\nTables and charts are in {}", args.out.display())?;
    Ok(())
}
