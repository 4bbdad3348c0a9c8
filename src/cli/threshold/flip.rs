//! `flip`: how dear a burnt relationship must be for a claim to be true.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use comfy_table::Cell;

use super::{Search, crossed, range_text, uncrossed, with_interval};
use crate::cli::common::{Common, arms_of, plan_of};
use crate::cli::table::{empty, terminal_width};
use crate::experiments::memory::Need;
use crate::experiments::threshold::flip::{metrics, question};
use crate::experiments::threshold::{Answer, Turn};
use crate::output::checkpoint::PlanFile;
use crate::output::{Input, flip_tables};
use crate::scenario::experiment::{Claim, Claims, Holds, load_claims};
use crate::scenario::{Loaded, Problems};
use crate::units::Unit;

/// Points of the coarse grid where neither the file nor the command line says how many.
const POINTS: usize = 9;

/// Find how dear a burnt relationship must be for a claim to be true
///
/// A file of claims says what should be true of some scenarios: an outcome, and on which side of a threshold its mean lies.
/// Each is judged over a range of introducers.goodwill_value, what a unit of goodwill is worth. Nobody has measured that;
/// the answer is the cost at which the claim turns, also in dollars per bad introduction.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim flip flip-points
  introsim flip flip-points --replications 20 --points 12

A claim in such a file:
  [[claims]]
  name = \"Unscreened, it does not live\"
  scenario = \"../contingency.toml\"     # and, for a difference: against = \"…\"
  metric = \"placements_per_10000\"      # an outcome of outcomes.csv, or profit_per_hour
  holds = \"below\"
  threshold = 5")]
pub(in crate::cli) struct Args {
    /// A file of claims, or the name of one of the library
    #[arg(value_name = "FILE", value_parser = crate::cli::place::experiment())]
    file: PathBuf,
    /// Costs of the coarse grid, over the whole range [default: those of the file, or 9]
    #[arg(short, long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(2..=200))]
    points: Option<u16>,
    #[command(flatten)]
    pub(in crate::cli) common: Common,
}

pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let common = &args.common;
    common.say_where(&args.file);
    let claims = load_claims(&args.file, &common.settings(), &metrics())?;
    let workspace = common.workspace(format!("output/{}", claims.name))?;
    for claim in &claims.claims {
        workspace.afford(Need::of_runs(&arms_of(std::slice::from_ref(&claim.scenario))))?;
    }
    search(&claims, args.points.map(usize::from)).run(common, &workspace)
}

/// The search for where claims turn.
///
/// - `points`: of the coarse grid; those of the file if none
pub(in crate::cli) fn search(claims: &Claims, points: Option<usize>) -> Search<Claim> {
    let all = scenarios_of(claims);
    let scenario = |one: &&Loaded| (one.name.clone(), one.scenario.canonical());
    Search {
        question: question(claims, points.or(claims.points).unwrap_or(POINTS)),
        kind: "search for flip points",
        plan: plan(claims, points),
        loaded: all.iter().map(|&one| one.clone()).collect(),
        scenarios: all.iter().map(scenario).collect(),
        inputs: vec![Input { name: claims.file.path.clone(), bytes: claims.file.bytes.clone() }],
        tables: flip_tables,
        render,
        title: claims.title.clone(),
    }
}

/// All that the flip points depend on.
pub(in crate::cli) fn plan(claims: &Claims, points: Option<usize>) -> PlanFile {
    let hash = blake3::hash(&claims.file.bytes).to_hex().to_string();
    plan_of("flip", scenarios_of(claims), [("claims", hash.into()), ("points", points.into())])
}

/// What a file claims, claim by claim, for `check`.
pub(in crate::cli) fn check(file: &Path, settings: &[String]) -> Result<String, Problems> {
    let claims = load_claims(file, settings, &metrics())?;
    let mut text = format!("{}: {}\n", claims.name, claims.title);
    if let Some(question) = &claims.question {
        text += &format!("  asks: {question}\n");
    }
    text += &format!("  turns {}: {}\n", claims.knob.key.path, claims.knob.domain_text());
    for claim in &claims.claims {
        text += &format!("    {}: {}\n", claim.name, in_words(claim));
    }
    Ok(text + "\n")
}

/// A file of claims in a few lines, for `list`.
pub(in crate::cli) fn list(file: &Path) -> Result<String, Problems> {
    let claims = load_claims(file, &[], &metrics())?;
    let mut text = format!("{}\n  {}\n", claims.name, claims.title);
    if let Some(question) = &claims.question {
        text += &format!("  asks:      {question}\n");
    }
    let (path, domain) = (claims.knob.key.path, claims.knob.domain_text());
    text += &format!("  tries:     {} claims, {path} {domain}\n", claims.claims.len());
    text += &format!("  run it by: introsim flip {}\n", crate::cli::place::typed(file));
    Ok(text)
}

/// A claim in numbers: "mean placements_per_10000 of contingency at most 5".
fn in_words(claim: &Claim) -> String {
    let less = claim.against.as_ref().map(|other| format!(" less that of {}", other.name));
    let side = if claim.holds == Holds::Below { "at most" } else { "at least" };
    let (metric, scenario) = (claim.metric, &claim.scenario.name);
    format!("mean {metric} of {scenario}{} {side} {}", less.unwrap_or_default(), claim.threshold)
}

/// Every scenario once.
pub(in crate::cli) fn scenarios_of(claims: &Claims) -> Vec<&Loaded> {
    let mut all: Vec<&Loaded> = Vec::new();
    for one in claims.claims.iter().flat_map(|claim| std::iter::once(&claim.scenario).chain(&claim.against)) {
        if all.iter().all(|known| known.name != one.name) {
            all.push(one);
        }
    }
    all
}

fn render(search: &Search<Claim>, found: &Answer<Claim>) -> String {
    let mut table = empty(terminal_width());
    let head = ["claim", "a burnt relationship, $ per unit of goodwill [95 %]", "per bad introduction"];
    table.set_header(head.map(Cell::new));
    let range = range_text(&search.question);
    for (claim, answered) in search.question.subjects.iter().zip(&found.subjects) {
        for finding in &answered.findings {
            if finding.turns.is_empty() {
                let sentence =
                    uncrossed(finding.found.as_ref(), "true", &range, (finding.part, Unit::Dollars));
                table.add_row([claim.name.clone(), sentence, "–".to_owned()].map(Cell::new));
            }
            for (number, turn) in finding.turns.iter().enumerate() {
                let name = if number == 0 { claim.name.clone() } else { String::new() };
                table.add_row([name, sentence(turn), per_bad(turn)].map(Cell::new));
            }
        }
    }
    format!("{}\n{table}", search.title)
}

fn sentence(turn: &Turn<f64>) -> String {
    let value = with_interval(Unit::Dollars, turn.value, turn.interval);
    crossed(&turn.crossing, ["true", "no longer true"], &value)
}

fn per_bad(turn: &Turn<f64>) -> String {
    let times = |cost: f64| cost * turn.meaning;
    let interval = turn.interval.map(|(low, high)| (times(low), times(high)));
    with_interval(Unit::Dollars, times(turn.value), interval)
}
