//! `flip`: how dear a burnt relationship must be for a claim to be true.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use comfy_table::{Cell, ContentArrangement, Table};

use super::breakeven::{Bars, finish};
use super::common::{Bench, Common, Outcome, Work, arms_of, plan_of};
use super::crossings::{crossed, figure, uncrossed, with_interval};
use super::keeper::carry_through;
use crate::charts::Drawn;
use crate::experiments::flip::{Flip, Flips, Turn, flips, metrics};
use crate::experiments::memory::Need;
use crate::experiments::warning::Warning;
use crate::output::blocks::PlanFile;
use crate::output::{Input, flip_curve_table, flip_table};
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
pub(super) struct Args {
    /// A file of claims, or the name of one of the library
    #[arg(value_name = "FILE", value_parser = super::place::experiment())]
    file: PathBuf,
    /// Costs of the coarse grid, over the whole range [default: those of the file, or 9]
    #[arg(short, long, value_name = "N", allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(2..=200))]
    points: Option<u16>,
    #[command(flatten)]
    pub(super) common: Common,
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let common = &args.common;
    common.say_where(&args.file);
    let claims = load_claims(&args.file, &common.settings(), &metrics())?;
    let bench = common.bench(format!("output/{}", claims.name))?;
    for claim in &claims.claims {
        bench.afford(Need::of_runs(&arms_of(std::slice::from_ref(&claim.scenario))))?;
    }
    let points = args.points.map(usize::from);
    let plan = plan(&claims, points);
    let (at, own) = (bench.clone(), claims.clone());
    let ended = carry_through(&bench, "search for flip points", plan, move |work| {
        carry_out(&at, work, &own, points)
    })?;
    let (found, drawn) = match ended {
        Ok(done) => done,
        Err(code) => return Ok(code),
    };
    if !common.quiet {
        let mut out = super::terminal::out();
        writeln!(out, "{}", render(&claims, &found))?;
        drawn.iter().try_for_each(|chart| writeln!(out, "\n{}", chart.found))?;
        writeln!(out, "\nTables and chart are in {}", bench.out.display())?;
    }
    Ok(outcome(&claims, &found).report())
}

/// All that the flip points depend on.
pub(super) fn plan(claims: &Claims, points: Option<usize>) -> PlanFile {
    let hash = blake3::hash(&claims.file.bytes).to_hex().to_string();
    plan_of("flip", scenarios_of(claims), [("claims", hash.into()), ("points", points.into())])
}

/// Finds where claims turn, writes the tables and draws the chart.
///
/// - `points`: of the coarse grid; those of the file if none
pub(super) fn carry_out(
    bench: &Bench,
    mut work: Work,
    claims: &Claims,
    points: Option<usize>,
) -> anyhow::Result<(Flips, Vec<Drawn>)> {
    let points = points.or(claims.points).unwrap_or(POINTS);
    let mut bars = Bars { quiet: bench.quiet, now: None };
    let found = bench.pool.install(|| flips(claims, points, &mut |weeks| bars.next(weeks), &*work.keeper));
    bars.end();
    let found = found?;
    work.folder()?.write(&flip_table(claims, &found))?;
    work.folder()?.write(&flip_curve_table(claims, &found))?;
    let all = scenarios_of(claims);
    let texts: Vec<(String, String)> =
        all.iter().map(|one| (one.name.clone(), one.scenario.canonical())).collect();
    let file = Input { name: claims.file.path.clone(), bytes: claims.file.bytes.clone() };
    let drawn = finish(work, &all, texts.into_iter(), &[file], bench)?;
    Ok((found, drawn))
}

/// What to warn of, and whether a replication failed.
pub(super) fn outcome(claims: &Claims, found: &Flips) -> Outcome {
    let replications =
        scenarios_of(claims).iter().map(|one| one.scenario.run.replications).min().unwrap_or(0);
    let few = (replications < 5).then(|| Warning::FewReplications { replications }.to_string());
    let failed = |flip: &Flip| flip.points.iter().any(|point| point.rows.iter().any(Result::is_err));
    let cautions = found.cautions.iter().map(ToString::to_string);
    Outcome::new(few.into_iter().chain(cautions), found.claims.iter().any(failed))
}

/// What a file claims, claim by claim, for `check`.
pub(super) fn check(file: &Path, settings: &[String]) -> Result<String, Problems> {
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
pub(super) fn list(file: &Path) -> Result<String, Problems> {
    let claims = load_claims(file, &[], &metrics())?;
    let mut text = format!("{}\n  {}\n", claims.name, claims.title);
    if let Some(question) = &claims.question {
        text += &format!("  asks:      {question}\n");
    }
    let (path, domain) = (claims.knob.key.path, claims.knob.domain_text());
    text += &format!("  tries:     {} claims, {path} {domain}\n", claims.claims.len());
    text += &format!("  run it by: introsim flip {}\n", super::place::typed(file));
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
pub(super) fn scenarios_of(claims: &Claims) -> Vec<&Loaded> {
    let mut all: Vec<&Loaded> = Vec::new();
    for one in claims.claims.iter().flat_map(|claim| std::iter::once(&claim.scenario).chain(&claim.against)) {
        if all.iter().all(|known| known.name != one.name) {
            all.push(one);
        }
    }
    all
}

fn render(claims: &Claims, found: &Flips) -> String {
    let mut table = Table::new();
    table.load_style(super::table::STYLE).set_content_arrangement(ContentArrangement::Dynamic);
    if let Some(width) = super::table::terminal_width() {
        table.set_width(width);
    }
    let head = ["claim", "a burnt relationship, $ per unit of goodwill [95 %]", "per bad introduction"];
    table.set_header(head.map(Cell::new));
    let ends = [0.0, 1.0].map(|place| figure(Unit::Dollars, claims.knob.along(place).unwrap_or(f64::NAN)));
    let range = format!("from {} to {}", ends[0], ends[1]);
    for (claim, flip) in claims.claims.iter().zip(&found.claims) {
        if flip.turns.is_empty() {
            let sentence = uncrossed(flip.found.as_ref(), "true", &range);
            table.add_row([claim.name.clone(), sentence, "–".to_owned()].map(Cell::new));
        }
        for (number, turn) in flip.turns.iter().enumerate() {
            let name = if number == 0 { claim.name.clone() } else { String::new() };
            table.add_row([name, sentence(turn), per_bad(turn)].map(Cell::new));
        }
    }
    format!("{}\n{table}", claims.title)
}

fn sentence(turn: &Turn) -> String {
    let value = with_interval(Unit::Dollars, turn.cost, turn.interval);
    crossed(&turn.crossing, ["true", "no longer true"], &value)
}

fn per_bad(turn: &Turn) -> String {
    let times = |cost: f64| cost * turn.goodwill;
    let interval = turn.interval.map(|(low, high)| (times(low), times(high)));
    with_interval(Unit::Dollars, times(turn.cost), interval)
}
