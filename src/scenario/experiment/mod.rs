//! Experiment files: a base scenario, the knobs that an experiment moves, and how; read as strictly as scenarios.
//!
//! One reader serves every command that moves knobs. A file with `design` is for `sweep`, one with `method` for
//! `sensitivity`; everything else is the same. Every value of a knob is checked when the file is read, and every point
//! of a design against the rules between keys ([`Experiment::check`]), before anything is run. A file with `claims` is
//! for `flip`, and each claim names its own scenario; one with parts is a study, for `study`.

mod alternatives;
mod arguments;
mod claims;
mod contrasts;
mod docs;
mod entry;
mod forms;
mod knob;
mod points;
mod read;
mod study;
mod tables;

use std::path::{Path, PathBuf};

use toml::de::DeTable;

pub use arguments::{SCREENING_HOURS, check_places, knob_of, with_setting};
pub use claims::{COST, Claim, Claims, Holds, is_claims, load_claims};
pub use docs::{files_markdown, json_schemas};
pub use knob::{Alternative, Domain, Knob, Scale, Setting};
pub use study::{Effort, Names, Part, Study, Task, is_study, load_study};

use super::at::At;
use super::keys::SECTIONS;
use super::kinds::{MARKS, STUDY_MARKS};
use super::library::{self, LIMITS, STUDIES};
use super::load::{Loaded, load_with, name_of, read_experiment, read_text, shown, with_syntax};
use super::problem::{Found, Problem, Problems, Source};
use super::read::is_one_line;
use super::suggest::nearest_path;
use super::types::SourceFile;
use entry::{Reading, Spot};
use forms::{Line, Outcome};
use tables::ExperimentFile;

/// An experiment read from a file and checked, save for rules between keys, which depend on the points.
#[derive(Clone, Debug)]
pub struct Experiment {
    /// The name of the file without its ending.
    pub name: String,
    /// One line, used in charts.
    pub title: String,
    /// The question that the experiment asks, in words.
    pub question: Option<String>,
    /// The scenario that the knobs are turned in, with the weeks, replications and seed of the experiment and with the
    /// settings of the command line.
    pub base: Loaded,
    /// Which points are tried.
    pub plan: Plan,
    /// Numbers of the knobs along which points of a grid are compared with the one that has the scenario's value.
    pub contrasts: Vec<usize>,
    /// How often points of which the verdict is open are looked at, each time with twice the replications; 1 for once.
    pub looks: u32,
    /// Weeks up to which the horizon doubles while a market moves; `None` where it does not.
    pub most_weeks: Option<u32>,
    /// What is moved.
    pub knobs: Vec<Knob>,
    /// Outcomes asked for, by name; empty where the file names none.
    pub metrics: Vec<&'static str>,
    /// The file itself.
    pub file: SourceFile,
    source: std::sync::Arc<Source>,
}

/// Which points an experiment tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Plan {
    /// `design = "grid"`: every combination of the knobs' values; every knob has values or steps.
    Grid,
    /// `design = "latin"`: a Latin hypercube.
    Latin {
        /// How many points.
        points: usize,
    },
    /// `design = "sobol"`: a Sobol' sequence.
    Sobol {
        /// How many points.
        points: usize,
    },
    /// `method = "morris"`: trajectories that move one knob at a time.
    Morris {
        /// How many trajectories, each of one point more than there are knobs.
        trajectories: usize,
    },
    /// `method = "sobol"`: first-order and total indices.
    Indices {
        /// How many base points, each with two points more than there are knobs.
        points: usize,
    },
}

/// Which experiments a command can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Those with `design`.
    Sweep,
    /// Those with `method`.
    Sensitivity,
    /// All.
    Any,
}

/// Reads an experiment file, its scenario and the files that this extends.
///
/// - `settings`: of the command line, each `key=value`, laid over the scenario after those of the file
/// - `metrics`: names that the file's `metrics` may hold
///
/// # Errors
///
/// All problems of the file and of its scenario at once.
pub fn load(
    path: impl AsRef<Path>,
    settings: &[String],
    metrics: &[&'static str],
    purpose: Purpose,
) -> Result<Experiment, Problems> {
    let path = path.as_ref();
    let text = read_experiment(path)?;
    let name = name_of(path);
    if !is_one_line(&name) {
        let title = format!("`{}` cannot be the name of an experiment", name.escape_debug());
        let problem = Problem::new(title).help("rename the file: tables and charts need a name in one line");
        return Err(problem.into());
    }
    let source = Source::new(shown(path), text);
    if source.text.trim().is_empty() {
        let problem = Problem::new(format!("{} is empty", source.name));
        return Err(problem
            .help("an experiment names a `scenario` and the `[[knobs]]` to turn in it")
            .into());
    }
    let (table, errors) = DeTable::parse_recoverable(&source.text);
    let says = |name: &str| table.get_ref().contains_key(name);
    if STUDY_MARKS.into_iter().any(says) {
        let problem = Problem::new(format!("{} is a study, not an experiment", source.name));
        return Err(problem.help("run it with `introsim study`").into());
    }
    if !MARKS.into_iter().any(says) && (says("extends") || SECTIONS.iter().any(|section| says(section.name)))
    {
        let problem = Problem::new(format!("{} is a scenario, not an experiment", source.name));
        let help = "an experiment names a `scenario` and the `[[knobs]]` to turn in it";
        return Err(problem.help(help).into());
    }
    let folder = library::folder_of(path);
    let at = At { source: &source, folder: &folder };
    let mut reading = Reading::new(&at, metrics);
    let written = ExperimentFile::of(&mut reading, "", table.get_ref(), 0..0);
    let plan = read::plan_of(&mut reading, &written, table.get_ref(), purpose);
    let knobs = written.knobs.as_ref().map_or(&[][..], |list| &list.value);
    let knobs = read::knobs_of(&mut reading, knobs);
    read::check_plan(&mut reading, plan, &knobs, &written);
    let contrasts = contrasts::named(&mut reading, &written, plan, &knobs);
    let metrics = metrics_of(&mut reading, &written);
    let mut problems = with_syntax(&source, &errors, std::mem::take(&mut reading.problems));
    let base = written.scenario.as_ref().and_then(|scenario| {
        let run = [&written.replications, &written.weeks, &written.seed].into_iter().flatten();
        let all: Vec<String> = run.map(|like| like.value.0.clone()).chain(settings.iter().cloned()).collect();
        named_scenario(&at, scenario, &all, "the experiment file", &mut problems)
    });
    if let Some(base) = &base {
        problems.extend(overridden(&base.overridden, &knobs));
        let is_overridden =
            settings.iter().any(|setting| setting.split('=').next().map(str::trim) == Some("run.weeks"));
        let most = written.most_weeks.as_ref().filter(|_| !is_overridden);
        problems.extend(most.and_then(|most| read::too_short(&at, most, base.scenario.run.weeks)));
        problems.extend(contrasts::without_a_base(&at, &contrasts, &knobs, &base.scenario));
    }
    problems.sort(&source);
    problems.check()?;
    match (base, plan) {
        (Some(base), Some(plan)) => Ok(Experiment {
            name,
            title: text_of(written.title),
            question: written.question.map(|line| line.value),
            base,
            plan,
            contrasts: contrasts.into_iter().map(|(knob, _)| knob).collect(),
            looks: written.looks.as_ref().and_then(number_of).unwrap_or(1),
            most_weeks: written.most_weeks.as_ref().and_then(number_of),
            knobs,
            metrics,
            file: SourceFile {
                path: source.name.clone(),
                bytes: source.text.clone().into(),
                sets: Vec::new(),
            },
            source,
        }),
        // What is missing was reported above; this keeps the promise of `Problems` even if it was not.
        _ => Err(Problem::new(format!("{} is no experiment", source.name)).into()),
    }
}

fn number_of(spot: &Spot<usize>) -> Option<u32> {
    u32::try_from(spot.value).ok()
}

fn text_of(line: Option<Spot<Line>>) -> String {
    line.map(|line| line.value).unwrap_or_default()
}

/// Outcomes asked for, each once.
fn metrics_of(reading: &mut Reading<'_>, written: &ExperimentFile<'_>) -> Vec<&'static str> {
    let mut metrics = Vec::new();
    for Spot { value: Outcome(name), span, .. } in written.metrics.iter().flat_map(|list| &list.value) {
        if metrics.contains(name) {
            let problem = reading.problem(span.clone(), format!("`{name}` is named twice"));
            reading.problems.push(problem);
        } else {
            metrics.push(*name);
        }
    }
    metrics
}

/// The scenario that a file names, relative to itself; one that cannot be run is said where it is named.
fn named_scenario(
    at: &At<'_>,
    written: &Spot<Line>,
    settings: &[String],
    of: &str,
    problems: &mut Found,
) -> Option<Loaded> {
    let path = named_file(at, written, &["", STUDIES, LIMITS], of, problems)?;
    match load_with(&path, settings) {
        Ok(loaded) if loaded.scenario.is_abstract => {
            let problem = at.problem(written.span.clone(), format!("{} is abstract", loaded.name));
            problems.push_new(problem.label("a base for others, not to be run itself"));
            None
        }
        Ok(loaded) => Some(loaded),
        Err(found) => {
            problems.join(&found);
            None
        }
    }
}

/// The path of a file that a file names, if there is one.
///
/// - `folders`: of the library, in the order in which a bare name with its mark is looked for in them
fn named_file(
    at: &At<'_>,
    written: &Spot<Line>,
    folders: &[&str],
    of: &str,
    problems: &mut Found,
) -> Option<PathBuf> {
    let meant = library::meant(Path::new(&written.value), folders);
    let path = meant.unwrap_or_else(|| library::from(at.folder, &written.value));
    if library::exists(&path) {
        return Some(path);
    }
    let problem = at.problem(written.span.clone(), format!("cannot read {}", shown(&path)));
    let problem = problem.label("there is no such file");
    problems.push_new(match nearest_path(&path) {
        Some(near) => problem.help(format!(
            "did you mean `{}`? The path is relative to the folder of {of}",
            library::shown(&near)
        )),
        None => problem.help(format!("the path is relative to the folder of {of}")),
    });
    None
}

/// Keys that are settings of the experiment itself.
const NO_KNOBS: [&str; 3] = ["run.seed", "run.replications", "run.spells_sample"];

/// How the settings that a break-even looks at are written.
const LEVELS: &str = "a list of settings, such as `[{ screening.stages = [] }]`";

/// Whether a file says that it is an experiment rather than a scenario; a file that cannot be read is neither.
#[must_use]
pub fn is_experiment(path: impl AsRef<Path>) -> bool {
    let Ok(text) = read_text(path.as_ref()) else { return false };
    let (table, _) = DeTable::parse_recoverable(&text);
    MARKS.iter().any(|name| table.get_ref().contains_key(*name))
}

/// A setting of the command line that a knob would undo at every point.
fn overridden(paths: &[&'static str], knobs: &[Knob]) -> Option<Problem> {
    let turned = |path: &&&'static str| knobs.iter().any(|knob| knob.paths().contains(*path));
    let path = paths.iter().find(turned)?;
    let problem = Problem::new(format!("`{path}` is a knob of the experiment and set besides"));
    Some(problem.help("take it out of the knobs, or leave out the setting"))
}
