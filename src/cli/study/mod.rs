//! `study`: all that a report needs, part by part, in one folder.

mod costs;
mod described;
mod preflight;
mod prepare;
mod work;

pub(super) use described::{check, list};

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use comfy_table::Cell;

use super::common::{Outcome, Shards, Site, Workspace, arms_of};
use super::cost::Budget;
use super::preflight::go_on;
use super::shard::Gap;
use crate::experiments::memory::Need;
use crate::output::Folder;
use crate::output::checkpoint::{BlockError, PlanFile};
use crate::output::earlier::{EARLIER, is_set_aside, remove_earlier};
use crate::output::inputs::places_of;
use crate::output::study::{REPORT, StudyAccount, place_of};
use crate::report::Said;
use crate::scenario::Loaded;
use crate::scenario::experiment::{Effort, Study, Task};
use crate::scenario::library::THE_QUESTION;
use work::{End, Parts};

/// Run a whole study, from question to report
///
/// A study file names what to run: the library of scenarios, maps over many settings, break-evens and more. Each part is
/// left in a folder of its own, as its command would leave it. A study that was stopped goes on with --resume and ends
/// with the same files.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  introsim study --quick                         # the whole question, in about a minute
  introsim study --resume
  introsim study --full --out output/full
  introsim study --budget 20min                  # more where it cannot be told
  introsim study mine.toml --quick               # a study of your own")]
pub(super) struct Args {
    /// A study file, or the name of one of the library
    #[arg(value_name = "FILE", default_value = THE_QUESTION, value_parser = crate::cli::place::experiment())]
    file: PathBuf,
    /// A first look in a minute or so: fewer replications and settings, wider intervals
    #[arg(long, conflicts_with = "full")]
    quick: bool,
    /// As sure as the study's author wants to be
    #[arg(long)]
    full: bool,
    /// Spend so many weeks of markets in all, as in 5M, or so much time, as in 20min: what is left beyond what is done in any
    /// case goes to settings of the maps of which it cannot be told whether the market lasts, nearest the edge first
    #[arg(long, value_name = "WEEKS|TIME", value_parser = crate::cli::cost::budget)]
    budget: Option<Budget>,
    /// Seed of all luck [default: that of the file, else 1]
    #[arg(short, long, value_name = "S", allow_negative_numbers = true)]
    seed: Option<u64>,
    #[command(flatten)]
    site: Site,
    #[command(flatten)]
    shards: Shards,
}

impl Args {
    /// Puts together in a folder what shards of this study have done there.
    pub(super) fn join(&mut self, out: &Path, quiet: bool) {
        self.site.resume = true;
        self.site.join(&mut self.shards, out, quiet);
    }

    fn effort(&self) -> Effort {
        match (self.quick, self.full) {
            (true, _) => Effort::Quick,
            (_, true) => Effort::Full,
            _ => Effort::Default,
        }
    }
}

pub(super) fn run(args: &Args) -> anyhow::Result<ExitCode> {
    if !args.site.quiet {
        super::place::say_where([&args.file]);
    }
    let study = prepare::read(&args.file, args.effort(), args.seed)?;
    let workspace = args.site.workspace(Path::new("output").join(&study.name), &args.shards)?;
    // The study replaces its folder itself; parts are entered as they are.
    let workspace = Workspace { force: false, ..workspace };
    let (out, part, resume) = (workspace.out.clone(), workspace.part, workspace.resume);
    for part in &study.parts {
        workspace.afford(need(&part.task))?;
    }
    let mut parts = prepare::prepare(&study)?;
    let market = costs::planned(parts.iter()).map(|planned| planned.market);
    let budget =
        args.budget.zip(market).map(|(budget, market)| budget.weeks(&workspace, &market)).transpose()?;
    if let Some(budget) = budget {
        parts = costs::within(parts, budget)?;
    }
    let plan = prepare::plan(&study, &parts, budget);
    let named: Vec<(&'static str, &'static str)> =
        parts.iter().map(|part| (part.name, part.command)).collect();
    let names: Vec<&str> = named.iter().map(|(name, _)| *name).collect();
    let stop = super::sweep::listen()?;
    let caller = preflight::Caller {
        out: &out,
        plan: &plan,
        parts: &names,
        resume,
        force: args.site.force,
        company: part.company(),
    };
    let Some(store) = caller.enter()? else { return Ok(ExitCode::SUCCESS) };
    for part in &study.parts {
        if let Task::Run { scenarios, .. } | Task::Facts { scenarios } = &part.task {
            super::common::warn_of_notes(scenarios);
        }
    }
    let to_do = parts.iter().filter(|part| !place_of(&out, part.name).is_dir());
    if let Some(planned) = costs::planned(to_do) {
        planned.foretell(&workspace);
    }
    let said: Vec<(&'static str, String)> =
        parts.iter().map(|part| (part.name, part.words.clone())).collect();
    let ends = match work::all(&workspace, parts, &stop) {
        Parts::Seen(ends) => ends,
        Parts::Stopped { done, begun } => {
            return Ok(stopped(&workspace, (done, named.len()), begun));
        }
    };
    if part.is_shard() {
        return Ok(end_of_shard(&workspace, &ends));
    }
    if let Some(gap) = missing(&ends) {
        return Err(gap.tell().into());
    }
    let report = account(&workspace, &study, &named, &plan)?;
    if report.is_some() && !ends.contains(&End::Failed) {
        remove_earlier(&out)?;
    } else if is_set_aside(&out) {
        super::say(&format!("the earlier result is kept in {}", out.join(EARLIER).display()));
    }
    store.remove()?;
    if !args.site.quiet {
        show(&workspace.out, &said, &ends, report.as_deref())?;
    }
    let is_right = |end: &End| match end {
        End::Done(outcome) => !outcome.failed,
        End::Kept { failed } => !failed,
        End::Failed | End::Shared(_) | End::Missing(_) => false,
    };
    if ends.contains(&End::Failed) {
        super::say(&format!("what failed can be tried again: {}", go_on(false)));
    }
    let is_right = ends.iter().all(is_right) && report.is_some();
    Ok(if is_right { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Says what of the parts is saved, and how to go on.
fn stopped(workspace: &Workspace, (done, of): (usize, usize), begun: Option<String>) -> ExitCode {
    let begun = begun.map_or(String::new(), |begun| format!(" and {begun}"));
    let place = workspace.out.display();
    super::say(&format!("stopped; {done} of {of} parts{begun} are saved in {place}"));
    super::say(&format!("go on with: {}", go_on(workspace.part.is_shard())));
    ExitCode::from(super::STOPPED)
}

/// A shard is done when it has done what it can of every part.
fn end_of_shard(workspace: &Workspace, ends: &[End]) -> ExitCode {
    if ends.contains(&End::Failed) {
        return ExitCode::FAILURE;
    }
    if !workspace.quiet {
        let did = |end: &End| matches!(end, End::Shared(true) | End::Done(_));
        workspace.part.tell_done(&workspace.out, ends.iter().any(did));
    }
    ExitCode::SUCCESS
}

/// What all parts lack that cannot be put together yet.
fn missing(ends: &[End]) -> Option<Gap> {
    let gaps = ends.iter().filter_map(|end| if let End::Missing(gap) = end { Some(gap) } else { None });
    gaps.fold(None, |all, gap| Some(all.unwrap_or_else(Gap::default).and(gap)))
}

/// Memory that a part needs.
fn need(task: &Task) -> Need {
    let runs = |loaded: &[Loaded]| Need::of_runs(&arms_of(loaded));
    match task {
        Task::Run { scenarios, .. } | Task::Facts { scenarios } | Task::Validation { limits: scenarios } => {
            runs(scenarios)
        }
        Task::Sweep(experiment) | Task::Sensitivity(experiment) => Need::of_experiment(experiment),
        Task::BreakEven { base, .. } => runs(std::slice::from_ref(base)),
        Task::Flip { claims, .. } => {
            let each = claims.claims.iter().map(|claim| runs(std::slice::from_ref(&claim.scenario)));
            each.fold(Need::default(), Need::or)
        }
    }
}

/// Writes the report and the accounts, the manifest last; a report that fails is said, and everything else is there.
fn account(
    workspace: &Workspace,
    study: &Study,
    parts: &[(&'static str, &'static str)],
    plan: &PlanFile,
) -> Result<Option<PathBuf>, BlockError> {
    let account = StudyAccount {
        version: env!("CARGO_PKG_VERSION"),
        title: &study.title,
        question: study.question.as_deref(),
        effort: study.effort.name(),
        seed: study.seed,
        file: (&study.file.path, &study.file.bytes),
        parts: parts.to_vec(),
        plan,
    };
    // The report reads the manifest; it is written again when the report is there to be hashed.
    account.write(&workspace.out, None, false)?;
    let report = crate::report::write(&workspace.out)
        .inspect_err(|error| super::say(&format!("error: {REPORT}: {error}")))
        .ok();
    let places = places_of(&[&study.file.path]);
    Folder::create(&workspace.out)?.write_provenance(&workspace.provenance(), places)?;
    account.write(&workspace.out, report.as_ref(), true)?;
    Ok(report.map(|written| written.path))
}

/// What was run, and where it is.
fn show(
    out: &Path,
    said: &[(&'static str, String)],
    ends: &[End],
    report: Option<&Path>,
) -> anyhow::Result<()> {
    let mut table = crate::cli::table::empty(crate::cli::table::terminal_width());
    table.set_header(["part", "what was run", "", "where"].map(Cell::new));
    for ((name, words), end) in said.iter().zip(ends) {
        let end = match end {
            End::Done(Outcome { failed: true, .. }) | End::Kept { failed: true } => {
                "in part: some runs failed"
            }
            End::Done(_) => "done",
            End::Kept { .. } => "done before",
            End::Failed => "failed",
            End::Shared(_) | End::Missing(_) => "not finished",
        };
        let place = place_of(out, name);
        table.add_row([(*name).to_owned(), words.clone(), end.to_owned(), place.display().to_string()]);
    }
    let mut out_stream = crate::cli::terminal::out();
    writeln!(out_stream, "{table}")?;
    match report {
        Some(path) => {
            for said in crate::report::sentences(out)? {
                let Said { label, standing, sentence, .. } = said;
                match label.as_str() {
                    "Verdict" => {
                        let verdict = format!("{standing}. {}", sentence.replace('`', ""));
                        writeln!(out_stream, "\n{}\n", crate::cli::terminal::wrapped(&verdict))?;
                    }
                    _ => writeln!(out_stream, "{label}  {standing}")?,
                }
            }
            writeln!(out_stream, "\nThe report is {}: open it in a browser", path.display())?;
        }
        None => writeln!(out_stream, "\nTables and charts are in {}", out.display())?,
    }
    Ok(())
}
