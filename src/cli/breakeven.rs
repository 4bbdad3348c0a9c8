//! `breakeven`: the value of a knob at which a seller's hour pays, and at which sellers place enough for a market.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table};
use indicatif::ProgressBar;

use super::common::{Bench, Common, Outcome, Work, arms_of, plan_of};
use super::crossings::{crossed, figure, uncrossed, with_interval};
use super::keeper::carry_through;
use crate::charts::Drawn;
use crate::experiments::breakeven::{
    Answer, Breakeven, Caution, Criterion, Finding, Level, Question, answer,
};
use crate::experiments::memory::Need;
use crate::experiments::warning::Warning;
use crate::output::blocks::PlanFile;
use crate::output::{Input, Manifest, Scenario as Resolved, breakeven_table, curve_table};
use crate::scenario::experiment::{Domain, Scale, check_places, knob_of, with_setting};
use crate::scenario::{Key, Loaded, Problems, Scenario};
use crate::units::Unit;

/// Points of the coarse grid where nobody says how many.
pub(super) const POINTS: u16 = 12;

/// Find the value of a knob at which selling introductions begins to pay
///
/// For each setting of --at: where a seller's hour pays (in the judged weeks, and over all weeks), social capital counted
/// and hours worked and open at what they are worth to him elsewhere, and where sellers place 5 people per 10,000 workers
/// and year. A coarse grid over the range, then two rounds of points where something turns, all on the same luck;
/// intervals are 95 %, by bootstrap over replications.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim breakeven scenarios/contingency.toml --knob contract.share_of_salary --range 1%..60%
  introsim breakeven scenarios/contingency.toml --knob contract.success_fee --range '$1,000..$100,000' \\
    --at screening.stages=[] --at 'screening.stages=[{ hours = \"1h\", accept_above = 0.2 }]'
  introsim breakeven scenarios/contingency-screened.toml --knob screening.hours --range 0..16h")]
pub(super) struct Args {
    /// A scenario file, or the name of one of the library
    #[arg(value_name = "FILE", value_parser = super::place::scenario())]
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
    pub(super) common: Common,
}

/// How a range is walked through.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum Walk {
    /// By differences
    Linear,
    /// By ratios
    Log,
}

impl Walk {
    pub(super) fn scale(self) -> Scale {
        match self {
            Self::Linear => Scale::Linear,
            Self::Log => Scale::Log,
        }
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let common = &args.common;
    let loaded = common.load(std::slice::from_ref(&args.file))?.remove(0);
    let knob = knob_of(&args.knob, args.range.as_deref(), args.scale.map(Walk::scale))?;
    if loaded.overridden.contains(&knob.key.path) {
        let text = format!("`{}` is the knob and set besides; leave out the setting", knob.key.path);
        return Err(super::BadInput(text).into());
    }
    let levels = levels_of(&loaded, &args.at, knob.key)?;
    let question = Question { knob, levels, points: usize::from(args.points) };
    check(&question)?;
    let bench = common.bench("output/breakeven")?;
    bench.afford(Need::of_runs(&arms_of(std::slice::from_ref(&loaded))))?;
    let (at, own, asked) = (bench.clone(), loaded.clone(), question.clone());
    let plan = plan(&loaded, &question);
    let ended = carry_through(&bench, "search for a break-even", plan, move |work| {
        carry_out(&at, work, &own, &asked)
    })?;
    let (answer, drawn) = match ended {
        Ok(done) => done,
        Err(code) => return Ok(code),
    };
    if !common.quiet {
        let mut out = super::terminal::out();
        writeln!(out, "{}", render(&question, &answer))?;
        drawn.iter().try_for_each(|chart| writeln!(out, "\n{}", chart.found))?;
        writeln!(out, "\nTables and chart are in {}", bench.out.display())?;
    }
    Ok(outcome(&loaded, &answer).report())
}

/// All that the answer to a question depends on.
pub(super) fn plan(loaded: &Loaded, question: &Question) -> PlanFile {
    let domain = match question.knob.domain {
        Domain::Range { low, high, scale } => format!("{low} {high} {scale:?}"),
        _ => String::new(),
    };
    let levels: Vec<[String; 2]> =
        question.levels.iter().map(|level| [level.name.clone(), level.scenario.canonical()]).collect();
    let more = [
        ("knob", question.knob.key.path.into()),
        ("domain", domain.into()),
        ("points", question.points.into()),
        ("levels", serde_json::json!(levels)),
    ];
    plan_of("breakeven", [loaded], more)
}

/// Answers a question, writes the tables and draws the chart.
pub(super) fn carry_out(
    bench: &Bench,
    mut work: Work,
    loaded: &Loaded,
    question: &Question,
) -> anyhow::Result<(Answer, Vec<Drawn>)> {
    let mut bars = Bars { quiet: bench.quiet, now: None };
    let answer = bench.pool.install(|| answer(question, &mut |weeks| bars.next(weeks), &*work.keeper));
    bars.end();
    let answer = answer?;
    work.folder()?.write(&breakeven_table(question, &answer))?;
    work.folder()?.write(&curve_table(question, &answer))?;
    let scenarios = question.levels.iter().map(|level| (level.name.clone(), level.scenario.canonical()));
    let drawn = finish(work, &[loaded], scenarios, &[], bench)?;
    Ok((answer, drawn))
}

/// What to warn of, and whether a replication failed.
pub(super) fn outcome(loaded: &Loaded, answer: &Answer) -> Outcome {
    let replications = loaded.scenario.run.replications;
    let few = (replications < 5).then(|| Warning::FewReplications { replications }.to_string());
    let cautions = answer.cautions.iter().map(Caution::to_string);
    let failed = answer.cautions.iter().any(|caution| matches!(caution, Caution::LeftOut { .. }));
    Outcome::new(few.into_iter().chain(cautions), failed)
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
            return Err(super::BadInput(text).into());
        }
        let name = level_name(key, setting, &scenario);
        if levels.iter().any(|level| level.name == name) {
            return Err(super::BadInput(format!("--at {setting}: this setting is given twice")).into());
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
pub(super) fn check(question: &Question) -> anyhow::Result<()> {
    let grid = question.grid();
    for level in &question.levels {
        check_places(&question.knob, &level.scenario, &grid, &level.name)?;
        let sells = |&place: &f64| {
            let mut scenario = level.scenario.clone();
            question.knob.turn(&mut scenario, &question.knob.at(place));
            scenario.may_sell()
        };
        if !grid.iter().any(sells) {
            let text = format!(
                "{}: nobody sells (sellers.entry is {}), so nothing can pay; try --set sellers.entry=free --set \
                 sellers.share=5%",
                level.name,
                level.scenario.text("sellers.entry").unwrap_or_default().replace('"', "")
            );
            return Err(super::BadInput(text).into());
        }
    }
    Ok(())
}

/// A bar for each round.
pub(super) struct Bars {
    pub(super) quiet: bool,
    pub(super) now: Option<ProgressBar>,
}

impl Bars {
    /// Ends the bar of one round and begins that of the next.
    pub(super) fn next(&mut self, weeks: u64) -> Box<dyn Fn() + Sync> {
        self.end();
        let bar = super::progress::bar(weeks, self.quiet);
        self.now = Some(bar.clone());
        Box::new(move || bar.inc(1))
    }

    pub(super) fn end(&mut self) {
        if let Some(bar) = self.now.take() {
            bar.finish_and_clear();
        }
    }
}

/// Draws the charts, writes the dictionary and the accounts, and puts all in place.
///
/// - `scenarios`: names and canonical texts of what was run
/// - `more`: files that were read beside the scenarios
pub(super) fn finish(
    work: Work,
    loaded: &[&Loaded],
    scenarios: impl Iterator<Item = (String, String)>,
    more: &[Input],
    bench: &Bench,
) -> anyhow::Result<Vec<Drawn>> {
    let of_files: Vec<Loaded> = loaded.iter().map(|&one| one.clone()).collect();
    let mut manifest = super::run::manifest_of(&of_files);
    manifest.inputs.extend_from_slice(more);
    let scenarios = scenarios.map(|(name, text)| Resolved { name, text }).collect();
    let manifest = Manifest { scenarios, ..manifest };
    work.finish(bench, &manifest, serde_json::Map::new())
}

/// What is said of each criterion: of whom, that it holds, and that it holds no longer.
fn words(criterion: Criterion) -> (&'static str, [&'static str; 2]) {
    match criterion {
        Criterion::HourPays => ("a seller's hour, at the end", ["pays", "no longer pays"]),
        Criterion::HourPaysAllWeeks => ("… from the opening on", ["pays", "no longer pays"]),
        Criterion::Alive => {
            ("5 placements per 10,000 workers and year", ["are reached", "are no longer reached"])
        }
    }
}

fn render(question: &Question, answer: &Answer) -> String {
    let unit = question.knob.key.unit;
    let range = format!(
        "from {} to {}",
        figure(unit, question.knob.along(0.0).unwrap_or(f64::NAN)),
        figure(unit, question.knob.along(1.0).unwrap_or(f64::NAN))
    );
    let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
    let mut tables = Vec::new();
    for (level, found) in question.levels.iter().zip(&answer.levels) {
        let mut table = Table::new();
        table.load_style(super::table::STYLE).set_content_arrangement(ContentArrangement::Dynamic);
        if let Some(width) = super::table::terminal_width() {
            table.set_width(width);
        }
        let head = format!("{}, by {} [95 %]", level.name, question.knob.key.path);
        let rest = ["fee a placement", "hours a placement"].map(|text| right(text.to_owned()));
        table.set_header([Cell::new(head), Cell::new("")].into_iter().chain(rest));
        for finding in &found.findings {
            for row in rows(finding, unit, &range) {
                let [about, sentence, fee, hours] = row;
                table.add_row([Cell::new(about), Cell::new(sentence), right(fee), right(hours)]);
            }
        }
        tables.push(table.to_string());
    }
    tables.join("\n\n")
}

/// Rows of one criterion: about what, the sentence, fee and hours a placement.
fn rows(finding: &Finding, unit: Unit, range: &str) -> Vec<[String; 4]> {
    let (about, verbs) = words(finding.criterion);
    let dash = || "–".to_owned();
    if finding.breakevens.is_empty() {
        let sentence = uncrossed(finding.found.as_ref(), verbs[0], range);
        return vec![[about.to_owned(), sentence, dash(), dash()]];
    }
    let row = |(number, breakeven): (usize, &Breakeven)| {
        let value = with_interval(unit, breakeven.value, breakeven.interval);
        [
            if number == 0 { about.to_owned() } else { String::new() },
            crossed(&breakeven.crossing, verbs, &value),
            breakeven.fee_per_placement.map_or_else(dash, |fee| figure(Unit::Dollars, fee)),
            breakeven.hours_per_placement.map_or_else(dash, |hours| figure(Unit::Hours, hours)),
        ]
    };
    finding.breakevens.iter().enumerate().map(row).collect()
}
