//! `breakeven`: the value of a knob at which a seller's hour pays, and at which sellers place enough for a market.

use std::path::PathBuf;
use std::process::ExitCode;

use comfy_table::Cell;

use super::{Search, crossed, figure, range_text, uncrossed, with_interval};
use crate::cli::BadInput;
use crate::cli::common::{Common, arms_of, plan_of};
use crate::cli::table::{empty, right, terminal_width};
use crate::experiments::memory::Need;
use crate::experiments::threshold::breakeven::{AtCrossing, Criterion, Level};
use crate::experiments::threshold::{Answer, Finding, Question, Turn};
use crate::output::breakeven_tables;
use crate::output::checkpoint::PlanFile;
use crate::scenario::experiment::{Domain, Scale, check_places, knob_of, with_setting};
use crate::scenario::{Key, Loaded, Problems, Scenario};
use crate::units::Unit;

/// Points of the coarse grid where nobody says how many.
pub(in crate::cli) const POINTS: u16 = 12;

/// Find the value of a knob at which selling introductions begins to pay
///
/// For each setting of --at: where a seller's hour pays (in the judged weeks, and over all weeks), social capital counted
/// and hours worked and open at what they are worth to him elsewhere, and where sellers place 5 people per 10,000 workers
/// and year. In a closed market also where a week pays the last who sells: along the number of sellers this is the fast way
/// to the size that a market comes to if anybody may enter. A coarse grid over the range, then two rounds of points where something turns and one at each crossing, from
/// which fee and hours are read; all on the same luck. Intervals are 95 %, by bootstrap over eight replications or more.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim breakeven scenarios/contingency.toml --knob contract.share_of_salary --range 1%..60%
  introsim breakeven scenarios/contingency.toml --knob contract.success_fee --range '$1,000..$100,000' \\
    --at screening.stages=[] --at 'screening.stages=[{ hours = \"1h\", accept_above = 0.2 }]'
  introsim breakeven scenarios/contingency-screened.toml --knob screening.hours --range 0..16h
  introsim breakeven contingency --knob sellers.share --range 1%..60% --set sellers.entry=closed --weeks 156")]
pub(in crate::cli) struct Args {
    /// A scenario file, or the name of one of the library
    #[arg(value_name = "FILE", value_parser = crate::cli::place::scenario())]
    file: PathBuf,
    /// The key to turn; or screening.hours, which makes the scenario's own stages longer or shorter
    #[arg(short, long, value_name = "KEY")]
    knob: String,
    /// Where to look [default: the believable range of the key; all of a share]
    #[arg(short, long, value_name = "LOW..HIGH", allow_hyphen_values = true)]
    range: Option<String>,
    /// A setting to look at; repeat it for several, each by itself [default: the scenario as it is]
    #[arg(long, value_name = "KEY=VALUE")]
    at: Vec<String>,
    /// Values of the coarse grid, over the whole range
    #[arg(short, long, value_name = "N", default_value_t = POINTS, allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(2..=200))]
    points: u16,
    /// Walk through the range by differences or by ratios [default: log if the ends differ by a factor of ten]
    #[arg(long, value_enum)]
    scale: Option<Walk>,
    #[command(flatten)]
    pub(in crate::cli) common: Common,
}

/// How a range is walked through.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(in crate::cli) enum Walk {
    /// By differences
    Linear,
    /// By ratios
    Log,
}

impl Walk {
    pub(in crate::cli) fn scale(self) -> Scale {
        match self {
            Self::Linear => Scale::Linear,
            Self::Log => Scale::Log,
        }
    }
}

pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let common = &args.common;
    let loaded = common.load(std::slice::from_ref(&args.file))?.remove(0);
    let knob = knob_of(&args.knob, args.range.as_deref(), args.scale.map(Walk::scale))?;
    if loaded.overridden.contains(&knob.key.path) {
        let text = format!("`{}` is the knob and set besides; leave out the setting", knob.key.path);
        return Err(BadInput(text).into());
    }
    let subjects = levels_of(&loaded, &args.at, knob.key)?;
    let question = Question { knob, subjects, points: usize::from(args.points) };
    check(&question)?;
    let workspace = common.workspace("output/breakeven")?;
    workspace.afford(Need::of_runs(&arms_of(std::slice::from_ref(&loaded))))?;
    search(&loaded, question).run(common, &workspace)
}

/// The search that answers a question.
pub(in crate::cli) fn search(loaded: &Loaded, question: Question<Level>) -> Search<Level> {
    let scenario = |level: &Level| (level.name.clone(), level.scenario.canonical());
    Search {
        kind: "search for a break-even",
        plan: plan(loaded, &question),
        loaded: vec![loaded.clone()],
        scenarios: question.subjects.iter().map(scenario).collect(),
        inputs: Vec::new(),
        tables: breakeven_tables,
        render,
        title: String::new(),
        question,
    }
}

/// All that the answer to a question depends on.
pub(in crate::cli) fn plan(loaded: &Loaded, question: &Question<Level>) -> PlanFile {
    let domain = match question.knob.domain {
        Domain::Range { low, high, scale } => format!("{low} {high} {scale:?}"),
        _ => String::new(),
    };
    let levels: Vec<[String; 2]> =
        question.subjects.iter().map(|level| [level.name.clone(), level.scenario.canonical()]).collect();
    let more = [
        ("knob", question.knob.key.path.into()),
        ("domain", domain.into()),
        ("points", question.points.into()),
        ("levels", serde_json::json!(levels)),
    ];
    plan_of("breakeven", [loaded], more)
}

/// The scenario as it is, or once for each setting.
fn levels_of(loaded: &Loaded, settings: &[String], knob: &Key) -> anyhow::Result<Vec<Level>> {
    if settings.is_empty() {
        return Ok(vec![Level { name: loaded.name.clone(), scenario: loaded.scenario.clone() }]);
    }
    let mut levels: Vec<Level> = Vec::new();
    let mut problems: Option<Problems> = None;
    for setting in settings {
        let (key, scenario) = match with_setting(loaded, setting) {
            Ok(level) => level,
            Err(found) => {
                match &mut problems {
                    Some(all) => all.join(found),
                    None => problems = Some(found),
                }
                continue;
            }
        };
        if key.path == knob.path {
            let text =
                format!("--at {setting}: `{}` is the knob, and takes every value of its range", key.path);
            return Err(BadInput(text).into());
        }
        let name = level_name(key, setting, &scenario);
        if levels.iter().any(|level| level.name == name) {
            return Err(BadInput(format!("--at {setting}: this setting is given twice")).into());
        }
        levels.push(Level { name, scenario });
    }
    match problems {
        Some(all) => Err(all.into()),
        None => Ok(levels),
    }
}

/// The setting as a scenario writes it, without the quotes.
fn level_name(key: &Key, setting: &str, scenario: &Scenario) -> String {
    let written = setting.split_once('=').map_or("", |(_, value)| value).trim();
    let value = scenario.text(key.path).unwrap_or_else(|| written.to_owned());
    format!("{} = {}", key.path, value.replace('"', ""))
}

/// What can be known before anything is run.
pub(in crate::cli) fn check(question: &Question<Level>) -> anyhow::Result<()> {
    let grid = question.grid();
    for level in &question.subjects {
        check_places(&question.knob, &level.scenario, &grid, &level.name)?;
        let sells = |&place: &f64| question.turned(&level.scenario, place).may_sell();
        if !grid.iter().any(sells) {
            let text = format!(
                "{}: nobody sells (sellers.entry is {}), so nothing can pay; try --set sellers.entry=free --set \
                 sellers.share=5%",
                level.name,
                level.scenario.text("sellers.entry").unwrap_or_default().replace('"', "")
            );
            return Err(BadInput(text).into());
        }
    }
    Ok(())
}

/// What is said of each criterion: of whom, that it holds, and that it holds no longer.
fn words(criterion: Criterion) -> (&'static str, [&'static str; 2]) {
    match criterion {
        Criterion::HourPays => ("a seller's hour, at the end", ["pays", "no longer pays"]),
        Criterion::HourPaysAllWeeks => ("… from the opening on", ["pays", "no longer pays"]),
        Criterion::Alive => {
            ("5 placements per 10,000 workers and year", ["are reached", "are no longer reached"])
        }
        Criterion::LastGains => ("a week of the last who sells", ["pays", "no longer pays"]),
    }
}

fn render(search: &Search<Level>, answer: &Answer<Level>) -> String {
    let question = &search.question;
    let range = range_text(question);
    let mut tables = Vec::new();
    for (level, found) in question.subjects.iter().zip(&answer.subjects) {
        let mut table = empty(terminal_width());
        let head = format!("{}, by {} [95 %]", level.name, question.knob.key.path);
        let rest = ["fee a placement", "hours a placement"].map(|text| right(text.to_owned()));
        table.set_header([Cell::new(head), Cell::new("")].into_iter().chain(rest));
        for (criterion, finding) in level.asked(found) {
            for row in rows(criterion, finding, question.knob.key.unit, &range) {
                let [about, sentence, fee, hours] = row;
                table.add_row([Cell::new(about), Cell::new(sentence), right(fee), right(hours)]);
            }
        }
        tables.push(table.to_string());
    }
    tables.join("\n\n")
}

/// Rows of one criterion: about what, the sentence, fee and hours a placement.
fn rows(
    criterion: Criterion,
    finding: &Finding<Option<AtCrossing>>,
    unit: Unit,
    range: &str,
) -> Vec<[String; 4]> {
    let (about, verbs) = words(criterion);
    let dash = || "–".to_owned();
    if finding.turns.is_empty() {
        let sentence = uncrossed(finding.found.as_ref(), verbs[0], range, (finding.part, unit));
        return vec![[about.to_owned(), sentence, dash(), dash()]];
    }
    let row = |(number, turn): (usize, &Turn<Option<AtCrossing>>)| {
        let value = with_interval(unit, turn.value, turn.interval);
        [
            if number == 0 { about.to_owned() } else { String::new() },
            crossed(&turn.crossing, verbs, &value),
            turn.meaning.and_then(|at| at.fee).map_or_else(dash, |fee| figure(Unit::Dollars, fee)),
            turn.meaning.and_then(|at| at.hours).map_or_else(dash, |hours| figure(Unit::Hours, hours)),
        ]
    };
    finding.turns.iter().enumerate().map(row).collect()
}
