//! `compare`: scenarios on the same luck, each against a baseline.

use std::process::ExitCode;

use super::BadInput;
use super::run::{Asked, begin};
use crate::experiments::paired::Baseline;
use crate::scenario::Loaded;

/// Compare scenarios on the same luck: what is higher, what is lower, what cannot be told apart
///
/// Runs and writes all that `run` does. Differences are taken replication by replication, so that the luck that all
/// scenarios share cancels; differences.csv has one for every outcome, with its 95 % interval.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim compare scenarios/organic.toml scenarios/contingency.toml
  introsim compare scenarios/*.toml --baseline organic --metric goodwill,hires_cold,welfare_sum
  introsim compare scenarios/contingency.toml scenarios/contingency-screened.toml --replications 40")]
pub(super) struct Args {
    #[command(flatten)]
    pub(super) asked: Asked,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let Asked { files, against, precise, common } = &args.asked;
    let loaded = common.load(files)?;
    if let [only] = loaded.as_slice() {
        let text = format!("{} is the only scenario to run; give two or more to compare", only.name);
        return Err(BadInput(text).into());
    }
    let chosen = against.choose(&loaded, Baseline::Asked(0))?;
    refuse_other_weeks(&loaded, &loaded[chosen.baseline.first()])?;
    let workspace = common.workspace("output/compare")?;
    match begin(&workspace, "compare", precise, &loaded, Some(&chosen))? {
        Ok(done) => done.report(&workspace, Some(&chosen)),
        Err(code) => Ok(code),
    }
}

/// Outcomes of different spans are not compared; a command that does nothing else need not start.
fn refuse_other_weeks(loaded: &[Loaded], baseline: &Loaded) -> anyhow::Result<()> {
    let weeks = |one: &Loaded| one.scenario.run.weeks;
    let others = loaded.iter().filter(|one| weeks(one) != weeks(baseline));
    let others: Vec<String> = others.map(|one| format!("{} for {}", one.name, weeks(one))).collect();
    if others.is_empty() {
        return Ok(());
    }
    let text = format!(
        "scenarios that run for different numbers of weeks cannot be compared: {} for {}, {}; --weeks gives all the same",
        baseline.name,
        weeks(baseline),
        others.join(", ")
    );
    Err(BadInput(text).into())
}
