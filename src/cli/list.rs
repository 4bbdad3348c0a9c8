//! `list`: the scenarios and experiments of a folder, one after the other: who pays what and when, what is tried.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;

use crate::scenario::{Loaded, Scenario, experiment, load};
use crate::units::Unit;

/// List the scenarios of a folder: what each asks, who pays what and when, who is screened
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim list
  introsim list scenarios/studies")]
pub(super) struct Args {
    /// The folder
    #[arg(default_value = "scenarios", value_name = "DIR")]
    folder: PathBuf,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let shown = args.folder.display();
    if !args.folder.is_dir() {
        return Err(
            super::BadInput(format!("there is no folder {shown}; name one: `introsim list DIR`")).into()
        );
    }
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&args.folder).with_context(|| format!("cannot read {shown}"))? {
        let path = entry.with_context(|| format!("cannot read {shown}"))?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
    files.sort();
    let mut out = std::io::stdout().lock();
    if files.is_empty() {
        writeln!(out, "{shown} holds no scenarios; `introsim new NAME` writes one")?;
    }
    let mut wrong = 0;
    for file in &files {
        let described = if experiment::is_experiment(file) {
            super::studies::list(file)
        } else {
            load(file).map(|loaded| describe(&loaded))
        };
        match described {
            Ok(text) => writeln!(out, "{text}")?,
            Err(problems) => {
                wrong += 1;
                out.flush()?;
                super::say(&format!("{}\n", problems.styled()));
            }
        }
    }
    Ok(if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::from(super::BAD_INPUT) })
}

fn describe(loaded: &Loaded) -> String {
    let scenario = &loaded.scenario;
    let note = if scenario.is_abstract { "  (a base for others, not to be run itself)" } else { "" };
    let mut text = format!("{}{note}\n  {}\n", loaded.name, scenario.title);
    if let Some(question) = &scenario.question {
        text += &format!("  asks:      {question}\n");
    }
    text += &format!("  pays:      {}\n", who_pays(scenario));
    if scenario.sellers.share > 0.0 {
        text += &format!("  screening: {}\n", screening(scenario));
    }
    text
}

/// Who pays how much, and when.
fn who_pays(scenario: &Scenario) -> String {
    let (sellers, contract) = (&scenario.sellers, &scenario.contract);
    if sellers.share <= 0.0 {
        return "nobody: no introducer sells".to_owned();
    }
    let dollars = |amount: f64| Unit::Dollars.format(amount);
    let terms = [
        (contract.upfront, format!("{} up front", dollars(contract.upfront))),
        (contract.per_introduction, format!("{} for each introduction", dollars(contract.per_introduction))),
        (contract.retainer_per_week, format!("{} a week", dollars(contract.retainer_per_week))),
        (
            contract.share_of_salary,
            format!(
                "{} of the first year's salary on a placement",
                Unit::Share.format(contract.share_of_salary)
            ),
        ),
        (contract.success_fee, format!("{} on a placement", dollars(contract.success_fee))),
    ];
    let due: Vec<String> =
        terms.into_iter().filter(|(amount, _)| *amount > 0.0).map(|(_, words)| words).collect();
    let price = if due.is_empty() { "nothing".to_owned() } else { due.join(" and ") };
    let guarantee = match contract.guarantee_weeks {
        0 => String::new(),
        weeks => format!(", money back after {}", Unit::Weeks.format(f64::from(weeks))),
    };
    let share = Unit::Share.format(sellers.share);
    format!("the seeker, {price}{guarantee}; {share} of introducers sell")
}

fn screening(scenario: &Scenario) -> String {
    let stages = &scenario.screening.stages;
    let hours: f64 = stages.iter().map(|stage| stage.hours).sum();
    match stages.len() {
        0 => "none, sight unseen".to_owned(),
        1 => format!("one stage, {}", Unit::Hours.format(hours)),
        count => format!("{count} stages, {} in all", Unit::Hours.format(hours)),
    }
}
